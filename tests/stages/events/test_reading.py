"""Which acts of a sentence stand, and what status and condition make of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Chad said it would bomb the camps in Sudan if the soldiers were not freed.", "THREATEN/violence TCD>SDN"),
        ("Chad will bomb Sudan unless it frees the soldiers.", "THREATEN/violence TCD>SDN"),
        ("If Sudan keeps the soldiers, Chad will expel its ambassador.", "THREATEN/expel TCD>SDN"),
    ],
)
def test_a_hostile_act_on_a_condition_is_a_threat(told: Told, text: str, read: str) -> None:
    assert read in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chad will bomb the camps in Sudan next week.",
        "Chad bombed the camps in Sudan because the soldiers were not freed.",
        "Chad may bomb Sudan if the soldiers are kept.",
        "Chad will meet Sudan if the soldiers are freed.",
    ],
)
def test_without_will_and_a_condition_there_is_no_threat(told: Told, text: str) -> None:
    assert [line for line in told(text) if line.startswith("THREATEN")] == []


def test_a_retreat_announced_by_its_doer_is_conceded(told: Told) -> None:
    assert told("Chad will free the captured Sudanese soldiers on Monday.") == ["CONCEDE TCD>SDN"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Chad freed the captured Sudanese soldiers on Monday.", "RETREAT/release TCD>SDN"),
        ("Sudan said Chad will free the captured Sudanese soldiers.", "RETREAT/release (future) TCD>SDN"),
        ("The captured Sudanese soldiers will be freed by Chad.", "RETREAT/release (future) TCD>SDN"),
    ],
)
def test_a_retreat_done_or_foretold_by_another_is_not(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Chad will not lift the sanctions on Sudan.", "REJECT/yield TCD>SDN"),
        ("Chad will not send aid to Sudan.", "REJECT/assist TCD>SDN"),
        pytest.param(
            "Chad will not meet Sudan.",
            "REJECT/meet TCD>SDN",
            marks=pytest.mark.xfail(reason="a refusal of talks keeps both sides as actors"),
        ),
        ("Chad no longer recognises the government of Sudan.", "REJECT/assist TCD>SDN"),
    ],
)
def test_will_not_is_a_refusal_of_what_is_friendly(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Chad did not lift the sanctions on Sudan.", "RETREAT/ease (negated) TCD>SDN"),
        ("Chad did not meet Sudan.", "CONSULT (negated) TCD+SDN>"),
        ("Chad will not attack Sudan.", "ASSAULT (negated) TCD>SDN"),
    ],
)
def test_what_was_not_done_or_is_hostile_is_only_negated(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.parametrize(
    "text",
    [
        "The museum opened after the war.",
        "A ceasefire line divides the island.",
        "Experts wrote about negotiations on a pullout.",
    ],
)
def test_an_act_that_is_only_referred_to_is_not_told(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Talks between Chad and Sudan continued on Monday.", "CONSULT TCD+SDN>"),
        ("A series of attacks by Chadian rebels began on Monday.", "ASSAULT TCD>"),
        ("Several arrests were made in Nairobi.", "COERCE/arrest >"),
    ],
)
def test_a_noun_that_is_carried_by_a_verb_is_told(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


def test_the_demand_of_a_march_is_the_marchs(told: Told) -> None:
    assert told("Students in Nairobi marched and demanded reforms by the government.") == ["PROTEST/demo KEN>KEN"]


def test_the_demand_of_somebody_else_is_told_beside_the_march(told: Told) -> None:
    read = told("Students in Nairobi marched, and Norway demanded that Kenya free the prisoners.")

    assert "REQUEST/yield NOR>KEN" in read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kenya condemned the attack by Chadian rebels on Sudan.", "ACCUSE/disapprove KEN>TCD"),
        ("Kenya praised Chad for releasing the Sudanese soldiers.", "SUPPORT KEN>TCD"),
    ],
)
def test_a_judgement_is_of_who_did_it_and_the_act_judged_is_not_told(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.xfail(reason="what stands behind 'for' is taken for a mere topic")
def test_help_that_is_thanked_for_was_given_before(told: Told) -> None:
    assert told("Kenya thanked Norway for its support.") == ["SUPPORT KEN>NOR", "AID (historical) NOR>KEN"]
