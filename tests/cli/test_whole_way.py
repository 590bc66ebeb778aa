"""The command with the real reader and coder, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.model

REPORTS = (
    "Norway's foreign minister met the Kenyan envoy in Bergen on Monday.",
    "Kenya will withdraw its troops from Somalia by 1 March, the ministry said.",
    "Police arrested 30 protesters in Nairobi.",
    "The weather was fine.",
    "Chile expelled two Peruvian diplomats.",
)


def _legation(*args: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "legation", *map(str, args)], capture_output=True)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    records = [{"id": f"r{n}", "text": "\n\n".join(REPORTS[n % 5 :])} for n in range(40)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["table", "report", "plover", "csv"])
def test_the_same_bytes_with_any_number_of_workers(rows: Path, name: str) -> None:
    one = _legation("code", rows, "-f", name, "--published", "2024-02-05")
    two = _legation("code", rows, "-f", name, "--published", "2024-02-05", "--workers", 2)

    assert one.returncode == two.returncode == 0
    assert one.stdout == two.stdout
    assert one.stdout


def test_bad_input_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(REPORTS[0], encoding="utf-8")

    done = _legation("code", tmp_path, tmp_path / "none.txt", "-f", "report")

    assert done.returncode == 0
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [bool(r["problems"]) for r in reports] == [True, True, False, True]
    assert reports[2]["events"]
    assert b"Traceback" not in done.stderr


def test_a_report_names_its_coder(rows: Path) -> None:
    report = json.loads(_legation("code", rows, "-f", "report").stdout.splitlines()[0])

    assert set(report["coder"]) == {"name", "version", "knowledge", "model"}
    assert all(report["coder"].values())
