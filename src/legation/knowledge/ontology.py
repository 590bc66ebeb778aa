"""PLOVER's event types, modes, quad codes and scores, read from ontology.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError
from legation.knowledge.own_lexicon import own_files

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
    """The 16 types by name, and those that the user's own lexicon files define.

    Raises KnowledgeError where such a definition lacks its quad code or score.
    """
    raw = tomllib.loads((Path(__file__).parent / "ontology.toml").read_text(encoding="utf-8"))
    found = {name: _type(name, t) for name, t in raw["types"].items()}
    for path in own_files():
        own = tomllib.loads(path.read_text(encoding="utf-8")).get("types", {})
        for name, t in own.items():
            if t.get("quad") not in (1, 2, 3, 4) or not isinstance(t.get("score"), (int, float)):
                raise KnowledgeError(path.name, f"[types.{name}] needs 'quad' (1 to 4) and 'score' (a number)")
            found[name] = _type(name, {"cameo": "", **t})
    return found


def _type(name: str, t: dict[str, Any]) -> EventType:
    return EventType(
        name,
        t["quad"],
        t["score"],
        t["cameo"],
        tuple(t.get("modes", ())),
        t.get("mode_cameo", {}),
        t.get("mode_scores", {}),
    )
