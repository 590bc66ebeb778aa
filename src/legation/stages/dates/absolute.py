"""Calendar dates as printed: "Sept. 11, 2001", "9 July", "last June", "the late 1970s", "2021-07-09"."""

from __future__ import annotations

import re
from datetime import date

from legation.knowledge.numbers import ORDINALS
from legation.stages.dates import periods
from legation.stages.dates.grammar import (
    DAY,
    EARLY,
    EDGE,
    FUZZ,
    MONTH,
    PART,
    WEEKDAY,
    YEAR,
    read_day,
    read_month,
    read_weekday,
    read_year,
)
from legation.stages.dates.periods import PARTS_OF_DAY
from legation.stages.dates.setting import (
    Reading,
    Setting,
    group,
    nearest,
    of_period,
    rule,
    word_after,
    word_before,
)

_YEARS_AROUND = range(-4, 5)  # the 29th of February needs four
_PREPOSITIONS = frozenset(
    [
        "in",
        "of",
        "since",
        "by",
        "until",
        "till",
        "from",
        "to",
        "before",
        "after",
        "during",
        "between",
        "and",
        "or",
        "through",
        "for",
        "around",
        "about",
        "late",
        "early",
        "mid",
        "last",
        "next",
        "this",
        "past",
        "previous",
        "on",
        "as",
        "per",
        "the",
        "was",
        "is",
        "is",
        "until",
        "throughout",
        "every",
        "each",
        "end",
        "start",
        "beginning",
        "year",
        "circa",
        "ca",
        "vs",
        "versus",
        "than",
        "late-",
    ]
)


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def with_part(reading: Reading, part: str) -> Reading:
    """A day narrowed to a part of it: "2021-07-09" and "night" is the TIME "2021-07-09TNI"."""
    name = re.sub(r"^(?:early|late|mid)[- ]", "", part.lower())
    if not name or name not in PARTS_OF_DAY:
        return reading
    return Reading(
        f"{reading.value}T{PARTS_OF_DAY[name]}", "TIME", reading.begin, reading.finish, reading.reason
    )


def month_day(month: int, day: int, setting: Setting, weekday: int | None = None) -> Reading | None:
    """A day of a month without its year, which publication day, tense and weekday supply."""
    if _exists(2000, month, day) is None:
        return None
    if setting.published is None:
        return Reading(f"XXXX-{month:02}-{day:02}", reason="no year is said and no publication date is known")
    this = setting.published.year
    days = [d for d in (_exists(this + step, month, day) for step in _YEARS_AROUND) if d is not None]
    near = [d for d in days if abs(d.year - this) <= 1] or days
    if weekday is not None and (fitting := [d for d in near if d.isoweekday() == weekday]):
        near = fitting
    chosen = nearest((periods.day(d) for d in near), setting)
    return None if chosen is None else of_period(chosen[0], f"year by {chosen[1]}")


def month_alone(month: int, setting: Setting) -> Reading | None:
    """A month without its year."""
    if setting.published is None:
        return Reading(f"XXXX-{month:02}", reason="no year is said and no publication date is known")
    chosen = nearest((periods.month(setting.published.year + step, month) for step in (-1, 0, 1)), setting)
    return None if chosen is None else of_period(chosen[0], f"year by {chosen[1]}")


def _year_of(match: re.Match[str], setting: Setting) -> int | None:
    """The year a match says, in figures or as "last year"."""
    if match.groupdict().get("year"):
        return read_year(match["year"])
    if (relative := group(match, "relative_year")) and setting.published is not None:
        return setting.published.year + {"last": -1, "this": 0, "next": 1}[relative.split()[-2]]
    return None


def read_month_day(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "July 9", "Friday, 9 July 2021", "the 9th of July last year"."""
    number = read_day(match["day"])
    if number is None or not _is_month(match, setting, dated=True):
        return None
    month = read_month(match["month"])
    year = _year_of(match, setting)
    weekday = read_weekday(match["weekday"]) if match["weekday"] else None
    if year is None:
        reading = month_day(month, number, setting, weekday)
    else:
        exact = _exists(year, month, number)
        reading = None if exact is None else of_period(periods.day(exact), "as said")
    if reading is None or reading.begin is None or not group(match, "first"):
        return None if reading is None else with_part(reading, group(match, "part"))
    first = _exists(reading.begin.year, month, int(match["first"]))
    if first is None or first >= reading.begin:
        return reading
    value = f"{first.isoformat()}/{reading.value}"
    return Reading(value, "DATE", first, reading.finish, f"a range; {reading.reason}")


_NO_MONTH_BEFORE = frozenset(["mrs", "ms", "mr", "theresa", "brian", "queensland", "said", "says"])


def _is_month(match: re.Match[str], setting: Setting, *, dated: bool = False) -> bool:
    """Whether the word is a month here: no "may", no "march on", no "Jan", no "April Ryan"."""
    if setting.alone:
        return True
    word, before, after = match["month"], word_before(match).lower(), word_after(match)
    name = word.rstrip(".").lower()
    if not word[0].isupper() and (len(name) < 5 or name in ("march", "august")):
        return False
    if not dated and len(name) < 5 and name not in ("may", "june", "july") and not word.endswith("."):
        return before in _PREPOSITIONS
    if dated:
        return True
    modified = bool(group(match, "modifier") or group(match, "early") or _year_group(match))
    if name in ("may", "march") and not modified:
        # "in the March for Science" is a march
        return before in _PREPOSITIONS and not (after in _MARCHES and "the " in match.group().lower())
    if before in _NO_MONTH_BEFORE:
        return False
    # A given name: "June Kirchner said", "April Ryan".
    named = after[:1].isupper() and name in ("april", "june", "august")
    return modified or before in _PREPOSITIONS or not named


_MARCHES = frozenset(["for", "of", "on", "to", "against"])


def _year_group(match: re.Match[str]) -> str:
    return group(match, "year") or group(match, "relative_year")


def of_month(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "July", "early July 2021", "last June", "the end of March", "June last year"."""
    if not _is_month(match, setting):
        return None
    number = read_month(match["month"])
    year = _year_of(match, setting)
    if year is not None:
        return of_period(periods.month(year, number), "as said")
    modifier = group(match, "modifier").split()
    when = setting.published
    if when is not None and modifier and modifier[-1] in ("last", "past", "previous"):
        year = when.year - (number >= when.month)
        return of_period(periods.month(year, number), "the latest before the month of publication")
    if when is not None and modifier and modifier[-1] in ("next", "coming", "following", "upcoming"):
        year = when.year + (number <= when.month)
        return of_period(periods.month(year, number), "the first after the month of publication")
    if when is not None and modifier and modifier[-1] == "this":
        return of_period(periods.month(when.year, number), "in the year of publication")
    return month_alone(number, setting)


def of_iso(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "2021-07-09", with a time of day too."""
    exact = _exists(int(match["y"]), int(match["m"]), int(match["d"]))
    if exact is None:
        return None
    if match["time"]:
        return Reading(f"{exact.isoformat()}T{match['time']}", "TIME", exact, exact, "as said")
    return of_period(periods.day(exact), "as said")


def of_numeric(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "13/7/2021", "7.13.21": where day and month could be either, the one near publication, or the year."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["c"])
    year += 0 if year > 99 else 2000 if year < 60 else 1900
    found = {d for d in (_exists(year, first, second), _exists(year, second, first)) if d is not None}
    if not found:
        return None
    if len(found) == 1:
        return of_period(periods.day(min(found)), "as said")
    if match["sep"] == ".":
        exact = _exists(year, second, first)
        return None if exact is None else of_period(periods.day(exact), "day before month, as dots are used")
    if setting.published is not None:
        when = setting.published
        near = sorted(found, key=lambda d: abs((d - when).days))
        if abs((near[0] - when).days) <= 31 < abs((near[1] - when).days):
            return of_period(periods.day(near[0]), "of the two readings the one near publication")
    return of_period(periods.year(year), "day and month could be either")


_RELATIVE_YEAR = r"(?P<relative_year>(?:of\s+)?(?:last|this|next)\s+year\b)"
_OF_YEAR = rf"(?:\s*,?\s+(?:of\s+)?(?:{YEAR}|{_RELATIVE_YEAR}))"
_OF_WEEKDAY = rf"(?:(?:this\s+(?:coming\s+|past\s+)?|next\s+|last\s+)?{WEEKDAY},?\s+(?:the\s+)?)"
_MODIFIER = (
    r"(?:(?:the\s+)?(?P<modifier>last|past|next|this(?:\s+(?:past|coming))?|coming|previous"
    r"|following|upcoming)\s+)"
)

_DAYS = [*"0123456789", *ORDINALS]  # one of these is in every day of a month, "twenty-first" too

RULES = (
    rule(
        "iso date",
        "year",
        r"(?P<y>(?:1\d|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?Z?))?(?!\d)",
        of_iso,
    ),
    rule(
        "numeric date",
        "number",
        r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<c>(?:1\d|20)\d\d|\d\d)(?![\d.]\d)",
        of_numeric,
    ),
    rule(
        "month and day",
        "month",
        rf"(?:the\s+)?{FUZZ}?(?:{EARLY})?{_OF_WEEKDAY}?{MONTH}\s+(?:the\s+)?{DAY}{_OF_YEAR}?(?:,?\s+{PART})?",
        read_month_day,
        _DAYS,
    ),
    rule(
        "day and month",
        "month",
        rf"(?:{EARLY})?{_OF_WEEKDAY}?(?:the\s+)?(?:(?P<first>[0-3]?\d)\s*(?:-|–|to|and)\s*)?{DAY}\s+(?:of\s+)?{MONTH}{_OF_YEAR}?(?:,?\s+{PART})?",
        read_month_day,
        _DAYS,
    ),
    rule(
        "month",
        "month",
        rf"{FUZZ}?(?:{EDGE})?(?:the\s+)?(?:{EARLY})?{_MODIFIER}?{MONTH}{_OF_YEAR}?",
        of_month,
    ),
)
