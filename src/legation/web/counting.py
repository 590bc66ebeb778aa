"""Counts that only the pages need: events a day, sources, what is oldest and newest. Put to the store's own tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, text

from legation.record import MergedEvent, Query
from legation.store import DocumentRow, Facets, Hit, Store, schema
from legation.store.asking import between, event_conditions, latest_of, one_actor, paged
from legation.store.connecting import reading
from legation.store.days import first_day, last_day
from legation.store.merging import assemble
from legation.store.search import fts5, matching

_CODE = re.compile(r"[A-Z]{3}")
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
    d = schema.documents.c
    with _open(store) as conn:
        dated = d.day < schema.UNDATED
        count = conn.scalar(select(func.count()).select_from(schema.documents)) or 0
        first = conn.scalar(select(func.min(d.day)).where(dated))
        last = conn.scalar(select(func.max(d.day)).where(dated))
        added = conn.scalar(select(func.max(d.added)))
    return Extent(count, store.count(), first, last, added)


def stamp(store: Store) -> tuple[Any, ...]:
    """The state of the record: another whenever something was added, coded anew, joined or changed."""
    e, d, c = schema.events.c, schema.documents.c, schema.changes.c
    with _open(store) as conn:
        asked = select(
            select(func.max(e.since)).scalar_subquery(),
            select(func.max(d.added)).scalar_subquery(),
            select(func.max(c.key)).scalar_subquery(),
        )
        return tuple(conn.execute(asked).one())


def facets(store: Store, query: Query) -> Facets:
    """The events of a question divided as `Store.facets` does, asked so that a large record answers soon.

    Of words that very many documents have, only the latest `MATCHED` documents are gone through.
    """
    if query == Query():
        return store.facets(query)
    if whole_months(query):
        return _of_months(store, query)
    e, s = schema.events.c, schema.sides.c
    with _open(store) as conn:
        where = conditions(query, conn)
        columns = (e.type, e.quad, e.status, e.month, e.country)
        rows = conn.execute(select(*columns, func.count()).where(*where).group_by(*columns)).all()
        number = func.count(s.event.distinct())
        theirs = select(s.code, number).where(s.code.is_not(None), s.event.in_(select(e.key).where(*where)))
        most = theirs.group_by(s.code).order_by(number.desc(), s.code).limit(LISTED)
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


def whole_months(query: Query) -> bool:
    """Whether it asks for a stretch of months and nothing else: then the store's tallies have the answer."""
    since, until = query.since or "", query.until or ""
    bare = replace(query, since=None, until=None) == Query()
    return bare and (since.endswith("-01") or len(since) == 7) and len(until) in (0, 7)


def _of_months(store: Store, query: Query) -> Facets:
    """The facets of whole months out of the tallies; what is dated only to a year is in none."""
    t = schema.tallies.c
    where = [t.month >= (query.since or "")[:7], *([t.month <= query.until[:7]] if query.until else [])]
    parts: dict[str, Counter[Any]] = {n: Counter() for n in ("type", "quad", "status", "actor", "country", "month")}
    with _open(store) as conn:
        asked = select(t.kind, t.value, t.month, func.sum(t.n)).where(*where, t.n > 0)
        for kind, value, month, n in conn.execute(asked.group_by(t.kind, t.value, t.month)):
            if kind == "event":
                name, quad, status = value.split("|")
                parts["type"][name] += n
                parts["quad"][int(quad)] += n
                parts["status"][status] += n
                parts["month"][month] += n
            else:
                parts[kind][value] += n
    return Facets(
        parts["type"].total(), dict(parts["type"].most_common()), dict(parts["quad"].most_common()),
        dict(parts["status"].most_common()), dict(parts["actor"].most_common(LISTED)),
        dict(parts["country"].most_common(LISTED)), dict(sorted(parts["month"].items())),
    )  # fmt: skip


def conditions(query: Query, conn: Connection) -> list[Any]:
    """What an event must fulfil, with the bounds that let an index be used: few events last longer than a year."""
    dialect = conn.dialect.name
    e, r, d = schema.events.c, schema.reports.c, schema.documents.c
    bare = replace(query, since=None, until=None, words=None, outlets=(), actors=(), modes=(), contexts=())
    codes = query.dyad is not None and all(_CODE.fullmatch(side[:3]) and side[3:4] in ("", " ") for side in query.dyad)
    if codes:
        bare = replace(bare, dyad=None)
    found: list[Any] = list(event_conditions(bare, dialect))
    since = first_day(query.since) if query.since else None
    earliest = f"{int(since[:4]) - 1:04}{since[4:]}" if since else None
    until = last_day(query.until) if query.until else None

    def within(day: Any) -> list[Any]:
        return [*([day >= earliest] if earliest else []), *([day <= until] if until else [])]

    if since:
        found.append(e.last >= since)
    found += within(e.day)
    if query.actors:
        s = schema.sides.c
        named = or_(*(one_actor(actor, s) for actor in query.actors))
        found.append(e.key.in_(select(s.event).where(named, *within(s.day))))
    for kind, values in ((schema.MODE, query.modes), (schema.CONTEXT, query.contexts)):
        if values:
            t = schema.tags.c
            found.append(e.key.in_(select(t.event).where(t.kind == kind, t.value.in_(values), *within(t.day))))
    if codes and query.dyad is not None:
        found.append(e.key.in_(_of_pair(query, earliest, until)))
        if query.dyad and any(len(side) > 3 for side in query.dyad):
            # Of the few events of the two codes only, whether the sectors are theirs.
            found.append(between(query.dyad, e.key, directed=query.directed))
    if query.words or query.outlets:
        told = select(r.event)
        if query.outlets:
            told = told.where(r.document.in_(select(d.key).where(d.outlet.in_(query.outlets))))
        if query.words:
            told = told.where(r.document.in_(_with_words(conn, query.words, since, until)))
        found.append(e.key.in_(told))
    return found


def _of_pair(query: Query, earliest: str | None, until: str | None) -> Any:
    """The events between the codes of two sides: by month, which the index of pairs has, and those of no one month."""
    p = schema.dyads.c
    assert query.dyad is not None
    a, b = (side[:3] for side in query.dyad)
    ways = [and_(p.a == a, p.b == b), *([and_(p.a == b, p.b == a)] if not query.directed else [])]
    theirs = select(p.event).where(or_(*ways))
    if not earliest and not until:
        return theirs
    months = [*([p.month >= earliest[:7]] if earliest else []), *([p.month <= until[:7]] if until else [])]
    return theirs.where(*months).union_all(theirs.where(p.month.is_(None)))


def events(store: Store, query: Query, *, limit: int, offset: int, order: str) -> list[MergedEvent]:
    """The events of a question as `Store.events` gives them, under the conditions above."""
    e = schema.events.c
    with _open(store) as conn:
        asked = select(schema.events).where(*conditions(query, conn))
        column = {"date": e.day, "added": e.added, "changed": e.since}[order.removeprefix("-")]
        latest = order.startswith("-")
        if order == "-date" and len(query.actors) == 1 and not query.dyad and not query.words:
            found = latest_of(conn, query, limit, offset)
            if found is not None:
                return assemble(conn, found)
        rows = paged(conn, asked, column, e.key, latest_first=latest, limit=limit, offset=offset)
        return assemble(conn, rows)


def hits(store: Store, words: str, query: Query, limit: int, *, large: bool) -> list[Hit]:
    """The documents that have the words best; of very many, the best of the latest `MATCHED` of the days asked for.

    In a large record only the days of a question are heeded: to weigh a hundred thousand documents takes seconds.
    """
    alone = replace(query, words=None, since=None, until=None) == Query()
    with _open(store) as conn:
        since = first_day(query.since) if query.since else None
        keys = _with_words(conn, words, since, last_day(query.until) if query.until else None)
        narrow = None
        if keys and conn.dialect.name == "sqlite" and (alone or large):
            narrow = {"words": fts5(words), "first": keys[-1], "last": keys[0], "most": limit}
            best = conn.execute(_RANKED, narrow).all()
            shown = {row.rowid: row for row in best}
            rows = conn.execute(_document_rows(list(shown))).all()
    if narrow is None:
        return store.search(words, replace(query, words=None), limit=limit)
    found = [Hit(DocumentRow(*row[1:]), shown[row[0]].snippet, -shown[row[0]].rank) for row in rows]
    return sorted(found, key=lambda hit: -hit.score)


_RANKED = text(
    "SELECT rowid, rank, snippet(search, -1, char(2), char(3), ' … ', 24) AS snippet FROM search WHERE rowid IN ("
    "SELECT rowid FROM search WHERE search MATCH :words AND rowid BETWEEN :first AND :last ORDER BY rank LIMIT :most"
    ") AND search MATCH :words ORDER BY rank"
)


def _document_rows(keys: list[int]) -> Any:
    d, t, r = schema.documents.c, schema.texts.c, schema.reports.c
    events = select(func.count()).select_from(schema.reports).where(r.document == d.key).scalar_subquery()
    return (
        select(
            d.key, d.id, t.title, d.outlet, d.url, d.published, d.lang, d.added, events, d.problems, d.copy_of, d.story
        )
        .join(schema.texts, t.key == d.key)
        .where(d.key.in_(keys))
    )


def _with_words(conn: Connection, words: str, since: str | None, until: str | None) -> list[int]:
    """The latest `MATCHED` documents that have the words, among those that came with the days asked for."""
    d = schema.documents.c
    hits = matching(words, conn.dialect.name)
    key = next(iter(hits.selected_columns))
    if since or until:
        # A report appears from the day of what it tells to some weeks after it; keys go with the order of coming.
        near = [d.day >= since] if since else []
        near += [d.day <= _later(until)] if until else []
        first, last = conn.execute(select(func.min(d.key), func.max(d.key)).where(*near)).one()
        if first is None:
            return []
        hits = hits.where(key >= first, key <= last)
    return list(conn.scalars(hits.order_by(key.desc()).limit(MATCHED)))


def _later(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=60)).isoformat()
    except (ValueError, OverflowError):
        return day


def added_since(store: Store, query: Query, time: str) -> int:
    """How many events of the question came into the record after a moment."""
    e = schema.events.c
    with _open(store) as conn:
        where = conditions(query, conn)
        return conn.scalar(select(func.count()).select_from(schema.events).where(*where, e.added > time)) or 0


def by_day(store: Store, query: Query) -> dict[str, dict[int, int]]:
    """Events of the question by day and quad; those without a day are left out."""
    e = schema.events.c
    with _open(store) as conn:
        where = conditions(query, conn)
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
