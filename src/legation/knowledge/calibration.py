"""The weights of the signs that make a confidence, read from calibration.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def weights() -> dict[str, float]:
    """By sign: what it adds to the log-odds of an event being right."""
    raw = tomllib.loads((Path(__file__).parent / "calibration.toml").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in raw["weights"].items()}
