"""A document's text cut into pieces, each with the marks that lie on it: what the Document page shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeVar

from legation.model import Actor, Document, Event, EventMention, Place, Quote, Sentence, Span, TimeExpression
from legation.web.words import actor_code, actor_name, actor_spelt, country, day_text

MOST_MARKS = 20_000  # of one document; a longer list would stop the browser


@dataclass(frozen=True, slots=True)
class Note:
    """What is told of a marked piece on hover, and in the list below the text."""

    id: str
    kind: str  # actor, quote, date, place, event
    head: str
    lines: tuple[str, ...]
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text with a layer of its own."""

    start: int
    end: int
    layer: str
    note: str | None = None
    event: int | None = None  # the number of the event whose words these are
    quad: int | None = None
    part_of: tuple[int, ...] = ()  # the events whose actor, place or date stands here


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters under the same marks."""

    text: str
    layers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    events: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    quad: int | None = None
    first: bool = False  # where the words of an event begin: a link to its record


@dataclass(frozen=True, slots=True)
class Run:
    """The pieces of one sentence within a line; `sentence` None: what is in no sentence."""

    sentence: int | None
    pieces: tuple[Piece, ...]
    anchor: bool = False  # the first run of its sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text as printed."""

    runs: tuple[Run, ...]
    kind: str = "body"  # body, title, furniture


T = TypeVar("T", Mark, Sentence)


@dataclass(slots=True)
class Marked:
    """The text, line by line, and the notes of its marks."""

    lines: tuple[Line, ...] = ()
    notes: list[Note] = field(default_factory=list)


def marked(doc: Document) -> Marked:
    """The document ready to be shown."""
    notes: list[Note] = []
    marks = list(_marks(doc, notes))[:MOST_MARKS]
    spans: list[tuple[int, int]] = []
    at = 0
    for raw in doc.text.split("\n"):
        spans.append((at, at + len(raw)))
        at += len(raw) + 1
    of_line, in_line = _by_line(spans, marks), _by_line(spans, doc.sentences)
    seen: set[int] = set()
    lines = [
        _line(doc, start, end, of_line.get(n, []), in_line.get(n, []), seen)
        for n, (start, end) in enumerate(spans)
        if doc.text[start:end].strip()
    ]
    return Marked(tuple(lines), sorted(notes, key=lambda note: note.start))


def _by_line(spans: list[tuple[int, int]], things: Iterable[T]) -> dict[int, list[T]]:
    """What lies on each line, so that a long text is not gone through once a line."""
    starts = [start for start, _ in spans]
    found: dict[int, list[T]] = {}
    for thing in things:
        for n in range(max(0, bisect_right(starts, thing.start) - 1), len(spans)):
            if spans[n][0] >= thing.end:
                break
            found.setdefault(n, []).append(thing)
    return found


def _marks(doc: Document, notes: list[Note]) -> Iterator[Mark]:
    yield from (Mark(s.start, s.end, "furniture") for s in doc.furniture)
    parts = _parts(doc)
    for mention in doc.mentions:
        if mention.actors:
            note = _note(notes, "actor", doc, mention.span, *_actor_note(mention.actors))
            yield Mark(mention.start, mention.end, "actor", note, part_of=_touching(parts, mention.span))
    for quote in doc.quotes:
        note = _note(notes, "quote", doc, Span(quote.start, quote.end), *_quote_note(quote))
        yield Mark(quote.start, quote.end, "quote", note)
        if quote.cue is not None:
            yield Mark(quote.cue.start, quote.cue.end, "cue")
    for when in doc.dates:
        span = Span(when.start, when.end)
        note = _note(notes, "date", doc, span, *_date_note(when))
        yield Mark(when.start, when.end, "date", note, part_of=_touching(parts, span))
    for place in doc.places:
        span = Span(place.start, place.end)
        note = _note(notes, "place", doc, span, *_place_note(place))
        yield Mark(place.start, place.end, "place", note, part_of=_touching(parts, span))
    for number, event in enumerate(doc.events, 1):
        for telling in event.mentions:
            for words in telling.words:
                yield Mark(words.start, words.end, "event", None, number, event.quad_code)


def _parts(doc: Document) -> list[tuple[Span, int]]:
    """Where the actors and places of each event stand."""
    found: list[tuple[Span, int]] = []
    for number, event in enumerate(doc.events, 1):
        for mention in event.mentions:
            people = (*mention.actors, *mention.recipients, *mention.according_to)
            spans = [a.span for a in people if 0 <= a.start < a.end]
            if mention.place is not None and 0 <= mention.place.start < mention.place.end:
                spans.append(Span(mention.place.start, mention.place.end))
            found += [(span, number) for span in spans]
            found += [
                (Span(d.start, d.end), number)
                for d in doc.dates
                if event.date and d.begin == event.date and _in_sentence(doc, mention, d)
            ]
    return found


def _in_sentence(doc: Document, mention: EventMention, date: TimeExpression) -> bool:
    if not 0 <= mention.sentence < len(doc.sentences):
        return False
    return doc.sentences[mention.sentence].span.covers(Span(date.start, date.end))


def _touching(parts: list[tuple[Span, int]], span: Span) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for part, number in parts if part.overlaps(span)))


def _note(notes: list[Note], kind: str, doc: Document, span: Span, head: str, lines: Iterable[str]) -> str:
    name = f"n{len(notes)}"
    notes.append(Note(name, kind, head, tuple(line for line in lines if line), doc.text_of(span), span.start))
    return name


def _actor_note(actors: tuple[Actor, ...]) -> tuple[str, list[str]]:
    lines: list[str] = []
    for actor in actors:
        spelt = actor_spelt(actor)
        who = " · ".join(p for p in (actor.office or "", spelt) if p)
        if len(actors) > 1:
            who = f"{actor_name(actor)}: {who}"
        lines += [who, f"because: {actor.reason}" if actor.reason else ""]
        lines += [f"or: {c.code or '?'} {c.sector or ''} {c.name or ''}".rstrip() for c in actor.candidates]
    head = " and ".join(f"{actor_code(a)} {actor_name(a)}" for a in actors)
    return head, lines


def _quote_note(quote: Quote) -> tuple[str, list[str]]:
    who = actor_name(quote.speaker) if quote.speaker else "speaker not known"
    to = f"to {actor_name(quote.addressee)}" if quote.addressee else ""
    return f"{quote.kind} quote: {who}", [to, "said not to have been said" if quote.negated else ""]


def _date_note(when: TimeExpression) -> tuple[str, list[str]]:
    known = ""
    if when.begin:
        known = day_text(when.begin)
        if when.finish and when.finish != when.begin:
            known += f" to {day_text(when.finish)}"
    return known or when.value, [when.value if known else "", f"because: {when.reason}" if when.reason else ""]


def _place_note(place: Place) -> tuple[str, list[str]]:
    land = country(place.country) if place.country else ""
    head = ", ".join(dict.fromkeys(p for p in (place.name or place.text, place.province, land) if p))
    point = f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else ""
    return head, [
        " · ".join(p for p in (place.kind or "", point) if p),
        f"because: {place.reason}" if place.reason else "",
    ]


def _line(doc: Document, start: int, end: int, here: list[Mark], sentences: list[Sentence], seen: set[int]) -> Line:
    cuts = {start, end}
    ends = [*((m.start, m.end) for m in here), *((s.start, s.end) for s in sentences)]
    for first, last in ends:
        cuts.update((min(end, max(start, first)), max(start, min(end, last))))
    edges = sorted(cuts)
    runs: list[tuple[int | None, list[Piece]]] = []
    for left, right in pairwise(edges):
        inside = next((s.index for s in sentences if s.start <= left and right <= s.end), None)
        piece = _piece(doc, left, right, here)
        if not runs or runs[-1][0] != inside:
            runs.append((inside, []))
        runs[-1][1].append(piece)
    whole = []
    for sentence, pieces in runs:
        whole.append(Run(sentence, tuple(pieces), sentence is not None and sentence not in seen))
        seen.update([] if sentence is None else [sentence])
    return Line(tuple(whole), _kind(doc, start, end, here, sentences))


def _kind(doc: Document, start: int, end: int, marks: list[Mark], sentences: list[Any]) -> str:
    covered = sum(min(end, m.end) - max(start, m.start) for m in marks if m.layer == "furniture")
    if covered >= (end - start) * 0.9:
        return "furniture"
    head = any(s.start < end and s.end > start for s in doc.head)
    title = any(s.kind == "title" for s in sentences) or (head and not sentences)
    return "title" if title else "body"


def _piece(doc: Document, left: int, right: int, marks: list[Mark]) -> Piece:
    on = [m for m in marks if m.start <= left and right <= m.end]
    # The innermost mark's note is told first.
    on.sort(key=lambda m: m.end - m.start)
    words = [m for m in on if m.event is not None]
    return Piece(
        doc.text[left:right],
        tuple(dict.fromkeys(m.layer for m in on)),
        tuple(m.note for m in on if m.note),
        tuple(dict.fromkeys(m.event for m in words if m.event is not None)),
        tuple(dict.fromkeys(n for m in on for n in m.part_of)),
        words[0].quad if words else None,
        any(m.start == left for m in words),
    )


def told_in(doc: Document, event: Event) -> list[dict[str, Any]]:
    """Every telling of an event in its document: the sentence cut at the event's words, and why it was coded."""
    found = []
    for mention in event.mentions:
        if not 0 <= mention.sentence < len(doc.sentences):
            continue
        sent = doc.sentences[mention.sentence]
        found.append(
            {
                "sentence": mention.sentence,
                "pieces": list(cut(doc.text, sent.span, mention.words)),
                "why": mention.explanation,
                "rule": mention.rule,
                "date_reason": mention.date_reason,
                "place_reason": mention.place_reason,
                "confidence": mention.confidence,
                "according_to": mention.according_to,
                "status": mention.status,
            }
        )
    return found


def cut(text: str, span: Span, words: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """A sentence as pairs of text and whether it is among the words marked."""
    at = span.start
    for each in sorted(words):
        start, end = max(at, each.start), min(span.end, each.end)
        if start >= end:
            continue
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < span.end:
        yield text[at : span.end], False
