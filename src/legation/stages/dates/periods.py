"""Stretches of the calendar with their TimeML value: a day, an ISO week, a quarter, a decade."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

SEASONS = {
    "spring": ("SP", 3),
    "summer": ("SU", 6),
    "autumn": ("FA", 9),
    "fall": ("FA", 9),
    "winter": ("WI", 12),
}
PARTS_OF_DAY = {
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "nighttime": "NI",
    "overnight": "NI",
    "daytime": "DT",
    "midday": "MI",
    "dawn": "MO",
    "dusk": "EV",
    "lunchtime": "MI",
    "noon": "MI",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A value and the first and last day it spans."""

    value: str
    begin: date | None = None
    finish: date | None = None


def day(when: date) -> Period:
    """A single day: "2021-07-09"."""
    return Period(when.isoformat(), when, when)


def week(when: date) -> Period:
    """The ISO week (Monday to Sunday) a day lies in: "2021-W27"."""
    year, number, weekday = when.isocalendar()
    monday = when - timedelta(days=weekday - 1)
    return Period(f"{year:04}-W{number:02}", monday, monday + timedelta(days=6))


def weekend(when: date) -> Period:
    """Saturday and Sunday of the ISO week a day lies in: "2021-W27-WE"."""
    whole = week(when)
    assert whole.finish is not None
    return Period(f"{whole.value}-WE", whole.finish - timedelta(days=1), whole.finish)


def month(year: int, number: int) -> Period:
    """A month; numbers outside 1 to 12 run over into the years beside: (2021, 0) is December 2020."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = calendar.monthrange(year, number)[1]
    return Period(f"{year:04}-{number:02}", date(year, number, 1), date(year, number, last))


def quarter(year: int, number: int) -> Period:
    """A quarter of the calendar year: "2021-Q3"."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    return Period(f"{year:04}-Q{number}", first.begin, last.finish)


def half(year: int, number: int) -> Period:
    """A half of the calendar year: "2021-H1"."""
    first, last = month(year, 6 * number - 5), month(year, 6 * number)
    return Period(f"{year:04}-H{number}", first.begin, last.finish)


def season(year: int, name: str) -> Period:
    """A northern season by whole months; winter begins in December of its year."""
    code, first = SEASONS[name]
    return Period(f"{year:04}-{code}", month(year, first).begin, month(year, first + 2).finish)


def year(number: int) -> Period:
    """A calendar year."""
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def decade(first: int) -> Period:
    """A decade by its first year; its value is the year's first three digits: "199"."""
    return Period(f"{first // 10:03}", date(first, 1, 1), date(first + 9, 12, 31))


def century(number: int) -> Period:
    """A century by its ordinal; its value is the year's first two digits: the 20th is "19"."""
    first = (number - 1) * 100
    return Period(f"{number - 1:02}", date(max(first, 1), 1, 1), date(first + 99, 12, 31))


def add_months(when: date, count: int) -> date:
    """The same day so many months on, or the month's last where it has no such day."""
    target = month(when.year, when.month + count)
    assert target.begin is not None
    assert target.finish is not None
    return target.begin.replace(day=min(when.day, target.finish.day))


def shift(when: date, unit: str, count: float) -> date:
    """A day moved by a number of units."""
    if unit in ("month", "quarter", "year", "decade", "century"):
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        return add_months(when, round(count * months))
    days = {"day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "weekend": 7.0}.get(unit, 1 / 24)
    if unit in ("minute", "second"):
        days = 1 / 1440
    return when + timedelta(days=round(count * days))


def around(when: date, unit: str) -> Period:
    """The period of a unit that a day lies in."""
    if unit in ("week", "fortnight"):
        return week(when)
    if unit == "weekend":
        return weekend(when)
    if unit == "month":
        return month(when.year, when.month)
    if unit == "quarter":
        return quarter(when.year, (when.month + 2) // 3)
    if unit == "year":
        return year(when.year)
    if unit == "decade":
        return decade(when.year // 10 * 10)
    if unit == "century":
        return century(when.year // 100 + 1)
    return day(when)


def duration(unit: str, count: float | None) -> str:
    """A length in TimeML: "P3D", "PT2H", "PXW" for an unsaid number of weeks."""
    if count is None:
        letters = {
            "second": "TXS",
            "minute": "TXM",
            "hour": "TXH",
            "day": "XD",
            "night": "XD",
            "week": "XW",
            "fortnight": "XW",
            "weekend": "XWE",
            "month": "XM",
            "quarter": "XQ",
            "year": "XY",
            "decade": "XDE",
            "century": "XCE",
        }
        return "P" + letters[unit]
    factor, letter = {
        "second": (1, "S"),
        "minute": (1, "M"),
        "hour": (1, "H"),
        "day": (1, "D"),
        "night": (1, "D"),
        "week": (1, "W"),
        "fortnight": (2, "W"),
        "weekend": (1, "WE"),
        "month": (1, "M"),
        "quarter": (3, "M"),
        "year": (1, "Y"),
        "decade": (10, "Y"),
        "century": (100, "Y"),
    }[unit]
    clock = "T" if unit in ("second", "minute", "hour") else ""
    size = count * factor
    return f"P{clock}{_in_parts(size, unit) or f'{size:g}{letter}'}"


def _in_parts(size: float, unit: str) -> str | None:
    """Two and a half years as "2Y6M"; None where the count is whole or has no smaller unit."""
    smaller = {"year": ("Y", "M", 12), "hour": ("H", "M", 60), "minute": ("M", "S", 60)}.get(unit)
    if smaller is None or size == int(size):
        return None
    letter, small, parts = smaller
    rest = round((size - int(size)) * parts)
    return (f"{int(size)}{letter}" if int(size) else "") + f"{rest}{small}"
