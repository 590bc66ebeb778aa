"""Measuring the coder on hand-labelled data: `score_files` and what it is made of."""

from __future__ import annotations

from legation.scoring.floors import Breach, check_floors, read_floors, update_floors
from legation.scoring.gold import GoldError
from legation.scoring.measure import Figure, Table
from legation.scoring.score import misses_jsonl, score_files, to_json, to_text

__all__ = [
    "Breach",
    "Figure",
    "GoldError",
    "Table",
    "check_floors",
    "misses_jsonl",
    "read_floors",
    "score_files",
    "to_json",
    "to_text",
    "update_floors",
]
