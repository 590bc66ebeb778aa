"""Files, folders, globs and standard input as documents, one at a time.

Bad input never raises: it becomes a `Problem` on a document, and the others go on. Only a call
that can read nothing at all, or whose `published` is no date, is an error.
"""

from __future__ import annotations

import glob
import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

from legation.errors import BadDateError, InputPathError
from legation.model import Document, Problem
from legation.reading import detect, tables, text, warc

LOOK = 65_536  # bytes looked at to tell what a file is
LARGEST = 200_000_000  # bytes of a file that is read in one piece

_NOT_READ: dict[str, str] = {
    "empty": "The file is empty.",
    "binary": "The file is no text.",
    "pdf": "This is PDF, which is not read. Turn it into text first (pdftotext).",
    "zip": "This is a zip archive or an office document. Unpack it or save it as text first.",
    "feed": "This is a feed, which is not read. Save its items as JSONL with a field 'text' first.",
    "xml": "This is XML, which is not read. Save its documents as JSONL with a field 'text' first.",
}


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to read and the name its documents go by; without a path it is a problem to report."""

    name: str
    path: str | None  # "-" is standard input
    why: str = ""


def read(paths: Iterable[str], *, published: str | None = None) -> Iterator[Document]:
    """Every document under these paths, in order; `published` is for those without a date of their own.

    Raises `BadDateError` and `InputPathError` at once, not at the first document.
    """
    day: str | None = None
    if published is not None:
        day = tables.iso_date(published)
        if day is None:
            raise BadDateError(published)
    sources = [s for path in paths for s in _find(os.fspath(path))]
    if not any(s.path for s in sources):
        first = sources[0] if sources else _Source("(no path)", None, "nothing was given to read.")
        raise InputPathError(first.name, first.why)
    return _read_all(sources, day)


def _read_all(sources: list[_Source], published: str | None) -> Iterator[Document]:
    for source in sources:
        for doc in _read_source(source):
            yield _finish(doc, published)


def _finish(doc: Document, published: str | None) -> Document:
    """The document with its date and language."""
    doc = replace(doc, published=doc.published or published)
    if not doc.text:
        return doc
    lang = _normal_lang(doc.lang) if doc.lang else detect.language_of(doc.text)
    doc = replace(doc, lang=lang)
    if lang and lang != "en":
        message = f"Language is {lang}; only English is coded."
        doc = replace(doc, problems=(*doc.problems, Problem("reading", message)))
    return doc


def _normal_lang(lang: str) -> str:
    """"en-GB", "eng" and "English" are all en."""
    short = lang.strip().lower().replace("_", "-").split("-")[0]
    return "en" if short in ("eng", "english") else short


def _find(path: str) -> Iterator[_Source]:
    """The files a path stands for; a path that stands for none is a source with a reason."""
    if path == "-":
        yield _Source("-", "-")
    elif os.path.isdir(path):
        yield from _find_in_folder(path)
    elif os.path.lexists(path):
        yield _checked(path, Path(path).name)
    elif glob.has_magic(path):
        found = sorted(glob.glob(path, recursive=True))
        for each in found:
            yield from _find(each)
        if not found:
            yield _Source(path, None, "no file matches.")
    else:
        yield _Source(path, None, "there is no such file or folder.")


def _find_in_folder(folder: str) -> Iterator[_Source]:
    """Every file below, in the order of the names; hidden ones are left out."""
    failed: list[OSError] = []
    empty = True
    for here, folders, files in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(f for f in files if not f.startswith(".")):
            empty = False
            path = os.path.join(here, name)
            yield _checked(path, Path(path).relative_to(folder).as_posix())
        while failed:
            yield _Source(str(failed.pop(0).filename), None, "the folder may not be read.")
    for error in failed:
        yield _Source(str(error.filename or folder), None, "the folder may not be read.")
    if empty and not failed:
        yield _Source(folder, None, "the folder holds no files.")


def _checked(path: str, name: str) -> _Source:
    if not os.path.exists(path):
        return _Source(path, None, "the link leads nowhere.")
    if not os.access(path, os.R_OK):
        return _Source(path, None, "the file may not be read.")
    return _Source(name, path)


def _read_source(source: _Source) -> Iterator[Document]:
    """The documents of one file, whatever it holds."""
    if source.path is None:
        yield text.problem(source.name, source.why[:1].upper() + source.why[1:])
        return
    try:
        if source.path == "-":
            yield from _read_stdin()
        else:
            with open(source.path, "rb", buffering=LOOK) as stream:
                yield from _read_stream(cast(BufferedReader, stream), source.name)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield text.problem(source.name, f"The file could not be read to its end: {why}.")


def _read_stdin() -> Iterator[Document]:
    """Standard input, which stays open: it is not ours to close."""
    given = sys.stdin.buffer
    stream = given if isinstance(given, BufferedReader) else BufferedReader(cast(RawIOBase, given), LOOK)
    try:
        yield from _read_stream(stream, "-")
    finally:
        if stream is not given:
            stream.detach()


def _read_stream(stream: BufferedReader, name: str) -> Iterator[Document]:
    """Unpack gzip, tell what the stream holds, and read it so."""
    head = _peek(stream)
    if head.startswith(b"\x1f\x8b"):
        stream = BufferedReader(cast(RawIOBase, gzip.GzipFile(fileobj=stream)), LOOK)
        head = _peek(stream)
    kind, encoding = detect.kind_of(head, name=name)
    if kind in _NOT_READ:
        yield text.problem(name, _NOT_READ[kind])
    elif kind == "jsonl":
        yield from tables.from_jsonl(stream, encoding, name)
    elif kind == "warc":
        yield from warc.from_warc(stream, name)
    elif kind in ("csv", "tsv"):
        yield from tables.from_csv(stream, encoding, name, tab=kind == "tsv")
    else:
        yield from _read_whole(stream.read(LARGEST + 1), kind, encoding, name)


def _peek(stream: BufferedReader) -> bytes:
    """The first bytes, without taking them; a buffer smaller than LOOK gives fewer."""
    return stream.peek(LOOK)[:LOOK]


def _read_whole(data: bytes, kind: detect.Kind, encoding: str, name: str) -> Iterator[Document]:
    if len(data) > LARGEST:
        yield text.problem(name, "The file is over 200 MB and no JSONL or CSV. Split it first.")
    elif kind == "json":
        yield from tables.from_json(data, encoding, name)
    elif kind == "parquet":
        yield from tables.from_parquet(data, name)
    elif kind == "html":
        page, _ = detect.decode(data, encoding)
        yield text.from_html(page, Document(text="", id=name))
    else:
        # What was looked at can be plain ASCII and the rest not.
        better = detect.encoding_of(data) if encoding == "utf-8" else encoding
        if better is None:
            yield text.problem(name, _NOT_READ["binary"])
        else:
            yield text.from_text(data, better, name)
