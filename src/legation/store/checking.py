"""Whether a store is whole, what is in it, and copies of it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from legation.store import schema
from legation.store.connecting import StoreError, connect, reading, writing
from legation.store.packing import unpacked
from legation.store.upgrading import upgrade, version_of

_AT_ONCE = 2000  # rows copied at a time


@dataclass(frozen=True, slots=True)
class Info:
    """What is in a store."""

    store: str
    form: str  # the step of its tables
    bytes: int
    documents: int
    events: int
    reports: int
    statements: int
    pledges: int
    changes: int
    versions: int  # older ones of documents
    first: str | None  # days of publication
    last: str | None
    outlets: int
    coders: tuple[str, ...]


def info(engine: Engine, name: str) -> Info:
    """The counts of a store."""
    d, t = schema.documents.c, schema.tallies.c
    with reading(engine, name) as conn:

        def number(table: Table) -> int:
            return conn.scalar(select(func.count()).select_from(table)) or 0

        dated = d.day < schema.UNDATED
        return Info(
            store=name,
            form=version_of(conn) or "",
            bytes=_bytes(conn),
            documents=number(schema.documents),
            events=conn.scalar(select(func.coalesce(func.sum(t.n), 0)).where(t.kind == "event")) or 0,
            reports=number(schema.reports),
            statements=number(schema.statements),
            pledges=number(schema.pledges),
            changes=number(schema.changes),
            versions=number(schema.document_versions),
            first=conn.scalar(select(func.min(d.day)).where(dated)),
            last=conn.scalar(select(func.max(d.day)).where(dated)),
            outlets=conn.scalar(select(func.count(d.outlet.distinct()))) or 0,
            coders=tuple(conn.scalars(select(schema.coders.c.about).order_by(schema.coders.c.key))),
        )


def _bytes(conn: Connection) -> int:
    if conn.dialect.name == "sqlite":
        pages = conn.scalar(text("PRAGMA page_count")) or 0
        return int(pages * (conn.scalar(text("PRAGMA page_size")) or 0))
    return int(conn.scalar(text("SELECT pg_database_size(current_database())")) or 0)


# What must not be found in a store that is whole, and the words for it.
_FAULTS = (
    ("documents without their text", "SELECT count(*) FROM documents WHERE key NOT IN (SELECT key FROM texts)"),
    ("texts of no document", "SELECT count(*) FROM texts WHERE key NOT IN (SELECT key FROM documents)"),
    ("reports of no document", "SELECT count(*) FROM reports WHERE document NOT IN (SELECT key FROM documents)"),
    ("reports of no event", "SELECT count(*) FROM reports WHERE event NOT IN (SELECT key FROM events)"),
    ("events without a report", "SELECT count(*) FROM events WHERE key NOT IN (SELECT event FROM reports)"),
    ("sides of no event", "SELECT count(*) FROM sides WHERE event NOT IN (SELECT key FROM events)"),
    ("pairs of no event", "SELECT count(*) FROM dyads WHERE event NOT IN (SELECT key FROM events)"),
    ("modes and contexts of no event", "SELECT count(*) FROM tags WHERE event NOT IN (SELECT key FROM events)"),
    ("statements of no document", "SELECT count(*) FROM statements WHERE document NOT IN (SELECT key FROM documents)"),
    ("voices of no statement", "SELECT count(*) FROM voices WHERE statement NOT IN (SELECT key FROM statements)"),
    ("pledges of no report", "SELECT count(*) FROM pledges WHERE report NOT IN (SELECT id FROM reports)"),
    ("events that are buried", "SELECT count(*) FROM events WHERE id IN (SELECT id FROM tombstones)"),
    (
        "events with another number of reports than they say",
        "SELECT count(*) FROM (SELECT events.key FROM events JOIN reports ON reports.event = events.key "
        "GROUP BY events.key, events.reports HAVING count(*) <> events.reports) AS wrong",
    ),
    (
        "tallies that do not add up",
        "SELECT abs((SELECT coalesce(sum(n), 0) FROM tallies WHERE kind = 'event') "
        "- (SELECT count(*) FROM events WHERE rejected = 0))",
    ),
)


def check(engine: Engine, name: str, *, deep: bool = False) -> list[str]:
    """What is wrong with a store, in words; nothing where it is whole. `deep` reads every body too."""
    found: list[str] = []
    with reading(engine, name) as conn:
        if conn.dialect.name == "sqlite":
            found += _check_file(conn)
        for words, question in _FAULTS:
            number = conn.scalar(text(question)) or 0
            if number:
                found.append(f"{number} {words}")
        if deep:
            found += _unreadable(conn)
    if engine.dialect.name == "sqlite" and not found:
        found += _check_words(engine, name)
    return found


def _check_file(conn: Connection) -> list[str]:
    try:
        rows = [row[0] for row in conn.execute(text("PRAGMA integrity_check(20)"))]
    except DatabaseError as err:
        return [str(err.orig)]
    return [] if rows == ["ok"] else rows


def _check_words(engine: Engine, name: str) -> list[str]:
    # FTS5 compares its index with the texts when told to in the form of an insert; it writes nothing.
    try:
        with writing(engine, name) as conn:
            conn.execute(text("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)"))
    except StoreError as err:
        return [f"the index of words does not fit the texts ({err})"]
    return []


def _unreadable(conn: Connection) -> list[str]:
    found = []
    for table in (schema.documents, schema.reports, schema.statements, schema.events, schema.events_past):
        bodies = select(table.c.key, table.c.body).where(table.c.body.is_not(None)).order_by(table.c.key)
        for row in conn.execution_options(yield_per=_AT_ONCE).execute(bodies):
            try:
                unpacked(row.body)
            except Exception as err:  # whatever a damaged body does, the next is looked at
                found.append(f"{table.name} {row.key} cannot be read ({err})")
    return found


def backup(engine: Engine, name: str, to: Path, told: Callable[[int, int], None] | None = None) -> None:
    """A copy of the store as a file of SQLite, whole as of one moment; writers may go on.

    The file appears under its name when it is finished. Raises StoreError where there is one already.
    """
    if to.exists():
        raise StoreError(str(to), "is there already. Give another name.")
    try:
        number, part = tempfile.mkstemp(prefix=f".{to.name}.", suffix=".part", dir=to.parent)
    except OSError as err:
        raise StoreError(str(to), f"cannot be written ({err.strerror})") from err
    os.close(number)
    try:
        if engine.dialect.name == "sqlite":
            _copy_file(engine, part)
        else:
            _copy_rows(engine, name, Path(part), told)
        Path(part).replace(to)
    finally:
        for left in (part, f"{part}-wal", f"{part}-shm"):
            with suppress(FileNotFoundError):
                os.unlink(left)


def _copy_file(engine: Engine, part: str) -> None:
    with engine.connect() as conn, closing(sqlite3.connect(part)) as target:
        raw = conn.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        conn.rollback()
        raw.backup(target, pages=10_000)


def _copy_rows(engine: Engine, name: str, part: Path, told: Callable[[int, int], None] | None) -> None:
    part.unlink()
    target = connect(URL.create("sqlite", database=str(part)))
    try:
        upgrade(target, str(part))
        with reading(engine, name) as source:
            copy_tables(source, target, str(part), told)
        with target.connect() as conn:
            conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.dispose()


def copy_tables(
    source: Connection, target: Engine, name: str, told: Callable[[int, int], None] | None = None
) -> None:
    """Every row of a store into an empty one, in one transaction."""
    with writing(target, name) as conn:
        if conn.scalar(select(func.count()).select_from(schema.documents)):
            raise StoreError(name, "is not empty. Restore into a new store.")
        tables = schema.metadata.sorted_tables
        for done, table in enumerate(tables):
            if told:
                told(done, len(tables))
            if conn.dialect.name == "postgresql":
                _copy_in(conn, table, _rows(source, table))
                continue
            names = [c.name for c in table.c]
            for rows in _rows(source, table):
                conn.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        if conn.dialect.name == "postgresql":
            conn.execute(text("ANALYZE"))


def _copy_in(conn: Connection, table: Table, parts: Iterator[Sequence[Sequence[Any]]]) -> None:
    """Rows by PostgreSQL's own COPY, several times as fast as inserts."""
    columns = ", ".join(f'"{c.name}"' for c in table.c)
    cursor = conn.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for rows in parts:
            for row in rows:
                copy.write_row(row)


def _rows(source: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    result = source.execution_options(yield_per=_AT_ONCE).execute(select(table))
    for part in result.partitions(_AT_ONCE):
        yield [tuple(row) for row in part]
