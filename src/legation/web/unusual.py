"""What is unusual: how often something happened in the last week, against the ninety days before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from legation.store import Facets

WEEK, BASE = 7, 90
LEAST = 3  # events in the week: fewer say nothing
FROM = 2.0  # standard deviations of a Poisson count


@dataclass(frozen=True, slots=True)
class Unusual:
    """Something that happened more or less than it used to."""

    kind: Literal["type", "actor", "country"]
    name: str
    count: int  # in the week
    usual: float  # in a week of the days before
    deviation: float  # in standard deviations


def unusual(week: Facets, base: Facets, *, limit: int = 8) -> list[Unusual]:
    """The types, actors and places of the week that stand out, the most unusual first."""
    found: list[Unusual] = []
    pairs: tuple[tuple[Literal["type", "actor", "country"], Mapping[str, int], Mapping[str, int]], ...] = (
        ("type", week.types, base.types),
        ("actor", week.actors, base.actors),
        ("country", week.countries, base.countries),
    )
    for kind, now, past in pairs:
        for name, count in now.items():
            usual = past.get(name, 0) * WEEK / BASE
            # A count that never was has a mean all the same: half an event in the time looked at.
            mean = max(usual, 0.5 * WEEK / BASE)
            deviation = (count - mean) / math.sqrt(max(mean, 1.0))
            if count >= LEAST and deviation >= FROM:
                found.append(Unusual(kind, name, count, round(usual, 1), round(deviation, 1)))
    found.sort(key=lambda u: (-u.deviation, u.kind, u.name))
    return found[:limit]
