"""An act told by some and denied by others: the denial is its own event, and a dispute of the one it denies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from legation.linking.evidence import Telling, telling_of, words_of_text
from legation.linking.fold import claim
from legation.record import Claim, Dispute, MergedEvent, Report

# "denied that it shelled the camp", "rejected reports that ...": REJECT by the coder, of what was said to be done.
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|(?:reject|dismiss|refut)(?:s|es|ed|ing)? (?:the |as |all )?"
    r"(?:reports?|claims?|allegations?|accusations?|charges?|false|baseless))\b",
    re.IGNORECASE,
)
_VERBAL = frozenset({"REJECT", "ACCUSE", "REQUEST", "SUPPORT", "CONSULT", "AGREE", "THREATEN"})
_DAYS = 7  # between an act and its denial
_LEAST = 0.34  # of the denial's words that the reports of the act have, too; half of that where the town is the same


def with_denials(merged: Sequence[MergedEvent]) -> list[MergedEvent]:
    """The events, those that a report denies with that dispute."""
    denials = [r for m in merged if m.event.event == "REJECT" for r in m.reports if _DENIES.search(r.text)]
    if not denials:
        return list(merged)
    acts: dict[str, list[int]] = {}
    for number, event in enumerate(merged):
        if event.event.event not in _VERBAL:
            for code in _codes(event):
                acts.setdefault(code, []).append(number)
    found: dict[int, list[Report]] = {}
    for report in denials:
        denial = telling_of(report)
        near = {n for code in denial.actors or ("",) for n in acts.get(code, ())}
        fits = ((_fit(denial, merged[n]), merged[n].id, n) for n in near)
        best = max((f for f in fits if f[0] > 0), default=None)
        if best is not None:
            found.setdefault(best[2], []).append(report)
    return [_disputed(event, found[n]) if n in found else event for n, event in enumerate(merged)]


def carried_over(whole: MergedEvent, pieces: Iterable[MergedEvent]) -> tuple[MergedEvent, ...]:
    """The pieces of an event taken apart, with what others than its reports denied."""
    own = {r.document for r in whole.reports}
    claims = [c for d in whole.disputes if d.field == "status" for c in d.claims]
    foreign = [c for c in claims if c.value == "denied" and not own >= {*c.documents}]
    return tuple(_with_claims(piece, foreign) if foreign else piece for piece in pieces)


def _codes(event: MergedEvent) -> list[str]:
    """The codes of all sides; "" stands for any where none is known."""
    codes = sorted({a.code for a in (*event.event.actors, *event.event.recipients) if a.code})
    return [*codes, ""]


def _fit(denial: Telling, event: MergedEvent) -> float:
    """How much of the denial is about this event; 0 where it cannot be."""
    tellings = [telling_of(r) for r in event.reports[:5]]
    days = [t.about for t in tellings if t.about is not None]
    if denial.about is not None and days and not min(days) - 1 <= denial.about <= max(days) + _DAYS:
        return 0.0
    place = denial.report.event.place
    towns = {t.town for t in tellings if t.town}
    if denial.town and towns and denial.town not in towns:
        return 0.0
    said = frozenset(w for w in denial.words if not w.startswith(("den", "reject", "dismi", "refut")))
    told = frozenset(w for t in tellings for w in words_of_text(t.report.text))
    share = len(said & told) / len(said) if said else 0.0
    same_town = bool(denial.town and denial.town in towns)
    if place is not None and not same_town:
        same_town = any(place.text in t.report.text for t in tellings)
    return share + same_town if share >= (_LEAST / 2 if same_town else _LEAST) else 0.0


def _disputed(event: MergedEvent, denials: Sequence[Report]) -> MergedEvent:
    deniers = tuple(sorted({a.entity_text or str(a) for r in denials for a in r.event.actors}))
    return _with_claims(event, [replace(claim("denied", denials), according_to=deniers)])


def _with_claims(event: MergedEvent, denied: Sequence[Claim]) -> MergedEvent:
    others = tuple(d for d in event.disputes if d.field != "status")
    before = next((d.claims for d in event.disputes if d.field == "status"), (claim("happened", event.reports),))
    return replace(event, disputes=(*others, Dispute("status", (*denied, *before))))
