"""Where an event was, among the places its sentence names; event_places.tsv holds sentences of ours."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from legation.model import Actor, Dateline, Document, EventMention, Sentence, Token
from legation.stages.parse import Parser, parse_text
from legation.stages.places import find_places

ROWS = list(
    csv.DictReader((Path(__file__).parent / "event_places.tsv").open(encoding="utf-8"), delimiter="\t")
)


@cache
def parser() -> Parser:
    return Parser()


def placed(row: dict[str, str]) -> str:
    """The words of the place the event is given, or a dash."""
    doc = parse_text(row["sentence"], parser())
    tokens = doc.sentences[0].tokens
    anchor = next(t.index for t in tokens if t.text.lower() == row["act"].lower())
    modes = (row["mode"],) if row["mode"] else ()
    mention = EventMention(0, anchor, row["event"], modes, clause_tokens=tuple(t.index for t in tokens))
    found = find_places(replace(doc, event_mentions=(mention,))).event_mentions[0]
    assert found.place_reason
    return found.place.text if found.place else "-"


@pytest.mark.model
def test_the_place_of_an_event_is_right_and_almost_never_wrong() -> None:
    got = [(row, placed(row)) for row in ROWS]
    right = sum(answer == row["place"] for row, answer in got)
    wrong = [(row["sentence"], answer) for row, answer in got if answer not in ("-", row["place"])]
    assert right >= 0.88 * len(ROWS)
    assert len(wrong) <= 0.04 * len(ROWS), wrong


@pytest.mark.model
def test_a_capital_that_speaks_is_no_place_of_an_event() -> None:
    row = {
        "sentence": "Moscow said it had expelled two envoys.",
        "act": "expelled",
        "event": "REJECT",
        "mode": "",
    }
    assert placed(row) == "-"


def sentence(*words: tuple[str, str, str, int]) -> tuple[str, Sentence]:
    """Hand-built tokens: word, tag, dependency, head."""
    text, tokens = "", []
    for i, (word, tag, dep, head) in enumerate(words):
        start = len(text)
        text += word + " "
        tokens.append(Token(i, start, start + len(word), word, word.lower(), tag, dep, head))
    return text, Sentence(0, 0, len(text), tokens=tuple(tokens))


def test_a_place_under_in_on_the_act_is_its_place() -> None:
    text, sent = sentence(
        ("Crowds", "NNS", "nsubj", 1),
        ("marched", "VBD", "ROOT", 1),
        ("in", "IN", "prep", 1),
        ("Lima", "NNP", "pobj", 2),
    )
    doc = Document(text=text, sentences=(sent,), event_mentions=(EventMention(0, 1, "PROTEST"),))
    found = find_places(doc).event_mentions[0]
    assert found.place is not None
    assert found.place.name == "Lima"
    assert "'in'" in found.place_reason


def test_a_capital_as_subject_leaves_the_event_without_a_place() -> None:
    text, sent = sentence(
        ("Lima", "NNP", "nsubj", 1),
        ("rejected", "VBD", "ROOT", 1),
        ("the", "DT", "det", 3),
        ("offer", "NN", "dobj", 1),
    )
    doc = Document(text=text, sentences=(sent,), event_mentions=(EventMention(0, 1, "REJECT"),))
    assert find_places(doc).event_mentions[0].place is None


@pytest.mark.parametrize(("code", "expected"), [("RUS", "Moscow"), ("SYR", None)])
def test_the_dateline_counts_in_the_lead_for_an_act_of_its_country_only(
    code: str, expected: str | None
) -> None:
    text, sent = sentence(
        ("Police", "NNS", "nsubj", 1), ("dispersed", "VBD", "ROOT", 1), ("crowds", "NNS", "dobj", 1)
    )
    text = "Moscow: " + text
    tokens = tuple(replace(t, start=t.start + 8, end=t.end + 8) for t in sent.tokens)
    mention = EventMention(0, 1, "COERCE", actors=(Actor(code),))
    doc = Document(
        text=text,
        dateline=Dateline("Moscow"),
        sentences=(replace(sent, start=8, end=len(text), tokens=tokens),),
        event_mentions=(mention,),
    )
    found = find_places(doc).event_mentions[0].place
    assert (found.name if found else None) == expected


def test_an_anchor_outside_the_sentence_is_no_error() -> None:
    text, sent = sentence(("Crowds", "NNS", "nsubj", 0))
    doc = Document(
        text=text,
        sentences=(sent,),
        event_mentions=(EventMention(0, 7, "PROTEST"), EventMention(5, 0, "AID")),
    )
    assert [m.place for m in find_places(doc).event_mentions] == [None, None]
