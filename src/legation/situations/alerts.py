"""What the rules find in a record on a day. Pure: `delivery` sends it, once each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt

from legation.model import Actor, Count
from legation.record import MergedEvent, Query
from legation.situations import alert_rules
from legation.situations.alert_rules import Any_, OfDispute, OfPledge, Rule, Surge
from legation.situations.brief import code_line
from legation.situations.citing import Citation, Documents, cite_event, unique
from legation.situations.disputes import DisputedFact, disputed_facts
from legation.situations.pledges import TrackedPledge, track_pledges
from legation.situations.timelines import TOOK_PLACE, last_told

Ask = Callable[[Query], Sequence[MergedEvent]]
# A pair that never clashes has no spread; without this one event would be any number of deviations.
_LEAST_DEVIATION = 0.5
_LEAST_DAYS = 30  # of record before a day, or nothing is said of what is usual
_FAR = 3660  # days before today in which pledges are looked for


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


def check_rules(
    rules: Iterable[Rule], ask: Ask, documents: Documents, *, today: str, since: str
) -> tuple[Alert, ...]:
    """What the rules find: events first told from `since` to `today`, and how pledges stand today.

    `ask` gives the events of a query, as `Store.events` does.
    """
    found: dict[str, Alert] = {}
    for rule in rules:
        for alert in _check(rule, ask, documents, today, since):
            found.setdefault(alert.key, alert)
    return tuple(sorted(found.values(), key=lambda a: (a.day, a.rule, a.key)))


def _check(rule: Rule, ask: Ask, documents: Documents, today: str, since: str) -> list[Alert]:
    condition = rule.condition
    if isinstance(condition, Surge):
        return _surges(rule, condition, ask, documents, today, since)
    if isinstance(condition, alert_rules.Count):
        return _counts(rule, condition, ask, documents, today, since)
    if isinstance(condition, Any_):
        return _anys(rule, condition, ask, documents, since)
    if isinstance(condition, OfPledge):
        return _pledges(rule, condition, ask, documents, today, since)
    return _disputes(rule, condition, ask, documents, since)


def _days_from(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]


def before(day: str, days: int) -> str:
    """The day so many days earlier."""
    return (date.fromisoformat(day[:10]) - timedelta(days=days)).isoformat()


def _by_day(events: Iterable[MergedEvent]) -> dict[str, list[MergedEvent]]:
    found: dict[str, list[MergedEvent]] = {}
    for merged in events:
        day = merged.event.date
        if day and len(day) == len("2021-07-09") and merged.event.status in TOOK_PLACE:
            found.setdefault(day, []).append(merged)
    return found


def _touched(events: Iterable[MergedEvent], since: str, today: str) -> list[str]:
    """The days, up to today, of which something was reported since."""
    return sorted(day for day, es in _by_day(e for e in events if last_told(e) >= since).items() if day <= today)


def _surges(
    rule: Rule, surge: Surge, ask: Ask, documents: Documents, today: str, since: str
) -> list[Alert]:
    start = before(since, 2 * surge.days)
    events = ask(replace(surge.query, since=start, until=today))
    daily = _by_day(events)
    alerts = []
    for day in _touched(events, since, today):
        first = before(day, surge.days)
        # What is usual needs a record: where it is younger than the window, its own days are taken.
        known = max(first, _record_start(ask, first, day))
        window = _days_from(known, before(day, 1)) if known < day else []
        if len(window) < min(_LEAST_DAYS, surge.days):
            continue
        counts = [len(daily.get(d, ())) for d in window]
        mean = sum(counts) / len(counts)
        deviation = max(sqrt(sum((c - mean) ** 2 for c in counts) / len(counts)), _LEAST_DEVIATION)
        seen = len(daily[day])
        if seen > mean + surge.times * deviation:
            text = (
                f"{seen} events on {day}; the mean of the {len(window)} days before is {mean:.2f}, "
                f"the standard deviation {deviation:.2f}."
            )
            alerts.append(_alert(rule, day, f"{surge.a} and {surge.b}: {seen} events", text, daily[day], documents, day))
    return alerts


def _record_start(ask: Ask, first: str, day: str) -> str:
    """The first day of the window of which the record has anything at all."""
    days = [e.event.date for e in ask(Query(since=first, until=day)) if e.event.date and len(e.event.date) == 10]
    return min(days, default=day)


def _counts(
    rule: Rule, wanted: alert_rules.Count, ask: Ask, documents: Documents, today: str, since: str
) -> list[Alert]:
    events = ask(replace(wanted.query, since=before(since, 2 * wanted.days), until=today))
    daily = _by_day(events)
    alerts: list[Alert] = []
    quiet_until = ""
    for day in _touched(events, since, today):
        window = _days_from(before(day, wanted.days - 1), day)
        seen = [e for d in window for e in daily.get(d, ())]
        if len(seen) > wanted.count and day > quiet_until:
            title = f"{wanted.a} and {wanted.b}: {len(seen)} events in {wanted.days} days"
            text = f"{len(seen)} events from {window[0]} to {day}."
            alerts.append(_alert(rule, day, title, text, seen, documents, day))
            quiet_until = before(day, -(wanted.days - 1))  # the same days are not told of again
    return alerts


def _anys(rule: Rule, wanted: Any_, ask: Ask, documents: Documents, since: str) -> list[Alert]:
    alerts = []
    for merged in ask(wanted.query):
        event = merged.event
        if last_told(merged) < since or event.status in ("negated", "hypothetical", "historical"):
            continue
        if wanted.by and not _among(wanted.by, event.actors):
            continue
        if wanted.to and not _among(wanted.to, event.recipients or event.actors):
            continue
        if wanted.size and not _exceeds(getattr(event.size, wanted.size, None), wanted.more_than):
            continue
        day = event.date or last_told(merged)
        alerts.append(_alert(rule, merged.id, code_line(merged)[1:-1], "", [merged], documents, day))
    return alerts


def _exceeds(count: Count | None, limit: int) -> bool:
    if count is None:
        return False
    best = next((n for n in (count.best, count.low, count.high) if n is not None), None)
    return best is not None and best > limit


def _among(code: str, actors: Iterable[Actor]) -> bool:
    country, _, sector = code.partition(" ")
    return any(a.code == country and (not sector or sector in (a.sector, *a.other_sectors)) for a in actors)


def _pledges(
    rule: Rule, wanted: OfPledge, ask: Ask, documents: Documents, today: str, since: str
) -> list[Alert]:
    events = ask(Query(since=before(today, _FAR)))
    alerts = []
    for pledge in track_pledges(events, documents, as_of=today):
        if wanted.by and wanted.by != pledge.promisor:
            continue
        found = _pledge_alert(rule, wanted, pledge, since)
        if found is not None:
            alerts.append(found)
    return alerts


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


def _disputes(rule: Rule, wanted: OfDispute, ask: Ask, documents: Documents, since: str) -> list[Alert]:
    query = Query(places=(wanted.place,)) if wanted.place else Query()
    events = [e for e in ask(query) if last_told(e) >= since]
    return [_dispute_alert(rule, fact) for fact in disputed_facts(events, (), documents)]


def _dispute_alert(rule: Rule, fact: DisputedFact) -> Alert:
    versions = "; ".join(f"{s.value} ({', '.join(s.said_by) or 'reports'})" for s in fact.sides)
    citations = unique(c for s in fact.sides for c in s.citations)
    key = _key(rule, fact.event, fact.field, versions)
    title = f"Disputed, {fact.field}: {fact.about}"
    return Alert(key, rule.name, title, versions, fact.date or "", citations, rule.to)


def _alert(
    rule: Rule, subject: str, title: str, text: str, events: Sequence[MergedEvent], documents: Documents, day: str
) -> Alert:
    citations = unique(c for e in events for c in cite_event(e, documents))
    words = text or next((c.text for c in citations if c.text), "")
    return Alert(_key(rule, subject), rule.name, title, words, day, citations, rule.to)


def _key(rule: Rule, *subject: str) -> str:
    return hashlib.sha256("\x1f".join([rule.text, *subject]).encode()).hexdigest()[:16]
