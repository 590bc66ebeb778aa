"""*Review*: a queue by doubt or by chance; text beside record; accept, correct, reject, add the missed; the score."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path
from fastapi import Query as Param
from starlette.requests import Request
from starlette.responses import Response

from legation.model import plain
from legation.record import MergedEvent
from legation.web import reviewing
from legation.web.answers import BadRequestError, NotThereError, answer, go
from legation.web.codings import Coding, coding_of, from_form
from legation.web.desk import Desk, best_mention, best_report, desk_of
from legation.web.documented import changes, gives
from legation.web.marks import cut
from legation.web.measuring import gold, score
from legation.web.reviewer import reviewer_of
from legation.web.security import inside, meant
from legation.web.words import address

router = APIRouter(tags=["Review"])
By = Annotated[str, Param(pattern="^(doubt|sample)$", description="the least sure first, or in an order by chance")]
Name = Annotated[str, Path(max_length=200)]
Text = Annotated[str, Form(max_length=4_000)]
SHOWN = 100


@router.get("/review", summary="Review", responses=gives("What there is to review."))
def overview(request: Request) -> Response:
    """The queues, the rounds of double coding, and how far the review is."""
    desk = desk_of(request)
    given = reviewing.verdicts(desk)
    figures = score(desk)
    record = {
        "reviewer": request.state.person.name,
        "events": desk.extent().events,
        "reviewed": len(given),
        "rounds": [{"name": r.name, "title": r.title, "events": len(r.events)} for r in reviewing.rounds(desk)],
        "score": plain(figures),
    }
    return answer(request, "review.html", record, section="review", figures=figures, rounds=reviewing.rounds(desk),
                  extent=desk.extent())  # fmt: skip


@router.get("/review/next", summary="The next event", responses=changes("On to the event to review next."))
def next_one(request: Request, by: By = "doubt", after: Annotated[str, Param(max_length=200)] = "") -> Response:
    """On to the next event of a queue; `after` is one to pass over."""
    desk = desk_of(request)
    ids = reviewing.queue(desk, by)
    if after in ids:
        ids = ids[ids.index(after) + 1 :] + ids[: ids.index(after)]
    if not ids:
        return answer(request, "review_done.html", {"next": None}, section="review")
    return go(request, address("review", ids[0], by=by), record={"next": ids[0]})


@router.get("/review/score", summary="The score", responses=gives("How right the coder is, by the reviews."))
def score_page(request: Request) -> Response:
    """How many of the reviewed events are right, and in which field the coder errs."""
    desk = desk_of(request)
    figures = score(desk)
    record = {**plain(figures), "precision": figures.precision, "recall": figures.recall, "whole": figures.whole}
    sentences = sum(1 for _ in gold(desk))
    return answer(request, "score.html", record, section="review", figures=figures, sentences=sentences)


@router.get("/review/gold", summary="The reviews as gold", responses=gives("A line a sentence.", other="text/plain"))
def gold_file(request: Request) -> Response:
    """The reviewed sentences as JSON lines, in the form that `legation score` reads."""
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in gold(desk_of(request)))
    headers = {"content-disposition": 'attachment; filename="desk.gold.jsonl"'}
    return Response(lines, media_type="application/x-ndjson; charset=utf-8", headers=headers)


@router.get("/review/log", summary="The log of changes", responses=gives("Who changed what, from what, to what."))
def log_page(request: Request, who: Annotated[str, Param(max_length=60)] = "") -> Response:
    """Every change with who, when, before and after; each can be undone. Codings of a round are not told here."""
    desk = desk_of(request)
    log = [c for c in reviewing.log(desk) if not c.target.startswith("coding:") and who in ("", c.who)]
    record = {"changes": [plain(c) for c in log]}
    return answer(request, "log.html", record, section="review", log=log[-SHOWN:], all=len(log))


@router.get("/review/{event}", summary="An event to review", responses=gives("The event beside its text."))
def one(request: Request, event: Name, by: By = "doubt") -> Response:
    """An event beside its text, to accept, correct or reject."""
    desk = desk_of(request)
    merged = desk.event(event)
    told = context(desk, merged)
    standing = reviewing.verdicts(desk).get(merged.id)
    record = {
        "id": merged.id,
        "coding": coding_of(merged.event).record(),
        "verdict": None if standing is None else standing.after.get("verdict"),
        "document": told["document"],
        "sentence": told["sentence"],
    }
    return answer(
        request, "review_event.html", record, blank_coding=Coding, section="review", merged=merged, event=merged.event,
        coding=coding_of(merged.event), told=told, by=by, standing=standing,
        log=desk.store.changes(f"event:{merged.id}"), left=len(reviewing.queue(desk, by)),
        last=reviewing.last_of(desk, request.state.person.name or ""),
    )  # fmt: skip


def coded(
    event: Annotated[str, Form(max_length=20, description="PLOVER type")] = "",
    modes: Annotated[list[str] | None, Form(max_length=20)] = None,
    actors: Annotated[str, Form(max_length=4_000, description="A line each: AFG REB Taliban")] = "",
    recipients: Annotated[str, Form(max_length=4_000)] = "",
    status: Annotated[str, Form(max_length=20)] = "happened",
    date: Annotated[str, Form(max_length=10)] = "",
    place: Annotated[str, Form(max_length=200)] = "",
) -> dict[str, Any]:
    """The fields of a coding in a form (a dependency; they are read only where the verdict needs them)."""
    return {
        "event": event, "modes": modes, "actors": actors, "recipients": recipients, "status": status, "date": date,
        "place": place,
    }  # fmt: skip


Coded = Annotated[dict[str, Any], Depends(coded)]


@router.post("/review/events/{name}", summary="Review an event", responses=changes("Written down."),
             dependencies=[Depends(meant)])  # fmt: skip
def decide(
    request: Request,
    name: Name,
    fields: Coded,
    verdict: Annotated[str, Form(max_length=20, description="accept, correct or reject")] = "",
    note: Annotated[str, Form(max_length=500)] = "",
    by: By = "doubt",
) -> Response:
    """Accept, correct or reject an event; a correction is laid over the record and outlives coding again."""
    desk, who = desk_of(request), reviewer_of(request)
    merged = desk.event(name)
    if verdict == "accept":
        change = reviewing.accept(desk, merged, who)
    elif verdict == "reject":
        change = reviewing.reject(desk, merged, who, note.strip() or None)
    elif verdict == "correct":
        change = reviewing.correct(desk, merged, from_form(fields), who, note.strip() or None)
    else:
        raise BadRequestError("Say 'accept', 'correct' or 'reject'.")
    return go(request, address("review", "next", by=by, after=merged.id), record=plain(change))


@router.post(
    "/review/missed", summary="Add a missed event", responses=changes("Written down."), dependencies=[Depends(meant)]
)
def add_missed(
    request: Request,
    fields: Coded,
    document: Annotated[str, Form(max_length=1_000)] = "",
    sentence: Annotated[int | None, Form(ge=0)] = None,
    back: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Note an event that a sentence tells and the coder did not find."""
    desk, who = desk_of(request), reviewer_of(request)
    doc = desk.document(document)
    if sentence is not None and sentence >= len(doc.sentences):
        raise NotThereError("sentence", str(sentence))
    change = reviewing.add_missed(desk, doc.id, sentence, from_form(fields), who)
    return go(request, inside(back, address("documents", doc.id)), record=plain(change))


@router.post("/review/undo", summary="Undo my last", responses=changes("Undone."), dependencies=[Depends(meant)])
def undo_last(request: Request, by: By = "doubt") -> Response:
    """Take back one's own last verdict, with the corrections that came with it."""
    desk, who = desk_of(request), reviewer_of(request)
    last = reviewing.last_of(desk, who)
    if last is None:
        raise BadRequestError("There is nothing of yours to undo.")
    done = reviewing.undo(desk, last.key, who)
    kind, _, rest = last.target.partition(":")
    where = address("review", rest, by=by) if kind == "review" else address("documents", rest)
    return go(request, where, record=plain(done))


@router.post("/changes/{key}/undo", summary="Undo a change", responses=changes("Undone."),
             dependencies=[Depends(meant)])  # fmt: skip
def undo(request: Request, key: int, back: Annotated[str, Form(max_length=2_000)] = "") -> Response:
    """Take a change back; the log keeps both."""
    desk, who = desk_of(request), reviewer_of(request)
    done = reviewing.undo(desk, key, who)
    return go(request, inside(back, "/review/log"), record=plain(done))


def context(desk: Desk, merged: MergedEvent) -> dict[str, Any]:
    """The text around an event: the sentences of its document, its own cut at the words that say so."""
    report = best_report(merged)
    mention = best_mention(report)
    try:
        doc = desk.document(report.document)
    except NotThereError:
        return {"document": report.document, "doc": None, "sentence": None, "sentences": []}
    at = mention.sentence if mention is not None else None
    furniture = doc.furniture
    rows = [
        (s.index, s.paragraph, list(cut(doc.text, s.span, mention.words if mention and s.index == at else ())))
        for s in doc.sentences
        if not any(f.covers(s.span) for f in furniture)
    ]
    return {"document": doc.id, "doc": doc, "sentence": at, "sentences": rows, "report": report}
