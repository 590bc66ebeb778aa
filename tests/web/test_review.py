"""Review: verdicts, corrections, rounds of double coding, agreement, score and gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from legation.record import Query
from legation.store import Store
from legation.web.agreement import agreement, cohen, krippendorff, percent
from legation.web.codings import Coding, actor_said, from_form, place_named, sides
from web.conftest import Visitor, copied, visitor
from web.small_record import ABOUT, report

JSON = {"accept": "application/json"}


def event_of(record: Visitor, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = record.get(f"/search.json?events={kind}").json()["events"][0]
    return found


def form_of(record: Visitor, name: str, **changed: Any) -> dict[str, Any]:
    """The form of an event as it stands, with some of it changed."""
    coding = record.get(f"/review/{name}.json").json()["coding"]
    form = {
        "verdict": "correct", "event": coding["event"], "modes": coding["modes"], "status": coding["status"],
        "actors": "\n".join(coding["actors"]), "recipients": "\n".join(coding["recipients"]),
        "date": coding["date"] or "", "place": coding["place"] or "",
    }  # fmt: skip
    return {**form, **changed}


def test_an_accepted_event_counts_as_right(record: Visitor) -> None:
    name = event_of(record, "AID")["id"]
    assert record.send_form(f"/review/events/{name}", {"verdict": "accept"}).status_code == 303

    score = record.get("/review/score.json").json()
    assert (score["reviewed"], score["accepted"], score["precision"], score["whole"]) == (1, 1, 1.0, 1.0)


def test_a_corrected_event_is_read_so_everywhere_and_counts_against_its_fields(record: Visitor) -> None:
    name = event_of(record, "THREATEN")["id"]
    wanted = {"event": "ACCUSE", "modes": ["allege"], "place": "Kabul, Afghanistan", "recipients": "AFG REB Taliban"}
    form = form_of(record, name, **wanted)
    record.send_form(f"/review/events/{name}", form)

    found = record.get(f"/events/{name}.json").json()
    assert (found["event"], found["mode"], found["quad_code"]) == (["ACCUSE"], ["allege"], 3)
    assert found["event_loc"]["country_code"] == "AFG"
    assert found["recipient"][0]["code"] == "AFG"
    score = record.get("/review/score.json").json()
    right = {f["field"]: f["right"] for f in score["fields"]}
    assert right == {"event": 0, "mode": 0, "actor": 1, "recipient": 0, "status": 1, "date": 1, "place": 0}
    page = record.get("/review/score").text
    assert "THREATEN" in page


def test_a_rejected_event_leaves_the_record_and_can_come_back(record: Visitor) -> None:
    name = event_of(record, "PROTEST")["id"]
    record.send_form(f"/review/events/{name}", {"verdict": "reject", "note": "a march of ants"})
    assert record.get("/search.json?events=PROTEST").json()["count"] == 0
    assert record.get("/review/score.json").json()["precision"] == 0.0

    answer = record.send_form("/review/undo")
    assert answer.headers["location"].startswith(f"/review/{name}")
    assert record.get("/search.json?events=PROTEST").json()["count"] == 1
    assert record.get("/review/score.json").json()["reviewed"] == 0


def test_a_form_that_changes_nothing_is_an_acceptance(record: Visitor) -> None:
    name = event_of(record, "AID")["id"]
    record.send_form(f"/review/events/{name}", form_of(record, name))

    assert record.get(f"/review/{name}.json").json()["verdict"] == "accepted"


def test_every_change_says_who_when_before_and_after(record: Visitor) -> None:
    name = event_of(record, "AID")["id"]
    record.send_form(f"/review/events/{name}", form_of(record, name, status="attempted"))

    log = record.get(f"/events/{name}.json").json()["changes"]
    [change] = log
    told = (change["who"], change["field"], change["before"], change["after"])
    assert told == ("Anna", "status", "happened", "attempted")
    assert log[0]["at"].startswith("20")
    assert "Anna" in record.get("/review/log").text
    record.send_form(f"/changes/{log[0]['key']}/undo")
    assert record.get(f"/events/{name}.json").json()["status"] == "happened"
    assert record.get(f"/events/{name}.json").json()["changes"][0]["undone_by"] == "Anna"


def test_nobody_reviews_without_a_name(tmp_path: Path) -> None:
    with copied("small", tmp_path / "record.db") as store, visitor(store=store) as desk:
        name = event_of(desk, "AID")["id"]
        answer = desk.send_form(f"/review/events/{name}", {"verdict": "accept"})
        assert answer.status_code == 400
        assert "Say who you are" in answer.text
        assert desk.send_form("/name", {"name": " "}).status_code == 400


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"event": "DANCE"}, "Choose the type"),
        ({"modes": ["phone"]}, "has no mode"),
        ({"status": "perhaps"}, "no status"),
        ({"date": "2021-13-01"}, "is not a date"),
        ({"date": "soon"}, "is not a date"),
    ],
)
def test_a_correction_that_cannot_be_is_told(record: Visitor, changed: dict[str, Any], said: str) -> None:
    name = event_of(record, "AID")["id"]
    answer = record.send_form(f"/review/events/{name}", form_of(record, name, **changed))

    assert answer.status_code in (400, 422)
    assert said in answer.text


def test_a_correction_outlives_coding_again(record: Visitor) -> None:
    name = event_of(record, "AID")["id"]
    record.send_form(f"/review/events/{name}", form_of(record, name, status="attempted"))
    store: Store = record.app.state.desk.store  # type: ignore[attr-defined]
    store.add([report(4, "Harbour Courier")], {**ABOUT, "version": "1"})
    record.app.state.desk.changed()  # type: ignore[attr-defined]

    assert record.get(f"/events/{name}.json").json()["status"] == "attempted"


def test_the_queue_leads_on_and_leaves_out_what_is_reviewed(record: Visitor) -> None:
    first = record.get("/review/next?by=doubt").headers["location"]
    name = first.split("/")[-1].split("?")[0]
    after = record.send_form(f"/review/events/{name}?by=doubt", {"verdict": "accept"}).headers["location"]
    second = record.get(after).headers["location"]

    assert second != first
    assert record.get("/review/next?by=doubt").headers["location"] == second
    assert record.get("/review/next?by=sample").headers["location"].startswith("/review/")
    assert record.get("/review/next?by=mood").status_code == 422


def test_a_missed_event_counts_and_stands_in_the_gold(record: Visitor) -> None:
    name = event_of(record, "AID")["id"]
    document = event_of(record, "AID")["document"]
    record.send_form(f"/review/events/{name}", {"verdict": "accept"})
    form = {"document": document, "sentence": "1", "event": "CONSULT", "actors": "India; Russia", "modes": ["visit"]}
    assert record.send_form("/review/missed", form).status_code == 303

    assert record.get("/review/score.json").json()["recall"] == 0.5
    rows = [json.loads(line) for line in record.get("/review/gold").text.splitlines()]
    assert [e["plover"] for e in rows[0]["events"]] == ["AID", "CONSULT"]
    assert rows[0]["events"][1]["source"] == [{"text": "India", "code": "INDGOV"}, {"text": "Russia", "code": "RUSGOV"}]
    assert record.send_form("/review/missed", {**form, "sentence": "99"}).status_code == 404


def test_the_gold_is_read_by_the_scorer(record: Visitor, tmp_path: Path) -> None:
    from legation.scoring.gold import read_gold

    for kind, verdict in (("AID", "accept"), ("PROTEST", "reject")):
        record.send_form(f"/review/events/{event_of(record, kind)['id']}", {"verdict": verdict})
    path = tmp_path / "desk.jsonl"
    path.write_bytes(record.get("/review/gold").content)

    [gold] = read_gold(path)
    assert gold.name == "desk"
    assert sorted(len(r.events) for r in gold.records) == [0, 1]
    [labelled] = [r for r in gold.records if r.events]
    assert labelled.events[0].actors == ("RUS",)
    assert labelled.published == "2021-07-05"


def two_coders(tmp_path: Path, size: int = 3) -> tuple[Visitor, Visitor, str]:
    store = copied("small", tmp_path / "record.db")
    anna = visitor(store=store)
    ben = Visitor(anna.app, base_url="http://127.0.0.1:8040", follow_redirects=False)
    anna.send_form("/name", {"name": "Anna"})
    ben.send_form("/name", {"name": "Ben"})
    address = anna.send_form("/rounds", {"title": "July", "size": str(size), "by": "sample"}).headers["location"]
    return anna, ben, address


def test_two_code_the_same_events_blind_and_read_their_agreement(tmp_path: Path) -> None:
    anna, ben, address = two_coders(tmp_path)
    for n, kind in enumerate(("CONSULT", "AID", "AID"), 1):
        anna.send_form(f"{address}/{n}", {"event": kind, "actors": "IND GOV", "date": "2021-07-01"})
    assert "CONSULT" not in ben.get(f"{address}/1.json").text
    assert "agreement is shown once" not in ben.get(address).text
    ben.send_form(f"{address}/1", {"event": "CONSULT", "actors": "India", "date": "2021-07-01"})
    assert ben.get(f"{address}.json").json()["agreement"] == []
    assert ben.send_form(f"{address}/1/settle", {"coder": "Anna"}).status_code == 403
    ben.send_form(f"{address}/2", {"event": "CONSULT", "actors": "IND MIL"})
    ben.send_form(f"{address}/3", {"verdict": "none"})

    found = ben.get(f"{address}.json").json()
    figures = {f["field"]: f for f in found["agreement"]}
    assert figures["is it an event"]["percent"] == pytest.approx(2 / 3)
    assert figures["event"]["units"] == 2
    assert figures["event"]["percent"] == 0.5
    assert figures["actor"]["percent"] == 0.5
    assert set(found["differences"]) == set(found["events"][1:])
    assert "Krippendorff" in ben.get(address).text


def test_a_difference_is_settled_into_the_record(tmp_path: Path) -> None:
    anna, ben, address = two_coders(tmp_path, size=1)
    anna.send_form(f"{address}/1", {"event": "COOPERATE", "actors": "IND GOV"})
    ben.send_form(f"{address}/1", {"event": "AID", "actors": "IND GOV"})
    event = anna.get(f"{address}.json").json()["events"][0]
    assert ben.send_form(f"{address}/1/settle", {"coder": "Anna"}).status_code == 303

    assert ben.get(f"/events/{event}.json").json()["event"] == ["COOPERATE"]
    assert ben.get(f"{address}.json").json()["settled"] == [event]
    assert ben.send_form(f"{address}/1/settle", {"coder": "Carl"}).status_code == 400
    assert anna.get(f"{address}/2").status_code == 404


def test_one_coder_alone_sees_no_agreement(tmp_path: Path) -> None:
    anna, _, address = two_coders(tmp_path, size=1)
    anna.send_form(f"{address}/1", {"event": "AID"})

    assert "Krippendorff" not in anna.get(address).text


VOTES = {"a": dict(zip("12345", "xxyyz", strict=True)), "b": dict(zip("12345", "xyyyz", strict=True))}


def test_cohens_kappa_is_that_of_the_book() -> None:
    # 4 of 5 agree; by chance (2*1 + 2*3 + 1*1) / 25 = 9/25: (0.8 - 0.36) / 0.64.
    assert cohen(VOTES["a"], VOTES["b"]) == pytest.approx(0.6875)
    assert percent(VOTES) == pytest.approx(0.8)


def test_krippendorffs_alpha_is_that_of_the_book() -> None:
    # The reliability data of Krippendorff (2011), section C: four observers, twelve units, gaps; nominal 0.743.
    data = [
        "1 2 3 3 2 1 4 1 2 * * *",
        "1 2 3 3 2 2 4 1 2 5 * 3",
        "* 3 3 3 2 3 4 2 2 5 1 *",
        "1 2 3 3 2 4 4 1 2 5 1 *",
    ]
    votes = {
        str(n): {f"{u:02}": v for u, v in enumerate(line.split()) if v != "*"} for n, line in enumerate(data)
    }

    assert krippendorff(votes) == pytest.approx(0.743, abs=0.0005)


@pytest.mark.parametrize("votes", [{}, {"a": {"1": "x"}}, {"a": {"1": "x"}, "b": {"2": "x"}}])
def test_without_a_shared_unit_nothing_is_defined(votes: dict[str, dict[str, str]]) -> None:
    found = agreement("type", votes)

    assert (found.units, found.percent, found.kappa, found.alpha) == (0, None, None, None)


def test_when_only_one_value_is_given_chance_corrected_figures_are_not_defined() -> None:
    votes = {"a": {"1": "x", "2": "x"}, "b": {"1": "x", "2": "x"}}

    assert (percent(votes), cohen(votes["a"], votes["b"]), krippendorff(votes)) == (1.0, None, None)


@pytest.mark.parametrize(
    ("line", "code", "sector", "name"),
    [
        ("AFG REB Taliban", "AFG", "REB", "Taliban"),
        ("USA", "USA", None, "United States"),
        ("? CVL villagers", None, "CVL", "villagers"),
        ("UNO UN Security Council", "UNO", None, "UN Security Council"),
        ("Kremlin", "RUS", "GOV", "Kremlin"),
        ("Qwertish Zanzo", None, None, "Qwertish Zanzo"),
    ],
)
def test_actors_are_read_by_code_or_by_their_words(line: str, code: str | None, sector: str | None, name: str) -> None:
    actor = actor_said(line)

    assert (actor.code, actor.sector, actor.entity_text) == (code, sector, name)


def test_lines_of_actors_are_taken_apart() -> None:
    assert sides("India; AFG REB Taliban\n\n  India ") == ("IND GOV", "AFG REB Taliban")


def test_places_are_looked_up() -> None:
    kabul = place_named("Kabul, Afghanistan")
    assert kabul is not None
    assert (kabul.country, int(kabul.lat or 0)) == ("AFG", 34)
    india = place_named("India")
    assert india is not None
    assert (india.country, india.precision) == ("IND", "country")
    nowhere = place_named("Qwertytown")
    assert nowhere is not None
    assert nowhere.country is None
    assert place_named("") is None


def test_codings_that_say_the_same_in_another_order_agree() -> None:
    one = from_form({"event": "CONSULT", "actors": "IND GOV Modi\nRUS GOV"})
    other = from_form({"event": "CONSULT", "actors": "RUS GOV Putin\nIND GOV"})

    assert one.value("actor") == other.value("actor")
    assert Coding(is_event=False).value("actor") == "no event"


def test_a_store_asked_for_events_by_chance_gives_each_once(tmp_path: Path) -> None:
    from legation.web.counting import by_chance

    with copied("small", tmp_path / "record.db") as store:
        found = by_chance(store, 100)
        assert len(found) == len(set(found)) == store.count(Query())
