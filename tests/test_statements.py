"""Quotes become statements: whom they are about, and which issues."""

from __future__ import annotations

from pathlib import Path

import pytest

from legation.keeping import open_store
from legation.model import Document, Mention, Quote
from legation.record import Query
from legation.statements import issues, statements_of
from situations.told import actor


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


def test_a_store_keeps_denials_and_issues_as_statements_of_says(tmp_path: Path) -> None:
    """The minister denied that Pakistani soldiers had shelled the village."""
    text = test_a_store_keeps_denials_and_issues_as_statements_of_says.__doc__ or ""
    start = text.index("that")
    quote = Quote(start, len(text) - 1, text[start:-1], "indirect", speaker=actor("IND GOV"), sentence=0, negated=True)
    named = Mention(start + 5, start + 23, 0, None, "nominal", (actor("PAK MIL"),))
    doc = Document(text, "d", published="2021-08-01", mentions=(named,), quotes=(quote,))

    with open_store(tmp_path / "record.db") as store:
        store.add([doc], {})

        assert store.statements(Query(dyad=("IND", "PAK MIL"), directed=True)) == list(statements_of(doc))
        assert store.statements(Query(contexts=("military",))) == list(statements_of(doc))


def test_a_government_spoken_about_is_found_with_its_sector_and_without(tmp_path: Path) -> None:
    text = "Pakistan must act."
    mention = Mention(0, 8, 0, None, "name", (actor("PAK GOV"),))
    doc = Document(text, "d", mentions=(mention,), quotes=(Quote(0, len(text), text, "direct", speaker=actor("IND")),))

    with open_store(tmp_path / "record.db") as store:
        store.add([doc], {})

        for about in ("PAK", "PAK GOV"):
            assert len(store.statements(Query(dyad=("IND", about), directed=True))) == 1
        assert store.statements(Query(dyad=("IND", "PAK MIL"), directed=True)) == []


def test_a_document_without_quotes_makes_no_statements() -> None:
    assert statements_of(Document("Nobody spoke.", "d")) == ()
