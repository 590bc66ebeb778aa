"""The words that tell what an event is about, read from contexts.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

# A context of its own for phrases that stand for nothing: "war of words".
NONE = "none"


@cache
def words() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], re.Pattern[str]]:
    """Contexts by strong word, contexts by weak word, and a pattern that finds either."""
    raw = tomllib.loads((Path(__file__).parent / "contexts.toml").read_text(encoding="utf-8"))["contexts"]
    strong: dict[str, list[str]] = {}
    weak: dict[str, list[str]] = {}
    for name, lists in raw.items():
        for word in lists["strong"]:
            strong.setdefault(word, []).append(name)
        for word in lists["weak"]:
            weak.setdefault(word, []).append(name)
    every = sorted({*strong, *weak}, key=lambda w: (-len(w), w))
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, every)) + r")(?![\w])", re.IGNORECASE)
    return {w: tuple(c) for w, c in strong.items()}, {w: tuple(c) for w, c in weak.items()}, pattern
