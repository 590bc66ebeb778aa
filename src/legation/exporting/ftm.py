"""The `ftm` format: FollowTheMoney entities, a line each: Event, Person or PublicBody or Organization, Article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from legation.exporting.crosswalk import actor_name, country_name
from legation.exporting.report import dump
from legation.exporting.rows import Row
from legation.knowledge import codes
from legation.knowledge.periods import first_day
from legation.model import Actor

_PUBLIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})


def ftm_lines(rows: Sequence[Row]) -> str:
    """The rows, an entity a line; one that several events share is written with each in the same words."""
    return "".join(dump(entity) + "\n" for row in rows for entity in _entities(row))


def _entities(row: Row) -> Iterator[dict[str, Any]]:
    event = row.event
    involved = [_actor(actor) for actor in (*event.actors, *event.recipients)]
    articles = [_article(*source) for source in _sources(row)]
    yield from articles
    yield from {entity["id"]: entity for entity in involved}.values()
    place = event.place
    countries = [a.code for a in (*event.actors, *event.recipients)] + [place.country if place else None]
    sides = ", ".join(map(actor_name, event.actors)) or "unknown"
    if event.recipients:
        sides += " / " + ", ".join(map(actor_name, event.recipients))
    yield _entity(
        "Event",
        _id("event", row.document if row.merged is None else "", row.id),
        {
            "name": [f"{'/'.join((event.event, *event.modes))}: {sides}"],
            "startDate": [_date(event.date)],
            "endDate": [_date(event.enddate)],
            "date": [_date(event.date)],
            "location": [(place.name or place.text) if place else None],
            "country": _iso2(countries),
            "involved": [entity["id"] for entity in involved],
            "proof": [article["id"] for article in articles],
            "description": [row.main.text if row.main else None],
            "summary": [f"{event.status}; confidence {row.confidence:.2f}"],
            "keywords": [event.event, *event.modes, *event.contexts, event.status],
            "recordId": [row.id],
            "sourceUrl": [row.url],
            "publisher": list(row.outlets),
        },
    )


def _sources(row: Row) -> Iterator[tuple[str, str | None, str | None, str | None, str | None]]:
    found = {
        t.document: (t.document, t.outlet, t.url, t.published, t.title)
        for t in row.tellings
        if t.document
    }
    if not found and row.document:
        found[row.document] = (row.document, row.outlet, row.url, row.published, row.title)
    yield from found.values()


def _article(
    document: str, outlet: str | None, url: str | None, published: str | None, title: str | None
) -> dict[str, Any]:
    return _entity(
        "Article",
        _id("article", document),
        {
            "title": [title],
            "fileName": [document],
            "publisher": [outlet],
            "sourceUrl": [url],
            "publishedAt": [published and published[:10]],
        },
    )


def _actor(actor: Actor) -> dict[str, Any]:
    name = actor_name(actor) or country_name(actor.code) or actor.sector or "unknown"
    person = bool(actor.identifier_text and actor.office)
    schema = "Person" if person else "PublicBody" if actor.sector in _PUBLIC else "Organization"
    properties: dict[str, list[str | None]] = {
        "name": [name],
        "country": _iso2([actor.code]),
        "wikidataId": [actor.identifier_id],
        "sector": [actor.sector, *actor.other_sectors],
    }
    if person:
        properties["position"] = [actor.office]
    # A name is one entity for each office and set of sectors it is told with: nobody is merged by a guess.
    told = (*actor.key, name, actor.office, actor.identifier_id, *actor.other_sectors)
    return _entity(schema, _id("actor", *told), properties)


def _entity(schema: str, identifier: str, properties: dict[str, list[str | None]]) -> dict[str, Any]:
    kept = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {"id": identifier, "schema": schema, "properties": {n: v for n, v in kept.items() if v}}


def _iso2(countries: Sequence[str | None]) -> list[str | None]:
    found = (codes.country(code) for code in countries)
    return list(dict.fromkeys(c.iso2.lower() for c in found if c is not None and c.iso2))


def _date(text: str | None) -> str | None:
    """A date as FollowTheMoney takes it: a year, a month or a day; a week or quarter by its first day."""
    return text if text and text[4:6] not in ("-W", "-Q") else first_day(text)


def _id(kind: str, *parts: object) -> str:
    text = "\x1f".join(str(part) for part in (kind, *parts))
    return f"legation-{kind}-{hashlib.sha1(text.encode('utf-8', 'replace'), usedforsecurity=False).hexdigest()}"
