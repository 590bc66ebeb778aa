"""Stores for tests, and documents coded by hand: what is kept is told apart from what the parser finds."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from legation.model import Actor, Document, Event, EventMention, Mention, Place, Pledge, Quote, Sentence, Span
from legation.store import Store

ABOUT = {"name": "legation", "version": "1", "knowledge": "k1", "model": "none"}
NEWER = {**ABOUT, "version": "2"}


def actor(who: str) -> Actor:
    """ "IND GOV" as an actor."""
    code, _, sector = who.partition(" ")
    return Actor(code, sector or None, entity_text=who, start=0, end=3)


def event(
    event_id: str,
    kind: str = "CONSULT",
    doers: str = "IND GOV",
    others: str = "PAK GOV",
    *,
    date: str | None = "2021-07-09",
    **fields: object,
) -> Event:
    """An event between sides written as "IND GOV, NPL GOV"; told in the first sentence by its first word."""
    told = EventMention(0, 1, kind, words=(Span(0, 4),), date=date)
    record = Event(
        event_id, kind, (), ("diplomatic",), tuple(actor(a) for a in doers.split(", ") if a),
        tuple(actor(a) for a in others.split(", ") if a), "happened", (told,), date=date,
        date_precision="day", quad_code=1, event_scale=1.0, rule="meet", confidence=0.8,
    )  # fmt: skip
    return replace(record, **fields)  # type: ignore[arg-type]


def coded(
    doc_id: str,
    *events: Event,
    text: str = "India met Pakistan in Agra, the minister said.",
    outlet: str | None = "Agra Courier",
    published: str | None = "2021-07-10",
    **fields: object,
) -> Document:
    """A coded document."""
    doc = Document(
        text, id=doc_id, outlet=outlet, published=published, lang="en", events=events,
        sentences=(Sentence(0, 0, len(text)),),
    )  # fmt: skip
    return replace(doc, **fields)  # type: ignore[arg-type]


def spoken(doc_id: str, words: str, speaker: str, about: str) -> Document:
    """A document of one quote in which one actor is named."""
    quote = Quote(0, len(words), words, "direct", speaker=actor(speaker))
    named = Mention(1, 4, 0, None, "name", (actor(about),))
    return coded(doc_id, text=words, quotes=(quote,), mentions=(named,))


@pytest.fixture
def clock() -> Callable[[], str]:
    """A clock that goes on a second at each look."""
    seconds = itertools.count()
    return lambda: f"2026-01-01T00:{(n := next(seconds)) // 60:02}:{n % 60:02}.000000+00:00"


@pytest.fixture
def store(tmp_path: Path, clock: Callable[[], str]) -> Iterator[Store]:
    """An empty store in a file."""
    with Store.open(tmp_path / "legation.db", now=clock) as opened:
        yield opened


__all__ = ["ABOUT", "NEWER", "Place", "Pledge", "actor", "coded", "event", "spoken"]
