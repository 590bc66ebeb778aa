"""Quotes as statements: the one place that says whom and what a quote is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from legation.knowledge import contexts
from legation.model import Actor, Document, Mention, Quote
from legation.record import Statement

_LEAST_VOTES = 1.0  # one strong word, or two weak ones


def statements_of(doc: Document) -> tuple[Statement, ...]:
    """The quotes of a coded document, each with the actors it names and the issues its words belong to.

    A denial ("denied that ...") is a statement too, with `quote.negated` set.
    """
    if not doc.quotes:
        return ()
    mentions = sorted(doc.mentions, key=lambda m: m.start)
    words = sorted(
        (word.start, word.end, mention.contexts)
        for event in doc.events
        for mention in event.mentions
        if mention.contexts
        for word in mention.words
    )
    return tuple(
        Statement(doc.id, q, doc.outlet, doc.published, _about(mentions, q), _contexts(words, q)) for q in doc.quotes
    )


def actor_code(actor: Actor) -> str | None:
    """How an actor is asked for: its code, with the sector where it is not the government."""
    if actor.code is None:
        return None
    return actor.code if actor.sector in (None, "GOV") else f"{actor.code} {actor.sector}"


def _about(mentions: Sequence[Mention], quote: Quote) -> tuple[str, ...]:
    speaker = quote.speaker.key if quote.speaker else None
    first = bisect_left(mentions, quote.start, key=lambda m: m.start)
    last = bisect_left(mentions, quote.end, key=lambda m: m.start)
    inside = [m for m in mentions[first:last] if m.end <= quote.end]
    named = [actor_code(a) for m in inside for a in m.actors if a.key != speaker]
    return tuple(dict.fromkeys(code for code in named if code))


def _contexts(words: Sequence[tuple[int, int, tuple[str, ...]]], quote: Quote) -> tuple[str, ...]:
    """Issues by the words of the quote itself, then by the events told in it."""
    first = bisect_left(words, quote.start, key=lambda w: w[0])
    last = bisect_left(words, quote.end, key=lambda w: w[0])
    within = [context for _, _, names in words[first:last] for context in names]
    return tuple(dict.fromkeys([*issues(quote.text), *within]))


def issues(text: str) -> tuple[str, ...]:
    """The contexts that words belong to, the strongest first."""
    strong, weak, pattern = contexts.words()
    votes: dict[str, float] = {}
    for match in pattern.finditer(text):
        word = match.group().lower()
        for name in strong.get(word, ()):
            votes[name] = votes.get(name, 0.0) + 1.0
        for name in weak.get(word, ()):
            votes[name] = votes.get(name, 0.0) + 0.5
    kept = [(name, count) for name, count in votes.items() if count >= _LEAST_VOTES]
    return tuple(name for name, _ in sorted(kept, key=lambda pair: (-pair[1], pair[0])))
