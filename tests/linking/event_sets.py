"""The sets of reports of `sets/`: read, coded, linked, and compared pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Protocol

from legation.linking.events import link_events, reports_of
from legation.model import Document
from legation.record import MergedEvent, Report

HOME = Path(__file__).with_name("sets")


class CodesMany(Protocol):
    """What is asked of a coder here."""

    def code_many(self, documents: Iterable[Document]) -> Iterator[Document]: ...


@dataclass(frozen=True, slots=True)
class ReportSet:
    """Reports of alike happenings; `happenings` has a letter for each document."""

    name: str
    happenings: tuple[str, ...]
    documents: tuple[Document, ...]


@dataclass(slots=True)
class Pairs:
    """How many pairs of reports were rightly joined, wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    apart: int = 0  # pairs of different happenings

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def read_sets() -> list[ReportSet]:
    """All sets, in the order of their files."""
    found: list[ReportSet] = []
    for path in sorted(HOME.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            name, *lines = block.strip().splitlines()
            rows = [[part.strip() for part in line.split("|")] for line in lines if line.strip()]
            docs = tuple(
                Document(text, id=f"{name}/{number}", outlet=outlet, published=day)
                for number, (_, day, outlet, text) in enumerate(rows)
            )
            found.append(ReportSet(name, tuple(row[0] for row in rows), docs))
    return found


def code_sets(coder: CodesMany) -> list[tuple[ReportSet, list[Report]]]:
    """Each set with the reports that the coder found in it."""
    sets = read_sets()
    coded = {doc.id: doc for doc in coder.code_many(doc for each in sets for doc in each.documents)}
    return [(s, [r for doc in s.documents for r in reports_of(coded[doc.id])]) for s in sets]


def joined_documents(merged: Iterable[MergedEvent]) -> set[frozenset[str]]:
    """The pairs of documents that tell an event in common."""
    return {
        frozenset(pair)
        for event in merged
        for pair in combinations(sorted({r.document for r in event.reports}), 2)
    }


def compare(coded: Iterable[tuple[ReportSet, list[Report]]]) -> tuple[Pairs, list[str]]:
    """The count over all sets, and a line for each pair that is wrong or missed."""
    pairs, lines = Pairs(), []
    for each, reports in coded:
        found = joined_documents(link_events(reports))
        for (a, one), (b, other) in combinations(zip(each.happenings, each.documents, strict=True), 2):
            together = frozenset((one.id, other.id)) in found
            if a == b and together:
                pairs.right += 1
            elif a == b:
                pairs.missed += 1
                lines.append(f"missed: {one.id} {other.id[-1]}: {one.text} || {other.text}")
            else:
                pairs.apart += 1
                if together:
                    pairs.wrong += 1
                    lines.append(f"wrong: {one.id} {other.id[-1]}: {one.text} || {other.text}")
    return pairs, lines
