"""People of no named country take that of the place, on hand-built records."""

from __future__ import annotations

import pytest

from legation.model import Actor, Document, EventMention, Place, Sentence
from legation.stages.events import place_people

TEXT = "Gunmen killed three people in Maiduguri."
GUESSED = "armed people; country the report speaks of most"


def placed(actor: Actor, *, country: str | None = "NGA", in_sentence: bool = True) -> Actor:
    """The actor of an attack after the stage; the event's place is in its own sentence, or in the next."""
    start = TEXT.index("Maiduguri") if in_sentence else 100
    place = Place(start, start + 9, "Maiduguri", country=country, kind="city")
    doc = Document(
        TEXT,
        sentences=(Sentence(0, 0, len(TEXT)),),
        event_mentions=(EventMention(0, 1, "ASSAULT", actors=(actor,), place=place),),
    )
    return place_people(doc).event_mentions[0].actors[0]


@pytest.mark.parametrize("sector", ["UAF", "CVL", "COP", "LAB", "EDU", "REL", "CRM", "OPP"])
def test_local_people_are_of_the_country_where_it_happened(sector: str) -> None:
    found = placed(Actor(None, sector, entity_text="Gunmen", reason="armed people"))

    assert found.code == "NGA"
    assert "Maiduguri" in found.reason


@pytest.mark.parametrize("sector", ["MIL", "GOV", "REB", None])
def test_those_who_may_have_come_from_elsewhere_stay_unknown(sector: str | None) -> None:
    assert placed(Actor(None, sector, entity_text="Soldiers")).code is None


def test_a_country_that_the_words_give_is_kept() -> None:
    assert placed(Actor("TCD", "UAF", entity_text="Chadian gunmen", reason="nationality")).code == "TCD"


def test_a_person_known_by_name_is_no_local() -> None:
    assert placed(Actor(None, "CVL", entity_text="Okonjo", identifier_text="A. Okonjo")).code is None


def test_a_place_in_the_sentence_outweighs_the_country_the_report_speaks_of_most() -> None:
    assert placed(Actor("USA", "UAF", entity_text="Gunmen", reason=GUESSED)).code == "NGA"


def test_a_place_elsewhere_in_the_report_does_not() -> None:
    guessed = Actor("USA", "UAF", entity_text="Gunmen", reason=GUESSED)

    assert placed(guessed, in_sentence=False) == guessed


def test_a_place_of_no_country_says_nothing() -> None:
    assert placed(Actor(None, "UAF", entity_text="Gunmen"), country=None).code is None


def test_what_is_inferred_is_less_sure() -> None:
    sure = Actor(None, "UAF", entity_text="Gunmen", confidence=1.0)

    assert placed(sure).confidence < 1.0


def test_a_second_time_changes_nothing() -> None:
    once = placed(Actor(None, "UAF", entity_text="Gunmen"))

    assert placed(once) == once
