"""One text printed by many: exact and near copies, excerpts, re-posts and later versions, found as they come."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

import numpy as np
import numpy.typing as npt

from legation.linking.clock import day_of, near
from legation.linking.words import Words, words_of
from legation.model import Document

Kind = Literal["same", "near", "excerpt", "fuller", "version"]
Grams = npt.NDArray[np.uint64]

# Share of the shorter text's words that must stand in the other, in runs of three or more. Two reports of
# one event by two hands share up to 0.3 (quotes, names); a text with a fifth of its words changed keeps 0.7.
_LEAST_SHARE = 0.5
# Of the names, and of the figures, so much must be kept: a bulletin in the same form has others.
_LEAST_FACTS = 0.6
_FACTS_FREE = 2  # and so many more are taken as kept: of few names one edit may hit half
# One sentence of news is like another, so short texts need more of both, and are copied within days or not at all.
_SHORT, _LONG = 30, 100  # words
_SHORT_STRICTER = 0.3
_SHORT_DAYS = 3
# One in so many runs of three words is remembered: twenty words in common are found nine times in ten.
_SAMPLE = 4
_ALL_BELOW = 80  # of a text with fewer words every run is remembered
_VERIFIED = 6  # candidates looked at in full
_COMMON = 60  # a run of words in so many documents is a phrase and finds nothing
_LONGER = 1.5  # from this factor on the shorter text is an excerpt
_WIRES = "Reuters|AP|AFP|Xinhua|UPI|IANS|PTI|ANI|DPA|EFE|TASS|Interfax|Yonhap|Kyodo|Anadolu|Bernama|ANSA|PA"
_WIRE = re.compile(
    rf"[(\[](?:[^()\[\]\n]{{0,30}}[\s/,])?({_WIRES})(?:[\s/,][^()\[\]\n]{{0,30}})?[)\]]"
    rf"|(?:^|\n)[^\n]{{0,60}}?\b({_WIRES})\s*(?:--|[-–—])"
    rf"|\b({_WIRES})\s+contributed to this"
)
_FULL_NAMES = re.compile(r"\b(?:The )?Associated Press\b|\bAgence France-Presse\b")


@dataclass(frozen=True, slots=True)
class Copy:
    """That a document copies an earlier one, how much of it, and why that is held."""

    of: str  # id of the earlier document
    share: float  # of the shorter text's words, those that stand in the longer in runs of three or more
    kind: Kind
    reason: str
    wire: str | None = None  # the agency the text itself names as its origin


@dataclass(slots=True)
class _Kept:
    """What is remembered of a document: hashes, no text."""

    id: str
    day: int | None
    title: str
    grams: Grams
    prints: list[int]
    words: int
    names: frozenset[int]
    figures: frozenset[int]
    openings: frozenset[int]
    wire: str | None
    origin: str | None = None  # the first of its family


class CopyFinder:
    """Finds copies among documents as they come; each is compared with what came before it.

    `days` is how far apart in time an original and its copy may lie. Of documents out of that time only the
    latest `keep` are remembered, so that memory grows no faster than the time window (about 20 kB a
    document of 350 words).
    """

    def __init__(self, *, days: int = 14, keep: int = 10_000) -> None:
        self._days = days
        self._keep = keep
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._homes: dict[int, int | list[int]] = {}  # sampled run of words -> documents
        self._next = 0
        self._latest: int | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, doc: Document, words: Words | None = None) -> Copy | None:
        """The earlier document that this one copies, if it does; and remember this one.

        `words` are those of the document, where they were found before.
        """
        new = _kept(doc, words or words_of(doc))
        if not new.words:
            return None
        copy = self._judged(new)
        self._remember(new)
        return copy

    def _judged(self, new: _Kept) -> Copy | None:
        best: tuple[float, int, _Kept] | None = None
        for number in self._candidates(new):
            old = self._kept[number]
            shortness = _shortness(new, old)
            days = self._days if shortness < 0.5 else min(self._days, _SHORT_DAYS)
            if old.id == new.id or not near(new.day, old.day, days):
                continue
            share = _share(new, old)
            enough = share >= _LEAST_SHARE + _SHORT_STRICTER * shortness
            if enough and _same_facts(new, old, shortness) and (best is None or share > best[0] + 1e-9):
                best = (share, number, old)
        if best is None:
            return None
        share, _, old = best
        new.origin = old.origin or old.id
        kind = _kind(new, old, share)
        return Copy(old.id, round(share, 3), kind, _reason(kind, new, old, share), new.wire or old.wire)

    def _candidates(self, new: _Kept) -> list[int]:
        """The documents with most sampled runs in common, rare ones first; of equals the earliest."""
        found: dict[int, float] = defaultdict(float)
        for mark in new.prints:
            home = self._homes.get(mark)
            if isinstance(home, int):
                found[home] += 1.0
            elif home is not None and len(home) < _COMMON:
                for number in home:
                    found[number] += 1.0 / len(home)
        ranked = sorted((-round(score, 6), number) for number, score in found.items())
        return [number for _, number in ranked[:_VERIFIED]]

    def _remember(self, new: _Kept) -> None:
        number = self._next
        self._next += 1
        self._kept[number] = new
        for mark in new.prints:
            home = self._homes.get(mark)
            if home is None:
                self._homes[mark] = number
            elif isinstance(home, int):
                self._homes[mark] = [home, number]
            elif len(home) < _COMMON:
                home.append(number)
        if new.day is not None:
            self._latest = new.day if self._latest is None else max(self._latest, new.day)
        while len(self._kept) > self._keep:
            first = next(iter(self._kept.values()))
            if first.day is not None and self._latest is not None and first.day >= self._latest - self._days:
                break
            self._forget()

    def _forget(self) -> None:
        number, old = self._kept.popitem(last=False)
        for mark in old.prints:
            home = self._homes.get(mark)
            if home == number:
                del self._homes[mark]
            elif isinstance(home, list) and number in home:
                home.remove(number)
                if not home:
                    del self._homes[mark]


def signature(doc: Document) -> list[int]:
    """A sample of the document's runs of three words: of two texts with half in common, some are the same.

    What one text holds in a sample, a longer text that holds the same words has there too, so excerpts are found.
    """
    kept = _kept(doc, words_of(doc))
    rate = 2 if kept.words < _ALL_BELOW else 2 * _SAMPLE
    return [mark for mark in kept.prints if mark % rate == 0] or kept.prints[:4]


def wire_of(text: str) -> str | None:
    """The agency that a text names as its origin: "MOSCOW (Reuters) - ...", "AP contributed to this report"."""
    for part in (text[:600], text[-400:]):
        match = _WIRE.search(part)
        if match:
            return next(g for g in match.groups() if g)
    match = _FULL_NAMES.search(text[:300])
    if match:
        return "AP" if "Associated" in match.group() else "AFP"
    return None


def _kept(doc: Document, words: Words) -> _Kept:
    grams = _grams(words)
    some = grams if len(words.all) < _ALL_BELOW else grams[grams % _SAMPLE == 0]
    return _Kept(
        id=doc.id,
        day=day_of(doc.published),
        title=" ".join((doc.title or "").casefold().split()),
        grams=grams,
        prints=[int(g) for g in np.unique(some)],
        words=len(words.all),
        names=_hashed(words.names),
        figures=_hashed(words.figures),
        openings=_hashed(words.openings),
        wire=wire_of(doc.text),
    )


def _hashed(words: frozenset[str]) -> frozenset[int]:
    return frozenset(crc32(w.encode("utf-8", "replace")) for w in words)


def _grams(words: Words) -> Grams:
    """A hash of each run of three words, in order; of a text of one or two words, one of the whole."""
    hashes = np.array([crc32(w.encode("utf-8", "replace")) for w in words.all], dtype=np.uint64)
    if len(hashes) < 3:
        return hashes[:1] if len(hashes) else hashes
    first, second, third = hashes[:-2], hashes[1:-1], hashes[2:]
    with np.errstate(over="ignore"):
        mixed = (first * np.uint64(0x9E3779B97F4A7C15) + second) * np.uint64(0xC2B2AE3D27D4EB4F) + third
        mixed ^= mixed >> np.uint64(29)
        result: Grams = mixed * np.uint64(0xBF58476D1CE4E5B9)
    return result >> np.uint64(3)


def _share(one: _Kept, other: _Kept) -> float:
    """How much of the shorter text stands in the longer, counted in words of common runs of three."""
    few, many = (one, other) if one.words <= other.words else (other, one)
    common = np.isin(few.grams, many.grams)
    covered = np.zeros(len(common) + 2, dtype=bool)
    covered[:-2] |= common
    covered[1:-1] |= common
    covered[2:] |= common
    return float(covered.sum() / len(covered))


def _shortness(one: _Kept, other: _Kept) -> float:
    """0 for two texts of a hundred words or more, 1 where one has thirty or fewer."""
    return min(1.0, max(0.0, (_LONG - min(one.words, other.words)) / (_LONG - _SHORT)))


def _same_facts(one: _Kept, other: _Kept, shortness: float) -> bool:
    """Whether names and figures of the shorter text are mostly those of the longer."""
    few, many = (one, other) if one.words <= other.words else (other, one)
    free = _FACTS_FREE * (1 - shortness)
    least = _LEAST_FACTS + _SHORT_STRICTER * shortness
    # What begins a sentence may be a name ("France condemned ..."); in a short text that may be all that differs.
    names = few.names | few.openings if shortness > 0.5 else few.names
    return all(
        not mine or (len(mine & theirs) + free) / (len(mine) + free) >= least
        for mine, theirs in ((names, many.names | many.openings), (few.figures, many.figures))
    )


def _kind(new: _Kept, old: _Kept, share: float) -> Kind:
    if new.words == old.words and share == 1.0:
        return "same"
    if share >= 0.8 and old.words >= _LONGER * new.words:
        return "excerpt"
    if share >= 0.8 and new.words >= _LONGER * old.words:
        return "fuller"
    if new.figures - old.figures and new.day is not None and old.day is not None and share < 0.9:
        return "version"
    return "near"


_SAID: dict[Kind, str] = {
    "same": "the same text as {of}",
    "near": "{percent} % of the words of the shorter text stand in both, beside {of}",
    "excerpt": "an excerpt of {of}: {percent} % of its words stand there",
    "fuller": "holds {percent} % of {of}, and more",
    "version": "a later version of {of} with other figures: {percent} % of the words stand in both",
}


def _reason(kind: Kind, new: _Kept, old: _Kept, share: float) -> str:
    said = _SAID[kind].format(of=old.id, percent=round(100 * share))
    if new.title and old.title and new.title != old.title:
        said += ", under another title"
    if new.wire and new.wire == old.wire:
        said += f"; both name {new.wire} as their source"
    elif new.wire or old.wire:
        said += f"; {'it' if new.wire else old.id} names {new.wire or old.wire} as its source"
    return said
