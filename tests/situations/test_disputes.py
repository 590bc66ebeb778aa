"""What one side tells and another denies stands side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legation.record import Claim, Dispute
from legation.situations.disputes import disputed_facts
from situations.told import document, event, joined, said


def test_figures_that_differ_are_shown_with_those_who_give_them() -> None:
    first = event("ASSAULT", "? UAF", "AFG CVL", date="2021-04-30", doc="first", text="At least 21 people died.")
    update = event("ASSAULT", "? UAF", "AFG CVL", date="2021-04-30", doc="update", text="At least 27 people died.")
    claims = (Claim("21", ("first",)), Claim("27", ("update",), ("a health official",)))
    merged = replace(joined(first, update), disputes=(Dispute("dead", claims),))

    [fact] = disputed_facts([merged])

    assert (fact.field, fact.date) == ("dead", "2021-04-30")
    assert [(s.value, s.said_by) for s in fact.sides] == [("21", ()), ("27", ("a health official",))]
    assert [[c.text for c in s.citations] for s in fact.sides] == [
        ["At least 21 people died."],
        ["At least 27 people died."],
    ]


def test_an_accusation_stands_beside_its_denial() -> None:
    """
    The president blamed the rebels for the attack.
    The rebels denied responsibility.
    """
    doc = document("d", "The president blamed the rebels for the attack.", "The rebels denied responsibility.")
    blame = event("ACCUSE/allege", "AFG GOV Ghani", "AFG REB Rebels", date="2021-05-08", doc="d", rule="accuse")
    denial = event("REJECT", "AFG REB Rebels", date="2021-05-08", doc="d", sentence=1, rule="deny-charge")

    [fact] = disputed_facts([blame, denial], documents={"d": doc})

    assert fact.field == "denial"
    assert fact.event == blame.id
    assert [(s.value, s.said_by, s.citations[0].text) for s in fact.sides] == [
        ("told", ("Ghani",), "The president blamed the rebels for the attack."),
        ("denied", ("Rebels",), "The rebels denied responsibility."),
    ]


def test_an_act_denied_is_paired_with_the_event_of_its_kind() -> None:
    sentences = (
        "A photographer was killed in the town.",
        "A general visited the town.",
        "The rebels denied that they had killed him.",
    )
    doc = document("d", *sentences)
    killing = event("ASSAULT", "? UAF", "IND JRN", date="2021-07-16", doc="d", sentence=0)
    visit = event("CONSULT/visit", "AFG MIL", date="2021-07-16", doc="d", sentence=1)
    denial = event("REJECT", "AFG REB", date="2021-07-16", doc="d", sentence=2, rule="kill+deny-act")

    [fact] = disputed_facts([killing, visit, denial], documents={"d": doc})

    assert fact.event == killing.id


def test_a_claim_denied_is_what_somebody_said_before() -> None:
    sentences = (
        "The rebels hold most of the country, their envoy said.",
        "The delegation left on Friday.",
        "The government rejected the claim as propaganda.",
    )
    doc = document("d", *sentences)
    claim = said("AFG REB Envoy", "The rebels hold most of the country", doc="d", published="2021-07-09")
    leaving = event("RETREAT/withdraw", "AFG REB", date="2021-07-09", doc="d", sentence=1)
    denial = event("REJECT", "AFG GOV Government", date="2021-07-09", doc="d", sentence=2, rule="reject-proposal")

    [fact] = disputed_facts([leaving, denial], [claim], {"d": doc})

    assert fact.about == sentences[0]
    assert [s.said_by for s in fact.sides] == [("Envoy",), ("Government",)]


def test_a_denial_in_words_counts_too() -> None:
    doc = document("d", "The rebels captured the valley.", "The front denied that the valley had fallen.")
    capture = event("ASSAULT", "AFG REB", date="2021-09-06", doc="d", according_to="AFG REB Rebels")
    denial = said("AFG OPP Front", "that the valley had fallen", doc="d", sentence=1, negated=True)

    [fact] = disputed_facts([capture], [denial], {"d": doc})

    assert [s.value for s in fact.sides] == ["told", "denied"]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("reject-proposal", "The rebels rejected the plan."),
        ("bare-refuse-to", "The rebels refused to attend."),
        ("recognise-state", "The rebels will not recognise the government."),
    ],
)
def test_a_refusal_disputes_no_fact(rule: str, text: str) -> None:
    doc = document("d", "The president offered talks about the plan.", text)
    offer = event("AGREE", "AFG GOV", "AFG REB", date="2021-05-08", doc="d")
    refusal = event("REJECT", "AFG REB", date="2021-05-08", doc="d", sentence=1, rule=rule)

    assert disputed_facts([offer, refusal], documents={"d": doc}) == ()


def test_not_saying_is_no_denial() -> None:
    doc = document("d", "The army shelled the town.", "The minister did not say whether the army had shelled it.")
    shelling = event("ASSAULT", "AFG MIL", date="2021-05-08", doc="d")
    silence = said("AFG GOV Minister", "whether the army had shelled it", doc="d", sentence=1, negated=True)

    assert disputed_facts([shelling], [silence], {"d": doc}) == ()


def test_a_denial_with_nothing_before_it_is_no_dispute() -> None:
    denial = event("REJECT", "AFG REB", date="2021-05-08", doc="d", rule="deny-charge", text="They denied any role.")

    assert disputed_facts([denial]) == ()
