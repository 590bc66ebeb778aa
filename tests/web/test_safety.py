"""What the desk lets in, what it sends out, and where it never leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from legation.errors import LegationError
from legation.web.app import create_app
from legation.web.security import Pace, inside
from legation.web.session import opened, proof, proves, sealed
from legation.web.settings import Settings, checked, is_loopback, read_tokens
from web.conftest import TOKEN, Visitor, visitor

HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize("path", ["/help", "/code", "/nothing", "/healthz", "/static/x/desk.css", "/login"])
def test_every_answer_has_the_security_headers(empty: Visitor, path: str) -> None:
    headers = empty.get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_a_page_has_no_script_or_style_of_its_own(empty: Visitor) -> None:
    for path in ("/help", "/code", "/nothing"):
        text = empty.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert "<script>" not in text
        assert " onclick" not in text


def test_a_change_without_its_proof_is_refused(desk: Visitor) -> None:
    desk.get("/help")

    assert desk.post("/theme", data={"theme": "dark"}).status_code == 403
    assert desk.post("/theme", data={"theme": "dark", "csrf": "x.y"}).status_code == 403
    assert desk.send_form("/theme", {"theme": "dark"}).status_code == 303


def test_a_proof_of_another_visit_is_refused(desk: Visitor) -> None:
    other = proof("another visit", desk.app.state.settings)  # type: ignore[attr-defined]
    desk.get("/help")

    assert desk.post("/theme", data={"theme": "dark", "csrf": other}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
)
def test_a_change_that_another_site_asks_for_is_refused(desk: Visitor, headers: dict[str, str]) -> None:
    assert desk.send_form("/theme", {"theme": "dark"}, headers=headers).status_code == 403


def test_a_name_that_only_resolves_to_this_machine_reads_nothing(empty: Visitor) -> None:
    answer = empty.get("/help", headers={"host": "rebound.example:8040"})

    assert answer.status_code == 421
    assert "Keys" not in answer.text


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/review?by=doubt", "/review?by=doubt"),
        ("//elsewhere.example/x", "/"),
        ("https://elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nset-cookie: a=b", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_the_way_on_never_leaves_the_desk(address: str | None, leads_to: str) -> None:
    assert inside(address) == leads_to


def test_the_back_of_a_form_never_leaves_the_desk(desk: Visitor) -> None:
    answer = desk.send_form("/theme", {"theme": "dark", "back": "//elsewhere.example"})

    assert answer.headers["location"] == "/"


def test_too_large_an_upload_is_refused_before_it_is_read() -> None:
    with visitor(replace(Settings(), most_upload=2_000)) as desk:
        assert desk.send_form("/code", {"text": "x" * 3_000}).status_code == 413


def test_a_body_without_a_length_is_cut_off_too() -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"text=" + b"x" * 100

    with visitor(replace(Settings(), most_upload=2_000)) as desk:
        answer = desk.post(
            "/code", content=endless(), headers={"content-type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code in (400, 413)


def test_more_changes_than_a_minute_takes_are_slowed() -> None:
    with visitor(replace(Settings(), changes_per_minute=3)) as desk:
        answers = [desk.send_form("/theme", {"theme": "dark"}) for _ in range(5)]

    assert [a.status_code for a in answers] == [303, 303, 303, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_the_pace_fills_up_again() -> None:
    now = 0.0
    pace = Pace(clock=lambda: now)
    assert [pace.allow("x", "a", 2) > 0 for _ in range(3)] == [False, False, True]
    now = 31.0
    assert pace.allow("x", "a", 2) == 0
    assert pace.allow("x", "b", 2) == 0


def test_without_a_token_a_guarded_desk_shows_only_the_way_in(guarded: Visitor) -> None:
    answer = guarded.get("/code?x=1")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fcode%3Fx%3D1"
    assert guarded.get("/code.json").status_code == 401
    assert guarded.get("/openapi.json").status_code in (303, 401)


def test_a_token_lets_in_by_form_and_by_header(guarded: Visitor) -> None:
    assert guarded.get("/code.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert guarded.get("/code.json", headers={"authorization": "Bearer wrong-wrong-wrong-wrong"}).status_code == 401
    page = guarded.get("/login").text
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    wrong = guarded.post("/login", data={"csrf": csrf, "token": "no"})
    assert wrong.status_code == 403
    assert "not known" in wrong.text
    right = guarded.post("/login?next=/code", data={"csrf": csrf, "token": TOKEN})
    assert right.headers["location"] == "/code"
    assert "HttpOnly" in right.headers["set-cookie"]
    assert guarded.get("/code").status_code == 200


def test_a_login_cookie_cannot_be_made_up_and_ends() -> None:
    settings = replace(Settings(), tokens=(("anna", TOKEN),))
    cookie = sealed("anna", settings, now=1_000)

    assert opened(cookie, settings, now=2_000) == "anna"
    assert opened(cookie, settings, now=1_000 + 31 * 86_400) is None
    assert opened(cookie.replace(".", "x.", 1), settings, now=2_000) is None
    assert opened("", settings) is None
    assert opened(cookie, replace(settings, tokens=(("anna", TOKEN + "x"),)), now=2_000) is None


def test_proofs_differ_each_time_and_hold_for_their_visit_only() -> None:
    settings = Settings()
    one, other = proof("v", settings), proof("v", settings)

    assert one != other
    assert proves(one, "v", settings)
    assert not proves(one, "w", settings)
    assert not proves(one, "", settings)
    assert not proves("", "v", settings)


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("desk.example", False),
    ],
)
def test_loopback_is_told_from_the_network(host: str, is_local: bool) -> None:
    assert is_loopback(host) is is_local


def test_a_desk_on_the_network_needs_a_token_that_cannot_be_guessed() -> None:
    with pytest.raises(LegationError, match="needs a token"):
        create_app(Settings(host="0.0.0.0"))
    with pytest.raises(LegationError, match="at least 16"):
        checked(Settings(host="0.0.0.0", tokens=(("anna", "short"),)))
    assert checked(Settings(host="0.0.0.0", tokens=(("anna", TOKEN),))).needs_token


def test_a_token_file_names_people() -> None:
    text = f"# the desk\nAnna Lind {TOKEN}\n\nben {TOKEN}2\n"

    assert read_tokens(text) == (("Anna Lind", TOKEN), ("ben", f"{TOKEN}2"))


@pytest.mark.parametrize("path", [f"/code/{HOSTILE}", f"/{HOSTILE}", f"/jobs/{HOSTILE}", f"/login?next={HOSTILE}"])
def test_what_stands_in_an_address_is_escaped(empty: Visitor, path: str) -> None:
    assert HOSTILE not in empty.get(path).text
