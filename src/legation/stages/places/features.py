"""Rivers, streets, counties and the like that no list holds, known by their last or first word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from legation.stages.places.gazetteer import Found, Word
from legation.stages.places.judge import words

_ROAD = re.compile(
    r"\b(?:Interstate|(?:U\.S\. )?Highway|(?:State |U\.S\. )?Route|County Road|State Road|I-)[  ]?\d+\b"
)
_ROADS = ("Interstate", "Highway", "Route", "Road", "I-")  # without one of these the pattern need not be tried
_NUMBER = re.compile(r"\d[  ](?:[NSEW]\.?[  ]|North[  ]|South[  ]|East[  ]|West[  ])?\Z")


def with_features(text: str, tokens: Sequence[Word], found: Sequence[Found]) -> list[Found]:
    """The names found, with those added or lengthened that a word such as River makes a place."""
    w = words()
    taken: dict[int, Found] = {}
    for f in found:
        for i in range(f.first, f.last + 1):
            taken.setdefault(i, f)
    added: list[Found] = []
    gone: set[int] = set()
    for i, word in enumerate(tokens):
        kind = w.features.get(word.text)
        if kind is None or i == 0 or tokens[i - 1].link != 1 or (i in taken and taken[i].first < i):
            continue
        first = i - 1
        while first > 0 and i - first < 3 and tokens[first - 1].link == 1 and _part(tokens[first - 1].text):
            first -= 1
        if not _part(tokens[first].text):
            continue
        if word.link == 1 and tokens[i + 1].text in w.bodies:
            continue
        start = tokens[first].start
        if kind == "street" and _NUMBER.search(text, max(0, start - 14), start):
            continue  # the street of an address is no place of its own
        added.append(Found(start, word.end, text[start : word.end], None, first, i, feature=kind))
        gone.update(id(taken[k]) for k in range(first, i + 1) if k in taken)
    starts = [t.start for t in tokens]
    for match in _ROAD.finditer(text) if any(word in text for word in _ROADS) else ():
        i = min(bisect_left(starts, match.start()), len(tokens) - 1)
        added.append(Found(match.start(), match.end(), match[0], None, i, i, feature="street"))
    kept = [f for f in found if id(f) not in gone] + added
    return _apart(kept)


def _part(word: str) -> bool:
    """Whether a word may belong to the name before River, Street: no article, title or preposition."""
    w = words()
    return word.lower() not in w.function and word.rstrip(".") not in w.titles


def _apart(found: list[Found]) -> list[Found]:
    """Without overlaps; the longer name wins."""
    found.sort(key=lambda f: (f.start, f.start - f.end))
    kept: list[Found] = []
    for f in found:
        if kept and f.start < kept[-1].end:
            if f.end - f.start > kept[-1].end - kept[-1].start:
                kept[-1] = f
            continue
        kept.append(f)
    return kept
