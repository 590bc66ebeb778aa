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
    "text", "jsonl", "json", "csv", "tsv", "html", "feed", "jsonfeed", "mail", "mbox", "xml",
    "warc", "parquet", "pdf", "zip", "binary", "empty", "opml", "packed", "office",
]  # fmt: skip
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
    (b"PK\x05\x06", "zip"),  # an empty one
    (b"BZh", "packed"),
    (b"\xfd7zXZ\x00", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"Rar!\x1a\x07", "packed"),
    (b"{\\rtf1", "office"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),  # Word and its kin up to 2003
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|(?:atom:)?feed|rdf:RDF)\b")
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/version/')
_MBOX = re.compile(r"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +\d")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|$)")
_MAIL_HEADERS = frozenset(
    "from to subject date message-id received mime-version return-path delivered-to content-type list-id reply-to cc"
    " sender".split()
)
_MORE_HEADERS = frozenset(
    "bcc comments keywords organization importance priority precedence lines status xref path".split()
)
# What pages call encodings is not always what browsers take it for (the WHATWG's Encoding Standard).
_CALLED = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "windows-1252": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932", "shift-jis": "cp932", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "big5": "big5hkscs", "x-mac-roman": "mac_roman", "unicode": "utf-16",
}  # fmt: skip
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def encoding_of(head: bytes, *, whole: bool = False) -> str | None:
    """The encoding of a text that begins so, or is so as a `whole`; None if the bytes are no text."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if b"\x00" in head:
        wide = _utf16_without_bom(head)
        if wide or head.count(0) * 50 > len(head):
            return wide
    try:
        # A character cut off at the end of `head` is no error.
        codecs.getincrementaldecoder("utf-8")().decode(head, whole)
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


def page_encoding(data: bytes, *, declared: str | None = None) -> str | None:
    """The encoding of a page: a mark at its start, UTF-8 that can be no other, what it or its server says, a guess."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    own = _DECLARED.search(data[:4096])
    names = [declared or "", (own[1] or own[2]).decode("ascii", "replace") if own else ""]
    guess = encoding_of(data, whole=True)
    if guess is None or guess.startswith("utf"):
        return guess
    for name in names:
        known = _CALLED.get(name.strip().lower(), name.strip().lower())
        if not known or known.startswith("utf"):
            continue
        try:
            if data.decode(known, errors="replace").count("\ufffd") * 200 <= len(data):
                return known
        except LookupError:
            continue
    return guess


def kind_of(head: bytes, *, name: str = "") -> tuple[Kind, str]:
    """What a stream that begins so holds, and its encoding; the name only decides what bytes leave open."""
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return "empty", "utf-8"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind, "utf-8"
    if head[257:262] == b"ustar":
        return "packed", "utf-8"
    encoding = encoding_of(head)
    if encoding is None:
        return "binary", "utf-8"
    text = head.decode(encoding, errors="replace").lstrip("\ufeff\x1e \t\r\n")
    if len(_CONTROL.findall(text)) * 50 > len(text):
        return "binary", encoding
    return _kind_of_text(text, name.lower().removesuffix(".gz")), encoding


def _kind_of_text(text: str, name: str) -> Kind:
    if _MBOX.match(text):
        return "mbox"
    if _is_mail(text):
        return "mail"
    if text.startswith("<"):
        if re.match(r"(?:<[?!][^>]*>\s*)*<opml\b", text):
            return "opml"
        start = text[:2000]
        feed, page = _FEED.search(start), _HTML.search(start)
        if feed and not (page and page.start() < feed.start()):
            return "feed"
        if page:
            return "html"
        return "xml" if text.startswith("<?xml") else "text"
    if text.startswith("{") and _JSON_FEED.search(text[:3000]):
        return "jsonfeed"
    if re.match(r"(?:\{|\[(?:\s*\{)?)\s*\n|\[\s*\{", text) and not any(_is_object(x) for x in text.splitlines()[:5]):
        return "json"  # over several lines, whatever the name says
    if text.startswith("{") or name.endswith((".jsonl", ".ndjson")):
        if name.endswith((".jsonl", ".ndjson")) or any(_is_object(x) for x in text.splitlines()[:5]):
            return "jsonl"
        # One object over several lines, or one line longer than what was looked at.
        return "json" if re.match(r'\{\s*"', text) else "text"
    if re.match(r"\[\s*\{\s*\"", text):
        return "json"
    first = next(iter(text.splitlines()), "")  # nothing but separators is no line
    kinds: tuple[tuple[str, Kind], ...] = (("\t", "tsv"), (",", "csv"), (";", "csv"), ("|", "csv"))
    for delimiter, kind in kinds:
        cells = [c.strip().strip('"').lower() for c in first.split(delimiter)]
        if len(cells) > 1 and any(c in TEXT_COLUMNS for c in cells) and len(first) < 2000:
            return kind
    if name.endswith(".csv"):
        return "csv"
    return "tsv" if name.endswith(".tsv") else "text"


def _is_mail(text: str) -> bool:
    """Whether the text begins with the header of a letter: three of its fields and nothing else."""
    if not _HEADER.match(text):
        return False
    found: set[str] = set()
    for line in text[:20_000].splitlines()[:200]:
        if not line.strip():
            break
        hit = _HEADER.match(line)
        if hit:
            field = hit[1].lower()
            if "-" not in field and field not in _MAIL_HEADERS | _MORE_HEADERS:
                return False
            found.add(field)
        elif not line.startswith((" ", "\t")):
            return False
    return len(found & _MAIL_HEADERS) >= 3 and bool(found & {"from", "sender"})


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
    """The language's two letters, or None where the text is too short or the answer is doubtful.

    "und" (undetermined) is a text in a script that English is not written in.
    """
    start = text[:3000]
    letters = sum(ch.isalpha() for ch in start)
    if letters >= 10 and sum(ch.isalpha() and ch > "\u024f" for ch in start) > 0.6 * letters:
        lang, probability = _identifier().classify(start)
        return str(lang) if probability > 0.9 and lang != "en" else "und"
    if len(text) <= 60:
        return None
    words = re.findall(r"[^\W\d_]+", start.lower())
    if words and sum(w in _ENGLISH for w in words) * 6 > len(words):
        return "en"
    lang, probability = _identifier().classify(start)
    return str(lang) if probability > (0.5 if lang == "en" else 0.9) else None
