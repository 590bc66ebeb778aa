"""The record as it was: versions of documents and events, tombstones, and the questions of a day gone by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update

from legation.errors import LegationError
from legation.model import Document
from legation.record import MergedEvent, Query
from legation.store import changing, schema
from legation.store.asking import event_conditions
from legation.store.connecting import reading
from legation.store.merging import (
    NewEvent,
    assemble,
    next_event,
    retire,
    write_events,
)
from legation.store.packing import unpack
from legation.store.rows import DocumentVersion, Tombstone
from legation.store.schema import PAST, events, events_past, reports
from legation.store.writing import read_document

_ALL = Query()


class NoSuchEventError(LegationError):
    """An event that the store does not have."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"There is no event '{event_id}'.")


@dataclass(frozen=True, slots=True)
class EventVersion:
    """An event as it stood for a time."""

    merged: MergedEvent
    since: str
    until: str | None  # None: it stands
    why: str | None  # what ended it
    rejected: bool = False


def next_key(conn: Connection, table: Table) -> int:
    """The first free key of a table."""
    return (conn.scalar(select(func.max(table.c.key))) or 0) + 1


def trail(conn: Connection, event_id: str) -> Iterator[str]:
    """The id, and those of the events that its reports were joined to."""
    seen: set[str] = set()
    current: str | None = event_id
    while current and current not in seen:
        seen.add(current)
        yield current
        t = schema.tombstones.c
        current = conn.scalar(select(t.into).where(t.id == current))


def tombstone(conn: Connection, event_id: str) -> Tombstone | None:
    """Where an event went."""
    t = schema.tombstones.c
    row = conn.execute(select(t.id, t.at, t.into, t.why).where(t.id == event_id)).first()
    return None if row is None else Tombstone(*row)


def event_versions(conn: Connection, event_id: str) -> list[EventVersion]:
    """Every version, oldest first."""
    p = events_past.c
    rows = conn.execute(select(events_past).where(p.id == event_id).order_by(p.until, p.key)).all()
    found = [_past_version(row) for row in rows]
    standing = conn.execute(select(events).where(events.c.id == event_id)).all()
    found += [
        EventVersion(merged, row.since, None, None, bool(row.rejected))
        for row, merged in zip(standing, assemble(conn, standing), strict=True)
    ]
    return found


def _past_version(row: Any) -> EventVersion:
    return EventVersion(unpack(row.body, MergedEvent), row.since, row.until, row.why, bool(row.rejected))


def document_versions(conn: Connection, doc_id: str) -> list[DocumentVersion]:
    """Every version of a document, oldest first."""
    d, v, c = schema.documents.c, schema.document_versions.c, schema.coders.c
    row = conn.execute(
        select(d.key, d.since, c.about).join(schema.coders, c.key == d.coder).where(d.id == doc_id)
    ).first()
    if row is None:
        return []
    past = conn.execute(
        select(c.about, v.since, v.until, v.why)
        .select_from(schema.document_versions)
        .join(schema.coders, c.key == v.coder)
        .where(v.document == row.key)
        .order_by(v.until, v.key)
    )
    found = [DocumentVersion(json.loads(p.about), p.since, p.until, p.why) for p in past]
    return [*found, DocumentVersion(json.loads(row.about), row.since, None, None)]


def field_of(conn: Connection, event_id: str, field: str) -> Any:
    """What the field of an event is now; raises NoSuchEventError."""
    row = conn.execute(select(events).where(events.c.id == event_id)).first()
    if row is None:
        raise NoSuchEventError(event_id)
    if field == changing.REJECTED:
        return bool(row.rejected)
    return getattr(assemble(conn, [row])[0].event, field)


def standing(conn: Connection, target: str) -> tuple[Any, MergedEvent] | None:
    """The row of the event that a change names and the event as it is read, to be taken before the log changes."""
    if not target.startswith("event:"):
        return None
    row = conn.execute(select(events).where(events.c.id == target.removeprefix("event:"))).first()
    return None if row is None else (row, assemble(conn, [row])[0])


def refresh(conn: Connection, stood: tuple[Any, MergedEvent] | None, now: str, why: str) -> None:
    """Write the event anew under its corrections; as it stood it goes to the past."""
    if stood is None:
        return
    row, merged = stood
    plain = assemble(conn, [row], corrected=False)[0]
    key = next_event(conn)
    retire(conn, [row], {row.key: merged}, now, why)
    conn.execute(update(reports).where(reports.c.event == row.key).values(event=key))
    write_events(conn, [NewEvent(key, plain, row.body, row.added)], now)


def set_apart(
    conn: Connection,
    merged_id: str,
    pairs: Sequence[tuple[tuple[str, str], tuple[str, str]]],
    who: str,
    now: str,
    *,
    undo: bool,
) -> list[int]:
    """Note or take back that reports are of several events; gives the keys of the reports to link again."""
    a = schema.apart
    ids = {key: _report(conn, key) for pair in pairs for key in pair}
    for one, other in pairs:
        first, second = sorted((ids[one].id, ids[other].id))
        if undo:
            conn.execute(
                update(a).where(a.c.first == first, a.c.second == second, a.c.undone.is_(None)).values(undone=now)
            )
        else:
            conn.execute(
                insert(a).values(key=next_key(conn, a), first=first, second=second, who=who, at=now)
            )
    touched = {row.key for row in ids.values()}
    row = conn.execute(select(events.c.key).where(events.c.id == merged_id)).first()
    if row is not None:
        touched |= set(conn.scalars(select(reports.c.key).where(reports.c.event == row.key)))
    return sorted(touched)


def _report(conn: Connection, key: tuple[str, str]) -> Any:
    r, d = reports.c, schema.documents.c
    row = conn.execute(
        select(r.key, r.id)
        .join(schema.documents, d.key == r.document)
        .where(d.id == key[0], r.told == key[1])
    ).first()
    if row is None:
        raise NoSuchEventError(f"{key[0]} {key[1]}")
    return row


def remove_missed(conn: Connection, report_id: str) -> dict[int, MergedEvent]:
    """Take out a report that was added by hand; gives the event it was of, as it stood."""
    r = reports.c
    found = conn.execute(select(r.key, r.event).where(r.id == report_id, r.by.is_not(None))).first()
    if found is None:
        return {}
    rows = conn.execute(select(events).where(events.c.key == found.event)).all()
    before = {row.key: merged for row, merged in zip(rows, assemble(conn, rows), strict=True)}
    conn.execute(delete(reports).where(r.key == found.key))
    return before


class AsOf:
    """The record as it was known at a time. Words and outlets are looked for in the documents of today."""

    def __init__(self, engine: Engine, name: str, time: str) -> None:
        self._engine, self._name = engine, name
        self.time = f"{time}T23:59:59.999999+00:00" if len(time) == 10 else time

    def events(self, query: Query = _ALL, *, limit: int | None = None, offset: int = 0) -> list[MergedEvent]:
        """The events of the question as they stood, in order of date."""
        e, p = events.c, events_past.c
        with reading(self._engine, self._name) as conn:
            dialect = conn.dialect.name
            past = conn.execute(
                select(events_past).where(
                    p.since <= self.time, p.until > self.time, *event_conditions(query, dialect, PAST)
                )
            ).all()
            now = conn.execute(select(events).where(e.since <= self.time, *event_conditions(query, dialect))).all()
            found = [(row.day, row.id, unpack(row.body, MergedEvent)) for row in past]
            found += [(row.day, row.id, m) for row, m in zip(now, assemble(conn, now), strict=True)]
        ordered = [m for _, _, m in sorted(found, key=lambda f: f[:2])]
        return ordered[offset : None if limit is None else offset + limit]

    def count(self, query: Query = _ALL) -> int:
        """How many events fulfilled the question."""
        e, p = events.c, events_past.c
        with reading(self._engine, self._name) as conn:
            dialect = conn.dialect.name
            past = select(func.count()).select_from(events_past)
            past = past.where(p.since <= self.time, p.until > self.time, *event_conditions(query, dialect, PAST))
            now = select(func.count()).select_from(events)
            now = now.where(e.since <= self.time, *event_conditions(query, dialect))
            return (conn.scalar(past) or 0) + (conn.scalar(now) or 0)

    def event(self, event_id: str) -> MergedEvent | None:
        """The event as it stood, if it was one then."""
        with reading(self._engine, self._name) as conn:
            for version in event_versions(conn, event_id):
                if version.since <= self.time and (version.until is None or version.until > self.time):
                    return version.merged
        return None

    def each_document(self) -> Iterator[tuple[Document, dict[str, str]]]:
        """Every document as it was coded then, with its coder's account of itself."""
        d, c = schema.documents.c, schema.coders.c
        with reading(self._engine, self._name) as conn:
            abouts = {row.key: json.loads(row.about) for row in conn.execute(select(c.key, c.about))}
            for key in conn.scalars(select(d.key).where(d.added <= self.time).order_by(d.day, d.key)).all():
                row = conn.execute(select(schema.documents).where(d.key == key)).one()
                found = _document_then(conn, row, self.time)
                if found is not None:
                    yield found[0], abouts[found[1]]

    def document(self, doc_id: str) -> Document | None:
        """The document as it was coded then."""
        with reading(self._engine, self._name) as conn:
            row = conn.execute(select(schema.documents).where(schema.documents.c.id == doc_id)).first()
            found = None if row is None else _document_then(conn, row, self.time)
            return None if found is None else found[0]


def _document_then(conn: Connection, row: Any, time: str) -> tuple[Document, int] | None:
    """The document of a row as it was coded at a time, and its coder."""
    if row.since <= time:
        return read_document(conn, row), row.coder
    v = schema.document_versions.c
    past = conn.execute(
        select(v.body, v.coder).where(v.document == row.key, v.since <= time, v.until > time)
    ).first()
    return None if past is None else (replace(unpack(past.body, Document), id=row.id), past.coder)

