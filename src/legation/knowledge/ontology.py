"""PLOVER's event types, modes, quad codes and scores, read from ontology.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VERBAL_COOPERATION, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the 16 types."""

    name: str
    quad: int
    score: float
    cameo: str
    modes: tuple[str, ...]
    mode_cameo: dict[str, str]
    mode_scores: dict[str, float]

    def scale(self, modes: tuple[str, ...]) -> float:
        """The conflict-cooperation score of the type with these modes: the one farthest from 0."""
        scores = [self.mode_scores[m] for m in modes if m in self.mode_scores] or [self.score]
        return max(scores, key=abs)

    def cameo_code(self, modes: tuple[str, ...]) -> str:
        """The CAMEO code of the first mode that has one, else the root code."""
        return next((self.mode_cameo[m] for m in modes if m in self.mode_cameo), self.cameo)


@cache
def types() -> dict[str, EventType]:
    """The 16 types by name."""
    raw = tomllib.loads((Path(__file__).parent / "ontology.toml").read_text(encoding="utf-8"))
    return {
        name: EventType(
            name,
            t["quad"],
            t["score"],
            t["cameo"],
            tuple(t.get("modes", ())),
            t.get("mode_cameo", {}),
            t.get("mode_scores", {}),
        )
        for name, t in raw["types"].items()
    }
