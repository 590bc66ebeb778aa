"""`legation panel` and `legation compare` over files of events."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from exporting.record import document, the_record
from legation.cli import build
from legation.exporting import merged_rows, write

Run = Callable[..., Result]


@pytest.fixture
def call() -> Run:
    return lambda *args: CliRunner().invoke(build(), [str(arg) for arg in args])


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The record as a plover file and as a GDELT file."""
    found = {}
    for name in ("plover", "gdelt"):
        found[name] = tmp_path / f"events.{name}"
        with found[name].open("wb") as file:
            write(name, merged_rows(the_record(), document), file)
    return found


def test_a_panel_of_a_file_goes_to_standard_output(call: Run, files: dict[str, Path]) -> None:
    done = call("panel", files["plover"], "--undirected", "--measure", "quad,score", "--no-raw")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))

    assert done.exit_code == 0
    assert {(r["side_a"], r["side_b"]): r["events"] for r in rows} == {
        ("AFG", "AFG"): "1", ("AFG", "USA"): "1", ("AFG", "UNO"): "1", ("UNO", "USA"): "1",
    }  # fmt: skip
    assert "left out: status future" in done.stderr


@pytest.mark.parametrize(("name", "magic"), [("p.parquet", b"PAR1"), ("p.zip", b"PK"), ("p.csv", b"country,")])
def test_the_name_of_the_file_says_what_it_is(
    call: Run, files: dict[str, Path], tmp_path: Path, name: str, magic: bytes
) -> None:
    done = call("panel", files["gdelt"], "--unit", "country", "-o", tmp_path / name)

    assert done.exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(magic)


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ((), 2, "either files of events or --store"),
        (("FILE", "--period", "hour"), 1, "no period 'hour'"),
        (("FILE", "--measure", "tone"), 1, "no measure 'tone'"),
        (("FILE", "--status", "perhaps"), 2, "no status 'perhaps'"),
        (("FILE", "--format", "xls"), 2, "no format 'xls'"),
        (("FILE", "--since", "soon"), 2, "'soon' is not a date"),
        (("FILE", "--lag", "1", "--unbalanced"), 1, "has to be balanced"),
        (("missing.jsonl",), 1, "cannot be read"),
    ],
)
def test_a_wrong_panel_is_said_to_be_one(
    call: Run, files: dict[str, Path], options: tuple[str, ...], code: int, says: str
) -> None:
    done = call("panel", *(str(files["plover"]) if option == "FILE" else option for option in options))

    assert done.exit_code == code
    assert says in " ".join(done.stderr.replace("│", " ").split())


def test_two_files_are_compared(call: Run, files: dict[str, Path]) -> None:
    table = call("compare", files["plover"], files["gdelt"])
    found = json.loads(call("compare", files["plover"], files["gdelt"], "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(call("compare", files["plover"], files["gdelt"], "-f", "csv").stdout)))

    assert table.exit_code == 0
    assert "overlap" in table.stdout
    assert found["all"][0]["found_in_b"] == 1
    assert found["left_out"]["a"] == 2  # without a date, and known only to the week
    assert {row["group"] for row in rows} == {"all", "type", "quad", "dyad", "month"}


def test_a_wrong_comparison_is_said_to_be_one(call: Run, files: dict[str, Path]) -> None:
    assert call("compare", files["plover"], files["gdelt"], "--period", "hour").exit_code == 2
    assert call("compare", files["plover"], files["gdelt"], "--format", "xml").exit_code == 2
    assert call("compare", files["plover"], "missing").exit_code == 1
