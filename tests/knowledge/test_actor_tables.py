"""The tables of actors: every row is whole, and there are as many as the documentation says."""

from __future__ import annotations

import re
import time
from importlib.resources import files

import pytest

from legation.knowledge.name_tables import roles, table_rows
from legation.knowledge.names import find_names, name_index
from legation.knowledge.own_names import BODIES_OF_MANY, SECTORS
from legation.knowledge.senses import hinted, senses_of

TABLES = {
    "offices.tsv": 5_000,
    "parties.tsv": 900,
    "institutions.tsv": 700,
    "organisations.tsv": 600,
    "armed_groups.tsv": 600,
    "states.tsv": 200,
    "seats.tsv": 100,
    "regions.tsv": 100,
    "peoples.tsv": 20,
    "hints.tsv": 5,
    "namesakes.tsv": 20,
}
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
CODES = {row["code"] for row in table_rows("states.tsv")} | BODIES_OF_MANY


@pytest.mark.parametrize(("table", "least"), TABLES.items())
def test_every_row_is_whole(table: str, least: int) -> None:
    text = files("legation.knowledge").joinpath("actors", table).read_text("utf-8")
    width = text.splitlines()[0].count("\t")
    assert [line for line in text.splitlines() if line.count("\t") != width] == []
    rows = list(table_rows(table))
    assert len({row.get("name") or row.get("code") or row.get("words") or row["names"] for row in rows}) >= least
    for row in rows:
        assert row["source"], row
        assert row["licence"], row
        assert not row.get("code") or row["code"] in CODES, row
        for sector in filter(None, re.split(r"[,|]", row.get("sector") or "")):
            assert sector in SECTORS | {"KUR"}, row
        for day in filter(None, (row.get("start"), row.get("end"))):
            assert _DAY.fullmatch(day), row
        if row.get("start") and row.get("end"):
            assert row["end"] >= row["start"][: len(row["end"])], row


def test_there_are_eight_hundred_roles_with_known_sectors() -> None:
    assert len(roles()) >= 800
    assert {r.sector for r in roles().values()} - {None} <= SECTORS


def test_an_open_tenure_says_when_it_was_seen() -> None:
    """All but monarchs and the like of the oldest rows; else it would be trusted for ever."""
    rows = list(table_rows("offices.tsv"))
    unseen = [row for row in rows if not row["end"] and not row["as_of"]]
    assert len(unseen) <= 0.05 * len(rows)


def test_a_person_is_not_given_the_name_of_another_that_a_source_mixed_up_with_him() -> None:
    mixed = [r for r in table_rows("offices.tsv") if r["name"] == "Arjun Munda" and "Jaitley" in r["aka"]]
    assert mixed == []


def test_names_are_found_as_fast_as_text_is_read() -> None:
    """The figure of the benchmark is far higher; this one must hold on a busy machine."""
    text = "The envoy of Peru met Sergei Lavrov and a delegation of the African Union in Addis Ababa. " * 2_000
    name_index()
    find_names(text[:1_000])
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        found = find_names(text)
        best = min(best, time.process_time() - start)
    assert len(text) / best > 1e6
    assert len(found) >= 6_000


def test_hints_and_namesakes_speak_only_where_their_words_stand() -> None:
    assert dict(hinted("House Republicans voted"))["USA"] > 0
    assert hinted("The house was empty and the congress of dentists over.") == ()
    assert senses_of("Georgia voted.") == ()
    assert senses_of("Georgia voted, Atlanta said.")[0][0] == "georgia"
    assert senses_of("Georgia voted, Atlanta and Tbilisi said.") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("George W. Bush", ["George W. Bush"]),
        ("George W Bush", ["George W Bush"]),
        ("the F.B.I. said", ["F.B.I."]),
        ("the U.N. Security Council", ["U.N. Security Council"]),
        ("South  Korea\nand North\n Korea", ["South  Korea", "North\n Korea"]),
        ("George. W. Busher", []),
        ("Côte d’Ivoire", ["Côte d’Ivoire"]),
        ("a Shan-e-Mustafa rally", []),
    ],
)  # fmt: skip
def test_names_are_found_however_they_are_spaced(text: str, found: list[str]) -> None:
    assert [text[h.start : h.end] for h in find_names(text)] == found
