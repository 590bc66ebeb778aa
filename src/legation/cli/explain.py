"""`legation explain`: why each event of a sentence was coded, and why the rest was not."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from legation.cli.shared import OwnLexicon, check_date, plainly, say, terminal_safe, use_lexicon
from legation.errors import LegationError
from legation.model import Document

EXAMPLES = """
Examples:

    legation explain report.txt                 (lists the sentences)
    legation explain report.txt --sentence 3
    legation explain reports.jsonl --document 17 --sentence 0
"""


class NoSuchSentenceError(LegationError):
    """A sentence number that the document does not have."""

    def __init__(self, number: int, count: int) -> None:
        has = f"its sentences are 0 to {count - 1}" if count else "it has no sentences"
        super().__init__(f"There is no sentence {number} in the document: {has}.")


class NoSuchDocumentError(LegationError):
    """No document, or none with the id asked for, was read from a path."""

    def __init__(self, path: str, wanted: str | None) -> None:
        what = "no document" if wanted is None else f"no document with the id '{wanted}'"
        super().__init__(f"{path} holds {what}.")


@plainly
def explain(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A report, or - for standard input.")],
    sentence: Annotated[
        int | None,
        typer.Option(
            "--sentence", "-s", min=0, metavar="N", help="Which sentence; if not given, they are listed."
        ),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Which document of a file of several; if not given, the first."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day the report appeared: 2021-07-09.")
    ] = None,
    lexicon: OwnLexicon = None,
) -> None:
    """Say why each event of a sentence was coded, and why the rest was not.

    Shows the sentence's clauses, the frames tried, why each fired or not, and what the operators
    made of it. Sentences are counted from 0, as `sequence` in the records.
    """
    from legation.coder import Coder

    use_lexicon(lexicon)
    coder = Coder()
    doc = coder.code(_document(path, check_date(published), document))
    for problem in doc.problems:
        say(f"legation: {problem.stage}: {problem.message}")
    if sentence is None:
        for sent in doc.sentences:
            typer.echo(f"{sent.index:>4}  {_flat(doc.text_of(sent))}")
        return
    if sentence >= len(doc.sentences):
        raise NoSuchSentenceError(sentence, len(doc.sentences))
    if not doc.sentences[sentence].parse:
        typer.echo(
            "Not parsed: no word of it can name an act that a frame knows, or nobody who could do one."
        )
    for line in coder.explain(doc, sentence):
        typer.echo(terminal_safe(line).rstrip())


def _document(path: str, published: str | None, wanted: str | None) -> Document:
    from legation.reading import read

    docs = read([path], published=published)
    matching = (doc for doc in docs if wanted is None or doc.id == wanted)
    for doc in islice(matching, 1):
        return doc
    raise NoSuchDocumentError(path, wanted)


def _flat(text: str) -> str:
    return " ".join(terminal_safe(text).split())
