"""Pairs of quotation marks in running text, in every convention news uses.

Curly, straight, double apostrophes, guillemets, single marks; nested marks belong to the outer
pair; marks may stand apart by blanks, as in tokenised corpora; a quote that goes on in the next
paragraph has no closing mark before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from legation.model import Span

_DOUBLE = re.compile(r"''|``|[“”„‟\"«»＂]")
_SINGLE = re.compile(r"['‘’‚‹›]")
_ANY = re.compile(r"[“”„‟\"«»＂`'‘’‚‹›]")
_OPENERS = "“„‟«``"
_CLOSERS = "”»"
# A dash that opens a paragraph opens speech: "- We will stay, the envoy said."
_BEFORE_OPEN = " \t\xa0\n([{—–―-/:,"
_BEFORE_SINGLE = " \t\xa0\n([{—–―:"
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between quotation marks. `outer` covers the marks, `start` and `end` only the words."""

    start: int
    end: int
    outer: Span
    runs_on: bool = False  # no closing mark before the paragraph ends
    block: int = 0  # number of the paragraph

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def find_marks(text: str, blocks: Iterable[Span]) -> tuple[Marked, ...]:
    """The outermost pairs of marks of each block (paragraph), in the order of the text."""
    found: list[Marked] = []
    if not _ANY.search(text):
        return ()
    for number, block in enumerate(blocks):
        doubles = _doubles(text, block, number)
        singles = _singles(text, block, number, doubles)
        kept = [d for d in doubles if not any(s.outer.covers(d.outer) for s in singles)]
        found.extend(sorted([*kept, *singles], key=lambda m: m.start))
    return tuple(found)


def _doubles(text: str, block: Span, number: int) -> list[Marked]:
    """Double marks by their direction; straight ones by the blanks beside them, else by turns."""
    found: list[Marked] = []
    opened: list[re.Match[str]] = []
    for match in _DOUBLE.finditer(text, block.start, block.end):
        opens = _opens(text, match, block, bool(opened))
        if opens is None:
            continue
        if opens:
            if opened and match.group() == opened[-1].group() and match.group() in ('"', "''"):
                # Two straight openers: the first one lost its closing mark.
                opened = []
            opened.append(match)
        elif opened:
            first = opened.pop()
            if not opened:
                _keep(found, text, first, match.start(), match.end(), number)
    if opened:
        _close_open_one(found, text, opened[0], block, number)
    return found


def _opens(text: str, match: re.Match[str], block: Span, is_open: bool) -> bool | None:
    """Whether a mark opens; None where it is no quotation mark (inches, a stray one)."""
    mark = match.group()
    before = text[match.start() - 1] if match.start() > block.start else " "
    after = text[match.end()] if match.end() < block.end else " "
    left_blank = before in _BEFORE_OPEN
    right_blank = not _LETTER.match(after) and after not in "$£€#@[‘'“(.…—-"
    if mark in ("“", "„", "‟", "«", "``"):
        # Some outlets print an opening mark at the end.
        at_end = after.isspace() or match.end() == block.end
        return not (is_open and mark == "“" and not before.isspace() and at_end)
    if mark in ("”", "»"):
        return not is_open and left_blank and not after.isspace()
    if not is_open and before.isdigit() and right_blank:
        return None
    if left_blank and before not in "-—–,:" and not after.isspace():
        return True
    if not left_blank and (after.isspace() or not _LETTER.match(after)):
        return False if is_open else None
    return not is_open


def _close_open_one(found: list[Marked], text: str, first: re.Match[str], block: Span, number: int) -> None:
    """An opening mark without its closing one: speech that runs to the end of the paragraph, or a slip."""
    lead = text[block.start : first.start()].rstrip()
    if lead and lead[-1] not in ',:.?!”"':
        return
    _keep(found, text, first, block.end, block.end, number, runs_on=True)


def _singles(text: str, block: Span, number: int, doubles: list[Marked]) -> list[Marked]:
    """Single marks outside double ones, or around them; apostrophes are told apart by their letters."""
    found: list[Marked] = []
    position = block.start
    marks = list(_SINGLE.finditer(text, block.start, block.end))
    for n, match in enumerate(marks):
        if match.start() < position or not _opens_single(text, match, block):
            continue
        if any(d.outer.start <= match.start() < d.outer.end for d in doubles):
            continue
        close = _closing_single(text, marks[n + 1 :], block, doubles)
        if close is not None:
            _keep(found, text, match, close.start(), close.end(), number)
            position = close.end()
    return found


def _opens_single(text: str, match: re.Match[str], block: Span) -> bool:
    before = text[match.start() - 1] if match.start() > block.start else " "
    after = text[match.end() : match.end() + 6]
    if (
        match.group() in "’›"
        or before not in _BEFORE_SINGLE
        or text[match.start() : match.end() + 1] == "''"
    ):
        return False
    # "'em", "'til", "'90s" drop letters; a possessive apart by a blank is tokenised text.
    if re.match(r"\d0s|(?:em|til|cause|tis|twas|n|round|bout|s|re|ve|ll|d|m|t)\b", after, re.IGNORECASE):
        return False
    return bool(after) and (not after[0].isspace()) and after[0] not in "',.;"


def _closing_single(
    text: str, marks: list[re.Match[str]], block: Span, doubles: list[Marked]
) -> re.Match[str] | None:
    """The mark that closes: best after a stop, else with no letter behind it and no plural s before it."""
    fallback: re.Match[str] | None = None
    for match in marks:
        before = text[match.start() - 1]
        after = text[match.end()] if match.end() < block.end else " "
        if any(d.outer.start < match.start() < d.outer.end for d in doubles):
            continue
        if match.group() == "‘":
            break
        if before.isspace() or _LETTER.match(after) or after in "'’":
            continue
        if before in ",.?!…" or before not in "sS" or not after.isspace():
            return match
        fallback = fallback or match
    return fallback


def _keep(
    found: list[Marked],
    text: str,
    first: re.Match[str],
    end: int,
    outer_end: int,
    number: int,
    *,
    runs_on: bool = False,
) -> None:
    start = first.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Marked(start, end, Span(first.start(), max(outer_end, end)), runs_on, number))
