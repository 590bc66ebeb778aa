"""How many: events of a question by type, quad, actor, month; and what passed between two sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, case, func, nulls_first, or_, select, text

from legation.record import Query
from legation.store.asking import event_conditions
from legation.store.rows import DyadCount, Facets
from legation.store.schema import dyads, events, sides, tallies

Period = Literal["day", "month", "year", "all"]
_CODE = re.compile(r"[A-Z]{3}")
_COUNTED = re.compile(r"[A-Z]{3}(?: [A-Z]{3})?")  # sides that `dyads` has a column for
_TOP = 50  # actors and countries listed


def facets(conn: Connection, query: Query) -> Facets:
    """The events of the question, divided in every way a page shows."""
    if query == Query():
        return _facets_of_all(conn)
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


def count(conn: Connection, query: Query) -> int:
    """How many events fulfil the question."""
    t = tallies.c
    if query == Query():
        return conn.scalar(select(func.coalesce(func.sum(t.n), 0)).where(t.kind == "event")) or 0
    if len(query.actors) == 1 and _CODE.fullmatch(query.actors[0]) and query == Query(actors=query.actors):
        of_one = select(func.coalesce(func.sum(t.n), 0)).where(t.kind == "actor", t.value == query.actors[0])
        return conn.scalar(of_one) or 0
    where = event_conditions(query, conn.dialect.name)
    return conn.scalar(select(func.count()).select_from(events).where(*where)) or 0


def tally(conn: Connection, rows: Iterable[Mapping[str, Any]], codes: Iterable[Mapping[str, Any]], by: int) -> None:
    """Count events in (+1) or out (-1): rows of `events`, and of `sides` for the codes of these."""
    found: Counter[tuple[str, str, str]] = Counter()
    months: dict[int, str] = {}
    for row in rows:
        month = months[row["key"]] = row["month"] or ""
        found["event", f"{row['type']}|{row['quad']}|{row['status']}", month] += by
        if row["country"]:
            found["country", row["country"], month] += by
    for event, code in {(c["event"], c["code"]) for c in codes if c["code"] and c["event"] in months}:
        found["actor", code, months[event]] += by
    if found:
        conn.execute(
            text(
                "INSERT INTO tallies (kind, value, month, n) VALUES (:kind, :value, :month, :n) "
                "ON CONFLICT (kind, value, month) DO UPDATE SET n = tallies.n + excluded.n"
            ),
            [{"kind": k, "value": v, "month": m, "n": n} for (k, v, m), n in sorted(found.items())],
        )


def _facets_of_all(conn: Connection) -> Facets:
    t = tallies.c
    kinds: dict[str, Counter[str]] = {"event": Counter(), "actor": Counter(), "country": Counter()}
    months: Counter[str] = Counter()
    for row in conn.execute(select(t.kind, t.value, t.month, t.n).where(t.n > 0)):
        kinds[row.kind][row.value] += row.n
        if row.kind == "event" and row.month:
            months[row.month] += row.n
    parts = [(*value.split("|"), n) for value, n in kinds["event"].items()]
    return Facets(
        count=kinds["event"].total(),
        types=_ordered(_of(parts, 0)),
        quads=_ordered({int(q): n for q, n in _of(parts, 1).items()}),
        statuses=_ordered(_of(parts, 2)),
        actors=dict(list(_ordered(kinds["actor"]).items())[:_TOP]),
        countries=dict(list(_ordered(kinds["country"]).items())[:_TOP]),
        months=dict(sorted(months.items())),
    )


def _of(parts: list[Any], column: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for part in parts:
        found[part[column]] += part[-1]
    return found


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
    asked = select(one, other, period, d.quad, d.type, func.count(), func.sum(d.scale)).group_by(
        one, other, period, d.quad, d.type
    )
    if not query.directed:
        asked = asked.where(d.reverse == 0)
    asked = _narrowed(asked, query, conn.dialect.name).order_by(one, other, nulls_first(period), d.quad, d.type)
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
    d = dyads.c
    if query.dyad and all(map(_COUNTED.fullmatch, query.dyad)):
        a, b = query.dyad[0][:3], query.dyad[1][:3]
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
    codes = query.dyad is None or all(len(side) == 3 and _COUNTED.fullmatch(side) for side in query.dyad)
    rest = replace(query, events=(), quads=(), statuses=(), min_confidence=0.0, dyad=None if codes else query.dyad)
    conditions = event_conditions(rest, dialect)
    if len(conditions) > 1 and query.dyad and codes:
        asked = asked.where(select(events.c.key).where(events.c.key == d.event, *conditions).exists())
    elif len(conditions) > 1:
        asked = asked.where(d.event.in_(select(events.c.key).where(*conditions)))
    return asked
