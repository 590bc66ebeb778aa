"""`legation code`: reports in, records out."""

from __future__ import annotations

import contextlib
import functools
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from legation.cli.linked import check_linkable, light, write_linked
from legation.cli.shared import (
    OwnActors,
    OwnLexicon,
    check_date,
    output,
    plainly,
    say,
    undisturbed,
    use_actors,
    use_lexicon,
    wants_colour,
)
from legation.model import STATUSES, Document, Status

if TYPE_CHECKING:
    from legation.scaling.resuming import Part

EXAMPLES = """
Examples:

    legation code report.txt
    legation code report.txt --published 2021-07-09 --format report
    legation code reports/ 'more/*.jsonl' --format csv -o events.csv --workers 4
    cat report.txt | legation code - --format plover --status happened,ongoing
"""
_SHOWN_REASONS = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """What the caller wants written of each document; sent to the workers."""

    format: str
    statuses: frozenset[Status] = frozenset()  # empty: all
    min_confidence: float = 0.0
    with_text: bool = False
    colour: bool = False
    width: int = 100


@dataclass(frozen=True, slots=True)
class Written:
    """One document as it is written, and what could not be done in it."""

    text: str
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Reasons:
    """How many documents had which problem; problems that differ in a number or a quoted word are one."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, problems: Iterable[tuple[str, str]]) -> None:
        """Count the problems of one document, each kind once."""
        kinds: dict[str, str] = {}
        for stage, message in problems:
            told = f"{stage}: {message}"
            kinds.setdefault(re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "#", told), told)
        for kind, told in kinds.items():
            self.counts[kind] += 1
            self.examples.setdefault(kind, told)

    def lines(self) -> Iterator[str]:
        """What to say of them: nothing where there were none."""
        if self.counts:
            yield "Problems, with the number of documents that had them:"
        for kind, count in self.counts.most_common(_SHOWN_REASONS):
            yield f"{count:>7}  {self.examples[kind]}"
        if len(self.counts) > _SHOWN_REASONS:
            yield f"{'':7}  and {len(self.counts) - _SHOWN_REASONS} other kinds"


@plainly
def code(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, globs, or - for standard input.")
    ],
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="table, report, plover, csv, parquet, package, cameo, gdelt, gdelt-mentions, icews, polecat, acled, "
            "geojson, stix, ftm or jsonld; if not given, table or what -o ends in.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here, not to standard output."),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day of reports that do not tell theirs: 2021-07-09."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes to code with.")] = 1,
    status: Annotated[
        list[str] | None,
        typer.Option(
            metavar="S", help=f"Only events of this status: {', '.join(STATUSES)}; repeat it or use commas."
        ),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="X", help="Only events at least so sure.")
    ] = 0.0,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put each document's text into its report.")
    ] = False,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="With -o: keep what is done in FILE.part, and go on from there if it is there."),
    ] = False,
    engine: Annotated[
        str, typer.Option(metavar="E", help="Where to run: local, or spark (then -o is a folder of Parquet files).")
    ] = "local",
    link: Annotated[
        bool, typer.Option("--link", help="Say of each report what it copies, its story, and what event is whose.")
    ] = False,
    actors: OwnActors = None,
    lexicon: OwnLexicon = None,
) -> None:
    """Code news reports: who did what to whom, where, when and according to whom."""
    from legation.exporting import check_format

    if engine == "spark":
        _on_spark(paths, out, check_date(published), format, actors)
        return
    if engine != "local":
        raise typer.BadParameter(f"'{engine}' is none. Choose local or spark.", param_hint="--engine")
    if resume and (out is None or str(out) == "-" or link):
        why = "Only a run with -o FILE, without --link, can be taken up again."
        raise typer.BadParameter(why, param_hint="--resume")
    choice = Choice(
        format=check_format(format or _by_ending(out)),
        statuses=_statuses(status or ()),
        min_confidence=min_confidence,
        with_text=with_text,
        colour=wants_colour(out),
        width=_width(out),
    )
    use_actors(actors)
    use_lexicon(lexicon)
    docs = _read(paths, check_date(published))
    from legation.scaling.local import code_all

    if link:
        check_linkable(choice.format)
        linked = write_linked(choice, code_all(docs, light, workers=workers))
        _write_all(_with_progress(linked, out), choice, out)
    elif resume and out is not None:
        _run_resumable(docs, choice, out, {"published": published, "actors": [str(a) for a in actors or ()]}, workers)
    else:
        done = code_all(docs, functools.partial(write, choice), workers=workers)
        _write_all(_with_progress(done, out), choice, out)


def _write_all(
    results: Iterable[Written], choice: Choice, out: Path | None, *, resumable: bool = False
) -> None:
    """Write the results as they come, and say in the end what could not be done."""
    reasons = Reasons()
    seen = 0
    try:
        with output(out, resumable=resumable) as file, _sink(choice.format, file) as add:
            for done in results:
                with undisturbed():
                    add(done.text)
                    file.flush()
                seen += 1
                reasons.add(done.problems)
    finally:
        for line in reasons.lines():
            say(line)
    if not seen:
        say("No document was found there.")


def _run_resumable(
    docs: Iterable[Document], choice: Choice, out: Path, given: dict[str, Any], workers: int
) -> None:
    """Code into the .part file, from where it ends; when all is there, write the result from it."""
    import legation
    from legation.coder import knowledge_digest
    from legation.knowledge.lexicon import load
    from legation.scaling.resuming import Part

    shown = {"format": choice.format, "status": sorted(choice.statuses), "min-confidence": choice.min_confidence}
    made_by = {"version": legation.__version__, "knowledge": knowledge_digest(), "lexicon": load().digest}
    part = Part(out, {**shown, "with-text": choice.with_text, **given, **made_by})
    try:
        if part.marks:
            say(f"Going on after {len(part.marks):,} chunks that are done.")
        for _ in _with_progress(_filled(part, docs, functools.partial(write, choice), workers), out):
            pass
        done = (Written(text, tuple((s, m) for s, m in told)) for text, told in part.items())
        _write_all(done, choice, out, resumable=True)
    except KeyboardInterrupt:
        part.close()
        say(f"What is done is kept in {part.path.name}; the same command goes on from there.")
        raise
    except BaseException:
        part.close()
        raise
    part.close(remove=True)


def _filled(
    part: Part, docs: Iterable[Document], finish: Callable[[Document, Mapping[str, Any]], Written], workers: int
) -> Iterator[Written]:
    from legation.scaling.local import code_chunks

    for mark, results in code_chunks(docs, finish, workers=workers, done=tuple(part.marks)):
        chunk = list(results)
        with undisturbed():
            part.add(mark, [[one.text, one.problems] for one in chunk])
        yield from chunk


def _on_spark(
    paths: list[str], out: Path | None, published: str | None, format: str | None, actors: list[Path] | None
) -> None:
    if out is None:
        raise typer.BadParameter("Spark writes a folder of Parquet files: name it with -o.", param_hint="--engine")
    if format not in (None, "parquet") or actors:
        raise typer.BadParameter(
            "On Spark the output is Parquet; --format and --actors are for the local engine.", param_hint="--engine"
        )
    from legation.scaling.spark import run

    for line in run(paths, out, published=published):
        say(line)


def write(choice: Choice, doc: Document, about: Mapping[str, Any]) -> Written:
    """The coded document as the caller wants it."""
    doc = kept(doc, choice.statuses, choice.min_confidence)
    if choice.format == "table":
        from legation.cli.table import show

        text = show(doc, colour=choice.colour, width=choice.width)
    else:
        from legation.exporting import render

        text = render(
            choice.format, doc, about, with_text=choice.with_text, statuses=choice.statuses or None
        )
    return Written(text, tuple((p.stage, p.message) for p in doc.problems))


def kept(doc: Document, statuses: frozenset[Status], min_confidence: float) -> Document:
    """The document with only the events asked for, and the pledges of these."""
    if not statuses and min_confidence <= 0:
        return doc
    events = tuple(
        event
        for event in doc.events
        if (not statuses or event.status in statuses) and event.confidence >= min_confidence
    )
    ids = {event.id for event in events}
    return replace(doc, events=events, pledges=tuple(p for p in doc.pledges if p.event in ids))


@contextlib.contextmanager
def _sink(name: str, file: BinaryIO) -> Iterator[Callable[[str], object]]:
    """What takes the text of each document; what stands below all is written also after Ctrl-C."""
    from legation.exporting import BY_NAME, Sink

    if name not in BY_NAME:
        yield lambda text: file.write(text.encode("utf-8", "replace"))
        return
    sink = Sink(BY_NAME[name], file)
    try:
        yield sink.add
    except KeyboardInterrupt:
        sink.close()
        raise
    sink.close()


def _read(paths: list[str], published: str | None) -> Iterator[Document]:
    from legation.reading import read

    return read(paths, published=published)


def _statuses(given: Iterable[str]) -> frozenset[Status]:
    names = [name.strip() for value in given for name in value.split(",") if name.strip()]
    for name in names:
        if name not in STATUSES:
            raise typer.BadParameter(
                f"There is no status '{name}'. Choose from: {', '.join(STATUSES)}.", param_hint="--status"
            )
    return frozenset(status for status in STATUSES if status in names)


def _by_ending(out: Path | None) -> str:
    # A table in a file called events.csv or events.jsonl is never what was meant.
    from legation.exporting import format_of

    return (format_of(out.name) if out else None) or "table"


def _width(out: Path | None) -> int:
    import shutil

    if out is not None or not sys.stdout.isatty():
        return 100
    return max(40, min(100, shutil.get_terminal_size((100, 24)).columns))


def _with_progress(items: Iterator[Written], out: Path | None) -> Iterator[Written]:
    """The items, counted on a terminal's standard error where the results do not go there too."""
    if not sys.stderr.isatty() or (out is None and sys.stdout.isatty()):
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} documents"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for item in items:
            yield item
            progress.advance(task)
