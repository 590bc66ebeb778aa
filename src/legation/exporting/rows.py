"""The form that every format takes: an event, where it is told, and by how many; of a document or of a record.

A document's event has one report. A merged one has several, and its sentences are found by asking for the
documents; where these are not at hand the row still says who reported it and where in their texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from legation.changing import replace
from legation.knowledge.periods import first_day
from legation.model import Document, Event, EventMention, Span, Status
from legation.record import MergedEvent, Report

Find = Callable[[str], Document | None]
REAL: tuple[Status, ...] = ("happened", "ongoing")  # what a format without a status can hold


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence of one document that tells of an event."""

    document: str
    sequence: int
    start: int | None = None
    end: int | None = None
    text: str | None = None
    words: tuple[str, ...] = ()
    at: int | None = None  # where the words begin
    lead: bool = False  # in the title or the first paragraph
    confidence: float = 0.5
    outlet: str | None = None
    url: str | None = None
    title: str | None = None  # the document's
    lang: str | None = None
    published: str | None = None
    length: int | None = None  # of the document's text
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One event with all that a format may say of it."""

    id: str
    event: Event
    main: Telling | None = None  # the sentence shown as the event's own
    tellings: tuple[Telling, ...] = ()
    document: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    lang: str | None = None
    confidence: float = 0.5
    reports: int = 1
    outlets: tuple[str, ...] = ()
    independent: int = 1
    merged: MergedEvent | None = None

    @property
    def day(self) -> str | None:
        """The first day of the event as an ISO date; the day of its first report where it is not dated."""
        return first_day(self.event.date) or first_day(self.published)

    @property
    def is_dated(self) -> bool:
        """Whether the day is the event's own."""
        return first_day(self.event.date) is not None


def document_rows(doc: Document) -> tuple[Row, ...]:
    """The events of one document."""
    return tuple(event_row(event, doc) for event in doc.events)


def event_row(event: Event, doc: Document) -> Row:
    """One event of a document."""
    told = main_mention(event)
    return Row(
        id=event.id,
        event=event,
        main=None if told is None else _telling(told, doc),
        tellings=tuple(_telling(mention, doc) for mention in event.mentions),
        document=doc.id or None,
        url=doc.url or None,
        title=doc.title or None,
        outlet=doc.outlet or None,
        published=doc.published or None,
        lang=doc.lang or None,
        confidence=event.confidence,
        outlets=(doc.outlet,) if doc.outlet else (),
    )


def merged_rows(events: Iterable[MergedEvent], find: Find | None = None) -> Iterator[Row]:
    """The events of a record; `find` gives a document by its id, for the sentences."""
    for merged in events:
        yield merged_row(merged, find)


def merged_row(merged: MergedEvent, find: Find | None = None) -> Row:
    """One event of a record, shown by the first report that is no copy."""
    told: list[tuple[Report, Document | None, list[Telling]]] = []
    for report in merged.reports:
        doc = find(report.document) if find else None
        told.append((report, doc, [_reported(m, report, doc) for m in report.event.mentions]))
    shown = next((t for t in told if t[0].copy_of is None and t[2]), told[0] if told else None)
    main: Telling | None = None
    if shown is not None and shown[2]:
        mention = main_mention(shown[0].event)
        main = shown[2][shown[0].event.mentions.index(mention)] if mention else None
    first = shown[0] if shown else None
    doc = shown[1] if shown else None
    days = [r.published for r in merged.reports if r.published]
    return Row(
        id=merged.id,
        event=merged.event,
        main=main,
        tellings=tuple(telling for _, _, tellings in told for telling in tellings),
        document=first.document if first else None,
        url=doc.url if doc else None,
        title=doc.title if doc else None,
        outlet=first.outlet if first else None,
        published=min(days, default=None),
        lang=doc.lang if doc else None,
        confidence=merged.confidence,
        reports=len({r.document for r in merged.reports}),
        outlets=merged.outlets,
        independent=merged.independent,
        merged=merged,
    )


def main_mention(event: Event) -> EventMention | None:
    """The mention shown as the event's own: the first that gave it its rule, else the first."""
    ruled = (mention for mention in event.mentions if mention.rule == event.rule)
    return next(ruled, next(iter(event.mentions), None))


def _telling(mention: EventMention, doc: Document) -> Telling:
    return _from(mention, doc.id, doc, doc.outlet, doc.published, None)


def _reported(mention: EventMention, report: Report, doc: Document | None) -> Telling:
    told = _from(mention, report.document, doc, report.outlet, report.published, report.copy_of)
    # Without the document the report itself may still have the sentence of its main mention.
    shown = report.text if told.text is None and mention is main_mention(report.event) else None
    return replace(told, text=shown) if shown else told


def _from(
    mention: EventMention, document: str, doc: Document | None, outlet: str | None, published: str | None,
    copy_of: str | None,
) -> Telling:  # fmt: skip
    at = min((span.start for span in mention.words), default=None)
    sentences = doc.sentences if doc is not None else ()
    if doc is None or not 0 <= mention.sentence < len(sentences):
        return Telling(
            document, mention.sentence, at=at, confidence=mention.confidence, outlet=outlet or None,
            url=doc.url if doc else None, title=doc.title if doc else None, published=published or None,
            copy_of=copy_of,
        )  # fmt: skip
    sent = sentences[mention.sentence]
    span = Span(sent.start, sent.end)
    return Telling(
        document=document,
        sequence=mention.sentence,
        start=span.start,
        end=span.end,
        text=doc.text_of(span),
        words=tuple(doc.text_of(words) for words in mention.words),
        at=at,
        lead=sent.kind == "title" or sent.paragraph == 0,
        confidence=mention.confidence,
        outlet=outlet or None,
        url=doc.url or None,
        title=doc.title or None,
        lang=doc.lang or None,
        published=published or None,
        length=len(doc.text),
        copy_of=copy_of,
    )
