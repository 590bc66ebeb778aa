"""A user's own tables of actors: what they may say, and that they count more than ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from legation.errors import InputPathError, KnowledgeError
from legation.knowledge import names, own_names
from legation.stages.actors import resolve_phrase


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a table may be written; afterwards only our own names are in use again."""
    monkeypatch.setenv(own_names.VARIABLE, "")
    yield tmp_path / "ours.tsv"
    names.with_own([])


def _write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(line.replace("¦", "\t") for line in lines) + "\n", encoding="utf-8")
    return path


def test_a_person_of_the_users_table_is_found_with_the_office_of_the_day(table: Path) -> None:
    _write(
        table,
        "name¦aliases¦code¦sector¦office¦start¦end",
        "Ora Tidewell¦O. Tidewell¦IRL¦GOV¦Minister of Tides¦2024-01-01¦2025-06-30",
    )
    assert (resolve_phrase("Ora Tidewell") or resolve_phrase("Ireland")).code is None  # type: ignore[union-attr]
    names.with_own([table])
    then = resolve_phrase("Ora Tidewell", date="2024-05-01")
    later = resolve_phrase("Ora Tidewell", date="2026-05-01")
    assert then is not None
    assert (then.code, then.sector, then.office) == ("IRL", "GOV", "Minister of Tides")
    assert later is not None
    assert (later.code, later.sector, later.office) == ("IRL", "ELI", None)


def test_a_row_of_the_users_table_counts_more_than_ours(table: Path) -> None:
    _write(table, "code¦name¦sector¦kind", "NOR¦Greenpeace¦SOC¦organisation")
    names.with_own([table])
    actor = resolve_phrase("Greenpeace")
    assert actor is not None
    assert actor.code == "NOR"


def test_our_offices_still_count_where_the_users_row_says_nothing_of_the_day(table: Path) -> None:
    _write(table, "name¦code¦office¦start¦end", "Angela Merkel¦DEU¦Chair of the Harbour Trust¦2023-01-01¦")
    names.with_own([table])
    actor = resolve_phrase("Angela Merkel", date="2013-05-01")
    assert actor is not None
    assert actor.office == "Chancellor"
    later = resolve_phrase("Angela Merkel", date="2024-05-01")
    assert later is not None
    assert later.office == "Chair of the Harbour Trust"


def test_the_table_is_named_in_the_environment_so_that_workers_read_it_too(table: Path) -> None:
    _write(table, "name¦code", "Tidal Watch¦NGO")
    names.with_own([table])
    assert own_names.own_files() == (table.resolve(),)
    names.with_own([])
    assert resolve_phrase("Tidal Watch") is None or resolve_phrase("Tidal Watch").code is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("title¦code", "x¦USA"), "no column 'name'"),
        (("name¦code", "Ora Quill¦IRE"), "line 2: 'IRE' is no country code"),
        (("name¦code¦sector", "Ora Quill¦IRL¦BOSS"), "line 2: 'BOSS' is no sector"),
        (("name¦code¦start", "Ora Quill¦IRL¦last May"), "'last May' is no date"),
        (("name¦code¦start¦end", "Ora Quill¦IRL¦2024¦2020"), "ends (2020) before it starts (2024)"),
        (("name¦code", "¦IRL"), "there is no name"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_with_its_line(table: Path, lines: tuple[str, ...], told: str) -> None:
    with pytest.raises(KnowledgeError, match=r"ours\.tsv") as caught:
        names.with_own([_write(table, *lines)])
    assert told in str(caught.value)


def test_a_table_that_is_not_there_is_told_by_its_path(table: Path) -> None:
    with pytest.raises(InputPathError, match=r"ours\.tsv: cannot be read"):
        names.with_own([table])


def test_comments_and_empty_lines_are_left_alone(table: Path) -> None:
    _write(table, "name¦code", "# ours¦", "", "Tidal Watch¦NGO")
    assert [row["name"] for row in own_names.read_own(table)] == ["Tidal Watch"]
