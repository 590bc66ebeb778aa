"""A sentence as the parser should see it, with the way back to the document's characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from legation.model import Sentence

# What stands in brackets hangs on the wrong word in every third sentence; runs of blanks become tokens.
_BRACKETS = re.compile(r"\s*(?:\([^()]{0,200}\)|\[[^\[\]]{0,200}\])")
_BLANKS = re.compile(r"\s+")
# Written with a hyphen, these fall into three tokens of which the last is the head: "fire" of "cease-fire".
_HYPHENS = re.compile(
    r"(?i)(?<=\bcease)-(?=fire)|(?<=\bco)-(?=operat|ordinat)|(?<=\bpull)-(?=outs?\b|backs?\b)|(?<=\bair)-(?=strikes?\b|raids?\b)"
    r"|(?<=\bstand)-(?=offs?\b)|(?<=\bcrack)-(?=downs?\b)|(?<=\bwalk)-(?=outs?\b)|(?<=\btake)-(?=overs?\b)"
    r"|(?<=\bhand)-(?=overs?\b)|(?<=\bbuild)-(?=ups?\b)|(?<=\bre)-(?=open|elect|impos)|(?<=\bpeace)-(?=keep)|(?<=\bby)-(?=elections?\b)"
)
_TRIM = re.compile(r"^[\s\-–—•*·>]+|\s+$")
_EDGES = frozenset("-–—•*·>")
_OTHER_BLANKS = re.compile(r"[\t\n\r\xa0]")


def prepare(sent: Sentence, text: str) -> tuple[str, Sequence[int]]:
    """The sentence as the parser should see it, and for each of its characters the document offset.

    Brackets are blanked, blanks collapsed, leading dashes and bullets cut. A headline gets
    "Today, " before it and a full stop after it, which lets the parser find its verb.
    """
    raw = text[sent.start : sent.end]
    offsets: Sequence[int] = range(sent.start, sent.end)
    # Most sentences hold nothing to cut, and then the offsets need not be written out.
    if "(" in raw or "[" in raw:
        raw, offsets = _cut(raw, offsets, _BRACKETS)
    if raw and (raw[0] in _EDGES or raw[0].isspace() or raw[-1].isspace()):
        raw, offsets = _cut(raw, offsets, _TRIM)
    if "-" in raw:
        raw, offsets = _cut(raw, offsets, _HYPHENS)
    if "  " in raw or _OTHER_BLANKS.search(raw):
        raw, offsets = _cut(raw, offsets, _BLANKS, " ")
    if sent.kind == "title" and raw:
        stop = "" if raw[-1] in ".?!" else "."
        raw, offsets = "Today, " + raw + stop, [-1] * 7 + list(offsets) + [-1] * len(stop)
    return raw, offsets


def _cut(raw: str, offsets: Sequence[int], pattern: re.Pattern[str], blank: str = "") -> tuple[str, Sequence[int]]:
    """The text with each match replaced, and the offsets of what is left; the same offsets where nothing matches."""
    pieces: list[str] = []
    kept: list[int] = []
    last = 0
    for match in pattern.finditer(raw):
        pieces.append(raw[last : match.start()] + blank)
        kept += offsets[last : match.start()]
        kept += offsets[match.start() : match.start() + len(blank)]
        last = match.end()
    if not last:
        return raw, offsets
    kept += offsets[last:]
    return "".join(pieces) + raw[last:], kept
