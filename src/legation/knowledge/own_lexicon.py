"""Where the user's own lexicon files are: read by the lexicon (frames, operators, classes) and the ontology (types).

The folder stands in an environment variable, so that worker processes, however they are started, read the same.
"""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "LEGATION_LEXICON"


def own_folder() -> Path | None:
    """The folder of the user's own lexicon files, where one is in use."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def own_files() -> list[Path]:
    """The files of that folder, in the order they are read."""
    folder = own_folder()
    return sorted(folder.glob("*.toml")) if folder is not None else []
