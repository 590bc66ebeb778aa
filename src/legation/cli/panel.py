"""`legation panel`: what each dyad, country, province or district did in each period, as a table."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from legation.cli.shared import check_date, output, plainly, say
from legation.model import STATUSES, Status
from legation.record import MergedEvent, Query

EXAMPLES = """
Examples:

    legation panel --store sqlite:///news.db
    legation panel --store news.db --unit country --by place --period week --measure type,score
    legation panel --store news.db --between IND,PAK --period day --since 2021-01-01 --until 2021-12-31
    legation panel events.jsonl --unit dyad --undirected --lag 1 --lag 2 -o panel.parquet
    legation panel events.jsonl --unit admin1 --measure quad -o panel.zip
"""
_WRITERS = {"csv": "write_csv", "parquet": "write_parquet", "package": "write_package"}
_ENDINGS = {".parquet": "parquet", ".zip": "package"}


@plainly
def panel(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]", help="Files of events (report, plover, GDELT, ICEWS, POLECAT), not a store."),
    ] = None,
    store: Annotated[str | None, typer.Option(metavar="URL", help="The store to count from.")] = None,
    unit: Annotated[str, typer.Option(help="dyad, country, admin1 or admin2.")] = "dyad",
    period: Annotated[str, typer.Option(help="day, week, month, quarter or year.")] = "month",
    by: Annotated[str, typer.Option(help="A country counts as: side, actor, recipient or place.")] = "side",
    undirected: Annotated[bool, typer.Option("--undirected", help="A to B and B to A are one dyad.")] = False,
    no_domestic: Annotated[bool, typer.Option("--no-domestic", help="A country with itself is no dyad.")] = False,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="M", help="type, root, quad, score, share; repeat it or use commas."),
    ] = None,
    between: Annotated[
        str | None, typer.Option(metavar="CODES", help="Only units of these countries: IND,PAK,CHN.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day, in.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day, in.")] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="S", help="Events of this status; happened and ongoing if not given.")
    ] = None,
    event: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="Only events of this PLOVER type.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, metavar="X")] = 0.0,
    lag: Annotated[list[int] | None, typer.Option(min=1, metavar="N", help="Every measure N periods before.")] = None,
    unbalanced: Annotated[bool, typer.Option("--unbalanced", help="Only cells with events, no zeros.")] = False,
    no_raw: Annotated[bool, typer.Option("--no-raw", help="Events only, no counts of reports.")] = False,
    link: Annotated[
        bool, typer.Option("--link", help="Of files: make one event of all that is told of it, as a store does.")
    ] = False,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="csv, parquet or package; else by the ending of -o.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")] = None,
) -> None:
    """Count events into a panel of dyads, countries, provinces or districts by day, week, month, quarter or year."""
    from legation.situations import panel_files, panels

    kind = format or (_ENDINGS.get(out.suffix.lower(), "csv") if out else "csv")
    if kind not in _WRITERS:
        raise typer.BadParameter(f"There is no format '{kind}'. Choose csv, parquet or package.", param_hint="--format")
    check_date(since)
    check_date(until)
    spec = panels.PanelSpec(
        unit=cast(Any, unit), period=cast(Any, period), by=cast(Any, by),
        directed=not undirected, domestic=not no_domestic,
        measures=cast(Any, tuple(_words(measure)) or ("type", "quad", "score")),
        raw=not no_raw, balanced=not unbalanced,
        between=tuple(code.upper() for code in _words([between] if between else None)),
        since=since and since[:10], until=until and until[:10], statuses=_statuses(status),
        events=tuple(name.upper() for name in _words(event)), min_confidence=min_confidence,
        lags=tuple(sorted(set(lag or ()))),
    )  # fmt: skip
    query = Query(events=spec.events, since=spec.since, until=spec.until)
    with events_of(paths, store, query, link=link) as events:
        made = panels.panel(events, spec)
    with output(out) as file:
        getattr(panel_files, _WRITERS[kind])(made, file)
    say(f"{made.counted} events in {len(made)} rows: {len(made.units)} units, {len(made.periods)} periods.")
    for why, count in made.left_out:
        say(f"{count:>7}  left out: {why}")


@contextlib.contextmanager
def events_of(
    paths: list[str] | None, store: str | None, query: Query, *, link: bool = False
) -> Iterator[Iterable[MergedEvent]]:
    """The events of files or of a store, one at a time; `link` makes one event of all that files tell of it."""
    if bool(paths) == bool(store):
        raise typer.BadParameter("Give either files of events or --store URL.")
    if store is not None:
        from legation.store import Store

        with Store.open(store, create=False) as opened:
            yield opened.each_event(query)
        return
    events = _read(paths or [])
    if not link:
        yield events
        return
    from legation.linking.events import link_events

    yield link_events(report for merged in events for report in merged.reports)


def _read(paths: Iterable[str]) -> Iterator[MergedEvent]:
    from legation.exporting.incoming import read_events

    for path in paths:
        yield from read_events(path)


def _words(given: Iterable[str] | None) -> list[str]:
    return [word.strip() for value in given or () for word in value.split(",") if word.strip()]


def _statuses(given: Iterable[str] | None) -> tuple[Status, ...]:
    names = _words(given)
    for name in names:
        if name not in STATUSES:
            raise typer.BadParameter(
                f"There is no status '{name}'. Choose from: {', '.join(STATUSES)}.", param_hint="--status"
            )
    return tuple(s for s in STATUSES if s in names) or ("happened", "ongoing")
