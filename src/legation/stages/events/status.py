"""Whether an act happened, goes on, will be, may be, was not, or was tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from legation.model import Clause, Document, Status
from legation.stages.events.act import Act, Scene

OBLIGATION = frozenset({"must", "should", "ought", "need"})
_FUTURE = frozenset({"will", "shall"})
_POSSIBLE = frozenset({"may", "might", "could", "can"})
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest", "provided"})
_REPORTING_DEPS = frozenset({"ccomp", "conj", "parataxis", "acl", "advcl"})


def clause_status(scene: Scene, clause: Clause) -> Status:
    """The status of the clause's act, as its own verb group and conjunctions say it."""
    if clause.negated:
        return "negated"
    if conditional(scene, clause.head):
        return "hypothetical"
    modal = clause.modal
    if modal in _FUTURE:
        return "future"
    if modal == "would":
        return "future" if _is_reported(scene, clause.head) else "hypothetical"
    if modal in _POSSIBLE or modal in OBLIGATION:
        return "hypothetical"
    if clause.headline and _is_headline_future(scene, clause.head):
        return "future"
    if _is_purpose_to_come(scene, clause):
        return "future"
    if clause.aspect == "progressive" and clause.tense == "present":
        return "ongoing"
    return "happened"


def _is_purpose_to_come(scene: Scene, clause: Clause) -> bool:
    """ "will visit Senegal to mediate": what somebody will go for is to come too."""
    token = scene.sentence.tokens[clause.head]
    if clause.kind != "verb" or token.tag != "VB" or token.dep not in ("advcl", "xcomp"):
        return False
    above = scene.clauses.get(token.head)
    return above is not None and above.kind == "verb" and above.modal in _FUTURE and not above.negated


def conditional(scene: Scene, index: int) -> bool:
    """Whether the clause, or one it is part of, hangs on a condition: "if ...", "unless ..."."""
    tree, tokens = scene.tree, scene.sentence.tokens
    at: int | None = index
    while at is not None:
        for c in tree.children(at, "mark", "advmod"):
            before = tokens[c].lemma == "before" and at in scene.clauses and scene.clauses[at].tense == "present"
            if (
                (before or tokens[c].lemma in _CONDITIONS)
                and tokens[at].dep in ("advcl", "ccomp", "pcomp", "conj")
                and c < at
            ):
                return True
        clause = scene.clauses.get(at)
        if at == index and clause is not None and clause.modal and _has_condition(scene, at):
            return True
        if tokens[at].dep in ("ROOT", "parataxis") or (tokens[at].dep == "ccomp" and at != index):
            return False
        at = tree.head(at)
    return False


def _has_condition(scene: Scene, verb: int) -> bool:
    """ "If X, Y will": what follows from a condition is no more certain than it."""
    tree, tokens = scene.tree, scene.sentence.tokens
    return any(
        tokens[m].lemma in ("if", "unless") for c in tree.children(verb, "advcl") for m in tree.children(c, "mark")
    )


def _is_reported(scene: Scene, index: int) -> bool:
    tokens = scene.sentence.tokens
    at = index
    for _ in range(6):
        token = tokens[at]
        if token.dep in ("ccomp", "parataxis"):
            return True
        if token.head == at or token.dep not in _REPORTING_DEPS | {"xcomp", "relcl", "pobj", "prep", "dobj", "nsubj"}:
            break
        at = token.head
    # ", police said" after the clause
    return any(tokens[c].lemma in ("say", "report", "add", "announce") for c in scene.tree.children(at, "parataxis"))


def _is_headline_future(scene: Scene, index: int) -> bool:
    return any(scene.sentence.tokens[c].tag == "TO" for c in scene.tree.children(index, "aux"))


def combined(outer: Status, act: Act) -> Status:
    """The status of an act below a predicate that has one of its own: the less real of the two."""
    order: tuple[Status, ...] = ("negated", "hypothetical", "attempted", "future")
    for status in order:
        if outer == status or act.status == status:
            return status
    return "ongoing" if outer == "ongoing" and act.status == "happened" else act.status


# Days after which what happened is the story's past, not its news.
_PAST = 400


def mark_history(doc: Document) -> Document:
    """Mark what was over long before the report appeared: `happened` becomes `historical` by the event's date."""
    if doc.published is None or not any(m.date for m in doc.event_mentions):
        return doc
    day = date.fromisoformat(doc.published[:10]).toordinal()
    limit = date.fromordinal(max(1, day - _PAST)).isoformat()
    mentions = tuple(
        replace(m, status="historical")
        if m.status == "happened" and m.date is not None and (m.enddate or m.date) < limit[: len(m.enddate or m.date)]
        else m
        for m in doc.event_mentions
    )
    return doc if mentions == doc.event_mentions else replace(doc, event_mentions=mentions)
