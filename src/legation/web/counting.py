"""Counts that only the pages need: events a day, sources, what is oldest and newest. Put to the store's own tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, func, select

from legation.record import Query
from legation.store import Facets, Store, schema
from legation.store.asking import event_conditions
from legation.store.connecting import reading
from legation.store.days import first_day, last_day
from legation.store.search import matching

LISTED = 50  # actors and countries
MATCHED = 3_000  # documents gone through for words that many have


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet as the record knows it."""

    outlet: str | None
    documents: int
    first: str | None  # days of publication
    last: str | None
    added: str | None  # when its latest document came
    problems: int  # documents that had some
    copies: int  # documents that copy another


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the record reaches."""

    documents: int
    events: int
    first: str | None  # days of publication
    last: str | None
    added: str | None


def extent(store: Store) -> Extent:
    """How many documents and events there are, and of which days."""
    d, e = schema.documents.c, schema.events.c
    with _open(store) as conn:
        dated = d.day < schema.UNDATED
        count = conn.scalar(select(func.count()).select_from(schema.documents)) or 0
        first = conn.scalar(select(func.min(d.day)).where(dated))
        last = conn.scalar(select(func.max(d.day)).where(dated))
        added = conn.scalar(select(func.max(d.added)))
        events = conn.scalar(select(func.count()).select_from(schema.events).where(e.rejected == 0)) or 0
    return Extent(count, events, first, last, added)


def facets(store: Store, query: Query) -> Facets:
    """The events of a question divided as `Store.facets` does, asked so that a large record answers soon.

    Of words that very many documents have, only the latest `MATCHED` documents are gone through.
    """
    if query == Query():
        return store.facets(query)
    e, s = schema.events.c, schema.sides.c
    with _open(store) as conn:
        where = conditions(query, conn.dialect.name)
        columns = (e.type, e.quad, e.status, e.month, e.country)
        rows = conn.execute(select(*columns, func.count()).where(*where).group_by(*columns)).all()
        sides = select(s.code, s.event).join(schema.events, e.key == s.event).where(s.code.is_not(None), *where)
        once = sides.distinct().subquery()
        number = func.count()
        most = select(once.c.code, number).group_by(once.c.code).order_by(number.desc(), once.c.code).limit(LISTED)
        actors = {row[0]: int(row[1]) for row in conn.execute(most)}
    parts: list[Counter[Any]] = [Counter() for _ in columns]
    for *values, n in rows:
        for part, value in zip(parts, values, strict=True):
            part[value] += n
    types, quads, statuses, months, countries = (
        {v: n for v, n in sorted(p.items(), key=lambda item: (-item[1], str(item[0]))) if v is not None} for p in parts
    )
    return Facets(
        sum(row[-1] for row in rows), types, quads, statuses, actors, dict(list(countries.items())[:LISTED]),
        dict(sorted(months.items())),
    )  # fmt: skip


def conditions(query: Query, dialect: str) -> list[Any]:
    """What an event must fulfil, with the bounds that let an index be used: few events last longer than a year."""
    e, r, d = schema.events.c, schema.reports.c, schema.documents.c
    bare = replace(query, since=None, until=None, words=None, outlets=())
    found: list[Any] = list(event_conditions(bare, dialect))
    if query.since:
        since = first_day(query.since)
        found += [e.last >= since, e.day >= str(int(since[:4]) - 1) + since[4:]]
    if query.until:
        found.append(e.day <= last_day(query.until))
    if query.words or query.outlets:
        told = select(r.event)
        if query.outlets:
            told = told.where(r.document.in_(select(d.key).where(d.outlet.in_(query.outlets))))
        if query.words:
            hits = matching(query.words, dialect)
            key = next(iter(hits.selected_columns))
            told = told.where(r.document.in_(hits.order_by(key.desc()).limit(MATCHED)))
        found.append(e.key.in_(told))
    return found


def added_since(store: Store, query: Query, time: str) -> int:
    """How many events of the question came into the record after a moment."""
    e = schema.events.c
    with _open(store) as conn:
        where = conditions(query, conn.dialect.name)
        return conn.scalar(select(func.count()).select_from(schema.events).where(*where, e.added > time)) or 0


def by_day(store: Store, query: Query) -> dict[str, dict[int, int]]:
    """Events of the question by day and quad; those without a day are left out."""
    e = schema.events.c
    with _open(store) as conn:
        where = conditions(query, conn.dialect.name)
        rows = conn.execute(
            select(e.day, e.quad, func.count()).where(*where, e.day < schema.UNDATED).group_by(e.day, e.quad)
        )
        found: dict[str, dict[int, int]] = {}
        for day, quad, number in rows:
            found.setdefault(day, {})[quad] = number
    return found


def sources(store: Store) -> list[Source]:
    """Every outlet, the one with most documents first."""
    d = schema.documents.c
    dated = and_(d.day < schema.UNDATED)
    with _open(store) as conn:
        rows = conn.execute(
            select(
                d.outlet,
                func.count(),
                func.min(d.day).filter(dated),
                func.max(d.day).filter(dated),
                func.max(d.added),
                func.count().filter(d.problems > 0),
                func.count().filter(d.copy_of.is_not(None)),
            )
            .group_by(d.outlet)
            .order_by(func.count().desc(), d.outlet)
        ).all()
    return [Source(*row) for row in rows]


def outlets(store: Store, limit: int = 500) -> list[str]:
    """The names of the outlets, for a form."""
    d = schema.documents.c
    with _open(store) as conn:
        asked = select(d.outlet).where(d.outlet.is_not(None)).group_by(d.outlet).order_by(d.outlet).limit(limit)
        return [str(name) for name in conn.scalars(asked)]


def in_doubt(store: Store, limit: int, offset: int = 0) -> list[str]:
    """The ids of events that nobody corrected, the least sure first."""
    e = schema.events.c
    with _open(store) as conn:
        asked = (
            select(e.id)
            .where(e.rejected == 0, e.corrected == 0)
            .order_by(e.confidence, e.key)
            .limit(limit)
            .offset(offset)
        )
        return [str(name) for name in conn.scalars(asked)]


def by_chance(store: Store, limit: int, offset: int = 0) -> list[str]:
    """The ids of events in an order that has nothing to do with them, and is the same each time."""
    e = schema.events.c
    with _open(store) as conn:
        mixed = (e.key * 48271) % 65537
        asked = select(e.id).where(e.rejected == 0).order_by(mixed, e.key).limit(limit).offset(offset)
        return [str(name) for name in conn.scalars(asked)]


def _open(store: Store) -> Any:
    return reading(store._engine, store.name)
