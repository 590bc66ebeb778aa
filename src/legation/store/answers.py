"""What a store can be asked: the half of `Store` that changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, select

from legation.model import Document, Pledge
from legation.record import MergedEvent, Query, Statement
from legation.store import changing, checking, counting, schema, search
from legation.store import versions as past
from legation.store.asking import (
    acted,
    chunks,
    document_conditions,
    event_conditions,
    latest_of,
    paged,
    statement_conditions,
)
from legation.store.connecting import StoreError, reading
from legation.store.counting import Period
from legation.store.merging import assemble
from legation.store.packing import coder_digest, content_digest, unpack, writable
from legation.store.rows import (
    Change,
    DocumentRow,
    DocumentVersion,
    DyadCount,
    Facets,
    Hit,
    Promise,
    Tombstone,
)
from legation.store.writing import read_document

_ALL = Query()


class Answers:
    """Questions to a store. Each is asked of the record as it stands at that moment; threads may share one."""

    _engine: Engine
    name: str

    def has_seen(self, url: str) -> bool:
        """Whether a document of this address is kept."""
        with reading(self._engine, self.name) as conn:
            d = schema.documents.c
            return conn.execute(select(d.key).where(d.url == url).limit(1)).first() is not None

    def knows(self, docs: Sequence[Document], about: Mapping[str, str]) -> list[bool]:
        """Of each document, before it is coded, whether the store has it as this coder codes it."""
        d, c = schema.documents.c, schema.coders.c
        digest, _ = coder_digest(about)
        contents = [content_digest(writable(doc)) for doc in docs]
        with reading(self._engine, self.name) as conn:
            found = {
                content
                for chunk in chunks(contents)
                for content in conn.scalars(
                    select(d.content)
                    .join(schema.coders, c.key == d.coder)
                    .where(d.content.in_(chunk), c.digest == digest)
                )
            }
        return [content in found for content in contents]

    def batches(self, since: str | None = None, limit: int = 20_000) -> Iterator[list[Document]]:
        """The documents published since a day (text and details only), in the batches in which they were added.

        Of more than `limit` the latest. What finds copies and stories is told of these before it goes on.
        """
        d, t = schema.documents.c, schema.texts.c
        with reading(self._engine, self.name) as conn:
            keys = select(d.key).order_by(d.key.desc()).limit(limit)
            if since:
                keys = keys.where(d.day >= since)
            rows = conn.execute(
                select(d.id, d.outlet, d.url, d.published, d.lang, d.added, d.story, t.title, t.text)
                .join(schema.texts, t.key == d.key)
                .where(d.key.in_(keys))
                .order_by(d.key)
            )
            for _, group in groupby(rows, key=lambda row: row.added):
                yield [
                    Document(
                        row.text, row.id, row.title or None, row.outlet, row.url, row.published, row.lang,
                        meta=(("story", row.story),) if row.story else (),
                    )
                    for row in group
                ]  # fmt: skip

    def documents(
        self, query: Query = _ALL, *, limit: int | None = None, offset: int = 0, order: str = "published"
    ) -> list[DocumentRow]:
        """The documents that fulfil the question; `order` is published or added, "-published" the latest first."""
        d = schema.documents.c
        with reading(self._engine, self.name) as conn:
            asked = _document_rows().where(*document_conditions(query, conn.dialect.name))
            column = self._column(order, {"published": d.day, "added": d.added})
            rows = paged(
                conn, asked, column, d.key, latest_first=order.startswith("-"), limit=limit, offset=offset
            )
        return [_shown(row) for row in rows]

    def count_documents(self, query: Query = _ALL) -> int:
        """How many documents fulfil the question."""
        with reading(self._engine, self.name) as conn:
            where = document_conditions(query, conn.dialect.name)
            return conn.scalar(select(func.count()).select_from(schema.documents).where(*where)) or 0

    def document(self, doc_id: str) -> Document | None:
        """The coded document, whole but for its tokens and clauses."""
        with reading(self._engine, self.name) as conn:
            row = conn.execute(select(schema.documents).where(schema.documents.c.id == doc_id)).first()
            return None if row is None else read_document(conn, row)

    def about(self, doc_id: str) -> dict[str, str] | None:
        """What coded the document: name, version, knowledge, model."""
        d, c = schema.documents.c, schema.coders.c
        with reading(self._engine, self.name) as conn:
            text = conn.scalar(select(c.about).join(schema.documents, d.coder == c.key).where(d.id == doc_id))
            return None if text is None else dict(json.loads(text))

    def versions(self, doc_id: str) -> list[DocumentVersion]:
        """Every version of the document, oldest first; the last is the one that stands."""
        with reading(self._engine, self.name) as conn:
            return past.document_versions(conn, doc_id)

    def each_document(self, query: Query = _ALL) -> Iterator[tuple[Document, dict[str, str]]]:
        """Every coded document with its coder's account, a few in memory at a time; in order of publication."""
        d, c = schema.documents.c, schema.coders.c
        with reading(self._engine, self.name) as conn:
            abouts = {row.key: json.loads(row.about) for row in conn.execute(select(c.key, c.about))}
            where = document_conditions(query, conn.dialect.name)
            keys = conn.scalars(select(d.key).where(*where).order_by(d.day, d.key)).all()
            for key in keys:
                row = conn.execute(select(schema.documents).where(d.key == key)).one()
                yield read_document(conn, row), abouts[row.coder]

    def events(
        self, query: Query = _ALL, *, limit: int | None = None, offset: int = 0, order: str = "date"
    ) -> list[MergedEvent]:
        """The events that fulfil the question.

        `order` is date, added (when it first came) or changed; "-date" is the latest first. Undated ones come last.
        """
        e = schema.events.c
        with reading(self._engine, self.name) as conn:
            asked = select(schema.events).where(*event_conditions(query, conn.dialect.name))
            column = self._column(order, {"date": e.day, "added": e.added, "changed": e.since})
            rows: Sequence[Any] | None = None
            if order == "-date" and limit is not None and len(query.actors) == 1 and not query.dyad:
                rows = latest_of(conn, query, limit, offset)
            if rows is None:
                latest_first = order.startswith("-")
                rows = paged(conn, asked, column, e.key, latest_first=latest_first, limit=limit, offset=offset)
            return assemble(conn, rows)

    def each_event(self, query: Query = _ALL) -> Iterator[MergedEvent]:
        """Every event of the question in order of date, a few hundred in memory at a time."""
        e = schema.events.c
        with reading(self._engine, self.name) as conn:
            where = event_conditions(query, conn.dialect.name)
            keys = conn.scalars(select(e.key).where(*where).order_by(e.day, e.key)).all()
            for chunk in chunks(keys):
                rows = {r.key: r for r in conn.execute(select(schema.events).where(e.key.in_(chunk)))}
                yield from assemble(conn, [rows[key] for key in chunk])

    def count(self, query: Query = _ALL) -> int:
        """How many events fulfil the question."""
        with reading(self._engine, self.name) as conn:
            return counting.count(conn, query)

    def event(self, event_id: str) -> MergedEvent | None:
        """The event of this id; of one that was joined to another, that other."""
        e = schema.events.c
        with reading(self._engine, self.name) as conn:
            for living in past.trail(conn, event_id):
                row = conn.execute(select(schema.events).where(e.id == living)).first()
                if row is not None:
                    return assemble(conn, [row])[0]
        return None

    def statements(
        self, query: Query = _ALL, *, limit: int | None = None, offset: int = 0, order: str = "published"
    ) -> list[Statement]:
        """What was said: actors speak or are spoken about, a dyad is the one of the other, words are in the quote."""
        s = schema.statements.c
        self._column(order, {"published": s.day})
        with reading(self._engine, self.name) as conn:
            asked = select(s.body, s.day, s.key).where(*statement_conditions(query, conn.dialect.name))
            rows = paged(conn, asked, s.day, s.key, latest_first=order.startswith("-"), limit=limit, offset=offset)
        return [unpack(row.body, Statement) for row in rows]

    def pledges(
        self, query: Query = _ALL, *, due_since: str | None = None, due_until: str | None = None
    ) -> list[Promise]:
        """What was promised in the events of the question, by the day it is due."""
        p, r, e, d = schema.pledges.c, schema.reports.c, schema.events.c, schema.documents.c
        with reading(self._engine, self.name) as conn:
            asked = (
                select(e.id.label("event"), p.due, p.text, d.id, d.outlet, d.published)
                .select_from(schema.pledges)
                .join(schema.reports, r.id == p.report)
                .join(schema.events, e.key == r.event)
                .join(schema.documents, d.key == p.document)
                .order_by(p.due, p.key)
            )
            if query.actors and due_since and due_until:
                # Few are due in some months, and an actor may have a third of all events.
                asked = asked.where(acted(query.actors, e.key))
                query = replace(query, actors=())
            asked = asked.where(*event_conditions(query, conn.dialect.name))
            if due_since:
                asked = asked.where(p.due >= due_since)
            if due_until:
                asked = asked.where(p.due <= due_until)
            return [Promise(Pledge(r.event, r.due, r.text), r.id, r.outlet, r.published) for r in conn.execute(asked)]

    def facets(self, query: Query = _ALL) -> Facets:
        """The events of the question by type, quad, status, actor, country and month."""
        with reading(self._engine, self.name) as conn:
            return counting.facets(conn, query)

    def dyad_counts(self, query: Query = _ALL, by: Period = "month") -> list[DyadCount]:
        """Events by pair of codes, period, quad and type; undirected unless the query is directed."""
        with reading(self._engine, self.name) as conn:
            return counting.dyad_counts(conn, query, by)

    def search(self, words: str, query: Query = _ALL, limit: int = 20) -> list[Hit]:
        """The documents that have the words, the best first, each with the words where they stand."""
        d = schema.documents.c
        with reading(self._engine, self.name) as conn:
            among = document_conditions(query, conn.dialect.name)
            best = search.ranked(conn, words, among, limit)
            asked = _document_rows().add_columns(d.key).where(d.key.in_([key for key, _, _ in best]))
            rows = {row[-1]: _shown(row[:-1]) for row in conn.execute(asked)}
        return [Hit(rows[key], snippet, score) for key, snippet, score in best]

    def history(self, event_id: str) -> list[past.EventVersion]:
        """Every version of the event, oldest first; the last stands, unless the event was joined to another."""
        with reading(self._engine, self.name) as conn:
            return past.event_versions(conn, event_id)

    def tombstone(self, event_id: str) -> Tombstone | None:
        """Where the event went, if it is no longer one of its own."""
        with reading(self._engine, self.name) as conn:
            return past.tombstone(conn, event_id)

    def as_of(self, time: str) -> past.AsOf:
        """The record as it was known then; a day means to its end, in UTC."""
        return past.AsOf(self._engine, self.name, time)

    def changes(self, target: str | None = None, *, limit: int | None = None) -> list[Change]:
        """The log of changes to a target, or of all, oldest first."""
        c = schema.changes.c
        with reading(self._engine, self.name) as conn:
            return changing.read_changes(conn, c.target == target if target else c.key > 0, limit)

    def saved(self, kind: str) -> dict[str, Any]:
        """Everything of the kind, by name."""
        s = schema.saved.c
        with reading(self._engine, self.name) as conn:
            rows = conn.execute(select(s.name, s.body).where(s.kind == kind).order_by(s.name))
            return {row.name: json.loads(row.body) for row in rows}

    def info(self) -> checking.Info:
        """What is in the store."""
        return checking.info(self._engine, self.name)

    def check(self, *, deep: bool = False) -> list[str]:
        """What is wrong with the store, in words; an empty list where it is whole. `deep` reads every record."""
        return checking.check(self._engine, self.name, deep=deep)

    def _column(self, order: str, columns: Mapping[str, ColumnElement[str]]) -> ColumnElement[str]:
        found = columns.get(order.removeprefix("-"))
        if found is None:
            choice = ", ".join(f"{name}, -{name}" for name in columns)
            raise StoreError(self.name, f"there is no order '{order}'. Choose from: {choice}.")
        return found


def _shown(row: Any) -> DocumentRow:
    return DocumentRow(*row)


def _document_rows() -> Any:
    d, r = schema.documents.c, schema.reports.c
    events = select(func.count()).select_from(schema.reports).where(r.document == d.key).scalar_subquery()
    title = func.nullif(schema.texts.c.title, "")
    columns = (d.id, title, d.outlet, d.url, d.published, d.lang, d.added, events, d.problems, d.copy_of, d.story)
    return select(*columns).join(schema.texts, schema.texts.c.key == d.key)

