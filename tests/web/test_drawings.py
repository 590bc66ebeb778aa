"""Timelines and maps as plain numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from legation.web.drawings import timeline, worldmap
from legation.web.drawings.worldmap import Point


def test_nothing_dated_makes_no_timeline() -> None:
    assert timeline.draw({}) is None
    assert timeline.draw({"2021": {1: 3}, "2021-07": {2: 1}}) is None


@pytest.mark.parametrize(
    ("days", "step"), [(30, "day"), (119, "day"), (400, "week"), (2_000, "month"), (12_000, "year")]
)
def test_bars_become_wider_as_the_time_grows(days: int, step: str) -> None:
    first = date(1990, 1, 1)
    drawn = timeline.draw({first.isoformat(): {1: 1}, (first + timedelta(days=days)).isoformat(): {4: 2}})

    assert drawn is not None
    assert (drawn.step, drawn.total) == (step, 3)
    assert len(drawn.bars) < 250
    assert all(bar.since <= bar.until for bar in drawn.bars)


def test_cooperation_stands_above_the_line_and_conflict_below() -> None:
    drawn = timeline.draw({"2021-07-01": {1: 2, 2: 1, 3: 4, 4: 5}})
    assert drawn is not None
    boxes = {box.quad: box for box in drawn.bars[0].boxes}

    assert boxes[1].y + boxes[1].height == pytest.approx(drawn.zero, abs=0.2)
    assert boxes[2].y < boxes[1].y
    assert boxes[3].y == pytest.approx(drawn.zero, abs=0.2)
    assert boxes[4].y > boxes[3].y


def test_a_new_year_is_written_where_it_begins() -> None:
    drawn = timeline.draw({f"{y}-{m:02}-05": {1: 1} for y in (2020, 2021) for m in range(1, 13)})
    assert drawn is not None

    years = [t.label[-4:] for t in drawn.xs if t.label[-4:].isdigit()]
    assert years == sorted(set(years))
    assert "2021" in years


def test_near_places_are_one_spot_and_far_ones_two() -> None:
    places = ((0.0, 0.0, 5, 1, "A"), (2.0, 0.0, 3, 4, "B"), (300.0, 0.0, 1, 4, "C"))
    spots = worldmap.cluster(places, unit=1.0)

    assert [(s.count, s.names, s.quad) for s in spots] == [(8, ("A", "B"), 1), (1, ("C",), 4)]


def test_a_map_shows_what_is_known_only_by_country_as_shade() -> None:
    drawn = worldmap.draw([Point(34.5, 69.2, "Kabul", 4, "AFG"), Point(0, 0, "Russia", 1, "RUS", True)])
    assert drawn is not None

    assert (drawn.placed, drawn.by_country) == (1, 1)
    assert drawn.width / drawn.height == pytest.approx(2, abs=0.02)
    assert any(o.code == "AFG" for o in drawn.outlines)
    assert worldmap.draw([]) is None


def test_outlines_are_closed_and_stay_on_the_globe() -> None:
    for fine in (False, True):
        for outline in worldmap.outlines(fine=fine):
            assert outline.path.startswith("M")
            assert outline.path.endswith("z")
            assert -5400 <= outline.box[0] <= outline.box[2] <= 5400
