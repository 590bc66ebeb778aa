"""The `polecat` format: the 40 columns of the POLECAT event data, tab-separated under a head.

POLECAT has one event a row with one actor and one recipient, in PLOVER's types; countries are our codes.
"""

from __future__ import annotations

from collections.abc import Sequence

from legation.exporting.crosswalk import Pair, line, pairs, told_as_real
from legation.exporting.rows import Row
from legation.knowledge import codes
from legation.model import Actor, Status


def _side_columns(which: str) -> tuple[str, ...]:
    return (
        f"{which} Name", f"{which} Country", f"{which} COW", f"Primary {which} Sector", f"{which} Sectors",
        f"{which} Title", f"{which} Name Raw", f"Wikipedia {which} ID",
    )  # fmt: skip


COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *_side_columns("Actor"), *_side_columns("Recipient"),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def polecat_head() -> str:
    """The line of column names."""
    return line(COLUMNS)


def polecat_lines(rows: Sequence[Row], statuses: frozenset[Status] | None = None) -> str:
    """The rows as POLECAT events."""
    return "".join(line(_event(pair)) for row in told_as_real(rows, statuses) for pair in pairs(row))


def _event(pair: Pair) -> list[object]:
    row, event, place = pair.row, pair.row.event, pair.row.event.place
    kind = (place.precision or place.kind) if place else None
    name = (place.name or place.text) if place else None
    return [
        pair.id, row.day, event.event, ";".join(event.modes), event.event_scale, QUADS.get(event.quad_code),
        ";".join(event.contexts),
        *_side(pair.source, row.day or ""), *_side(pair.target, row.day or ""),
        name, name if kind in ("city", "site") else None, name if kind == "district" else None,
        (place.province or (name if kind == "province" else None)) if place else None,
        place.country if place else None, place.lat if place else None, place.lon if place else None,
        place.geonameid if place else None, place.text if place else None, place.kind if place else None,
        row.outlet, (row.published or "")[:10], None, None, None, row.lang, "Legation",
    ]  # fmt: skip


def _side(actor: Actor | None, day: str) -> list[object]:
    if actor is None:
        return [None] * 8
    sectors = [s for s in (actor.sector, *actor.other_sectors) if s]
    # The column holds an identifier of the person or body; ours is Wikidata's.
    return [
        actor.identifier_text or actor.entity_text, actor.code, codes.cow_on(actor.code, day), actor.sector,
        ";".join(sectors), actor.office, actor.entity_text, actor.identifier_id,
    ]  # fmt: skip
