"""The pages of the record, over a small one made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from legation.errors import LegationError
from legation.record import Query
from legation.store import Store
from legation.web.background import Job
from legation.web.desk import desk_of
from legation.web.settings import Settings
from web.conftest import Visitor, visitor
from web.small_record import HOSTILE, report

JSON = {"accept": "application/json"}
PAGES = [
    "/", "/?day=2021-07-05", "/situations", "/situations/india", "/situations/india?since=2021-07-03&until=2021-07-06",
    "/situations/india/brief",
    "/situations/india/charts", "/search", "/search?words=medicine", "/search?actors=India&events=CONSULT", "/sources",
    "/search?a=IND&b=PAK&directed=true", "/sources?outlet=Hill%20Gazette", "/actors/IND", "/actors/IND%20GOV",
    "/actors/Sergey%20Lavrov", "/dyads/IND/PAK", "/dyads/India/Pakistan", "/alerts", "/review", "/review/score",
    "/review/log", "/documents/harbour/2021-07-01.txt", "/explain/1/harbour/2021-07-01.txt", "/help", "/api", "/code",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_for_people_and_for_programs(reader: Visitor, path: str) -> None:
    page = reader.get(path)
    assert page.status_code == 200, page.text[:500]
    assert page.text.count("<h1") == 1
    if path not in ("/api",):
        found = reader.get(path, headers=JSON)
        assert found.status_code == 200
        assert isinstance(found.json(), dict)


@pytest.mark.parametrize("path", ["/", "/situations", "/search", "/sources", "/alerts", "/review", "/review/score"])
def test_an_empty_record_says_what_to_do(empty: Visitor, path: str) -> None:
    page = empty.get(path)

    assert page.status_code == 200
    assert any(word in page.text for word in ("Nothing", "nothing", "No ", "Nobody", "empty", "no event"))


@pytest.mark.parametrize(
    "path",
    ["/events/none", "/documents/none", "/situations/none", "/review/none", "/rounds/none", "/code/none", "/jobs/none"],
)
def test_what_is_not_there_is_said_so(reader: Visitor, path: str) -> None:
    assert reader.get(path).status_code == 404
    assert reader.get(path, headers=JSON).json()["status"] == 404


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/search?since=soon", "is not a date"),
        ("/search?events=DANCE", "no event type"),
        ("/search?statuses=maybe", "no status"),
        ("/search?min_confidence=2", "less than or equal to 1"),
        ("/search?order=sideways", "order"),
        ("/?day=31-12-2021", "is not a date"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(reader: Visitor, path: str, said: str) -> None:
    page = reader.get(path)

    assert page.status_code in (400, 422)
    assert said in page.text


def events(record: Visitor, query: str = "") -> list[dict[str, object]]:
    found: list[dict[str, object]] = record.get(f"/search.json{query}").json()["events"]
    return found


def test_two_outlets_that_tell_one_event_are_joined_and_taken_apart(record: Visitor) -> None:
    found = next(e for e in events(record, "?events=AID") if len(e["reports"]) == 2)  # type: ignore[arg-type]
    address = f"/events/{found['id']}"
    page = record.get(address).text
    assert "Told by 2 reports" in page
    assert "Why these are one" in page
    first = found["reports"][0]  # type: ignore[index]
    answer = record.send_form(f"{address}/apart", {"document": first["document"], "report": first["event"]})
    assert answer.status_code == 303
    assert len(events(record, "?events=AID")) == 2


def test_today_shows_the_sentences_with_the_words_that_say_so(reader: Visitor) -> None:
    page = reader.get("/?day=2021-07-05").text

    assert 'Russia <mark class="words q2">sent</mark> medicine to India' in page


def test_a_deadline_near_the_day_is_shown(reader: Visitor) -> None:
    page = reader.get("/?day=2021-07-11").text

    assert "due in 9 days" in page


def test_a_search_is_kept_as_situation_and_as_alert_and_forgotten(record: Visitor) -> None:
    kept = record.send_form("/search/keep?events=ASSAULT", {"name": "Attacks, all of them", "kind": "situation"})
    assert kept.headers["location"] == "/situations/attacks-all-of-them"
    assert "Attacks, all of them" in record.get("/situations").text
    assert record.send_form("/search/keep?actors=PAK", {"name": "Pakistan", "kind": "alert"}).status_code == 303
    assert "Pakistan" in record.get("/alerts").text
    assert record.send_form("/alerts/pakistan/forget").status_code == 303
    assert record.send_form("/situations/attacks-all-of-them/forget").status_code == 303
    assert record.get("/situations/attacks-all-of-them").status_code == 404


def test_an_alert_tells_of_what_came_since_it_was_seen(record: Visitor) -> None:
    record.send_form("/search/keep?actors=RUS", {"name": "Russia", "kind": "alert"})
    assert record.get("/alerts.json").json()["alerts"][0]["new"] == 0
    store: Store = record.app.state.desk.store  # type: ignore[attr-defined]
    more = report(4, "Sea Gazette")
    store.add([replace(more, text=more.text.replace("medicine", "oxygen"))], {"name": "legation"})
    record.app.state.desk.changed()  # type: ignore[attr-defined]
    moved = record.get("/alerts.json").json()["alerts"][0]
    assert moved["new"] + moved["count"] > 0
    assert record.send_form("/alerts/russia/seen").status_code == 303
    assert record.get("/alerts.json").json()["alerts"][0]["new"] == 0
    assert record.send_form("/alerts/none/seen").status_code == 404


def test_charts_are_specifications_and_pictures(record: Visitor) -> None:
    pytest.importorskip("vl_convert")
    assert "Vega-Lite" in record.get("/situations/india/charts").text
    spec = record.get("/situations/india/charts/matrix.json").json()
    assert "vega-lite" in spec["$schema"]
    assert record.get("/situations/india/charts/matrix.svg").text.startswith("<svg")
    assert record.get("/situations/india/charts/pie").status_code == 404


def test_a_search_for_everything_is_not_kept(record: Visitor) -> None:
    assert record.send_form("/search/keep", {"name": "all"}).status_code == 400
    assert record.send_form("/search/keep?actors=PAK", {"name": " "}).status_code == 400
    assert record.send_form("/search/keep?actors=PAK", {"name": "x", "kind": "poem"}).status_code == 400


def test_a_search_is_taken_along(reader: Visitor) -> None:
    rows = reader.get("/export?actors=IND&format=csv").text.splitlines()
    assert rows[0].startswith("id,event,mode")
    lines = [json.loads(line) for line in reader.get("/export?actors=IND&format=plover").text.splitlines()]
    assert len(lines) == len(rows) - 1
    places = reader.get("/export?actors=IND&format=geojson").json()
    assert places["type"] == "FeatureCollection"
    assert {f["geometry"]["type"] for f in places["features"]} == {"Point"}
    documents = reader.get("/export?events=AID&format=documents").text.splitlines()
    assert len(documents) == 2
    assert reader.get("/export?format=doc").status_code == 422


def test_a_spreadsheet_runs_no_formula_of_a_report(record: Visitor) -> None:
    from legation.web.pages.export import _line

    assert _line(["=1+1", "+2", "-3", "@x", "plain", 7]) == "'=1+1,'+2,'-3,'@x,plain,7\n"


def test_an_actor_has_the_offices_of_the_coders_own_tables(reader: Visitor) -> None:
    page = reader.get("/actors/Sergey%20Lavrov").text

    assert "Foreign Minister" in page
    assert "<h1>Sergei Lavrov</h1>" in page


def test_names_of_states_are_understood(reader: Visitor) -> None:
    assert reader.get("/actors/India.json").json()["key"] == "IND"
    assert reader.get("/actors/afg%20reb.json").json()["key"] == "AFG REB"


@pytest.mark.parametrize(
    "path",
    ["/", "/search", "/search?words=script", "/sources", "/situations/india", "/documents/bad/{}", "/actors/{}",
     "/dyads/{}/{}", "/search?actors={}", "/search?words={}", "/search?places={}", "/review/log", "/explain/0/bad/{}"],
)  # fmt: skip
def test_nothing_in_the_record_or_the_address_comes_out_as_markup(reader: Visitor, path: str) -> None:
    from urllib.parse import quote

    page = reader.get(path.replace("{}", quote(HOSTILE, safe="")))

    assert "<script>window" not in page.text
    assert "<img src=x" not in page.text
    assert "<svg onload" not in page.text
    assert 'href="javascript' not in page.text


def test_the_hostile_event_shows_its_words_as_words(reader: Visitor) -> None:
    bad = next(e for e in events(reader, "?events=CONSULT") if "bad/" in str(e["document"]))
    for path in (f"/events/{bad['id']}", f"/review/{bad['id']}"):
        page = reader.get(path)
        assert page.status_code == 200
        assert "<script>window" not in page.text
        assert "&lt;script&gt;" in page.text


def test_while_the_example_corpus_is_coded_each_page_shows_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import legation.web.demo as demo

    def make(path: Path, coder: object, job: Job) -> None:
        job.stop.wait(10)
        raise LegationError("Stopped.")

    monkeypatch.setattr(demo, "make_demo", make)
    with visitor(replace(Settings(), demo=True, store=str(tmp_path / "demo.db"))) as desk:
        page = desk.get("/")
        assert page.status_code == 503
        assert "Coding the example corpus" in page.text
        assert desk.get("/", headers=JSON).status_code == 503
        job = desk.app.state.making  # type: ignore[attr-defined]
        job.stop.set()
        assert job.ended.wait(10)
        assert "Stopped." in desk.get("/").text


def test_answers_are_kept_for_a_moment_and_forgotten_on_a_change(record: Visitor) -> None:
    class Request:
        app = record.app

    desk = desk_of(Request())  # type: ignore[arg-type]
    before = desk.facets(Query())
    assert desk.facets(Query()) is before
    desk.changed()
    assert desk.facets(Query()) is not before
