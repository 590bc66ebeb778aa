"""Killed at any moment, a store opens, passes its check, and ends as one that was left in peace."""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from legation.cli import build
from legation.model import Document, Pledge
from legation.store import Store, schema
from legation.store.connecting import as_url, connect, shown
from legation.store.upgrading import NEWEST, upgrade, upgrade_store
from stored import ABOUT, NEWER, at_form, coded, event, same_sides, spoken

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
_FORK = multiprocessing.get_context("fork")
TIMES = [
    pytest.param(5, id="5 times"),
    pytest.param(100, id="100 times", marks=pytest.mark.slow),
]


def corpus(count: int) -> list[Document]:
    """Documents that share events, speak, promise, and of which some are coded anew at the end."""
    docs = []
    for n in range(count):
        text = f"Report {n} of the talks in Agra, by the courier of the day, with {n * 7} words of its own."
        told = event("e1", date=f"2021-07-{1 + n % 9:02}")
        pledge = Pledge("e2", "2021-09-01", "by September")
        docs.append(coded(f"d{n}", told, event("e2", "AGREE", date=None), text=text, pledges=(pledge,)))
        if n % 5 == 0:
            docs.append(spoken(f"q{n}", f"Pak must stop this, he said for time {n}.", "IND GOV", "PAK MIL"))
    return docs


def add_all(url: str, docs: list[Document], batch: int) -> None:
    """What the process that is killed does: it begins at the beginning, whatever is kept already."""
    with Store.open(url, link=same_sides) as store:
        for start in range(0, len(docs), batch):
            store.add(docs[start : start + batch], ABOUT)
        again = [coded(f"d{n}", event("x1", date="2021-07-09"), text=docs[n].text) for n in (0,)]
        store.add(again, NEWER)


def content(url: str) -> dict[str, Any]:
    """All that a store answers, without when it came."""
    with Store.open(url, create=False) as store:
        assert store.check(deep=True) == []
        with store._engine.connect() as conn:
            tallies = conn.execute(select(schema.tallies).where(schema.tallies.c.n != 0)).all()
        return {
            "documents": [store.document(row.id) for row in store.documents()],
            "events": sorted(store.events(), key=lambda e: e.id),
            "statements": store.statements(),
            "pledges": store.pledges(),
            "facets": store.facets(),
            "dyads": store.dyad_counts(),
            "found": sorted(h.document.id for h in store.search("courier", limit=1000)),
            "tallies": sorted(map(tuple, tallies)),
        }


def _run(work: Callable[..., None], args: tuple[Any, ...], seconds: float | None) -> None:
    process = _FORK.Process(target=work, args=args, daemon=True)
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.kill()
        process.join()
    elif seconds is None:
        assert process.exitcode == 0


@pytest.mark.parametrize("times", TIMES)
def test_a_store_survives_kills_during_additions(times: int, url: str, tmp_path: Path) -> None:
    docs = corpus(24)
    peaceful = str(tmp_path / "peaceful.db")
    add_all(peaceful, docs, 4)
    expected = content(peaceful)
    seconds = _seconds_of(add_all, str(tmp_path / "timed.db"), docs, 4)
    chance = random.Random(7)
    kills = 0
    while kills < times:  # a store that is finished is begun again under another name
        place = url if "://" in url else str(tmp_path / f"killed{kills}.db")
        for _ in range(min(10, times - kills)):
            _run(add_all, (place, docs, 4), chance.uniform(0, seconds))
            kills += 1
            _opens_and_passes(place)
        _run(add_all, (place, docs, 4), None)
        assert content(place) == expected


def _seconds_of(work: Callable[..., None], *args: Any) -> float:
    began = time.perf_counter()
    _run(work, args, None)
    return time.perf_counter() - began


def _opens_and_passes(place: str) -> None:
    with Store.open(place) as store:
        assert store.check(deep=True) == []


@pytest.mark.parametrize("times", TIMES)
def test_a_store_survives_kills_during_migrations(times: int, tmp_path: Path) -> None:
    peaceful = str(tmp_path / "peaceful.db")
    add_all(peaceful, corpus(60), 64)
    expected = content(peaceful)
    trial = str(tmp_path / "trial.db")
    at_form("0001", peaceful, trial)
    seconds = _seconds_of(_upgrade, trial)
    chance = random.Random(8)
    place = ""
    for n in range(times):
        if n % 5 == 0:
            place = str(tmp_path / f"older{n}.db")
            at_form("0001", peaceful, place)
        _run(_upgrade, (place,), chance.uniform(0, seconds))
        engine = connect(as_url(place))
        with engine.connect() as conn:
            assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            form = conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            has_tallies = conn.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'tallies'").scalar()
        engine.dispose()
        assert (form, has_tallies) in (("0001", 0), (NEWEST, 1))
        if n % 5 == 4 or n == times - 1:
            upgrade_store(place)
            assert content(place) == expected


def _upgrade(place: str) -> None:
    url = as_url(place)
    upgrade(connect(url), shown(url))


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("form", ["plover", "report", "parquet"])
def test_a_file_killed_while_it_is_written_is_the_old_one_or_the_whole_new_one(
    form: str, times: int, tmp_path: Path
) -> None:
    place = str(tmp_path / "legation.db")
    add_all(place, corpus(60), 64)
    whole = tmp_path / f"whole.{form}"
    seconds = _seconds_of(_export, place, whole, form)
    expected = whole.read_bytes()
    before = content(place)
    if form == "plover":
        assert expected.count(b"\n") == before["facets"].count
    chance = random.Random(9)
    for n in range(times):
        out = tmp_path / f"export{n}.{form}"
        old = b"yesterday\n" if n % 2 else None
        if old is not None:
            out.write_bytes(old)
        _run(_export, (place, out, form), chance.uniform(0, seconds))
        assert (out.read_bytes() if out.exists() else None) in (old, expected)
    assert content(place) == before
    _run(_export, (place, whole, form), None)
    assert whole.read_bytes() == expected


def _export(place: str, out: Path, form: str) -> None:
    more = ["--with-text"] if form == "report" else []
    result = CliRunner().invoke(build(), ["export", "--store", place, "--format", form, "-o", str(out), *more])
    assert result.exit_code == 0, result.output
