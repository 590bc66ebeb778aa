"""Who said what about whom and what: statements by speaker and subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from legation.model import Actor
from legation.record import Statement

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
