"""Documents of the store: the same page as a text just coded, with how it came to be."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from legation.model import Document
from legation.web.answers import NotThereError
from legation.web.desk import Desk, desk_of
from legation.web.documented import gives
from legation.web.pages.document import explained, show
from legation.web.words import address

router = APIRouter(tags=["Record"])
Name = Annotated[str, Path(max_length=1000)]


@router.get("/documents/{document:path}", summary="A document", responses=gives("Its record."))
def document(request: Request, document: Name) -> Response:
    """The text as printed, with everything that was found in it."""
    desk = desk_of(request)
    doc = _document(request, desk, document)
    return show(request, doc, address("documents", doc.id), explain=f"/explain/{{}}{address(doc.id)}",
                versions=desk.store.versions(doc.id))  # fmt: skip


@router.get("/explain/{sentence}/{document:path}", summary="Why a sentence was coded so",
            responses=gives("The clauses, the frames tried, and what came of each."))  # fmt: skip
def explain(request: Request, sentence: int, document: Name) -> Response:
    """Why each event of a sentence was coded, and why the rest was not."""
    doc = _document(request, desk_of(request), document)
    return explained(request, doc, sentence, address("documents", doc.id))


def _document(request: Request, desk: Desk, name: str) -> Document:
    """The document; one whose own id ends in .json is found too."""
    try:
        return desk.document(name)
    except NotThereError:
        if not getattr(request.state, "json", False):
            raise
        found = desk.document(f"{name}.json")
        request.state.json = False
        return found
