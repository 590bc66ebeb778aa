"""Make the world outlines of the charts out of Natural Earth's 1:110m countries.

    npm pack world-atlas@2 && tar xzf world-atlas-2*.tgz
    python scripts/build_world.py package/countries-110m.json

writes src/legation/charts/world.json: a TopoJSON with one object, `countries`, whose ids are ISO 3166 alpha-3.
Antarctica is left out. Natural Earth is in the public domain; the npm package world-atlas, which turns it into
TopoJSON, is under the ISC licence (Michael Bostock).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from legation.knowledge import codes

TARGET = Path(__file__).parents[1] / "src" / "legation" / "charts" / "world.json"
ANTARCTICA = "010"


def main(source: Path) -> None:
    """Write the outlines made from the package's file."""
    world = json.loads(source.read_text(encoding="utf-8"))
    geometries = [
        {"type": g["type"], "arcs": g["arcs"], "id": iso3(g)}
        for g in world["objects"]["countries"]["geometries"]
        if g.get("id") != ANTARCTICA
    ]
    used = sorted({n if n >= 0 else ~n for g in geometries for n in flat(g["arcs"])})
    new = {old: number for number, old in enumerate(used)}
    for g in geometries:
        g["arcs"] = renumbered(g["arcs"], new)
    made = {
        "type": "Topology",
        "transform": world["transform"],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [world["arcs"][old] for old in used],
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")


def iso3(geometry: dict[str, Any]) -> str | None:
    """The country's code; Kosovo, which has no number, by its name."""
    code = codes.by_numeric().get(geometry.get("id", ""))
    return code or codes.by_name().get(geometry["properties"]["name"].lower())


def flat(arcs: list[Any]) -> list[int]:
    """Every number in nested lists."""
    return [n for part in arcs for n in (flat(part) if isinstance(part, list) else [part])]


def renumbered(arcs: list[Any], new: dict[int, int]) -> list[Any]:
    """The lists with each arc under its new number; a negative one is that arc backwards."""
    return [
        renumbered(a, new) if isinstance(a, list) else new[a] if a >= 0 else ~new[~a]
        for a in arcs
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
