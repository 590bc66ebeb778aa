"""`legation link`: which documents are copies, and which belong to one story."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from legation.cli.code import Reasons
from legation.cli.linked import light
from legation.cli.shared import check_date, output, plainly, say, undisturbed

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
    from legation.exporting.report import dump
    from legation.linking.documents import Linker
    from legation.reading import read
    from legation.scaling.local import code_all

    docs = code_all(read(paths, published=check_date(published)), light, workers=workers)
    reasons = Reasons()
    seen = 0
    try:
        with output(out) as file:
            for doc, found in Linker().stream(doc for doc, _ in docs):
                with undisturbed():
                    file.write(f"{dump(found.to_dict())}\n".encode("utf-8", "replace"))
                    file.flush()
                reasons.add((*((p.stage, p.message) for p in doc.problems), *found.problems))
                seen += 1
    finally:
        for line in reasons.lines():
            say(line)
    if not seen:
        say("No document was found there.")

