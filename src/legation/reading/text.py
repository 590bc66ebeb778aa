"""One file, one document: plain text and web pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

from legation.model import Document, Problem, Span
from legation.reading import blocks, detect
from legation.reading.pagedata import PageData, page_data

LARGEST_PAGE = 20_000_000  # bytes; a larger page is no report
_CALL = re.compile(
    r"[\[(]?(?:(?:also|must) (?:read|see|watch)|(?:read|see|watch) (?:also|more)|read next"
    r"|related(?: \w+)?|more|watch|listen|in pictures)"
    r"\s*(?:[:|»>–—]|-\s)",
    re.IGNORECASE,
)


def problem(doc_id: str, message: str) -> Document:
    """A document without text that says why it has none."""
    return Document(text="", id=doc_id, problems=(Problem("reading", message),))


def from_text(data: bytes, encoding: str, doc_id: str) -> Document:
    """The document in these bytes, its text as it was given."""
    text, replaced = detect.decode(data, encoding)
    doc = Document(text=text.replace("\x00", " "), id=doc_id)
    if "\x00" in text:
        told = Problem("reading", "Some bytes are no text (NUL); each is a blank now.")
        doc = replace(doc, problems=(told,))
    if replaced:
        message = f"Some bytes are no {encoding} text; each was replaced by a mark."
        doc = replace(doc, problems=(*doc.problems, Problem("reading", message)))
    return doc


def from_html(html: str, doc: Document) -> Document:
    """The document with the visible text of the page, a line a block, and what the page says of itself.

    What is not the story is marked as furniture; which blocks are the story, trafilatura says.
    """
    try:
        tree = _tree(html)
        if tree is None:
            return _with_problem(doc, "The page holds no story.")
        page = page_data(tree, url=doc.url)
        seen = blocks.visible(tree)
        lines = _story_lines(tree)
    except Exception as error:  # a broken page must not stop the others, however it breaks the parser
        return _with_problem(doc, f"The HTML could not be read ({type(error).__name__}).")
    doc = _described(doc, page)
    if not lines:
        return _with_problem(doc, "The page holds no story.")
    # What the words are written in is surer than what a template says of them.
    doc = replace(doc, lang=doc.lang or detect.language_of("\n".join(lines)) or page.lang)
    if blocks.mark_story(seen, lines) < 0.8:
        # The story stands where no reader sees it (in a script), or the page is too odd to align.
        return _laid_out(doc, [(line, True) for line in lines])
    blocks.mend(seen, doc.title)
    doc = _laid_out(doc, [(b.text, b.story) for b in seen])
    return replace(doc, furniture=(*doc.furniture, *_calls(doc.text, seen)))


def _calls(text: str, seen: Iterable[blocks.Block]) -> Iterator[Span]:
    """Links and bold words within a line of the story that call the reader away: the page says where they end."""
    at = 0
    for block in seen:
        start = text.find(block.text, at)
        if start < 0:
            continue
        at = start + len(block.text)
        for words in block.inner if block.story else ():
            if words != block.text and _CALL.match(words) and (inner := text.find(words, start, at)) >= 0:
                yield Span(inner, inner + len(words))


def from_fragment(html: str, doc: Document) -> Document:
    """The document with the visible text of a piece of HTML (an item of a feed, a letter), all of it taken as story."""
    try:
        tree = _tree(f"<html><body><div>{html}</div></body></html>")
        seen = blocks.visible(tree) if tree is not None else []
    except Exception as error:  # as above
        return _with_problem(doc, f"The HTML could not be read ({type(error).__name__}).")
    if not seen:
        return doc
    return _laid_out(doc, [(b.text, True) for b in seen])


def repaired(text: str) -> str:
    """Text of a page or letter without the marks of a wrong encoding ("â€™" for "’")."""
    ftfy = import_module("ftfy")
    return str(ftfy.fix_encoding(text)) if ftfy.is_bad(text) else text


def _tree(html: str) -> Any:
    # A page that names another encoding than it is decoded from would be refused by the parser.
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html.replace("\x00", ""))
    return import_module("trafilatura.utils").load_html(repaired(html))


def _story_lines(tree: Any) -> list[str]:
    trafilatura = import_module("trafilatura")
    text = trafilatura.extract(tree, fast=True, include_comments=False, include_tables=False)
    return [line for line in (text or "").splitlines() if line.strip()]


def _with_problem(doc: Document, message: str) -> Document:
    return replace(doc, problems=(*doc.problems, Problem("reading", message)))


def _described(doc: Document, page: PageData) -> Document:
    """The document with what the page tells, where nothing better was known."""
    more = {"author": page.author, "modified": page.modified}
    return replace(
        doc,
        title=doc.title or page.title,
        outlet=doc.outlet or page.outlet,
        url=doc.url or page.url,
        published=doc.published or page.published,
        meta=(*doc.meta, *((k, v) for k, v in more.items() if v and k not in dict(doc.meta))),
    )


def _laid_out(doc: Document, lines: Iterable[tuple[str, bool]]) -> Document:
    """The lines as the document's text, those that are no story marked; the title is printed first if nowhere else."""
    kept = list(lines)
    title = blocks.letters(doc.title or "")
    heads = [i for i, (line, _) in enumerate(kept) if title and blocks.letters(line) == title]
    told = [i for i, (_, story) in enumerate(kept) if story]
    # The headline stands above the story, or below a line or two that look like story.
    before = [i for i in heads if i <= (told[:3] or [0])[-1]]
    if before:
        if not any(kept[i][1] for i in before):
            kept[before[-1]] = (kept[before[-1]][0], True)
    elif doc.title and not heads:
        kept.insert(0, (doc.title, True))
    spans: list[Span] = []
    at = 0
    for line, story in kept:
        if not story:
            start = spans.pop().start if spans and spans[-1].end == at - 1 else at
            spans.append(Span(start, at + len(line)))
        at += len(line) + 1
    return replace(doc, text="\n".join(line for line, _ in kept), furniture=tuple(spans))
