"""The tables of a store brought to the form that this version reads; the steps are in `migrations/versions`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL

from legation.store.connecting import StoreError, as_url, connect, shown, told, writing

# The last step, here too so that a store can be opened without loading Alembic.
STEPS = ("0001", "0002", "0003")
NEWEST = STEPS[-1]


def make_ready(engine: Engine, url: URL, *, create: bool) -> None:
    """Make the tables where there are none; raise StoreError where they are of another version."""
    name = shown(url)
    database = url.database
    is_file = url.get_backend_name() == "sqlite" and database not in (None, "", ":memory:")
    if is_file and not create and not Path(str(database)).exists():
        raise StoreError(name, "there is no store here. Make one with: legation add PATH --store " + name)
    with told(name), engine.connect() as conn:
        found = version_of(conn)
    if found == NEWEST:
        return
    if found is None and create:
        upgrade(engine, name)
    elif found is None:
        raise StoreError(name, "there is no store here. Make one with: legation add PATH --store " + name)
    elif found in STEPS:
        raise StoreError(
            name, f"this store is of an older form ({found}). Bring it up with: legation store upgrade --store {name}"
        )
    else:
        raise StoreError(name, f"this store was written by a newer legation (form {found}). Install that one.")


def version_of(conn: Connection) -> str | None:
    """The step a store stands at; None where there is no store yet."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    found = conn.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def upgrade(engine: Engine, name: str, to: str = "head") -> tuple[str | None, str | None]:
    """Take every step up to `to`, all in one transaction: it is done whole or not at all. Gives before and after."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with writing(engine, name) as conn:
        before = version_of(conn)
        config.attributes["connection"] = conn
        command.upgrade(config, to)
        return before, version_of(conn)


def upgrade_store(store: str | Path) -> tuple[str | None, str | None]:
    """Bring the store in this file or at this URL to the newest form; gives its form before and after."""
    url = as_url(store)
    name = shown(url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        raise StoreError(name, "there is no store here.")
    engine = connect(url)
    try:
        return upgrade(engine, name)
    finally:
        engine.dispose()
