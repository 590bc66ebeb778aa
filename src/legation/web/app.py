"""The application: the pages, what stands before them, and what runs beside them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path as FilePath

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

import legation
from legation.errors import LegationError
from legation.keeping import open_store
from legation.store import Store
from legation.web import documented
from legation.web.answers import environment, on_error
from legation.web.background import CoderInWaiting, CodesDocuments, Job, Jobs, Trays
from legation.web.desk import Desk
from legation.web.pages import (
    about,
    actor,
    charts,
    code,
    documents,
    event,
    export,
    review,
    rounds,
    search,
    situation,
    sources,
    today,
)
from legation.web.security import Guard
from legation.web.settings import Settings, checked

ROUTERS = (
    today.router, situation.router, charts.router, search.router, export.router, event.router, documents.router,
    actor.router,
    sources.router, review.router, rounds.router, code.router, about.router,
)  # fmt: skip

DEFAULT_STORE = "legation.db"
THREADS = 100  # requests that are worked on or wait for an answer at once
FIRST_PAGE = 1.5  # seconds that are left to the first page before the coder is loaded


def create_app(
    settings: Settings | None = None,
    *,
    make_coder: Callable[[], CodesDocuments] | None = None,
    store: Store | None = None,
) -> FastAPI:
    """The desk as an ASGI application; raises a LegationError where the settings would leave it open.

    A `store` that is already open is used as it is; else the one of the settings is opened.
    """
    settings = checked(settings or Settings())
    app = FastAPI(
        title="Legation", version=legation.__version__, docs_url=None, redoc_url=None, openapi_url=None,
        lifespan=_running,
    )  # fmt: skip
    coder = CoderInWaiting(make_coder or _usual_coder)
    app.state.settings = settings
    app.state.coder = coder
    app.state.jobs = Jobs()
    app.state.trays = Trays()
    app.state.loading = lambda: coder.is_loading
    app.state.making = None  # the work that makes the record, while it is not whole
    _lay_out(app, settings, store)
    for router in ROUTERS:
        app.include_router(router)
    for kind in (HTTPException, RequestValidationError, LegationError):
        app.add_exception_handler(kind, on_error)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    app.add_middleware(Guard, settings=settings, tell=_told)
    app.openapi = lambda: documented.describe(app)  # type: ignore[method-assign]
    environment()
    coder.start(after=0.0 if make_coder else FIRST_PAGE)
    return app


@contextlib.asynccontextmanager
async def _running(_app: FastAPI) -> AsyncIterator[None]:
    # Readers that wait for a heavy answer hold a thread each, and must leave some to those who ask for a light one.
    current_default_thread_limiter().total_tokens = THREADS
    yield


def _lay_out(app: FastAPI, settings: Settings, store: Store | None) -> None:
    """Open the record; that of the example corpus is made first where it is not there yet."""
    app.state.desk = None
    path = settings.store or DEFAULT_STORE
    if store is None and settings.demo:
        from legation.web.demo import demo_path, make_demo

        made = FilePath(settings.store) if settings.store else demo_path()
        if not made.exists():
            job = Job("Coding the example corpus")

            def work(job: Job) -> str:
                make_demo(made, app.state.coder, job)
                app.state.desk = Desk(open_store(made))
                return "/"

            app.state.making = app.state.jobs.run(job, work)
            return
        path = str(made)
    app.state.desk = Desk(store or open_store(path))
    if store is None:
        threading.Thread(target=_warm, args=(app.state.desk,), name="legation-warm", daemon=True).start()


def _warm(desk: Desk) -> None:
    """Ask beforehand what the first page will, so that it opens at once on a large record too."""
    today.warm(desk)
    actor.offices_of("")


def _usual_coder() -> CodesDocuments:
    from legation.coder import Coder  # brings the parser: a second, on a thread of its own

    return Coder()


def _told(request: Request, err: Exception) -> ASGIApp:
    """The answer to a request that was not let through, or that failed."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response: Response = await on_error(request, err)
        await response(scope, receive, send)

    return answer
