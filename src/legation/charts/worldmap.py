"""Where events happened: points on the world's outlines."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from legation.charts.theme import QUAD_COLOURS, QUAD_NAMES, WHOLE, WIDTH, altair, real, said_of, styled, titled
from legation.record import MergedEvent

_EDGE = 0.15  # of the points' extent, left free around them
_LEAST = 6.0  # degrees shown at least


@cache
def world() -> dict[str, Any]:
    """The outlines of the countries, TopoJSON: Natural Earth 1:110m, public domain (scripts/build_world.py)."""
    outlines: dict[str, Any] = json.loads(files("legation.charts").joinpath("world.json").read_text("utf-8"))
    return outlines


def event_map(
    events: Iterable[MergedEvent],
    *,
    countries: Sequence[str] = (),
    whole: bool = False,
    title: str | None = None,
    source: str | None = None,
) -> Any:
    """A circle at each place for each quad class, as large as it has events.

    The map shows the part of the world where the events are; `whole` shows all of it. `countries` are the codes of
    those where they happened, if only these are wanted. Events whose place is
    only a country stand at the point the gazetteer gives for it, and are drawn hollow.
    """
    alt = altair()
    chosen = [m for m in real(events) if not countries or (m.event.place and m.event.place.country in countries)]
    counts: dict[tuple[str, float, float, int, bool], int] = defaultdict(int)
    for merged in chosen:
        place = merged.event.place
        if place is not None and place.lat is not None and place.lon is not None:
            rough = place.precision in ("country", "region")
            counts[place.name or place.text, place.lat, place.lon, merged.event.quad_code, rough] += 1
    rows = [
        {
            "place": name, "lat": lat, "lon": lon, "quad": QUAD_NAMES.get(quad, "?"), "events": number,
            "exact": "only the country is known" if rough else "place known",
        }
        # Large circles first, so that small ones lie on them.
        for (name, lat, lon, quad, rough), number in sorted(counts.items(), key=lambda i: (-i[1], i[0]))
    ]  # fmt: skip
    shapes = alt.Data(values=world(), format=alt.TopoDataFormat(type="topojson", feature="countries"))
    land = alt.Chart(shapes).mark_geoshape(fill="#ececec", stroke="#ffffff", strokeWidth=0.8)
    colour = alt.Color(
        "quad:N",
        title="Quad class",
        scale=alt.Scale(domain=list(QUAD_NAMES.values()), range=list(QUAD_COLOURS.values())),
    )
    points = (
        alt.Chart(alt.Data(values=rows))
        .mark_point(strokeWidth=1.5, opacity=0.9)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            stroke=colour,
            fill=colour,
            fillOpacity=alt.condition("datum.exact == 'place known'", alt.value(0.55), alt.value(0.0)),
            size=alt.Size(
                "events:Q",
                title="events",
                scale=alt.Scale(rangeMin=25, rangeMax=700),
                legend=alt.Legend(**WHOLE),
            ),
            tooltip=["place:N", "quad:N", "events:Q", "exact:N"],
        )
    )
    height = round(WIDTH * 0.55)
    chart = alt.layer(land, points).project(**_projection(rows, whole, height)).properties(width=WIDTH, height=height)
    placed = sum(counts.values())
    note = f"{placed} of {len(chosen)} events have a place on the map; hollow circles: only the country is known"
    source = source or f"{said_of(chosen)}; outlines: Natural Earth"
    return styled(titled(chart, title or "Where it happened", source, note))


def _projection(rows: Sequence[dict[str, Any]], whole: bool, height: int) -> dict[str, Any]:
    if whole or not rows:
        return {"type": "equalEarth"}
    lats, lons = [row["lat"] for row in rows], [row["lon"] for row in rows]
    wide = max(_LEAST, (max(lons) - min(lons)) * (1 + 2 * _EDGE))
    high = max(_LEAST, (max(lats) - min(lats)) * (1 + 2 * _EDGE))
    if wide > 200 or high > 110:
        return {"type": "equalEarth"}
    # Degrees become pixels: 360 degrees are 2 pi times the scale of a cylindrical projection.
    scale = min(WIDTH / wide, height / high) * 360 / (2 * 3.141592653589793)
    return {
        "type": "equirectangular",
        "center": [(max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2],
        "scale": round(scale, 2),
        "translate": [WIDTH / 2, height / 2],
    }
