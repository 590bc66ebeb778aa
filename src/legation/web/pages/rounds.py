"""Rounds of double coding: people code the same events without seeing each other's; then they compare and settle."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path
from starlette.requests import Request
from starlette.responses import Response

from legation.model import plain
from legation.web import reviewing
from legation.web.answers import BadRequestError, NotThereError, answer, go
from legation.web.codings import Coding, from_form
from legation.web.desk import Desk, best_report, desk_of
from legation.web.documented import changes, gives
from legation.web.pages.review import Coded, context
from legation.web.reviewer import reviewer_of
from legation.web.reviewing import Round
from legation.web.security import Refusal, meant
from legation.web.words import address

router = APIRouter(prefix="/rounds", tags=["Review"])
Name = Annotated[str, Path(max_length=60)]


@router.post("", summary="A new round", responses=changes("Chosen."), dependencies=[Depends(meant)])
def new(
    request: Request,
    title: Annotated[str, Form(max_length=100)] = "",
    size: Annotated[int, Form(ge=1, le=reviewing.MOST_IN_ROUND)] = 10,
    by: Annotated[str, Form(pattern="^(doubt|sample)$")] = "sample",
) -> Response:
    """Choose events that two or more people will code."""
    desk, who = desk_of(request), reviewer_of(request)
    made = reviewing.new_round(desk, title, size, by, who)
    return go(request, address("rounds", made.name), record={"name": made.name, "events": list(made.events)})


@router.get("/{name}", summary="A round", responses=gives("How far everybody is, and how far they agree."))
def show(request: Request, name: Name) -> Response:
    """Progress of a round; its agreement and differences for those who have finished their own part."""
    desk = desk_of(request)
    found = reviewing.round_named(desk, name)
    votes = reviewing.codings(desk, found)
    me = request.state.person.name or ""
    mine = votes.get(me, {})
    is_open = may_see(found, votes, me)
    figures = reviewing.agreements(votes) if is_open else []
    differences = reviewing.differences(votes, found.events) if is_open else {}
    settled = reviewing.settled(desk, found)
    todo = next((n for n, e in enumerate(found.events, 1) if e not in mine), None)
    record: dict[str, Any] = {
        "name": found.name,
        "title": found.title,
        "events": list(found.events),
        "progress": {who: len(own) for who, own in votes.items()},
        "mine": len(mine),
        "agreement": [plain(f) for f in figures],
        "differences": {event: fields for event, fields in differences.items() if fields},
        "settled": sorted(settled),
    }
    rows = [
        (n, e, differences.get(e), {w: own[e] for w, own in votes.items() if e in own}, _text(desk, e))
        for n, e in enumerate(found.events, 1)
        if is_open
    ]
    return answer(
        request, "round.html", record, section="review", found=found, votes=votes, figures=figures, rows=rows,
        settled=settled, todo=todo, mine=mine, is_open=is_open, me=me,
    )  # fmt: skip


@router.get("/{name}/{number}", summary="An event of a round", responses=gives("The text with the words to code."))
def one(request: Request, name: Name, number: int) -> Response:
    """The text of an event of a round, with one's own coding, and nobody else's."""
    desk = desk_of(request)
    found = reviewing.round_named(desk, name)
    event = _event(found, number)
    merged = desk.event(event)
    mine = reviewing.codings(desk, found).get(request.state.person.name or "", {}).get(event)
    told = context(desk, merged)
    record = {
        "round": found.name, "number": number, "event": event, "document": told["document"],
        "sentence": told["sentence"], "coding": mine.record() if mine else None,
    }  # fmt: skip
    return answer(
        request, "round_event.html", record, section="review", found=found, number=number, coding=mine or Coding(),
        told=told, done=mine is not None, quad=0,
    )  # fmt: skip


@router.post("/{name}/{number}", summary="Code an event of a round", responses=changes("Written down."),
             dependencies=[Depends(meant)])  # fmt: skip
def code(
    request: Request,
    name: Name,
    number: int,
    fields: Coded,
    verdict: Annotated[str, Form(max_length=20, description="event, or none")] = "event",
) -> Response:
    """Keep one's own coding of an event, or that there is none."""
    desk, who = desk_of(request), reviewer_of(request)
    found = reviewing.round_named(desk, name)
    coding = Coding(is_event=False) if verdict == "none" else from_form(fields)
    change = reviewing.code(desk, found, _event(found, number), coding, who)
    mine = reviewing.codings(desk, found).get(who, {})
    left = [n for n, e in enumerate(found.events, 1) if e not in mine]
    after = next((n for n in left if n > number), left[0] if left else None)
    where = address("rounds", found.name, str(after)) if after else address("rounds", found.name)
    return go(request, where, record=plain(change))


@router.post("/{name}/{number}/settle", summary="Settle an event", responses=changes("Settled."),
             dependencies=[Depends(meant)])  # fmt: skip
def settle(
    request: Request,
    name: Name,
    number: int,
    coder: Annotated[str, Form(max_length=60, description="whose coding holds")] = "",
) -> Response:
    """Decide whose coding of an event holds; it is laid over the record."""
    desk, who = desk_of(request), reviewer_of(request)
    found = reviewing.round_named(desk, name)
    votes = reviewing.codings(desk, found)
    if not may_see(found, votes, who):
        raise Refusal(403, "Code your own part of this round first; you would see what the others said.")
    event = _event(found, number)
    coding = votes.get(coder, {}).get(event)
    if coding is None:
        raise BadRequestError(f"'{coder[:60]}' has not coded this event.")
    change = reviewing.settle(desk, found, event, coding, who)
    return go(request, address("rounds", found.name) + f"#e{number}", record=plain(change))


def may_see(found: Round, votes: dict[str, dict[str, Coding]], who: str) -> bool:
    """Whether the codings of all may be shown: to who has coded every event, or to a third once two others have."""
    whole = [w for w, own in votes.items() if all(e in own for e in found.events)]
    return who in whole or (not votes.get(who) and len(whole) > 1)


def _text(desk: Desk, event: str) -> str:
    """The sentence that tells an event, as a report of it has it."""
    merged = desk.kept(("event", event), lambda: desk.store.event(event))
    return best_report(merged).text if merged is not None else ""


def _event(found: Round, number: int) -> str:
    if not 1 <= number <= len(found.events):
        raise NotThereError("event of this round", str(number))
    return found.events[number - 1]
