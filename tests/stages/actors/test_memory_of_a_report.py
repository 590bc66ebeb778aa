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


_BOGOTA = "BOGOTA — Colombia's government said on Monday it had asked the National Liberation Army to lay down arms. "


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        # "the group" is who was named before, wherever it is; not where it is told apart by another word
        (_BOGOTA + "The army was ordered to attack the group in the region of Arauca.", "group", ["COL REB"]),
        # a third party that speaks of both sides is neither
        (
            _BOGOTA + "The rebels of the National Liberation Army refused. Norway and Cuba asked both sides for calm.",
            "both sides",
            ["COL GOV", "COL REB"],
        ),
        ("Sudan and Chad met in Doha on Monday. The two sides signed a pact.", "two sides", ["SDN GOV", "TCD GOV"]),
        # "the parties" to a conflict are no political parties; who calls on them is not one of them
        (
            'Chad accused Sudan of raids. Sudan shelled Chad. Talks took place in Russia. "We call on the parties to '
            'end the fighting," the Russian foreign ministry said.',
            "parties",
            ["TCD GOV", "SDN GOV"],
        ),
        # a body printed as a name is the one named before that ends so
        (
            "The Security Council met in Sudan on Monday. The Council of Elders was absent. The Council condemned it.",
            "Council",
            ["UNO GOV"],
        ),
        # "the country" is the subject's own, where the last named is only a place
        (
            _BOGOTA + "The rebels want talks in Havana. President Petro promised to bring peace to the country.",
            "country",
            ["COL GOV"],
        ),
        # an ally is somebody else
        ("Washington stood with its ally on Monday.", "its ally", [" GOV"]),
        ("The president of Kenya thanked his aides on Monday.", "his aides", ["KEN GOV"]),
        # "it" is not the one of several who did it together, nor who is accusing
        (
            "Niger, Mali and Chad said they would leave the African Union, accusing it of meddling.",
            "it",
            ["IGO GOV"],
        ),
    ],
)
def test_who_is_meant_by_a_word_for_somebody_named_before(
    coder: Coder, text: str, words: str, codes: list[str]
) -> None:
    doc = coder.code(text)
    mention = [m for m in doc.mentions if doc.text_of(m) == words][-1]

    assert sorted(f"{a.code or ''} {a.sector}" for a in mention.actors) == sorted(codes)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("world leaders", None),
        ("foreign ministers", None),
        ("Western diplomats", None),
        ("foreign troops", None),
        ("mediators", None),
        ("neighbours", None),
        ("church leaders", "KEN"),
        ("three journalists", "KEN"),
        ("the foreign minister", "KEN"),
        ("the army", "KEN"),
        ("the Law Society of Kenya", "KEN"),
        ("the Coast Democratic Party", None),
        ("the opposition", "KEN"),
    ],
)
def test_who_is_at_home_where_a_report_is_filed(coder: Coder, phrase: str, code: str | None) -> None:
    doc = coder.code(f"NAIROBI, Kenya, 3 May 2022 - The minister criticised {phrase} on Monday after a long debate.")
    bare = phrase.removeprefix("the ")
    mention = next(m for m in doc.mentions if doc.text_of(m) in (bare, bare.removesuffix(" of Kenya"), "world leaders"))

    assert [a.code for a in mention.actors] == [code]
