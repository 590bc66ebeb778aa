"""Each format is read by a program that knows nothing of Legation, without complaint."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from exporting.record import document, the_record
from legation.exporting import BY_NAME, document_rows, merged_rows, write
from legation.exporting.acled import COLUMNS as ACLED
from legation.exporting.gdelt import COLUMNS as GDELT
from legation.exporting.gdelt import MENTION_COLUMNS
from legation.exporting.icews import COLUMNS as ICEWS
from legation.exporting.polecat import COLUMNS as POLECAT
from legation.exporting.rows import Row
from legation.exporting.tables import COLUMNS
from legation.model import Document

CORPUS = Path(__file__).parents[2] / "examples" / "corpus" / "afghanistan-2021.jsonl"
Written = Callable[[str], bytes]


@cache
def _corpus() -> tuple[Row, ...]:
    """The events of the example corpus, coded and linked."""
    from legation.coder import Coder
    from legation.linking.events import link_events, reports_of
    from legation.reading import read

    docs = read([str(CORPUS)])
    coded = {doc.id: doc for doc in Coder().code_many(docs)}
    events = link_events(report for doc in coded.values() for report in reports_of(doc))
    return tuple(merged_rows(events, coded.get))


@pytest.fixture(params=["record", "document", pytest.param("corpus", marks=pytest.mark.model)])
def rows(request: pytest.FixtureRequest, coded: Document) -> list[Row]:
    """The events of a record, those of a document that has no outlet and no address, and those of the corpus."""
    if request.param == "corpus":
        return list(_corpus())
    if request.param == "document":
        return list(document_rows(coded))
    return list(merged_rows(the_record(), document))


@pytest.fixture
def written(rows: list[Row]) -> Written:
    def made(name: str) -> bytes:
        file = io.BytesIO()
        write(name, rows, file)
        return file.getvalue()

    return made


@pytest.mark.parametrize("name", BY_NAME)
def test_a_format_is_the_same_twice_and_can_be_empty(name: str, written: Written) -> None:
    empty = io.BytesIO()

    assert write(name, [], empty) == 0
    assert written(name) == written(name)


def _frame(text: bytes, **options: Any) -> Any:
    pandas = pytest.importorskip("pandas")
    return pandas.read_csv(io.BytesIO(text), **options)


def test_pandas_reads_gdelt_events(written: Written, rows: list[Row]) -> None:
    whole = {name: "Int64" for name in GDELT if name.startswith("Num") or name.endswith("_Type")}
    numbers = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "DATEADDED"]
    whole |= dict.fromkeys(numbers, "Int64")
    frame = _frame(
        written("gdelt"), sep="\t", header=None, names=list(GDELT), quoting=3,
        dtype=whole | {"EventCode": str, "EventBaseCode": str, "EventRootCode": str, "GoldsteinScale": float},
    )  # fmt: skip

    assert frame["GLOBALEVENTID"].is_unique
    assert frame["GLOBALEVENTID"].max() < 2**53
    assert frame["QuadClass"].between(1, 4).all()
    assert frame["GoldsteinScale"].between(-10, 10).all()
    assert (frame["EventRootCode"] == frame["EventCode"].str[:2]).all()
    assert (frame["SQLDATE"] // 100 == frame["MonthYear"]).all()
    assert frame["FractionDate"].between(frame["Year"], frame["Year"] + 1).all()


def test_the_mentions_of_gdelt_belong_to_its_events(written: Written) -> None:
    events = _frame(written("gdelt"), sep="\t", header=None, names=list(GDELT), quoting=3)
    mentions = _frame(written("gdelt-mentions"), sep="\t", header=None, names=list(MENTION_COLUMNS), quoting=3)

    assert set(mentions["GLOBALEVENTID"]) <= set(events["GLOBALEVENTID"])
    assert mentions["Confidence"].between(0, 100).all()
    assert (mentions["SentenceID"] >= 1).all()


@pytest.mark.parametrize(
    ("name", "columns", "separator"), [("icews", ICEWS, "\t"), ("polecat", POLECAT, "\t"), ("acled", ACLED, ",")]
)
def test_pandas_reads_tables_with_a_head(
    name: str, columns: tuple[str, ...], separator: str, written: Written, rows: list[Row]
) -> None:
    frame = _frame(written(name), sep=separator, quoting=0 if separator == "," else 3, dtype=str)

    assert tuple(frame.columns) == columns
    assert len(frame)
    date = "event_date" if name == "acled" else "Event Date"
    assert frame[date].str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    assert frame.iloc[:, 0].is_unique


def test_petrarch_lines_have_eight_fields(written: Written) -> None:
    lines = written("cameo").decode().splitlines()

    assert lines
    for line in lines:
        date, source, target, code, *rest = line.split("\t")
        assert len(rest) == 4
        assert date.isdigit()
        assert len(date) == 8
        assert source
        assert target
        assert code.isdigit()
        assert len(code) in (3, 4)


def test_geojson_reads_the_features(written: Written, rows: list[Row]) -> None:
    geojson = pytest.importorskip("geojson")
    found = geojson.loads(written("geojson"))

    assert found.is_valid
    assert len(found.features) == len(rows)
    assert any(f.geometry for f in found.features)
    placed = next(f for f in found.features if f.geometry)
    assert -180 <= placed.geometry.coordinates[0] <= 180


def test_stix2_reads_the_bundle(written: Written, rows: list[Row]) -> None:
    stix2 = pytest.importorskip("stix2")
    bundle = stix2.parse(written("stix"))
    kinds = [thing["type"] for thing in bundle.objects]
    ids = [thing["id"] for thing in bundle.objects]

    assert kinds.count("incident") == len(rows)
    assert len(ids) == len(set(ids))
    refs = {t[r] for t in bundle.objects for r in ("source_ref", "target_ref") if r in t}
    refs |= {r for t in bundle.objects for r in t.get("object_refs", ())}
    assert refs <= set(ids)


def test_followthemoney_takes_the_entities(written: Written, rows: list[Row]) -> None:
    model = pytest.importorskip("followthemoney").model
    entities = [json.loads(line) for line in written("ftm").splitlines()]

    for entity in entities:
        model.get(entity["schema"]).validate(entity)
        proxy = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert len(proxy.get(name)) == len(values), (entity["schema"], name, values)
    ids = [entity["id"] for entity in entities]
    assert len(ids) == len(set(ids))
    events = [entity for entity in entities if entity["schema"] == "Event"]
    assert len(events) == len(rows)
    assert all(ref in ids for event in events for ref in event["properties"].get("involved", []))


def test_rdflib_reads_the_graph(written: Written, rows: list[Row]) -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(data=written("jsonld"), format="json-ld")
    schema, prov = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://www.w3.org/ns/prov#")
    events = set(graph.subjects(rdflib.RDF.type, schema.Event))

    assert len(events) == len(rows)
    reports = set(graph.subjects(rdflib.RDF.type, schema.NewsArticle))
    derived = set(graph.objects(None, prov.wasDerivedFrom))
    assert derived
    assert derived <= reports
    begins = {str(value.datatype).split("#")[1]: str(value) for value in graph.objects(None, schema.startDate)}
    assert begins.keys() <= {"date", "gYearMonth", "gYear"}
    assert all(len(value) == {"date": 10, "gYearMonth": 7, "gYear": 4}[kind] for kind, value in begins.items())


def test_pyarrow_reads_parquet_with_types_and_nulls(written: Written, rows: list[Row]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written("parquet")))

    assert tuple(table.column_names) == COLUMNS
    assert table.num_rows == len(rows)
    assert str(table.schema.field("quad_code").type) == "int64"
    assert str(table.schema.field("event_scale").type) == "double"
    if len(rows) < 10:
        assert 12 in table.column("dead_low").to_pylist()
    assert None in table.column("dead").to_pylist()  # "at least 12" gives no best number
    assert "" not in table.column("date").to_pylist()


def test_frictionless_finds_the_data_package_valid(written: Written, rows: list[Row], tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    path = tmp_path / "events.zip"
    path.write_bytes(written("package"))
    with zipfile.ZipFile(path) as package:
        package.extractall(tmp_path / "package")

    report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"), type="package")

    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.tasks[0].stats["rows"] == len(rows)
