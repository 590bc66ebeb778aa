"""One event, told by many reports: joined in any order to the same result, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from legation.linking.blocks import candidates
from legation.linking.clock import day_of
from legation.linking.denials import carried_over, with_denials
from legation.linking.evidence import Telling, fit, telling_of
from legation.linking.fold import fold
from legation.model import Document, Event
from legation.record import Join, MergedEvent, Report

Key = tuple[str, str]  # Report.key
Pair = tuple[Key, Key]
Apart = Set[frozenset[Key]]

_LEAST = 0.6  # confidence from which two reports are joined
_CORE = 12  # of each side so many reports are asked whether they may be one event


def reports_of(
    doc: Document, *, copy_of: str | None = None, story: str | None = None
) -> tuple[Report, ...]:
    """The events of a coded document as reports, each with the sentence that tells it."""
    return tuple(
        Report(
            document=doc.id,
            event=event,
            outlet=doc.outlet,
            published=doc.published,
            copy_of=copy_of,
            story=story,
            text=_sentence(doc, event),
        )
        for event in doc.events
    )


def link_events(reports: Iterable[Report], *, apart: Iterable[Pair] = ()) -> tuple[MergedEvent, ...]:
    """The events of all reports, each once; `apart` are pairs of keys that must not be joined.

    The result depends on the reports alone, not on their order; a report given twice counts once.
    """
    told = {report.key: telling_of(report) for report in reports}
    tellings = [told[key] for key in sorted(told)]
    forbidden = {frozenset(pair) for pair in apart}
    return _merged(tellings, _joins(tellings, forbidden), forbidden)


def relink(
    merged: Iterable[MergedEvent], reports: Iterable[Report], *, apart: Iterable[Pair] = ()
) -> tuple[MergedEvent, ...]:
    """What `link_events` gives for the reports of these events and the new ones together."""
    return link_events([*(r for m in merged for r in m.reports), *reports], apart=apart)


def unmerge(merged: MergedEvent, apart: Iterable[Pair]) -> tuple[MergedEvent, ...]:
    """The event taken apart so that no pair of `apart` is in one; the other joins stay where they can."""
    return carried_over(merged, link_events(merged.reports, apart=apart))


def _sentence(doc: Document, event: Event) -> str:
    wanted = {m.sentence for m in event.mentions}
    return " ".join(doc.text_of(s) for s in doc.sentences if s.index in wanted)


def _joins(tellings: Sequence[Telling], forbidden: Apart = frozenset(), *, known: int = 0) -> list[Join]:
    joins = []
    for i, j in candidates(tellings, known=known):
        one, other = tellings[i], tellings[j]
        if forbidden and frozenset((one.key, other.key)) in forbidden:
            continue
        found = fit(one, other)
        if found.veto is None and found.confidence >= _LEAST:
            first, second = sorted((one.key, other.key))
            joins.append(Join(first, second, ", ".join(found.reasons), found.confidence))
    return joins


def _merged(
    tellings: Sequence[Telling], joins: Iterable[Join], forbidden: Apart = frozenset()
) -> tuple[MergedEvent, ...]:
    told = {t.key: t for t in tellings}
    merged = [fold((told[key].report for key in keys), used) for keys, used in _grouped(told, joins, forbidden)]
    return tuple(sorted(with_denials(merged), key=lambda m: (m.event.date or "", m.reports[0].published or "", m.id)))


def _grouped(
    told: Mapping[Key, Telling], joins: Iterable[Join], forbidden: Apart
) -> list[tuple[list[Key], list[Join]]]:
    """The reports in groups, surest joins first; no group holds two that cannot be one event."""
    home = {key: key for key in told}
    members = {key: [key] for key in told}
    used: dict[Key, list[Join]] = {key: [] for key in told}
    for join in sorted(joins, key=lambda j: (-j.confidence, j.first, j.second)):
        one, other = sorted((home[join.first], home[join.second]), key=lambda k: (-len(members[k]), k))
        if one == other or not _may_meet(told, members[one], members[other], forbidden):
            continue
        for key in members[other]:
            home[key] = one
        members[one] += members.pop(other)
        used[one] += [*used.pop(other), join]
    return [(members[key], used[key]) for key in members]


def _may_meet(told: Mapping[Key, Telling], one: list[Key], other: list[Key], forbidden: Apart) -> bool:
    if forbidden and any(frozenset((a, b)) in forbidden for a in one for b in other):
        return False
    return all(fit(told[a], told[b]).veto is None for a in sorted(one)[:_CORE] for b in sorted(other)[:_CORE])


class EventLinker:
    """Links the events of a stream: each batch of reports among itself and with those of the time window before it.

    Of reports out of the last `days` only the latest `keep` are remembered, so that memory does not grow with the
    stream. Within the window the result is that of `link_events`, save where a crowd of like reports (more than
    forty of one type, side and word in a week) came in parts.
    """

    def __init__(self, *, days: int = 14, keep: int = 5_000) -> None:
        self._days = days
        self._keep = keep
        self._tellings: dict[Key, Telling] = {}
        self._joined: list[Join] = []

    def __len__(self) -> int:
        return len(self._tellings)

    def add(self, reports: Iterable[Report]) -> dict[Key, MergedEvent]:
        """The merged event of each of the reports, by Report.key."""
        new = {r.key: telling_of(r) for r in reports}
        old = [t for t in self._tellings.values() if t.key not in new]
        tellings = [*old, *new.values()]
        kept = {t.key for t in old}
        self._joined = [j for j in self._joined if j.first in kept and j.second in kept]
        self._joined += _joins(tellings, known=len(old))
        self._tellings = {t.key: t for t in tellings}
        found = {r.key: m for m in _merged(tellings, self._joined) for r in m.reports if r.key in new}
        self._forget()
        return found

    def _forget(self) -> None:
        surplus = len(self._tellings) - self._keep
        if surplus <= 0:
            return
        days = {key: day_of(t.report.published) or 0 for key, t in self._tellings.items()}
        oldest = max(days.values()) - self._days
        gone = {key for key in list(self._tellings)[:surplus] if days[key] < oldest or not days[key]}
        self._tellings = {key: t for key, t in self._tellings.items() if key not in gone}
        self._joined = [j for j in self._joined if j.first not in gone and j.second not in gone]
