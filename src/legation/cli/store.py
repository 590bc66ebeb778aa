"""`legation store`: the store itself: what is in it, whether it is whole, copies, newer forms."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from legation.cli.add import DEFAULT, STORE_HELP
from legation.cli.shared import plainly, say

Url = Annotated[str, typer.Option("--store", metavar="URL", envvar="LEGATION_STORE", help=STORE_HELP)]

app = typer.Typer(no_args_is_help=True, help="What is in a store, whether it is whole, copies of it, newer forms.")


@app.command()
@plainly
def info(
    store: Url = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """What is in the store."""
    from legation.model import plain
    from legation.store import Store

    with closing(Store.open(store, create=False)) as opened:
        found = opened.info()
    if as_json:
        typer.echo(json.dumps(plain(found), ensure_ascii=False))
        return
    typer.echo(f"{found.store} (form {found.form}, {found.bytes / 1e6:,.1f} MB)")
    days = f", published {found.first} to {found.last}" if found.first else ""
    typer.echo(f"{found.documents:>9,}  documents of {found.outlets:,} outlets{days}")
    typer.echo(f"{found.events:>9,}  events in {found.reports:,} reports")
    typer.echo(f"{found.statements:>9,}  statements, {found.pledges:,} pledges, {found.changes:,} changes by people")
    typer.echo(f"{found.versions:>9,}  older versions of documents")
    for coder in found.coders:
        about = json.loads(coder)
        typer.echo(f"coded by {about.get('name')} {about.get('version')}, knowledge {about.get('knowledge', '')[:12]}")


@app.command()
@plainly
def check(
    store: Url = DEFAULT,
    deep: Annotated[bool, typer.Option("--deep", help="Read every record too.")] = False,
) -> None:
    """Whether the store is whole; exit status 1 where it is not."""
    from legation.store import Store

    with closing(Store.open(store, create=False)) as opened:
        faults = opened.check(deep=deep)
    for fault in faults:
        typer.echo(fault)
    if faults:
        say("The store is damaged. Take the last backup, and add what came after it again.")
        raise typer.Exit(1)
    typer.echo("The store is whole.")


@app.command()
@plainly
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes: a new file.")],
    store: Url = DEFAULT,
) -> None:
    """Copy the store to a file, whole as of one moment, while others read and write.

    The copy is a store of its own (SQLite), also of a store on PostgreSQL.
    """
    from legation.store import Store

    with closing(Store.open(store, create=False)) as opened:
        opened.backup(file)
    typer.echo(f"Copied to {file} ({file.stat().st_size / 1e6:,.1f} MB).")


@app.command()
@plainly
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that backup made.")],
    store: Url = DEFAULT,
) -> None:
    """Fill a new store, a file or on PostgreSQL, from a backup."""
    from legation.store import Store

    with closing(Store.open(store)) as opened:
        opened.restore(file)
        typer.echo(f"{opened.name} holds {opened.count_documents()} documents and {opened.count()} events.")


@app.command()
@plainly
def upgrade(store: Url = DEFAULT) -> None:
    """Bring the store to the form that this version reads; done whole or not at all."""
    from legation.store.upgrading import upgrade_store

    before, after = upgrade_store(store)
    typer.echo(f"Form {after} already." if before == after else f"From form {before} to {after}.")
