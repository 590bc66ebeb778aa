"""Promises with a day, as reports tell them, and the act that each names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from legation.knowledge import lexicon
from legation.model import Event, EventMention, Place
from legation.record import MergedEvent, Report
from legation.situations.citing import Citation, Documents, cite_mention
from legation.situations.timelines import is_day

# Acts done again and again: which one is meant, the words tell.
BY_WORDS = ("CONSULT", "AID", "SUPPORT", "COOPERATE")
_NO_PROMISE = ("THREATEN", "REJECT", "REQUEST", "ACCUSE")
_NO_ACT = ("AGREE", "CONCEDE", "THREATEN", "REJECT")  # of these types the frame says no more than that one promises
_CONTENT = re.compile(r"[a-z][a-z-]{3,}")
_COMMON = frozenset(
    "said that would will with from have been their they this which after before also says minister president "
    "government monday tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december promised announced agreed pledged offered".split()
)


@dataclass(frozen=True, slots=True)
class Promise:
    """One report's telling of a promise."""

    event: str  # id of the MergedEvent
    made: str  # the day it was made: as told, else the day of the report
    due: str
    text: str  # the words that name the day
    citation: Citation


@dataclass(frozen=True, slots=True)
class Told:
    """A promise with what is needed to compare it."""

    promise: Promise
    promisor: str
    to: frozenset[str]
    act: tuple[str, str | None] | None
    reciprocal: bool
    place: Place | None
    words: frozenset[str]


def promises(events: Iterable[MergedEvent], documents: Documents) -> list[Told]:
    """Every promise with a day that the reports of these events tell."""
    found: list[Told] = []
    for merged in events:
        for report in merged.reports:
            for mention in report.event.mentions:
                told = _promise(merged, report, mention, documents)
                if told is not None:
                    found.append(told)
    return found


def _promise(merged: MergedEvent, report: Report, mention: EventMention, documents: Documents) -> Told | None:
    event = report.event
    if mention.due is None or mention.event in _NO_PROMISE or mention.status in ("negated", "hypothetical"):
        return None
    published = (report.published or "")[:10]
    # A planned act bears the day on which it is to be; it was promised when it was told.
    dated = mention.date if mention.status != "future" and mention.date_precision == "day" else None
    made = dated or published
    if not is_day(made) or not is_day(mention.due) or mention.due <= made:
        return None  # "promised on Tuesday": the day of speaking is no deadline
    promisor = _promisor(event)
    if promisor is None:
        return None
    citation = cite_mention(report, mention, documents)
    return Told(
        Promise(merged.id, made, mention.due, mention.due_text or "", citation),
        promisor,
        frozenset(a.code for a in (*event.actors, *event.recipients) if a.code and a.code != promisor),
        promised_act(mention),
        mention.reciprocal,
        event.place,
        content_words(citation.text),
    )


def _promisor(event: Event) -> str | None:
    """Whose promise it is; where several sides are named, the one that is said to have spoken."""
    codes = [a.code for a in event.actors if a.code]
    spoke = [a.code for a in event.according_to if a.code in codes]
    return next(iter([*spoke, *codes]), None)


def promised_act(mention: EventMention) -> tuple[str, str | None] | None:
    """Type and mode of the act that a promise names, from the frame its rule begins with."""
    frame, *operators = mention.rule.split("+")
    act = frames().get(frame)
    if act is None or act[0] in _NO_ACT:
        return None
    return act if operators or mention.event != act[0] or mention.status == "future" else None


@cache
def frames() -> dict[str, tuple[str, str | None]]:
    """Type and mode of every frame of the lexicon."""
    return {frame.id: (frame.event, frame.mode) for frame in lexicon.load().all_frames}


def act_of(frame: str) -> str | None:
    """The type that a frame of the lexicon codes."""
    found = frames().get(frame)
    return found[0] if found else None


def content_words(text: str) -> frozenset[str]:
    """The words of a sentence that say what it is about, cut to their first six letters."""
    return frozenset(w[:6] for w in _CONTENT.findall(text.lower()) if w not in _COMMON)


