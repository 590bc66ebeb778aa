"""*Today*: what is new, what is unusual, what is due, and how the sources are."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Query as Param
from starlette.requests import Request
from starlette.responses import Response

from legation.model import plain
from legation.record import Query
from legation.store import Promise
from legation.web import counting
from legation.web.answers import answer
from legation.web.desk import Desk, before, desk_of
from legation.web.documented import gives
from legation.web.keeping import ALERT, SITUATION, kept, news
from legation.web.questions import day_of
from legation.web.records import line_record
from legation.web.unusual import BASE, WEEK, Unusual, unusual

router = APIRouter(tags=["Pages"])
SHOWN = 12
DUE_AROUND = 30  # days before and after in which a deadline is shown
SILENT_AFTER = 7  # days after which a source is said to be silent


@router.get("/", summary="Today", responses=gives("What is new, unusual and due."))
def today(
    request: Request, day: Annotated[str, Param(max_length=10, description="Stand on another day")] = ""
) -> Response:
    """What is new, what is unusual, pledges due, the sources' health."""
    desk = desk_of(request)
    extent = desk.extent()
    on = (day_of(day) or desk.last_day())[:10]
    week = Query(since=before(on, WEEK - 1), until=on)
    latest = desk.lines(desk.events(Query(until=on), limit=SHOWN))
    stands_out = _unusual(desk, on)
    due = _due(desk, on)
    sources = desk.kept("sources", lambda: counting.sources(desk.store))
    new = news(desk)
    silent = [s for s in sources if s.last and s.last < before(on, SILENT_AFTER) and s.documents > 1]
    record = {
        "day": on,
        "documents": extent.documents,
        "events": extent.events,
        "this_week": desk.facets(week).count if extent.events else 0,
        "latest": [line_record(line) for line in latest],
        "unusual": [plain(u) for u in stands_out],
        "due": [plain(p) for p in due],
        "alerts": {name: count for name, count in new.items() if count},
        "sources": {"outlets": len(sources), "silent": [s.outlet for s in silent]},
    }
    return answer(
        request, "today.html", record, section="today", day=on, extent=extent, latest=latest, unusual=stands_out,
        due=[(p, _event_of(desk, p)) for p in due], sources=sources, silent=silent, week=week,
        timeline=desk.timeline(Query(since=before(on, 119), until=on)), situations=kept(desk.store, SITUATION),
        alerts=[(a, new[a.name]) for a in kept(desk.store, ALERT) if new[a.name]],
    )  # fmt: skip


def warm(desk: Desk) -> None:
    """Ask what the page will ask."""
    if desk.extent().documents:
        on = desk.last_day()
        desk.facets(Query(since=before(on, WEEK - 1), until=on))
        desk.lines(desk.events(Query(until=on), limit=SHOWN))
        _unusual(desk, on)
        _due(desk, on)
        desk.kept("sources", lambda: counting.sources(desk.store))
        desk.timeline(Query(since=before(on, 119), until=on))


def _unusual(desk: Desk, on: str) -> list[Unusual]:
    week = desk.facets(Query(since=before(on, WEEK - 1), until=on, statuses=("happened", "ongoing")))
    base = desk.facets(
        Query(since=before(on, WEEK + BASE - 1), until=before(on, WEEK), statuses=("happened", "ongoing"))
    )
    return unusual(week, base) if base.count else []


def _due(desk: Desk, on: str) -> list[Promise]:
    since, until = before(on, DUE_AROUND), before(on, -DUE_AROUND)
    found = desk.kept(("due", since, until), lambda: desk.store.pledges(due_since=since, due_until=until))
    once: dict[tuple[str, str], Promise] = {}
    for promise in found:
        once.setdefault((promise.pledge.event, promise.pledge.due), promise)
    return list(once.values())[:SHOWN]


def _event_of(desk: Desk, promise: Promise) -> Any:
    return desk.kept(("event", promise.pledge.event), lambda: desk.store.event(promise.pledge.event))
