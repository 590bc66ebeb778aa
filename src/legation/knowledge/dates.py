"""Feasts and past events by name, out of dates.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from legation.errors import KnowledgeError

_FILE = "knowledge/dates.toml"


@dataclass(frozen=True, slots=True)
class Feast:
    """A day or days of every year; exactly one of the rules is set."""

    fixed: tuple[int, int] | None = None  # month and day
    easter: int | None = None
    orthodox_easter: int | None = None
    weekday: tuple[int, int, int] | None = None
    hijri: tuple[int, int, int] | None = None

    def days(self, year: int) -> list[tuple[date, date]]:
        """First and last day of each time it falls in a year (a Hijri feast may fall twice)."""
        if self.hijri is not None:
            return _hijri_days(year, *self.hijri)
        if self.fixed is not None:
            found = date(year, *self.fixed)
        elif self.weekday is not None:
            found = _nth_weekday(year, *self.weekday)
        elif self.easter is not None:
            found = _easter(year) + timedelta(days=self.easter)
        else:
            found = _orthodox_easter(year) + timedelta(days=self.orthodox_easter or 0)
        return [(found, found)]


@dataclass(frozen=True, slots=True)
class PastEvent:
    """Something that happened on a day, by the words after "anniversary of"."""

    words: re.Pattern[str]
    day: date
    alone: str | None = None


@cache
def load_feasts() -> dict[str, Feast]:
    """Each feast by each of its names in lower case."""
    found: dict[str, Feast] = {}
    for entry in _entries("feast"):
        month, day = (int(part) for part in entry["date"].split("-")) if "date" in entry else (0, 0)
        feast = Feast(
            fixed=(month, day) if "date" in entry else None,
            easter=entry.get("easter"),
            orthodox_easter=entry.get("orthodox_easter"),
            weekday=tuple(entry["weekday"]) if "weekday" in entry else None,
            hijri=tuple(entry["hijri"]) if "hijri" in entry else None,
        )
        found.update({name.lower(): feast for name in entry["names"]})
    return found


@cache
def load_past_events() -> tuple[PastEvent, ...]:
    """What anniversaries are kept of, in the order of the file."""
    return tuple(
        PastEvent(
            re.compile(entry["words"], re.IGNORECASE), date.fromisoformat(entry["day"]), entry.get("alone")
        )
        for entry in _entries("past_event")
    )


@cache
def _tables() -> dict[str, Any]:
    text = (files("legation.knowledge") / "dates.toml").read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise KnowledgeError(_FILE, str(err)) from err


def _entries(table: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = _tables().get(table, [])
    return entries


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (max(which, 1) - 1))
    while which < 0 and (day + timedelta(days=7)).month == month:
        day += timedelta(days=7)
    return day


def _easter(year: int) -> date:
    """Western Easter by the anonymous Gregorian rule (Meeus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    """Easter of the Julian calendar (Meeus), told in the Gregorian one (right from 1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def _hijri_days(year: int, month: int, day: int, length: int) -> list[tuple[date, date]]:
    """The days of a Hijri date that begin in a Gregorian year, by the tabular calendar."""
    around = round((year - 622) * 33 / 32)
    found = []
    for hijri_year in (around - 1, around, around + 1, around + 2):
        julian = (
            (11 * hijri_year + 3) // 30
            + 354 * hijri_year
            + 30 * month
            - (month - 1) // 2
            + day
            + 1948440
            - 385
        )
        begin = date.fromordinal(julian - 1721425)
        if begin.year == year:
            found.append((begin, begin + timedelta(days=length - 1)))
    return found
