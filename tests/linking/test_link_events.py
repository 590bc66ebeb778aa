"""Reports of one event are joined, in any order, and taken apart again."""

from __future__ import annotations

import itertools

from legation.linking.events import link_events, relink, unmerge
from legation.model import Actor, Count, Event, Place, Size
from legation.record import Report

GOMA = Place(0, 4, "Goma", "Goma", "COD", -1.67, 29.22, 216281, "city", "city", "Nord Kivu")
BUKAVU = Place(0, 6, "Bukavu", "Bukavu", "COD", -2.49, 28.84, 217831, "city", "city", "Sud Kivu")


def report(
    number: int,
    *,
    place: Place | None = GOMA,
    dead: int | None = 12,
    date: str = "2024-05-06",
    status: str = "happened",
    text: str = "Gunmen killed people at a camp near the airport",
) -> Report:
    event = Event(
        f"e{number}",
        "ASSAULT",
        (),
        (),
        (Actor("COD", "UAF", entity_text="gunmen"),),
        (Actor("COD", "CVL", entity_text="people"),),
        status,  # type: ignore[arg-type]
        (),
        date=date,
        date_precision="day",
        place=place,
        size=Size(dead=Count(dead, dead, dead, str(dead))) if dead else None,
    )
    return Report(f"d{number}", event, f"Outlet {number}", f"2024-05-0{6 + number % 3}", text=text)


def test_reports_of_one_event_become_one_and_keep_what_they_differ_on() -> None:
    (merged,) = link_events([report(1), report(2, dead=15), report(3)])

    assert merged.independent == 3
    (dispute,) = merged.disputes
    assert [(c.value, c.documents) for c in dispute.claims] == [("12", ("d1", "d3")), ("15", ("d2",))]
    assert merged.event.size == Size(dead=Count(12, 15, 15, "15"))


def test_the_same_day_in_another_town_is_another_event() -> None:
    assert len(link_events([report(1), report(2, place=BUKAVU)])) == 2


def test_another_day_in_the_same_town_is_another_event() -> None:
    assert len(link_events([report(1), report(2, date="2024-05-09")])) == 2


def test_the_order_and_the_batches_change_nothing() -> None:
    reports = [report(1), report(2, dead=15), report(3, place=None), report(4, place=BUKAVU)]
    reports.append(report(5, status="negated"))
    once = link_events(reports)

    for mixed in itertools.permutations(reports):
        assert link_events(mixed) == once
        assert relink(link_events(mixed[:2]), mixed[2:]) == once


def test_what_was_joined_is_taken_apart() -> None:
    (merged,) = link_events([report(1), report(2)])

    apart = unmerge(merged, [(("d1", "e1"), ("d2", "e2"))])

    assert [len(m.reports) for m in apart] == [1, 1]
