"""`legation.open`: the record as notebooks ask it, in queries and data frames.

    >>> record = legation.open("legation.db")
    >>> record.events(actors="IND", event="CONSULT", since="2021-07-01").frame()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from legation.errors import LegationError, MissingExtraError
from legation.keeping import open_store
from legation.model import Actor
from legation.record import MergedEvent, Query, Statement
from legation.store import DocumentRow, DyadCount, Hit, Promise, Store
from legation.store.counting import Period

T = TypeVar("T")
# The fields of a Query, and the shorter words for some of them.
_FIELDS = {f.name for f in fields(Query)}
_SHORT = {
    "actor": "actors", "between": "dyad", "event": "events", "mode": "modes", "quad": "quads", "status": "statuses",
    "context": "contexts", "place": "places", "outlet": "outlets",
}  # fmt: skip
_ALONE = {"dyad", "directed", "words", "since", "until", "min_confidence"}


class QuestionError(LegationError):
    """A question with a field that there is not."""

    def __init__(self, name: str) -> None:
        known = ", ".join([*sorted(_FIELDS), *sorted(_SHORT)])
        super().__init__(f"There is no '{name}' to ask for. Choose from: {known}.")


def query_of(query: Query | None, asked: dict[str, Any]) -> Query:
    """The question in one: a Query, changed by the fields given; one value stands for a tuple of one."""
    changes: dict[str, Any] = {}
    for given, value in asked.items():
        name = _SHORT.get(given, given)
        if name not in _FIELDS:
            raise QuestionError(given)
        if name in _ALONE:
            changes[name] = tuple(value) if name == "dyad" and value is not None else value
        else:
            changes[name] = (value,) if isinstance(value, (str, int)) else tuple(value)
    return replace(query or Query(), **changes)


class Found(list[T], Generic[T]):
    """A list of records that can be had as a data frame."""

    def __init__(self, records: Iterable[T], row: Callable[[T], dict[str, Any]], columns: tuple[str, ...]) -> None:
        super().__init__(records)
        self._row, self._columns = row, columns

    def frame(self) -> Any:
        """A pandas data frame, a row a record; raises MissingExtraError where pandas is not installed."""
        try:
            import pandas
        except ImportError as err:
            raise MissingExtraError("A data frame", "pandas", "frames") from err
        return pandas.DataFrame([self._row(record) for record in self], columns=list(self._columns))


class Record:
    """A store as it is asked in Python. Every question takes the fields of a `Query` by name, or a Query.

    `actors="IND"`, `actors=("IND", "AFG REB", "Sergey Lavrov")`, `between=("IND", "PAK")`, `directed=True`,
    `event="CONSULT"`, `quad=4`, `status="future"`, `context="nuclear"`, `place="AFG"`, `outlet=...`,
    `words="ceasefire"`, `since="2021-07-01"`, `until="2021-07-31"`, `min_confidence=0.5`.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def events(
        self, query: Query | None = None, *, limit: int | None = None, order: str = "date", **asked: Any
    ) -> Found[MergedEvent]:
        """Events, each once, with all that report them; `order` is date, added or changed, "-date" the latest first."""
        found = self.store.events(query_of(query, asked), limit=limit, order=order)
        return Found(found, event_row, _EVENT)

    def documents(
        self, query: Query | None = None, *, limit: int | None = None, order: str = "published", **asked: Any
    ) -> Found[DocumentRow]:
        """Documents, those that tell of the events asked for; one of them whole is `record.store.document(id)`."""
        found = self.store.documents(query_of(query, asked), limit=limit, order=order)
        return Found(found, _document_row, _DOCUMENT)

    def quotes(
        self, query: Query | None = None, *, limit: int | None = None, order: str = "published", **asked: Any
    ) -> Found[Statement]:
        """What was said: `actors` speak or are spoken about; of a directed dyad the first speaks of the second."""
        found = self.store.statements(query_of(query, asked), limit=limit, order=order)
        return Found(found, quote_row, _QUOTE)

    def dyads(self, query: Query | None = None, *, by: Period = "month", **asked: Any) -> Found[DyadCount]:
        """Counts and sums of scores of the events between two, by day, month, year or all."""
        return Found(self.store.dyad_counts(query_of(query, asked), by), _dyad_row, _DYAD)

    def pledges(
        self, query: Query | None = None, *, due_since: str | None = None, due_until: str | None = None, **asked: Any
    ) -> Found[Promise]:
        """What was promised, by the day it is due."""
        found = self.store.pledges(query_of(query, asked), due_since=due_since, due_until=due_until)
        return Found(found, _promise_row, _PROMISE)

    def search(self, words: str, query: Query | None = None, *, limit: int = 20, **asked: Any) -> Found[Hit]:
        """Documents by their words, the best first."""
        return Found(self.store.search(words, query_of(query, asked), limit), _hit_row, _HIT)

    def count(self, query: Query | None = None, **asked: Any) -> int:
        """How many events there are."""
        return self.store.count(query_of(query, asked))

    def situations(self) -> dict[str, Any]:
        """The saved questions, by name."""
        return self.store.saved("situation")


def open(store: str | Path = "legation.db", *, create: bool = False) -> Record:
    """The record in a file or at a URL; raises StoreError where there is none."""
    return Record(open_store(store, create=create))


_EVENT = (
    "id", "date", "enddate", "event", "mode", "quad_code", "event_scale", "status", "actor", "actor_name",
    "recipient", "recipient_name", "context", "place", "country", "lat", "lon", "dead", "injured", "arrested", "crowd",
    "reports", "outlets", "independent", "disputed", "confidence", "documents", "text",
)  # fmt: skip


def event_row(merged: MergedEvent) -> dict[str, Any]:
    """The event under flat names; several values of a cell stand between semicolons."""
    event, place, size = merged.event, merged.event.place, merged.event.size
    counts = {name: getattr(size, name, None) for name in ("dead", "injured", "arrested", "crowd")}
    return {
        "id": merged.id, "date": event.date, "enddate": event.enddate, "event": event.event,
        "mode": ";".join(event.modes) or None, "quad_code": event.quad_code, "event_scale": event.event_scale,
        "status": event.status, "actor": _codes(event.actors), "actor_name": _names(event.actors),
        "recipient": _codes(event.recipients), "recipient_name": _names(event.recipients),
        "context": ";".join(event.contexts) or None,
        "place": place.name if place else None, "country": place.country if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        **{name: count.best if count else None for name, count in counts.items()},
        "reports": len(merged.reports), "outlets": len(merged.outlets), "independent": merged.independent,
        "disputed": ";".join(d.field for d in merged.disputes) or None, "confidence": merged.confidence,
        "documents": ";".join(dict.fromkeys(r.document for r in merged.reports)),
        "text": next((r.text for r in merged.reports if r.text), None),
    }  # fmt: skip


def _codes(actors: Iterable[Actor]) -> str | None:
    return ";".join(" ".join(filter(None, (a.code or "?", a.sector))) for a in actors) or None


def _names(actors: Iterable[Actor]) -> str | None:
    return ";".join(a.identifier_text or a.entity_text for a in actors) or None


_DOCUMENT = tuple(f.name for f in fields(DocumentRow))


def _document_row(row: DocumentRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _DOCUMENT}


_QUOTE = (
    "published", "outlet", "document", "speaker", "speaker_name", "about", "kind", "context", "text", "start", "end",
)  # fmt: skip


def quote_row(statement: Statement) -> dict[str, Any]:
    """The quote under flat names."""
    quote = statement.quote
    speakers = [quote.speaker] if quote.speaker else []
    return {
        "published": statement.published, "outlet": statement.outlet, "document": statement.document,
        "speaker": _codes(speakers), "speaker_name": _names(speakers), "about": ";".join(statement.about) or None,
        "kind": quote.kind, "context": ";".join(statement.contexts) or None, "text": quote.text,
        "start": quote.start, "end": quote.end,
    }  # fmt: skip


_DYAD = tuple(f.name for f in fields(DyadCount))


def _dyad_row(count: DyadCount) -> dict[str, Any]:
    return {name: getattr(count, name) for name in _DYAD}


_PROMISE = ("due", "text", "event", "document", "outlet", "published")


def _promise_row(promise: Promise) -> dict[str, Any]:
    pledge = promise.pledge
    return {
        "due": pledge.due, "text": pledge.text, "event": pledge.event, "document": promise.document,
        "outlet": promise.outlet, "published": promise.published,
    }  # fmt: skip


_HIT = ("document", "title", "outlet", "published", "score", "snippet")


def _hit_row(hit: Hit) -> dict[str, Any]:
    row = hit.document
    snippet = hit.snippet.replace("\x02", "*").replace("\x03", "*")
    return {
        "document": row.id, "title": row.title, "outlet": row.outlet, "published": row.published,
        "score": hit.score, "snippet": snippet,
    }  # fmt: skip
