"""explain, lexicon check, score, doctor, and what every command has."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import Result

from legation.scoring.lexicon import Checked, Failure

Run = Callable[..., Result]
COMMANDS = [("code",), ("explain",), ("lexicon", "check"), ("score",), ("doctor",)]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert f"legation {' '.join(command)}" in result.stdout.split("Example", 1)[1]


def test_version_is_printed(run: Run) -> None:
    result = run("--version")

    assert result.exit_code == 0
    assert result.stdout.startswith("legation ")


def test_an_unknown_command_is_wrong_usage(run: Run) -> None:
    assert run("cod").exit_code == 2


def test_nothing_heavy_is_loaded_for_help() -> None:
    program = (
        "import sys; from legation.cli import build; build();"
        "print([m for m in ('spacy', 'numpy', 'rich.console', 'msgspec', 'simplemma') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_explain_tells_of_one_sentence(run: Run, reports: Path) -> None:
    result = run("explain", reports, "--sentence", 0)

    assert result.exit_code == 0
    assert result.stdout == "sentence 0 has 1 events\n"


def test_explain_without_a_number_lists_the_sentences(run: Run, reports: Path) -> None:
    assert run("explain", reports).stdout == "   0  Norway met Kenya in Bergen.\n"
    assert "Peru will meet Chile." in run("explain", reports, "--document", "reports-2").stdout


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--sentence", "7"), "no sentence 7 in the document: its sentences are 0 to 0"),
        (("--document", "x"), "no document with the id 'x'"),
    ],
)
def test_explain_says_what_is_not_there(run: Run, reports: Path, options: tuple[str, ...], says: str) -> None:
    result = run("explain", reports, *options)

    assert result.exit_code == 1
    assert says in result.stderr


@pytest.mark.parametrize("fails", [False, True])
def test_lexicon_check_fails_when_an_example_is_read_otherwise(
    run: Run, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    failures = (Failure("meet", "consult.toml", "Norway met Kenya.", "no event"),) if fails else ()
    lexicon = ModuleType("legation.scoring.lexicon")
    lexicon.check = lambda paths, coder: Checked(3, 2, failures)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "legation.scoring.lexicon", lexicon)

    result = run("lexicon", "check")

    assert result.exit_code == int(fails)
    assert f"3 examples and 2 counter-examples; {len(failures)} not read" in result.stderr
    assert ("consult.toml: meet: no event" in result.stdout) is fails


def test_lexicon_check_says_which_files_there_are(run: Run) -> None:
    result = run("lexicon", "check", "none.toml")

    assert result.exit_code == 1
    assert "operators.toml" in result.stderr


def test_score_says_when_the_gold_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("score", tmp_path / "none")

    assert result.exit_code == 1
    assert "there is no such file" in result.stderr


def test_doctor_names_what_is_installed(run: Run) -> None:
    result = run("doctor")

    assert "python" in result.stdout
    assert "parser model" in result.stdout
    assert "frames, sha256" in result.stdout


def test_doctor_exits_1_and_gives_the_line_for_what_is_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legation.cli.doctor.NEEDED", ("typer", "no-such-package-of-ours"))

    result = run("doctor")

    assert result.exit_code == 1
    assert "pip install no-such-package-of-ours" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_section_in_the_docs(command: tuple[str, ...]) -> None:
    docs = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")

    assert f"## legation {' '.join(command)}\n" in docs
