"""One record for what was said once: quotes that go on, and leads that say it first in other words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from legation.changing import replace
from legation.model import Document, Quote

_WORD = re.compile(r"[A-Za-z]{4,}")
_BETWEEN = re.compile(r"[\s“”„\"«»'’‘`]*$")
# A lead says what follows if so many of its longer words come again in the quotes, at least so many words in all.
_SHARE, _LEAST = 0.6, 8
_NEAR = 6  # sentences after a lead
_MOST = 20  # quotes in them that are looked at


def joined(doc: Document, quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes in the order of the text, without second records of the same words."""
    ordered = sorted(quotes, key=lambda q: (q.start, q.end, q.kind))
    return _without_leads(_gone_on(doc, ordered))


def _gone_on(doc: Document, quotes: Sequence[Quote]) -> list[Quote]:
    """A paragraph in marks that goes on with the speaker before is a part of the quote it follows."""
    kept: list[Quote] = []
    for quote in quotes:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.kind == quote.kind == "direct"
            and quote.cue == last.cue
            and last.cue is not None
            and last.end < quote.start
            and not last.end <= last.cue.start < quote.start
            and _BETWEEN.match(doc.text[last.end : quote.start])
        ):
            kept[-1] = replace(last, end=quote.end, text=doc.text[last.start : quote.end])
        else:
            kept.append(quote)
    return kept


def _without_leads(quotes: Sequence[Quote]) -> list[Quote]:
    """Without the indirect quotes that the direct ones of the same speaker say again."""
    direct = [q for q in quotes if q.kind == "direct" and q.speaker is not None]
    # A clause with words of it in marks stays: those words are one record with it.
    with_marks = {q.cue for q in quotes if q.kind == "mixed"}
    return [q for q in quotes if q.kind != "indirect" or q.cue in with_marks or not _said_again(q, direct)]


def _said_again(lead: Quote, direct: Sequence[Quote]) -> bool:
    words = _words(lead.text)
    if len(words) < _LEAST or lead.negated:
        return False
    again: set[str] = set()
    first = bisect_left(direct, lead.end, key=lambda q: q.start)
    for quote in direct[first : first + _MOST]:
        if quote.sentence > lead.sentence + _NEAR:
            break
        if _same(lead, quote):
            again |= _words(quote.text)
    return len(words & again) >= _SHARE * len(words)


def _words(text: str) -> set[str]:
    return {word[:5].lower() for word in _WORD.findall(text)}


def _same(one: Quote, other: Quote) -> bool:
    """Whether one person is known to say both."""
    if one.speaker is None or other.speaker is None:
        return False
    return one.speaker.identifier_text is not None and one.speaker.key == other.speaker.key
