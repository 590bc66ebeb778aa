"""One stream of bytes, whatever it holds, as documents."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import IO, cast

from legation.model import Document
from legation.reading import archives, detect, feeds, mail, objects, tables, text, warc

LOOK = 65_536  # bytes looked at to tell what a file is
LARGEST = 200_000_000  # bytes of a file that is read in one piece

_NOT_READ: dict[str, str] = {
    "empty": "The file is empty.",
    "binary": "The file is no text.",
    "pdf": "This is PDF, which is not read. Turn it into text first (pdftotext).",
    "opml": "This is OPML, a list of feeds. `legation watch` reads what they tell.",
    "packed": "This is bzip2, xz, zstd, 7z, RAR or tar, which are not read. Unpack it, or pack it as ZIP.",
    "office": "This is an office document. Save it as text first.",
    "xml": "This is XML, which is not read. Save its documents as JSONL with a field 'text' first.",
}
_LARGEST: dict[str, int] = {
    "html": text.LARGEST_PAGE,
    "feed": feeds.LARGEST_FEED,
    "jsonfeed": feeds.LARGEST_FEED,
    "mail": mail.LARGEST_LETTER,
}


def read_stream(stream: BufferedReader, name: str, depth: int = 0) -> Iterator[Document]:
    """Unpack what is packed, tell what the stream holds, and read it so.

    Raises OSError, EOFError or zlib.error where the stream breaks off.
    """
    head = peek(stream)
    if head.startswith(b"\x1f\x8b"):
        if depth >= archives.DEEPEST:
            yield text.problem(name, "Archives are packed into one another too deeply.")
            return
        packed = archives.Gunzip(cast(IO[bytes], stream))
        inside = archives.guarded(packed)
        if peek(inside) or packed.broken is None:
            yield from read_stream(inside, name, depth + 1)
        if packed.broken:
            yield text.problem(name, f"The file could not be read to its end: {packed.broken}.")
        return
    kind, encoding = detect.kind_of(head, name=name)
    if kind in _NOT_READ:
        yield text.problem(name, _NOT_READ[kind])
    elif kind == "zip":
        yield from archives.from_zip(cast(IO[bytes], stream), name, depth, read_stream)
    elif kind == "jsonl":
        yield from tables.from_jsonl(stream, encoding, name)
    elif kind == "warc":
        yield from warc.from_warc(stream, name)
    elif kind == "mbox":
        yield from mail.from_mbox(stream, name)
    elif kind == "parquet":
        yield from tables.from_parquet(archives.seekable(cast(IO[bytes], stream)), name)
    elif kind in ("csv", "tsv"):
        yield from tables.from_csv(stream, encoding, name, tab=kind == "tsv")
    else:
        largest = _LARGEST.get(kind, LARGEST)
        data = stream.read(largest + 1)
        if len(data) > largest:
            yield text.problem(name, f"The file is over {largest // 1_000_000} MB in one piece. Split it first.")
        else:
            yield from _read_whole(data, kind, encoding, name)


def peek(stream: BufferedReader) -> bytes:
    """The first bytes, without taking them; a buffer smaller than LOOK gives fewer."""
    return stream.peek(LOOK)[:LOOK]


def _read_whole(data: bytes, kind: detect.Kind, encoding: str, name: str) -> Iterator[Document]:
    if kind == "json":
        yield from objects.from_json(data, encoding, name)
    elif kind in ("feed", "jsonfeed"):
        yield from feeds.from_feed(data, name)
    elif kind == "mail":
        yield mail.from_mail(data, name)
    elif kind == "html":
        page, _ = detect.decode(data, detect.page_encoding(data) or encoding)
        yield text.from_html(page, Document(text="", id=name))
    else:
        # What was looked at can be plain ASCII and the rest not.
        better = detect.encoding_of(data) if encoding == "utf-8" else encoding
        if better is None:
            yield text.problem(name, _NOT_READ["binary"])
        else:
            yield text.from_text(data, better, name)
