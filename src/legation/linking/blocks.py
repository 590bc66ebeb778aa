"""Which reports are worth comparing: few pairs of the many, and hardly one too few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from legation.linking.evidence import Telling

_DAYS = 4  # reports are compared within two neighbouring spans of so many days
_CROWDED = 40  # a block of more reports is cut finer by what else they name, ...
_DEPTH = 3  # ... so often; what is still crowded then tells one event many times over
_NEIGHBOURS = 8  # of which each is compared with so many: enough to chain them

Pairs = Iterator[tuple[int, int]]


def candidates(tellings: Sequence[Telling]) -> set[tuple[int, int]]:
    """Pairs of reports, by number, of one type, near in time, that share a side, a person or a place.

    A report of nobody known ("gunmen", "six people") is compared with those it shares a word with.
    """
    named = [_names(t) for t in tellings]
    pairs: set[tuple[int, int]] = set()
    for block in _blocks(tellings, named).values():
        pairs.update(_close(block, [named[i] + _words(tellings[i]) for i in block], 0))
    bare = [not n for n in named]
    if any(bare):
        for block in _blocks(tellings, [_words(t) for t in tellings]).values():
            if len(block) <= _CROWDED:
                pairs.update((i, j) for i, j in combinations(block, 2) if bare[i] or bare[j])
    return {(i, j) for i, j in pairs if tellings[i].report.document != tellings[j].report.document}


def _blocks(tellings: Sequence[Telling], names: Iterable[tuple[str, ...]]) -> dict[tuple[object, ...], list[int]]:
    blocks: dict[tuple[object, ...], list[int]] = {}
    for number, (telling, own) in enumerate(zip(tellings, names, strict=True)):
        for span in _spans(telling):
            for name in own:
                blocks.setdefault((telling.report.event.event, span, name), []).append(number)
    return {key: block for key, block in blocks.items() if len(block) > 1}


def _close(block: list[int], names: list[tuple[str, ...]], depth: int, after: str = "") -> Pairs:
    """All pairs of a small block; of a crowded one those with more in common."""
    if len(block) <= _CROWDED:
        yield from combinations(block, 2)
    elif depth < _DEPTH:
        finer: dict[str, tuple[list[int], list[tuple[str, ...]]]] = {}
        for number, own in zip(block, names, strict=True):
            for name in own:
                if name > after:  # each set of names is gone into in one order only
                    part = finer.setdefault(name, ([], []))
                    part[0].append(number)
                    part[1].append(own)
        for name, (part_block, part_names) in finer.items():
            if len(part_block) > 1:
                yield from _close(part_block, part_names, depth + 1, name)
    else:
        for at, one in enumerate(block):
            yield from ((one, other) for other in block[at + 1 : at + 1 + _NEIGHBOURS])


def _names(telling: Telling) -> tuple[str, ...]:
    place = telling.report.event.place
    names = telling.actors | telling.recipients | telling.persons
    if place is not None:
        names |= {f"in {telling.town or place.country}"}
    return tuple(sorted(names))


def _words(telling: Telling) -> tuple[str, ...]:
    return tuple(sorted(telling.words))


def _spans(telling: Telling) -> tuple[int | None, ...]:
    if telling.about is None:
        return (None,)
    return (telling.about // _DAYS, telling.about // _DAYS + 1)
