"""Promises with a day: moved, kept, broken, overdue, and the events that say so.

A pledge is followed by the act that was promised, which the rule of its coding names ("withdraw-forces+announce-that"
promises what the frame "withdraw-forces" codes). The same promise by the same side with another day is that pledge,
moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from legation.knowledge import lexicon
from legation.model import Event, EventMention, Place
from legation.record import MergedEvent, Report
from legation.situations.citing import Citation, Documents, cite_mention, unique
from legation.situations.timelines import in_order

Outcome = Literal["kept", "broken", "overdue", "unknown", "open"]
OUTCOMES: tuple[Outcome, ...] = ("kept", "broken", "overdue", "open", "unknown")
_NO_PROMISE = ("THREATEN", "REJECT", "REQUEST", "ACCUSE")
_BY_WORDS = ("CONSULT", "AID", "SUPPORT", "COOPERATE")  # acts done again and again: which one, the words tell
_NO_ACT = ("AGREE", "CONCEDE", "THREATEN", "REJECT")  # of these types the frame says no more than that one promises
_DONE = ("happened", "ongoing", "historical")
_RENEWED_WITHIN = 60  # days after its deadline in which a promise is the old one moved, later it is a new one
_SAME_WORDS = 2  # content words that two promises of meetings, aid and the like must share
_PART = re.compile(
    r"\b(?:beg[aiu]n\w*|start\w*|some|most|part(?:ly|ial\w*)|first|half|per ?cent|nearly|almost|continu\w+)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:last|final|all|complet\w+|finish\w*|entire\w*|fully|whole)\b", re.IGNORECASE)
_UNREAL = re.compile(r"\b(?:would|could|might|may|should|will|if|unless)\b")  # "May" is a month
# "The soldiers were due to leave by May 1": not promised now, but what had been promised.
_BEFORE = re.compile(
    r"\b(?:(?:was|were|been) (?:due|to|supposed|meant|scheduled)|had (?:\w+ )?(?:agreed|promised|pledged|vowed)|"
    r"should have|originally|previous(?:ly)?)\b",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"\b(?:beg[aiu]n\w*|start\w*)\b", re.IGNORECASE)
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
class Deadline:
    """A day by which the promise was to be kept, and since when that was said."""

    due: str
    since: str
    promises: tuple[Promise, ...]
    earlier: bool = False  # all reports tell it as a deadline of before: it is older than `since`


@dataclass(frozen=True, slots=True)
class TrackedPledge:
    """A promise through all its deadlines, with what came of it."""

    id: str  # of the event that first tells it
    promisor: str  # a code
    to: tuple[str, ...]
    act: str | None  # what was promised: "RETREAT/withdraw"; None: no act that events could show
    deadlines: tuple[Deadline, ...]  # as they were said, one after the other
    outcome: Outcome
    reason: str
    evidence: tuple[Citation, ...] = ()  # the sentences that show the outcome
    evidence_events: tuple[str, ...] = ()
    progress: tuple[Citation, ...] = ()  # the promised act in part, or where it cannot be told whether in whole

    @property
    def due(self) -> str:
        """The deadline that counts: the last one given."""
        return self.deadlines[-1].due

    @property
    def moved(self) -> bool:
        """Whether another day was named later."""
        return len(self.deadlines) > 1


@dataclass(frozen=True, slots=True)
class _Told:
    """A promise with what is needed to compare it."""

    promise: Promise
    promisor: str
    to: frozenset[str]
    act: tuple[str, str | None] | None
    reciprocal: bool
    place: Place | None
    words: frozenset[str]


def track_pledges(
    events: Iterable[MergedEvent], documents: Documents | None = None, *, as_of: str
) -> tuple[TrackedPledge, ...]:
    """Every promise with a day, as it stood on the day `as_of`, in the order of the deadlines."""
    documents = documents or {}
    ordered = in_order(events)
    chains: list[list[_Told]] = []
    for told in sorted(_promises(ordered, documents), key=lambda t: (t.promise.made, t.promise.due, t.promise.event)):
        home = next((chain for chain in chains if _same_pledge(chain, told)), None)
        if home is None:
            chains.append([told])
        else:
            home.append(told)
    tracked = [_tracked(chain, ordered, documents, as_of) for chain in chains]
    return tuple(sorted(tracked, key=lambda p: (p.due, p.promisor, p.id)))


def _promises(events: Sequence[MergedEvent], documents: Documents) -> list[_Told]:
    found: list[_Told] = []
    for merged in events:
        for report in merged.reports:
            for mention in report.event.mentions:
                told = _promise(merged, report, mention, documents)
                if told is not None:
                    found.append(told)
    return found


def _promise(merged: MergedEvent, report: Report, mention: EventMention, documents: Documents) -> _Told | None:
    event = report.event
    if mention.due is None or mention.event in _NO_PROMISE or mention.status in ("negated", "hypothetical"):
        return None
    published = (report.published or "")[:10]
    # A planned act bears the day on which it is to be; it was promised when it was told.
    dated = mention.date if mention.status != "future" and mention.date_precision == "day" else None
    made = dated or published
    if not made or mention.due <= made:
        return None  # "promised on Tuesday": the day of speaking is no deadline
    promisor = _promisor(event)
    if promisor is None:
        return None
    citation = cite_mention(report, mention, documents)
    return _Told(
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
    act = _frames().get(frame)
    if act is None or act[0] in _NO_ACT:
        return None
    return act if operators or mention.event != act[0] or mention.status == "future" else None


@cache
def _frames() -> dict[str, tuple[str, str | None]]:
    return {frame.id: (frame.event, frame.mode) for frame in lexicon.load().all_frames}


def act_of(frame: str) -> str | None:
    """The type that a frame of the lexicon codes."""
    found = _frames().get(frame)
    return found[0] if found else None


def content_words(text: str) -> frozenset[str]:
    """The words of a sentence that say what it is about, cut to their first six letters."""
    return frozenset(w[:6] for w in _CONTENT.findall(text.lower()) if w not in _COMMON)


def _same_pledge(chain: Sequence[_Told], told: _Told) -> bool:
    first, last = chain[0], chain[-1]
    if told.promisor != first.promisor or not _same_act(first.act, told.act):
        return False
    if first.to and told.to and not first.to & told.to:
        return False
    if _days(max(t.promise.due for t in chain), told.promise.made) > _RENEWED_WITHIN:
        return False
    if told.act is not None and told.act[0] == "RETREAT":
        return True  # one leaves a country, ends a war or lifts a ban once
    if (told.promise.due, told.promise.made) == (last.promise.due, last.promise.made) and told.words == last.words:
        return True
    return any(len(t.words & told.words) >= _SAME_WORDS + (told.act is None) for t in chain)


def _same_act(one: tuple[str, str | None] | None, other: tuple[str, str | None] | None) -> bool:
    """Meetings and the like may be told with another mode; leaving, releasing and lifting are different acts."""
    if one is None or other is None:
        return one is other
    return one[0] == other[0] and (one[1] == other[1] or one[0] in _BY_WORDS)


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _tracked(
    chain: Sequence[_Told], events: Sequence[MergedEvent], documents: Documents, as_of: str
) -> TrackedPledge:
    deadlines = _deadlines(chain)
    act = chain[0].act
    to = sorted({code for told in chain for code in told.to})
    outcome, reason, proof, progress = _outcome(chain, deadlines, events, documents, as_of)
    return TrackedPledge(
        id=chain[0].promise.event,
        promisor=chain[0].promisor,
        to=tuple(to),
        act=None if act is None else "/".join(part for part in act if part),
        deadlines=deadlines,
        outcome=outcome,
        reason=reason,
        evidence=unique(citation for _, citation in proof),
        evidence_events=tuple(dict.fromkeys(event.id for event, _ in proof)),
        progress=unique(citation for _, citation in progress),
    )


def _deadlines(chain: Sequence[_Told]) -> tuple[Deadline, ...]:
    by_due: dict[str, list[Promise]] = {}
    for told in chain:
        promise = told.promise
        # "In April", then "on April 24": the day said more exactly, not moved.
        vague = next((due for due, told_so in by_due.items() if _refines(told_so[0], promise)), None)
        before = by_due.pop(vague) if vague is not None else []
        by_due.setdefault(promise.due, []).extend([*before, promise])
    made = [_deadline(due, told) for due, told in by_due.items()]
    return tuple(sorted(made, key=lambda d: (not d.earlier, d.since, d.due)))


def _deadline(due: str, told: Sequence[Promise]) -> Deadline:
    now = [p.made for p in told if not _BEFORE.search(p.citation.text)]
    return Deadline(due, min(now or [p.made for p in told]), tuple(told), earlier=not now)


def _refines(vague: Promise, exact: Promise) -> bool:
    if not vague.text or re.search(r"\d", vague.text):
        return False
    return vague.due != exact.due and vague.due[:7] == exact.due[:7]


Proof = list[tuple[MergedEvent, Citation]]


def _outcome(
    chain: Sequence[_Told],
    deadlines: Sequence[Deadline],
    events: Sequence[MergedEvent],
    documents: Documents,
    as_of: str,
) -> tuple[Outcome, str, Proof, Proof]:
    due, made = deadlines[-1].due, deadlines[0].since
    if chain[0].act is None:
        return "unknown", "the promise names no act that an event of the record could show", [], []
    until = _later(due, _RENEWED_WITHIN) if chain[0].act[0] in _BY_WORDS else _later(due, 10 * 365)
    done, progress, refused = _afterwards(chain, events, documents, made, until)
    kept = [pair for pair in done if (pair[0].event.date or "") <= due]
    if kept:
        day = kept[0][0].event.date
        return "kept", f"done on {day}, due on {due}", [p for p in kept if p[0].event.date == day], progress
    refused = [pair for pair in refused if (pair[0].event.date or "") >= deadlines[-1].since]
    if refused:
        return "broken", f"called off, refused or not done, as told of {refused[0][0].event.date}", refused, progress
    if done:
        day = done[0][0].event.date or ""
        late = [pair for pair in done if pair[0].event.date == day]
        return "broken", f"done on {day}, {_days(due, day)} days after it was due", late, progress
    if as_of <= due:
        return "open", f"due on {due}", [], progress
    if progress and _BEGIN.search(chain[-1].promise.citation.text):
        return "unknown", f"under way on {progress[0][0].event.date}; the record does not say since when", [], progress
    reached = max((e.event.date or "" for e in events if _by(chain[0].promisor, e)), default="")
    if reached > due:
        return "overdue", f"due on {due}; nothing in the record shows that it was done", [], progress
    return "unknown", f"due on {due}; the record tells nothing of {chain[0].promisor} after that day", [], progress


def _by(code: str, merged: MergedEvent) -> bool:
    return any(a.code == code for a in merged.event.actors)


def _afterwards(
    chain: Sequence[_Told], events: Sequence[MergedEvent], documents: Documents, made: str, until: str
) -> tuple[Proof, Proof, Proof]:
    """What the record tells of the promised act since: done, done in part, refused or not done."""
    done: Proof = []
    progress: Proof = []
    refused: Proof = []
    for merged in events:
        event = merged.event
        if event.date is None or len(event.date) != len(made) or not made <= event.date <= until:
            continue
        for report in merged.reports:
            for mention in report.event.mentions:
                citation = cite_mention(report, mention, documents)
                if mention.due is not None or not _concerns(chain, report.event, mention, citation.text):
                    continue
                if mention.event == "REJECT" or mention.status == "negated":
                    refused.append((merged, citation))
                elif mention.status in _DONE:
                    whole = _wholly(chain, report.event, citation.text)
                    (done if whole else progress).append((merged, citation))
    return done, progress, refused


def _concerns(chain: Sequence[_Told], event: Event, mention: EventMention, text: str) -> bool:
    """Whether a mention is of the promised act, or of its refusal, by the side that promised."""
    told = chain[0]
    assert told.act is not None
    if not any(a.code == told.promisor for a in (*mention.actors, *event.actors)):
        return False
    if mention.event == "REJECT":
        frame = _frames().get(mention.rule.split("+")[0])
        return frame is not None and frame[0] == told.act[0] and _same_place(chain, event)
    if mention.event != told.act[0]:
        return False
    if told.act[0] in _BY_WORDS:
        return _same_meeting(chain, event, text)
    return not (told.act[1] and mention.modes and told.act[1] not in mention.modes)


def _same_meeting(chain: Sequence[_Told], event: Event, text: str) -> bool:
    """Whether a meeting (or aid, or a signature) is the promised one: the same sides, about the same things."""
    wanted = {code for told in chain for code in told.to}
    present = {a.code for a in (*event.actors, *event.recipients)}
    words = content_words(text)
    return (not wanted or bool(wanted & present)) and any(len(t.words & words) >= _SAME_WORDS for t in chain)


def _same_place(chain: Sequence[_Told], event: Event) -> bool:
    places = [t.place for t in chain if t.place]
    if event.place is None or not places:
        return True
    return any(p.name == event.place.name or p.country == event.place.country for p in places)


def _wholly(chain: Sequence[_Told], event: Event, text: str) -> bool:
    """Whether the sentence tells the promised act as done in whole.

    Troops leave bit by bit, so for a withdrawal the sentence must say "the last", "all" or "completed", and the place
    left must be the country and not a base in it. What is begun is done only where no more was promised.
    """
    act = chain[0].act
    assert act is not None
    if not text or _UNREAL.search(text):
        return False
    if _PART.search(text) and not (_BEGIN.search(text) and _BEGIN.search(chain[-1].promise.citation.text)):
        return False
    if act[0] != "RETREAT":
        return True
    if not _WHOLE.search(text):
        return False
    wanted = {code for told in chain for code in told.to}
    left = {a.code for a in event.recipients}
    if event.place is not None and event.place.precision == "country":
        left.add(event.place.country)
    return not wanted or bool(wanted & left)
