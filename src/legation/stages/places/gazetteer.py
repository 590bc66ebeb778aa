"""Find the names in a text that the gazetteer or their own last word says are places."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from legation.knowledge.places import Gazetteer, Name

_UPPER = "A-Z" + "".join(
    c
    for c in map(chr, range(0xC0, 0x1F00))
    if unicodedata.category(c) == "Lu" and "LATIN" in unicodedata.name(c, "")
)
# Abbreviations keep their points; a hyphen or apostrophe inside belongs to the word; al-Bab begins small.
_WORD = re.compile(
    rf"(?<![\w@#])(?:W\.[ ]?Va\.|(?:[A-Z]\.){{2,}}"
    rf"|(?:(?:al|el|as|ash|ad|ar|an|at|az|d|l)[-'’‘]|['‘’ʻ](?=[^\W\d_]{{4}}))?"
    rf"[{_UPPER}][^\W_]*(?:['’‘ʻʼ‑-][^\W_]+)*)"
)
_GAP = re.compile(
    r"[  ](?:(?:of|de|del|da|do|du|la|le|les|al|el|and|upon|on|the|en|sur|am|i|in|y|di)[  ]){0,2}\Z"
)
_POSSESSIVE = re.compile(r"['’‘][sS]?\Z")
LONGEST = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A capitalised word; `link` says how it hangs on the next: 1 a blank, 2 by small words, 0 not."""

    start: int
    end: int  # without a possessive 's
    text: str
    link: int


@dataclass(slots=True)
class Found:
    """A name that may be a place, before it is decided whether it is one and which."""

    start: int
    end: int
    text: str
    name: Name | None
    first: int  # index of its first and last capitalised word
    last: int
    feature: str | None = None  # the kind its last word gives it: river, street ...
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)


def words_of(text: str, aliases: frozenset[str]) -> list[Word]:
    """The capitalised words of the text, split at hyphens only where the whole is no name."""
    raw: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if text[start] in "'‘’ʻ" and text[start + 1 : start + 2].isupper() and not _begins_name(text, start):
            start += 1
        possessive = _POSSESSIVE.search(text, start, end)
        if possessive and possessive.start() > start:
            end = possessive.start()
        elif end < len(text) and text[end] == "." and text[start : end + 1] in aliases:
            end += 1
        raw.append((start, end))
    words = []
    for i, (start, end) in enumerate(raw):
        link = 0
        if i + 1 < len(raw):
            nearest = raw[i + 1][0]
            if nearest - end <= 12:
                gap = text[end:nearest]
                if gap == " " or (gap == ". " and text[start:end] in ("St", "Mt", "Ft", "Ste")):
                    link = 1
                elif _GAP.match(gap):
                    link = 2
        words.append(Word(start, end, sys.intern(text[start:end]), link))
    return words


def _begins_name(text: str, at: int) -> bool:
    """Whether an apostrophe opens an Arabic name ('Amran) and not a quotation: no closing one near."""
    return not re.search(r"['’]", text[at + 1 : at + 60]) and (at == 0 or text[at - 1] in " (")


def find_names(
    text: str, words: list[Word], gazetteer: Gazetteer, function: frozenset[str]
) -> Iterator[Found]:
    """The longest names, from left to right, that the gazetteer knows; parts of hyphened words too."""
    i = 0
    count = len(words)
    while i < count:
        word = words[i]
        j = i
        while j + 1 < count and j + 1 - i < LONGEST and words[j].link:
            j += 1
        hit = None
        while j >= i:
            if j > i or word.text.lower() not in function or word.text == "US":
                printed = word.text if j == i else text[word.start : words[j].end]
                name = gazetteer.lookup(printed)
                if name is not None and (j > i or _single_ok(printed, name)):
                    hit = Found(word.start, words[j].end, printed, name, i, j)
                    break
            j -= 1
        hit = _with_tail(text, words, i, hit, gazetteer)
        if hit is not None:
            yield hit
            i = hit.last + 1
            continue
        if "-" in word.text:
            yield from _parts(word, i, gazetteer, function)
        i += 1


_TAIL = re.compile(
    r"[  ](?:[a-z]+[  ]){0,3}?(?:camp|crossing|airport|prison|plant|base|port|checkpoint|mall|mosque|post)\b"
)


def _with_tail(text: str, words: list[Word], i: int, hit: Found | None, gazetteer: Gazetteer) -> Found | None:
    """The longer name where small words complete it: the Rafah crossing, Jenin refugee camp."""
    last = hit.last if hit is not None else i
    tail = _TAIL.match(text, words[last].end)
    if tail is None:
        return hit
    printed = text[words[i].start : tail.end()]
    name = gazetteer.curated(printed)
    return Found(words[i].start, tail.end(), printed, name, i, last) if name is not None else hit


def _single_ok(printed: str, name: Name) -> bool:
    """Capitals alone, and words of one or two letters, are names only where the gazetteer's own say so."""
    if len(printed) <= 3:
        return name.curated or (len(printed) == 3 and not printed.isupper() and not name.word)
    return True


def _parts(word: Word, index: int, gazetteer: Gazetteer, function: frozenset[str]) -> Iterator[Found]:
    """Moscow in "Moscow-based", both names in "Kosovo-Serbia"."""
    at = word.start
    for part in word.text.split("-"):
        if part[:1].isupper() and len(part) > 2 and part.lower() not in function:
            name = gazetteer.lookup(part)
            if name is not None:
                yield Found(at, at + len(part), part, name, index, index)
        at += len(part) + 1
