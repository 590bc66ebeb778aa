"""The `stix` format: a STIX 2.1 bundle. Events are incidents, actors identities, reports reports.

STIX 2.1 has the incident as a stub; who, when, where and how sure stand in a property extension of ours and,
for readers that do not know it, in the description and in relationships.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from legation.exporting.crosswalk import actor_name, country_name
from legation.exporting.report import dump
from legation.exporting.rows import Row
from legation.exporting.tables import cells_of
from legation.knowledge import codes
from legation.knowledge.periods import first_day
from legation.model import Actor, Place

# Names every id of this format; ids are made of content, so that the same event has the same id again.
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://legation.invalid/stix")
_BEGINNING = "1970-01-01T00:00:00.000Z"  # where neither the event nor a report has a day
_PEOPLE = frozenset({"CVL", "REF", "LAB", "AGR", "SOC"})


def _id(kind: str, *parts: object) -> str:
    text = "\x1f".join(str(part) for part in parts)
    return f"{kind}--{uuid.uuid5(_SPACE, text.encode('utf-8', 'replace').decode('utf-8'))}"


MAKER = _id("identity", "legation")
EXTENSION = _id("extension-definition", "event")
BUNDLE = _id("bundle", "events")
TAIL = "]}"


def stix_head() -> str:
    """The beginning of the bundle: who made it and what the extension is."""
    maker = {
        "type": "identity", "spec_version": "2.1", "id": MAKER, "created": _BEGINNING, "modified": _BEGINNING,
        "name": "Legation", "identity_class": "system",
    }  # fmt: skip
    extension = {
        "type": "extension-definition", "spec_version": "2.1", "id": EXTENSION, "created_by_ref": MAKER,
        "created": _BEGINNING, "modified": _BEGINNING, "name": "Political event",
        "description": "Type, modes, sides, date, status and confidence of a political event in PLOVER's terms.",
        "schema": "https://legation.invalid/docs/formats#stix", "version": "1.0.0",
        "extension_types": ["property-extension"],
    }  # fmt: skip
    first = dump(maker) + ",\n" + dump(extension)
    return f'{{"type":"bundle","id":"{BUNDLE}","objects":[\n{first}'


def stix_lines(rows: Sequence[Row]) -> str:
    """The rows, an object a line; an identity, place or report may be told by several rows in the same words."""
    return "".join(dump(thing) + "\n" for row in rows for thing in {t["id"]: t for t in _objects(row)}.values())


def _objects(row: Row) -> Iterator[dict[str, Any]]:
    event, day = row.event, _time(row.day)
    incident = _id("incident", row.document if row.merged is None else "", row.id)
    cells = {k: v for k, v in cells_of(row).items() if v not in (None, "")}
    yield _common("incident", incident, day) | {
        "created_by_ref": MAKER,
        "name": _title(row),
        "description": (row.main.text if row.main and row.main.text else _title(row)),
        "confidence": round(row.confidence * 100),
        "extensions": {EXTENSION: {"extension_type": "property-extension", "event": cells}},
    }
    for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
        for actor in actors:
            identity = _identity(actor)
            yield identity
            yield _relation(incident, identity["id"], role, day)
    if event.place is not None:
        place = _location(event.place)
        if place is not None:
            yield place
            yield _relation(incident, place["id"], "place", day)
    for source in _sources(row):
        yield _report(*source, incident, row)


def _sources(row: Row) -> Iterator[tuple[str, str | None, str | None, str | None, str | None]]:
    found = {t.document: (t.document, t.outlet, t.url, t.published, t.title) for t in row.tellings if t.document}
    if not found and row.document:
        found[row.document] = (row.document, row.outlet, row.url, row.published, row.title)
    yield from found.values()


def _report(
    document: str,
    outlet: str | None,
    url: str | None,
    published: str | None,
    title: str | None,
    incident: str,
    row: Row,
) -> dict[str, Any]:
    # One report object for each pair of report and event: a bundle written event by event cannot know the rest.
    day = _time(published or row.day)
    record = _common("report", _id("report", document, incident), day) | {
        "created_by_ref": MAKER,
        "name": title or document,
        "published": day,
        "report_types": ["event-report"],
        "object_refs": [incident],
    }
    source: dict[str, str] = {"source_name": outlet or "report", "external_id": document}
    if url:
        source["url"] = url
    record["external_references"] = [source]
    return record


def _identity(actor: Actor) -> dict[str, Any]:
    name = actor_name(actor) or actor.sector or "unknown"
    if actor.identifier_text:
        kind = "individual" if actor.office or actor.sector in ("ELI", "JRN") else "organization"
    elif actor.sector in _PEOPLE:
        kind = "class"
    else:
        kind = "organization" if actor.code or actor.sector else "unknown"
    record = _common("identity", _id("identity", *actor.key, name, actor.office, actor.identifier_id), _BEGINNING) | {
        "created_by_ref": MAKER,
        "name": name,
        "identity_class": kind,
    }
    roles = [part for part in (actor.office, actor.sector, actor.code) if part]
    if roles:
        record["roles"] = roles
    if actor.identifier_id:
        record["external_references"] = [{"source_name": "wikidata", "external_id": actor.identifier_id}]
    return record


def _location(place: Place) -> dict[str, Any] | None:
    found = codes.country(place.country)
    record: dict[str, Any] = {}
    if found and found.iso2:
        record["country"] = found.iso2
    if place.province:
        record["administrative_area"] = place.province
    if place.lat is not None and place.lon is not None:
        record |= {"latitude": place.lat, "longitude": place.lon}
    if not {"country", "latitude"} & set(record):
        return None
    name = place.name or place.text or country_name(place.country)
    key = (place.geonameid, name, place.country, place.province, place.lat, place.lon)
    return _common("location", _id("location", *key), _BEGINNING) | {"name": name, **record}


def _relation(source: str, target: str, role: str, day: str) -> dict[str, Any]:
    kind = "located-at" if role == "place" else "related-to"
    return _common("relationship", _id("relationship", source, target, role), day) | {
        "created_by_ref": MAKER,
        "relationship_type": kind,
        "description": role,
        "source_ref": source,
        "target_ref": target,
    }


def _common(kind: str, identifier: str, day: str) -> dict[str, Any]:
    return {"type": kind, "spec_version": "2.1", "id": identifier, "created": day, "modified": day}


def _title(row: Row) -> str:
    event = row.event
    sides = ", ".join(map(actor_name, event.actors)) or "?"
    if event.recipients:
        sides += " -> " + ", ".join(map(actor_name, event.recipients))
    return f"{'/'.join((event.event, *event.modes))}: {sides} ({event.status})"


def _time(date: str | None) -> str:
    day = first_day(date)
    return f"{day}T00:00:00.000Z" if day else _BEGINNING
