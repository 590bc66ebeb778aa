"""`legation link` and `legation code --link`: which documents and events belong together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Run = Callable[..., Result]

MEETING = "Norway met Kenya in Bergen to speak of cod, the price of oil and a new quay for the ferries of the north."


@pytest.fixture
def repeated(tmp_path: Path) -> Path:
    """Three reports of which the last repeats the first, and one has a problem."""
    path = tmp_path / "repeated.txt"
    path.write_text(f"{MEETING}\nNothing was done?\n{MEETING}\n", encoding="utf-8")
    return path


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_document_gets_a_line_with_its_links(run: Run, repeated: Path) -> None:
    result = run("link", repeated)

    first, other, copy = _lines(result.stdout)
    assert result.exit_code == 0
    assert list(first) == ["id", "copy_of", "story", "reason"]
    assert (first["copy_of"], other["copy_of"], copy["copy_of"]) == (None, None, "repeated-0")
    assert first["story"] == copy["story"] != other["story"]
    assert copy["reason"] == "the same text as repeated-0"


def test_links_go_to_a_file_and_problems_to_standard_error(run: Run, repeated: Path, tmp_path: Path) -> None:
    out = tmp_path / "links.jsonl"
    result = run("link", repeated, "-o", out)

    assert result.stdout == ""
    assert "is not a date" in result.stderr
    assert len(_lines(out.read_text())) == 3


def test_nothing_to_link_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = run("link", tmp_path / "empty.txt")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "No document was found there." in result.stderr


def test_a_path_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    assert run("link", tmp_path / "nowhere").exit_code == 1


def test_code_adds_links_to_reports(run: Run, repeated: Path) -> None:
    result = run("code", repeated, "-f", "report", "--link", "--published", "2024-05-06")

    first, other, copy = _lines(result.stdout)
    assert copy["document"]["copy_of"] == "repeated-0"
    assert first["document"]["story"] == copy["document"]["story"] != other["document"]["story"]
    assert first["events"][0]["merged"] == copy["events"][0]["merged"]
    assert result.stderr.count("is not a date") == 1


def test_code_adds_links_to_events(run: Run, repeated: Path) -> None:
    first, copy = _lines(run("code", repeated, "-f", "plover", "--link").stdout)

    assert copy["cite_info"]["copy_of"] == "repeated-0"
    assert first["merged"] == copy["merged"]


def test_ids_that_come_twice_are_told_and_nothing_is_lost(run: Run, repeated: Path, tmp_path: Path) -> None:
    again = tmp_path / "again" / repeated.name
    again.parent.mkdir()
    again.write_text(repeated.read_text())

    for words in (("link",), ("code", "-f", "report", "--link")):
        result = run(*words, repeated, again)
        assert len(_lines(result.stdout)) == 6
        assert "3  linking: An earlier document has the id 'repeated-0' too" in result.stderr


def test_links_leave_the_choice_of_events_alone(run: Run, reports: Path) -> None:
    lines = _lines(run("code", reports, "-f", "report", "--link", "--status", "future").stdout)

    assert {e["status"] for line in lines for e in line["events"]} == {"future"}
    assert all(e["merged"] for line in lines for e in line["events"])


def test_without_the_option_nothing_is_added(run: Run, repeated: Path) -> None:
    for line in _lines(run("code", repeated, "-f", "report").stdout):
        assert "story" not in line["document"]
        assert all("merged" not in e for e in line["events"])


@pytest.mark.parametrize("format", ["table", "csv"])
def test_a_format_without_room_for_links_is_a_wrong_call(run: Run, repeated: Path, format: str) -> None:
    result = run("code", repeated, "-f", format, "--link")

    assert result.exit_code == 2
    assert "report and plover" in result.stderr


def test_after_an_interrupt_what_was_coded_is_linked_and_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n".join([*(f"Norway met Kenya {n}." for n in range(40)), "interrupt", "Peru met Chile."]))

    result = run("link", path)

    assert result.exit_code == 130
    assert len(_lines(result.stdout)) >= 16
