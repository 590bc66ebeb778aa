"""Years, decades and centuries; and what four figures are that are no year."""

from __future__ import annotations

import re

from legation.knowledge.numbers import parse_ordinal
from legation.stages.dates import periods
from legation.stages.dates.grammar import EARLY, EDGE, ORDINAL, YEAR, read_year
from legation.stages.dates.setting import Reading, Setting, group, of_period, rule, word_after, word_before

# After these a four-digit number counts something or names a document.
_COUNTERS = frozenset(
    [
        "resolution",
        "resolutions",
        "unscr",
        "no",
        "number",
        "article",
        "section",
        "route",
        "highway",
        "flight",
        "boeing",
        "some",
        "about",
        "nearly",
        "almost",
        "over",
        "least",
        "most",
        "than",
        "approximately",
        "roughly",
        "around",
        "only",
        "exactly",
        "estimated",
        "rs",
        "usd",
        "eur",
        "inr",
        "room",
        "page",
        "act",
        "decree",
        "model",
        "channel",
        "peugeot",
        "mi",
        "room",
    ]
)
_DATE_WORDS = frozenset(
    [
        "in",
        "of",
        "since",
        "by",
        "until",
        "till",
        "from",
        "during",
        "before",
        "after",
        "year",
        "between",
        "late",
        "early",
        "mid",
        "fiscal",
    ]
)


def of_year(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "2014", "early 2011", "the end of 1990", "fiscal 1989"; no count, room or resolution."""
    text = match["year"]
    number = read_year(text)
    framed = bool(group(match, "early") or group(match, "edge") or group(match, "fiscal"))
    if not setting.alone and not framed and not _is_year(match, number, text):
        return None
    if group(match, "fiscal"):
        return Reading(f"{number:04}", reason="a fiscal year: its first day differs by country")
    which = group(match, "half_word")
    if which:
        return of_period(periods.half(number, 1 if which == "first" else 2), "as said")
    return of_period(periods.year(number), "as said")


def _is_year(match: re.Match[str], number: int, text: str) -> bool:
    article = "the" if match.group().lower().startswith("the") else ""
    before, after = article or word_before(match).lower(), word_after(match)
    if after.lower() in _COUNTED or before in _COUNTERS or before.endswith(("$", "€", "£", "%")):
        return False
    # "killed 2014 soldiers" counts; "the 2014 elections" and "its 2014 campaign" do not.
    plural = after[:1].islower() and after.endswith("s") and after not in ("was", "is", "has", "as", "this")
    if before in _DATE_WORDS:
        return not (plural and before in ("of", "by", "from", "to", "after", "with"))
    if not text.isdigit():
        return False  # "two thousand", "'98": only after a preposition
    return 1900 <= number <= 2060 and (not plural or before in _DETERMINERS)


_COUNTED = frozenset(
    ["gmt", "utc", "hours", "hrs", "percent", "per", "people", "km", "miles", "local", "metres", "meters"]
)
_DETERMINERS = frozenset(["the", "its", "his", "her", "their", "our", "s", "a"])


_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def of_decade(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the 1990s", "the late '70s", "the nineties"; ages ("in his forties") are none."""
    if word_before(match).lower() in ("his", "her", "their", "my", "your", "our") or word_after(match) == "%":
        return None
    text = match["decade"].lower()
    if text[:4].isdigit():
        first = int(text[:4])
    else:
        short = _DECADES[text] if text in _DECADES else int(re.sub(r"\D", "", text))
        if short == 0 and setting.published is None:
            return None
        first = short + (2000 if short in (0, 10) else 1900)
        if not setting.alone and "the" not in group(match, "the") + word_before(match).lower():
            return None
    return of_period(periods.decade(first), "as said")


def of_century(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the 20th century", "the late nineteenth century"."""
    number = parse_ordinal(match["ordinal"])
    return None if not number or number > 99 else of_period(periods.century(number), "as said")


RULES = (
    rule(
        "half of a year",
        "year",
        rf"(?:the\s+)?(?P<half_word>first|second|last|latter)\s+half\s+of\s+{YEAR}",
        of_year,
    ),
    rule(
        "year",
        "year",
        rf"(?:a\s+good\s+part\s+of\s+|"
        rf"(?P<edge>{EDGE}))?(?:the\s+)?(?:{EARLY})?(?:the\s+year\s+|(?:the\s+)?"
        rf"(?P<fiscal>fiscal|financial)(?:\s+year)?\s+)?{YEAR}(?!-\d\d-\d\d|s\b|\d)",
        of_year,
    ),
    rule("fiscal year", "unit", rf"(?P<fiscal>FY)\s?{YEAR}", of_year, ["fy"]),
    rule(
        "decade",
        "year",
        rf"(?P<the>(?:{EDGE})?(?:the\s+)?)(?:{EARLY})?(?P<decade>(?:1\d|20)\d0s|['’]?\d0s"
        rf"|{'|'.join(_DECADES)})\b",
        of_decade,
    ),
    rule(
        "century",
        "unit",
        rf"(?:{EDGE})?(?:the\s+)?(?:{EARLY})?(?P<ordinal>{ORDINAL})[\s-]+century\b",
        of_century,
        ["century"],
    ),
)
