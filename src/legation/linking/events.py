"""One event, told by many reports: joined in any order to the same result, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterable

from legation.linking.blocks import candidates
from legation.linking.clock import day_of
from legation.linking.evidence import Telling, fit, telling_of
from legation.linking.fold import fold, in_order
from legation.model import Document, Event
from legation.record import Join, MergedEvent, Report

Pair = tuple[tuple[str, str], tuple[str, str]]

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
    told = {report.key: telling_of(report) for report in in_order(reports)}
    tellings = [told[key] for key in sorted(told)]
    forbidden = {frozenset(pair) for pair in apart}
    joins: list[Join] = []
    for i, j in candidates(tellings):
        one, other = tellings[i], tellings[j]
        if forbidden and frozenset((one.key, other.key)) in forbidden:
            continue
        found = fit(one, other)
        if found.veto is None and found.confidence >= _LEAST:
            joins.append(Join(one.key, other.key, ", ".join(found.reasons), found.confidence))
    joins.sort(key=lambda j: (-j.confidence, j.first, j.second))
    groups = _grouped(told, joins, forbidden)
    merged = (fold((told[key].report for key in keys), used) for keys, used in groups)
    return tuple(sorted(merged, key=lambda m: (m.event.date or "", m.reports[0].published or "", m.id)))


def relink(merged: Iterable[MergedEvent], reports: Iterable[Report]) -> tuple[MergedEvent, ...]:
    """What `link_events` gives for the reports of these events and the new ones together."""
    return link_events([*(r for m in merged for r in m.reports), *reports])


def unmerge(merged: MergedEvent, apart: Iterable[Pair]) -> tuple[MergedEvent, ...]:
    """The event taken apart so that no pair of `apart` is in one; the other joins stay where they can."""
    return link_events(merged.reports, apart=apart)


def _sentence(doc: Document, event: Event) -> str:
    wanted = {m.sentence for m in event.mentions}
    return " ".join(doc.text_of(s) for s in doc.sentences if s.index in wanted)


def _grouped(
    told: dict[tuple[str, str], Telling], joins: list[Join], forbidden: set[frozenset[tuple[str, str]]]
) -> list[tuple[list[tuple[str, str]], list[Join]]]:
    """The reports in groups, surest joins first; no group holds two that cannot be one event."""
    home = {key: key for key in told}
    members: dict[tuple[str, str], list[tuple[str, str]]] = {key: [key] for key in told}
    used: dict[tuple[str, str], list[Join]] = {key: [] for key in told}
    for join in joins:
        one, other = home[join.first], home[join.second]
        if one == other:
            continue
        if not _may_meet(told, members[one], members[other], forbidden):
            continue
        for key in members[other]:
            home[key] = one
        members[one] += members.pop(other)
        used[one] += [*used.pop(other), join]
    return [(members[key], used[key]) for key in members]


def _may_meet(
    told: dict[tuple[str, str], Telling],
    one: list[tuple[str, str]],
    other: list[tuple[str, str]],
    forbidden: set[frozenset[tuple[str, str]]],
) -> bool:
    if forbidden and any(frozenset((a, b)) in forbidden for a in one for b in other):
        return False
    return all(fit(told[a], told[b]).veto is None for a in sorted(one)[:_CORE] for b in sorted(other)[:_CORE])


class EventLinker:
    """Links the events of a stream: each batch of reports is linked with those of the time window before it.

    Of reports out of the last `days` only the latest `keep` are remembered. What is in the window is linked as
    `link_events` would link it.
    """

    def __init__(self, *, days: int = 14, keep: int = 5_000) -> None:
        self._days = days
        self._keep = keep
        self._reports: list[Report] = []

    def __len__(self) -> int:
        return len(self._reports)

    def add(self, reports: Iterable[Report]) -> dict[tuple[str, str], MergedEvent]:
        """The merged event of each of the reports, by Report.key."""
        new = list(reports)
        self._reports += new
        wanted = {r.key for r in new}
        found = {r.key: m for m in link_events(self._reports) for r in m.reports if r.key in wanted}
        self._forget()
        return found

    def _forget(self) -> None:
        days = [d for r in self._reports if (d := day_of(r.published)) is not None]
        oldest = max(days, default=0) - self._days
        surplus = len(self._reports) - self._keep
        if surplus > 0:
            old = [r for r in self._reports[:surplus] if (day_of(r.published) or 0) >= oldest]
            self._reports = old + self._reports[surplus:]
