"""People of no named country are of the country where it happened.

Runs after the places are found. "Gunmen", "the crowd", "police", "three people" take the country of the event's
place where nothing else says whose they are, or where only the report's main country did and the sentence itself
names another place: a report written in Washington does not make the bombers of Kabul American.
"""

from __future__ import annotations

from legation.changing import replace
from legation.model import Actor, Document, EventMention, Place

# Whoever these are, they are at home where it happens more often than not; soldiers and envoys need not be.
_LOCAL = frozenset({"CVL", "UAF", "CRM", "COP", "LAB", "EDU", "MED", "REL", "AGR", "SOC", "JRN", "BUS", "PTY", "OPP"})
_GUESSED = "country the report speaks of most"
_CERTAIN = 0.75


def place_people(doc: Document) -> Document:
    """Fill the country of the unnamed people in Document.event_mentions."""
    if not any(_is_open(a) for m in doc.event_mentions for a in (*m.actors, *m.recipients)):
        return doc
    return replace(doc, event_mentions=tuple(_placed(doc, m) for m in doc.event_mentions))


def _placed(doc: Document, mention: EventMention) -> EventMention:
    place = mention.place
    if place is None or place.country is None:
        return mention
    here = _is_in_sentence(doc, mention, place)
    actors = tuple(_of(a, place, here) for a in mention.actors)
    recipients = tuple(_of(a, place, here) for a in mention.recipients)
    if actors == mention.actors and recipients == mention.recipients:
        return mention
    return replace(mention, actors=actors, recipients=recipients)


def _is_in_sentence(doc: Document, mention: EventMention, place: Place) -> bool:
    sent = next((s for s in doc.sentences if s.index == mention.sentence), None)
    return sent is not None and sent.start <= place.start < sent.end


def _is_open(actor: Actor) -> bool:
    if actor.identifier_text is not None or actor.sector not in _LOCAL:
        return False
    return actor.code is None or _GUESSED in actor.reason


def _of(actor: Actor, place: Place, here: bool) -> Actor:
    """The actor with the place's country, where it has none or only a guessed one."""
    if not _is_open(actor) or actor.code == place.country or (actor.code is not None and not here):
        return actor
    reason = f"{actor.reason.split(';')[0]}; country of '{place.text}', where it happened"
    return replace(actor, code=place.country, reason=reason, confidence=min(actor.confidence, _CERTAIN))
