"""How many: events of a question by type, quad, actor, month; and what passed between two sides."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, case, func, or_, select

from legation.record import Query
from legation.store.asking import event_conditions
from legation.store.rows import DyadCount, Facets
from legation.store.schema import dyads, events, sides

Period = Literal["day", "month", "year", "all"]
_TOP = 50  # actors and countries listed


def facets(conn: Connection, query: Query) -> Facets:
    """The events of the question, divided in every way a page shows."""
    e = events.c
    where = event_conditions(query, conn.dialect.name)
    columns = (e.type, e.quad, e.status, e.month)
    grouped = conn.execute(select(*columns, func.count()).where(*where).group_by(*columns)).all()
    found = [_summed(grouped, n) for n in range(4)]
    months = {m: n for m, n in found[3].items() if m is not None}
    return Facets(
        count=sum(row[4] for row in grouped),
        types=_ordered(found[0]),
        quads=_ordered(found[1]),
        statuses=_ordered(found[2]),
        months=dict(sorted(months.items())),
        actors=_actors(conn, where),
        countries=_countries(conn, where),
    )


def _summed(rows: Any, column: int) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for row in rows:
        found[row[column]] = found.get(row[column], 0) + row[4]
    return found


def _ordered(counts: dict[Any, int]) -> dict[Any, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))


def _actors(conn: Connection, where: list[Any]) -> dict[str, int]:
    s = sides.c
    number = func.count(s.event.distinct())
    asked = select(s.code, number).where(s.code.is_not(None))
    if len(where) > 1:  # the first is that it is not rejected, and what is rejected has no sides
        asked = asked.where(s.event.in_(select(events.c.key).where(*where)))
    rows = conn.execute(asked.group_by(s.code).order_by(number.desc(), s.code).limit(_TOP))
    return {row[0]: row[1] for row in rows}


def _countries(conn: Connection, where: list[Any]) -> dict[str, int]:
    e = events.c
    asked = select(e.country, func.count()).where(*where, e.country.is_not(None)).group_by(e.country)
    rows = conn.execute(asked.order_by(func.count().desc(), e.country).limit(_TOP))
    return {row[0]: row[1] for row in rows}


def dyad_counts(conn: Connection, query: Query, by: Period) -> list[DyadCount]:
    """Events by pair of codes, period, quad and type.

    Directed: from `a` to `b`, and reciprocal events in both directions. Else the pair stands in the order of the
    alphabet and each event counts once in it.
    """
    d = dyads.c
    one, other = (d.a, d.b) if query.directed else _undirected()
    period = _period(by)
    number = func.count(d.event.distinct()) if not query.directed else func.count()
    # A reciprocal event has two rows a pair; of these the one in the order of the alphabet is counted.
    asked = select(one, other, period, d.quad, d.type, number, func.sum(d.scale)).group_by(
        one, other, period, d.quad, d.type
    )
    if not query.directed:
        asked = asked.where(or_(d.mutual == 0, d.a <= d.b))
    asked = _narrowed(asked, query, conn.dialect.name).order_by(one, other, period, d.quad, d.type)
    return [DyadCount(*row) for row in conn.execute(asked)]


def _undirected() -> tuple[Any, Any]:
    d = dyads.c
    return case((d.a <= d.b, d.a), else_=d.b), case((d.a <= d.b, d.b), else_=d.a)


def _period(by: Period) -> Any:
    d = dyads.c
    day = case((d.day < "9999", d.day), else_=None)
    return {"day": day, "month": d.month, "year": func.substr(day, 1, 4), "all": func.substr(d.type, 1, 0)}[by]


def _narrowed(asked: Select[Any], query: Query, dialect: str) -> Select[Any]:
    """The question asked of `dyads` alone as far as its columns go, which is what makes it fast."""
    from dataclasses import replace

    d = dyads.c
    if query.dyad:
        a, b = query.dyad[0].split(" ")[0], query.dyad[1].split(" ")[0]
        ways = [and_(d.a == a, d.b == b)]
        if not query.directed:
            ways.append(and_(d.a == b, d.b == a))
        asked = asked.where(or_(*ways))
    if query.events:
        asked = asked.where(d.type.in_(query.events))
    if query.quads:
        asked = asked.where(d.quad.in_(query.quads))
    if query.statuses:
        asked = asked.where(d.status.in_(query.statuses))
    if query.min_confidence > 0:
        asked = asked.where(d.confidence >= query.min_confidence)
    codes = query.dyad is None or not any(" " in side for side in query.dyad)
    rest = replace(query, events=(), quads=(), statuses=(), min_confidence=0.0, dyad=None if codes else query.dyad)
    conditions = event_conditions(rest, dialect)
    if len(conditions) > 1:
        asked = asked.where(d.event.in_(select(events.c.key).where(*conditions)))
    return asked
