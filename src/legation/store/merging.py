"""Reports into events: only the window that an addition touches is linked again, and an event keeps its id.

The id of an event is that of its first report in the order they came (or of the one a person corrected), so it
lasts when reports are added, when documents are coded anew, and through taking apart and putting together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from legation.model import Event
from legation.record import MergedEvent, Report
from legation.store import schema
from legation.store.asking import chunks
from legation.store.changing import corrected_ids, overlays
from legation.store.counting import tally
from legation.store.indexing import about, dyad_rows, event_row, side_rows, tag_rows
from legation.store.packing import Reading, pack, unpack, unpack_event
from legation.store.schema import documents, events, events_past, reports, sides

Pair = tuple[tuple[str, str], tuple[str, str]]


class Link(Protocol):
    """What makes events of reports; `apart` are pairs of `Report.key` that it must not join."""

    def __call__(self, reports: Iterable[Report], *, apart: Iterable[Pair] = ()) -> tuple[MergedEvent, ...]: ...


# Two reports about days farther apart are not of one event. A linker that joins across more days says so in an
# attribute `window_days`.
WINDOW_DAYS = 3
# An event that has no report left, between the loss of the last and its tombstone.
_NOTHING = Event("", "", (), (), (), (), "happened", ())


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as the store has it."""

    key: int
    id: str
    event: int  # events.key
    report: Report


def alone(reports: Iterable[Report], *, apart: Iterable[Pair] = ()) -> tuple[MergedEvent, ...]:
    """Each report its own event: how a store without a linker joins."""
    return tuple(MergedEvent(r.event.id, r.event, (r,)) for r in reports)


def load_reports(conn: Connection, condition: Any) -> list[Kept]:
    """The reports that fulfil the condition, in the order they came."""
    r, d = reports.c, documents.c
    asked = (
        select(r.key, r.id, r.event, r.body, d.id.label("document"), d.outlet, d.published, d.copy_of, d.story, r.text)
        .join(documents, r.document == d.key)
        .where(condition)
        .order_by(r.key)
    )
    return [
        Kept(
            row.key,
            row.id,
            row.event,
            Report(row.document, unpack_event(row.body), row.outlet, row.published, row.copy_of, row.story, row.text),
        )
        for row in conn.execute(asked)
    ]


def relink(
    conn: Connection, touched: Sequence[int], before: Mapping[int, MergedEvent], link: Link, now: str, why: str
) -> None:
    """Link the reports `touched` with those near them, and write what is new of it.

    `before` are events whose reports were changed since, as they were: what remains of them is linked too.
    """
    new = [k for chunk in chunks(touched) for k in load_reports(conn, reports.c.key.in_(chunk))]
    old_keys = {k.event for k in new if k.event} | set(before)
    if link is not alone:
        old_keys |= _near(conn, new, getattr(link, "window_days", WINDOW_DAYS))
    new_keys = {k.key for k in new}
    beside = [
        k
        for chunk in chunks(sorted(old_keys))
        for k in load_reports(conn, reports.c.event.in_(chunk))
        if k.key not in new_keys
    ]
    everything = sorted([*new, *beside], key=lambda k: k.key)
    old = _rows(conn, old_keys)
    groups = _grouped(conn, everything, old, link)
    _write(conn, groups, old, set(touched), before, now, why)


def _near(conn: Connection, new: Sequence[Kept], window: int) -> set[int]:
    """The events that a new report could be of: its type, about the same days, a side or the country in common."""
    by_type: dict[str, list[tuple[int | None, str]]] = {}
    for k in new:
        event = k.report.event
        names = {a.code for a in (*event.actors, *event.recipients) if a.code}
        if event.place and event.place.country:
            names.add(f"in {event.place.country}")
        day = about(event, k.report.published)
        by_type.setdefault(event.event, []).extend((day, name) for name in sorted(names))
    found: set[int] = set()
    for kind in sorted(by_type):
        wanted = by_type[kind]
        undated = {name for day, name in wanted if day is None}
        if undated:
            found.update(event for event, _, _ in _told(conn, kind, None, undated))
        for cluster in _clusters([(day, name) for day, name in wanted if day is not None], window):
            days: dict[str, list[int]] = {}
            for day, name in cluster:
                days.setdefault(name, []).append(day)
            span = (min(cluster)[0] - window, max(cluster)[0] + window)
            for event_key, day, name in _told(conn, kind, span, set(days)):
                if any(abs(day - other) <= window for other in days[name]):
                    found.add(event_key)
    return found


def _clusters(wanted: list[tuple[int, str]], window: int) -> Iterator[list[tuple[int, str]]]:
    """The days wanted, in lists between which there is nothing to look for."""
    cluster: list[tuple[int, str]] = []
    for day, name in sorted(set(wanted)):
        if cluster and day - cluster[-1][0] > 2 * window:
            yield cluster
            cluster = []
        cluster.append((day, name))
    if cluster:
        yield cluster


def _told(
    conn: Connection, kind: str, span: tuple[int, int] | None, names: set[str]
) -> Iterator[tuple[int, int, str]]:
    """(event, day, name) of the reports of a type in these days, for each of the names that is theirs."""
    r, s, e = reports.c, sides.c, events.c
    when = [r.type == kind, r.about.is_(None) if span is None else r.about.between(*span)]
    codes = sorted(n for n in names if not n.startswith("in "))
    countries = sorted(n[3:] for n in names if n.startswith("in "))
    if codes:
        asked = select(r.event, func.coalesce(r.about, 0), s.code).join(sides, s.event == r.event)
        yield from map(tuple, conn.execute(asked.where(*when, s.code.in_(codes))))
    if countries:
        asked = select(r.event, func.coalesce(r.about, 0), "in " + e.country).join(events, e.key == r.event)
        yield from map(tuple, conn.execute(asked.where(*when, e.country.in_(countries))))


@dataclass(slots=True)
class _Group:
    """Reports that are one event, and what they say together."""

    id: str
    members: list[Kept]
    merged: MergedEvent


def _grouped(conn: Connection, kept: Sequence[Kept], old: dict[int, Any], link: Link) -> list[_Group]:
    """The reports as events, with what people said of them kept: what is apart, rejected or corrected."""
    corrected = corrected_ids(conn, [k.id for k in kept])
    by_key = {k.report.key: k for k in kept}
    rejected = {row.id for row in old.values() if row.rejected}
    rejected_keys = {key for key, row in old.items() if row.rejected}
    free = [k for k in kept if k.event not in rejected_keys]
    held: dict[int, list[Kept]] = {}
    for k in kept:
        if k.event in rejected_keys:
            held.setdefault(k.event, []).append(k)
    apart = _apart(conn, [k.id for k in kept])
    keys = {k.id: k.report.key for k in kept}
    pairs = [(keys[one], keys[other]) for one, other in sorted(apart) if one in keys and other in keys]
    merged = [
        (m, [by_key[r.key] for r in m.reports])
        for ks in (free, *held.values())
        for m in link([k.report for k in ks], apart=pairs)
    ]
    anchors = corrected - rejected
    groups: list[_Group] = []
    for one, members in merged:
        members = sorted(members, key=lambda k: k.key)
        for part in _parts(members, one, apart, anchors):
            if len(part) == len(members):
                groups.append(_group(part, one, corrected))
                continue
            for again in link([k.report for k in part]):
                groups.append(_group([by_key[r.key] for r in again.reports], again, corrected))
    return sorted(groups, key=lambda g: g.members[0].key)


def _group(members: list[Kept], merged: MergedEvent, corrected: set[str]) -> _Group:
    members = sorted(members, key=lambda k: k.key)
    bearer = next((k for k in members if k.id in corrected), members[0])
    return _Group(bearer.id, members, replace(merged, id=bearer.id, reports=tuple(k.report for k in members)))


def _parts(
    members: list[Kept], merged: MergedEvent, apart: set[tuple[str, str]], anchors: set[str]
) -> list[list[Kept]]:
    """The members in as few parts as keep asunder what must be; each goes where it is joined, else to the first."""
    if len(members) == 1 or not (apart or anchors):
        return [members]
    joined = {(j.first, j.second) for j in merged.joins}
    parts: list[list[Kept]] = []
    for k in members:
        free = [p for p in parts if not any(_asunder(k, other, apart, anchors) for other in p)]
        near = [p for p in free if any(_joined(k, other, joined) for other in p)]
        if near or free:
            (near or free)[0].append(k)
        else:
            parts.append([k])
    return parts


def _joined(one: Kept, other: Kept, joined: set[tuple[tuple[str, str], tuple[str, str]]]) -> bool:
    a, b = one.report.key, other.report.key
    return (a, b) in joined or (b, a) in joined


def _asunder(one: Kept, other: Kept, apart: set[tuple[str, str]], anchors: set[str]) -> bool:
    pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
    return pair in apart or (one.id in anchors and other.id in anchors)


def _apart(conn: Connection, ids: Sequence[str]) -> set[tuple[str, str]]:
    a = schema.apart.c
    return {
        (row.first, row.second)
        for chunk in chunks(ids)
        for row in conn.execute(select(a.first, a.second).where(a.first.in_(chunk), a.undone.is_(None)))
    }


def _rows(conn: Connection, keys: Iterable[int]) -> dict[int, Any]:
    return {
        row.key: row
        for chunk in chunks(sorted(keys))
        for row in conn.execute(select(events).where(events.c.key.in_(chunk)))
    }


def _write(
    conn: Connection,
    groups: list[_Group],
    old: dict[int, Any],
    touched: set[int],
    before: Mapping[int, MergedEvent],
    now: str,
    why: str,
) -> None:
    """Make the rows of the events those of the groups: unchanged ones stay as they are."""
    by_id = {row.id: row for row in old.values()}
    members: dict[int, list[int]] = {}
    for k in sorted((k for g in groups for k in g.members), key=lambda k: k.key):
        members.setdefault(k.event, []).append(k.key)
    bodies = {g.id: _body(g) for g in groups}
    stays = {
        g.id
        for g in groups
        if g.id in by_id
        and members.get(by_id[g.id].key) == [k.key for k in g.members]
        and by_id[g.id].body == bodies[g.id]
        and not any(k.key in touched for k in g.members)
    }
    gone = [row for row in old.values() if row.id not in stays]
    retire(conn, gone, before, now, why)
    fresh = [g for g in groups if g.id not in stays]
    first = next_event(conn)
    keyed = list(zip(range(first, first + len(fresh)), fresh, strict=True))
    new = [
        NewEvent(key, g.merged, bodies[g.id], by_id[g.id].added if g.id in by_id else now) for key, g in keyed
    ]
    write_events(conn, new, now)
    moved = [{"k": k.key, "e": key} for key, g in keyed for k in g.members]
    if moved:
        conn.execute(update(reports).where(reports.c.key == bindparam("k")).values(event=bindparam("e")), moved)
    _bury(conn, gone, groups, now, why)


def next_event(conn: Connection) -> int:
    """The first key that no event bears or bore."""
    now = conn.scalar(select(func.max(events.c.key))) or 0
    past = conn.scalar(select(func.max(events_past.c.key))) or 0
    return max(now, past) + 1


def _body(group: _Group) -> bytes | None:
    if len(group.members) == 1 and not group.merged.joins and not group.merged.disputes:
        return None  # one report's reading is its own
    return pack(Reading(group.merged.event, group.merged.joins, group.merged.disputes))


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to write: as its reports say it; what people corrected is laid over it."""

    key: int
    merged: MergedEvent
    body: bytes | None
    added: str


def write_events(conn: Connection, new: Sequence[NewEvent], now: str) -> None:
    """The events and the rows by which they are found, with the standing corrections laid over them."""
    laid = overlays(conn, [n.merged.id for n in new])
    found: dict[Table, list[dict[str, Any]]] = {t: [] for t in (events, sides, schema.dyads, schema.tags)}
    for n in new:
        overlay = laid.get(n.merged.id)
        merged = overlay.over(n.merged) if overlay else n.merged
        rejected = overlay is not None and overlay.rejected
        row = event_row(n.key, merged, added=n.added, since=now)
        found[events].append(
            {**row, "body": n.body, "rejected": int(rejected), "corrected": int(overlay is not None)}
        )
        if not rejected:
            found[sides] += side_rows(n.key, merged.event)
            found[schema.dyads] += dyad_rows(n.key, merged)
            found[schema.tags] += tag_rows(n.key, merged.event)
    for table, values in found.items():
        if values:
            conn.execute(insert(table), values)
    tally(conn, [row for row in found[events] if not row["rejected"]], found[sides], +1)


def retire(conn: Connection, gone: Sequence[Any], before: Mapping[int, MergedEvent], now: str, why: str) -> None:
    """Move events to the past, whole: with the reports they had."""
    if not gone:
        return
    kept = {row.key: merged for row, merged in zip(gone, assemble(conn, gone), strict=True) if merged.reports}
    whole = {**kept, **{row.key: before[row.key] for row in gone if row.key in before}}
    rows = [{**row._mapping, "until": now, "why": why, "body": pack(whole[row.key])} for row in gone]
    conn.execute(insert(events_past), [{str(k): v for k, v in row.items()} for row in rows])
    standing = [dict(row._mapping) for row in gone if not row.rejected]
    for chunk in chunks([row.key for row in gone]):
        asked = select(sides.c.event, sides.c.code).where(sides.c.event.in_(chunk))
        here = set(chunk)
        tally(
            conn, [row for row in standing if row["key"] in here], [dict(s._mapping) for s in conn.execute(asked)], -1
        )
        for now_table, past in ((sides, schema.sides_past), (schema.tags, schema.tags_past)):
            columns = [c.name for c in now_table.c]
            asked = select(now_table).where(now_table.c.event.in_(chunk))
            conn.execute(insert(past).from_select(columns, asked))
            conn.execute(delete(now_table).where(now_table.c.event.in_(chunk)))
        conn.execute(delete(schema.dyads).where(schema.dyads.c.event.in_(chunk)))
        conn.execute(delete(events).where(events.c.key.in_(chunk)))


def assemble(conn: Connection, rows: Sequence[Any], *, corrected: bool = True) -> list[MergedEvent]:
    """The merged events of rows of `events`, in their order, with the standing corrections laid over them."""
    told: dict[int, list[Kept]] = {}
    for chunk in chunks([row.key for row in rows]):
        for kept in load_reports(conn, reports.c.event.in_(chunk)):
            told.setdefault(kept.event, []).append(kept)
    laid = overlays(conn, [row.id for row in rows if corrected and row.corrected])
    read = [_merged(row, told.get(row.key, [])) for row in rows]
    return [laid[m.id].over(m) if m.id in laid else m for m in read]


def _merged(row: Any, kept: Sequence[Kept]) -> MergedEvent:
    told = tuple(k.report for k in kept)
    reading = Reading(told[0].event if told else _NOTHING) if row.body is None else unpack(row.body, Reading)
    return MergedEvent(row.id, reading.event, told, reading.joins, reading.disputes, row.story)


def _bury(conn: Connection, gone: Sequence[Any], groups: list[_Group], now: str, why: str) -> None:
    """A tombstone for each id that is no event's any more, pointing to where its reports are."""
    living = {g.id for g in groups}
    home = {k.id: g.id for g in groups for k in g.members}
    dead = [row for row in gone if row.id not in living]
    t = schema.tombstones
    for chunk in chunks(sorted(living)):
        conn.execute(delete(t).where(t.c.id.in_(chunk)))
    if dead:
        ids = [row.id for row in dead]
        for chunk in chunks(ids):
            conn.execute(delete(t).where(t.c.id.in_(chunk)))
        conn.execute(insert(t), [{"id": i, "at": now, "into": home.get(i), "why": why} for i in ids])
