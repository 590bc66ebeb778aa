"""Whom words stand for that name nobody: with the real parser, over reports of a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legation.model import Document

if TYPE_CHECKING:
    from legation.coder import Coder

pytestmark = pytest.mark.model


def _of(coder: Coder, text: str, words: str, published: str | None = None) -> list[tuple[str | None, str | None]]:
    doc = next(iter(coder.code_many([Document(text=text, published=published)])))
    found = [m for m in doc.mentions if doc.text_of(m).lower() == words.lower()]
    return [(a.code, a.sector) for a in found[-1].actors] if found else []


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Peru and Chile met in Lima. The warring parties signed a truce.", "warring parties", ["PER", "CHL"]),
        ("Peru and Chile met in Lima. The former will pull back its troops.", "former", ["PER"]),
        ("Peru and Chile met in Lima. The latter will pull back its troops.", "latter", ["CHL"]),
        ("The EU rejected the plan. The bloc will meet on Monday.", "bloc", ["EUR"]),
        ("Hezbollah fired rockets. Members of the group fled to Tyre.", "members", ["LBN"]),
        ("The parties voted on the law.", "parties", []),
        ("The former minister of Chile resigned.", "former", []),
    ],
)
def test_sides_and_groups_are_those_spoken_of_last(coder: Coder, text: str, words: str, codes: list[str]) -> None:
    found = [code for code, _ in _of(coder, text, words) if code]
    assert found == codes


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ('"We will defend our borders," Kenyan Defence Minister Ora Quill said.', "we", ("KEN", "GOV")),
        ('Chile\'s president spoke on Monday. "Our country is ready," he said.', "country", ("CHL", "GOV")),
        ('"We have lost everything," said a student from Nepal.', "we", ("NPL", "EDU")),
    ],
)
def test_we_and_our_country_are_the_speakers(coder: Coder, text: str, words: str, actor: tuple[str, str]) -> None:
    assert _of(coder, text, words) == [actor]


def test_we_is_nobody_where_nobody_speaks(coder: Coder) -> None:
    assert _of(coder, "We all know the weather in Bergen.", "we") == []


def test_a_title_and_surname_tell_where_a_report_is_at_home(coder: Coder) -> None:
    text = "Presidents Biden and Putin met in Geneva. The opposition criticised the meeting."
    assert _of(coder, text, "opposition", "2021-06-16") == [("USA", "OPP")]


def test_names_that_mean_something_else_here_are_read_so(coder: Coder) -> None:
    georgia = "Republicans in Georgia sued over the count in Atlanta. Georgia rejected the claim."
    assert _of(coder, georgia, "georgia")[0][0] == "USA"
    caucasus = "Russia attacked from Abkhazia. Georgia rejected the claim."
    assert _of(coder, caucasus, "georgia") == [("GEO", "GOV")]
