"""Hand-built records for tests: parses written as text, so that rules are tested without a parser."""

from __future__ import annotations

from legation.model import Actor, Document, Mention, Sentence, Token
from legation.stages.parse import lemma_of


def sentence(parse: str, *, index: int = 0, start: int = 0) -> tuple[str, Sentence]:
    """A text and its sentence from "word/TAG/dep/head" units; heads count from 0.

    >>> sentence("Russia/NNP/nsubj/1 attacked/VBD/ROOT/1 Ukraine/NNP/dobj/1")
    """
    tokens: list[Token] = []
    text = ""
    for number, unit in enumerate(parse.split()):
        word, tag, dep, head = unit.rsplit("/", 3)
        if text and tag not in (".", ",", "POS"):
            text += " "
        first = start + len(text)
        tokens.append(Token(number, first, first + len(word), word, lemma_of(word, tag), tag, dep, int(head)))
        text += word
    return text, Sentence(index, start, start + len(text), tokens=tuple(tokens))


def document(parse: str, *mentions: Mention) -> Document:
    """A document of one hand-parsed sentence, with actor mentions already found."""
    text, sent = sentence(parse)
    return Document(text=text, sentences=(sent,), mentions=mentions)


def mention(doc_parse: str, head: int, code: str | None, sector: str | None = "GOV", *classes: str) -> Mention:
    """The mention of one token of a hand-written parse."""
    _, sent = sentence(doc_parse)
    token = sent.tokens[head]
    actor = Actor(code, sector, entity_text=token.text, start=token.start, end=token.end)
    found = frozenset(classes or ("state", "government"))
    return Mention(token.start, token.end, 0, head, "name", (actor,), classes=found)
