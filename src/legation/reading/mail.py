"""Letters (EML, mbox): newsletters and alerts, each a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import IO, Any

from legation.model import Document, Problem, Span
from legation.reading import detect
from legation.reading.moments import moment
from legation.reading.text import from_fragment, problem, repaired

LARGEST_LETTER = 30_000_000  # bytes, with what is attached
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED = re.compile(r"^>.*(?:\r?\n>.*)*", re.MULTILINE)
_FROM = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +\d")


def from_mbox(stream: IO[bytes], name: str) -> Iterator[Document]:
    """A document a letter, read one at a time."""
    parts: list[bytes] = []
    number, size, blank = 0, 0, True
    for line in stream:
        if blank and _FROM.match(line):
            if parts:
                number += 1
                yield _letter(parts, size, f"{name}:{number}")
            parts, size = [], 0
        elif size <= LARGEST_LETTER:
            # Lines that would look like the start of a letter were written with a mark before them.
            parts.append(line[1:] if re.match(rb">+From ", line) else line)
            size += len(line)
        blank = not line.strip()
    if parts:
        yield _letter(parts, size, f"{name}:{number + 1}")


def _letter(parts: list[bytes], size: int, place: str) -> Document:
    if size > LARGEST_LETTER:
        return problem(place, "The letter is over 30 MB.")
    return from_mail(b"".join(parts), place)


def from_mail(data: bytes, place: str) -> Document:
    """The letter's visible text under its subject; signature and quoted letters are furniture."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        doc = _described(message, place)
        html, plain = (_body(message, kind) for kind in ("html", "plain"))
        if not (html + plain).strip():
            html, plain = _forwarded(message)
    except Exception as error:  # headers of the wild break the standard library's parser in many ways
        return problem(place, f"The letter could not be read ({type(error).__name__}).")
    if html.strip():
        doc = from_fragment(html, doc)
    if not doc.text and plain.strip():
        text = repaired(plain.replace("\r\n", "\n")).strip("\n")
        head = f"{doc.title}\n\n" if doc.title and doc.title not in text[:500] else ""
        doc = replace(doc, text=head + text, furniture=_no_story(head + text))
    if not doc.text:
        return replace(doc, problems=(*doc.problems, Problem("reading", "The letter has no text.")))
    return replace(doc, lang=detect.language_of(doc.text))


def _described(message: Any, place: str) -> Document:
    def header(name: str) -> str:
        told = str(message.get(name, ""))
        if "\ufffd" in told:
            told = _raw_header(message, name)
        return repaired(" ".join(told.split()))

    sender, address = parseaddr(header("From"))
    link = header("Archived-At").strip("<>")
    return Document(
        text="",
        id=header("Message-ID").strip("<>") or place,
        title=header("Subject") or None,
        outlet=sender or address.rpartition("@")[2] or None,
        url=link if link.startswith(("http://", "https://")) else None,
        published=moment(header("Date")),
        meta=(("sender", address),) if address else (),
    )


def _raw_header(message: Any, name: str) -> str:
    """A header that was written in bytes of some encoding, which is not allowed and common."""
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name.lower()), "")
    data = raw.encode("utf-8", "surrogateescape")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _body(message: Any, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    encoding = detect.page_encoding(data, declared=part.get_content_charset())
    return detect.decode(data, encoding or "utf-8")[0]


def _forwarded(message: Any) -> tuple[str, str]:
    """The bodies of the letter that a letter without words of its own has in it."""
    inner = next((part for part in message.walk() if part.get_content_type() == "message/rfc822"), None)
    letter = inner.get_payload(0) if inner is not None and inner.is_multipart() else None
    return (_body(letter, "html"), _body(letter, "plain")) if letter is not None else ("", "")


def _no_story(text: str) -> tuple[Span, ...]:
    end = hit.start() if (hit := _SIGNATURE.search(text)) else len(text)
    spans = [Span(q.start(), q.end()) for q in _QUOTED.finditer(text, 0, end)]
    return (*spans, *([Span(end, len(text.rstrip()))] if hit else []))
