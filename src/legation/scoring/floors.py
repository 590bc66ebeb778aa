"""Floors: what was once reached on a set, below which no change may fall without a reason given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

import msgspec

from legation.errors import LegationError
from legation.scoring.measure import Figure, Table

FLOORS_FILE = Path(__file__).with_name("floors.json")
Floors = Mapping[str, Mapping[str, Any]]


class FloorReasonError(LegationError):
    """A floor was to be lowered without saying why."""

    def __init__(self, breaches: Iterable[Breach]) -> None:
        listed = "; ".join(str(b) for b in breaches)
        super().__init__(f"This would lower floors: {listed}. Give a reason to lower them.")


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure on the wrong side of its floor."""

    set: str
    figure: str
    floor: float
    value: float

    def __str__(self) -> str:
        return f"{self.set}, {self.figure}: {self.value:.4f} where the floor is {self.floor:.3f}"


def read_floors(path: Path = FLOORS_FILE) -> Floors:
    """The floors file: ``{set: {"digest": ..., "figures": {name: value}, "lowered": [...]}}``."""
    floors: Floors = msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, Any]])
    return floors


def check_floors(tables: Iterable[Table], floors: Floors) -> list[Breach]:
    """The figures below their floor (above it, for error rates).

    A floor holds for the very file it was taken on: a table of another digest is not compared.
    """
    breaches = []
    for table in tables:
        entry = floors.get(table.set)
        if entry is None or entry["digest"] != table.digest or table.skipped is not None:
            continue
        for name, floor in entry["figures"].items():
            figure = table.figure(name)
            if figure is None:
                breaches.append(Breach(table.set, name, floor, 0.0))
            elif _is_worse(figure, floor):
                breaches.append(Breach(table.set, name, floor, figure.value))
    return breaches


def update_floors(
    tables: Iterable[Table], *, path: Path = FLOORS_FILE, lower_because: str | None = None
) -> Floors:
    """Write floors that are at least as high as the old ones and return them.

    Only what got better is changed. Lowering one, or replacing those of another file, needs
    `lower_because`, which is kept in the file beside the old value.
    """
    tables = [t for t in tables if t.skipped is None]
    old = read_floors(path) if path.exists() else {}
    breaches = check_floors(tables, old)
    replaced = [
        Breach(t.set, "all figures, on another file", 0.0, 0.0)
        for t in tables
        if t.set in old and old[t.set]["digest"] != t.digest
    ]
    if (breaches or replaced) and not (lower_because and lower_because.strip()):
        raise FloorReasonError([*breaches, *replaced])
    floors = {name: dict(entry) for name, entry in old.items()}
    for table in tables:
        floors[table.set] = _entry(table, old.get(table.set), breaches, lower_because)
    text = msgspec.json.format(msgspec.json.encode(floors, order="sorted"), indent=2)
    path.write_bytes(text + b"\n")
    return floors


def _entry(
    table: Table, old: Mapping[str, Any] | None, breaches: Iterable[Breach], reason: str | None
) -> dict[str, Any]:
    """The new entry of a set: the better of old and new, and what was lowered and why."""
    if old is None:
        return {"digest": table.digest, "figures": {f.name: _pinned(f) for f in table.figures}}
    lowered = [*old.get("lowered", ())]
    if old["digest"] != table.digest:
        lowered.append({"figure": "*", "from": old["figures"], "reason": reason})
        figures = {f.name: _pinned(f) for f in table.figures}
        return {"digest": table.digest, "figures": figures, "lowered": lowered}
    fallen = {b.figure: b for b in breaches if b.set == table.set}
    figures = {}
    for figure in table.figures:
        pinned, floor = _pinned(figure), old["figures"].get(figure.name)
        keep = max if figure.better == "higher" else min
        figures[figure.name] = pinned if floor is None or figure.name in fallen else keep(pinned, floor)
    lowered += [{"figure": b.figure, "from": b.floor, "reason": reason} for b in fallen.values()]
    entry: dict[str, Any] = {"digest": table.digest, "figures": figures}
    if lowered:
        entry["lowered"] = lowered
    return entry


def _is_worse(figure: Figure, floor: float) -> bool:
    return figure.value > floor if figure.better == "lower" else figure.value < floor


def _pinned(figure: Figure) -> float:
    """Three digits, rounded to the easy side, so that the run that set the floor passes it."""
    rounding = ROUND_CEILING if figure.better == "lower" else ROUND_FLOOR
    return float(Decimal(repr(figure.value)).quantize(Decimal("0.001"), rounding=rounding))
