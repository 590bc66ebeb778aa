"""What is no record: style and scripts, sign-in, theme, the reviewer's name, the description of the API, progress."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from legation.web.answers import THEME, THEMES, BadRequestError, Json, NotThereError, answer, go, page, set_cookie
from legation.web.assets import static_file
from legation.web.documented import changes, gives
from legation.web.security import Refusal, inside, meant
from legation.web.session import DAYS, LOGIN, NAME, name_cookie, sealed, who_has

router = APIRouter(tags=["Desk"])
YEAR = 365


@router.get("/static/{version}/{name:path}", include_in_schema=False)
def static(version: str, name: str) -> Response:
    """A file of the desk's own."""
    found = static_file(name)
    if found is None:
        raise NotThereError("file", name)
    kind, body = found
    return Response(body, media_type=kind, headers={"cache-control": "public, max-age=31536000, immutable"})


@router.get("/favicon.ico", include_in_schema=False)
def favicon() -> Response:
    """The sign in a browser's tab."""
    found = static_file("sign.svg")
    return Response(found[1] if found else b"", media_type="image/svg+xml")


@router.get("/healthz", summary="Whether the desk answers", responses=gives("It does."))
def health(request: Request) -> Response:
    """Whether the desk answers, and whether its coder is loaded."""
    return Json({"status": "ok", "coder": "loading" if request.app.state.loading() else "ready"})


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description of the API."""
    return Json(request.app.openapi())


@router.get("/api", summary="The API for people", include_in_schema=False)
def api(request: Request) -> Response:
    """Every address, what it takes and what it gives."""
    schema = request.app.openapi()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            row = {**operation, "path": path, "method": method.upper()}
            groups.setdefault((operation.get("tags") or ["Desk"])[0], []).append(row)
    if getattr(request.state, "json", False):
        return Json(schema)
    return page(request, "api.html", groups=groups, description=schema["info"]["description"])


@router.get("/help", summary="Keys and words", responses=gives("The page that explains the desk."))
def help_page(request: Request) -> Response:
    """The keys, the words of the record, and what the marks mean."""
    return answer(request, "help.html", {"keys": KEYS, "types": _types()}, section="help")


@router.get("/login", include_in_schema=False)
def login_page(request: Request, next: str = "/") -> Response:
    """Where a token is given."""
    return page(request, "login.html", next=inside(next), wrong=False)


@router.post("/login", include_in_schema=False, dependencies=[Depends(meant)])
def login(request: Request, token: Annotated[str, Form(max_length=500)] = "", next: str = "/") -> Response:
    """Take a token for a login cookie."""
    settings = request.app.state.settings
    who = who_has(token.strip(), settings)
    if who is None:
        return page(request, "login.html", status=403, next=inside(next), wrong=True)
    response = RedirectResponse(inside(next), status_code=303)
    set_cookie(response, request, LOGIN, sealed(who, settings), days=DAYS)
    return response


@router.post("/logout", summary="Sign out", responses=changes("Signed out."), dependencies=[Depends(meant)])
def logout(request: Request) -> Response:
    """Forget the login cookie."""
    response = go(request, "/login" if request.app.state.settings.needs_token else "/")
    response.delete_cookie(LOGIN)
    return response


@router.post("/theme", summary="Choose light or dark", responses=changes("Chosen."), dependencies=[Depends(meant)])
def theme(
    request: Request,
    theme: Annotated[str, Form(max_length=10)] = "auto",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Keep light, dark, or what the system has."""
    if theme not in THEMES:
        raise BadRequestError(f"There is no theme '{theme}'. Choose one of: {', '.join(THEMES)}.")
    response = go(request, inside(back))
    set_cookie(response, request, THEME, theme, days=YEAR)
    return response


@router.post("/name", summary="Say who reviews", responses=changes("Said."), dependencies=[Depends(meant)])
def name(
    request: Request,
    name: Annotated[str, Form(max_length=60)] = "",
    back: Annotated[str, Form(max_length=2000)] = "/review",
) -> Response:
    """Keep the name under which changes are written down; where tokens are used it is the token's."""
    if request.app.state.settings.needs_token:
        raise Refusal(403, "Here your name comes with your token.")
    if not name.strip():
        raise BadRequestError("A name is needed: changes are written down under it.")
    response = go(request, inside(back, "/review"), record={"name": name.strip()})
    set_cookie(response, request, NAME, name_cookie(name), days=YEAR)
    return response


@router.get("/jobs/{job}", summary="Progress of long work", tags=["Code"], responses=gives("How far it is."))
def job(request: Request, job: Annotated[str, Path(max_length=60)]) -> Response:
    """How far a piece of long work is; its result's address when it is done."""
    found = request.app.state.jobs.get(job)
    record = found.record()
    if found.state == "done" and found.location and not record["message"] and not _json(request):
        return RedirectResponse(inside(found.location), status_code=303)
    return answer(request, "job.html", record, job=found)


@router.post(
    "/jobs/{job}/cancel",
    summary="Stop long work",
    tags=["Code"],
    responses=changes("It stops after the document it is at."),
    dependencies=[Depends(meant)],
)
def cancel(request: Request, job: Annotated[str, Path(max_length=60)]) -> Response:
    """Stop it; what is done stays."""
    found = request.app.state.jobs.get(job)
    found.stop.set()
    found.ended.wait(2)
    return go(request, f"/jobs/{found.id}", record=found.record())


def _json(request: Request) -> bool:
    from legation.web.answers import wants_json

    return wants_json(request)


def _types() -> list[dict[str, Any]]:
    from legation.knowledge import ontology
    from legation.web.words import GLOSS

    return [
        {"name": t.name, "gloss": GLOSS.get(t.name, ""), "quad": t.quad, "score": t.score, "modes": list(t.modes)}
        for t in ontology.types().values()
    ]


KEYS = (
    ("/", "to the search box"),
    ("j  k", "next, previous: event, report or row"),
    ("Enter", "open what is chosen"),
    ("g then t", "Today"),
    ("g then s", "Situations"),
    ("g then f", "Search (find)"),
    ("g then r", "Review"),
    ("g then c", "Code it"),
    ("?", "this list"),
    ("Esc", "close what is open"),
    ("a", "Review: accept"),
    ("c", "Review: correct"),
    ("x", "Review: reject"),
    ("s", "Review: skip"),
    ("u", "Review: undo the last change"),
)
