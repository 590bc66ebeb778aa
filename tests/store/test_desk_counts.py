"""What the desk asks so that a large record answers soon is what the store says in its own time."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from legation.model import Pledge
from legation.record import Query
from legation.store import Store
from legation.web import counting
from stored import ABOUT, coded, event, same_sides, spoken

SIDES = ("IND GOV", "IND MIL", "PAK GOV", "PAK", "AFG REB", "AFG GOV", "RUS GOV", "USA GOV")


@pytest.fixture(scope="module")
def kept(asked: Store) -> Store:
    """Sixty documents of events by chance, dated to a day, a month, a year or not at all."""
    chance = random.Random(67)
    docs = []
    for n in range(60):
        told = []
        for k in range(3):
            day, month = f"2021-07-{chance.randint(1, 28):02}", f"2020-{chance.randint(1, 12):02}"
            date = chance.choice([day, month, "2021", None])
            doers, others = chance.sample(SIDES, 2), chance.sample(SIDES, 1)
            told.append(
                event(
                    f"e{k}", chance.choice(["CONSULT", "AGREE", "ASSAULT"]), ", ".join(doers),
                    chance.choice([", ".join(others), ""]), date=date, quad_code=chance.choice([1, 2, 4]),
                    contexts=(chance.choice(["diplomatic", "military"]),),
                    status=chance.choice(["happened", "future"]),
                )
            )  # fmt: skip
        pledges = (Pledge("e1", f"2021-{chance.randint(8, 12):02}-01", "soon"),)
        docs.append(
            coded(f"d{n}", *told, text=f"Report {n} of the talks in Agra.", outlet=f"Courier {n % 3}", pledges=pledges)
        )
        docs.append(spoken(f"q{n}", f"Pak must stop this, he said for time {n}.", "IND GOV", "PAK MIL"))
    asked.add(docs, ABOUT, link=same_sides)
    return asked


QUERIES = [
    Query(actors=("IND",)),
    Query(actors=("IND GOV",)),
    Query(actors=("IND MIL", "AFG")),
    Query(actors=("CHN",)),
    Query(dyad=("IND", "PAK")),
    Query(dyad=("IND", "PAK"), directed=True),
    Query(dyad=("IND GOV", "PAK")),
    Query(dyad=("PAK", "IND GOV"), directed=True),
    Query(dyad=("IND GOV", "IND MIL")),
    Query(dyad=("AFG CVL", "PAK")),
    Query(contexts=("military",)),
    Query(contexts=("military",), actors=("USA",)),
    Query(events=("ASSAULT",), actors=("AFG REB",)),
    Query(quads=(4,), statuses=("future",)),
    Query(outlets=("Courier 1",), actors=("RUS",)),
]
DAYS = [(None, None), ("2021-07-05", None), ("2020-06", "2021-07-10"), (None, "2020-12-31"), ("2022-01-01", None)]


@pytest.mark.parametrize("days", DAYS, ids=str)
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_the_desk_finds_what_the_store_finds(kept: Store, query: Query, days: tuple[str | None, str | None]) -> None:
    query = replace(query, since=days[0], until=days[1])
    expected = kept.events(query)
    found = counting.events(kept, query, limit=1000, offset=0, order="date")
    assert sorted(e.id for e in found) == sorted(e.id for e in expected)
    latest = counting.events(kept, query, limit=5, offset=2, order="-date")
    assert [e.id for e in latest] == [e.id for e in kept.events(query, limit=5, offset=2, order="-date")]

    facets = counting.facets(kept, query)
    assert facets == kept.facets(query)
    assert facets.count == len(expected)
    by_day = counting.by_day(kept, query)
    assert sum(n for quads in by_day.values() for n in quads.values()) == sum(1 for e in expected if e.event.date)

    pairs = kept.dyad_counts(query, by="all")
    assert all(row.events > 0 for row in pairs)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_what_is_due_in_some_months_is_a_part_of_what_is_due(kept: Store, query: Query) -> None:
    within = [p for p in kept.pledges(query) if "2021-09" <= p.pledge.due <= "2021-10-31"]
    assert kept.pledges(query, due_since="2021-09-01", due_until="2021-10-31") == within


def test_a_statement_of_a_dyad_is_of_the_days_asked_for(kept: Store) -> None:
    pair = ("IND", "PAK")
    assert len(kept.statements(Query(dyad=pair, since="2021-07-10", until="2021-07-10"))) == 60
    assert kept.statements(Query(dyad=pair, since="2021-07-11")) == []
    assert kept.statements(Query(dyad=pair, until="2021-07-09")) == []
    assert kept.statements(Query(dyad=("PAK", "IND"), directed=True, since="2021-07-10")) == []


def test_the_desk_counts_what_the_record_holds(kept: Store) -> None:
    extent = counting.extent(kept)
    assert (extent.documents, extent.events) == (120, kept.count())
    assert sum(s.documents for s in counting.sources(kept)) == 120
