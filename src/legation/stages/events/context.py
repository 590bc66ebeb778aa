"""What an event is about: the words of its sentence, confirmed or added to by its paragraph and the title."""

from __future__ import annotations

from functools import lru_cache

from legation.knowledge import contexts
from legation.model import Document, Sentence

# Votes: a strong word 1, a weak one half; what stands in the other sentences of the paragraph counts half again, and no
# more than one strong word; the title as much. One vote makes a context.
_STRONG, _WEAK = 1.0, 0.5
_AROUND, _MOST = 0.5, 1.0
_ENOUGH = 1.0


def contexts_of(doc: Document, sent: Sentence, given: tuple[str, ...]) -> tuple[str, ...]:
    """The frame's own contexts, then those that the words give, strongest first."""
    votes = dict(_votes(doc.text[sent.start : sent.end]))
    around: dict[str, float] = {}
    for other in _near(doc, sent):
        if other.index != sent.index and (other.paragraph == sent.paragraph or other.kind == "title"):
            for name, vote in _votes(doc.text[other.start : other.end]):
                around[name] = around.get(name, 0.0) + vote
    for name, vote in around.items():
        votes[name] = votes.get(name, 0.0) + min(_MOST, _AROUND * vote)
    kept = [(name, vote) for name, vote in votes.items() if vote >= _ENOUGH]
    return tuple(dict.fromkeys([*given, *(n for n, _ in sorted(kept, key=lambda pair: (-pair[1], pair[0])))]))


def _near(doc: Document, sent: Sentence) -> tuple[Sentence, ...]:
    """The title and the sentence's paragraph, with a little more; of a short report, everything."""
    sentences = doc.sentences
    if not _SHORT < len(sentences) > sent.index or sentences[sent.index].index != sent.index:
        return sentences
    first = last = sent.index
    while first > _TITLED and sentences[first - 1].paragraph == sent.paragraph:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].paragraph == sent.paragraph:
        last += 1
    return sentences[:_TITLED] + sentences[max(first, _TITLED) : last + 1]


# A title stands before the text, among the first sentences; only long texts are worth the search.
_TITLED, _SHORT = 20, 60


@lru_cache(maxsize=4096)
def _votes(text: str) -> tuple[tuple[str, float], ...]:
    """The votes of a sentence's words for each context; a word votes once, however often it stands there."""
    strong, weak, pattern = contexts.words()
    votes: dict[str, float] = {}
    for word in dict.fromkeys(match.group().lower() for match in pattern.finditer(text)):
        for name in strong.get(word, ()):
            votes[name] = votes.get(name, 0.0) + _STRONG
        for name in weak.get(word, ()):
            votes[name] = votes.get(name, 0.0) + _WEAK
    votes.pop(contexts.NONE, None)
    return tuple(votes.items())
