"""Corrections are laid over events, outlive coding and linking anew, and can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legation.record import Query
from legation.store import ChangeError, Store
from legation.store.versions import NoSuchEventError
from stored import ABOUT, NEWER, coded, event, same_sides


@pytest.fixture
def one(store: Store) -> str:
    """The id of the one event of a store."""
    store.add([coded("a", event("e1"))], ABOUT)
    return store.events()[0].id


def test_a_corrected_event_is_read_and_found_as_corrected(store: Store, one: str) -> None:
    change = store.change(f"event:{one}", "event", "ASSAULT", who="ann", note="it was an ambush")

    assert (change.before, change.after, change.who, change.note) == ("CONSULT", "ASSAULT", "ann", "it was an ambush")
    (found,) = store.events(Query(events=("ASSAULT",), quads=(4,)))
    assert (found.id, found.event.event, found.event.quad_code) == (one, "ASSAULT", 4)
    assert found.reports[0].event.event == "CONSULT"
    assert store.count(Query(events=("CONSULT",))) == 0
    assert store.facets().types == {"ASSAULT": 1}
    assert store.dyad_counts(Query())[0].quad == 4
    assert store.check() == []


def test_actors_are_corrected_from_plain_records(store: Store, one: str) -> None:
    store.change(f"event:{one}", "recipients", [{"code": "CHN", "sector": "MIL", "entity_text": "China"}], who="ann")

    assert store.count(Query(dyad=("IND", "CHN"))) == 1
    assert store.count(Query(actors=("PAK",))) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "2021-06-01"),
        ("date", None),
        ("status", "negated"),
        ("modes", ["meet"]),
        ("contexts", ["military", "nuclear"]),
        ("place", None),
        ("date_precision", "month"),
    ],
)
def test_each_field_can_be_corrected_and_undone(store: Store, one: str, field: str, value: object) -> None:
    before = store.event(one)
    change = store.change(f"event:{one}", field, value, who="ann")
    corrected = store.event(one)
    undone = store.undo(change.key, who="bob")

    assert corrected is not None
    given = getattr(corrected.event, field)
    assert (list(given) if isinstance(given, tuple) else given) == value
    assert (undone.undone_by, store.event(one)) == ("bob", before)
    assert store.check() == []


def test_a_rejected_event_is_no_event_of_any_answer(store: Store, one: str) -> None:
    change = store.change(f"event:{one}", "rejected", True, who="ann")
    assert (store.count(), store.events(), store.facets().types) == (0, [], {})
    assert store.event(one) is not None
    assert store.check() == []

    store.undo(change.key, who="ann")
    assert (store.count(), store.facets().types) == (1, {"CONSULT": 1})


def test_of_two_corrections_the_later_holds_and_the_earlier_after_its_undoing(store: Store, one: str) -> None:
    store.change(f"event:{one}", "status", "future", who="ann")
    later = store.change(f"event:{one}", "status", "negated", who="bob")
    assert store.events()[0].event.status == "negated"
    assert later.before == "future"

    store.undo(later.key, who="ann")
    assert store.events()[0].event.status == "future"


def test_a_correction_outlives_coding_anew(store: Store, one: str) -> None:
    store.change(f"event:{one}", "status", "negated", who="ann")
    store.add([coded("a", event("other", modes=("meet",)))], NEWER)

    (found,) = store.events()
    assert (found.id, found.event.status, found.event.modes) == (one, "negated", ("meet",))


def test_a_rejected_event_stays_rejected_when_coded_anew_and_draws_no_other_in(store: Store, one: str) -> None:
    store.change(f"event:{one}", "rejected", True, who="ann")
    store.add([coded("a", event("e1", modes=("meet",)))], NEWER, link=same_sides)
    store.add([coded("b", event("e1"), text="Another report of the talks.")], ABOUT, link=same_sides)

    (found,) = store.events()
    assert [r.document for r in found.reports] == ["b"]


def test_the_event_that_reports_are_joined_to_keeps_the_corrected_id(store: Store) -> None:
    docs = [coded(n, event("e1"), text=f"Report {n} of the talks.") for n in "ab"]
    store.add(docs, ABOUT)
    _, second = store.events()
    store.change(f"event:{second.id}", "status", "negated", who="ann")
    store.add([coded("c", event("e1"), text="Report c of the talks.")], ABOUT, link=same_sides)

    (merged,) = store.events()
    assert (merged.id, merged.event.status, len(merged.reports)) == (second.id, "negated", 3)


def test_two_corrected_events_are_not_joined(store: Store) -> None:
    docs = [coded(n, event("e1"), text=f"Report {n} of the talks.") for n in "ab"]
    store.add(docs, ABOUT)
    for n, found in enumerate(store.events()):
        store.change(f"event:{found.id}", "contexts", [f"context {n}"], who="ann")
    store.add([coded("c", event("e1"), text="Report c of the talks.")], ABOUT, link=same_sides)

    assert sorted(len(e.reports) for e in store.events()) == [1, 2]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("event", "PARTY", "no event type 'PARTY'"),
        ("status", "maybe", "no value for 'status'"),
        ("actors", "India", "no value for 'actors'"),
        ("rule", "x", "cannot be corrected"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(store: Store, one: str, field: str, value: str, words: str) -> None:
    with pytest.raises(ChangeError, match=words):
        store.change(f"event:{one}", field, value, who="ann")
    assert store.changes() == []


def test_an_event_that_is_not_there_is_not_corrected(store: Store) -> None:
    with pytest.raises(NoSuchEventError):
        store.change("event:nothing", "status", "negated", who="ann")
    with pytest.raises(ChangeError, match="no change 7"):
        store.undo(7, who="ann")


def test_other_targets_are_kept_as_given(store: Store) -> None:
    store.change("review:7", "verdict", {"agree": True}, who="ann", before=None)
    store.change("review:8", "verdict", {"agree": False}, who="bob")

    assert [c.after for c in store.changes("review:7")] == [{"agree": True}]
    assert [c.who for c in store.changes()] == ["ann", "bob"]


def test_reports_are_taken_apart_and_stay_apart(store: Store) -> None:
    docs = [coded(n, event("e1"), text=f"Report {n} of the talks.") for n in "abc"]
    store.add(docs, ABOUT, link=same_sides)
    (merged,) = store.events()
    keys = [r.key for r in merged.reports]
    store.apart(merged.id, [(keys[2], keys[0]), (keys[2], keys[1])], who="ann")
    assert [[r.document for r in e.reports] for e in store.events()] != [["a", "b", "c"]]

    store.add([coded("d", event("e1"), text="Report d of the talks.")], ABOUT, link=same_sides)
    groups = sorted([r.document for r in e.reports] for e in store.events())
    assert groups == [["a", "b", "d"], ["c"]]
    assert store.check() == []


def test_taking_apart_can_be_undone(url: str) -> None:
    with Store.open(url, link=same_sides) as store:
        docs = [coded(n, event("e1"), text=f"Report {n} of the talks.") for n in "abc"]
        store.add(docs, ABOUT)
        (merged,) = store.events()
        keys = [r.key for r in merged.reports]
        pairs = [(keys[2], keys[0]), (keys[2], keys[1])]
        ids = store.apart(merged.id, pairs, who="ann")
        assert (ids[0], len(ids), store.count()) == (merged.id, 2, 2)

        assert store.apart(merged.id, pairs, who="ann", undo=True) == (merged.id,)
        assert store.events() == [merged]
        assert store.event(ids[1]) == merged
        tombstone = store.tombstone(ids[1])
        assert tombstone is not None
        assert tombstone.into == merged.id


def test_named_things_are_kept_and_forgotten(store: Store) -> None:
    store.save("situation", "kashmir", {"actors": ["IND", "PAK"]})
    store.save("situation", "kashmir", {"actors": ["IND", "PAK", "CHN"]})
    store.save("alert", "kashmir", {"quad": 4})

    assert store.saved("situation") == {"kashmir": {"actors": ["IND", "PAK", "CHN"]}}
    assert store.forget("situation", "kashmir")
    assert not store.forget("situation", "kashmir")
    assert store.saved("alert") == {"kashmir": {"quad": 4}}


def test_a_missed_event_can_be_added_and_outlives_coding_anew(store: Store, one: str) -> None:
    missed = event("by hand", "AGREE", date="2021-07-10")
    added = store.add_event("a", missed, who="ann")
    assert store.count(Query(events=("AGREE",))) == 1

    store.add([coded("a", event("e1", modes=("meet",)))], NEWER)
    (found,) = store.events(Query(events=("AGREE",)))
    assert (found.id, found.event) == (added, missed)
    (change,) = store.changes("document:a")
    assert (change.field, change.after, change.who) == ("added", added, "ann")
    store.undo(change.key, who="ann")
    assert store.count(Query(events=("AGREE",))) == 0
    assert store.check() == []


def test_marks_of_copies_reach_the_events(store: Store) -> None:
    docs = [coded(n, event("e1"), text=f"Report {n} of the talks.") for n in "ab"]
    store.add(docs, ABOUT, link=same_sides)
    store.mark({"b": "a"}, {"a": "s", "b": "s"})

    reports = [r for e in store.events() for r in e.reports]
    assert sorted((r.document, r.copy_of, r.story) for r in reports) == [("a", None, "s"), ("b", "a", "s")]


def test_a_document_coded_anew_keeps_its_marks(store: Store) -> None:
    docs = [coded(n, event("e1"), text=f"Report {n} of the talks.") for n in "ab"]
    store.add(docs, ABOUT, copies={"b": "a"}, stories={"a": "s", "b": "s"})
    store.add([replace(docs[1], events=(event("e2"),))], NEWER)

    assert [(row.id, row.copy_of, row.story) for row in store.documents()] == [("a", None, "s"), ("b", "a", "s")]
