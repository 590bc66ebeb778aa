"""The `plover` format: one JSON object an event, under PLOVER's own field names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from legation.exporting.rows import Row, Telling, document_rows, event_row, main_mention
from legation.exporting.whole import lean
from legation.model import Actor, Count, Document, Event, EventMention, Place, Size, Span

__all__ = ["actor_record", "event_record", "main_mention", "plover_record", "sentence_span", "to_plover"]

_SIZES = ("dead", "injured", "arrested", "crowd")


def to_plover(doc: Document) -> str:
    """The document's events, a line each; "" where it has none."""
    return plover_lines(document_rows(doc))


def plover_lines(rows: Iterable[Row]) -> str:
    """The rows, a line of JSON each."""
    from legation.exporting.report import dump

    return "".join(dump(plover_record(row)) + "\n" for row in rows)


def event_record(event: Event, doc: Document) -> dict[str, Any]:
    """The event as INTERFACE's EVENT: what is not known is null or left out."""
    return plover_record(event_row(event, doc))


def plover_record(row: Row) -> dict[str, Any]:
    """The event of a row; one of a record also has its reports, and under `merged` all that PLOVER has no field for."""
    event, told = row.event, row.main
    record: dict[str, Any] = {"id": row.id, "date": event.date}
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
        "event_text": [] if told is None else list(told.words),
        "text": None if told is None else told.text,
        "text_info": None if told is None else _text_info(told),
    }
    if event.size is not None and any(getattr(event.size, name) for name in _SIZES):
        record["size"] = _size(event.size)
    record |= {
        "according_to": [actor_record(actor) for actor in event.according_to],
        "confidence": round(row.confidence, 4),
        "rule": event.rule or None,
        "mentions": [_mention(telling, row) for telling in row.tellings],
        "cite_info": {
            "citation": row.document,
            "url": row.url,
            "title": row.title,
            "publication": row.outlet,
            "language": row.lang,
        },
    }
    if event.reason and len(event.mentions) > 1:
        record["reason"] = event.reason
    if row.merged is not None:
        record |= {"reports": row.reports, "outlets": list(row.outlets), "independent": row.independent}
        record["merged"] = lean(row.merged)
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


def sentence_span(mention: EventMention, doc: Document) -> Span:
    """Where the sentence of the mention stands in the text."""
    return doc.sentences[mention.sentence].span


def _mention(telling: Telling, row: Row) -> dict[str, Any]:
    record: dict[str, Any] = {**_text_info(telling), "event_text": list(telling.words)}
    if row.merged is not None:
        record = {"document": telling.document, "outlet": telling.outlet, **record, "text": telling.text}
    return record


def _text_info(telling: Telling) -> dict[str, Any]:
    return {"sequence": telling.sequence, "start": telling.start, "end": telling.end}


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
