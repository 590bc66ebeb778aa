"""The words without which no time is told: one fast pass over a document finds where to look closer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from legation.knowledge.dates import load_feasts
from legation.stages.dates.grammar import MONTHS, WEEKDAYS

_BY_CLASS = {
    "unit": (
        "second minute hour day night week fortnight weekend month quarter year decade century "
        "seconds minutes hours days nights weeks fortnights weekends months quarters years decades centuries "
        "fiscal hourly daily nightly weekly fortnightly monthly quarterly yearly annual annually"
    ),
    "weekday": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    "deictic": (
        "today yesterday tomorrow tonight overnight morning afternoon evening midday dawn dusk lunchtime now "
        "nowadays current currently present presently recent recently lately soon past future someday while "
        "previously already yet time moment earlier later then period latest"
    ),
    "season": "spring summer summers autumn fall winter winters",
    "clock": "pm am noon midnight clock gmt utc hrs",
    "year": "nineteen thousand twenties thirties forties fifties sixties seventies eighties nineties",
    "named": "anniversary normandy attacks attack assault",
}
# "p.m." and "Q3" are no plain words; figures are told apart by their shape.
_WORD = re.compile(r"[A-Za-z]{3,}|\b[AaPp]\.?[Mm]\b|\b(?:[QH][1-4]|FY ?\d+)\b|\d[\d/:.]*s?")
_DOTTED = frozenset({"a.m", "p.m"})
_YEAR = re.compile(r"(?:1\d|20)\d\d\.?s?|\d0s")
_SPLIT = re.compile(r"\d{1,2}[/:.]\d")


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for name, words in _BY_CLASS.items():
        for word in words.split():
            found.setdefault(word, set()).add(name)
    for word in MONTHS:
        found.setdefault(word, set()).add("month")
    for word in WEEKDAYS:
        found.setdefault(word, set()).add("weekday")
    return {word: tuple(sorted(names)) for word, names in found.items()}


@cache
def _feast_words() -> frozenset[str]:
    """The first words of the feasts' names; they trigger only with a capital: "New Year", "Good Friday".

    Not "The", with which every other sentence begins: "The holy month of Ramadan" has another such word.
    """
    return frozenset(re.split(r"[^a-z]", name)[0] for name in load_feasts()) - {"the"}


def find_triggers(text: str, *, any_case: bool = False) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Start, end and classes of each word that may belong to a time."""
    by_word, feasts = _classes(), _feast_words()
    small = by_word.keys() | feasts | _DOTTED if any_case else by_word.keys() | _DOTTED
    # Most words are in small letters and none of these: they cost one look-up.
    met = [(m, w) for m in _WORD.finditer(text) if (w := m[0]) in small or not w.islower() or w[0] <= "9"]
    for match, word in met:
        if word[0].isdigit():
            if len(word) > 1 and (figures := _figures(word)):
                yield match.start(), match.end(), figures
            continue
        lower = word.lower()
        classes = by_word.get(lower, ())
        if lower in feasts and (any_case or word[0].isupper()):
            classes = (*classes, "named")
        elif not word.isalpha():
            classes = ("clock",) if lower[0] in "ap" else ("unit",)
        if classes:
            yield match.start(), match.end(), classes


def _figures(word: str) -> tuple[str, ...]:
    if _YEAR.fullmatch(word.rstrip(".:/")):
        return ("year", "clock") if len(word) == 4 else ("year",)
    if _SPLIT.match(word):
        return ("named", "number") if "/" in word else ("number", "year") if len(word) > 7 else ("number",)
    if len(word) > 4 and _YEAR.match(word):
        return ("year",)  # 2014/15
    return ()
