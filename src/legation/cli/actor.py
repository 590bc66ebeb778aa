"""`legation actor`: what a phrase is resolved to, and why."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from legation.cli.shared import check_date, plainly, say
from legation.errors import BadDateError
from legation.model import Actor

EXAMPLES = """
Examples:

    legation actor "Russian Foreign Minister Sergey Lavrov" --date 2021-06-01
    legation actor "Turkish police" "UN peacekeepers"
    cat phrases.jsonl | legation actor --jsonl
"""


@plainly
def actor(
    phrases: Annotated[
        list[str] | None, typer.Argument(metavar="PHRASE", help="Phrases as they stand in a report.")
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
) -> None:
    """Say whom a phrase stands for: code, sector, person, and the reason."""
    from legation.stages.actors.resolve import resolve_phrase

    day = check_date(date)
    if jsonl:
        _lines(day)
        return
    if not phrases:
        say("legation actor: give a phrase, or --jsonl with lines on stdin.")
        raise typer.Exit(2)
    for phrase in phrases:
        _print(phrase, resolve_phrase(phrase, date=day))


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
        try:
            found = resolve_phrase(phrase, context=text, date=check_date(when))
        except BadDateError as err:
            typer.echo(json.dumps({"phrase": phrase, "error": str(err)}))
            continue
        # Half a surrogate pair ("\ud800" in the input) cannot be written.
        told = json.dumps({"phrase": phrase, "actor": _record(found)}, ensure_ascii=False)
        typer.echo(told.encode("utf-8", "replace").decode("utf-8"))


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
