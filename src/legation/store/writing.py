"""Documents into the store: what is known stays, what is new is kept, what was coded anew keeps its past."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from legation.errors import LegationError
from legation.model import Document, Event, Pledge
from legation.record import MergedEvent
from legation.statements import statements_of
from legation.store import schema
from legation.store.changing import ChangeError
from legation.store.days import first_day
from legation.store.indexing import about, sentences_of, voice_rows
from legation.store.merging import assemble
from legation.store.packing import (
    coder_digest,
    content_digest,
    document_body,
    pack,
    report_id,
    unpack,
    whole_body,
    whole_document,
    writable,
)
from legation.store.rows import Added
from legation.store.schema import documents, reports

# Below this share of common triples of words two texts under one id are two documents, not two versions of one.
_SAME_TEXT = 0.3
_BY_HAND = 1_000_000  # their place among a document's events: after those that were coded
T = TypeVar("T")
_WORD = re.compile(r"\w+")


class NoSuchDocumentError(LegationError):
    """A document that the store does not have."""

    def __init__(self, doc_id: str) -> None:
        super().__init__(f"There is no document '{doc_id}'.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document made ready outside the lock, so that a writer holds it for as short as can be."""

    doc: Document
    content: str
    body: bytes
    given: str  # the id it came with


def prepare(docs: Iterable[Document]) -> list[Prepared]:
    """The documents as they will be written; one that comes twice comes once."""
    ready: dict[tuple[str, str], Prepared] = {}
    for doc in map(writable, docs):
        content = content_digest(doc)
        doc = doc if doc.id else replace(doc, id=content[:16])
        ready.setdefault((doc.id, content), Prepared(doc, content, document_body(doc), doc.id))
    return list(ready.values())


@dataclass(slots=True)
class Batch:
    """What one transaction did: the count, and the reports whose events must be looked at again."""

    added: Added = field(default_factory=Added)
    touched: list[int] = field(default_factory=list)  # keys of reports that are new or changed
    before: dict[int, MergedEvent] = field(default_factory=dict)  # events that lose a report, as they were


def next_key(conn: Connection, table: Table) -> int:
    """The first free key; safe because there is one writer at a time."""
    return (conn.scalar(select(func.max(table.c.key))) or 0) + 1


def coder_key(conn: Connection, about: Mapping[str, str]) -> int:
    """The key of this coder, kept when it is new."""
    digest, text = coder_digest(about)
    key = conn.scalar(select(schema.coders.c.key).where(schema.coders.c.digest == digest))
    if key is None:
        key = next_key(conn, schema.coders)
        conn.execute(insert(schema.coders).values(key=key, digest=digest, about=text))
    return key


def write_documents(
    conn: Connection,
    ready: Sequence[Prepared],
    by: Mapping[str, str],
    now: str,
    copies: Mapping[str, str],
    stories: Mapping[str, str],
) -> Batch:
    """Write the documents and their reports, statements and pledges; events are linked afterwards."""
    coder = coder_key(conn, by)
    d = documents.c
    columns = (d.key, d.id, d.content, d.coder, d.url)
    ids, contents = [p.doc.id for p in ready], [p.content for p in ready]
    rows = conn.execute(select(*columns).where(d.id.in_(ids) | d.content.in_(contents))).all()
    by_id = {row.id: row for row in rows}
    by_content = {row.content: row for row in rows}
    batch = Batch()
    new: list[Prepared] = []
    fresh: set[str] = set()
    for p in ready:
        found = by_content.get(p.content) or by_id.get(p.doc.id)
        if p.content in fresh:
            batch.added += Added(known=1)
        elif found is None and p.doc.id not in {q.doc.id for q in new}:
            new.append(p)
            fresh.add(p.content)
        elif found is not None and found.content == p.content and found.coder == coder:
            batch.added += Added(known=1)
        elif found is not None and (found.content == p.content or _same_document(conn, found, p.doc)):
            _rewrite(conn, found.key, found.id, p, coder, now, batch)
        else:
            other = _renamed(p)
            if conn.scalar(select(d.key).where(d.id == other.doc.id)) is None:
                new.append(other)
                fresh.add(p.content)
    marks = {p.doc.id: (copies.get(p.given), stories.get(p.given)) for p in new}
    _insert(conn, new, marks, coder, now, batch)
    return batch


def _renamed(p: Prepared) -> Prepared:
    # Two files called 001.txt in two folders are two documents.
    doc = replace(p.doc, id=f"{p.doc.id}~{p.content[:8]}")
    return Prepared(doc, p.content, document_body(doc), p.given)


def _same_document(conn: Connection, found: Any, doc: Document) -> bool:
    """Whether what is kept under the id is an older text of this document, and not another document."""
    if found.url and doc.url:
        return bool(found.url == doc.url)
    text = conn.scalar(select(schema.texts.c.text).where(schema.texts.c.key == found.key)) or ""
    old, new = _triples(text), _triples(doc.text)
    if not old or not new:
        return text == doc.text
    return len(old & new) >= _SAME_TEXT * min(len(old), len(new))


def _triples(text: str) -> set[tuple[str, ...]]:
    words = [w.lower() for w in _WORD.findall(text)]
    return set(zip(words, words[1:], words[2:], strict=False))


def _insert(
    conn: Connection,
    new: Sequence[Prepared],
    marks: Mapping[str, tuple[str | None, str | None]],
    coder: int,
    now: str,
    batch: Batch,
) -> None:
    if not new:
        return
    first = next_key(conn, documents)
    keyed = list(enumerate(new, first))
    conn.execute(
        insert(documents),
        [
            {
                "key": key,
                "id": p.doc.id,
                "added": now,
                "copy_of": marks[p.doc.id][0],
                "story": marks[p.doc.id][1],
                **_details(p, coder, now),
            }
            for key, p in keyed
        ],
    )
    conn.execute(
        insert(schema.texts),
        [{"key": key, "title": p.doc.title or "", "text": p.doc.text} for key, p in keyed],
    )
    batch.added += Added(new=len(new))
    write_reports(conn, [_Telling(key, p.doc) for key, p in keyed], batch)
    write_statements(conn, [(key, p.doc) for key, p in keyed])


def _details(p: Prepared, coder: int, now: str) -> dict[str, Any]:
    doc = p.doc
    return {
        "content": p.content,
        "url": doc.url,
        "outlet": doc.outlet,
        "published": doc.published,
        "day": first_day(doc.published),
        "lang": doc.lang,
        "coder": coder,
        "since": now,
        "problems": len(doc.problems),
        "body": p.body,
    }


@dataclass(frozen=True, slots=True)
class _Telling:
    """A document with the reports of it that are in the store already, by the id of the event in the document."""

    key: int
    doc: Document
    heirs: dict[str, Any] = field(default_factory=dict)


def write_reports(conn: Connection, tellings: Iterable[_Telling], batch: Batch) -> None:
    """The events, quotes and pledges of documents; an event that has an heir's row keeps its key and id."""
    key = next_key(conn, reports)
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    promised: list[dict[str, Any]] = []
    for telling in tellings:
        doc = telling.doc
        ids = {told: row.id for told, row in telling.heirs.items()}
        for n, event in enumerate(doc.events):
            body = pack(event)
            row = telling.heirs.get(event.id)
            if row is not None:
                changed.append({"k": row.key, "n": n, **_report(doc, event, body)})
                if row.body != body:
                    batch.touched.append(row.key)
                continue
            ids[event.id] = _free_id(report_id(doc.id, event.id), set(ids.values()))
            row = {"key": key, "id": ids[event.id], "document": telling.key, "n": n, "event": 0}
            new.append({**row, **_report(doc, event, body)})
            batch.touched.append(key)
            key += 1
        promised += [
            {"document": telling.key, "report": ids[p.event], "due": p.due, "text": p.text}
            for p in doc.pledges
            if p.event in ids
        ]
    if changed:
        conn.execute(
            update(reports)
            .where(reports.c.key == bindparam("k"))
            .values({name: bindparam(name) for name in ("n", "told", "type", "about", "text", "body")}),
            changed,
        )
    if new:
        conn.execute(insert(reports), new)
    if promised:
        first = next_key(conn, schema.pledges)
        conn.execute(insert(schema.pledges), [{"key": k, **row} for k, row in enumerate(promised, first)])


@dataclass(frozen=True, slots=True)
class Missed:
    """The report of an event that a person added."""

    key: int
    id: str


def write_missed(conn: Connection, doc_id: str, event: Event, who: str) -> Missed:
    """A report added by hand; raises StoreError where there is no such document, or it has such an event."""
    row = conn.execute(select(documents).where(documents.c.id == doc_id)).first()
    if row is None:
        raise NoSuchDocumentError(doc_id)
    doc = read_document(conn, row)
    if any(event.id == e.id for e in doc.events):
        raise ChangeError(f"'{doc_id}' has an event '{event.id}' already.")
    missed = Missed(next_key(conn, reports), _free_id(report_id(doc_id, event.id), _report_ids(conn, row.key)))
    values = {"key": missed.key, "id": missed.id, "document": row.key, "n": _BY_HAND, "event": 0, "by": who}
    conn.execute(insert(reports).values(**values, **_report(doc, event, pack(event))))
    return missed


def _report_ids(conn: Connection, document: int) -> set[str]:
    return set(conn.scalars(select(reports.c.id).where(reports.c.document == document)))


def _report(doc: Document, event: Event, body: bytes) -> dict[str, Any]:
    return {
        "told": event.id,
        "type": event.event,
        "about": about(event, doc.published),
        "text": sentences_of(event, doc),
        "body": body,
    }


def write_statements(conn: Connection, docs: Iterable[tuple[int, Document]]) -> None:
    """The quotes of documents, with who speaks and of whom."""
    key = next_key(conn, schema.statements)
    rows: list[dict[str, Any]] = []
    voices: list[dict[str, Any]] = []
    for document, doc in docs:
        day = first_day(doc.published)
        for statement in statements_of(doc):
            contexts = f"|{'|'.join(statement.contexts)}|" if statement.contexts else ""
            row = {"key": key, "document": document, "day": day, "text": statement.quote.text, "contexts": contexts}
            rows.append({**row, "body": pack(statement)})
            voices += voice_rows(key, statement, day)
            key += 1
    if rows:
        conn.execute(insert(schema.statements), rows)
    if voices:
        conn.execute(insert(schema.voices), voices)


def _free_id(wanted: str, used: set[str]) -> str:
    # An event may bear the id that another reading of its document would give to a second one.
    while wanted in used:
        wanted = report_id(wanted, "again")
    return wanted


def _rewrite(conn: Connection, key: int, doc_id: str, p: Prepared, coder: int, now: str, batch: Batch) -> None:
    """A newer record of a document that is known: the older one becomes a version."""
    doc = replace(p.doc, id=doc_id)
    row = conn.execute(select(documents).where(documents.c.key == key)).one()
    old = read_document(conn, row)
    why = "coder" if row.content == p.content else "text" if old.text != doc.text else "details"
    conn.execute(
        insert(schema.document_versions).values(
            key=next_key(conn, schema.document_versions),
            document=key,
            content=row.content,
            coder=row.coder,
            since=row.since,
            until=now,
            why=why,
            body=whole_body(old),
        )
    )
    ready = p if doc is p.doc else Prepared(doc, p.content, document_body(doc), p.given)
    conn.execute(update(documents).where(documents.c.key == key).values(**_details(ready, coder, now)))
    if old.text != doc.text or old.title != doc.title:
        conn.execute(
            update(schema.texts).where(schema.texts.c.key == key).values(title=doc.title or "", text=doc.text)
        )
    s = schema.statements.c
    of_document = select(s.key).where(s.document == key)
    conn.execute(delete(schema.voices).where(schema.voices.c.statement.in_(of_document)))
    conn.execute(delete(schema.statements).where(s.document == key))
    conn.execute(delete(schema.pledges).where(schema.pledges.c.document == key))
    r = reports.c
    kept = conn.execute(select(r.key, r.id, r.event, r.body).where(r.document == key, r.by.is_(None))).all()
    heirs = inherit([(k, unpack(k.body, Event)) for k in kept], doc.events, same_text=old.text == doc.text)
    affected = conn.execute(select(schema.events).where(schema.events.c.key.in_({k.event for k in kept}))).all()
    for event_row, merged in zip(affected, assemble(conn, affected), strict=True):
        batch.before.setdefault(event_row.key, merged)
    heir_keys = {k.key for k in heirs.values()}
    lost = [k.key for k in kept if k.key not in heir_keys]
    conn.execute(delete(reports).where(r.key.in_(lost)))
    batch.added += Added(recoded=1)
    write_reports(conn, [_Telling(key, doc, heirs)], batch)
    write_statements(conn, [(key, doc)])


def inherit(old: Sequence[tuple[T, Event]], new: Sequence[Event], *, same_text: bool) -> dict[str, T]:
    """Which new event (by its id) is which old one: the same told by the same words, as far as can be.

    The pairs that have most in common come first, each event in one pair only.
    """
    scored = []
    for i, (_, before) in enumerate(old):
        for j, after in enumerate(new):
            score = _likeness(before, after, same_text)
            if score > 0:
                scored.append((-score, i, j))
    heirs: dict[str, T] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in taken and new[j].id not in heirs:
            taken.add(i)
            heirs[new[j].id] = old[i][0]
    return heirs


def _likeness(before: Event, after: Event, same_text: bool) -> float:
    if before.id == after.id:
        return 10.0
    if same_text:
        one = {(w.start, w.end) for m in before.mentions for w in m.words}
        other = {(w.start, w.end) for m in after.mentions for w in m.words}
        shared = len(one & other)
        if not shared and not {m.sentence for m in before.mentions} & {m.sentence for m in after.mentions}:
            return 0.0
        if not shared and before.event != after.event:
            return 0.0
        return shared / max(1, len(one | other)) + (before.event == after.event)
    codes = {a.code for a in (*before.actors, *before.recipients)} & {
        a.code for a in (*after.actors, *after.recipients)
    }
    if before.event != after.event or not codes:
        return 0.0
    return 1.0 + 0.1 * len(codes) + 0.5 * (before.date == after.date) + 0.2 * (before.modes == after.modes)


def read_document(conn: Connection, row: Any) -> Document:
    """The document of a row of `documents`."""
    found = conn.execute(select(schema.texts).where(schema.texts.c.key == row.key)).one()
    r = reports.c
    told = conn.execute(select(r.id, r.told, r.body).where(r.document == row.key).order_by(r.n, r.key)).all()
    events = tuple(unpack(t.body, Event) for t in told)
    names = {t.id: t.told for t in told}
    g = schema.pledges.c
    promised = conn.execute(select(g.report, g.due, g.text).where(g.document == row.key).order_by(g.key))
    pledges = tuple(Pledge(names[p.report], p.due, p.text) for p in promised if p.report in names)
    return whole_document(row.body, found.title, found.text, events, pledges)
