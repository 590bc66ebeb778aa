"""The `icews` format: the 20 columns of the ICEWS coded events, tab-separated under a head."""

from __future__ import annotations

from collections.abc import Sequence

from legation.exporting.crosswalk import (
    Pair,
    actor_name,
    cameo_code,
    country_name,
    goldstein,
    line,
    pairs,
    sector_names,
    told_as_real,
)
from legation.exporting.rows import Row
from legation.model import Status

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def icews_head() -> str:
    """The line of column names."""
    return line(COLUMNS)


def icews_lines(rows: Sequence[Row], statuses: frozenset[Status] | None = None) -> str:
    """The rows as ICEWS events. The text of an event is its type and modes, not a CAMEO title."""
    return "".join(line(_event(pair)) for row in told_as_real(rows, statuses) for pair in pairs(row))


def _event(pair: Pair) -> list[object]:
    row, source, target = pair.row, pair.source, pair.target
    event, place, code = row.event, row.event.place, cameo_code(row)
    kind = (place.precision or place.kind) if place else None
    return [
        pair.id, row.day,
        actor_name(source), sector_names(source), country_name(source.code if source else None),
        "/".join((event.event, *event.modes)), code, goldstein(code),
        actor_name(target), sector_names(target), country_name(target.code if target else None),
        row.document, row.main.sequence + 1 if row.main else None, row.outlet,
        place.name if place and kind in ("city", "site") else None,
        place.name if place and kind == "district" else None,
        (place.province or (place.name if kind == "province" else None)) if place else None,
        country_name(place.country) if place else None,
        place.lat if place else None, place.lon if place else None,
    ]  # fmt: skip
