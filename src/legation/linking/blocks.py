"""Which reports are worth comparing: few pairs of the many, and hardly one too few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from legation.linking.evidence import BEYOND, Telling

_SPAN = BEYOND + 1  # days: two reports near in time lie in one such span or in neighbouring ones
_CROWDED = 40  # a block of more reports is cut finer by their words, ...
_DEPTH = 2  # ... so often; what is still crowded then tells one event many times over
_ALL = 0.7  # a word that so many of a block have does not cut it finer
_NEIGHBOURS = 8  # of which each is compared with so many: enough to chain them

Key = tuple[str, ...]
Pair = tuple[int, int]


def candidates(tellings: Sequence[Telling], *, known: int = 0) -> set[Pair]:
    """Pairs of reports, by number, of one type, near in time, and with enough in common to be looked at.

    Enough is a town, a person, a story, two sides, or a side and a word; for a report of nobody known ("gunmen
    killed six people") a word. The first `known` reports were compared among themselves before.
    """
    parts: dict[tuple[str, int | None], list[int]] = {}
    for number, telling in enumerate(tellings):
        for span in _spans(telling):
            parts.setdefault((telling.report.event.event, span), []).append(number)
    found: set[Pair] = set()
    for (_, span), part in parts.items():
        if len(part) > 1 and part[-1] >= known:
            found.update(_near(tellings, set(_pairs(tellings, part, known)), span))
    return found


def _near(tellings: Sequence[Telling], pairs: set[Pair], span: int | None) -> Iterator[Pair]:
    """Those of the pairs that are near in time and of other documents, each in the later of its spans alone."""
    for pair in pairs:
        one, other = tellings[pair[0]], tellings[pair[1]]
        if one.about is not None and other.about is not None:
            later = max(one.about, other.about)
            if later - min(one.about, other.about) > BEYOND or later // _SPAN != span:
                continue
        if one.report.document != other.report.document:
            yield pair


def _pairs(tellings: Sequence[Telling], part: list[int], known: int) -> Iterator[Pair]:
    """Blocks are filled in order of the numbers, so of each pair the larger comes second; it is a new one."""
    blocks: dict[Key, list[int]] = {}
    sides: dict[str, list[int]] = {}
    for number in part:
        for key in _keys(tellings[number]):
            blocks.setdefault(key, []).append(number)
        for side in tellings[number].sides:
            sides.setdefault(side, []).append(number)
    crowded = {side for side, block in sides.items() if len(block) > _CROWDED}
    for side, block in sides.items():
        if side in crowded:
            for number in block:
                for key in _finer(tellings[number], side, crowded):
                    blocks.setdefault(key, []).append(number)
        else:
            yield from _alike(tellings, block, known)
    for key, block in blocks.items():
        if block[-1] >= known:
            yield from (pair for pair in _close(tellings, block, key[-1], 0) if pair[1] >= known)
    yield from (pair for pair in _by_word(tellings, part) if pair[1] >= known)


def _alike(tellings: Sequence[Telling], block: list[int], known: int) -> Iterator[Pair]:
    """The pairs of reports of one side that have another side or a word in common: for few, quicker than keys."""
    for at, number in enumerate(block):
        if number < known:
            continue
        words, sides = tellings[number].words, tellings[number].sides
        for earlier in block[:at]:
            other = tellings[earlier]
            if not words.isdisjoint(other.words) or len(sides & other.sides) > 1:
                yield earlier, number


def _finer(telling: Telling, side: str, crowded: set[str]) -> Iterator[Key]:
    """The keys by which a side of very many reports is cut; with a side of few they are compared there."""
    yield from ((side, word) for word in telling.words)
    yield from ((side, other) for other in telling.sides & crowded if side < other)


def _by_word(tellings: Sequence[Telling], part: list[int]) -> Iterator[Pair]:
    """Pairs of which one has no side, by a word in common."""
    bare = {number for number in part if not tellings[number].sides}
    if not bare:
        return
    by_word: dict[str, list[int]] = {}
    for number in part:
        for word in tellings[number].words:
            by_word.setdefault(word, []).append(number)
    for block in by_word.values():
        if len(block) <= _CROWDED:
            yield from ((i, j) for i, j in combinations(block, 2) if i in bare or j in bare)


def _close(tellings: Sequence[Telling], block: list[int], after: str, depth: int) -> Iterator[Pair]:
    """All pairs of a small block; of a crowded one those with more words in common."""
    if len(block) <= _CROWDED:
        yield from combinations(block, 2)
    elif depth < _DEPTH:
        finer: dict[str, list[int]] = {}
        for number in block:
            for word in tellings[number].words:
                if word > after or not depth:  # each set of words is gone into in one order only
                    finer.setdefault(word, []).append(number)
        for word, part in finer.items():
            if len(part) < _ALL * len(block):
                yield from _close(tellings, part, word, depth + 1)
        yield from _chained(block)
    else:
        yield from _chained(block)


def _chained(block: list[int]) -> Iterator[Pair]:
    for at, one in enumerate(block):
        yield from ((one, other) for other in block[at + 1 : at + 1 + _NEIGHBOURS])


def _keys(telling: Telling) -> Iterator[Key]:
    if telling.town:
        yield ("in", telling.town)
    if telling.report.story:
        yield ("story", telling.report.story)
    yield from (("person", name) for name in telling.persons)


def _spans(telling: Telling) -> tuple[int | None, ...]:
    if telling.about is None:
        return (None,)
    return (telling.about // _SPAN, telling.about // _SPAN + 1)
