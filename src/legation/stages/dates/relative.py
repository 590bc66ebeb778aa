"""Times counted in units from publication or from the time told before: "last week", "two days ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from legation.stages.dates import periods
from legation.stages.dates.absolute import with_part
from legation.stages.dates.grammar import COUNT, EARLY, EDGE, FUZZ, UNIT, read_count, read_unit
from legation.stages.dates.periods import Period
from legation.stages.dates.setting import (
    UNANCHORED,
    UNTOLD,
    Reading,
    Setting,
    group,
    of_period,
    rule,
    word_after,
    word_before,
)

# What a unit's value looks like while nothing is known to count from.
OPEN = {
    "second": "PRESENT_REF",
    "minute": "PRESENT_REF",
    "hour": "PRESENT_REF",
    "day": "XXXX-XX-XX",
    "night": "XXXX-XX-XXTNI",
    "week": "XXXX-WXX",
    "fortnight": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


_BACK = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "current": 0,
    "present": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
    "same": 0,
    "that": 0,
    "upcoming": 1,
    "year-ago": -1,
    "very": 0,
    "preceding": -1,
    "subsequent": 1,
    "prior": -1,
    "ensuing": 1,
}
_NARRATIVE = frozenset(
    ["previous", "following", "same", "that", "preceding", "subsequent", "prior", "ensuing"]
)


def of_unit(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "last week", "earlier this month", "the end of next year", "the following day", "that year"."""
    unit, which = read_unit(match["unit"]), group(match, "which").split()[-1]
    if unit in ("second", "minute") or match["unit"].lower().endswith("s"):
        return None
    if which == "this" and unit == "day" and word_before(match).lower() == "to":
        return Reading("PRESENT_REF", reason="to this day")
    if which == "past":  # "over the past year": twelve months, not the year before
        return of_span_of(unit, 1, "past", setting)
    if unit == "hour":
        return Reading("PRESENT_REF", reason="an hour about now") if which == "this" else None
    narrative = which in _NARRATIVE or (which == "next" and unit in ("day", "night"))
    if which == "that" and word_before(match).lower() in ("said", "say", "says", "so") and not setting.alone:
        return None
    base = _reached(unit, setting) if narrative else setting.published
    if narrative and base is None and (unit not in ("day", "night") or setting.alone):
        base = setting.published
    if base is None:
        return Reading(OPEN[unit], reason=UNTOLD if narrative else UNANCHORED)
    reason = (
        "counted from the day told before"
        if narrative and base != setting.published
        else "counted from publication"
    )
    moved = by_units(base, unit, _BACK[which])
    if unit == "night":
        return with_part(of_period(periods.day(moved), reason), "night")
    if unit == "weekend" and which == "this":
        return _weekend(setting)
    period = periods.around(moved, unit)
    if group(match, "fiscal"):
        return Reading(period.value, reason="a fiscal year: its first day differs by country")
    return of_period(period, reason)


def _reached(unit: str, setting: Setting) -> date | None:
    """The time told before: for years and more a year will do."""
    return setting.told_year if unit in ("year", "decade", "century") else setting.told


def by_units(base: date, unit: str, count: float) -> date:
    """The base moved from the first of its month, so that a month after 31 January is February."""
    if unit in ("month", "quarter", "year", "decade", "century"):
        base = base.replace(day=1)
    return periods.shift(base, unit, count)


def _weekend(setting: Setting) -> Reading:
    """The weekend about publication: the last one in the past tense and early in a week."""
    when = setting.published
    if when is None:
        return Reading(OPEN["weekend"], reason=UNANCHORED)
    early = when.isoweekday() <= 2 and setting.tense != "future"
    back = early or (setting.tense == "past" and when.isoweekday() < 6)
    period = periods.weekend(when - timedelta(days=7) if back else when)
    return of_period(period, "the latest weekend" if back else "the weekend of publication's week")


def of_the_unit(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the end of the week", "later in the year", "over the weekend", "year-end"."""
    unit = read_unit(match["unit"])
    if unit == "weekend":
        return _weekend(setting)
    edged = bool(group(match, "edge") or group(match, "early") or group(match, "end"))
    if (
        unit in ("second", "minute", "hour", "night")
        or (not edged and not setting.alone)
        or match["unit"].lower().endswith("s")
    ):
        return None
    base = setting.told if unit == "day" and setting.told else setting.published
    if base is None:
        return Reading(OPEN[unit], reason=UNANCHORED)
    if group(match, "end") and unit == "year":
        return of_period(periods.month(base.year, 12), "the last month of the year of publication")
    if unit == "quarter" and not edged:  # "the quarter" a report of results is about is over
        return of_period(periods.around(by_units(base, "quarter", -1), "quarter"), "the latest whole quarter")
    return of_period(periods.around(base, unit), "that of publication")


def of_span_of(unit: str, count: float | None, which: str, setting: Setting) -> Reading:
    """A length that ends or begins at publication: "the past two weeks", "the next few days"."""
    value, when = periods.duration(unit, count), setting.published
    if when is None or count is None or which in ("first", "final", "opening", "closing"):
        return Reading(value, "DURATION", reason="a length; where it lies is not said")
    if which in ("next", "coming", "following", "upcoming", "ahead", "within"):
        return Reading(value, "DURATION", when, periods.shift(when, unit, count), "from publication on")
    return Reading(value, "DURATION", periods.shift(when, unit, -count), when, "up to publication")


def of_span(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the past two months", "recent weeks", "the next few days", "the first nine months"."""
    unit = read_unit(match["unit"])
    counted = group(match, "count")
    which = (group(match, "which") or group(match, "ahead")).split()[-1]
    if not counted and not match["unit"].lower().endswith("s"):
        return None
    if unit == "quarter" and not counted:
        unit = "month"
    to = group(match, "to")
    count = read_count(counted) if counted and not to else None
    if which == "this" and count != 1:
        which = "past"
    return of_span_of(unit, count, which, setting)


_FROM_NOW = frozenset(["ago", "hence", "from now", "from today", "time"])
_FORWARD = frozenset(["later", "hence", "from now", "from today", "after", "afterwards", "on", "time"])


def of_distance(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "two days ago", "a week earlier", "three months later", "two weeks from now"."""
    unit, counted = read_unit(match["unit"]), group(match, "count")
    direction, inside = " ".join(group(match, "direction").split()), bool(group(match, "inside"))
    if not counted and not match["unit"].lower().endswith("s"):
        return None
    count = read_count(counted) if counted else None
    if count is not None and group(match, "and_half"):
        count += 0.5
    if inside and direction != "time" and not _looks_ahead(match, setting):
        return Reading(periods.duration(unit, count), "DURATION", reason="a length, not a day")
    if count is None:
        return Reading(periods.duration(unit, None), "DURATION", reason="how many is not said")
    # "five days before the vote": from something told in words, whose day is not known here.
    if direction in ("before", "prior") and word_after(match) and not setting.alone:
        return Reading(OPEN[unit], reason="counted from something told in words")
    absolute = inside or direction in _FROM_NOW
    base = setting.published if absolute else _reached(unit, setting)
    if base is None and not absolute and (unit in _LONG or setting.alone):
        base = setting.published
    if base is None:
        return Reading(OPEN[unit], reason=UNANCHORED if absolute else UNTOLD)
    reason = "counted from publication" if base == setting.published else "counted from the day told before"
    signed = count if inside or direction in _FORWARD else -count
    return of_period(_at_distance(base, unit, signed), reason)


_LONG = frozenset(["month", "quarter", "year", "decade", "century"])


def _at_distance(base: date, unit: str, count: float) -> Period:
    """The period so many units from a day, no finer than the unit: two weeks ago is a week."""
    grain = "day" if unit == "night" else unit
    if count != int(count):  # a year and a half ago is told in months
        grain = {"year": "month", "month": "week", "week": "day", "day": "hour"}.get(unit, unit)
    if grain in ("second", "minute", "hour"):
        hours = abs(count) * {"hour": 1, "day": 24}.get(unit, 0)
        return periods.day(base if hours < 24 else periods.shift(base, unit, count))
    if grain in _LONG:
        return periods.around(by_units(base, unit, count), grain)
    return periods.around(periods.shift(base, unit, count), grain)


_CLOSE = re.compile(r"\s*(?:[.,;!?”\"]|$)")
_RECORD = re.compile(
    r"\b(?:time|first|only|once|\w+est|best|worst|most|least|third|second|record)\b[^.;]*$", re.IGNORECASE
)


def _looks_ahead(match: re.Match[str], setting: Setting) -> bool:
    """ "votes in two weeks" names a day to come, "the first vote in two years" a length."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    if word_after(match).lower() == "of" or setting.tense == "past" or _RECORD.search(before):
        return False
    return setting.tense == "future" or _CLOSE.match(match.string, match.end()) is not None


_WHICH = (
    r"(?P<which>last|past|next|this(?:\s+(?:past|coming|current|very|same))?|coming"
    r"|upcoming|previous|following"
    r"|current|present|same|that(?:\s+same|\s+very)?|(?:very\s+)?next|preceding|subsequent|prior|ensuing)"
)
_SPANS = (
    "last past next coming upcoming following previous preceding recent first final opening closing initial"
).split()
# Without one of these a unit is no day: it has no edge, is neither early nor late, and no weekend.
_EDGED = (
    "end beginning start middle close turn outset half part days weeks months early late earlier later sometime mid"
    " weekend weekends"
).split()

RULES = (
    rule(
        "last, this, next unit",
        "unit",
        rf"{FUZZ}?(?:{EDGE})?(?:(?:{EARLY}))?(?:the\s+)?{_WHICH}[\s-]+(?P<fiscal>fiscal\s+"
        rf"|financial\s+)?(?:calendar\s+)?{UNIT}",
        of_unit,
        (word for word in _BACK if word not in ("year-ago", "very")),
    ),
    rule(
        "end of the unit",
        "unit",
        rf"{FUZZ}?(?:(?P<edge>{EDGE})|(?:{EARLY})|(?:over|for|during"
        rf"|at)\s+(?=the\s+weekend))?(?:the\s+)?(?:full\s+|whole\s+|entire\s+|calendar\s+"
        rf"|fiscal\s+|financial\s+)?"
        rf"{UNIT}(?P<end>['’]s\s+end|[\s-]+end\b)?",
        of_the_unit,
        _EDGED,
    ),
    rule(
        "span about now",
        "unit",
        rf"{FUZZ}?(?:(?:the|these|those)\s+)?(?P<which>last|past|next|coming|upcoming"
        rf"|following|previous|preceding|recent|first|final|opening|closing|initial)\s+"
        rf"(?:(?P<count>{COUNT})(?P<to>\s*(?:to|or|-|–)\s*{COUNT})?(?:\s+or\s+(?:so"
        rf"|more))?[\s-]+)?{UNIT}(?:\s+or\s+so)?",
        of_span,
        _SPANS,
    ),
    rule("weeks ahead", "unit", rf"(?:the\s+)?{UNIT}\s+(?:and\s+\w+\s+)?(?P<ahead>ahead)\b", of_span, ["ahead"]),
    rule(
        "distance",
        "unit",
        rf"{FUZZ}?(?:(?P<count>{COUNT})[\s-]+)?{UNIT}(?P<and_half>[\s-]+and[\s-]+a[\s-]+half)?(?:\s+or\s+(?:so|more))?[\s-]+"
        r"(?P<direction>ago|earlier|later|before|afterwards?|hence|from\s+(?:now|today)"
        r"|prior|previously|on(?=[,.;]))\b",
        of_distance,
        "ago earlier later before afterward afterwards hence now today prior previously on".split(),
    ),
    rule(
        "in some units",
        "unit",
        rf"(?P<inside>in)\s+{FUZZ}?(?P<count>{COUNT})[\s-]+{UNIT}(?:['’]?\s+(?P<direction>time)\b)?",
        of_distance,
    ),
)
