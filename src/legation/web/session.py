"""Who is asking: signed cookies, tokens, and the proof that a change was meant."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from legation.web.settings import Settings

LOGIN = "legation_login"
VISIT = "legation_visit"
NAME = "legation_name"
DAYS = 30


@dataclass(frozen=True, slots=True)
class Person:
    """Who a request comes from. `name` None: somebody who has not said."""

    name: str | None
    known: bool  # let in: by token, or because no token is needed
    by_header: bool = False  # an Authorization header, which no other site can make a browser send


def person_of(request: HTTPConnection, settings: Settings) -> Person:
    """The person by header, by login cookie, or by the name they chose where no token is needed."""
    bearer = request.headers.get("authorization", "")
    if settings.tokens and bearer.lower().startswith("bearer "):
        name = who_has(bearer[7:].strip(), settings)
        return Person(name, name is not None, by_header=name is not None)
    if settings.tokens:
        name = opened(request.cookies.get(LOGIN, ""), settings)
        return Person(name, name is not None)
    return Person(chosen_name(request), True)


def chosen_name(request: HTTPConnection) -> str | None:
    """The reviewer's name out of its cookie."""
    raw = request.cookies.get(NAME, "")
    try:
        name = base64.urlsafe_b64decode(raw.encode("ascii")).decode("utf-8").strip()
    except ValueError:
        return None
    return name[:60] or None


def name_cookie(name: str) -> str:
    """A name as a cookie can carry it."""
    return base64.urlsafe_b64encode(name.strip()[:60].encode()).decode()


def who_has(token: str, settings: Settings) -> str | None:
    """Whose token this is; every one is compared, so that the time taken says nothing."""
    found = None
    for name, known in settings.tokens:
        if hmac.compare_digest(token.encode(), known.encode()):
            found = name
    return found


def sealed(name: str, settings: Settings, *, now: float | None = None) -> str:
    """A login cookie: the name and the day it ends, signed."""
    until = int((now or time.time()) + DAYS * 86_400)
    body = f"{name_cookie(name)}.{until}"
    return f"{body}.{_signature(settings, 'login', body)}"


def opened(cookie: str, settings: Settings, *, now: float | None = None) -> str | None:
    """The name in a login cookie, if it is ours and has not ended."""
    body, _, signature = cookie.rpartition(".")
    if not body or not hmac.compare_digest(signature, _signature(settings, "login", body)):
        return None
    name, _, until = body.partition(".")
    if not until.isdigit() or int(until) < (now or time.time()):
        return None
    return base64.urlsafe_b64decode(name.encode()).decode()


def new_visit() -> str:
    """What a browser is told to come back with; the proofs of changes hang on it."""
    return secrets.token_urlsafe(24)


def proof(visit: str, settings: Settings) -> str:
    """What a form carries to show that it came from a page of ours; another each time, so it compresses to nothing."""
    once = secrets.token_urlsafe(12)
    return f"{once}.{_signature(settings, 'proof', f'{visit}.{once}')}"


def proves(given: str, visit: str, settings: Settings) -> bool:
    """Whether `given` is a proof made for this visit."""
    once, _, signature = given.partition(".")
    return bool(visit) and hmac.compare_digest(signature, _signature(settings, "proof", f"{visit}.{once}"))


def _signature(settings: Settings, use: str, body: str) -> str:
    digest = hmac.new(settings.key, f"{use}:{body}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
