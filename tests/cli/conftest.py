"""The command line over a coder that knows one act and a reader that reads a document a line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

from fake_coder import FakeCoder
from legation.cli import build
from legation.errors import InputPathError
from legation.model import Document

Run = Callable[..., Result]


def _read(paths: list[str], published: str | None = None) -> Iterator[Document]:
    for path in paths:
        if not Path(path).exists():
            raise InputPathError(path, "there is no such file")
        for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines()):
            yield Document(line, id=f"{Path(path).stem}-{number}", published=published)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call `legation` with these arguments."""
    coder, reading = ModuleType("legation.coder"), ModuleType("legation.reading")
    coder.Coder = FakeCoder  # type: ignore[attr-defined]
    coder.knowledge_digest = lambda: "k"  # type: ignore[attr-defined]
    reading.read = _read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "legation.coder", coder)
    monkeypatch.setitem(sys.modules, "legation.reading", reading)
    return lambda *args: CliRunner().invoke(build(), [str(arg) for arg in args])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A file of four reports, one of them with a problem."""
    path = tmp_path / "reports.txt"
    path.write_text(
        "Norway met Kenya in Bergen.\nNothing was done?\nPeru will meet Chile.\n"
        "Oslo met Lima and will meet Rome.\n",
        encoding="utf-8",
    )
    return path
