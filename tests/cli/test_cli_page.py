"""docs/cli.md: every command has its section, every option its line, and the outputs shown are what is printed.

``pytest tests/cli/test_cli_page.py --snapshot-update`` writes the outputs anew.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from legation.cli import build

HOME = Path(__file__).parents[2]
PAGE = HOME / "docs" / "cli.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ legation (.+)$", re.MULTILINE)
_CUT = re.compile(r" \| head -(\d+)$")


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Each command that does something, with its full name; typer's own click types are private."""
    command = command or typer.main.get_command(build())
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(path), command
        return
    for name, below in inner.items():
        yield from commands(below, (*path, name))


NAMES = [name for name, _ in commands()]


def section(name: str) -> str:
    """The words below the command's heading."""
    text = PAGE.read_text(encoding="utf-8")
    start = text.index(f"\n## legation {name}\n")
    return text[start : text.index("\n## ", start + 5)]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_its_section_with_all_its_options(name: str) -> None:
    words = section(name)
    options = [p for p in dict(commands())[name].params if p.param_type_name == "option" and p.name != "help"]

    assert [p.opts for p in options if not any(f"`{o}" in words or f"{o} " in words for o in p.opts)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_section_names_an_option_that_there_is_not(name: str) -> None:
    known = {o for p in dict(commands())[name].params for o in p.opts} | {"--help"}
    rows = [line.split("|")[1] for line in section(name).splitlines() if line.startswith("| `-")]

    assert {o for row in rows for o in re.findall(r"`(--?[a-z-]+)`", row)} <= known


def test_no_section_is_of_a_command_that_there_is_not() -> None:
    headings = re.findall(r"^## legation (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(headings) == sorted(NAMES)


def printed(command: str) -> str:
    cut = _CUT.search(command)
    result = CliRunner().invoke(build(), shlex.split(command[: cut.start()] if cut else command))
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    return "".join(f"{line.rstrip()}\n" for line in (lines[: int(cut[1])] if cut else lines))


@pytest.mark.model
def test_the_outputs_shown_are_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(HOME / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEGATION_STORE", raising=False)
    text = PAGE.read_text(encoding="utf-8")
    shown = _BLOCK.findall(text)
    found = ["".join(f"$ legation {c}\n{printed(c)}" for c in _COMMAND.findall(block)) for block in shown]
    if request.config.getoption("--snapshot-update"):
        for old, new in zip(shown, found, strict=True):
            text = text.replace(f"```console\n{old}```", f"```console\n{new}```")
        PAGE.write_text(text, encoding="utf-8")
        return

    assert len(shown) >= 8
    assert shown == found
