"""The rules for what stands in a report's text without belonging to it, read from `furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from legation.errors import KnowledgeError

At = Literal["line", "start", "inside", "phrase", "tail", "end"]
FILE = Path(__file__).parent / "furniture.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture; `at` says how much of the text a match takes."""

    id: str
    at: At
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()  # in small letters; where none of them stands the pattern is not tried
    without: re.Pattern[str] | None = None  # what a line that is furniture does not hold
    opens: bool = False  # a heading: headlines of other reports follow it
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """All rules and lists of the file."""

    rules: tuple[Rule, ...]
    share_words: frozenset[str]
    share_names: frozenset[str]
    agencies: tuple[str, ...]
    outlets: frozenset[str]  # case folded
    not_places: frozenset[str]  # lower case


def _rule(raw: dict[str, Any]) -> Rule:
    name: str = raw.get("id", "?")
    at: At = raw.get("at", "")
    if at not in get_args(At):
        raise KnowledgeError(FILE.name, f"rule {name}: 'at' must be one of {', '.join(get_args(At))}")
    flags = 0 if raw.get("case") else re.IGNORECASE
    try:
        pattern = re.compile(raw["pattern"], flags)
        without = re.compile(raw["without"], flags) if "without" in raw else None
    except (KeyError, re.error) as error:
        raise KnowledgeError(FILE.name, f"rule {name}: bad pattern ({error})") from None
    return Rule(
        id=name,
        at=at,
        pattern=pattern,
        opens=bool(raw.get("opens")),
        hints=tuple(raw.get("hints", ())),
        without=without,
        examples=tuple(raw.get("examples", ())),
        counter_examples=tuple(raw.get("not", ())),
    )


@cache
def load() -> Furniture:
    """Read the file once."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Furniture(
        rules=tuple(_rule(r) for r in raw["rule"]),
        share_words=frozenset(raw["share_words"]),
        share_names=frozenset(raw["share_names"]),
        agencies=tuple(raw["agencies"]),
        outlets=frozenset(o.casefold() for o in raw["outlets"]),
        not_places=frozenset(raw["not_places"]),
    )


@cache
def rules_at(*places: At) -> tuple[Rule, ...]:
    """The rules that apply at these places, in the order of the file."""
    return tuple(r for r in load().rules if r.at in places)
