"""The frames that a sentence's words leave of a predicate: found by word, in the lexicon's order."""

from __future__ import annotations

import pytest

from legation.knowledge import lexicon


@pytest.mark.parametrize(
    "sentence",
    [
        "the minister threaten to call off the talk with a cut of aid and to take part in no joint drill",
        "rebel lay down their weapon and hand over the town",
        "it rain",
        "",
    ],
)
def test_frames_by_word_are_those_found_by_trying_all(sentence: str) -> None:
    words, forms = lexicon.load(), frozenset(sentence.split())

    for (kind, lemma), entries in words.frames.items():
        tried = [(rest, frame) for rest, frame in entries if forms.issuperset(rest)]
        assert words.frames_among(kind, lemma, forms) == tried


def test_a_word_that_heads_no_frame_has_none() -> None:
    assert lexicon.load().frames_among("verb", "photosynthesise", frozenset({"up"})) == []
