"""Cues read from the words alone: for sentences that were not parsed, and for cues that are no verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from legation.knowledge.quotes import reporting_words
from legation.model import Span
from legation.stages.quotes.marks import Marked

# A name or a short description: no stop but after an abbreviation or an initial, no quotation marks.
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|Sgt|Capt|Rev|Hon|Prof|[A-Z])\."
WHO = rf"(?:{_TITLE}|[^\s.,:;?!“”\"«»]+)(?:\s(?:{_TITLE}|[^\s.,:;?!“”\"«»]+)){{0,7}}"
# The same with as few words as will do, so that "later" stays with "said".
_SHORTEST_WHO = WHO + "?"
BETWEEN = r"(?:\s(?:\w+ly|has|have|had|also|later|then|once|often|recently))*"
_NAME = rf"[A-Z][\w'’-]*(?:\s(?:{_TITLE}|[A-Z][\w'’-]*|of|the|de|al|von|van|bin)){{0,6}}"
_REACH = 200  # characters between marks and the end of their cue
APART = r"(?:\s*,[^.:;“”\"]{3,80}?,)?"
_BEFORE_COLON = re.compile(rf"(?P<who>{_NAME})(?P<colon>:)\s*$")
_AFTER_DASH = re.compile(rf"\s*(?P<dash>[—–―]|--?)\s*(?P<who>{_NAME})")
# With a capital it opens the next sentence: "... rain.” According to Lee, ...".
_ACCORDING = re.compile(rf"[ \t\xa0,]*(?P<cue>according to)\s(?P<who>{WHO})")
_LED_BY_ACCORDING = re.compile(rf"(?P<cue>[Aa]ccording to) (?P<who>{WHO}),\s*$")
# A verb and what follows it, or a mere "and", is nobody: "... amassed there, carrying signs saying: ...".
_NOBODY = re.compile(r"(?:and|but|then|which)$|(?!(?:king|prince|wing|sing|ring)\b)[a-z]+(?:ing|ed)\s")
_ENDS = re.compile(r"\s(?:in|on|at|to|during|as|when|while|after|before|who|whose|with|by|about|from)\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that report, and the words for who speaks."""

    cue: Span
    speaker: Span


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    forms = [f for f, v in reporting_words().verbs.items() if v.kind != "judge" and v.needs is None]
    verb = rf"(?P<verb>{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})"
    after = re.compile(rf"[\s,’”\"')\]—–-]*(?P<who>{_SHORTEST_WHO}){APART}{BETWEEN}\s{verb}\b")
    inverted = re.compile(rf"[\s,’”\"')\]—–-]*{verb}\s(?P<who>{WHO})")
    before = re.compile(rf"(?P<who>{_SHORTEST_WHO}){APART}{BETWEEN}\s{verb}\b[^.,:;“”\"]{{0,60}}[,:]?\s*$")
    return after, inverted, before


def cue_in_words(text: str, sent: Span, mark: Marked, *, before: bool) -> Cue | None:
    """The cue beside marks in a sentence without tokens."""
    after, inverted, leading = _patterns()
    if before:
        found = leading.search(text, max(sent.start, mark.outer.start - _REACH), mark.outer.start)
        return _cue(text, found) if found else None
    start = max(mark.outer.end, sent.start)
    end = min(sent.end, start + _REACH)
    found = inverted.match(text, start, end) or after.match(text, start, end)
    return _cue(text, found) if found else None


def _cue(text: str, found: re.Match[str]) -> Cue | None:
    start, end = found.span("who")
    cut = _ENDS.search(text, start, end)
    end = cut.start() if cut else end
    if _NOBODY.match(text, start, end):
        return None
    return Cue(Span(*found.span("verb")), Span(start, end)) if end > start else None


def name_after_dash(text: str, mark: Marked) -> Cue | None:
    """A name signed under a quote: “...” — Ann Lee."""
    found = _AFTER_DASH.match(text, mark.outer.end)
    return Cue(Span(*found.span("dash")), Span(*found.span("who"))) if found else None


def name_by_according(text: str, mark: Marked) -> Cue | None:
    """The source that "according to" gives right before or right behind a quote."""
    found = _ACCORDING.match(text, mark.outer.end)
    start = 0
    if found is None:
        start = max(0, mark.outer.start - _REACH)
        found = _LED_BY_ACCORDING.search(text[start : mark.outer.start])
    if found is None:
        return None
    spans = [Span(start + a, start + b) for a, b in (found.span("cue"), found.span("who"))]
    return Cue(*spans)


def name_before_colon(text: str, mark: Marked) -> Cue | None:
    """A name with a colon before a quote: Ann Lee: “...”; the last name of a longer clause speaks too."""
    start = max(0, mark.outer.start - _REACH)
    found = _BEFORE_COLON.search(text[start : mark.outer.start])
    if found is None:
        return None
    spans = [Span(start + a, start + b) for a, b in (found.span("colon"), found.span("who"))]
    return Cue(*spans)
