"""The `jsonld` format: JSON-LD with schema.org's Event for what happened and PROV-O for where it is told.

The context stands in the file, so that it is read without any connection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from legation.exporting.crosswalk import actor_name
from legation.exporting.report import dump
from legation.exporting.rows import Row, Telling
from legation.knowledge import codes
from legation.knowledge.periods import parsed
from legation.model import Actor, Place

_STATUS = {"future": "schema:EventScheduled", "negated": "schema:EventCancelled"}
_CONTEXT = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "legation": "urn:legation:",
    "wd": "http://www.wikidata.org/entity/",
    "gn": "https://sws.geonames.org/",
}
HEAD = '{"@context":' + dump(_CONTEXT) + ',"@graph":['
TAIL = "]}"


def jsonld_lines(rows: Sequence[Row]) -> str:
    """The rows, a node a line: the events, and the reports they were taken from."""
    return "".join(dump(node) + "\n" for row in rows for node in _nodes(row))


def _nodes(row: Row) -> Iterator[dict[str, Any]]:
    event = row.event
    sources = {t.document: t for t in row.tellings if t.document}
    node: dict[str, Any] = {
        "@id": "legation:event:" + _part(row.id if row.merged else f"{row.document or ''}:{row.id}"),
        "@type": ["schema:Event", "prov:Entity"],
        "schema:name": "/".join((event.event, *event.modes)),
        "schema:additionalType": event.event,
        "schema:startDate": _date(event.date),
        "schema:endDate": _date(event.enddate),
        "schema:eventStatus": {"@id": _STATUS[event.status]} if event.status in _STATUS else None,
        "schema:location": _place(event.place) if event.place else None,
        "schema:organizer": [_actor(a) for a in event.actors] or None,
        "schema:attendee": [_actor(a) for a in event.recipients] or None,
        "schema:description": row.main.text if row.main else None,
        "schema:keywords": list(event.contexts) or None,
        "legation:status": event.status,
        "legation:mode": list(event.modes) or None,
        "legation:quadCode": event.quad_code,
        "legation:eventScale": _number(event.event_scale),
        "legation:cameo": event.cameo,
        "legation:confidence": _number(round(row.confidence, 4)),
        "legation:rule": event.rule or None,
        "prov:wasDerivedFrom": [{"@id": _report_id(d)} for d in sources] or None,
        "prov:wasAttributedTo": [_actor(a) for a in event.according_to] or None,
        "prov:wasQuotedFrom": [_words(t) for t in row.tellings if t.text] or None,
    }
    yield {name: value for name, value in node.items() if value is not None}
    for document, telling in sources.items():
        yield _report(document, telling)


def _report(document: str, telling: Telling) -> dict[str, Any]:
    node = {
        "@id": _report_id(document),
        "@type": ["schema:NewsArticle", "prov:Entity"],
        "schema:identifier": document,
        "schema:headline": telling.title,
        "schema:url": {"@id": telling.url} if telling.url and _is_address(telling.url) else None,
        "schema:datePublished": _date(telling.published and telling.published[:10]),
        "schema:inLanguage": telling.lang,
        "schema:publisher": (
            {"@type": "schema:Organization", "schema:name": telling.outlet} if telling.outlet else None
        ),
    }
    return {name: value for name, value in node.items() if value is not None}


def _words(telling: Telling) -> dict[str, Any]:
    return {
        "@type": "prov:Entity",
        "prov:value": telling.text,
        "prov:hadPrimarySource": {"@id": _report_id(telling.document)},
        "legation:start": telling.start,
        "legation:end": telling.end,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    found = codes.country(actor.code)
    node = {
        "@id": f"wd:{actor.identifier_id}" if actor.identifier_id else None,
        "@type": ["schema:Person" if actor.identifier_text and actor.office else "schema:Organization", "prov:Agent"],
        "schema:name": actor_name(actor) or None,
        "schema:jobTitle": actor.office,
        "legation:code": actor.code,
        "legation:sector": actor.sector,
        "schema:areaServed": found.name if found else None,
    }
    return {name: value for name, value in node.items() if value is not None}


def _place(place: Place) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": f"gn:{place.geonameid}/" if place.geonameid else None,
        "@type": "schema:Place",
        "schema:name": place.name or place.text,
    }
    found = codes.country(place.country)
    if found and found.iso2:
        address = {"@type": "schema:PostalAddress", "schema:addressCountry": found.iso2}
        if place.province:
            address["schema:addressRegion"] = place.province
        node["schema:address"] = address
    if place.lat is not None and place.lon is not None:
        node["schema:geo"] = {
            "@type": "schema:GeoCoordinates",
            "schema:latitude": _number(place.lat),
            "schema:longitude": _number(place.lon),
        }
    return {name: value for name, value in node.items() if value is not None}


def _number(value: float) -> dict[str, str]:
    # As a decimal: JSON's own numbers become doubles in RDF, which print in another form.
    return {"@value": format(value, "f"), "@type": "xsd:decimal"}


def _date(date: str | None) -> dict[str, str] | None:
    """A date as XML Schema has it: a day, a month or a year; a week or quarter by its first day."""
    found = parsed(date)
    if found is None:
        return None
    day, exact = found[0].isoformat(), found[1]
    kind, length = {"year": ("gYear", 4), "month": ("gYearMonth", 7)}.get(exact, ("date", 10))
    return {"@value": day[:length], "@type": f"xsd:{kind}"}


def _is_address(url: str) -> bool:
    return url.startswith(("http://", "https://")) and not any(c in url for c in " <>\"{}|\\^`")


def _report_id(document: str) -> str:
    return "legation:report:" + _part(document)


def _part(text: str) -> str:
    return quote(text.encode("utf-8", "replace"), safe=":-._")
