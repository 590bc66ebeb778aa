"""What is no event of politics or conflict: private violence, mishaps, everyday crime, one's own capital."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]
pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "A woman was stabbed by her husband in Leeds.",
        "A man shot his brother in Ohio.",
        "A shooting at a house killed a woman.",
        "A man sued his brother over a fence.",
    ],
)
def test_what_private_people_do_to_each_other_is_no_event(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Gunmen killed 12 villagers in Zamfara.", "ASSAULT NGA>NGA"),
        ("A soldier shot a farmer in Assam.", "ASSAULT/firearms IND>IND"),
        ("A bomb explosion killed a woman at a house in Quetta.", "ASSAULT/explosives >PAK"),
        ("A mob killed two traders in Lahore.", "ASSAULT PAK>PAK"),
    ],
)
def test_violence_of_the_armed_or_of_many_is_one(told: Told, text: str, read: str) -> None:
    assert told(text) == [read]


@pytest.mark.parametrize(
    "text",
    [
        "A flood killed 40 people in Pakistan.",
        "At least 30 workers were killed in a landslide in Colombia.",
        "A blast killed six workers. The gas leak had gone unnoticed for days.",
        "The Indian government sent relief supplies to Indian villages hit by the earthquake.",
        pytest.param(
            "Nine people were killed when a ferry capsized off Lagos.",
            marks=pytest.mark.xfail(reason="words of disasters are met in their base form only"),
        ),
        "Turkish troops were deployed to dig for survivors of the earthquake.",
    ],
)
def test_nature_and_mishap_do_nothing_to_anybody(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("India sent relief supplies to Nepal after the earthquake.", "AID IND>NPL"),
        ("Rebels killed 40 people in Pakistan. The storm had passed.", "ASSAULT PAK>PAK"),
        ("A bomb killed six people in Quetta. The blast came a day after the earthquake.", "ASSAULT/explosives >PAK"),
    ],
)
def test_help_from_abroad_and_attacks_are_told_in_a_disaster_too(told: Told, text: str, read: str) -> None:
    assert read in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Police in Nairobi arrested two burglars who had stolen cars.",
        "Customs officers seized heroin worth a million dollars.",
        "Kenyan police arrested four men for smuggling ivory.",
    ],
)
def test_thieves_and_smugglers_caught_are_no_event(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan police arrested two activists.",
        "Kenyan police arrested three men over the murder of an opposition leader.",
        "Kenyan police arrested two protesters for stealing a flag.",
        "Kenyan police arrested a minister over drugs.",
    ],
)
def test_an_arrest_that_is_of_politics_is_one(told: Told, text: str) -> None:
    assert [line.split()[0] for line in told(text)] == ["COERCE/arrest"]


@pytest.mark.parametrize(
    "text",
    [
        "The French president visited Paris.",
        "The Chinese minister defended the interests of China.",
    ],
)
def test_nobody_visits_or_defends_his_own_state(told: Told, text: str) -> None:
    assert told(text) == []


def test_somebody_elses_capital_is_visited(told: Told) -> None:
    assert told("The French president visited Berlin.") == ["CONSULT/visit FRA>DEU"]


@pytest.mark.parametrize(
    "text",
    [
        "Jets carried out strikes on the camp.",
        "Danish soldiers marched in a parade in Odense.",
    ],
)
def test_armed_forces_do_not_protest(told: Told, text: str) -> None:
    assert [line for line in told(text) if line.startswith("PROTEST")] == []


def test_workers_do(told: Told) -> None:
    assert told("Workers went on strike over pay in Johannesburg.") == ["PROTEST/strike ZAF>"]


@pytest.mark.parametrize(
    "text",
    [
        "The talks will be held on 3 March.",
        "The law takes effect on 1 May.",
        "The march of the penguins drew children to the zoo.",
        "The team attacked from the left and shot at goal twice.",
        "Shares rallied in Tokyo.",
        "The company fired its chief executive.",
        "White took the knight and captured the rook on the ninth move.",
    ],
)
def test_months_sport_business_and_games_are_no_events(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Gas cylinders exploded during a fire in a garage in Leeds on Monday.",
        "Pakistani army troops assisted the civil administration with relief after the earthquake.",
        "Sixty fires are burning in the hills. The Mexican government declared a state of emergency.",
        "The authorities banned the sale of alcohol after forty people died of poisoning.",
        "Three brothers were arrested in Adelaide over a string of burglaries.",
    ],
)
def test_a_state_that_looks_after_its_own_in_a_catastrophe_and_everyday_crime_are_none(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Norway gave blankets to Turkey after the earthquake.", "AID NOR>TUR"),
        ("Rebels attacked an aid convoy in Syria after the earthquake.", "ASSAULT SYR>SYR"),
        ("Three rusty grenades were found near a school in Limassol.", "COERCE/confiscate >"),
        ("A peaceful protest took place in the town.", "PROTEST/demo >"),
    ],
)
def test_what_comes_from_abroad_or_from_the_armed_is_one(told: Told, text: str, read: str) -> None:
    assert read in told(text)
