"""Office holders out of query results and dumps of Wikidata."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from legation.errors import InputPathError, KnowledgeError
from legation.knowledge.office_import import country_code, import_offices
from legation.knowledge.own_names import read_own

VOSS = {
    "person": {"type": "uri", "value": "http://www.wikidata.org/entity/Q99"},
    "personLabel": {"value": "Ada Voss"},
    "positionLabel": {"value": "Minister of Foreign Affairs of Norway"},
    "start": {"value": "2025-10-14T00:00:00Z"},
}
PERSON = {
    "id": "Q1",
    "labels": {"en": {"value": "Bea Roe"}},
    "aliases": {"en": [{"value": "Beatrice Roe"}]},
    "claims": {
        "P39": [
            {
                "mainsnak": {"datavalue": {"value": {"id": "Q2"}}},
                "qualifiers": {
                    "P580": [{"datavalue": {"value": {"time": "+2025-03-00T00:00:00Z", "precision": 10}}}],
                    "P582": [{"datavalue": {"value": {"time": "+2026-00-00T00:00:00Z", "precision": 9}}}],
                },
            },
            {"rank": "deprecated", "mainsnak": {"datavalue": {"value": {"id": "Q2"}}}},
        ]
    },
}
OFFICE = {
    "id": "Q2",
    "labels": {"en": {"value": "Minister of Defence"}},
    "claims": {"P1001": [{"mainsnak": {"datavalue": {"value": {"id": "Q3"}}}}]},
}
KENYA = {"id": "Q3", "labels": {}, "claims": {"P298": [{"mainsnak": {"datavalue": {"value": "KEN"}}}]}}


def test_a_query_result_in_json_gives_a_row_an_office(tmp_path: Path) -> None:
    path = tmp_path / "query.json"
    path.write_text(json.dumps({"head": {}, "results": {"bindings": [VOSS, VOSS]}}), encoding="utf-8")
    (row,) = import_offices(path, "2026-11-01").rows
    assert row["name"] == "Ada Voss"
    assert (row["code"], row["office"]) == ("NOR", "Minister of Foreign Affairs of Norway")
    assert (row["start"], row["end"], row["as_of"]) == ("2025-10-14", "", "2026-11-01")
    assert row["wikidata"] == "Q99"


@pytest.mark.parametrize("sign", [",", "\t"])
def test_a_query_result_in_csv_gives_the_same(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "query.csv"
    lines = [["item", "itemLabel", "officeLabel", "startTime", "endTime", "countryLabel"],
             ["Q7", "Ida Coll", "Minister of Trade", "2020-01-01", "2021-02-03", "Chile"]]  # fmt: skip
    path.write_text("\n".join(sign.join(line) for line in lines), encoding="utf-8")
    (row,) = import_offices(path, "2026-11-01").rows
    assert (row["name"], row["code"], row["end"], row["as_of"]) == ("Ida Coll", "CHL", "2021-02-03", "")


@pytest.mark.parametrize("packed", [False, True])
def test_a_dump_gives_people_with_offices_and_countries_named_elsewhere_in_it(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "dump.json.gz"
    lines = ["[", *(json.dumps(e) + "," for e in (PERSON, OFFICE, KENYA)), "]"]
    text = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(text) if packed else text)
    (row,) = import_offices(path, "2026-11-01").rows
    assert (row["name"], row["aliases"], row["code"]) == ("Bea Roe", "Beatrice Roe", "KEN")
    assert (row["start"], row["end"]) == ("2025-03", "2026")


def test_what_cannot_be_used_is_counted_by_its_reason(tmp_path: Path) -> None:
    unnamed = {**VOSS, "personLabel": {"value": "Q99"}}
    nowhere = {**VOSS, "positionLabel": {"value": "Minister of Magic"}}
    untitled = {**VOSS, "positionLabel": {"value": ""}}
    path = tmp_path / "query.json"
    path.write_text(json.dumps([{k: v["value"] for k, v in r.items()} for r in (unnamed, nowhere, untitled)]))
    found = import_offices(path, "2026-11-01")
    assert not found.rows
    assert found.left_out == {
        "without a name in English": 1,
        "of a country that could not be told": 1,
        "without the name of the office": 1,
    }


@pytest.mark.parametrize("text", ["", "\n\n", "{", '{"results": 3}', "\xff"])
def test_a_file_that_is_no_result_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "no.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(KnowledgeError, match="no query result and no dump"):
        import_offices(path, "2026-11-01")
    with pytest.raises(InputPathError):
        import_offices(tmp_path / "missing.json", "2026-11-01")


def test_what_is_written_can_be_read_as_a_table_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "query.json"
    path.write_text(json.dumps([{k: v["value"] for k, v in VOSS.items()}]), encoding="utf-8")
    rows = import_offices(path, "2026-11-01").rows
    table = tmp_path / "ours.tsv"
    table.write_text("\n".join("\t".join(cells) for cells in (rows[0], rows[0].values())), encoding="utf-8")
    assert read_own(table)[0]["name"] == "Ada Voss"


@pytest.mark.parametrize(
    ("text", "code"), [("KEN", "KEN"), ("Prime Minister of Hungary", "HUN"), ("ABC", ""), ("", "")]
)  # fmt: skip
def test_countries_are_told_by_code_or_by_name(text: str, code: str) -> None:
    assert country_code(text) == code
