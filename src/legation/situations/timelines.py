"""What happened in order, who took part in which role, how hard two sides dealt with each other, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from legation.model import Actor, Place
from legation.record import MergedEvent

# Only what took place is counted as done between two sides; what is planned, feared or denied is in the timeline.
TOOK_PLACE = ("happened", "ongoing")
_DAY = len("2021-07-09")


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """What is dated to one day (or month, or year, where the reports say no more)."""

    date: str | None
    events: tuple[MergedEvent, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """One actor in a situation: how often it acted and was acted upon, by quad code 1 to 4."""

    code: str | None
    sector: str | None
    name: str | None
    acted: tuple[int, int, int, int]
    received: tuple[int, int, int, int]
    first: str | None
    last: str | None
    events: tuple[MergedEvent, ...]

    @property
    def count(self) -> int:
        """In how many events it took part."""
        return len(self.events)

    @property
    def label(self) -> str:
        """The actor in a few words: "Joe Biden (USA GOV)"."""
        code = " ".join(part for part in (self.code, self.sector) if part)
        return f"{self.name} ({code})" if self.name and code else self.name or code or "?"


@dataclass(frozen=True, slots=True)
class Intensity:
    """What two sides did to each other in one period: events by quad code and the sum of their scores."""

    a: str
    b: str
    period: str
    quads: tuple[int, int, int, int]
    scale: float
    events: tuple[MergedEvent, ...]

    @property
    def count(self) -> int:
        """How many events."""
        return len(self.events)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place and the events that happened there."""

    place: Place
    events: tuple[MergedEvent, ...]


def is_day(value: str | None) -> bool:
    """Whether the value is a day of the calendar; records read in from elsewhere may hold anything."""
    if value is None or len(value) != _DAY:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def in_order(events: Iterable[MergedEvent]) -> tuple[MergedEvent, ...]:
    """By date (a month before its days), what has no date last, each day's most told events first."""
    return tuple(sorted(events, key=lambda e: (e.event.date or "9", -e.independent, e.id)))


def timeline(events: Iterable[MergedEvent]) -> tuple[TimelineDay, ...]:
    """The events day by day."""
    grouped = groupby(in_order(events), key=lambda e: e.event.date)
    return tuple(TimelineDay(date, tuple(group)) for date, group in grouped)


def roles(events: Iterable[MergedEvent]) -> tuple[Role, ...]:
    """Every actor with what it did and what was done to it, the busiest first."""
    seen: dict[tuple[str | None, str | None, str | None], _Part] = {}
    for merged in in_order(events):
        for side, actors in (("acted", merged.event.actors), ("received", merged.event.recipients)):
            for actor in actors:
                if actor.code is None and actor.identifier_text is None:
                    continue
                part = seen.setdefault(actor.key, _Part(actor))
                part.take(merged, acted=side == "acted")
    found = [part.role() for part in seen.values()]
    return tuple(sorted(found, key=lambda r: (-r.count, r.code or "~", r.sector or "", r.name or "")))


class _Part:
    """One actor's events, while they are gathered."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.acted = [0, 0, 0, 0]
        self.received = [0, 0, 0, 0]
        self.events: dict[str, MergedEvent] = {}

    def take(self, merged: MergedEvent, *, acted: bool) -> None:
        self.events.setdefault(merged.id, merged)
        (self.acted if acted else self.received)[merged.event.quad_code - 1] += 1

    def role(self) -> Role:
        days = [e.event.date for e in self.events.values() if e.event.date]
        return Role(
            self.actor.code,
            self.actor.sector,
            self.actor.identifier_text,
            four(self.acted),
            four(self.received),
            min(days, default=None),
            max(days, default=None),
            tuple(self.events.values()),
        )


def four(counts: Sequence[int]) -> tuple[int, int, int, int]:
    """The counts of the four quad codes."""
    return (counts[0], counts[1], counts[2], counts[3])


def sides_of(merged: MergedEvent) -> tuple[tuple[str, str], ...]:
    """The pairs of codes that an event links, as (who, to whom); both ways where all sides act together."""
    event = merged.event
    doers = sorted({a.code for a in event.actors if a.code})
    others = sorted({a.code for a in event.recipients if a.code})
    if others:
        return tuple((a, b) for a in doers for b in others if a != b)
    return tuple((a, b) for a in doers for b in doers if a != b)


def dyads(events: Iterable[MergedEvent]) -> tuple[tuple[str, str], ...]:
    """Every pair of codes that had to do with each other, in alphabetical order within, the busiest first."""
    counts: dict[tuple[str, str], int] = {}
    for merged in events:
        if merged.event.status in TOOK_PLACE:
            for pair in sorted({(min(a, b), max(a, b)) for a, b in sides_of(merged)}):
                counts[pair] = counts.get(pair, 0) + 1
    return tuple(sorted(counts, key=lambda pair: (-counts[pair], pair)))


def intensity(events: Iterable[MergedEvent], a: str, b: str, *, step: str = "month") -> tuple[Intensity, ...]:
    """What `a` and `b` did to each other (either way), by day, month or year; periods without events are left out."""
    width = {"day": _DAY, "month": len("2021-07"), "year": len("2021")}[step]
    periods: dict[str, dict[str, MergedEvent]] = {}
    for merged in in_order(events):
        day = merged.event.date
        if merged.event.status not in TOOK_PLACE or day is None or len(day) < width or "W" in day:
            continue
        if any(pair in ((a, b), (b, a)) for pair in sides_of(merged)):
            periods.setdefault(day[:width], {})[merged.id] = merged
    return tuple(_intensity(a, b, period, tuple(found.values())) for period, found in sorted(periods.items()))


def _intensity(a: str, b: str, period: str, events: tuple[MergedEvent, ...]) -> Intensity:
    quads = [0, 0, 0, 0]
    for merged in events:
        quads[merged.event.quad_code - 1] += 1
    return Intensity(a, b, period, four(quads), round(sum(e.event.event_scale for e in events), 2), events)


def places(events: Iterable[MergedEvent]) -> tuple[PlaceCount, ...]:
    """Every place with its events, the busiest first."""
    found: dict[tuple[str | None, str | None], tuple[Place, list[MergedEvent]]] = {}
    for merged in in_order(events):
        place = merged.event.place
        if place is not None and (place.name or place.country):
            found.setdefault((place.name, place.country), (place, []))[1].append(merged)
    counted = [PlaceCount(place, tuple(told)) for place, told in found.values()]
    return tuple(sorted(counted, key=lambda p: (-len(p.events), p.place.country or "~", p.place.name or "")))


def new_since(events: Iterable[MergedEvent], day: str) -> tuple[MergedEvent, ...]:
    """The events of which the first report appeared on that day or later."""
    return tuple(e for e in in_order(events) if first_told(e) >= day[:_DAY])


def first_told(merged: MergedEvent) -> str:
    """The day of the first report, or nothing where no report has one."""
    return min((r.published[:_DAY] for r in merged.reports if r.published), default="")


def last_told(merged: MergedEvent) -> str:
    """The day of the last report, or nothing where no report has one."""
    return max((r.published[:_DAY] for r in merged.reports if r.published), default="")
