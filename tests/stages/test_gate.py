"""The gate: what may hold an event is parsed, the rest is not."""

from __future__ import annotations

import pytest

from legation.model import Document, Sentence
from legation.stages import gate
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


def test_sentences_past_the_longest_text_are_left_out_and_the_record_says_so() -> None:
    told = "Norway expelled two envoys. "
    text = told + "x" * gate.LONGEST + told
    sentences = (Sentence(0, 0, 27), Sentence(1, len(text) - 28, len(text) - 1))
    doc = gate.gate_sentences(Document(text=text, sentences=sentences))
    assert [s.parse for s in doc.sentences] == [True]
    assert [p.stage for p in doc.problems] == ["gate"]
    assert "only the first 500,000" in doc.problems[0].message


def test_a_text_of_usual_length_has_no_problem() -> None:
    doc = gate.gate_sentences(Document(text="Norway slept.", sentences=(Sentence(0, 0, 13),)))
    assert [s.parse for s in doc.sentences] == [False]
    assert not doc.problems


def test_an_empty_sentence_of_a_match_report_breaks_nothing() -> None:
    text = "Goal! -- ! The keeper attacked."
    sentences = (Sentence(0, 0, 5), Sentence(1, 6, 10), Sentence(2, 11, len(text)))
    doc = gate_sentences(Document(text=text, domain="sport", domain_reason="goal", sentences=sentences))
    assert [s.parse for s in doc.sentences] == [False, False, False]
    assert doc.domain_reason == "goal; 2 of 3 sentences passed over"
