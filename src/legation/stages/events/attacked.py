"""Whom an attack on a place touches: the people of that place, where nobody else is named.

Runs after the places are found, for a town is no actor mention: "shelled Kharkiv", "an assault on the
old city of Mosul". The recipient is then a person or body of that country, without a sector.
"""

from __future__ import annotations

from bisect import bisect_left

from legation.changing import replace
from legation.model import Actor, Clause, Document, EventMention, Place
from legation.tree import Tree

_TARGETS = ("on", "against", "at", "into")
_INSIDE = ("of", "in", "near")
# What is less than a country: an attack "in Iraq" says where, not whom.
_LARGE = frozenset({"country", "sea", "river"})


def find_attacked(doc: Document) -> Document:
    """Fill the recipients of attacks that name a place and nobody else."""
    if not doc.places or not any(_wants(m) for m in doc.event_mentions):
        return doc
    clauses = {(c.sentence, c.head): c for c in doc.clauses}
    return replace(doc, event_mentions=tuple(_filled(doc, m, clauses) for m in doc.event_mentions))


def _wants(mention: EventMention) -> bool:
    return mention.event == "ASSAULT" and not mention.recipients and not mention.reciprocal and bool(mention.actors)


def _filled(doc: Document, mention: EventMention, clauses: dict[tuple[int, int], Clause]) -> EventMention:
    if not _wants(mention):
        return mention
    sent = next((s for s in doc.sentences if s.index == mention.sentence), None)
    if sent is None or not sent.tokens:
        return mention
    tree = Tree(sent.tokens)
    words = {w.start for w in mention.words}
    anchors = [mention.anchor, *(t.index for t in sent.tokens if t.start in words)]
    heads: list[int] = []
    for anchor in dict.fromkeys(anchors):
        clause = clauses.get((mention.sentence, anchor))
        if clause is not None:
            heads += [*clause.object, *clause.oblique(*_TARGETS)]
    for head in dict.fromkeys(heads):
        place = _place_of(doc, tree, head)
        if place is not None:
            actor = Actor(
                place.country, None, entity_text=place.text, start=place.start, end=place.end,
                reason=f"the people of '{place.text}', which is attacked", confidence=0.6,
            )  # fmt: skip
            return replace(mention, recipients=(actor,))
    return mention


def _place_of(doc: Document, tree: Tree, head: int) -> Place | None:
    """The place that a noun phrase names or is located in: "Kharkiv", "a base in Lamu county"."""
    queue = [head]
    for depth, index in enumerate(queue):
        phrase = tree.phrase(index)
        start, end = tree.tokens[phrase[0]].start, tree.tokens[phrase[-1]].end
        for number in range(bisect_left(doc.places, start, key=lambda p: p.start), len(doc.places)):
            place = doc.places[number]
            if place.start >= end:
                break
            if place.end <= end and place.country and place.kind not in _LARGE:
                return place
        if depth < 4:
            queue += tree.objects_of(index, *_INSIDE)
    return None
