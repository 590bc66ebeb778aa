"""The example corpus as a record: coded on the first `legation serve --demo`, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import legation
from legation.coder import knowledge_digest
from legation.errors import LegationError
from legation.keeping import BATCH, Keeper, open_store
from legation.model import Document
from legation.reading import read
from legation.situations.situation import read_situation, to_plain
from legation.web.background import CoderInWaiting, Job

NAME = "afghanistan-2021"


class NoCorpusError(LegationError):
    """The example corpus is not beside the package."""

    def __init__(self) -> None:
        super().__init__(
            "The example corpus is not installed with this copy of Legation. It stands in examples/corpus of the "
            "source; run `legation serve --demo` from a checkout, or add the reports with `legation add`."
        )


def corpus_folder() -> Path:
    """Where the corpus stands: in the package, or beside it in a checkout."""
    home = Path(legation.__file__).parent
    for folder in (home / "examples" / "corpus", home.parents[1] / "examples" / "corpus"):
        if (folder / f"{NAME}.jsonl").is_file():
            return folder
    raise NoCorpusError


def demo_path() -> Path:
    """The file of the record; another coder, knowledge or corpus gets another, so that none is out of date."""
    folder = corpus_folder()
    sha = hashlib.sha256(f"{legation.__version__} {knowledge_digest()}".encode())
    for ending in ("jsonl", "toml"):
        sha.update((folder / f"{NAME}.{ending}").read_bytes())
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "legation" / f"demo-{sha.hexdigest()[:12]}.db"


def make_demo(path: Path, coder: CoderInWaiting, job: Job) -> None:
    """Code the corpus into a record at `path`, which appears only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    for left in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
        left.unlink(missing_ok=True)
    docs = list(read([str(corpus_folder() / f"{NAME}.jsonl")]))
    job.total = len(docs)
    with open_store(part) as store:
        coded = [_light(doc) for doc in _counted(coder.code(docs), job)]
        if job.stop.is_set():
            raise LegationError("Stopped before the example corpus was whole. Start the desk again to have it.")
        keeper = Keeper(store)
        for start in range(0, len(coded), BATCH):
            keeper.add(coded[start : start + BATCH], coder.get().about)
        situation = read_situation(corpus_folder() / f"{NAME}.toml")
        store.save("situation", situation.name, to_plain(situation))
    part.replace(path)


def _counted(docs: Iterator[Document], job: Job) -> Iterator[Document]:
    for doc in docs:
        job.done += 1
        yield doc
        if job.stop.is_set():
            return


def _light(doc: Document) -> Document:
    return replace(doc, clauses=(), sentences=tuple(replace(s, tokens=()) for s in doc.sentences))
