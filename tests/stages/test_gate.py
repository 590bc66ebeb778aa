"""Which sentences are parsed."""

from __future__ import annotations

from legation.model import Document, Sentence
from legation.stages import gate


def test_sentences_past_the_longest_text_are_not_parsed_and_the_record_says_so() -> None:
    told = "Norway expelled two envoys. "
    text = told + "x" * gate.LONGEST + told
    sentences = (Sentence(0, 0, 27), Sentence(1, len(text) - 28, len(text) - 1))
    doc = gate.gate_sentences(Document(text=text, sentences=sentences))
    assert [s.parse for s in doc.sentences] == [True, False]
    assert [p.stage for p in doc.problems] == ["gate"]
    assert "only the first 500,000" in doc.problems[0].message


def test_a_text_of_usual_length_has_no_problem() -> None:
    doc = gate.gate_sentences(Document(text="Norway slept.", sentences=(Sentence(0, 0, 13),)))
    assert [s.parse for s in doc.sentences] == [False]
    assert not doc.problems
