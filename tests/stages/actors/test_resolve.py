"""What a phrase stands for, without a parser."""

from __future__ import annotations

import pytest

from legation.stages.actors.resolve import resolve_phrase


@pytest.mark.parametrize(
    ("phrase", "code", "sector"),
    [
        ("Hungarian officials", "HUN", "GOV"),
        ("the Turkish police", "TUR", "COP"),
        ("Syria's army", "SYR", "MIL"),
        ("soldiers", None, "MIL"),
        ("former Chilean minister", "CHL", "ELI"),
        ("Ghana's ex-president", "GHA", "ELI"),
        ("the parliament of Estonia", "EST", "LEG"),
        ("students throughout Nepal", "NPL", "EDU"),
        ("Palestinians", "PSE", "CVL"),
        ("France", "FRA", "GOV"),
        ("the U.S.", "USA", "GOV"),
        ("the Kremlin", "RUS", "GOV"),
        ("Norwegian Prime Minister Ada Voss", "NOR", "GOV"),
        ("a group of tourists", None, "CVL"),
        ("pro-government forces", None, "PRM"),
    ],
)  # fmt: skip
def test_nationality_role_and_place_give_code_and_sector(phrase: str, code: str | None, sector: str) -> None:
    actor = resolve_phrase(phrase)
    assert actor is not None
    assert (actor.code, actor.sector) == (code, sector)


@pytest.mark.parametrize("phrase", ["", "the weather", "us", "a turkey sandwich", "42", "...", "\ud800"])
def test_what_names_nobody_is_nobody(phrase: str) -> None:
    actor = resolve_phrase(phrase)
    assert actor is None or actor.code is None


def test_a_backer_does_not_own_whom_it_backs() -> None:
    actor = resolve_phrase("Iran-backed Iraqi militia")
    assert actor is not None
    assert actor.code == "IRQ"
    bare = resolve_phrase("Iran-backed militants")
    assert bare is not None
    assert bare.code is None


def test_ethnic_albanians_are_not_taken_for_albania() -> None:
    actor = resolve_phrase("ethnic Albanians")
    assert actor is not None
    assert actor.code is None
    assert actor.sector == "CVL"


def test_context_lends_a_name_its_apposition() -> None:
    context = "Bea Quill, the Irish health minister, left the meeting early."
    actor = resolve_phrase("Quill", context=context)
    assert actor is not None
    assert (actor.code, actor.sector) == ("IRL", "GOV")


def test_every_answer_says_why() -> None:
    for phrase in ("Mali", "Malian troops", "Malian Foreign Minister Ora Dia", "protesters"):
        actor = resolve_phrase(phrase)
        assert actor is not None
        assert actor.reason
