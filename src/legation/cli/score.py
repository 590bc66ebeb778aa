"""`legation score`: how often the coder is right, measured on hand-labelled files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from legation.cli.shared import output, plainly, say
from legation.errors import InputPathError

EXAMPLES = """
Examples:

    legation score gold/events/*.jsonl
    legation score gold --json > figures.json
    legation score gold/events/plv.jsonl --errors errors.jsonl --limit 200
"""


@plainly
def score(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD", help="Gold files, or folders of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
    errors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write each record where found and labelled differ, as JSON lines."
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only the first N records of each set.")
    ] = None,
) -> None:
    """Score the coder against gold files: a table a set, or JSON."""
    from legation.scoring import misses_jsonl, score_files, to_json, to_text

    for path in gold:
        if not path.exists():
            raise InputPathError(str(path), "there is no such file or folder")
    tables = score_files(gold, limit=limit)
    typer.echo((to_json(tables) if as_json else to_text(tables)).rstrip("\n"))
    if not tables:
        say("No gold file was found there.")
    if errors is not None:
        with output(errors) as file:
            for line in misses_jsonl(tables):
                file.write(f"{line}\n".encode("utf-8", "replace"))
