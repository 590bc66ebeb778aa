"""A situation is a saved question; its answer holds everything the record says to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from legation.errors import InputPathError
from legation.record import MergedEvent, Query
from legation.situations.situation import (
    Situation,
    SituationError,
    answer,
    around,
    in_words,
    query_of,
    read_situation,
    situation_of,
    to_plain,
)
from situations.told import document, event, said

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"


def test_the_situation_of_the_corpus_is_read() -> None:
    situation = read_situation(CORPUS / "afghanistan-2021.toml")

    assert situation.name == "afghanistan-2021"
    assert situation.query == Query(actors=("AFG", "USA"), since="2021-02-01", until="2021-09-30")


def test_a_situation_survives_saving() -> None:
    query = Query(dyad=("IND", "PAK"), directed=True, quads=(3, 4), words="border", min_confidence=0.5)
    situation = Situation("kashmir", query, "Kashmir", "a note")

    assert situation_of(to_plain(situation)) == situation


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"name": "Has Blanks"},
        {"name": "../up"},
        {"name": "x", "colour": "red"},
        {"name": "x", "query": {"actor": ["IND"]}},
        {"name": "x", "query": {"actors": "IND"}},
        {"name": "x", "query": {"dyad": ["IND"]}},
        {"name": "x", "query": {"quads": ["4"]}},
        {"name": "x", "query": {"since": "yesterday"}},
        {"name": "x", "query": {"directed": 1}},
    ],
)
def test_what_is_no_situation_is_refused_with_a_reason(raw: dict[str, object]) -> None:
    with pytest.raises(SituationError, match=r"\w"):
        situation_of(raw)


def test_a_file_that_is_no_situation_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("name = ", encoding="utf-8")

    with pytest.raises(InputPathError, match=r"bad\.toml"):
        read_situation(bad)
    with pytest.raises(InputPathError, match="cannot be read"):
        read_situation(tmp_path / "none.toml")


def test_a_question_in_words() -> None:
    assert in_words(Query()) == "All events"
    assert in_words(query_of({"actors": ["AFG", "USA"], "since": "2021-02-01"})) == (
        "Events with AFG or USA, from 2021-02-01"
    )
    assert in_words(Query(dyad=("IND", "PAK"), directed=True)) == "Events IND to PAK"


def test_an_answer_holds_every_part() -> None:
    doc = document("d", "The president blamed the rebels.", "The rebels denied responsibility.")
    events = [
        event("ACCUSE/allege", "AFG GOV", "AFG REB Rebels", date="2021-05-08", doc="d", rule="accuse"),
        event("REJECT", "AFG REB Rebels", date="2021-05-08", doc="d", sentence=1, rule="deny-charge"),
        event("CONSULT", "AFG GOV; USA GOV", date="2021-06-25", doc="e", published="2021-06-26"),
        event("SANCTION/withdraw", "AUS GOV", "AFG", date="2021-05-28", status="future", due="2021-05-28", doc="f",
              rule="close-embassy", published="2021-05-25"),
    ]  # fmt: skip
    told = [said("AFG GOV Ghani", "They did it.", doc="d", about=("AFG REB",))]

    found = answer(
        Situation("s", Query()), events, told, {"d": doc}, as_of="2021-05-26", since="2021-06-01"
    )

    assert [day.date for day in found.timeline] == ["2021-05-08", "2021-05-28", "2021-06-25"]
    assert {r.code for r in found.roles} == {"AFG", "USA", "AUS"}
    assert [(rows[0].a, rows[0].b) for rows in found.dyads] == [("AFG", "USA")]
    assert [p.subject for p in found.positions] == ["AFG REB"]
    assert [(p.promisor, p.outcome) for p in found.pledges] == [("AUS", "open")]
    assert [f.field for f in found.disputes] == ["denial"]
    assert [e.event.event for e in found.new] == ["CONSULT"]
    assert found.places == ()


def test_an_empty_record_has_an_empty_answer() -> None:
    found = answer(Situation("s", Query()), [], as_of="2021-05-26")

    assert (found.timeline, found.roles, found.pledges, found.disputes) == ((), (), (), ())


def test_a_promise_older_than_the_situation_is_followed_into_it() -> None:
    def promise(made: str, due: str) -> MergedEvent:
        return event("CONCEDE", "USA GOV", "AFG GOV", date=made, doc=made, due=due,
                     rule="withdraw-forces+announce-that", text="They will be gone.")  # fmt: skip

    old, new, other = promise("2020-02-29", "2021-05-01"), promise("2021-04-14", "2021-09-11"), event(
        "AGREE", "USA GOV", "JPN GOV", date="2019-01-01", due="2019-05-01", doc="x", rule="give-aid+agree-to"
    )

    found = answer(Situation("s", Query()), [new], as_of="2021-05-26", around=[old, new, other])

    assert [[d.due for d in p.deadlines] for p in found.pledges] == [["2021-05-01", "2021-09-11"]]


def test_around_a_question_are_the_same_sides_from_two_years_before() -> None:
    query = Query(actors=("AFG",), events=("ASSAULT",), since="2024-02-29", until="2024-03-01")

    assert around(query) == Query(actors=("AFG",), since="2022-02-28")
