"""A store of every released form becomes one of the newest, and says what to do when it is of another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from legation.store import Store, StoreError, schema
from legation.store.connecting import as_url, connect, writing
from legation.store.upgrading import NEWEST, STEPS, upgrade_store
from stored import ABOUT, at_form, coded, event, same_sides


def filled(place: str) -> str:
    """A store of the newest form with some of everything."""
    with Store.open(place, link=same_sides) as store:
        docs = [coded(n, event("e1"), event("e2", "AGREE", date=None), text=f"Report {n} of the talks.") for n in "abc"]
        store.add(docs, ABOUT)
        agreed = next(e for e in store.events() if e.event.event == "AGREE")
        store.change(f"event:{agreed.id}", "rejected", True, who="ann")
        store.change(f"event:{store.events()[0].id}", "status", "future", who="ann")
    return place


@pytest.mark.parametrize("form", STEPS[:-1])
def test_a_store_of_an_older_form_is_brought_up_whole(form: str, url: str, tmp_path: Path) -> None:
    newest = filled(str(tmp_path / "newest.db"))
    at_form(form, newest, url)
    with pytest.raises(StoreError, match="legation store upgrade"):
        Store.open(url)

    assert upgrade_store(url) == (form, NEWEST)
    assert upgrade_store(url) == (NEWEST, NEWEST)
    with Store.open(newest) as expected, Store.open(url) as store:
        assert store.check(deep=True) == []
        assert store.events() == expected.events()
        assert store.facets() == expected.facets()
        assert store.add([coded("d", event("e1"), text="Report d of the talks.")], ABOUT).new == 1
        assert store.check() == []


def test_the_steps_lead_to_the_tables_that_the_code_knows(store: Store) -> None:
    ours = {t.name for t in schema.metadata.sorted_tables}

    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name in ours

    with store._engine.connect() as conn:
        context = MigrationContext.configure(
            conn, opts={"compare_type": True, "include_name": is_ours, "target_metadata": schema.metadata}
        )
        found = compare_metadata(context, schema.metadata)

    # The index of words is PostgreSQL's own and stands in no table that the code knows.
    known = {"texts_vector", "vector"}
    assert [d for d in found if getattr(d[-1], "name", None) not in known] == []


def test_a_store_of_a_newer_form_is_refused(tmp_path: Path) -> None:
    place = filled(str(tmp_path / "legation.db"))
    engine = connect(as_url(place))
    with writing(engine, place) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    engine.dispose()

    with pytest.raises(StoreError, match="newer legation"):
        Store.open(place)


def test_where_there_is_no_store_none_is_made_unless_asked(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        Store.open(url, create=False)
    with pytest.raises(StoreError, match="there is no store here"):
        upgrade_store(tmp_path / "nothing.db")
    assert not (tmp_path / "nothing.db").exists()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: p.write_text("This is a letter.\n" * 100), "no store"),
        (lambda p: p.mkdir(), "cannot be opened"),
    ],
)
def test_a_file_that_is_no_store_is_told_so(make: Callable[[Path], object], words: str, tmp_path: Path) -> None:
    place = tmp_path / "letter.txt"
    make(place)

    with pytest.raises(StoreError, match=words):
        Store.open(place)


@pytest.mark.parametrize("given", ["mysql://host/db", "nonsense://", "://"])
def test_another_database_is_no_store(given: str) -> None:
    with pytest.raises(StoreError):
        Store.open(given)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as error:
        Store.open("postgresql://me:secret@127.0.0.1:1/none?connect_timeout=1")
    assert "secret" not in str(error.value)


def test_many_may_make_one_store_at_once(url: str) -> None:
    def make(n: int) -> int:
        with Store.open(url) as store:
            return store.add([coded(f"d{n}", event("e1"), text=f"Report {n}.")], ABOUT).new

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(make, range(6))) == [1] * 6
    with Store.open(url) as store:
        assert (store.count(), store.check()) == (6, [])
