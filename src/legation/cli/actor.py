"""`legation actor`: what a phrase is resolved to, and why."""

from __future__ import annotations

import json
import sys
from datetime import date as Day
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from legation.cli.shared import check_date, output, plainly, say
from legation.errors import BadDateError
from legation.model import Actor

EXAMPLES = """
Examples:

    legation actor "Russian Foreign Minister Sergey Lavrov" --date 2021-06-01
    legation actor "Turkish police" "UN peacekeepers"
    cat phrases.jsonl | legation actor --jsonl
    legation actor "Ora Quill" --actors ours.tsv
    legation actor import query.json --output ours.tsv
    legation actor -- import
"""
IMPORTING = "import"


class ActorCommand(TyperCommand):
    """A first word `import` asks for the import; after `--` it is a phrase like any other."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note whether the import is asked for, and take its word away."""
        if args and args[0] == IMPORTING:
            ctx.meta[IMPORTING] = True
            args = args[1:]
        return super().parse_args(ctx, args)


@plainly
def actor(
    ctx: typer.Context,
    phrases: Annotated[
        list[str] | None, typer.Argument(metavar="PHRASE", help="Phrases as they stand in a report; or: import FILE...")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="The day of the report, for who held which office.")
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Read {"phrase", "date"?, "text"?} lines from stdin; print one JSON line for each.',
        ),
    ] = False,
    actors: Annotated[
        list[Path] | None,
        typer.Option("--actors", metavar="FILE", help="A table of your own actors; repeat it for several."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="With import: write here, not to standard output."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="With import: the day the list was drawn; if not given, today."),
    ] = None,
) -> None:
    """Say whom a phrase stands for: code, sector, person, and the reason.

    `legation actor import FILE` makes a table for --actors from a Wikidata query result (JSON, CSV) or a dump.
    """
    from legation.knowledge.names import with_own
    from legation.stages.actors.resolve import resolve_phrase

    if ctx.meta.get(IMPORTING):
        _import([Path(phrase) for phrase in phrases or ()], out, check_date(as_of))
        return
    if out is not None or as_of is not None:
        raise typer.BadParameter("--output and --as-of go with: legation actor import FILE")
    if actors:
        with_own(actors)
    day = check_date(date)
    if jsonl:
        _lines(day)
        return
    if not phrases:
        say("legation actor: give a phrase, or --jsonl with lines on stdin.")
        raise typer.Exit(2)
    for phrase in phrases:
        _print(phrase, resolve_phrase(phrase, date=day))


def _import(files: list[Path], out: Path | None, as_of: str | None) -> None:
    """Write the office holders of the files as a table for --actors, and say what was left out."""
    from legation.knowledge.office_import import import_offices
    from legation.knowledge.own_names import COLUMNS

    if not files:
        say("legation actor import: give the files to import.")
        raise typer.Exit(2)
    found = [import_offices(file, (as_of or Day.today().isoformat())[:10]) for file in files]
    rows = [row for imported in found for row in imported.rows]
    with output(out) as file:
        for cells in (COLUMNS, *([row[c].replace("\t", " ") for c in COLUMNS] for row in rows)):
            file.write(("\t".join(cells) + "\n").encode("utf-8", "replace"))
    say(f"{len(rows)} office holders.")
    for imported in found:
        for why, count in sorted(imported.left_out.items()):
            say(f"{count:>7}  left out: {why}")
    if not rows:
        raise typer.Exit(1)


def _lines(day: str | None) -> None:
    """Answer every line of stdin with a line; one that cannot be read gets an "error"."""
    from legation.stages.actors.resolve import resolve_phrase

    for number, raw in enumerate(sys.stdin.buffer, start=1):
        line = raw.decode("utf-8", errors="replace")
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            phrase = asked["phrase"]
            text, when = asked.get("text"), asked.get("date") or day
            if not all(isinstance(part, str) for part in (phrase, text or "", when or "")):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError):
            typer.echo(json.dumps({"error": f"Line {number} is no JSON object with a 'phrase'."}))
            continue
        phrase, text = _writable(phrase), None if text is None else _writable(text)
        try:
            found = resolve_phrase(phrase, context=text, date=check_date(when))
        except BadDateError as err:
            typer.echo(json.dumps({"phrase": phrase, "error": str(err)}))
            continue
        typer.echo(json.dumps({"phrase": phrase, "actor": _record(found)}, ensure_ascii=False))


def _writable(text: str) -> str:
    """The text with a mark for each half of a surrogate pair, which no encoding can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _record(found: Actor | None) -> dict[str, Any] | None:
    if found is None:
        return None
    from legation.exporting.plover import actor_record

    return actor_record(found)


def _print(phrase: str, found: Actor | None) -> None:
    if found is None:
        typer.echo(f"{phrase}\n    names nobody that Legation knows")
        return
    code = " ".join(part for part in (found.code or "country not known", found.sector, *found.other_sectors) if part)
    typer.echo(f"{phrase}\n    {code}")
    if found.identifier_text:
        office = f", {found.office}" if found.office else ""
        wikidata = f" ({found.identifier_id})" if found.identifier_id else ""
        typer.echo(f"    {found.identifier_text}{wikidata}{office}")
    typer.echo(f"    because: {found.reason}")
    for candidate in found.candidates:
        typer.echo(f"    or: {candidate.code or '?'} {candidate.name or ''} {candidate.reason}".rstrip())
