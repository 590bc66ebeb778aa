"""The records that span documents: an event with all its reports, what was said of it, and a question to them.

`model` holds what one document says; here is what many say together. The same rules: frozen, compared with
``==``, ``None`` for what is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from legation.model import Event, Quote, Status


@dataclass(frozen=True, slots=True)
class Report:
    """One document's telling of an event that others may tell too."""

    document: str  # its id
    event: Event  # as that document tells it
    outlet: str | None = None
    published: str | None = None  # ISO date or time
    copy_of: str | None = None  # the document this one copies: then it is no independent report
    story: str | None = None  # the story its document belongs to
    text: str = ""  # the sentence that tells it

    @property
    def key(self) -> tuple[str, str]:
        """What names this telling in a whole record: an event's id is only unique within its document."""
        return (self.document, self.event.id)

    def __hash__(self) -> int:
        # By its name alone: what is worked out of a report is kept by it, and an event has fifty parts.
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class Join:
    """Why two tellings are held to be one event."""

    first: tuple[str, str]  # Report.key
    second: tuple[str, str]
    reason: str  # in words
    confidence: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of a disputed fact, with the documents that give it."""

    value: str
    documents: tuple[str, ...]
    according_to: tuple[str, ...] = ()  # who is named as saying so, as printed


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact of one event on which its reports differ."""

    field: str  # dead, injured, arrested, crowd, place, date, status, actor
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """Something that happened (or will, or did not), with every report of it. Taken apart by its joins."""

    id: str
    event: Event  # the reading of all reports together
    reports: tuple[Report, ...]
    joins: tuple[Join, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    story: str | None = None

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who printed it, by name."""
        return tuple(sorted({r.outlet for r in self.reports if r.outlet}))

    @property
    def independent(self) -> int:
        """How many outlets told it in a text of their own."""
        own = [r for r in self.reports if r.copy_of is None]
        return len({r.outlet or r.document for r in own})

    @property
    def confidence(self) -> float:
        """The event's own, no surer than the weakest join that holds it together."""
        return min([self.event.confidence, *(j.confidence for j in self.joins)])


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said in one document, about whom and what: the material of positions."""

    document: str
    quote: Quote
    outlet: str | None = None
    published: str | None = None
    about: tuple[str, ...] = ()  # codes of the actors it is about: "USA", "AFG REB"
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question to a record. Each field narrows it; an empty one asks nothing; several values mean any of them.

    `actors` match either side; an actor is a code ("IND"), a code and sector ("AFG REB") or a name. `dyad`
    asks for two sides, in this order when `directed`.
    """

    actors: tuple[str, ...] = ()
    dyad: tuple[str, str] | None = None
    directed: bool = False
    events: tuple[str, ...] = ()  # PLOVER types
    modes: tuple[str, ...] = ()
    quads: tuple[int, ...] = ()
    statuses: tuple[Status, ...] = ()
    contexts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # country codes, provinces or names
    outlets: tuple[str, ...] = ()
    words: str | None = None  # full text
    since: str | None = None  # ISO dates of the event, both ends in
    until: str | None = None
    min_confidence: float = 0.0
