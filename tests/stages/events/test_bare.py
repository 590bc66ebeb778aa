"""Acts of words over what is in no frame: "agreed to redraw the maps", "said Sweden must repaint it"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Norway agreed to redraw its maps with Sweden.", "AGREE NOR>SWE"),
        ("Norway agreed to an expansion of the tunnel.", "AGREE NOR>"),
        ("Norway refused to repaint its embassy for Sweden.", "REJECT NOR>SWE"),
        ("Norway ruled out a redrawing of the map.", "REJECT NOR>"),
        ("Belarus allowed the inspectors from Norway to repaint the tower.", "CONCEDE BLR>NOR"),
    ],
)
def test_the_operator_alone_says_the_type(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.parametrize(
    "text",
    [
        "Norway declined to comment on the report.",
        "Norway refused to say when the tunnel opens.",
        "A brewery agreed to repaint the walls.",
        "The central bank allowed the pound to fall.",
        "The singer refused to repaint her house.",
    ],
)
def test_no_act_of_politics_is_made_of_an_operator_alone(told: Told, text: str) -> None:
    assert told(text) == []


def test_said_another_must_is_a_request(told: Told) -> None:
    assert told("Norway said Sweden must repaint its embassy.") == ["REQUEST/change NOR>SWE"]


@pytest.mark.parametrize(
    "text",
    [
        "Norway said it must repaint its embassy.",
        "Norway said Sweden may repaint its embassy.",
        "Norway said the walls must be repainted.",
    ],
)
def test_what_one_must_do_oneself_is_no_request(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Norway cannot accept the plan of Belarus.", "REJECT/meet NOR>BLR"),
        ("Norway will not comply with the ruling.", "REJECT NOR>"),
        ("Norway no longer recognises the government of Belarus.", "REJECT/assist NOR>BLR"),
    ],
)
def test_will_not_and_no_longer_say_no(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.parametrize("text", ["Norway will not freeze this winter.", "Norway did not repaint its embassy."])
def test_what_only_does_not_happen_is_no_refusal(told: Told, text: str) -> None:
    assert [line for line in told(text) if line.startswith("REJECT")] == []


def test_a_bare_act_is_less_sure_than_one_of_a_frame(coder: object) -> None:
    from legation.coder import Coder

    assert isinstance(coder, Coder)
    (bare,) = coder.code("Norway agreed to redraw its maps with Sweden.", published="2024-05-06").events
    (framed,) = coder.code("Norway agreed to hold talks with Sweden.", published="2024-05-06").events

    assert bare.confidence < framed.confidence
