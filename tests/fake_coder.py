"""A coder that knows one act, so that the command line can be tested without a parser.

It stands in a module of its own because worker processes must be able to import it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from legation.errors import LegationError, ModelMissingError
from legation.model import Actor, Document, Event, EventMention, Pledge, Problem, Sentence, Span


class FakeCoder:
    """Each "met" in a text is a meeting, each "will meet" one to come; a text with "?" has a problem."""

    about: ClassVar[dict[str, str]] = {"name": "legation", "version": "0", "knowledge": "k", "model": "none"}

    def code(self, doc: Document | str, published: str | None = None) -> Document:
        doc = Document(doc, published=published) if isinstance(doc, str) else doc
        sents = (Sentence(0, 0, len(doc.text)),)
        events = tuple(
            _meeting(doc, words, status)
            for words, status in ((" met ", "happened"), ("will meet", "future"))
            if words in doc.text
        )
        pledges = tuple(
            Pledge(event.id, "2024-03-01", "soon") for event in events if event.status == "future"
        )
        problems = (Problem("dates", f"'{doc.id}' is not a date"),) if "?" in doc.text else ()
        return replace(
            doc, sentences=sents, events=events, pledges=pledges, problems=(*doc.problems, *problems)
        )

    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]:
        for doc in docs:
            if doc.text == "interrupt":
                raise KeyboardInterrupt
            yield self.code(doc)

    def explain(self, doc: Document, n: int) -> list[str]:
        return [f"sentence {n} has {len(doc.events)} events"]


def _meeting(doc: Document, words: str, status: str) -> Event:
    start = doc.text.index(words.strip())
    who = Actor("NOR", "GOV", (), doc.text.split()[0], start=0, end=len(doc.text.split()[0]))
    told = EventMention(0, 1, "CONSULT", words=(Span(start, start + len(words.strip())),), rule="meet")
    confidence = 0.9 if status == "happened" else 0.4
    return Event(
        f"{doc.id}-{status}", "CONSULT", (), (), (who,), (), status, (told,), rule="meet",  # type: ignore[arg-type]
        confidence=confidence,
    )  # fmt: skip


class NoModelCoder(FakeCoder):
    """A coder whose parser model is not installed."""

    def __init__(self) -> None:
        raise ModelMissingError(("one", "two"))


class DyingCoder(FakeCoder):
    """A coder whose process is ended from outside."""

    def __init__(self) -> None:
        os._exit(9)


class OnceDyingCoder(FakeCoder):
    """A coder whose process is ended in the middle of its work, once in all."""

    def __init__(self, died: Path) -> None:
        self._died = died

    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]:
        for number, doc in enumerate(docs):
            if number == 3 and not self._died.exists():
                self._died.touch()
                os._exit(9)
            yield self.code(doc)


class PoisonedCoder(FakeCoder):
    """A coder whose process is ended by a certain document, always."""

    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]:
        for doc in docs:
            if doc.text == "poison":
                os._exit(9)
            yield self.code(doc)


def telling(doc: Document, about: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The document's name and problems."""
    return doc.id, tuple(p.message for p in doc.problems)


def ending(doc: Document, about: Mapping[str, Any]) -> tuple[str, int, str]:
    """What a worker sends back in the tests."""
    return (doc.id, len(doc.events), about["model"])


def failing(doc: Document, about: Mapping[str, Any]) -> str:
    """A worker's work that cannot be done."""
    raise LegationError(f"{doc.id} cannot be written.")


class SlowCoder(FakeCoder):
    """A coder that takes long enough to be ended in the middle."""

    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]:
        for doc in docs:
            time.sleep(0.002)
            yield self.code(doc)
