"""Lengths, repetitions, times of day and vague times: "two hours", "every Friday", "5 p.m.", "recently"."""

from __future__ import annotations

import re

from legation.stages.dates import periods
from legation.stages.dates.grammar import (
    CLOCK,
    COUNT,
    FUZZ,
    MONTH,
    ORDINAL,
    PART,
    UNIT,
    WEEKDAY,
    WEEKDAY_FULL,
    ZONE,
    read_count,
    read_month,
    read_unit,
    read_weekday,
)
from legation.stages.dates.setting import Reading, Setting, group, rule, word_after, word_before

_LENGTH = "a length, not a day"


def of_length(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "three hours", "a five-year plan", "12 to 18 months", "weeks"; ages are none."""
    if not setting.alone and _is_age(match):
        return None
    unit = read_unit(match["unit"])
    counted = group(match, "count")
    if not counted:
        plural = match["unit"].lower().endswith("s") or unit == "century"
        bare = word_before(match).lower() in (
            "for",
            "in",
            "within",
            "of",
            "after",
            "lasted",
            "took",
            "about",
            "over",
            "take",
        )
        if not plural or not (setting.alone or bare):
            return None
    elif (
        counted in ("a", "an")
        and not setting.alone
        and (
            _RATE.search(match.string, max(0, match.start() - 12), match.start())
            or (unit == "second" and counted == "a")  # "a second attack"
        )
    ):
        return None
    if counted == "one" and unit == "day" and word_before(match).lower() not in ("for", "in", "just", "only"):
        return (
            Reading("FUTURE_REF", reason="some day")
            if setting.alone and " " in match.group()
            else _plain(unit, 1.0)
        )
    ranged = bool(group(match, "to"))
    if unit == "quarter" and ranged:
        unit = "month"
    count = read_count(counted) if counted and not ranged else None
    if setting.published is not None and count is not None and match.group().lower().startswith("within"):
        finish = periods.shift(setting.published, unit, count)
        reason = "from publication on"
        return Reading(periods.duration(unit, count), "DURATION", setting.published, finish, reason)
    return _plain(unit, count)


def _plain(unit: str, count: float | None) -> Reading:
    return Reading(periods.duration(unit, count), "DURATION", reason=_LENGTH)


# "$200 a day", "twice a week", "100 miles an hour": rates, which the rule for repetitions reads.
_RATE = re.compile(r"[\d%]\s*\w*\s+$|(?:once|twice|times)\s+$")


def _is_age(match: re.Match[str]) -> bool:
    after = match.string[match.end() : match.end() + 8].lower()
    return after.startswith(("-old", " old", " of age"))


def of_clock_length(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "3:07:35": hours, minutes and seconds of a race."""
    hours, minutes, seconds = (int(match[name]) for name in ("h", "m", "s"))
    return Reading(f"PT{hours}H{minutes}M{seconds}S", "DURATION", reason=_LENGTH)


def of_unit_and_half(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "an hour and a half", "two years and three months"."""
    unit = read_unit(match["unit"])
    count = read_count(group(match, "count"))
    return None if count is None else _plain(unit, count + 0.5)


def of_open_length(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "a while", "a lengthy period"."""
    return Reading("PXX", "DURATION", reason="how long is not said")


_ADVERBS = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annually": "P1Y",
    "annual": "P1Y",
}


def of_adverb_set(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "weekly", "quarterly"; a newspaper's name ("the Daily Herald") is none."""
    word = match["adverb"]
    inside = match.start() > 0 and match.string[match.start() - 1] not in '\n“"'
    if word[0].isupper() and not setting.alone and (inside or word_after(match)[:1].isupper()):
        return None
    return Reading(_ADVERBS[word.lower()], "SET", reason="a repetition")


def of_set(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "every Friday", "each July", "every two years", "every morning", "on Mondays"."""
    if group(match, "plural_weekday") or group(match, "weekday"):
        name = group(match, "plural_weekday").removesuffix("s") or group(match, "weekday")
        value = f"XXXX-WXX-{read_weekday(name)}"
    elif group(match, "month"):
        value = f"XXXX-{read_month(match['month']):02}"
    elif group(match, "part"):
        part = re.sub(r"^(?:early|late|mid)[- ]", "", group(match, "part"))
        return Reading(f"XXXX-XX-XXT{periods.PARTS_OF_DAY[part]}", "SET", reason="a repetition")
    elif group(match, "season"):
        value = f"XXXX-{periods.SEASONS[group(match, 'season').removesuffix('s')][0]}"
    else:
        unit, counted = read_unit(match["unit"]), group(match, "count")
        count = 2 if counted == "other" else read_count(counted) if counted else 1
        if unit == "weekend":
            return Reading("XXXX-WXX-WE", "SET", reason="a repetition")
        return Reading(periods.duration(unit, count), "SET", reason="a repetition")
    return Reading(value, "SET", reason="a repetition")


def of_rate(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "twice a week", "three times a year", "per day"."""
    return Reading(periods.duration(read_unit(match["unit"]), 1), "SET", reason="a repetition")


def of_clock(match: re.Match[str], setting: Setting) -> Reading | None:
    """A time of day, of the day told before or else of publication."""
    time = _time(match)
    if time is None:
        return None
    zone = group(match, "zone")
    if match["hour24"] and not zone and not setting.alone and word_before(match).lower() not in _BEFORE_TIME:
        return None  # "won 10:15", "a ratio of 10:15", "Psalm 10:15"
    if zone in ("gmt", "utc"):
        time += "Z"
    day = setting.told or setting.published
    where = "of the day told before" if setting.told else "of the day of publication"
    reason = f"{where}; zone as said: {match['zone']}" if zone and not time.endswith("Z") else where
    if day is None:
        return Reading(f"XXXX-XX-XXT{time}", "TIME", reason="no day is known")
    return Reading(f"{day.isoformat()}T{time}", "TIME", day, day, reason)


_BEFORE_TIME = frozenset(
    [
        "at",
        "by",
        "around",
        "about",
        "until",
        "till",
        "from",
        "since",
        "before",
        "after",
        "between",
        "and",
        "to",
        "on",
        "approximately",
    ]
)


def _time(match: re.Match[str]) -> str | None:
    if match["noon"]:
        return "12:00" if match["noon"].lower() == "noon" else "00:00"
    if match["oclock"]:
        hour = int(read_count(match["oclock"]) or 0)
        late = (match["half"] or "").lower() in ("afternoon", "evening") or (match["night"] and hour > 5)
        return f"{hour % 12 + (12 if late else 0):02}:00" if hour <= 12 else f"{hour:02}:00"
    if match["mil"]:
        hour, minute = int(match["mil"][:2]), match["mil"][2:]
        return f"{hour:02}:{minute}" if hour < 25 else None
    if match["hour24"]:
        return f"{int(match['hour24']):02}:{match['minute24']}"
    hour = int(match["hour"]) % 12 + (12 if match["ampm"][0] in "pP" else 0)
    return f"{hour:02}:{match['minute'] or '00'}"


_VAGUE_TIMES = {
    "now": "PRESENT_REF",
    "right now": "PRESENT_REF",
    "just now": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "current": "PRESENT_REF",
    "presently": "PRESENT_REF",
    "at present": "PRESENT_REF",
    "at the moment": "PRESENT_REF",
    "at this time": "PRESENT_REF",
    "these days": "PRESENT_REF",
    "recently": "PAST_REF",
    "more recently": "PAST_REF",
    "most recently": "PAST_REF",
    "recent": "PAST_REF",
    "lately": "PAST_REF",
    "the past": "PAST_REF",
    "in the past": "PAST_REF",
    "previously": "PAST_REF",
    "at the time": "PAST_REF",
    "at that time": "PAST_REF",
    "the recent past": "PAST_REF",
    "soon": "FUTURE_REF",
    "as soon as possible": "FUTURE_REF",
    "the future": "FUTURE_REF",
    "in the future": "FUTURE_REF",
    "the near future": "FUTURE_REF",
    "the foreseeable future": "FUTURE_REF",
    "in the near future": "FUTURE_REF",
    "someday": "FUTURE_REF",
    "some day": "FUTURE_REF",
    "a later date": "FUTURE_REF",
    "at a later date": "FUTURE_REF",
    "later": "FUTURE_REF",
}
# Taken for times only where a phrase is known to be one.
_ONLY_ALONE = {
    "already": "PRESENT_REF",
    "yet": "PRESENT_REF",
    "earlier": "PAST_REF",
    "then": "PAST_REF",
    "that time": "PAST_REF",
    "then current": "PAST_REF",
    "this crucial moment": "PRESENT_REF",
    "this moment": "PRESENT_REF",
    "the current period": "PRESENT_REF",
    "once": "PAST_REF",
    "later": "FUTURE_REF",
    "the present": "PRESENT_REF",
    "present": "PRESENT_REF",
    "past": "PAST_REF",
    "future": "FUTURE_REF",
    "from time to time": "PXX",
    "formerly": "PAST_REF",
    "the time": "PAST_REF",
}


def of_vague(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "now", "recently", "the near future", "soon"."""
    phrase = " ".join(match.group().lower().split())
    if (
        phrase.endswith("the past")
        and word_after(match)
        and not setting.alone
        and word_after(match).lower() not in _AFTER_PAST
    ):
        return None  # the past two months, the past decade
    if phrase == "soon" and word_after(match).lower() in ("after", "as", "before"):
        return None
    if phrase in _ONLY_ALONE and (setting.alone or phrase not in _VAGUE_TIMES):
        return Reading(_ONLY_ALONE[phrase], "DATE", reason="no day is meant") if setting.alone else None
    value = _VAGUE_TIMES.get(phrase)
    return None if value is None or phrase == "later" else Reading(value, "DATE", reason="no day is meant")


_AFTER_PAST = frozenset(
    [
        "and",
        "or",
        "but",
        "he",
        "she",
        "they",
        "it",
        "we",
        "has",
        "had",
        "have",
        "was",
        "were",
        "is",
        "are",
        "said",
        "to",
        "as",
        "of",
        "when",
        "that",
    ]
)


def of_numbered_day(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the second day": the day a report is about, where the phrase is known to be a time."""
    if not setting.alone or setting.published is None:
        return None
    day = setting.published
    return Reading(day.isoformat(), "DATE", day, day, "the day of publication")


# The word of each vague time that is met least: "these" of "these days", else the last.
_VAGUE_WORDS = [
    words[0] if words[-1] in ("day", "days") else words[-1]
    for words in (phrase.split() for phrase in (*_VAGUE_TIMES, *_ONLY_ALONE))
]
_PLURAL_DAY = "|".join(f"{name}s" for name in WEEKDAY_FULL.split("|"))

RULES = (
    rule(
        "hours, minutes, seconds",
        "number",
        r"(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?:\.\d+)?",
        of_clock_length,
    ),
    rule(
        "length",
        "unit",
        rf"(?:{FUZZ}|the\s+(?=\d|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few))*"
        rf"(?:(?P<count>{COUNT})(?P<to>\s*(?:to|or|-|–)\s*{COUNT})?(?:[\s-]+(?:full|whole"
        rf"|entire|more|long|consecutive|straight|further|additional))?[\s-]+)?{UNIT}"
        r"(?:\s+or\s+(?:so|more|months|weeks|years|days|two)\b)?",
        of_length,
    ),
    rule(
        "length and a half",
        "unit",
        rf"{FUZZ}?(?P<count>an?|one|two|three)\s+{UNIT}\s+and\s+a\s+half\b",
        of_unit_and_half,
        ["half"],
    ),
    rule(
        "age",
        "unit",
        rf"(?P<count>{COUNT})[\s-]+{UNIT}[\s-]old\b",
        lambda m, s: of_length(m, s) if s.alone else None,
        ["old"],
    ),
    rule(
        "open length",
        "deictic",
        r"(?:quite\s+)?a\s+while\b|(?:a|some)\s+(?:fairly\s+|very\s+)?(?:long|lengthy"
        r"|short|brief)\s+(?:period|time)\b|some\s+time\b",
        of_open_length,
        ["while", "period", "time"],
    ),
    rule(
        "adverb of repetition",
        "unit",
        rf"(?:twice\s+|semi-|bi-?)?(?P<adverb>{'|'.join(_ADVERBS)})\b",
        of_adverb_set,
        [prefix + adverb for prefix in ("", "bi") for adverb in _ADVERBS],
    ),
    rule(
        "repetition",
        "unit weekday month deictic season",
        rf"(?:every|each)\s+(?:single\s+)?(?:(?:(?P<count>other|{COUNT})\s+)?{UNIT}"
        rf"|{WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?|{MONTH}|{PART}|"
        rf"(?P<season>spring|summer|autumn|fall|winter)\b)"
        rf"|(?:on\s+)?(?P<plural_weekday>{_PLURAL_DAY})\b",
        of_set,
        ["every", "each", *_PLURAL_DAY.split("|")],
    ),
    rule(
        "rate",
        "unit",
        rf"(?:(?:once|twice|(?:two|three|four|five|six|\d+|several)\s+times)\s+(?:an?|every"
        rf"|each|per)|per)\s+{UNIT}",
        of_rate,
        ["per", "once", "twice", "times"],
    ),
    rule(
        "time of day",
        "clock number",
        rf"(?:shortly\s+(?:before|after)\s+|around\s+|about\s+)?{CLOCK}{ZONE}?",
        of_clock,
    ),
    rule(
        "vague time",
        "deictic unit",
        "|".join(
            rf"{re.escape(p)}\b".replace(r"\ ", r"\s+")
            for p in sorted({**_VAGUE_TIMES, **_ONLY_ALONE}, key=len, reverse=True)
        ),
        of_vague,
        _VAGUE_WORDS,
    ),
    rule("numbered day", "unit", rf"(?:the\s+)?{ORDINAL}\s+day\b", of_numbered_day, ["day"]),
)
