"""The formats for programs say what INTERFACE promises, and nothing that is not known."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from legation.errors import UnknownFormatError
from legation.exporting import FORMATS, check_format, head_of, render
from legation.exporting.plover import actor_record, event_record, to_plover
from legation.exporting.report import dump, to_report
from legation.exporting.tables import COLUMNS
from legation.model import Actor, Document, Event, Span

ABOUT = {"name": "legation", "version": "0", "knowledge": "k", "model": "m"}


def _values(record: Any) -> list[Any]:
    if isinstance(record, dict):
        return [v for value in record.values() for v in _values(value)]
    if isinstance(record, list):
        return [v for value in record for v in _values(value)]
    return [record]


def test_a_report_has_the_fields_of_the_interface(coded: Document) -> None:
    report = to_report(coded, ABOUT)

    assert list(report) == [
        "document", "furniture", "sentences", "events", "quotes", "actors", "places", "dates", "pledges",
        "problems", "coder",
    ]  # fmt: skip
    assert report["document"]["sha256"] == hashlib.sha256(coded.text.encode()).hexdigest()
    assert report["document"]["dateline"] == {"place": "Bergen", "country": "NOR"}
    assert report["document"]["outlet"] is None
    assert report["coder"] == ABOUT
    assert report["pledges"] == [{"event": "e3", "due": "2024-03-01", "text": "by 1 March"}]
    assert report["dates"][0]["from"] == report["dates"][0]["to"] == "2024-02-05"


def test_the_text_is_in_the_report_only_when_asked_for(coded: Document) -> None:
    assert "text" not in to_report(coded, ABOUT)["document"]
    assert to_report(coded, ABOUT, with_text=True)["document"]["text"] == coded.text


def test_every_offset_of_a_report_gives_back_its_words(coded: Document) -> None:
    report = to_report(coded, ABOUT)
    spans = [*report["quotes"], *report["places"], *report["dates"]]
    spans += [quote["cue"] for quote in report["quotes"] if quote["cue"]]
    spans += [mention for actor in report["actors"] for mention in actor["mentions"]]

    assert spans
    for span in spans:
        assert coded.text[span["start"] : span["end"]] == span["text"]
    for event in report["events"]:
        info = event["text_info"]
        assert coded.text[info["start"] : info["end"]] == event["text"]
        assert all(words in event["text"] for words in event["event_text"])


def test_nothing_unknown_is_written_as_an_empty_string(coded: Document) -> None:
    assert "" not in _values(to_report(coded, ABOUT))
    assert "" not in _values(to_report(Document(""), ABOUT))


def test_an_event_carries_plovers_fields(coded: Document) -> None:
    event = event_record(coded.events[0], coded)

    assert event["event"] == ["CONSULT"]
    assert event["mode"] == ["visit"]
    assert event["quad_code"] == 1
    assert event["cameo"] == "042"
    assert event["confidence"] == 0.8123
    assert "enddate" not in event
    assert "size" not in event
    assert event["event_loc"] == {
        "extracted_place": "Bergen", "resolved_place": "Bergen", "lat": 60.39, "lon": 5.32,
        "country_code": "NOR", "province": "Vestland", "geonameid": 3161732, "resolution": "city",
    }  # fmt: skip
    assert event["according_to"][0]["code"] == "NOR"
    assert event["cite_info"] == {
        "citation": "r1", "url": None, "title": "Minister meets envoy", "publication": None, "language": None
    }  # fmt: skip


def test_an_events_sentence_is_the_one_whose_rule_it_has_and_all_mentions_are_kept(coded: Document) -> None:
    event = event_record(coded.events[0], coded)

    assert event["text_info"]["sequence"] == 1
    assert event["event_text"] == ["met"]
    assert [(m["sequence"], m["event_text"]) for m in event["mentions"]] == [(0, ["meets"]), (1, ["met"])]


def test_a_size_keeps_what_the_report_left_open(coded: Document) -> None:
    event = event_record(coded.events[1], coded)

    assert event["size"] == {"dead": {"low": 12, "best": None, "high": None, "text": "at least 12"}}
    assert event["event_loc"] is None


def test_doubt_about_an_actor_is_in_the_record(coded: Document) -> None:
    actor = event_record(coded.events[1], coded)["actor"][0]

    assert actor["code"] is None
    assert [c["code"] for c in actor["candidates"]] == ["MLI", "NER"]
    assert actor["candidates"][0]["reason"] is None


def test_an_actor_of_whom_no_words_stand_in_the_text_has_no_offsets() -> None:
    record = actor_record(Actor("FRA"))

    assert record["start"] is None
    assert record["end"] is None
    assert record["entity_text"] is None
    assert "candidates" not in record


def test_an_actor_is_listed_once_with_all_its_mentions(coded: Document) -> None:
    first = coded.mentions[0]
    again = replace(first, start=first.start + 1)
    twice = replace(coded, mentions=(first, again, *coded.mentions[1:]))

    actors = to_report(twice, ABOUT)["actors"]

    assert [len(a["mentions"]) for a in actors] == [2, 1, 1, 1]


def test_two_phrases_of_which_nothing_is_known_are_two_actors(coded: Document) -> None:
    named = [a["entity_text"] for a in to_report(coded, ABOUT)["actors"]]

    assert "Rebels" in named
    assert "the army" in named


def test_plover_is_one_line_of_json_an_event(coded: Document) -> None:
    lines = to_plover(coded).splitlines()

    assert [json.loads(line)["id"] for line in lines] == ["e1", "e2", "e3"]
    assert to_plover(Document("Nothing.")) == ""


def test_an_event_without_mentions_has_no_text() -> None:
    bare = Event("x", "AID", (), (), (), (), "happened", ())

    assert event_record(bare, Document(""))["text"] is None


def test_csv_has_a_line_an_event_under_its_columns(coded: Document) -> None:
    rows = list(csv.DictReader(io.StringIO(head_of("csv") + render("csv", coded, ABOUT))))

    assert [row["id"] for row in rows] == ["e1", "e2", "e3"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["actor"] == "NOR"
    assert rows[0]["according_to"] == "NOR GOV"
    assert rows[0]["dead"] == ""
    assert rows[1]["dead_low"] == "12"
    assert rows[1]["text"].startswith('Rebels killed "at least 12"')
    assert rows[1]["actor"] == ""
    assert rows[2]["enddate"] == "2024-03-04"


def test_a_cell_of_several_actors_keeps_their_places(coded: Document) -> None:
    event = replace(coded.events[1], actors=(Actor("MLI"), Actor("NER", "MIL")))
    doc = replace(coded, events=(event,))

    row = next(csv.DictReader(io.StringIO(head_of("csv") + render("csv", doc, ABOUT))))

    assert row["actor"] == "MLI;NER"
    assert row["actor_sector"] == ";MIL"


def test_a_sentence_over_two_lines_is_one_line_of_csv() -> None:
    text = "Police\narrested two."
    doc = Document(text, sentences=())
    event = Event("x", "COERCE", (), (), (Actor(None, "COP", (), text),), (), "happened", ())

    assert render("csv", replace(doc, events=(event,)), ABOUT).count("\n") == 1


def test_half_a_surrogate_pair_does_not_break_a_line() -> None:
    doc = Document("Broken \ud83d sign", id="\ud83d")

    line = render("report", doc, ABOUT, with_text=True)

    assert json.loads(line)["document"]["text"] == doc.text
    assert dump({"a": "é"}) == '{"a":"é"}'


@pytest.mark.parametrize("name", ["report", "plover", "csv"])
def test_output_is_whole_lines_and_the_same_twice(name: str, coded: Document) -> None:
    once = render(name, coded, ABOUT)

    assert once.endswith("\n")
    assert once == render(name, coded, ABOUT)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_known_and_in_the_docs(name: str) -> None:
    docs = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")

    assert check_format(name) == name
    assert f"\n## {name}\n" in docs


@pytest.mark.parametrize("name", ["xml", "", "Report"])
def test_an_unknown_format_is_told_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownFormatError, match="table, report, plover, csv"):
        check_format(name)


def test_furniture_and_problems_carry_their_spans(coded: Document) -> None:
    report = to_report(coded, ABOUT)

    assert report["furniture"] == [{"start": 0, "end": 20}]
    problem = report["problems"][0]
    assert coded.text_of(Span(problem["start"], problem["end"])) == "an unnamed valley"


def test_every_column_of_csv_is_in_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    listed = docs.split("## csv")[1].split()

    assert [
        c for c in COLUMNS if c not in listed and not c.startswith(("injured", "arrested", "crowd"))
    ] == []


def test_every_field_of_a_report_is_in_the_docs(coded: Document) -> None:
    docs = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    report = to_report(coded, ABOUT, with_text=True)
    fields = {*report, *report["document"], *report["events"][0], *report["actors"][0], *report["quotes"][0]}

    assert sorted(f for f in fields if f"`{f}`" not in docs) == []
