"""The latest documents, remembered one by one, so that what was put together can be judged again by what came since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from legation.linking.grouping import Matrix
from legation.linking.vectors import Frequencies, Terms, Vector

# How much likeness counts by days apart; labels and dates of real collections are too rough for a sharp edge.
_BY_DAYS = ((7, 1.0), (30, 0.95), (365, 0.85))
_LONG_AFTER = 0.7
_TERMS = 200  # of a document the most telling are remembered
_AT_ONCE = 8_192  # terms multiplied together: of 1,500 documents some 50 MB
_REFRESH = 60  # after so many documents all are weighted anew by what is known of words by then


@dataclass(slots=True)
class Told:
    """A document as it is compared: its terms, their weights, its day, and its story if it has one."""

    terms: Terms
    vector: Vector
    day: int | None
    story: str = ""


class Recent:
    """The latest `keep` documents and how alike they are."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._told: list[Told] = []
        self._table: Matrix = np.zeros((0, 0), dtype=np.float32)
        self._standing: dict[str, list[tuple[int, float]]] = {}
        self._since = 0  # documents since all were weighted

    def __len__(self) -> int:
        return len(self._told)

    def __getitem__(self, number: int) -> Told:
        return self._told[number]

    def with_new(self, news: Sequence[Told]) -> Matrix:
        """How alike the remembered and the new documents are, the new ones last."""
        old, size = len(self._told), len(self._told) + len(news)
        table = np.zeros((size, size), dtype=np.float32)
        table[:old, :old] = self._table
        rows = []
        for new in news:
            row = [0.0] * old
            for term, weight in new.vector.items():
                for number, other in self._standing.get(term, ()):
                    row[number] += weight * other
            rows.append(row)
        across = np.array(rows, dtype=np.float32).reshape(len(news), old) * _by_days(news, self._told)
        table[old:, :old] = across
        table[:old, old:] = across.T
        table[old:, old:] = cosines(news)
        return table

    def remember(self, news: Sequence[Told], table: Matrix | None, frequencies: Frequencies) -> None:
        """Take in documents that have their stories now; `table` is that of `with_new`."""
        for new in news:
            if len(new.terms) > _TERMS:
                kept = sorted(new.vector, key=lambda t: (-new.vector[t], t))[:_TERMS]
                new.terms = {term: new.terms[term] for term in kept}
        start = len(self._told)
        self._told += news
        self._since += len(news)
        if table is None or self._since >= min(_REFRESH, max(10, len(self._told) // 8)):
            self._weigh_anew(frequencies)
            return
        self._table = table
        for number in range(start, len(self._told)):
            self._stand(number)

    def _weigh_anew(self, frequencies: Frequencies) -> None:
        del self._told[: -self._keep]
        self._standing = {}
        self._since = 0
        for number, told in enumerate(self._told):
            told.vector = frequencies.weighted(told.terms)
            self._stand(number)
        self._table = cosines(self._told)

    def _stand(self, number: int) -> None:
        for term, weight in self._told[number].vector.items():
            self._standing.setdefault(term, []).append((number, weight))


def cosines(told: Sequence[Told]) -> Matrix:
    """How alike each two of the documents are."""
    table = np.zeros((len(told), len(told)), dtype=np.float32)
    times = Counter(chain.from_iterable(each.vector for each in told))
    number = {term: n for n, term in enumerate(term for term, several in times.items() if several > 1)}
    held = [[(i, number[t], w) for t, w in each.vector.items() if t in number] for i, each in enumerate(told)]
    row, column, weight = np.array([*chain.from_iterable(held)], dtype=np.float64).reshape(-1, 3).T
    for first in range(0, len(number), _AT_ONCE):
        here = (column >= first) & (column < first + _AT_ONCE)
        part = np.zeros((len(told), _AT_ONCE), dtype=np.float32)
        part[row[here].astype(int), column[here].astype(int) - first] = weight[here]
        table += part @ part.T
    return table * _by_days(told, told)


def _by_days(one: Sequence[Told], other: Sequence[Told]) -> Matrix:
    days, others = (np.array([np.nan if t.day is None else t.day for t in each]) for each in (one, other))
    gaps = np.abs(days[:, None] - others[None, :])
    factor = np.full(gaps.shape, _LONG_AFTER, dtype=np.float32)
    for limit, share in reversed(_BY_DAYS):
        factor[gaps <= limit] = share
    factor[np.isnan(gaps)] = 1.0
    return factor


def by_days(gap: int | None) -> float:
    """How much likeness counts that many days apart; all of it where the days are not known."""
    if gap is None:
        return 1.0
    return next((share for limit, share in _BY_DAYS if gap <= limit), _LONG_AFTER)


def homes(groups: Sequence[Sequence[str]]) -> list[str | None]:
    """For each group the story that it goes on with: one of which no other group holds more; None if there is none."""
    counts = [Counter(stories) for stories in groups]
    most: Counter[str] = Counter()
    for count in counts:
        for story, number in count.items():
            most[story] = max(most[story], number)
    return [
        next((s for s, n in sorted(count.items(), key=lambda item: (-item[1], item[0])) if n >= most[s]), None)
        for count in counts
    ]
