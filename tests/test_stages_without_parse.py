"""What is done with a report of which no sentence goes to the parser."""

from __future__ import annotations

import re
from functools import reduce

import pytest

from legation.coder import AFTER_PARSE, BEFORE_PARSE, UNPARSED, Stage
from legation.model import Document
from legation.stages.quotes.unparsed import _any_cue, _cue_words, _cues

PASSED_OVER = (
    "The striker shot wide in Lyon on Friday. The goalkeeper said that he was tired after the second half. "
    "The referee sent off the captain, and “nobody liked it,” the coach said. City won the cup."
)


def through(stages: tuple[Stage, ...], doc: Document) -> Document:
    return reduce(lambda done, stage: stage.run(done), stages, doc)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (PASSED_OVER, "en"),
        ("Le ministre a condamné l'attaque de Paris lundi. Les rebelles ont tué deux soldats.", "fr"),
        ("Yellow tulips bloom in the gardens of Delft.", "en"),
        ("", None),
    ],
)
def test_the_stages_left_out_would_find_nothing(text: str, lang: str | None) -> None:
    doc = through(BEFORE_PARSE, Document(text=text, lang=lang, published="2021-07-09"))

    assert not any(sent.parse for sent in doc.sentences)
    assert through(UNPARSED, doc) == through(AFTER_PARSE, doc)


def test_a_match_report_keeps_its_quotes_and_places() -> None:
    doc = through(UNPARSED, through(BEFORE_PARSE, Document(text=PASSED_OVER, published="2021-07-09")))

    assert doc.domain == "sport"
    assert [place.name for place in doc.places] == ["Lyon"]
    assert [quote.kind for quote in doc.quotes] == ["indirect", "direct"]
    assert [when.text for when in doc.dates] == ["Friday"]
    assert doc.events == ()


def test_no_cue_escapes_the_first_look() -> None:
    for cue in (*_cues(), "according to"):
        assert _any_cue().search(f"The envoy {cue} the talks")
        assert not _cue_words().isdisjoint(re.findall("[a-z]+", f"the envoy {cue} the talks"))
