"""Codes of other data sets: countries in ISO, FIPS, COW and Gleditsch-Ward, acts in CAMEO."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Country:
    """One country in the codes of several lists, for the days the codes hold."""

    code: str  # ISO 3166 alpha-3
    name: str
    iso2: str | None
    numeric: str | None
    fips: str | None
    cow: int | None
    cow_letters: str | None
    cow_from: str | None
    cow_to: str | None
    gw: int | None
    gw_letters: str | None
    gw_from: str | None
    gw_to: str | None


@dataclass(frozen=True, slots=True)
class Cameo:
    """One CAMEO code: the PLOVER type and mode it stands for, and its Goldstein score."""

    code: str
    event: str | None  # None: PLOVER has no such type (statements)
    mode: str | None
    goldstein: float


@cache
def countries() -> dict[str, tuple[Country, ...]]:
    """Every country by its ISO code; several rows where a code of another list changed."""
    found: dict[str, list[Country]] = {}
    for row in _rows("countries.tsv"):
        country = Country(
            row["code"], row["name"], row["iso2"] or None, row["numeric"] or None, row["fips"] or None,
            _number(row["cow"]), row["cow_letters"] or None, row["cow_from"] or None, row["cow_to"] or None,
            _number(row["gw"]), row["gw_letters"] or None, row["gw_from"] or None, row["gw_to"] or None,
        )  # fmt: skip
        found.setdefault(country.code, []).append(country)
    return {code: tuple(rows) for code, rows in found.items()}


def country(code: str | None) -> Country | None:
    """The country of an ISO code as it is today."""
    rows = countries().get(code or "")
    return rows[0] if rows else None


def cow_on(code: str | None, day: str) -> int | None:
    """The COW number of a country on a day; None where it had none.

    The list's own days of entry are given only where a number changed; elsewhere a country has its
    number from its first day in the list of Gleditsch and Ward.
    """
    for row in countries().get(code or "", ()):
        begin = row.cow_from or (None if row.cow_to else _first_day(code or ""))
        if row.cow is not None and _holds(begin, row.cow_to, day):
            return row.cow
    return None


def gw_on(code: str | None, day: str) -> int | None:
    """The number of a country in the list of Gleditsch and Ward on a day; None where it had none."""
    for row in countries().get(code or "", ()):
        if row.gw is not None and _holds(row.gw_from, row.gw_to, day):
            return row.gw
    return None


@cache
def by_fips() -> dict[str, str]:
    """ISO alpha-3 by FIPS 10-4."""
    return {rows[0].fips: code for code, rows in countries().items() if rows[0].fips}


@cache
def by_name() -> dict[str, str]:
    """ISO alpha-3 by the name of the country in lower case, with the names other data sets use."""
    found = {rows[0].name.lower(): code for code, rows in countries().items()}
    return found | {row["name"].lower(): row["code"] for row in _rows("country_names.tsv")}


@cache
def by_numeric() -> dict[str, str]:
    """ISO alpha-3 by ISO's number, three digits."""
    return {rows[0].numeric: code for code, rows in countries().items() if rows[0].numeric}


@cache
def cameo() -> dict[str, Cameo]:
    """Every CAMEO code."""
    return {
        row["cameo"]: Cameo(row["cameo"], row["event"] or None, row["mode"] or None, float(row["goldstein"]))
        for row in _rows("cameo.tsv")
    }


def cameo_of(code: str | None) -> Cameo | None:
    """What a CAMEO code means; a longer code that is not listed means what its beginning does."""
    text = (code or "").strip()
    while len(text) >= 2:
        if text in cameo():
            return cameo()[text]
        text = text[:-1]
    return None


def _first_day(code: str) -> str | None:
    return min((row.gw_from for row in countries().get(code, ()) if row.gw_from), default=None)


def _holds(begin: str | None, end: str | None, day: str) -> bool:
    return (begin is None or begin <= day) and (end is None or day <= end)


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _rows(table: str) -> list[dict[str, str]]:
    lines = files("legation.knowledge.codes").joinpath(table).read_text("utf-8").splitlines()
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:] if line.strip()]
