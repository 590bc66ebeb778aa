"""*Situations*: a kept question with its live answer: timeline, dyads, map, actors, quotes, pledges, disputes."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from fastapi import Query as Param
from starlette.requests import Request
from starlette.responses import Response

from legation.model import plain
from legation.record import MergedEvent, Query
from legation.web.answers import NotThereError, answer, go
from legation.web.desk import Desk, desk_of
from legation.web.documented import changes, gives
from legation.web.keeping import ALERT, SITUATION, query_of, situation
from legation.web.pages.actor import partners
from legation.web.questions import _day, params
from legation.web.records import line_record, statement_record
from legation.web.security import meant

router = APIRouter(tags=["Situations"])
Name = Annotated[str, Path(max_length=200)]
Date = Annotated[str, Param(max_length=10)]
SHOWN = 20
QUOTES = 12
LOOKED_AT = 1_500  # events in which disputes are looked for


@router.get("/situations", summary="Situations", responses=gives("Every situation with its size."))
def situations(request: Request) -> Response:
    """The situations that are kept."""
    desk = desk_of(request)
    rows = [
        (name, query, desk.facets(query), desk.timeline(query))
        for name, query in ((n, query_of(b)) for n, b in desk.store.saved(SITUATION).items())
    ]
    record = {"situations": [{"name": n, "query": params(q), "count": f.count} for n, q, f, _ in rows]}
    return answer(request, "situations.html", record, section="situations", rows=rows)


@router.get("/situations/{name}", summary="A situation", responses=gives("Its answer as it stands."))
def show(
    request: Request,
    name: Name,
    since: Date = "",
    until: Date = "",
    offset: Annotated[int, Param(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Timeline, dyads, map, actors, quotes, pledges and disputes of a situation."""
    desk = desk_of(request)
    whole = situation(desk.store, name)
    query = replace(whole, since=_day(since) or whole.since, until=_day(until) or whole.until)
    facets = desk.facets(query)
    lines = desk.lines(desk.events(query, limit=SHOWN, offset=offset))
    said = desk.kept(("quotes", query), lambda: desk.store.statements(query, limit=QUOTES, order="-published"))
    pledges = desk.kept(("pledges", query), lambda: desk.store.pledges(query))
    disputed = desk.kept(("disputed", query), lambda: _disputed(desk, query))
    dyads = partners(desk, query)
    record = {
        "name": name,
        "query": params(query),
        "count": facets.count,
        "facets": plain(facets),
        "dyads": [{**plain(p), "sides": p.key.split("|")} for p in dyads],
        "events": [line_record(line) for line in lines],
        "statements": [statement_record(s) for s in said],
        "pledges": [plain(p) for p in pledges],
        "disputes": [{"event": m.id, "disputes": [plain(d) for d in m.disputes]} for m in disputed],
    }
    return answer(
        request, "situation.html", record, section="situations", name=name, whole=whole, ask=query, asks=params(query),
        facets=facets, lines=lines, said=said, pledges=_pledges(desk, pledges), disputed=disputed, dyads=dyads,
        timeline=desk.timeline(whole), map=desk.map(query), offset=offset, limit=SHOWN, day=desk.last_day(),
    )  # fmt: skip


@router.post("/situations/{name}/forget", summary="Forget a situation", responses=changes("Forgotten."),
             dependencies=[Depends(meant)])  # fmt: skip
def forget(request: Request, name: Name) -> Response:
    """Take a situation away; the record stays."""
    desk = desk_of(request)
    if not desk.store.forget(SITUATION, name):
        raise NotThereError("situation", name)
    return go(request, "/situations", record={"forgotten": name})


@router.get("/alerts", summary="Alerts", responses=gives("Every alert with what it finds."))
def alerts(request: Request) -> Response:
    """The alerts that are kept, with the latest that each finds."""
    desk = desk_of(request)
    rows = []
    for name, body in desk.store.saved(ALERT).items():
        query = query_of(body)
        rows.append((name, query, desk.facets(query).count, desk.lines(desk.events(query, limit=3, order="-added"))))
    record = {
        "alerts": [
            {"name": n, "query": params(q), "count": c, "latest": [line_record(line) for line in found]}
            for n, q, c, found in rows
        ]
    }
    return answer(request, "alerts.html", record, section="situations", rows=[(n, params(q), c, f) for n, q, c, f in rows])


@router.post("/alerts/{name}/forget", summary="Forget an alert", responses=changes("Forgotten."),
             dependencies=[Depends(meant)])  # fmt: skip
def forget_alert(request: Request, name: Name) -> Response:
    """Take an alert away."""
    desk = desk_of(request)
    if not desk.store.forget(ALERT, name):
        raise NotThereError("alert", name)
    return go(request, "/alerts", record={"forgotten": name})


def _disputed(desk: Desk, query: Query) -> list[MergedEvent]:
    return [m for m in desk.events(query, limit=LOOKED_AT) if m.disputes]


def _pledges(desk: Desk, pledges: list[Any]) -> list[tuple[Any, MergedEvent]]:
    """Each promise once, with its event."""
    once: dict[tuple[str, str], Any] = {}
    for promise in pledges:
        once.setdefault((promise.pledge.event, promise.pledge.due), promise)
    found = []
    for promise in list(once.values())[:SHOWN]:
        merged = desk.kept(("event", promise.pledge.event), lambda p=promise: desk.store.event(p.pledge.event))
        if merged is not None:
            found.append((promise, merged))
    return found
