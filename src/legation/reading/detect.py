"""What a file holds, in which encoding and which language: told from the bytes, not from the name."""

from __future__ import annotations

import codecs
import json
import re
from functools import cache
from typing import Any, Literal

import charset_normalizer
from py3langid.langid import MODEL_FILE, LanguageIdentifier

Kind = Literal[
    "text", "jsonl", "json", "csv", "tsv", "html", "feed", "xml",
    "warc", "parquet", "pdf", "zip", "binary", "empty",
]
TEXT_COLUMNS = ("text", "html", "body", "content")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def encoding_of(head: bytes) -> str | None:
    """The encoding of a text that begins so; None if the bytes are no text."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if b"\x00" in head:
        return _utf16_without_bom(head)
    try:
        # A character cut off at the end of `head` is no error.
        codecs.getincrementaldecoder("utf-8")().decode(head)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if is_damaged_utf8(head):
        return "utf-8"
    high = sum(b > 127 for b in head)
    letters = sum(chr(b).isalpha() for b in head if b < 128)
    # A few accents and curly quotes in Latin letters are too little to tell the encoding from.
    if high * 12 < letters:
        return "cp1252"
    best = charset_normalizer.from_bytes(head[:100_000]).best()
    return best.encoding if best else None


def is_damaged_utf8(data: bytes) -> bool:
    """Whether these bytes are UTF-8 in which a few characters were broken, and no other encoding.

    Accents in a legacy encoding hardly ever make whole UTF-8 characters by chance.
    """
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return whole > 2 * broken


def _utf16_without_bom(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def decode(data: bytes, encoding: str) -> tuple[str, bool]:
    """The text, and whether bytes that are no character had to be replaced."""
    try:
        return data.decode(encoding), False
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), True


def kind_of(head: bytes, *, name: str = "") -> tuple[Kind, str]:
    """What a stream that begins so holds, and its encoding; the name only decides what bytes leave open."""
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return "empty", "utf-8"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind, "utf-8"
    encoding = encoding_of(head)
    if encoding is None:
        return "binary", "utf-8"
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if len(_CONTROL.findall(text)) * 50 > len(text):
        return "binary", encoding
    return _kind_of_text(text, name.lower().removesuffix(".gz")), encoding


def _kind_of_text(text: str, name: str) -> Kind:
    if text.startswith("<"):
        start = text[:2000]
        if _FEED.search(start):
            return "feed"
        if _HTML.search(start):
            return "html"
        return "xml" if text.startswith("<?xml") else "text"
    if text.startswith("{") or name.endswith((".jsonl", ".ndjson")):
        if name.endswith((".jsonl", ".ndjson")) or any(_is_object(x) for x in text.splitlines()[:5]):
            return "jsonl"
        # One object over several lines, or one line longer than what was looked at.
        return "json" if re.match(r'\{\s*"', text) else "text"
    if re.match(r"\[\s*\{\s*\"", text):
        return "json"
    first = text.splitlines()[0]
    kinds: tuple[tuple[str, Kind], ...] = (("\t", "tsv"), (",", "csv"), (";", "csv"))
    for delimiter, kind in kinds:
        cells = [c.strip().strip('"').lower() for c in first.split(delimiter)]
        if len(cells) > 1 and any(c in TEXT_COLUMNS for c in cells) and len(first) < 2000:
            return kind
    if name.endswith(".csv"):
        return "csv"
    return "tsv" if name.endswith(".tsv") else "text"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


_ENGLISH = frozenset(
    ["the", "of", "and", "to", "that", "for", "was", "said", "with", "is", "by", "from", "has", "were"]
)


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """The language's two letters, or None where the text is too short or the answer is doubtful."""
    if len(text) <= 60:
        return None
    start = text[:3000]
    words = re.findall(r"[^\W\d_]+", start.lower())
    if words and sum(w in _ENGLISH for w in words) * 6 > len(words):
        return "en"
    lang, probability = _identifier().classify(start)
    return str(lang) if probability > (0.5 if lang == "en" else 0.9) else None
