"""One act told several times is one event with several mentions; within one document, and reversible."""

from __future__ import annotations

import hashlib

from legation.changing import replace
from legation.knowledge import ontology
from legation.model import Actor, Count, Document, Event, EventMention, Pledge, Size

# How many groups and mentions back a telling is looked for: keeps a book of a text linear.
_REACH = 40
# Verbal acts of the same pair and day are often several: they need the same words, too.
_BY_WORDS = frozenset({"ACCUSE", "AGREE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"})


def merge_events(doc: Document) -> Document:
    """Fill Document.events and Document.pledges from the event mentions."""
    groups: list[list[EventMention]] = []
    titles = {s.index for s in doc.sentences if s.kind == "title"}
    body = [m for m in doc.event_mentions if m.sentence not in titles]
    # Mentions of one act share its type and a code; only such groups are looked at, and of those the latest.
    by_code: dict[tuple[str, str], list[list[EventMention]]] = {}
    for mention in body:
        keys = [(mention.event, code) for code in sorted(_known(mention.actors) | _known(mention.recipients))]
        near = [g for key in keys for g in by_code.get(key, ())[-_REACH:]]
        home = next((g for g in near if any(same_act(doc, m, mention) for m in g[-_REACH:])), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(mention)
        for key in keys:
            bucket = by_code.setdefault(key, [])
            if not any(g is home for g in bucket[-_REACH:]):
                bucket.append(home)
    for mention in doc.event_mentions:
        if mention.sentence in titles:
            # A headline supports an event, it never makes one that the text does not tell.
            home = next((g for g in groups if any(_supports(mention, m) for m in g)), None)
            if home is not None:
                home.append(mention)
            elif not body and len(doc.sentences) == len(titles):
                groups.append([mention])
    events = tuple(_event(doc, group) for group in groups)
    pledges = tuple(Pledge(event.id, m.due, m.due_text or "") for event in events for m in event.mentions if m.due)
    return replace(doc, events=events, pledges=tuple(dict.fromkeys(pledges)))


def same_act(doc: Document, one: EventMention, other: EventMention) -> bool:
    """Whether two mentions of one document tell the same act: type, sides and day fit, nothing speaks against it."""
    if one.event != other.event or not _statuses_fit(one, other):
        return False
    if one.sentence == other.sentence or (one.event == "ASSAULT" and one.reciprocal != other.reciprocal):
        return False
    if (
        one.date
        and other.date
        and "day" in (one.date_precision, other.date_precision)
        and one.date_precision == other.date_precision
        and one.date != other.date
    ):
        return False
    if one.modes and other.modes and not set(one.modes) & set(other.modes):
        return False
    if not _sides_fit(one.actors, other.actors) or not _sides_fit(one.recipients, other.recipients):
        return False
    if not (_known(one.actors) & _known(other.actors)) and not (_known(one.recipients) & _known(other.recipients)):
        return False
    if (
        one.place
        and other.place
        and one.place.precision in ("city", "site")
        and other.place.precision in ("city", "site")
        and one.place.name != other.place.name
    ):
        return False
    if one.event in _BY_WORDS:
        return bool(_anchors(doc, one) & _anchors(doc, other))
    return True


def _supports(headline: EventMention, mention: EventMention) -> bool:
    return (
        headline.event == mention.event
        and _sides_fit(headline.actors, mention.actors)
        and bool(_known(headline.actors) & _known(mention.actors) or not headline.actors)
    )


def _known(actors: tuple[Actor, ...]) -> set[str]:
    return {a.code for a in actors if a.code}


def _sides_fit(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    """Whether the fewer of the two sides are all among the others: same code, and sectors that may be one."""
    if not _known(one) or not _known(other):
        return True
    few, many = sorted((one, other), key=len)
    return all(any(_same_actor(a, b) for b in many) for a in few if a.code)


def _statuses_fit(one: EventMention, other: EventMention) -> bool:
    real = ("happened", "ongoing", "historical")
    return one.status == other.status or (one.status in real and other.status in real)


def _anchors(doc: Document, mention: EventMention) -> set[str]:
    return {doc.text_of(w).lower()[:5] for w in mention.words}


def _event(doc: Document, group: list[EventMention]) -> Event:
    titles = {s.index for s in doc.sentences if s.kind == "title"}
    # A headline supports; the words shown are those of the text.
    told = [m for m in group if m.sentence not in titles] or group
    best = max(told, key=lambda m: (bool(m.actors) + bool(m.recipients), m.confidence, -m.sentence))
    kind = ontology.types()[best.event]
    modes = tuple(dict.fromkeys(m for mention in group for m in mention.modes))
    actors = _union([m.actors for m in [best, *group]])
    recipients = () if best.reciprocal else _union([m.recipients for m in [best, *group]])
    dated = next((m for m in [best, *group] if m.date_precision == "day" and m.date), best)
    if dated.date is None:
        dated = next((m for m in group if m.date), best)
    place = best.place or next((m.place for m in group if m.place), None)
    contexts = tuple(dict.fromkeys(c for m in group for c in m.contexts))
    confidence = 1.0
    for m in group:
        confidence *= 1 - m.confidence
    digest = hashlib.sha256(
        "|".join(
            [
                doc.id,
                doc.text[:2000],
                best.event,
                *(f"{m.sentence}:{m.anchor}" for m in group),
            ]
        ).encode()
    ).hexdigest()[:16]
    reason = "" if len(group) == 1 else f"{len(group)} sentences tell {best.event} of the same sides"
    return Event(
        id=digest,
        event=best.event,
        modes=modes,
        contexts=contexts,
        actors=actors,
        recipients=recipients,
        status=best.status,
        mentions=tuple(sorted(group, key=lambda m: (m.sentence in titles, m.sentence, m.anchor))),
        date=dated.date,
        enddate=dated.enddate,
        date_precision=dated.date_precision,
        place=place,
        size=_size(group),
        according_to=best.according_to,
        quad_code=kind.quad,
        event_scale=kind.scale(modes),
        cameo=best.cameo,
        confidence=round(min(1 - confidence, 0.99), 3),
        rule=best.rule,
        reason=reason,
    )


def _union(lists: list[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    kept: list[Actor] = []
    for actors in lists:
        for actor in actors:
            twin = next((n for n, k in enumerate(kept) if _same_actor(k, actor)), None)
            if twin is None:
                kept.append(actor)
            elif kept[twin].identifier_text is None and actor.identifier_text is not None:
                kept[twin] = actor
    return tuple(kept)


def _same_actor(one: Actor, other: Actor) -> bool:
    if one.code != other.code:
        return False
    if one.identifier_text and other.identifier_text:
        return one.identifier_text == other.identifier_text
    return (
        one.sector == other.sector
        or one.sector is None
        or other.sector is None
        or (one.code is not None and one.sector in ("GOV", "MIL") and other.sector == "GOV")
    )


def _size(group: list[EventMention]) -> Size | None:
    found: dict[str, Count] = {}
    for mention in group:
        if mention.size is None:
            continue
        for name in ("dead", "injured", "arrested", "crowd"):
            count = getattr(mention.size, name)
            if count is not None and name not in found:
                found[name] = count
    return Size(**found) if found else None
