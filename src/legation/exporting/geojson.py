"""The `geojson` format: a FeatureCollection (RFC 7946) with one feature an event, at the place of the event.

An event without coordinates is a feature with a null geometry, as the standard has it, so none is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from legation.exporting.report import dump
from legation.exporting.rows import Row
from legation.exporting.tables import cells_of

HEAD = '{"type":"FeatureCollection","features":['
TAIL = "]}"


def geojson_lines(rows: Sequence[Row]) -> str:
    """The rows, a feature a line."""
    return "".join(dump(feature(row)) + "\n" for row in rows)


def feature(row: Row) -> dict[str, Any]:
    """The event as a feature; its properties are the columns of the csv format that are known."""
    place = row.event.place
    cells = cells_of(row)
    properties = {name: value for name, value in cells.items() if value not in (None, "")}
    for name in ("lat", "lon"):
        properties.pop(name, None)
    properties |= {"reports": row.reports, "outlets": list(row.outlets), "independent": row.independent}
    geometry = None
    if place is not None and place.lat is not None and place.lon is not None:
        geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {"type": "Feature", "id": row.id, "geometry": geometry, "properties": properties}
