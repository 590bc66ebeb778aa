"""What the sentence says about an act, with the real parser: operators, status, refusals, no events."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from legation.coder import Coder

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model

SENTENCES = [
    ("Kenya agreed to hold talks with Somalia.", "AGREE", "happened", {"KEN"}, {"SOM"}),
    ("Kenya and Somalia will hold talks next week.", "AGREE", "happened", {"KEN", "SOM"}, set()),
    ("Kenya refused to hold talks with Somalia.", "REJECT", "happened", {"KEN"}, {"SOM"}),
    ("Kenya called off talks with Somalia.", "REJECT", "happened", {"KEN"}, {"SOM"}),
    ("Kenya urged Somalia to hold talks.", "REQUEST", "happened", {"KEN"}, {"SOM"}),
    ("Kenya said Somalia must release the fishermen.", "REQUEST", "happened", {"KEN"}, {"SOM"}),
    ("Kenya accused Somalia of attacking its border post.", "ACCUSE", "happened", {"KEN"}, {"SOM"}),
    ("Kenya threatened to impose sanctions on Somalia.", "THREATEN", "happened", {"KEN"}, {"SOM"}),
    ("Kenya announced the withdrawal of its troops from Somalia.", "CONCEDE", "happened", {"KEN"}, {"SOM"}),
    ("Kenya has withdrawn its troops from Somalia.", "RETREAT", "happened", {"KEN"}, {"SOM"}),
    ("Kenya will not lift the sanctions on Somalia.", "REJECT", "happened", {"KEN"}, {"SOM"}),
    ("Kenya lifted the sanctions on Somalia.", "RETREAT", "happened", {"KEN"}, {"SOM"}),
    ("Kenya thanked Norway for its help.", "SUPPORT", "happened", {"KEN"}, {"NOR"}),
    ("Rebels tried to capture the airport in Goma.", "ASSAULT", "attempted", set(), set()),
    ("Troops from Chad may attack the rebels in Sudan.", "ASSAULT", "hypothetical", {"TCD"}, set()),
    ("If Ethiopia attacks Eritrea, the talks will end.", "ASSAULT", "hypothetical", {"ETH"}, {"ERI"}),
    ("Ethiopia did not attack Eritrea.", "ASSAULT", "negated", {"ETH"}, {"ERI"}),
    ("Two officers were killed by gunmen in Lahore.", "ASSAULT", "happened", set(), set()),
]


@pytest.mark.parametrize(("text", "event", "status", "actors", "recipients"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_a_sentence_is_what_it_says_of_the_act(
    coder: Coder, text: str, event: str, status: str, actors: set[str], recipients: set[str]
) -> None:
    found = [e for e in coder.code(text, published="2024-05-06").events if e.event == event and e.status == status]

    assert found, text
    assert actors <= {a.code for a in found[0].actors}
    assert recipients <= {a.code for a in found[0].recipients}


@pytest.mark.parametrize(
    "text",
    [
        "The bank withdrew its offer for the brewery.",
        "Arsenal beat Chelsea in the final on Saturday.",
        "The striker was shot down by the referee's whistle.",
        "Scientists discovered a new moon of Saturn.",
        "At least nine people were killed when a landslide buried a village.",
        "Shares rallied after the central bank cut rates.",
        "The orchestra will hold a concert in Vienna.",
    ],
)
def test_everyday_senses_are_no_events(coder: Coder, text: str) -> None:
    assert coder.code(text, published="2024-05-06").events == ()


def test_the_act_asked_for_is_not_told_beside_the_request(coder: Coder) -> None:
    events = coder.code("Kenya urged Somalia to withdraw its forces from Gedo.", published="2024-05-06").events

    assert [e.event for e in events] == ["REQUEST"]


# Each effect of operators.toml over acts of several types; the last rows of an effect are those it leaves alone.
EFFECTS = [
    ("promise", "Peru promised to send aid to Haiti.", "AGREE PER>HTI"),
    ("promise", "Peru was ready to talk to Chile.", "AGREE PER>CHL"),
    ("promise", "Peru pledged to withdraw its troops from Ecuador.", "CONCEDE PER>ECU"),
    ("promise", "Peru agreed to withdraw its troops from Ecuador.", "AGREE PER>ECU"),
    ("promise", "Peru promised not to attack Chile.", "AGREE PER>CHL"),
    ("promise", "Peru promised not to send aid to Chile.", "REJECT/assist PER>CHL"),
    ("promise", "Peru vowed to bomb the rebels.", "THREATEN/violence PER>PER"),
    ("promise", "Peru sent the promised aid to Haiti.", "AID PER>HTI"),
    ("plan", "Peru plans to meet Chile.", "AGREE PER+CHL>"),
    ("plan", "Peru is expected to sign a treaty with Chile.", "AGREE PER+CHL>"),
    ("plan", "Peru plans to withdraw its troops from Ecuador.", "CONCEDE PER>ECU"),
    ("plan", "Peru decided to expel the Chilean ambassador.", "SANCTION/expel (future) PER>CHL"),
    ("plan", "Peru met Chile to draw up a plan.", "CONSULT PER+CHL>"),
    ("announce", "Peru announced the withdrawal of its troops from Ecuador.", "CONCEDE PER>ECU"),
    ("announce", "Peru announced the expulsion of two Chilean diplomats.", "SANCTION/expel (future) PER>CHL"),
    ("announce", "Peru announced that Chile had attacked its ships.", "ASSAULT CHL>PER"),
    ("report", "Peru said it would withdraw its troops from Ecuador.", "CONCEDE PER>ECU"),
    ("report", "Peru said Chile should withdraw its troops.", "REQUEST/yield PER>CHL"),
    ("report", "Peru said Chile had attacked its ships.", "ASSAULT CHL>PER"),
    ("report", "Peru said it should withdraw its troops.", "RETREAT/withdraw (hypothetical) PER>"),
    ("threaten", "Peru threatened to attack Chile.", "THREATEN/violence PER>CHL"),
    ("threaten", "Peru threatened to expel the Chilean ambassador.", "THREATEN/expel PER>CHL"),
    ("threaten", "Peru warned Chile not to attack Bolivia.", "THREATEN PER>CHL"),
    ("threaten", "Peru attacked Chile without warning.", "ASSAULT PER>CHL"),
    ("refuse", "Peru refused to meet Chile.", "REJECT/meet PER>CHL"),
    ("refuse", "Peru is unwilling to send aid to Chile.", "REJECT/assist PER>CHL"),
    ("refuse", "Peru refused to attack Chile.", None),
    ("refuse", "Peru refused to rule out an attack on Chile.", None),
    ("reject", "Peru rejected talks with Chile.", "REJECT/meet PER>CHL"),
    ("reject", "Peru opposed the withdrawal of Chilean troops.", "REJECT/yield PER>CHL"),
    ("deny", "Peru denied attacking Chile.", "REJECT PER>"),
    ("deny", "Peru denied that its army had attacked Chile.", "REJECT PER>"),
    ("request", "Peru urged Chile to withdraw its troops from Bolivia.", "REQUEST/yield PER>CHL"),
    ("request", "Peru urged Chile to send aid to Bolivia.", "REQUEST/assist PER>CHL"),
    ("request", "Peru urged Chile to hold talks with Bolivia.", "REQUEST/meet PER>CHL"),
    ("request", "Norway called for a ceasefire in Sudan.", "REQUEST/yield NOR>"),
    ("request", "Sudanese rebels called for a ceasefire.", "AGREE SDN>"),  # a party to the conflict
    ("request", "Chadian rebels pressed their attack on the Sudanese army.", "ASSAULT TCD>SDN"),
    ("order", "Peru ordered its army to bomb the rebels.", "ASSAULT/aerial PER>PER"),
    ("order", "Peru ordered Chile to withdraw its troops.", "REQUEST/yield PER>CHL"),
    ("transparent", "Peru began talks with Chile.", "CONSULT PER+CHL>"),
    ("transparent", "Peru resumed its attacks on the rebels.", "ASSAULT PER>PER"),
    ("permit", "Peru allowed the opposition to protest.", "CONCEDE PER>PER"),
    ("permit", "Peru allowed Chilean peacekeepers to deploy along the border.", "RETREAT/access PER>CHL"),
    ("permit", "The Peruvian bank allowed its staff to wear jeans.", None),
    ("approve", "The Peruvian parliament voted to impose sanctions on Chile.", "SANCTION (future) PER>CHL"),
    ("approve", "The Peruvian parliament approved aid to Haiti.", "AGREE PER>HTI"),
    ("prevent", "Peru banned opposition rallies.", "COERCE/ban PER>PER"),
    ("prevent", "Peru prevented Chilean inspectors from visiting the prisoners.", "COERCE/restrict PER>CHL"),
    ("prevent", "Peru foiled an attack by Chilean rebels.", "ASSAULT (attempted) CHL>"),
    ("attempt", "Chilean rebels tried to kill the Peruvian president.", "ASSAULT/assassinate (attempted) CHL>PER"),
    ("attempt", "Chilean rebels killed the Peruvian president.", "ASSAULT/assassinate CHL>PER"),
    ("fail", "Chadian rebels failed to attack Sudan.", "ASSAULT (negated) TCD>SDN"),
    ("stop", "Peru suspended talks with Chile.", "SANCTION/discontinue PER>CHL"),
    ("stop", "Peru suspended aid to Haiti.", "SANCTION/discontinue PER>HTI"),
    ("stop", "Peru ended its attacks on Chile.", "RETREAT/ceasefire PER>CHL"),
    ("stop", "Peru lifted sanctions on Chile.", "RETREAT/ease PER>CHL"),
    ("stop", "Peruvian police broke up a protest by students.", "COERCE/restrict PER>PER"),
    ("stop", "Peru stopped the clocks.", None),
    ("cancel", "Peru cancelled talks with Chile.", "REJECT/meet PER>CHL"),
    ("cancel", "Chile boycotted the summit with Peru.", "REJECT/meet CHL>PER"),
    ("cancel", "Peru postponed the withdrawal of its troops from Ecuador.", "REJECT/yield PER>ECU"),
    ("cancel", "Peru cancelled the fireworks.", None),
    ("hypothesis", "Peru is considering sanctions on Chile.", "SANCTION (hypothetical) PER>CHL"),
    ("hypothesis", "Peru fears an attack by Chile.", "ASSAULT (hypothetical) CHL>"),
    ("hypothesis", "Peru discussed trade with Chile.", "CONSULT PER+CHL>"),
    ("evaluate", "Peru condemned the attack by Chadian rebels on Sudan.", "ACCUSE/disapprove PER>TCD"),
    ("evaluate", "Peru thanked Chile.", "SUPPORT PER>CHL"),
]


@pytest.mark.parametrize(("effect", "text", "read"), EFFECTS, ids=[f"{e}: {t}" for e, t, _ in EFFECTS])
def test_an_operator_makes_of_an_act_what_the_sentence_says_of_it(
    told: Told, effect: str, text: str, read: str | None
) -> None:
    assert told(text) == ([] if read is None else [read])


def test_every_effect_has_a_row_here() -> None:
    from legation.stages.events.operators import EFFECTS as KNOWN

    assert {effect for effect, _, _ in EFFECTS} == set(KNOWN)


@pytest.mark.xfail(reason="a frame for calls on armed forces to withdraw comes before the order")
def test_an_order_to_ones_own_army_is_no_request(told: Told) -> None:
    assert [line for line in told("Peru ordered its troops to withdraw from Ecuador.") if "REQUEST" in line] == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Peru agreed to begin talks with Chile.", "AGREE PER>CHL"),
        ("Peru refused to begin talks with Chile.", "REJECT/meet PER>CHL"),
        ("Peru threatened to suspend aid to Haiti.", "THREATEN/relations PER>HTI"),
        ("Peru promised to end its attacks on Chile.", "CONCEDE PER>CHL"),
        ("Peru urged Chile to end its attacks on Bolivia.", "REQUEST/yield PER>CHL"),
        ("Peru said it had agreed to meet Chile.", "AGREE PER>CHL"),
    ],
)
def test_operators_work_over_each_other(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


def test_who_says_so_is_kept(coder: Coder) -> None:
    events = coder.code("Rebels attacked a convoy near Gao, the Malian army said.", published="2024-05-06").events

    assert [a.code for a in events[0].according_to] == ["MLI"]


def test_one_act_told_twice_is_one_event(coder: Coder) -> None:
    text = "Kenya expelled two Somali diplomats on Monday. Kenya's expulsion of the diplomats angered Somalia."
    events = [e for e in coder.code(text, published="2024-05-06").events if e.event == "SANCTION"]

    assert len(events) == 1
