"""Records that span documents as JSON, under the field names of the formats `plover` and `report`."""

from __future__ import annotations

from typing import Any

from legation.exporting.plover import actor_record
from legation.model import Place, plain
from legation.record import MergedEvent, Statement
from legation.web.desk import Line


def merged_record(merged: MergedEvent) -> dict[str, Any]:
    """An event with all its reports."""
    event = merged.event
    record: dict[str, Any] = {
        "id": merged.id,
        "date": event.date,
        "enddate": event.enddate,
        "date_precision": event.date_precision,
        "actor": [actor_record(a) for a in event.actors],
        "recipient": [actor_record(a) for a in event.recipients],
        "event": [event.event],
        "mode": list(event.modes),
        "context": list(event.contexts),
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "cameo": event.cameo,
        "status": event.status,
        "event_loc": None if event.place is None else _place(event.place),
        "size": plain(event.size) if event.size else None,
        "according_to": [actor_record(a) for a in event.according_to],
        "confidence": round(merged.confidence, 4),
        "rule": event.rule or None,
        "outlets": list(merged.outlets),
        "independent": merged.independent,
        "story": merged.story,
        "reports": [
            {"document": r.document, "event": r.event.id, "outlet": r.outlet, "published": r.published,
             "copy_of": r.copy_of}
            for r in merged.reports
        ],
        "joins": [plain(join) for join in merged.joins],
        "disputes": [plain(dispute) for dispute in merged.disputes],
    }  # fmt: skip
    return record


def line_record(line: Line) -> dict[str, Any]:
    """An event of a list, with its sentence and the words in it that say so."""
    return {
        **merged_record(line.merged),
        "document": line.document,
        "sentence": line.sentence,
        "text": "".join(text for text, _ in line.pieces) or None,
        "event_text": [text for text, is_marked in line.pieces if is_marked],
    }


def statement_record(statement: Statement) -> dict[str, Any]:
    """What somebody said."""
    quote = statement.quote
    return {
        "document": statement.document,
        "outlet": statement.outlet,
        "published": statement.published,
        "text": quote.text,
        "kind": quote.kind,
        "speaker": None if quote.speaker is None else actor_record(quote.speaker),
        "addressee": None if quote.addressee is None else actor_record(quote.addressee),
        "about": list(statement.about),
        "context": list(statement.contexts),
    }


def _place(place: Place) -> dict[str, Any]:
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
