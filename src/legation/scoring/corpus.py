"""Scores a record that spans documents on a list of main events: how many are found, and each once.

The list is a file of JSON lines as examples/corpus/README.md describes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import msgspec

from legation.errors import InputPathError
from legation.model import Actor, Event
from legation.record import MergedEvent

_NOT_TOLD = ("negated", "hypothetical")
_DAYS_OFF = 1  # reports of the night are printed under either day


class GoldPlace(msgspec.Struct, frozen=True):
    """Where a main event was."""

    country: str
    name: str | None = None


class GoldEvent(msgspec.Struct, frozen=True):
    """A main event: the types that are right, both sides, the day, and the reports that tell it."""

    id: str
    what: str
    event: tuple[str, ...]
    date: str
    documents: tuple[str, ...]
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    place: GoldPlace | None = None


@dataclass(frozen=True, slots=True)
class CorpusScore:
    """Which main events were found, which more than once, and at how many the place is right."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    doubled: tuple[str, ...]  # found, but as more than one event
    placed: tuple[str, ...]  # found in the right country
    with_place: int  # found ones of which the list knows the country

    @property
    def share(self) -> float:
        """Found of all."""
        return len(self.found) / max(1, len(self.found) + len(self.missed))

    @property
    def once(self) -> float:
        """Found as one event, of those found."""
        return 1 - len(self.doubled) / max(1, len(self.found))


def read_gold(path: Path) -> list[GoldEvent]:
    """The main events of a file of JSON lines; raises InputPathError."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as err:
        raise InputPathError(str(path), f"cannot be read ({err.strerror})") from err
    return [msgspec.json.decode(line, type=GoldEvent) for line in lines if line.strip()]


def score_corpus(gold: Sequence[GoldEvent], events: Sequence[MergedEvent]) -> CorpusScore:
    """Hold a record against the list."""
    found: list[str] = []
    missed: list[str] = []
    doubled: list[str] = []
    placed: list[str] = []
    with_place = 0
    for wanted in gold:
        hits = [e for e in events if tells(wanted, e)]
        (found if hits else missed).append(wanted.id)
        if any(_one_twice(a, b) for a, b in combinations(hits, 2)):
            doubled.append(wanted.id)
        if hits and wanted.place:
            with_place += 1
            if any(e.event.place and e.event.place.country == wanted.place.country for e in hits):
                placed.append(wanted.id)
    return CorpusScore(tuple(found), tuple(missed), tuple(doubled), tuple(placed), with_place)


def tells(gold: GoldEvent, merged: MergedEvent) -> bool:
    """Whether this is that event: type, day, actors, recipients, and one of its reports."""
    event = merged.event
    if event.event not in gold.event or event.status in _NOT_TOLD:
        return False
    if not {r.document for r in merged.reports} & set(gold.documents) or not _same_day(event, gold.date):
        return False
    # In talks a host or a visitor may stand on either side.
    sides = (*event.actors, *event.recipients) if event.event == "CONSULT" else event.actors
    if not all(any(_is(code, actor) for actor in sides) for code in gold.actor):
        return False
    return not gold.recipient or any(_is(code, actor) for code in gold.recipient for actor in event.recipients)


def _one_twice(one: MergedEvent, other: MergedEvent) -> bool:
    """Whether two events that both fit are the same one told twice: by two reports, or by one in one sentence.

    What one report tells in two sentences are two acts: a demand and another one, an attack and who claimed it.
    """
    first, second = _sentences(one), _sentences(other)
    shared = {document for document, _ in first} & {document for document, _ in second}
    return not shared or bool(first & second)


def _sentences(merged: MergedEvent) -> set[tuple[str, int]]:
    return {(r.document, m.sentence) for r in merged.reports for m in r.event.mentions}


def _is(code: str, actor: Actor) -> bool:
    country, _, sectors = code.partition(" ")
    own = {actor.sector, *actor.other_sectors}
    return actor.code == country and (not sectors or any(s in own for s in sectors.split("/")))


def _same_day(event: Event, day: str) -> bool:
    if event.date is None:
        return False
    if len(event.date) != len("2021-07-09"):  # a month or a week holds the day or does not
        return day.startswith(event.date) or _week(day) == event.date
    last = event.enddate if event.enddate and len(event.enddate) == len(day) else event.date
    wanted = date.fromisoformat(day).toordinal()
    first, final = (date.fromisoformat(d).toordinal() for d in (event.date, last))
    return first - _DAYS_OFF <= wanted <= final + _DAYS_OFF


def _week(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"
