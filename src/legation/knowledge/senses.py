"""Words that tell which country a text is about: hints, and namesakes of states and capitals.

"Republicans" speak of the United States, and "Georgia" beside "Atlanta" is no state of the Caucasus.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from legation.knowledge.name_tables import Name, fold, table_rows
from legation.knowledge.names import Hit

# A name as it is printed in lower case without accents, and what it means in this text; None: no actor.
Senses = tuple[tuple[str, Name | None], ...]


@cache
def _hints() -> tuple[AhoCorasick, tuple[tuple[str, tuple[int, str, int]], ...]]:
    """The hint words with an automaton over them: each word with its row, country and weight."""
    words = [
        (word, (number, row["code"], int(row["weight"])))
        for number, row in enumerate(table_rows("hints.tsv"))
        for word in row["words"].split("|")
    ]
    return AhoCorasick([word for word, _ in words], store_patterns=False), tuple(words)


def _any_of(cell: str) -> re.Pattern[str]:
    words = sorted(filter(None, cell.split("|")), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b") if words else re.compile(r"(?!)")


@lru_cache(maxsize=5_000)
def hinted(text: str) -> tuple[tuple[str, int], ...]:
    """The countries that words of the text hint at, with the weight of the hints."""
    automaton, words = _hints()
    met: dict[tuple[int, str, int], set[str]] = {}
    for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            word, row = words[number]
            met.setdefault(row, set()).add(word)
    found: dict[str, int] = {}
    for (_, code, weight), several in met.items():
        found[code] = found.get(code, 0) + weight * min(len(several), 2)
    return tuple(found.items())


@cache
def _namesakes() -> tuple[tuple[str, str, Name | None, re.Pattern[str], re.Pattern[str]], ...]:
    found = []
    for row in table_rows("namesakes.tsv"):
        kind = row["kind"]
        other = None
        if kind == "people":
            other = Name(row["name"], "people", row["code"], "CVL", classes=frozenset({"nationality", "civilians"}))
        elif kind == "region":
            other = Name(row["name"], "region", row["code"], None, classes=frozenset({"place"}), label=row["name"])
        elif kind in ("state", "adjective"):
            state = frozenset({"state", "government"})
            other = Name(row["name"], "state" if kind == "state" else "adjective", row["code"], "GOV", classes=state)
        found.append((row["name"], fold(row["name"]), other, _any_of(row["because"]), _any_of(row["unless"])))
    return tuple(found)


@lru_cache(maxsize=5_000)
def senses_of(text: str) -> Senses:
    """The names in the text that mean something else than usual there, by the words around them."""
    found: dict[str, Name | None] = {}
    for name, folded, other, because, unless in _namesakes():
        if name in text and folded not in found and because.search(text) and not unless.search(text):
            found[folded] = other
    return tuple(found.items())


def with_senses(hits: list[Hit], text: str, senses: Senses) -> list[Hit]:
    """The names found in a phrase, those that mean something else here put right."""
    if not senses:
        return hits
    meant = dict(senses)
    found = []
    for hit in hits:
        printed = fold(text[hit.start : hit.end])
        if printed not in meant:
            found.append(hit)
            continue
        other = meant[printed]
        if other is not None:
            found.append(Hit(hit.start, hit.end, (other,)))
    return found
