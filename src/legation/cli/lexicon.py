"""`legation lexicon check`: run every example and counter-example of the lexicon."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from legation.cli.shared import OwnLexicon, plainly, say, use_lexicon

CHECK_EXAMPLES = """
Examples:

    legation lexicon check
    legation lexicon check retreat.toml assault.toml
    legation lexicon check mine.toml --lexicon my-lexicon/
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
        list[str] | None,
        typer.Argument(metavar="FILE", help="Only these files of the lexicon; if none is given, all."),
    ] = None,
    lexicon: OwnLexicon = None,
) -> None:
    """Run every example and counter-example in the lexicon; exit 1 if one is not read as it says."""
    from legation.coder import Coder
    from legation.errors import InputPathError
    from legation.knowledge.lexicon import HOME
    from legation.knowledge.own_lexicon import own_files
    from legation.scoring.lexicon import check as run_examples

    use_lexicon(lexicon)
    known = {path.name for path in (*HOME.glob("*.toml"), *own_files())}
    for file in files or ():
        if Path(file).name not in known:
            raise InputPathError(file, f"is no file of the lexicon; these are: {', '.join(sorted(known))}")
    checked = run_examples(files or (), Coder())
    for failure in checked.failures:
        typer.echo(f"{failure.file}: {failure.frame}: {failure.why}\n    {failure.text}")
    say(
        f"{checked.examples} examples and {checked.counter_examples} counter-examples; "
        f"{len(checked.failures)} not read as the lexicon says."
    )
    if checked.failures:
        raise typer.Exit(1)
