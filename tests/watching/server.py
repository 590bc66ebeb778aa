"""A server on 127.0.0.1 that misbehaves where it is told to."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]
STORY = "The envoy of Marrah met the governor of Lisk on Monday, and both called for an end of the fighting."


def page(title: str = "Envoy meets governor") -> str:
    body = "".join(f"<p>{STORY} It was meeting number {i} of the year.</p>" for i in range(5))
    head = f"<title>{title}</title><meta property='article:published_time' content='2021-07-09'>"
    story = f"<article><h1>{title}</h1>{body}</article>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{story}</body></html>"


def rss(*items: str, title: str = "Lind Courier") -> str:
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"


def item(link: str | None, title: str = "Envoy meets governor", body: str = "") -> str:
    where = f"<link>{link}</link>" if link else ""
    return f"<item><title>{title}</title>{where}<description>{body}</description></item>"


@dataclass
class Site:
    """What the server answers, and what it was asked."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    base: str = ""

    def paths(self, prefix: str = "") -> list[str]:
        return [p for p, _ in self.asked if p.startswith(prefix) and p != "/robots.txt"]

    def at(self, path: str, answer: Answer | str | bytes, **headers: str) -> str:
        self.answers[path] = answer if callable(answer) else says(answer, 200, **headers)
        return self.base + path


class Handler(BaseHTTPRequestHandler):
    """One request."""

    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        self.site.times.append(time.monotonic())
        answer = self.site.answers.get(self.path)
        with suppress(OSError):
            if answer is None:
                says("nothing", 404)(self)
            else:
                answer(self)

    def log_message(self, format: str, *args: object) -> None:
        pass


def says(body: str | bytes, status: int = 200, /, **headers: str) -> Answer:
    data = body.encode() if isinstance(body, str) else body

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def raw(*parts: bytes, pause: float = 0.0, then: Callable[[], bool] = lambda: False) -> Answer:
    """Bytes as they are, with a pause between the parts, the last again as long as `then` says so."""

    def answer(handler: Handler) -> None:
        for part in parts:
            handler.wfile.write(part)
            time.sleep(pause)
        while then():
            handler.wfile.write(parts[-1])
            time.sleep(pause)
        handler.close_connection = True

    return answer


def moves(place: str, status: int = 302) -> Answer:
    return says("", status, Location=place)


def bomb(size: int) -> bytes:
    return gzip.compress(b"0" * size)


@contextmanager
def serving(cert: str | None = None, key: str | None = None) -> Iterator[Site]:
    site = Site()
    handler = type("SiteHandler", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
