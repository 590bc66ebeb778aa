"""Questions in addresses: what a form asks as a `Query`, and a `Query` as an address again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, cast

from fastapi import Query as Param

from legation.errors import BadDateError
from legation.knowledge import ontology
from legation.knowledge.name_tables import fold
from legation.model import STATUSES, Status
from legation.record import Query
from legation.web.answers import BadRequestError
from legation.web.words import countries

Many = Annotated[list[str] | None, Param(max_length=30)]
_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})?")
LONGEST = 200  # characters of one value


def asked(
    words: Annotated[str, Param(max_length=LONGEST, description="Words of the reports")] = "",
    actors: Annotated[
        list[str] | None, Param(max_length=30, description="Any of these on either side: IND, AFG REB, Taliban")
    ] = None,
    a: Annotated[str, Param(max_length=LONGEST, description="One side of a dyad")] = "",
    b: Annotated[str, Param(max_length=LONGEST, description="The other side")] = "",
    directed: Annotated[bool, Param(description="Only what the first side does to the other")] = False,
    events: Annotated[list[str] | None, Param(max_length=30, description="PLOVER types")] = None,
    modes: Many = None,
    quads: Annotated[list[int] | None, Param(max_length=4, description="1 to 4")] = None,
    statuses: Many = None,
    contexts: Many = None,
    places: Annotated[
        list[str] | None, Param(max_length=30, description="Country codes, provinces or names of places")
    ] = None,
    outlets: Many = None,
    since: Annotated[str, Param(max_length=10, description="ISO date, itself included")] = "",
    until: Annotated[str, Param(max_length=10, description="ISO date, itself included")] = "",
    min_confidence: Annotated[float, Param(ge=0, le=1)] = 0.0,
) -> Query:
    """The question of an address (a dependency of the pages that answer one)."""
    kinds = tuple(e.upper() for e in listed(events))
    for kind in kinds:
        if kind not in ontology.types():
            raise BadRequestError(f"There is no event type '{kind}'. Choose from: {', '.join(ontology.types())}.")
    states = listed(statuses)
    for state in states:
        if state not in STATUSES:
            raise BadRequestError(f"There is no status '{state}'. Choose from: {', '.join(STATUSES)}.")
    sides = (actor_of(a), actor_of(b))
    return Query(
        actors=tuple(actor_of(x) for x in listed(actors)) + (tuple(s for s in sides if s) if not all(sides) else ()),
        dyad=sides if all(sides) else None,
        directed=directed,
        events=kinds,
        modes=listed(modes),
        quads=tuple(q for q in quads or () if 1 <= q <= 4),
        statuses=cast(tuple[Status, ...], states),
        contexts=listed(contexts),
        places=tuple(place_of(x) for x in listed(places)),
        outlets=listed(outlets, commas=False),
        words=words.strip() or None,
        since=day_of(since),
        until=day_of(until),
        min_confidence=min_confidence,
    )


def listed(values: Iterable[str] | None, *, commas: bool = True) -> tuple[str, ...]:
    """The values of a repeated parameter, each of which may hold several between commas or semicolons."""
    found: list[str] = []
    for value in values or ():
        if len(value) > LONGEST:
            raise BadRequestError(f"A value of over {LONGEST} characters asks for nothing that is here.")
        parts = re.split(r"[,;]", value) if commas else [value]
        found += [part.strip() for part in parts if part.strip()]
    return tuple(dict.fromkeys(found))


def actor_of(text: str) -> str:
    """How a record names what somebody typed: "India" is IND, "afg reb" AFG REB, a name stays one."""
    text = " ".join(text.split())
    if _CODE.fullmatch(text.upper()) and (text.isupper() or text.upper()[:3] in countries()):
        return text.upper()
    return _names().get(fold(text), text)


def place_of(text: str) -> str:
    """A country by its code, any other place as it is."""
    text = " ".join(text.split())
    return text.upper() if text.upper() in countries() and len(text) == 3 else _names().get(fold(text), text)


def params(query: Query) -> dict[str, Any]:
    """The question as the parameters of an address."""
    found: dict[str, Any] = {
        "words": query.words, "actors": query.actors, "events": query.events, "modes": query.modes,
        "quads": query.quads, "statuses": query.statuses, "contexts": query.contexts, "places": query.places,
        "outlets": query.outlets, "since": query.since, "until": query.until,
        "min_confidence": query.min_confidence or None,
    }  # fmt: skip
    if query.dyad:
        found |= {"a": query.dyad[0], "b": query.dyad[1], "directed": "true" if query.directed else None}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in found.items() if v not in (None, (), "")}


def is_empty(query: Query) -> bool:
    """Whether it asks for everything."""
    return query == Query()


def day_of(value: str) -> str | None:
    """The date of a form, which may be a month or a year; None where it is left out."""
    value = value.strip()
    if not value:
        return None
    padded = value + "-01" * (2 - value.count("-")) if re.fullmatch(r"\d{4}(-\d{2}){0,2}", value) else value
    try:
        date.fromisoformat(padded)
    except ValueError as err:
        raise BadDateError(value) from err
    return value


_NAMES: dict[str, str] = {}


def _names() -> dict[str, str]:
    """Codes by the folded name of their state."""
    if not _NAMES:
        from legation.knowledge.name_tables import all_names, state_spellings

        found = {fold(n.text): n.code for n in all_names(state_spellings) if n.kind == "state" and n.code}
        _NAMES.update({name: code for name, code in found.items() if code})
    return _NAMES
