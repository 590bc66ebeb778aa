"""Arrests in whatever words: nouns, counts, participles, the usage of police reports; and what only sounds so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model


def _arrests(lines: list[str]) -> list[str]:
    return [x for x in lines if x.startswith("COERCE/arrest") and "negated" not in x and "hypothetical" not in x]


@pytest.mark.parametrize(
    "text",
    [
        "The network came to light following the arrest of two Kenyan militants.",
        "The siege ended with the arrest of the party's vice president.",
        "In the wake of the arrest of the bishop crowds gathered in Goma.",
        "After the bishop's arrest, crowds gathered in Goma.",
        "Referring to the arrest of a teacher in Mombasa, he said the school would stay open.",
        "The number of arrests in Kashmir has passed 3,000.",
        "Police effected 45 arrests in the old city.",
    ],
)
def test_a_noun_tells_an_arrest_where_the_words_round_it_say_it_took_place(told: Told, text: str) -> None:
    assert _arrests(told(text))


@pytest.mark.parametrize(
    "text",
    [
        "They demanded the arrest of the minister.",
        "A reward was promised for information leading to the arrest of the gunmen.",
        "Police fear more arrests.",
        "No arrests were made.",
        "The arrest of the general would anger the army.",
    ],
)
def test_an_arrest_that_is_wanted_feared_or_denied_has_not_taken_place(told: Told, text: str) -> None:
    assert _arrests(told(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Those arrested in Kano were students.",
        "Many of those detained were on their way home.",
        "The total number of persons arrested in Kashmir has gone up to 1,587.",
        "The detained editors went on hunger strike.",
    ],
)
def test_a_participle_tells_the_arrest_of_those_it_stands_with(told: Told, text: str) -> None:
    assert _arrests(told(text))


@pytest.mark.parametrize(
    "text",
    [
        "Egypt freed the blogger arrested last week.",
        "Marchers in Minsk demanded the release of the students detained in March.",
    ],
)
def test_a_release_tells_of_the_arrest_already(told: Told, text: str) -> None:
    assert _arrests(told(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sixty people were held in Colombo on Tuesday evening.",
        "The gang leader is held by the Lahore police.",
        "The Nairobi police acted fast and caught some of them.",
        "The accused have been booked under the Public Safety Act.",
        "Four hundred Indian volunteers have been booked in the state.",
        "Dozens of Zambian students were taken to a police station.",
        "Three Bangladeshi clerics were produced before a magistrate.",
        "Some 200 Indian party workers courted arrest outside the ministry.",
        "The Turkish opposition leader has been in jail since March.",
        "He quelled the unrest by locking up the rabble-rousers.",
        "Okonjo was arrested by the anti-terrorist squad, the town police and the railway police on Saturday.",
    ],
)
def test_the_usage_of_police_reports(told: Told, text: str) -> None:
    assert _arrests(told(text))


@pytest.mark.parametrize(
    "text",
    [
        "Elections were held in Colombo on Tuesday.",
        "Three officials were held responsible for the delay.",
        "The police held themselves back.",
        "The visitors were held to a draw.",
        "The boy was held by his mother.",
        "Fifty people were caught in the storm.",
        "Rooms were booked in the state for the guests.",
        "The striker was booked for a late tackle.",
        "The police caught the bus to town.",
        "The ball landed in the net.",
        "The visitor was in prison as a chaplain.",
    ],
)
def test_what_only_sounds_like_an_arrest_is_none(told: Told, text: str) -> None:
    assert _arrests(told(text)) == []
