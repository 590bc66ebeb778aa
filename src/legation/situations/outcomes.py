"""What came of a promise: the events that show it done, done in part, refused or not done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from legation.model import Event, EventMention
from legation.record import MergedEvent, Report
from legation.situations.citing import Citation, Documents, cite_mention
from legation.situations.promises import BY_WORDS, Told, content_words, frames
from legation.situations.timelines import is_day

Outcome = Literal["kept", "broken", "overdue", "unknown", "open"]
Proof = list[tuple[MergedEvent, Citation]]
SAME_WORDS = 2  # content words that two tellings of one meeting, one gift of aid and the like must share
LATE = 60  # days after its deadline in which a meeting is the promised one late, and a promise the old one moved
_LONG_LATE = 3660  # and so many for an act that is done once
_DONE = ("happened", "ongoing", "historical")
_PART = re.compile(
    r"\b(?:beg[aiu]n\w*|start\w*|some|most|part(?:ly|ial\w*)|first|half|per ?cent|nearly|almost|continu\w+)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:last|final|all|complet\w+|finish\w*|entire\w*|fully|whole)\b", re.IGNORECASE)
_UNREAL = re.compile(r"\b(?:would|could|might|may|should|will|if|unless)\b")  # "May" is a month
_BEGIN = re.compile(r"\b(?:beg[aiu]n\w*|start\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """How a promise stands, and why."""

    outcome: Outcome
    reason: str
    proof: tuple[tuple[MergedEvent, Citation], ...] = ()
    progress: tuple[tuple[MergedEvent, Citation], ...] = ()


@dataclass(frozen=True, slots=True)
class _Deed:
    """One mention of something done or refused."""

    merged: MergedEvent
    report: Report
    mention: EventMention


class Deeds:
    """What a record tells of each side's acts until a day, ready to be held against its promises."""

    def __init__(self, events: Iterable[MergedEvent], documents: Documents, as_of: str) -> None:
        self._documents = documents
        self._as_of = as_of
        self._by: dict[tuple[str, str], list[_Deed]] = {}
        self._last: dict[str, str] = {}
        for merged in events:
            day = merged.event.date
            if day is None or not is_day(day) or day > as_of:
                continue
            for code in {a.code for a in merged.event.actors if a.code}:
                self._last[code] = max(day, self._last.get(code, ""))
            for report in merged.reports:
                for mention in report.event.mentions:
                    if mention.due is None:
                        self._take(_Deed(merged, report, mention))

    def _take(self, deed: _Deed) -> None:
        for code in sorted({a.code for a in (*deed.mention.actors, *deed.report.event.actors) if a.code}):
            self._by.setdefault((code, deed.mention.event), []).append(deed)

    def judge(self, chain: Sequence[Told], *, due: str, made: str, renewed: str) -> Judged:
        """What came of the promise that was made first on `made` and last on `renewed`, and is due on `due`."""
        promisor = chain[0].promisor
        if chain[0].act is None:
            return Judged("unknown", "the promise names no act that an event of the record could show")
        done, part, refused = self._since(chain, made, due)
        progress = tuple(part)
        kept = [pair for pair in done if _day(pair) <= due]
        if kept:
            first = _day(kept[0])
            return Judged("kept", f"done on {first}, due on {due}", _of_day(kept, first), progress)
        against = [pair for pair in refused if _day(pair) >= renewed]
        if against:
            reason = f"called off, refused or not done, as told of {_day(against[0])}"
            return Judged("broken", reason, tuple(against), progress)
        if done:
            first = _day(done[0])
            reason = f"done on {first}, {days(due, first)} days after it was due"
            return Judged("broken", reason, _of_day(done, first), progress)
        if self._as_of <= due:
            return Judged("open", f"due on {due}", (), progress)
        if progress and _BEGIN.search(chain[-1].promise.citation.text):
            reason = f"under way on {_day(progress[0])}; the record does not say since when"
            return Judged("unknown", reason, (), progress)
        if self._last.get(promisor, "") > due:
            return Judged("overdue", f"due on {due}; nothing in the record shows that it was done", (), progress)
        return Judged("unknown", f"due on {due}; the record tells nothing of {promisor} after that day", (), progress)

    def _since(self, chain: Sequence[Told], made: str, due: str) -> tuple[Proof, Proof, Proof]:
        """Done, done in part, and refused or not done."""
        promisor, act = chain[0].promisor, chain[0].act
        assert act is not None
        until = later(due, LATE if act[0] in BY_WORDS else _LONG_LATE)
        done: Proof = []
        progress: Proof = []
        refused: Proof = []
        for kind in (act[0], "REJECT"):
            for deed in self._by.get((promisor, kind), ()):
                day = deed.merged.event.date or ""
                if not made <= day <= until:
                    continue
                citation = cite_mention(deed.report, deed.mention, self._documents)
                if not _concerns(chain, deed, citation.text):
                    continue
                pair = (deed.merged, citation)
                if kind == "REJECT" or (deed.mention.status == "negated" and day > due):
                    refused.append(pair)
                elif deed.mention.status in _DONE:
                    (done if _wholly(chain, deed.report.event, citation.text) else progress).append(pair)
        return done, progress, refused


def _day(pair: tuple[MergedEvent, Citation]) -> str:
    return pair[0].event.date or ""


def _of_day(pairs: Proof, day: str) -> tuple[tuple[MergedEvent, Citation], ...]:
    return tuple(pair for pair in pairs if _day(pair) == day)


def days(start: str, end: str) -> int:
    """The days from one to the other."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def later(day: str, number: int) -> str:
    """The day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=number)).isoformat()


def _concerns(chain: Sequence[Told], deed: _Deed, text: str) -> bool:
    """Whether a mention by the side that promised is of the promised act, or of its refusal."""
    act, mention = chain[0].act, deed.mention
    assert act is not None
    if mention.event == "REJECT":
        refused = frames().get(mention.rule.split("+")[0])
        return refused is not None and refused[0] == act[0] and _same_place(chain, deed.report.event)
    if act[0] in BY_WORDS:
        return _same_meeting(chain, deed.report.event, text)
    return not (act[1] and mention.modes and act[1] not in mention.modes)


def _same_meeting(chain: Sequence[Told], event: Event, text: str) -> bool:
    """Whether a meeting (or aid, or a signature) is the promised one: the same sides, about the same things."""
    wanted = {code for told in chain for code in told.to}
    present = {a.code for a in (*event.actors, *event.recipients)}
    words = content_words(text)
    return (not wanted or bool(wanted & present)) and any(len(t.words & words) >= SAME_WORDS for t in chain)


def _same_place(chain: Sequence[Told], event: Event) -> bool:
    places = [t.place for t in chain if t.place]
    if event.place is None or not places:
        return True
    return any(p.name == event.place.name or p.country == event.place.country for p in places)


def _wholly(chain: Sequence[Told], event: Event, text: str) -> bool:
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
