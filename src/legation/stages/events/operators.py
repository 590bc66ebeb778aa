"""What operators make of the acts below them: one function an effect, named as in operators.toml.

"agree to" + a meeting is AGREE; "threaten to" + an attack is THREATEN/violence; "refuse to" + talks is
REJECT/meet. They compose from the inside out. An effect gets the clause of the operator and the acts
read below it, and gives the acts that are left. Here are those that leave the act what it is or end it;
acts of words are in `saying`, refusals in `refusing`.
"""

from __future__ import annotations

from collections.abc import Callable

from legation.changing import replace
from legation.knowledge.lexicon import Operator
from legation.model import Clause
from legation.stages.events.act import COOPERATIVE, HOSTILE, Act, Scene
from legation.stages.events.refusing import cancel, deny, fail, permit, prevent, refuse, reject
from legation.stages.events.saying import announce, order, plan, promise, report, request, threaten, unwilling
from legation.stages.events.status import combined
from legation.stages.events.turning import doer_of, future, other_side, over, under

Effect = Callable[[Scene, Clause, Operator, list[Act]], list[Act]]


def transparent(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """begin, continue, resume, manage to: the act itself, with the outer clause's status."""
    subject = doer_of(scene, clause)
    return under(
        scene,
        clause,
        [replace(a, actors=a.actors or subject, words=tuple(sorted({*a.words, clause.head}))) for a in acts],
    )


def approve(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """vote to, approve: the act that the decision performs, to come where it must be carried out."""
    subject = doer_of(scene, clause)
    if clause.lemma == "vote" and all(a.status == "negated" for a in acts):
        return [unwilling(scene, clause, operator, a, subject) for a in acts]  # "voted not to extend it"
    return under(
        scene,
        clause,
        [
            future(replace(a, actors=subject or a.actors, status=combined("future", a), rules=(*a.rules, operator.id)))
            for a in acts
        ],
    )


def attempt(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """try to, attempt to, plot to."""
    subject = doer_of(scene, clause)
    return under(
        scene,
        clause,
        [
            replace(
                a,
                status="attempted" if a.status in ("happened", "ongoing") else a.status,
                actors=a.actors or subject,
                rules=(*a.rules, operator.id),
            )
            for a in acts
        ],
    )


_CLOSING = frozenset("end finish close conclude".split())
_MEETINGS = frozenset("meeting session visit summit conference trip tour congress hearing".split())
_TALKS = frozenset("talk talks negotiation discussion dialogue consultation round".split())
_LENGTHS = frozenset("day hour round week month session".split())


def _comes_to_its_end(scene: Scene, clause: Clause) -> bool:
    """ "ended two days of talks", "the talks broke up", "closed its meeting": they were held, not called off."""
    if any(scene.lemma(h) in _LENGTHS for h in clause.object):
        return True
    if clause.kind != "verb" or clause.passive:
        return False
    if clause.object:
        return clause.lemma in _CLOSING and any(scene.lemma(h) in _MEETINGS for h in clause.object)
    return any(scene.lemma(h) in _MEETINGS | _TALKS for h in clause.subject)


def _polices(scene: Scene, head: int) -> bool:
    mention = scene.mention_at(head)
    return mention is not None and bool(mention.classes & {"police", "forces"})


def stop(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """halt, suspend, end: of cooperation SANCTION/discontinue, of force RETREAT, of protest CONCEDE."""
    subject = doer_of(scene, clause)
    if acts[0].event == "CONSULT" and _comes_to_its_end(scene, clause):
        return under(scene, clause, acts[:1])
    found = []
    for act in acts[:1]:
        if act.event in COOPERATIVE:
            event, mode = "SANCTION", "discontinue"
        elif act.event == "PROTEST" and any(_polices(scene, h) for h in subject):
            event, mode = "COERCE", "restrict"  # "police broke up a protest"
        elif act.event in ("PROTEST", "THREATEN", "REQUEST", "ACCUSE", "REJECT"):
            event, mode = "CONCEDE", None
        elif act.event in HOSTILE:
            event = "RETREAT"
            mode = "ceasefire" if act.event == "ASSAULT" else "withdraw" if act.event == "MOBILIZE" else "ease"
        else:
            event, mode = "SANCTION", "discontinue"
        actors = subject or act.actors
        if not actors and clause.kind != "noun":  # "an end to the curfew" may be demanded of nobody named
            continue
        made = over(act, clause, operator, event, mode)
        both = act.reciprocal and not subject
        others = () if both else other_side(scene, act, actors)
        if event == "COERCE":  # those who marched
            marched = scene.clauses.get(act.anchor)
            others = others or (scene.people(marched.oblique("of", "by")) if marched is not None else ())
        found.append(replace(made, actors=actors, recipients=others, reciprocal=both))
    return under(scene, clause, found)


def hypothesis(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """consider, discuss, fear, the possibility of: the act is only thought of."""
    return [replace(a, status="hypothetical", rules=(*a.rules, operator.id)) for a in acts]


def evaluate(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """condemn, praise, investigate an act: it is taken for granted, and not told here."""
    return []


EFFECTS: dict[str, Effect] = {
    f.__name__: f
    for f in (
        promise,
        plan,
        announce,
        report,
        threaten,
        refuse,
        reject,
        deny,
        request,
        order,
        transparent,
        permit,
        approve,
        prevent,
        attempt,
        fail,
        stop,
        cancel,
        hypothesis,
        evaluate,
    )
}
