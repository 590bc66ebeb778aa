"""Each document in turn: the one it copies, the story it belongs to, and why."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from legation.linking.copies import CopyFinder
from legation.linking.stories import StoryFinder
from legation.linking.words import words_of
from legation.model import Document

T = TypeVar("T")
REPEATED = "An earlier document has the id '{}' too: what names it may mean either; an event in both counts once."
AHEAD = 1500  # documents held back to be judged together: some 100 MB of coded documents
_REMEMBERED = 50_000  # documents whose story is known by id


@dataclass(frozen=True, slots=True)
class Link:
    """What a document was found to belong to."""

    id: str
    copy_of: str | None
    story: str
    reason: str
    repeats: bool = False  # an earlier document has the same id, so that what names it may mean either

    def to_dict(self) -> dict[str, str | None]:
        """What a line of `legation link` holds."""
        return {"id": self.id, "copy_of": self.copy_of, "story": self.story, "reason": self.reason}

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """What cannot be told of it, as a problem's stage and message."""
        return (("linking", REPEATED.format(self.id)),) if self.repeats else ()


class Linker:
    """Finds copies and stories together: a copy belongs to the story of its original.

    Memory grows no faster than the time window of `days`; see CopyFinder and StoryFinder.
    """

    def __init__(self, *, days: int = 14) -> None:
        self._copies = CopyFinder(days=days)
        self._stories = StoryFinder(days=2 * days)
        self._story_of: OrderedDict[str, str] = OrderedDict()

    def add(self, doc: Document) -> Link:
        """The links of the next document, told at once."""
        return self._linked([doc])[0]

    def stream(self, docs: Iterable[Document], *, ahead: int = AHEAD) -> Iterator[tuple[Document, Link]]:
        """Each document with its links, in order; looking so far `ahead` puts stories together better."""
        for batch in held_back(docs, ahead):
            yield from zip(batch, self._linked(batch), strict=True)

    def _linked(self, docs: Sequence[Document]) -> list[Link]:
        words = [words_of(doc) for doc in docs]
        copies = [self._copies.add(doc, found) for doc, found in zip(docs, words, strict=True)]
        links = []
        for doc, copy, placed in zip(docs, copies, self._stories.place(docs, words), strict=True):
            story = (self._story_of.get(copy.of) if copy else None) or placed.story
            reason = copy.reason if copy else placed.reason
            links.append(Link(doc.id, copy.of if copy else None, story, reason, doc.id in self._story_of))
            self._story_of[doc.id] = story
            if len(self._story_of) > _REMEMBERED:
                self._story_of.popitem(last=False)
        return links


def held_back(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of that size; after Ctrl-C those that had come still, and then the interrupt."""
    batch: list[T] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
    except KeyboardInterrupt:
        if batch and len(batch) < size:
            yield batch
        raise
    if batch:
        yield batch
