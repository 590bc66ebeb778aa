"""Promises with a day: moved, kept, broken, overdue, and the events that say so.

A pledge is followed by the act that was promised, which the rule of its coding names ("withdraw-forces+announce-that"
promises what the frame "withdraw-forces" codes). The same promise by the same side with another day is that pledge,
moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from legation.record import MergedEvent
from legation.situations.citing import Citation, Documents, unique
from legation.situations.outcomes import LATE, SAME_WORDS, Deeds, Outcome, days
from legation.situations.promises import BY_WORDS, Promise, Told, promises
from legation.situations.timelines import in_order

# "The soldiers were due to leave by May 1": not promised now, but what had been promised.
_BEFORE = re.compile(
    r"\b(?:(?:was|were|been) (?:due|to|supposed|meant|scheduled)|had (?:\w+ )?(?:agreed|promised|pledged|vowed)|"
    r"should have|originally|previous(?:ly)?)\b",
    re.IGNORECASE,
)


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


def track_pledges(
    events: Iterable[MergedEvent], documents: Documents | None = None, *, as_of: str
) -> tuple[TrackedPledge, ...]:
    """Every promise with a day, as it stood on the day `as_of`, in the order of the deadlines."""
    documents = documents or {}
    ordered = in_order(events)
    told = [t for t in promises(ordered, documents) if t.promise.made <= as_of]
    chains: dict[tuple[str, str | None], list[list[Told]]] = {}
    for one in sorted(told, key=lambda t: (t.promise.made, t.promise.due, t.promise.event)):
        alike = chains.setdefault((one.promisor, one.act[0] if one.act else None), [])
        home = next((chain for chain in alike if _same_pledge(chain, one)), None)
        if home is None:
            alike.append([one])
        else:
            home.append(one)
    deeds = Deeds(ordered, documents, as_of)
    tracked = [_tracked(chain, deeds) for alike in chains.values() for chain in alike]
    return tuple(sorted(tracked, key=lambda p: (p.due, p.promisor, p.id)))


def _same_pledge(chain: Sequence[Told], told: Told) -> bool:
    first, last = chain[0], chain[-1]
    if told.promisor != first.promisor or not _same_act(first.act, told.act):
        return False
    if first.to and told.to and not first.to & told.to:
        return False
    if days(max(t.promise.due for t in chain), told.promise.made) > LATE:
        return False
    if told.act is not None and told.act[0] == "RETREAT":
        return True  # one leaves a country, ends a war or lifts a ban once
    if (told.promise.due, told.promise.made) == (last.promise.due, last.promise.made) and told.words == last.words:
        return True
    return any(len(t.words & told.words) >= SAME_WORDS + (told.act is None) for t in chain)


def _same_act(one: tuple[str, str | None] | None, other: tuple[str, str | None] | None) -> bool:
    """Meetings and the like may be told with another mode; leaving, releasing and lifting are different acts."""
    if one is None or other is None:
        return one is other
    return one[0] == other[0] and (one[1] == other[1] or one[0] in BY_WORDS)


def _tracked(chain: Sequence[Told], deeds: Deeds) -> TrackedPledge:
    deadlines = _deadlines(chain)
    act = chain[0].act
    judged = deeds.judge(chain, due=deadlines[-1].due, made=deadlines[0].since, renewed=deadlines[-1].since)
    return TrackedPledge(
        id=chain[0].promise.event,
        promisor=chain[0].promisor,
        to=tuple(sorted({code for told in chain for code in told.to})),
        act=None if act is None else "/".join(part for part in act if part),
        deadlines=deadlines,
        outcome=judged.outcome,
        reason=judged.reason,
        evidence=unique(citation for _, citation in judged.proof),
        evidence_events=tuple(dict.fromkeys(event.id for event, _ in judged.proof)),
        progress=unique(citation for _, citation in judged.progress),
    )


def _deadlines(chain: Sequence[Told]) -> tuple[Deadline, ...]:
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
