"""`legation code` writes each format as one whole file, also over several documents and none."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from exporting.record import document, the_record
from legation.cli.code import _sink as into
from legation.exporting import BY_NAME, merged_rows
from legation.exporting.formats import lines

Run = Callable[..., Result]


@pytest.mark.parametrize("name", BY_NAME)
def test_the_ending_of_a_file_says_its_format(run: Run, reports: Path, tmp_path: Path, name: str) -> None:
    by_ending = tmp_path / f"events{BY_NAME[name].ending}"
    by_name = tmp_path / "events.out"

    assert run("code", reports, "--published", "2024-02-05", "-o", by_ending).exit_code == 0
    assert run("code", reports, "--published", "2024-02-05", "-o", by_name, "--format", name).exit_code == 0
    assert by_ending.read_bytes() == by_name.read_bytes() != b""


@pytest.mark.parametrize("name", ["geojson", "stix", "jsonld"])
def test_formats_of_one_object_are_one_object(run: Run, reports: Path, tmp_path: Path, name: str) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")

    whole = json.loads(run("code", reports, "--format", name).stdout)
    none = json.loads(run("code", empty, "--format", name).stdout)

    key = {"geojson": "features", "stix": "objects", "jsonld": "@graph"}[name]
    assert len(whole[key]) > len(none[key])


def test_what_is_to_come_is_in_no_format_without_a_status_unless_asked_for(run: Run, reports: Path) -> None:
    plain = run("code", reports, "--format", "cameo", "--published", "2024-02-05").stdout
    asked = run("code", reports, "--format", "cameo", "--published", "2024-02-05", "--status", "future").stdout

    assert len(plain.splitlines()) == 2
    assert len(asked.splitlines()) == 2
    assert plain != asked


@pytest.mark.parametrize("name", ["geojson", "stix", "parquet", "package"])
def test_what_was_written_before_it_was_stopped_is_a_whole_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "events"

    def stopped() -> None:
        with path.open("wb") as file, into(name, file) as add:
            add(lines(BY_NAME[name], list(merged_rows(the_record(), document))))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    if name == "parquet":
        assert pytest.importorskip("pyarrow.parquet").read_table(path).num_rows == 7
    elif name == "package":
        with zipfile.ZipFile(path) as package:
            assert len(package.read("events.csv").splitlines()) == 8
    else:
        assert json.loads(path.read_text(encoding="utf-8"))
