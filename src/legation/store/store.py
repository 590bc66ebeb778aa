"""The record kept: `Store` is what the desk, the panels, the situations and `watch` read and write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update

from legation.model import Document, Event
from legation.store import changing, checking, schema
from legation.store import versions as past
from legation.store.answers import Answers
from legation.store.asking import chunks
from legation.store.connecting import as_url, connect, reading, shown, writing
from legation.store.merging import Link, alone, relink
from legation.store.rows import Added, Change
from legation.store.upgrading import make_ready
from legation.store.writing import prepare, write_documents, write_missed

# Documents of one transaction: few enough that others wait for tenths of a second, many enough that the days they
# are of are looked through once for all of them.
BATCH = 256


def _utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Store(Answers):
    """A record of documents and events; open one with `Store.open`. Any number of threads may read and write.

    >>> with Store.open("legation.db") as store:
    ...     store.events(Query(dyad=("IND", "PAK"), since="2021-07-01"), limit=10)
    """

    def __init__(self, store: str | Path, *, create: bool, link: Link | None, now: Callable[[], str]) -> None:
        self.url = as_url(store)
        self.name = shown(self.url)
        self._link: Link = link or alone
        self._now = now
        self._engine = connect(self.url)
        try:
            make_ready(self._engine, self.url, create=create)
        except BaseException:
            self._engine.dispose()
            raise

    @classmethod
    def open(
        cls,
        url: str | Path = "legation.db",
        *,
        create: bool = True,
        link: Link | None = None,
        now: Callable[[], str] = _utc_now,
    ) -> Store:
        """The store in this file, or at this URL; made where there is none, unless `create` is False.

        `link` is the function that makes events of reports; without one each report is an event of its own.
        Raises StoreError where there is no store, or one of another version.
        """
        return cls(url, create=create, link=link, now=now)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(
        self,
        docs: Iterable[Document],
        about: Mapping[str, str],
        *,
        link: Link | None = None,
        copies: Mapping[str, str] | None = None,
        stories: Mapping[str, str] | None = None,
    ) -> Added:
        """Keep coded documents; `about` is the coder's account of itself. Adding them again changes nothing.

        Every 256 documents are one transaction: what was added stays when the rest is cut off. `copies` and
        `stories` say of documents (by id) which one they copy and to which story they belong.
        """
        added = Added()
        stream = iter(docs)
        while batch := list(islice(stream, BATCH)):
            ready = prepare(batch)
            twice = len(batch) - len(ready)
            with writing(self._engine, self.name) as conn:
                now = self._now()
                done = write_documents(conn, ready, about, now, copies or {}, stories or {})
                relink(conn, done.touched, done.before, link or self._link, now, "documents added")
            added += done.added + Added(known=twice)
        return added

    def change(
        self, target: str, field: str, after: Any, *, who: str, note: str | None = None, before: Any = None
    ) -> Change:
        """Note a change. Of an event ("event:ID") it is laid over what the reports say, and outlives re-coding.

        Fields of an event: event, modes, contexts, actors, recipients, status, date, enddate, date_precision,
        place, size, according_to (as in `model.Event`), and rejected. Any other target and field is kept as given.
        """
        with writing(self._engine, self.name) as conn:
            now = self._now()
            if target.startswith("event:"):
                after = changing.checked(field, after)
                before = past.field_of(conn, target.removeprefix("event:"), field)
            stood = past.standing(conn, target)
            key = past.next_key(conn, schema.changes)
            changing.write_change(conn, key, who, now, target, field, before, after, note)
            past.refresh(conn, stood, now, f"corrected by {who}: {field}")
            return changing.read_changes(conn, schema.changes.c.key == key)[0]

    correct = change

    def add_event(self, doc_id: str, event: Event, *, who: str) -> str:
        """Add an event that the coder missed to a document; it outlives coding anew. Gives the event's id.

        Its change is in the log under "document:ID", field "added"; `undo` takes the event out again.
        """
        with writing(self._engine, self.name) as conn:
            now = self._now()
            report = write_missed(conn, doc_id, event, who)
            relink(conn, [report.key], {}, self._link, now, f"added by {who}")
            key = past.next_key(conn, schema.changes)
            changing.write_change(conn, key, who, now, f"document:{doc_id}", "added", None, report.id, None)
            r, e = schema.reports.c, schema.events.c
            found = conn.scalar(select(e.id).join(schema.reports, r.event == e.key).where(r.key == report.key))
            return str(found)

    def undo(self, key: int, *, who: str) -> Change:
        """Take a change back; the log keeps both."""
        with writing(self._engine, self.name) as conn:
            now = self._now()
            found = changing.read_changes(conn, schema.changes.c.key == key)
            if not found:
                raise changing.ChangeError(f"There is no change {key}.")
            if found[0].undone is None:
                stood = past.standing(conn, found[0].target)
                changing.mark_undone(conn, key, who, now)
                past.refresh(conn, stood, now, f"correction undone by {who}: {found[0].field}")
                if found[0].target.startswith("document:") and found[0].field == "added":
                    before = past.remove_missed(conn, found[0].after)
                    relink(conn, [], before, self._link, now, f"taken out by {who}")
            return changing.read_changes(conn, schema.changes.c.key == key)[0]

    def apart(
        self,
        merged_id: str,
        pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]],
        *,
        who: str = "",
        undo: bool = False,
    ) -> tuple[str, ...]:
        """Say that pairs of reports (by `Report.key`) are not of one event, or take that back.

        It holds through linking and coding again. Gives the ids of the events that the reports are of now.
        """
        with writing(self._engine, self.name) as conn:
            now = self._now()
            touched = past.set_apart(conn, merged_id, list(pairs), who, now, undo=undo)
            relink(conn, touched, {}, self._link, now, "put together again" if undo else f"taken apart by {who}")
            r, e = schema.reports.c, schema.events.c
            asked = select(e.id).join(schema.reports, r.event == e.key).where(r.key.in_(touched)).order_by(r.key)
            return tuple(dict.fromkeys(conn.scalars(asked)))

    def backup(self, to: str | Path) -> None:
        """A copy as a file of SQLite, whole as of one moment, while others read and write."""
        checking.backup(self._engine, self.name, Path(to))

    def restore(self, backup: str | Path) -> None:
        """Fill this store, which must be empty, from a file that `backup` made."""
        with Store.open(backup, create=False) as source, reading(source._engine, source.name) as conn:
            checking.copy_tables(conn, self._engine, self.name)

    def save(self, kind: str, name: str, body: Any) -> None:
        """Keep a named thing (a situation, an alert rule) as JSON; one of the same kind and name is replaced."""
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        s = schema.saved
        with writing(self._engine, self.name) as conn:
            conn.execute(delete(s).where(s.c.kind == kind, s.c.name == name))
            conn.execute(insert(s).values(kind=kind, name=name, body=text, at=self._now()))

    def forget(self, kind: str, name: str) -> bool:
        """Whether there was such a thing, which there no longer is."""
        s = schema.saved
        with writing(self._engine, self.name) as conn:
            return conn.execute(delete(s).where(s.c.kind == kind, s.c.name == name)).rowcount > 0

    def mark(self, copies: Mapping[str, str | None], stories: Mapping[str, str | None] | None = None) -> None:
        """Note of which document each is a copy, and of which story; the events of these are linked again."""
        d, r = schema.documents, schema.reports.c
        with writing(self._engine, self.name) as conn:
            for doc_id, of in copies.items():
                conn.execute(update(d).where(d.c.id == doc_id).values(copy_of=of))
            for doc_id, story in (stories or {}).items():
                conn.execute(update(d).where(d.c.id == doc_id).values(story=story))
            touched = [
                key
                for chunk in chunks(copies)
                for key in conn.scalars(
                    select(r.key).join(d, d.c.key == r.document).where(d.c.id.in_(chunk)).order_by(r.key)
                )
            ]
            relink(conn, touched, {}, self._link, self._now(), "copies marked")
