"""What an act refers to, and so does not tell beside itself: the truce that is violated, the demand that is met."""

from __future__ import annotations

from legation.knowledge.lexicon import Operator
from legation.model import Clause
from legation.stages.events.act import YIELDING, Act, Scene
from legation.tree import FINITE_TAGS

# When, not what: "called off the strike after reaching a deal".
_BESIDE = frozenset("after before since while despite following".split())
# Acts of words over what another has asked for or proposed.
_ANSWERS = frozenset({"CONCEDE", "REJECT", "AGREE", "SUPPORT", "ACCUSE"})


def referred_to(scene: Scene, own: Act, clause: Clause) -> list[int]:
    """What the act of a verb is about, not told beside it: the truce that is violated, the demand that is met.

    Of a proposal or demand that is rejected or accepted nothing is told: "rejected a call to free the crew".
    """
    if clause.kind != "verb":
        return []
    nouns = [h for h in clause.object if h in scene.clauses and scene.clauses[h].kind == "noun"]
    found = [*nouns]
    if own.event in _ANSWERS:
        found += [h for _, heads in clause.obliques for h in heads if _is_demand(scene, h)]
    if own.event in ("CONCEDE", "REJECT"):
        texts = scene.lexicon.classes["proposal"]
        for head in (h for h in clause.object if scene.lemma(h) in texts or _is_demand(scene, h)):
            found += clause.complements
            found += [
                h for h in scene.tree.subtree(head)
                if h in scene.clauses and not in_relative(scene, h, head)
            ]  # fmt: skip
    return found


def _is_demand(scene: Scene, head: int) -> bool:
    clause = scene.clauses.get(head)
    return (
        clause is not None
        and clause.kind == "noun"
        and any(o.effect == "request" for o in scene.operators_of(clause))
    )


def is_surer(scene: Scene, own: Act, operator: Operator) -> bool:
    """Whether a frame was chosen by what its verb is done to: "lift" a curfew, "drop" charges."""
    if operator.effect not in ("stop", "cancel") or own.event not in YIELDING:
        return False
    frame = scene.lexicon.by_id.get(own.rules[0])
    needed = dict(frame.needs).get("object", ()) if frame is not None else ()
    return bool(needed) and "*" not in needed and "@actor" not in needed


def is_beside(scene: Scene, complement: int) -> bool:
    """ "called off the strike after reaching a deal": when, not what."""
    token = scene.sentence.tokens[complement]
    return token.dep == "pcomp" and scene.lemma(token.head) in _BESIDE


def in_relative(scene: Scene, index: int, top: int) -> bool:
    """Whether a token below another stands in a clause that tells something of its own."""
    tokens = scene.sentence.tokens
    while index != top:
        if tokens[index].dep in ("relcl", "parataxis") or (
            tokens[index].dep == "conj" and tokens[index].tag in FINITE_TAGS
        ):
            return True
        index = tokens[index].head
    return False
