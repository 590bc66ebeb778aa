"""Empty stores for tests, in a file and on a PostgreSQL that is started for them."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from legation.store import Store, schema
from legation.store.connecting import as_url, connect


@pytest.fixture
def clock() -> Callable[[], str]:
    """A clock that goes on a second at each look."""
    seconds = itertools.count()
    return lambda: f"2026-01-01T00:{(n := next(seconds)) // 60:02}:{n % 60:02}.000000+00:00"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL of this machine, started for the tests on a socket in a folder of its own; its folder."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0]))
    if not found:
        pytest.skip("no PostgreSQL is installed (Debian: apt install postgresql)")
    with running(found[-1].parent) as folder:
        yield folder


@contextlib.contextmanager
def running(programs: Path) -> Iterator[str]:
    """A server, ended when the block ends."""
    folder = tempfile.mkdtemp(prefix="legation-pg-")
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        user = next((u for u in ("postgres", "nobody") if u in {p.pw_name for p in pwd.getpwall()}), None)
        if user is None:
            pytest.skip("PostgreSQL does not run as root, and there is no other user")
        shutil.chown(folder, user)
        as_user = {"user": user, "cwd": folder}
    try:
        place = f"{folder}/cluster"
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=60"
        make: list[str | Path] = [programs / "initdb", "-D", place, "-U", "legation", "-A", "trust", "--locale=C.UTF-8"]
        subprocess.run(make, check=True, capture_output=True, **as_user)
        log = f"{folder}/log"
        start: list[str | Path] = [programs / "pg_ctl", "-D", place, "-w", "-l", log, "-o", options, "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_user)
        try:
            yield folder
        finally:
            stop: list[str | Path] = [programs / "pg_ctl", "-D", place, "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, stdout=subprocess.DEVNULL, **as_user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_databases = itertools.count()


def new_database(folder: str) -> str:
    """The URL of an empty database."""
    name = f"store{next(_databases)}"
    with psycopg.connect(host=folder, user="legation", dbname="postgres", autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")
    return f"postgresql://legation@/{name}?host={folder}"


@pytest.fixture(scope="session")
def emptied(postgres: str) -> str:
    """The URL of one store that tests share, each emptying it first: quicker than one for each."""
    url = new_database(postgres)
    Store.open(url).close()
    return url


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that the tests of a file fill once and only ask."""
    place = str(tmp_path_factory.mktemp("asked") / "legation.db")
    if request.param == "postgres":
        place = new_database(request.getfixturevalue("postgres"))
    with Store.open(place) as opened:
        yield opened


def empty(url: str) -> None:
    """Take every row out."""
    engine = connect(as_url(url))
    names = ", ".join(table.name for table in schema.metadata.sorted_tables)
    with engine.begin() as conn:
        conn.exec_driver_sql(f"TRUNCATE {names}")
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store can be made: a file, and a database of PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "legation.db")
    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Callable[[], str]) -> Iterator[Store]:
    """An empty store."""
    if request.param == "sqlite":
        place = str(tmp_path / "legation.db")
    else:
        place = request.getfixturevalue("emptied")
        empty(place)
    with Store.open(place, now=clock) as opened:
        yield opened
