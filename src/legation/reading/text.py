"""One file, one document: plain text and web pages."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from legation.model import Document, Problem
from legation.reading import detect

NO_HTML = "This is HTML, which needs trafilatura. Install it with: pip install trafilatura"


def problem(doc_id: str, message: str) -> Document:
    """A document without text that says why it has none."""
    return Document(text="", id=doc_id, problems=(Problem("reading", message),))


def from_text(data: bytes, encoding: str, doc_id: str) -> Document:
    """The document in these bytes, its text as it was given."""
    text, replaced = detect.decode(data, encoding)
    doc = Document(text=text, id=doc_id)
    if replaced:
        message = f"Some bytes are no {encoding} text; each was replaced by a mark."
        doc = replace(doc, problems=(Problem("reading", message),))
    return doc


def from_html(html: str, doc: Document) -> Document:
    """The document with the visible text of the page's story, and what the page says of itself."""
    try:
        trafilatura = import_module("trafilatura")
    except ImportError:
        return replace(doc, problems=(*doc.problems, Problem("reading", NO_HTML)))
    try:
        text = trafilatura.extract(html, include_comments=False, include_tables=False)
        page = trafilatura.extract_metadata(html)
    except Exception as error:  # a broken page must not stop the others, however it breaks the parser
        message = f"The HTML could not be read ({type(error).__name__})."
        return replace(doc, problems=(*doc.problems, Problem("reading", message)))
    if not text:
        return replace(doc, problems=(*doc.problems, Problem("reading", "The page holds no story.")))
    title = doc.title or (page.title if page else None) or None
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n\n{text}"
    return replace(
        doc,
        text=text,
        title=title,
        outlet=doc.outlet or (page.sitename if page else None) or None,
        url=doc.url or (page.url if page else None) or None,
        published=doc.published or (page.date if page else None) or None,
    )
