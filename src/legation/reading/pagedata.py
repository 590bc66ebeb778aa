"""What a page says of itself: title, date, author, outlet, address and language.

schema.org (JSON-LD, microdata), Open Graph and other meta elements, the time elements and the address
are all asked. The first in this order wins, unless it stands alone against others that agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from legation.reading.blocks import letters
from legation.reading.moments import moment, written

_ARTICLE = re.compile(r"(?:^|/|:)(?:\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "date-published", "publication_date", "publicationdate", "publish-date", "publish_date", "publishdate",
    "published_time", "published-date", "publisheddate", "pubdate", "pub_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "dc:date", "date.issued", "date.created",
    "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date", "article.published",
    "article:publicationdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "originalpublicationdate",
    "article_date_original", "rnews:datepublished", "ptime", "displaydate", "created", "datecreated", "timestamp",
    "date", "release_date", "video:release_date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_STAMP = re.compile(
    r"(?:published|posted|first published|date|publi(?:cation|shing) date|on|created|released|issued)\b\W{0,3}",
    re.IGNORECASE,
)
_STAMPED = tuple("p span div li small time b strong em i h3 h4 h5 h6 td".split())
_CHANGED = re.compile(r"\b(?:updated?|modified|edited|accessed|corrected|retrieved|copyright|©)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageData:
    """What is known of a page beside its text."""

    title: str | None = None
    published: str | None = None
    modified: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str | None = None


def page_data(tree: Any, *, url: str | None = None) -> PageData:
    """Everything the page's head and marks tell; `url` is where it was got from."""
    meta = _meta(tree)
    own = meta.get("og:url") or _first(tree, "//link[@rel='canonical']/@href") or url
    heads = [_words(h) for h in tree.xpath("//h1") if _words(h)]
    article = _article(tree, own, [meta.get("og:title", ""), *heads])
    window = _first(tree, "//title")
    outlet = _outlet(article, meta, window, heads)
    modified = moment(_string(article.get("dateModified"))) or _of(meta, _MODIFIED)
    return PageData(
        title=_title(article, meta, heads, tree.xpath("//h2|//h3")[:8], window, outlet),
        published=_published(tree, article, meta, url or own, modified),
        modified=modified,
        author=_author(article, meta, tree),
        outlet=outlet or _host(own) or _host(url),
        url=own if own and own.startswith(("http://", "https://")) else url,
        lang=_lang(tree, article, meta),
    )


def _meta(tree: Any) -> dict[str, str]:
    """The meta elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = " ".join((element.get("content") or "").split())
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _article(tree: Any, url: str | None, titles: list[str]) -> dict[str, Any]:
    """The schema.org article the page is about; a page may name others it only links to."""
    found = [node for node in _nodes(tree) if any(_ARTICLE.search(t) for t in _types(node))]
    if not found:
        return _microdata(tree)
    if len(found) > 1:
        wanted = {letters(t) for t in titles if t}
        for node in found:
            here = _string(node.get("url") or node.get("mainEntityOfPage") or node.get("@id"))
            if (url and here and here.split("#")[0].rstrip("/") == url.rstrip("/")) or (
                letters(_string(node.get("headline") or node.get("name"))) in wanted
            ):
                return node
    return found[0]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip()
        text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
        try:
            yield from _flat(json.loads(text, strict=False), 0)
        except (ValueError, RecursionError):
            yield from _from_broken(text)


def _from_broken(text: str) -> Iterator[dict[str, Any]]:
    """The plain fields of JSON that does not parse (a stray quote in the body is the commonest slip)."""
    kind = re.search(r'"@type"\s*:\s*"(\w*Article)"', text)
    if kind:
        pairs = re.findall(r'"(headline|datePublished|dateModified|inLanguage|url)"\s*:\s*"([^"\\]{3,300})"', text)
        yield {"@type": kind[1], **dict(reversed(pairs))}


def _flat(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for each in value[:500]:
            yield from _flat(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if isinstance(value.get(key), (dict, list)):
                yield from _flat(value[key], depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [str(k) for k in (kinds if isinstance(kinds, list) else [kinds]) if k]


def _microdata(tree: Any) -> dict[str, Any]:
    """schema.org fields written as itemprop attributes."""
    node: dict[str, Any] = {}
    for scope in tree.xpath("//*[@itemscope][contains(@itemtype, 'Article') or contains(@itemtype, 'BlogPosting')]")[
        :1
    ]:
        for name in ("headline", "datePublished", "dateModified", "author", "publisher", "inLanguage"):
            for element in scope.xpath(f".//*[@itemprop='{name}']")[:1]:
                named = element.xpath(".//*[@itemprop='name']")
                inner = named[0] if named else element
                node[name] = inner.get("content") or element.get("datetime") or _words(inner)
    return node


def _string(value: Any) -> str:
    """The words of a JSON-LD value, which may be a string, a thing with a name, or a list of these."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return ", ".join(t for v in value[:10] if (t := _string(v)))
    if isinstance(value, dict):
        return _string(value.get("name") or value.get("@value") or value.get("url") or value.get("@id") or "")
    return ""


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _first(tree: Any, path: str) -> str | None:
    for hit in tree.xpath(path)[:1]:
        words = hit if isinstance(hit, str) else _words(hit)
        return " ".join(words.split()) or None
    return None


def _of(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((m for n in names if (m := moment(meta.get(n, "")))), None)


def _title(
    article: dict[str, Any],
    meta: dict[str, str],
    heads: list[str],
    lesser: list[Any],
    title: str | None,
    outlet: str | None,
) -> str | None:
    """The headline as printed if the marks agree with it, else the marks', else the window's without the outlet."""
    window = _without_outlet(title or "", outlet)
    marked = [
        _without_outlet(t, outlet)
        for t in (_string(article.get("headline")), meta.get("og:title", ""), meta.get("twitter:title", ""), window)
        if t
    ]
    for head in heads:
        # An outlet often prints its own name as the first headline of the page.
        if outlet and letters(head) == letters(outlet):
            continue
        if not marked or any(_alike(head, t) for t in marked):
            return head
    for lower in (_words(e) for e in lesser):
        if len(lower) > 20 and letters(title or "").startswith(letters(lower)):
            return lower
    if marked:
        return marked[0]
    return next((h for h in heads if len(h) < 300), None)


def _alike(one: str, other: str) -> bool:
    """Whether most words of the shorter are in the longer."""
    a, b = (set(re.findall(r"\w+", t.casefold())) for t in (one, other))
    return len(a & b) * 2 > min(len(a), len(b)) > 0


def _without_outlet(title: str, outlet: str | None) -> str:
    """The title without the outlet's name at its end: "Talks fail | Example Post"."""
    if outlet and (hit := re.match(re.escape(outlet) + r"\s*[|–—·•»:~-]+\s+(?=\S+ \S)", title)):
        return title[hit.end() :]
    parts = re.split(r"\s+(?:[|–—·•»:~-]|::)\s+|\s+\|\|?\s*", title)
    if len(parts) < 2:
        return title
    last = parts[-1]
    if (outlet and (_alike(last, outlet) or letters(last) in letters(outlet))) or (
        "|" in title and len(last.split()) <= 4 < len(" ".join(parts[:-1]).split())
    ):
        end = title.rfind(last)
        return re.sub(r"\s*[|–—·•»:~-]+\s*$", "", title[:end]).strip() or title
    return title


def _outlet(article: dict[str, Any], meta: dict[str, str], window: str | None, heads: list[str]) -> str | None:
    """The outlet's name as the marks give it, or as the window's title has it beside the headline."""
    names = (
        meta.get("og:site_name"), _string(article.get("publisher")), meta.get("application-name"),
        meta.get("publisher"), meta.get("dc.publisher"), meta.get("dcterms.publisher"),
        meta.get("citation_journal_title"),
    )  # fmt: skip
    for name in names:
        if name and not name.startswith(("http://", "https://")) and len(name) < 80:
            return name
    title = window or ""
    hit = re.search(r"\s(?:[|–—~·•-]|::)\s+([A-Z][\w.'&-]*(?: [\w.'&-]+){0,4})$", title)
    if hit and len(title) > 2 * len(hit[1]):
        return hit[1]
    hit = re.match(r"([A-Z][\w.'& -]{2,40}?)(?::| [|–—-]) ", title)
    return hit[1] if hit and any(letters(h) == letters(hit[1]) for h in heads) else None


def _host(url: str | None) -> str | None:
    """The address's host: the least that names an outlet."""
    hit = re.match(r"https?://(?:www\.)?([\w.-]+)", url or "")
    return hit[1].lower() if hit else None


def _author(article: dict[str, Any], meta: dict[str, str], tree: Any) -> str | None:
    names: list[str | None] = [_string(article.get("author"))]
    names += [
        meta.get(n) for n in ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
    ]
    names.append(_first(tree, "//*[@rel='author']"))
    names.append(_first(tree, "//*[@itemprop='author']"))
    names.append(
        _first(tree, "//*[self::p or self::span or self::div or self::a][contains(concat(' ', @class, ' '), ' byline ')"
                     " or contains(@class, 'author-name') or @class='author']")
    )  # fmt: skip
    for name in names:
        if name and len(name) < 150 and not re.search(r"https?://|facebook\.com|@|/", name):
            return re.sub(r"^(?:by|written by|author)\s*:?\s+", "", name, flags=re.IGNORECASE).strip(" ,|-") or None
    return None


def _lang(tree: Any, article: dict[str, Any], meta: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    given = (
        _string(article.get("inLanguage")) or root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or meta.get("og:locale") or meta.get("content-language") or meta.get("dc.language") or ""
    )  # fmt: skip
    short = re.split(r"[-_,; ]", given.strip().lower())[0]
    return {"english": "en", "eng": "en"}.get(short, short) if re.fullmatch(r"[a-z]{2,3}|english", short) else None


def _published(
    tree: Any, article: dict[str, Any], meta: dict[str, str], url: str | None, modified: str | None
) -> str | None:
    """The first of the dates that another source bears out; without any such, the first."""
    found: list[str] = []
    for value in (_string(article.get("datePublished")), _string(article.get("dateCreated"))):
        found += [m for m in [moment(value)] if m]
    found += [m for name in _DATES if (m := moment(meta.get(name, "")))]
    found += _time_elements(tree)
    stamp = _stamp(tree)
    day = _url_day(url)
    found += [m for m in (stamp, day) if m]
    found = [m for m in found if modified is None or _days(m, modified) >= -1]
    if not found:
        return _searched(tree, url)
    for at, each in enumerate(found):
        if any(abs(_days(each, other)) <= 1 for i, other in enumerate(found) if i != at):
            return each
    # An old address or stamp is surer than a date the page made up when it was printed again.
    return day if day and _days(found[0], day) > 3 else found[0]


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days


def _time_elements(tree: Any) -> list[str]:
    """Dates of time elements that stand with the headline; those of teasers and updates are left out."""
    out: list[str] = []
    for element in tree.xpath("//time[not(ancestor::aside or ancestor::nav or ancestor::footer or ancestor::li)]")[:6]:
        parent = element.getparent()
        near = " ".join(
            (
                element.get("class") or "",
                element.get("itemprop") or "",
                (parent.get("class") or "") if parent is not None else "",
                (parent.text or "") if parent is not None else "",
            )
        )
        value = element.get("datetime") or _words(element)
        day = moment(value) or written(_words(element))
        if day is None:
            continue
        if element.get("pubdate") is not None or re.search(r"publi", near, re.IGNORECASE):
            out.insert(0, day)
        elif not _CHANGED.search(re.sub(r"[_-]", " ", near)) and "dateModified" not in near:
            out.append(day)
    return out[:2]


def _stamp(tree: Any) -> str | None:
    """A line near the top that is a date, or begins with "Published"."""
    seen = 0
    for element in tree.iter(*_STAMPED):
        if seen > 600:
            return None
        seen += 1
        own = " ".join(" ".join(t for t in element.itertext() if t).split()) if len(element) < 6 else ""
        if not 8 <= len(own) <= 110 or (
            _CHANGED.search(own) and not re.match(r"(?:first )?(?:published|posted)", own, re.IGNORECASE)
        ):
            continue
        day = written(own) or (moment(own) if re.match(r"\d{4}-\d\d-\d\d", own) else None)
        if day and (_STAMP.match(own) or _only_a_date(own) or _named_date(element)):
            return day
    return None


def _only_a_date(words: str) -> bool:
    """Whether a line holds a date, and beside it no more than a weekday, a time or a by-line."""
    left = re.sub(
        r"\b(?:[A-Z][a-z]+day|[A-Z]{2,5}|am|pm|at|by|[Bb]y [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3})\b", " ", words
    )
    return len(re.sub(r"[\W\d_]+", "", left)) <= 20


def _named_date(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(re.search(r"date|time|publi|posted|stamp", names, re.IGNORECASE)) and not re.search(
        r"update|modif", names, re.IGNORECASE
    )


def _url_day(url: str | None) -> str | None:
    hit = _URL_DAY.search(url or "")
    return moment("-".join(hit.groups())) if hit else None


def _searched(tree: Any, url: str | None) -> str | None:
    """What htmldate finds: it reads forms in several languages and searches the page's text."""
    try:
        found = import_module("htmldate").find_date(tree, original_date=True, url=url)
    except Exception:  # a broken page must not stop the others, however it breaks the searcher
        return None
    return moment(found) if found else None
