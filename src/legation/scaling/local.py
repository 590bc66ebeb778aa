"""Many documents through the coder, in this process or in several, always in the order given.

Both ways cut the documents into the same chunks, so the parser sees the same batches and the
output is the same to the byte whatever the number of workers.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from legation.errors import LegationError
from legation.model import Document

T = TypeVar("T")
Finish = Callable[[Document, Mapping[str, Any]], T]

# A chunk is one batch or a few for the parser and small enough for a first record within a second.
CHUNK_DOCUMENTS = 16
CHUNK_CHARACTERS = 40_000
# Chunks handed out ahead of the one waited for, a worker: enough that none is idle, few enough to hold.
AHEAD = 3


class CodesMany(Protocol):
    """What is asked of a coder here; tests give one that knows its answers."""

    @property
    def about(self) -> Mapping[str, Any]: ...

    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]: ...


class WorkerError(LegationError):
    """A worker process came to its end before its work did."""

    def __init__(self) -> None:
        super().__init__(
            "A worker process was ended from outside, most often for want of memory. "
            "Run again with fewer --workers."
        )


def usual_coder() -> CodesMany:
    """The coder as it comes; called once in each process."""
    coder: CodesMany = import_module("legation.coder").Coder()
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
    if workers > 1:
        yield from _in_processes(docs, finish, workers, make_coder)
        return
    coder: CodesMany | None = None
    for chunk in chunks(docs):
        coder = coder or make_coder()
        for doc in coder.code_many(chunk):
            yield finish(doc, coder.about)


def chunks(docs: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in lists of bounded number and length; a long document may be one alone."""
    chunk: list[Document] = []
    size = 0
    for doc in docs:
        if chunk and (len(chunk) >= CHUNK_DOCUMENTS or size + len(doc.text) > CHUNK_CHARACTERS):
            yield chunk
            chunk, size = [], 0
        chunk.append(doc)
        size += len(doc.text)
    if chunk:
        yield chunk


def _in_processes(
    docs: Iterable[Document], finish: Finish[T], workers: int, make_coder: Callable[[], CodesMany]
) -> Iterator[T]:
    finished = False
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (make_coder,))
    waiting: deque[Future[list[T] | str]] = deque()
    try:
        for chunk in chunks(docs):
            waiting.append(pool.submit(_work, chunk, finish))
            if len(waiting) >= workers * AHEAD:
                yield from _result(waiting.popleft())
        while waiting:
            yield from _result(waiting.popleft())
        finished = True
    except BrokenProcessPool as err:  # from handing out a chunk as well as from waiting for one
        raise WorkerError from err
    finally:
        # Waited for here, where Ctrl-C is answered; at the end of the interpreter it would be a traceback.
        pool.shutdown(wait=finished, cancel_futures=True)


def _result(future: Future[list[T] | str]) -> list[T]:
    done = future.result()
    if isinstance(done, str):
        raise LegationError(done)
    return done


_make_coder: Callable[[], CodesMany] = usual_coder
_coder: CodesMany | None = None


def _begin(make_coder: Callable[[], CodesMany]) -> None:
    """Start a worker. Ctrl-C reaches the whole group of processes: the parent alone answers it."""
    global _make_coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _make_coder = make_coder


def _work(chunk: list[Document], finish: Finish[T]) -> list[T] | str:
    """The chunk done, or the sentence of the LegationError: not every exception survives pickling."""
    global _coder
    try:
        if _coder is None:
            _coder = _make_coder()
        return [finish(doc, _coder.about) for doc in _coder.code_many(chunk)]
    except LegationError as err:
        return str(err)
