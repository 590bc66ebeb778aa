"""What stands before every request: host, size, pace, token; and the headers on every answer."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from legation.errors import LegationError
from legation.web.session import VISIT, person_of, proves
from legation.web.settings import Settings, is_loopback

# Nothing from elsewhere and nothing inline: text that slips past the escaping still cannot run or call home.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
OPEN_PATHS = ("/login", "/static/", "/healthz")
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_ADDRESSES = 10_000  # remembered by the pace keeper


class Refusal(LegationError):
    """A request that is not let through, with the status to say so."""

    def __init__(self, status: int, message: str, *, wait: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.wait = wait


class Pace:
    """How many of a kind an address may ask in a minute: a bucket that fills steadily."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def allow(self, kind: str, address: str, per_minute: int) -> float:
        """0 when there is one left; else the seconds until there is."""
        now, key = self._clock(), (kind, address)
        left, before = self._left.pop(key, (float(per_minute), now))
        left = min(float(per_minute), left + (now - before) * per_minute / 60)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        while len(self._left) > _ADDRESSES:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / per_minute


class Guard:
    """The ASGI layer around the application."""

    def __init__(self, app: ASGIApp, settings: Settings, tell: Callable[[Request, Exception], ASGIApp]) -> None:
        self._app = app
        self._settings = settings
        self._tell = tell
        self.pace = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it with a refusal; either way the answer has the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        safe = with_headers(send, https=self._settings.https)
        ask_for_json(scope)
        request = Request(scope, receive)
        try:
            self._check(request)
        except Refusal as refusal:
            await self._tell(request, refusal)(scope, receive, safe)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await safe(message)

        try:
            await self._app(scope, _Limited(receive, self._settings.most_upload), watched)
        except Exception as err:  # what no page foresaw is told as a page too, with the same headers
            if begun:
                raise
            await self._tell(request, err)(scope, receive, safe)

    def _check(self, request: Request) -> None:
        settings = self._settings
        check_host(request, settings)
        address = request.client.host if request.client else "?"
        if not is_loopback(address):
            self._slow("reads", address, settings.reads_per_minute)
        changing = request.method in CHANGING
        if changing:
            check_origin(request)
            self._slow("changes", address, settings.changes_per_minute)
            if request.url.path.startswith("/code"):
                self._slow("codings", address, settings.codings_per_minute)
            if request.url.path == "/login":
                self._slow("logins", address, settings.logins_per_minute)
            length = request.headers.get("content-length", "0")
            if not length.isdigit() or int(length) > settings.most_upload:
                raise Refusal(413, f"At most {settings.most_upload // 1_000_000} MB can be sent at once.")
        person = person_of(request, settings)
        request.state.person = person
        if not person.known and not request.url.path.startswith(OPEN_PATHS):
            raise Refusal(401, "This desk needs a token.")

    def _slow(self, kind: str, address: str, per_minute: int) -> None:
        wait = self.pace.allow(kind, address, per_minute)
        if wait:
            raise Refusal(
                429, "That was more than this desk takes in a minute. Try again in a moment.", wait=int(wait) + 1
            )


class _Limited:
    """The body of a request, cut off when it grows over the limit whatever its header said."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._most:
            raise Refusal(413, f"At most {self._most // 1_000_000} MB can be sent at once.")
        return message


def ask_for_json(scope: Scope) -> None:
    """`/events/x.json` is `/events/x`, asked for as JSON; the address as it was stays in the state."""
    path = scope["path"]
    state = scope.setdefault("state", {})
    state["json"] = path.endswith(".json") and path != "/openapi.json"
    if state["json"]:
        scope["path"] = path.removesuffix(".json") or "/"
        if scope["path"] in ("/index", "/today"):
            scope["path"] = "/"


def with_headers(send: Send, *, https: bool) -> Send:
    """`send` with the security headers on every answer."""

    async def safe(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
            if https:
                headers.setdefault("strict-transport-security", "max-age=31536000")
        await send(message)

    return safe


def check_host(request: HTTPConnection, settings: Settings) -> None:
    """Refuse a host name that is not ours: another site's name that resolves to this machine reads nothing."""
    host = host_of(request.headers)
    if is_loopback(host) or host == settings.host.strip("[]") or host in settings.hosts:
        return
    if settings.host in ("0.0.0.0", "::") and not settings.hosts and settings.tokens:
        return  # listening everywhere under names it cannot know; the token guards it
    raise Refusal(421, f"This desk is not served under the name '{host}'. Name it with --allow-host.")


def host_of(headers: Headers) -> str:
    """The host name a request was made to, without its port."""
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def check_origin(request: HTTPConnection) -> None:
    """Refuse a change that a page of another site asks for."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise Refusal(403, "This change was asked for by another site.")
    origin = request.headers.get("origin")
    if origin is not None:
        try:
            asked = urlsplit(origin).netloc
        except ValueError:
            asked = ""
        if asked != request.headers.get("host", ""):
            raise Refusal(403, "This change was asked for by another site.")


async def meant(request: Request) -> None:
    """Refuse a change without the proof that a page of ours asked for it (a dependency of every change)."""
    settings: Settings = request.app.state.settings
    if request.state.person.by_header:
        return
    given = request.headers.get("x-csrf-token")
    if given is None:
        kind = request.headers.get("content-type", "")
        form = await request.form() if kind.startswith(("multipart/", "application/x-www-form-urlencoded")) else {}
        value = form.get("csrf", "")
        given = value if isinstance(value, str) else ""
    if not proves(given, request.cookies.get(VISIT, ""), settings):
        raise Refusal(403, "The page this came from is no longer valid. Go back, load it again, and repeat the change.")


def inside(address: str | None, otherwise: str = "/") -> str:
    """An address to go on to, if it is one of this desk; an address elsewhere gives `otherwise`."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    if any(ord(ch) < 32 or ch == "\\" for ch in address):
        return otherwise
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else quote(address, safe="/?&=%#+,:;@!$'()*~-._")
