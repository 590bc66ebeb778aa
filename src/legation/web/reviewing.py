"""Reviews as the store's log of changes keeps them: verdicts, corrections, missed events, rounds of double coding.

The log is only added to, and an undo is noted beside it, so every line says who, when, before and after. Targets:
``event:ID`` (a correction, laid over the record), ``review:ID`` (a verdict), ``missed:DOCUMENT`` (an event that the
coder did not find), ``coding:ROUND:ID`` (one coder's blind reading) and ``settled:ROUND:ID`` (what was decided).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from legation.record import MergedEvent
from legation.store import Change
from legation.web import counting
from legation.web.agreement import Agreement, agreement
from legation.web.answers import BadRequestError, NotThereError
from legation.web.codings import FIELDS, Coding, changed, coding_of, from_record
from legation.web.desk import Desk

ROUND = "round"
VERDICTS = ("accepted", "corrected", "rejected")
_LOOKED = 200  # events of a queue that are looked through at a time
MOST_IN_ROUND = 500


@dataclass(frozen=True, slots=True)
class Round:
    """Events that two or more people code without seeing each other's codings."""

    name: str
    title: str
    events: tuple[str, ...]
    by: str  # doubt or sample
    who: str  # who made it


@dataclass(frozen=True, slots=True)
class Missed:
    """An event that the coder did not find, added by hand."""

    key: int
    document: str
    sentence: int | None
    coding: Coding
    who: str
    at: str


def log(desk: Desk) -> list[Change]:
    """Every change, oldest first."""
    return desk.kept("log", lambda: desk.store.changes())


def standing(changes: Iterable[Change], prefix: str) -> list[Change]:
    """The changes of a kind that nobody took back."""
    return [c for c in changes if c.undone is None and c.target.startswith(prefix)]


def verdicts(desk: Desk) -> dict[str, Change]:
    """The verdict that stands on each reviewed event, the latest of several."""
    return {c.target.removeprefix("review:"): c for c in standing(log(desk), "review:")}


def accept(desk: Desk, merged: MergedEvent, who: str) -> Change:
    """Say that an event is right as it stands."""
    return _verdict(desk, merged, who, "accepted", [])


def reject(desk: Desk, merged: MergedEvent, who: str, note: str | None = None) -> Change:
    """Say that there is no such event; it stays in the log and leaves the record."""
    change = desk.store.change(f"event:{merged.id}", "rejected", True, who=who, note=note)
    return _verdict(desk, merged, who, "rejected", [change.key])


def correct(desk: Desk, merged: MergedEvent, coding: Coding, who: str, note: str | None = None) -> Change:
    """Lay a corrected reading over an event; one that changes nothing is an acceptance."""
    fields = changed(merged.event, coding)
    if not fields:
        return accept(desk, merged, who)
    keys = [
        desk.store.change(f"event:{merged.id}", name, value, who=who, note=note).key for name, value in fields.items()
    ]
    return _verdict(desk, merged, who, "corrected", keys)


def undo(desk: Desk, key: int, who: str) -> Change:
    """Take a change back; with a verdict, the corrections that came with it."""
    found = next((c for c in log(desk) if c.key == key), None)
    if found is None:
        raise NotThereError("change", str(key))
    with_it = found.after.get("changes", []) if isinstance(found.after, dict) else []
    done = desk.store.undo(key, who=who)
    for other in with_it:
        desk.store.undo(int(other), who=who)
    desk.changed()
    return done


def last_of(desk: Desk, who: str) -> Change | None:
    """The last verdict or addition of somebody that stands."""
    own = [c for c in log(desk) if c.undone is None and c.who == who and c.target.startswith(("review:", "missed:"))]
    return own[-1] if own else None


def add_missed(desk: Desk, document: str, sentence: int | None, coding: Coding, who: str) -> Change:
    """Note an event that the coder did not find."""
    after = {**coding.record(), "sentence": sentence}
    change = desk.store.change(f"missed:{document}", "event", after, who=who)
    desk.changed()
    return change


def missed(desk: Desk, document: str | None = None) -> list[Missed]:
    """The events added by hand, of one document or of all."""
    found = []
    for change in standing(log(desk), "missed:"):
        name = change.target.removeprefix("missed:")
        if document in (None, name) and isinstance(change.after, dict):
            coding = from_record(change.after)
            found.append(Missed(change.key, name, change.after.get("sentence"), coding, change.who, change.at))
    return found


def queue(desk: Desk, by: str) -> list[str]:
    """The ids of events to review next, the least sure first or in an order by chance; reviewed ones left out."""
    done = verdicts(desk)
    ask = counting.in_doubt if by == "doubt" else counting.by_chance
    found: list[str] = []
    offset = 0
    while len(found) < _LOOKED // 4:
        ids = desk.kept(("queue", by, offset), lambda at=offset: ask(desk.store, _LOOKED, at))  # type: ignore[misc]
        found += [name for name in ids if name not in done]
        if len(ids) < _LOOKED:
            break
        offset += _LOOKED
    return found


def new_round(desk: Desk, title: str, size: int, by: str, who: str) -> Round:
    """Choose events for double coding."""
    if not 1 <= size <= MOST_IN_ROUND:
        raise BadRequestError(f"A round has 1 to {MOST_IN_ROUND} events.")
    ids = (counting.in_doubt if by == "doubt" else counting.by_chance)(desk.store, size, 0)
    if not ids:
        raise BadRequestError("There is no event to code.")
    taken = desk.store.saved(ROUND)
    number = len(taken) + 1
    while f"round-{number}" in taken:
        number += 1
    made = Round(f"round-{number}", title.strip()[:100] or f"Round {number}", tuple(ids), by, who)
    desk.store.save(ROUND, made.name, {"title": made.title, "events": list(ids), "by": by, "who": who})
    desk.changed()
    return made


def rounds(desk: Desk) -> list[Round]:
    """Every round."""
    return [
        Round(name, str(b.get("title", name)), tuple(b.get("events", ())), str(b.get("by", "")), str(b.get("who", "")))
        for name, b in desk.store.saved(ROUND).items()
        if isinstance(b, dict)
    ]


def round_named(desk: Desk, name: str) -> Round:
    """A round, or NotThereError."""
    for found in rounds(desk):
        if found.name == name:
            return found
    raise NotThereError("round", name)


def codings(desk: Desk, found: Round) -> dict[str, dict[str, Coding]]:
    """What each coder said of each event of a round."""
    prefix = f"coding:{found.name}:"
    by_coder: dict[str, dict[str, Coding]] = {}
    for change in standing(log(desk), prefix):
        if isinstance(change.after, dict):
            by_coder.setdefault(change.who, {})[change.target.removeprefix(prefix)] = from_record(change.after)
    return dict(sorted(by_coder.items()))


def code(desk: Desk, found: Round, event: str, coding: Coding, who: str) -> Change:
    """One coder's reading of one event; a second one of the same coder replaces the first, and the log keeps both."""
    if event not in found.events:
        raise NotThereError("event of this round", event)
    before = codings(desk, found).get(who, {}).get(event)
    change = desk.store.change(
        f"coding:{found.name}:{event}", "coding", coding.record(), who=who, before=before.record() if before else None
    )
    desk.changed()
    return change


def agreements(votes: dict[str, dict[str, Coding]]) -> list[Agreement]:
    """The agreement on each field, and first on whether there is an event at all.

    A field is compared where both see an event: two who differ on that differ once, not seven times.
    """
    found = [
        agreement("is it an event", {w: {e: str(c.is_event) for e, c in own.items()} for w, own in votes.items()})
    ]
    for field in FIELDS:
        values = {w: {e: c.value(field) for e, c in own.items() if c.is_event} for w, own in votes.items()}
        found.append(agreement(field, values))
    return found


def settled(desk: Desk, found: Round) -> dict[str, Change]:
    """What was decided on each event of a round."""
    prefix = f"settled:{found.name}:"
    return {c.target.removeprefix(prefix): c for c in standing(log(desk), prefix)}


def settle(desk: Desk, found: Round, event: str, coding: Coding, who: str) -> Change:
    """Decide what an event is; the decision is laid over the record."""
    merged = desk.event(event)
    verdict = correct(desk, merged, coding, who, f"settled in {found.title}") if coding.is_event else reject(
        desk, merged, who, f"settled in {found.title}"
    )
    change = desk.store.change(
        f"settled:{found.name}:{event}", "coding", {**coding.record(), "changes": [verdict.key]}, who=who
    )
    desk.changed()
    return change


def differences(votes: dict[str, dict[str, Coding]], events: Sequence[str]) -> dict[str, list[str]]:
    """The fields on which the coders of an event differ, for the events that two or more coded."""
    found: dict[str, list[str]] = {}
    for event in events:
        given = [own[event] for own in votes.values() if event in own]
        if len(given) < 2:
            continue
        if len({c.is_event for c in given}) > 1:
            found[event] = ["is it an event"]
            continue
        found[event] = [f for f in FIELDS if len({c.value(f) for c in given}) > 1]
    return found


def _verdict(desk: Desk, merged: MergedEvent, who: str, verdict: str, keys: list[int]) -> Change:
    before = verdicts(desk).get(merged.id)
    machine: dict[str, Any] = coding_of(merged.event).record()
    if before is not None and isinstance(before.after, dict):
        machine = before.after.get("was", machine)  # what the coder said, not what an earlier review made of it
    change = desk.store.change(
        f"review:{merged.id}",
        "verdict",
        {"verdict": verdict, "changes": keys, "was": machine},
        who=who,
        before=None if before is None else before.after.get("verdict"),
    )
    desk.changed()
    return change
