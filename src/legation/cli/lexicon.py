"""`legation lexicon check`: run every example and counter-example of the lexicon."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from legation.cli.shared import plainly, say

CHECK_EXAMPLES = """
Examples:

    legation lexicon check                   (the lexicon of the package)
    legation lexicon check my-frames.toml
"""

app = typer.Typer(
    help="The event lexicon: which words are which act.", no_args_is_help=True, rich_markup_mode="markdown"
)


@app.callback()
def _lexicon() -> None:
    # Without a callback typer would make `check` the whole of `legation lexicon`.
    pass


@app.command("check", epilog=CHECK_EXAMPLES)
@plainly
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Lexicon files to check; if none is given, the package's own."),
    ] = None,
) -> None:
    """Run every example and counter-example in the lexicon; exit 1 if one is not read as it says."""
    from legation.coder import Coder
    from legation.errors import InputPathError
    from legation.scoring import lexicon

    for file in files or ():
        if not file.is_file():
            raise InputPathError(str(file), "there is no such file")
    checked = lexicon.check(files or [], Coder())
    for failure in checked.failures:
        typer.echo(f"{failure.frame}: {failure.why}\n    {failure.text}")
    say(
        f"{checked.examples} examples, {checked.counter_examples} counter-examples; "
        f"{len(checked.failures)} not read as the lexicon says."
    )
    if checked.failures:
        raise typer.Exit(1)
