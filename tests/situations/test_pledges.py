"""Promises are followed through their deadlines to what came of them."""

from __future__ import annotations

import pytest

from legation.model import Place
from legation.record import MergedEvent
from legation.situations.pledges import TrackedPledge, track_pledges
from situations.told import event

WITHDRAW = "withdraw-forces+announce-that"
COUNTRY = Place(0, 0, "Afghanistan", "Afghanistan", "AFG", precision="country")
BASE = Place(0, 0, "Bagram", "Bagram", "AFG", precision="site")


def promise(doc: str, made: str, due: str, *, by: str = "USA GOV", text: str = "", words: str = "by") -> MergedEvent:
    """A promise to leave Afghanistan."""
    return event(
        "CONCEDE",
        by,
        "AFG GOV",
        date=made,
        doc=doc,
        due=due,
        due_text=words,
        rule=WITHDRAW,
        text=text or "The soldiers will be gone by then, the president said.",
    )


def deed(
    doc: str, date: str, text: str, *, by: str = "USA GOV", to: str = "AFG GOV", place: Place = COUNTRY
) -> MergedEvent:
    """Troops leaving."""
    return event(
        "RETREAT/withdraw", by, to, date=date, doc=doc, rule="withdraw-forces", text=text, place=place
    )


def only(events: list[MergedEvent], as_of: str = "2021-12-31") -> TrackedPledge:
    found = track_pledges(events, as_of=as_of)
    assert len(found) == 1
    return found[0]


def test_a_promise_with_another_day_is_the_pledge_moved() -> None:
    pledge = only(
        [
            promise("doha", "2020-02-29", "2021-05-01"),
            promise("april", "2021-04-14", "2021-09-11"),
            promise("july", "2021-07-08", "2021-08-31"),
            deed("last", "2021-08-30", "The United States withdrew its last troops from Afghanistan."),
        ]
    )

    assert [(d.due, d.since) for d in pledge.deadlines] == [
        ("2021-05-01", "2020-02-29"),
        ("2021-09-11", "2021-04-14"),
        ("2021-08-31", "2021-07-08"),
    ]
    assert pledge.moved
    assert (pledge.act, pledge.promisor, pledge.to) == ("RETREAT/withdraw", "USA", ("AFG",))
    assert pledge.outcome == "kept"
    assert pledge.reason == "done on 2021-08-30, due on 2021-08-31"
    assert [c.document for c in pledge.evidence] == ["last"]


def test_an_old_deadline_told_again_does_not_move_the_pledge_back() -> None:
    pledge = only(
        [
            promise("doha", "2020-02-29", "2021-05-01"),
            promise("april", "2021-04-14", "2021-09-11"),
            promise("background", "2021-04-20", "2021-05-01"),
        ]
    )

    assert pledge.due == "2021-09-11"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The United States began to withdraw its last troops from Afghanistan.", COUNTRY),
        ("Between 30 and 44 percent of the withdrawal has been completed.", COUNTRY),
        ("The United States withdrew troops from Afghanistan.", COUNTRY),
        ("It would be tough to withdraw all troops, the president said.", COUNTRY),
    ],
)
def test_leaving_in_part_is_progress_and_keeps_no_pledge(text: str, place: Place) -> None:
    pledge = only([promise("april", "2021-04-14", "2021-09-11"), deed("part", "2021-06-01", text, place=place)])

    assert pledge.outcome == "unknown"
    assert [c.document for c in pledge.progress] == ["part"]
    assert pledge.evidence == ()


def test_leaving_a_base_keeps_no_pledge_to_leave_the_country() -> None:
    base = deed("base", "2021-07-02", "All American troops left Bagram air base.", to="", place=BASE)
    pledge = only([promise("april", "2021-04-14", "2021-09-11"), base])

    assert pledge.outcome != "kept"


def test_another_state_that_leaves_keeps_nobody_elses_pledge() -> None:
    german = deed("german", "2021-06-29", "Germany withdrew its last soldiers from Afghanistan.", by="DEU GOV")
    pledge = only([promise("april", "2021-04-14", "2021-09-11"), german])

    assert pledge.outcome == "unknown"
    assert "nothing of USA after that day" in pledge.reason


def test_a_pledge_done_too_late_is_broken() -> None:
    late = deed("late", "2021-09-20", "The United States withdrew its last troops from Afghanistan.")
    pledge = only([promise("april", "2021-04-14", "2021-09-11"), late])

    assert (pledge.outcome, pledge.reason) == ("broken", "done on 2021-09-20, 9 days after it was due")


def test_a_pledge_is_open_until_its_day_and_overdue_when_the_record_goes_on_without_it() -> None:
    told = [
        promise("april", "2021-04-14", "2021-09-11"),
        event("CONSULT", "USA GOV; CHN GOV", date="2021-10-01", doc="later", reciprocal=True),
    ]

    assert only(told, as_of="2021-09-11").outcome == "open"
    assert only(told, as_of="2021-10-02").outcome == "overdue"


def test_a_meeting_that_was_called_off_breaks_the_promise_to_hold_it() -> None:
    promised = event(
        "AGREE",
        "TUR GOV",
        "AFG GOV",
        date="2021-04-13",
        doc="invite",
        due="2021-04-24",
        rule="host-gathering",
        text="Turkey will host a peace conference on Afghanistan in Istanbul.",
    )
    off = event(
        "REJECT/meet",
        "TUR GOV",
        "AFG GOV",
        date="2021-04-20",
        doc="off",
        rule="attend-summit-noun+call-off",
        text="Turkey postponed the peace conference in Istanbul.",
    )
    pledge = only([promised, off])

    assert (pledge.outcome, pledge.reason) == ("broken", "called off, refused or not done, as told of 2021-04-20")
    assert [c.document for c in pledge.evidence] == ["off"]


def test_any_other_meeting_is_not_the_promised_one() -> None:
    promised = event(
        "AGREE",
        "GBR GOV",
        date="2021-08-22",
        doc="plan",
        due="2021-08-24",
        rule="convene-meeting",
        text="Britain will chair an emergency meeting of the seven leaders.",
    )
    other = event(
        "CONSULT",
        "GBR GOV; QAT GOV",
        date="2021-08-24",
        doc="other",
        reciprocal=True,
        text="The foreign secretary met his Qatari colleague.",
    )

    assert only([promised, other], as_of="2021-08-23").outcome == "open"
    assert only([promised, other]).outcome != "kept"


@pytest.mark.parametrize("kind", ["THREATEN", "REQUEST", "REJECT"])
def test_threats_and_demands_with_a_day_are_no_pledges(kind: str) -> None:
    told = event(kind, "AFG REB", "USA GOV", date="2021-03-26", due="2021-05-01", rule="attack+threaten-to")

    assert track_pledges([told], as_of="2021-12-31") == ()


def test_the_day_of_speaking_is_no_deadline() -> None:
    told = event("AGREE", "CHN GOV", "AFG GOV", date="2021-09-08", due="2021-09-08", rule="give-aid+agree-to")

    assert track_pledges([told], as_of="2021-12-31") == ()


def test_a_promise_of_no_known_act_has_an_unknown_outcome() -> None:
    told = event("AGREE", "USA GOV", date="2021-07-08", due="2021-07-31", rule="bare-agree-to")
    pledge = only([told])

    assert (pledge.act, pledge.outcome) == (None, "unknown")


def test_a_month_made_exact_is_not_a_pledge_moved() -> None:
    text = "Turkey will host a peace conference in Istanbul."
    events = [
        event(
            "AGREE", "TUR GOV", date=made, doc=made, due=due, due_text=words, rule="host-gathering", text=text
        )
        for made, due, words in (
            ("2021-03-12", "2021-04-30", "in April"),
            ("2021-04-13", "2021-04-24", "on April 24"),
        )
    ]

    assert [d.due for d in only(events).deadlines] == ["2021-04-24"]


def test_the_order_of_the_events_does_not_matter() -> None:
    told = [
        promise("doha", "2020-02-29", "2021-05-01"),
        promise("april", "2021-04-14", "2021-09-11"),
        deed("last", "2021-08-30", "The United States withdrew its last troops from Afghanistan."),
    ]

    assert track_pledges(told, as_of="2021-12-31") == track_pledges(told[::-1], as_of="2021-12-31")


def test_what_had_been_promised_before_is_no_new_deadline() -> None:
    pledge = only(
        [
            promise("april", "2021-04-13", "2021-09-11", text="The soldiers will be gone by September 11, he said."),
            promise("background", "2021-04-14", "2021-05-01", text="The last soldiers were due to leave by May 1."),
        ]
    )

    assert [(d.due, d.earlier) for d in pledge.deadlines] == [("2021-05-01", True), ("2021-09-11", False)]


def test_what_came_later_is_not_known_on_the_day() -> None:
    told = [
        promise("april", "2021-04-14", "2021-09-11"),
        promise("july", "2021-07-08", "2021-08-31"),
        deed("last", "2021-08-30", "The United States withdrew its last troops from Afghanistan."),
    ]

    assert track_pledges(told, as_of="2021-03-01") == ()
    assert only(told, as_of="2021-05-01").due == "2021-09-11"
    assert only(told, as_of="2021-08-29").outcome == "open"
    assert only(told, as_of="2021-08-30").outcome == "kept"


def test_not_yet_done_breaks_no_pledge_that_is_not_yet_due() -> None:
    not_yet = event(
        "RETREAT/withdraw", "USA GOV", "AFG GOV", date="2021-06-01", doc="june", status="negated", rule="withdraw"
    )

    assert only([promise("april", "2021-04-14", "2021-09-11"), not_yet], as_of="2021-07-01").outcome == "open"


@pytest.mark.parametrize("day", ["2021-02-30", "soon", "2021-04"])
def test_a_day_that_is_none_is_passed_over(day: str) -> None:
    assert track_pledges([promise("odd", "2021-01-14", day)], as_of="2021-12-31") == ()
    assert track_pledges([promise("odd", day, "2021-05-01")], as_of="2021-12-31") == ()
