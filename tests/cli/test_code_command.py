"""`legation code`: what goes where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from fake_coder import NoModelCoder
from legation.cli.code import Reasons
from legation.cli.shared import output, undisturbed

Run = Callable[..., Result]


def _records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_report_is_one_line_a_document_in_the_order_of_the_input(run: Run, reports: Path) -> None:
    result = run("code", reports, "--format", "report")

    assert result.exit_code == 0
    assert [r["document"]["id"] for r in _records(result.stdout)] == [f"reports-{n}" for n in range(4)]  # type: ignore[index]


def test_problems_are_counted_on_standard_error_and_do_not_fail_the_run(run: Run, reports: Path) -> None:
    result = run("code", reports, "-f", "plover")

    assert result.exit_code == 0
    assert "1  dates: 'reports-1' is not a date" in result.stderr
    assert "not a date" not in result.stdout


def test_a_table_is_what_comes_without_a_format(run: Run, reports: Path) -> None:
    result = run("code", reports)

    assert "CONSULT" in result.stdout
    assert "Norway *met* Kenya in Bergen." in result.stdout
    assert "\x1b" not in result.stdout


def test_published_reaches_the_document(run: Run, reports: Path) -> None:
    result = run("code", reports, "-f", "report", "--published", "2021-07-09")

    assert {r["document"]["published"] for r in _records(result.stdout)} == {"2021-07-09"}  # type: ignore[index]


@pytest.mark.parametrize(
    ("options", "statuses"),
    [
        ((), ["happened", "future", "happened", "future"]),
        (("--status", "future"), ["future", "future"]),
        (("--status", "future,happened"), ["happened", "future", "happened", "future"]),
        (("--status", "future", "--status", "negated"), ["future", "future"]),
        (("--status", "negated"), []),
        (("--min-confidence", "0.5"), ["happened", "happened"]),
        (("--min-confidence", "0.5", "--status", "future"), []),
    ],
)
def test_events_are_kept_by_status_and_confidence(
    run: Run, reports: Path, options: tuple[str, ...], statuses: list[str]
) -> None:
    result = run("code", reports, "-f", "plover", *options)

    assert [r["status"] for r in _records(result.stdout)] == statuses


def test_the_pledges_of_events_left_out_are_left_out(run: Run, reports: Path) -> None:
    kept = _records(run("code", reports, "-f", "report", "--status", "happened").stdout)

    assert all(record["pledges"] == [] for record in kept)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--format", "xml"), "there is no format 'xml'"),
        (("--published", "30 February"), "'30 february' is not a date"),
        (("--status", "maybe"), "no status 'maybe'"),
        (("--workers", "0"), "than or equal to 1"),
        (("--min-confidence", "2"), "usage"),
        (("--engine", "spark"), "spark"),
        (("--nonsense",), "nonsense"),
    ],
)
def test_a_wrong_call_exits_2_with_a_sentence_and_writes_nothing(
    run: Run, reports: Path, options: tuple[str, ...], says: str
) -> None:
    result = run("code", reports, *options)

    assert result.exit_code == 2
    assert says in result.stderr.lower()
    assert result.stdout == ""


def test_a_path_that_is_not_there_exits_1_with_a_sentence(run: Run, tmp_path: Path) -> None:
    result = run("code", tmp_path / "none.txt")

    assert result.exit_code == 1
    assert "there is no such file" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_model_is_said_with_the_line_that_gets_it(
    run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["legation.coder"], "Coder", NoModelCoder)

    result = run("code", reports)

    assert result.exit_code == 1
    assert "pip install" in result.stderr


def test_a_file_gets_what_standard_output_would(run: Run, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"

    result = run("code", reports, "-f", "report", "-o", out)

    assert result.stdout == ""
    assert out.read_text(encoding="utf-8") == run("code", reports, "-f", "report").stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "reports.txt"]


@pytest.mark.parametrize(
    ("name", "begins"), [("a.csv", "document,"), ("a.jsonl", '{"document"'), ("a.txt", "reports-0")]
)
def test_the_ending_of_the_file_chooses_the_format_when_none_is_given(
    run: Run, reports: Path, name: str, begins: str
) -> None:
    out = reports.parent / name
    run("code", reports, "-o", out)

    assert out.read_text(encoding="utf-8").startswith(begins)


def test_csv_has_its_head_even_without_events(run: Run, tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("Nothing was done.\n", encoding="utf-8")

    result = run("code", tmp_path / "quiet.txt", "-f", "csv")

    assert next(csv.reader(io.StringIO(result.stdout)))[0] == "document"
    assert result.stdout.count("\n") == 1


def test_after_ctrl_c_the_finished_documents_stand_whole_in_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("Norway met Kenya.\nPeru met Chile.\ninterrupt\nOslo met Rome.\n")
    out = tmp_path / "out.jsonl"

    result = run("code", tmp_path / "r.txt", "-f", "report", "-o", out)

    assert result.exit_code == 130
    assert [r["document"]["id"] for r in _records(out.read_text())] == ["r-0", "r-1"]  # type: ignore[index]


def test_an_error_leaves_the_old_file_as_it_was(run: Run, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    result = run("code", reports, tmp_path / "none.txt", "-f", "report", "-o", out)

    assert result.exit_code == 1
    assert out.read_text() == "old"
    assert not list(tmp_path.glob(".*"))


def test_a_folder_that_is_not_there_cannot_be_written_to(run: Run, reports: Path) -> None:
    result = run("code", reports, "-o", reports.parent / "none" / "out.csv")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_no_document_at_all_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")

    result = run("code", tmp_path / "empty.txt", "-f", "report")

    assert result.exit_code == 0
    assert "No document" in result.stderr


def test_a_written_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    with output(tmp_path / "out") as file:
        file.write(b"x")
    (tmp_path / "other").write_text("x")

    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "other").stat().st_mode
    )


def test_ctrl_c_waits_for_what_is_being_written() -> None:
    done = []

    def write() -> None:
        with undisturbed():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("written")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert done == ["written"]


def test_problems_that_differ_only_in_what_they_quote_are_one_reason() -> None:
    reasons = Reasons()
    reasons.add([("dates", "'30 February' is not a date"), ("dates", "'x' is not a date")])
    reasons.add([("dates", "'31 June' is not a date"), ("read", "an empty file")])

    assert list(reasons.lines())[1:] == [
        "      2  dates: '30 February' is not a date",
        "      1  read: an empty file",
    ]
    assert list(Reasons().lines()) == []
