"""Where: the places a text names, and for each event the one it happened at, or none."""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge.places import load_gazetteer
from legation.model import Document
from legation.stages.places.features import with_features
from legation.stages.places.gazetteer import find_names, words_of
from legation.stages.places.judge import judge, words
from legation.stages.places.resolve import resolve, with_neighbours
from legation.stages.places.where import place_events

__all__ = ["find_places"]


def find_places(doc: Document) -> Document:
    """Fill Document.places, and the place of every event mention that has one."""
    book = load_gazetteer()
    tokens = words_of(doc.text, book.abbreviations)
    names = [
        f
        for f in find_names(doc.text, tokens, book, words().function)
        if not any(s.start < f.end and f.start < s.end for s in doc.furniture)
    ]
    sure, doubtful = judge(doc.text, tokens, with_features(doc.text, tokens, names))
    found = with_neighbours(doc.text, sure, doubtful)
    places = resolve(doc.text, found, doc.dateline)
    return replace(doc, places=places, event_mentions=place_events(doc, places))
