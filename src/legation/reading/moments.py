"""A date or a time as machines and newspapers write it, in ISO form."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {name: number for number, name in enumerate(("jan feb mar apr may jun jul aug sep oct nov dec").split(), 1)}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"(?:\D{1,12}?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[ap]\.?m\.?)?)?"
# "9 July 2021", "July 9th, 2021 10:30 am": months with a name, so that no reader takes them another way.
WRITTEN = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]+(?:of )?{_MONTH}[, -]+(?P<year>\d{{4}})"
    rf"|{_MONTH.replace('month', 'month2')} (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}}))\b{_CLOCK}",
    re.IGNORECASE,
)
# "29/10/2012" and "10/29/2012" can be read one way only; "29.10.2012" has the day first wherever it is written.
NUMBERS = re.compile(
    r"(?<![\d./-])(?:(?P<one>\d{1,2})(?P<mark>[/-])(?P<two>\d{1,2})(?P=mark)|(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.)"
    rf"(?P<year>(?:19|20)\d{{2}})(?![\d./-]\d){_CLOCK}",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]+(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_YEARS = range(1700, 2101)
_NEVER = ("1970-01-01", "1900-01-01", "1980-01-01")  # what a machine writes that does not know


def moment(value: str) -> str | None:
    """The date or time in ISO form; None where it is none, or could be read two ways ("03/04/2021")."""
    value = " ".join(value.split())
    if not 6 <= len(value) <= 80:
        return None
    found = _iso(value) or _epoch(value) or _mail(value) or written(value)
    if found is None or int(found[:4]) not in _YEARS or found.startswith(_NEVER):
        return None
    return found


def _iso(value: str) -> str | None:
    if re.fullmatch(r"\d{8}", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    if re.fullmatch(r"\d{4}/\d{2}/\d{2}.*", value):
        value = value[:10].replace("/", "-") + value[10:]
    hit = _ISO.fullmatch(value) or _ISO.match(value)
    if hit is None:
        return None
    clock, zone = hit["clock"], hit["zone"]
    try:
        day = date.fromisoformat(hit["day"]).isoformat()
        if not clock:
            return day
        zone = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", None: ""}.get(zone.upper() if zone else None, zone)
        return datetime.fromisoformat(f"{day}T{clock.zfill(5)}{zone}").isoformat()
    except ValueError:
        return None


def _epoch(value: str) -> str | None:
    if not re.fullmatch(r"\d{10}(?:\d{3})?", value):
        return None
    return datetime.fromtimestamp(int(value[:10]), UTC).isoformat()


def _mail(value: str) -> str | None:
    if not re.match(r"(?:[A-Za-z]{3,9},? )?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4} \d{1,2}:\d{2}", value):
        return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def written(value: str) -> str | None:
    """The first date with a named month, or else in figures that read one way, with its time of day if one follows."""
    hit = WRITTEN.search(value)
    if hit is not None:
        month = _MONTHS[(hit["month"] or hit["month2"])[:3].lower()]
        return _timed(hit, int(hit["year"] or hit["year2"]), month, int(hit["day"] or hit["day2"]))
    hit = NUMBERS.search(value)
    if hit is None:
        return None
    if hit["mark"] is None:
        return _timed(hit, int(hit["year"]), int(hit["month"]), int(hit["day"]))
    small, large = sorted((int(hit["one"]), int(hit["two"])))
    return _timed(hit, int(hit["year"]), small, large) if small == large or large > 12 else None


def _timed(hit: re.Match[str], year: int, month: int, day_of_month: int) -> str | None:
    try:
        day = date(year, month, day_of_month)
    except ValueError:
        return None
    if hit["hour"] is None:
        return day.isoformat()
    hour, minute = int(hit["hour"]), int(hit["minute"])
    if hit["half"] and hour <= 12:
        hour = hour % 12 + (12 if hit["half"].lower().startswith("p") else 0)
    if hour > 23 or minute > 59:
        return day.isoformat()
    return datetime(day.year, day.month, day.day, hour, minute).isoformat()
