"""Charts say what they are made of, in colours that everyone can tell apart, without any connection."""

from __future__ import annotations

import json
import re
import shutil
import socket
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from legation import charts
from legation.charts.quality import reliability_rows, wilson
from legation.charts.theme import CONFLICT, COOPERATION, QUAD_COLOURS
from legation.charts.worldmap import world
from legation.knowledge import ontology
from legation.model import Actor, Event, Place
from legation.record import MergedEvent, Report

KABUL = Place(-1, -1, "Kabul", "Kabul", "AFG", 34.53, 69.17, precision="city")
LAND = Place(-1, -1, "Pakistan", "Pakistan", "PAK", 30.0, 70.0, precision="country")


def event(kind: str, actors: str, recipients: str, date: str, place: Place | None = None, **more: Any) -> MergedEvent:
    found = ontology.types()[kind]
    made = Event(
        f"{kind}{date}", kind, (), (), tuple(map(Actor, actors.split())), tuple(map(Actor, recipients.split())),
        more.get("status", "happened"), (), date, date_precision="day" if len(date) == 10 else "month", place=place,
        quad_code=found.quad, event_scale=found.score,
    )  # fmt: skip
    reports = (Report("d1", made, "The Post"), Report("d2", made, "The Copy", copy_of="d1"))
    return MergedEvent(made.id, made, reports)


RECORD = [
    event("CONSULT", "IND PAK", "", "2021-07-01", KABUL),
    event("ASSAULT", "AFG", "AFG", "2021-07-02", KABUL),
    event("THREATEN", "PAK", "IND", "2021-08-03", LAND),
    event("AID", "USA", "AFG", "2021-09"),
    event("ASSAULT", "AFG", "USA", "2021-07-04", status="negated"),
]
CHARTS: dict[str, Callable[[list[MergedEvent]], Any]] = {
    "timeline": charts.timeline,
    "timeline by type": lambda record: charts.timeline(record, by="type", period="month"),
    "dyad intensity": charts.dyad_intensity,
    "matrix": charts.actor_matrix,
    "network": charts.actor_network,
    "map": charts.event_map,
    "sources": charts.source_mix,
}


def values(chart: Any) -> list[dict[str, Any]]:
    """Every row of data in a chart."""
    found: list[dict[str, Any]] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            data = part.get("data")
            if isinstance(data, dict) and isinstance(data.get("values"), list):
                found.extend(data["values"])
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(chart.to_dict())
    return found


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a chart asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.usefixtures("no_network")
def test_a_chart_is_titled_and_sourced_and_becomes_svg(name: str) -> None:
    chart = CHARTS[name](RECORD)
    svg = charts.to_svg(chart)

    assert chart.to_dict()["title"]["text"]
    assert any("Source: " in line for line in chart.to_dict()["title"]["subtitle"])
    assert svg.startswith("<svg")
    assert "coded by Legation" in svg


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_of_nothing_is_still_a_chart(name: str) -> None:
    assert charts.to_svg(CHARTS[name]([])).startswith("<svg")


def test_a_chart_becomes_a_picture() -> None:
    assert charts.to_png(charts.timeline(RECORD), scale=1).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_record_draws_the_same_chart(name: str) -> None:
    assert CHARTS[name](RECORD).to_dict() == CHARTS[name](RECORD).to_dict()


def test_what_did_not_happen_is_not_drawn() -> None:
    rows = values(charts.timeline(RECORD, period="month"))

    assert sum(row["events"] for row in rows) == 4
    assert {row["begin"] for row in rows} == {"2021-07-01", "2021-08-01", "2021-09-01"}


def test_a_date_known_to_the_month_is_on_no_day() -> None:
    assert sum(row["events"] for row in values(charts.timeline(RECORD, period="day"))) == 3


def test_two_sides_are_drawn_over_time() -> None:
    rows = values(charts.dyad_intensity(RECORD, ["IND", "PAK"], period="month"))

    assert [(r["dyad"], r["begin"], r["side"], r["score"]) for r in rows] == [
        ("IND – PAK", "2021-07-01", "cooperation", 2.1), ("IND – PAK", "2021-08-01", "conflict", -5.1),
    ]  # fmt: skip


def test_the_matrix_counts_who_to_whom() -> None:
    rows = {(r["actor"], r["recipient"]): r["events"] for r in values(charts.actor_matrix(RECORD))}

    assert rows == {("IND", "PAK"): 1, ("PAK", "IND"): 2, ("AFG", "AFG"): 1, ("USA", "AFG"): 1}


def test_the_map_says_how_many_have_a_place() -> None:
    chart = charts.event_map(RECORD)
    rows = values(chart)

    assert "3 of 4 events have a place" in chart.to_dict()["title"]["subtitle"][0]
    assert {row["exact"] for row in rows} == {"place known", "only the country is known"}


def test_a_map_of_one_country_goes_there() -> None:
    chart = charts.event_map(RECORD, countries=["PAK"]).to_dict()

    assert chart["projection"]["center"] == [70.0, 30.0]
    assert "1 of 1 events" in chart["title"]["subtitle"][0]


def test_the_outlines_name_countries_by_our_codes() -> None:
    ids = [g["id"] for g in world()["objects"]["countries"]["geometries"]]

    assert {"AFG", "PAK", "IND", "USA", "FRA", "XKX", "TWN"} <= set(ids)
    assert sum(code is None for code in ids) <= 3  # lands that have no ISO code
    used = {n if n >= 0 else ~n for n in re_numbers(world())}
    assert used == set(range(len(world()["arcs"])))


def re_numbers(topology: dict[str, Any]) -> list[int]:
    text = json.dumps([g["arcs"] for g in topology["objects"]["countries"]["geometries"]])
    return [int(n) for n in re.findall(r"-?\d+", text)]


def test_copies_are_told_from_own_texts() -> None:
    rows = {(r["outlet"], r["kind"]): r["reports"] for r in values(charts.source_mix(RECORD))}

    assert rows == {("The Post", "own text"): 1, ("The Copy", "copy"): 1}


def test_reliability_puts_the_share_right_beside_the_confidence() -> None:
    rows = reliability_rows([(0.95, True), (0.91, False), (0.12, False), (1.0, True)], bins=10)

    assert [(r["confidence"], r["right"], r["events"]) for r in rows] == [(0.12, 0.0, 1), (0.9533, 0.6667, 3)]
    assert all(r["low"] <= r["right"] <= r["high"] for r in rows)
    chart = charts.reliability([(0.9, True)] * 9 + [(0.9, False)])
    assert "10 events; expected calibration error 0.000" in chart.to_dict()["title"]["subtitle"]


def test_the_interval_of_wilson() -> None:
    low, high = wilson(0.5, 100)

    assert (round(low, 3), round(high, 3)) == (0.404, 0.596)


@pytest.mark.usefixtures("no_network")
def test_a_page_holds_all_it_needs() -> None:
    html = charts.page(charts.timeline(RECORD), charts.event_map(RECORD), title="India & Pakistan")

    assert "<h1>India &amp; Pakistan</h1>" in html
    assert "vegaEmbed" in html
    around = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert html.count("<script") - charts.bundle().count("<script") == 1
    assert not re.search(r"(?:src|href)=|url\(", around)
    assert charts.bundle() is charts.bundle()


@pytest.mark.browser
def test_a_browser_without_a_connection_draws_the_page() -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    said: list[str] = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_context(offline=True).new_page()
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.set_content(charts.page(charts.timeline(RECORD), charts.event_map(RECORD)))
        opened.wait_for_selector("#chart1 svg", timeout=20_000)
        drawn = opened.locator("figure svg").count()
        browser.close()

    assert drawn == 2
    assert said == []


# Simulation of missing cones (Machado, Oliveira and Fernandes 2009, full severity), on linear RGB.
_SIGHT = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def _lab(colour: str, sight: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    r, g, b = (min(1.0, max(0.0, sum(w * c for w, c in zip(row, linear, strict=True)))) for row in _SIGHT[sight])
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("sight", _SIGHT)
@pytest.mark.parametrize("colours", [tuple(QUAD_COLOURS.values()), (COOPERATION, CONFLICT)])
def test_colours_are_told_apart_by_every_kind_of_sight(colours: tuple[str, ...], sight: str) -> None:
    for one, other in combinations(colours, 2):
        distance = sum((a - b) ** 2 for a, b in zip(_lab(one, sight), _lab(other, sight), strict=True)) ** 0.5
        assert distance > 20, (sight, one, other, round(distance, 1))


def test_verbal_and_material_differ_in_grey() -> None:
    lightness = {quad: _lab(colour, "usual")[0] for quad, colour in QUAD_COLOURS.items()}

    assert abs(lightness[1] - lightness[2]) > 20
    assert abs(lightness[3] - lightness[4]) > 20
