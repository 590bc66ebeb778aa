"""Facts on which reports or speakers differ, side by side: figures and places, accusations denied, news denied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

from legation.model import Actor, Document, EventMention
from legation.record import MergedEvent, Report, Statement
from legation.situations.citing import (
    Citation,
    Documents,
    cite_event,
    cite_mention,
    cite_statement,
    sentence_text,
    unique,
)
from legation.situations.promises import act_of, content_words
from legation.situations.timelines import in_order

_REACH = 4  # sentences back from a denial to what it denies
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|refut\w+|rebut\w*|disavow\w*)\b", re.IGNORECASE)
_SAYING = r"(?:claim|report|accusation|allegation|charge|account|version|story)s?"
# "rejected the report" denies what was said, "rejected the plan" does not.
_REJECTS_WORDS = re.compile(
    rf"\b(?:reject|dismiss|disput|contest)\w*\s+(?:\w+\s+){{1,2}}?{_SAYING}\b", re.IGNORECASE
)
_OF_WORDS = re.compile(rf"\b(?:the|this|that|his|her|their|its|such|all)\s+(?:\w+\s+)?{_SAYING}\b|\bdenied it\b", re.I)
# "denied any role": the deed the report is about.
_OF_THE_DEED = re.compile(r"\b(?:involvement|responsib\w+|role|behind|anything to do|part in|hand in)\b", re.IGNORECASE)
# What is done in words is agreed with or not; it is not true or false.
_IN_WORDS = ("ACCUSE", "SUPPORT", "AGREE", "REQUEST", "THREATEN", "CONCEDE", "REJECT")


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a disputed fact, who holds it, and the sentences that say so."""

    value: str
    said_by: tuple[str, ...]  # names as printed; empty: the outlets themselves
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DisputedFact:
    """A fact with its versions side by side."""

    field: str  # dead, injured, arrested, crowd, place, date, status, actor: of one event; denial: told and denied
    event: str  # id of the MergedEvent it is about; for words that are denied the document and the sentence
    date: str | None
    about: str  # the event in words: the sentence that first tells it
    sides: tuple[Side, ...]


def disputed_facts(
    events: Iterable[MergedEvent], statements: Iterable[Statement] = (), documents: Documents | None = None
) -> tuple[DisputedFact, ...]:
    """Every disputed fact of these events, in order of date."""
    documents = documents or {}
    ordered = in_order(events)
    facts = [fact for merged in ordered for fact in differing(merged, documents)]
    facts += denials(ordered, statements, documents)
    return tuple(sorted(facts, key=lambda f: (f.date or "9", f.event, f.field)))


def differing(merged: MergedEvent, documents: Documents) -> list[DisputedFact]:
    """What the reports of one event tell differently, as linking found it."""
    if not merged.disputes:  # of most events: their sentences need not be looked up
        return []
    cited = {c.document: c for c in cite_event(merged, documents)}
    about = next((c.text for c in cited.values() if c.text), str(merged.event))
    facts = []
    for dispute in merged.disputes:
        sides = tuple(
            Side(
                claim.value,
                claim.according_to,
                tuple(cited.get(d) or _denying(documents[d]) for d in claim.documents if d in cited or d in documents),
            )
            for claim in dispute.claims
        )
        facts.append(DisputedFact(dispute.field, merged.id, merged.event.date, about, sides))
    return facts


def _denying(doc: Document) -> Citation:
    """The sentence of a report that is no report of the event, because it denies it; else its first."""
    number = next((m.sentence for m in doc.event_mentions if m.event == "REJECT"), 0)
    words = sentence_text(doc, number)
    return Citation(doc.id, number, words, doc.outlet, doc.published, doc.title, doc.url)


@dataclass(frozen=True, slots=True)
class _Told:
    """Something told in one sentence of one report: an event or what somebody said."""

    sentence: int
    key: str  # of the event, or of the sentence
    date: str | None
    said_by: tuple[str, ...]
    citation: Citation
    type: str | None = None  # of the event; None: words
    against: frozenset[str] = frozenset()  # whom it accuses


@dataclass(frozen=True, slots=True)
class _Denial:
    """A sentence in which somebody denies something."""

    document: str
    sentence: int
    who: str
    codes: frozenset[str]
    denied: str | None  # the type of the act denied, where the rule says it
    of_words: bool  # "denied the claim": what was said before is meant
    citation: Citation


def denials(
    events: Sequence[MergedEvent], statements: Iterable[Statement], documents: Documents
) -> list[DisputedFact]:
    """What one side tells and another denies: each denial beside what was told before it in the same report."""
    said = list(statements)
    found = _found_denials(events, said, documents)
    told = _told_beside({denial.document for denial in found.values()}, events, said, documents)
    facts: dict[str, DisputedFact] = {}
    for place in sorted(found):
        denial = found[place]
        meant = _meant(denial, told.get(denial.document, ()))
        if meant is not None:
            facts[meant.key] = _with_denial(facts.get(meant.key) or _as_told(meant), denial)
    return list(facts.values())


def _found_denials(
    events: Sequence[MergedEvent], statements: Iterable[Statement], documents: Documents
) -> dict[tuple[str, int], _Denial]:
    """The denials by document and sentence; one that is an event goes before the same as words."""
    of_events = (
        _event_denial(report, mention, documents)
        for merged in events for report in merged.reports for mention in report.event.mentions
    )  # fmt: skip
    found: dict[tuple[str, int], _Denial] = {}
    for denial in chain(of_events, (_spoken_denial(statement, documents) for statement in statements)):
        if denial is not None:
            found.setdefault((denial.document, denial.sentence), denial)
    return found


def _told_beside(
    names: Set[str], events: Sequence[MergedEvent], statements: Iterable[Statement], documents: Documents
) -> dict[str, list[_Told]]:
    """What was told in these documents, events before words: only what stands beside a denial can be meant by it."""
    told: dict[str, list[_Told]] = {}
    for merged in events:
        for report in merged.reports:
            for mention in report.event.mentions if report.document in names else ():
                if mention.status in ("negated", "hypothetical", "future"):
                    continue
                if _event_denial(report, mention, documents) is None:
                    told.setdefault(report.document, []).append(_told_event(merged, report, mention, documents))
    for statement in statements:
        if statement.document in names and not statement.quote.negated:
            words = _told_words(statement, documents)
            if not _DENIES.search(words.citation.text):
                told.setdefault(statement.document, []).append(words)
    return told


def _told_event(merged: MergedEvent, report: Report, mention: EventMention, documents: Documents) -> _Told:
    accuses = mention.event == "ACCUSE"
    speakers = mention.according_to or (mention.actors if accuses else ())
    return _Told(
        mention.sentence,
        merged.id,
        merged.event.date,
        tuple(dict.fromkeys(_name(a) for a in speakers)),
        cite_mention(report, mention, documents),
        mention.event,
        frozenset(a.code for a in mention.recipients if a.code) if accuses else frozenset(),
    )


def _told_words(statement: Statement, documents: Documents) -> _Told:
    quote = statement.quote
    return _Told(
        quote.sentence,
        f"{statement.document}#{quote.sentence}",
        (statement.published or "")[:10] or None,
        (_name(quote.speaker),) if quote.speaker else (),
        cite_statement(statement, documents),
    )


def _event_denial(report: Report, mention: EventMention, documents: Documents) -> _Denial | None:
    if mention.event != "REJECT" or mention.status in ("negated", "hypothetical", "future"):
        return None
    citation = cite_mention(report, mention, documents)
    frame, *operators = mention.rule.split("+")
    by_rule = frame == "deny-charge" or "deny-act" in operators
    by_words = _DENIES.search(citation.text) or _REJECTS_WORDS.search(citation.text)
    if not by_rule and not (frame == "reject-proposal" and by_words):
        return None
    actors = mention.actors or report.event.actors
    return _Denial(
        report.document,
        mention.sentence,
        ", ".join(dict.fromkeys(_name(a) for a in actors)),
        frozenset(a.code for a in actors if a.code),
        act_of(frame) if "deny-act" in operators else None,
        bool(_OF_WORDS.search(citation.text)),
        citation,
    )


def _spoken_denial(statement: Statement, documents: Documents) -> _Denial | None:
    quote = statement.quote
    if not quote.negated or quote.speaker is None:
        return None
    citation = cite_statement(statement, documents)
    if statement.document in documents and not _DENIES.search(citation.text):
        return None  # "did not say whether"
    code = quote.speaker.code
    return _Denial(
        statement.document,
        quote.sentence,
        _name(quote.speaker),
        frozenset([code] if code else []),
        None,
        bool(_OF_WORDS.search(citation.text)),
        citation,
    )


def _meant(denial: _Denial, told: Sequence[_Told]) -> _Told | None:
    """What is denied: an accusation of the denier, what was said, or the event that has most in common with it."""
    last = denial.sentence - 1
    before = [t for t in told if 0 < denial.sentence - t.sentence <= _REACH and t.said_by != (denial.who,)]
    accusing = [t for t in before if t.against & denial.codes]
    words = [t for t in before if t.type is None or t.type == "ACCUSE"]
    if accusing or (denial.of_words and words):
        return max(accusing or words, key=lambda t: t.sentence)
    wanted = content_words(denial.citation.text) - content_words(denial.who)

    def likeness(told: _Told) -> int:
        same_type = told.type is not None and told.type == denial.denied
        return 2 * same_type + len(wanted & content_words(told.citation.text))

    # With nothing in common only an event just before is taken to be meant.
    deed = _OF_THE_DEED.search(denial.citation.text) is not None

    def may_be_meant(told: _Told) -> bool:
        just_before = told.type is not None and told.sentence == last
        return bool(likeness(told)) or just_before or (deed and told.type == "ASSAULT")

    near = [t for t in before if t.type not in _IN_WORDS and may_be_meant(t)]
    return max(near, key=lambda t: (likeness(t), t.type is not None, t.sentence), default=None)


def _as_told(meant: _Told) -> DisputedFact:
    told = Side("told", meant.said_by, (meant.citation,))
    return DisputedFact("denial", meant.key, meant.date, meant.citation.text, (told,))


def _with_denial(fact: DisputedFact, denial: _Denial) -> DisputedFact:
    sides = list(fact.sides)
    for n, side in enumerate(sides):
        if side.value == "denied" and side.said_by == (denial.who,):
            sides[n] = replace(side, citations=unique([*side.citations, denial.citation]))
            return replace(fact, sides=tuple(sides))
    return replace(fact, sides=(*sides, Side("denied", (denial.who,), (denial.citation,))))


def _name(actor: Actor) -> str:
    return actor.identifier_text or actor.entity_text or str(actor)
