"""Documents about the same happening, put together as they come: streaming, with ids that stay."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass, field

from legation.linking.clock import day_of, near
from legation.linking.words import words_of
from legation.model import Document

_NEAR = 0.2  # mean likeness to a story's documents from which a document belongs to it
_TERMS = 150  # of a document so many of its most telling terms are kept
_COMMON = 400  # a term of more stories than this finds none
_STOPS = frozenset(
    "the a an and or of to in on at by for from with as is was were be been are it its that this he she they his her "
    "their have has had not but which who will would said says after also than there when more about into out up over "
    "one we i you".split()
)


@dataclass(slots=True)
class _Story:
    """What is remembered of a story: the sum of its documents' vectors."""

    id: str
    total: dict[str, float] = field(default_factory=dict)
    documents: int = 0
    first: int | None = None
    last: int | None = None


class StoryFinder:
    """Puts each document to the story it belongs to, or begins one; an answer once given stays.

    `days` is how long a story may be silent and still go on. Of stories out of that time only the latest
    `keep` are remembered, so that memory grows no faster than the time window.
    """

    def __init__(self, *, days: int = 7, keep: int = 10_000) -> None:
        self._days = days
        self._keep = keep
        self._stories: OrderedDict[str, _Story] = OrderedDict()
        self._by_term: dict[str, set[str]] = {}
        self._in: Counter[str] = Counter()  # term -> documents with it
        self._seen = 0
        self._latest: int | None = None

    def __len__(self) -> int:
        return len(self._stories)

    def add(self, doc: Document) -> str:
        """The id of the document's story."""
        terms = _terms(doc)
        self._seen += 1
        self._in.update(terms.keys())
        vector = self._weighted(terms)
        day = day_of(doc.published)
        best, likeness = self._best(vector, day)
        if best is None or likeness < _NEAR:
            best = _Story(_story_id(doc))
            self._stories[best.id] = best
        self._take_in(best, vector, day)
        self._forget()
        return best.id

    def _weighted(self, terms: Counter[str]) -> dict[str, float]:
        size = self._seen + 1
        weights = {t: (1 + math.log(n)) * math.log(size / self._in[t] + 0.5) for t, n in terms.items()}
        kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_TERMS]
        norm = math.sqrt(sum(w * w for _, w in kept)) or 1.0
        return {t: w / norm for t, w in kept}

    def _best(self, vector: dict[str, float], day: int | None) -> tuple[_Story | None, float]:
        scores: dict[str, float] = defaultdict(float)
        for term, weight in vector.items():
            homes = self._by_term.get(term, ())
            if len(homes) > _COMMON:
                continue
            for home in homes:
                scores[home] += weight * self._stories[home].total[term] / self._stories[home].documents
        for home, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            story = self._stories[home]
            if near(day, story.first, self._days) or near(day, story.last, self._days):
                return story, score
        return None, 0.0

    def _take_in(self, story: _Story, vector: dict[str, float], day: int | None) -> None:
        for term, weight in vector.items():
            story.total[term] = story.total.get(term, 0.0) + weight
            self._by_term.setdefault(term, set()).add(story.id)
        story.documents += 1
        if day is not None:
            story.first = day if story.first is None else min(story.first, day)
            story.last = day if story.last is None else max(story.last, day)
            self._latest = day if self._latest is None else max(self._latest, day)
        self._stories.move_to_end(story.id)

    def _forget(self) -> None:
        while len(self._stories) > self._keep:
            story = next(iter(self._stories.values()))
            if story.last is not None and self._latest is not None and story.last >= self._latest - self._days:
                return
            del self._stories[story.id]
            for term in story.total:
                homes = self._by_term[term]
                homes.discard(story.id)
                if not homes:
                    del self._by_term[term]


def _story_id(doc: Document) -> str:
    """An id that the first document of a story gives it."""
    return "s-" + hashlib.sha256(f"{doc.id}|{doc.text}".encode("utf-8", "replace")).hexdigest()[:12]


def _terms(doc: Document) -> Counter[str]:
    words = [*words_of(doc).all]
    return Counter(w for w in words if len(w) > 1 and w not in _STOPS)
