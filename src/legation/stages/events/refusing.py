"""Operators that refuse, deny, forbid and call off the act below them."""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge.lexicon import Operator
from legation.model import Clause
from legation.stages.events.act import COOPERATIVE, HOSTILE, YIELDING, Act, Scene
from legation.stages.events.status import combined
from legation.stages.events.turning import addressee_of, doer_of, other_side, over, request_mode, threat_mode, under


def refuse(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """refuse to, decline to: REJECT with the mode of what is refused; refusing a hostile act is no event."""
    subject = doer_of(scene, clause)
    if clause.lemma == "decline" and any(scene.lemma(h) == "discuss" for h in clause.complements):
        return []  # he would not speak of it
    found = []
    for act in acts[:1]:
        if clause.lemma == "hesitate" and clause.negated and act.event in HOSTILE and subject:
            # "would not hesitate to use force"
            made = over(act, clause, operator, "THREATEN", threat_mode(act))
            return [replace(made, actors=subject, recipients=other_side(scene, act, subject), reciprocal=False)]
        if act.event == "ACCUSE" and not clause.negated:
            return [replace(act, status="negated", actors=act.actors or subject, rules=(*act.rules, operator.id))]
        if act.event in ("ASSAULT", "THREATEN", "ACCUSE", "MOBILIZE", "PROTEST", "REJECT"):
            continue  # "refused to rule out" refuses nothing
        made = over(act, clause, operator, "REJECT", request_mode(act))
        actors = subject or act.actors
        found.append(
            replace(
                made,
                actors=actors,
                # "refused Denmark leave to pass them on to Kyiv": Denmark is refused it.
                recipients=scene.others(scene.people(clause.dative), actors)
                or other_side(scene, act, actors)
                or addressee_of(scene, clause, actors),
                reciprocal=False,
            )
        )
    # The "no" of "sees no reason for" is the refusal itself.
    return found if operator.id == "see-no-reason" else under(scene, clause, found)


def reject(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """reject, rule out, oppose an act: REJECT; whose act it is, is the recipient."""
    if clause.negated and clause.kind == "verb":
        return [replace(a, status="hypothetical", rules=(*a.rules, operator.id)) for a in acts]  # "did not rule out"
    subject = doer_of(scene, clause)
    found = []
    for act in acts[:1]:
        made = over(act, clause, operator, "REJECT", request_mode(act))
        recipients = scene.others(act.actors, subject)
        recipients = recipients or scene.others((i for h in clause.object for i in scene.inside(h)), subject)
        recipients = recipients or scene.others(act.recipients, subject) or addressee_of(scene, clause, subject)
        found.append(replace(made, actors=subject, recipients=recipients, reciprocal=False))
    return under(scene, clause, [a for a in found if a.actors])


def deny(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """deny an act: REJECT by the one who denies; the act itself is not told as a fact."""
    subject = doer_of(scene, clause)
    tokens = scene.sentence.tokens
    if not subject or any(t.lemma == "confirm" and t.index in _joined(scene, clause.head) for t in tokens):
        return []  # "would neither confirm nor deny"
    made = over(acts[0], clause, operator, "REJECT", None, step="a denial")
    sources = tuple(h for h in acts[0].sources if h not in subject)
    return under(scene, clause, [replace(made, actors=subject, recipients=sources, reciprocal=False)])


def _joined(scene: Scene, head: int) -> set[int]:
    """The predicates that one is joined to by a conjunction."""
    token = scene.sentence.tokens[head]
    first = token.head if token.dep == "conj" else head
    return set(scene.tree.conjuncts(first))


def permit(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """allow another to come, meet, help: RETREAT/access."""
    subject = doer_of(scene, clause)
    if clause.negated:
        return [_not_let(scene, clause, operator, a, subject) for a in acts]
    found = []
    for act in acts:
        if subject and act.event in ("CONSULT", "COOPERATE", "AID", "RETREAT", "MOBILIZE", "ACCUSE"):
            made = over(act, clause, operator, "RETREAT", act.mode if act.event == "RETREAT" else "access")
            found.append(
                replace(
                    made,
                    actors=subject,
                    recipients=tuple(h for h in (*act.actors, *act.recipients) if h not in subject),
                    reciprocal=False,
                )
            )
        elif subject and act.event == "PROTEST":
            found.append(replace(over(act, clause, operator, "CONCEDE", None), actors=subject, recipients=act.actors))
        else:
            found.append(replace(act, status=combined("hypothetical", act)))
    return under(scene, clause, found)


def _not_let(scene: Scene, clause: Clause, operator: Operator, act: Act, subject: tuple[int, ...]) -> Act:
    """ "will not let them march", "were not allowed to enter": COERCE of a crowd, else REJECT; an attack is none."""
    if act.event == "PROTEST":
        made = over(act, clause, operator, "COERCE", "ban")
    elif act.event in COOPERATIVE | YIELDING | {"MOBILIZE"} and clause.modal not in ("can", "could", "may"):
        made = over(act, clause, operator, "REJECT", request_mode(act))
    else:
        return replace(act, status="negated")
    held_back = tuple(h for h in (*act.actors, *act.recipients) if h not in subject)
    return replace(made, actors=subject, recipients=held_back, reciprocal=False)


_FOILED = frozenset({"foil", "thwart"})


def prevent(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """ban, bar, prevent an act: COERCE of those who would do it, where a public body bans; else it did not happen."""
    subject = doer_of(scene, clause)
    act = acts[0]
    if act.event in ("PROTEST", "CONSULT") and any(scene.is_political(h) for h in subject):
        made = over(
            act,
            clause,
            operator,
            "COERCE",
            "ban" if clause.lemma in ("ban", "outlaw", "forbid", "prohibit") else "restrict",
        )
        return under(
            scene,
            clause,
            [
                replace(
                    made, actors=subject, recipients=tuple(h for h in act.actors if h not in subject), reciprocal=False
                )
            ],
        )
    if act.event in COOPERATIVE | YIELDING and any(scene.is_political(h) for h in subject):
        made = over(act, clause, operator, "REJECT", request_mode(act))
        return under(
            scene,
            clause,
            [
                replace(
                    made,
                    actors=subject,
                    recipients=tuple(h for h in (*act.actors, *act.recipients) if h not in subject),
                    reciprocal=False,
                )
            ],
        )
    if clause.lemma in _FOILED:  # "a plot was foiled": it had been tried
        return [replace(a, status=combined("attempted", a), rules=(*a.rules, operator.id)) for a in acts]
    return [replace(a, status="negated") for a in acts]


def fail(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """fail to, be unable to, lack of; "the raid failed" was tried, "the talks failed" were held."""
    if clause.kind == "verb" and not clause.complements and any(a.anchor in clause.subject for a in acts):
        return [replace(a, status=combined("attempted", a)) if a.event in HOSTILE else a for a in acts]
    return [replace(a, status="negated", rules=(*a.rules, operator.id)) for a in acts]


def cancel(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """call off, postpone, boycott a meeting: REJECT/meet; withdraw from other cooperation: SANCTION."""
    subject = doer_of(scene, clause)
    found = []
    for act in acts[:1]:
        actors = subject or act.actors
        if not actors:
            continue
        if act.event in ("CONSULT", "AGREE"):
            made = over(act, clause, operator, "REJECT", "meet")
        elif act.event in COOPERATIVE:
            made = over(act, clause, operator, "SANCTION", "withdraw")
        elif act.event in YIELDING:
            made = over(act, clause, operator, "REJECT", "yield")
        else:
            made = over(act, clause, operator, "CONCEDE", None)
        found.append(replace(made, actors=actors, recipients=other_side(scene, act, actors), reciprocal=False))
    return under(scene, clause, found)
