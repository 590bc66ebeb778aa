"""Timelines, roles, intensity and places are counted from events as they are."""

from __future__ import annotations

import pytest

from legation.model import Place
from legation.situations.timelines import dyads, intensity, new_since, places, roles, timeline
from situations.told import event, joined


def test_a_timeline_goes_by_day_and_ends_with_what_has_no_day() -> None:
    late = event("CONSULT", "IND GOV; PAK GOV", date="2021-03-02", doc="b")
    early = event("ASSAULT", "IND MIL", "PAK MIL", date="2021-03-01", doc="a")
    undated = event("AGREE", "IND GOV", date=None, doc="c")

    assert [day.date for day in timeline([undated, late, early])] == ["2021-03-01", "2021-03-02", None]


def test_the_event_told_by_most_outlets_comes_first_in_its_day() -> None:
    one = event("AGREE", "IND GOV", date="2021-03-01", doc="a", outlet="A")
    two = [event("CONSULT", "IND GOV", date="2021-03-01", doc=d, outlet=d) for d in ("b", "c")]

    [day] = timeline([one, joined(*two)])

    assert [len(e.reports) for e in day.events] == [2, 1]


def test_roles_count_what_an_actor_did_and_what_was_done_to_it() -> None:
    events = [
        event("ASSAULT", "AFG REB", "AFG MIL", date="2021-03-01", doc="a"),
        event("CONSULT", "AFG REB; AFG GOV", date="2021-03-05", doc="b"),
        event("ACCUSE", "AFG GOV", "AFG REB", date="2021-03-03", doc="c"),
    ]

    found = {role.label: role for role in roles(events)}

    assert found["AFG REB"].acted == (1, 0, 0, 1)
    assert found["AFG REB"].received == (0, 0, 1, 0)
    assert (found["AFG REB"].first, found["AFG REB"].last) == ("2021-03-01", "2021-03-05")
    assert roles(events)[0].label == "AFG REB"


def test_who_is_not_known_has_no_role() -> None:
    assert roles([event("ASSAULT", "?", "AFG CVL", date="2021-03-01")])[0].label == "AFG CVL"


def test_intensity_takes_both_directions_and_leaves_out_what_did_not_happen() -> None:
    events = [
        event("ASSAULT", "IND MIL", "PAK MIL", date="2021-03-01", doc="a"),
        event("ACCUSE", "PAK GOV", "IND GOV", date="2021-03-20", doc="b"),
        event("CONSULT", "IND GOV; PAK GOV", date="2021-04-02", doc="c"),
        event("ASSAULT", "IND MIL", "PAK MIL", date="2021-04-03", doc="d", status="negated"),
        event("ASSAULT", "IND MIL", "CHN MIL", date="2021-04-03", doc="e"),
        event("ASSAULT", "IND MIL", "PAK MIL", date="2021", doc="f"),
    ]

    rows = intensity(events, "IND", "PAK")

    assert [(row.period, row.quads) for row in rows] == [("2021-03", (0, 0, 1, 1)), ("2021-04", (1, 0, 0, 0))]
    assert rows[0].scale < 0 < rows[1].scale
    assert dyads(events)[0] == ("IND", "PAK")


@pytest.mark.parametrize(("step", "periods"), [("day", 2), ("month", 1), ("year", 1)])
def test_intensity_by_step(step: str, periods: int) -> None:
    events = [event("ACCUSE", "IND GOV", "PAK GOV", date=f"2021-03-0{n}", doc=str(n)) for n in (1, 2)]

    assert len(intensity(events, "PAK", "IND", step=step)) == periods


def test_an_act_within_one_state_is_no_dyad() -> None:
    assert dyads([event("ASSAULT", "AFG REB", "AFG MIL", date="2021-03-01")]) == ()


def test_places_are_counted() -> None:
    kabul = Place(0, 0, "Kabul", "Kabul", "AFG")
    events = [event("ASSAULT", "AFG REB", date=f"2021-03-0{n}", doc=str(n), place=kabul) for n in (1, 2)]
    events.append(event("CONSULT", "AFG GOV", date="2021-03-03", doc="x"))

    assert [(p.place.name, len(p.events)) for p in places(events)] == [("Kabul", 2)]


def test_new_is_what_was_first_told_since() -> None:
    old = event("CONSULT", "IND GOV", date="2021-03-01", doc="a", published="2021-03-01")
    again = event("CONSULT", "IND GOV", date="2021-03-01", doc="b", published="2021-05-01")
    new = event("ASSAULT", "IND MIL", date="2021-03-02", doc="c", published="2021-05-01")

    assert [e.id for e in new_since([joined(old, again), new], "2021-04-01")] == [new.id]
