"""The files that the runs of scale.py read: a folder of JSONL, a WARC of pages, a ZIP of mixed kinds."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

import corpora

from legation.model import Document

_IN_A_MEMBER = 25  # documents of the ZIP's own JSONL files


def write_jsonl(folder: Path, documents: int, files: int, corpus: str = "varied") -> None:
    """So many documents of a corpus, in order, in so many files whose names sort like them."""
    folder.mkdir()
    told = corpora.CORPORA[corpus]()
    for number in range(files):
        share = documents * (number + 1) // files - documents * number // files
        lines = (_line(doc) for doc in islice(told, share))
        (folder / f"part-{number:04}.jsonl").write_text("".join(lines), encoding="utf-8")


def write_warc(path: Path, pages: int) -> None:
    """A WARC of so many pages of HTML with a menu, an article and a foot, each of them different."""
    with path.open("wb") as file:
        for number, doc in enumerate(islice(corpora.mixed(), pages)):
            file.write(_record(number, _page(doc, number)))


def write_zip(path: Path, documents: int) -> None:
    """A ZIP in which text, HTML, mail, JSONL, JSONL in gzip and a WARC come by turns, until there are so many."""
    docs = islice(corpora.mixed(), documents)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, body) in enumerate(_members(docs)):
            archive.writestr(f"{number:04}-{name}", body)


def _members(docs: Iterator[Document]) -> Iterator[tuple[str, bytes]]:
    for number, doc in enumerate(docs):
        kind = number % 6
        some = [doc, *islice(docs, _IN_A_MEMBER - 1)] if kind >= 3 else [doc]
        if kind == 0:
            yield "report.txt", doc.text.encode()
        elif kind == 1:
            yield "page.html", _page(doc, number)
        elif kind == 2:
            yield "letter.eml", _mail(doc, number)
        elif kind == 3:
            yield "reports.jsonl", _lines(some)
        elif kind == 4:
            yield "reports.jsonl.gz", gzip.compress(_lines(some), mtime=0)
        else:
            yield "crawl.warc", b"".join(_record(n, _page(one, n)) for n, one in enumerate(some))


def _lines(docs: Iterable[Document]) -> bytes:
    return "".join(_line(doc) for doc in docs).encode()


def _line(doc: Document) -> str:
    given = {"id": doc.id, "text": doc.text, "title": doc.title, "published": doc.published, "lang": doc.lang}
    return json.dumps({name: value for name, value in given.items() if value}) + "\n"


def _page(doc: Document, number: int) -> bytes:
    title = html.escape(doc.title or f"Report {number}")
    told = "".join(f"<p>{html.escape(part)}</p>\n" for part in doc.text.split("\n\n") if part.strip())
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="article:published_time" content="{doc.published or "2021-07-09"}">\n'
        f'</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>\n'
        f"<article><h1>{title}</h1>\n{told}</article>\n<footer>All rights reserved.</footer></body></html>\n"
    )
    return page.encode()


def _mail(doc: Document, number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Desk <desk@example.org>", "readers@example.org"
    mail["Subject"] = doc.title or f"Report {number}"
    mail["Date"] = "Fri, 09 Jul 2021 10:00:00 +0000"
    mail["Message-ID"] = f"<{number}@example.org>"
    mail.set_content(doc.text)
    return mail.as_bytes()


def _record(number: int, page: bytes) -> bytes:
    """A response of a WARC as a crawler keeps it."""
    body = io.BytesIO()
    body.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"WARC-Date: 2021-07-09T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {body.tell()}\r\n\r\n"
    )
    return head.encode() + body.getvalue() + b"\r\n\r\n"
