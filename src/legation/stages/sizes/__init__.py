"""How many: the dead, injured, arrested and the crowd of each event, as low, best and high."""

from __future__ import annotations

from legation.changing import replace
from legation.model import Count, Document, EventMention, Sentence, Size
from legation.stages.sizes.counts import Found, counts_in
from legation.stages.sizes.words import Kind

__all__ = ["counts_in", "find_sizes"]

# Which sizes an event of a type can have.
_FITS: dict[str, tuple[Kind, ...]] = {
    "ASSAULT": ("dead", "injured", "arrested"),
    "COERCE": ("arrested", "dead", "injured"),
    "PROTEST": ("crowd", "dead", "injured", "arrested"),
    "SANCTION": ("arrested",),
    "MOBILIZE": (),
}
_OWN: dict[str, Kind] = {"ASSAULT": "dead", "COERCE": "arrested", "PROTEST": "crowd"}


def find_sizes(doc: Document) -> Document:
    """Fill the size of each event mention whose clause or sentence counts people."""
    if not any(m.event in _FITS for m in doc.event_mentions):
        return doc
    by_index = {sent.index: sent for sent in doc.sentences}
    told: dict[int, list[EventMention]] = {}
    for mention in doc.event_mentions:
        told.setdefault(mention.sentence, []).append(mention)
    counts: dict[int, list[Found]] = {}
    sized: list[EventMention] = []
    for mention in doc.event_mentions:
        sent = by_index.get(mention.sentence)
        if sent is None or mention.event not in _FITS:
            sized.append(mention)
            continue
        if sent.index not in counts:
            counts[sent.index] = counts_in(doc.text, sent.start, sent.end)
        sized.append(replace(mention, size=_size(mention, sent, counts[sent.index], told[sent.index])))
    return replace(doc, event_mentions=tuple(sized))


def _size(
    mention: EventMention, sent: Sentence, found: list[Found], told: list[EventMention]
) -> Size | None:
    """The counts in the mention's clause; else those of its sentence that no fitter event it has `told` claims."""
    chosen: dict[Kind, Count] = {}
    beside = [m for m in told if m != mention]
    for kind in _FITS[mention.event]:
        near = [f for f in found if f.kind == kind]
        inside = [f for f in near if _in_clause(f, mention, sent)]
        if not inside and any(
            _fitter(kind, other, mention)
            or any(_in_clause(f, other, sent) and kind in _FITS.get(other.event, ()) for f in near)
            for other in beside
        ):
            continue
        if pool := inside or near:
            anchor = sent.tokens[mention.anchor].start if mention.anchor < len(sent.tokens) else sent.start
            chosen[kind] = min(pool, key=lambda f: (abs(f.start - anchor), f.start)).count
    if not chosen or (mention.status in ("future", "hypothetical") and mention.event != "PROTEST"):
        return None
    return Size(**{kind: chosen.get(kind) for kind in ("dead", "injured", "arrested", "crowd")})


def _fitter(kind: Kind, other: EventMention, mention: EventMention) -> bool:
    """Whether a count of this kind is another event's: the dead an assault's, the crowd a protest's."""
    return _OWN.get(other.event) == kind and _OWN.get(mention.event) != kind


def _in_clause(found: Found, mention: EventMention, sent: Sentence) -> bool:
    return any(
        index < len(sent.tokens)
        and found.start <= sent.tokens[index].start < found.end
        and sent.tokens[index].text[:1].isalnum()
        for index in mention.clause_tokens
    )
