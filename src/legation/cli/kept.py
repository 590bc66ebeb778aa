"""What the commands on a kept record share: documents on demand, and a day that is today unless another is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from legation.errors import BadDateError
from legation.model import Document

if TYPE_CHECKING:
    from legation.store import Store

_HELD = 2000  # documents in memory at most


class KeptDocuments(Mapping[str, Document]):
    """The documents of a store by id, read when they are first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[str, Document | None] = {}

    def __getitem__(self, doc_id: str) -> Document:
        if doc_id not in self._held:
            if len(self._held) >= _HELD:
                self._held.clear()
            self._held[doc_id] = self._store.document(doc_id)
        found = self._held[doc_id]
        if found is None:
            raise KeyError(doc_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (row.id for row in self._store.documents())

    def __len__(self) -> int:
        return self._store.count_documents()


def a_day(value: str | None) -> str:
    """The day given, or today; raises BadDateError."""
    if value is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as err:
        raise BadDateError(value) from err
