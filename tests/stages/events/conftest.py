"""What a sentence is read as, in one line an event: "THREATEN/violence PER>CHL", "ASSAULT (negated) ETH>ERI"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from legation.model import Actor, Event, EventMention

if TYPE_CHECKING:
    from legation.coder import Coder

Told = Callable[[str], list[str]]


def line(event: Event | EventMention) -> str:
    """The event as a short line; who did it before the arrow, to whom it was done after it."""
    name = "/".join((event.event, *event.modes))
    status = "" if event.status == "happened" else f" ({event.status})"
    return f"{name}{status} {_sides(event.actors)}>{_sides(event.recipients)}"


def _sides(actors: tuple[Actor, ...]) -> str:
    return "+".join(a.code or "?" for a in actors)


@pytest.fixture(scope="session")
def told(coder: Coder) -> Told:
    """What the whole coder reads in a text."""
    return lambda text: [line(e) for e in coder.code(text, published="2024-05-06").events]
