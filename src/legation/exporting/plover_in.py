"""PLOVER records read back as rows, with every field that PLOVER and Legation share."""

from __future__ import annotations

from typing import Any, get_args

from legation.exporting.rows import Row, Telling
from legation.exporting.whole import fat
from legation.knowledge import ontology
from legation.model import (
    STATUSES,
    Actor,
    Candidate,
    Count,
    Event,
    EventMention,
    Place,
    Precision,
    Size,
)  # fmt: skip

_PRECISIONS: tuple[Precision, ...] = get_args(Precision)


def plover_row(record: dict[str, Any]) -> Row:
    """One PLOVER record as a row, with every field that PLOVER and Legation share."""
    cite = record.get("cite_info") or {}
    document = cite.get("citation")
    tellings = tuple(_telling(m, document) for m in record.get("mentions") or ())
    event = _plover_event(record, tellings)
    main = None
    if record.get("text_info"):
        told = {**record["text_info"], "event_text": record.get("event_text"), "text": record.get("text")}
        main = _telling(told, document)
    merged = fat(record["merged"]) if record.get("merged") else None
    return Row(
        id=str(record.get("id") or ""), event=event, main=main, tellings=tellings, document=document,
        url=cite.get("url"), title=cite.get("title"), outlet=cite.get("publication"), lang=cite.get("language"),
        confidence=float(record.get("confidence") or 0.0), reports=record.get("reports", 1),
        outlets=tuple(record.get("outlets") or ()), independent=record.get("independent", 1), merged=merged,
    )  # fmt: skip


def _plover_event(record: dict[str, Any], tellings: tuple[Telling, ...]) -> Event:
    name = next(iter(several(record.get("event"))), "")
    modes = tuple(several(record.get("mode")))
    kind = ontology.types().get(name)
    status = record.get("status")
    precision = record.get("date_precision")
    rule = record.get("rule") or ""
    scale = record.get("event_scale")
    return Event(
        id=str(record.get("id") or ""),
        event=name,
        modes=modes,
        contexts=tuple(several(record.get("context"))),
        actors=tuple(_plover_actor(a) for a in record.get("actor") or ()),
        recipients=tuple(_plover_actor(a) for a in record.get("recipient") or ()),
        # PLOVER without our field codes what happened.
        status=next((s for s in STATUSES if s == status), "happened"),
        mentions=tuple(EventMention(t.sequence, -1, name, modes, rule=rule) for t in tellings),
        date=record.get("date"),
        enddate=record.get("enddate"),
        date_precision=next(
            (p for p in _PRECISIONS if p == precision), "day" if len(record.get("date") or "") == 10 else "unknown"
        ),
        place=_plover_place(record.get("event_loc")),
        size=_plover_size(record.get("size")),
        according_to=tuple(_plover_actor(a) for a in record.get("according_to") or ()),
        quad_code=record.get("quad_code") or (kind.quad if kind else 1),
        event_scale=scale if scale is not None else kind.scale(modes) if kind else 0.0,
        cameo=record.get("cameo"),
        confidence=float(record.get("confidence") or 0.0),
        rule=rule,
        reason=record.get("reason") or "",
    )


def _plover_actor(record: dict[str, Any]) -> Actor:
    start, end = record.get("start"), record.get("end")
    candidates = (
        Candidate(c.get("code"), c.get("sector"), c.get("name"), c.get("reason") or "")
        for c in record.get("candidates") or ()
    )
    return Actor(
        code=record.get("code"),
        sector=record.get("sector"),
        other_sectors=tuple(record.get("other_sectors") or ()),
        entity_text=record.get("entity_text") or "",
        identifier_text=record.get("identifier_text"),
        identifier_id=record.get("identifier_id"),
        office=record.get("office"),
        start=-1 if start is None else start,
        end=-1 if end is None else end,
        reason=record.get("reason") or "",
        candidates=tuple(candidates),
    )


def _plover_place(record: dict[str, Any] | None) -> Place | None:
    if not record:
        return None
    return Place(
        -1, -1, record.get("extracted_place") or "", record.get("resolved_place"), record.get("country_code"),
        record.get("lat"), record.get("lon"), record.get("geonameid"), precision=record.get("resolution"),
        province=record.get("province"),
    )  # fmt: skip


def _plover_size(record: dict[str, Any] | None) -> Size | None:
    if not record:
        return None
    counts = {
        name: Count(c.get("low"), c.get("best"), c.get("high"), c.get("text") or "") for name, c in record.items()
    }
    return Size(**counts)


def _telling(record: dict[str, Any], document: str | None) -> Telling:
    return Telling(
        document=record.get("document") or document or "",
        sequence=record.get("sequence", 0),
        start=record.get("start"),
        end=record.get("end"),
        text=record.get("text"),
        words=tuple(record.get("event_text") or ()),
        outlet=record.get("outlet"),
    )


def several(value: Any) -> list[str]:
    """The values of a list, or of a cell that has them between semicolons."""
    if not isinstance(value, str):
        return list(value or ())
    return [v.strip() for v in value.split(";") if v.strip() not in ("", "None")]
