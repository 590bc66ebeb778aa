"""A `Query` as conditions on the tables, and pages of what fulfils them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from types import SimpleNamespace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, literal, or_, select
from sqlalchemy.sql.elements import SQLColumnExpression

from legation.record import Query
from legation.store import schema
from legation.store.days import first_day, last_day, year_before
from legation.store.schema import ABOUT, ACTOR, BOTH, CONTEXT, LONG, MODE, RECIPIENT, SPEAKER, TODAY, UNDATED, Tables
from legation.store.search import matching

T = TypeVar("T")
_STEP, _STEPS = 250, 8  # events of an actor looked at together, and how often, before the whole question is asked
_IN = 900  # values of one IN list: below the limit of every SQLite
_CODE = re.compile(r"[A-Z]{3}")
_CODE_AND_SECTOR = re.compile(r"([A-Z]{3}) ([A-Z]{3})")
_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)


def named(text: str | None) -> str | None:
    """A name as it is compared: lower case, without an article."""
    return _ARTICLE.sub("", " ".join(text.split())).casefold() or None if text else None


def event_conditions(query: Query, dialect: str, tables: Tables = TODAY) -> list[ColumnElement[bool]]:
    """What an event must fulfil. The reports, outlets and words are those of today in every case."""
    e = tables.events.c
    found: list[ColumnElement[bool]] = [e.rejected == 0]
    if query.actors:
        found.append(e.key.in_(_events_of(query, tables)))
    if query.dyad:
        found.append(_dyad(query, tables))
    if query.events:
        found.append(e.type.in_(query.events))
    if query.quads:
        found.append(e.quad.in_(query.quads))
    if query.statuses:
        found.append(e.status.in_(query.statuses))
    for kind, values in ((MODE, query.modes), (CONTEXT, query.contexts)):
        if values:
            t = tables.tags.c
            found.append(e.key.in_(select(t.event).where(t.kind == kind, t.value.in_(values))))
    if query.places:
        names = [named(p) for p in query.places]
        found.append(or_(e.country.in_(query.places), e.province.in_(names), e.place.in_(names)))
    if query.since:
        found += [e.last >= first_day(query.since)]
    if query.until:
        found += [e.day <= last_day(query.until)]
    if query.min_confidence > 0:
        found.append(e.confidence >= query.min_confidence)
    if query.outlets or query.words:
        found.append(_told_by(query, dialect, tables))
    return found


def _events_of(query: Query, tables: Tables) -> Any:
    """The events of the actors, of the days asked for as far as sides tell: an actor may have a third of all."""
    s, t = tables.sides.c, tables.tags.c
    theirs = select(s.event).where(_any_actor(query.actors, s))
    within = theirs
    if query.until:
        within = within.where(s.day <= last_day(query.until))
    if not query.since:
        return within
    within = within.where(s.day >= year_before(first_day(query.since)))
    lasting = theirs.join(tables.tags, t.event == s.event).where(t.kind == LONG)
    return within.union_all(lasting)


def acted(actors: Sequence[str], event: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether one of the actors is a side of an event, looked at event by event: for few events of many."""
    s = schema.sides.c
    return select(s.event).where(s.event == event, _any_actor(actors, _unindexed(s))).exists()


def _unindexed(columns: Any) -> Any:
    """Columns of sides that are not looked for in an index: else a whole actor is gone through for each event."""
    return SimpleNamespace(
        event=columns.event, n=columns.n, role=columns.role, sector=columns.sector,
        code=columns.code + literal(""), name=columns.name + literal(""),
    )  # fmt: skip


def _told_by(query: Query, dialect: str, tables: Tables) -> ColumnElement[bool]:
    r = schema.reports.c
    told = select(r.event)
    if query.outlets:
        d = schema.documents.c
        told = told.where(r.document.in_(select(d.key).where(d.outlet.in_(query.outlets))))
    if query.words:
        told = told.where(r.document.in_(matching(query.words, dialect)))
    if tables is TODAY:
        return tables.events.c.key.in_(told)
    # What was replaced is asked by the event that bears its id today.
    now = schema.events.c
    return tables.events.c.id.in_(select(now.id).where(now.key.in_(told)))


def _any_actor(actors: Sequence[str], columns: Any) -> ColumnElement[bool]:
    return or_(*(one_actor(actor, columns) for actor in actors))


def one_actor(actor: str, columns: Any) -> ColumnElement[bool]:
    """ "IND" is a code, "AFG REB" a code and a sector, anything else a name."""
    if _CODE.fullmatch(actor):
        return and_(columns.code == actor)
    both = _CODE_AND_SECTOR.fullmatch(actor)
    if both:
        return and_(columns.code == both[1], columns.sector == both[2])
    return and_(columns.name == named(actor))


def _dyad(query: Query, tables: Tables) -> ColumnElement[bool]:
    assert query.dyad is not None
    a, b = query.dyad
    if tables is TODAY and _CODE.fullmatch(a) and _CODE.fullmatch(b):
        d = schema.dyads.c
        pairs = and_(d.a == a, d.b == b)
        if not query.directed:
            pairs = or_(pairs, and_(d.a == b, d.b == a))
        return tables.events.c.key.in_(select(d.event).where(pairs))
    ways = [tables.events.c.key.in_(_one_way(a, b, tables))]
    if not query.directed:
        ways.append(tables.events.c.key.in_(_one_way(b, a, tables)))
    return or_(*ways)


def between(sides: tuple[str, str], event: ColumnElement[int], *, directed: bool) -> ColumnElement[bool]:
    """Whether an event is between the sides, looked at event by event: for those of which it is known that few are."""
    a, b = sides
    ways = [_one_way(a, b, TODAY, event).exists()]
    if not directed:
        ways.append(_one_way(b, a, TODAY, event).exists())
    return or_(*ways)


def _one_way(a: str, b: str, tables: Tables, event: ColumnElement[int] | None = None) -> Select[Any]:
    """Done by `a` to `b`, or by both together; two sides, even where `a` and `b` are the same words."""
    first, second = tables.sides.alias(), tables.sides.alias()
    one, other = (first.c, second.c) if event is None else (_unindexed(first.c), _unindexed(second.c))
    pairs = (
        select(one.event)
        .join(second, and_(one.event == other.event, one.n != other.n))
        .where(one_actor(a, one), one_actor(b, other))
        .where(
            or_(
                and_(one.role == ACTOR, other.role == RECIPIENT),
                and_(one.role == BOTH, other.role == BOTH),
            )
        )
    )
    return pairs if event is None else pairs.where(one.event == event)


def asks_of_events(query: Query) -> bool:
    """Whether the question is about what events are, not only about what documents are."""
    return any(
        (
            query.actors,
            query.dyad,
            query.events,
            query.modes,
            query.quads,
            query.statuses,
            query.contexts,
            query.places,
            query.min_confidence > 0,
        )
    )


def document_conditions(query: Query, dialect: str) -> list[ColumnElement[bool]]:
    """What a document must fulfil: it tells an event that does, where the question is about events."""
    d = schema.documents.c
    found: list[ColumnElement[bool]] = []
    if query.outlets:
        found.append(d.outlet.in_(query.outlets))
    if query.words:
        found.append(d.key.in_(matching(query.words, dialect)))
    if asks_of_events(query):
        e, r = schema.events.c, schema.reports.c
        inner = event_conditions(_without_words(query), dialect)
        keys = select(r.document).where(r.event.in_(select(e.key).where(*inner)))
        if dialect == "postgresql":
            # Asked once: else it goes through the documents from the last, and asks this of each.
            keys = select(keys.cte("telling").prefix_with("MATERIALIZED", dialect=dialect).c.document)
        found.append(d.key.in_(keys))
        return found
    if query.since:
        found.append(and_(d.day >= first_day(query.since), d.day < UNDATED))
    if query.until:
        found.append(d.day <= last_day(query.until))
    return found


def _without_words(query: Query) -> Query:
    return replace(query, words=None, outlets=())


def statement_conditions(query: Query, dialect: str) -> list[ColumnElement[bool]]:
    """What a statement must fulfil; actors speak or are spoken about, words stand in the statement itself."""
    s, v = schema.statements.c, schema.voices.c
    found: list[ColumnElement[bool]] = []
    if query.actors:
        theirs = select(v.statement).where(_any_actor(query.actors, v))
        if query.since:
            theirs = theirs.where(v.day >= first_day(query.since))
        if query.until:
            theirs = theirs.where(v.day <= last_day(query.until))
        found.append(s.key.in_(theirs))
    if query.dyad:
        a, b = query.dyad
        ways = [_said_of(a, b, query)] if query.directed else [_said_of(a, b, query), _said_of(b, a, query)]
        found.append(or_(*ways))
    if query.since:
        found.append(and_(s.day >= first_day(query.since), s.day < UNDATED))
    if query.until:
        found.append(s.day <= last_day(query.until))
    if query.outlets:
        d = schema.documents.c
        found.append(s.document.in_(select(d.key).where(d.outlet.in_(query.outlets))))
    if query.contexts:
        found.append(or_(*(s.contexts.contains(f"|{c}|", autoescape=True) for c in query.contexts)))
    if query.words:
        found.append(s.document.in_(matching(query.words, dialect)))
        for word in re.findall(r"\w+", query.words.replace('"', " ")):
            found.append(func.lower(s.text).contains(word.lower(), autoescape=True))
    if query.events or query.modes or query.quads or query.statuses or query.places or query.min_confidence > 0:
        found.append(_beside(query, dialect))
    return found


def _beside(query: Query, dialect: str) -> ColumnElement[bool]:
    """Said in a document that tells an event of the kind asked for."""
    kinds = Query(
        events=query.events,
        modes=query.modes,
        quads=query.quads,
        statuses=query.statuses,
        places=query.places,
        min_confidence=query.min_confidence,
    )
    r, e = schema.reports.c, schema.events.c
    inner = select(e.key).where(*event_conditions(kinds, dialect))
    return schema.statements.c.document.in_(select(r.document).where(r.event.in_(inner)))


def _said_of(speaker: str, about: str, query: Query) -> ColumnElement[bool]:
    one, other = schema.voices.alias(), schema.voices.alias()
    pairs = (
        select(one.c.statement)
        .join(other, one.c.statement == other.c.statement)
        .where(one.c.role == SPEAKER, other.c.role == ABOUT)
        .where(one_actor(speaker, one.c), one_actor(about, other.c))
    )
    if query.since:
        pairs = pairs.where(one.c.day >= first_day(query.since))
    if query.until:
        pairs = pairs.where(one.c.day <= last_day(query.until))
    return schema.statements.c.key.in_(pairs)


def paged(
    conn: Connection,
    asked: Select[Any],
    day: SQLColumnExpression[str],
    key: SQLColumnExpression[int],
    *,
    latest_first: bool,
    limit: int | None,
    offset: int,
) -> Sequence[Row[Any]]:
    """A page in the order of days; what has no day comes last in both orders."""
    if limit is not None and limit <= 0:
        return []
    if not latest_first:
        return conn.execute(asked.order_by(day, key).limit(limit).offset(offset)).all()
    dated = asked.where(day < UNDATED)
    rows = list(conn.execute(dated.order_by(day.desc(), key.desc()).limit(limit).offset(offset)))
    if limit is not None and len(rows) == limit:
        return rows
    passed = offset + len(rows)
    if not rows and offset:
        passed = conn.scalar(select(func.count()).select_from(dated.subquery())) or 0
    undated = asked.where(day == UNDATED).order_by(key.desc())
    left = None if limit is None else limit - len(rows)
    rows += conn.execute(undated.limit(left).offset(max(0, offset - passed))).all()
    return rows


def latest_of(conn: Connection, query: Query, limit: int, offset: int) -> list[Row[Any]] | None:
    """A page of the latest events of one actor, gone through from the last backwards.

    An actor may have a third of all events; the index of sides has them in order of their days. None where too few
    of them fulfil the rest of the question for this to be the quicker way.
    """
    e, s = schema.events.c, schema.sides.c
    rest = event_conditions(replace(query, actors=()), conn.dialect.name)
    theirs = select(s.day, s.event).where(one_actor(query.actors[0], s), s.day < UNDATED).distinct()
    theirs = theirs.order_by(s.day.desc(), s.event.desc())
    found: list[Row[Any]] = []
    for step in range(_STEPS):
        keys = [row.event for row in conn.execute(theirs.limit(_STEP).offset(step * _STEP))]
        rows = {row.key: row for row in conn.execute(select(schema.events).where(e.key.in_(keys), *rest))}
        found += [rows[key] for key in keys if key in rows]
        if len(found) >= offset + limit:
            return found[offset : offset + limit]
        if len(keys) < _STEP:
            break
    return None


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists short enough for an IN."""
    stream = iter(values)
    while chunk := list(islice(stream, _IN)):
        yield chunk
