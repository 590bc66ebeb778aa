"""Who said what about whom and what: quotes as statements, and statements as positions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from legation.knowledge import contexts
from legation.model import Actor, Document, Mention, Quote
from legation.record import Statement

_LEAST_VOTES = 1.0  # one strong word, or two weak ones
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Position:
    """What one speaker said about one actor or issue, oldest first; the same words in a copy count once."""

    speaker: Actor
    subject: str  # "AFG REB", or the name of a context
    kind: str  # actor or context
    statements: tuple[Statement, ...]

    @property
    def label(self) -> str:
        """The speaker in a few words."""
        code = " ".join(part for part in (self.speaker.code, self.speaker.sector) if part)
        name = self.speaker.identifier_text
        return f"{name} ({code})" if name and code else name or code or self.speaker.entity_text


def statements_of(doc: Document) -> tuple[Statement, ...]:
    """The quotes of a coded document, each with the actors it names and the issues its words belong to.

    A denial ("denied that ...") is a statement too, with `quote.negated` set.
    """
    return tuple(
        Statement(doc.id, quote, doc.outlet, doc.published, _about(doc, quote), _contexts(doc, quote))
        for quote in doc.quotes
    )


def actor_code(actor: Actor) -> str | None:
    """How an actor is asked for: its code, with the sector where it is not the government."""
    if actor.code is None:
        return None
    return actor.code if actor.sector in (None, "GOV") else f"{actor.code} {actor.sector}"


def _about(doc: Document, quote: Quote) -> tuple[str, ...]:
    speaker = quote.speaker.key if quote.speaker else None
    named = [a for m in doc.mentions if _inside(m, quote) for a in m.actors if a.key != speaker]
    return tuple(dict.fromkeys(code for code in map(actor_code, named) if code))


def _inside(mention: Mention, quote: Quote) -> bool:
    return quote.start <= mention.start and mention.end <= quote.end


def _contexts(doc: Document, quote: Quote) -> tuple[str, ...]:
    """Issues by the words of the quote itself, then by the events told in it."""
    within = [
        context
        for event in doc.events
        for mention in event.mentions
        if any(quote.start < w.end and w.start < quote.end for w in mention.words)
        for context in mention.contexts
    ]
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


def positions(statements: Iterable[Statement]) -> tuple[Position, ...]:
    """What each known speaker said about each actor and each issue, the most outspoken first."""
    found: dict[tuple[object, str, str], list[Statement]] = {}
    speakers: dict[object, Actor] = {}
    for statement in statements:
        speaker = statement.quote.speaker
        if speaker is None or (speaker.code is None and speaker.identifier_text is None):
            continue
        speakers.setdefault(speaker.key, speaker)
        for kind, subjects in (("actor", statement.about), ("context", statement.contexts)):
            for subject in subjects:
                found.setdefault((speaker.key, kind, subject), []).append(statement)
    made = [
        Position(speakers[key], subject, kind, without_copies(told)) for (key, kind, subject), told in found.items()
    ]
    return tuple(sorted(made, key=_rank))


def _rank(position: Position) -> tuple[int, str, str, str]:
    return (-len(position.statements), position.label, position.kind, position.subject)


def without_copies(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Oldest first, each speaker's words once."""
    order = sorted(statements, key=lambda s: (s.published or "9", s.document, s.quote.start))
    kept: dict[tuple[object, str], Statement] = {}
    for statement in order:
        speaker = statement.quote.speaker
        words = " ".join(_WORD.findall(statement.quote.text.lower()))
        kept.setdefault((speaker.key if speaker else None, words), statement)
    return tuple(kept.values())
