"""Decide which of the names found are places here, and not people, bodies or common words.

Each sign for or against has a weight; the sum decides. The weights are ours, set by reading news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from legation.knowledge.places import Entry, demonyms, first_names, place_words
from legation.stages.places.gazetteer import Found, Word

_LISTS = ("function", "locative", "before", "directions", "after", "titles", "taken", "of_acts", "never")
ENOUGH = 1.5
DOUBTFUL = -0.6
_METROPOLIS = 700_000
_LAST_WORD = re.compile(r"([^\W\d_][\w.-]*)(,?)[  ]+(?:the[  ]+|The[  ]+)?\Z")
_NEXT_WORD = re.compile(r"[  ]([a-z][\w-]*)")
_OF_BEFORE = re.compile(r"\b(\w+)[  ]+of[  ]+(?:the[  ]+)?\Z")
_ATTACK_ON = re.compile(
    r"\b(?:strikes?|airstrikes?|attacks?|raids?|assaults?|offensives?|march|bombardment|advance|siege|shelling)[  ]+"
    r"(?:on|against)[  ]+\Z"
)
_SENTENCE_START = re.compile(r"(?:\A|[.!?:]['\"”’)]*[  ]+|\n\s*|[\"“(]\s*)\Z")
_DATELINE = re.compile(r"[ ]?(?:,[^\n]{0,40}|\([^)\n]{2,30}\)[^\n]{0,3})?[ ]?(?:—|–|--|-|:)[ ]")


@dataclass(frozen=True)
class Words:
    """The word lists, as sets."""

    function: frozenset[str]
    locative: frozenset[str]
    before: frozenset[str]
    directions: frozenset[str]
    after: frozenset[str]
    titles: frozenset[str]
    taken: frozenset[str]
    of_acts: frozenset[str]
    never: frozenset[str]
    bodies: frozenset[str]
    features: dict[str, str]


@cache
def words() -> Words:
    w = place_words()
    lists = {
        k: frozenset(w[k].split())
        for k in _LISTS
    }
    return Words(**lists, bodies=frozenset(w["bodies"]["words"].split()), features=dict(w["features"]))


def judge(text: str, tokens: Sequence[Word], found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """The names that are places, and those in doubt: nothing against them, too little for them."""
    people = _people(tokens, text)
    tied = _tied(text, found)
    for i, f in enumerate(found):
        f.score = _prior(f) + _context(text, tokens, f, people) + (4.0 if tied[i] else 0.0)
    sure = {f.text for f in found if f.score >= ENOUGH + 1.5 and f.name is not None and not f.name.word}
    kept, doubtful = [], []
    for i, f in enumerate(found):
        if _needs_comma(f) and not tied[i] and text[max(0, f.start - 2) : f.start] != ", ":
            continue
        if f.score < ENOUGH and f.text in sure and "inside" not in f.reasons:
            f.score += 2.0
        if f.score >= ENOUGH:
            kept.append(f)
        elif f.score >= DOUBTFUL and f.name is not None and "behind 'in'" not in f.reasons:
            doubtful.append(f)
    return kept, doubtful


def _needs_comma(f: Found) -> bool:
    """Ind., Mass. and OK are states behind a comma only."""
    if f.name is None or len(f.text) > 5 or not f.name.entries or f.name.entries[0].kind != "admin1":
        return False
    return (f.text.isupper() and len(f.text) == 2 and f.text != "DC") or (
        f.text.endswith(".") and "." not in f.text[:-1]
    )


def _prior(f: Found) -> float:
    """How often such a name is a place at all, before its surroundings are looked at."""
    name = f.name
    if name is None:
        return ENOUGH
    top = max(name.entries, key=_weight)
    many = f.last > f.first
    if name.curated:
        return 3.0
    if top.kind == "country":
        return 3.0
    score = 0.0
    if top.kind == "admin1" and top.population >= 300_000:
        score = 3.0 if not name.word or top.country in ("USA", "GBR") else 0.5
    elif top.kind == "admin2" and many:
        score = 2.5 if top.country in ("USA", "GBR", "IRL") else 1.2
    elif top.population >= 1_000_000:
        score = 2.5
    elif top.population >= 100_000:
        score = 1.2
    elif many:
        score = 0.8
    if any(e.kind == "city" and e.population >= _METROPOLIS for e in name.entries):
        score = max(score, 2.5)  # Muscat and Shanghai are words too, and divisions of their own
    if not many:
        big = top.population >= 1_000_000
        person = 0.8 if big else 1.2 if top.population >= 300_000 else 1.6
        score -= (3.5 if not big else 2.0) * name.word + person * (name.first or name.surname)
        if top.alias and not big:
            score -= 0.5
        if len(f.text) <= 3:
            score -= 1.0
    if f.text in words().never:
        score -= 6.0
    if f.text in demonyms():
        score -= 9.0
    return score


def _weight(entry: Entry) -> float:
    return 1e11 if entry.kind == "country" else float(entry.population)


def _context(text: str, tokens: Sequence[Word], f: Found, people: frozenset[str]) -> float:
    """What stands before and behind the name."""
    w = words()
    score = 0.0
    left = text[max(0, f.start - 40) : f.start]
    before = _LAST_WORD.search(left) if left.endswith(" ") else None
    last = before[1].lower() if before and not before[2] else ""
    if last in w.locative:
        score += 2.5 if last == "in" else 2.0
        f.reasons.append(f"behind '{last}'")
    elif last in w.directions:
        score += 2.0 if before and before[1].islower() else 1.0
    elif last in w.before:
        score += 1.0
    elif last in w.taken:
        score += 1.6
    elif last in ("on", "against") and _ATTACK_ON.search(left):
        score += 1.2
    elif last == "of":
        kind = _OF_BEFORE.search(left)
        word = kind[1].lower() if kind else ""
        score += 3.0 if word in w.before else 1.7 if word in w.of_acts else 0.3
    elif last == "and" or (before and before[2]):
        score += 0.3
    following = _NEXT_WORD.match(text, f.end)
    if following and following[1] in w.after:
        score += 1.5
    elif (
        following and following[1] in ("said", "says", "told", "added", "was", "who", "has", "had") and f.name
    ):
        score -= 0.7 * (f.name.surname or f.name.first)
    score += _neighbours(text, tokens, f)
    if f.first == f.last and f.text.lower() in people and "behind 'in'" not in f.reasons:
        score -= 3.0
    if f.name and f.name.word and _SENTENCE_START.search(left) and f.first == f.last:
        score -= 1.0
    if _heads_line(text, f) and f.text.isupper() and _DATELINE.match(text, f.end):
        score += 4.0
    return score


def _heads_line(text: str, f: Found) -> bool:
    return f.start == 0 or text[f.start - 1] == "\n"


def _neighbours(text: str, tokens: Sequence[Word], f: Found) -> float:
    """Capitalised words straight before or behind: a longer name of a person or a body, mostly."""
    w = words()
    score = 0.0
    country = f.name is not None and f.name.entries[0].kind in ("country", "admin1")
    previous = tokens[f.first - 1] if f.first else None
    if previous is not None and previous.link == 1 and previous.text.lower() not in w.function:
        plain = previous.text.rstrip(".")
        if plain in w.titles:
            score -= 5.0
        elif plain.lower() in w.directions:
            score += 0.0
        elif plain.lower() in first_names() or len(plain) == 1:
            score -= 4.5
        elif plain in demonyms():
            score -= 1.5
        elif not (text.isupper()):
            score -= 2.5 if country else 3.5
        f.reasons.append("inside")
    following = tokens[f.last + 1] if f.last + 1 < len(tokens) else None
    if following is not None and tokens[f.last].link == 1 and following.text.lower() not in w.function:
        plain = following.text.rstrip(".")
        if plain in w.titles:
            score += 0.3 if f.name is None or not f.name.first else 0.0
        elif plain in w.bodies:
            score -= 3.0 if not country else 2.2
            f.reasons.append("inside")
        elif f.feature is not None:
            score -= 2.0
            f.reasons.append("inside")
        else:
            person = f.name is not None and f.name.first
            score -= 4.0 if person else (0.7 if country else 2.2)
            if not country:
                f.reasons.append("inside")
    return score


def _people(tokens: Sequence[Word], text: str) -> frozenset[str]:
    """The surnames of the people whose full names the text gives: a title or first name, then a word."""
    w = words()
    found: set[str] = set()
    for i, word in enumerate(tokens[:-1]):
        if word.link != 1:
            continue
        plain = word.text.rstrip(".")
        follower = tokens[i + 1]
        if (plain in w.titles or plain.lower() in first_names()) and follower.text.lower() not in w.function:
            j = i + 1
            while (
                tokens[j].link == 1
                and j + 1 < len(tokens)
                and j - i < 3
                and tokens[j + 1].text.lower() not in w.function
            ):
                j += 1
            behind = text[tokens[j].end : tokens[j].end + 2]
            if behind != ", " or j > i + 1 or plain in w.titles:
                found.update(t.text.lower() for t in tokens[i + 1 : j + 1])
    return frozenset(found)


def _tied(text: str, found: Sequence[Found]) -> list[bool]:
    """Which names are followed by what they lie in, or follow what lies in them: "Paris, Texas"."""
    tied = [False] * len(found)
    for i, (a, b) in enumerate(pairwise(found)):
        gap = text[a.end : b.start]
        if gap in (", ", " (", ",\n") and a.name and b.name and holds(b.name.entries, a.name.entries):
            closed = text[b.end : b.end + 1] in ",.;:)'’\"”—-\n" or text[b.end : b.end + 1] == ""
            top = b.name.entries[0]
            if closed or (top.kind in ("country", "admin1") and not b.name.word):
                tied[i] = True
                tied[i + 1] = tied[i + 1] or top.kind != "city"
    return tied


def holds(outer: Sequence[Entry], inner: Sequence[Entry]) -> bool:
    """Whether some reading of the inner name lies in some reading of the outer one."""
    return any(inside(i, o) for o in outer[:6] for i in inner)


def inside(inner: Entry, outer: Entry) -> bool:
    """Whether one place lies in the other, as far as the gazetteer says."""
    if inner.country is None or inner.country != outer.country or inner.key == outer.key:
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    if outer.kind == "admin1":
        return inner.admin1 == outer.name and inner.kind != "admin1"
    if outer.kind == "admin2":
        return inner.admin2 == outer.name and inner.admin1 == outer.admin1 and inner.kind == "city"
    return False
