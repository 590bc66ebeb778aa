"""What an event is about: words of its sentence, and weaker ones that the sentence confirms."""

from __future__ import annotations

from functools import lru_cache

from legation.knowledge import contexts
from legation.model import Document, Sentence


def contexts_of(doc: Document, sent: Sentence, given: tuple[str, ...]) -> tuple[str, ...]:
    """The frame's own contexts, then those that the words of the sentence give, strongest first."""
    return tuple(dict.fromkeys([*given, *_contexts(doc.text[sent.start : sent.end])]))


@lru_cache(maxsize=1024)
def _contexts(text: str) -> tuple[str, ...]:
    strong, weak, pattern = contexts.words()
    votes: dict[str, float] = {}
    for match in pattern.finditer(text):
        word = match.group().lower()
        for name in strong.get(word, ()):
            votes[name] = votes.get(name, 0.0) + 1.0
        for name in weak.get(word, ()):
            votes[name] = votes.get(name, 0.0) + 0.5
    kept = [(n, v) for n, v in votes.items() if v >= 1.0]
    return tuple(n for n, _ in sorted(kept, key=lambda pair: (-pair[1], pair[0])))
