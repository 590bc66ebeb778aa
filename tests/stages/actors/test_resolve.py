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


@pytest.mark.parametrize(
    ("phrase", "context", "code"),
    [
        ("House Republicans", "The bill failed.", "USA"),
        ("the attorney general", "Republicans asked the attorney general about ties to Russia.", "USA"),
        ("a Labour MP", "The debate on Russia went on.", "GBR"),
        ("Georgia", "Republicans won in Georgia, and in Atlanta the count went on.", "USA"),
        ("Georgia", "Georgia's envoy left Moscow over Abkhazia.", "GEO"),
        ("the prime minister", "Mark Carney left Ottawa on Monday. Japan waited.", "CAN"),
        ("ethnic Albanian rebels", "Macedonia said it would fight on.", "MKD"),
        ("militias in Tripoli", "Lebanese officers went between the lines in the north.", "LBN"),
        ("an Ohio-class submarine", "It surfaced on Monday.", "USA"),
        ("the World Fishing Forum", "Norway asked for more.", "NGO"),
        ("the African Energy Commission", "Kenya asked for more.", "IGO"),
    ],
)
def test_words_around_tell_the_country(phrase: str, context: str, code: str) -> None:
    actor = resolve_phrase(phrase, context=context, date="2025-06-01")
    assert actor is not None
    assert actor.code == code


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("Panamanian immigration inspectors", "COP"),
        ("Ghanaian farm workers", "AGR"),
        ("Kenya's ombudsman", "GOV"),
        ("the Chadian League of Human Rights", "SOC"),
        ("Syrian tanks", "MIL"),
        ("a Buddhist temple in Myanmar", "REL"),
        ("a breakaway republic", "PRE"),
        ("an ambulance", "MED"),
        ("supporters of the former president", "OPP"),
        ("an official Syrian newspaper", "JRN"),
    ],
)
def test_what_somebody_is_gives_the_sector(phrase: str, sector: str) -> None:
    actor = resolve_phrase(phrase)
    assert actor is not None
    assert sector in (actor.sector, *actor.other_sectors)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [("President Francois Mitterand", "FRA"), ("President Bouteflicka", "DZA"), ("President Quillmore", None)],
)
def test_a_head_of_state_is_known_by_a_surname_with_one_wrong_letter(phrase: str, code: str | None) -> None:
    actor = resolve_phrase(phrase)
    assert actor is not None
    assert actor.code == code


def test_who_is_called_ousted_holds_no_office() -> None:
    actor = resolve_phrase("Evo Morales", context="Ousted president Evo Morales flew to Mexico.", date="2019-11-12")
    assert actor is not None
    assert (actor.code, actor.sector, actor.office) == ("BOL", "ELI", None)
