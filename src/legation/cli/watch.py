"""`legation watch`: feeds polled, what is new fetched, coded and kept."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from legation.cli.add import DEFAULT, STORE_HELP
from legation.cli.shared import plainly, say, terminal_safe
from legation.model import Document

if TYPE_CHECKING:
    from legation.store import Store
    from legation.watching import FeedHealth
    from legation.watching.watcher import Round, Watcher

_NUMBERS = ("items", "kept", "coded", "not English", "errors")
EXAMPLES = """
Examples:

    legation watch feeds.opml
    legation watch feeds.txt https://example.org/rss --store asia.db --every 30
    legation watch feeds.txt --once
    legation watch --status
"""


@plainly
def watch(
    feeds: Annotated[
        list[str] | None,
        typer.Argument(metavar="FEEDS", help="OPML files, files with an address a line, or addresses."),
    ] = None,
    store: Annotated[str, typer.Option(metavar="URL", envvar="LEGATION_STORE", help=STORE_HELP)] = DEFAULT,
    once: Annotated[
        bool, typer.Option("--once", help="Poll every feed once, do what is waiting, and end (for cron).")
    ] = False,
    status: Annotated[bool, typer.Option("--status", help="Say how each feed fares, and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --status: one JSON object a line.")] = False,
    every: Annotated[
        float, typer.Option(min=1.0, metavar="MINUTES", help="Time between two polls of a feed.")
    ] = 15.0,
    delay: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="Time between two requests to one host.")
    ] = 2.0,
    timeout: Annotated[
        float, typer.Option(min=1.0, metavar="SECONDS", help="Longest time for one page with its redirects.")
    ] = 30.0,
    max_size: Annotated[float, typer.Option(min=0.1, metavar="MB", help="Largest page, packed and unpacked.")] = 10.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask addresses that are not public too, as of your own network.")
    ] = False,
    contact: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Mail or web address told to the servers, so that they can reach you."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where the watch remembers what it has seen; beside the store if not given."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing of each poll.")] = False,
) -> None:
    """Watch feeds: poll them, fetch each new article, code it and keep it, each once. Ctrl-C ends it cleanly."""
    from legation.watching import Fetcher, Limits, Manners, State, feed_addresses

    path = state or _beside(store)
    if status:
        _show(State.look(path), as_json)
        return
    if not feeds:
        raise typer.BadParameter("Give an OPML file, a file with an address a line, or an address.", param_hint="FEEDS")
    addresses = feed_addresses(feeds)
    from legation.keeping import open_store

    with closing(open_store(store)) as opened, closing(State(path)) as remembered:
        watcher = _watcher(
            remembered,
            Fetcher(
                _agent(contact),
                limits=Limits(seconds=timeout, bytes=int(max_size * 1_000_000)),
                allow_private=allow_private,
            ),
            opened,
            Manners(every=every * 60, between=delay),
            quiet,
        )
        say(f"Watching {len(addresses)} feed{'s' * (len(addresses) != 1)} into {opened.name}. Ctrl-C ends it.")
        with _ended_by_signals(watcher):
            done = watcher.run(addresses, once=once)
    say(_told(done))


def _watcher(state: Any, fetcher: Any, store: Store, manners: Any, quiet: bool) -> Watcher:
    from legation.coder import Coder
    from legation.watching import Watcher

    return Watcher(
        state, fetcher, Coder, _StoreKeeper(store), manners=manners,
        tell=(lambda _message: None) if quiet else (lambda message: say(terminal_safe(message))),
    )  # fmt: skip


class _StoreKeeper:
    """The store as the watcher asks it."""

    def __init__(self, store: Store) -> None:
        from legation.keeping import Keeper

        self._store = store
        self._keeper = Keeper(store)

    def has_seen(self, url: str) -> bool:
        return self._store.has_seen(url)

    def keep(self, docs: Sequence[Document], about: Mapping[str, str]) -> None:
        self._keeper.add(docs, about)


@contextmanager
def _ended_by_signals(watcher: Watcher) -> Iterator[None]:
    """The first Ctrl-C or TERM ends the round when the page being fetched is there; the second ends it at once."""

    def ask(number: int, _frame: object) -> None:
        say("Ending; what was fetched is still coded and kept. Ctrl-C again ends at once.")
        watcher.stop()
        signal.signal(number, before[number] or signal.SIG_DFL)

    before: dict[int, Any] = {}
    number: int
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, ask)
    except ValueError:  # not the main thread, which alone is told of signals
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _agent(contact: str | None) -> str:
    from legation import __version__

    more = f"; {contact}" if contact and contact.isascii() and contact.isprintable() else ""
    return f"Legation/{__version__} (news event coder{more})"


def _beside(store: str) -> Path:
    """The state's file: beside a store that is a file, else in this folder."""
    return Path(f"{store}.watch") if "://" not in store else Path("legation.watch")


def _told(done: Round) -> str:
    parts = [
        f"{done.polled} polls ({done.unchanged} unchanged, {done.failed} failed)",
        f"{done.found} new articles",
        f"{done.kept} kept with {done.events} events",
    ]
    if done.given_up:
        parts.append(f"{done.given_up} given up")
    return "; ".join(parts) + "."


def _show(health: list[FeedHealth], as_json: bool) -> None:
    if as_json:
        import msgspec

        for feed in health:
            record = {k: v for k, v in asdict(feed).items() if v is not None and k not in ("etag", "modified")}
            record |= {k: _when(record[k]) for k in ("due", "polled", "succeeded") if k in record}
            if feed.share_coded is not None:
                record["share_coded"] = round(feed.share_coded, 3)
            typer.echo(msgspec.json.encode(record).decode())
        return
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE)
    columns = ("feed", "last success", "next poll", "items", "kept", "coded", "not English", "errors", "last error")
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column in _NUMBERS else "left")
    for feed in health:
        share = "" if feed.share_coded is None else f"{feed.share_coded:.0%}"
        table.add_row(
            terminal_safe(feed.title or feed.url), _when(feed.succeeded), _when(feed.due), str(feed.items),
            str(feed.kept), share, str(feed.foreign_language), str(feed.errors), terminal_safe(feed.error or ""),
        )  # fmt: skip
    # In a file or a pipe nothing is cut.
    width = None if sys.stdout.isatty() else 220
    Console(highlight=False, markup=False, width=width).print(table)


def _when(seconds: float | None) -> str:
    """Local time, or "never"."""
    return datetime.fromtimestamp(seconds).astimezone().isoformat(" ", "minutes") if seconds else "never"
