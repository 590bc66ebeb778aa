"""*Event*: all its mentions side by side, why they are one, why each was coded; taken apart, and how it came to be."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path
from starlette.requests import Request
from starlette.responses import Response

from legation.model import plain
from legation.record import Report
from legation.web.answers import BadRequestError, NotThereError, answer, go
from legation.web.desk import Desk, desk_of
from legation.web.documented import changes, gives
from legation.web.marks import told_in
from legation.web.records import merged_record
from legation.web.reviewer import reviewer_of
from legation.web.security import meant
from legation.web.words import address

router = APIRouter(tags=["Record"])
Name = Annotated[str, Path(max_length=200)]


@router.get("/events/{event}", summary="An event", responses=gives("The event with all its reports."))
def event(request: Request, event: Name) -> Response:
    """An event with every report of it, why they are held to be one, and why each was coded."""
    desk = desk_of(request)
    merged = desk.event(event)
    log = desk.store.changes(f"event:{merged.id}")
    reports = [_told(desk, report) for report in merged.reports]
    record = {
        **merged_record(merged),
        "sentences": [
            {"document": told["report"].document, "sentence": each["sentence"],
             "text": "".join(text for text, _ in each["pieces"]), "explanation": list(each["why"])}
            for told in reports
            for each in told["told"]
        ],
        "changes": [plain(change) for change in log],
    }  # fmt: skip
    return answer(
        request, "event.html", record, section="search", merged=merged, event=merged.event, reports=reports, log=log,
        history=desk.store.history(merged.id), titles={r["report"].key: r["title"] for r in reports},
        moved=merged.id != event,
    )  # fmt: skip


@router.post("/events/{event}/apart", summary="Take reports apart", responses=changes("Taken apart."),
             dependencies=[Depends(meant)])  # fmt: skip
def apart(
    request: Request,
    event: Name,
    document: Annotated[str, Form(max_length=1000)] = "",
    report: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say that one report is not of this event; it holds through linking and coding again."""
    desk = desk_of(request)
    who = reviewer_of(request)
    merged = desk.event(event)
    keys = [r.key for r in merged.reports]
    if (document, report) not in keys:
        raise NotThereError("report", report or "(none)")
    others = [key for key in keys if key != (document, report)]
    if not others:
        raise BadRequestError("This event has one report only; there is nothing to take apart.")
    ids = desk.store.apart(merged.id, [((document, report), other) for other in others], who=who)
    desk.changed()
    return go(request, address("events", merged.id), record={"events": list(ids)})


def _told(desk: Desk, report: Report) -> dict[str, Any]:
    """A report with its sentences, or without them where its document is gone."""
    try:
        doc = desk.document(report.document)
    except NotThereError:
        return {"report": report, "title": report.document, "told": [], "doc": None}
    return {"report": report, "title": doc.title or doc.id, "told": told_in(doc, report.event), "doc": doc}


