"""Documents coded by hand, so that what a store keeps is told apart from what the parser finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import MetaData, inspect, select

from legation.model import Actor, Document, Event, EventMention, Mention, Quote, Sentence, Span
from legation.record import Join, MergedEvent, Report
from legation.store import schema
from legation.store.connecting import as_url, connect, reading, writing
from legation.store.merging import Pair
from legation.store.upgrading import upgrade

ABOUT = {"name": "legation", "version": "1", "knowledge": "k1", "model": "none"}
NEWER = {**ABOUT, "version": "2"}


def actor(who: str) -> Actor:
    """ "IND GOV" as an actor."""
    code, _, sector = who.partition(" ")
    return Actor(code, sector or None, entity_text=who, start=0, end=3)


def event(
    event_id: str,
    kind: str = "CONSULT",
    doers: str = "IND GOV",
    others: str = "PAK GOV",
    *,
    date: str | None = "2021-07-09",
    **fields: object,
) -> Event:
    """An event between sides written as "IND GOV, NPL GOV"; told in the first sentence by its first word."""
    told = EventMention(0, 1, kind, words=(Span(0, 4),), date=date)
    record = Event(
        event_id, kind, (), ("diplomatic",), tuple(actor(a) for a in doers.split(", ") if a),
        tuple(actor(a) for a in others.split(", ") if a), "happened", (told,), date=date,
        date_precision="day", quad_code=1, event_scale=1.0, rule="meet", confidence=0.8,
    )  # fmt: skip
    return replace(record, **fields)  # type: ignore[arg-type]


def coded(
    doc_id: str,
    *events: Event,
    text: str = "India met Pakistan in Agra, the minister said.",
    outlet: str | None = "Agra Courier",
    published: str | None = "2021-07-10",
    **fields: object,
) -> Document:
    """A coded document."""
    doc = Document(
        text, id=doc_id, outlet=outlet, published=published, lang="en", events=events,
        sentences=(Sentence(0, 0, len(text)),),
    )  # fmt: skip
    return replace(doc, **fields)  # type: ignore[arg-type]


def spoken(doc_id: str, words: str, speaker: str, about: str) -> Document:
    """A document of one quote in which one actor is named."""
    quote = Quote(0, len(words), words, "direct", speaker=actor(speaker))
    named = Mention(1, 4, 0, None, "name", (actor(about),))
    return coded(doc_id, text=words, quotes=(quote,), mentions=(named,))


def same_sides(reports: Iterable[Report], *, apart: Iterable[Pair] = ()) -> tuple[MergedEvent, ...]:
    """A linker for tests: reports of one type and day with the same codes are one event."""
    groups: dict[Any, list[Report]] = {}
    for r in sorted(reports, key=lambda r: r.key):
        codes = frozenset(a.code for a in (*r.event.actors, *r.event.recipients))
        groups.setdefault((r.event.event, r.event.date, codes), []).append(r)
    return tuple(
        MergedEvent(
            g[0].event.id, g[0].event, tuple(g), tuple(Join(g[0].key, o.key, "same sides", 0.7) for o in g[1:])
        )
        for g in groups.values()
    )


def at_form(form: str, source: str, target: str) -> None:
    """Make a store of an older form with the rows of another store, as far as its tables had them."""
    engine = connect(as_url(target))
    upgrade(engine, target, form)
    older = MetaData()
    with engine.connect() as conn:
        older.reflect(conn, only=[t.name for t in schema.metadata.sorted_tables if inspect(conn).has_table(t.name)])
    origin = connect(as_url(source))
    with reading(origin, source) as read, writing(engine, target) as conn:
        for table in schema.metadata.sorted_tables:
            if table.name in older.tables:
                had = older.tables[table.name]
                columns = [table.c[c.name] for c in had.c if c.name in table.c]
                rows = [dict(r) for r in read.execute(select(*columns)).mappings()]
                if rows:
                    conn.execute(had.insert(), rows)
    engine.dispose()
    origin.dispose()
