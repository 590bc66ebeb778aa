"""What the tests of the desk share: a desk with a small coder, and a client that comes from a page of it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fake_coder import FakeCoder
from legation.keeping import open_store
from legation.store import Store
from legation.web.app import create_app
from legation.web.settings import Settings
from web.small_record import small_store

TOKEN = "a-token-of-the-tests-0123456789"


@cache
def template(kind: str) -> Path:
    """A record made once for all tests, to be copied: "small" or "empty"."""
    path = Path(tempfile.mkdtemp(prefix="legation-test-")) / f"{kind}.db"
    (small_store(path) if kind == "small" else open_store(path)).close()
    return path


def copied(kind: str, path: Path) -> Store:
    """A record of one's own, opened."""
    shutil.copy(template(kind), path)
    return open_store(path)


class Visitor(TestClient):
    """A client that sends the proof of its visit with every change, as the forms of the pages do."""

    def send_form(self, address: str, form: dict[str, Any] | None = None, **more: Any) -> Any:
        """Post a form of this desk."""
        return self.post(address, data={"csrf": self.proof(), **(form or {})}, **more)

    def proof(self) -> str:
        """The proof on a page of the desk."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/help").text)
        assert found is not None
        return found[1]


def visitor(settings: Settings | None = None, **more: Any) -> Visitor:
    """Somebody at a desk of their own."""
    settings = settings or Settings()
    if "store" not in more and settings.store is None:
        more["store"] = copied("empty", Path(tempfile.mkdtemp(prefix="legation-test-")) / "empty.db")
    app = create_app(settings, make_coder=more.pop("make_coder", FakeCoder), **more)
    return Visitor(app, base_url="http://127.0.0.1:8040", follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def desk() -> Iterator[Visitor]:
    """A desk on loopback."""
    with visitor() as client:
        yield client


@pytest.fixture
def guarded() -> Iterator[Visitor]:
    """A desk that needs a token."""
    with visitor(replace(Settings(), tokens=(("anna", TOKEN),))) as client:
        yield client


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Visitor]:
    """A desk over a small record, at which Anna sits."""
    with copied("small", tmp_path / "record.db") as store, visitor(store=store) as client:
        client.send_form("/name", {"name": "Anna"})
        yield client


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A desk over a small record at which everybody only reads."""
    with copied("small", tmp_path_factory.mktemp("reader") / "record.db") as store, visitor(store=store) as client:
        yield client


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A desk over an empty record at which everybody only reads."""
    with copied("empty", tmp_path_factory.mktemp("empty") / "record.db") as store, visitor(store=store) as client:
        yield client
