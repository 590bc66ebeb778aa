"""A site, a clock that does not wait, and a keeper that only remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fake_coder import FakeCoder
from legation.model import Document
from legation.watching import Fetcher, Limits, Manners, State, Watcher
from watching.server import Site, serving


@dataclass
class Kept:
    """Every document that was kept, in order."""

    docs: list[Document] = field(default_factory=list)

    def has_seen(self, url: str) -> bool:
        return any(doc.url == url for doc in self.docs)

    def keep(self, docs: Sequence[Document], about: Mapping[str, str]) -> None:
        assert about["name"] == "legation"
        self.docs += docs


@dataclass
class Clock:
    """Seconds that pass only by waiting."""

    now: float = 1_000_000.0
    waits: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


Make = Callable[..., Watcher]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watcher(tmp_path: Path, kept: Kept, clock: Clock) -> Iterator[Make]:
    """Make a watcher of the state in the test's folder; one at a time may be open."""
    made: list[Watcher] = []

    def make(**options: float) -> Watcher:
        for old in made:
            old.state.close()
        made[:] = [
            Watcher(
                State(tmp_path / "watch.db"),
                Fetcher("Legation/test", limits=Limits(seconds=0.6, bytes=300_000), allow_private=True),
                FakeCoder,
                kept,
                manners=Manners(**options),
                clock=clock,
                wait=clock.wait,
            )
        ]
        return made[0]

    yield make
    for old in made:
        old.state.close()
