"""*Search*: words, actors, types, dates, places, outlets; kept as a situation or an alert, or exported."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi import Query as Param
from starlette.requests import Request
from starlette.responses import Response

from legation.model import plain
from legation.record import Query
from legation.store import Hit
from legation.web import counting
from legation.web.answers import BadRequestError, answer, go
from legation.web.desk import LARGE, Desk, desk_of
from legation.web.documented import changes, gives
from legation.web.keeping import ALERT, SITUATION, keep
from legation.web.questions import asked, is_empty, params
from legation.web.records import line_record
from legation.web.security import meant
from legation.web.words import address

router = APIRouter(tags=["Search"])
SHOWN = 25
HITS = 8


@router.get("/search", summary="Search", responses=gives("The events and documents found."))
def search(
    request: Request,
    query: Annotated[Query, Depends(asked)],
    offset: Annotated[int, Param(ge=0, le=1_000_000)] = 0,
    order: Annotated[str, Param(pattern="^-?(date|added|changed)$", description="- is the latest first")] = "-date",
) -> Response:
    """Events that fulfil every part of the question, and the documents that have its words."""
    desk = desk_of(request)
    asked_for, query = query, desk.bounded(query)
    found = desk.lines(desk.events(query, limit=SHOWN, offset=offset, order=order))
    facets = desk.facets(query)
    hits = _hits(desk, query) if query.words and not offset else []
    first = desk.extent().first if query != asked_for else None
    record = {
        "query": params(query),
        "count": facets.count,
        "facets": plain(facets),
        "events": [line_record(line) for line in found],
        "documents": [{**plain(h.document), "snippet": h.snippet.translate({2: None, 3: None})} for h in hits],
    }
    return answer(
        request, "search.html", record, section="search", ask=query, asks=params(query), lines=found, facets=facets,
        hits=[(h, _pieces(h.snippet)) for h in hits],
        offset=offset, limit=SHOWN, nothing_asked=is_empty(asked_for), first=first,
        order=order, outlets=desk.kept("outlets", lambda: counting.outlets(desk.store)),
        timeline=desk.timeline(query) if facets.count else None,
    )  # fmt: skip


@router.post("/search/keep", summary="Keep a search", responses=changes("Kept."), dependencies=[Depends(meant)])
def keep_search(
    request: Request,
    query: Annotated[Query, Depends(asked)],
    name: Annotated[str, Form(max_length=80)] = "",
    kind: Annotated[str, Form(max_length=20)] = "situation",
) -> Response:
    """Keep a search under a name: as a situation with a page of its own, or as an alert that tells of what is new."""
    desk = desk_of(request)
    if not name.strip():
        raise BadRequestError("A name is needed to keep a search under.")
    if is_empty(query):
        raise BadRequestError("This search asks for everything. Narrow it before you keep it.")
    if kind not in (SITUATION, ALERT):
        raise BadRequestError("A search can be kept as 'situation' or as 'alert'.")
    kept = keep(desk.store, kind, name, query)
    where = address("situations", kept) if kind == SITUATION else "/alerts"
    return go(request, where, record={"kind": kind, "name": kept})


def _hits(desk: Desk, query: Query) -> list[Hit]:
    large = desk.extent().events >= LARGE
    return desk.kept(("hits", query), lambda: counting.hits(desk.store, query.words or "", query, HITS, large=large))


def _pieces(snippet: str) -> list[tuple[str, bool]]:
    """A snippet cut at the words that were found."""
    found: list[tuple[str, bool]] = []
    for n, part in enumerate(snippet.split("\x02")):
        marked, end, rest = part.partition("\x03")
        if n and end:
            found += [(marked, True), (rest, False)]
        else:
            found.append((part, False))
    return [(text, is_marked) for text, is_marked in found if text]
