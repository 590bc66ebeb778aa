"""Two writers and four readers at once: no error, nothing lost."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.queues import Queue
from typing import Any

import pytest

from legation.model import Document
from legation.record import Query
from legation.store import Store
from stored import ABOUT, NEWER, coded, event, same_sides

_FORK = multiprocessing.get_context("fork")
SECONDS = [pytest.param(5, id="5 seconds"), pytest.param(300, id="5 minutes", marks=pytest.mark.slow)]


def report(writer: str, n: int) -> Document:
    """The n-th report of a writer; two writers tell of the same events, and each tenth report is the same."""
    name = "both" if n % 10 == 0 else writer
    text = f"Report {n} of the courier {name}."
    return coded(f"{name}-{n}", event("e1", date=f"2021-{1 + n % 12:02}-{1 + n % 28:02}"), text=text, outlet=name)


def write(url: str, writer: str, end: float, told: Queue[Any]) -> None:
    """Add, code anew, correct; tell how many reports were written, or what went wrong."""
    n = 0
    try:
        with Store.open(url, link=same_sides) as store:
            while time.monotonic() < end:
                store.add([report(writer, k) for k in range(n, n + 4)], ABOUT)
                if n % 32 == 0:
                    store.add([report(writer, n + 1)], NEWER)
                    (found,) = store.events(limit=1)
                    change = store.change(f"event:{found.id}", "contexts", [f"{writer} {n}"], who=writer)
                    store.undo(change.key, who=writer)
                n += 4
        told.put((writer, n, None))
    except Exception as err:
        told.put((writer, n, repr(err)))


def read(url: str, reader: str, end: float, told: Queue[Any]) -> None:
    """Ask, and see at each moment a record that holds together and does not shrink."""
    n, before = 0, 0
    try:
        with Store.open(url, link=same_sides) as store:
            while time.monotonic() < end:
                documents = store.count_documents()
                assert documents >= before, "documents were lost"
                before = documents
                for found in store.events(Query(dyad=("IND", "PAK")), limit=20, order="-date"):
                    assert found.reports
                    assert store.document(found.reports[0].document) is not None
                store.search("courier", limit=5)
                facets = store.facets()
                assert sum(facets.types.values()) == facets.count
                n += 1
                time.sleep(0.005)
        told.put((reader, n, None))
    except Exception as err:
        told.put((reader, n, repr(err)))


@pytest.mark.parametrize("seconds", SECONDS)
def test_two_writers_and_four_readers(seconds: int, url: str) -> None:
    Store.open(url).close()
    told: Queue[Any] = _FORK.Queue()
    end = time.monotonic() + seconds
    work = [(write, "w1"), (write, "w2"), *((read, f"r{n}") for n in range(4))]
    processes = [_FORK.Process(target=do, args=(url, name, end, told), daemon=True) for do, name in work]
    for process in processes:
        process.start()
    results = {name: (count, error) for name, count, error in (told.get(timeout=seconds + 150) for _ in processes)}
    for process in processes:
        process.join(30)

    assert {name: error for name, (_, error) in results.items() if error} == {}
    assert all(count > 0 for count, _ in results.values())
    expected = {report(w, n).id for w in ("w1", "w2") for n in range(results[w][0])}
    with Store.open(url, create=False) as store:
        assert {row.id for row in store.documents()} == expected
        assert {r.document for e in store.each_event() for r in e.reports} == expected
        assert store.check(deep=True) == []
