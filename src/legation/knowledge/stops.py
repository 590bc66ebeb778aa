"""Words whose stop is doubtful, read from `stops.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "stops.toml"


@dataclass(frozen=True, slots=True)
class Stops:
    """The lists of the file; all but `starters` are lower case."""

    never: frozenset[str]
    doubtful: frozenset[str]
    numbered: frozenset[str]
    starters: frozenset[str]
    tags: frozenset[str]


@cache
def load() -> Stops:
    """Read the file once."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Stops(**{name: frozenset(words.split()) for name, words in raw.items()})
