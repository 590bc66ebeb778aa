"""Reports of one event are joined, in any order, and taken apart again."""

from __future__ import annotations

import itertools
from dataclasses import replace

from legation.linking.events import EventLinker, link_events, relink, unmerge
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


def test_a_denial_is_a_dispute_of_what_it_denies() -> None:
    event = Event(
        "e9", "REJECT", (), (), (Actor("COD", "UAF", entity_text="The gunmen"),), (), "happened", (),
        date="2024-05-07", date_precision="day", place=GOMA,
    )  # fmt: skip
    denial = Report("d9", event, text="The gunmen denied that they killed people at the camp near the airport")

    (attack, rejection) = link_events([report(1), report(2), denial])

    (dispute,) = attack.disputes
    assert rejection.event.event == "REJECT"
    assert dispute.field == "status"
    assert [(c.value, c.documents) for c in dispute.claims] == [("denied", ("d9",)), ("happened", ("d1", "d2"))]
    assert dispute.claims[0].according_to == ("The gunmen",)


def test_a_denial_of_something_else_disputes_nothing() -> None:
    event = Event("e9", "REJECT", (), (), (Actor("COD", "UAF", entity_text="The gunmen"),), (), "happened", ())
    denial = Report("d9", event, published="2024-05-07", text="The gunmen denied that they had taken money from miners")

    assert all(not m.disputes for m in link_events([report(1), denial]))


def test_an_event_that_some_say_did_not_happen_is_disputed() -> None:
    (merged,) = link_events([report(1), report(2), report(3, status="negated")])

    assert merged.event.status == "happened"
    assert [c.value for d in merged.disputes if d.field == "status" for c in d.claims] == ["denied", "happened"]


def test_a_copy_adds_a_report_and_no_independent_one() -> None:
    copy = replace(report(2), copy_of="d1")
    (merged,) = link_events([report(1), copy])

    assert len(merged.reports) == 2
    assert merged.independent == 1


def test_the_id_of_an_event_stays_when_later_reports_come() -> None:
    early = replace(report(1), published="2024-05-06")
    (before,) = link_events([early])
    (after,) = link_events([replace(report(2), published="2024-05-07"), early])

    assert after.id == before.id


def test_no_report_is_no_event() -> None:
    assert link_events([]) == ()


def test_a_crowd_of_reports_of_one_event_is_one_event() -> None:
    (merged,) = link_events([report(n, dead=12 + n % 2) for n in range(400)])

    assert len(merged.reports) == 400
    assert [len(c.documents) for d in merged.disputes for c in d.claims] == [200, 200]


def test_a_stream_remembers_no_more_than_its_window() -> None:
    linker = EventLinker(days=3, keep=4)
    for day in range(1, 29):
        date = f"2024-05-{day:02}"
        first, second = (
            replace(report(2 * day + n, date=date), published=date) for n in range(2)
        )
        found = linker.add([first, second])
        assert found[first.key] == found[second.key]

    assert len(linker) == 8


def test_a_later_batch_finds_the_event_of_an_earlier_one() -> None:
    linker = EventLinker()
    first, later = replace(report(1), published="2024-05-06"), replace(report(2), published="2024-05-07")
    before = linker.add([first])[first.key]
    after = linker.add([later])[later.key]

    assert after.id == before.id
    assert len(after.reports) == 2
