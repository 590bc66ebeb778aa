"""What the OpenAPI description says of every address: two media types, one shape of error."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

import legation

_ERROR = {
    "type": "object",
    "required": ["error", "message", "status"],
    "properties": {
        "error": {"type": "string", "description": "What went wrong, in a few words."},
        "message": {"type": "string", "description": "What to do about it."},
        "status": {"type": "integer"},
    },
}
_ERRORS = {
    "400": "The request cannot be done as it is.",
    "401": "A token is needed and was not given.",
    "403": "A change without the proof that it was meant.",
    "404": "Nothing is there.",
    "413": "Too much at once.",
    "421": "The desk is not served under this host name.",
    "422": "A value that cannot be.",
    "429": "Too many requests in a minute.",
    "503": "The coder is still loading.",
}
DESCRIPTION = """\
Each address of the desk gives a page to a browser and JSON to a program: end the path in `.json`, or send
`Accept: application/json`. Records have the form of the formats `report` and `plover`.

A change (POST) from a program needs `Authorization: Bearer TOKEN` where the desk has tokens; where it has none,
the cookie of a page and its `csrf` value, as a form field or as the header `X-CSRF-Token`.
"""


def gives(description: str, schema: dict[str, Any] | None = None, *, other: str | None = None) -> dict[int | str, Any]:
    """The responses of an address that gives a page and JSON; `other` is a further media type."""
    content: dict[str, Any] = {
        "application/json": {"schema": schema or {"type": "object"}},
        "text/html": {"schema": {"type": "string"}},
    }
    if other:
        content[other] = {"schema": {"type": "string"}}
    return {200: {"description": description, "content": content}}


def changes(description: str) -> dict[int | str, Any]:
    """The responses of a change: on to a page, or JSON that says where that is."""
    return {
        200: {
            "description": description,
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/html": {"schema": {"type": "string"}},
            },
        },
        303: {"description": "For a browser: on to the page that shows the change."},
    }


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, made once."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(
        title="Legation, the desk",
        version=legation.__version__,
        description=DESCRIPTION,
        routes=app.routes,
    )
    components = schema.setdefault("components", {})
    components.setdefault("schemas", {})["Error"] = _ERROR
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    refers = {"schema": {"$ref": "#/components/schemas/Error"}}
    for operations in schema["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            for status, said in _ERRORS.items():
                responses[status] = {
                    "description": said,
                    "content": {"application/json": refers, "text/html": {"schema": {"type": "string"}}},
                }
    app.openapi_schema = schema
    return schema
