"""The gate: what may hold an event is parsed, the rest is not."""

from __future__ import annotations

import pytest

from legation.model import Document, Sentence
from legation.stages.gate import gate_sentences


def passes(text: str, lang: str | None = None) -> bool:
    doc = Document(text=text, lang=lang, sentences=(Sentence(0, 0, len(text)),))
    return gate_sentences(doc).sentences[0].parse


@pytest.mark.parametrize(
    "text",
    [
        "Troops withdrew from Mali.",
        "Talks were held.",
        "He denied it.",
        "Rebels overran the town.",
        "Police arrested two men.",
    ],
)
def test_a_sentence_with_a_word_of_the_lexicon_passes(text: str) -> None:
    assert passes(text)


def test_a_sentence_without_one_does_not() -> None:
    assert not passes("Yellow tulips grow in my garden.")


def test_another_language_is_not_parsed() -> None:
    assert not passes("Le ministre a attack des rebelles.", lang="fr")


def test_what_stands_beyond_a_million_characters_is_said_and_not_parsed() -> None:
    text = "a" * 1_100_000
    doc = Document(text=text, sentences=(Sentence(0, 1_050_000, 1_100_000),))
    gated = gate_sentences(doc)

    assert not gated.sentences[0].parse
    assert "1,000,000" in gated.problems[0].message
