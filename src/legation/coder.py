"""The coder: the stages, in order, and the loop over them. Read this file first."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from itertools import islice
from pathlib import Path

import legation
from legation.errors import BadDateError, StageOrderError
from legation.knowledge import own_lexicon, own_names
from legation.model import Document, Problem
from legation.stages.actors import find_actors
from legation.stages.clauses import find_clauses
from legation.stages.clean import mark_furniture
from legation.stages.dates import date_report, find_dates
from legation.stages.domain import find_domain
from legation.stages.events import (
    explain_sentence,
    find_attacked,
    find_events,
    mark_history,
    merge_events,
    place_people,
)
from legation.stages.gate import gate_sentences
from legation.stages.parse import Parser
from legation.stages.places import find_places
from legation.stages.quotes import find_quotes
from legation.stages.sentences import split_sentences
from legation.stages.sizes import find_sizes

# Documents are parsed together in batches of so many: enough to keep the matrices full, few to hold in memory.
_BATCH = 64
_HALF_PAIR = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stage:
    """One question asked of a document: the function, the field it fills, those it reads."""

    run: Callable[[Document], Document]
    fills: str
    needs: tuple[str, ...] = ()


BEFORE_PARSE = (
    Stage(mark_furniture, "furniture"),
    Stage(date_report, "published", ("furniture",)),
    Stage(split_sentences, "sentences", ("furniture",)),
    Stage(find_domain, "domain", ("sentences",)),
    Stage(gate_sentences, "sentences", ("sentences", "domain")),
)
AFTER_PARSE = (
    Stage(find_actors, "mentions", ("sentences",)),
    Stage(find_clauses, "clauses", ("sentences",)),
    Stage(find_quotes, "quotes", ("sentences", "mentions")),
    Stage(find_events, "event_mentions", ("clauses", "mentions", "quotes")),
    Stage(find_dates, "dates", ("event_mentions",)),
    Stage(mark_history, "event_mentions", ("event_mentions", "dates")),
    Stage(find_places, "places", ("event_mentions",)),
    Stage(find_attacked, "event_mentions", ("event_mentions", "places")),
    Stage(place_people, "event_mentions", ("event_mentions", "places")),
    Stage(find_sizes, "event_mentions", ("event_mentions",)),
    Stage(merge_events, "events", ("event_mentions",)),
)


def check_order(stages: Iterable[Stage]) -> None:
    """Raise StageOrderError when a stage reads a field that no earlier one fills."""
    filled: set[str] = set()
    for stage in stages:
        for field in stage.needs:
            if field not in filled:
                raise StageOrderError(stage.run.__name__, field)
        filled.add(stage.fills)


class Coder:
    """Codes documents. Loading takes about a second; one coder serves any number of documents.

    >>> Coder().code("France expelled two Russian diplomats on Monday.", published="2024-03-05")
    """

    def __init__(self) -> None:
        check_order((*BEFORE_PARSE, *AFTER_PARSE))
        self._parser = Parser()

    def code(self, document: str | Document, *, published: str | None = None) -> Document:
        """Code one text or Document; `published` (ISO date or time) is what dates and offices hang on.

        Raises BadDateError when `published` is no date.
        """
        doc = Document(text=document) if isinstance(document, str) else document
        if published is not None:
            doc = replace(doc, published=checked_date(published))
        return next(self.code_many([doc]))

    def code_many(self, documents: Iterable[str | Document]) -> Iterator[Document]:
        """Code a stream in constant memory: as many documents come out as went in, in the same order."""
        stream = iter(documents)
        while batch := list(islice(stream, _BATCH)):
            given = (_writable(Document(text=d) if isinstance(d, str) else d) for d in batch)
            prepared = [_identified(_run(BEFORE_PARSE, doc)) for doc in given]
            for doc in self._parser.parse(prepared):
                yield _run(AFTER_PARSE, doc)

    def explain(self, doc: Document, sentence: int) -> list[str]:
        """Why each event of a sentence was coded, and what else was tried: lines for people."""
        return explain_sentence(doc, sentence)

    @cached_property
    def about(self) -> dict[str, str]:
        """What coded a record: name, version, digest of the knowledge, model."""
        return {
            "name": "legation",
            "version": legation.__version__,
            "knowledge": knowledge_digest(),
            "model": f"{self._parser.name} {self._parser.version}",
        }


def knowledge_digest() -> str:
    """The SHA-256 over every knowledge file, by name and content."""
    sha = hashlib.sha256()
    home = Path(str(resources.files("legation") / "knowledge"))
    for path in sorted(p for p in home.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")):
        sha.update(path.relative_to(home).as_posix().encode() + path.read_bytes())
    for path in (*own_lexicon.own_files(), *own_names.own_files()):
        sha.update(path.name.encode() + path.read_bytes())
    return sha.hexdigest()


def checked_date(value: str) -> str:
    """The ISO date or time, or BadDateError."""
    from datetime import datetime

    try:
        datetime.fromisoformat(value)
    except ValueError as err:
        raise BadDateError(value) from err
    return value


def _writable(doc: Document) -> Document:
    """The document with a mark for each half of a surrogate pair, which no encoding can hold."""
    if not _HALF_PAIR.search(doc.text):
        return doc
    problem = Problem("reading", "Some characters are halves of a pair; each was replaced by a mark.")
    return replace(doc, text=_HALF_PAIR.sub("\ufffd", doc.text), problems=(*doc.problems, problem))


def _identified(doc: Document) -> Document:
    return (
        doc if doc.id else replace(doc, id=hashlib.sha256(doc.text.encode("utf-8", "surrogatepass")).hexdigest()[:16])
    )


def _run(stages: Iterable[Stage], doc: Document) -> Document:
    """The stages over one document; what breaks in one is a problem of this document, and the others go on."""
    for stage in stages:
        try:
            doc = stage.run(doc)
        except Exception as err:  # one bad document never stops a batch
            doc = replace(doc, problems=(*doc.problems, Problem(stage.run.__name__, f"{type(err).__name__}: {err}")))
    return doc
