"""What people say of the record: a log of changes that is only added to, laid over events when they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

import msgspec
from sqlalchemy import Connection, insert, select, update

from legation.errors import LegationError
from legation.knowledge import ontology
from legation.model import Event
from legation.record import MergedEvent
from legation.store.asking import chunks
from legation.store.rows import Change
from legation.store.schema import changes

EDITABLE = (
    "event", "modes", "contexts", "actors", "recipients", "status", "date", "enddate", "date_precision", "place",
    "size", "according_to",
)  # fmt: skip
REJECTED = "rejected"
_TYPES = get_type_hints(Event)


class ChangeError(LegationError):
    """A correction that cannot be made."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """The standing corrections of one event."""

    fields: dict[str, Any]
    rejected: bool = False

    def over(self, merged: MergedEvent) -> MergedEvent:
        """The event as corrected."""
        if not self.fields:
            return merged
        event = replace(merged.event, **self.fields)
        if "event" in self.fields or "modes" in self.fields:
            kind = ontology.types()[event.event]
            event = replace(
                event,
                quad_code=kind.quad,
                event_scale=kind.scale(event.modes),
                cameo=kind.cameo_code(event.modes),
            )
        return replace(merged, event=event)


def target_of(event_id: str) -> str:
    """How the log names an event."""
    return f"event:{event_id}"


def checked(field: str, value: Any) -> Any:
    """The value of an event's field, from plain lists and dictionaries; raises ChangeError where it is none."""
    if field == REJECTED:
        return bool(value)
    if field not in EDITABLE:
        raise ChangeError(f"'{field}' of an event cannot be corrected. Choose from: {', '.join(EDITABLE)}, rejected.")
    try:
        found = msgspec.convert(msgspec.to_builtins(value), _TYPES[field])
    except msgspec.ValidationError as err:
        raise ChangeError(f"This is no value for '{field}': {err}.") from err
    if field == "event" and found not in ontology.types():
        raise ChangeError(f"There is no event type '{found}'. Choose from: {', '.join(ontology.types())}.")
    return found


def overlays(conn: Connection, ids: Iterable[str]) -> dict[str, Overlay]:
    """The standing corrections of these events; of two of one field the later holds."""
    c = changes.c
    found: dict[str, dict[str, Any]] = {}
    for chunk in chunks(ids):
        targets = [target_of(i) for i in chunk]
        asked = select(c.target, c.field, c.after).where(c.target.in_(targets), c.undone.is_(None)).order_by(c.key)
        for row in conn.execute(asked):
            if row.field in EDITABLE or row.field == REJECTED:
                fields = found.setdefault(row.target.removeprefix("event:"), {})
                fields[row.field] = checked(row.field, json.loads(row.after) if row.after else None)
    return {i: Overlay({k: v for k, v in f.items() if k != REJECTED}, f.get(REJECTED, False)) for i, f in found.items()}


def corrected_ids(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that a standing correction names."""
    return set(overlays(conn, ids))


def write_change(
    conn: Connection, key: int, who: str, now: str, target: str, field: str, before: Any, after: Any, note: str | None
) -> None:
    """One more line of the log."""
    conn.execute(
        insert(changes).values(
            key=key, who=who, at=now, target=target, field=field, note=note,
            before=as_json(before), after=as_json(after),
        )
    )  # fmt: skip


def as_json(value: Any) -> str | None:
    """The value as JSON; nothing for None."""
    return None if value is None else msgspec.json.encode(value).decode()


def read_changes(conn: Connection, condition: Any, limit: int | None = None) -> list[Change]:
    """The lines of the log that fulfil the condition, oldest first."""
    rows = conn.execute(select(changes).where(condition).order_by(changes.c.key).limit(limit))
    return [
        Change(
            r.key, r.who, r.at, r.target, r.field,
            json.loads(r.before) if r.before else None, json.loads(r.after) if r.after else None,
            r.note, r.undone, r.undone_by,
        )
        for r in rows
    ]  # fmt: skip


def mark_undone(conn: Connection, key: int, who: str, now: str) -> None:
    """Note beside a line that it no longer holds."""
    conn.execute(update(changes).where(changes.c.key == key).values(undone=now, undone_by=who))
