"""Files, folders, globs and standard input as documents, one at a time.

Bad input never raises: it becomes a `Problem` on a document, and the others go on. Only a call
that can read nothing at all, or whose `published` is no date, is an error.
"""

from __future__ import annotations

import glob
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

from legation.errors import BadDateError, InputPathError
from legation.model import Document, Problem
from legation.reading import detect, tables, text
from legation.reading.streams import LOOK, read_stream

# Curly quotes and dashes of UTF-8 read as Windows-1252. In plain text they stay: its offsets are the reader's.
_MOJIBAKE = re.compile(r"â€(?:™|œ|\x9d|“|”|˜)")


@dataclass(frozen=True, slots=True)
class Source:
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
    return _read_all(sources(paths), day)


def sources(paths: Iterable[str]) -> list[Source]:
    """Every file under these paths, in order, without reading any; raises `InputPathError` where there is none."""
    found = [s for path in paths for s in _found(os.fspath(path))]
    if not any(s.path for s in found):
        first = found[0] if found else Source("(no path)", None, "nothing was given to read.")
        raise InputPathError(first.name, first.why)
    return found


def _read_all(found: Iterable[Source], published: str | None) -> Iterator[Document]:
    for source in found:
        for doc in read_source(source):
            yield finish(doc, published)


def finish(doc: Document, published: str | None) -> Document:
    """The document with its date and language."""
    doc = replace(doc, published=doc.published or published)
    if not doc.text:
        return doc
    lang = _normal_lang(doc.lang) if doc.lang else detect.language_of(doc.text)
    doc = replace(doc, lang=lang)
    if lang and lang != "en":
        und = "Language is not known, and it is not written as English is"
        told = und if lang == "und" else f"Language is {lang}"
        message = f"{told}; only English is coded."
        doc = replace(doc, problems=(*doc.problems, Problem("reading", message)))
    elif _MOJIBAKE.search(doc.text):
        message = "The text was decoded wrongly before it came here ('â€™' for an apostrophe); it is kept as given."
        doc = replace(doc, problems=(*doc.problems, Problem("reading", message)))
    return doc


def _normal_lang(lang: str) -> str:
    """"en-GB", "eng" and "English" are all en."""
    short = lang.strip().lower().replace("_", "-").split("-")[0]
    return "en" if short in ("eng", "english") else short


def _found(path: str) -> Iterator[Source]:
    """The files a path stands for; a path that stands for none is a source with a reason."""
    if path == "-":
        yield Source("-", "-")
    elif os.path.isdir(path):
        yield from _find_in_folder(path)
    elif os.path.lexists(path):
        yield _checked(path, Path(path).name)
    elif glob.has_magic(path):
        found = sorted(glob.glob(path, recursive=True))
        for each in found:
            yield from _found(each)
        if not found:
            yield Source(path, None, "no file matches.")
    else:
        yield Source(path, None, "there is no such file or folder.")


def _find_in_folder(folder: str) -> Iterator[Source]:
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
            yield Source(str(failed.pop(0).filename), None, "the folder may not be read.")
    for error in failed:
        yield Source(str(error.filename or folder), None, "the folder may not be read.")
    if empty and not failed:
        yield Source(folder, None, "the folder holds no files.")


def _checked(path: str, name: str) -> Source:
    if not os.path.exists(path):
        return Source(path, None, "the link leads nowhere.")
    if not os.access(path, os.R_OK):
        return Source(path, None, "the file may not be read.")
    return Source(name, path)


def read_source(source: Source) -> Iterator[Document]:
    """The documents of one file, whatever it holds."""
    if source.path is None:
        yield text.problem(source.name, source.why[:1].upper() + source.why[1:])
        return
    try:
        if source.path == "-":
            yield from _read_stdin()
        else:
            with open(source.path, "rb", buffering=LOOK) as stream:
                yield from read_stream(cast(BufferedReader, stream), source.name)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield text.problem(source.name, f"The file could not be read to its end: {why}.")


def _read_stdin() -> Iterator[Document]:
    """Standard input, which stays open: it is not ours to close."""
    given = sys.stdin.buffer
    stream = given if isinstance(given, BufferedReader) else BufferedReader(cast(RawIOBase, given), LOOK)
    try:
        yield from read_stream(stream, "-")
    finally:
        if stream is not given:
            stream.detach()
