"""A map: outlines of states from Natural Earth, and what happened where, near points drawn as one."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

WIDTH = 960.0
# The least part of the world shown, in degrees: one town needs its surroundings.
LEAST = 6.0
MARGIN = 0.12
_COUNTRY = frozenset({"country", "region"})
States = Counter[str]
_WORLD_FROM = 70.0  # degrees of longitude from which the coarse outlines do


@dataclass(frozen=True, slots=True)
class Point:
    """What happened at a place."""

    lat: float
    lon: float
    name: str
    quad: int
    country: str | None = None
    is_country: bool = False  # known only by its country


@dataclass(frozen=True, slots=True)
class Spot:
    """The points at one place, or at several that lie near each other."""

    x: float
    y: float
    radius: float
    count: int
    names: tuple[str, ...]
    quad: int  # the most frequent


@dataclass(frozen=True, slots=True)
class Outline:
    """A state as a path in tenths of a degree."""

    code: str
    box: tuple[int, int, int, int]
    path: str
    shade: int = 0  # 0 to 4: how many events are known only by this state


@dataclass(frozen=True, slots=True)
class Map:
    """All that the template writes: `squeeze` makes a degree of longitude as wide as it is in the middle."""

    x: float
    y: float
    width: float
    height: float
    squeeze: float
    outlines: tuple[Outline, ...]
    spots: tuple[Spot, ...]
    places: tuple[tuple[float, float, int, int, str], ...]  # x, y, count, quad, name: for the script
    placed: int
    by_country: int


def draw(points: Iterable[Point]) -> Map | None:
    """The map of these points; None where nothing has a place."""
    found = list(points)
    exact = [p for p in found if not p.is_country]
    states: States = Counter(p.country for p in found if p.is_country and p.country)
    if not found:
        return None
    left, top, right, bottom = _view(exact, states)
    squeeze = max(0.35, math.cos(math.radians((top + bottom) / -20)))
    width, height = (right - left) * squeeze, bottom - top
    places = _places(exact, squeeze)
    spots = cluster(places, width / WIDTH)
    shown = tuple(
        Outline(o.code, o.box, o.path, _shade(states[o.code], states))
        for o in outlines(fine=(right - left) / 10 < _WORLD_FROM)
        if o.box[0] < right and o.box[2] > left and o.box[1] < bottom and o.box[3] > top
    )
    return Map(
        round(left * squeeze, 1), round(top, 1), round(width, 1), round(height, 1), round(squeeze, 4),
        shown, spots, places, len(exact), sum(states.values()),
    )  # fmt: skip


def cluster(
    places: Sequence[tuple[float, float, int, int, str]], unit: float, near: float = 26.0
) -> tuple[Spot, ...]:
    """Places nearer to each other than `near` pixels as one spot; the largest takes the others in."""
    spots: list[tuple[float, float, int, Counter[int], list[str]]] = []
    for x, y, count, quad, name in sorted(places, key=lambda p: (-p[2], p[4])):
        for n, (sx, sy, total, quads, names) in enumerate(spots):
            if math.hypot(sx - x, sy - y) < near * unit:
                quads[quad] += count
                names.append(name)
                spots[n] = (sx, sy, total + count, quads, names)
                break
        else:
            spots.append((x, y, count, Counter({quad: count}), [name]))
    return tuple(
        Spot(round(x, 1), round(y, 1), round(radius(total) * unit, 2), total, tuple(names), quads.most_common(1)[0][0])
        for x, y, total, quads, names in spots
    )


def radius(count: int) -> float:
    """In pixels: the area grows with the count."""
    return min(34.0, 5.0 + 2.6 * math.sqrt(count))


@cache
def outlines(*, fine: bool) -> tuple[Outline, ...]:
    """The states of the world at one of two scales."""
    name = "outlines_fine.tsv" if fine else "outlines.tsv"
    text = resources.files("legation.web.drawings").joinpath(name).read_text("utf-8")
    rows = csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    found = []
    for code, box, path in rows:
        left, top, right, bottom = (int(n) for n in box.split())
        found.append(Outline(code, (left, top, right, bottom), path))
    return tuple(found)


def _view(points: Sequence[Point], states: States) -> tuple[float, float, float, float]:
    """The part of the world shown, in tenths of a degree: where nine tenths of it lie."""
    if points:
        lons, lats = sorted(p.lon for p in points), sorted(p.lat for p in points)
        cut = len(points) // 20
        left, right = lons[cut] * 10, lons[-1 - cut] * 10
        top, bottom = -lats[-1 - cut] * 10, -lats[cut] * 10
    else:
        boxes = [o.box for o in outlines(fine=False) if states[o.code]] or [(-1700, -800, 1800, 560)]
        left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    wide, high = max(right - left, LEAST * 10), max(bottom - top, LEAST * 6)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    wide, high = wide * (1 + 2 * MARGIN), high * (1 + 2 * MARGIN)
    squeeze = max(0.35, math.cos(math.radians(middle_y / 10)))
    # Two to one, whatever the points: the page keeps its shape.
    wide, high = max(wide, high * 2 / squeeze), max(high, wide * squeeze / 2)
    wide, high = min(wide, 3600), min(high, 1500)
    x = min(max(middle_x - wide / 2, -1800), 1800 - wide)
    y = min(max(middle_y - high / 2, -840), 600 - high) if high < 1440 else -840
    return x, y, x + wide, y + high


def _places(points: Iterable[Point], squeeze: float) -> tuple[tuple[float, float, int, int, str], ...]:
    grouped: dict[tuple[float, float], list[Point]] = {}
    for point in points:
        grouped.setdefault((round(point.lon, 2), round(point.lat, 2)), []).append(point)
    return tuple(
        (
            round(lon * 10 * squeeze, 2),
            round(-lat * 10, 2),
            len(here),
            Counter(p.quad for p in here).most_common(1)[0][0],
            Counter(p.name for p in here).most_common(1)[0][0],
        )
        for (lon, lat), here in sorted(grouped.items())
    )


def _shade(count: int, states: States) -> int:
    if not count:
        return 0
    most = max(states.values())
    return max(1, math.ceil(4 * math.sqrt(count / most)))
