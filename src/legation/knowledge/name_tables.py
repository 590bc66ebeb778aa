"""The tables of actors, row by row: names of states, bodies, groups and office holders, roles, word lists."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

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
    as_of: str | None = None  # the last day or year in which the source still saw it so
    own: bool = False  # from a table of the user's

    def holds_on(self, date: str | None) -> bool:
        """Whether the row is true on that day; without a day, whether it still is.

        An open row is trusted for two years after its source was current, one that nobody dated always.
        """
        if date is None:
            return self.end is None
        if self.start and date < self.start[: len(date)]:
            return False
        if self.end:
            return date <= self.end
        return not self.stale(date, 2)

    def stale(self, date: str | None, years: int) -> bool:
        """Whether the row is open, and its source older than that many years on the day."""
        if date is None or self.end or not self.as_of:
            return False
        seen = max(self.as_of[-4:] if "/" in self.as_of else self.as_of, self.start or "")
        return date[:7] > f"{int(seen[:4]) + years}-{seen[5:7] or '12'}"


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
    if text.isascii():
        return text.lower()
    plain = text.translate(folding())
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _lines(table: str) -> tuple[list[str], list[list[str]]]:
    """The column names of a shipped table and the cells of its rows; nothing where there is no such table."""
    path = files("legation.knowledge").joinpath("actors", table)
    if not path.is_file():
        return [], []
    return cells_of(path.read_text("utf-8"))


def cells_of(text: str) -> tuple[list[str], list[list[str]]]:
    """The column names of a tab-separated table and the cells of its rows."""
    lines = text.splitlines()
    head = lines[0].split("\t") if lines else []
    return head, [line.split("\t") for line in lines[1:] if line and line[0] != "#" and not line.isspace()]


def table_rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped table by column name."""
    head, rows = _lines(table)
    for cells in rows:
        yield dict(zip(head, map(str.strip, cells), strict=False))


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


# A name as it stands in a table, how its row is made when somebody asks, and what it is made from.
# Tens of thousands of rows are read and a few dozen asked for, so a Name is only made when it is met.
Spelling = tuple[str, Callable[[Any, str], Name], Any]


def state_spellings() -> Iterator[Spelling]:
    """Names of states, seats of power, regions and peoples."""
    for row in table_rows("states.tsv"):
        names = _list(row.get("names"))
        made_of = (row.get("code"), names[0] if names else None)
        for column, make in _STATE_COLUMNS:
            for text in _list(row.get(column)):
                yield text, make, made_of
    for row in table_rows("seats.tsv"):
        yield row["name"], _seat, (row.get("code"), row.get("sector") or "GOV")
    for row in table_rows("regions.tsv"):
        made_of = (row.get("code") or None, row["name"])
        yield row["name"], _region, (*made_of, row.get("sector") or None)
        for text in _list(row.get("people"), ","):
            yield text, _regional, made_of
    for row in table_rows("peoples.tsv"):
        for text in _list(row.get("names"), ","):
            yield text, _ethnic, (row.get("code") or None, None)


_NATIONALS = frozenset({"nationality", "civilians"})


def _state(row: Any, text: str) -> Name:
    return Name(text, "state", row[0], "GOV", classes=_STATE, label=row[1])


def _adjective(row: Any, text: str) -> Name:
    return Name(text, "adjective", row[0], "GOV", classes=_STATE, label=row[1])


def _people(row: Any, text: str) -> Name:
    return Name(text, "people", row[0], "CVL", classes=_NATIONALS, label=row[1])


def _capital(row: Any, text: str) -> Name:
    return Name(text, "capital", row[0], "GOV", classes=_STATE, label=row[1])


def _seat(row: Any, text: str) -> Name:
    return Name(text, "seat", row[0], row[1], classes=_BY_SECTOR.get(row[1], _STATE))


def _region(row: Any, text: str) -> Name:
    return Name(text, "region", row[0], row[2], classes=frozenset({"place"}), label=row[1])


def _regional(row: Any, text: str) -> Name:
    kind: NameKind = "people" if text.endswith("s") else "adjective"
    return Name(text, kind, row[0], "CVL", classes=_NATIONALS, label=row[1])


def _ethnic(row: Any, text: str) -> Name:
    return Name(text, "ethnic", row[0], "CVL", classes=_NATIONALS)


_STATE_COLUMNS = (("names", _state), ("adjectives", _adjective), ("people", _people), ("capitals", _capital))
_BODIES: tuple[tuple[str, NameKind], ...] = (
    ("organisations.tsv", "organisation"),
    ("armed_groups.tsv", "group"),
    ("parties.tsv", "party"),
    ("institutions.tsv", "institution"),
)


def body_spellings() -> Iterator[Spelling]:
    """Names of organisations, armed groups, parties and institutions."""
    for table, kind in _BODIES:
        for row in table_rows(table):
            for text in dict.fromkeys([row["name"], *_list(row.get("aliases"))]):
                yield text, body_name, (kind, row)


def body_name(made_of: Any, text: str) -> Name:
    """The name of a body, from its kind and its row."""
    kind, row = made_of
    sectors = _list((row.get("sector") or "").replace(",", "|"))
    classes = _BY_SECTOR.get(sectors[0] if sectors else "", frozenset({"organisation"}))
    if kind == "group" and sectors[:1] != ["PTY"]:
        classes |= {"armed", "rebels"}
    classes |= frozenset(_list((row.get("class") or "").replace(",", "|")))
    return Name(
        text,
        kind,
        row.get("code") or None,
        sectors[0] if sectors else None,
        (*sectors[1:], *_list((row.get("other") or "").replace(",", "|"))),
        classes | {"organisation"},
        row["name"],
        row.get("wikidata") or None,
        start=row.get("start") or None,
        end=row.get("end") or None,
        as_of=row.get("as_of") or None,
        own="own" in row,
    )


_RANKS = {
    "head_of_state": 0, "head_of_government": 0, "foreign": 1, "defence": 2, "interior": 3,
    "minister": 6, "deputy": 7, "regional": 7, "envoy": 8,
}  # fmt: skip


def office_spellings() -> Iterator[Spelling]:
    """Names of office holders, once for each office."""
    head, rows = _lines("offices.tsv")
    columns = [head.index(name) if name in head else -1 for name in _OFFICE_COLUMNS]
    straight = columns == list(range(len(columns)))
    for cells in rows:
        row = cells if straight else [cells[c] if 0 <= c < len(cells) else "" for c in columns]
        yield row[0], office_name, row
        if row[1]:
            for text in row[1].split("|"):
                yield text, office_name, row


_PRIVATE = frozenset({"CVL", "JRN", "BUS", "REL", "EDU", "SOC", "LAB", "CRM"})
_OFFICE_COLUMNS = "name aka wikidata code sector office kind start end as_of".split()


def office_name(row: Any, text: str) -> Name:
    """The name of an office holder, from the cells of the row."""
    name, _, wikidata, code, sector, office, kind, start, end, as_of, *_ = row
    classes = {"person"} if sector in _PRIVATE else {"person", "official"}
    if sector in ("GOV", ""):
        classes.add("government")
    return Name(
        text,
        "office",
        code or None,
        sector or "GOV",
        (),
        frozenset(classes),
        name,
        wikidata or None,
        office or None,
        start or None,
        end or None,
        _RANKS.get(kind, 5),
        as_of or None,
        own=row[-1] == "own",
    )


def all_names(spellings: Callable[[], Iterator[Spelling]]) -> Iterator[Name]:
    """Every name of a table, made: for pages and lists; the coder makes only those it meets."""
    return (make(made_of, text) for text, make, made_of in spellings())


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
    for row in (*table_rows("plain_roles.tsv"), *table_rows("roles.tsv")):
        noun = " ".join(words_of(row["noun"]))
        sectors = _list(row.get("sector"), ",")
        classes = frozenset(_list((row.get("classes") or "").replace(",", "|")))
        if {"official", "person"} <= classes and row.get("sector") == "GOV":
            classes |= {"government"}
        found.setdefault(noun, Role(noun, sectors[0] if sectors else None, classes, tuple(sectors[1:])))
    return found
