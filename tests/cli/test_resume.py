"""`legation code --resume`: stopped and taken up again, with the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from legation.cli.shared import output

Run = Callable[..., Result]


@pytest.mark.parametrize("form", ["report", "csv", "geojson", "table", "parquet"])
def test_the_command_gives_the_same_file_with_and_without_resume(
    run: Run, reports: Path, tmp_path: Path, form: str
) -> None:
    assert run("code", reports, "-f", form, "-o", tmp_path / "plain").exit_code == 0
    assert run("code", reports, "-f", form, "-o", tmp_path / "resumed", "--resume").exit_code == 0

    assert (tmp_path / "plain").read_bytes() == (tmp_path / "resumed").read_bytes()
    assert {p.name for p in tmp_path.iterdir()} == {"reports.txt", "plain", "resumed"}


def test_a_stopped_command_keeps_what_is_done_and_goes_on_from_there(run: Run, tmp_path: Path) -> None:
    lines = [f"Norway met Kenya {n} times." for n in range(40)]
    reports = tmp_path / "reports.txt"
    reports.write_text("\n".join([*lines[:30], "interrupt", *lines[30:]]), encoding="utf-8")
    stopped = run("code", reports, "-f", "csv", "-o", tmp_path / "out.csv", "--resume")

    assert stopped.exit_code == 130
    assert "the same command goes on" in stopped.stderr
    assert not (tmp_path / "out.csv").exists()

    # The first chunk of sixteen is done; what stands after it may be mended.
    reports.write_text("\n".join([*lines[:30], "Peru met Chile.", *lines[30:]]), encoding="utf-8")
    resumed = run("code", reports, "-f", "csv", "-o", tmp_path / "out.csv", "--resume")

    assert resumed.exit_code == 0
    assert "Going on after 1 chunks" in resumed.stderr
    run("code", reports, "-f", "csv", "-o", tmp_path / "plain.csv")
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "plain.csv").read_bytes()


def test_what_a_kill_left_of_the_result_is_taken_away(run: Run, reports: Path, tmp_path: Path) -> None:
    (tmp_path / ".out.csv.resumed.part").write_text("half a li", encoding="utf-8")

    assert run("code", reports, "-f", "csv", "-o", tmp_path / "out.csv", "--resume").exit_code == 0

    assert {p.name for p in tmp_path.iterdir()} == {"reports.txt", "out.csv"}


@pytest.mark.parametrize(("resumable", "left"), [(False, ["out"]), (True, [])])
def test_a_result_that_can_be_taken_up_again_takes_its_name_only_whole(
    tmp_path: Path, resumable: bool, left: list[str]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        _write_half(tmp_path / "out", resumable=resumable)

    assert [path.name for path in tmp_path.iterdir()] == left


def _write_half(path: Path, *, resumable: bool) -> None:
    with output(path, resumable=resumable) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_resume_needs_a_file(run: Run, reports: Path) -> None:
    assert run("code", reports, "--resume").exit_code == 2
