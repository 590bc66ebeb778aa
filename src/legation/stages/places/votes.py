"""What the readings of a text's names say of where it is: each votes for its country, its division and its square."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, exp, radians

from legation.knowledge.places import Entry

Square = tuple[int, int]  # of about a hundred miles
_VOTE_FOR_DIVISION = frozenset({"admin1", "admin2", "city"})
_VOTE_FOR_SQUARE = frozenset({"admin2", "city", "district", "site"})
_LEAN_ON_BOTH = frozenset({"admin2", "city", "district", "site", "camp", "base"})


@dataclass(frozen=True, slots=True)
class Voter:
    """A reading, with what it votes for and what it leans on: asked some ten times a text, worked out once."""

    country: str | None
    division: tuple[str, str] | None  # votes for it
    square: Square | None  # votes for it
    stands_in: Square | None
    within: tuple[str, str] | None  # the division it leans on
    near_too: bool  # it leans on what is near as well


def voter(e: Entry) -> Voter:
    """What an entry votes for and leans on."""
    if e.country is None:
        return Voter(None, None, None, None, None, False)
    square = None if e.lat is None or e.lon is None else _square(e.lat, e.lon)
    near_too = e.kind in _LEAN_ON_BOTH
    return Voter(
        e.country,
        (e.country, e.admin1 or e.name) if e.kind in _VOTE_FOR_DIVISION else None,
        square if e.kind in _VOTE_FOR_SQUARE else None,
        square,
        (e.country, e.admin1) if near_too else (e.country, e.name) if e.kind == "admin1" else None,
        near_too,
    )


@dataclass(slots=True)
class Context:
    """Where the text is, by weight: each name spreads one unit over its readings, likely ones first."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    divisions: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    squares: dict[Square, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, v: Voter, weight: float) -> None:
        """Count a reading (or, with a negative weight, take it out again)."""
        if v.country is None:
            return
        self.countries[v.country] += weight
        if v.division is not None:
            self.divisions[v.division] += weight
        if v.square is not None:
            self.squares[v.square] += weight

    def near(self, v: Voter) -> float:
        """The weight of what lies in the same square, and half that around it."""
        if v.stands_in is None:
            return 0.0
        weight_in = self.squares.get
        around = 0.0
        for square in _around(v.stands_in):
            around += weight_in(square, 0.0)
        return weight_in(v.stands_in, 0.0) + 0.6 * around

    def support(self, v: Voter, total: float) -> float:
        """How well a reading agrees with the others, of whose countries the weight in all is given."""
        if v.country is None:
            return 0.0
        score = 4.0 * max(0.0, self.countries.get(v.country, 0.0)) / total
        if v.within is None:
            return score
        there = max(0.0, self.divisions.get(v.within, 0.0))
        if not v.near_too:
            return score + 2.5 * (1 - exp(-there))
        score += 2.2 * (1 - exp(-there))
        return score + 2.2 * (1 - exp(-max(0.0, self.near(v))))


@lru_cache(maxsize=20_000)
def _square(lat: float, lon: float) -> Square:
    return int(lat // 1), int(lon * cos(radians(lat)) // 1)


@lru_cache(maxsize=20_000)
def _around(square: Square) -> tuple[Square, ...]:
    """The eight squares about one, in a fixed order: sums of floats hang on it."""
    row, column = square
    return tuple((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j)
