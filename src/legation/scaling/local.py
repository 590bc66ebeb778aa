"""Many documents through the coder, in this process or in several, always in the order given.

Both ways cut the documents into the same chunks, so the parser sees the same batches and the
output is the same to the byte whatever the number of workers.
"""

from __future__ import annotations

import gc
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TypeVar

from legation.errors import LegationError
from legation.model import Document
from legation.scaling.pool import AHEAD, Chunk, CodesMany, Finish, Pool, WorkerError

__all__ = ["AHEAD", "CodesMany", "InputChangedError", "WorkerError", "chunks", "code_all", "code_chunks", "usual_coder"]

T = TypeVar("T")

# A chunk is one batch or a few for the parser and small enough for a first record within a second.
CHUNK_DOCUMENTS = 16
CHUNK_CHARACTERS = 40_000
_WARMING = "Norway's foreign minister met two envoys of Kenya in Bergen on 4 May 2020, officials said."


class InputChangedError(LegationError):
    """What is to be taken up again was begun on other documents."""

    def __init__(self) -> None:
        super().__init__(
            "The documents are not those that the stopped run had read, so it cannot be taken up again. "
            "Give the same files, or remove the .part file to begin anew."
        )


def usual_coder() -> CodesMany:
    """The coder as it comes, with all it knows loaded; called once in each process."""
    # Half a million small objects are made to stay: to look again and again for some to throw away is lost time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        coder: CodesMany = import_module("legation.coder").Coder()
        list(coder.code_many([Document(_WARMING, published="2020-05-05")]))
    finally:
        if collecting:
            gc.freeze()
            gc.enable()
    return coder


def code_all(
    docs: Iterable[Document],
    finish: Finish[T],
    *,
    workers: int = 1,
    make_coder: Callable[[], CodesMany] = usual_coder,
) -> Iterator[T]:
    """`finish(coded document, coder.about)` of each document, in order.

    With more than one worker `finish` and `make_coder` run in the workers and so must be
    importable functions (or partials of them); what `finish` returns is sent back.
    """
    for _, results in code_chunks(docs, finish, workers=workers, make_coder=make_coder):
        yield from results


def code_chunks(
    docs: Iterable[Document],
    finish: Finish[T],
    *,
    workers: int = 1,
    make_coder: Callable[[], CodesMany] = usual_coder,
    done: Sequence[str] = (),
) -> Iterator[tuple[str, Iterable[T]]]:
    """Each chunk's mark and results, in order, after those whose marks are in `done`.

    Raises InputChangedError where the chunks already done are not those that the documents begin with.
    """
    marked = _marked(chunks(docs))
    for mark in done:
        if next(marked, (None, []))[0] != mark:
            raise InputChangedError
    if workers == 1:
        yield from _here(marked, finish, make_coder)
        return
    marks: deque[str] = deque()

    def noted() -> Iterator[Chunk]:
        for mark, chunk in marked:
            marks.append(mark)
            yield chunk

    for results in Pool(workers, finish, make_coder).results(noted()):
        yield marks.popleft(), results


def chunks(docs: Iterable[Document]) -> Iterator[Chunk]:
    """The documents in lists of bounded number and length; a long document may be one alone."""
    chunk: Chunk = []
    size = 0
    for doc in docs:
        if chunk and (len(chunk) >= CHUNK_DOCUMENTS or size + len(doc.text) > CHUNK_CHARACTERS):
            yield chunk
            chunk, size = [], 0
        chunk.append(doc)
        size += len(doc.text)
    if chunk:
        yield chunk


def _marked(cut: Iterable[Chunk]) -> Iterator[tuple[str, Chunk]]:
    """The chunks, each with a mark made of all that was given in its documents."""
    for chunk in cut:
        yield hashlib.sha256(repr(chunk).encode("utf-8", "surrogatepass")).hexdigest()[:20], chunk


def _here(
    marked: Iterable[tuple[str, Chunk]], finish: Finish[T], make_coder: Callable[[], CodesMany]
) -> Iterator[tuple[str, Iterator[T]]]:
    """In this process; each result is there as soon as its document is coded."""
    coder: CodesMany | None = None
    for mark, chunk in marked:
        coder = coder or make_coder()
        about = coder.about
        yield mark, (finish(doc, about) for doc in coder.code_many(chunk))
