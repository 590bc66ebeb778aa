"""Alerts arrive once each, at a file, a feed, a mail server and a webhook, also after failures."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from legation.situations.alert_rules import Delivery
from legation.situations.alerts import Alert
from legation.situations.citing import Citation
from legation.situations.delivery import Delivered, DeliveryLog, deliver

NOW = "2021-08-31T12:00:00+00:00"
CITATION = Citation("d1", 0, "Pyongyang threatened Seoul <again>.", "Amu Wire", "2021-04-02", "T", "https://example.org/d1")
ALERT = Alert("k1", "Korea", "THREATEN, PRK GOV to KOR GOV", "Words & more", "2021-04-02", (CITATION,))
OTHER = Alert("k2", "Pledges", "Overdue: USA", "Due 2021-04-01.", "2021-04-02", (), to=("feed",))


def send(
    alerts: list[Alert], deliveries: list[Delivery], home: Path, waits: list[float] | None = None
) -> tuple[Delivered, ...]:
    waited = waits if waits is not None else []
    return deliver(alerts, deliveries, DeliveryLog(home / "log"), now=NOW, home=home, wait=waited.append)


class Web:
    """A web server on loopback that answers with the statuses it is given, then with 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.bodies: list[dict[str, Any]] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = web.statuses.pop(0) if web.statuses else 200
                if status == 200:
                    web.bodies.append(json.loads(body))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    thread = threading.Thread(target=web.server.serve_forever, args=(0.02,))
    thread.start()
    yield web
    web.server.shutdown()
    thread.join()
    web.server.server_close()


class Mail:
    """A mail server on loopback that speaks as much SMTP as a sender needs; it turns the first messages away."""

    def __init__(self, refuse: int = 0) -> None:
        self.refuse = refuse
        self.messages: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(5)
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)

    def _talk(self, stream: Any) -> None:
        def answer(text: str) -> None:
            stream.write(text.encode() + b"\r\n")
            stream.flush()

        answer("220 here")
        while line := stream.readline().decode():
            word = line.split()[0].upper()
            if word == "DATA":
                answer("354 go on")
                lines = []
                while (part := stream.readline().decode()) != ".\r\n":
                    lines.append(part)
                self.messages.append("".join(lines))
                answer("250 kept")
            elif word == "QUIT":
                answer("221 bye")
                return
            elif word == "MAIL" and self.refuse:
                self.refuse -= 1
                answer("451 later")
            else:
                answer("250 yes")

    def close(self) -> None:
        self.socket.close()


@pytest.fixture
def mail() -> Iterator[Mail]:
    server = Mail()
    yield server
    server.close()


def mail_to(server: Mail) -> Delivery:
    to = ["a@example.org", "b@example.org"]
    options = {"host": "127.0.0.1", "port": server.port, "from": "desk@example.org", "to": to}
    return Delivery("mail", "mail", options)


def test_a_file_gets_a_line_for_each_alert_once(tmp_path: Path) -> None:
    delivery = Delivery("file", "file", {"path": "alerts.jsonl"})

    first = send([ALERT], [delivery], tmp_path)
    second = send([ALERT], [delivery], tmp_path)

    lines = [json.loads(line) for line in (tmp_path / "alerts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["key"] for line in lines] == ["k1"]
    assert lines[0]["sources"][0]["text"] == CITATION.text
    assert [line.error for line in first] == [None]
    assert second == ()


def test_a_feed_is_read_by_a_feed_reader_the_newest_first(tmp_path: Path) -> None:
    delivery = Delivery("feed", "feed", {"path": "alerts.xml", "title": "My alerts"})

    send([ALERT], [delivery], tmp_path)
    send([ALERT, OTHER], [delivery], tmp_path)

    feed = feedparser.parse((tmp_path / "alerts.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "My alerts"
    assert [e.title for e in feed.entries] == [OTHER.title, ALERT.title]
    assert feed.entries[1].link == "https://example.org/d1"
    assert "Seoul <again>" in feed.entries[1].content[0].value
    ET.parse(tmp_path / "alerts.xml")


def test_a_feed_keeps_no_character_that_xml_lacks(tmp_path: Path) -> None:
    bad = Alert("k3", "r", "bell \x07 and half \ud800", "t", "2021-04-02")

    [line] = send([bad], [Delivery("feed", "feed", {"path": "a.xml"})], tmp_path)

    assert line.error is None
    assert feedparser.parse((tmp_path / "a.xml").read_bytes()).entries[0].title == "bell  and half"


def test_a_broken_feed_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<feed", encoding="utf-8")

    [line] = send([ALERT], [Delivery("feed", "feed", {"path": "a.xml"})], tmp_path)

    assert "no feed" in (line.error or "")
    assert (tmp_path / "a.xml").read_text(encoding="utf-8") == "<feed"


def test_a_webhook_is_tried_again_until_it_takes_the_alert(tmp_path: Path, web: Web) -> None:
    web.statuses = [503, 500]
    waits: list[float] = []

    [line] = send([ALERT], [Delivery("hook", "webhook", {"url": web.url})], tmp_path, waits)

    assert (line.tries, line.error) == (3, None)
    assert waits == [1.0, 2.0]
    assert [body["key"] for body in web.bodies] == ["k1"]
    assert web.bodies[0]["text"].startswith(ALERT.title)


def test_what_failed_is_sent_with_the_next_check_and_then_no_more(tmp_path: Path, web: Web) -> None:
    web.statuses = [500, 500, 500]
    hook = Delivery("hook", "webhook", {"url": web.url})

    outcomes = [[line.error is None for line in send([ALERT], [hook], tmp_path)] for _ in range(3)]

    assert outcomes == [[False], [True], []]
    assert len(web.bodies) == 1
    assert [line.error is None for line in DeliveryLog(tmp_path / "log").lines()] == [False, True]


def test_one_place_that_fails_does_not_keep_the_alert_from_the_others(tmp_path: Path, web: Web) -> None:
    dead = Delivery("dead", "webhook", {"url": "http://127.0.0.1:1/", "timeout": 1})
    good = Delivery("hook", "webhook", {"url": web.url})

    lines = send([ALERT], [dead, good], tmp_path)

    assert [(line.to, line.error is None) for line in lines] == [("dead", False), ("hook", True)]


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/x"])
def test_a_webhook_is_an_address_of_the_web(tmp_path: Path, url: str) -> None:
    [line] = send([ALERT], [Delivery("hook", "webhook", {"url": url})], tmp_path)

    assert "no address of the web" in (line.error or "")


def test_a_mail_arrives_once(tmp_path: Path, mail: Mail) -> None:
    send([ALERT], [mail_to(mail)], tmp_path)
    send([ALERT], [mail_to(mail)], tmp_path)

    assert len(mail.messages) == 1
    assert "Subject: [Legation] THREATEN, PRK GOV to KOR GOV" in mail.messages[0]
    assert "To: a@example.org, b@example.org" in mail.messages[0]
    assert "Message-ID: <k1@legation.invalid>" in mail.messages[0]


def test_a_mail_server_that_is_busy_is_asked_again(tmp_path: Path) -> None:
    server = Mail(refuse=1)
    try:
        [line] = send([ALERT], [mail_to(server)], tmp_path)
    finally:
        server.close()

    assert (line.tries, line.error) == (2, None)
    assert len(server.messages) == 1


def test_a_password_that_is_not_there_is_said(tmp_path: Path, mail: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEGATION_SMTP_PASSWORD", raising=False)
    options = {**mail_to(mail).options, "user": "desk"}

    [line] = send([ALERT], [Delivery("mail", "mail", options)], tmp_path)

    assert "LEGATION_SMTP_PASSWORD" in (line.error or "")


def test_a_rule_goes_where_it_says(tmp_path: Path) -> None:
    places = [Delivery("file", "file", {"path": "a.jsonl"}), Delivery("feed", "feed", {"path": "a.xml"})]

    lines = send([OTHER], places, tmp_path)

    assert [line.to for line in lines] == ["feed"]


def test_a_log_line_cut_off_is_passed_over(tmp_path: Path) -> None:
    file = Delivery("file", "file", {"path": "a.jsonl"})
    send([ALERT], [file], tmp_path)
    with (tmp_path / "log").open("a", encoding="utf-8") as log:
        log.write('{"key": "k2", "ru')

    assert send([ALERT], [file], tmp_path) == ()


def test_two_checks_at_once_send_each_alert_once(tmp_path: Path) -> None:
    file = Delivery("file", "file", {"path": "a.jsonl"})
    many = [Alert(f"k{n}", "r", "t", "x", "2021-04-02") for n in range(20)]
    threads = [threading.Thread(target=send, args=(many, [file], tmp_path)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len({json.loads(line)["key"] for line in lines}) == 20
