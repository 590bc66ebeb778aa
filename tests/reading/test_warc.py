"""Web archives: each page a document, whatever the crawler kept of the transfer."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from legation.reading import read

STORY = "The army left the town on Monday and the mayor came back to his office, the ministry said."
PAGE = f"<html><head><title>T</title></head><body><article>{f'<p>{STORY}</p>' * 4}</article></body></html>"
HTML = "Content-Type: text/html"


def record(body: bytes, http: str = HTML, kind: str = "response", status: int = 200) -> bytes:
    answer = f"HTTP/1.1 {status} X\r\n{http}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:x>\r\n"
        f"WARC-Target-URI: https://example.org/a\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (body[:100], body[100:])) + b"0\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_documents_and_the_rest_is_left_out(tmp_path: Path, packed: bool) -> None:
    parts = [
        record(b"software: x", kind="warcinfo"),
        record(STORY.encode(), "Content-Type: text/plain"),
        record(b"\x89PNG", "Content-Type: image/png"),
        record(STORY.encode(), "Content-Type: text/plain", status=404),
    ]
    # Archives are one gzip member a record.
    (tmp_path / "a.warc").write_bytes(b"".join(gzip.compress(p) if packed else p for p in parts))
    (doc,) = read([str(tmp_path / "a.warc")])
    assert (doc.id, doc.text, doc.url) == ("<urn:x>", STORY, "https://example.org/a")


@pytest.mark.parametrize(
    ("body", "http"),
    [
        (PAGE.encode(), ""),
        (chunked(PAGE.encode()), "\r\nTransfer-Encoding: chunked"),
        (PAGE.encode(), "\r\nTransfer-Encoding: chunked"),
        (gzip.compress(PAGE.encode(), mtime=0), "\r\nContent-Encoding: gzip"),
    ],
)
def test_a_page_is_read_however_it_was_sent(tmp_path: Path, body: bytes, http: str) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "a").write_bytes(record(body, HTML + http))
    (doc,) = read([str(tmp_path / "a")])
    assert STORY in doc.text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "how long"),
        (record(gzip.compress(PAGE.encode(), mtime=0)[:40], HTML + "\r\nContent-Encoding: gzip"), "broken"),
        (record(b"\x00\x01\x02" * 40), "no text"),
        (record(b"x", "Content-Type: image/png"), "no page"),
    ],
)
def test_broken_records_say_so(tmp_path: Path, data: bytes, word: str) -> None:
    (tmp_path / "a").write_bytes(data)
    (doc,) = read([str(tmp_path / "a")])
    assert word in doc.problems[0].message
