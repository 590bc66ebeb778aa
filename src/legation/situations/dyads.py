"""The two sides of an event by country, and how intense a dyad is over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from legation.model import Actor, Event, Status
from legation.record import MergedEvent

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")
REAL: tuple[Status, ...] = ("happened", "ongoing")
# How exact a date must be to fall into a period: one known to the month says nothing of its week.
_FITS: dict[str, tuple[Period, ...]] = {
    "day": PERIODS,
    "week": ("week", "year"),  # a week may lie in two months; its year is told by ISO 8601
    "month": ("month", "quarter", "year"),
    "quarter": ("quarter", "year"),
    "year": ("year",),
}


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


def period_of(day: str, period: Period) -> tuple[str, str]:
    """The name of the period a day lies in, and its first day: ("2021-07", "2021-07-01")."""
    when = date.fromisoformat(day)
    if period == "day":
        return day, day
    if period == "week":
        year, week, weekday = when.isocalendar()
        return f"{year}-W{week:02}", (when - timedelta(weekday - 1)).isoformat()
    if period == "month":
        return day[:7], f"{day[:7]}-01"
    if period == "quarter":
        quarter = (when.month - 1) // 3
        return f"{when.year}-Q{quarter + 1}", f"{when.year}-{quarter * 3 + 1:02}-01"
    return str(when.year), f"{when.year}-01-01"


def event_period(event: Event, period: Period) -> tuple[str, str] | None:
    """The period an event falls into; None where its date is not known exactly enough."""
    begin = event.date or ""
    parts = begin.split("-")
    precision = event.date_precision
    if precision == "unknown" and len(begin) == 10:
        precision = "day"
    if period not in _FITS.get(precision, ()) or not all(p.isdigit() for p in parts):
        return None
    day = "-".join([*parts, "01", "01"][:3])
    try:
        return period_of(day, period)
    except ValueError:
        return None


def periods_between(first: str, last: str, period: Period) -> tuple[tuple[str, str], ...]:
    """Every period from that of the first day to that of the last."""
    found: list[tuple[str, str]] = []
    name, begin = period_of(first, period)
    end = period_of(last, period)[1]
    while begin <= end:
        found.append((name, begin))
        name, begin = period_of(_next(begin, period), period)
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


def _next(begin: str, period: Period) -> str:
    when = date.fromisoformat(begin)
    if period in ("day", "week"):
        return (when + timedelta(1 if period == "day" else 7)).isoformat()
    months = {"month": 1, "quarter": 3}.get(period, 12)
    count = when.year * 12 + when.month - 1 + months
    return date(count // 12, count % 12 + 1, 1).isoformat()
