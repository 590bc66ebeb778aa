"""What the rules find in a record on a day. Pure: `delivery` sends it, once each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import sqrt

from legation.model import Actor, Count
from legation.record import MergedEvent, Query
from legation.situations import alert_rules
from legation.situations.alert_rules import Any_, OfDispute, OfPledge, Rule, Surge
from legation.situations.brief import code_line, counted
from legation.situations.citing import Citation, Documents, cite_event, unique
from legation.situations.disputes import DisputedFact, disputed_facts
from legation.situations.pledges import TrackedPledge, track_pledges
from legation.situations.timelines import TOOK_PLACE, in_order, is_day, last_told

Ask = Callable[[Query], Sequence[MergedEvent]]
# A pair that never clashes has no spread; without this one event would be any number of deviations.
_LEAST_DEVIATION = 0.5
_LEAST_DAYS = 30  # of record before a day, or nothing is said of what is usual
_PLEDGES = 3660  # days before today in which pledges are looked for
_OLD = 60  # what is told now of an event longer ago is background, not news


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing a rule found. The same thing has the same key, however often it is found."""

    key: str
    rule: str
    title: str
    text: str
    day: str  # what it is about
    citations: tuple[Citation, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What rules are held against.

    `ask` gives the events of a query, as `Store.events` does. `record_since` is the day from which the record is
    kept: before it nothing is usual. `pledged` are the events that tell of promises, where the record can tell them
    apart; without them all events are looked through.
    """

    ask: Ask
    today: str
    since: str  # only what was told from this day on is news
    documents: Documents = field(default_factory=dict)
    record_since: str | None = None
    pledged: tuple[MergedEvent, ...] | None = None


def check_rules(rules: Iterable[Rule], check: Check) -> tuple[Alert, ...]:
    """What the rules find in the record, each thing once, in order of day."""
    found: dict[str, Alert] = {}
    for rule in rules:
        for alert in _found(rule, check):
            found.setdefault(alert.key, alert)
    return tuple(sorted(found.values(), key=lambda a: (a.day, a.rule, a.key)))


def _found(rule: Rule, check: Check) -> list[Alert]:
    condition = rule.condition
    if isinstance(condition, Surge):
        return _surges(rule, condition, check)
    if isinstance(condition, alert_rules.Count):
        return _counts(rule, condition, check)
    if isinstance(condition, Any_):
        return _anys(rule, condition, check)
    if isinstance(condition, OfPledge):
        return _pledges(rule, condition, check)
    return _disputes(rule, condition, check)


def _days_from(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]


def before(day: str, days: int) -> str:
    """The day so many days earlier."""
    return (date.fromisoformat(day[:10]) - timedelta(days=days)).isoformat()


def _by_day(events: Iterable[MergedEvent]) -> dict[str, list[MergedEvent]]:
    found: dict[str, list[MergedEvent]] = {}
    for merged in in_order(events):
        day = merged.event.date
        if day and is_day(day) and merged.event.status in TOOK_PLACE:
            found.setdefault(day, []).append(merged)
    return found


def _is_news(merged: MergedEvent, check: Check) -> bool:
    return check.since <= last_told(merged) <= check.today


def _touched(events: Iterable[MergedEvent], check: Check) -> list[str]:
    """The days, up to today, of which something is news."""
    return sorted(day for day in _by_day(e for e in events if _is_news(e, check)) if day <= check.today)


def _surges(rule: Rule, surge: Surge, check: Check) -> list[Alert]:
    events = check.ask(replace(surge.query, since=before(check.since, surge.days + _OLD), until=check.today))
    daily = _by_day(events)
    alerts = []
    for day in _touched(events, check):
        first = max(before(day, surge.days), check.record_since or "")
        window = _days_from(first, before(day, 1)) if first < day else []
        if len(window) < min(_LEAST_DAYS, surge.days):
            continue
        mean, deviation = usual([len(daily.get(d, ())) for d in window])
        seen = daily[day]
        if len(seen) > mean + surge.times * deviation:
            text = (
                f"{len(seen)} events on {day}; the mean of the {len(window)} days before is {mean:.2f}, "
                f"the standard deviation {deviation:.2f}."
            )
            title = f"{surge.a} and {surge.b}: {counted(len(seen), 'event')} on {day}"
            alerts.append(_alert(rule, day, title, text, seen, check, day))
    return alerts


def usual(counts: Sequence[int]) -> tuple[float, float]:
    """Mean and standard deviation (of the whole window, not of a sample), the latter at least 0.5."""
    mean = sum(counts) / len(counts)
    return mean, max(sqrt(sum((c - mean) ** 2 for c in counts) / len(counts)), _LEAST_DEVIATION)


def _counts(rule: Rule, wanted: alert_rules.Count, check: Check) -> list[Alert]:
    events = check.ask(replace(wanted.query, since=before(check.since, wanted.days + _OLD), until=check.today))
    daily = _by_day(events)
    alerts: list[Alert] = []
    quiet_until = ""
    for day in _touched(events, check):
        window = _days_from(before(day, wanted.days - 1), day)
        seen = [e for d in window for e in daily.get(d, ())]
        if len(seen) > wanted.count and day > quiet_until:
            title = f"{wanted.a} and {wanted.b}: {len(seen)} events in {wanted.days} days"
            text = f"{len(seen)} events from {window[0]} to {day}."
            alerts.append(_alert(rule, day, title, text, seen, check, day))
            quiet_until = before(day, -(wanted.days - 1))  # the same days are not told of again
    return alerts


def _anys(rule: Rule, wanted: Any_, check: Check) -> list[Alert]:
    alerts = []
    for merged in check.ask(replace(wanted.query, since=before(check.since, _OLD))):
        event = merged.event
        if not _is_news(merged, check) or event.status in ("negated", "hypothetical", "historical"):
            continue
        if wanted.by and not _among(wanted.by, event.actors):
            continue
        if wanted.to and not _among(wanted.to, event.recipients or event.actors):
            continue
        if wanted.size and not _exceeds(getattr(event.size, wanted.size, None), wanted.more_than):
            continue
        day = event.date or last_told(merged)
        alerts.append(_alert(rule, merged.id, code_line(merged)[1:-1], "", [merged], check, day))
    return alerts


def _exceeds(count: Count | None, limit: int) -> bool:
    if count is None:
        return False
    best = next((n for n in (count.best, count.low, count.high) if n is not None), None)
    return best is not None and best > limit


def _among(code: str, actors: Iterable[Actor]) -> bool:
    country, _, sector = code.partition(" ")
    return any(a.code == country and (not sector or sector in (a.sector, *a.other_sectors)) for a in actors)


def _pledges(rule: Rule, wanted: OfPledge, check: Check) -> list[Alert]:
    alerts = []
    for pledge in track_pledges(_about_pledges(wanted, check), check.documents, as_of=check.today):
        if wanted.by and wanted.by != pledge.promisor:
            continue
        found = _pledge_alert(rule, wanted, pledge, check.since)
        if found is not None:
            alerts.append(found)
    return alerts


def _about_pledges(wanted: OfPledge, check: Check) -> Sequence[MergedEvent]:
    """The events among which promises and what came of them are: those of the sides that promised."""
    query = Query(since=before(check.today, _PLEDGES))
    if wanted.by:
        return check.ask(replace(query, actors=(wanted.by,)))
    if check.pledged is None:
        return check.ask(query)
    sides = sorted({a.code for e in check.pledged for a in e.event.actors if a.code})
    return check.ask(replace(query, actors=tuple(sides))) if sides else ()


def _pledge_alert(rule: Rule, wanted: OfPledge, pledge: TrackedPledge, since: str) -> Alert | None:
    said = unique(p.citation for d in pledge.deadlines for p in d.promises)
    who = f"{pledge.promisor}{' to ' + ', '.join(pledge.to) if pledge.to else ''}, {pledge.act or 'act not known'}"
    days = ", then ".join(d.due for d in pledge.deadlines)
    if wanted.state == "moved":
        if not pledge.moved or max(c.day for c in said) < since:
            return None
        return Alert(_key(rule, pledge.id, days), rule.name, f"Moved: {who}", f"Due {days}.", pledge.due, said, rule.to)
    if wanted.state == "made":
        if max(c.day for c in said) < since:
            return None
        return Alert(_key(rule, pledge.id), rule.name, f"Promised: {who}", f"Due {days}.", pledge.due, said, rule.to)
    if pledge.outcome != wanted.state:
        return None
    latest = max((c.day for c in pledge.evidence), default=pledge.due)
    if wanted.state == "overdue" and pledge.due < before(since, 1):
        return None  # it was so before
    if latest < before(since, 1):
        return None
    title = f"{pledge.outcome.capitalize()}: {who}"
    text = f"Due {days}; {pledge.reason}."
    citations = unique([*pledge.evidence, *said])
    return Alert(_key(rule, pledge.id, pledge.outcome, pledge.due), rule.name, title, text, latest, citations, rule.to)


def _disputes(rule: Rule, wanted: OfDispute, check: Check) -> list[Alert]:
    query = Query(places=(wanted.place,) if wanted.place else (), since=before(check.since, _OLD))
    events = [e for e in check.ask(query) if _is_news(e, check)]
    return [_dispute_alert(rule, fact) for fact in disputed_facts(events, (), check.documents)]


def _dispute_alert(rule: Rule, fact: DisputedFact) -> Alert:
    versions = "; ".join(f"{s.value} ({', '.join(s.said_by) or 'reports'})" for s in fact.sides)
    citations = unique(c for s in fact.sides for c in s.citations)
    key = _key(rule, fact.event, fact.field, versions)
    title = f"Disputed, {fact.field}: {fact.about}"
    return Alert(key, rule.name, title, versions, fact.date or "", citations, rule.to)


def _alert(
    rule: Rule, subject: str, title: str, text: str, events: Sequence[MergedEvent], check: Check, day: str
) -> Alert:
    citations = unique(c for e in events for c in cite_event(e, check.documents))
    words = text or next((c.text for c in citations if c.text), "")
    return Alert(_key(rule, subject), rule.name, title, words, day, citations, rule.to)


def _key(rule: Rule, *subject: str) -> str:
    return hashlib.sha256("\x1f".join([rule.text, *subject]).encode()).hexdigest()[:16]
