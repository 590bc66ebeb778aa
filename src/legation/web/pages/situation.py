"""*Situations*: a kept question with its live answer: timeline, dyads, map, actors, quotes, pledges, disputes."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from fastapi import Query as Param
from starlette.requests import Request
from starlette.responses import Response

from legation.model import plain
from legation.situations.brief import make_brief
from legation.situations.positions import without_copies
from legation.situations.printing import to_markdown
from legation.web.answers import NotThereError, answer, go
from legation.web.desk import desk_of
from legation.web.documented import changes, gives
from legation.web.keeping import ALERT, MOST, SITUATION, answered, kept, mark_seen, news, seen, situation
from legation.web.pages.actor import partners
from legation.web.questions import day_of, params
from legation.web.records import line_record, statement_record
from legation.web.security import meant

router = APIRouter(tags=["Situations"])
Name = Annotated[str, Path(max_length=200)]
Date = Annotated[str, Param(max_length=10)]
SHOWN = 20
QUOTES = 12
ROLES = 18


@router.get("/situations", summary="Situations", responses=gives("Every situation with its size."))
def situations(request: Request) -> Response:
    """The situations that are kept."""
    desk = desk_of(request)
    rows = [
        (s, desk.facets(desk.bounded(s.query)), desk.timeline(desk.bounded(s.query)))
        for s in kept(desk.store, SITUATION)
    ]
    found = [{"name": s.name, "title": s.title, "query": params(s.query), "count": f.count} for s, f, _ in rows]
    record = {"situations": found}
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
    found = situation(desk.store, name)
    whole = found.query
    query = desk.bounded(replace(whole, since=day_of(since) or whole.since, until=day_of(until) or whole.until))
    facets = desk.facets(query)
    lines = desk.lines(desk.events(query, limit=SHOWN, offset=offset))
    whole_answer = answered(desk, found, query)
    said = without_copies(whole_answer.statements)[:QUOTES]
    dyads = partners(desk, query)

    def record() -> dict[str, Any]:
        return {
            "name": name,
            "title": found.title,
            "query": params(query),
            "count": facets.count,
            "facets": plain(facets),
            "dyads": [{**plain(p), "sides": p.key.split("|")} for p in dyads],
            "events": [line_record(line) for line in lines],
            "statements": [statement_record(s) for s in said],
            "pledges": [plain(p) for p in whole_answer.pledges],
            "disputes": [plain(d) for d in whole_answer.disputes],
            "roles": [plain(r) for r in whole_answer.roles[:ROLES]],
        }

    return answer(
        request, "situation.html", record, section="situations", name=name, found=found, whole=whole, ask=query,
        asks=params(query), facets=facets, lines=lines, said=said, pledges=whole_answer.pledges,
        disputes=whole_answer.disputes, roles=whole_answer.roles[:ROLES], dyads=dyads,
        timeline=desk.timeline(desk.bounded(whole)), map=desk.map(query), offset=offset, limit=SHOWN,
        day=desk.last_day(), most=MOST,
    )  # fmt: skip


@router.get(
    "/situations/{name}/brief",
    summary="A brief",
    responses=gives("A brief in which every line cites its sentences.", other="text/markdown"),
)
def brief(
    request: Request,
    name: Name,
    since: Date = "",
    until: Date = "",
    format: Annotated[str, Param(pattern="^(page|markdown)$")] = "page",
) -> Response:
    """A brief of a situation, to read, print or take along as Markdown."""
    desk = desk_of(request)
    found = situation(desk.store, name)
    query = replace(
        found.query, since=day_of(since) or found.query.since, until=day_of(until) or found.query.until
    )
    made = desk.kept(("brief", name, query), lambda: make_brief(answered(desk, found, query)))
    if format == "markdown":
        headers = {"content-disposition": f'attachment; filename="{name}.md"'}
        return Response(to_markdown(made), media_type="text/markdown; charset=utf-8", headers=headers)
    return answer(request, "brief.html", lambda: plain(made), section="situations", brief=made, name=name)


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
    for alert in kept(desk.store, ALERT):
        latest = desk.lines(desk.events(alert.query, limit=3, order="-added"))
        rows.append((alert, params(alert.query), desk.facets(desk.bounded(alert.query)).count, latest))
    new, looked = news(desk), seen(desk.store)
    record = {
        "alerts": [
            {"name": a.name, "title": a.title, "query": q, "count": n, "new": new.get(a.name, 0),
             "seen": looked.get(a.name), "latest": [line_record(x) for x in latest]}
            for a, q, n, latest in rows
        ]
    }  # fmt: skip
    return answer(request, "alerts.html", record, section="situations", rows=rows, new=new, looked=looked)


@router.post("/alerts/{name}/seen", summary="Mark an alert as seen", responses=changes("Noted."),
             dependencies=[Depends(meant)])  # fmt: skip
def look(request: Request, name: Name) -> Response:
    """Note that an alert was looked at; it tells of what comes after."""
    desk = desk_of(request)
    if name not in desk.store.saved(ALERT):
        raise NotThereError("alert", name)
    mark_seen(desk.store, name)
    desk.changed()
    return go(request, "/alerts", record={"name": name, "new": 0})


@router.post("/alerts/{name}/forget", summary="Forget an alert", responses=changes("Forgotten."),
             dependencies=[Depends(meant)])  # fmt: skip
def forget_alert(request: Request, name: Name) -> Response:
    """Take an alert away."""
    desk = desk_of(request)
    if not desk.store.forget(ALERT, name):
        raise NotThereError("alert", name)
    return go(request, "/alerts", record={"forgotten": name})
