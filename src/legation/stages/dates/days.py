"""Days by name: weekdays, "yesterday", "tonight", and the days beside one told before."""

from __future__ import annotations

import re
from datetime import date, timedelta

from legation.stages.dates import periods
from legation.stages.dates.absolute import with_part
from legation.stages.dates.grammar import EARLY, PART, WEEKDAY, read_weekday
from legation.stages.dates.setting import (
    UNANCHORED,
    UNTOLD,
    Reading,
    Setting,
    Tense,
    group,
    of_period,
    rule,
    word_after,
    word_before,
)


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
    number, part = read_weekday(printed), group(match, "part")
    words = (group(match, "modifier") + " " + group(match, "week")).split()
    modifier = words[-1] if words else ""
    if setting.published is None:
        return with_part(Reading(f"XXXX-WXX-{number}", reason=UNANCHORED), part)
    if modifier in ("previous", "following"):
        return _weekday_from_told(number, modifier, part, setting)
    if modifier == "week":
        weeks = {"last": -7, "this": 0, "next": 7}[words[-2]]
        inside = _weekday_of_week(setting.published, number)
        return _day(inside + timedelta(days=weeks), "in the week said", part)
    when, reason = _weekday(number, modifier, setting.published, setting.tense)
    return _day(when, reason, part)


def _weekday_of_week(when: date, number: int) -> date:
    return when + timedelta(days=number - when.isoweekday())


def _weekday(number: int, modifier: str, when: date, tense: Tense) -> tuple[date, str]:
    """The day a weekday means, and why."""
    inside = _weekday_of_week(when, number)
    before = when - timedelta(days=(when.isoweekday() - number - 1) % 7 + 1)  # strictly before
    after = when + timedelta(days=(number - when.isoweekday() - 1) % 7 + 1)
    if modifier in ("last", "past"):
        return before, "the latest before publication"
    if modifier == "next":
        return inside + timedelta(days=7), "in the week after publication's"
    if modifier in ("coming", "upcoming"):
        return after, "the first after publication"
    if number == when.isoweekday():
        return when, "the day of publication"
    if modifier == "this":
        return inside if tense == "past" else after, "in the week of publication"
    if tense == "future":
        return after, "future tense: the first after publication"
    return before, f"{'past tense: ' if tense == 'past' else ''}the latest before publication"


def _weekday_from_told(number: int, modifier: str, part: str, setting: Setting) -> Reading:
    if setting.told is None:
        return with_part(Reading(f"XXXX-WXX-{number}", reason=UNTOLD), part)
    step = -1 if modifier == "previous" else 1
    days = (step * (number - setting.told.isoweekday()) - 1) % 7 + 1
    return _day(setting.told + timedelta(days=step * days), "counted from the day told before", part)


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


_WEEKDAY_MODIFIER = (
    r"(?:(?:the\s+)?(?P<modifier>last|past|next|this(?:\s+(?:past|coming))?|coming|upcoming"
    r"|previous|following)\s+)"
)

RULES = (
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
        ["today", "yesterday", "tomorrow", "tonight", "last", "this"],
    ),
    rule(
        "part of the day",
        "deictic",
        r"(?:(?:early|late|earlier|later|mid)[\s-]+)?(?:(?:in|during|by"
        r"|at)\s+the\s+)?(?:(?:early|late|mid)[\s-]+)?(?P<part>morning|afternoon"
        r"|evening)\b|(?P<over>overnight)\b",
        of_part,
        ["morning", "afternoon", "evening", "overnight"],
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
        "next following previous preceding same before after earlier that".split(),
        ["day", "night", "morning", "afternoon", "evening"],
    ),
)
