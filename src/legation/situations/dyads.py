"""The two sides of an event by country."""

from __future__ import annotations

from legation.model import Actor, Event, Status

REAL: tuple[Status, ...] = ("happened", "ongoing")


def country_of(actor: Actor) -> str | None:
    """The code that stands for an actor's side; None where it is not known."""
    return actor.code or None


def dyads(event: Event, *, directed: bool = True, domestic: bool = True) -> tuple[tuple[str, str], ...]:
    """The pairs of codes an event stands between, each once.

    Each actor with each recipient; without recipients all actors act together, each pair of them. An event
    with one known side has no dyad. Not directed, a pair stands in the order of the alphabet. `domestic`
    keeps pairs of a country with itself (its government and its rebels).
    """
    if event.recipients:
        pairs = [(country_of(a), country_of(r)) for a in event.actors for r in event.recipients]
    else:
        pairs = [
            (country_of(a), country_of(b))
            for i, a in enumerate(event.actors)
            for j, b in enumerate(event.actors)
            if i != j
        ]
    found: dict[tuple[str, str], None] = {}
    for a, b in pairs:
        if a is None or b is None or (a == b and not domestic):
            continue
        found[(a, b) if directed or a <= b else (b, a)] = None
    return tuple(found)
