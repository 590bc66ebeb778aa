"""Many reports of one event folded into one reading, with what they disagree on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from legation.linking.evidence import REAL, town_of
from legation.model import STATUSES, Actor, Count, Event, Place, Size, Status
from legation.record import Claim, Dispute, Join, MergedEvent, Report

SIZES = ("dead", "injured", "arrested", "crowd")
_FINENESS = {"day": 0, "week": 1, "month": 2, "quarter": 3, "year": 4, "unknown": 5}
_PLACES = {"site": 0, "city": 1, "district": 2, "province": 3, "country": 4, "region": 5}


def in_order(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The reports by the day they were published, then by key: the order that does not hang on how they came."""
    return tuple(sorted(reports, key=lambda r: (r.published is None, r.published or "", r.key)))


def fold(reports: Iterable[Report], joins: Iterable[Join]) -> MergedEvent:
    """One event of all its reports."""
    told = in_order(reports)
    if len(told) == 1:
        return _single(told[0])
    own = [r for r in told if r.copy_of is None] or list(told)
    best = max(own, key=lambda r: (_fullness(r.event), r.event.confidence, r.key))
    stories = Counter(r.story for r in told if r.story)
    dates = Counter(r.event.date for r in own)
    dated = min(own, key=lambda r: (not r.event.date, _FINENESS[r.event.date_precision], -dates[r.event.date], r.key))
    event = replace(
        best.event,
        id=merged_id(told[0]),
        modes=tuple(sorted({m for r in told for m in r.event.modes})),
        contexts=tuple(sorted({c for r in told for c in r.event.contexts})),
        actors=_union([best.event.actors, *(r.event.actors for r in told)]),
        recipients=_union([best.event.recipients, *(r.event.recipients for r in told)]),
        status=_status(own),
        date=dated.event.date,
        enddate=dated.event.enddate,
        date_precision=dated.event.date_precision,
        place=_place(own),
        size=_size(own),
        confidence=_confidence(own),
        reason=f"{len(told)} reports tell it",
    )
    return MergedEvent(
        id=event.id,
        event=event,
        reports=told,
        joins=tuple(sorted(joins, key=lambda j: (j.first, j.second))),
        disputes=disputes_of(told),
        story=min(stories, key=lambda s: (-stories[s], s)) if stories else None,
    )


@lru_cache(maxsize=8192)  # as telling_of
def _single(report: Report) -> MergedEvent:
    """The event of one report, which most are: what folding many would give, without the votes."""
    event = report.event
    alone = replace(
        event,
        id=merged_id(report),
        modes=tuple(sorted(set(event.modes))),
        contexts=tuple(sorted(set(event.contexts))),
        actors=_union([event.actors]),
        recipients=_union([event.recipients]),
        size=_size([report]),
        confidence=_confidence([report]),
        reason="",
    )
    return MergedEvent(alone.id, alone, (report,), story=report.story or None)


def merged_id(first: Report) -> str:
    """The id that the earliest report gives: later reports do not change it."""
    return "m-" + hashlib.sha256("|".join(first.key).encode("utf-8", "replace")).hexdigest()[:16]


def disputes_of(reports: Sequence[Report]) -> tuple[Dispute, ...]:
    """Where the reports differ in a fact that each of them gives."""
    found = [
        *(_sizes_apart(reports, name) for name in SIZES),
        _values_apart("place", reports, lambda e: town_of(e.place), _place_name),
        _values_apart("date", reports, _day, lambda e: e.date or ""),
        _values_apart("status", reports, _outcome, lambda e: _outcome(e) or ""),
    ]
    return tuple(d for d in found if d is not None)


def _place_name(event: Event) -> str:
    return "" if event.place is None else event.place.name or event.place.text


def _day(event: Event) -> str | None:
    return event.date if event.date_precision == "day" else None


def _outcome(event: Event) -> str | None:
    if event.status in REAL:
        return "happened"
    return "denied" if event.status == "negated" else None


def _values_apart(
    field: str, reports: Sequence[Report], key: Callable[[Event], str | None], shown: Callable[[Event], str]
) -> Dispute | None:
    groups: dict[str, list[Report]] = {}
    for report in reports:
        value = key(report.event)
        if value is not None:
            groups.setdefault(value, []).append(report)
    if len(groups) < 2:
        return None
    return Dispute(field, tuple(claim(shown(group[0].event), group) for _, group in sorted(groups.items())))


def _sizes_apart(reports: Sequence[Report], name: str) -> Dispute | None:
    groups: dict[tuple[int, int], list[Report]] = {}
    texts: dict[tuple[int, int], str] = {}
    for report in reports:
        count = _count(report, name)
        if count is None or count.best is None:
            continue
        value = (count.best, count.best)
        groups.setdefault(value, []).append(report)
        texts[value] = str(count.best)
    if len(groups) < 2:
        return None
    return Dispute(name, tuple(claim(texts[value], group) for value, group in sorted(groups.items())))


def claim(value: str, reports: Iterable[Report]) -> Claim:
    """A value with the documents that give it and those whom they name for it."""
    told = list(reports)
    said = {a.entity_text or str(a) for r in told for a in r.event.according_to}
    return Claim(value, tuple(sorted({r.document for r in told})), tuple(sorted(said)))


def _count(report: Report, name: str) -> Count | None:
    found: Count | None = getattr(report.event.size, name) if report.event.size else None
    return found


def _size(reports: Sequence[Report]) -> Size | None:
    """Low and high over all reports; the best figure is that of the latest report that gives one."""
    if all(r.event.size is None for r in reports):
        return None
    found: dict[str, Count] = {}
    for name in SIZES:
        counts = [c for r in reports if (c := _count(r, name)) is not None]
        if not counts:
            continue
        lows = [c.low if c.low is not None else c.best for c in counts]
        highs = [c.high if c.high is not None else c.best for c in counts]
        latest = next((c for c in reversed(counts) if c.best is not None), counts[-1])
        found[name] = Count(
            min((n for n in lows if n is not None), default=None),
            latest.best,
            max((n for n in highs if n is not None), default=None),
            latest.text,
        )
    return Size(**found) if found else None


def _place(reports: Sequence[Report]) -> Place | None:
    places = [r.event.place for r in reports if r.event.place is not None]
    if not places:
        return None
    votes = Counter((p.name or p.text, p.country) for p in places)
    return min(
        places,
        key=lambda p: (_PLACES.get(p.precision or "", 6), -votes[(p.name or p.text, p.country)], p.name or p.text),
    )


def _status(reports: Sequence[Report]) -> Status:
    """What most reports say; of equals, that it happened."""
    votes = Counter(r.event.status for r in reports)
    return min(votes, key=lambda s: (-votes[s], STATUSES.index(s)))


def _confidence(reports: Sequence[Report]) -> float:
    wrong = 1.0
    for outlet in sorted({r.outlet or r.document for r in reports}):
        wrong *= 1 - max(r.event.confidence for r in reports if (r.outlet or r.document) == outlet)
    return round(min(1 - wrong, 0.99), 3)


def _fullness(event: Event) -> int:
    return sum(map(bool, (event.actors, event.recipients, event.place, event.size, event.date_precision == "day")))


def _union(lists: Iterable[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    kept: dict[tuple[object, ...], Actor] = {}
    for actors in lists:
        for actor in actors:
            key = actor.key if actor.code or actor.identifier_text else (None, actor.entity_text.casefold())
            kept.setdefault(key, actor)
    return tuple(kept.values())
