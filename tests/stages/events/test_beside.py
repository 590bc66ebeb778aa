"""What a sentence refers to is not told beside what it tells; and the forms in which an act hides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Rebels have violated a UN-brokered ceasefire in Yemen.", "ASSAULT YEM>"),
        ("China rejected an American call to release three activists.", "REJECT/yield CHN>USA"),
        ("Kenyan ministers conceded to demands from the Luo opposition for a recount.", "CONCEDE KEN>KEN"),
        ("The Kenyan police pressed the workers to call off the strike they had planned.", "REQUEST/yield KEN>KEN"),
        ("Norway denounced as a crime Serbia's shelling of Bosnian villages.", "ACCUSE/disapprove NOR>SRB"),
        ("Chad agreed to Libyan mediation in the talks with the rebels.", "AGREE TCD>TCD"),
    ],
)
def test_what_an_act_is_about_is_not_told_beside_it(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


def test_what_somebody_is_charged_with_is_no_fact(told: Told) -> None:
    found = told("Peru lodged a protest with Chile, charging its neighbour with supporting rebels.")

    assert {line.split("/")[0] for line in found} == {"ACCUSE"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kenya rejected the talks and attacked Somali rebels.", "ASSAULT KEN>SOM"),
        ("Chad agreed to talks with the rebels.", "AGREE TCD>TCD"),
    ],
)
def test_a_second_act_that_is_told_is_kept(told: Told, text: str, read: str) -> None:
    assert read in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya backs a resolution that aims to tighten sanctions on Somalia.",
        "The Kenyan minister would support lifting the sanctions on Somalia.",
        "Israel admitted that doctors took organs from the dead - a practice it said ended in the 1990s.",
    ],
)
def test_what_a_text_is_for_and_what_one_is_in_favour_of_has_not_happened(told: Told, text: str) -> None:
    hostile = [line for line in told(text) if line.startswith(("SANCTION", "RETREAT"))]
    assert [line for line in hostile if "hypothetical" not in line] == []


def test_what_a_government_aims_at_is_to_come(told: Told) -> None:
    assert told("Kenya aims to tighten sanctions on Somalia.") == ["SANCTION (future) KEN>SOM"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("France is pushing hard for Germany to support its plan.", "REQUEST/assist (ongoing) FRA>DEU"),
        ("Removing the sanctions on Sudan is out of the question, US officials said.", "REJECT USA>SDN"),
        ("An attempt to kill the mayor of Aleppo was thwarted by the Syrian police.", "ASSAULT (attempted) >SYR"),
        ("The British prime minister called Turkish President Erdogan to congratulate him.", "SUPPORT GBR>TUR"),
        ("Kenyan police beat Somali refugees, a Danish group complained on Monday.", "ACCUSE/disapprove DNK>KEN"),
    ],
)
def test_an_act_is_found_in_its_rarer_forms(told: Told, text: str, read: str) -> None:
    assert read in told(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Money is out of the question, the singer said.", "REJECT"),
        ("Kenya called on Somalia to apologise.", "SUPPORT"),
        ("The governor vowed to fight the ruling.", "THREATEN"),
        ("The Indian government fights terrorism.", "ASSAULT"),
        ("Who won the match is unknown.", "ASSAULT"),
        ("The Dutch minister called on the Turkish president to respect the truce.", "CONSULT"),
    ],
)
def test_lookalikes_of_these_forms_are_none(told: Told, text: str, kind: str) -> None:
    assert [line for line in told(text) if line.startswith(kind)] == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ghanaian peacekeepers arrived in Liberia.", "AID GHA>LBR"),
        ("Ghanaian soldiers arrived in Liberia.", "MOBILIZE/troops GHA>"),
        ("Indian police lifted the curfew in Kashmir.", "CONCEDE IND>IND"),
        ("India lifted its sanctions on Nepal.", "RETREAT/ease IND>NPL"),
    ],
)
def test_what_is_sent_or_lifted_says_which_act_it_is(told: Told, text: str, read: str) -> None:
    assert [line.split(">")[0] for line in told(text)] == [read.split(">")[0]]
