"""Quarters and halves of a year, and the times a year before that reports of results compare with."""

from __future__ import annotations

import re

from legation.stages.dates import periods
from legation.stages.dates.grammar import EARLY, EDGE, read_unit
from legation.stages.dates.relative import OPEN, by_units
from legation.stages.dates.setting import UNANCHORED, Reading, Setting, group, nearest, of_period, rule


def of_year_ago(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "a year-ago quarter", "year-earlier": the time a year before that a comparison is made with."""
    when = setting.published
    if when is None:
        return Reading("XXXX", reason=UNANCHORED)
    unit, ordinal = group(match, "unit"), group(match, "ordinal")
    if ordinal:
        return of_period(periods.quarter(when.year - 1, _QUARTERS[ordinal]), "a year before")
    if unit in ("quarter", "period"):
        last = periods.around(by_units(when, "quarter", -5), "quarter")
        return of_period(last, "the latest whole quarter, a year before")
    return of_period(periods.around(by_units(when, "year", -1), "year"), "a year before")


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
        return Reading(OPEN["quarter"], reason=UNANCHORED)
    unit = read_unit(match["unit_or_period"]) if match["unit_or_period"].lower() != "period" else "quarter"
    return of_period(periods.around(by_units(when, unit, -1), unit), "the latest that is over")


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
        ["quarter", "q"],
    ),
    rule(
        "half",
        "unit",
        rf"(?:(?:the\s+)?(?P<which>first|second|last|latter)\s+half(?=\s+of)|H"
        rf"(?P<digit>[12])\b(?=[\s,]+(?:of\s+)?\d)){_NUMBERED_YEAR}",
        of_half,
        ["half", "h"],
    ),
    rule(
        "year ago",
        "unit deictic",
        r"(?:the\s+|a\s+)?year[\s-](?:ago|earlier)(?:\s+(?:(?P<ordinal>first|second|third"
        r"|fourth)[\s-]+)?(?P<unit>quarter|period|month))?\b",
        of_year_ago,
        ["ago", "earlier"],
    ),
    rule(
        "latest quarter",
        "unit deictic",
        r"(?:the\s+)?latest\s+(?P<unit_or_period>quarter|month|week|period)\b",
        of_latest,
        ["latest"],
    ),
)
