"""Finds the time expressions of a stretch of text, reads each, and joins those that make one time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from legation.changing import replace
from legation.stages.dates import absolute, days, lengths, named, quarters, relative, years
from legation.stages.dates.setting import Reading, Rule, Setting, Told

_RULES: tuple[Rule, ...] = (
    *named.RULES,
    *absolute.RULES,
    *years.RULES,
    *quarters.RULES,
    *days.RULES,
    *relative.RULES,
    *lengths.RULES,
)


_WORD = re.compile(r"[a-z]+|\d")
SettingAt = Callable[[int, int, Told], Setting]  # of a span, with what was told before


@dataclass(frozen=True, slots=True)
class Found:
    """Words and what they were read as."""

    start: int
    end: int
    reading: Reading
    rule: str


def find_in(
    text: str,
    start: int,
    end: int,
    classes: set[str],
    setting_at: SettingAt,
    told: Told,
    small: str | None,
) -> list[Found]:
    """The expressions between two offsets, leftmost and longest first, joined where they make one time.

    `setting_at` gives the setting of a span and `told` the day a narrative has reached before it. `small`
    is the text in small letters, by which rules are passed over whose words it does not hold; None: all are tried.
    """
    found: list[Found] = []
    free = start
    for match, rule in _candidates(text, small, start, end, classes):
        if match.start() < free or match.end() == match.start():
            continue
        setting = setting_at(match.start(), match.end(), told)
        reading = _read(rule, match, setting)
        if reading is None:
            continue
        stop = reading.end or match.end()
        found.append(_trimmed(text, Found(match.start(), stop, reading, rule.name)))
        free = stop
        told = told.then(reading, setting.published)
    return _joined(text, found)


def _read(rule: Rule, match: re.Match[str], setting: Setting) -> Reading | None:
    """The rule's reading; None too where the days lie outside the calendar ("5,000 years ago")."""
    try:
        return rule.read(match, setting)
    except (ValueError, OverflowError):
        return None


def _candidates(
    text: str, small: str | None, start: int, end: int, classes: set[str]
) -> list[tuple[re.Match[str], Rule]]:
    rules = _rules_of(frozenset(classes))
    if small is not None:
        words = set(_WORD.findall(small, start, end))
        rules = [rule for rule in rules if not any(map(words.isdisjoint, rule.words))]
    matches = [(match, rule) for rule in rules for match in rule.matches(text, small, start, end)]
    # The sort is stable: of two equal spans the rule listed first wins.
    return sorted(matches, key=lambda pair: (pair[0].start(), -pair[0].end()))


@cache
def _rules_of(classes: frozenset[str]) -> list[Rule]:
    """The rules of any of these trigger classes, in their order."""
    return [rule for rule in _RULES if not rule.classes.isdisjoint(classes)]


def in_small_letters(text: str) -> str:
    """The text in small letters, each where it was: a few capitals have a small letter of two characters."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_LEAD = re.compile(r"(?:(?:on|in|at|for|during|over|by)\s+)?(?:the\s+(?=\d))?", re.IGNORECASE)
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)


def _trimmed(text: str, found: Found) -> Found:
    """Without a preposition that the pattern had to see, and without a final blank."""
    start, end = found.start, found.end
    if (lead := _LEAD.match(text, start, end)) is not None:
        start = lead.end()
    if found.rule == "month and day" and (article := _ARTICLE.match(text, start, end)) is not None:
        start = article.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return found if (start, end) == (found.start, found.end) else Found(start, end, found.reading, found.rule)


_CLOCK_TO_DAY = re.compile(r"\s*,?\s+(?:on\s+)?(?:the\s+)?")
_DAY_TO_CLOCK = re.compile(r"\s*,?\s+(?:at|by|around|about|from)?\s*")
_RANGE = re.compile(
    r"\s*(?:-|–|—|\bto\b|\bthrough\b|\buntil\b|\btill\b|\band\b)\s*(?:the\s+)?", re.IGNORECASE
)
_DAY_AFTER = re.compile(
    r"\s*(?:-|–|to|through|and)\s*(?P<day>[0-3]?\d)(?!\d|[.,:]\d|\s*(?:%|people|percent))"
    r"(?P<year>,\s+(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    r"(?:-|–|/)(?P<year>(?:19|20)?\d\d)(?!\d|-)|\s+(?:to|until|and)\s+(?P<long>(?:19|20)\d\d)(?!\d)"
)


def _joined(text: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for item in found:
        item = _with_days_beside(text, item)
        both = _join(text, joined[-1], item) if joined else None
        if both is not None:
            joined[-1] = both
        elif not joined or item.start >= joined[-1].end:
            joined.append(item)
    return joined


def _join(text: str, left: Found, right: Found) -> Found | None:
    between = text[left.end : right.start]
    if (
        left.rule == right.rule == "time of day"
        and re.fullmatch(r"\s*(?:\(|,|/)\s*", between)
        and not _has_day(left, right)
    ):
        closed = right.end + text.startswith(")", right.end)  # "6 a.m. (0300 GMT)"
        return Found(left.start, closed, left.reading, left.rule)
    if left.rule == "time of day" and _is_day(right) and _CLOCK_TO_DAY.fullmatch(between):
        return _timed(right, left, left.start, right.end)
    if _is_day(left) and right.rule == "time of day" and _DAY_TO_CLOCK.fullmatch(between):
        return _timed(left, right, left.start, right.end)
    if _RANGE.fullmatch(between) and left.reading.type == right.reading.type == "DATE":
        return _ranged(text, left, right, between.strip().lower())
    return None


def _is_day(found: Found) -> bool:
    return (
        found.reading.type == "DATE"
        and re.fullmatch(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d)", found.reading.value) is not None
    )


def _has_day(left: Found, right: Found) -> bool:
    """Whether either of two times of day was joined with its own day already."""
    return left.reading.value[:10] != right.reading.value[:10]


def _timed(day: Found, clock: Found, start: int, end: int) -> Found:
    time = clock.reading.value.split("T", 1)[1]
    reading = replace(day.reading, value=f"{day.reading.value}T{time}", type="TIME")
    return Found(start, end, reading, "time of day")


def _grain(value: str) -> str:
    return re.sub(r"\d", "9", value)


def _ranged(text: str, left: Found, right: Found, word: str) -> Found | None:
    """ "from May to July", "between 2014 and 2016", "Monday to Friday": one expression from first to last."""
    one, two = left.reading, right.reading
    before = text[max(0, left.start - 12) : left.start].lower()
    if word == "and" and "between" not in before:
        return None
    if (
        one.begin is None
        or two.finish is None
        or two.begin is None
        or one.finish is None
        or _grain(one.value) != _grain(two.value)
    ):
        return None
    if (
        one.begin > two.begin and one.reason != "as said" and re.search(r"year by|latest|first", one.reason)
    ) or (two.reason == "as said" and one.reason.startswith("year by") and one.begin is not None):
        one = _back_to(one, two.begin)
    if one.begin is None or two.begin is None or one.begin >= two.begin:
        return None  # Friday to Monday: the two stay apart
    value = f"{one.value}/{two.value}"
    return Found(
        left.start,
        right.end,
        Reading(value, "DATE", one.begin, two.finish, f"a range; {two.reason}"),
        "range",
    )


def _back_to(reading: Reading, limit: date) -> Reading:
    """The same day or month in the last year that puts it before a day."""
    if reading.begin is None or reading.finish is None or not re.match(r"\d{4}-\d\d", reading.value):
        return reading
    year = (
        limit.year if (reading.begin.month, reading.begin.day) <= (limit.month, limit.day) else limit.year - 1
    )
    try:
        begin, finish = reading.begin.replace(year=year), reading.finish.replace(year=year)
    except ValueError:
        return reading
    return replace(reading, value=f"{year:04}{reading.value[4:]}", begin=begin, finish=finish)


def _with_days_beside(text: str, found: Found) -> Found:
    """ "July 5-9", "5-9 July" and "2014-16" from the part that was read."""
    reading = found.reading
    if found.rule == "month and day" and reading.begin is not None and reading.type == "DATE":
        if (after := _DAY_AFTER.match(text, found.end)) is not None:
            return _days(found, reading.begin.day, int(after["day"]), found.start, after.end(), after["year"])
    elif found.rule == "year":
        return _years(text, found)
    return found


def _years(text: str, found: Found) -> Found:
    """ "2014-16", "2020/21", "from 2014 to 2016" from the first year."""
    reading, until = found.reading, _YEAR_AFTER.match(text, found.end)
    if until is None or reading.begin is None:
        return found
    last = int(until["year"] or until["long"])
    last += reading.begin.year // 100 * 100 if last < 100 else 0
    before = text[max(0, found.start - 8) : found.start].lower()
    if not reading.begin.year < last <= 2100 or (
        until["long"] and not before.endswith(("from ", "between "))
    ):
        return found
    whole = Reading(f"{reading.value}/{last}", "DATE", reading.begin, date(last, 12, 31), "a range, as said")
    return Found(found.start, until.end(), whole, "range")


def _days(found: Found, first: int, last: int, start: int, end: int, year: str | None) -> Found:
    begin = found.reading.begin
    assert begin is not None
    try:
        whole = int(year.lstrip(", ")) if year else begin.year
        one, two = begin.replace(day=first, year=whole), begin.replace(day=last, year=whole)
    except ValueError:
        return found
    if one >= two:
        return found
    reading = replace(found.reading, value=f"{one.isoformat()}/{two.isoformat()}", begin=one, finish=two)
    return Found(start, end, reading, "range")
