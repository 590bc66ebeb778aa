"""Sentences: every word of the story is in exactly one, and none of the furniture."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.model import Document, Span
from legation.stages.clean import mark_furniture
from legation.stages.sentences import LONGEST, split_sentences


def split(text: str) -> list[str]:
    doc = split_sentences(Document(text=text))
    return [doc.text_of(s) for s in doc.sentences]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The army left.", "The mayor came back!", "Why?", "Nobody knew."],
        ["Gen. Roe met Gov. Doe.", "They spoke for an hour."],
        ["J. R. Smith and S. Doe signed it.", "The treaty is new."],
        ["The U.S. Army left.", "It went home."],
        ["They flew to the U.S.", "The trip was short."],
        ["He came at 5 p.m. Friday.", "She did not."],
        ["Resolution No. 5 was passed on Dec. 5 in Lyon.", "Two states were against it."],
        ["The price fell 3.5 percent.", "Oil was at $40.10."],
        ["“We will go.”", "The minister smiled."],
        ['He said "We will go."', 'She said "No."'],
        ["He said: ‘We will go.’", "She said no."],
        ['"Stop!" he said.', "They did."],
        ["The firm Doe Inc. sold it.", "A buyer was found."],
        ["They waited...", "Then they left."],
        ["The law (it was passed in May.)", "It is new."],
    ],
)  # fmt: skip
def test_sentences_are_split_at_their_stops(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_missing_blank_after_a_stop_is_forgiven() -> None:
    assert split("The army left.The mayor came back.") == ["The army left.", "The mayor came back."]
    assert split('He said so."We go," she said.') == ["He said so.", '"We go," she said.']
    assert split('He said "We stay."The others went.') == ['He said "We stay."', "The others went."]
    assert split("He said so.“We go,” she said.") == ["He said so.", "“We go,” she said."]
    assert split("See example.org for v1.2 of it.") == ["See example.org for v1.2 of it."]


def test_a_closing_quote_apart_from_its_stop_stays_with_it() -> None:
    assert split('He said " We go . " They left .') == ['He said " We go . "', "They left ."]


def test_a_text_without_capitals_is_split() -> None:
    text = "the police held three men on friday. they were freed. no reason was given."
    assert len(split(text)) == 3


def test_a_quote_closed_on_the_next_line_stays_with_its_speaker() -> None:
    text = 'the party lost.\n"who will go?\n" he asked.\nnobody answered.'
    assert split(text) == ["the party lost.", '"who will go?\n" he asked.', "nobody answered."]


def test_a_stop_within_a_bracketed_word_is_no_end() -> None:
    assert len(split("Sen. Jane Roe (D-N.Y.) Thursday asked for a vote. It was held.")) == 2


def test_a_lower_case_word_after_a_stop_goes_on() -> None:
    assert len(split("The approx. number is ten. Nobody counted the ex. ministers.")) == 2


def test_lines_are_paragraphs() -> None:
    doc = split_sentences(Document(text="One left. Two came.\nThree stayed.\r\n\r\nFour went"))
    assert [s.paragraph for s in doc.sentences] == [0, 0, 1, 2]
    assert [s.index for s in doc.sentences] == [0, 1, 2, 3]


def test_a_hard_wrapped_text_is_joined() -> None:
    text = (
        "The army of the northern republic left the town of Roe on Monday after a\n"
        "siege of three weeks in which nobody was hurt and nothing was destroyed by\n"
        "either side. The mayor came back to his office on Tuesday and asked for the\n"
        "help of the neighbouring states, which promised to send food and\n"
        "blankets.\n\n"
        "Nobody knew why."
    )
    assert len(split(text)) == 3


def test_a_line_that_goes_on_in_lower_case_is_joined() -> None:
    assert split("The army left\nthe town. It went home.\nThe mayor") == [
        "The army left\nthe town.", "It went home.", "The mayor",
    ]  # fmt: skip


def test_furniture_and_head_are_skipped_but_the_title_is_a_sentence() -> None:
    text = (
        "Troops leave the north\n\nOSLO, July 9 (Reuters) - The army left the town. READ ALSO: Envoy goes\n\n"
        "Advertisement\n\nThe mayor came back to the town hall."
    )
    doc = split_sentences(mark_furniture(Document(text=text)))
    assert [(s.kind, doc.text_of(s)) for s in doc.sentences] == [
        ("title", "Troops leave the north"),
        ("body", "The army left the town."),
        ("body", "The mayor came back to the town hall."),
    ]
    assert [s.paragraph for s in doc.sentences] == [0, 1, 2]


def test_a_sentence_without_stop_is_one_up_to_the_limit() -> None:
    assert len(split("and they went " * 100)) == 1


def test_what_is_longer_is_cut_and_said_once() -> None:
    doc = split_sentences(Document(text="and they went on " * 1000 + "\n\n" + "a" * 5000))
    assert all(s.end - s.start <= LONGEST for s in doc.sentences)
    assert len(doc.problems) == 1


@pytest.mark.parametrize("text", ["", "   \n\n ", "...", "***\n---"])
def test_nothing_to_read_gives_no_sentence(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize("piece", ["a", ". ", '". ', "a.b ", "\n", "Aa, ", "A. b. "])
def test_odd_texts_take_no_longer_than_others(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    begin = time.process_time()
    split_sentences(mark_furniture(Document(text=text)))
    assert time.process_time() - begin < 10  # seconds of the processor: a quadratic step takes minutes


_PIECES = st.sampled_from(
    ["The army left. ", "READ ALSO: Envoy goes", "\n", "\n\n", "KABUL (AP) - ", "Advertisement", "Gen. ",
     "U.S. ", "Sapa", "“We go.” ", "\r\n", '"', "x", " ", "...", "a" * 900]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=14).map("".join)))
def test_sentences_cover_the_story_and_nothing_else(text: str) -> None:
    doc = split_sentences(mark_furniture(Document(text=text)))
    assert doc.text == text
    spans = [s.span for s in doc.sentences]
    assert [s.index for s in doc.sentences] == list(range(len(spans)))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert not any(s.overlaps(f) for s in spans for f in doc.furniture)
    body = [s.span for s in doc.sentences if s.kind == "body"]
    assert not any(s.overlaps(h) for s in body for h in doc.head)
    taken = [*spans, *doc.furniture, *doc.head]
    for at, char in enumerate(text):
        if char.isalnum():
            assert any(s.covers(Span(at, at + 1)) for s in taken)
