"""Each document in turn: the one it copies, the story it belongs to, and why."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from legation.linking.copies import CopyFinder
from legation.linking.stories import StoryFinder
from legation.model import Document


@dataclass(frozen=True, slots=True)
class Link:
    """What a document was found to belong to."""

    id: str
    copy_of: str | None
    story: str
    reason: str

    def to_json(self) -> str:
        """The line of `legation link`."""
        record = {"id": self.id, "copy_of": self.copy_of, "story": self.story, "reason": self.reason}
        return msgspec.json.encode(record).decode()


class Linker:
    """Finds copies and stories together: a copy belongs to the story of its original."""

    def __init__(self, *, days: int = 14) -> None:
        self._copies = CopyFinder(days=days)
        self._stories = StoryFinder()

    def add(self, doc: Document) -> Link:
        """The links of the next document."""
        copy = self._copies.add(doc)
        story = self._stories.add(doc)
        reason = copy.reason if copy else ""
        return Link(doc.id, copy.of if copy else None, story, reason)
