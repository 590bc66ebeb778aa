"""`legation diff`: what changed between two runs, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from legation.cli.shared import plainly, say, terminal_safe

if TYPE_CHECKING:
    from legation.diffing import Difference, Differences

EXAMPLES = """
Examples:

    legation diff before.jsonl after.jsonl
    legation diff news.db@2021-05-01 news.db
    legation diff before.jsonl news.db --format json
"""
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@plainly
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A file of reports, a store, or STORE@TIME.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same.")],
    format: Annotated[str, typer.Option("--format", "-f", help="text, or json (a line a difference).")] = "text",
) -> None:
    """Tell what changed between two records of the same reports: events added, removed, changed, and why."""
    from legation.diffing import compare, records_of
    from legation.errors import UnknownFormatError

    if format not in ("text", "json"):
        raise UnknownFormatError(format, ("text", "json"))
    found = compare(records_of(old), records_of(new))
    for difference in found.found:
        if format == "json":
            typer.echo(json.dumps(as_json(difference), ensure_ascii=False))
        else:
            for line in lines(difference):
                typer.echo(terminal_safe(line))
    for name, ids in (("new", found.new_documents), ("gone", found.gone_documents)):
        if format == "json":
            for doc_id in ids:
                typer.echo(json.dumps({"change": f"document {name}", "document": doc_id}, ensure_ascii=False))
    (say if format == "json" else typer.echo)(summary(found))


def lines(difference: Difference) -> list[str]:
    """The difference for people."""
    event = difference.new or difference.old
    head = f"{_SIGNS[difference.kind]} {difference.document}  {event}"
    told = [f"    {name}: {a or 'none'} -> {b or 'none'}" for name, (a, b) in difference.fields.items()]
    return [head, *told, f"    why: {difference.why}: {difference.reason}"]


def as_json(difference: Difference) -> dict[str, Any]:
    """The difference for programs."""
    sides = {"old": difference.old, "new": difference.new}
    return {
        "change": difference.kind,
        "document": difference.document,
        **{name: {"id": t.id, "rule": t.rule, **t.values} if t else None for name, t in sides.items()},
        "fields": {name: list(pair) for name, pair in difference.fields.items()},
        "why": difference.why,
        "reason": difference.reason,
    }


def summary(found: Differences) -> str:
    """The counts, in a line."""
    counts = ", ".join(f"{found.count(kind)} {kind}" for kind in ("added", "removed", "changed"))
    documents = f"{len(found.new_documents)} documents new, {len(found.gone_documents)} gone"
    return f"Events: {counts}, {found.same} the same; {documents}."
