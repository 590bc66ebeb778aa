"""Changing records: as dataclasses.replace does it, whatever the class."""

from __future__ import annotations

import dataclasses
from dataclasses import FrozenInstanceError, dataclass
from typing import Any

import pytest

from legation.changing import replace
from legation.model import Actor, Document, EventMention, Sentence


@dataclass(frozen=True)
class Open:
    """Without slots."""

    one: int
    two: str = "b"


@dataclass(frozen=True, slots=True)
class Single:
    one: int


@dataclass(slots=True)
class Derived:
    """A field is worked out when it is made."""

    one: int
    twice: int = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.twice = 2 * self.one


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (Document("Some text.", id="x"), {"title": "A title", "sentences": (Sentence(0, 0, 10),)}),
        (Document("Some text."), {}),
        (Actor("FRA", "GOV", start=3), {"code": None}),
        (EventMention(0, 3, "CONSULT"), {"event": "AID", "modes": ("a",), "size": None}),
        (Open(1), {"two": "c"}),
        (Single(1), {"one": 2}),
        (Derived(1), {"one": 4}),
    ],
)
def test_as_dataclasses_does_it(record: Any, changes: dict[str, Any]) -> None:
    before = repr(record)

    changed = replace(record, **changes)

    assert changed == dataclasses.replace(record, **changes)
    assert type(changed) is type(record)
    assert changed is not record
    assert repr(record) == before


@pytest.mark.parametrize("record", [Actor("FRA"), Open(1), Derived(1)])
def test_a_field_that_is_not_there_is_refused(record: Any) -> None:
    with pytest.raises(TypeError):
        replace(record, colour="blue")


def test_what_is_changed_stays_frozen() -> None:
    changed: Any = replace(Actor("FRA"), code="DEU")

    with pytest.raises(FrozenInstanceError):
        changed.code = "ITA"
    assert hash(changed) == hash(Actor("DEU"))
