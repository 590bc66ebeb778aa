"""Rules are sentences; what they find is told once, with the sentences it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from legation.errors import InputPathError
from legation.model import Count, Size
from legation.record import Claim, Dispute, MergedEvent, Query
from legation.situations.alert_rules import RuleError, parse_rule, read_rules
from legation.situations.alerts import Alert, Check, check_rules, usual
from legation.situations.timelines import sides_of
from situations.told import event


def asked(events: Sequence[MergedEvent], query: Query) -> list[MergedEvent]:
    """What a store answers, as far as rules ask."""
    found = []
    for merged in events:
        one = merged.event
        codes = {a.code for a in (*one.actors, *one.recipients)}
        if query.actors and not any(a.split()[0] in codes for a in query.actors):
            continue
        if query.dyad and not {query.dyad, query.dyad[::-1]} & set(sides_of(merged)):
            continue
        if (query.events and one.event not in query.events) or (query.quads and one.quad_code not in query.quads):
            continue
        if query.places and (one.place is None or one.place.country not in query.places):
            continue
        if query.since and one.date and one.date < query.since:
            continue
        if query.until and one.date and one.date > query.until:
            continue
        found.append(merged)
    return found


def alerts(
    rule: str, events: Sequence[MergedEvent], *, today: str, since: str, record_since: str = "2000-01-01"
) -> tuple[Alert, ...]:
    check = Check(lambda query: asked(events, query), today, since, record_since=record_since)
    return check_rules([parse_rule(rule)], check)


def clash(day: str, number: int = 0, *, published: str | None = None) -> MergedEvent:
    return event("ASSAULT", "IND MIL", "PAK MIL", date=day, doc=f"{day}-{number}", published=published,
                 text=f"Shots were fired on {day}.")  # fmt: skip


def days(first: str, number: int) -> list[str]:
    start = date.fromisoformat(first)
    return [(start + timedelta(days=n)).isoformat() for n in range(number)]


@pytest.mark.parametrize(
    "text",
    [
        "IND-PAK quad 4 more than 3 standard deviations over its 90-day mean",
        "IND MIL-PAK MIL ASSAULT more than 2.5 standard deviations above its 30-day mean",
        "AFG-PAK more than 5 events in 7 days",
        "any THREATEN by PRK",
        "any ASSAULT/aerial by USA against AFG in AFG with more than 50 dead",
        "any quad 4 in Kabul",
        "any event about migration",
        "pledge overdue",
        "pledge moved by USA",
        "fact disputed",
        "fact disputed in AFG",
    ],
)
def test_these_are_rules(text: str) -> None:
    assert parse_rule(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "IND-PAK",
        "any FIGHT by PRK",
        "any ASSAULT/hug by PRK",
        "any threaten by PRK",
        "IND-PAK quad 5 more than 3 standard deviations over its 90-day mean",
        "IND-PAK quad 4 more than 3 standard deviations over its 2-day mean",
        "pledge forgotten",
        "tell me everything",
    ],
)
def test_these_are_no_rules_and_the_message_shows_what_is(text: str) -> None:
    with pytest.raises(RuleError, match="pledge overdue"):
        parse_rule(text)


def test_a_day_far_over_the_mean_is_told_once() -> None:
    quiet = [clash(day) for day in days("2021-01-01", 90) if day.endswith("5")]
    storm = [clash("2021-04-02", n) for n in range(6)]
    rule = "IND-PAK quad 4 more than 3 standard deviations over its 90-day mean"

    found = alerts(rule, quiet + storm, today="2021-04-03", since="2021-04-01")

    assert [a.title for a in found] == ["IND and PAK: 6 events on 2021-04-02"]
    assert "the mean of the 90 days before is 0.10, the standard deviation 0.50" in found[0].text
    assert len(found[0].citations) == 6
    assert found == alerts(rule, (quiet + storm)[::-1], today="2021-04-03", since="2021-04-01")
    # One more report of the day changes the text, but it is the same thing told.
    more = alerts(rule, [*quiet, *storm, clash("2021-04-02", 9)], today="2021-04-04", since="2021-04-01")
    assert [a.key for a in more] == [found[0].key]


def test_a_usual_day_and_a_young_record_raise_no_alert() -> None:
    rule = "IND-PAK quad 4 more than 3 standard deviations over its 90-day mean"
    busy = [clash(day, n) for day in days("2021-01-01", 95) for n in range(3)]
    storm = [clash("2021-04-02", n) for n in range(6)]

    assert alerts(rule, busy, today="2021-04-05", since="2021-04-01") == ()
    assert alerts(rule, storm, today="2021-04-03", since="2021-04-01", record_since="2021-03-20") == ()


def test_the_spread_is_that_of_the_whole_window_and_never_nothing() -> None:
    assert usual([0, 4]) == (2.0, 2.0)
    assert usual([0] * 90) == (0.0, 0.5)


def test_many_events_in_few_days() -> None:
    told = [clash(day) for day in days("2021-04-01", 10)]

    found = alerts("IND-PAK more than 4 events in 7 days", told, today="2021-04-10", since="2021-04-01")

    assert [a.day for a in found] == ["2021-04-05"]  # the next six days are the same story


def test_any_event_of_a_kind_by_whom_and_against_whom() -> None:
    told = [
        event("THREATEN", "PRK GOV", "KOR GOV", date="2021-04-02", doc="a", text="Pyongyang threatened Seoul."),
        event("THREATEN", "KOR GOV", "PRK GOV", date="2021-04-02", doc="b"),
        event("ACCUSE", "PRK GOV", "KOR GOV", date="2021-04-02", doc="c"),
        event("THREATEN", "PRK GOV", "KOR GOV", date="2021-04-02", doc="d", status="negated"),
        event("THREATEN", "PRK GOV", "KOR GOV", date="2021-01-02", doc="e"),
    ]

    found = alerts("any THREATEN by PRK", told, today="2021-04-03", since="2021-04-01")

    assert [[c.document for c in a.citations] for a in found] == [["a"]]
    assert found[0].text == "Pyongyang threatened Seoul."
    assert len(alerts("any THREATEN against PRK", told, today="2021-04-03", since="2021-04-01")) == 1


def test_only_events_with_so_many_dead() -> None:
    def bomb(doc: str, dead: int | None) -> MergedEvent:
        size = Size(dead=Count(dead, dead, dead, str(dead))) if dead is not None else None
        return event("ASSAULT", "? UAF", "AFG CVL", date="2021-04-02", doc=doc, size=size)

    told = [bomb("a", 85), bomb("b", 50), bomb("c", None)]

    found = alerts("any ASSAULT with more than 50 dead", told, today="2021-04-03", since="2021-04-01")

    assert [a.citations[0].document for a in found] == ["a"]


def test_a_pledge_is_told_of_when_it_comes_to_be_overdue() -> None:
    told = [
        event("CONCEDE", "USA GOV", "AFG GOV", date="2021-01-14", doc="a", due="2021-04-01",
              rule="withdraw-forces+announce-that", text="They will be gone."),
        event("CONSULT", "USA GOV; CHN GOV", date="2021-04-02", doc="b", reciprocal=True),
    ]  # fmt: skip

    assert alerts("pledge overdue", told, today="2021-04-01", since="2021-03-30") == ()
    found = alerts("pledge overdue", told, today="2021-04-02", since="2021-04-01")
    assert [a.title for a in found] == ["Overdue: USA to AFG, RETREAT/withdraw"]
    assert alerts("pledge overdue", told, today="2021-05-02", since="2021-05-01") == ()
    assert alerts("pledge overdue by GBR", told, today="2021-04-02", since="2021-04-01") == ()


def test_a_pledge_that_moves_and_one_that_is_kept() -> None:
    told = [
        event("CONCEDE", "USA GOV", "AFG GOV", date=made, doc=made, due=due, rule="withdraw-forces+announce-that",
              text="They will be gone.")
        for made, due in (("2021-01-14", "2021-04-01"), ("2021-03-14", "2021-04-20"))
    ]  # fmt: skip
    last = event("RETREAT/withdraw", "USA GOV", "AFG GOV", date="2021-04-15", doc="z", rule="withdraw-forces",
                 text="The last soldiers left Afghanistan.")  # fmt: skip

    moved = alerts("pledge moved", told, today="2021-03-15", since="2021-03-14")
    kept = alerts("pledge kept", [*told, last], today="2021-04-16", since="2021-04-15")

    assert [a.text for a in moved] == ["Due 2021-04-01, then 2021-04-20."]
    assert [a.title for a in kept] == ["Kept: USA to AFG, RETREAT/withdraw"]
    assert kept[0].citations[0].text == "The last soldiers left Afghanistan."


def test_a_fact_that_comes_to_be_disputed() -> None:
    from dataclasses import replace

    told = event("ASSAULT", "? UAF", "AFG CVL", date="2021-04-02", doc="a", text="At least 21 died.")
    claims = (Claim("21", ("a",)), Claim("27", ("a",), ("a doctor",)))

    found = alerts("fact disputed", [replace(told, disputes=(Dispute("dead", claims),))],
                   today="2021-04-03", since="2021-04-01")  # fmt: skip

    assert [a.text for a in found] == ["21 (reports); 27 (a doctor)"]


def test_rules_in_lines(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_text("# mine\nKorea: any THREATEN by PRK  # always\n\npledge overdue\n", encoding="utf-8")

    book = read_rules(path)

    assert [(r.name, r.text) for r in book.rules] == [
        ("Korea", "any THREATEN by PRK"),
        ("pledge overdue", "pledge overdue"),
    ]
    assert book.deliveries == ()


def test_rules_in_toml_say_where_to_deliver(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        '[[rule]]\nname = "Korea"\nwhen = "any THREATEN by PRK"\nto = "feed"\n'
        '[deliver.feed]\npath = "alerts.xml"\n[deliver.desk]\nkind = "webhook"\nurl = "http://127.0.0.1/"\n',
        encoding="utf-8",
    )

    book = read_rules(path)

    assert book.rules[0].to == ("feed",)
    assert [(d.name, d.kind) for d in book.deliveries] == [("feed", "feed"), ("desk", "webhook")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[deliver.pigeon]\n", "pigeon"),
        ("[deliver.mail]\nhost = 'x'\n", "lacks 'from'"),
        ("[[rule]]\nwhen = 'pledge overdue'\nto = 'feed'\n", "not in"),
        ("[[rule\n", "not TOML"),
    ],
)
def test_a_file_of_rules_that_is_wrong_says_where(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(InputPathError, match=why):
        read_rules(path)
