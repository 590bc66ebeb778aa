"""`legation code --link`: the reports with the copies, stories and merged events they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from legation.model import Document

if TYPE_CHECKING:
    from legation.cli.code import Choice, Written

FORMATS = ("report", "plover")


def light(doc: Document, about: Mapping[str, Any]) -> tuple[Document, Mapping[str, Any]]:
    """The coded document without its parse: what linking and writing ask of it, little to send between processes."""
    bare = replace(doc, clauses=(), sentences=tuple(replace(s, tokens=()) for s in doc.sentences))
    return bare, dict(about)


def check_linkable(format: str) -> None:
    """Raise BadParameter for a format that has no room for links."""
    if format not in FORMATS:
        raise typer.BadParameter(
            f"--link adds to {' and '.join(FORMATS)}; '{format}' has no place for it.", param_hint="--link"
        )


def write_linked(
    choice: Choice, coded: Iterable[tuple[Document, Mapping[str, Any]]], *, ahead: int | None = None
) -> Iterator[Written]:
    """Each document as `code` writes it, with `copy_of`, `story` and, at each event, the id of the `merged` one.

    So many documents as `legation link` looks ahead are held back; those of earlier batches are linked with by what
    is remembered of them, so memory does not grow with the input.
    """
    from legation.cli.code import kept, write
    from legation.linking.documents import AHEAD, Linker, held_back
    from legation.linking.events import EventLinker, reports_of

    linker, events = Linker(), EventLinker()
    for batch in held_back(coded, ahead or AHEAD):
        links = [link for _, link in linker.stream((doc for doc, _ in batch), ahead=len(batch))]
        reports = [
            report
            for (doc, _), link in zip(batch, links, strict=True)
            for report in reports_of(doc, copy_of=link.copy_of, story=link.story)
        ]
        merged = events.add(reports)
        for (doc, about), link in zip(batch, links, strict=True):
            written = write(choice, doc, about)
            ids = [merged[doc.id, e.id].id for e in kept(doc, choice.statuses, choice.min_confidence).events]
            text = _with_links(choice.format, written.text, link.copy_of, link.story, ids)
            yield replace(written, text=text, problems=(*written.problems, *link.problems))


def _with_links(format: str, text: str, copy_of: str | None, story: str, merged: list[str]) -> str:
    from legation.exporting.report import dump

    # Not splitlines: a text may hold line ends of other scripts, which JSON leaves as they are.
    lines = [json.loads(line) for line in text.split("\n") if line]
    if format == "report":
        lines[0]["document"] |= {"copy_of": copy_of, "story": story}
        events = lines[0]["events"]
    else:
        events = lines
        for event in events:
            event["cite_info"] |= {"copy_of": copy_of, "story": story}
    for event, name in zip(events, merged, strict=True):
        event["merged"] = name
    return "".join(dump(line) + "\n" for line in lines)
