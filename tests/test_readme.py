"""What the README shows is what comes out: its commands are run, its Python too.

``pytest tests/test_readme.py --snapshot-update`` writes the outputs into the README anew.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

HOME = Path(__file__).parents[1]
README = HOME / "README.md"
_SHOWN = re.compile(
    r"^```console\n\$ legation (?P<command>[^\n]+)\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL
)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CUT = re.compile(r" \| (?P<end>head|tail) -(?P<lines>\d+)$")


def shown() -> list[tuple[str, str]]:
    """The README's commands (without their first word) and the output printed below each."""
    return [(m["command"], m["output"]) for m in _SHOWN.finditer(README.read_text(encoding="utf-8"))]


def run(command: str) -> str:
    """What the command prints to standard output, cut as ``| head -9`` says."""
    from legation.cli import build

    cut = _CUT.search(command)
    arguments = shlex.split(command[: cut.start()] if cut else command)
    result = CliRunner().invoke(build(), arguments)
    assert result.exit_code in (0, 1), result.output
    lines = result.stdout.splitlines()
    if cut:
        count = int(cut["lines"])
        lines = lines[:count] if cut["end"] == "head" else lines[-count:]
    return "".join(line.rstrip() + "\n" for line in lines)


def test_the_readme_shows_commands() -> None:
    assert len(shown()) >= 4


@pytest.mark.model
@pytest.mark.parametrize("command", [command for command, _ in shown()])
def test_a_command_prints_what_the_readme_shows(
    command: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(HOME)
    printed = run(command)
    if request.config.getoption("--snapshot-update"):
        text = README.read_text(encoding="utf-8")
        head = f"```console\n$ legation {command}\n"
        before, after = text.split(head)
        README.write_text(before + head + printed + after[after.index("```\n") :], encoding="utf-8")
    if dict(shown())[command] == "":
        pytest.skip("the README shows no output yet; write it with --snapshot-update")

    assert dict(shown())[command] == printed


@pytest.mark.model
def test_the_python_of_the_readme_runs() -> None:
    (code,) = _PYTHON.findall(README.read_text(encoding="utf-8"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})  # our own text

    assert printed.getvalue().startswith("SANCTION ('expel',) happened 2024-03-04")


def test_files_that_the_readme_links_to_are_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text(encoding="utf-8"))

    assert links
    assert [link for link in links if not (HOME / link).exists()] == []
