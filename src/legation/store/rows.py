"""What a store answers with, beside the records of `legation.record`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from legation.model import Pledge


@dataclass(frozen=True, slots=True)
class Added:
    """What came of an addition, in documents."""

    new: int = 0
    known: int = 0  # the same content by the same coder was there
    recoded: int = 0  # a newer coder, text or detail: the older record is kept as a version

    def __add__(self, other: Added) -> Added:
        return Added(self.new + other.new, self.known + other.known, self.recoded + other.recoded)

    @property
    def documents(self) -> int:
        """How many were given."""
        return self.new + self.known + self.recoded


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What a list of documents shows of each."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    lang: str | None
    added: str
    events: int
    problems: int
    copy_of: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found by its words; in `snippet` the words found stand between U+0002 and U+0003."""

    document: DocumentRow
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class Promise:
    """A pledge as kept: who told it, and the event it belongs to."""

    pledge: Pledge  # its `event` is the merged event's id
    document: str
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class DyadCount:
    """How many events passed from one side to the other in a period, and the sum of their scores."""

    a: str
    b: str
    period: str | None  # None: the report gives no such date
    quad: int
    type: str
    events: int
    scale: float


@dataclass(frozen=True, slots=True)
class Facets:
    """How the events of a question divide, the most frequent first (months in order)."""

    count: int = 0
    types: dict[str, int] = field(default_factory=dict)
    quads: dict[int, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    actors: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log of corrections: nothing in it is ever rewritten, an undo is noted beside it."""

    key: int
    who: str
    at: str
    target: str
    field: str
    before: Any
    after: Any
    note: str | None = None
    undone: str | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An event that is no longer one of its own."""

    id: str
    at: str
    into: str | None
    why: str


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """One version of a document: what coded it, from when to when it stood, and what was new after it."""

    coder: dict[str, str]
    since: str
    until: str | None  # None: it stands
    why: str | None
