"""Seasons, feasts, past events, anniversaries: "last winter", "Easter", "the anniversary of 9/11"."""

from __future__ import annotations

import re
from datetime import date

from legation.changing import replace
from legation.knowledge.dates import Feast, PastEvent, load_feasts, load_past_events
from legation.knowledge.numbers import parse_ordinal
from legation.stages.dates import periods
from legation.stages.dates.absolute import month_day
from legation.stages.dates.grammar import EARLY, EDGE, MONTH, ORDINAL, read_day, read_month
from legation.stages.dates.periods import Period
from legation.stages.dates.setting import (
    UNANCHORED,
    Reading,
    Setting,
    group,
    nearest,
    of_period,
    rule,
    word_after,
    word_before,
)


def of_season(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "this summer", "the spring of 2011", "last winter"; "spring" and "fall" alone are mere words."""
    name, modifier, said = group(match, "season"), group(match, "modifier").split(), group(match, "year4")
    framed = bool(modifier or said or group(match, "early") or group(match, "edge"))
    if not setting.alone and not framed:
        article = group(match, "the") and word_before(match).lower() in (
            "in",
            "by",
            "during",
            "since",
            "until",
            "for",
        )
        bare = word_before(match).lower() in ("in", "by", "during", "until", "since")
        after = word_after(match).lower()
        if after in ("of", "from", "in", "to", "back") or not (
            article or (bare and name not in ("fall", "spring"))
        ):
            return None
    if said:
        return of_period(periods.season(int(said), name), "as said")
    when = setting.published
    if when is None:
        return Reading(f"XXXX-{periods.SEASONS[name][0]}", reason=UNANCHORED)
    seasons = [periods.season(when.year + step, name) for step in (-2, -1, 0, 1)]
    which = modifier[-1] if modifier else ""
    before = [p for p in seasons if p.finish is not None and p.finish < when]
    after_now = [p for p in seasons if p.begin is not None and p.begin > when]
    if which in ("last", "past", "previous"):
        return of_period(before[-1], "the latest that is over")
    if which in ("next", "coming", "following"):
        return of_period(after_now[0], "the next to begin")
    if which == "this" and name != "winter":
        return of_period(periods.season(when.year, name), "in the year of publication")
    chosen = nearest(seasons, setting)
    return None if chosen is None else of_period(chosen[0], f"year by {chosen[1]}")


def of_feast(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "Christmas", "last Easter", "Eid al-Fitr 2021"."""
    feast = load_feasts().get(" ".join(group(match, "feast").split()))
    if feast is None or (not setting.alone and not match["feast"][0].isupper()):
        return None
    if word_after(match)[:1].isupper() and word_after(match) in (
        "Island",
        "Accords",
        "Agreement",
        "Rising",
        "Accord",
    ):
        return None
    if said := group(match, "year4"):
        spans = feast.days(int(said))
        return None if not spans else _feast_reading(feast, spans[0], "as said")
    when = setting.published
    if when is None:
        return Reading("XXXX-XX-XX", reason=UNANCHORED)
    spans = [span for step in (-1, 0, 1) for span in feast.days(when.year + step)]
    which = group(match, "modifier")
    if which == "last":
        past = [s for s in spans if s[1] < when]
        return _feast_reading(feast, past[-1], "the latest before publication") if past else None
    if which == "next":
        coming = [s for s in spans if s[0] > when]
        return _feast_reading(feast, coming[0], "the first after publication") if coming else None
    chosen = nearest((Period(f"{b.isoformat()}/{f.isoformat()}", b, f) for b, f in spans), setting)
    if chosen is None or chosen[0].begin is None or chosen[0].finish is None:
        return None
    return _feast_reading(feast, (chosen[0].begin, chosen[0].finish), f"year by {chosen[1]}")


def _feast_reading(feast: Feast, span: tuple[date, date], reason: str) -> Reading:
    begin, finish = span
    note = "; tabular calendar, local sighting may differ by a day" if feast.hijri else ""
    value = begin.isoformat() if begin == finish else f"{begin.isoformat()}/{finish.isoformat()}"
    return Reading(value, "DATE", begin, finish, reason + note)


def of_past_event(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the September 11 attacks": the day they happened, whatever the year of the report."""
    for event in load_past_events():
        if event.alone and re.fullmatch(event.alone, " ".join(group(match, "event").split()), re.IGNORECASE):
            return of_period(periods.day(event.day), "the day it happened")
    return None


def of_anniversary(match: re.Match[str], setting: Setting) -> Reading | None:
    """The anniversary of what is known by name or by the date in its words; the ordinal gives the year."""
    if not group(match, "of"):
        return None
    ordinal = parse_ordinal(group(match, "ordinal")) if group(match, "ordinal") else None
    rest = match.string[match.end() : match.end() + 90].split("\n")[0]
    if (known := _known(rest)) is not None:
        reading = _anniversary_of(known[0].day, ordinal, setting)
        return None if reading is None else replace(reading, end=match.end() + known[1])
    if (dated := _DATED.match(rest)) is not None:
        day = read_day(dated["day"])
        reading = None if day is None else month_day(read_month(dated["month"]), day, setting)
        return None if reading is None else replace(reading, end=match.end() + dated.end())
    return None


def original_day(text: str) -> date | None:
    """The day of the known event that a text gives an anniversary of."""
    found = _ANNIVERSARY.search(text)
    known = None if found is None else _known(text[found.end() :])
    return None if known is None else known[0].day


_ANNIVERSARY = re.compile(r"\banniversary\s+of\s+(?:the\s+)?", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"(?:the |its |their |his |her |an? )?(?:deadly |devastating |terrorist )?", re.IGNORECASE
)
_DATED = re.compile(
    rf"(?:the |its |their |a )?(?:(?:1\d|20)\d\d )?(?:\w+ ){{0,2}}?{MONTH} (?P<day>\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)


def _known(rest: str) -> tuple[PastEvent, int] | None:
    """The past event named first in the words, and where its name ends."""
    lead = _LEAD_IN.match(rest)
    offset = lead.end() if lead else 0
    for start in (0, offset):
        for event in load_past_events():
            if (found := event.words.match(rest, start)) is not None:
                return event, found.end()
    return None


def _anniversary_of(day: date, ordinal: int | None, setting: Setting) -> Reading | None:
    if ordinal is not None:
        return of_period(
            periods.day(day.replace(year=day.year + ordinal)), f"{ordinal} years after {day.isoformat()}"
        )
    if setting.published is None:
        return Reading(f"XXXX-{day.month:02}-{day.day:02}", reason="no publication date is known")
    # "by the anniversary" looks ahead whatever the tense.
    reading = month_day(day.month, day.day, setting)
    if reading is None:
        return None
    return Reading(
        reading.value,
        "DATE",
        reading.begin,
        reading.finish,
        f"anniversary of {day.isoformat()}, {reading.reason}",
    )


_FEASTS = "|".join(
    re.escape(name).replace(r"\ ", r"\s+") for name in sorted(load_feasts(), key=len, reverse=True)
)
_ALONE = "|".join(event.alone.replace(" ", r"\s+") for event in load_past_events() if event.alone)

RULES = (
    rule(
        "season",
        "season",
        rf"(?P<edge>{EDGE})?(?P<the>the\s+)?(?:{EARLY})?(?:(?P<modifier>last|past|next"
        rf"|this(?:\s+(?:past|coming))?|coming|previous|following)\s+)?"
        r"(?P<season>spring|summer|autumn|fall|winter)\b(?:,?\s+(?:of\s+)?(?P<year4>(?:1\d|20)\d\d)\b)?",
        of_season,
    ),
    rule(
        "feast",
        "named",
        rf"(?:(?P<modifier>last|next|this)\s+)?(?P<feast>{_FEASTS})(?!\w"
        rf"|['’]s\s+Eve)(?:,?\s+(?P<year4>(?:1\d|20)\d\d)\b)?",
        of_feast,
        [re.findall("[a-z]+", name)[0] for name in load_feasts()],
        [max(re.findall("[a-z]+", name), key=len) for name in load_feasts()],
    ),
    rule(
        "past event",
        "named month number",
        rf"(?:the\s+)?(?P<event>{_ALONE})(?!\w)",
        of_past_event,
        [*"0123456789", "landings"],
    ),
    rule(
        "anniversary",
        "named",
        rf"(?:the\s+|its\s+)?(?:(?P<ordinal>{ORDINAL})\s+)?anniversary(?P<of>\s+of\s+(?:the\s+)?)",
        of_anniversary,
        ["anniversary"],
    ),
)
