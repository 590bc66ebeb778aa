"""Situations and alerts that people keep: named questions in the store."""

from __future__ import annotations

from typing import Any

from legation.record import Query
from legation.store import Store
from legation.web.answers import NotThereError
from legation.web.questions import params

SITUATION, ALERT = "situation", "alert"


def keep_situation(store: Store, name: str, query: Query) -> str:
    """Keep a question as a situation; gives its name."""
    name = " ".join(name.split())
    store.save(SITUATION, name, body_of(query))
    return name


def keep_alert(store: Store, name: str, query: Query) -> str:
    """Keep a question as an alert: whatever new it finds is told."""
    name = " ".join(name.split())
    store.save(ALERT, name, body_of(query))
    return name


def situation(store: Store, name: str) -> Query:
    """The question of a situation, or NotThereError."""
    found = store.saved(SITUATION).get(name)
    if found is None:
        raise NotThereError("situation", name)
    return query_of(found)


def body_of(query: Query) -> dict[str, Any]:
    """A question as it is kept."""
    found = params(query)
    found.pop("a", None)
    found.pop("b", None)
    if query.dyad:
        found["dyad"] = list(query.dyad)
        found["directed"] = query.directed
    return found


def query_of(body: Any) -> Query:
    """A kept question; what is not known in it is left out."""
    if not isinstance(body, dict):
        return Query()
    asked = body.get("query") if isinstance(body.get("query"), dict) else body
    fields = {name: asked[name] for name in Query.__dataclass_fields__ if asked.get(name) is not None}
    for name, value in fields.items():
        if isinstance(value, list):
            fields[name] = tuple(value)
    return Query(**fields)
