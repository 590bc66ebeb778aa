"""The words dates are made of, as pieces of patterns, and what each piece means."""

from __future__ import annotations

import re

from legation.knowledge.numbers import NUMBER, ORDINALS, SMALL, parse_number, parse_ordinal

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS: dict[str, int] = {name: place for place, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {name[:3]: place for name, place in MONTHS.items()} | {"sept": 9}
WEEKDAYS: dict[str, int] = {
    name: place
    for place, name in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], 1
    )
}
_SHORT_WEEKDAYS = {
    "mon": 1,
    "tue": 2,
    "tues": 2,
    "wed": 3,
    "thu": 4,
    "thur": 4,
    "thurs": 4,
    "fri": 5,
    "sat": 6,
    "sun": 7,
}
WEEKDAYS |= _SHORT_WEEKDAYS

_UNIT_NAMES = [
    "second",
    "minute",
    "hour",
    "day",
    "night",
    "week",
    "fortnight",
    "weekend",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
    "centuries",
]

MONTH = rf"(?P<month>{'|'.join(_MONTH_NAMES)}|(?:sept|{'|'.join(n[:3] for n in _MONTH_NAMES)})\b\.?)(?![a-z])"
MONTH_2 = MONTH.replace("P<month>", "P<month2>")
WEEKDAY_FULL = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
WEEKDAY = rf"(?P<weekday>{WEEKDAY_FULL}|(?:{'|'.join(_SHORT_WEEKDAYS)})\b\.?)(?![a-z])"
_ORDINAL_WORDS = (
    "(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    + "|".join(sorted(ORDINALS, key=len, reverse=True)[1:])
)
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)\b|(?:{_ORDINAL_WORDS})\b)"
# "August 5,000 troops" and "May 5.2 percent" are no days.
DAY = (
    r"(?P<day>(?:[0-2]?\d|3[01])(?:\s?(?:st|nd|rd|th)\b)?(?![\d%]|[.,:]\d|\s?(?:percent"
    rf"|per cent)\b)|(?:{_ORDINAL_WORDS})\b)"
)
DAY_2 = DAY.replace("P<day>", "P<day2>")
_SPOKEN_YEAR = (
    rf"nineteen[ -](?:hundred\b|(?:{'|'.join(w for w, n in SMALL.items() if n > 9)})\b"
    rf"(?:[ -](?:{'|'.join(w for w, n in SMALL.items() if 0 < n < 10)})\b)?)"
    rf"|two thousand(?: and)?(?: (?:{'|'.join(w for w, n in SMALL.items() if 0 < n < 31)})\b)?"
)
YEAR = rf"(?P<year>(?:1\d|20)\d\d(?![\d%])|['’]\d\d\b(?!s)|{_SPOKEN_YEAR})"
YEAR_2 = r"(?P<year2>(?:1\d|20)?\d\d(?![\d%s]))"
PART = (
    r"(?P<part>(?:early[- ]|late[- ]|mid[- ])?(?:morning|afternoon|evening|night|midday"
    r"|dawn|dusk|lunchtime)\b"
    r"|overnight\b)"
)
UNIT = (
    r"(?P<unit>seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|weekends?|months?|quarters?|years?"
    r"|decades?|century|centuries)\b"
)
FUZZ = (
    r"(?:(?:about|around|nearly|almost|roughly|approximately|some|over|under|at least"
    r"|at most|more than|less than"
    r"|fewer than|up to|within|no more than|no less than|just|just over|just under|barely"
    r"|only|another|well over"
    r"|an estimated|as (?:long|much|many) as)\s+)"
)
VAGUE = (
    r"a\s+(?:good\s+)?few|few|several|many|a\s+number\s+of|some|a\s+handful\s+of|various|numerous|countless"
    r"|dozens\s+of|hundreds\s+of|tens\s+of|thousands\s+of"
)
COUNT = (
    rf"(?:{NUMBER}(?:\s+and\s+a\s+(?:half|quarter))?|a\s+couple(?:\s+of)?|couple\s+of|half\s+an?|an?\s+half"
    rf"|(?:one\s+|a\s+)?half(?:\s+a)?(?=[\s-]+(?:hour|day|year|month|century|decade))|{VAGUE}|an?|one)"
)
EARLY = (
    r"(?P<early>(?:very\s+)?(?:early|late|earlier|later|sometime)|mid)(?:\s+(?:on|in)(?:\s+the)?\s+|\s+|-)"
)
EDGE = (
    r"(?:(?:the\s+|an?\s+)?(?:very\s+|first\s+|second\s+|last\s+|latter\s+)?"
    r"(?:end|beginning|start|middle|close|turn|outset|half|part|days|weeks|months)\s+of\s+(?:the\s+)?)"
)
AMPM = r"(?P<ampm>[ap]\.?\s?m\b\.?)"
ZONE_NAMES = "GMT|UTC|EST|EDT|CET|CEST|BST|MSK|IST|PST|PDT|CST|CDT|EET|EEST|JST|KST|AEST|PKT|ET|PT"
CLOCK = (
    rf"(?:(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s*{AMPM}"
    r"|(?P<hour24>[01]?\d|2[0-4])(?:[:h]|\.(?=\d\d\s*(?:hrs|hours|GMT|UTC|local)\b))"
    r"(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?!\d|\s*(?:%"
    r"|percent))(?:\s*(?:hrs|hours)\b)?"
    rf"|(?P<mil>[0-2]\d[0-5]\d)(?=\s*(?:{ZONE_NAMES}|hours|hrs|local time)\b)(?:\s*(?:hrs|hours)\b)?"
    r"|(?P<noon>noon|midnight)\b"
    r"|(?P<oclock>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+o['’]clock"
    r"(?:\s+in\s+the\s+(?P<half>morning|afternoon|evening)|\s+at\s+(?P<night>night))?)"
)
ZONE = (
    rf"(?:\s*(?P<zone>(?:{ZONE_NAMES})\b(?:\s?[+-]\s?\d{{1,2}})?|local\s+time"
    r"|eastern(?:\s+time)?|[A-Z][a-z]+\s+time))"
)


def read_unit(text: str) -> str:
    """The unit's name in the singular."""
    lowered = text.lower()
    return "century" if lowered == "centuries" else lowered.removesuffix("s")


def read_month(text: str) -> int:
    """The month's number."""
    return MONTHS[text.lower().rstrip(".")]


def read_weekday(text: str) -> int:
    """The weekday's ISO number, Monday being 1."""
    return WEEKDAYS[text.lower().rstrip(".")]


def read_day(text: str) -> int | None:
    """The day of the month: "9", "9th", "ninth"."""
    number = parse_ordinal(re.sub(r"\s+(?=st|nd|rd|th)", "", text))
    return number if number is not None and 1 <= number <= 31 else None


def read_year(text: str) -> int:
    """The year, written out, short ("'98") or spoken ("nineteen ninety-eight")."""
    if text[0] in "'’":
        short = int(text[1:])
        return short + (2000 if short < 40 else 1900)
    if text.isdigit():
        return int(text)
    first, _, rest = text.lower().replace("-", " ").partition(" ")
    if first == "nineteen":
        return 1900 + int(0 if rest == "hundred" else parse_number(rest) or 0)
    return int(parse_number(text) or 2000)


_VAGUE = re.compile(rf"(?:{VAGUE})$", re.IGNORECASE)
_HALF = re.compile(r"(?P<whole>.+?)\s+and\s+a\s+(?P<part>half|quarter)$", re.IGNORECASE)


def read_count(text: str) -> float | None:
    """The number of units said; None for "several" and the like."""
    lowered = " ".join(text.lower().split())
    if _VAGUE.match(lowered):
        return None
    if lowered in ("a couple", "a couple of", "couple of"):
        return 2
    if "half" in lowered or "quarter" in lowered:
        if (mixed := _HALF.match(lowered)) is None:
            return 0.5
        whole = 1.0 if mixed["whole"] in ("a", "an", "one") else parse_number(mixed["whole"])
        return None if whole is None else whole + (0.5 if mixed["part"] == "half" else 0.25)
    return 1.0 if lowered in ("a", "an", "one") else parse_number(lowered)
