"""What a site's robots.txt allows, asked once a day (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from legation.watching.fetching import Fetcher, FetchError

_DAY = 86_400.0
_SOON = 1_800.0  # until a site whose robots.txt could not be had is asked again
_LONGEST_DELAY = 60.0
_LARGEST = 500_000  # characters; RFC 9309 lets readers stop there


class Robots:
    """Which pages a site lets this agent fetch, and how long it wants between two."""

    def __init__(self, fetcher: Fetcher, clock: Callable[[], float]) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._known: dict[str, tuple[float, Any]] = {}  # site: until when, rules (None: all, False: nothing)

    def allows(self, url: str) -> bool:
        """Whether the page may be fetched; a site whose rules cannot be had may not be."""
        rules = self._rules(url)
        if rules is None or rules is False:
            return rules is None
        return bool(rules.can_fetch(url, self._fetcher.agent))

    def delay(self, url: str) -> float:
        """The seconds that the site wants between two requests; 0 where it says nothing."""
        rules = self._rules(url)
        wanted = rules.crawl_delay(self._fetcher.agent) if rules else None
        return min(float(wanted or 0.0), _LONGEST_DELAY)

    def asks_first(self, url: str) -> bool:
        """Whether the next question about this page fetches the site's robots.txt."""
        until, _ = self._known.get(_site(url), (0.0, None))
        return until <= self._clock()

    def _rules(self, url: str) -> Any:
        site = _site(url)
        until, rules = self._known.get(site, (0.0, None))
        if until > self._clock():
            return rules
        rules, valid = self._ask(site)
        self._known[site] = (self._clock() + valid, rules)
        return rules

    def _ask(self, site: str) -> tuple[Any, float]:
        try:
            got = self._fetcher.get(f"{site}/robots.txt")
        except FetchError as err:
            # Too long or redirected without end: as good as none. Not reached: nothing may be fetched for now.
            return (None, _DAY) if err.lasting or "redirect" in str(err) else (False, _SOON)
        if got.status >= 500 or got.status == 429:
            return False, _SOON
        if got.status != 200:
            return None, _DAY
        text = got.body.decode("utf-8", "replace")[:_LARGEST]
        try:
            return import_module("protego").Protego.parse(text), _DAY
        except Exception:  # whatever a broken file does to the parser: it forbids nothing
            return None, _DAY


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
