"""*Code it*: paste a text or drop files, and see the record at once; no store is needed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from legation.errors import LegationError
from legation.model import Document
from legation.web.answers import BadRequestError, NotThereError, answer, go
from legation.web.background import Job
from legation.web.documented import changes, gives
from legation.web.pages.document import explained, show
from legation.web.security import meant

router = APIRouter(tags=["Code"])
SOON = 4.0  # seconds that a short text is waited for before its progress is shown


@router.get("/code", summary="The form", responses=gives("The form to paste a text into."))
def form(request: Request) -> Response:
    """Where a text is pasted or files are dropped."""
    coder = "loading" if request.app.state.loading() else "ready"
    return answer(request, "code.html", {"coder": coder}, section="code")


@router.post("/code", summary="Code a text or files", responses=changes("Coded."), dependencies=[Depends(meant)])
def code(
    request: Request,
    text: Annotated[str, Form()] = "",
    title: Annotated[str, Form(max_length=500)] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Code a pasted text, uploaded files, or both; the answer is the record, or the progress where it takes longer."""
    state = request.app.state
    day = _day(published)
    given = [f for f in files or () if f.filename or f.size]
    if len(text) > state.settings.most_text:
        raise BadRequestError(f"A pasted text may have {state.settings.most_text:,} characters. Send it as a file.")
    if not text.strip() and not given:
        raise BadRequestError("There is no text to code. Paste one, or choose a file.")
    if len(given) > state.settings.most_files:
        raise BadRequestError(f"At most {state.settings.most_files} files can be coded at once.")
    docs = []
    if text.strip():
        docs.append(Document(text, title=title.strip() or None, outlet=outlet.strip() or None, published=day))
    docs += list(_read(given, day, state.settings.most_documents))
    job = state.jobs.run(Job("Coding " + _counted(docs), len(docs)), lambda job: _work(state, job, docs))
    job.ended.wait(SOON if len(docs) <= 3 else 0.5)
    if job.state == "failed":
        raise LegationError(job.message)
    return go(request, job.location if job.state == "done" and job.location else f"/jobs/{job.id}", record=job.record())


@router.get("/code/{tray}", summary="What was coded", responses=gives("The record of each text."))
def tray(request: Request, tray: Annotated[str, Path(max_length=60)]) -> Response:
    """The documents of one coding; a single one is shown itself."""
    docs = request.app.state.trays.get(tray)
    if len(docs) == 1:
        return show(request, docs[0], f"/code/{tray}/1", section="code")
    rows = [
        {"number": n, "id": d.id, "title": d.title, "outlet": d.outlet, "published": d.published,
         "events": len(d.events), "quotes": len(d.quotes), "problems": [p.message for p in d.problems]}
        for n, d in enumerate(docs, 1)
    ]  # fmt: skip
    return answer(request, "tray.html", {"documents": rows}, tray=tray, section="code")


@router.get("/code/{tray}/{number}", summary="One text that was coded", responses=gives("Its record."))
def one(request: Request, tray: Annotated[str, Path(max_length=60)], number: int) -> Response:
    """One document of a coding."""
    return show(request, _numbered(request, tray, number), f"/code/{tray}/{number}", section="code")


@router.get("/code/{tray}/{number}/explain/{sentence}", summary="Why a sentence was coded so",
            responses=gives("The clauses, the frames tried, and what came of each."))  # fmt: skip
def explain(request: Request, tray: Annotated[str, Path(max_length=60)], number: int, sentence: int) -> Response:
    """Why each event of a sentence was coded, and why the rest was not."""
    return explained(request, _numbered(request, tray, number), sentence, f"/code/{tray}/{number}", section="code")


def _numbered(request: Request, tray: str, number: int) -> Document:
    docs: Sequence[Document] = request.app.state.trays.get(tray)
    if not 1 <= number <= len(docs):
        raise NotThereError("document", str(number))
    return docs[number - 1]


def _work(state: object, job: Job, docs: list[Document]) -> str | None:
    coded: list[Document] = []
    for doc in state.coder.code(docs):  # type: ignore[attr-defined]
        coded.append(doc)
        job.done = len(coded)
        if job.stop.is_set():
            job.message = f"Stopped after {len(coded)} of {len(docs)} documents."
            break
    return f"/code/{state.trays.put(coded)}" if coded else None  # type: ignore[attr-defined]


def _read(files: list[UploadFile], day: str | None, most: int) -> Iterator[Document]:
    """The documents in uploaded files, told apart by content as `legation code` does."""
    from legation.reading import read

    if not files:
        return
    with tempfile.TemporaryDirectory(prefix="legation-") as folder:
        for number, file in enumerate(files):
            name = re.sub(r"[^\w.\- ]", "_", FilePath(file.filename or "").name)[-100:].lstrip(".") or "text"
            target = FilePath(folder) / f"{number:03d}-{name}"
            with target.open("wb") as out:
                while block := file.file.read(1 << 20):
                    out.write(block)
        docs = list(islice(read([folder], published=day), most + 1))
    if len(docs) > most:
        raise BadRequestError(f"At most {most:,} documents can be coded here at once. Use `legation add` for more.")
    yield from (replace(doc, id=re.sub(r"^\d{3}-", "", doc.id)) for doc in docs)


def _day(value: str) -> str | None:
    from datetime import datetime

    from legation.errors import BadDateError

    if not value.strip():
        return None
    try:
        datetime.fromisoformat(value.strip())
    except ValueError as err:
        raise BadDateError(value.strip()) from err
    return value.strip()


def _counted(docs: list[Document]) -> str:
    return "1 document" if len(docs) == 1 else f"{len(docs):,} documents"
