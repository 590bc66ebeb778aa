"""The API against its own description: whatever is asked, the desk never breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fake_coder import FakeCoder
from legation.web.app import create_app
from legation.web.session import VISIT, proof
from web.conftest import Visitor, copied

schemathesis = pytest.importorskip("schemathesis")
EXAMPLES = 8  # of each address; `-m slow` asks many more


def ask(tmp_path: Path, examples: int) -> None:
    """Ask each address of the description with made-up values, as a browser that has the proof of its visit."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    with copied("small", tmp_path / "record.db") as store:
        app = create_app(store=store, make_coder=FakeCoder)  # type: ignore[arg-type]
        client = Visitor(app, base_url="http://127.0.0.1:8040", follow_redirects=False, raise_server_exceptions=False)
        client.cookies.set(VISIT, "visit")
        client.send_form("/name", {"name": "Anna"})
        headers = {"x-csrf-token": proof("visit", app.state.settings)}
        schema = schemathesis.openapi.from_dict(app.openapi())
        wrong: list[str] = []

        @settings(
            max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(data=st.data())
        def asked(data: st.DataObject, operation: Any) -> None:
            case = data.draw(operation.as_strategy())
            answer = client.request(
                case.method, _path(case), params=_plain(case.query), headers=headers, **_body(case)
            )
            if answer.status_code >= 500 and answer.status_code not in (501, 503):
                wrong.append(f"{case.method} {_path(case)} {case.query} {case.body!r}: {answer.status_code}")

        for found in schema.get_all_operations():
            app.state.desk.changed()
            asked(operation=found.ok())
        assert not wrong, wrong[:5]


def _path(case: Any) -> str:
    from urllib.parse import quote

    path: str = case.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace("{" + name + "}", quote(str(value), safe=""))
    return path


def _plain(query: Any) -> dict[str, Any]:
    return {k: [str(each) for each in v] if isinstance(v, list) else str(v) for k, v in (query or {}).items()}


def _body(case: Any) -> dict[str, Any]:
    body = case.body
    if not isinstance(body, dict):
        return {}
    files = body.get("files")
    texts = {k: v for k, v in body.items() if k != "files" and v is not None}
    sent: dict[str, Any] = {
        "data": {k: [str(each) for each in v] if isinstance(v, list) else str(v) for k, v in texts.items()}
    }
    if isinstance(files, list):
        sent["files"] = [("files", ("made.txt", f if isinstance(f, bytes) else str(f).encode())) for f in files[:3]]
    return sent


def test_whatever_is_asked_the_desk_answers(tmp_path: Path) -> None:
    ask(tmp_path, EXAMPLES)


@pytest.mark.slow
def test_whatever_is_asked_a_hundred_times_the_desk_answers(tmp_path: Path) -> None:
    ask(tmp_path, 100)


def test_every_address_says_what_it_gives_and_how_it_refuses(reader: Visitor) -> None:
    schema = reader.get("/openapi.json").json()

    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (path, method)
            assert operation["description"], (path, method)
            assert {"200", "400", "404", "429"} <= set(operation["responses"]), (path, method)
            assert operation["responses"]["404"]["content"]["application/json"]["schema"]["$ref"].endswith("Error")
