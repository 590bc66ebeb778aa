"""Which words are places, and which places they are. No parser is needed for any of it."""

from __future__ import annotations

import pytest

from legation.model import Dateline, Document, Place, Span
from legation.stages.places import find_places


def named(text: str) -> list[str]:
    return [p.text for p in find_places(Document(text=text)).places]


def place(text: str, words: str) -> Place:
    return next(p for p in find_places(Document(text=text)).places if p.text == words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fighting went on in Kandahar and Lashkar Gah.", ["Kandahar", "Lashkar Gah"]),
        ("The U.S. and the UK sent ships to the Red Sea.", ["U.S.", "UK", "Red Sea"]),
        ("Trucks waited at the Rafah crossing.", ["Rafah crossing"]),
        ("He left the town of Boro for good.", ["Boro"]),
        ("The Moscow-based agency closed.", ["Moscow"]),
        ("Aid reached Sana'a and al-Hudaydah.", ["Sana'a", "al-Hudaydah"]),
        ("Boats crossed the Kuluva River at dawn.", ["Kuluva River"]),
        (
            "The suspect fled along Mulberry Street towards Interstate 45.",
            ["Mulberry Street", "Interstate 45"],
        ),
    ],
)
def test_names_are_found_with_their_exact_words(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton opened the show.",
        "London Breed thanked the voters.",
        "The Washington Post printed the letter.",
        "Michael Jordan said he was pleased. Jordan laughed.",
        "Mr. Lincoln declined to answer.",
        "Reading is good for children.",
        "Nice work, said the coach.",
        "The Taliban denied it.",
        "Please give us the book.",
        "OK, she said, and left.",
        "Russian and French officials were silent.",
        "",
        "....  ,,, 12345 \n\n\t",
    ],
)
def test_people_papers_and_common_words_are_no_places(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "words", "country", "province"),
    [
        ("A fire broke out in Paris, Texas.", "Paris", "USA", "Texas"),
        ("A fire broke out in Paris.", "Paris", "FRA", "Île-de-France"),
        ("The mayor of London, Ontario, resigned.", "London", "CAN", "Ontario"),
        ("Tbilisi is the capital of Georgia.", "Georgia", "GEO", None),
        ("Voters in Atlanta and Savannah, and all over Georgia, queued.", "Georgia", "USA", "Georgia"),
        ("He was born in Tripoli, Lebanon.", "Tripoli", "LBN", None),
        ("Libyan forces entered Tripoli.", "Tripoli", "LBY", None),
        ("Protests in Cordoba spread to Buenos Aires and all of Argentina.", "Cordoba", "ARG", None),
        ("Officials in Washington met the ambassador.", "Washington", "USA", "District of Columbia"),
        ("Rockets fell in Gaza and in Sderot.", "Gaza", "PSE", None),
    ],
)
def test_context_decides_between_places_of_one_name(
    text: str, words: str, country: str, province: str | None
) -> None:
    found = place(text, words)
    assert found.country == country
    if province is not None:
        assert found.province == province
    assert found.reason


@pytest.mark.parametrize(
    ("text", "words", "precision"),
    [
        ("Troops entered Syria.", "Syria", "country"),
        ("Snow fell in Alberta.", "Alberta", "province"),
        ("Shops opened in Nairobi.", "Nairobi", "city"),
        ("Ships waited in the Strait of Hormuz.", "Strait of Hormuz", "region"),
        ("Prisoners were held at Bagram Air Base.", "Bagram Air Base", "site"),
    ],
)
def test_precision_is_no_finer_than_the_name(text: str, words: str, precision: str) -> None:
    assert place(text, words).precision == precision


def test_furniture_is_not_read() -> None:
    text = "READ ALSO: News from Lagos\nThe meeting was in Accra."
    doc = find_places(Document(text=text, furniture=(Span(0, 26),)))
    assert [p.text for p in doc.places] == ["Accra"]


def test_a_name_of_unknown_water_has_no_pin() -> None:
    found = place("Boats crossed the Kuluva River at dawn.", "Kuluva River")
    assert found.lat is None
    assert found.geonameid is None
    assert found.kind == "river"


def test_the_dateline_country_counts_as_context() -> None:
    text = "Police in Alexandria detained two men."
    doc = find_places(Document(text=text, dateline=Dateline("Cairo", "EGY")))
    assert doc.places[0].country == "EGY"


def test_offsets_point_at_the_words() -> None:
    text = "In St. Petersburg and N’Djamena, crowds met."
    for found in find_places(Document(text=text)).places:
        assert text[found.start : found.end] == found.text


def test_the_same_text_gives_the_same_places() -> None:
    text = "From Springfield to Dublin, and from Paris to Moscow, people in Ohio waited."
    assert find_places(Document(text=text)) == find_places(Document(text=text))
