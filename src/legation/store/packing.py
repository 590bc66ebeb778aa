"""Records as bytes and back: the JSON of the frozen dataclasses, compressed. No pickles, nothing that runs.

A body begins with a byte that says how it is packed, so that later versions can pack better and still read this.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from legation.model import Document, Event
from legation.record import Dispute, Join

T = TypeVar("T")
_ZLIB = b"z"
# Level 1: an event of 2,000 bytes in 30 microseconds to a third; level 6 takes twice the time for a twentieth less.
_LEVEL = 1
_UNWRITABLE = {0: "\ufffd", **dict.fromkeys(range(55296, 57344), "�")}


@dataclass(frozen=True, slots=True)
class Reading:
    """What several reports say together: a merged event without its reports, which have rows of their own."""

    event: Event
    joins: tuple[Join, ...] = ()
    disputes: tuple[Dispute, ...] = ()


def pack(record: Any) -> bytes:
    """The record as compressed JSON."""
    try:
        plain = msgspec.json.encode(record)
    except UnicodeEncodeError:  # half a pair in a field that `writable` does not look at
        plain = msgspec.json.encode(_cleaned(msgspec.to_builtins(record)))
    return _ZLIB + zlib.compress(plain, _LEVEL)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_UNWRITABLE)
    if isinstance(value, dict):
        return {name: _cleaned(v) for name, v in value.items()}
    return [_cleaned(v) for v in value] if isinstance(value, (list, tuple)) else value


def unpack(body: bytes, kind: type[T]) -> T:
    """The record that was packed."""
    return _decoder(kind).decode(unpacked(body))  # type: ignore[no-any-return]


@lru_cache(maxsize=8192)
def unpack_event(body: bytes) -> Event:
    """The event of a body. The events of the days that are being added are read again and again."""
    return unpack(body, Event)


def unpacked(body: bytes) -> bytes:
    """The JSON of a body."""
    return zlib.decompress(memoryview(body)[1:])


_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


def _decoder(kind: type) -> msgspec.json.Decoder[Any]:
    found = _decoders.get(kind)
    if found is None:
        found = _decoders[kind] = msgspec.json.Decoder(kind)
    return found


def writable(doc: Document) -> Document:
    """The document with a mark for each character that no database holds: NUL and halves of a pair.

    One character for one, so that every offset stays true.
    """

    def clean(value: str | None) -> str | None:
        if value is None or (value.isprintable() and value.isascii()):
            return value
        return value.translate(_UNWRITABLE)

    text = doc.text
    if "\0" in text or not _encodes(text):
        text = text.translate(_UNWRITABLE)
    fields = {name: clean(getattr(doc, name)) for name in ("title", "outlet", "url", "published", "lang")}
    changed: dict[str, Any] = {name: value for name, value in fields.items() if value != getattr(doc, name)}
    doc_id = clean(doc.id) or ""
    if changed or text is not doc.text or doc_id != doc.id:
        doc = replace(doc, text=text, id=doc_id, **changed)
    if any(not _encodes(part) for pair in doc.meta for part in pair):
        doc = replace(doc, meta=tuple((str(clean(name)), str(clean(value))) for name, value in doc.meta))
    return doc


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def document_body(doc: Document) -> bytes:
    """The document without its text, which has a table of its own, its events, which have too, and its tokens."""
    light = replace(
        doc,
        text="",
        title=None,
        events=(),
        clauses=(),
        event_mentions=(),
        pledges=(),
        sentences=tuple(replace(s, tokens=()) if s.tokens else s for s in doc.sentences),
    )
    return pack(light)


def whole_body(doc: Document) -> bytes:
    """The document as one body, for a version that is no longer the record."""
    return pack(replace(doc, clauses=(), sentences=tuple(replace(s, tokens=()) for s in doc.sentences)))


def whole_document(body: bytes, title: str, text: str, events: tuple[Event, ...], pledges: Any) -> Document:
    """The document put together again. `event_mentions` are those that an event holds."""
    light = unpack(body, Document)
    mentions = sorted((m for event in events for m in event.mentions), key=lambda m: (m.sentence, m.anchor))
    return replace(
        light, text=text, title=title or None, events=events, pledges=pledges, event_mentions=tuple(mentions)
    )


def content_digest(doc: Document) -> str:
    """What makes two documents the same one: text, title, outlet, address and date, but not who coded it."""
    parts = [doc.text, doc.title or "", doc.outlet or "", doc.url or "", doc.published or ""]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def coder_digest(about: Any) -> tuple[str, str]:
    """The digest of a coder's account of itself, and the account as JSON."""
    text = json.dumps(dict(about), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest(), text


def report_id(document: str, event: str) -> str:
    """The id of a document's telling of an event."""
    return hashlib.sha256(f"{document}\x1f{event}".encode()).hexdigest()[:16]

