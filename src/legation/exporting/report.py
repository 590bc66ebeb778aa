"""The `report` format: one JSON object a document, with everything that was found in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from legation.exporting.plover import actor_record, event_record
from legation.model import Actor, Document, Mention, Problem, Quote, Span


def to_report(doc: Document, about: Mapping[str, Any], with_text: bool = False) -> dict[str, Any]:
    """The document as the dict that one line of `report` holds; `about` is the coder's own account."""
    return {
        "document": _document(doc, with_text),
        "furniture": [_span(span) for span in doc.furniture],
        "sentences": [{"start": sent.start, "end": sent.end} for sent in doc.sentences],
        "events": [event_record(event, doc) for event in doc.events],
        "quotes": [_quote(quote, doc) for quote in doc.quotes],
        "actors": _actors(doc),
        "places": [_place(place) for place in doc.places],
        "dates": [
            {
                "start": t.start,
                "end": t.end,
                "text": t.text,
                "value": t.value or None,
                "type": t.type,
                "from": t.begin,
                "to": t.finish,
            }
            for t in doc.dates
        ],
        "pledges": [{"event": p.event, "due": p.due, "text": p.text or None} for p in doc.pledges],
        "problems": [_problem(problem) for problem in doc.problems],
        "coder": dict(about),
    }


def dump(record: Mapping[str, Any]) -> str:
    """The record as one line of JSON, without the line's end."""
    try:
        return msgspec.json.encode(record).decode("utf-8")
    except UnicodeEncodeError:
        # Half a surrogate pair, from a broken "\ud83d" in the input: only an escape can carry it.
        return json.dumps(record, ensure_ascii=True, separators=(",", ":"))


def _document(doc: Document, with_text: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": doc.id or None,
        "title": doc.title or None,
        "outlet": doc.outlet or None,
        "url": doc.url or None,
        "published": doc.published or None,
        "lang": doc.lang or None,
        "dateline": None
        if doc.dateline is None
        else {"place": doc.dateline.place, "country": doc.dateline.country},
        "sha256": hashlib.sha256(doc.text.encode("utf-8", "surrogatepass")).hexdigest(),
    }
    if with_text:
        record["text"] = doc.text
    return record


def _span(span: Span | Mention) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _quote(quote: Quote, doc: Document) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "kind": quote.kind,
        "cue": None if quote.cue is None else {**_span(quote.cue), "text": doc.text_of(quote.cue)},
        "speaker": None if quote.speaker is None else actor_record(quote.speaker),
        "addressee": None if quote.addressee is None else actor_record(quote.addressee),
    }
    if quote.negated:
        record["negated"] = True
    return record


def _actors(doc: Document) -> list[dict[str, Any]]:
    """Each actor once, in order of first mention, with the words of every mention."""
    found: dict[tuple[Any, ...], tuple[Actor, list[Mention]]] = {}
    for mention in doc.mentions:
        for actor in mention.actors:
            found.setdefault(_identity(actor), (actor, []))[1].append(mention)
    return [
        {
            **actor_record(actor),
            "mentions": [{**_span(m), "text": doc.text_of(m)} for m in _once(mentions)],
        }
        for actor, mentions in found.values()
    ]


def _identity(actor: Actor) -> tuple[Any, ...]:
    # Two phrases of which nothing is known are not thereby the same actor.
    known = actor.code is not None or actor.identifier_text is not None
    return (*actor.key, None if known else actor.entity_text.lower())


def _once(mentions: Iterable[Mention]) -> list[Mention]:
    return list({(m.start, m.end): m for m in mentions}.values())


def _place(place: Any) -> dict[str, Any]:
    names = ("start", "end", "text", "name", "country", "lat", "lon", "geonameid", "kind", "precision")
    return {name: getattr(place, name) for name in names}


def _problem(problem: Problem) -> dict[str, Any]:
    record: dict[str, Any] = {"stage": problem.stage, "message": problem.message}
    if problem.span is not None:
        record.update(_span(problem.span))
    return record
