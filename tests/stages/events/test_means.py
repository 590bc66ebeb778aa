"""How violence was done: by the means its clause names, or by who was killed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Two Kenyan soldiers were wounded in a bomb attack by Somali militants.", "explosives"),
        ("Five Kenyan policemen were killed by a landmine.", "explosives"),
        ("Rebels in Mali killed four soldiers with rifles.", "firearms"),
        ("A drone strike killed six Yemeni civilians.", "aerial"),
        ("Shelling by the Syrian army killed nine people in Idlib.", "heavy-weapons"),
        ("Militants stabbed two Israeli soldiers with knives.", "primitive"),
        ("A suicide attack killed ten soldiers in Mogadishu.", "suicide-attack"),
        ("Rebels killed the governor of Helmand.", "assassinate"),
    ],
)
def test_the_means_or_the_victim_gives_the_mode(told: Told, text: str, mode: str) -> None:
    assert [line.split()[0] for line in told(text)] == [f"ASSAULT/{mode}"]


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan soldiers killed four rebels.",
        "Rebels killed a farmer in Helmand.",
        "The governor of Helmand was killed.",  # by whom is not told: it need not have been meant
    ],
)
def test_without_means_or_a_leader_killed_on_purpose_there_is_no_mode(told: Told, text: str) -> None:
    assert [line.split()[0] for line in told(text)] == ["ASSAULT"]


@pytest.mark.parametrize("text", ["Kenya met Uganda in a drone factory.", "Kenya arrested two men with rifles."])
def test_only_violence_takes_its_mode_from_the_means(told: Told, text: str) -> None:
    assert [line for line in told(text) if "/aerial" in line or "/firearms" in line] == []


def test_the_most_telling_means_comes_first(told: Told) -> None:
    assert told("Twelve Somali soldiers were killed in a suicide bomb attack.") == ["ASSAULT/suicide-attack >SOM"]
