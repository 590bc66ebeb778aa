"""Whom an act touches where its frame names nobody: read with the real parser, one phenomenon a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Chile rejected the request by Bolivia.", "REJECT/yield CHL>BOL"),
        ("Norway imposed a ban on imports from Belarus.", "SANCTION/discontinue NOR>BLR"),
        ("Peru agreed to lift its embargo on sales to Ecuador.", "AGREE PER>ECU"),
        ("Norway agreed to redraw its maps with Sweden.", "AGREE NOR>SWE"),
    ],
)
def test_who_is_addressed_may_stand_behind_a_preposition(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


def test_whose_thing_it_is_tells_whom_a_release_touches(told: Told) -> None:
    assert told("Ghana ordered the release of the Liberian tanker.") == ["CONCEDE GHA>LBR"]


def test_who_uses_what_is_struck_is_struck(told: Told) -> None:
    assert told("Jordanian jets bombed bases used by a Syrian militia.") == ["ASSAULT/aerial JOR>SYR"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kenya demanded that Uganda free the fishermen.", "REQUEST/yield KEN>UGA"),
        ("Kenya threatened to cut aid to Uganda.", "THREATEN/relations KEN>UGA"),
    ],
)
def test_an_act_of_words_takes_whom_its_complement_names(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Farmers marched to protest cuts by the Dutch government.", "PROTEST/demo NLD>NLD"),
        ("Students rallied in Nairobi to demand reforms by the government.", "PROTEST/demo KEN>KEN"),
        ("Ghana gave money to help Liberia.", "AID GHA>LBR"),
    ],
)
def test_a_purpose_names_whom_a_protest_or_a_gift_is_for(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.parametrize(
    "text",
    [
        "Dutch farmers marched to celebrate the harvest.",
        "Dutch farmers marched through the city to greet the spring.",
    ],
)
def test_a_march_that_voices_nothing_is_against_nobody(told: Told, text: str) -> None:
    assert told(text) == ["PROTEST/demo NLD>"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The Kenyan minister declined to resign despite pressure from the opposition.", "REJECT/yield KEN>KEN"),
        ("A Danish union called off its strike after talks with the government.", "CONCEDE DNK>DNK"),
    ],
)
def test_what_an_act_answers_to_names_whom_it_touches(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


def test_a_person_no_table_knows_is_kept_by_name(told: Told) -> None:
    assert told("Prosecutors in Peru opened an investigation into Okonjo.") == ["ACCUSE/investigate PER>?"]


@pytest.mark.parametrize("text", ["Kenya lifted its own curfew.", "Kenya imposed a curfew on Sunday."])
def test_nobody_is_touched_where_nobody_else_is_named(told: Told, text: str) -> None:
    read = told(text)

    assert read
    assert all(line.endswith(">") for line in read)


def test_a_possessor_is_not_whom_ones_own_act_is_done_to(told: Told) -> None:
    assert told("Norway imposed its ban on imports from Belarus.") == ["SANCTION/discontinue NOR>BLR"]
