"""Every example of docs/events.md is read as the page says; `--snapshot-update` writes the readings anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from legation.model import Actor, Document, Event, EventMention

if TYPE_CHECKING:
    from legation.coder import Coder

PAGE = Path(__file__).parents[3] / "docs" / "events.md"
PUBLISHED = "2024-05-06"
_EXPLAINED = re.compile(r"^```console\n\$ echo \"(.+)\" \| legation explain - --sentence 0\n(.*?)^```$", re.M | re.S)
_TO_EXPLAIN = "Kenya refused to lift its sanctions on Somalia."


def rows(text: str) -> Iterator[tuple[str, str, str]]:
    """Each row of a table with readings: the line, its sentence and its reading."""
    column = None
    for row in text.splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")] if row.startswith("|") else []
        if not cells:
            column = None
        elif cells[-1] == "reading":
            column = cells[-2]
        elif column in ("sentence", "headline") and set(cells[-1]) != {"-"}:
            yield row, cells[-2], cells[-1]


def reading(doc: Document) -> str:
    """The events; of a report with a title what that brings to them."""
    found: tuple[Event | EventMention, ...] = doc.events
    if doc.title:
        titles = {s.index for s in doc.sentences if s.kind == "title"}
        found = tuple(m for m in doc.event_mentions if m.sentence in titles)
    return "; ".join(_line(event) for event in found) or "no event"


def _line(event: Event | EventMention) -> str:
    name = "/".join((event.event, *event.modes))
    status = "" if event.status == "happened" else f" *{event.status}*"
    to = f" → {_sides(event.recipients)}" if event.recipients else ""
    says = f", says {_sides(event.according_to)}" if event.according_to else ""
    return f"{name}{status}: {_sides(event.actors) or '—'}{to}{says}"


def _sides(actors: tuple[Actor, ...]) -> str:
    return " + ".join(" ".join(part for part in (a.code or "?", a.sector) if part) for a in actors)


def coded(coder: Coder, sentence: str) -> Document:
    if sentence in {headline for _, headline, _ in rows(_headlines())}:
        body = "The ministry told this to reporters."
        return coder.code(Document(f"{sentence}\n\n{body}", title=sentence, published=PUBLISHED))
    return coder.code(sentence, published=PUBLISHED)


@cache
def _headlines() -> str:
    text = PAGE.read_text(encoding="utf-8")
    start = text.index("| form | headline |")
    return text[start : text.index("\n\n", start)]


def test_the_page_has_an_example_for_every_effect_of_operators() -> None:
    from legation.stages.events.operators import EFFECTS

    text = PAGE.read_text(encoding="utf-8")

    assert [name for name in EFFECTS if f"\n| {name} |" not in text] == []


@pytest.mark.model
def test_every_example_is_read_as_the_page_says(coder: Coder, request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = {row: reading(coded(coder, sentence)) for row, sentence, _ in rows(text)}
    if request.config.getoption("--snapshot-update"):
        for row, read in found.items():
            text = text.replace(row, f"{row.rsplit('|', 2)[0]}| {read} |")
        PAGE.write_text(text, encoding="utf-8")
        return

    assert len(found) >= 80
    assert {row: read for row, _, read in rows(text)} == found


@pytest.mark.model
def test_explain_prints_what_the_page_shows(coder: Coder, request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text(encoding="utf-8")
    printed = "".join(f"{line}\n" for line in coder.explain(coder.code(_TO_EXPLAIN), 0))
    if request.config.getoption("--snapshot-update"):
        block = f'```console\n$ echo "{_TO_EXPLAIN}" | legation explain - --sentence 0\n{printed}```'
        text = text.replace("<!-- explain -->", block) if "<!-- explain -->" in text else _EXPLAINED.sub(block, text)
        PAGE.write_text(text, encoding="utf-8")
        return

    assert _EXPLAINED.findall(text) == [(_TO_EXPLAIN, printed)]
