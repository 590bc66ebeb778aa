"""PLOVER JSON goes out and comes in without loss; other data sets come in with what they say."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from exporting.record import document, merged_events, the_record
from legation.errors import InputPathError
from legation.exporting import document_rows, merged_row, merged_rows, write
from legation.exporting.incoming import (
    kind_of,
    merged_of,
    read_events,
    read_gdelt,
    read_icews,
    read_plover,
    read_polecat,
)
from legation.exporting.plover import plover_record
from legation.exporting.plover_in import plover_row
from legation.exporting.report import dump, to_report
from legation.model import Document
from legation.record import MergedEvent


def _written(name: str, record: list[MergedEvent] | None = None) -> str:
    file = io.BytesIO()
    write(name, merged_rows(record or the_record(), document), file)
    return file.getvalue().decode()


@given(merged_events)
@settings(max_examples=60, deadline=None)
def test_a_merged_event_goes_out_as_plover_and_comes_in_as_it_was(merged: MergedEvent) -> None:
    line = dump(plover_record(merged_row(merged)))

    assert list(read_plover([line])) == [merged]


@given(merged_events)
@settings(max_examples=60, deadline=None)
def test_the_plover_fields_alone_come_in_as_they_were(merged: MergedEvent) -> None:
    """Without the part that only Legation reads, as another program would hand the record on."""
    record: dict[str, Any] = json.loads(dump(plover_record(merged_row(merged))))
    record.pop("merged")
    record = {k: v for k, v in record.items() if k not in ("reports", "outlets", "independent")}
    for mention in record["mentions"]:
        for field in ("document", "outlet", "text"):
            mention.pop(field)
    if len(record["mentions"]) < 2:
        record.pop("reason", None)  # PLOVER has it only for what several sentences tell

    again = plover_record(plover_row(record))

    assert again == record


def test_a_coded_documents_events_come_in_as_they_were(coded: Document) -> None:
    for row in document_rows(coded):
        record = plover_record(row)
        assert plover_record(plover_row(json.loads(dump(record)))) == record


def test_a_record_has_its_sentences_in_plover_where_the_documents_are_at_hand() -> None:
    attack = [json.loads(line) for line in _written("plover").splitlines()][1]

    assert attack["text"].startswith("The Taliban attacked a post")
    assert [m["document"] for m in attack["mentions"]] == ["d1", "d2"]
    assert (attack["reports"], attack["independent"]) == (2, 1)


def test_a_plover_record_of_another_coder_comes_in_with_what_it_says() -> None:
    line = '{"id":"x1","date":"2020-01-02","event":["CONSULT"],"mode":["visit"],"actor":[{"code":"FRA"}]}'

    event = next(read_plover([line])).event

    assert (event.event, event.modes, event.status, event.date_precision) == ("CONSULT", ("visit",), "happened", "day")
    assert (event.quad_code, event.event_scale) == (1, 2.1)
    assert event.recipients == ()


@pytest.mark.parametrize("name", ["gdelt", "icews", "polecat"])
def test_what_a_data_set_holds_comes_in_again(name: str, tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_text(_written(name), encoding="utf-8")

    found = [merged.event for merged in read_events(path)]

    # Three sides that talk are six pairs; the denial and the promise have no place in such a file.
    assert [event.event for event in found] == ["CONSULT"] * 6 + ["ASSAULT", "PROTEST", "ACCUSE", "AID"]
    talks, attack = found[0], found[6]
    assert (talks.actors[0].code, talks.recipients[0].code) == ("AFG", "USA")
    assert (attack.actors[0].sector, attack.recipients[0].sector) == ("REB", "GOV")
    assert attack.date == "2021-07-08"
    assert attack.place is not None
    assert (attack.place.country, attack.place.name, attack.place.lat) == ("AFG", "Kabul", 34.53)
    assert found[-1].recipients[0].code == "XKX"
    assert found[-1].date == "2021-07-05"  # the Monday of the week that is told


@pytest.mark.parametrize("packing", ["zip", "gzip"])
def test_a_packed_file_is_read_as_it_is(packing: str, tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.export.CSV", tmp_path / "a.export.CSV.packed"
    plain.write_text(_written("gdelt"), encoding="utf-8")
    if packing == "zip":
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(plain, "a.export.CSV")
    else:
        packed.write_bytes(gzip.compress(plain.read_bytes()))

    assert list(read_events(packed)) == list(read_events(plain))


@pytest.mark.parametrize("content", [b"PK\x03\x04nonsense", b"\x1f\x8b\x08nonsense"])
def test_a_broken_archive_is_said_to_be_one(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken"
    path.write_bytes(content)

    with pytest.raises(InputPathError, match=r"broken archive|cannot be read"):
        list(read_events(path))


def test_polecat_keeps_modes_scores_and_contexts() -> None:
    attack = list(read_polecat(io.StringIO(_written("polecat"))))[6]

    assert (attack.event.modes, attack.event.contexts) == (("firearms",), ("military",))
    assert attack.event.event_scale == -9.3
    assert attack.reports[0].outlet == "The d1 Post"
    assert attack.event.place is not None
    assert attack.event.place.geonameid == 1138958


def test_rows_of_statements_and_broken_rows_are_left_out() -> None:
    lines = _written("gdelt").splitlines()
    statement = lines[0].split("\t")
    statement[26] = "010"

    assert list(read_gdelt(["\t".join(statement), "a\tb", *lines[1:2]])) == list(read_gdelt(lines[1:2]))


def test_a_code_longer_than_those_listed_means_what_its_beginning_does() -> None:
    cells = _written("gdelt").splitlines()[6].split("\t")
    cells[26] = "19399"

    assert next(read_gdelt(["\t".join(cells)])).event.modes == ("firearms",)


def test_icews_reads_names_of_countries_and_sectors() -> None:
    head = _written("icews").splitlines()[0]
    row = "1\t2014-01-02\tCitizen (Iran)\tGeneral Population / Civilian / Social\tIran\tx\t112\t-2.0\tArmy\tMilitary\t"
    row += "Viet Nam\t9\t3\tA Paper\tHanoi\tNone\tNone\tViet Nam\t21.0\t105.8"

    merged = next(read_icews([head + "\n", row + "\n"]))

    assert [a.code for a in (*merged.event.actors, *merged.event.recipients)] == ["IRN", "VNM"]
    assert (merged.event.actors[0].sector, merged.event.event, merged.event.modes) == ("CVL", "ACCUSE", ("allege",))
    assert merged.event.place is not None
    assert merged.event.place.precision == "city"


def test_a_report_file_is_read_event_by_event(coded: Document, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(dump(to_report(coded, {})) + "\n\n", encoding="utf-8")

    found = list(read_events(path))

    assert [m.id for m in found] == ["r1:e1", "r1:e2", "r1:e3"]
    assert found[0].reports[0].published == "2024-02-05"
    assert merged_of(merged_row(found[0])) == found[0]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('{"document":{},"events":[]}', "report"), ('{"event":["AID"]}', "plover"), ("\t" * 60, "gdelt"),
        ("\t" * 57, "gdelt"), ('{"a":1}', None), ("{broken", None), ("name,date", None), ("", None),
    ],
)  # fmt: skip
def test_a_file_is_told_by_its_first_line(line: str, kind: str | None) -> None:
    assert kind_of(line) == kind


def test_a_file_of_something_else_is_said_to_be_that(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Nothing of the kind.\n", encoding="utf-8")

    with pytest.raises(InputPathError, match="neither a report"):
        list(read_events(path))
    with pytest.raises(InputPathError, match="cannot be read"):
        list(read_events(tmp_path / "missing"))
