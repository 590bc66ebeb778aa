"""What the sentence says about an act, with the real parser: operators, status, refusals, no events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from legation.coder import Coder

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


def test_who_says_so_is_kept(coder: Coder) -> None:
    events = coder.code("Rebels attacked a convoy near Gao, the Malian army said.", published="2024-05-06").events

    assert [a.code for a in events[0].according_to] == ["MLI"]


def test_one_act_told_twice_is_one_event(coder: Coder) -> None:
    text = "Kenya expelled two Somali diplomats on Monday. Kenya's expulsion of the diplomats angered Somalia."
    events = [e for e in coder.code(text, published="2024-05-06").events if e.event == "SANCTION"]

    assert len(events) == 1
