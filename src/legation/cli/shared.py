"""What the commands share: errors told as sentences, output written whole, where colour may go."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, BinaryIO, ParamSpec, TypeVar

import typer

from legation.errors import BadDateError, InputPathError, LegationError, UnknownFormatError

P = ParamSpec("P")
R = TypeVar("R")
WRONG_CALL = (BadDateError, UnknownFormatError)
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
PIPE_CLOSED = 141  # 128 + SIGPIPE


OwnLexicon = Annotated[
    Path | None,
    typer.Option("--lexicon", metavar="DIR", help="A folder of your own lexicon files, laid over ours."),
]


OwnActors = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="FILE", help="A table of your own actors; repeat it for several."),
]


def use_actors(tables: list[Path] | None) -> None:
    """Read the user's own tables of actors, where some are named."""
    if tables:
        from legation.knowledge.names import with_own

        with_own(tables)


def use_lexicon(folder: Path | None) -> None:
    """Read the user's own lexicon files, where a folder is named."""
    if folder is not None:
        from legation.knowledge.lexicon import use

        use(folder)


def say(message: str) -> None:
    """A message for the person at the terminal: never among the results."""
    typer.echo(message, err=True)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """The command with its LegationErrors printed as sentences and turned into exit codes."""

    @functools.wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except LegationError as err:
            say(f"legation: {err}")
            raise typer.Exit(2 if isinstance(err, WRONG_CALL) else 1) from err
        except KeyboardInterrupt as err:
            say("Stopped.")
            raise typer.Exit(INTERRUPTED) from err
        except BrokenPipeError as err:
            # The reader (head, less) has seen enough; without this Python complains at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from err

    return told


def check_date(value: str | None) -> str | None:
    """The date as given, if it is an ISO date or time; raises BadDateError."""
    from datetime import datetime

    if value is None:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError as err:
        raise BadDateError(value) from err
    return value


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block, so that what is being written is written whole.

    A second Ctrl-C is not put off: the writing may wait for a reader that never comes.
    """
    asked = False

    def note(_number: int, _frame: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    try:
        before = signal.signal(signal.SIGINT, note)
    except ValueError:  # not the main thread, which alone is told of signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
    if asked:
        raise KeyboardInterrupt


@contextlib.contextmanager
def output(path: Path | None, *, resumable: bool = False) -> Iterator[BinaryIO]:
    """Where results go: standard output, or a file that appears under its name only when finished.

    After Ctrl-C the file keeps what was written, unless the run is `resumable` and keeps it elsewhere; after an
    error nothing takes the name.
    """
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        part, file = _begun(path, resumable=resumable)
    except OSError as err:
        raise InputPathError(str(path), f"cannot be written ({err.strerror})") from err
    try:
        with file:
            try:
                yield file
            except KeyboardInterrupt:
                file.close()
                if not resumable:
                    _take_name(part, path)
                raise
        _take_name(part, path)
    finally:
        part.unlink(missing_ok=True)


def _begun(path: Path, *, resumable: bool) -> tuple[Path, BinaryIO]:
    """The file to write into. Resumable runs hold a lock on theirs, so what a killed one left can be taken away."""
    if resumable:
        part = path.with_name(f".{path.name}.resumed.part")
        part.unlink(missing_ok=True)
        return part, part.open("xb")
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    return Path(name), os.fdopen(number, "wb")


def _take_name(part: Path, path: Path) -> None:
    # mkstemp's file is for its owner alone; the result has the rights any new file would have.
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(0o666 & ~mask)
    try:
        part.replace(path)
    except OSError as err:
        raise InputPathError(str(path), f"cannot be written ({err.strerror})") from err


def wants_colour(path: Path | None = None) -> bool:
    """Whether results go to a terminal whose owner has not asked for plain text."""
    return path is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def terminal_safe(text: str) -> str:
    """The text with a blank for each line end and for all that a terminal would take for a command."""
    return "".join(ch if ch.isprintable() else " " for ch in text)
