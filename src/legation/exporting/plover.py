"""The `plover` format: one JSON object an event, under PLOVER's own field names."""

from __future__ import annotations

from typing import Any

from legation.model import Actor, Count, Document, Event, EventMention, Place, Size, Span

_SIZES = ("dead", "injured", "arrested", "crowd")


def to_plover(doc: Document) -> str:
    """The document's events, a line each; "" where it has none."""
    from legation.exporting.report import dump

    return "".join(dump(event_record(event, doc)) + "\n" for event in doc.events)


def event_record(event: Event, doc: Document) -> dict[str, Any]:
    """The event as INTERFACE's EVENT: what is not known is null or left out."""
    told = main_mention(event)
    record: dict[str, Any] = {"id": event.id, "date": event.date}
    if event.enddate is not None:
        record["enddate"] = event.enddate
    record |= {
        "date_precision": event.date_precision,
        "actor": [actor_record(actor) for actor in event.actors],
        "recipient": [actor_record(actor) for actor in event.recipients],
        "event": [event.event],
        "mode": list(event.modes),
        "context": list(event.contexts),
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "cameo": event.cameo or None,
        "status": event.status,
        "event_loc": None if event.place is None else _event_loc(event.place),
        "event_text": [] if told is None else _words(told, doc),
        "text": None if told is None else doc.text_of(sentence_span(told, doc)),
        "text_info": None if told is None else _text_info(told, doc),
    }
    if event.size is not None and any(getattr(event.size, name) for name in _SIZES):
        record["size"] = _size(event.size)
    record |= {
        "according_to": [actor_record(actor) for actor in event.according_to],
        "confidence": round(event.confidence, 4),
        "rule": event.rule or None,
        "mentions": [
            {**_text_info(mention, doc), "event_text": _words(mention, doc)} for mention in event.mentions
        ],
        "cite_info": {
            "citation": doc.id or None,
            "url": doc.url or None,
            "title": doc.title or None,
            "publication": doc.outlet or None,
            "language": doc.lang or None,
        },
    }
    if event.reason and len(event.mentions) > 1:
        record["reason"] = event.reason
    return record


def actor_record(actor: Actor) -> dict[str, Any]:
    """The actor as INTERFACE's ACTOR, with the reason and the candidates where there are any."""
    placed = 0 <= actor.start < actor.end
    record: dict[str, Any] = {
        "code": actor.code or None,
        "sector": actor.sector or None,
        "other_sectors": list(actor.other_sectors),
        "entity_text": actor.entity_text or None,
        "identifier_text": actor.identifier_text or None,
        "identifier_id": actor.identifier_id or None,
        "office": actor.office or None,
        "start": actor.start if placed else None,
        "end": actor.end if placed else None,
    }
    if actor.reason:
        record["reason"] = actor.reason
    if actor.candidates:
        record["candidates"] = [
            {
                "code": c.code or None,
                "sector": c.sector or None,
                "name": c.name or None,
                "reason": c.reason or None,
            }
            for c in actor.candidates
        ]
    return record


def main_mention(event: Event) -> EventMention | None:
    """The mention shown as the event's own: the first that gave it its rule, else the first."""
    ruled = (mention for mention in event.mentions if mention.rule == event.rule)
    return next(ruled, next(iter(event.mentions), None))


def sentence_span(mention: EventMention, doc: Document) -> Span:
    """Where the sentence of the mention stands in the text."""
    return doc.sentences[mention.sentence].span


def _words(mention: EventMention, doc: Document) -> list[str]:
    return [doc.text_of(span) for span in mention.words]


def _text_info(mention: EventMention, doc: Document) -> dict[str, int]:
    span = sentence_span(mention, doc)
    return {"sequence": mention.sentence, "start": span.start, "end": span.end}


def _event_loc(place: Place) -> dict[str, Any]:
    return {
        "extracted_place": place.text or None,
        "resolved_place": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country_code": place.country,
        "province": place.province,
        "geonameid": place.geonameid,
        "resolution": place.precision,
    }


def _size(size: Size) -> dict[str, Any]:
    counts: dict[str, Count | None] = {name: getattr(size, name) for name in _SIZES}
    return {
        name: {"low": c.low, "best": c.best, "high": c.high, "text": c.text or None}
        for name, c in counts.items()
        if c is not None
    }
