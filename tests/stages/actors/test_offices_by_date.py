"""The same name on four days: the office held on that day, or none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from legation.knowledge.name_tables import Name
from legation.stages.actors import resolve_phrase

_TABLE = Path(__file__).with_name("offices_by_date.tsv").read_text(encoding="utf-8").splitlines()
_DAYS = _TABLE[0].split("\t")[2:]
_ROWS = [line.split("\t") for line in _TABLE[1:]]
# Later than our sources: no office is a right answer where one was held when they were current.
_TODAY = "2026-06-01"


def test_the_table_holds_a_hundred_names() -> None:
    assert len({row[0] for row in _ROWS}) >= 100


@pytest.mark.parametrize("row", _ROWS, ids=[row[0] for row in _ROWS])
def test_a_name_has_the_office_of_the_day_or_none(row: list[str]) -> None:
    name, code, *offices = row
    for day, office in zip(_DAYS, offices, strict=True):
        if office == "?":
            continue
        actor = resolve_phrase(name, date=day)
        assert actor is not None, day
        if actor.code is None and office == "-":
            continue
        assert actor.code == code, day
        if office == "-":
            assert actor.office is None, (day, actor.office)
        elif actor.office is not None or day != _TODAY:
            assert re.search(office, actor.office or ""), (day, actor.office)


def test_a_president_is_one_until_the_day_he_is_not() -> None:
    then, later = (resolve_phrase("Ashraf Ghani", date=day) for day in ("2021-07-09", "2021-09-09"))
    assert then is not None
    assert later is not None
    assert (then.code, then.sector, then.office) == ("AFG", "GOV", "President")
    assert (later.code, later.sector, later.office) == ("AFG", "ELI", None)


@pytest.mark.parametrize(
    ("as_of", "end", "day", "holds"),
    [
        ("2022-07-24", None, "2023-05-01", True),
        ("2022-07-24", None, "2024-09-01", False),
        ("2022", None, "2024-09-01", True),
        ("2004/2019", None, "2020-01-01", True),
        ("2004/2019", None, "2023-01-01", False),
        (None, None, "2050-01-01", True),
        ("2022", "2022-12-31", "2023-01-01", False),
        ("2022", None, "1999-01-01", False),
    ],
)  # fmt: skip
def test_an_open_tenure_is_trusted_for_two_years_after_it_was_seen(
    as_of: str | None, end: str | None, day: str, holds: bool
) -> None:
    row = Name("Ora Quill", "office", "IRL", "GOV", start="2001-01-01", end=end, as_of=as_of)
    assert row.holds_on(day) is holds


def test_who_has_not_come_to_office_yet_has_none() -> None:
    actor = resolve_phrase("Volodymyr Zelensky", date="2010-01-01")
    assert actor is not None
    assert (actor.code, actor.office, actor.sector) == ("UKR", None, None)
