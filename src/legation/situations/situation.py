"""A situation: a question with a name, and its live answer.

>>> situation = read_situation(Path("afghanistan-2021.toml"))
>>> answer(situation, store.events(situation.query), ..., as_of="2021-09-30")
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from legation.errors import InputPathError, LegationError
from legation.record import MergedEvent, Query, Statement
from legation.situations.citing import Documents
from legation.situations.disputes import DisputedFact, disputed_facts
from legation.situations.pledges import TrackedPledge, track_pledges
from legation.situations.positions import Position, positions
from legation.situations.timelines import (
    Intensity,
    PlaceCount,
    Role,
    TimelineDay,
    dyads,
    in_order,
    intensity,
    new_since,
    places,
    roles,
    timeline,
)

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_DYADS = 10  # pairs of states of which the intensity is shown


class SituationError(LegationError):
    """A situation that cannot be asked; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A saved question."""

    name: str  # small letters, digits, "-", "_", "."
    query: Query
    title: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SituationAnswer:
    """Everything the record says to a situation on a day."""

    situation: Situation
    as_of: str
    events: tuple[MergedEvent, ...]
    timeline: tuple[TimelineDay, ...]
    roles: tuple[Role, ...]
    dyads: tuple[tuple[Intensity, ...], ...]  # the busiest pairs, each by month
    statements: tuple[Statement, ...]
    positions: tuple[Position, ...]
    pledges: tuple[TrackedPledge, ...]
    disputes: tuple[DisputedFact, ...]
    places: tuple[PlaceCount, ...]
    since: str | None = None
    new: tuple[MergedEvent, ...] = ()  # told since that day for the first time
    documents: Documents = field(default_factory=dict)


def answer(
    situation: Situation,
    events: Iterable[MergedEvent],
    statements: Iterable[Statement] = (),
    documents: Documents | None = None,
    *,
    as_of: str,
    since: str | None = None,
    around: Iterable[MergedEvent] = (),
) -> SituationAnswer:
    """The answer from the events and statements that a store gives to the situation's query.

    `documents` by id serve to quote sentences; `as_of` is the day on which pledges are judged. `around` are events of
    the same sides before and after: a promise may be older than the situation, and be kept after it.
    """
    documents = documents or {}
    ordered = in_order(events)
    told = tuple(statements)
    by_month = tuple(intensity(ordered, a, b) for a, b in dyads(ordered)[:_DYADS])
    return SituationAnswer(
        situation=situation,
        as_of=as_of,
        events=ordered,
        timeline=timeline(ordered),
        roles=roles(ordered),
        dyads=tuple(rows for rows in by_month if rows),
        statements=told,
        positions=positions(told),
        pledges=_pledges(ordered, around, documents, as_of),
        disputes=disputed_facts(ordered, told, documents),
        places=places(ordered),
        since=since,
        new=new_since(ordered, since) if since else (),
        documents=documents,
    )


def _pledges(
    events: tuple[MergedEvent, ...], around: Iterable[MergedEvent], documents: Documents, as_of: str
) -> tuple[TrackedPledge, ...]:
    """The pledges of which a promise is told in the situation, with what is known of them from around it."""
    own = {e.id for e in events}
    everything = {e.id: e for e in (*events, *around)}
    tracked = track_pledges(everything.values(), documents, as_of=as_of)
    return tuple(p for p in tracked if own & {promise.event for d in p.deadlines for promise in d.promises})


def read_situation(path: Path) -> Situation:
    """The situation of a TOML file; raises InputPathError or SituationError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise InputPathError(str(path), f"cannot be read ({err.strerror})") from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise InputPathError(str(path), f"is not TOML ({err})") from err
    return situation_of(raw)


def situation_of(raw: Mapping[str, Any]) -> Situation:
    """The situation of plain values, checked; raises SituationError."""
    name = checked_name(str(raw.get("name", "")))
    unknown = sorted(set(raw) - {"name", "title", "note", "query"})
    if unknown:
        raise SituationError(f"A situation has no '{unknown[0]}'; it has name, title, note and query.")
    return Situation(name, query_of(raw.get("query", {})), raw.get("title"), raw.get("note"))


def checked_name(name: str) -> str:
    """The name, if it can be typed and stand in an address; raises SituationError."""
    if not _NAME.fullmatch(name):
        raise SituationError(f"'{name}' cannot be a situation's name: use small letters, digits and '-', '_' or '.'.")
    return name


def query_of(raw: Mapping[str, Any]) -> Query:
    """The query of plain values; raises SituationError for a field or a value that is none."""
    known = {f.name: f for f in fields(Query)}
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name not in known:
            raise SituationError(f"A question has no '{name}'; it has {', '.join(known)}.")
        values[name] = _checked(name, tuple(value) if isinstance(value, list) else value)
    return Query(**values)


_TEXT, _FLAG, _NUMBER = ("words", "since", "until"), ("directed",), ("min_confidence",)


def _checked(name: str, value: Any) -> Any:
    if name in _TEXT:
        right = isinstance(value, str)
        if right and name != "words" and not _DAY.fullmatch(value):
            raise SituationError(f"'{value}' is no date. Write '{name}' as 2021-07-09.")
    elif name in _FLAG:
        right = isinstance(value, bool)
    elif name in _NUMBER:
        right = isinstance(value, (int, float)) and not isinstance(value, bool)
    else:
        kind = int if name == "quads" else str
        right = isinstance(value, tuple) and all(isinstance(v, kind) for v in value)
        if right and name == "dyad" and len(value) != 2:
            raise SituationError("A dyad has two sides: write it as ['IND', 'PAK'].")
    if not right:
        raise SituationError(f"'{name}' of a question cannot be {value!r}.")
    return value


_YEARS_AROUND = 2


def around(query: Query) -> Query:
    """The question whose events help to judge the pledges of `query`: the same sides, from two years before it on."""
    first = f"{int(query.since[:4]) - _YEARS_AROUND:04d}{query.since[4:]}" if query.since else None
    first = first.replace("-02-29", "-02-28") if first else None
    return Query(actors=query.actors, dyad=query.dyad, places=query.places, since=first)


def to_plain(situation: Situation) -> dict[str, Any]:
    """The situation as plain values, without what is not asked: `situation_of` reads it."""
    query = {f.name: getattr(situation.query, f.name) for f in fields(Query)}
    asked = {n: list(v) if isinstance(v, tuple) else v for n, v in query.items() if v not in ((), None, False, 0.0)}
    record = {"name": situation.name, "title": situation.title, "note": situation.note, "query": asked}
    return {name: value for name, value in record.items() if value is not None}


def in_words(query: Query) -> str:
    """The question as a reader would ask it."""
    parts = []
    if query.actors:
        parts.append("with " + " or ".join(query.actors))
    if query.dyad:
        parts.append(f"{query.dyad[0]} {'to' if query.directed else 'and'} {query.dyad[1]}")
    for name, words in (
        ("events", "of type"),
        ("modes", "with mode"),
        ("quads", "of quad code"),
        ("statuses", "that are"),
        ("contexts", "about"),
        ("places", "in"),
        ("outlets", "told by"),
    ):
        values = getattr(query, name)
        if values:
            parts.append(f"{words} " + " or ".join(str(v) for v in values))
    if query.words:
        parts.append(f"with the words '{query.words}'")
    if query.since:
        parts.append(f"from {query.since}")
    if query.until:
        parts.append(f"to {query.until}")
    if query.min_confidence:
        parts.append(f"with confidence {query.min_confidence} or more")
    return "Events " + ", ".join(parts) if parts else "All events"
