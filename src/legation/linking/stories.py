"""Documents about the same happening, put together as they come: streaming, with ids that stay."""

from __future__ import annotations

import hashlib
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import fsum

import numpy as np

from legation.linking.clock import day_of
from legation.linking.grouping import LEAST, NEVER, Group, Matrix, grouped
from legation.linking.recent import Recent, Told, by_days, cosines, homes
from legation.linking.vectors import Frequencies, Vector, printed, terms_of
from legation.linking.words import Words, words_of
from legation.model import Document

_FEW = 100  # documents judged together; fewer are judged beside the latest before them
_REMEMBERED = 600  # documents that are judged again with those that come
_NEAR = 0.06  # likeness from which a remembered document has a say
# Documents judged beside few others need more likeness than those beside many, where a likelier may be found.
_MANY = 100
_LEAST_FEW = 0.15
_TELLING = 60  # the heaviest terms of a document find the stories,
_COMMON = 200  # but none that stands in more stories than this
_SHOWN = 4  # words of a reason
_ASKED = 20  # stories that are compared in full
_STORY_TERMS = 600  # a story's vector is cut to half of this when it has grown beyond it


@dataclass(slots=True)
class _Story:
    """What is remembered of a story: the sum of its documents' vectors, and when it was told."""

    id: str
    number: int  # in order of coming
    total: Vector = field(default_factory=dict)
    documents: int = 0
    inner: float = 0.0
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class _New:
    """A document that has no story yet."""

    doc: Document
    told: Told

    @property
    def vector(self) -> Vector:
        return self.told.vector

    @property
    def day(self) -> int | None:
        return self.told.day


@dataclass(frozen=True, slots=True)
class Placed:
    """A document's story, and what puts it there: the mean likeness to the others and the words in common."""

    story: str
    others: int  # documents of the story so far
    likeness: float = 0.0
    words: tuple[str, ...] = ()
    blank: bool = False  # without a word to compare

    @property
    def reason(self) -> str:
        """The same in words."""
        if self.blank:
            return "holds no words to compare"
        if not self.others:
            return "tells of something new"
        with_whom = "another document" if self.others == 1 else f"{self.others} others"
        tells = "tells" if self.others == 1 else "tell"
        return f"tells what {with_whom} {tells} (likeness {self.likeness:.2f}): {', '.join(self.words)}"


class StoryFinder:
    """Puts each document to the story it belongs to, or begins one; an answer once given stays.

    `days` is the time window: of stories silent for longer only the latest `keep` are remembered, so that memory
    grows no faster than the window (less than 90 kB a story).
    """

    def __init__(self, *, days: int = 30, keep: int = 2_000) -> None:
        self._days = days
        self._keep = keep
        self._stories: OrderedDict[str, _Story] = OrderedDict()
        self._numbered: dict[int, _Story] = {}
        self._next = 0
        self._by_term: dict[str, array[int]] = {}  # the numbers of the stories that have it
        self._frequencies = Frequencies()
        self._recent = Recent(_REMEMBERED)
        self._latest: int | None = None

    def __len__(self) -> int:
        return len(self._stories)

    def add(self, doc: Document) -> str:
        """The id of the document's story, told at once."""
        return self.place([doc])[0].story

    def add_many(self, docs: Sequence[Document]) -> list[str]:
        """The story of each of the documents, judged together: better than one by one."""
        return [placed.story for placed in self.place(docs)]

    def stream(self, docs: Iterable[Document], *, ahead: int = 1500) -> Iterator[tuple[Document, Placed]]:
        """Each document with its story, in order; looking `ahead` finds better ones than answering at once."""
        coming = iter(docs)
        while batch := list(islice(coming, ahead)):
            yield from zip(batch, self.place(batch), strict=True)

    def place(self, docs: Sequence[Document], words: Sequence[Words] | None = None) -> list[Placed]:
        """The story of each of the documents, judged together, and what puts it there.

        `words` are those of the documents, where they were found before.
        """
        words = words or [words_of(doc) for doc in docs]
        counted = [terms_of(doc, found) for doc, found in zip(docs, words, strict=True)]
        for terms in counted:
            self._frequencies.add(terms)
        news = [
            _New(doc, Told(terms, self._frequencies.weighted(terms), day_of(doc.published)))
            for doc, terms in zip(docs, counted, strict=True)
        ]
        placed = self._placed_again(news) if len(news) <= _FEW and len(self._recent) else self._placed_together(news)
        self._forget()
        return placed

    def _placed_together(self, news: Sequence[_New]) -> list[Placed]:
        """Many documents, put together among themselves and with the stories before them as wholes."""
        scores = [self._near_stories(new) for new in news]
        olds = [self._stories[name] for name in dict.fromkeys(name for found in scores for name in found)]
        groups = [Group([i], 1) for i in range(len(news))]
        groups += [Group([len(news) + k], s.documents, s.inner) for k, s in enumerate(olds)]
        likeness = _likeness(cosines([new.told for new in news]), olds, scores)
        choices = []
        for group in grouped(likeness, groups, least=LEAST if len(news) >= _MANY else _LEAST_FEW):
            joined = sorted(m for m in group.members if m < len(news))
            if joined:
                old = next((olds[m - len(news)] for m in group.members if m >= len(news)), None)
                choices.append((joined, old, group))
        placed = self._told(choices, news)
        self._recent.remember([new.told for new in news], None, self._frequencies)
        return placed

    def _placed_again(self, news: Sequence[_New]) -> list[Placed]:
        """Few documents, put together anew with the latest before them.

        What was answered stays, but a story is continued only where most of its documents stand: of two look-alikes
        that were taken for one, the second has a story of its own from then on.
        """
        table = self._recent.with_new([new.told for new in news])
        beside = self._beside(table, len(news))
        scores = [self._near_stories(new) for new in news]
        told = {self._recent[k].story for k in range(len(self._recent))}
        names = dict.fromkeys(name for found in scores for name in found if name not in told)
        olds = [self._stories[name] for name in names]
        picked = [*beside, *range(len(self._recent), len(table))]
        none: list[dict[str, float]] = [{} for _ in beside]
        likeness = _likeness(table[np.ix_(picked, picked)], olds, [*none, *scores])
        groups = [Group([i], 1) for i in range(len(picked))]
        groups += [Group([len(picked) + k], s.documents, s.inner) for k, s in enumerate(olds)]
        choices = []
        found = grouped(likeness, groups, least=_LEAST_FEW)
        stories = [[self._recent[beside[m]].story for m in g.members if m < len(beside)] for g in found]
        for group, old in zip(found, homes(stories), strict=True):
            joined = sorted(m - len(beside) for m in group.members if len(beside) <= m < len(picked))
            if joined:
                whole = next((olds[m - len(picked)] for m in group.members if m >= len(picked)), None)
                choices.append((joined, self._stories.get(old or "", whole), group))
        placed = self._told(choices, news)
        self._recent.remember([new.told for new in news], table, self._frequencies)
        return placed

    def _beside(self, table: Matrix, new: int) -> list[int]:
        """The remembered documents that are like a new one, and all others of their stories."""
        if not len(self._recent):
            return []
        near = table[-new:, :-new].max(axis=0) >= _NEAR
        stories = {self._recent[k].story for k in np.nonzero(near)[0].tolist()}
        return [k for k in range(len(self._recent)) if self._recent[k].story in stories]

    def _near_stories(self, new: _New) -> dict[str, float]:
        """The likest stories, with the mean likeness of their documents to this one."""
        means = {}
        for story in self._likely(new.vector):
            # Exact whatever the order, which that of a set is not.
            score = fsum(new.vector[term] * story.total[term] for term in new.vector.keys() & story.total.keys())
            means[story.id] = score / story.documents * by_days(_gap(new.day, story.first, story.last))
        return means

    def _likely(self, vector: Vector) -> list[_Story]:
        """The stories that have most of the heaviest terms, by the weight of these; of equals by id."""
        terms = [(w, having) for t, w in islice(vector.items(), _TELLING) if (having := self._by_term.get(t))]
        terms = [(w, having) for w, having in terms if len(having) <= _COMMON]
        if not terms:
            return []
        numbers = np.concatenate([np.frombuffer(having, dtype=np.int64) for _, having in terms])
        first = int(numbers.min())
        weights = np.repeat([w for w, _ in terms], [len(having) for _, having in terms])
        scores = np.bincount(numbers - first, weights)
        # Of a thousand stories only those that may be among the first are put in order.
        least = np.partition(scores, -_ASKED)[-_ASKED] if len(scores) > _ASKED else 0.0
        likely = np.flatnonzero((scores >= least) & (scores > 0)).tolist()
        best = [(-scores[n], self._numbered[n + first]) for n in likely]
        return [story for _, story in sorted(best, key=lambda b: (b[0], b[1].id))[:_ASKED]]

    def _told(self, choices: Iterable[tuple[list[int], _Story | None, Group]], news: Sequence[_New]) -> list[Placed]:
        """Put the new documents to the stories chosen for them: by number, the story or None for a new one."""
        placed: dict[int, Placed] = {}
        for joined, old, group in sorted(choices, key=lambda choice: choice[0][0]):
            story = old or self._begun(news[joined[0]].doc)
            for member in joined:
                self._take_in(story, news[member])
                news[member].told.story = story.id
            story.inner = group.cohesion * story.documents * (story.documents - 1) / 2 if group.size > 1 else 0.0
            for member in joined:
                placed[member] = _placed(story, news[member])
            self._cut(story)
            self._stories.move_to_end(story.id)
        return [placed[i] for i in range(len(news))]

    def _begun(self, doc: Document) -> _Story:
        """A new story; that of the same document, should it come once more."""
        name = _story_id(doc)
        if name not in self._stories:
            self._stories[name] = self._numbered[self._next] = _Story(name, self._next)
            self._next += 1
        return self._stories[name]

    def _take_in(self, story: _Story, new: _New) -> None:
        for term, weight in new.vector.items():
            if term not in story.total:
                self._by_term.setdefault(term, array("q")).append(story.number)
            story.total[term] = story.total.get(term, 0.0) + weight
        story.documents += 1
        if new.day is not None:
            story.first = new.day if story.first is None else min(story.first, new.day)
            story.last = new.day if story.last is None else max(story.last, new.day)
            self._latest = new.day if self._latest is None else max(self._latest, new.day)

    def _cut(self, story: _Story) -> None:
        if len(story.total) > _STORY_TERMS:
            ranked = sorted(story.total.items(), key=lambda item: (-item[1], item[0]))
            story.total = dict(ranked[: _STORY_TERMS // 2])
            self._unlink(story, (term for term, _ in ranked[_STORY_TERMS // 2 :]))

    def _forget(self) -> None:
        """Let go of the stories silent the longest, but of none within the time window."""
        while len(self._stories) > self._keep:
            story = next(iter(self._stories.values()))
            if story.last is not None and self._latest is not None and story.last >= self._latest - self._days:
                return
            del self._stories[story.id]
            self._unlink(story, story.total)
            del self._numbered[story.number]

    def _unlink(self, story: _Story, terms: Iterable[str]) -> None:
        for term in terms:
            having = self._by_term[term]
            having.remove(story.number)
            if not having:
                del self._by_term[term]


def _likeness(new: Matrix, olds: Sequence[_Story], scores: Sequence[dict[str, float]]) -> Matrix:
    """Between documents the cosine, to stories the mean; two stories that have ids stay two."""
    size = len(new)
    table = np.full((size + len(olds), size + len(olds)), NEVER, dtype=np.float32)
    table[:size, :size] = new
    number = {story.id: size + k for k, story in enumerate(olds)}
    table[:size, size:] = 0.0
    table[size:, :size] = 0.0
    for i, found in enumerate(scores):
        for name, score in found.items():
            if name in number:
                table[i, number[name]] = table[number[name], i] = score
    return table


def _gap(day: int | None, first: int | None, last: int | None) -> int | None:
    """The days between a document and the time in which a story was told."""
    if day is None or first is None or last is None:
        return None
    return max(0, first - day, day - last)


def _placed(story: _Story, new: _New) -> Placed:
    others = story.documents - 1
    if not others:
        return Placed(story.id, 0, blank=not new.vector)
    common = {t: w * (story.total.get(t, 0.0) - w) for t, w in new.vector.items()}
    best = sorted((t for t in common if common[t] > 0 and " " not in t), key=lambda t: (-common[t], t))[:_SHOWN]
    return Placed(story.id, others, round(sum(common.values()) / others, 2), printed(new.doc, best))


def _story_id(doc: Document) -> str:
    """An id that the first document of a story gives it."""
    return "s-" + hashlib.sha256(f"{doc.id}|{doc.text}".encode("utf-8", "replace")).hexdigest()[:12]
