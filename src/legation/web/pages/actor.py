"""*Actor* and *Dyad*: who somebody is, what they did, said and promised, to whom; and what passed between two."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi import Query as Param
from starlette.requests import Request
from starlette.responses import Response

from legation.knowledge.name_tables import all_names, body_spellings, office_spellings
from legation.model import Actor, plain
from legation.record import MergedEvent, Query
from legation.store.counting import Period
from legation.web.answers import NotThereError, answer
from legation.web.desk import Desk, before, desk_of
from legation.web.documented import gives
from legation.web.drawings.timeline import spark
from legation.web.questions import actor_of, day_of
from legation.web.records import line_record, statement_record
from legation.web.words import BODIES, SECTORS, actor_key, countries, country, side_name

router = APIRouter(tags=["Record"])
Name = Annotated[str, Path(max_length=200)]
Date = Annotated[str, Param(max_length=10)]
SHOWN = 20
PLEDGED = 366  # days after the last one (half as many before it) in which deadlines are shown
MANY = 20_000  # events from which small lines are drawn by year
LOOKED_AT = 400  # events of which the partners of a person are counted


@dataclass(frozen=True, slots=True)
class Office:
    """An office and when it was held."""

    office: str
    code: str | None
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody on the other side, and how often in which way."""

    key: str
    count: int
    quads: tuple[int, int, int, int]
    scale: float  # the mean score of what passed
    line: str = ""  # the points of its small line


@router.get("/actors/{actor:path}", summary="An actor", responses=gives("What they are, did, said and promised."))
def actor(request: Request, actor: Name, since: Date = "", until: Date = "") -> Response:
    """Offices over time, what somebody did, said and promised, and to whom."""
    desk = desk_of(request)
    key = known_as(actor_of(actor))
    if not key.strip():
        raise NotThereError("actor", actor)
    asked_for = Query(actors=(key,), since=day_of(since), until=day_of(until))
    query = desk.bounded(asked_for)
    facets = desk.facets(query)
    lines = desk.lines(desk.events(query, limit=SHOWN))
    said = [s for s in _statements(desk, query) if s.quote.speaker and _is(key, s.quote.speaker)]
    around = (before(desk.last_day(), PLEDGED // 2), before(desk.last_day(), -PLEDGED))
    pledges = desk.kept(
        ("pledges", query, around), lambda: desk.store.pledges(query, due_since=around[0], due_until=around[1])
    )[:SHOWN]
    offices = offices_of(key)
    with_whom = partners(desk, query, key)
    record = {
        "key": key,
        "name": side_name(key),
        "offices": [plain(o) for o in offices],
        "count": facets.count,
        "facets": plain(facets),
        "events": [line_record(line) for line in lines],
        "statements": [statement_record(s) for s in said[:SHOWN]],
        "pledges": [plain(p) for p in pledges],
        "partners": [plain(p) for p in with_whom],
    }
    return answer(
        request, "actor.html", record, section="search", key=key, query_asked=asked_for,
        first=desk.extent().first if query != asked_for else None, bound=query.since, facets=facets, lines=lines,
        said=said[:SHOWN], pledges=pledges, offices=offices, partners=with_whom, about=_about(key),
        timeline=desk.timeline(query) if facets.count else None,
    )  # fmt: skip


@router.get("/dyads/{a}/{b}", summary="A dyad", responses=gives("What passed between two."))
def dyad(
    request: Request,
    a: Name,
    b: Name,
    since: Date = "",
    until: Date = "",
    offset: Annotated[int, Param(ge=0, le=1_000_000)] = 0,
) -> Response:
    """What two did to and with each other, and said of each other."""
    desk = desk_of(request)
    one, other = known_as(actor_of(a)), known_as(actor_of(b))
    asked_for = Query(dyad=(one, other), since=day_of(since), until=day_of(until))
    query = desk.bounded(asked_for)
    facets = desk.facets(query)
    lines = desk.lines(desk.events(query, limit=SHOWN, offset=offset))
    ways = [
        (sides, desk.facets(replace(query, dyad=sides, directed=True))) for sides in ((one, other), (other, one))
    ]
    said = _statements(desk, query)[:SHOWN]
    record = {
        "a": one,
        "b": other,
        "count": facets.count,
        "facets": plain(facets),
        "ways": [{"from": sides[0], "to": sides[1], "facets": plain(f)} for sides, f in ways],
        "events": [line_record(line) for line in lines],
        "statements": [statement_record(s) for s in said],
    }
    return answer(
        request, "dyad.html", record, section="situations", a=one, b=other, query_asked=asked_for,
        first=desk.extent().first if query != asked_for else None, bound=query.since, facets=facets,
        lines=lines, ways=ways, said=said, offset=offset, limit=SHOWN,
        timeline=desk.timeline(query) if facets.count else None,
    )  # fmt: skip


def partners(desk: Desk, query: Query, key: str | None = None, limit: int = 14) -> list[Partner]:
    """Who stands on the other side of the events of a question, the most frequent first."""
    return desk.kept(("partners", query, key, limit), lambda: _partners(desk, query, key, limit))


def _partners(desk: Desk, query: Query, key: str | None, limit: int) -> list[Partner]:
    if key is None or key.split(" ")[0] in countries() or key.split(" ")[0] in BODIES:
        return _by_code(desk, query, (key or "").split(" ")[0], limit)
    counted: dict[str, Counter[int]] = {}
    scales: dict[str, float] = {}
    for merged in desk.events(query, limit=LOOKED_AT):
        for name in _others(merged, key):
            counted.setdefault(name, Counter())[merged.event.quad_code] += 1
            scales[name] = scales.get(name, 0.0) + merged.event.event_scale
    ranked = sorted(counted, key=lambda name: (-counted[name].total(), name))[:limit]
    return [
        Partner(n, counted[n].total(), _four(counted[n]), round(scales[n] / counted[n].total(), 1)) for n in ranked
    ]


def _by_code(desk: Desk, query: Query, code: str, limit: int) -> list[Partner]:
    counts: dict[str, Counter[int]] = {}
    months: dict[str, Counter[str]] = {}
    scales: dict[str, float] = {}
    # Small lines are drawn of situations only; of a very large one by year: a few hundred counts, not ten thousand.
    by: Period = "all" if code else "month" if desk.facets(query).count < MANY else "year"
    for row in desk.kept(("dyads", query, by), lambda: desk.store.dyad_counts(query, by=by)):
        if code and code not in (row.a, row.b):
            continue
        name = (row.b if row.a == code else row.a) if code else f"{row.a}|{row.b}"
        if name == code or row.a == row.b and not code:
            continue
        counts.setdefault(name, Counter())[row.quad] += row.events
        months.setdefault(name, Counter())[row.period or ""] += row.events
        scales[name] = scales.get(name, 0.0) + row.scale
    ranked = sorted(counts, key=lambda name: (-counts[name].total(), name))[:limit]
    every = sorted({m for name in ranked for m in months[name] if m})
    return [
        Partner(
            n, counts[n].total(), _four(counts[n]), round(scales[n] / counts[n].total(), 1),
            spark([months[n][m] for m in every]),
        )
        for n in ranked
    ]  # fmt: skip


def _four(counts: Counter[int]) -> tuple[int, int, int, int]:
    return (counts[1], counts[2], counts[3], counts[4])


def _others(merged: MergedEvent, key: str) -> list[str]:
    """Who is on the other side of somebody in an event; in a reciprocal one, all the others."""
    event = merged.event
    acts = any(_is(key, a) for a in event.actors)
    other = event.recipients if acts and event.recipients else event.actors
    return list(dict.fromkeys(actor_key(a) for a in other if not _is(key, a)))


def _is(key: str, actor: Actor) -> bool:
    code, _, sector = key.partition(" ")
    if code in countries() or code in BODIES:
        return actor.code == code and (not sector or sector in (actor.sector, *actor.other_sectors))
    return key.casefold() in ((actor.identifier_text or "").casefold(), actor.entity_text.casefold())


def _statements(desk: Desk, query: Query) -> list[Any]:
    return desk.kept(
        ("statements", query), lambda: desk.store.statements(query, limit=60, order="-published")
    )


@cache
def _holders() -> dict[str, tuple[Office, ...]]:
    """Who held which office when, by the folded name."""
    found: dict[str, dict[tuple[str, str | None, str | None], Office]] = {}
    for name in all_names(office_spellings):
        if name.label and name.office:
            row = Office(name.office, name.code, name.start, name.end)
            found.setdefault(name.label.casefold(), {})[(name.office, name.start, name.code)] = row
    return {label: tuple(sorted(rows.values(), key=lambda o: o.since or "")) for label, rows in found.items()}


@cache
def _labels() -> dict[str, str]:
    """The name under which the record has somebody, by every spelling of it."""
    spelt = (*all_names(office_spellings), *all_names(body_spellings))
    return {n.text.casefold(): n.label for n in spelt if n.label}


def known_as(key: str) -> str:
    """The spelling that the record uses: "Sergey Lavrov" is Sergei Lavrov."""
    if key.split(" ")[0] in countries():
        return key
    return _labels().get(key.casefold(), key)


def offices_of(key: str) -> tuple[Office, ...]:
    """The offices that a person held, as the tables of the coder know them."""
    return _holders().get(key.casefold(), ())


@cache
def _bodies() -> dict[str, tuple[str, str | None, str | None]]:
    return {n.text.casefold(): (n.kind, n.code, n.sector) for n in all_names(body_spellings)}


def _about(key: str) -> str:
    """Who it is, in a line."""
    code, _, sector = key.partition(" ")
    if code in countries() or code in BODIES:
        return f"{country(code)}{', ' + SECTORS.get(sector, sector) if sector else ''}"
    body = _bodies().get(key.casefold())
    if body:
        return ", ".join(p for p in (body[0], country(body[1]) if body[1] else "", SECTORS.get(body[2] or "", "")) if p)
    return ""
