"""The `csv` format: one row an event, flat columns; several values of a cell stand between semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from legation.errors import MissingExtraError
from legation.exporting.rows import Row, document_rows
from legation.exporting.rows import event_row as row_of
from legation.model import Actor, Document, Event, Place, Size

_SIZES = ("dead", "injured", "arrested", "crowd")
COLUMNS = (
    "document", "published", "outlet", "url", "title",
    "id", "event", "mode", "context", "quad_code", "event_scale", "cameo", "status",
    "date", "enddate", "date_precision",
    "actor", "actor_sector", "actor_name", "actor_text",
    "recipient", "recipient_sector", "recipient_name", "recipient_text",
    "place_text", "place", "country", "province", "lat", "lon", "geonameid", "resolution",
    *(f"{size}{part}" for size in _SIZES for part in ("", "_low", "_high")),
    "according_to", "according_to_text",
    "confidence", "rule", "mentions", "sentence", "start", "end", "event_text", "text",
    "reports", "independent", "outlets",
)  # fmt: skip


def header() -> str:
    """The line of column names."""
    return _line(COLUMNS)


def to_csv(doc: Document) -> str:
    """The document's events, a line each; "" where it has none."""
    return csv_lines(document_rows(doc))


def csv_lines(rows: Iterable[Row]) -> str:
    """The rows, a line each."""
    return "".join(_line([_cell(value) for value in cells_of(row).values()]) for row in rows)


def to_frame(documents: Iterable[Document]) -> Any:
    """A pandas data frame with one row an event and the columns of the csv format.

    Raises MissingExtraError where pandas is not installed.
    """
    return frame_of(row for doc in documents for row in document_rows(doc))


def frame_of(rows: Iterable[Row]) -> Any:
    """The same of rows, which may be those of a record."""
    try:
        import pandas
    except ImportError as err:
        raise MissingExtraError("to_frame", "pandas", "frames") from err
    return pandas.DataFrame([cells_of(row) for row in rows], columns=list(COLUMNS))


def event_row(event: Event, doc: Document) -> dict[str, Any]:
    """The event under `COLUMNS`; None is not known."""
    return cells_of(row_of(event, doc))


def cells_of(row: Row) -> dict[str, Any]:
    """The row under `COLUMNS`; None is not known."""
    event = row.event
    cells: dict[str, Any] = dict.fromkeys(COLUMNS)
    cells |= {
        "document": row.document, "published": row.published, "outlet": row.outlet, "url": row.url,
        "title": row.title,
        "id": row.id, "event": event.event, "mode": _joined(event.modes),
        "context": _joined(event.contexts), "quad_code": event.quad_code,
        "event_scale": event.event_scale, "cameo": event.cameo, "status": event.status,
        "date": event.date, "enddate": event.enddate, "date_precision": event.date_precision,
        **_actors("actor", event.actors), **_actors("recipient", event.recipients),
        "according_to": _joined([_code(a) for a in event.according_to]),
        "according_to_text": _joined([a.identifier_text or a.entity_text for a in event.according_to]),
        "confidence": round(row.confidence, 4), "rule": event.rule, "mentions": len(row.tellings),
        "reports": row.reports, "independent": row.independent, "outlets": _joined(row.outlets),
    }  # fmt: skip
    if event.place is not None:
        cells |= _place(event.place)
    if event.size is not None:
        cells |= _size(event.size)
    told = row.main
    if told is not None:
        cells |= {
            "sentence": told.sequence, "start": told.start, "end": told.end,
            "event_text": _joined(told.words), "text": told.text,
        }  # fmt: skip
    return cells


def _actors(role: str, actors: Sequence[Actor]) -> dict[str, str]:
    return {
        role: _joined([a.code for a in actors]),
        f"{role}_sector": _joined([a.sector for a in actors]),
        f"{role}_name": _joined([a.identifier_text for a in actors]),
        f"{role}_text": _joined([a.entity_text for a in actors]),
    }


def _code(actor: Actor) -> str:
    return " ".join(part for part in (actor.code, actor.sector) if part)


def _joined(values: Sequence[str | None]) -> str:
    # Places are kept, so that the second sector is that of the second actor; nothing known is empty.
    return ";".join((value or "").replace(";", ",") for value in values) if any(values) else ""


def _place(place: Place) -> dict[str, Any]:
    return {
        "place_text": place.text, "place": place.name, "country": place.country,
        "province": place.province, "lat": place.lat, "lon": place.lon,
        "geonameid": place.geonameid, "resolution": place.precision,
    }  # fmt: skip


def _size(size: Size) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _SIZES:
        count = getattr(size, name)
        if count is not None:
            found |= {name: count.best, f"{name}_low": count.low, f"{name}_high": count.high}
    return found


def _cell(value: Any) -> str:
    # One event, one line: line ends inside a sentence become blanks.
    return "" if value is None else " ".join(str(value).split())


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
