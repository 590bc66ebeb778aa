"""The tables of actors, row by row: names of states, bodies, groups and office holders, roles, word lists."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from legation.errors import KnowledgeError

NameKind = Literal[
    "state",
    "adjective",
    "people",
    "capital",
    "seat",
    "region",
    "ethnic",
    "organisation",
    "group",
    "party",
    "institution",
    "office",
]


WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One row of a table under one of its names; several rows may share a name."""

    text: str
    kind: NameKind
    code: str | None
    sector: str | None
    others: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    label: str | None = None  # the full name of whom an alias stands for
    identifier: str | None = None
    office: str | None = None
    start: str | None = None
    end: str | None = None
    rank: int = 9  # of an office: 0 for heads of state and government

    def holds_on(self, date: str | None) -> bool:
        """Whether the row is true on that day; without a day, whether it still is."""
        if date is None:
            return self.end is None
        return not ((self.start and date < self.start[: len(date)]) or (self.end and date > self.end))


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that says what somebody is: its sector and its mention classes."""

    noun: str
    sector: str | None
    classes: frozenset[str]
    others: tuple[str, ...] = ()


@cache
def folding() -> dict[int, str]:
    """Letters with marks to the same letters without."""
    found: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0]
        if base.isascii() and base != char:
            found[code] = base
    found.update(
        {
            ord("ı"): "i",
            ord("ł"): "l",
            ord("Ł"): "L",
            ord("ø"): "o",
            ord("Ø"): "O",
            ord("đ"): "d",
            ord("ə"): "a",
        }
    )
    return found


def fold(text: str) -> str:
    """The text in lower case without accents, of the same length."""
    plain = text.translate(folding())
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _rows(table: str) -> Iterator[dict[str, str]]:
    path = files("legation.knowledge").joinpath("actors", table)
    if not path.is_file():
        return
    lines = path.read_text("utf-8").splitlines()
    head = lines[0].split("\t") if lines else []
    for line in lines[1:]:
        if line.strip() and not line.startswith("#"):
            yield dict(zip(head, (cell.strip() for cell in line.split("\t")), strict=False))


def _list(cell: str | None, separator: str = "|") -> list[str]:
    return [part.strip() for part in (cell or "").split(separator) if part.strip()]


_STATE = frozenset({"state", "government"})


_BY_SECTOR: dict[str, frozenset[str]] = {
    "GOV": frozenset({"organisation", "government"}),
    "MIL": frozenset({"organisation", "forces", "armed"}),
    "COP": frozenset({"organisation", "police", "forces"}),
    "REB": frozenset({"organisation", "rebels", "armed"}),
    "PRM": frozenset({"organisation", "rebels", "armed"}),
    "UAF": frozenset({"organisation", "rebels", "armed"}),
    "LEG": frozenset({"organisation", "legislature", "government"}),
    "JUD": frozenset({"organisation", "court"}),
    "JRN": frozenset({"organisation", "media"}),
    "BUS": frozenset({"organisation", "company"}),
    "PTY": frozenset({"organisation", "party"}),
    "OPP": frozenset({"organisation", "party"}),
}


def state_names() -> Iterator[Name]:
    """Names of states, seats of power, regions and peoples."""
    for row in _rows("states.tsv"):
        code = row.get("code")
        names = _list(row.get("names"))
        label = names[0] if names else None
        for text in names:
            yield Name(text, "state", code, "GOV", classes=_STATE, label=label)
        for text in _list(row.get("adjectives")):
            yield Name(text, "adjective", code, "GOV", classes=_STATE, label=label)
        for text in _list(row.get("people")):
            yield Name(text, "people", code, "CVL", classes=frozenset({"nationality", "civilians"}), label=label)
        for text in _list(row.get("capitals")):
            yield Name(text, "capital", code, "GOV", classes=_STATE, label=label)
    for row in _rows("seats.tsv"):
        sector = row.get("sector") or "GOV"
        yield Name(row["name"], "seat", row.get("code"), sector, classes=_BY_SECTOR.get(sector, _STATE))
    for row in _rows("regions.tsv"):
        code, status = row.get("code") or None, row.get("sector") or None
        yield Name(row["name"], "region", code, status, classes=frozenset({"place"}), label=row["name"])
        for text in _list(row.get("people"), ","):
            kind: NameKind = "people" if text.endswith("s") else "adjective"
            yield Name(text, kind, code, "CVL", classes=frozenset({"nationality", "civilians"}), label=row["name"])
    for row in _rows("peoples.tsv"):
        for text in _list(row.get("names"), ","):
            yield Name(
                text,
                "ethnic",
                row.get("code") or None,
                "CVL",
                classes=frozenset({"nationality", "civilians"}),
            )


_BODIES: tuple[tuple[str, NameKind], ...] = (
    ("organisations.tsv", "organisation"),
    ("armed_groups.tsv", "group"),
    ("parties.tsv", "party"),
    ("institutions.tsv", "institution"),
)


def body_names() -> Iterator[Name]:
    """Names of organisations, armed groups, parties and institutions."""
    for table, kind in _BODIES:
        for row in _rows(table):
            sectors = _list((row.get("sector") or "").replace(",", "|"))
            others = (*sectors[1:], *_list((row.get("other") or "").replace(",", "|")))
            classes = _BY_SECTOR.get(sectors[0] if sectors else "", frozenset({"organisation"}))
            if kind == "group":
                classes |= {"armed", "rebels"}
            classes |= frozenset(_list((row.get("class") or "").replace(",", "|")))
            base = Name(
                row["name"],
                kind,
                row.get("code") or None,
                sectors[0] if sectors else None,
                others,
                classes | {"organisation"},
                row["name"],
                start=row.get("start") or None,
                end=row.get("end") or None,
            )
            for text in dict.fromkeys([row["name"], *_list(row.get("aliases"))]):
                yield replace(base, text=text)


_RANKS = {"head_of_state": 0, "head_of_government": 0, "foreign": 1, "defence": 2, "interior": 3}


def office_names() -> Iterator[Name]:
    """Names of office holders, once for each office."""
    for row in _rows("offices.tsv"):
        sector = row.get("sector") or "GOV"
        base = Name(
            row["name"],
            "office",
            row.get("code") or None,
            sector,
            (),
            frozenset({"official", "person", "government"}),
            row["name"],
            row.get("wikidata") or None,
            row.get("office") or None,
            row.get("start") or None,
            row.get("end") or None,
            _RANKS.get(row.get("kind") or "", 5),
        )
        for text in dict.fromkeys([row["name"], *_list(row.get("aka"))]):
            yield replace(base, text=text)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(WORD.findall(fold(text)))


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the word lists of words.toml."""
    lists = tomllib.loads(files("legation.knowledge").joinpath("actors", "words.toml").read_text("utf-8"))
    if name not in lists:
        raise KnowledgeError("actors/words.toml", f"the list '{name}' is missing")
    return frozenset(lists[name].split())


@cache
def roles() -> dict[str, Role]:
    """Roles by their noun phrase in the singular."""
    found: dict[str, Role] = {}
    for row in (*_rows("plain_roles.tsv"), *_rows("roles.tsv")):
        noun = " ".join(words_of(row["noun"]))
        sectors = _list(row.get("sector"), ",")
        classes = frozenset(_list((row.get("classes") or "").replace(",", "|")))
        if {"official", "person"} <= classes and row.get("sector") == "GOV":
            classes |= {"government"}
        found.setdefault(noun, Role(noun, sectors[0] if sectors else None, classes, tuple(sectors[1:])))
    return found
