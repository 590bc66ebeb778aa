"""*Sources*: the outlets of the record, how much each gives, and since when each is silent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Param
from starlette.requests import Request
from starlette.responses import Response

from legation.model import plain
from legation.record import Query
from legation.web import counting
from legation.web.answers import answer
from legation.web.desk import before, desk_of
from legation.web.documented import gives

router = APIRouter(tags=["Pages"])
SHOWN = 30
SILENT_AFTER = 7


@router.get("/sources", summary="Sources", responses=gives("Every outlet, and the latest documents."))
def sources(
    request: Request,
    outlet: Annotated[str, Param(max_length=200, description="Only this one's documents")] = "",
    offset: Annotated[int, Param(ge=0, le=1_000_000)] = 0,
) -> Response:
    """The outlets with their documents, problems and copies; and the latest documents, of one or of all."""
    desk = desk_of(request)
    rows = desk.kept("sources", lambda: counting.sources(desk.store))
    query = Query(outlets=(outlet,)) if outlet else Query()
    documents = desk.kept(
        ("documents", query, offset),
        lambda: desk.store.documents(query, limit=SHOWN, offset=offset, order="-published"),
    )
    total = next((r.documents for r in rows if r.outlet == outlet), 0) if outlet else desk.extent().documents
    record = {
        "sources": [plain(row) for row in rows],
        "documents": [plain(d) for d in documents],
        "count": total,
    }
    return answer(
        request, "sources.html", record, section="sources", rows=rows, documents=documents, outlet=outlet,
        offset=offset, limit=SHOWN, total=total, silent_before=before(desk.last_day(), SILENT_AFTER),
    )  # fmt: skip
