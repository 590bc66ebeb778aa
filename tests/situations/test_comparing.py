"""Two records are compared by what both have in each cell, and a record agrees with itself."""

from __future__ import annotations

import pytest

from legation.model import Actor, Event
from legation.record import MergedEvent, Report
from legation.situations.comparing import compare, pearson


def event(kind: str, a: str, b: str, date: str | None, document: str = "d") -> MergedEvent:
    made = Event(
        f"{document}{kind}{a}{b}{date}", kind, (), (), (Actor(a or None),), (Actor(b),) if b else (), "happened", (),
        date, date_precision="day" if date else "unknown", quad_code=1,
    )  # fmt: skip
    return MergedEvent(made.id, made, (Report(document, made),))


OURS = [
    event("CONSULT", "IND", "PAK", "2021-07-01"),
    event("CONSULT", "PAK", "IND", "2021-07-20", "e"),
    event("AID", "USA", "AFG", "2021-08-01"),
    event("PROTEST", "FRA", "", "2021-09-01"),
    event("PROTEST", "FRA", "", None),
]
THEIRS = [
    event("CONSULT", "IND", "PAK", "2021-07-05"),
    event("ASSAULT", "USA", "AFG", "2021-08-02"),
    event("PROTEST", "FRA", "", "2021-09-30"),
]


def test_a_record_agrees_with_itself() -> None:
    found = compare(OURS, OURS)

    assert found.total.overlap == 1
    assert all(g.overlap == 1 for g in (*found.by_type, *found.by_dyad, *found.by_period))
    assert found.pearson_cells == 1
    assert found.left_out_a == 1


def test_what_both_have_is_the_smaller_count_of_each_cell() -> None:
    found = compare(OURS, THEIRS)

    assert (found.total.a, found.total.b, found.total.matched) == (4, 3, 2)
    assert found.total.overlap == pytest.approx(2 / 5)
    assert found.total.found_in_b == 0.5
    types = {g.name: (g.a, g.b, g.matched) for g in found.by_type}
    assert types == {"CONSULT": (2, 1, 1), "AID": (1, 0, 0), "ASSAULT": (0, 1, 0), "PROTEST": (1, 1, 1)}
    assert {g.name: g.matched for g in found.by_dyad} == {"IND-PAK": 1, "AFG-USA": 0, "FRA": 1}
    assert [g.name for g in found.by_period] == ["2021-07", "2021-08", "2021-09"]


def test_a_finer_period_agrees_less() -> None:
    assert compare(OURS, THEIRS, "day").total.matched == 0


def test_the_two_rows_that_a_data_set_makes_of_one_meeting_count_once() -> None:
    both = [event("CONSULT", "IND", "PAK", "2021-07-01", "u"), event("CONSULT", "PAK", "IND", "2021-07-01", "u")]

    assert compare(both, []).total.a == 1


def test_days_outside_are_not_compared() -> None:
    assert compare(OURS, THEIRS, since="2021-08-01", until="2021-08-31").total.a == 1


@pytest.mark.parametrize(
    ("pairs", "found"),
    [([(1, 2), (2, 4), (3, 6)], 1.0), ([(1, 3), (2, 2), (3, 1)], -1.0), ([(1, 1), (2, 1), (3, 1)], None), ([], None)],
)
def test_correlation(pairs: list[tuple[float, float]], found: float | None) -> None:
    assert pearson(pairs) == found


def test_nothing_agrees_with_nothing() -> None:
    found = compare([], [])

    assert found.total.overlap is None
    assert found.by_type == ()
