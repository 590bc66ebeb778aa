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
            found.update(_near(tellings, _pairs(tellings, part), span, known))
    return found


def _near(tellings: Sequence[Telling], pairs: Iterator[Pair], span: int | None, known: int) -> Iterator[Pair]:
    """Those of the pairs that are near in time and of other documents, each in the later of its spans alone."""
    for pair in pairs:
        if pair[1] < known:  # the larger number: blocks are filled in order
            continue
        one, other = tellings[pair[0]], tellings[pair[1]]
        if one.about is not None and other.about is not None:
            later = max(one.about, other.about)
            if later - min(one.about, other.about) > BEYOND or later // _SPAN != span:
                continue
        if one.report.document != other.report.document:
            yield pair


def _pairs(tellings: Sequence[Telling], part: list[int]) -> Iterator[Pair]:
    blocks: dict[Key, list[int]] = {}
    for number in part:
        for key in _keys(tellings[number]):
            blocks.setdefault(key, []).append(number)
    for key, block in blocks.items():
        yield from _close(tellings, block, key[-1], 0)
    bare = {number for number in part if not _sides(tellings[number])}
    if bare:
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
    sides = _sides(telling)
    if telling.town:
        yield ("in", telling.town)
    if telling.report.story:
        yield ("story", telling.report.story)
    yield from (("person", name) for name in sorted(telling.persons))
    yield from combinations(sides, 2)
    yield from ((side, word) for side in sides for word in telling.words)


def _sides(telling: Telling) -> list[str]:
    return sorted(telling.actors | telling.recipients)


def _spans(telling: Telling) -> tuple[int | None, ...]:
    if telling.about is None:
        return (None,)
    return (telling.about // _SPAN, telling.about // _SPAN + 1)
