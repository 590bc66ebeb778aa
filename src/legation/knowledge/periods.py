"""Days, weeks, months, quarters and years as ISO writes them: which one a date lies in, and which follow."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from legation.model import Event

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")
_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d{1,2})(?:-\d)?|Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?(?:T.*)?"
)
# Into which periods a date falls that is known only so exactly: one known to the month says nothing of its week.
_FITS: dict[str, tuple[Period, ...]] = {
    "day": PERIODS,
    "week": ("week",),
    "month": ("month", "quarter", "year"),
    "quarter": ("quarter", "year"),
    "year": ("year",),
}


def parsed(text: str | None) -> tuple[date, Period] | None:
    """The first day of "2021", "2021-Q3", "2021-W27", "2021-07", "2021-07-09", and how exact that is."""
    found = _FORM.fullmatch((text or "").strip().replace(" ", "T"))
    if found is None:
        return None
    year = int(found["year"])
    try:
        if found["week"]:
            return date.fromisocalendar(year, int(found["week"]), 1), "week"
        if found["quarter"]:
            return date(year, int(found["quarter"]) * 3 - 2, 1), "quarter"
        if found["day"]:
            return date(year, int(found["month"]), int(found["day"])), "day"
        return date(year, int(found["month"] or 1), 1), "month" if found["month"] else "year"
    except ValueError:
        return None


def first_day(text: str | None) -> str | None:
    """The first day of an ISO date however exact; None where it is no date."""
    found = parsed(text)
    return found[0].isoformat() if found else None


def exactness(event: Event) -> Period | None:
    """How exactly the event's date is known; None where it is not."""
    found = parsed(event.date)
    if found is None:
        return None
    precision = next((p for p in PERIODS if p == event.date_precision), found[1])
    return max(precision, found[1], key=PERIODS.index)


def event_period(event: Event, period: Period) -> tuple[str, str] | None:
    """The period an event falls into, and its first day; None where its date is not known exactly enough."""
    exact, found = exactness(event), parsed(event.date)
    if exact is None or found is None or period not in _FITS[exact]:
        return None
    return period_of(found[0].isoformat(), period)


def period_of(day: str, period: Period) -> tuple[str, str]:
    """The name of the period a day lies in, and its first day: ("2021-07", "2021-07-01")."""
    when = date.fromisoformat(day)
    if period == "day":
        return day, day
    if period == "week":
        year, week, weekday = when.isocalendar()
        return f"{year}-W{week:02}", (when - timedelta(weekday - 1)).isoformat()
    if period == "month":
        return day[:7], f"{day[:7]}-01"
    if period == "quarter":
        quarter = (when.month - 1) // 3
        return f"{when.year:04}-Q{quarter + 1}", f"{when.year:04}-{quarter * 3 + 1:02}-01"
    return f"{when.year:04}", f"{when.year:04}-01-01"


def periods_between(first: str, last: str, period: Period) -> tuple[tuple[str, str], ...]:
    """Every period from that of the first day to that of the last."""
    found: list[tuple[str, str]] = []
    name, begin = period_of(first, period)
    end = period_of(last, period)[1]
    while begin <= end:
        found.append((name, begin))
        name, begin = period_of(following(begin, period), period)
    return tuple(found)


def following(begin: str, period: Period) -> str:
    """The first day of the period after the one that begins on this day."""
    when = date.fromisoformat(begin)
    if period in ("day", "week"):
        return (when + timedelta(1 if period == "day" else 7)).isoformat()
    months = {"month": 1, "quarter": 3}.get(period, 12)
    count = when.year * 12 + when.month - 1 + months
    return date(count // 12, count % 12 + 1, 1).isoformat()
