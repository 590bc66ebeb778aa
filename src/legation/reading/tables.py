"""One row, one document: JSONL, CSV, TSV and Parquet, read row by row."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from typing import IO, Any

from legation.model import Document, Problem
from legation.reading import detect
from legation.reading.moments import moment
from legation.reading.text import from_fragment, from_html, problem

NO_PARQUET = "This is Parquet, which needs pyarrow. Install it with: pip install 'legation[parquet]'"
_NAMES = {
    "text": ("text", "body", "content"),
    "id": ("id", "doc_id", "document_id"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date"),
    "url": ("url", "link"),
    "outlet": ("outlet", "source", "publisher"),
    "lang": ("lang", "language"),
}
_YEARS = range(1500, 2200)
_LONE_RETURN = re.compile(r"(?<=\r)(?!\n)")
_DEEPEST = 3  # objects around a list of rows: {"response": {"docs": [...]}}
_QUOTATION = re.compile(r'"[^"]+"[^"]')  # what stands in quotes is not all of the cell
_MARKUP = re.compile(
    r"\s*<(?:!doctype|html|body|article|section|div|p|h[1-6]|ul|ol|table|figure|span|br)\b[^<>]*>", re.IGNORECASE
)
_KNOWN = frozenset(name for names in _NAMES.values() for name in names) | {"html"}


def iso_date(value: str) -> str | None:
    """The date or time in ISO form, or None if it is none that a report can be of: programs write year 1 for none."""
    value = value.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{8}", value):
            told = date.fromisoformat(value)
        elif len(value) > 10:
            told = datetime.fromisoformat(value)
        else:
            return None
    except ValueError:
        return None
    return told.isoformat() if told.year in _YEARS else None


def _text_of(value: object) -> str | None:
    """What a cell says; blank cells say nothing."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str)


def from_row(row: Mapping[str, Any], place: str) -> Document:
    """The document in a row; `place` ("news.jsonl:3") is its id if the row has none."""
    cells = {str(k).strip().lower(): v for k, v in row.items() if k is not None}

    def cell(name: str) -> str | None:
        return next((t for n in _NAMES[name] if (t := _text_of(cells.get(n))) is not None), None)

    problems: list[Problem] = []
    given = cell("published")
    published = iso_date(given) or moment(given) if given else None
    if given and published is None:
        problems.append(Problem("reading", f"'{given}' is not a date; the document has none."))
    doc = Document(
        # A number or a list in the place of the text is none.
        text=next((t for n in _NAMES["text"] if isinstance(t := cells.get(n), str) and t.strip()), ""),
        id=cell("id") or place,
        title=cell("title"),
        outlet=cell("outlet"),
        url=cell("url"),
        published=published,
        lang=cell("lang"),
        problems=tuple(problems),
        meta=tuple(
            (k, t) for k, v in cells.items() if k not in _KNOWN and (t := _text_of(v)) is not None
        ),
    )
    if "\ufffd" in doc.text:
        lost = Problem("reading", "Some characters could not be read; each is replaced by a mark.")
        doc = replace(doc, problems=(*doc.problems, lost))
    html = _text_of(cells.get("html"))
    if _MARKUP.match(doc.text) and "</" in doc.text:
        doc = _from_markup(doc.text, replace(doc, text=""))
    elif not doc.text and html:
        doc = from_html(html, doc)
    elif not doc.text:
        doc = replace(doc, problems=(*doc.problems, Problem("reading", "The row has no text.")))
    return doc


def _from_markup(markup: str, doc: Document) -> Document:
    """The document in a cell that holds a page, or a piece of one."""
    page = re.search(r"<(?:html|body|article)\b", markup, re.IGNORECASE)
    found = from_html(markup, doc) if page else from_fragment(markup, doc)
    return found if found.text else replace(doc, text=markup)


def lines_of(stream: IO[bytes], encoding: str) -> Iterator[str]:
    """The lines in order; a line in another encoding than the first ones is still read.

    Old Macs ended lines with a return alone; files that were put together have a byte order mark at each seam.
    """
    if encoding.startswith(("utf-16", "utf-32")):
        yield from io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
        return
    for number, raw in enumerate(stream):
        try:
            line = raw.decode(encoding if number == 0 else encoding.removesuffix("-sig"))
        except UnicodeDecodeError:
            line = raw.decode("utf-8" if detect.is_damaged_utf8(raw) else "cp1252", errors="replace")
        line = line.removeprefix("\ufeff")
        if "\r" in line[:-2]:
            yield from _LONE_RETURN.split(line)
        else:
            yield line


def rows_within(found: Any, depth: int = 0) -> list[Any] | None:
    """The first list of objects with texts in an object that has none itself."""
    if not isinstance(found, dict) or depth > _DEEPEST or _is_row(found):
        return None
    for value in found.values():
        if isinstance(value, list) and any(isinstance(each, dict) and _is_row(each) for each in value):
            return value
    return next((rows for value in found.values() if (rows := rows_within(value, depth + 1)) is not None), None)


def _is_row(found: dict[str, Any]) -> bool:
    return any(str(key).strip().lower() in detect.TEXT_COLUMNS and isinstance(v, str) for key, v in found.items())


def from_jsonl(stream: IO[bytes], encoding: str, name: str) -> Iterator[Document]:
    """A document a line; a broken line is a document with a problem."""
    for number, line in enumerate(lines_of(stream, encoding), 1):
        line = line.replace("\x00", "").lstrip("\x1e")  # RFC 7464 begins each with this mark
        if not line.strip():
            continue
        place = f"{name}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield problem(place, f"Line {number} is not JSON: {error}.")
            continue
        rows = rows_within(row)
        if rows is not None:
            found = (r for r in rows if isinstance(r, dict))
            yield from (from_row(r, f"{place}:{n}") for n, r in enumerate(found, 1))
        elif isinstance(row, dict):
            yield from_row(row, place)
        else:
            yield problem(place, f"Line {number} is JSON but no object with a text.")


def from_csv(stream: IO[bytes], encoding: str, name: str, *, tab: bool) -> Iterator[Document]:
    """A document a row; the first row names the columns."""
    lines = lines_of(stream, encoding)
    first = next(lines, "")
    delimiter = "\t" if tab else max(",;|", key=first.count)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    rest = map(_with_quotes_kept, lines) if tab else lines
    reader = csv.DictReader(_without_nul([first], rest), delimiter=delimiter)
    columns = [str(c).strip().lower() for c in reader.fieldnames or ()]
    if not any(c in detect.TEXT_COLUMNS for c in columns):
        shown = ", ".join(c if len(c) <= 30 else f"{c[:27]}..." for c in columns[:10])
        yield problem(name, f"There is no column 'text'. The first row must name the columns; it holds: {shown}.")
        return
    number = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield problem(f"{name}:{reader.line_num}", f"Row {number} cannot be read: {error}.")
            continue
        number += 1
        yield from_row(row, f"{name}:{number}")


def _with_quotes_kept(line: str) -> str:
    """The line so that a cell that only begins with a quotation keeps its marks: "Go," he said."""
    if '"' not in line:
        return line
    body = line.rstrip("\r\n")
    cells = body.split("\t")
    kept = ['"' + c.replace('"', '""') + '"' if _QUOTATION.match(c) else c for c in cells]
    return "\t".join(kept) + line[len(body) :]


def _without_nul(*parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        for line in part:
            yield line.replace("\x00", "")


def _open_parquet(parquet: Any, file: IO[bytes]) -> Any:
    # Column pages are fetched as they are needed: a row group may be larger than memory.
    return parquet.ParquetFile(file, pre_buffer=False, buffer_size=1 << 20)


def from_parquet(file: IO[bytes], name: str) -> Iterator[Document]:
    """A document a row, if pyarrow is installed."""
    try:
        parquet = import_module("pyarrow.parquet")
    except ImportError:
        yield problem(name, NO_PARQUET)
        return
    number = 0
    try:
        for batch in _open_parquet(parquet, file).iter_batches(batch_size=256):
            for row in batch.to_pylist():
                number += 1
                yield from_row(row, f"{name}:{number}")
    except Exception as error:  # pyarrow's errors have no common base that could be named without it
        yield problem(name, f"The Parquet file is broken after row {number} ({type(error).__name__}).")
