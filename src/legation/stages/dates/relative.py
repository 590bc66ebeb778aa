"""Times counted from the day of publication or from the day a narrative has reached."""

from __future__ import annotations

import re
from datetime import date, timedelta

from legation.stages.dates import periods
from legation.stages.dates.absolute import with_part
from legation.stages.dates.grammar import (
    COUNT,
    EARLY,
    EDGE,
    FUZZ,
    PART,
    UNIT,
    WEEKDAY,
    read_count,
    read_unit,
    read_weekday,
)
from legation.stages.dates.setting import (
    UNANCHORED,
    UNTOLD,
    Reading,
    Setting,
    group,
    nearest,
    of_period,
    rule,
    word_after,
    word_before,
)

# What a unit's value looks like while nothing is known to count from.
_OPEN = {
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


def _day(when: date | None, reason: str, part: str = "") -> Reading:
    if when is None:
        return with_part(Reading("XXXX-XX-XX", reason=UNANCHORED), part)
    return with_part(of_period(periods.day(when), reason), part)


# A capital letter is asked of what is a word too: "sat", "sun", "wed", "mon".
_SHORT = re.compile(r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?$", re.IGNORECASE)


# "Good Friday Agreement", "Bloody Sunday": names, not days of the week.
_EPITHETS = frozenset(["Good", "Bloody", "Black", "Super", "Easter", "Palm", "Ash", "Cyber", "Orange"])


def of_weekday(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "on Friday" on a Friday is that day; else the latest, or for the future the first to come."""
    printed = match["weekday"]
    if not setting.alone and _SHORT.match(printed) and not (printed[0].isupper() and printed.endswith(".")):
        return None
    if word_before(match) in _EPITHETS and not setting.alone:
        return None
    number, when = read_weekday(printed), setting.published
    part = group(match, "part")
    modifier = (group(match, "modifier") + " " + group(match, "week")).split()
    if when is None:
        return with_part(Reading(f"XXXX-WXX-{number}", reason=UNANCHORED), part)
    monday = when - timedelta(days=when.isoweekday() - 1)
    inside = monday + timedelta(days=number - 1)
    before = when - timedelta(days=(when.isoweekday() - number - 1) % 7 + 1)  # strictly before
    after = when + timedelta(days=(number - when.isoweekday() - 1) % 7 + 1)
    if "week" in modifier:
        step = {"last": -7, "this": 0, "next": 7}[modifier[modifier.index("week") - 1]]
        return _day(inside + timedelta(days=step), "in the week said", part)
    if modifier and modifier[-1] in ("previous", "following"):
        if setting.told is None:
            return with_part(Reading(f"XXXX-WXX-{number}", reason=UNTOLD), part)
        step = -1 if modifier[-1] == "previous" else 1
        days = (step * (number - setting.told.isoweekday()) - 1) % 7 + 1
        return _day(setting.told + timedelta(days=step * days), "counted from the day told before", part)
    if modifier and modifier[-1] in ("last", "past"):
        return _day(before, "the latest before publication", part)
    if modifier and modifier[-1] == "next":
        return _day(inside + timedelta(days=7), "in the week after publication's", part)
    if modifier and modifier[-1] in ("coming", "upcoming"):
        return _day(after, "the first after publication", part)
    if modifier and modifier[-1] == "this":
        chosen = inside if setting.tense == "past" else (when if number == when.isoweekday() else after)
        return _day(chosen, "in the week of publication", part)
    if number == when.isoweekday():
        return _day(when, "the day of publication", part)
    if setting.tense == "future":
        return _day(after, "future tense: the first after publication", part)
    return _day(
        before,
        "past tense: the latest before publication"
        if setting.tense == "past"
        else "the latest before publication",
        part,
    )


_DEICTIC = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}


def of_deictic(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "today", "late yesterday", "tomorrow morning", "tonight", "last night", "this afternoon"."""
    word, part = group(match, "deictic"), group(match, "part")
    if word == "today" and word_after(match).lower() == "s":
        return None
    when = setting.published
    if word.startswith("the day"):
        step = -2 if "before" in word else 2
    elif word in _DEICTIC:
        step = _DEICTIC[word]
        part = "night" if word == "tonight" else part
    else:  # last night, this morning
        first, part = word.split(maxsplit=1)
        part = re.sub(r"^(?:past|very|coming)\s+", "", part)
        step = -1 if first == "last" else 0
    moved = None if when is None else when + timedelta(days=step)
    return _day(moved, "counted from publication", part)


def of_part(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "in the morning", "overnight": of the day told before or else of publication."""
    part = group(match, "part") or group(match, "over")
    # A bare "morning" is a time only where a preposition or an adverb makes it one.
    if part != "overnight" and not re.search(r"[\s-]", match.group()) and not setting.alone:
        return None
    day = setting.told or setting.published
    return _day(day, "of the day told before" if setting.told else "of the day of publication", part)


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
        return Reading(_OPEN[unit], reason=UNTOLD if narrative else UNANCHORED)
    reason = (
        "counted from the day told before"
        if narrative and base != setting.published
        else "counted from publication"
    )
    moved = _by_units(base, unit, _BACK[which])
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


def _by_units(base: date, unit: str, count: float) -> date:
    """The base moved from the first of its month, so that a month after 31 January is February."""
    if unit in ("month", "quarter", "year", "decade", "century"):
        base = base.replace(day=1)
    return periods.shift(base, unit, count)


def _weekend(setting: Setting) -> Reading:
    """The weekend about publication: the last one in the past tense and early in a week."""
    when = setting.published
    if when is None:
        return Reading(_OPEN["weekend"], reason=UNANCHORED)
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
        return Reading(_OPEN[unit], reason=UNANCHORED)
    if group(match, "end") and unit == "year":
        return of_period(periods.month(base.year, 12), "the last month of the year of publication")
    if unit == "quarter" and not edged:  # "the quarter" a report of results is about is over
        return of_period(
            periods.around(_by_units(base, "quarter", -1), "quarter"), "the latest whole quarter"
        )
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


def of_distance(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "two days ago", "a week earlier", "three months later", "two weeks from now"."""
    unit, counted = read_unit(match["unit"]), group(match, "count")
    direction = " ".join(group(match, "direction").split())
    if not counted:
        return (
            None
            if not match["unit"].lower().endswith("s")
            else Reading(periods.duration(unit, None), "DURATION", reason="how many is not said")
        )
    count = read_count(counted)
    if count is not None and group(match, "and_half"):
        count += 0.5
    absolute = direction in ("ago", "hence", "from now", "from today", "time") or group(match, "inside") != ""
    forward = direction in (
        "later",
        "hence",
        "from now",
        "from today",
        "after",
        "afterwards",
        "on",
        "time",
    ) or (group(match, "inside") != "")
    if group(match, "inside") and direction != "time" and not _looks_ahead(match, setting):
        return Reading(periods.duration(unit, count), "DURATION", reason="a length, not a day")
    base = setting.published if absolute else _reached(unit, setting)
    if (
        not absolute
        and base is None
        and (unit in ("month", "quarter", "year", "decade", "century") or setting.alone)
    ):
        base = setting.published
    if count is None:
        ref = "FUTURE_REF" if forward else "PAST_REF"
        return Reading(
            ref if not counted else periods.duration(unit, None), "DURATION", reason="how many is not said"
        )
    # "five days before the vote": from something told in words, whose day is not known here.
    if direction in ("before", "prior") and word_after(match) and not setting.alone:
        return Reading(_OPEN[unit], reason="counted from something told in words")
    if base is None:
        return Reading(_OPEN[unit], reason=UNANCHORED if absolute else UNTOLD)
    reason = "counted from publication" if base == setting.published else "counted from the day told before"
    grain = unit
    if count != int(count):  # a year and a half ago is told in months
        grain = {"year": "month", "month": "week", "week": "day", "day": "hour"}.get(unit, unit)
    signed = count if forward else -count
    if grain in ("second", "minute", "hour"):
        hours = count if unit == "hour" else count * 24 if unit == "day" else 0
        moved = base if hours < 24 else periods.shift(base, unit, signed)
        return of_period(periods.day(moved), reason)
    if grain in ("month", "year", "quarter", "decade", "century"):
        return of_period(periods.around(_by_units(base, unit, signed), grain), reason)
    return of_period(
        periods.around(periods.shift(base, unit, signed), "day" if grain == "night" else grain), reason
    )


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


def of_neighbour(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the next day", "the day before", "the previous night", "the same evening", "that day"."""
    words = group(match, "neighbour").split()
    back = any(w in words for w in ("before", "earlier", "previous", "preceding", "prior"))
    same = any(w in words for w in ("same", "that"))
    part = next((w for w in words if w in periods.PARTS_OF_DAY), "")
    base = setting.told or (setting.published if setting.alone else None)
    if base is None:
        return with_part(Reading("XXXX-XX-XX", reason=UNTOLD), part)
    if "before" in words and word_after(match) and word_after(match)[0].isupper() and not setting.alone:
        return None  # "the day before Lavrov arrived"
    moved = base if same else base + timedelta(days=-1 if back else 1)
    return _day(moved, "counted from the day told before", part)


def of_year_ago(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "a year-ago quarter", "year-earlier": the time a year before that a comparison is made with."""
    when = setting.published
    if when is None:
        return Reading("XXXX", reason=UNANCHORED)
    unit, ordinal = group(match, "unit"), group(match, "ordinal")
    if ordinal:
        return of_period(periods.quarter(when.year - 1, _QUARTERS[ordinal]), "a year before")
    if unit in ("quarter", "period"):
        last = periods.around(_by_units(when, "quarter", -5), "quarter")
        return of_period(last, "the latest whole quarter, a year before")
    return of_period(periods.around(_by_units(when, "year", -1), "year"), "a year before")


_QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}


def of_quarter(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the third quarter", "third-quarter", "Q3 2020", "the second quarter of last year"."""
    word = group(match, "ordinal")
    number = _QUARTERS[word] if word else int(match["digit"])
    when = setting.published
    year_text, relative = group(match, "year4"), group(match, "relative")
    if word == "last" and not year_text and not relative:
        return None  # the quarter before this one
    if year_text:
        return of_period(periods.quarter(int(year_text), number), "as said")
    if when is None:
        return Reading(f"XXXX-Q{number}", reason=UNANCHORED)
    if relative:
        step = {"last": -1, "this": 0, "next": 1}[relative.split()[0]]
        return of_period(periods.quarter(when.year + step, number), "in the year said")
    chosen = nearest((periods.quarter(when.year + step, number) for step in (-1, 0, 1)), setting)
    return None if chosen is None else of_period(chosen[0], f"year by {chosen[1]}")


def of_half(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the first half of the year", "H1 2020", "the second half of last year"."""
    word = group(match, "which")
    number = int(match["digit"]) if not word else 1 if word == "first" else 2
    if year_text := group(match, "year4"):
        return of_period(periods.half(int(year_text), number), "as said")
    when = setting.published
    if when is None:
        return Reading(f"XXXX-H{number}", reason=UNANCHORED)
    relative = group(match, "relative")
    step = {"last": -1, "next": 1}.get(relative.split()[0], 0) if relative else 0
    return of_period(periods.half(when.year + step, number), "in the year said")


def of_latest(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the latest quarter": the last that is over."""
    when = setting.published
    if when is None:
        return Reading(_OPEN["quarter"], reason=UNANCHORED)
    unit = read_unit(match["unit_or_period"]) if match["unit_or_period"].lower() != "period" else "quarter"
    return of_period(periods.around(_by_units(when, unit, -1), unit), "the latest that is over")


_WHICH = (
    r"(?P<which>last|past|next|this(?:\s+(?:past|coming|current|very|same))?|coming"
    r"|upcoming|previous|following"
    r"|current|present|same|that(?:\s+same|\s+very)?|(?:very\s+)?next|preceding|subsequent|prior|ensuing)"
)
_WEEKDAY_MODIFIER = (
    r"(?:(?:the\s+)?(?P<modifier>last|past|next|this(?:\s+(?:past|coming))?|coming|upcoming"
    r"|previous|following)\s+)"
)
_NUMBERED_YEAR = (
    r"(?:,?\s+(?:of\s+)?(?:the\s+)?(?:(?:fiscal\s+)?(?P<year4>(?:1\d|20)\d\d)\b|"
    r"(?P<relative>(?:last|this|next)\s+year)\b|year\b))"
)

RULES = (
    rule(
        "quarter",
        "unit",
        rf"(?:(?:{EDGE})"
        rf"|(?:{EARLY}))?(?:the\s+)?(?:this\s+year['’]s\s+)?(?:fiscal[\s-]+)?(?:"
        rf"(?P<ordinal>{'|'.join(_QUARTERS)})[\s-]+quarter\b|Q"
        rf"(?P<digit>[1-4])\b){_NUMBERED_YEAR}?",
        of_quarter,
    ),
    rule(
        "half",
        "unit",
        rf"(?:(?:the\s+)?(?P<which>first|second|last|latter)\s+half(?=\s+of)|H"
        rf"(?P<digit>[12])\b(?=[\s,]+(?:of\s+)?\d)){_NUMBERED_YEAR}",
        of_half,
    ),
    rule(
        "weekday",
        "weekday",
        rf"(?:(?:{EARLY}))?{_WEEKDAY_MODIFIER}?{WEEKDAY}(?:,?\s+(?:of\s+)?(?P<week>(?:last"
        rf"|this|next)\s+week))?(?:\s+{PART})?",
        of_weekday,
    ),
    rule(
        "deictic day",
        "deictic unit",
        r"(?:(?:early|earlier|late|later)\s+)?"
        r"(?P<deictic>the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|today|yesterday"
        r"|tomorrow|tonight"
        rf"|last\s+(?:night|evening)|this\s+(?:(?:past|very|coming)\s+)?(?:morning"
        rf"|afternoon|evening)\b)(?:\s+{PART})?(?![\w-])",
        of_deictic,
    ),
    rule(
        "part of the day",
        "deictic",
        r"(?:(?:early|late|earlier|later|mid)[\s-]+)?(?:(?:in|during|by"
        r"|at)\s+the\s+)?(?:(?:early|late|mid)[\s-]+)?(?P<part>morning|afternoon"
        r"|evening)\b|(?P<over>overnight)\b",
        of_part,
    ),
    rule(
        "last, this, next unit",
        "unit",
        rf"{FUZZ}?(?:{EDGE})?(?:(?:{EARLY}))?(?:the\s+)?{_WHICH}[\s-]+(?P<fiscal>fiscal\s+"
        rf"|financial\s+)?(?:calendar\s+)?{UNIT}",
        of_unit,
    ),
    rule(
        "end of the unit",
        "unit",
        rf"{FUZZ}?(?:(?P<edge>{EDGE})|(?:{EARLY})|(?:over|for|during"
        rf"|at)\s+(?=the\s+weekend))?(?:the\s+)?(?:full\s+|whole\s+|entire\s+|calendar\s+"
        rf"|fiscal\s+|financial\s+)?"
        rf"{UNIT}(?P<end>['’]s\s+end|[\s-]+end\b)?",
        of_the_unit,
    ),
    rule(
        "span about now",
        "unit",
        rf"{FUZZ}?(?:(?:the|these|those)\s+)?(?P<which>last|past|next|coming|upcoming"
        rf"|following|previous|preceding|recent|first|final|opening|closing|initial)\s+"
        rf"(?:(?P<count>{COUNT})(?P<to>\s*(?:to|or|-|–)\s*{COUNT})?(?:\s+or\s+(?:so"
        rf"|more))?[\s-]+)?{UNIT}(?:\s+or\s+so)?",
        of_span,
    ),
    rule("weeks ahead", "unit", rf"(?:the\s+)?{UNIT}\s+(?:and\s+\w+\s+)?(?P<ahead>ahead)\b", of_span),
    rule(
        "distance",
        "unit",
        rf"{FUZZ}?(?:(?P<count>{COUNT})[\s-]+)?{UNIT}(?P<and_half>[\s-]+and[\s-]+a[\s-]+half)?(?:\s+or\s+(?:so|more))?[\s-]+"
        r"(?P<direction>ago|earlier|later|before|afterwards?|hence|from\s+(?:now|today)"
        r"|prior|previously|on(?=[,.;]))\b",
        of_distance,
    ),
    rule(
        "in some units",
        "unit",
        rf"(?P<inside>in)\s+{FUZZ}?(?P<count>{COUNT})[\s-]+{UNIT}(?:['’]?\s+(?P<direction>time)\b)?",
        of_distance,
    ),
    rule(
        "neighbouring day",
        "unit deictic",
        r"(?:on\s+)?(?:early\s+|late\s+|later\s+|earlier\s+)?"
        r"(?P<neighbour>the\s+(?:very\s+)?(?:next|following|previous|preceding"
        r"|same)\s+(?:day|night|morning|afternoon|evening)"
        r"|the\s+(?:day|night|evening|morning)\s+(?:before|after|earlier)"
        r"|(?:later\s+)?(?:that|the\s+same)(?:\s+same|\s+very)?\s+(?:day|night|morning"
        r"|afternoon|evening))\b",
        of_neighbour,
    ),
    rule(
        "year ago",
        "unit deictic",
        r"(?:the\s+|a\s+)?year[\s-](?:ago|earlier)(?:\s+(?:(?P<ordinal>first|second|third"
        r"|fourth)[\s-]+)?(?P<unit>quarter|period|month))?\b",
        of_year_ago,
    ),
    rule(
        "latest quarter",
        "unit deictic",
        r"(?:the\s+)?latest\s+(?P<unit_or_period>quarter|month|week|period)\b",
        of_latest,
    ),
)
