"""Counts that only the pages need: events a day, sources, what is oldest and newest. Put to the store's own tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from legation.record import Query
from legation.store import Store, schema
from legation.store.asking import event_conditions
from legation.store.connecting import reading


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


def by_day(store: Store, query: Query) -> dict[str, dict[int, int]]:
    """Events of the question by day and quad; those without a day are left out."""
    e = schema.events.c
    with _open(store) as conn:
        where = event_conditions(query, conn.dialect.name)
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
