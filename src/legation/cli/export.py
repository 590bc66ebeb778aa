"""`legation export`: the record, merged, in the format the next tool reads."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.add import DEFAULT, STORE_HELP
from legation.cli.shared import check_date, output, plainly, say
from legation.model import STATUSES, Status

if TYPE_CHECKING:
    from legation.record import Query
    from legation.store import Store

EXAMPLES = """
Examples:

    legation export --format plover -o events.plover.jsonl
    legation export --store news.db --format gdelt --since 2021-07-01 --until 2021-07-31 -o july.export.CSV
    legation export --store news.db --format geojson --actor AFG --event ASSAULT -o attacks.geojson
    legation export --store news.db --format report --with-text -o documents.jsonl
"""
_TEXTS = 2000  # documents whose sentences are at hand: events that stand together often share them


@plainly
def export(
    store: Annotated[str, typer.Option(metavar="URL", envvar="LEGATION_STORE", help=STORE_HELP)] = DEFAULT,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="As of code, or package; by the ending of -o if not given.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")] = None,
    actor: Annotated[list[str] | None, typer.Option(metavar="A", help='"IND", "AFG REB" or a name.')] = None,
    between: Annotated[str | None, typer.Option(metavar="A,B", help="Only between these two.")] = None,
    event: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="PLOVER types.")] = None,
    place: Annotated[list[str] | None, typer.Option(metavar="P", help="Countries, provinces or towns.")] = None,
    status: Annotated[list[str] | None, typer.Option(metavar="S", help="Only of this status.")] = None,
    words: Annotated[str | None, typer.Option(metavar="W", help="Only reports with these words.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day, in.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day, in.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, metavar="X")] = 0.0,
    with_text: Annotated[bool, typer.Option("--with-text", help="Put each document's text into its report.")] = False,
) -> None:
    """Write the merged events of a store (with --format report its documents), each event once."""
    from legation.keeping import open_store
    from legation.record import Query

    query = Query(
        actors=tuple(actor or ()),
        dyad=_pair(between),
        events=tuple(name.upper() for name in _listed(event)),
        places=tuple(place or ()),
        statuses=_statuses(status),
        words=words,
        since=check_date(since),
        until=check_date(until),
        min_confidence=min_confidence,
    )
    name = checked_format(format, out)
    with closing(open_store(store, create=False)) as opened, output(out) as file:
        if name == "report":
            count = sum(file.write(line) > 0 for line in reports(opened, query, with_text))
            say(f"{count} documents.")
        else:
            from legation.exporting import merged_rows, write

            find = functools.lru_cache(maxsize=_TEXTS)(opened.document)
            statuses = frozenset(query.statuses) or None
            count = write(name, merged_rows(opened.each_event(query), find), file, statuses)
            say(f"{count} events.")


def reports(store: Store, query: Query, with_text: bool) -> Iterable[bytes]:
    """The documents that tell of such events, as lines of `report`."""
    from legation.exporting.report import dump, to_report

    for doc, about in store.each_document(query):
        yield (dump(to_report(doc, about, with_text)) + "\n").encode("utf-8", "replace")


def checked_format(name: str | None, out: Path | None) -> str:
    """The format asked for by name, or by the ending of the file; raises UnknownFormatError."""
    from legation.errors import UnknownFormatError
    from legation.exporting import BY_ENDING, FORMATS, PACKAGE

    known = (*(f for f in FORMATS if f != "table"), PACKAGE)
    if name is None:
        endings = sorted({**BY_ENDING, ".zip": PACKAGE}.items(), key=lambda item: -len(item[0]))
        fitting = (found for end, found in endings if out is not None and out.name.lower().endswith(end))
        return next(fitting, "plover")
    if name not in known:
        raise UnknownFormatError(name, known)
    return name


def _listed(values: list[str] | None) -> list[str]:
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]


def _pair(value: str | None) -> tuple[str, str] | None:
    if value is None:
        return None
    parts = [part.strip() for part in value.split(",")]
    if len(parts) != 2 or not all(parts):
        raise typer.BadParameter("Give two sides: IND,PAK or 'AFG REB,AFG GOV'.", param_hint="--between")
    return (parts[0], parts[1])


def _statuses(values: list[str] | None) -> tuple[Status, ...]:
    found: list[Status] = []
    for name in _listed(values):
        if name not in STATUSES:
            raise typer.BadParameter(
                f"There is no status '{name}'. Choose from: {', '.join(STATUSES)}.", param_hint="--status"
            )
        found.append(name)
    return tuple(found)
