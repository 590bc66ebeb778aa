"""Counts, figures and the table they make; nothing here knows a gold set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(slots=True)
class Counts:
    """How many were found and right, found and wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def found(self) -> int:
        return self.right + self.wrong

    @property
    def labelled(self) -> int:
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        both = self.found + self.labelled
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a table: `of` is how many cases it was taken over."""

    name: str
    value: float
    of: int
    better: Literal["higher", "lower"] = "higher"


@dataclass(frozen=True, slots=True)
class Row:
    """One type of a set: how often labelled, found and right."""

    name: str
    labelled: int
    found: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Miss:
    """One record where found and labelled differ."""

    set: str
    id: str
    text: str
    gold: Any
    predicted: Any


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured on one set; `skipped` says why nothing was."""

    set: str
    digest: str
    records: int
    figures: tuple[Figure, ...] = ()
    rows: tuple[Row, ...] = ()
    skipped: str | None = None
    misses: tuple[Miss, ...] = field(default=(), repr=False)

    def figure(self, name: str) -> Figure | None:
        """The figure of that name, if the table has it."""
        return next((f for f in self.figures if f.name == name), None)


def share(name: str, right: int, of: int) -> Figure:
    """A part of a whole, 0 where the whole is empty."""
    return Figure(name, right / of if of else 0.0, of)


def rate(name: str, count: int, of: int) -> Figure:
    """Errors per case: the fewer the better."""
    return Figure(name, count / of if of else 0.0, of, better="lower")


def f1_figures(prefix: str, counts: Counts) -> tuple[Figure, Figure, Figure]:
    """Precision, recall and F1 of one count."""
    return (
        Figure(f"{prefix} precision", counts.precision, counts.found),
        Figure(f"{prefix} recall", counts.recall, counts.labelled),
        Figure(f"{prefix} F1", counts.f1, counts.labelled),
    )


def rows_of(by_name: Mapping[str, Counts]) -> tuple[Row, ...]:
    """A row a type, in order of name."""
    return tuple(
        Row(name, c.labelled, c.found, c.precision, c.recall, c.f1) for name, c in sorted(by_name.items())
    )


def macro_f1(by_name: Mapping[str, Counts], names: Iterable[str] | None = None) -> float:
    """The mean F1 over types that are labelled at least once (or over `names`)."""
    chosen = list(names) if names is not None else [n for n, c in by_name.items() if c.labelled]
    return sum(by_name.get(n, Counts()).f1 for n in chosen) / len(chosen) if chosen else 0.0
