"""Runs every example and counter-example of the lexicon through the whole coder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from legation.knowledge import lexicon
from legation.knowledge.lexicon import Example, Frame
from legation.model import Actor, Document, Event

if TYPE_CHECKING:
    from legation.coder import Coder


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that was read otherwise than the lexicon says."""

    frame: str
    file: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How many examples were run, and which failed."""

    examples: int
    counter_examples: int
    failures: tuple[Failure, ...]


def check(paths: Iterable[str | Path] = (), coder: Coder | None = None) -> Checked:
    """Check the frames of the named files (file names of the lexicon suffice), or of all.

    An example passes when an event of the frame's type is found with the actors, recipients, mode and
    status it states; a counter-example when the frame itself gives no event that is told as real.
    """
    if coder is None:
        from legation.coder import Coder

        coder = Coder()
    names = {Path(p).name for p in paths}
    frames = [f for f in lexicon.load().all_frames if not names or f.file in names]
    asked = list(_questions(frames))
    documents = coder.code_many(Document(text=text, published="2021-07-09") for _, text, _ in asked)
    failures = []
    for (frame, text, example), doc in zip(asked, documents, strict=True):
        why = _missed(frame, example, doc) if example else _false(frame, doc)
        if why:
            failures.append(Failure(frame.id, frame.file, text, why))
    positive = sum(example is not None for _, _, example in asked)
    return Checked(positive, len(asked) - positive, tuple(failures))


def _questions(frames: list[Frame]) -> Iterator[tuple[Frame, str, Example | None]]:
    for frame in frames:
        for example in frame.examples:
            yield frame, example.text, example
        for text in frame.counter_examples:
            yield frame, text, None


def _missed(frame: Frame, example: Example, doc: Document) -> str | None:
    of_type = [e for e in doc.events if e.event == frame.event]
    if not of_type:
        found = ", ".join(f"{e.event} by {e.rule}" for e in doc.events) or "no event"
        return f"expected {frame.event}, found {found}"
    return None if any(_fits(e, example) for e in of_type) else "; ".join(_differs(e, example) for e in of_type)


def _fits(event: Event, example: Example) -> bool:
    return not _differs(event, example)


def _differs(event: Event, example: Example) -> str:
    wrong = []
    for name, wanted, given in (
        ("actor", example.actor, event.actors),
        ("recipient", example.recipient, event.recipients),
    ):
        if wanted is not None and not all(any(_is(w, a) for a in given) for w in wanted):
            wrong.append(f"{name} is {[code(a) for a in given]}, not {list(wanted)}")
    if example.mode is not None and example.mode not in event.modes:
        wrong.append(f"mode is {list(event.modes)}, not {example.mode}")
    if example.status is not None and example.status != event.status:
        wrong.append(f"status is {event.status}, not {example.status}")
    return ", ".join(wrong)


def _is(wanted: str, actor: Actor) -> bool:
    parts = wanted.split()
    return all(p in (actor.code, actor.sector, *actor.other_sectors) for p in parts)


def code(actor: Actor) -> str:
    """An actor as examples write it: "USA MIL"."""
    return " ".join(p for p in (actor.code, actor.sector) if p) or "?"


def _false(frame: Frame, doc: Document) -> str | None:
    for event in doc.events:
        if frame.id in event.rule.split("+") and event.status not in ("negated", "hypothetical"):
            return f"must give no event, gave {event.event}"
    return None
