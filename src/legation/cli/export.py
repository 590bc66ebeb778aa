"""`legation export`: the merged record of a store in any format."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from legation.cli.shared import check_date, output, plainly, say
from legation.model import STATUSES, Status
from legation.record import Query

if TYPE_CHECKING:
    from legation.exporting import Row
    from legation.store import Store

DEFAULT = "legation.db"
EXAMPLES = """
Examples:

    legation export --store news.db -o events.parquet
    legation export --store news.db --format gdelt --since 2021-07-01 --until 2021-07-31 -o 202107.export.CSV
    legation export --store news.db --actor AFG --event ASSAULT --format geojson > attacks.geojson
    legation export --store news.db --format package -o events.zip
    legation export --store news.db --format report -o documents.jsonl
"""


@plainly
def export(
    store: Annotated[
        str, typer.Option(metavar="URL", envvar="LEGATION_STORE", help="The store: a file, or a PostgreSQL URL.")
    ] = DEFAULT,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="plover, csv, parquet, package, cameo, gdelt, gdelt-mentions, icews, polecat, acled, geojson, stix, "
            "ftm, jsonld or report (the documents); if not given, what -o ends in, else plover.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")] = None,
    actor: Annotated[
        list[str] | None, typer.Option(metavar="A", help="Of either side: IND, 'AFG REB', a name.")
    ] = None,
    dyad: Annotated[str | None, typer.Option(metavar="A,B", help="Between these two: IND,PAK.")] = None,
    event: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="PLOVER types.")] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(metavar="S", help="Of this status; formats without one hold happened and ongoing if not given."),
    ] = None,
    place: Annotated[list[str] | None, typer.Option(metavar="P", help="Country codes, provinces or names.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(metavar="O")] = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="Words of the report.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day of the event, in.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day, in.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, metavar="X")] = 0.0,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put each document's text into its report (format report).")
    ] = False,
) -> None:
    """Write the events of a store, each once with all its reports, in any format; or its documents as `report`."""
    from legation.exporting import write
    from legation.keeping import open_store

    name = _format(format, out)
    if with_text and name != "report":
        raise typer.BadParameter("The text of a document stands in 'report' alone.", param_hint="--with-text")
    statuses = _statuses(status)
    query = Query(
        actors=_words(actor), dyad=_dyad(dyad), events=tuple(n.upper() for n in _words(event)), statuses=statuses,
        places=_words(place), outlets=tuple(outlet or ()), words=words, since=check_date(since),
        until=check_date(until), min_confidence=min_confidence,
    )  # fmt: skip
    with closing(open_store(store, create=False)) as opened, output(out) as file:
        if name == "report":
            number, what = _documents(opened, query, file, with_text), "documents"
        else:
            number, what = write(name, _rows(opened, query), file, frozenset(statuses) or None), "events"
    say(f"{number} {what}.")


def _rows(store: Store, query: Query) -> Iterator[Row]:
    from legation.cli.kept import KeptDocuments
    from legation.exporting import merged_rows

    return merged_rows(store.each_event(query), KeptDocuments(store).get)


def _documents(store: Store, query: Query, file: BinaryIO, with_text: bool) -> int:
    from legation.exporting import render

    number = 0
    for doc, about in store.each_document(query):
        file.write(render("report", doc, about, with_text=with_text).encode("utf-8", "replace"))
        number += 1
    return number


def _format(given: str | None, out: Path | None) -> str:
    from legation.errors import UnknownFormatError
    from legation.exporting import BY_NAME, FORMATS, format_of

    by_name = format_of(out.name) if out else None
    # Documents only when asked for by name: lines of JSON in a file are taken to be events here.
    name = given or (by_name if by_name != "report" else None) or "plover"
    known = tuple(f for f in FORMATS if f != "table")
    if name not in known:
        raise UnknownFormatError(name, known)
    if out is None and name in BY_NAME and BY_NAME[name].file and sys.stdout.isatty():
        raise typer.BadParameter(f"'{name}' is no text for a terminal: name a file with -o.", param_hint="--format")
    return name


def _words(given: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(word.strip() for value in given or () for word in value.split(",") if word.strip())


def _dyad(given: str | None) -> tuple[str, str] | None:
    if given is None:
        return None
    sides = _words([given])
    if len(sides) != 2:
        raise typer.BadParameter("A dyad is two sides with a comma between: IND,PAK.", param_hint="--dyad")
    return sides[0], sides[1]


def _statuses(given: Iterable[str] | None) -> tuple[Status, ...]:
    names = _words(given)
    for name in names:
        if name not in STATUSES:
            raise typer.BadParameter(
                f"There is no status '{name}'. Choose from: {', '.join(STATUSES)}.", param_hint="--status"
            )
    return tuple(s for s in STATUSES if s in names)
