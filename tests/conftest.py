"""What tests share: the coder (loaded once), the report in a docstring, the gold beside the project."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from legation.model import Document

if TYPE_CHECKING:
    from legation.coder import Coder

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def coder() -> Coder:
    """A coder with the real parser; tests that use it are marked `model`."""
    from legation.coder import Coder  # brings the parser, which most tests do without

    return Coder()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Document:
    """The report that stands in the test's docstring."""
    return Document(text=cleandoc(request.function.__doc__ or ""))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and example beside the project; tests that need it are skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip("../shared (gold and example article) is not there")
    return SHARED
