"""The two sides of an event by country, and how intense a dyad is over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from legation.knowledge.periods import Period, event_period
from legation.model import Actor, Event, Status
from legation.record import MergedEvent

REAL: tuple[Status, ...] = ("happened", "ongoing")


@dataclass(frozen=True, slots=True)
class Intensity:
    """What two sides did in one period."""

    side_a: str
    side_b: str
    period: str
    begin: str  # its first day
    events: int
    cooperation: float  # sum of the scores over 0
    conflict: float  # sum of the scores under 0

    @property
    def net(self) -> float:
        """Cooperation less conflict."""
        return self.cooperation + self.conflict


def country_of(actor: Actor) -> str | None:
    """The code that stands for an actor's side; None where it is not known."""
    return actor.code or None


def dyads(event: Event, *, directed: bool = True, domestic: bool = True) -> tuple[tuple[str, str], ...]:
    """The pairs of codes an event stands between, each once.

    Each actor with each recipient; without recipients all actors act together, each pair of them. An event
    with one known side has no dyad. Not directed, a pair stands in the order of the alphabet. `domestic`
    keeps pairs of a country with itself (its government and its rebels).
    """
    if event.recipients:
        pairs = [(country_of(a), country_of(r)) for a in event.actors for r in event.recipients]
    else:
        pairs = [
            (country_of(a), country_of(b))
            for i, a in enumerate(event.actors)
            for j, b in enumerate(event.actors)
            if i != j
        ]
    found: dict[tuple[str, str], None] = {}
    for a, b in pairs:
        if a is None or b is None or (a == b and not domestic):
            continue
        found[(a, b) if directed or a <= b else (b, a)] = None
    return tuple(found)


def intensity(
    events: Iterable[MergedEvent],
    period: Period = "month",
    *,
    between: Sequence[str] = (),
    directed: bool = False,
    statuses: Sequence[Status] = REAL,
) -> tuple[Intensity, ...]:
    """What each dyad did in each period, from the merged events; `between` keeps dyads within these codes."""
    counts: dict[tuple[str, str, str, str], int] = defaultdict(int)
    scores: dict[tuple[str, str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for merged in events:
        event = merged.event
        when = event_period(event, period)
        if when is None or event.status not in statuses:
            continue
        for a, b in dyads(event, directed=directed):
            if between and not (a in between and b in between):
                continue
            key = (a, b, *when)
            counts[key] += 1
            scores[key][event.event_scale < 0] += event.event_scale
    return tuple(
        Intensity(*key, counts[key], round(scores[key][0], 6), round(scores[key][1], 6)) for key in sorted(counts)
    )
