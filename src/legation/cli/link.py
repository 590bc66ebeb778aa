"""`legation link`: which documents are copies, and which belong to one story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from legation.cli.shared import check_date, output, plainly, say, undisturbed
from legation.model import Document

EXAMPLES = """
Examples:

    legation link reports/ > links.jsonl
    legation link 'feeds/*.jsonl' -o links.jsonl --workers 4
"""


@plainly
def link(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, globs, or - for standard input.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here, not to standard output."),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day of reports that do not tell theirs: 2021-07-09."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes to code with.")] = 1,
) -> None:
    """Say of each document which one it copies, which story it belongs to, and why."""
    from legation.linking.documents import Linker
    from legation.reading import read
    from legation.scaling.local import code_all

    linker = Linker()
    seen = 0
    with output(out) as file:
        docs = code_all(read(paths, published=check_date(published)), light, workers=workers)
        for _, found in linker.stream(docs):
            with undisturbed():
                file.write(found.to_json().encode("utf-8", "replace") + b"\n")
                file.flush()
            seen += 1
    if not seen:
        say("No document was found there.")


def light(doc: Document, _about: Mapping[str, object]) -> Document:
    """The coded document without its parse: what linking asks of it, and little to send between processes."""
    return replace(doc, clauses=(), sentences=tuple(replace(s, tokens=()) for s in doc.sentences))
