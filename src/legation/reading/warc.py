"""Web archives (WARC, ISO 28500): every page in one is a document.

The records' frame is read here, in forty lines: fastwarc, faster on files, panics on streams that cannot seek
(tried with 2.0.1), and ours come out of gzip, ZIP and standard input as often as not.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader

from legation.model import Document, Problem
from legation.reading import detect
from legation.reading.text import LARGEST_PAGE, from_html, problem


def from_warc(stream: BufferedReader, name: str) -> Iterator[Document]:
    """A document for each HTML or plain-text answer; its id is the record's, its address `url`."""
    number, found = 0, False
    while True:
        head = _headers(stream)
        if head is None:
            break
        number += 1
        place = f"{name}:{number}"
        length = head.get("content-length", "")
        if not length.isdigit():
            yield problem(place, f"Record {number} does not say how long it is; the rest is not read.")
            return
        if int(length) > LARGEST_PAGE:
            _skip(stream, int(length))
            continue
        body = stream.read(int(length))
        kind = head.get("warc-type")
        if kind in ("response", "conversion"):
            doc = _page(body, head, place) if kind == "response" else _conversion(body, head, place)
            if doc is not None:
                found = True
                yield doc
    if not found:
        yield problem(name, "The archive holds no page of text.")


def _headers(stream: BufferedReader) -> dict[str, str] | None:
    """The next record's header fields, or None at the end."""
    line = stream.readline()
    while line and not line.strip():
        line = stream.readline()
    if not line:
        return None
    fields: dict[str, str] = {}
    while line.strip():
        key, colon, value = line.decode("utf-8", errors="replace").partition(":")
        if colon:
            fields[key.strip().lower()] = value.strip()
        line = stream.readline()
    return fields


def _skip(stream: BufferedReader, length: int) -> None:
    while length > 0 and (part := stream.read(min(length, 1_000_000))):
        length -= len(part)


def _page(body: bytes, record: dict[str, str], place: str) -> Document | None:
    """The page in an HTTP answer; None for pictures, redirects and the like."""
    top, _, payload = body.partition(b"\r\n\r\n")
    status, *lines = top.decode("latin-1").split("\r\n")
    http = {k.strip().lower(): v.strip() for k, _, v in (x.partition(":") for x in lines)}
    kind = http.get("content-type", "").lower()
    if " 200" not in status or not ("html" in kind or kind.startswith("text/plain")):
        return None
    doc = Document(text="", id=record.get("warc-record-id", place), url=record.get("warc-target-uri"))
    try:
        data, whole = _unpacked(payload, http)
    except (OSError, EOFError, ValueError, zlib.error):
        return replace(problem(doc.id, "The page's content is broken."), url=doc.url)
    if len(data) > LARGEST_PAGE:
        return replace(problem(doc.id, "The page is over 20 MB."), url=doc.url)
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", kind)
    encoding = detect.page_encoding(data, declared=charset[1] if charset else None)
    if encoding is None:
        return replace(problem(doc.id, "The page is no text."), url=doc.url)
    text, _ = detect.decode(data, encoding)
    if not whole:
        told = Problem("reading", "The page breaks off; what came of it is read.")
        doc = replace(doc, problems=(*doc.problems, told))
    return from_html(text, doc) if "html" in kind else replace(doc, text=text)


def _conversion(body: bytes, record: dict[str, str], place: str) -> Document | None:
    """The text that a crawler's owner took out of a page (WET files)."""
    if not record.get("content-type", "text/plain").startswith("text/plain") or not body.strip():
        return None
    text, _ = detect.decode(body, detect.encoding_of(body) or "utf-8")
    return Document(text=text, id=record.get("warc-record-id", place), url=record.get("warc-target-uri"))


def _unpacked(payload: bytes, http: dict[str, str]) -> tuple[bytes, bool]:
    """The payload without chunks and compression, if the crawler kept them, and whether it is whole."""
    whole = True
    if http.get("transfer-encoding", "").lower() == "chunked" and _is_chunk(payload):
        payload, whole = _joined(payload)
    packing = http.get("content-encoding", "").lower()
    if packing in ("gzip", "x-gzip") and payload.startswith(b"\x1f\x8b"):
        return inflated(payload, zlib.MAX_WBITS | 16), whole
    if packing == "deflate" and payload[:1] == b"\x78":
        return inflated(payload, zlib.MAX_WBITS), whole
    return payload, whole


def _joined(payload: bytes) -> tuple[bytes, bool]:
    """The chunks as one, as far as they go, and whether the last came."""
    parts: list[bytes] = []
    while payload:
        size, _, payload = payload.partition(b"\r\n")
        if not re.match(rb"\s*[0-9a-fA-F]+", size):
            break
        length = int(size.split(b";")[0], 16)
        if length == 0:
            return b"".join(parts), True
        parts.append(payload[:length])
        payload = payload[length + 2 :]
    return b"".join(parts), False


def inflated(payload: bytes, bits: int) -> bytes:
    """What was packed, up to a little more than the largest page; raises EOFError where it breaks off."""
    unpacker = zlib.decompressobj(bits)
    out = unpacker.decompress(payload, LARGEST_PAGE + 1)
    if len(out) <= LARGEST_PAGE and not unpacker.eof:
        raise EOFError("the packed page breaks off")
    return out


def _is_chunk(payload: bytes) -> bool:
    try:
        return int(payload[:12].partition(b"\r\n")[0].split(b";")[0], 16) >= 0
    except ValueError:
        return False
