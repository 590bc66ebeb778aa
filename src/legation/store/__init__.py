"""The record kept: documents and events in SQLite or PostgreSQL, asked, corrected, and read as it once was."""

from legation.store.changing import ChangeError
from legation.store.connecting import StoreError
from legation.store.rows import (
    Added,
    Change,
    DocumentRow,
    DocumentVersion,
    DyadCount,
    Facets,
    Hit,
    Promise,
    Tombstone,
)
from legation.store.store import Store
from legation.store.versions import AsOf, EventVersion

__all__ = [
    "Added",
    "AsOf",
    "Change",
    "ChangeError",
    "DocumentRow",
    "DocumentVersion",
    "DyadCount",
    "EventVersion",
    "Facets",
    "Hit",
    "Promise",
    "Store",
    "StoreError",
    "Tombstone",
]
