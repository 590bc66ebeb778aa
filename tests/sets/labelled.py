"""Sentences labelled by hand, and how an answer is held against a label."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from legation.model import Document, EventMention

if TYPE_CHECKING:
    from legation.coder import Coder

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    """A sentence with the readings that the codebook allows; none: no event."""

    sentence: str
    readings: tuple[tuple[str, str], ...]  # (type, status); ("-", "-") allows no event
    actors: frozenset[str]
    recipients: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """What was coded of a labelled sentence."""

    labelled: Labelled
    events: tuple[EventMention, ...]

    @property
    def type_right(self) -> bool:
        """Whether an event has a type that the label allows, or there is none where there should be none."""
        allowed = {kind for kind, _ in self.labelled.readings}
        return any(e.event in allowed for e in self.events) or (not self.events and "-" in allowed)

    @property
    def right(self) -> bool:
        """Whether an event has a type and the status that belongs to it."""
        found = {(e.event, str(e.status)) for e in self.events}
        return not found.isdisjoint(self.labelled.readings) or (not found and ("-", "-") in self.labelled.readings)

    @property
    def alone(self) -> bool:
        """Whether it is right and nothing else was coded beside it."""
        return self.right and all((e.event, e.status) in self.labelled.readings for e in self.events)

    @property
    def sides_right(self) -> bool | None:
        """Whether the right event has the labelled countries on both sides; None where none are labelled."""
        label = self.labelled
        event = next((e for e in self.events if (e.event, e.status) in label.readings), None)
        if event is None or not (label.actors or label.recipients):
            return None
        actors = {a.code for a in event.actors}
        recipients = {a.code for a in event.recipients}
        return label.actors <= actors and label.recipients <= actors | recipients

    def line(self) -> str:
        """For people: the sentence, what was expected, what was coded."""
        wanted = " or ".join(f"{k}/{s}" for k, s in self.labelled.readings)
        coded = ", ".join(f"{e.event}/{e.status} ({e.rule})" for e in self.events) or "no event"
        return f"{self.labelled.sentence}\n    expected {wanted}; coded {coded}"


def read(name: str) -> list[Labelled]:
    """The rows of a set: sentence, types, statuses, actor and recipient codes; `|` parts readings allowed."""
    rows = [line.split("\t") for line in (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    found = []
    for sentence, kinds, statuses, actors, recipients in rows:
        types, states = kinds.split("|"), statuses.split("|")
        states = states * len(types) if len(states) == 1 else states
        sides = [frozenset(c for c in s.split(",") if c != "-") for s in (actors, recipients)]
        readings = tuple(zip(types, ("-" if t == "-" else s for t, s in zip(types, states, strict=True)), strict=True))
        found.append(Labelled(sentence, readings, *sides))
    return found


def answers(coder: Coder, labelled: list[Labelled]) -> list[Answer]:
    """Each sentence coded as a document of its own."""
    docs = coder.code_many([Document(text=row.sentence, published="2024-10-16") for row in labelled])
    return [Answer(row, doc.event_mentions) for row, doc in zip(labelled, docs, strict=True)]


def share(flags: list[bool]) -> float:
    """How many of them are true, from 0 to 1."""
    return sum(flags) / len(flags)


def figures(found: list[Answer]) -> dict[str, float]:
    """The shares that a set is judged by."""
    sides = [a.sides_right for a in found]
    return {
        "type": share([a.type_right for a in found]),
        "type and status": share([a.right for a in found]),
        "and nothing beside": share([a.alone for a in found]),
        "sides, given type and status": share([s for s in sides if s is not None]),
        "no event where there is none": share([not a.events for a in found if a.labelled.readings == (("-", "-"),)]),
    }


def types_covered(rows: list[Labelled]) -> Counter[str]:
    """How many sentences allow each type."""
    return Counter(kind for row in rows for kind, _ in row.readings)


def main() -> None:
    """Print the figures of every set, then each sentence that is not right."""
    from legation.coder import Coder

    coder = Coder()
    names = "modal modal_later refusal refusal_later plain violence_later wire1 wire2 wire3"
    for name in names.split():
        found = answers(coder, read(name))
        print(name, len(found), {k: round(v, 3) for k, v in figures(found).items()})
        print("\n".join(a.line() for a in found if not a.right))


if __name__ == "__main__":
    main()
