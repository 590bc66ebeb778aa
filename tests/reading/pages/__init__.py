"""Pages of our own making: every file is a layout for one of the reports in stories.txt.

The first line of a file is a comment with the number of its report and what the page says of it. `data-s` marks what
is story, `data-f` what is furniture; both attributes are taken off before the page is read. Elements of a page
without either are not counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from legation.model import Document
from legation.reading.text import from_html
from legation.stages.clean import mark_furniture

HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what is true of it: its lines in order, each with whether it is story."""

    name: str
    html: str
    facts: dict[str, str]
    lines: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page's lines."""

    furniture: int = 0
    missed: tuple[str, ...] = ()
    story: int = 0
    lost: tuple[str, ...] = ()

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.furniture + other.furniture,
            self.missed + other.missed,
            self.story + other.story,
            self.lost + other.lost,
        )


@cache
def stories() -> dict[str, list[str]]:
    """The reports by number: headline, then paragraphs."""
    text = (HOME / "stories.txt").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^== (\d+)\n", text)[1:]
    return {n: body.strip().split("\n\n") for n, body in zip(parts[::2], parts[1::2], strict=True)}


@cache
def pages() -> tuple[Page, ...]:
    """Every page, by name."""
    return tuple(_page(path) for path in sorted(HOME.glob("*.html")))


def _page(path: Path) -> Page:
    first, html = path.read_text(encoding="utf-8").split("\n", 1)
    facts = dict(p.split("=", 1) for p in re.split(r" (?=\w+=)", first.removeprefix("<!-- ").removesuffix(" -->")))
    title, *paragraphs = stories()[facts["story"]]
    html = html.replace("{{title}}", title)
    for number, words in enumerate(paragraphs, 1):
        html = html.replace(f"{{{{{number}}}}}", words)
    lxml = import_module("lxml.html")
    tree = lxml.document_fromstring(html.encode(), parser=lxml.HTMLParser(encoding="utf-8"))
    lines = tuple((_words(e), e.get("data-s") is not None) for e in tree.xpath("//*[@data-s or @data-f]"))
    return Page(path.stem, re.sub(r" data-[sf](?=[ >])", "", html), facts, lines)


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def read_page(page: Page) -> Document:
    """The page as `legation code` would have it before its sentences are cut."""
    return mark_furniture(from_html(page.html, Document(text="", id=page.name)))


def outcome(page: Page, doc: Document) -> Outcome:
    """Which lines came out as they are: nine tenths of a line's characters decide."""
    out = Outcome()
    at = 0
    furniture = {i for s in doc.furniture for i in range(s.start, s.end)}
    apart = furniture | {i for s in doc.head for i in range(s.start, s.end)}
    for words, is_story in page.lines:
        start = doc.text.find(words, at)
        if start >= 0:
            at = start + len(words)
        spot = range(start, start + len(words)) if start >= 0 else range(0)
        if is_story:
            kept = sum(i not in furniture for i in spot)
            out += Outcome(story=1, lost=() if kept >= 0.9 * len(words) else (f"{page.name}: {words}",))
        else:
            gone = start < 0 or sum(i in apart for i in spot) >= 0.9 * len(words)
            out += Outcome(furniture=1, missed=() if gone else (f"{page.name}: {words}",))
    return out
