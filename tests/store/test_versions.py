"""The record as it was: on a day, and through all its versions."""

from __future__ import annotations

from legation.record import Query
from legation.store import Store
from stored import ABOUT, NEWER, coded, event, same_sides


def test_the_record_is_read_as_it_was_known(store: Store) -> None:
    store.add([coded("a", event("e1"))], ABOUT)
    (first,) = store.events()
    then = store.documents()[0].added
    store.add([coded("a", event("e1", status="negated"))], NEWER)
    store.add([coded("b", event("e2", "AGREE"), text="They agreed.")], NEWER)

    was = store.as_of(then)
    assert was.events() == [first]
    assert was.count() == 1
    assert was.event(first.id) == first
    assert was.count(Query(statuses=("negated",))) == 0
    assert was.count(Query(actors=("IND",), contexts=("diplomatic",), dyad=("IND", "PAK"))) == 1
    kept = was.document("a")
    assert kept is not None
    assert kept.events[0].status == "happened"
    assert was.document("b") is None
    assert [doc.id for doc, about in was.each_document() if about == ABOUT] == ["a"]
    now = store.as_of("2100-01-01")
    assert now.events() == store.events()
    assert store.as_of("2000-01-01").events() == []


def test_an_event_has_a_history(store: Store) -> None:
    store.add([coded("a", event("e1"))], ABOUT)
    (found,) = store.events()
    store.change(f"event:{found.id}", "status", "future", who="ann")
    store.add([coded("a", event("e1", modes=("meet",)))], NEWER)

    history = store.history(found.id)
    assert [v.merged.event.status for v in history] == ["happened", "future", "future"]
    assert [v.merged.event.modes for v in history] == [(), (), ("meet",)]
    assert [v.why for v in history] == ["corrected by ann: status", "documents added", None]
    assert [v.until for v in history[:2]] == [v.since for v in history[1:]]


def test_an_event_that_is_joined_leaves_a_tombstone_that_leads_on(store: Store) -> None:
    docs = [coded(n, event("e1"), text=f"Report {n} of the talks.") for n in "ab"]
    store.add(docs, ABOUT)
    first, second = store.events()
    store.add([coded("c", event("e1"), text="Report c of the talks.")], ABOUT, link=same_sides)

    (merged,) = store.events()
    assert store.event(second.id) == merged
    tombstone = store.tombstone(second.id)
    assert tombstone is not None
    assert (tombstone.into, merged.id) == (first.id, first.id)
    assert [len(v.merged.reports) for v in store.history(first.id)] == [1, 3]
    assert store.tombstone(first.id) is None


def test_an_event_that_a_newer_coder_does_not_find_is_buried(store: Store) -> None:
    store.add([coded("a", event("e1"), event("e2", "AGREE"))], ABOUT)
    gone = store.events(Query(events=("AGREE",)))[0]
    store.add([coded("a", event("e1"))], NEWER)

    assert store.event(gone.id) is None
    tombstone = store.tombstone(gone.id)
    assert tombstone is not None
    assert tombstone.into is None
    assert store.history(gone.id)[0].merged == gone


def test_an_event_found_again_rises_under_its_id(store: Store) -> None:
    doc = coded("a", event("e1"), event("e2", "AGREE"))
    store.add([doc], ABOUT)
    ids = {e.id for e in store.events()}
    store.add([coded("a", event("e1"))], NEWER)
    store.add([doc], ABOUT)

    assert {e.id for e in store.events()} == ids
    assert all(store.tombstone(i) is None for i in ids)
    assert store.check(deep=True) == []


def test_an_event_keeps_its_id_when_its_first_report_leaves_it(store: Store) -> None:
    docs = [coded(n, event("e1"), text=f"Report {n} of the talks.") for n in "ab"]
    store.add(docs, ABOUT, link=same_sides)
    (merged,) = store.events()
    store.add([coded("a", event("e1", date="2021-07-01"), text=docs[0].text)], NEWER, link=same_sides)

    by_day = {e.event.date: e for e in store.events()}
    assert by_day["2021-07-01"].id == merged.id  # the id goes with the first report
    assert [r.document for r in by_day["2021-07-09"].reports] == ["b"]
