"""Panels count each event once a cell, fill with zeros, and say what they left out."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.knowledge import codes, ontology
from legation.model import Actor, Event, Place, Precision, Status
from legation.record import MergedEvent, Report
from legation.situations.dyads import dyads
from legation.situations.panel_files import codebook, write_csv, write_package, write_parquet
from legation.situations.panels import PanelSpec, PanelSpecError, panel


def event(
    kind: str, actors: str, recipients: str = "", date: str | None = "2021-07-08", *, status: Status = "happened",
    precision: Precision = "day", place: Place | None = None, reports: int = 1, copies: int = 0,
) -> MergedEvent:  # fmt: skip
    """An event of countries given as words: "IND PAK"."""
    found = ontology.types()[kind]
    made = Event(
        f"{kind}-{actors}-{recipients}-{date}", kind, (), (),
        tuple(Actor(None if code == "?" else code) for code in actors.split()),
        tuple(Actor(None if code == "?" else code) for code in recipients.split()),
        status, (), date, None, precision, place, quad_code=found.quad, event_scale=found.score, cameo=found.cameo,
        confidence=0.8,
    )  # fmt: skip
    told = tuple(
        Report(f"d{n}", made, f"Outlet {n}", "2021-07-09", "d0" if 0 < n <= copies else None) for n in range(reports)
    )
    return MergedEvent(made.id, made, told)


RECORD = [
    event("CONSULT", "IND PAK", reports=3, copies=1),
    event("THREATEN", "PAK", "IND", date="2021-09-30"),
    event("ASSAULT", "AFG", "AFG", date="2021-07-20"),
    event("AID", "USA", "AFG", date="2021-07", precision="month"),
    event("AID", "USA", "? AFG", date="2021-07-21", status="future"),
    event("PROTEST", "IND", date="2021-08-01"),
    event("ACCUSE", "IND", "PAK", date=None, precision="unknown"),
]


def table(spec: PanelSpec, events: list[MergedEvent] = RECORD) -> list[dict[str, Any]]:
    return list(panel(events, spec).rows())


@pytest.mark.parametrize(
    ("actors", "recipients", "directed", "found"),
    [
        ("IND", "PAK", True, [("IND", "PAK")]),
        ("PAK", "IND", False, [("IND", "PAK")]),
        ("IND PAK", "", True, [("IND", "PAK"), ("PAK", "IND")]),
        ("IND PAK", "", False, [("IND", "PAK")]),
        ("IND IND", "PAK PAK", True, [("IND", "PAK")]),
        ("AFG", "AFG", True, [("AFG", "AFG")]),
        ("IND", "", True, []),
        ("?", "PAK", True, []),
        ("", "PAK", True, []),
    ],
)
def test_the_dyads_of_an_event(actors: str, recipients: str, directed: bool, found: list[tuple[str, str]]) -> None:
    assert list(dyads(event("CONSULT", actors, recipients).event, directed=directed)) == found


def test_a_country_with_itself_is_left_out_where_only_states_are_asked_for() -> None:
    assert dyads(event("ASSAULT", "AFG", "AFG").event, domestic=False) == ()


def test_every_dyad_stands_in_every_month_with_zeros() -> None:
    rows = table(PanelSpec(measures=("quad",), raw=False))

    assert len(rows) == 4 * 3
    assert [row["period"] for row in rows[:3]] == ["2021-07", "2021-08", "2021-09"]
    talks = next(r for r in rows if (r["source"], r["target"], r["period"]) == ("IND", "PAK", "2021-07"))
    assert (talks["events"], talks["quad1"], talks["quad4"]) == (1, 1, 0)
    assert sum(row["events"] for row in rows) == 5  # talks count in both directions


def test_a_panel_that_is_not_balanced_has_only_cells_with_events() -> None:
    rows = table(PanelSpec(balanced=False))

    assert len(rows) == 5
    assert all(row["events"] for row in rows)


def test_events_are_counted_once_and_reports_each() -> None:
    row = next(r for r in table(PanelSpec(directed=False)) if r["side_a"] == "IND" and r["period"] == "2021-07")

    assert (row["events"], row["reports"], row["independent"]) == (1, 3, 2)
    assert (row["consult"], row["consult_reports"]) == (1, 3)
    assert (row["score_sum"], row["score_mean"], row["score_sum_reports"]) == (2.1, 2.1, 6.3)


def test_a_mean_of_nothing_does_not_exist() -> None:
    row = next(r for r in table(PanelSpec(measures=("score", "share"))) if not r["events"])

    assert row["score_sum"] == 0
    assert row["score_mean"] is None
    assert row["share_quad1"] is None


def test_shares_of_quads_sum_to_one() -> None:
    for row in table(PanelSpec(unit="country", measures=("share",), balanced=False)):
        assert sum(row[f"share_quad{n}"] for n in (1, 2, 3, 4)) == pytest.approx(1)
        assert row["share_conflict"] == pytest.approx(row["share_quad3"] + row["share_quad4"])


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    made = panel(RECORD, PanelSpec())

    assert dict(made.left_out) == {
        "date not known to the month": 1,
        "no unit of this panel": 1,
        "status future": 1,
    }
    assert made.counted == 4
    assert made.counted + sum(n for _, n in made.left_out) == len(RECORD)


def test_a_date_known_to_the_month_is_in_no_week() -> None:
    made = panel(RECORD, PanelSpec(period="week"))

    assert dict(made.left_out)["date not known to the week"] == 2
    assert ("2021-W27", "2021-07-05") in made.periods


@pytest.mark.parametrize(
    ("by", "months"),
    [("side", {"IND": 3, "PAK": 2}), ("actor", {"IND": 2, "PAK": 2}), ("recipient", {"IND": 1})],
)
def test_a_country_counts_by_its_part_in_the_event(by: str, months: dict[str, int]) -> None:
    counts: Counter[str] = Counter()
    for row in table(PanelSpec(unit="country", by=by)):  # type: ignore[arg-type]
        counts[row["country"]] += row["events"]

    assert {code: counts[code] for code in ("IND", "PAK") if counts[code]} == months


def test_a_country_by_place_is_where_it_happened() -> None:
    here = event("CONSULT", "IND PAK", place=Place(0, 1, "Doha", "Doha", "QAT"))

    assert [row["country"] for row in table(PanelSpec(unit="country", by="place"), [here])] == ["QAT"]


def test_provinces_and_districts() -> None:
    city = Place(0, 1, "Kandahar", "Kandahar", "AFG", 31.6, 65.7, 1138336, "city", "city", "Kandahar")
    district = Place(0, 1, "Panjwai", "Panjwai", "AFG", kind="admin2", precision="district", province="Kandahar")
    province = Place(0, 1, "Helmand", "Helmand", "AFG", kind="admin1", precision="province")
    country = Place(0, 1, "Afghanistan", "Afghanistan", "AFG", kind="country", precision="country")
    events = [event("ASSAULT", "AFG", "AFG", place=p) for p in (city, district, province, country)]

    first = {(r["country"], r["admin1"]): r["events"] for r in table(PanelSpec(unit="admin1"), events)}
    second = {r["admin2"]: r["events"] for r in table(PanelSpec(unit="admin2"), events)}

    assert first == {("AFG", "Kandahar"): 2, ("AFG", "Helmand"): 1}
    assert second["Panjwai"] == 1


def test_lags_are_the_values_of_the_periods_before() -> None:
    rows = table(PanelSpec(directed=False, between=("IND", "PAK"), lags=(1, 2), measures=("quad",), raw=False))

    assert [row["quad1"] for row in rows] == [1, 0, 0]
    assert [row["quad1_lag1"] for row in rows] == [None, 1, 0]
    assert [row["events_lag2"] for row in rows] == [None, None, 1]


def test_units_that_are_asked_for_stand_there_without_events() -> None:
    spec = PanelSpec(units=(("CHN", "IND"),), since="2021-01-01", until="2021-03-31")

    assert [(r["source"], r["period"], r["events"]) for r in table(spec)] == [
        ("CHN", "2021-01", 0), ("CHN", "2021-02", 0), ("CHN", "2021-03", 0),
    ]  # fmt: skip


def test_only_the_days_asked_for_count() -> None:
    made = panel(RECORD, PanelSpec(since="2021-07-09", until="2021-07-31"))

    assert made.counted == 2  # the attack of the 20th, and the aid that is known to the month
    assert dict(made.left_out)["outside the time asked for"] == 3


def test_an_empty_record_is_an_empty_panel() -> None:
    assert table(PanelSpec(), []) == []


@pytest.mark.parametrize(
    ("code", "day", "cow", "gw"),
    [
        ("AFG", "2021-07-01", 700, 700), ("DEU", "2021-01-01", 255, 260), ("DEU", "1985-01-01", 260, 260),
        ("SRB", "2005-01-01", 345, 345), ("SRB", "2021-01-01", 345, 340), ("YEM", "2021-01-01", 679, 678),
        ("SSD", "2011-07-01", None, None), ("SSD", "2011-08-01", 626, 626), ("VNM", "2021-01-01", 816, 816),
        ("HKG", "2021-01-01", None, None), ("UNO", "2021-01-01", None, None), ("XKX", "2021-01-01", 347, 347),
        ("KIR", "2021-01-01", 946, 970),
    ],
)  # fmt: skip
def test_codes_hold_for_their_days(code: str, day: str, cow: int | None, gw: int | None) -> None:
    assert (codes.cow_on(code, day), codes.gw_on(code, day)) == (cow, gw)


def test_no_two_countries_share_a_code_on_a_day() -> None:
    for which in (codes.cow_on, codes.gw_on):
        found = Counter(n for code in codes.countries() if (n := which(code, "2021-07-01")) is not None)
        assert [number for number, count in found.items() if count > 1] == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"lags": (1,), "balanced": False}, "balanced"), ({"lags": (0,)}, "from 1"), ({"period": "hour"}, "no period"),
        ({"measures": ("tone",)}, "no measure"), ({"unit": "city"}, "a unit is"),
    ],
)  # fmt: skip
def test_a_panel_that_cannot_be_says_why(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(PanelSpecError, match=says):
        PanelSpec(**wrong)


def test_a_panel_far_too_large_is_refused() -> None:
    many = tuple((f"X{n}",) for n in range(2000))
    spec = PanelSpec(unit="country", period="day", units=many, since="2010-01-01", until="2021-07-31")

    with pytest.raises(PanelSpecError, match="more than 5,000,000 cells"):
        panel(RECORD, spec)


_codes = st.lists(st.sampled_from(["IND", "PAK", "AFG", "?"]), max_size=3).map(" ".join)


@given(
    st.lists(
        st.builds(
            event, st.sampled_from(sorted(ontology.types())), _codes, _codes,
            st.dates(date(2020, 12, 1), date(2021, 2, 15)).map(str),
            reports=st.integers(1, 3),
        ),
        max_size=12,
    ),
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_a_panel_counts_what_a_loop_over_the_events_counts(
    events: list[MergedEvent], period: Any, directed: bool
) -> None:
    made = panel(events, PanelSpec(period=period, directed=directed, measures=("type", "quad", "root")))
    rows = list(made.rows())
    expected = sum(len(dyads(m.event, directed=directed)) for m in events)

    assert sum(row["events"] for row in rows) == expected
    assert len(rows) == len(made) == len(made.units) * len(made.periods)
    names = [name.lower() for name in ontology.types()]
    for row in rows:
        assert row["events"] == sum(row[name] for name in names) == sum(row[f"quad{n}"] for n in (1, 2, 3, 4))
        assert row["events"] == sum(v for k, v in row.items() if k.startswith("root") and not k.endswith("_reports"))
    assert made.counted + sum(n for _, n in made.left_out) == len(events)
    assert list(panel(reversed(events), made.spec).rows()) == rows


def test_pandas_and_pyarrow_read_the_panel() -> None:
    pandas, parquet = pytest.importorskip("pandas"), pytest.importorskip("pyarrow.parquet")
    made = panel(RECORD, PanelSpec(lags=(1,)))
    csv, columns = io.BytesIO(), io.BytesIO()
    write_csv(made, csv)
    write_parquet(made, columns)

    frame = pandas.read_csv(io.BytesIO(csv.getvalue()))
    table = parquet.read_table(columns)

    assert list(frame.columns) == table.column_names == [c.name for c in made.columns]
    assert len(frame) == table.num_rows == len(made)
    assert str(table.schema.field("events").type) == "int64"
    assert table.schema.field("events").metadata[b"description"]
    assert made.to_frame()["events"].sum() == frame["events"].sum()


def test_frictionless_finds_the_package_valid_and_the_codebook_has_every_column(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    made = panel(RECORD, PanelSpec(unit="country", measures=("type", "root", "quad", "score", "share"), lags=(1,)))
    packed, again = io.BytesIO(), io.BytesIO()
    write_package(made, packed)
    write_package(made, again)
    with zipfile.ZipFile(packed) as package:
        package.extractall(tmp_path)

    report = frictionless.validate(str(tmp_path / "datapackage.json"), type="package")

    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert packed.getvalue() == again.getvalue()
    key = json.loads((tmp_path / "datapackage.json").read_text())["resources"][0]["schema"]["primaryKey"]
    assert key == ["country", "period"]
    assert all(f"`{column.name}`" in codebook(made) for column in made.columns)
    assert "left out: 1 events (status future)" in codebook(made)
