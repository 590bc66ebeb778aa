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


# Folders whose tests start servers, databases, browsers or drawing engines: real, and slower than the rest.
_SERVICES = ("charts", "scaling", "situations", "store", "watching", "web")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of those folders, so that the rest runs in seconds: `pytest -m "not model and not service"`."""
    home = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(home) and item.path.relative_to(home).parts[0] in _SERVICES:
            item.add_marker("service")
