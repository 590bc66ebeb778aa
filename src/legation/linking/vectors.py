"""A document as weighted terms: how much each says of what it is about."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from legation.linking.words import Words, words_in
from legation.model import Document

Vector = dict[str, float]
Terms = dict[str, float]

# Each measured on the open halves of news_cluster, newswcl50 and ecbplus; none matters by more than 0.02 alone.
_STEM = 6  # letters of a word that count: "attacked" and "attacks" are one
_NAME = 3.0  # a name counts for so many plain words,
_FIGURE = 3.0  # a figure, a month or a weekday for so many: look-alikes differ in these
_LEAD = 40  # so many words are the lead,
_LEADING = 2.0  # and count double
_TITLE = 4.0
_STATED = 1.0  # a place or date the coder found
_TERMS = 600  # of a long text the most telling
_REMEMBERED = 200_000  # of document frequencies; from here on words seen once are dropped
_STOPS = frozenset(
    "the and or of to in on at by for from with as is was were be been are it its that this he she they his her "
    "their have has had not but which who will would said says after also than there when more about into out up "
    "over one we you".split()
)


class Frequencies:
    """In how many documents each term stood so far."""

    def __init__(self) -> None:
        self._in: Counter[str] = Counter()
        self.documents = 0

    def add(self, terms: Terms) -> None:
        """Count the terms of one more document."""
        self.documents += 1
        self._in.update(terms.keys())
        if len(self._in) > _REMEMBERED:
            self._in = Counter({t: n for t, n in self._in.items() if n > 1})

    def weighted(self, terms: Terms) -> Vector:
        """The terms of a document already counted, weighted by rarity, as a vector of length one."""
        size = self.documents + 1
        weights = {t: math.log1p(n) * math.log(size / max(1, self._in[t])) for t, n in terms.items()}
        kept = sorted(sorted(weights), key=weights.__getitem__, reverse=True)[:_TERMS]  # of equals by the alphabet
        norm = math.sqrt(sum(weights[t] ** 2 for t in kept)) or 1.0
        return {t: weights[t] / norm for t in kept}


def terms_of(doc: Document, words: Words) -> Terms:
    """What stands in a document, and how often; title, lead, names and figures count for more."""
    if len(words.all) < 3:  # a page of which nothing but furniture is left
        words = words_in(doc.text)
    terms: Terms = defaultdict(float)
    for position, word in enumerate(words.all):
        if len(word) > 1 and word not in _STOPS:
            weight = _FIGURE if word in words.figures else _NAME if word in words.names else 1.0
            terms[word[:_STEM]] += weight * _LEADING if position < _LEAD else weight
    for word in words_in(doc.title or "").all:
        if len(word) > 1 and word not in _STOPS:
            terms[word[:_STEM]] += _TITLE
    for stated in _stated(doc):
        terms[stated] += _STATED
    return terms


def printed(doc: Document, terms: Iterable[str]) -> tuple[str, ...]:
    """For each term the first word of the document that it stands for, names with their capital."""
    words = {w.casefold()[:_STEM]: w for w in reversed(re.findall(r"\w+", f"{doc.title or ''} {doc.text}"))}
    return tuple(words.get(term, term) for term in terms)


def _stated(doc: Document) -> list[str]:
    places = [f"in {p.geonameid}" for p in doc.places if p.geonameid and p.precision not in (None, "country", "region")]
    dates = [f"on {t.value}" for t in doc.dates if t.type == "DATE" and t.value[:4].isdigit()]
    return [*places, *dates]
