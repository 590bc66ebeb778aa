"""Connections to a store: one file of SQLite in WAL mode, or a PostgreSQL by URL.

There is one writer at a time, on both: SQLite's own lock, an advisory lock of PostgreSQL. A writer reads what it
will change after it has the lock, so that two of them add to one record as if they had taken turns.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from legation.errors import LegationError, MissingExtraError

# Seconds a writer waits for the one before it: a transaction takes far less than one.
_PATIENCE = 120
_LOCK = 0x1E6A7104  # of PostgreSQL's advisory locks, this program's


class StoreError(LegationError):
    """A store that cannot be opened or used; the message says why."""

    def __init__(self, store: str, why: str) -> None:
        super().__init__(f"{store}: {why}")


def as_url(store: str | Path) -> URL:
    """The URL of a store given as a path, or as a URL without the driver's name."""
    given = str(store)
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
    except ArgumentError as err:
        raise StoreError(given, "this is no store. Give a file, or postgresql://user@host/database.") from err
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(shown(url), "a store is SQLite (a file) or PostgreSQL (postgresql://user@host/database).")
    return url


def shown(url: URL) -> str:
    """The store as a person calls it, without a password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True).replace("+psycopg", "")


def connect(url: URL) -> Engine:
    """An engine whose connections are set up for a store."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, pool_size=16, max_overflow=48)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True)
    except (ImportError, NoSuchModuleError) as err:
        raise MissingExtraError("A store on PostgreSQL", "psycopg", "postgres") from err


def _set_up_sqlite(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # transactions begin where `_begin_sqlite` says, not where the driver guesses
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    # In WAL mode this loses nothing when the process ends; when the machine does, it may lose the last
    # transactions, never the file.
    cursor.execute("PRAGMA synchronous = NORMAL")
    # Pages written again and again (the ends of the indexes) go into the file once in 64 MB, not once in 4.
    cursor.execute("PRAGMA wal_autocheckpoint = 16384")
    cursor.execute("PRAGMA cache_size = -65536")
    cursor.execute("PRAGMA mmap_size = 1073741824")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(conn: Connection) -> None:
    writes = conn.get_execution_options().get("writes")
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """A connection that sees the store as it is at its first question, to the end of the block."""
    with told(name):
        if engine.dialect.name == "sqlite":
            with engine.connect() as conn:
                yield conn
        else:
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as conn:
                yield conn


@contextlib.contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """The one writer's connection: all that is done in the block is kept, or nothing of it."""
    with told(name), engine.execution_options(writes=True).connect() as conn, conn.begin():
        if engine.dialect.name == "postgresql":
            conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield conn


@contextlib.contextmanager
def told(name: str) -> Iterator[None]:
    """Errors of the database as a sentence with the store's name in it."""
    try:
        yield
    except DBAPIError as err:
        why = " ".join(str(err.orig).split())
        if "not a database" in why:
            why = "this file is no store (it is not an SQLite database)."
        elif "unable to open" in why:
            why = "cannot be opened. Is the folder there, and may it be written to?"
        raise StoreError(name, why) from err
