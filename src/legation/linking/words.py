"""The words of a report as linking compares them: lower case, without furniture, names and figures told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from legation.knowledge.stops import load as load_stops
from legation.model import Document, Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
# After these a capital says nothing: a sentence, a quotation or a line begins.
_OPENING = re.compile(r"(?:^|[.!?:\n\"“”‘(\[•–—-])\s*$")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february march april may june july august september october november december"
_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen dozens"
)
# Words that count as figures: what a daily bulletin changes and a copy keeps.
_STARTERS = frozenset(word.casefold() for word in load_stops().starters)
FIGURE_WORDS = frozenset(f"{_WEEKDAYS} {_MONTHS} {_NUMBERS}".split()) - {"may", "march"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words in order, and which of them are names and which figures."""

    all: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]
    openings: frozenset[str]  # words with a capital that begin a sentence or line: names or not


def words_of(doc: Document) -> Words:
    """The words of a document's own text: what was marked as furniture is left out."""
    return words_in(without(doc.text, doc.furniture))


def words_in(text: str) -> Words:
    """The words of a text; a name is a word with a capital that no sentence or line begins with."""
    found: list[str] = []
    names: set[str] = set()
    figures: set[str] = set()
    openings: set[str] = set()
    for match in _WORD.finditer(text):
        raw = match.group()
        word = raw.casefold()
        found.append(word)
        if raw[0].isdigit() or word in FIGURE_WORDS:
            figures.add(word)
        elif raw[0].isupper() and len(raw) > 1:
            start = match.start()
            (openings if _OPENING.search(text, max(0, start - 3), start) else names).add(word)
    return Words(tuple(found), frozenset(names), frozenset(figures), frozenset(openings - _STARTERS))


def without(text: str, spans: Iterable[Span]) -> str:
    """The text with a line end for each of the spans."""
    parts: list[str] = []
    at = 0
    for span in sorted(spans):
        parts.append(text[at : max(at, span.start)])
        parts.append("\n")
        at = max(at, span.end)
    parts.append(text[at:])
    return "".join(parts)
