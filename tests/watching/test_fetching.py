"""One page from a server that means ill: what is taken of it, and when it is let go."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from legation.watching import Fetcher, FetchError, Limits
from legation.watching.addresses import AddressError, article_key, is_public, look_up, target
from watching.server import Answer, Site, bomb, moves, raw, says, serving

LIMITS = Limits(seconds=0.6, bytes=100_000, redirects=3)
OK = b"HTTP/1.1 200 OK\r\n"


def fetcher(*, allow_private: bool = True, resolve: Callable[[str, int], list[str]] | None = None) -> Fetcher:
    return Fetcher("Legation/test", limits=LIMITS, allow_private=allow_private, resolve=resolve or look_up)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (raw(b"", pause=2), "longer than 0.6 seconds"),  # accepts and says nothing
        (raw(OK, b"X: y\r\n", pause=0.1, then=lambda: True), "longer than"),  # headers without end, drop by drop
        (raw(OK + b"\r\n", b"x", pause=0.1, then=lambda: True), "longer than"),  # a body drop by drop
        (raw(OK + b"\r\n", b"x" * 9000, then=lambda: True), "larger than"),  # a body without end
        (raw(OK + b"Content-Length: 900000000\r\n\r\n"), "larger than"),
        (raw(OK + b"Content-Length: 900\r\n\r\nshort"), "broke off"),
        (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n"), "broke off"),
        (raw(b""), "broken|no connection"),  # closes at once
        (raw(b"\x16\x03\x01 what is this\r\n\r\n"), "broken"),  # no HTTP
        (raw(OK + b"X: " + b"y" * 70_000 + b"\r\n\r\n"), "broken"),  # a header too long
        (raw(OK + b"X: y\r\n" * 200 + b"\r\n"), "broken"),  # too many of them
        (says(bomb(50_000_000), Content_Encoding="gzip"), "larger than"),
        (says(gzip.compress(b"x" * 5000, mtime=0)[:-12], Content_Encoding="gzip"), "broken"),
        (says(b"no gzip at all", Content_Encoding="gzip"), "broken"),
        (says(b"x", Content_Encoding="br"), "not asked for"),
        (moves("/a"), "in a circle"),
        (moves("file:///etc/passwd"), "only http"),
        (moves("http://[::1"), "which is no address"),
        (moves("http://127.0.0.1:x/"), "no address"),
        (moves("http://user:word@127.0.0.1/"), "password"),
    ],
)  # fmt: skip
def test_what_a_server_may_do_has_an_end(site: Site, answer: Answer, why: str) -> None:
    url = site.at("/a", answer)
    start = time.monotonic()
    with pytest.raises(FetchError, match=why):
        fetcher().get(url)
    assert time.monotonic() - start < 5  # the slowest of them would take minutes


def test_a_longer_and_longer_way_has_an_end(site: Site) -> None:
    for number in range(9):
        site.at(f"/{number}", moves(f"/{number + 1}"))
    with pytest.raises(FetchError, match="more than 3 times"):
        fetcher().get(site.base + "/0")
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("body", "packing"),
    [
        (b"hello", {}),
        (gzip.compress(b"hello", mtime=0), {"Content_Encoding": "gzip"}),
        (zlib.compress(b"hello"), {"Content_Encoding": "deflate"}),
        (zlib.compress(b"hello")[2:-4], {"Content_Encoding": "deflate"}),
    ],
)
def test_an_honest_answer_is_taken(site: Site, body: bytes, packing: dict[str, str]) -> None:
    site.at("/old", moves("new?q=1", 301))
    site.at("/new?q=1", says(body, **packing))
    got = fetcher().get(site.base + "/old")
    assert (got.status, got.body, got.url, got.moved) == (200, b"hello", site.base + "/new?q=1", site.base + "/new?q=1")
    assert site.asked[0][1]["user-agent"] == "Legation/test"
    assert site.asked[0][1]["host"] == site.base.removeprefix("http://")


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate with openssl")
def test_a_certificate_must_hold_for_the_name(site: Site, tmp_path: Path) -> None:
    key, cert = str(tmp_path / "k.pem"), str(tmp_path / "c.pem")
    subject = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, *subject]
    subprocess.run(command, check=True, capture_output=True)
    with serving(cert, key) as safe:
        port = safe.base.rpartition(":")[2]
        safe.at("/a", "hello")
        asking = Fetcher("x", limits=LIMITS, allow_private=True, resolve=lambda *_: ["127.0.0.1"])
        with pytest.raises(FetchError, match="certificate does not hold"):
            asking.get(f"https://news.example:{port}/a")
        asking._context.load_verify_locations(cert)
        assert asking.get(f"https://news.example:{port}/a").body == b"hello"
        with pytest.raises(FetchError, match="certificate does not hold"):
            asking.get(f"https://other.example:{port}/a")


def test_nobody_at_home_is_told() -> None:
    with pytest.raises(FetchError, match="no connection"):
        fetcher().get("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "localhost", "",
    ],
)  # fmt: skip
def test_a_private_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "ftp://example.org/",
        "gopher://example.org/", "http:///x", "http://exa mple.org/", "//example.org/", "http://example.org:99999/", "",
    ],
)  # fmt: skip
def test_an_address_that_is_not_asked(url: str) -> None:
    with pytest.raises(AddressError):
        target(url, allow_private=False)


def test_a_host_with_one_private_address_among_public_ones_is_refused() -> None:
    with pytest.raises(AddressError, match="no public address"):
        target("http://x.example/", allow_private=False, resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    # The first host counts as public here, and is reached where the test's server listens.
    site.at("/a", moves("http://inside.example/secret"))
    site.at("/secret", "secret")
    known = {"outside.example": ["93.184.216.34"], "inside.example": ["10.1.2.3"]}
    asked = []

    class Redirected(Fetcher):
        def _ask(self, to, headers, seconds):  # type: ignore[no-untyped-def]
            asked.append(to.addresses)
            local = type(to)(to.url, to.scheme, to.host, int(site.base.rpartition(":")[2]), to.path, ("127.0.0.1",))
            return super()._ask(local, headers, seconds)

    with pytest.raises(FetchError, match="no public address"):
        Redirected("x", limits=LIMITS, resolve=lambda host, _: known[host]).get("http://outside.example/a")
    assert asked == [("93.184.216.34",)]


def test_a_name_is_looked_up_once_and_then_held_to(site: Site) -> None:
    """A name server that gives a public address to the check and a private one to the connection gains nothing."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    looked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked.append(host)
        return answers[min(len(looked), len(answers)) - 1]

    port = site.base.rpartition(":")[2]
    site.at("/a", "here")
    assert fetcher(resolve=resolve).get(f"http://turncoat.example:{port}/a").body == b"here"
    assert looked == ["turncoat.example"]
    assert site.asked[0][1]["host"] == f"turncoat.example:{port}"


def test_an_article_has_one_key_however_its_link_is_dressed() -> None:
    plain = "https://example.org/a?id=3"
    assert article_key("HTTPS://Example.org/a?utm_source=rss&id=3#top") == plain
    assert article_key("https://example.org/a?id=4") != plain
