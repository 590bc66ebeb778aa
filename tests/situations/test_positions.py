"""Quotes become statements, and statements positions."""

from __future__ import annotations

import pytest

from legation.model import Document, Mention, Quote
from legation.situations.positions import issues, positions, statements_of
from situations.told import actor, said


def test_a_statement_is_about_those_named_in_it_but_its_speaker() -> None:
    """The Taliban must stop their offensive, Ghani said of his foes in Doha."""
    text = "The Taliban must stop their offensive, Ghani said of his foes in Doha."
    ghani, taliban = actor("AFG GOV Ashraf Ghani"), actor("AFG REB Taliban")
    words = "The Taliban must stop their offensive"
    doc = Document(
        text,
        "d",
        outlet="Amu Wire",
        published="2021-08-01",
        mentions=(
            Mention(4, 11, 0, None, "name", (taliban,)),
            Mention(39, 44, 0, None, "name", (ghani,)),
            Mention(66, 70, 0, None, "name", (actor("QAT GOV"),)),
        ),
        quotes=(Quote(0, len(words), words, "indirect", speaker=ghani, sentence=0),),
    )

    [statement] = statements_of(doc)

    assert statement.about == ("AFG REB",)
    assert statement.contexts == ("military",)
    assert (statement.document, statement.outlet, statement.published) == ("d", "Amu Wire", "2021-08-01")


def test_a_government_is_named_by_its_code_alone() -> None:
    text = "Pakistan must act."
    doc = Document(
        text,
        "d",
        mentions=(Mention(0, 8, 0, None, "name", (actor("PAK GOV"),)),),
        quotes=(Quote(0, len(text), text, "direct", speaker=actor("IND GOV")),),
    )

    assert statements_of(doc)[0].about == ("PAK",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The embassy will remain open.", ("diplomatic",)),
        ("Women and girls must go to school.", ("gender",)),
        ("A bank is a bank.", ("economic",)),
        ("The bank is closed.", ()),
        ("Nothing of the kind.", ()),
    ],
)
def test_issues_by_words(text: str, found: tuple[str, ...]) -> None:
    assert issues(text) == found


def test_positions_are_by_speaker_and_subject_and_copies_count_once() -> None:
    told = [
        said("USA GOV Joe Biden", "They must go.", doc="a", published="2021-05-02", about=("AFG REB",)),
        said("USA GOV Joe Biden", "They must go!", doc="copy", published="2021-05-03", about=("AFG REB",)),
        said("USA GOV Joe Biden", "We leave.", doc="b", published="2021-05-01", contexts=("military",)),
        said("AFG REB Naeem", "They must go.", doc="a", published="2021-05-02", about=("USA",)),
    ]

    found = {(p.label, p.subject): [s.document for s in p.statements] for p in positions(told)}

    assert found == {
        ("Joe Biden (USA GOV)", "AFG REB"): ["a"],
        ("Joe Biden (USA GOV)", "military"): ["b"],
        ("Naeem (AFG REB)", "USA"): ["a"],
    }


def test_an_unknown_speaker_has_no_position() -> None:
    assert positions([said("? ", "They must go.", about=("USA",))]) == ()
