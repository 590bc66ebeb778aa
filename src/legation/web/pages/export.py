"""A search taken along as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi import Query as Param
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from legation.exporting.report import dump, to_report
from legation.record import MergedEvent, Query
from legation.web.desk import Desk, desk_of, points
from legation.web.documented import gives
from legation.web.questions import asked
from legation.web.records import merged_record
from legation.web.words import actor_code, actor_name

router = APIRouter(tags=["Search"])
MOST = 100_000  # events of one file; the command `legation export` has no such limit
COLUMNS = (
    "id", "event", "mode", "context", "quad_code", "event_scale", "cameo", "status", "date", "enddate",
    "date_precision", "actor", "actor_name", "recipient", "recipient_name", "place", "country", "lat", "lon",
    "dead", "injured", "arrested", "crowd", "confidence", "reports", "independent", "outlets", "documents", "text",
)  # fmt: skip


@router.get("/export", summary="A search as a file", responses=gives("The events, one a line.", other="text/csv"))
def export(
    request: Request,
    query: Annotated[Query, Depends(asked)],
    format: Annotated[str, Param(pattern="^(csv|plover|geojson|documents)$")] = "csv",
) -> Response:
    """The events of a search as CSV, PLOVER JSON lines or GeoJSON; or their documents as report JSON lines."""
    desk = desk_of(request)
    write, kind, name = _WRITERS[format]
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(write(desk, query), media_type=kind, headers=headers)


def _events(desk: Desk, query: Query) -> Iterator[MergedEvent]:
    for number, merged in enumerate(desk.store.each_event(query)):
        if number >= MOST:
            return
        yield merged


def _csv(desk: Desk, query: Query) -> Iterator[str]:
    yield _line(COLUMNS)
    for merged in _events(desk, query):
        yield _line([_cell(merged, name) for name in COLUMNS])


def _line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(["" if c is None else _harmless(c) for c in cells])
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets a mark before it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _cell(merged: MergedEvent, name: str) -> Any:
    event, place = merged.event, merged.event.place
    if name in ("actor", "recipient"):
        return "; ".join(actor_code(a) for a in (event.actors if name == "actor" else event.recipients))
    if name in ("actor_name", "recipient_name"):
        return "; ".join(actor_name(a) for a in (event.actors if name == "actor_name" else event.recipients))
    if name in ("mode", "context"):
        return "; ".join(event.modes if name == "mode" else event.contexts)
    if name in ("dead", "injured", "arrested", "crowd"):
        count = getattr(event.size, name) if event.size else None
        return count.best if count else None
    if name in ("place", "country", "lat", "lon"):
        return None if place is None else getattr(place, {"place": "name"}.get(name, name))
    special: dict[str, Callable[[], Any]] = {
        "id": lambda: merged.id,
        "reports": lambda: len(merged.reports),
        "independent": lambda: merged.independent,
        "outlets": lambda: "; ".join(merged.outlets),
        "documents": lambda: "; ".join(dict.fromkeys(r.document for r in merged.reports)),
        "confidence": lambda: round(merged.confidence, 4),
        "text": lambda: merged.reports[0].text if merged.reports else None,
    }
    return special[name]() if name in special else getattr(event, name)


def _plover(desk: Desk, query: Query) -> Iterator[str]:
    for merged in _events(desk, query):
        yield dump({**merged_record(merged), "text": merged.reports[0].text if merged.reports else None}) + "\n"


def _geojson(desk: Desk, query: Query) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for merged in _events(desk, query):
        for point in points(merged):
            if point.is_country:
                continue
            feature = {
                "type": "Feature",
                "id": merged.id,
                "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
                "properties": merged_record(merged),
            }
            yield comma + json.dumps(feature, ensure_ascii=False)
            comma = ","
    yield "]}\n"


def _documents(desk: Desk, query: Query) -> Iterator[str]:
    for doc, about in desk.store.each_document(query):
        yield dump(to_report(doc, about, True)) + "\n"


_WRITERS: dict[str, tuple[Callable[[Desk, Query], Iterator[str]], str, str]] = {
    "csv": (_csv, "text/csv; charset=utf-8", "events.csv"),
    "plover": (_plover, "application/x-ndjson", "events.plover.jsonl"),
    "geojson": (_geojson, "application/geo+json", "events.geojson"),
    "documents": (_documents, "application/x-ndjson", "documents.jsonl"),
}
