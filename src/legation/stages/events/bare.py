"""Acts of words over what is in no frame: "agreed to redraw the map", "will not accept the offer", "said Y must".

The type is clear from the operator alone; the mode seldom is. Confidence is low, and somebody who acts
in politics must do it.
"""

from __future__ import annotations

from legation.knowledge.lexicon import Operator
from legation.model import Clause
from legation.stages.events.act import Act, Scene
from legation.stages.events.addressed import completed
from legation.stages.events.status import OBLIGATION, clause_status
from legation.tree import NOUN_TAGS, VERB_TAGS

_TYPES = {
    "promise": "AGREE",
    "refuse": "REJECT",
    "reject": "REJECT",
    "deny": "REJECT",
    "request": "REQUEST",
    "threaten": "THREATEN",
    "permit": "CONCEDE",
}
# Of the verbs of rejection only these reject whatever stands under them; one may "dismiss" a minister.
_REJECTING = frozenset("reject rule turn veto spurn rebuff vote shut close opt balk baulk rejection refuse".split())
_DENIED = frozenset("involvement responsibility accusation allegation charge claim report role wrongdoing".split())
# "declined to comment" refuses nothing.
_SPEAKING = frozenset(
    "say comment speak elaborate identify name disclose reveal confirm discuss answer be give tell".split()
)
_HELD = frozenset("arrest detain jail imprison apprehend".split())
_SAYING = ("report", "announce")
_WILL = ("will", "would", "shall")
# What somebody who "cannot" do it says no to.
_CANNOT = frozenset("accept agree support tolerate recognise recognize endorse back join sign approve".split())


def bare_act(scene: Scene, clause: Clause, operators: list[Operator]) -> list[Act]:
    """The act of an operator whose complement no frame knows; nothing where it is unclear."""
    for operator in operators:
        event = _TYPES.get(operator.effect)
        heads = _complements(scene, clause, operator)
        given = event == "AGREE" and heads and scene.lemma(heads[0]) == "give"
        if event is None or not heads or (scene.lemma(heads[0]) in _SPEAKING and not given):
            continue
        if event == "THREATEN" and _warned_of_others(scene, clause, heads[0]):
            continue
        subject = _political_subject(scene, clause) or _plural_subject(scene, clause, event)
        detectives = all(a.sector == "COP" for h in subject for a in scene.actors_at(h))
        if not subject or (operator.effect == "reject" and detectives):
            continue  # "investigators ruled out a fault" refuse nothing
        other = scene.others(
            scene.people(
                (*clause.object, *clause.dative, *clause.oblique("on", "upon", "with", "to")), look_inside=False
            ),
            subject,
        )
        if operator.effect == "permit":
            # Leave is given to somebody: "allowed the inspectors to return", not "allowed the pound to fall".
            inner = [scene.clauses[h] for h in heads if h in scene.clauses]
            let = (*clause.object, *clause.dative, *(h for c in inner for h in c.subject))
            other = scene.others(scene.people(let, look_inside=False), subject)
        made = Act(
            event, clause.head, "change" if event == "REQUEST" else None, None, subject, other,
            status=clause_status(scene, clause) if event not in ("REJECT", "CONCEDE") or clause.negated else "happened",
            rules=(f"bare-{operator.id}",), confidence=0.45, words=(clause.head, heads[0]),
            steps=(f"operator {operator.id} on '{scene.text(clause.head)}' over words in no frame: {event}",),
        )  # fmt: skip
        made = completed(scene, made, clause)
        if event in ("REQUEST", "CONCEDE") and not made.recipients:
            continue
        if event == "REQUEST" and not any(scene.is_political(h) for h in (*made.actors, *made.recipients)):
            continue
        return [made]
    return _will_not(scene, clause) or _obliged(scene, clause, operators)


def _warned_of_others(scene: Scene, clause: Clause, head: int) -> bool:
    """Whether "warned that the violence risks a wider war" foretells what others do: nothing is threatened."""
    below = scene.clauses.get(head)
    if clause.lemma not in ("warn", "caution", "alert") or below is None or not below.subject:
        return False
    own = set(clause.subject)
    return not any(
        h in own or scene.sentence.tokens[h].tag == "PRP" or scene.are_one(own, (h,)) for h in below.subject
    )


def held_before(scene: Scene, acts: list[Act]) -> list[Act]:
    """Arrests told by the way: "the detained sailors", where nothing else of the sentence says that they were."""
    tokens, tree = scene.sentence.tokens, scene.tree
    found = []
    for token in tokens:
        if token.dep != "amod" or token.tag != "VBN" or token.lemma not in _HELD:
            continue
        noun = tokens[token.head]
        if noun.tag not in NOUN_TAGS or any(a.mode == "arrest" and noun.index in a.recipients for a in acts):
            continue
        people = tuple(h for h in (noun.index, *tree.conjuncts(noun.index)) if tokens[h].tag in NOUN_TAGS)
        act = Act(
            "COERCE", token.index, "arrest", None, (), tuple(dict.fromkeys(people)), victims=True, status="historical",
            rules=("held-before",), confidence=0.5, words=(token.index,),
            steps=(f"'{token.text}' says of '{noun.text}' that they had been arrested: COERCE/arrest, before",),
        )  # fmt: skip
        found.append(act)
    return found


def _complements(scene: Scene, clause: Clause, operator: Operator) -> tuple[int, ...]:
    """What is promised or refused: a clause, or the noun of "agreed to an expansion", "ruled out a blockade"."""
    tokens = scene.sentence.tokens
    if operator.effect == "reject":
        things = (*clause.object, *clause.oblique("of", "on"), *clause.complements)
        return things if clause.lemma in _REJECTING else ()
    if operator.effect == "deny":
        return (*clause.complements, *(h for h in clause.object if scene.lemma(h) in _DENIED))
    if operator.effect == "refuse" and clause.lemma in _REJECTING and clause.kind == "verb":
        return clause.complements or tuple(h for h in clause.object if not scene.actors_at(h))
    if clause.complements or clause.lemma != "agree" or clause.negated:
        return clause.complements
    return tuple(h for h in clause.oblique("to") if tokens[h].tag in NOUN_TAGS and not scene.actors_at(h))


def _political_subject(scene: Scene, clause: Clause) -> tuple[int, ...]:
    subject = scene.people(clause.subject, look_inside=False) or tuple(
        c for h in clause.subject for c in scene.body_named_before(h)
    )
    return subject if any(scene.is_political(h) for h in subject) else ()


def _plural_subject(scene: Scene, clause: Clause, event: str) -> tuple[int, ...]:
    """Many people of one country who demand or refuse: "the miners of Peru refused to go back"."""
    if event not in ("REQUEST", "REJECT"):
        return ()
    tokens = scene.sentence.tokens
    found = scene.people(clause.subject, look_inside=False)
    return tuple(h for h in found if tokens[h].tag in ("NNS", "NNPS") and any(a.code for a in scene.actors_at(h)))


def _will_not(scene: Scene, clause: Clause) -> list[Act]:
    """ "will not accept the refugees": a refusal of what is asked of states, in no frame of its own."""
    words = scene.lexicon.classes["refusable"]
    if clause.kind != "verb" or not clause.negated or clause.lemma not in words or not is_refusal(scene, clause):
        return []
    subject = _political_subject(scene, clause)
    if not subject or not (clause.object or clause.complements or clause.obliques):
        return []
    act = Act(
        "REJECT", clause.head, None, None, subject, scene.others(scene.people(clause.object), subject),
        rules=("will-not",), confidence=0.6, words=(clause.head,),
        steps=(f"'{clause.modal} not {clause.lemma}' by somebody who could: REJECT",),
    )  # fmt: skip
    return [act]


def is_refusal(scene: Scene, clause: Clause) -> bool:
    """Whether a negated verb says no: "will not", "cannot accept", "no longer accepts"."""
    if clause.modal in _WILL or (clause.modal == "can" and clause.lemma in _CANNOT):
        return True
    longer = [c for c in scene.tree.children(clause.head, "advmod") if scene.lemma(c) in ("long", "longer")]
    return clause.modal is None and bool(longer) and clause.lemma in _CANNOT


def _obliged(scene: Scene, clause: Clause, operators: list[Operator]) -> list[Act]:
    """ "X said Y must ..." over words in no frame: REQUEST, where Y acts in politics."""
    tokens = scene.sentence.tokens
    if clause.kind != "verb" or clause.modal not in OBLIGATION or tokens[clause.head].dep != "ccomp":
        return []
    up = scene.clauses.get(tokens[clause.head].head)
    if up is None or not any(o.effect in _SAYING for o in scene.operators_of(up)):
        return []
    speaker = scene.people(up.subject, look_inside=False)
    subject = scene.people(clause.subject, look_inside=False)
    other = tuple(h for h in subject if h not in speaker and scene.is_political(h))
    if not speaker or not other or tokens[clause.head].tag not in VERB_TAGS:
        return []
    if scene.are_one(speaker, other):
        return []
    return [
        Act(
            "REQUEST", clause.head, "change", None, speaker, other,
            rules=("said-must",), confidence=0.6, words=(up.head, clause.head),
            steps=(f"'{scene.text(up.head)}' that another '{clause.modal}' act: REQUEST",),
        )
    ]
