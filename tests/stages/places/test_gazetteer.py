"""What the gazetteer holds and how names are compared."""

from __future__ import annotations

from importlib.resources import files

import pytest

from legation.knowledge.places import ATTRIBUTION, fold, load_gazetteer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ar Raqqah", "Al-Raqqah"),
        ("El Fasher", "Al Fasher"),
        ("St. Louis", "Saint Louis"),
        ("Sana'a", "Sanaa"),
        ("Şanlıurfa", "Sanliurfa"),
        ("N’Djamena", "Ndjamena"),
        ("Deir ez-Zor", "Deir Ez Zor"),
        ("KABUL", "Kabul"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Mali", "Malik"), ("Niger", "Nigeria"), ("Ar", "Al")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kandahar", "AFG"),
        ("Spin Boldak", "AFG"),
        ("Raqqa", "SYR"),
        ("Jenin", "PSE"),
        ("Kiev", "UKR"),
        ("Goma", "COD"),
        ("Helmand", "AFG"),
        ("Nineveh", "IRQ"),
        ("Burma", "MMR"),
        ("DRC", "COD"),
        ("U.S.", "USA"),
        ("Darfur", "SDN"),
        ("Golan Heights", "SYR"),
        ("Baghuz", "SYR"),
        ("Ky.", "USA"),
    ],
)
def test_names_the_news_uses_are_known(name: str, country: str) -> None:
    found = load_gazetteer().lookup(name)
    assert found is not None
    assert country in {e.country for e in found.entries}


@pytest.mark.parametrize("name", ["us", "lac", "Xyzzyville", "", "12"])
def test_what_is_no_name_is_not_found(name: str) -> None:
    found = load_gazetteer().exact(name) or load_gazetteer().curated(name)
    assert found is None


def test_every_curated_row_is_whole_and_on_the_globe() -> None:
    text = (files("legation.knowledge") / "places" / "curated.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line and not line.startswith("#")]
    assert len(rows) >= 800
    for name, _aliases, kind, country, lat, lon, source in rows:
        assert all((name, kind, source)), name
        assert country == "" or len(country) == 3, name
        assert abs(float(lat)) <= 90, name
        assert abs(float(lon)) <= 180, name


def test_the_source_is_named() -> None:
    assert "GeoNames" in ATTRIBUTION
    assert "CC BY 4.0" in ATTRIBUTION


def test_the_data_is_small() -> None:
    folder = files("legation.knowledge") / "places"
    assert sum(len(f.read_bytes()) for f in folder.iterdir() if f.is_file()) < 12_000_000
