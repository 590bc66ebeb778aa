"""`legation add`: reports coded and kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from legation.cli.alert import check_after
from legation.cli.code import Reasons
from legation.cli.shared import (
    OwnActors,
    OwnLexicon,
    check_date,
    plainly,
    say,
    undisturbed,
    use_actors,
    use_lexicon,
)
from legation.model import Document

if TYPE_CHECKING:
    from legation.scaling.local import CodesMany
    from legation.store import Added, Store

DEFAULT = "legation.db"
STORE_HELP = "The store: a file, or postgresql://user@host/database."
EXAMPLES = """
Examples:

    legation add reports/
    legation add 'news/*.jsonl' --store afghanistan.db --workers 4
    legation add today.jsonl --store postgresql://desk@db.example.org/news
"""


@plainly
def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, globs, or - for standard input.")
    ],
    store: Annotated[str, typer.Option(metavar="URL", envvar="LEGATION_STORE", help=STORE_HELP)] = DEFAULT,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication of documents that give none.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that code.")] = 1,
    anew: Annotated[
        bool, typer.Option("--anew", help="Code what is known too, as after a change of the lexicon.")
    ] = False,
    alerts: Annotated[
        Path | None,
        typer.Option(metavar="RULES", envvar="LEGATION_ALERTS", help="Check these rules after the addition."),
    ] = None,
    actors: OwnActors = None,
    lexicon: OwnLexicon = None,
) -> None:
    """Code news reports and keep them; what is kept already is not coded again.

    Cut off at any point, the same command goes on where it was.
    """
    from legation.keeping import Keeper, open_store
    from legation.reading import read

    use_actors(actors)
    use_lexicon(lexicon)
    docs = read(paths, published=check_date(published))
    with closing(open_store(store)) as opened:
        adding = Adding(opened, Keeper(opened).add)
        try:
            adding.run(docs, workers, anew)
        finally:
            for line in adding.reasons.lines():
                say(line)
            typer.echo(told(adding.added, opened))
            if alerts is not None:
                check_after(opened, alerts)


def told(added: Added, store: Store) -> str:
    """What was done, in a line."""
    parts = [f"{added.new} new", f"{added.known} known"]
    if added.recoded:
        parts.append(f"{added.recoded} coded anew")
    return f"{', '.join(parts)}; {store.name} holds {store.count_documents()} documents and {store.count()} events."


@dataclass(slots=True)
class Adding:
    """One run: documents in batches, what is known left out before it is coded."""

    store: Store
    keep: Any  # (documents, about) -> Added
    reasons: Reasons = field(default_factory=Reasons)
    added: Added = None  # type: ignore[assignment]
    _coming: deque[int] = field(default_factory=deque)

    def __post_init__(self) -> None:
        from legation.store import Added

        self.added = Added()

    def run(self, docs: Iterator[Document], workers: int, anew: bool) -> None:
        """Code and keep the documents; batches are those of the input, so that a run that goes on makes the same."""
        from legation.scaling.local import code_all, usual_coder

        coder: CodesMany | None = None
        if not anew and self.store.count_documents():
            coder = usual_coder()
        make = usual_coder if coder is None or workers > 1 else (lambda: coder)
        fresh = self._fresh(docs, None if coder is None else coder.about)
        batch: list[Document] = []
        for doc, about in code_all(fresh, kept, workers=workers, make_coder=make):
            batch.append(doc)
            self.reasons.add((p.stage, p.message) for p in doc.problems)
            if len(batch) == self._coming[0]:
                self._keep(batch, about)
                batch = []

    def _fresh(self, docs: Iterator[Document], about: Mapping[str, str] | None) -> Iterator[Document]:
        from legation.keeping import batched
        from legation.store import Added

        for batch in batched(docs):
            known = self.store.knows(batch, about) if about else [False] * len(batch)
            self.added += Added(known=sum(known))
            new = [doc for doc, is_known in zip(batch, known, strict=True) if not is_known]
            if new:
                self._coming.append(len(new))
                yield from new

    def _keep(self, batch: list[Document], about: Mapping[str, str]) -> None:
        self._coming.popleft()
        with undisturbed():
            self.added += self.keep(batch, about)


def kept(doc: Document, about: Mapping[str, Any]) -> tuple[Document, dict[str, Any]]:
    """The coded document as a worker sends it back: without what is not kept."""
    light = tuple(replace(s, tokens=()) if s.tokens else s for s in doc.sentences)
    return replace(doc, sentences=light, clauses=()), dict(about)
