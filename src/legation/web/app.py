"""The application: the pages, what stands before them, and what runs beside them."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

import legation
from legation.errors import LegationError
from legation.web import documented
from legation.web.answers import environment, on_error
from legation.web.background import CoderInWaiting, CodesDocuments, Jobs, Trays
from legation.web.pages import about, code
from legation.web.security import Guard
from legation.web.settings import Settings, checked

ROUTERS = (about.router, code.router)


def create_app(
    settings: Settings | None = None,
    *,
    make_coder: Callable[[], CodesDocuments] | None = None,
) -> FastAPI:
    """The desk as an ASGI application; raises a LegationError where the settings would leave it open."""
    settings = checked(settings or Settings())
    app = FastAPI(title="Legation", version=legation.__version__, docs_url=None, redoc_url=None, openapi_url=None)
    coder = CoderInWaiting(make_coder or _usual_coder)
    app.state.settings = settings
    app.state.coder = coder
    app.state.jobs = Jobs()
    app.state.trays = Trays()
    app.state.loading = lambda: coder.is_loading
    for router in ROUTERS:
        app.include_router(router)
    for kind in (HTTPException, RequestValidationError, LegationError):
        app.add_exception_handler(kind, on_error)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    app.add_middleware(Guard, settings=settings, tell=_told)
    app.openapi = lambda: documented.describe(app)  # type: ignore[method-assign]
    environment()
    coder.start()
    return app


def _usual_coder() -> CodesDocuments:
    from legation.coder import Coder  # brings the parser: a second, on a thread of its own

    return Coder()


def _told(request: Request, err: Exception) -> ASGIApp:
    """The answer to a request that was not let through, or that failed."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response: Response = await on_error(request, err)
        await response(scope, receive, send)

    return answer
