"""`legation actor` with tables of the user's own, and `legation actor import`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from legation.knowledge import names, own_names

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(own_names.VARIABLE, "")
    yield
    names.with_own([])


@pytest.fixture
def query(tmp_path: Path) -> Path:
    """A query result with one office holder that can be used and one that cannot."""
    path = tmp_path / "query.json"
    usable = {"personLabel": "Ada Tidewell", "positionLabel": "Minister of Fisheries of Norway", "start": "2025-10-14"}
    path.write_text(json.dumps([usable, {"personLabel": "Q98", "positionLabel": "x"}]), encoding="utf-8")
    return path


def test_import_writes_a_table_that_actors_reads(run: Run, query: Path, tmp_path: Path) -> None:
    table = tmp_path / "ours.tsv"
    done = run("actor", "import", query, "-o", table, "--as-of", "2026-11-01")
    assert done.exit_code == 0
    assert "1 office holders." in done.output
    assert "1  left out: without a name in English" in done.output
    told = run("actor", "Ada Tidewell", "--actors", table, "--date", "2026-01-01")
    assert "NOR GOV" in told.output
    assert "Minister of Fisheries of Norway" in told.output


def test_import_goes_to_standard_output_by_default(run: Run, query: Path) -> None:
    assert "name\taliases\tcode" in run("actor", "import", query).output


def test_after_two_hyphens_import_is_a_phrase(run: Run) -> None:
    assert "names nobody" in run("actor", "--", "import").output


def test_in_a_later_place_import_is_a_phrase_too(run: Run) -> None:
    assert "import" in run("actor", "Norway", "import").output


@pytest.mark.parametrize(
    "args",
    [("actor", "import"), ("actor", "Norway", "-o", "x.tsv"), ("actor", "import", "x.json", "--as-of", "May")],
)  # fmt: skip
def test_wrong_use_is_told_with_status_2(run: Run, args: tuple[str, ...]) -> None:
    assert run(*args).exit_code == 2


def test_a_bad_table_is_told_with_status_1(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "bad.tsv"
    table.write_text("title\n", encoding="utf-8")
    done = run("actor", "Norway", "--actors", table)
    assert done.exit_code == 1
    assert "no column 'name'" in done.output


def test_code_takes_a_table_too(run: Run, reports: Path, tmp_path: Path) -> None:
    table = tmp_path / "ours.tsv"
    table.write_text("name\tcode\nTidal Watch\tNGO\n", encoding="utf-8")
    assert run("code", reports, "--actors", table, "--format", "report").exit_code == 0
    assert own_names.own_files() == (table.resolve(),)
