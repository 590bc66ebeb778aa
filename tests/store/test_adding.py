"""What is added is kept whole and once; what is coded anew keeps its past and the ids of its events."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legation.model import Document, Pledge, Problem
from legation.record import Query
from legation.store import Added, Store
from stored import ABOUT, NEWER, coded, event, same_sides, spoken


def test_a_document_comes_back_as_it_was_coded(store: Store) -> None:
    doc = coded(
        "a",
        event("e1"),
        event("e2", "AGREE"),
        pledges=(Pledge("e2", "2021-08-31", "by the end of August"),),
        problems=(Problem("dates", "'31 June' is not a date"),),
        meta=(("desk", "South Asia"),),
        title="Talks in Agra",
    )
    store.add([doc], ABOUT)

    kept = store.document("a")

    assert kept is not None
    assert replace(kept, event_mentions=()) == doc
    assert kept.event_mentions == tuple(m for e in doc.events for m in e.mentions)
    assert store.about("a") == ABOUT


def test_adding_again_changes_nothing(store: Store) -> None:
    docs = [coded("a", event("e1")), coded("b", event("e1"), text="Nepal met China in Lhasa on Monday.")]

    assert store.add(docs, ABOUT) == Added(new=2)
    before = store.events()
    assert store.add(docs, ABOUT) == Added(known=2)
    assert store.events() == before
    assert store.check(deep=True) == []


def test_the_same_document_twice_in_one_addition_counts_once(store: Store) -> None:
    assert store.add([coded("a", event("e1"))] * 2, ABOUT) == Added(new=1, known=1)


def test_the_same_report_under_another_name_is_known(store: Store) -> None:
    store.add([coded("a", event("e1"))], ABOUT)

    assert store.add([coded("copy of a", event("e1"))], ABOUT) == Added(known=1)


def test_the_same_text_of_another_outlet_is_another_document(store: Store) -> None:
    store.add([coded("a", event("e1"))], ABOUT)

    assert store.add([coded("b", event("e1"), outlet="Delhi Sun")], ABOUT) == Added(new=1)


def test_two_files_of_one_name_are_two_documents(store: Store) -> None:
    store.add([coded("001.txt", event("e1"))], ABOUT)
    other = coded("001.txt", event("e9"), text="Rebels shelled a village in the north of the province on Sunday.")

    assert store.add([other], ABOUT) == Added(new=1)
    assert store.add([other], ABOUT) == Added(known=1)
    assert [row.id.split("~")[0] for row in store.documents()] == ["001.txt", "001.txt"]


def test_a_new_text_of_a_known_address_is_a_version(store: Store) -> None:
    first = coded("a", event("e1"), url="https://example.org/1")
    store.add([first], ABOUT)
    second = replace(first, text="Talks in Agra ended late, both ministers told the press.")

    assert store.add([second], ABOUT) == Added(recoded=1)
    assert [v.why for v in store.versions("a")] == ["text", None]
    assert store.search("ministers")[0].document.id == "a"
    assert store.search("Pakistan") == []


def test_a_mended_text_of_the_same_name_is_a_version(store: Store) -> None:
    doc = coded("a", event("e1"), text="India met Pakistan in Agra on Friday, the minister said in a statement.")
    store.add([doc], ABOUT)

    mended = replace(doc, text=doc.text + " A correction: the talks were on Thursday.")
    assert store.add([mended], ABOUT) == Added(recoded=1)


def test_a_newer_coder_keeps_the_older_record_as_a_version(store: Store) -> None:
    store.add([coded("a", event("e1"), event("e2", "AGREE"))], ABOUT)
    ids = [e.id for e in store.events()]
    recoded = coded("a", event("x1", modes=("meet",)), event("x3", "REJECT", "CHN GOV", "NPL GOV"))

    assert store.add([recoded], NEWER) == Added(recoded=1)
    events = {e.event.event: e for e in store.events()}
    assert events["CONSULT"].id == ids[0]
    assert events["CONSULT"].event.modes == ("meet",)
    assert [v.why for v in store.versions("a")] == ["coder", None]
    assert store.check(deep=True) == []


def test_coding_anew_with_the_same_result_leaves_events_as_they_are(store: Store) -> None:
    doc = coded("a", event("e1"))
    store.add([doc], ABOUT)
    (before,) = store.events()
    store.add([doc], NEWER)

    assert store.events() == [before]
    assert len(store.history(before.id)) == 1


def test_reports_of_one_event_are_joined_across_additions(store: Store) -> None:
    store.add([coded("a", event("e1"))], ABOUT, link=same_sides)
    (first,) = store.events()
    other = coded("b", event("e7"), text="The talks in Agra, by another hand.", outlet="Delhi Sun")
    store.add([other], ABOUT, link=same_sides)

    (merged,) = store.events()
    assert merged.id == first.id
    assert merged.outlets == ("Agra Courier", "Delhi Sun")
    assert merged.confidence == 0.7
    assert store.count(Query(outlets=("Delhi Sun",))) == 1


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_batches_do_not_change_the_result(store: Store, batch: int) -> None:
    docs = [
        coded(f"d{n}", event(f"e{n}", date=f"2021-07-0{1 + n % 3}"), text=f"Report {n} of the talks.") for n in range(5)
    ]
    for start in range(0, 5, batch):
        store.add(docs[start : start + batch], ABOUT, link=same_sides)

    groups = [[r.document for r in e.reports] for e in store.events()]
    assert groups == [["d0", "d3"], ["d1", "d4"], ["d2"]]


def test_a_copy_is_no_independent_report(store: Store) -> None:
    docs = [coded("a", event("e1")), coded("b", event("e1"), text="India met Pakistan in Agra.", outlet="Delhi Sun")]
    store.add(docs, ABOUT, link=same_sides, copies={"b": "a"}, stories={"a": "s", "b": "s"})

    (merged,) = store.events()
    assert [r.copy_of for r in merged.reports] == [None, "a"]
    assert merged.independent == 1
    assert [row.story for row in store.documents()] == ["s", "s"]


def test_characters_that_no_database_holds_become_marks(store: Store) -> None:
    doc = coded("a\0b", event("e1"), text="India\0met Pakistan \ud83d in Agra.", title="Talks\0")
    store.add([doc], ABOUT)

    (row,) = store.documents()
    kept = store.document(row.id)
    assert kept is not None
    assert kept.text == "India\ufffdmet Pakistan \ufffd in Agra."
    assert row.title == "Talks\ufffd"


def test_a_document_without_events_is_kept_and_counted(store: Store) -> None:
    store.add([Document("Nothing was done.", id="a")], ABOUT)

    assert [(row.id, row.events) for row in store.documents()] == [("a", 0)]
    assert store.count() == 0


def test_what_is_known_is_told_before_it_is_coded(store: Store) -> None:
    doc = coded("a", event("e1"))
    plain = replace(doc, events=(), sentences=())
    assert store.knows([plain], ABOUT) == [False]
    store.add([doc], ABOUT)

    assert store.knows([plain, coded("b", text="Something else.")], ABOUT) == [True, False]
    assert store.knows([plain], NEWER) == [False]


def test_an_address_once_read_has_been_seen(store: Store) -> None:
    store.add([coded("a", url="https://example.org/1")], ABOUT)

    assert store.has_seen("https://example.org/1")
    assert not store.has_seen("https://example.org/2")


def test_quotes_are_statements_about_those_named_in_them(store: Store) -> None:
    store.add([spoken("a", "Pak must stop this, now.", "IND GOV", "PAK MIL")], ABOUT)

    (statement,) = store.statements(Query(dyad=("IND", "PAK"), directed=True))
    assert statement.about == ("PAK MIL",)
    assert store.statements(Query(dyad=("PAK", "IND"), directed=True)) == []
    assert store.statements(Query(actors=("PAK MIL",), words="stop")) == [statement]
    assert store.statements(Query(words="begin")) == []
