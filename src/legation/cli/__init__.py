"""The command `legation`; each command has a file of its own, and loads what is heavy when it runs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import typer

from legation import __version__

# In the order of a day's work; each stands in legation.cli.NAME, and a file that is not there yet is left out.
# One with `app` is a group of commands (legation lexicon check), one without is its function of that name.
_COMMANDS = (
    "code",
    "explain",
    "actor",
    "link",
    "add",
    "watch",
    "serve",
    "situation",
    "panel",
    "alert",
    "export",
    "compare",
    "diff",
    "store",
    "lexicon",
    "score",
    "doctor",
)


def build() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(
        name="legation",
        help="Read the news and write down who did or said what to whom, where, when and according to whom.",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )
    app.callback()(_all)
    for name in _COMMANDS:
        if find_spec(f"legation.cli.{name}") is None:
            continue
        loaded = import_module(f"legation.cli.{name}")
        if hasattr(loaded, "app"):
            app.add_typer(loaded.app, name=name)
        else:
            kind = getattr(loaded, f"{name.capitalize()}Command", None)
            app.command(name, cls=kind, epilog=getattr(loaded, "EXAMPLES", None))(getattr(loaded, name))
    return app


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"legation {__version__}")
        raise typer.Exit


def _all(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; the entry point of the package."""
    build()(prog_name="legation")
