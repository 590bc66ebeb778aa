"""Reports of one happening are joined and those of alike ones are not, measured on sets of our own."""

from __future__ import annotations

import random
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING, Any

import pytest

from legation.linking.events import EventLinker, link_events, relink, unmerge
from legation.record import MergedEvent, Report

if TYPE_CHECKING:
    from legation.coder import Coder

SETS = run_path(str(Path(__file__).with_name("event_sets.py")))
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def coded(coder: Coder) -> Any:
    """Each set with its reports."""
    return SETS["code_sets"](coder)


@pytest.fixture(scope="module")
def reports(coded: Any) -> list[Report]:
    """All reports of all sets."""
    return [report for _, found in coded for report in found]


def test_happenings_are_told_apart(coded: Any) -> None:
    pairs, lines = SETS["compare"](coded)

    assert len(coded) >= 40
    assert pairs.f1 >= 0.88, lines
    assert pairs.wrong / (pairs.right + pairs.wrong) <= 0.02, lines


def test_neither_order_nor_batches_change_the_result(reports: list[Report]) -> None:
    once = link_events(reports)
    rng = random.Random(8)
    for _ in range(3):
        mixed = rng.sample(reports, len(reports))
        assert link_events(mixed) == once
        at = rng.randrange(len(mixed))
        assert relink(link_events(mixed[:at]), mixed[at:]) == once


def test_every_report_is_in_one_event_and_every_join_within_it(reports: list[Report]) -> None:
    merged = link_events(reports)

    assert sorted(r.key for m in merged for r in m.reports) == sorted(r.key for r in reports)
    assert len({m.id for m in merged}) == len(merged)
    for event in merged:
        keys = {r.key for r in event.reports}
        assert len(event.joins) == len(keys) - 1
        assert all({j.first, j.second} <= keys and j.reason and 0 < j.confidence < 1 for j in event.joins)


def test_a_stream_links_what_lies_in_its_window(reports: list[Report]) -> None:
    in_order = sorted(reports, key=lambda r: r.published or "")
    linker = EventLinker(keep=10**6)
    found: dict[tuple[str, str], MergedEvent] = {}
    for at in range(0, len(in_order), 20):
        found |= linker.add(in_order[at : at + 20])

    ids = {r.key: m.id for m in link_events(reports) for r in m.reports}
    assert sum(found[key].id == ids[key] for key in ids) >= 0.97 * len(ids)


def test_an_event_taken_apart_keeps_every_report(reports: list[Report]) -> None:
    for merged in link_events(reports):
        if len(merged.reports) > 1:
            pair = (merged.reports[0].key, merged.reports[-1].key)
            pieces = unmerge(merged, [pair])
            assert not any({*pair} <= {r.key for r in piece.reports} for piece in pieces)
            assert sorted(r.key for p in pieces for r in p.reports) == sorted(r.key for r in merged.reports)
