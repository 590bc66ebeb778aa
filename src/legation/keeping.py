"""The store as it is used: with the linker that makes events of reports, and copies and stories found on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from legation.linking.documents import Linker
from legation.linking.events import link_events
from legation.model import Document
from legation.store import Added, Store

# Documents kept together. Where an addition is cut off, at most so many are coded again; of fewer, the days they are
# of would be linked anew that much more often.
BATCH = 128
# Copies and stories are looked for this far back, the store's documents before the first new one among them.
_DAYS = 28


def open_store(store: str | Path = "legation.db", *, create: bool = True) -> Store:
    """The store in this file or at this URL, with the linker of this version."""
    return Store.open(store, create=create, link=link_events)


class Keeper:
    """Adds coded documents to a store as they come, and notes which are copies and which make a story.

    What copies a document or goes on with a story may have come in an earlier run: of the last four weeks the
    store's documents are gone through again, in the batches in which they came, before the first new one.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._finder: Linker | None = None
        self._stories: dict[str, str] = {}  # by the finder's name, the name the store has for it

    def add(self, docs: Sequence[Document], about: Mapping[str, str]) -> Added:
        """Keep a batch of coded documents, in one transaction."""
        copies, stories = self._linked(docs)
        return self.store.add(docs, about, copies=copies, stories=stories)

    def _linked(self, docs: Sequence[Document]) -> tuple[dict[str, str], dict[str, str]]:
        if self._finder is None:
            self._finder = Linker()
            self._recall(self._finder, docs)
        copies: dict[str, str] = {}
        stories: dict[str, str] = {}
        for doc, link in self._finder.stream(docs, ahead=max(1, len(docs))):
            if link.copy_of:
                copies[doc.id] = link.copy_of
            stories[doc.id] = self._stories.setdefault(link.story, link.story)
        return copies, stories

    def _recall(self, finder: Linker, docs: Sequence[Document]) -> None:
        days = sorted(doc.published[:10] for doc in docs if doc.published)
        for batch in self.store.batches(_before(days[0]) if days else None):
            plain = [replace(doc, meta=()) for doc in batch]
            for (_, link), kept in zip(finder.stream(plain, ahead=len(plain)), batch, strict=True):
                story = dict(kept.meta).get("story")
                if story:
                    self._stories.setdefault(link.story, story)


def _before(day: str) -> str | None:
    try:
        return (date.fromisoformat(day) - timedelta(days=_DAYS)).isoformat()
    except (ValueError, OverflowError):
        return None


def batched(docs: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in batches that are the same for the same input, whatever of them is known already."""
    stream = iter(docs)
    while batch := list(islice(stream, BATCH)):
        yield batch
