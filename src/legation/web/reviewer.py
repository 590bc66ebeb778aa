"""Under which name a change is written down."""

from __future__ import annotations

from starlette.requests import Request

from legation.web.answers import BadRequestError


def reviewer_of(request: Request) -> str:
    """The name of who makes this change, or BadRequestError where nobody has said."""
    name: str | None = request.state.person.name
    if not name:
        raise BadRequestError("Say who you are first (on the Review page): every change is written down under a name.")
    return name
