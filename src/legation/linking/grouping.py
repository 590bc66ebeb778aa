"""Things put together by mean likeness, the likest first, as long as the group stays of one piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

NEVER = -5.0  # the likeness of two that must stay apart
# Two groups are one when the mean likeness across them is at least this, ...
LEAST = 0.09
# ... and, as soon as both have so many members that their inner likeness is known, when it is not much below
# that. This keeps look-alikes apart: two quakes are likelier than two random texts, but less than two reports
# of one quake. A newcomer needs less. Measured flat from 0.77 to 0.82 and from 4 to 5.
_KNOWN = 4
_ACROSS = 0.79
_NEWCOMER = 0.4


@dataclass(slots=True)
class Group:
    """Members by number, and the sum of likeness over all pairs of what it holds."""

    members: list[int]
    size: int
    inner: float = 0.0

    @property
    def cohesion(self) -> float:
        """The mean likeness of two of its documents."""
        return self.inner / (self.size * (self.size - 1) / 2)


def grouped(likeness: Matrix, groups: Sequence[Group], *, least: float = LEAST) -> list[Group]:
    """The groups joined as far as they go; `likeness` is the mean between groups, NEVER where barred."""
    alive: list[Group | None] = list(groups)
    if len(alive) < 2:
        return list(groups)
    table = _Table(likeness, np.array([g.size for g in groups], dtype=np.float64))
    while True:
        i, j = table.likest()
        across = table.values[i, j]
        if across < least:
            return [g for g in alive if g is not None]
        one, other = alive[i], alive[j]
        if one is None or other is None:  # cannot be: a row that was taken in is all NEVER
            table.bar(i, j)
            continue
        if not _fit(one, other, across):
            table.bar(i, j)
            continue
        inner = one.inner + other.inner + across * one.size * other.size
        alive[i] = Group(one.members + other.members, one.size + other.size, inner)
        alive[j] = None
        table.merge(i, j)


class _Table:
    """The mean likeness between groups, with the likest partner of each kept up to date."""

    def __init__(self, likeness: Matrix, sizes: npt.NDArray[np.float64]) -> None:
        self.values = likeness.astype(np.float64)
        np.fill_diagonal(self.values, NEVER)
        self._sizes = sizes
        self._partner = self.values.argmax(axis=1)
        self._best = self.values.max(axis=1)

    def likest(self) -> tuple[int, int]:
        """The two groups most alike, the smaller number first."""
        i = int(self._best.argmax())
        j = int(self._partner[i])
        return (i, j) if i < j else (j, i)

    def bar(self, i: int, j: int) -> None:
        """Keep two groups, and all that they will hold, apart."""
        self.values[i, j] = self.values[j, i] = NEVER
        self._look_again([i, j])

    def merge(self, i: int, j: int) -> None:
        """Take group j into group i."""
        values, sizes = self.values, self._sizes
        row = (values[i] * sizes[i] + values[j] * sizes[j]) / (sizes[i] + sizes[j])
        row[(values[i] == NEVER) | (values[j] == NEVER)] = NEVER
        values[i], values[:, i] = row, row
        values[j], values[:, j] = NEVER, NEVER
        sizes[i] += sizes[j]
        lost = np.nonzero((self._partner == i) | (self._partner == j))[0]
        better = row > self._best
        self._best[better] = row[better]
        self._partner[better] = i
        self._look_again([*lost.tolist(), i, j])

    def _look_again(self, rows: list[int]) -> None:
        self._partner[rows] = self.values[rows].argmax(axis=1)
        self._best[rows] = self.values[rows, self._partner[rows]]


def _fit(one: Group, other: Group, across: float) -> bool:
    known = [g.cohesion for g in (one, other) if g.size >= _KNOWN]
    if len(known) == 2:
        return across >= _ACROSS * min(known)
    return not known or across >= _NEWCOMER * known[0]
