"""A merged event as JSON with nothing lost: under `merged` of a PLOVER record."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import msgspec

from legation.record import MergedEvent


def lean(record: Any) -> Any:
    """A record as dictionaries and lists without what is as it is by default; `fat` makes it whole again."""
    if is_dataclass(record) and not isinstance(record, type):
        pairs = ((f, getattr(record, f.name)) for f in fields(record))
        return {f.name: lean(value) for f, value in pairs if value != f.default}
    if isinstance(record, (tuple, list)):
        return [lean(r) for r in record]
    return record


def fat(record: Any) -> MergedEvent:
    """The merged event that `lean` took apart."""
    return msgspec.convert(record, MergedEvent)
