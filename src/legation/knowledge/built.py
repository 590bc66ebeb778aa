"""What is worked out of the knowledge files and kept in the user's cache folder; the text stays the source.

A kept file is JSON under the SHA-256 of what it was made from, so an edited source is read anew at once. Where
nothing can be written, everything is worked out at each start.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Of one name: several versions, or lexicons of a user's own, may take turns.
_KEPT = 4


def kept(name: str, digest: str, make: Callable[[], Any]) -> Any:
    """What `make` makes, out of the cache folder where it was made before; it must be what JSON can hold."""
    path = _folder() / f"{name}-{digest[:32]}.json"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(path.read_bytes())
    made = make()
    with contextlib.suppress(OSError, TypeError):
        _write(path, json.dumps(made, ensure_ascii=False).encode("utf-8"))
    return made


def _folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "legation"


def _write(path: Path, data: bytes) -> None:
    """Write under another name first: two processes may start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    of_this_name = path.parent.glob(f"{path.name.rsplit('-', 1)[0]}-*.json")
    for old in sorted(of_this_name, key=lambda p: p.stat().st_mtime)[:-_KEPT]:
        old.unlink(missing_ok=True)
