"""Tokens of documents: where they stand, and what is kept between batches."""

from __future__ import annotations

from functools import cache

import pytest

from legation.model import Document, Sentence, Token
from legation.stages.parse import Parser, parser

pytestmark = pytest.mark.model

TEXT = "Rebels (of the north) took\u2028Oru and  a cease-fire ended, the 3rd of 12 since May. It rained."


@cache
def loaded() -> Parser:
    return Parser()


def parsed(*docs: Document) -> list[tuple[Token, ...]]:
    return [sentence.tokens for doc in loaded().parse(docs) for sentence in doc.sentences]


def document(text: str = TEXT, **more: object) -> Document:
    end = text.index(". ") + 1 if ". " in text else len(text)
    sentences = (Sentence(0, 0, end), Sentence(1, end + 1, len(text), parse=False))
    return Document(text, sentences=sentences if end < len(text) else sentences[:1])


def test_tokens_stand_where_their_words_stand() -> None:
    first, second = parsed(document())

    assert [t.text for t in first] == "Rebels took Oru and a ceasefire ended , the 3rd of 12 since May .".split()
    assert [TEXT[t.start : t.end] for t in first][:7] == ["Rebels", "took", "Oru", "and", "a", "cease-fire", "ended"]
    assert [t.index for t in first] == list(range(len(first)))
    assert all(0 <= t.head < len(first) for t in first)
    assert second == ()


def test_tokens_of_a_headline_leave_out_what_was_added() -> None:
    text = "Kenya expelled an envoy"
    doc = Document(text, sentences=(Sentence(0, 0, len(text), kind="title"),))

    (tokens,) = parsed(doc)

    assert [(t.text, t.start, t.head) for t in tokens] == [
        ("Kenya", 0, 1),
        ("expelled", 6, 1),
        ("an", 15, 3),
        ("envoy", 18, 1),
    ]


def test_a_full_vocabulary_changes_nothing_and_grows_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    docs = [document(f"Police held {n} men of clan{n} in Dolo.") for n in range(20)]
    before = parsed(*docs)
    monkeypatch.setattr(parser, "_WORDS_KEPT", 1)
    strings = loaded()._nlp.vocab.strings
    size = len(strings)

    after = parsed(*(document(f"Police held {n} men of clan{n} in Dolo.") for n in range(20, 40)))

    assert "clan25" not in strings
    assert len(strings) == size
    assert [[t.dep for t in tokens] for tokens in after] == [[t.dep for t in tokens] for tokens in before]
    assert parsed(*docs) == before
