"""`--lexicon DIR` as a user gives it: code, explain and check over the user's own files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from legation.cli import build
from legation.knowledge import lexicon, ontology
from legation.knowledge.own_lexicon import VARIABLE
from legation.stages import gate

pytestmark = pytest.mark.model

REPORT = "Kenya serenaded Somalia on Monday."
LEXICON = """
[types.SERENADE]
quad = 1
score = 1.5

[[frame]]
id = "serenade"
event = "SERENADE"
verbs = ["serenade"]
subject = "@state"
object = "@state"
examples = [{ text = "Kenya serenaded Somalia.", actor = ["KEN"], recipient = ["SOM"] }]
not = ["The tenor serenaded his bride."]
"""


@pytest.fixture(autouse=True)
def ours_again() -> Iterator[None]:
    """Only our own lexicon before and after: the option is meant for the whole of a process."""
    yield
    os.environ.pop(VARIABLE, None)
    ontology.types.cache_clear()
    gate._forms.cache_clear()
    lexicon._load.cache_clear()


def legation(*args: object) -> Result:
    gate._forms.cache_clear()
    lexicon._load.cache_clear()
    return CliRunner().invoke(build(), [str(arg) for arg in args])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "my-lexicon"
    path.mkdir()
    (path / "mine.toml").write_text(LEXICON, encoding="utf-8")
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """More reports than go to a worker at once."""
    path = tmp_path / "reports.jsonl"
    text = "".join(json.dumps({"id": f"r{n}", "text": REPORT}) + "\n" for n in range(18))
    path.write_text(text, encoding="utf-8")
    return path


def test_own_files_count_in_every_process_and_in_the_records(rows: Path, folder: Path) -> None:
    one = legation("code", rows, "-f", "report", "--published", "2024-02-05", "--lexicon", folder)
    two = legation("code", rows, "-f", "report", "--published", "2024-02-05", "--lexicon", folder, "--workers", 2)

    assert one.exit_code == two.exit_code == 0, one.stderr + two.stderr
    assert one.stdout == two.stdout
    own = [json.loads(line) for line in one.stdout.splitlines()]
    assert [[e["event"] for e in r["events"]] for r in own] == [[["SERENADE"]]] * 18
    assert (own[0]["events"][0]["quad_code"], own[0]["events"][0]["event_scale"]) == (1, 1.5)


def test_explain_names_the_frame(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")

    told = legation("explain", tmp_path / "report.txt", "--sentence", 0, "--lexicon", folder)

    assert "frame serenade (SERENADE) on 'serenaded'" in told.stdout


def test_check_runs_the_examples_of_own_files(folder: Path) -> None:
    good = legation("lexicon", "check", "mine.toml", "--lexicon", folder)

    assert good.exit_code == 0, good.stdout + good.stderr
    assert "1 examples and 1 counter-examples; 0 not read" in good.stderr

    (folder / "mine.toml").write_text(LEXICON.replace('recipient = ["SOM"]', 'recipient = ["TCD"]'), encoding="utf-8")
    bad = legation("lexicon", "check", "mine.toml", "--lexicon", folder)

    assert bad.exit_code == 1
    assert "mine.toml: serenade:" in bad.stdout


def test_a_bad_file_is_told_in_a_sentence(rows: Path, folder: Path) -> None:
    (folder / "mine.toml").write_text(LEXICON.replace("quad = 1\n", ""), encoding="utf-8")

    told = legation("code", rows, "--lexicon", folder)

    assert told.exit_code == 1
    assert "mine.toml" in told.stderr
    assert "needs 'quad' (1 to 4)" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_folder_that_is_not_there_is_told(rows: Path, tmp_path: Path) -> None:
    told = legation("code", rows, "--lexicon", tmp_path / "none")

    assert told.exit_code == 1
    assert "is no folder" in told.stderr


def _of_the_page() -> str:
    page = (Path(__file__).parents[2] / "docs" / "lexicon.md").read_text(encoding="utf-8")
    blocks: list[str] = re.findall(r"^```toml\n(.*?)^```$", page, re.M | re.S)
    return next(block for block in blocks if "[types." in block)


def test_the_file_on_the_page_of_the_lexicon_passes_its_own_check(folder: Path) -> None:
    (folder / "mine.toml").write_text(_of_the_page(), encoding="utf-8")

    told = legation("lexicon", "check", "mine.toml", "--lexicon", folder)

    assert told.exit_code == 0, told.output


@pytest.mark.parametrize("name", ["table", "plover", "csv", "cameo", "gdelt", "icews", "polecat", "acled", "geojson"])
def test_a_type_of_ones_own_breaks_no_format(tmp_path: Path, folder: Path, name: str) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")

    told = legation("code", tmp_path / "report.txt", "-f", name, "--published", "2024-02-05", "--lexicon", folder)

    assert told.exit_code == 0, told.output
    assert told.exception is None
