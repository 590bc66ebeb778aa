"""What runs beside the pages: the coder, loaded while the first page is shown, and long work with its progress."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from legation.errors import LegationError
from legation.model import Document
from legation.web.answers import NotReadyError, NotThereError

KEPT_TRAYS = 100  # pasted and dropped texts that are held in memory, the oldest go first
KEPT_JOBS = 100
PATIENCE = 60.0  # seconds that a request waits for the coder
State = Literal["waiting", "running", "done", "failed", "cancelled"]


class CodesDocuments(Protocol):
    """What the desk asks of a coder; tests give a small one."""

    @property
    def about(self) -> Mapping[str, str]: ...

    def code_many(self, documents: Iterable[str | Document]) -> Iterator[Document]: ...

    def explain(self, doc: Document, sentence: int) -> list[str]: ...


class CoderInWaiting:
    """A coder that is made on a thread of its own; one document is coded at a time."""

    def __init__(self, make: Callable[[], CodesDocuments]) -> None:
        self._make = make
        self._ready = threading.Event()
        self._busy = threading.Lock()
        self._coder: CodesDocuments | None = None
        self._why: str | None = None
        self._started = False
        self._begin = threading.Lock()

    def start(self, after: float = 0.0) -> None:
        """Begin to load, now or in a moment, so that the first page has the processor; a second call does nothing."""
        if after and not self._started:
            timer = threading.Timer(after, self.start)
            timer.daemon = True
            timer.start()
            return
        with self._begin:
            if self._started:
                return
            self._started = True
        threading.Thread(target=self._load, name="legation-coder", daemon=True).start()

    def _load(self) -> None:
        try:
            self._coder = self._make()
        except LegationError as err:
            self._why = str(err)
        finally:
            self._ready.set()

    @property
    def is_loading(self) -> bool:
        return not self._ready.is_set()

    def get(self) -> CodesDocuments:
        """The coder, waited for; raises what its making raised, or NotReadyError."""
        self.start()
        if not self._ready.wait(PATIENCE):
            raise NotReadyError("The coder is still loading. Try again in a moment.")
        if self._coder is None:
            raise LegationError(self._why or "The coder could not be loaded; the log says why.")
        return self._coder

    def code(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents coded, one by one, so that several pages can have their turn."""
        coder = self.get()
        for doc in documents:
            with self._busy:
                coded = next(coder.code_many([doc]))
            yield coded

    def explain(self, doc: Document, sentence: int) -> list[str]:
        """Why each event of the sentence was coded; a document out of the store is read once more."""
        coder = self.get()
        with self._busy:
            parsed = any(sent.tokens for sent in doc.sentences)
            if not parsed:
                bare = Document(
                    doc.text, doc.id, doc.title, doc.outlet, doc.url, doc.published, doc.lang, meta=doc.meta
                )
                doc = next(coder.code_many([bare]))
            return coder.explain(doc, sentence)


@dataclass(slots=True)
class Job:
    """A piece of long work: how far it is, and a way to stop it."""

    title: str
    total: int | None = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    done: int = 0
    state: State = "waiting"
    message: str = ""
    location: str | None = None  # where its result is
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def record(self) -> dict[str, Any]:
        """What a program is told of it."""
        return {
            "id": self.id,
            "title": self.title,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "message": self.message or None,
            "location": self.location,
        }


class Jobs:
    """The long work of this desk, in order of its beginning."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def run(self, job: Job, work: Callable[[Job], str | None]) -> Job:
        """Begin; `work` counts in `job.done`, heeds `job.stop`, and gives the address of its result."""
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT_JOBS:
                self._jobs.popitem(last=False)

        def whole() -> None:
            job.state = "running"
            try:
                job.location = work(job)
                job.state = "cancelled" if job.stop.is_set() else "done"
            except LegationError as err:
                job.state, job.message = "failed", str(err)
            except Exception:  # the page must say that it ended, and the log why
                import logging

                logging.getLogger("legation.web").exception("%s failed", job.title)
                job.state, job.message = "failed", "It could not be finished; the log says why."
            finally:
                job.ended.set()

        threading.Thread(target=whole, name=f"legation-job-{job.id}", daemon=True).start()
        return job

    def get(self, name: str) -> Job:
        """The job, or NotThereError."""
        with self._lock:
            job = self._jobs.get(name)
        if job is None:
            raise NotThereError("work", name)
        return job


class Trays:
    """Coded texts that are in no store: held in memory under names that cannot be guessed."""

    def __init__(self) -> None:
        self._trays: OrderedDict[str, tuple[Document, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, docs: Iterable[Document]) -> str:
        """Keep them; gives their name."""
        name = secrets.token_urlsafe(9)
        with self._lock:
            self._trays[name] = tuple(docs)
            while len(self._trays) > KEPT_TRAYS:
                self._trays.popitem(last=False)
        return name

    def get(self, name: str) -> tuple[Document, ...]:
        """The documents of that name, or NotThereError."""
        with self._lock:
            found = self._trays.get(name)
        if found is None:
            raise NotThereError("coded text", name)
        return found
