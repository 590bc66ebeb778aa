"""Who is spoken of: mentions of states, officials, bodies, groups and people, and whom they stand for."""

from __future__ import annotations

from legation.stages.actors.find import find_actors
from legation.stages.actors.resolve import resolve_phrase

__all__ = ["find_actors", "resolve_phrase"]
