"""Feeds (RSS, Atom, JSON Feed): every item is a document."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from typing import Any

from legation.model import Document, Problem
from legation.reading import detect
from legation.reading.moments import moment
from legation.reading.text import from_fragment, problem, repaired

LARGEST_FEED = 50_000_000  # bytes
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:\w{2,8}|#\d+);")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed as it stands there; `body` is HTML or text."""

    id: str | None
    link: str | None
    title: str | None
    body: str
    published: str | None
    author: str | None
    lang: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own name, its items, and what was wrong with it."""

    title: str | None
    items: tuple[Item, ...]
    problem: str | None = None


def parse_feed(data: bytes) -> Feed:
    """The feed in these bytes, whichever kind it is, read as far as it can be."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data)
    try:
        # Its cleaning of markup is of no use here: only the text is taken, and it doubles the time.
        parsed = import_module("feedparser").parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # whatever a broken feed does to the parser
        return Feed(None, (), f"The feed could not be read ({type(error).__name__}).")
    if not parsed.get("version") and not parsed.entries:
        return Feed(None, (), "This is no feed.")
    if "SAX" in type(parsed.get("bozo_exception")).__name__:
        parsed = _fuller(parsed, data)
    lang = parsed.feed.get("language")
    wrong = parsed.get("bozo_exception") if parsed.get("bozo") else None
    told = None
    if wrong is not None and "Encoding" not in type(wrong).__name__ and "ContentType" not in type(wrong).__name__:
        told = f"The feed is broken ({type(wrong).__name__}); what could be read was."
    return Feed(_clean(parsed.feed.get("title")), tuple(_item(e, lang) for e in parsed.entries), told)


def _fuller(parsed: Any, data: bytes) -> Any:
    """What is found when elements left open are closed where the feed breaks off, if that is more."""
    etree = import_module("lxml.etree")
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
        mended = import_module("feedparser").parse(
            BytesIO(etree.tostring(root)), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # as above
        return parsed
    if _letters(mended) <= _letters(parsed):
        return parsed
    mended.update(bozo=True, bozo_exception=parsed.bozo_exception)
    return mended


def _letters(parsed: Any) -> int:
    return sum(len(_item(entry, None).body) for entry in parsed.entries)


def _item(entry: Mapping[str, Any], lang: str | None) -> Item:
    contents = [str(c.get("value") or "") for c in entry.get("content") or ()]
    summary = str(entry.get("summary") or "")
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    published = moment(str(entry.get("published") or entry.get("updated") or ""))
    if published is None and when:
        published = _utc(calendar.timegm(when))
    return Item(
        id=_clean(entry.get("id")),
        link=_clean(entry.get("link")),
        title=_clean(entry.get("title")),
        body=max([*contents, summary], key=len),
        published=published,
        author=_clean(entry.get("author")),
        lang=lang,
    )


def _utc(seconds: int) -> str | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return None


def _clean(value: object) -> str | None:
    """A title or a name as plain words."""
    if not isinstance(value, str):
        return None
    words = " ".join(_TAG.sub(_character, value).split())
    return repaired(words) or None


def _character(hit: re.Match[str]) -> str:
    import html

    return html.unescape(hit[0]) if hit[0].startswith("&") else ""


def _json_feed(data: bytes) -> Feed:
    text, _ = detect.decode(data, detect.encoding_of(data) or "utf-8")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Feed(None, (), f"The feed is not JSON: {error}.")
    if not isinstance(raw, dict) or not isinstance(raw.get("items"), list):
        return Feed(None, (), "This is no feed.")
    items = tuple(_json_item(i, raw.get("language")) for i in raw["items"] if isinstance(i, dict))
    return Feed(_clean(raw.get("title")), items)


def _json_item(item: Mapping[str, Any], lang: object) -> Item:
    authors = item.get("authors") or [item.get("author")]
    names = [_clean(a.get("name")) for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    plain = item.get("content_text")
    body = str(item.get("content_html") or "") or str(plain or item.get("summary") or "")
    given = item.get("language") or lang
    return Item(
        id=_clean(str(item["id"])) if "id" in item else None,
        link=_clean(item.get("url") or item.get("external_url")),
        title=_clean(item.get("title")),
        body=body,
        published=moment(str(item.get("date_published") or "")),
        author=", ".join(n for n in names if n) or None,
        lang=given if isinstance(given, str) else None,
    )


def from_feed(data: bytes, name: str) -> Iterator[Document]:
    """A document an item: its title and its text as far as the feed prints it."""
    feed = parse_feed(data)
    if feed.problem:
        yield problem(name, feed.problem)
    elif not feed.items:
        yield problem(name, "The feed holds no items.")
    for number, item in enumerate(feed.items, 1):
        yield as_document(item, feed, f"{name}:{number}")


def as_document(item: Item, feed: Feed, place: str) -> Document:
    """The document an item makes by itself, without its page; `place` is its id if it has none."""
    doc = Document(
        text="",
        id=item.id or item.link or place,
        title=item.title,
        outlet=feed.title,
        url=item.link if item.link and item.link.startswith(("http://", "https://")) else None,
        published=item.published,
        meta=(("author", item.author),) if item.author else (),
    )
    doc = from_fragment(item.body if _TAG.search(item.body) else _paragraphs(item.body), doc)
    if not doc.text:
        doc = replace(doc, text=item.title or "")
    if not doc.text:
        return replace(doc, problems=(*doc.problems, Problem("reading", "The item has no text.")))
    return replace(doc, lang=detect.language_of(doc.text) or (item.lang or "").strip().lower() or None)


def _paragraphs(text: str) -> str:
    """Plain text as HTML, so that its lines stay lines."""
    import html

    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
