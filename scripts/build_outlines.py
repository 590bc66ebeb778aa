"""Builds the outlines of states for the desk's map from Natural Earth, as the npm package world-atlas carries it.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/build_outlines.py package src/legation/web/drawings

Writes `outlines.tsv` (1:110 million, for the world) and `outlines_fine.tsv` (1:50 million, for a region): a state a
line with its code, the box it lies in, and its outline as an SVG path in tenths of a degree, north up.
Natural Earth is in the public domain; world-atlas is under the ISC licence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from legation.knowledge.name_tables import fold, state_names

# How Natural Earth shortens what our table of states spells otherwise.
SHORT = {
    "United States of America": "USA", "Dem. Rep. Congo": "COD", "Congo": "COG", "Dominican Rep.": "DOM",
    "Central African Rep.": "CAF", "Eq. Guinea": "GNQ", "eSwatini": "SWZ", "Côte d'Ivoire": "CIV",
    "Bosnia and Herz.": "BIH", "Macedonia": "MKD", "S. Sudan": "SSD", "Solomon Is.": "SLB", "Czechia": "CZE",
    "Falkland Is.": "FLK", "W. Sahara": "ESH", "N. Cyprus": "CYP", "Somaliland": "SOM", "Palestine": "PSE",
    "Timor-Leste": "TLS", "Antarctica": "", "Fr. S. Antarctic Lands": "", "Greenland": "GRL", "New Caledonia": "NCL",
    "Puerto Rico": "PRI", "Marshall Is.": "MHL", "Antigua and Barb.": "ATG", "St. Vin. and Gren.": "VCT",
    "St. Kitts and Nevis": "KNA", "São Tomé and Principe": "STP", "Cabo Verde": "CPV", "Vatican": "VAT",
    "Faeroe Is.": "FRO", "Cook Is.": "COK", "Åland": "FIN", "Kosovo": "KOS", "Hong Kong": "HKG", "Macao": "MAC",
}  # fmt: skip
SMALLEST = 3  # rings of fewer points are specks
Ring = list[tuple[int, int]]


def codes() -> dict[str, str]:
    """The code of each state by its folded names."""
    return {fold(n.text): n.code for n in state_names() if n.kind == "state" and n.code}


def arcs_of(topology: dict) -> list[Ring]:
    """The arcs in tenths of a degree."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((round((x * kx + dx) * 10), -round((y * ky + dy) * 10)))
        found.append(points)
    return found


def rings(geometry: dict, arcs: list[Ring]) -> Iterator[Ring]:
    """The rings of a state, each closed."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        for ring in polygon:
            points: Ring = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            tidy = unwrapped([p for n, p in enumerate(points) if n == 0 or p != points[n - 1]])
            if len(set(tidy)) < SMALLEST:
                continue
            yield tidy
            # What reaches over the edge of the map comes in again at the other.
            if max(x for x, _ in tidy) > 1800:
                yield [(x - 3600, y) for x, y in tidy]


def unwrapped(ring: Ring) -> Ring:
    """A ring that crosses the 180th meridian, going on to the east of it instead of leaping back."""
    if all(abs(a[0] - b[0]) < 1800 for a, b in pairwise(ring)):
        return ring
    return [(x + 3600 if x < 0 else x, y) for x, y in ring]


def path_of(all_rings: list[Ring]) -> str:
    """The rings as a path of relative steps."""
    parts = []
    for ring in all_rings:
        (x, y), rest = ring[0], ring[1:]
        steps = []
        for px, py in rest:
            steps.append(f"{px - x} {py - y}")
            x, y = px, py
        parts.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(parts)


def main(source: Path, target: Path) -> None:
    """Read both scales and write both tables."""
    known = codes()
    for scale, name in (("110m", "outlines.tsv"), ("50m", "outlines_fine.tsv")):
        topology = json.loads((source / f"countries-{scale}.json").read_text())
        arcs = arcs_of(topology)
        rows: dict[str, list[Ring]] = {}
        for geometry in topology["objects"]["countries"]["geometries"]:
            label = geometry["properties"]["name"]
            if label == "Antarctica" or geometry.get("type") is None:
                continue
            code = SHORT.get(label, known.get(fold(label), ""))
            if not code:
                print(f"{scale}: no code for {label}", file=sys.stderr)
            rows.setdefault(code or f"-{label}", []).extend(rings(geometry, arcs))
        with (target / name).open("w", encoding="utf-8", newline="\n") as out:
            out.write("code\tbox\tpath\n")
            for code, found in sorted(rows.items()):
                if not found:
                    continue
                xs, ys = [x for r in found for x, _ in r], [y for r in found for _, y in r]
                out.write(f"{code}\t{min(xs)} {min(ys)} {max(xs)} {max(ys)}\t{path_of(found)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
