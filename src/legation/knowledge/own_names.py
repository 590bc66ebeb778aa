"""Names of a user's own tables."""

from __future__ import annotations

from collections.abc import Iterator

from legation.knowledge.name_tables import Spelling


def own_spellings() -> Iterator[Spelling]:
    yield from ()
