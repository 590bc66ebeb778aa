"""Scores coded documents against labelled events. docs/scoring.md says the same in prose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from legation.model import Document, Event, EventMention
from legation.scoring.gold import GoldEvent, GoldRecord, GoldSet, country_of
from legation.scoring.measure import (
    Counts,
    Figure,
    Miss,
    Table,
    f1_figures,
    macro_f1,
    rate,
    rows_of,
    share,
)

# An event that did not happen, or only may, is in the record and marked; it is no claim that it did.
UNCOUNTED = frozenset({"negated", "hypothetical"})
Coded = Sequence[tuple[GoldRecord, Document]]


def counted(doc: Document) -> tuple[Event, ...]:
    """The events of a document that count as predicted: all but the negated and hypothetical."""
    return tuple(e for e in doc.events if e.status not in UNCOUNTED)


def score_types(gold: GoldSet, coded: Coded) -> Table:
    """Type, quad, and, where actors carry codes, country, mode and whole record."""
    by_type: defaultdict[str, Counts] = defaultdict(Counts)
    quads = Counts()
    misses = []
    for record, doc in coded:
        events = counted(doc)
        clean = _count_types(record.events, _types(events, gold.name), by_type)
        _count_quads(record.events, events, quads)
        if not clean:
            misses.append(_miss(gold.name, record, events))
    total = _sum(by_type.values())
    figures = [*f1_figures("type", total), Figure("type macro-F1", macro_f1(by_type), total.labelled)]
    figures.append(Figure("quad F1", quads.f1, quads.labelled))
    figures.extend(_record_figures(coded))
    return Table(
        gold.name, gold.digest, len(coded), tuple(figures), rows_of(by_type), misses=tuple(misses)
    )


def score_roots(gold: GoldSet, coded: Coded) -> Table:
    """Types on running news, and how many events are coded from sentences that hold none."""
    table = score_types(gold, coded)
    # No coder pair agreed on anything there; the others hold at least a statement.
    empty = [(r, d) for r, d in coded if not r.row.get("events")]
    statements = [(r, d) for r, d in coded if r.row.get("events") and not r.events]
    figures = [f for f in table.figures if f.name != "type macro-F1"]
    for name, pairs in (("event-free", empty), ("statement-only", statements)):
        count = sum(len(counted(doc)) for _, doc in pairs)
        figures.append(rate(f"false events per {name} sentence", count, len(pairs)))
    return Table(
        gold.name, gold.digest, len(coded), tuple(figures), table.rows, misses=table.misses
    )


def score_snippets(gold: GoldSet, coded: Coded) -> Table:
    """The one type of a snippet, found or not; and false events in snippets of disasters and crimes."""
    by_type: defaultdict[str, Counts] = defaultdict(Counts)
    modes = moded = right = false_events = false_snippets = 0
    labelled = [(r, d) for r, d in coded if r.events]
    empty = [(r, d) for r, d in coded if not r.events and not r.meta.get("unmapped")]
    misses = []
    for record, doc in labelled:
        events = counted(doc)
        label = record.events[0]
        found = [e for e in events if e.event in label.accept]
        by_type[label.event].right += bool(found)
        by_type[label.event].missed += not found
        right += bool(found)
        if found and label.mode:
            moded += 1
            modes += any(label.mode in e.modes for e in found)
        if not found:
            misses.append(_miss(gold.name, record, events))
    for record, doc in empty:
        events = counted(doc)
        false_events += len(events)
        false_snippets += bool(events)
        if events:
            misses.append(_miss(gold.name, record, events))
    figures = (
        share("right type", right, len(labelled)),
        share("mode given type", modes, moded),
        rate("false events per disaster or crime snippet", false_events, len(empty)),
        rate("disaster or crime snippets with an event", false_snippets, len(empty)),
    )
    return Table(gold.name, gold.digest, len(coded), figures, rows_of(by_type), misses=tuple(misses))


def score_protest_reports(gold: GoldSet, coded: Coded) -> Table:
    """Which whole reports tell of a protest; label 2 (undecided) is left out."""
    conflict, protest = Counts(), Counts()
    false_events = others = 0
    misses = []
    for record, doc in coded:
        if record.meta.get("label") not in (0, 1):
            continue
        events = counted(doc)
        is_protest = any(e.event == "PROTEST" for e in events)
        if record.events:
            found = any(e.event in record.events[0].accept for e in events)
            conflict.right += found
            conflict.missed += not found
            protest.right += is_protest
            protest.missed += not is_protest
        else:
            others += 1
            protest.wrong += is_protest
            false_events += sum(e.event == "PROTEST" for e in events)
        if is_protest != bool(record.events):
            misses.append(_miss(gold.name, record, events))
    figures = (
        share("protest or conflict recall", conflict.right, conflict.labelled),
        *f1_figures("protest", protest),
        rate("other reports with a PROTEST", protest.wrong, others),
        rate("false PROTEST events per other report", false_events, others),
    )
    return Table(gold.name, gold.digest, len(coded), figures, misses=tuple(misses))


def score_police(gold: GoldSet, coded: Coded) -> Table:
    """Sentences that say the police killed or arrested.

    Only what the police do is labelled. So recall takes an act by anyone (the agent is often not
    in the sentence), while precision is asked only of acts whose actor is the police, and of killings only
    where the event says that somebody died: a baton charge claims no killing.
    """
    counts = {"KILL": Counts(), "ARREST": Counts()}
    by_police = {"KILL": Counts(), "ARREST": Counts()}
    misses = []
    for record, doc in coded:
        spans = _sentence_spans(record)
        labels = [frozenset(s.get("labels") or ()) for s in record.meta.get("sentences") or ()]
        for kind in ("KILL", "ARREST"):
            acts = [m for m in _mentions(doc) if _is_police_act(m, kind)]
            found = _sentences_of(doc, acts, spans)
            police = _sentences_of(doc, [m for m in acts if _by_police(m) and _claims(m, kind)], spans)
            wanted = {i for i, names in enumerate(labels) if kind in names}
            counts[kind].right += len(wanted & found)
            counts[kind].missed += len(wanted - found)
            by_police[kind].right += len(wanted & police)
            by_police[kind].wrong += len(police - wanted)
            if wanted - found or police - wanted:
                gold_rows, found_rows = sorted(wanted), sorted(found)
                misses.append(Miss(gold.name, record.id, kind, gold_rows, found_rows))
    figures = []
    for kind, name in (("KILL", "killing"), ("ARREST", "arrest")):
        figures.append(share(f"{name} sentence recall", counts[kind].right, counts[kind].labelled))
        figures.append(share(f"{name} by police precision", by_police[kind].right, by_police[kind].found))
    return Table(gold.name, gold.digest, len(coded), tuple(figures), misses=tuple(misses))


def is_whole(label: GoldEvent, event: Event, *, reciprocal: bool) -> bool:
    """Whether type and every labelled country are right; further actors do no harm."""
    return (
        event.event in label.accept
        and has_actors(label, event, reciprocal=reciprocal)
        and has_recipients(label, event)
    )


def has_actors(label: GoldEvent, event: Event, *, reciprocal: bool) -> bool:
    """Whether every labelled actor's country is among the event's actors.

    A reciprocal label has both sides as actors; the event may have one of them as recipient.
    """
    pool = event.actors + event.recipients if reciprocal else event.actors
    return set(label.actors) <= {country_of(a.code) for a in pool}


def has_recipients(label: GoldEvent, event: Event) -> bool:
    """Whether every labelled recipient's country is among the event's recipients.

    A reciprocal event has all its sides as actors, so there they count.
    """
    two_sided = any(m.reciprocal for m in event.mentions)
    pool = event.actors + event.recipients if two_sided else event.recipients
    return set(label.recipients) <= {country_of(a.code) for a in pool}


def _record_figures(coded: Coded) -> list[Figure]:
    """Whole record, countries and mode; nothing for a set without codes or modes."""
    labels = [(e, r, counted(d)) for r, d in coded for e in r.events]
    if not any(label.actors or label.recipients or label.mode for label, _, _ in labels):
        return []
    whole = typed = actors = recipients = with_actor = with_recipient = modes = moded = 0
    for label, record, events in labels:
        same = [e for e in events if e.event in label.accept]
        whole += any(is_whole(label, e, reciprocal=record.reciprocal) for e in same)
        if not same:
            continue
        typed += 1
        if label.actors:
            with_actor += 1
            actors += any(has_actors(label, e, reciprocal=record.reciprocal) for e in same)
        if label.recipients:
            with_recipient += 1
            recipients += any(has_recipients(label, e) for e in same)
        if label.mode:
            moded += 1
            modes += any(label.mode in e.modes for e in same)
    return [
        share("whole record", whole, len(labels)),
        share("type found", typed, len(labels)),
        share("actor country given type", actors, with_actor),
        share("recipient country given type", recipients, with_recipient),
        share("mode given type", modes, moded),
    ]


def _types(events: Iterable[Event], set_name: str) -> list[str]:
    """The types predicted, each once; in `plv` RETREAT has no label of its own and is CONCEDE."""
    merge = set_name == "plv"
    return sorted({"CONCEDE" if merge and e.event == "RETREAT" else e.event for e in events})


def _count_types(
    labels: Sequence[GoldEvent], predicted: Sequence[str], by_type: defaultdict[str, Counts]
) -> bool:
    """Add one record's types to the counts; whether all were right."""
    wanted: dict[str, GoldEvent] = {label.event: label for label in labels}
    covered: set[str] = set()
    clean = True
    for name, label in wanted.items():
        hits = label.accept.intersection(predicted)
        covered |= hits
        by_type[name].right += bool(hits)
        by_type[name].missed += not hits
        clean = clean and bool(hits)
    for name in predicted:
        if name not in covered:
            by_type[name].wrong += 1
            clean = False
    return clean


def _count_quads(labels: Sequence[GoldEvent], events: Iterable[Event], counts: Counts) -> None:
    """Add one record's quads; a label that accepts two types accepts both their quads."""
    predicted = {e.quad_code for e in events}
    covered: set[int] = set()
    for quads in dict.fromkeys(label.quads for label in labels):
        hits = quads & predicted
        covered |= hits
        counts.right += bool(hits)
        counts.missed += not hits
    counts.wrong += len(predicted - covered)


def _sum(counts: Iterable[Counts]) -> Counts:
    total = Counts()
    for c in counts:
        total.right += c.right
        total.wrong += c.wrong
        total.missed += c.missed
    return total


def _mentions(doc: Document) -> list[EventMention]:
    return [m for e in doc.events for m in e.mentions if m.status not in UNCOUNTED]


def _is_police_act(mention: EventMention, kind: str) -> bool:
    if kind == "KILL":
        return mention.event == "ASSAULT"
    return mention.event == "COERCE" and "arrest" in mention.modes


# Frames that say somebody died; elsewhere the number of dead says so.
_KILLING = frozenset(
    "kill killing-noun means-kill kill-in-police-fire execute execution-noun assassinate massacre "
    "death-by-violence".split()
)


def _claims(mention: EventMention, kind: str) -> bool:
    if kind != "KILL":
        return True
    dead = mention.size is not None and mention.size.dead is not None
    return dead or bool(_KILLING & set(mention.rule.split("+")))


def _by_police(mention: EventMention) -> bool:
    return any("COP" in (a.sector, *a.other_sectors) for a in mention.actors)


def _sentence_spans(record: GoldRecord) -> list[tuple[int, int]]:
    """Where the labelled sentences stand in the text; (-1, -1) for one that is not there."""
    spans, position = [], 0
    for sentence in record.meta.get("sentences") or ():
        text = sentence.get("text") or ""
        start = record.text.find(text, position)
        spans.append((start, start + len(text)) if start >= 0 else (-1, -1))
        position = start + len(text) if start >= 0 else position
    return spans


def _sentences_of(
    doc: Document, mentions: Iterable[EventMention], spans: Sequence[tuple[int, int]]
) -> set[int]:
    """The labelled sentences in which the mentions' predicates stand."""
    found = set()
    for mention in mentions:
        sent = doc.sentences[mention.sentence]
        position = sent.tokens[mention.anchor].start if sent.tokens else sent.start
        found |= {i for i, (start, end) in enumerate(spans) if start <= position < end}
    return found


def _miss(set_name: str, record: GoldRecord, events: Iterable[Event]) -> Miss:
    gold = [
        {"event": e.event, "mode": e.mode, "actors": e.actors, "recipients": e.recipients}
        for e in record.events
    ]
    predicted = [
        {
            "event": e.event,
            "mode": e.modes,
            "actors": [a.code or a.entity_text for a in e.actors],
            "recipients": [a.code or a.entity_text for a in e.recipients],
            "status": e.status,
            "rule": e.rule,
        }
        for e in events
    ]
    return Miss(set_name, record.id, record.text[:400], gold, predicted)
