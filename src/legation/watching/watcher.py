"""The round: which feed is asked when, which article is fetched next, and what is coded and kept."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from legation.model import Document, Problem
from legation.reading import detect, finish
from legation.reading.feeds import Feed, Item, as_document, parse_feed
from legation.reading.text import from_html
from legation.watching.addresses import article_key, host_of, joined, text_key
from legation.watching.fetching import Fetcher, FetchError, Response
from legation.watching.robots import Robots
from legation.watching.state import State, Waiting

_DAY = 86_400.0
_TOGETHER = 16  # articles coded together; what is not yet kept is fetched again after a crash
_LARGEST_ITEM = 1_000_000  # characters of an item's own text; more is no report
_MOST_ITEMS = 1_000  # of one poll
_WAITS = (600.0, 3_600.0, 21_600.0)  # before the second, third and fourth try for an article
_PATIENCE = 61.0  # seconds that a host is waited for; one that wants more is passed over
_LANGUAGE = re.compile(r"^Language is ")


class _ForbiddenError(FetchError):
    """The site does not want the page fetched by programs."""

    def __init__(self, why: str) -> None:
        super().__init__(why, lasting=True)


class _StoppedError(FetchError):
    """The watch was stopped between two requests."""


class Keeper(Protocol):
    """Where coded documents go."""

    def has_seen(self, url: str) -> bool:
        """Whether a document of this address is kept."""
        ...

    def keep(self, docs: Sequence[Document], about: Mapping[str, str]) -> None:
        """Keep them; keeping one again changes nothing."""
        ...


class Codes(Protocol):
    """A coder, as far as it is needed here."""

    @property
    def about(self) -> Mapping[str, str]: ...

    def code_many(self, documents: Iterable[Document], /) -> Iterator[Document]: ...


@dataclass(frozen=True, slots=True)
class Manners:
    """How often servers are asked; seconds."""

    every: float = 900.0  # between two polls of a feed
    between: float = 2.0  # between two requests to one host
    longest: float = _DAY  # between two polls of a feed that fails
    hurried: float = 60.0  # no Retry-After is taken for less


@dataclass(slots=True)
class Round:
    """What was done since the last word about it."""

    polled: int = 0
    unchanged: int = 0
    failed: int = 0
    found: int = 0
    kept: int = 0
    events: int = 0
    given_up: int = 0


@dataclass(slots=True)
class Watcher:
    """Polls feeds and keeps what is new. One thread; `stop` may be called from a signal."""

    state: State
    fetcher: Fetcher
    coder: Callable[[], Codes]  # made when the first article is there
    keeper: Keeper
    manners: Manners = field(default_factory=Manners)
    tell: Callable[[str], None] = lambda _message: None
    clock: Callable[[], float] = time.time
    wait: Callable[[float], Any] | None = None
    done: Round = field(default_factory=Round)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _robots: Robots = None  # type: ignore[assignment]
    _free: dict[str, float] = field(default_factory=dict)  # host: when it may be asked again
    _made: Codes | None = None

    def __post_init__(self) -> None:
        self._robots = Robots(self.fetcher, self.clock)
        self._free.update(self.state.left_alone(self.clock()))

    def stop(self) -> None:
        """End the round after the request that is running; what was fetched is still coded and kept."""
        self._stopped.set()

    def run(self, urls: Sequence[str], *, once: bool = False) -> Round:
        """Watch these feeds until stopped; `once` polls each that is due, does what is waiting, and returns."""
        self.state.watch(urls)
        while True:
            for url in sorted(urls, key=lambda u: self.state.feed(u).due):
                if self._stopped.is_set():
                    break
                if once or self.state.feed(url).due <= self.clock():
                    self._poll(url)
                    self._articles(urls)
            self._articles(urls)
            if once or self._stopped.is_set():
                return self.done
            self._sleep(self._next(urls) - self.clock())

    def _next(self, urls: Sequence[str]) -> float:
        times = [self.state.feed(url).due for url in urls]
        article = self.state.next_due(urls)
        return min([*times, *([article] if article is not None else [])])

    def _sleep(self, seconds: float) -> None:
        (self.wait or self._stopped.wait)(min(max(seconds, 0.2), 3_600.0))

    def _busy(self, url: str) -> float:
        """The seconds until the host may be asked again."""
        return self._free.get(host_of(url), 0.0) - self.clock()

    def _get(self, url: str, headers: Mapping[str, str] | None = None) -> Response | None:
        """The answer, when every host on the way to it may be asked; None where the round is stopped."""
        try:
            self._before(url, "the site")
            return self.fetcher.get(url, headers, follow=self._follow)
        except _StoppedError:
            return None

    def _follow(self, url: str) -> None:
        """Let a redirect go on only where its target could be asked for by itself."""
        if self._busy(url) > _PATIENCE:
            raise FetchError(f"it redirects to {host_of(url)}, which asked to be left alone")
        self._before(url, f"it redirects to {host_of(url)}, and that site")

    def _before(self, url: str, whose: str) -> None:
        """Wait for the host's turn and heed its robots.txt; raises FetchError where the page is not to be fetched."""
        if self._robots.asks_first(url):
            self._take_turn(url, 0.0)
        if not self._robots.allows(url):
            raise _ForbiddenError(f"{whose}'s robots.txt forbids fetching it, or cannot be had")
        self._take_turn(url, self._robots.delay(url))

    def _take_turn(self, url: str, delay: float) -> None:
        """Wait until the host may be asked, and write down that it is asked now."""
        pause = self._busy(url)
        if pause > 0 and not self._stopped.is_set():
            (self.wait or self._stopped.wait)(pause)
        self._free[host_of(url)] = self.clock() + max(self.manners.between, delay)
        if self._stopped.is_set():
            raise _StoppedError("the watch was stopped")

    # Feeds

    def _poll(self, url: str) -> None:
        before = self.state.feed(url)
        headers = {"Accept": "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.8"}
        if before.etag:
            headers["If-None-Match"] = before.etag
        if before.modified:
            headers["If-Modified-Since"] = before.modified
        if self._busy(url) > _PATIENCE:
            self.state.postpone(url, self.clock() + self._busy(url))
            return
        try:
            got = self._get(url, headers)
        except FetchError as err:
            self.done.polled += 1
            self._poll_failed(url, str(err), before.failures)
            return
        if got is None:
            return
        self.done.polled += 1
        now = self.clock()
        if got.status == 304:
            self.done.unchanged += 1
            self.state.polled(url, now, now + self._pace(got), etag=before.etag, modified=before.modified)
        elif got.status != 200:
            self._poll_failed(url, _said(got), before.failures, self._asked_to_wait(got, host_of(got.url)))
        else:
            self._take(url, got, now, before.failures)

    def _take(self, url: str, got: Response, now: float, failures: int) -> None:
        feed = parse_feed(got.body)
        items = list(self._keyed(feed, got.url))
        if not items and feed.problem:
            self._poll_failed(url, _no_feed(got, feed), failures)
            return
        found = self.state.polled(
            url, now, now + self._pace(got), title=feed.title, items=items,
            etag=got.headers.get("etag"), modified=got.headers.get("last-modified"),
        )  # fmt: skip
        self.done.found += found
        self.tell(f"{url}: {found} new of {len(feed.items)}" + (f" ({feed.problem})" if feed.problem else ""))
        if got.moved:
            self.tell(f"{url}: has moved to {got.moved}; change it in your list.")

    def _keyed(self, feed: Feed, base: str) -> Iterator[tuple[str, Item]]:
        for item in feed.items[:_MOST_ITEMS]:
            body = item.body if len(item.body) <= _LARGEST_ITEM else ""
            link = joined(base, item.link) if item.link else None
            if link or item.title or body:
                key = article_key(link) if link else text_key(item.id, item.title, body)
                yield key, replace(item, body=body, link=link)

    def _pace(self, got: Response) -> float:
        """How long until the next poll: as asked for here, or longer if the server says that nothing changes sooner."""
        hit = re.search(r"max-age=(\d{1,9})", got.headers.get("cache-control", ""))
        return max(self.manners.every, min(float(hit[1]), 6 * 3_600.0) if hit else 0.0)

    def _poll_failed(self, url: str, why: str, failures: int, asked: float = 0.0) -> None:
        self.done.failed += 1
        pause = min(self.manners.every * 2.0 ** min(failures + 1, 16), self.manners.longest)
        now = self.clock()
        self.state.poll_failed(url, now, now + max(pause, asked), why)
        self.tell(f"{url}: {why}")

    def _asked_to_wait(self, got: Response, host: str) -> float:
        """The seconds that a server asks to be left alone (429, 503), which then hold for its whole host."""
        if got.status not in (429, 503):
            return _DAY if got.status == 410 else 0.0
        seconds = max(_retry_after(got.headers.get("retry-after", ""), self.clock()), self.manners.hurried)
        seconds = min(seconds, self.manners.longest)
        self._free[host] = max(self._free.get(host, 0.0), self.clock() + seconds)
        self.state.leave_alone(host, self._free[host])
        return seconds

    # Articles

    def _articles(self, urls: Sequence[str]) -> None:
        """Fetch, code and keep what is waiting, until nothing is whose host is free."""
        while not self._stopped.is_set():
            now = self.clock()
            ready = [w for w in self.state.waiting(urls, now) if self._busy(w.key) <= _PATIENCE]
            if not ready:
                return
            got: list[tuple[Waiting, Document]] = []
            for waiting in _in_turn(ready)[:_TOGETHER]:
                if self._stopped.is_set():
                    break
                doc = self._fetch(waiting)
                if doc is not None:
                    got.append((waiting, doc))
            self._keep(got)

    def _fetch(self, waiting: Waiting) -> Document | None:
        """The article's document, or None where it is done with or must wait."""
        item, now = waiting.item, self.clock()
        if self.keeper.has_seen(waiting.key):
            self.state.ended(waiting.key, "seen", now)
            return None
        if item.link is None:
            return self._from_feed(waiting, None)
        if self._busy(item.link) > _PATIENCE:
            return None  # an article before it was told to wait
        try:
            got = self._get(item.link)
        except FetchError as err:
            return self._later(waiting, str(err), lasting=err.lasting)
        if got is None:
            return None
        if got.status != 200:
            asked = self._asked_to_wait(got, host_of(got.url)) if got.status in (429, 503) else 0.0
            lasting = got.status in (401, 402, 403, 404, 410, 451)
            return self._later(waiting, _said(got), lasting=lasting, asked=asked)
        doc = article(got, Document(text="", id=waiting.key, url=waiting.key, meta=(("feed", waiting.feed),)))
        if not doc.text:
            return self._from_feed(waiting, " ".join(p.message for p in doc.problems) or "the page holds no story")
        if waiting.feed_title and (doc.outlet or "") in host_of(waiting.key):
            doc = replace(doc, outlet=waiting.feed_title)
        return finish(doc, item.published)

    def _later(self, waiting: Waiting, why: str, *, lasting: bool, asked: float = 0.0) -> Document | None:
        if lasting or waiting.tries >= len(_WAITS):
            return self._from_feed(waiting, why)
        self.state.later(waiting.key, self.clock() + max(_WAITS[waiting.tries], asked), why)
        return None

    def _from_feed(self, waiting: Waiting, why: str | None) -> Document | None:
        """What the feed itself tells of the article, for want of better."""
        doc = as_document(waiting.item, Feed(waiting.feed_title, ()), waiting.key)
        if not doc.text:
            self.done.given_up += 1
            self.state.ended(waiting.key, "given up", self.clock(), error=why)
            return None
        doc = replace(doc, id=waiting.key, url=waiting.key if waiting.item.link else None)
        if why:
            told = Problem("watching", f"Only what the feed tells is kept: {why.rstrip('.')}.")
            doc = replace(doc, problems=(*doc.problems, told))
        return finish(doc, None)

    def _keep(self, got: list[tuple[Waiting, Document]]) -> None:
        """Code and keep; only then is an article written down as done."""
        if not got:
            return
        self._made = self._made or self.coder()
        docs = list(self._made.code_many([doc for _, doc in got]))
        self.keeper.keep(docs, self._made.about)
        for (waiting, _), doc in zip(got, docs, strict=True):
            from_feed = any(p.stage == "watching" for p in doc.problems) or waiting.item.link is None
            foreign = any(p.stage == "reading" and _LANGUAGE.match(p.message) for p in doc.problems)
            self.state.ended(
                waiting.key, "from feed" if from_feed else "kept", self.clock(),
                events=len(doc.events), foreign=foreign,
            )  # fmt: skip
        self.done.kept += len(docs)
        self.done.events += sum(len(doc.events) for doc in docs)


def article(got: Response, doc: Document) -> Document:
    """The document in a server's answer: a page, or plain text."""
    kind, encoding = detect.kind_of(got.body[:65_536])
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", got.headers.get("content-type", ""), re.IGNORECASE)
    named = detect.page_encoding(got.body, declared=charset[1] if charset else None) or encoding
    told = got.headers.get("content-type", "").lower()
    text = "" if kind in ("binary", "pdf", "zip", "parquet", "empty") else detect.decode(got.body, named)[0]
    if kind == "html" or (text and "html" in told):
        return from_html(text, doc)
    if kind == "text" and (not told or told.startswith("text/plain")):
        return replace(doc, text=text)
    return replace(doc, problems=(*doc.problems, Problem("reading", f"The answer is no page but {told or kind}.")))


def _in_turn(ready: list[Waiting]) -> list[Waiting]:
    """The articles so that hosts take turns, and none is asked twice while another has not been once."""
    count: dict[str, int] = {}
    ranked: list[tuple[int, int, Waiting]] = []
    for waiting in ready:
        host = host_of(waiting.key)
        count[host] = count.get(host, 0) + 1
        ranked.append((count[host], len(ranked), waiting))
    return [waiting for _, _, waiting in sorted(ranked, key=lambda r: r[:2])]


def _said(got: Response) -> str:
    return f"the server answered {got.status}"


def _no_feed(got: Response, feed: Feed) -> str:
    if detect.kind_of(got.body[:65_536])[0] == "html":
        hit = re.search(rb"<link[^>]+application/(?:rss|atom)\+xml[^>]*>", got.body[:200_000], re.IGNORECASE)
        place = re.search(rb"href\s*=\s*[\"']?([^\"'\s>]+)", hit[0]) if hit else None
        if place:
            named = joined(got.url, place[1].decode("utf-8", "replace"))
            return f"this is a web page; the feed it names is {named}"
        return "this is a web page and no feed"
    return feed.problem or "this is no feed"


def _retry_after(value: str, now: float) -> float:
    if value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max((when - datetime.fromtimestamp(now, UTC)).total_seconds(), 0.0)
