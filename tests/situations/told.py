"""Events as reports tell them, written in a line: what the tests of situations are made of."""

from __future__ import annotations

from dataclasses import replace

from legation.knowledge import ontology
from legation.model import (
    Actor,
    Document,
    Event,
    EventMention,
    Place,
    Precision,
    Quote,
    Sentence,
    Size,
    Status,
)
from legation.record import MergedEvent, Report, Statement


def actor(text: str) -> Actor:
    """ "USA GOV Joe Biden" with its code, its sector and, if there is one, its name."""
    code, _, rest = text.partition(" ")
    sector, _, name = rest.partition(" ")
    return Actor(code if code != "?" else None, sector or None, entity_text=name, identifier_text=name or None)


def event(
    kind: str,
    actors: str,
    recipients: str = "",
    *,
    date: str | None,
    doc: str = "d1",
    sentence: int = 0,
    text: str = "",
    published: str | None = None,
    outlet: str | None = "Amu Wire",
    status: Status = "happened",
    rule: str = "",
    due: str | None = None,
    due_text: str | None = None,
    place: Place | None = None,
    size: Size | None = None,
    according_to: str = "",
    reciprocal: bool = False,
    copy_of: str | None = None,
) -> MergedEvent:
    """One event told by one report; "USA GOV; AFG REB" are two actors."""
    name, _, mode = kind.partition("/")
    modes = (mode,) if mode else ()
    does = tuple(actor(a.strip()) for a in actors.split(";") if a.strip())
    gets = tuple(actor(a.strip()) for a in recipients.split(";") if a.strip())
    says = tuple(actor(a.strip()) for a in according_to.split(";") if a.strip())
    precision: Precision = "day" if date and len(date) == 10 else "unknown"
    mention = EventMention(
        sentence,
        0,
        name,
        modes,
        does,
        gets,
        status,
        says,
        rule=rule,
        date=date,
        date_precision=precision,
        due=due,
        due_text=due_text,
        place=place,
        reciprocal=reciprocal,
    )
    kind_of = ontology.types()[name]
    told = Event(
        f"{doc}-{sentence}-{name}",
        name,
        modes,
        (),
        does,
        gets,
        status,
        (mention,),
        date=date,
        date_precision=precision,
        place=place,
        size=size,
        according_to=says,
        quad_code=kind_of.quad,
        event_scale=kind_of.scale(modes),
        rule=rule,
    )
    report = Report(doc, told, outlet, published or date, copy_of=copy_of, text=text)
    return MergedEvent(told.id, told, (report,))


def joined(*parts: MergedEvent) -> MergedEvent:
    """Several reports of one event, as linking gives them: the first is the reading."""
    return replace(parts[0], reports=tuple(r for part in parts for r in part.reports))


def document(doc: str, *sentences: str, published: str | None = None, outlet: str | None = "Amu Wire") -> Document:
    """A report of these sentences, not coded."""
    text = " ".join(sentences)
    spans = []
    start = 0
    for index, sent in enumerate(sentences):
        spans.append(Sentence(index, start, start + len(sent)))
        start += len(sent) + 1
    return Document(
        text,
        doc,
        title=f"Title of {doc}",
        outlet=outlet,
        url=f"https://example.org/{doc}",
        published=published,
        sentences=tuple(spans),
    )


def said(
    speaker: str,
    words: str,
    *,
    doc: str = "d1",
    sentence: int = 0,
    published: str | None = None,
    negated: bool = False,
    about: tuple[str, ...] = (),
    contexts: tuple[str, ...] = (),
) -> Statement:
    """What somebody said in a report."""
    quote = Quote(0, len(words), words, "indirect", speaker=actor(speaker), sentence=sentence, negated=negated)
    return Statement(doc, quote, "Amu Wire", published, about, contexts)
