"""The `csv` format: one row an event, flat columns; several values of a cell stand between semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from legation.errors import MissingExtraError
from legation.exporting.plover import main_mention, sentence_span
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
)  # fmt: skip


def header() -> str:
    """The line of column names."""
    return _line(COLUMNS)


def to_csv(doc: Document) -> str:
    """The document's events, a line each; "" where it has none."""
    return "".join(_line([_cell(value) for value in event_row(event, doc).values()]) for event in doc.events)


def to_frame(documents: Iterable[Document]) -> Any:
    """A pandas data frame with one row an event and the columns of the csv format.

    Raises MissingExtraError where pandas is not installed.
    """
    try:
        import pandas
    except ImportError as err:
        raise MissingExtraError("to_frame", "pandas", "frames") from err
    rows = [event_row(event, doc) for doc in documents for event in doc.events]
    return pandas.DataFrame(rows, columns=list(COLUMNS))


def event_row(event: Event, doc: Document) -> dict[str, Any]:
    """The event under `COLUMNS`; None is not known."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {
        "document": doc.id, "published": doc.published, "outlet": doc.outlet, "url": doc.url,
        "title": doc.title,
        "id": event.id, "event": event.event, "mode": _joined(event.modes),
        "context": _joined(event.contexts), "quad_code": event.quad_code,
        "event_scale": event.event_scale, "cameo": event.cameo, "status": event.status,
        "date": event.date, "enddate": event.enddate, "date_precision": event.date_precision,
        **_actors("actor", event.actors), **_actors("recipient", event.recipients),
        "according_to": _joined([_code(a) for a in event.according_to]),
        "according_to_text": _joined([a.identifier_text or a.entity_text for a in event.according_to]),
        "confidence": round(event.confidence, 4), "rule": event.rule, "mentions": len(event.mentions),
    }  # fmt: skip
    if event.place is not None:
        row |= _place(event.place)
    if event.size is not None:
        row |= _size(event.size)
    told = main_mention(event)
    if told is not None:
        span = sentence_span(told, doc)
        row |= {
            "sentence": told.sentence, "start": span.start, "end": span.end,
            "event_text": _joined([doc.text_of(words) for words in told.words]),
            "text": doc.text_of(span),
        }  # fmt: skip
    return row


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
