"""A page for people or JSON for programs, at the same address; and what errors look like in both."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi.exceptions import RequestValidationError
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from legation.errors import BadDateError, InputPathError, LegationError, MissingExtraError, UnknownFormatError
from legation.model import plain
from legation.store import StoreError
from legation.web import words
from legation.web.assets import static_version
from legation.web.security import Refusal, inside
from legation.web.session import VISIT, new_visit, proof
from legation.web.settings import Settings

log = logging.getLogger("legation.web")
THEMES = ("auto", "light", "dark")
THEME = "legation_theme"

# Each family of errors and the status that tells it; the first that fits.
_STATUSES: tuple[tuple[type[LegationError], int], ...] = (
    (BadDateError, 422),
    (UnknownFormatError, 404),
    (MissingExtraError, 501),
    (InputPathError, 404),
    (StoreError, 503),
    (LegationError, 400),
)
_SAID = {
    400: "That could not be done",
    401: "A token is needed",
    403: "Not allowed",
    404: "Nothing is there",
    405: "That cannot be asked here",
    409: "It has changed in the meantime",
    413: "That is too much at once",
    421: "Not this desk",
    422: "That was not understood",
    429: "A moment, please",
    500: "Something broke",
    501: "A part is not installed",
    503: "Not ready yet",
}


class NotThereError(LegationError):
    """Something was asked for that the record does not hold."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"There is no {what} '{name[:120]}' here. It may have been taken out, or the link is wrong.")


class BadRequestError(LegationError):
    """A form or an address that says something that cannot be."""


class NotReadyError(LegationError):
    """Something that is still being loaded."""


class Json(Response):
    """A record as JSON, what is not known left out."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        try:
            return msgspec.json.encode(plain(content) if not isinstance(content, (dict, list)) else content)
        except UnicodeEncodeError:
            import json

            return json.dumps(content).encode()


@cache
def environment() -> Environment:
    """The templates: everything that is put in is escaped, and a name that is not there is an error."""
    env = Environment(
        loader=PackageLoader("legation.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(words.FILTERS)
    env.globals.update(words.GLOBALS)
    return env


def wants_json(request: Request) -> bool:
    """Whether a program asks: an address that ends in .json, or JSON before HTML in the Accept header."""
    if getattr(request.state, "json", False):
        return True
    accepts = request.headers.get("accept", "")
    at_json, at_html = accepts.find("application/json"), accepts.find("text/html")
    return at_json >= 0 and (at_html < 0 or at_json < at_html)


def answer(
    request: Request,
    template: str,
    record: Mapping[str, Any] | Callable[[], Mapping[str, Any]],
    *,
    status: int = 200,
    **context: Any,
) -> Response:
    """The record as JSON, or the page made of it; `context` is what only the page needs.

    A record that takes long to put together is given as a function, and the page does without it.
    """
    if wants_json(request):
        made = record() if callable(record) else record
        return Json(made, status_code=status, headers={"vary": "accept"})
    record = {} if callable(record) else record
    return page(request, template, status=status, record=record, **context)


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """An HTML page with everything that each page has."""
    settings: Settings = request.app.state.settings
    visit = request.cookies.get(VISIT)
    fresh = visit is None
    visit = visit or new_visit()
    theme = request.cookies.get(THEME, "auto")
    frame = {
        "static": f"/static/{static_version()}",
        "person": getattr(request.state, "person", None),
        "csrf": proof(visit, settings),
        "theme": theme if theme in THEMES else "auto",
        "here": request.url.path,
        "address_here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "query": dict(request.query_params),
        "needs_token": settings.needs_token,
        "demo": settings.demo,
        "loading": request.app.state.loading(),
        "section": "",
    }
    html = environment().get_template(template).render(**{**frame, **context})
    response = HTMLResponse(html, status_code=status, headers={"vary": "accept, cookie"})
    if fresh:
        set_cookie(response, request, VISIT, visit)
    return response


def set_cookie(response: Response, request: Request, name: str, value: str, *, days: int | None = None) -> None:
    """A cookie that scripts cannot read and other sites cannot send."""
    response.set_cookie(
        name,
        value,
        max_age=days * 86_400 if days else None,
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.https,
    )


def go(request: Request, address: str, *, status: int = 303, record: Mapping[str, Any] | None = None) -> Response:
    """On to another page of this desk after a change; a program gets the record of the change instead."""
    if wants_json(request):
        return Json({**(record or {}), "location": address})
    return RedirectResponse(inside(address), status_code=status)


def told(request: Request, status: int, message: str, **more: Any) -> Response:
    """An error as a page or as JSON."""
    said = _SAID.get(status) or HTTPStatus(status).phrase
    headers = {"retry-after": str(more["wait"])} if more.get("wait") else None
    if wants_json(request):
        body = {"error": said, "message": message, "status": status, **more}
        return Json(body, status_code=status, headers=headers)
    if status == 401:
        return RedirectResponse(f"/login?next={_next(request)}", status_code=303)
    response = page(request, "error.html", status=status, said=said, message=message, code=status, **more)
    if headers:
        response.headers.update(headers)
    return response


def _next(request: Request) -> str:
    from urllib.parse import quote

    address = request.url.path if request.method == "GET" else "/"
    return quote(address + (f"?{request.url.query}" if request.url.query else ""), safe="")


async def on_error(request: Request, err: Exception) -> Response:
    """The answer to each family of errors; what was not foreseen is logged under a number that is shown."""
    if isinstance(err, HTTPException):
        if isinstance(err.__cause__, Refusal):
            return told(request, err.__cause__.status, str(err.__cause__))
        message = err.detail if err.detail and err.status_code not in (404, 405) else _PLAIN.get(err.status_code, "")
        return told(request, err.status_code, message or "That could not be done.")
    if isinstance(err, RequestValidationError):
        return told(request, 422, _what_is_wrong(err))
    if isinstance(err, Refusal):
        return told(request, err.status, str(err), wait=err.wait)
    if isinstance(err, NotThereError):
        return told(request, 404, str(err))
    if isinstance(err, NotReadyError):
        making = request.app.state.making
        if making is not None and not wants_json(request):
            return page(request, "job.html", status=503, job=making, record=making.record())
        return told(request, 503, str(err), wait=2)
    if isinstance(err, LegationError):
        status = next(status for kind, status in _STATUSES if isinstance(err, kind))
        return told(request, status, str(err))
    number = secrets.token_hex(4)
    log.exception("%s %s failed (%s)", request.method, request.url.path, number, exc_info=err)
    message = f"The desk could not answer this. Its log says why, under the number {number}."
    return told(request, 500, message, number=number)


_PLAIN = {
    404: "There is no page at this address. It may have moved, or the link is wrong.",
    405: "This address does not take that kind of request.",
}


def _what_is_wrong(err: RequestValidationError) -> str:
    parts = []
    for each in err.errors()[:5]:
        where = ".".join(str(part) for part in each["loc"] if part not in ("query", "body", "path"))
        parts.append(f"{where or 'the request'}: {str(each['msg'])[:1].lower()}{str(each['msg'])[1:]}")
    return "; ".join(parts) + "."
