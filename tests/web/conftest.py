"""What the tests of the desk share: a desk with a small coder, and a client that comes from a page of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fake_coder import FakeCoder
from legation.web.app import create_app
from legation.web.settings import Settings

TOKEN = "a-token-of-the-tests-0123456789"


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
