"""The desk's own style sheet, scripts and pictures, under an address that changes with them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


def static_folder() -> Path:
    """Where they stand."""
    return Path(str(resources.files("legation.web") / "static"))


@cache
def static_version() -> str:
    """A name for this state of them, so that browsers may keep them for ever."""
    return hashlib.sha256(b"".join(body for _, body in _files().values())).hexdigest()[:12]


def static_file(name: str) -> tuple[str, bytes] | None:
    """The media type and the bytes of one; None where there is no such file."""
    return _files().get(name)


@cache
def _files() -> dict[str, tuple[str, bytes]]:
    home = static_folder()
    found = sorted(p for p in home.rglob("*") if p.suffix in _KINDS)
    return {p.relative_to(home).as_posix(): (_KINDS[p.suffix], p.read_bytes()) for p in found}
