"""`legation compare`: two records of the same world side by side."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from legation.cli.panel import events_of
from legation.cli.shared import check_date, output, plainly
from legation.record import MergedEvent, Query

if TYPE_CHECKING:
    from legation.situations.comparing import Agreement, Comparison

EXAMPLES = """
Examples:

    legation compare ours.jsonl 20210709.export.CSV
    legation compare sqlite:///news.db events.2021.icews.tsv --period week
    legation compare a.plover.jsonl b.plover.jsonl --format json -o agreement.json
"""
_FORMATS = ("table", "csv", "json")
_SHOWN = 15  # dyads of the table; csv and json have all


@plainly
def compare(
    a: Annotated[str, typer.Argument(help="Events (report, plover, GDELT, ICEWS or POLECAT) or a store.")],
    b: Annotated[str, typer.Argument(help="The other.")],
    period: Annotated[str, typer.Option(help="day, week, month, quarter or year.")] = "month",
    since: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    link: Annotated[bool, typer.Option("--link", help="Of files: make one event of all that is told of it.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", help="table, csv or json.")] = "table",
    out: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")] = None,
) -> None:
    """Compare two records: what both have by type, dyad and period, and how their counts go together."""
    from legation.knowledge.periods import PERIODS
    from legation.situations.comparing import compare as agreement

    if period not in PERIODS:
        raise typer.BadParameter(f"There is no period '{period}'. Choose from: {', '.join(PERIODS)}.")
    if format not in _FORMATS:
        raise typer.BadParameter(f"There is no format '{format}'. Choose from: {', '.join(_FORMATS)}.")
    check_date(since)
    check_date(until)
    query = Query(since=since, until=until)
    with _record(a, query, link) as first, _record(b, query, link) as second:
        found = agreement(first, second, cast(Any, period), since=since, until=until)
    text = {"table": _table, "csv": _csv, "json": _json}[format](found)
    with output(out) as file:
        file.write(text.encode())


def _record(given: str, query: Query, link: bool) -> AbstractContextManager[Iterable[MergedEvent]]:
    """A store where the name is that of one (a URL, or a file that begins as SQLite's do), else a file of events."""
    path = Path(given)
    is_store = "://" in given
    if not is_store and path.is_file():
        with path.open("rb") as file:
            is_store = file.read(15) == b"SQLite format 3"
    return events_of(None, given, query) if is_store else events_of([given], None, query, link=link)


def _groups(found: Comparison) -> list[tuple[str, Sequence[Agreement]]]:
    return [
        ("all", (found.total,)),
        ("type", found.by_type),
        ("quad", found.by_quad),
        ("dyad", found.by_dyad),
        (found.period, found.by_period),
    ]


def _table(found: Comparison) -> str:
    lines = [f"{'':<26}{'A':>8}{'B':>8}{'both':>8}{'overlap':>9}{'A in B':>8}{'B in A':>8}"]
    for name, group in _groups(found):
        lines += ["", name.upper()]
        lines += [_row(g) for g in group[:_SHOWN]]
        if len(group) > _SHOWN:
            lines.append(f"  and {len(group) - _SHOWN} more (csv and json have all)")
    lines += [
        "",
        f"Correlation of the counts a {found.period}: {_number(found.pearson_periods)}",
        f"Correlation of the counts a dyad and {found.period}: {_number(found.pearson_cells)}"
        f" (ranks {_number(found.spearman_cells)})",
        f"Left out, without a date or a side: A {found.left_out_a}, B {found.left_out_b}",
    ]
    return "\n".join(lines) + "\n"


def _row(g: Agreement) -> str:
    shares = [_number(g.overlap), _number(g.found_in_b), _number(g.found_in_a)]
    return f"  {g.name:<24}{g.a:>8}{g.b:>8}{g.matched:>8}{shares[0]:>9}{shares[1]:>8}{shares[2]:>8}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _csv(found: Comparison) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["group", "name", "a", "b", "matched", "overlap", "found_in_b", "found_in_a"])
    for name, group in _groups(found):
        for g in group:
            writer.writerow([name, g.name, g.a, g.b, g.matched, g.overlap, g.found_in_b, g.found_in_a])
    return text.getvalue()


def _json(found: Comparison) -> str:
    def shown(g: Agreement) -> dict[str, Any]:
        return asdict(g) | {"overlap": g.overlap, "found_in_b": g.found_in_b, "found_in_a": g.found_in_a}

    record: dict[str, Any] = {name: [shown(g) for g in group] for name, group in _groups(found)}
    record |= {
        "period": found.period,
        "pearson_periods": found.pearson_periods,
        "pearson_cells": found.pearson_cells,
        "spearman_cells": found.spearman_cells,
        "left_out": {"a": found.left_out_a, "b": found.left_out_b},
    }
    return json.dumps(record, indent=2) + "\n"
