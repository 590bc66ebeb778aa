"""Whom an attack on a place touches, on hand-built records: the place's people, where nobody else is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builders import document
from legation.model import Actor, Document, EventMention, Place
from legation.stages.clauses import find_clauses
from legation.stages.events import find_attacked

SHELLED = "Moscow/NNP/nsubj/1 shelled/VBD/ROOT/1 Kharkiv/NNP/dobj/1"
IN_TOWN = "Moscow/NNP/nsubj/1 attacked/VBD/ROOT/1 in/IN/prep/1 Kharkiv/NNP/pobj/2"
ON_BASE = (
    "Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1 a/DT/det/3 base/NN/dobj/1 in/IN/prep/3 Lamu/NNP/compound/6 "
    "county/NN/pobj/4"
)
ASSAULT_ON = (
    "Moscow/NNP/nsubj/1 launched/VBD/ROOT/1 an/DT/det/3 assault/NN/dobj/1 on/IN/prep/3 Kharkiv/NNP/pobj/4"
)
MOSCOW = Actor("RUS", "GOV", entity_text="Moscow", start=0, end=6, reason="capital")


def attacked(parse: str, anchor: int, word: str | None, *, kind: str = "city", **changes: Any) -> EventMention:
    """The attack of the parse after the stage; `word` is the place in it."""
    doc = find_clauses(document(parse))
    start = doc.text.index(word) if word else 0
    places = (Place(start, start + len(word), word, country="UKR", kind=kind),) if word else ()
    mention = EventMention(0, anchor, "ASSAULT", actors=(MOSCOW,))
    mention = replace(mention, **changes)
    doc = find_attacked(replace(doc, places=places, event_mentions=(mention,)))
    return doc.event_mentions[0]


@pytest.mark.parametrize(
    ("parse", "anchor", "word"), [(SHELLED, 1, "Kharkiv"), (ASSAULT_ON, 3, "Kharkiv"), (ON_BASE, 1, "Lamu county")]
)
def test_the_people_of_an_attacked_place_are_touched(parse: str, anchor: int, word: str) -> None:
    (found,) = attacked(parse, anchor, word).recipients

    assert (found.code, found.sector, found.entity_text) == ("UKR", None, word)
    assert word in found.reason


def test_a_place_where_the_attack_was_is_not_attacked() -> None:
    assert attacked(IN_TOWN, 1, "Kharkiv").recipients == ()


@pytest.mark.parametrize("kind", ["country", "sea", "river"])
def test_what_is_larger_than_a_town_only_says_where(kind: str) -> None:
    assert attacked(SHELLED, 1, "Kharkiv", kind=kind).recipients == ()


def test_whoever_is_named_already_stays_the_only_one() -> None:
    soldiers = Actor("UKR", "MIL", entity_text="soldiers")

    assert attacked(SHELLED, 1, "Kharkiv", recipients=(soldiers,)).recipients == (soldiers,)


@pytest.mark.parametrize("changes", [{"event": "CONSULT"}, {"actors": ()}, {"reciprocal": True}])
def test_only_one_sided_violence_by_somebody_touches_a_place(changes: dict[str, Any]) -> None:
    assert attacked(SHELLED, 1, "Kharkiv", **changes).recipients == ()


def test_without_a_place_the_record_is_the_same() -> None:
    assert attacked(SHELLED, 1, None).recipients == ()


def test_a_mention_of_no_sentence_is_left_alone() -> None:
    place = Place(0, 1, "X", country="UKR", kind="city")
    doc = Document("X", places=(place,), event_mentions=(EventMention(4, 0, "ASSAULT", actors=(MOSCOW,)),))

    assert find_attacked(doc).event_mentions == doc.event_mentions
