"""What reviews say of the coder: how many of its events are right, in which field it errs; and the reviews as gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from legation.record import MergedEvent
from legation.store import Change
from legation.web.answers import NotThereError
from legation.web.codings import FIELDS, Coding, actor_said, coding_of, from_record
from legation.web.desk import Desk, best_mention, best_report
from legation.web.reviewing import missed, verdicts

SET = "desk"  # the name of the set in the gold file


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How often a field was right as coded."""

    field: str
    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Score:
    """What the reviews say together."""

    reviewed: int
    accepted: int
    corrected: int
    rejected: int
    missed: int
    fields: tuple[FieldScore, ...]
    types: tuple[tuple[str, int, int], ...]  # type as coded, reviewed, right in every field
    reviewers: tuple[tuple[str, int], ...]

    @property
    def precision(self) -> float | None:
        """The share of the coder's events that are events."""
        return (self.reviewed - self.rejected) / self.reviewed if self.reviewed else None

    @property
    def whole(self) -> float | None:
        """The share that was right in every field."""
        return self.accepted / self.reviewed if self.reviewed else None

    @property
    def recall(self) -> float | None:
        """The share found, of the events found and those added by hand; only as good as the search for the latter."""
        true = self.reviewed - self.rejected
        return true / (true + self.missed) if true + self.missed else None


def score(desk: Desk) -> Score:
    """The figures of every review that stands."""
    given = verdicts(desk)
    counts = Counter(_verdict(c) for c in given.values())
    right: Counter[str] = Counter()
    types: dict[str, list[int]] = {}
    real = 0
    for name, change in given.items():
        was = from_record(change.after.get("was") or {})
        row = types.setdefault(was.event, [0, 0])
        row[0] += 1
        row[1] += _verdict(change) == "accepted"
        if _verdict(change) == "rejected":
            continue
        now = _now(desk, name)
        if now is None:
            continue
        real += 1
        right.update(field for field in FIELDS if was.value(field) == now.value(field))
    return Score(
        reviewed=len(given),
        accepted=counts["accepted"],
        corrected=counts["corrected"],
        rejected=counts["rejected"],
        missed=len(missed(desk)),
        fields=tuple(FieldScore(field, right[field], real) for field in FIELDS),
        types=tuple(sorted((kind, n, ok) for kind, (n, ok) in types.items())),
        reviewers=tuple(Counter(c.who for c in given.values()).most_common()),
    )


def gold(desk: Desk) -> Iterator[dict[str, Any]]:
    """The reviewed sentences in the form that `legation score` reads, a record a sentence.

    A sentence is given when every event told in it was reviewed; what an unreviewed one holds is not known.
    """
    given = verdicts(desk)
    by_sentence: dict[tuple[str, int], list[tuple[Coding | None, str]]] = {}
    for name, change in given.items():
        merged = desk.store.event(name)
        where = _where(merged) if merged is not None else None
        if where is None:
            continue
        coding = None if _verdict(change) == "rejected" else coding_of(merged.event) if merged else None
        by_sentence.setdefault(where, []).append((coding, change.who))
    for added in missed(desk):
        if added.sentence is not None:
            by_sentence.setdefault((added.document, added.sentence), []).append((added.coding, added.who))
    for (document, sentence), codings in sorted(by_sentence.items()):
        record = _record(desk, document, sentence, codings)
        if record is not None:
            yield record


def _record(
    desk: Desk, document: str, sentence: int, codings: list[tuple[Coding | None, str]]
) -> dict[str, Any] | None:
    try:
        doc = desk.document(document)
    except NotThereError:
        return None
    if not 0 <= sentence < len(doc.sentences):
        return None
    told = sum(any(m.sentence == sentence for m in event.mentions) for event in doc.events)
    by_hand = sum(1 for added in missed(desk, document) if added.sentence == sentence)
    if len(codings) - by_hand < told:
        return None
    found = [coding for coding, _ in codings if coding is not None]
    return {
        "id": f"{document}#{sentence}",
        "set": SET,
        "lang": doc.lang or "en",
        "date": (doc.published or "")[:10] or None,
        "text": " ".join(doc.text_of(doc.sentences[sentence]).split()),
        "events": [_gold_event(coding) for coding in found],
        "meta": {
            "unit": "sentence",
            "complete": True,
            "reciprocal": any(len(c.actors) > 1 and not c.recipients for c in found),
            "document": document,
            "sentence": sentence,
            "reviewers": sorted({who for _, who in codings}),
        },
    }


def _gold_event(coding: Coding) -> dict[str, Any]:
    from legation.web.words import quad_of

    return {
        "plover": coding.event,
        "quad": quad_of(coding.event),
        "mode": coding.modes[0] if coding.modes else None,
        "source": [_gold_side(line) for line in coding.actors],
        "target": [_gold_side(line) for line in coding.recipients],
        "status": coding.status,
        "date": coding.date,
        "place": coding.place,
    }


def _gold_side(line: str) -> dict[str, str | None]:
    actor = actor_said(line)
    code = f"{actor.code or '---'}{actor.sector or ''}" if actor.code or actor.sector else None
    return {"text": actor.identifier_text or actor.entity_text, "code": code}


def _verdict(change: Change) -> str:
    return str(change.after.get("verdict")) if isinstance(change.after, dict) else ""


def _now(desk: Desk, name: str) -> Coding | None:
    merged = desk.store.event(name)
    return None if merged is None else coding_of(merged.event)


def _where(merged: MergedEvent) -> tuple[str, int] | None:
    report = best_report(merged)
    mention = best_mention(report)
    return None if mention is None else (report.document, mention.sentence)


