"""The days that a date as told can mean: "2021-07-09", "2021-07", "2021", "2021-W27", "2021-Q3", "2021-SP"."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from legation.store.schema import UNDATED

_WEEK = re.compile(r"(\d{4})-W(\d\d?)")
# Quarters, halves and seasons as the dates stage has them, in first month and number of months.
_PARTS = {
    "Q1": (1, 3), "Q2": (4, 3), "Q3": (7, 3), "Q4": (10, 3), "H1": (1, 6), "H2": (7, 6),
    "SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3),
}  # fmt: skip


@lru_cache(maxsize=8192)
def span(value: str) -> tuple[str, str] | None:
    """The first and the last day; None where the words give no year."""
    value = value.strip()
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return (value[:10], value[:10]) if _is_day(value[:10]) else None
    week = _WEEK.match(value)
    if week:
        try:
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError:
            return _year(value)
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        return f"{value}-01", _end(int(value[:4]), int(value[5:]))
    if value[5:7] in _PARTS and re.match(r"\d{4}-", value):
        year, (month, length) = int(value[:4]), _PARTS[value[5:7]]
        last = month + length - 1
        return f"{year:04}-{month:02}-01", _end(year + (last > 12), (last - 1) % 12 + 1)
    return _year(value)


def first_day(value: str | None) -> str:
    """The first day it can mean, or `UNDATED`."""
    found = span(value) if value else None
    return found[0] if found else UNDATED


def last_day(value: str | None) -> str:
    """The last day it can mean, or `UNDATED`."""
    found = span(value) if value else None
    return found[1] if found else UNDATED


def month(value: str | None) -> str | None:
    """The month, where all the days it can mean are of one."""
    found = span(value) if value else None
    return found[0][:7] if found and found[0][:7] == found[1][:7] else None


def number(value: str | None) -> int | None:
    """The day as a number, of a date or time that names one."""
    if not value or len(value) < 10 or not _is_day(value[:10]):
        return None
    return date.fromisoformat(value[:10]).toordinal()


def year_before(day: str) -> str:
    """The day a year and a day earlier: what began before it and lasts to `day` is tagged as long."""
    try:
        return (date.fromisoformat(day) - timedelta(days=367)).isoformat()
    except (ValueError, OverflowError):
        return "0000-01-01"


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _year(value: str) -> tuple[str, str] | None:
    return (f"{value[:4]}-01-01", f"{value[:4]}-12-31") if re.match(r"[0-9]{4}\b", value) else None


def _end(year: int, number: int) -> str:
    return f"{year:04}-{number:02}-{calendar.monthrange(year, number)[1]:02}" if year < 10000 else UNDATED
