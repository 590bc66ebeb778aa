"""The `table` format: a coded document for a reader, with the words of each event marked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from legation.cli.shared import terminal_safe
from legation.exporting.plover import main_mention, sentence_span
from legation.model import Actor, Count, Document, Event, EventMention, Place, Size, Span

if TYPE_CHECKING:
    from rich.text import Text

WIDTH = 100
_QUAD_STYLES = {1: "bold green", 2: "bold cyan", 3: "bold yellow", 4: "bold red"}
_LABEL = 12  # columns for "according to"


def show(doc: Document, *, colour: bool = False, width: int = WIDTH) -> str:
    """The document's heading and its events, each with its sentence; plain text marks words *so*."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False,
        color_system="standard" if colour else None, legacy_windows=False,
    )  # fmt: skip
    for line in _lines(doc, colour):
        console.print(line, soft_wrap=False, markup=False)
    # Rich fills no lines here, but wrapped ones may end in the blank they were broken at.
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _lines(doc: Document, colour: bool) -> list[object]:
    from rich.text import Text

    lines: list[object] = [Text(_heading(doc), style="bold underline")]
    under = ", ".join(part for part in (_name_below(doc), doc.outlet, doc.published) if part)
    if under:
        lines.append(Text(_tidy(under), style="dim"))
    lines.append(Text(""))
    for number, event in enumerate(doc.events, 1):
        lines += [*_event(number, event, doc, colour), Text("")]
    if not doc.events:
        lines += [Text("  No events found.", style="dim"), Text("")]
    for problem in doc.problems:
        lines.append(Text(_tidy(f"Problem ({problem.stage}): {problem.message}"), style="yellow"))
    if doc.problems:
        lines.append(Text(""))
    return lines


def _heading(doc: Document) -> str:
    return _tidy(doc.title or doc.id or "A report without a name")


def _name_below(doc: Document) -> str | None:
    return doc.id if doc.title and doc.id else None


def _event(number: int, event: Event, doc: Document, colour: bool) -> list[object]:
    from rich.text import Text

    top = Text(f"{number:>3}  ")
    top.append(event.event, style=_QUAD_STYLES.get(event.quad_code, "bold"))
    if event.modes:
        top.append(" / " + ", ".join(event.modes))
    # Only what did not simply happen is worth a colour.
    top.append("  ")
    top.append(event.status, style="dim" if event.status == "happened" else "magenta")
    told = main_mention(event)
    rows: list[tuple[str, str | None]] = [
        ("who", _who(event.actors) or "not known"),
        ("to whom", _who(event.recipients)),
        ("where", _where(event.place)),
        ("when", _when(event)),
        ("how many", _how_many(event.size)),
        ("according to", _who(event.according_to)),
    ]
    lines: list[object] = [top, *(_row(label, value) for label, value in rows if value)]
    if told is not None:
        lines.append(_indented(_marked(told, doc, colour)))
    if len(event.mentions) > 1:
        lines.append(Text(f"{'':5}(told in {len(event.mentions)} places)", style="dim"))
    return lines


def _row(label: str, value: str) -> object:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=_LABEL)
    grid.add_column(overflow="fold")
    grid.add_row(Text(label, style="dim"), Text(value))
    return Padding(grid, (0, 0, 0, 5))


def _indented(text: Text) -> object:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, 5), expand=False)


def _who(actors: Sequence[Actor]) -> str:
    return "\n".join(_actor(actor) for actor in actors)


def _actor(actor: Actor) -> str:
    readings = actor.candidates if actor.code is None else ()
    codes = [(r.code, r.sector) for r in readings] or [(actor.code, actor.sector)]
    code = " or ".join(" ".join(part for part in (c or "?", sector) if part) for c, sector in codes)
    name = _tidy(actor.identifier_text or actor.entity_text)
    return f"{code}  {name}" if name else code


def _where(place: Place | None) -> str | None:
    if place is None:
        return None
    name = _tidy(place.name or place.text)
    return f"{name} ({place.country})" if place.country and place.country != name else name


def _when(event: Event) -> str | None:
    if event.date is None:
        return None
    if event.enddate and event.enddate != event.date:
        return f"{event.date} to {event.enddate}"
    return event.date


def _how_many(size: Size | None) -> str | None:
    if size is None:
        return None
    named = (
        ("dead", size.dead),
        ("injured", size.injured),
        ("arrested", size.arrested),
        ("people", size.crowd),
    )
    return ", ".join(f"{_count(count)} {name}" for name, count in named if count is not None) or None


def _count(count: Count) -> str:
    if count.low is not None and count.high is not None and count.low != count.high:
        return f"{count.low} to {count.high}"
    if count.best is not None:
        return str(count.best)
    if count.low is not None:
        return f"at least {count.low}"
    return f"at most {count.high}" if count.high is not None else count.text


def _marked(mention: EventMention, doc: Document, colour: bool) -> Text:
    """The sentence on one line, with the event's words bold (or between asterisks in plain text)."""
    from rich.text import Text

    sent = sentence_span(mention, doc)
    text, at = Text(), sent.start
    for span in _joined(mention.words, doc.text):
        start, end = max(span.start, at), min(span.end, sent.end)
        if start >= end:
            continue
        text.append(terminal_safe(doc.text[at:start]))
        words = terminal_safe(doc.text[start:end])
        text.append(words if colour else f"*{words}*", style="bold reverse" if colour else "")
        at = end
    text.append(terminal_safe(doc.text[at : sent.end]))
    return text


def _joined(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans in order, those with only blanks between them as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and not text[joined[-1].end : span.start].strip():
            span = Span(joined[-1].start, max(span.end, joined.pop().end))
        joined.append(span)
    return joined


def _tidy(text: str) -> str:
    return " ".join(terminal_safe(text).split())
