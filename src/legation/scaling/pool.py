"""Worker processes that may die: each is replaced, and what it was at is done again.

A lane is a thread that feeds one process, a chunk at a time; the caller waits for the chunks in order. A chunk
whose process dies is given whole to a new one, so that the parser sees the same batch; when that dies too, its
documents go one by one, and the one that ends its process again is marked with a problem.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

from legation.errors import LegationError
from legation.model import Document, Problem

T = TypeVar("T")
Finish = Callable[[Document, Mapping[str, Any]], T]
Chunk = list[Document]

# Chunks handed out ahead of the one waited for, a worker: enough that none is idle, few enough to hold.
AHEAD = 3
# Processes of a lane that may end one after the other before they have a coder: then it is no accident.
_STILLBORN = 4
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_LOST = Problem(
    "workers",
    "The process that coded this document was ended from outside three times, most often for want of memory; "
    "the document was passed over.",
)


class CodesMany(Protocol):
    """What is asked of a coder here; tests give one that knows its answers."""

    @property
    def about(self) -> Mapping[str, Any]: ...

    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]: ...


class WorkerError(LegationError):
    """Worker processes come to their end before they can begin."""

    def __init__(self) -> None:
        super().__init__(
            "Worker processes are ended from outside as soon as they start, most often for want of memory. "
            "Run again with fewer --workers."
        )


class _DiedError(Exception):
    """The process at the other end is gone."""


class Pool(Generic[T]):
    """Processes that code chunks; `results` gives what they made in the order of the chunks."""

    def __init__(self, workers: int, finish: Finish[T], make_coder: Callable[[], CodesMany]) -> None:
        self._ahead = workers * AHEAD
        self._todo: SimpleQueue[tuple[int, Chunk] | None] = SimpleQueue()
        self._done: dict[int, list[T] | LegationError] = {}
        self._news = threading.Condition()
        self._lanes = [_Lane(self, finish, make_coder, f"lane {n}") for n in range(workers)]

    def results(self, chunks: Iterable[Chunk]) -> Iterator[list[T]]:
        """The results of every chunk; chunks are read only a little ahead of what is taken."""
        given = taken = 0
        finished = False
        for lane in self._lanes:
            lane.start()
        try:
            for chunk in chunks:
                self._todo.put((given, chunk))
                given += 1
                if given - taken >= self._ahead:
                    yield self._take(taken)
                    taken += 1
            while taken < given:
                yield self._take(taken)
                taken += 1
            finished = True
        finally:
            self._close(gently=finished)

    def next(self) -> tuple[int, Chunk] | None:
        """The next chunk to do, or None where there will be no more."""
        return self._todo.get()

    def put(self, number: int, result: list[T] | LegationError) -> None:
        """What became of a chunk."""
        with self._news:
            self._done[number] = result
            self._news.notify()

    def _take(self, number: int) -> list[T]:
        with self._news:
            while number not in self._done:
                self._news.wait()
            result = self._done.pop(number)
        if isinstance(result, LegationError):
            raise result
        return result

    def _close(self, *, gently: bool) -> None:
        for lane in self._lanes:
            self._todo.put(None)
            if not gently:
                lane.stop()
        for lane in self._lanes:
            lane.join()


class _Lane(threading.Thread, Generic[T]):
    """One process after the other, and what each is given to do."""

    def __init__(self, pool: Pool[T], finish: Finish[T], make_coder: Callable[[], CodesMany], name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._pool, self._finish, self._make_coder = pool, finish, make_coder
        self._process: Any = None
        self._line: Connection | None = None
        self._stopped = False
        self._stillborn = 0

    def stop(self) -> None:
        """End the process at once; the lane ends when it sees that."""
        self._stopped = True
        if self._process is not None:
            with suppress(ValueError, AttributeError):
                self._process.kill()

    def run(self) -> None:
        while (task := self._pool.next()) is not None and not self._stopped:
            number, chunk = task
            try:
                self._pool.put(number, self._sure(chunk))
            except LegationError as err:
                self._pool.put(number, err)
            except _DiedError:
                break  # stopped
            except Exception as err:  # what cannot be pickled, or has no memory: told, never waited for in vain
                self._pool.put(number, LegationError(f"A worker's result could not be taken: {err}."))
        self._let_go()

    def _sure(self, chunk: Chunk) -> list[T]:
        """The chunk done, whatever its processes come to."""
        for _ in range(2):
            with suppress(_DiedError):
                return self._ask(chunk, coded=True)
            if self._stopped:
                raise _DiedError
        results: list[T] = []
        for doc in chunk:
            results += self._alone(doc)
        return results

    def _alone(self, doc: Document) -> list[T]:
        with suppress(_DiedError):
            return self._ask([doc], coded=True)
        if self._stopped:
            raise _DiedError
        return self._ask([replace(doc, problems=(*doc.problems, _LOST))], coded=False)

    def _ask(self, chunk: Chunk, *, coded: bool) -> list[T]:
        """What the process makes of the chunk; `coded` False: it is only finished as it stands."""
        line = self._running()
        try:
            line.send((chunk, coded))
            answer = line.recv()
        except (EOFError, OSError) as err:
            self._let_go()
            raise _DiedError from err
        if isinstance(answer, str):
            raise LegationError(answer)
        results: list[T] = answer
        return results

    def _running(self) -> Connection:
        """The line to a process that has its coder."""
        while self._line is None:
            if self._stopped:
                raise _DiedError
            context = get_context("spawn")
            line, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other, self._finish, self._make_coder), daemon=True)
            with _one_thread_each():
                self._process.start()
            other.close()
            try:
                told = line.recv()
            except (EOFError, OSError) as err:
                self._process.join()
                self._stillborn += 1
                if self._stillborn >= _STILLBORN:
                    raise WorkerError from err
                continue
            self._stillborn = 0
            self._line = line
            if told is not None:
                raise LegationError(told)
        return self._line

    def _let_go(self) -> None:
        if self._line is not None:
            self._line.close()  # the process reads its end in that
            self._line = None
        if self._process is not None:
            self._process.join(5)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process = None


_starting = threading.Lock()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """A start of a process with one thread for its matrices: the processes are there to fill the cores."""
    with _starting:
        added = [name for name in _THREADS if name not in os.environ]
        os.environ.update(dict.fromkeys(added, "1"))
        try:
            yield
        finally:
            for name in added:
                del os.environ[name]


def _serve(line: Connection, finish: Finish[Any], make_coder: Callable[[], CodesMany]) -> None:
    """A worker's life. Ctrl-C reaches the whole group of processes: the parent alone answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            coder = make_coder()
        except LegationError as err:
            line.send(str(err))
            return
        line.send(None)
        while True:
            chunk, coded = line.recv()
            try:
                docs = coder.code_many(chunk) if coded else chunk
                answer: list[Any] | str = [finish(doc, coder.about) for doc in docs]
            except LegationError as err:
                answer = str(err)  # not every exception survives pickling
            line.send(answer)
