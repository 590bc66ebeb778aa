"""Operators that say, promise, plan, threaten and ask: acts of words over the act below them."""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge.lexicon import Operator
from legation.model import Clause
from legation.stages.events.act import COOPERATIVE, HOSTILE, YIELDING, Act, Scene
from legation.stages.events.status import OBLIGATION, clause_status, combined
from legation.stages.events.turning import (
    COMMENTING,
    addressee_of,
    doer_of,
    future,
    is_unwilling,
    other_side,
    over,
    request_mode,
    same_side,
    speak_for,
    threat_mode,
    under,
)

# "vowed to strike back" threatens; "agreed to impose sanctions" is the act, to come.
_DEFIANT = frozenset({"vow", "pledge", "promise", "swear", "ready", "prepared", "willing", "readiness", "determined"})
# To promise a withdrawal concedes it; to agree to one is an agreement.
_GIVING = frozenset(
    {"promise", "pledge", "vow", "swear", "guarantee", "assure", "consent", "assurance", "commit", "undertake"}
)
# Verbs that ask only with a clause or "for": "pressed Rome to act", "pressed for talks".
_DECIDING = frozenset("decide choose opt resolve determine plan intend decision choice".split())
# Who speaks for states without a name: "Hungary's partners say Budapest should".
_SPEAKING_FOR_STATES = frozenset("partner ally neighbour neighbor creditor donor mediator capital diplomat".split())
_ACCEPTING = frozenset({"agree", "accept", "consent"})
_SAID_ON_THE_TELEPHONE = frozenset(
    "congratulate thank express convey apologise apologize offer voice wish inform".split()
)
_ASKING_WITH_A_CLAUSE = frozenset("press pressure encourage advise require lobby want invite".split())


def promise(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """agree to, promise, offer, be ready to."""
    found: list[Act] = []
    subject = doer_of(scene, clause)
    if is_unwilling(clause):
        return [unwilling(scene, clause, operator, a, subject) for a in acts]
    for act in acts:
        if act.status == "negated" and act.event in HOSTILE:
            made = over(act, clause, operator, "AGREE", None, step="not to act is a promise")
        elif act.status == "negated":
            made = over(act, clause, operator, "REJECT", request_mode(act))
        elif act.event in COOPERATIVE:
            made = over(act, clause, operator, "AGREE", None)
        elif act.event in YIELDING:
            # An apology that is offered is made.
            concedes = clause.lemma in _GIVING or (clause.lemma == "offer" and act.rules[0].startswith("apolog"))
            made = over(act, clause, operator, "CONCEDE" if concedes else "AGREE", None)
        elif act.event in HOSTILE and clause.lemma in _DEFIANT:
            made = over(act, clause, operator, "THREATEN", threat_mode(act))
        else:
            found.append(replace(act, status=combined("future", act), rules=(*act.rules, operator.id)))
            continue
        actors = subject or act.actors
        recipients = other_side(scene, act, actors) or addressee_of(scene, clause, actors)
        if clause.lemma in _ACCEPTING and _is_noun(scene, act.anchor):
            # "agreed to Swiss mediation with the rebels": with those whose act it is.
            recipients = scene.others(act.actors, actors) or recipients
        if act.reciprocal:
            # "Cairo and Tripoli agreed to meet": all sides promise; "Cairo agreed to meet Tripoli": one does.
            recipients = tuple(r for r in recipients if r not in actors)
        both = act.reciprocal and len(actors) > 1
        found.append(
            replace(made, actors=actors, recipients=() if both and not recipients else recipients, reciprocal=both)
        )
    return under(scene, clause, found)


def _is_noun(scene: Scene, head: int) -> bool:
    clause = scene.clauses.get(head)
    return clause is not None and clause.kind == "noun"


def is_text(scene: Scene, clause: Clause) -> bool:
    """Whether a bill, a plan, an agreement is the subject: a text intends nothing by itself."""
    classes = scene.lexicon.classes
    texts = classes["law"] | classes["proposal"] | classes["agreement"]
    return bool(clause.subject) and all(
        scene.lemma(h) in texts and scene.mentions.get(h) is None for h in clause.subject
    )


def plan(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """plan, decide, intend to; be expected, due, set to: cooperative acts to come are AGREE."""
    if is_text(scene, clause):  # "a bill that aims to tax imports": what a text is for, nobody does yet
        return [replace(a, status="hypothetical", rules=(*a.rules, operator.id)) for a in acts]
    subject = doer_of(scene, clause)
    decided_not = clause.lemma in _DECIDING and not clause.negated
    if is_unwilling(clause) or (decided_not and all(a.status == "negated" for a in acts)):
        return [unwilling(scene, clause, operator, a, subject) for a in acts]
    return under(
        scene,
        clause,
        [
            over(a, clause, operator, "CONCEDE", None)
            if a.event == "RETREAT" and a.mode in ("withdraw", "ceasefire", "ease", "release") and a.status != "negated"
            else future(replace(a, status=combined("future", a), rules=(*a.rules, operator.id)))
            for a in acts
        ],
    )


def unwilling(scene: Scene, clause: Clause, operator: Operator, act: Act, subject: tuple[int, ...]) -> Act:
    """ "has no intention of letting them in", "chose not to attend": REJECT; of a hostile act only that it is not."""
    actors = subject or act.actors
    if act.event not in COOPERATIVE | YIELDING or not actors:
        return replace(act, status="negated", rules=(*act.rules, operator.id))
    made = over(act, clause, operator, "REJECT", request_mode(act), step="no will to")
    return replace(made, actors=actors, recipients=other_side(scene, act, actors), reciprocal=False)


def announce(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """announce X, announce that one will X: a retreat by the one who announces it is CONCEDE."""
    subject = doer_of(scene, clause)
    if subject and all(a.sector == "JRN" for h in subject for a in scene.actors_at(h)):
        return report(scene, clause, operator, acts)  # "state television announced": of what others do
    found: list[Act] = []
    for act in acts:
        asked = asked_of_another(scene, clause, operator, act, subject)
        if asked is not None:
            found.append(asked)
        elif act.event == "RETREAT" and act.mode != "resign" and act.status in ("happened", "future", "ongoing"):
            made = over(act, clause, operator, "CONCEDE", None)
            found.append(replace(made, actors=subject or act.actors))
        elif act.event == "SANCTION" and act.mode == "expel":
            found.append(replace(act, actors=act.actors or subject, status="future"))
        else:
            found.append(
                future(replace(act, actors=act.actors or subject, words=tuple(sorted({*act.words, clause.head}))))
            )
    return under(scene, clause, found)


def report(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """say that: who says it is added; "said Y must X" is a REQUEST."""
    subject = doer_of(scene, clause)
    found: list[Act] = []
    for act in acts:
        asked = asked_of_another(scene, clause, operator, act, subject)
        if asked is not None:
            found.append(asked)
            continue
        if subject and _speaks_of_own_future(scene, act, subject):
            act = announce_own(act, clause, operator)
        if not act.actors and act.event in ("CONCEDE", "COERCE", "REJECT", "SANCTION") and len(act.rules) > 1:
            # "the march will not be allowed, the ministry said": those who speak do it.
            act = replace(act, actors=_of_state(scene, subject))
        found.append(replace(act, sources=(*subject, *act.sources) if subject else act.sources))
    status = clause_status(scene, clause)
    return [replace(a, status="hypothetical") for a in found] if status in ("negated", "hypothetical") else found


def asked_of_another(
    scene: Scene, clause: Clause, operator: Operator, act: Act, subject: tuple[int, ...]
) -> Act | None:
    """ "said Y must X": a REQUEST to Y, where Y is somebody else; None where nothing is asked."""
    inner = _clause_over(scene, act.anchor, clause.head)
    if inner is None or not (inner.modal in OBLIGATION or _has_to(scene, inner)) or inner.aspect == "perfect":
        return None
    if any(scene.lemma(h) in COMMENTING for h in clause.subject):
        return None
    if not subject and not any(scene.lemma(h) in _SPEAKING_FOR_STATES for h in clause.subject):
        return None
    other = scene.others(scene.people(inner.subject or inner.object), subject)
    if not other and inner.subject and scene.are_one(scene.people(inner.subject, look_inside=False), subject):
        return None  # "Peru said it should": of itself
    if not other and any(scene.is_political(h) for h in subject):
        # "Any deal must include the return of the prisoners": it is asked of whoever can do it.
        other = scene.others(act.actors, subject) or scene.others(act.recipients, subject)
        asked = replace(act, status="negated" if inner.negated else "happened")
        made = over(act, clause, operator, "REQUEST", request_mode(asked), step="said that it must be")
        return replace(made, actors=subject, recipients=other, reciprocal=False)
    if not other or scene.are_one(other, subject):
        return None
    asked = replace(act, status="negated" if inner.negated else "happened")
    made = over(act, clause, operator, "REQUEST", request_mode(asked), step="said another must")
    return replace(made, actors=subject, recipients=other, reciprocal=False)


def announce_own(act: Act, clause: Clause, operator: Operator) -> Act:
    """ "Paris said it would withdraw its troops": CONCEDE by Paris."""
    if act.event == "RETREAT" and act.mode != "resign":
        return over(act, clause, operator, "CONCEDE", None, step="one's own retreat to come")
    return future(act)


def _speaks_of_own_future(scene: Scene, act: Act, subject: tuple[int, ...]) -> bool:
    return act.status == "future" and (not act.actors or speak_for(scene, subject, act.actors))


def _has_to(scene: Scene, clause: Clause) -> bool:
    tokens = scene.sentence.tokens
    up = tokens[clause.head].head
    return clause.head != up and tokens[clause.head].dep == "xcomp" and tokens[up].lemma in ("need", "have")


def _clause_over(scene: Scene, anchor: int, below: int) -> Clause | None:
    """The topmost clause between the anchor and the operator: the one whose modal counts."""
    found = scene.clauses.get(anchor)
    if found is not None and found.kind == "verb" and found.modal in OBLIGATION:
        return found
    at = anchor
    for _ in range(12):
        up = scene.tree.head(at)
        if up is None or up == below:
            return found
        if up in scene.clauses and scene.clauses[up].kind == "verb":
            found = scene.clauses[up]
            if found.modal in OBLIGATION:
                return found
        at = up
    return found


def threaten(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """threaten to, warn of, threaten with; "warned X not to" is a THREATEN too."""
    subject = doer_of(scene, clause)
    addressee = addressee_of(scene, clause, subject)
    found = []
    for act in acts[:1]:
        if clause.lemma == "warn" and _is_of_another(scene, clause, act, subject):
            found.append(replace(act, status="hypothetical", sources=(*subject, *act.sources)))
            continue
        own_deed = not act.actors or same_side(scene, act.actors, subject) or clause.lemma in ("threaten", "threat")
        mode = threat_mode(act) if own_deed else None
        made = over(act, clause, operator, "THREATEN", mode)
        recipients = addressee or other_side(scene, act, subject)
        found.append(
            replace(
                made,
                actors=subject or act.actors,
                recipients=tuple(r for r in recipients if r not in subject),
                reciprocal=False,
            )
        )
    return under(scene, clause, found)


def _of_state(scene: Scene, heads: tuple[int, ...]) -> tuple[int, ...]:
    """Those who speak for a state or its forces."""
    return tuple(h for h in heads if any(a.sector in ("GOV", "COP", "MIL", "JUD") for a in scene.actors_at(h)))


def _is_of_another(scene: Scene, clause: Clause, act: Act, subject: tuple[int, ...]) -> bool:
    """ "warned that the rebels could attack": what others may do is no threat; "warned Iran not to attack" is one."""
    inner = _clause_over(scene, act.anchor, clause.head)
    if inner is None or not subject or inner.head not in clause.complements or not inner.modal or inner.negated:
        return False
    others = act.event in HOSTILE and bool(act.actors) and inner.modal not in OBLIGATION
    return others and not same_side(scene, act.actors, subject)


def _by_telephone(scene: Scene, clause: Clause) -> bool:
    """ "called the king to congratulate him": one telephones to say so, and does so."""
    return any(scene.lemma(h) in _SAID_ON_THE_TELEPHONE for h in clause.complements)


def request(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """urge, demand, call on: REQUEST with the mode of what is asked; its doer is the recipient."""
    if clause.lemma in _ASKING_WITH_A_CLAUSE and not clause.complements and not clause.oblique("for"):
        return under(scene, clause, acts)  # "press an attack" asks nobody
    subject = doer_of(scene, clause)
    act = acts[0]
    addressee = addressee_of(scene, clause, subject)
    if clause.lemma == "call" and clause.object and clause.particle is None and _by_telephone(scene, clause):
        doers = subject or act.actors
        return under(scene, clause, [replace(act, actors=doers, recipients=addressee or act.recipients)])
    recipients = addressee or scene.others(act.actors, subject) or other_side(scene, act, subject)
    made = over(act, clause, operator, "REQUEST", request_mode(act))
    if (
        act.event == "RETREAT"
        and act.mode == "ceasefire"
        and subject
        and any(scene.mentions[h].classes & {"armed", "rebels"} for h in subject if h in scene.mentions)
    ):
        made = over(act, clause, operator, "AGREE", None, step="a party to a conflict calls for its end")
    if clause.passive and not subject and not recipients:
        return []
    if not subject and not clause.passive:
        return []
    return under(scene, clause, [replace(made, actors=subject, recipients=recipients, reciprocal=False)])


def order(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """order one's own to act is the act; order another is a REQUEST."""
    subject = doer_of(scene, clause)
    # Who is ordered stands beside the verb; behind a preposition stands who suffers it.
    addressee = scene.others(scene.people((*clause.object, *clause.dative), look_inside=False), subject)
    own = not addressee or same_side(scene, addressee, subject)
    if own or not any(scene.is_political(h) for h in addressee):
        return under(
            scene,
            clause,
            [
                replace(a, actors=subject or a.actors, status=combined("happened", a), rules=(*a.rules, operator.id))
                for a in acts
            ],
        )
    return request(scene, clause, operator, acts)
