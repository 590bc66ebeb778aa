"""A merged event, a quote: the rows by which they are found."""

from __future__ import annotations

from typing import Any

from legation.model import Actor, Document, Event
from legation.record import MergedEvent, Statement
from legation.store.asking import named
from legation.store.days import first_day, last_day, month, number, year_before
from legation.store.schema import ABOUT, ACTOR, BOTH, CONTEXT, LONG, MODE, RECIPIENT, SPEAKER, UNDATED

Row = dict[str, Any]


def event_row(key: int, merged: MergedEvent, *, added: str, since: str) -> Row:
    """The columns of `events` but for `body` and `rejected`."""
    event = merged.event
    day, last = days_of(event)
    place = event.place
    return {
        "key": key,
        "id": merged.id,
        "type": event.event,
        "quad": event.quad_code,
        "status": event.status,
        "day": day,
        "last": last,
        "month": month(event.date),
        "scale": event.event_scale,
        "confidence": merged.confidence,
        "country": place.country if place else None,
        "province": named(place.province) if place else None,
        "place": named(place.name) if place else None,
        "story": merged.story,
        "reports": len(merged.reports),
        "added": added,
        "since": since,
    }


def days_of(event: Event) -> tuple[str, str | None]:
    """The first and the last day that the event's date can mean."""
    first = first_day(event.date)
    if first == UNDATED:
        return UNDATED, None
    last = last_day(event.enddate or event.date)
    return first, last if first <= last < UNDATED else last_day(event.date)


def about(event: Event, published: str | None) -> int | None:
    """The day a report is about: the event's where it is named, else that of publication."""
    day = number(event.date) if event.date_precision == "day" else None
    return number(published) if day is None else day


def sentences_of(event: Event, doc: Document) -> str:
    """The sentences that tell an event."""
    wanted = {m.sentence for m in event.mentions}
    return " ".join(doc.text[s.start : s.end] for s in doc.sentences if s.index in wanted)


def side_rows(key: int, event: Event) -> list[Row]:
    """A row for each actor and recipient."""
    day, _ = days_of(event)
    role = ACTOR if event.recipients or len(event.actors) < 2 else BOTH
    sides = [(role, a) for a in event.actors] + [(RECIPIENT, a) for a in event.recipients]
    return [{"event": key, "n": n, "role": role, "day": day, **_who(a)} for n, (role, a) in enumerate(sides)]


def _who(actor: Actor) -> Row:
    return {
        "code": actor.code,
        "sector": actor.sector,
        "name": named(actor.identifier_text or actor.entity_text),
    }


def dyad_rows(key: int, merged: MergedEvent) -> list[Row]:
    """A row for each pair of codes: from actor to recipient, or both ways where the event is reciprocal."""
    event = merged.event
    doers = list(dict.fromkeys(a.code for a in event.actors if a.code))
    if event.recipients:
        others = list(dict.fromkeys(a.code for a in event.recipients if a.code))
        pairs = [(a, b) for a in doers for b in others]
    else:
        # Two sides of one state that talk or fight are a pair of it with itself.
        twice = {a.code for n, a in enumerate(event.actors) if any(a.code == o.code for o in event.actors[:n])}
        pairs = [(a, b) for a in doers for b in doers if a != b or a in twice]
    day, _ = days_of(event)
    row = {
        "event": key,
        "day": day,
        "month": month(event.date),
        "type": event.event,
        "quad": event.quad_code,
        "status": event.status,
        "scale": event.event_scale,
        "confidence": merged.confidence,
    }
    order = {pair: n for n, pair in enumerate(pairs)}
    return [
        {**row, "n": n, "a": a, "b": b, "reverse": int(order.get((b, a), n) < n)} for n, (a, b) in enumerate(pairs)
    ]


def tag_rows(key: int, event: Event) -> list[Row]:
    """A row for each mode and context."""
    day, last = days_of(event)
    long = [(LONG, "")] if last is not None and day < year_before(last) else []
    modes = [(MODE, m) for m in dict.fromkeys(event.modes)]
    pairs = [*long, *modes, *((CONTEXT, c) for c in dict.fromkeys(event.contexts))]
    return [{"event": key, "kind": kind, "value": value, "day": day} for kind, value in pairs]


def voice_rows(key: int, statement: Statement, day: str) -> list[Row]:
    """A row for the speaker and one for each actor spoken about."""
    speaker = statement.quote.speaker
    rows = [{"role": SPEAKER, **_who(speaker)}] if speaker else []
    for about in statement.about:
        code, _, sector = about.partition(" ")
        # A statement names a government by its code alone.
        rows.append({"role": ABOUT, "code": code, "sector": sector or "GOV", "name": None})
    return [{"statement": key, "n": n, "day": day, **row} for n, row in enumerate(rows)]
