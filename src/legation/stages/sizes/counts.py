"""Every count of people in a stretch of text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.knowledge.numbers import parse_number
from legation.model import Count
from legation.stages.sizes.words import (
    ACTIVE,
    BEFORE_COUNT,
    FURTHER,
    GOES_ON,
    HIGH,
    LOW,
    NEARLY,
    NO_PEOPLE,
    OBJECT,
    ONES_BEFORE,
    OTHERWISE,
    PASSIVE,
    PATTERNS,
    SCALES,
    WORTH,
    Kind,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A count of a kind, and where the report says it."""

    kind: Kind
    count: Count
    start: int
    end: int


def counts_in(text: str, start: int, end: int) -> list[Found]:
    """Every count of people between two offsets, in text order; one for the same words and kind."""
    if WORTH.search(text, start, end) is None:
        return []
    found: list[Found] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text, start, end):
            first, last = _bounds(match)
            if kind == "crowd" and match["single"]:
                continue
            if not _of_people(text, first, last, match) or _does_it(text, match):
                continue
            if any(f.start < last and first < f.end and (f.kind == kind or kind == "crowd") for f in found):
                continue
            if (count := _count(match, text[first:last])) is None:
                continue
            item = Found(kind, count, first, last)
            found.append(_with_others(text, item, match, start, end) if kind == "dead" else item)
    return sorted(found, key=lambda f: (f.start, f.kind))


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    first = match.start("bound") if match["bound"] else _number_start(match)
    return first, max(match.end(name) for name in ("until", "second", "vague", "number", "single"))


def _of_people(text: str, first: int, last: int, match: re.Match[str]) -> bool:
    """Whether the words beside a number leave it one of people."""
    before = text[max(0, first - 12) : first]
    if match["single"] and re.search(r"\bof\s+$", before):
        return False  # "the child of a citizen"
    if re.match(r"\s+of\s+(?:them|whom)\b", text[last : last + 10]):
        return False  # "30 civilians, three of them children"
    return not NO_PEOPLE.match(text[last : last + 24]) and not BEFORE_COUNT.search(before)


def _does_it(text: str, match: re.Match[str]) -> bool:
    """Whether the number is of those who kill: "a unit of 12 killed five rebels"."""
    words = match.group()
    return (
        ACTIVE.search(words) is not None
        and PASSIVE.search(words) is None
        and OBJECT.match(text, match.end()) is not None
    )


def _with_others(text: str, item: Found, match: re.Match[str], start: int, end: int) -> Found:
    """The count with those listed beside it: after a verb that kills, before one that says they were killed."""
    count, first, last = item.count, item.start, item.end
    if match.groupdict().get("more"):
        return Found(item.kind, _sum(count, Count(1, 1, 1, ""), text[first : match.end("more")]), first, last)
    if match.end() > last + 1:
        while (before := ONES_BEFORE.search(text, max(start, first - 90), first)) is not None:
            begin, stop = _bounds(before)
            other = _count(before, text[begin:stop])
            if other is None or not _of_people(text, begin, stop, before) or begin >= first:
                break
            count, first = _sum(other, count, text[begin:last]), begin
        return Found(item.kind, count, first, last)
    while (more := FURTHER.match(text, last, end)) is not None:
        begin, stop = _bounds(more)
        other = _count(more, text[begin:stop])
        if other is None or not _of_people(text, begin, stop, more) or OTHERWISE.match(text, stop, end):
            break
        if more["sep"].strip() == "," and not GOES_ON.match(text, stop, end):
            break
        count, last = _sum(count, other, text[first:stop]), stop
    return Found(item.kind, count, first, last)


def _sum(one: Count, two: Count, words: str) -> Count:
    """Two counts together; what one of them leaves open stays so."""
    best = None if one.best is None or two.best is None else one.best + two.best
    high = None if one.high is None or two.high is None else one.high + two.high
    return Count((one.low or 0) + (two.low or 0) or None, best, high, " ".join(words.split()))


def _number_start(match: re.Match[str]) -> int:
    if match["from"]:
        before = match.string[match.start() : match.start("from")].lower()
        return match.start() + before.rindex("between")
    return max(match.start(name) for name in ("vague", "number", "single"))


def _count(match: re.Match[str], words: str) -> Count | None:
    text = " ".join(words.split())
    if match["vague"]:
        low, best, high = SCALES[" ".join(match["vague"].lower().split())]
        return Count(low, best, high, text)
    if match["single"]:
        return Count(1, 1, 1, text)
    if match["from"]:
        return _between(match["from"], match["until"], text)
    if match["second"]:
        return _between(match["number"], match["second"], text)
    value = _whole(match["number"])
    if value is None or (re.fullmatch(r"(?:19|20)\d\d", match["number"]) and not match["bound"]):
        return None  # "killed in 2014", "2014 protesters": a year rather than a count
    bound = " ".join((match["bound"] or "").lower().split())
    if re.fullmatch(LOW, bound):
        return Count(value, value, None, text)
    if re.fullmatch(HIGH, bound):
        return Count(None, None, value, text)
    if re.fullmatch(NEARLY, bound):
        return Count(round(value * 0.9), value, value, text)
    if bound:
        # "about": the report stands by the figure to a tenth.
        return Count(round(value * 0.9), value, round(value * 1.1), text)
    return Count(value, value, value, text)


def _between(one: str, two: str, text: str) -> Count | None:
    low, high = _whole(one), _whole(two)
    if low is None or high is None or low > high:
        return None
    return Count(low, None, high, text)


def _whole(text: str) -> int | None:
    value = parse_number(text)
    return None if value is None or value != int(value) else int(value)
