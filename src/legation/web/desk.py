"""The record as the pages ask it: the store, with its answers kept for a moment, and events with their sentences."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from starlette.requests import Request

from legation.model import Document, EventMention, Place
from legation.record import MergedEvent, Query, Report, Statement
from legation.store import Facets, Store
from legation.web import counting
from legation.web.answers import NotReadyError, NotThereError
from legation.web.drawings import timeline, worldmap
from legation.web.marks import cut
from legation.web.memory import Memory
from legation.web.words import today

T = TypeVar("T")
LARGE = 200_000  # events of a record whose pages show a year unless asked for more
MOST_DRAWN = 1_500  # events of which a map, pledges and disputes are made; the latest


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a list, with the sentence that says so."""

    merged: MergedEvent
    document: str
    sentence: int | None
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in a list."""

    statement: Statement
    title: str | None


class Desk:
    """A store and what was asked of it lately."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.memory = Memory(lambda: counting.stamp(store))

    def kept(self, key: Hashable, ask: Callable[[], T]) -> T:
        """An answer, asked now or a moment ago."""
        return self.memory.get(key, ask)

    def changed(self) -> None:
        """Something in the store was changed here."""
        self.memory.forget()

    def extent(self) -> counting.Extent:
        """How far the record reaches."""
        return self.kept("extent", lambda: counting.extent(self.store))

    def facets(self, query: Query) -> Facets:
        """The events of a question divided."""
        return self.kept(("facets", query), lambda: counting.facets(self.store, query))

    def by_day(self, query: Query) -> dict[str, dict[int, int]]:
        """Events by day and quad."""
        return self.kept(("by day", query), lambda: counting.by_day(self.store, query))

    def events(self, query: Query, *, limit: int, offset: int = 0, order: str = "-date") -> list[MergedEvent]:
        """The events of a question."""
        return self.kept(
            ("events", query, limit, offset, order),
            lambda: counting.events(self.store, query, limit=limit, offset=offset, order=order),
        )

    def document(self, name: str) -> Document:
        """A coded document, or NotThereError."""
        found = self.kept(("document", name), lambda: self.store.document(name))
        if found is None:
            raise NotThereError("document", name)
        return found

    def event(self, name: str) -> MergedEvent:
        """An event by its id, or NotThereError."""
        found = self.store.event(name)
        if found is None:
            raise NotThereError("event", name)
        return found

    def bounded(self, query: Query) -> Query:
        """The question, on a very large record that of its last year, unless it says since when."""
        if query.since or self.extent().events < LARGE:
            return query
        until = min(query.until or "9999", self.last_day())
        # From the first of a month: whole months are tallied in the store.
        return replace(query, since=f"{int(until[:4]) - 1:04}{until[4:7] or '-01'}-01")

    def last_day(self) -> str:
        """The day the pages stand on: today, or the last day of a record that ended before."""
        last = self.extent().last
        return min(today(), last) if last else today()

    def lines(self, events: Iterable[MergedEvent]) -> list[Line]:
        """Events for a list, each with its first sentence."""
        return [self.line(merged) for merged in events]

    def line(self, merged: MergedEvent) -> Line:
        """One event with the sentence of the report that tells it best."""
        report = best_report(merged)
        mention = best_mention(report)
        try:
            doc = self.document(report.document)
        except NotThereError:
            return Line(merged, report.document, None, ())
        if mention is None or not 0 <= mention.sentence < len(doc.sentences):
            return Line(merged, report.document, None, ())
        pieces = tuple(cut(doc.text, doc.sentences[mention.sentence].span, mention.words))
        return Line(merged, report.document, mention.sentence, pieces)

    def timeline(self, query: Query) -> timeline.Timeline | None:
        """The timeline of a question."""
        return timeline.draw(self.by_day(query), query.since, query.until)

    def map(self, query: Query) -> worldmap.Map | None:
        """The map of a question: of its latest events, where they are very many."""

        def ask() -> worldmap.Map | None:
            events = self.events(query, limit=MOST_DRAWN)
            return worldmap.draw(point for merged in events for point in points(merged))

        return self.kept(("map", query), ask)


def desk_of(request: Request) -> Desk:
    """The desk of this application, or NotReadyError while its record is still made."""
    desk: Desk | None = request.app.state.desk
    if desk is None:
        raise NotReadyError("The record is not ready yet. Try again in a moment.")
    return desk


def best_report(merged: MergedEvent) -> Report:
    """The first report that is no copy."""
    own = [r for r in merged.reports if r.copy_of is None] or list(merged.reports)
    return min(own, key=lambda r: (r.published or "9999", r.document))


def best_mention(report: Report) -> EventMention | None:
    """The mention that gave the event its rule, and of these one with words to show."""
    event = report.event
    ruled = [m for m in event.mentions if m.rule == event.rule] or list(event.mentions)
    return ruled[0] if ruled else None


def points(merged: MergedEvent) -> Iterable[worldmap.Point]:
    """Where an event was, if that is known."""
    place: Place | None = merged.event.place
    if place is None:
        return ()
    vague = place.precision in ("country", "region") or place.kind in ("country", "region", "sea")
    if vague:
        if not place.country:
            return ()
        return (worldmap.Point(0, 0, place.name or place.text, merged.event.quad_code, place.country, True),)
    if place.lat is None or place.lon is None:
        return ()
    return (worldmap.Point(place.lat, place.lon, place.name or place.text, merged.event.quad_code, place.country),)


def before(day: str, days: int) -> str:
    """The day so many days before (after, where negative)."""
    return (date.fromisoformat(day[:10]) - timedelta(days=days)).isoformat()
