"""Every field of a Query narrows; several values mean any of them; what has no date comes last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legation.model import Place, Pledge
from legation.record import Query
from legation.store import DyadCount, Store
from stored import ABOUT, actor, coded, event, spoken

AGRA = Place(0, 4, "Agra", "Agra", "IND", 27.2, 78.0, 1, "city", "city", "Uttar Pradesh")
LAVROV = actor("RUS GOV").__class__(
    "RUS", "GOV", entity_text="the minister", identifier_text="Sergey Lavrov", identifier_id="Q58217"
)


@pytest.fixture(scope="module")
def kept(asked: Store) -> Store:
    """A store of six events in three documents."""
    asked.add(
        [
            coded(
                "talks",
                event("t1", "CONSULT", "IND GOV, PAK GOV", "", date="2021-07-09", place=AGRA, modes=("meet",)),
                event("t2", "AGREE", "IND GOV", "PAK GOV", date="2021-07", contexts=("military",)),
            ),
            coded(
                "war",
                event("w1", "ASSAULT", "AFG REB", "AFG MIL", date="2021-08-14", quad_code=4, confidence=0.4),
                event("w2", "RETREAT", "USA MIL", "AFG", date="2021", quad_code=4, status="future"),
                text="Rebels took the town while troops left.",
                outlet="Kabul Post",
                published="2021-08-15",
            ),
            coded(
                "words",
                event("x1", "ACCUSE", "RUS GOV", "USA GOV", date=None, quad_code=3, actors=(LAVROV,)),
                event("x2", "REJECT", "PAK GOV", "IND GOV", date="2021-07-12", quad_code=3, status="negated"),
                text="The minister accused Washington of a plot.",
                outlet=None,
                published=None,
            ),
        ],
        ABOUT,
    )
    return asked


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), "t2 t1 x2 w2 w1 x1"),
        (Query(actors=("IND",)), "t2 t1 x2"),
        (Query(actors=("AFG REB",)), "w1"),
        (Query(actors=("AFG",)), "w2 w1"),
        (Query(actors=("AFG CVL",)), ""),
        (Query(actors=("Sergey Lavrov",)), "x1"),
        (Query(actors=("the sergey lavrov",)), "x1"),
        (Query(actors=("Lavrov",)), ""),
        (Query(actors=("USA", "AFG REB")), "w2 w1 x1"),
        (Query(dyad=("IND", "PAK")), "t2 t1 x2"),
        (Query(dyad=("IND", "PAK"), directed=True), "t2 t1"),
        (Query(dyad=("PAK", "IND"), directed=True), "t1 x2"),
        (Query(dyad=("AFG REB", "AFG MIL")), "w1"),
        (Query(dyad=("AFG MIL", "AFG REB"), directed=True), ""),
        (Query(dyad=("IND", "IND")), ""),
        (Query(dyad=("Sergey Lavrov", "USA GOV")), "x1"),
        (Query(events=("CONSULT", "AGREE")), "t2 t1"),
        (Query(modes=("meet",)), "t1"),
        (Query(quads=(4,)), "w2 w1"),
        (Query(statuses=("negated",)), "x2"),
        (Query(contexts=("military",)), "t2"),
        (Query(places=("IND",)), "t1"),
        (Query(places=("agra",)), "t1"),
        (Query(places=("Uttar Pradesh",)), "t1"),
        (Query(places=("Delhi",)), ""),
        (Query(outlets=("Kabul Post",)), "w2 w1"),
        (Query(outlets=("Nobody's",)), ""),
        (Query(words="minister"), "t2 t1 x2 x1"),
        (Query(words="minister -Washington"), "t2 t1"),
        (Query(since="2021-07-10"), "t2 x2 w2 w1"),
        (Query(until="2021-07-09"), "t2 t1 w2"),
        (Query(since="2021-07-09", until="2021-07-09"), "t2 t1 w2"),
        (Query(since="2021-08", until="2021-08"), "w2 w1"),
        (Query(since="2022"), ""),
        (Query(min_confidence=0.5), "t2 t1 x2 w2 x1"),
        (Query(actors=("IND",), quads=(1,), until="2021-07-09"), "t2 t1"),
    ],
)
def test_a_field_of_a_query_narrows(kept: Store, query: Query, found: str) -> None:
    order = {"w2": 0, "t2": 1, "t1": 2, "x2": 3, "w1": 4, "x1": 5}  # by first day, then as they came
    expected = sorted(found.split(), key=order.__getitem__)

    assert [e.reports[0].event.id for e in kept.events(query)] == expected
    assert kept.count(query) == len(expected)
    assert kept.facets(query).count == len(expected)
    assert {e.id for e in kept.each_event(query)} == {e.id for e in kept.events(query)}


def test_the_latest_come_first_when_asked_for_and_the_undated_last(kept: Store) -> None:
    latest = [e.reports[0].event.id for e in kept.events(order="-date")]

    assert latest == ["w1", "x2", "t1", "t2", "w2", "x1"]
    pages = [e.reports[0].event.id for n in range(0, 8, 2) for e in kept.events(order="-date", limit=2, offset=n)]
    assert pages == latest
    assert [e.reports[0].event.id for e in kept.events(order="-date", limit=3, offset=5)] == ["x1"]
    assert kept.events(limit=0) == []


def test_what_lasts_for_years_is_found_on_each_of_its_days(store: Store) -> None:
    store.add([coded("a", event("e1", "ASSAULT", date="2001", enddate="2021"))], ABOUT)

    for day, count in (("2000-12-31", 0), ("2001-01-01", 1), ("2015-06-01", 1), ("2021-12-31", 1), ("2022-01-01", 0)):
        assert store.count(Query(actors=("IND",), since=day, until=day)) == count
        assert store.count(Query(since=day, until=day)) == count


def test_the_latest_of_one_actor_are_those_of_the_whole_question(kept: Store) -> None:
    for name in ("IND", "AFG", "USA", "Sergey Lavrov", "AFG REB"):
        for more in (Query(), Query(quads=(1,)), Query(since="2021-07-05")):
            query = replace(more, actors=(name,))
            whole = kept.events(query, order="-date")
            for limit in (1, 2, 3, 9):
                for offset in (0, 1, 2):
                    page = kept.events(query, order="-date", limit=limit, offset=offset)
                    assert page == whole[offset : offset + limit]


def test_documents_are_those_that_tell_of_it(kept: Store) -> None:
    def ids(query: Query) -> list[str]:
        return [row.id for row in kept.documents(query)]

    assert ids(Query()) == ["talks", "war", "words"]
    assert ids(Query(actors=("PAK",))) == ["talks", "words"]
    assert ids(Query(outlets=("Kabul Post",))) == ["war"]
    assert ids(Query(since="2021-08-01")) == ["war"]
    assert ids(Query(until="2021-07-31")) == ["talks"]
    assert ids(Query(words="Washington")) == ["words"]
    assert ids(Query(words="Washington", actors=("AFG",))) == []
    assert [row.id for row in kept.documents(order="-published")] == ["war", "talks", "words"]
    assert kept.count_documents(Query(actors=("PAK",))) == 2
    assert [doc.id for doc, _ in kept.each_document()] == ["talks", "war", "words"]


def test_facets_count_each_event_once(kept: Store) -> None:
    facets = kept.facets()

    assert facets.types == {"ACCUSE": 1, "AGREE": 1, "ASSAULT": 1, "CONSULT": 1, "REJECT": 1, "RETREAT": 1}
    assert facets.quads == {1: 2, 3: 2, 4: 2}
    assert facets.statuses == {"happened": 4, "future": 1, "negated": 1}
    assert facets.actors == {"IND": 3, "PAK": 3, "AFG": 2, "USA": 2, "RUS": 1}
    assert facets.countries == {"IND": 1}
    assert facets.months == {"2021-07": 3, "2021-08": 1}
    asked = kept.facets(Query(min_confidence=0.01))
    assert asked == facets


def test_a_reciprocal_event_counts_once_for_a_pair_and_once_each_way(kept: Store) -> None:
    pair = Query(dyad=("PAK", "IND"))

    assert kept.dyad_counts(pair) == [
        DyadCount("IND", "PAK", "2021-07", 1, "AGREE", 1, 1.0),
        DyadCount("IND", "PAK", "2021-07", 1, "CONSULT", 1, 1.0),
        DyadCount("IND", "PAK", "2021-07", 3, "REJECT", 1, 1.0),
    ]
    directed = kept.dyad_counts(Query(dyad=("PAK", "IND"), directed=True))
    assert [(c.a, c.b, c.type) for c in directed] == [("PAK", "IND", "CONSULT"), ("PAK", "IND", "REJECT")]
    assert sum(c.events for c in kept.dyad_counts(Query(directed=True))) == 7


def test_talks_within_a_state_are_a_pair_of_it_with_itself(store: Store) -> None:
    store.add([coded("a", event("e1", "CONSULT", "AFG GOV, AFG REB, QAT GOV", ""))], ABOUT)

    assert store.count(Query(dyad=("AFG", "AFG"))) == 1
    assert store.count(Query(dyad=("AFG REB", "AFG GOV"))) == 1
    assert store.count(Query(dyad=("QAT", "QAT"))) == 0
    pairs = [(c.a, c.b, c.events) for c in store.dyad_counts()]
    assert pairs == [("AFG", "AFG", 1), ("AFG", "QAT", 1)]


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("day", {"2021-07-01", "2021-07-09", "2021-07-12"}),
        ("month", {"2021-07"}),
        ("year", {"2021"}),
        ("all", {""}),
    ],
)
def test_pairs_are_counted_by_period(kept: Store, by: str, periods: set[str]) -> None:
    assert {c.period for c in kept.dyad_counts(Query(dyad=("IND", "PAK")), by)} == periods  # type: ignore[arg-type]


def test_counts_of_pairs_take_every_field_of_a_query(kept: Store) -> None:
    def total(query: Query) -> int:
        return sum(c.events for c in kept.dyad_counts(query))

    assert total(Query()) == 6
    assert total(Query(quads=(3,))) == 2
    assert total(Query(outlets=("Kabul Post",))) == 2
    assert total(Query(dyad=("AFG REB", "AFG MIL"))) == 1
    assert total(Query(dyad=("Sergey Lavrov", "USA"))) == 1
    assert total(Query(dyad=("Sergey Lavrov", "PAK"))) == 0
    assert total(Query(dyad=("IND", "PAK"), since="2021-07-10", until="2021-07-20")) == 2


def test_pledges_are_found_by_the_day_they_are_due(store: Store) -> None:
    doc = coded(
        "a",
        event("e1", "CONCEDE", "USA GOV", "AFG GOV"),
        event("e2", "AGREE"),
        pledges=(Pledge("e1", "2021-09-11", "by September 11"), Pledge("e2", "2021-08-01", "in August")),
    )
    store.add([doc], ABOUT)

    assert [p.pledge.due for p in store.pledges()] == ["2021-08-01", "2021-09-11"]
    (promise,) = store.pledges(Query(actors=("USA",)))
    assert (promise.document, promise.pledge.text) == ("a", "by September 11")
    assert store.event(promise.pledge.event) == store.events(Query(actors=("USA",)))[0]
    assert len(store.pledges(due_since="2021-08-02", due_until="2021-12-31")) == 1


def test_statements_of_a_day_and_a_context(store: Store) -> None:
    store.add([spoken("a", "Pak must stop this.", "IND GOV", "PAK MIL")], ABOUT)

    assert len(store.statements(Query(since="2021-07-10", until="2021-07-10"))) == 1
    assert store.statements(Query(until="2021-07-09")) == []
    assert store.statements(Query(contexts=("nuclear",))) == []
    assert store.statements(Query(outlets=("Kabul Post",))) == []


def test_an_unknown_event_or_document_is_none(store: Store) -> None:
    assert store.event("nothing") is None
    assert store.document("nothing") is None
    assert store.about("nothing") is None
    assert store.versions("nothing") == []
    assert store.history("nothing") == []
    assert store.facets().count == 0


def test_an_order_that_does_not_exist_is_told(store: Store) -> None:
    from legation.store import StoreError

    with pytest.raises(StoreError, match="no order 'size'"):
        store.events(order="size")
