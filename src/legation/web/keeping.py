"""Situations and alerts that people keep: named questions in the store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from legation.errors import LegationError
from legation.model import Document
from legation.record import Query
from legation.situations.situation import Situation, SituationAnswer, answer, situation_of, to_plain
from legation.store import Store
from legation.web import counting
from legation.web.answers import NotThereError
from legation.web.desk import MOST_DRAWN, Desk

SITUATION, ALERT, SEEN = "situation", "alert", "alert-seen"
MOST = MOST_DRAWN  # events of a situation of which pledges, disputes and the brief are made; the latest
STATEMENTS = 400


class Lazy(Mapping[str, Document]):
    """The documents of a desk by id, each read when it is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getitem__(self, name: str) -> Document:
        try:
            return self._desk.document(name)
        except NotThereError as err:
            raise KeyError(name) from err

    def __iter__(self) -> Iterator[str]:
        return (row.id for row in self._desk.store.documents())

    def __len__(self) -> int:
        return self._desk.extent().documents


def keep(store: Store, kind: str, name: str, query: Query) -> str:
    """Keep a question as a situation or as an alert; gives the name that it stands under."""
    title = " ".join(name.split())
    situation = Situation(slug(title), query, title)
    store.save(kind, situation.name, to_plain(situation))
    if kind == ALERT:
        mark_seen(store, situation.name)
    return situation.name


def slug(title: str) -> str:
    """A title as it can stand in an address."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100] or "without-a-name"


def kept(store: Store, kind: str) -> list[Situation]:
    """The questions kept as situations or alerts; one that cannot be read is left out."""
    return [s for s in (_read(name, body) for name, body in store.saved(kind).items()) if s is not None]


def situation(store: Store, name: str) -> Situation:
    """A situation by its name, or NotThereError."""
    found = _read(name, store.saved(SITUATION).get(name))
    if found is None:
        raise NotThereError("situation", name)
    return found


def answered(desk: Desk, found: Situation, query: Query) -> SituationAnswer:
    """What the record says to a situation: its latest events, as they stand on the desk's day."""

    def ask() -> SituationAnswer:
        events = desk.events(query, limit=MOST)
        said = desk.store.statements(query, limit=STATEMENTS, order="-published")
        return answer(replace(found, query=query), events, said, Lazy(desk), as_of=desk.last_day())

    return desk.kept(("answer", query), ask)


def seen(store: Store) -> dict[str, str]:
    """When each alert was last looked at."""
    return {name: str(at) for name, at in store.saved(SEEN).items()}


def mark_seen(store: Store, name: str) -> None:
    """Note that an alert was looked at now."""
    store.save(SEEN, name, datetime.now(UTC).isoformat(timespec="microseconds"))


def news(desk: Desk) -> dict[str, int]:
    """How many events came to each alert since it was last looked at; it was, when it was made."""
    looked = seen(desk.store)
    return {alert.name: _new(desk, alert.query, looked.get(alert.name, "")) for alert in kept(desk.store, ALERT)}


def _new(desk: Desk, query: Query, since: str) -> int:
    return desk.kept(("news", query, since), lambda: counting.added_since(desk.store, query, since))


def _read(name: str, body: Any) -> Situation | None:
    if not isinstance(body, dict):
        return None
    try:
        return situation_of({"name": name, **body})
    except LegationError:
        return None
