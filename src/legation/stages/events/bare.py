"""Acts of words over what is in no frame: "agreed to redraw the map", "will not accept the offer", "said Y must".

The type is clear from the operator alone; the mode seldom is. Confidence is low, and somebody who acts
in politics must do it.
"""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge.lexicon import Operator
from legation.model import Clause
from legation.stages.events.act import Act, Scene
from legation.stages.events.addressed import completed
from legation.stages.events.status import OBLIGATION, clause_status, is_reported
from legation.stages.events.turning import COMMENTING, doer_of, expressed, is_unwilling
from legation.stages.events.willing import teller_of, will_act
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
_SAYING = ("report", "announce")
_OUT_OF_THE = ["out", "of", "the"]
# What a government asks for without saying of whom: "the ships must be inspected once, the UN envoy said".
_ASKED_OF_ANYBODY = frozenset(
    "release free return respect lift stop end halt cease investigate punish prosecute bring protect try "
    "guarantee disarm disband implement inspect allow ensure resume reopen withdraw remove include go leave "
    "dismantle destroy flow reach continue begin start take uphold honour honor preserve restore evacuate "
    "refrain desist exchange abolish scrap repeal board hand".split()
)
# "There must be a ceasefire": what is asked for by its mere name.
_ASKED_TO_BE = frozenset(
    "ceasefire truce end halt stop pause investigation inquiry election talk talks dialogue negotiation accountability "
    "justice solution settlement withdrawal release access respect transition pullout referendum".split()
)
# From what one is barred: coming in is refused, other doings are forbidden.
_BARRING = frozenset("bar ban forbid prohibit exclude block".split())
_COMING_IN = frozenset("enter land dock visit attend join take participate return fly cross travel come sail".split())
_WILL = ("will", "would", "shall")
# What somebody who "cannot" do it says no to.
_CANNOT = frozenset("accept agree support tolerate recognise recognize endorse back join sign approve".split())


def bare_act(scene: Scene, clause: Clause, operators: list[Operator]) -> list[Act]:
    """The act of an operator whose complement no frame knows; nothing where it is unclear."""
    for operator in operators:
        event = _TYPES.get(operator.effect)
        heads = _complements(scene, clause, operator)
        given = event == "AGREE" and heads and scene.lemma(heads[0]) == "give"
        if event is None or not heads or (_is_only_talk(scene, clause, operator, heads[0]) and not given):
            continue
        subject = _political_subject(scene, clause) or _plural_subject(scene, clause, event)
        if not subject and operator.effect == "permit" and clause.passive and clause.modal in _WILL:
            subject = teller_of(scene, clause)  # "will no longer be allowed to dock, the minister said"
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
            other = scene.others(scene.people(let, look_inside=clause.negated), subject)
        made = Act(
            event, clause.head, "change" if event == "REQUEST" else None, None, subject, other,
            status=expressed(scene, clause) if event not in ("REJECT", "CONCEDE") or clause.negated else "happened",
            rules=(f"bare-{operator.id}",), confidence=0.45, words=(clause.head, heads[0]),
            steps=(f"operator {operator.id} on '{scene.text(clause.head)}' over words in no frame: {event}",),
        )  # fmt: skip
        made = completed(scene, made, clause)
        if is_unwilling(clause) if event == "AGREE" else event == "CONCEDE" and clause.negated:
            made = replace(made, event="REJECT", status="happened", steps=(*made.steps, "no will to: REJECT"))
        if event in ("REQUEST", "CONCEDE") and not made.recipients and not (clause.negated and clause.passive):
            continue
        if operator.effect == "reject" and clause.negated:
            continue  # "has not ruled out" refuses nothing
        if clause.lemma == "warn" and not _is_threatening(scene, clause, made):
            continue
        if event == "REQUEST" and not any(scene.is_political(h) for h in (*made.actors, *made.recipients)):
            continue
        return [made]
    return (
        _will_not(scene, clause)
        or will_act(scene, clause)
        or _obliged(scene, clause)
        or _barred(scene, clause)
        or _left(scene, clause)
        or _out_of_the_question(scene, clause)
    )


def _is_threatening(scene: Scene, clause: Clause, made: Act) -> bool:
    """ "warned that prices would rise" threatens nobody; "warned that their embassies would not be safe" does."""
    inner = [scene.clauses[h] for h in clause.complements if h in scene.clauses]
    finite = [c for c in inner if c.modal or c.tense != "none"]
    if not finite:
        return True
    if not any(c.modal in ("will", "would", "could", "may", "must") for c in finite):
        return False
    codes = {a.code for h in made.actors for a in scene.actors_at(h)}
    told = {h for c in finite for h in scene.tree.subtree(c.head) if scene.is_political(h)}
    return any(scene.is_political(h) for h in made.recipients) or any(
        a.code not in codes for h in told for a in scene.actors_at(h)
    )


def _is_only_talk(scene: Scene, clause: Clause, operator: Operator, head: int) -> bool:
    """ "declined to comment" refuses nothing; "refused to discuss the status of the city" does."""
    word = scene.lemma(head)
    if operator.effect == "refuse" and word == "discuss" and clause.lemma != "decline":
        return False
    return word in _SPEAKING - ({"be"} if operator.effect == "threaten" else frozenset())


def _barred(scene: Scene, clause: Clause) -> list[Act]:
    """ "barred the plane from landing", "was banned from running": nobody's act below it, but one of who bars."""
    if clause.kind != "verb" or clause.lemma not in _BARRING or clause.negated:
        return []
    inner = next((scene.clauses[h] for h in clause.complements if h in scene.clauses), None)
    barred = scene.people(clause.object, look_inside=True)
    if inner is None or not barred or scene.sentence.tokens[inner.head].tag != "VBG":
        return []
    comes_in = inner.lemma in _COMING_IN
    subject = _political_subject(scene, clause)
    if not subject and clause.passive and comes_in:
        subject = tuple(h for h in scene.people(inner.object, look_inside=False) if scene.is_political(h))
    if not subject and not clause.passive:
        return []
    event, mode = ("REJECT", None) if comes_in else ("COERCE", "ban")
    status = clause_status(scene, clause)
    return [
        Act(
            event, clause.head, mode, None, subject, scene.others(barred, subject), status=status,
            rules=("barred-from",), confidence=0.6, words=(clause.head, inner.head),
            steps=(f"'{scene.text(clause.head)}' from '{scene.text(inner.head)}': {event}",),
        )
    ]  # fmt: skip


def _left(scene: Scene, clause: Clause) -> list[Act]:
    """ "walked out of the conference": no more of the talks."""
    if clause.kind != "verb" or clause.lemma not in ("walk", "storm", "pull") or clause.negated:
        return []
    subject = _political_subject(scene, clause)
    talks = [h for h in clause.oblique("from", "of") if scene.lemma(h) in scene.lexicon.classes["talks"]]
    if not subject or not talks:
        return []
    return [
        Act(
            "REJECT", clause.head, "meet", None, subject, (), status=clause_status(scene, clause),
            rules=("walked-out",), confidence=0.6, words=(clause.head, talks[0]),
            steps=(f"'{scene.text(clause.head)}' out of '{scene.text(talks[0])}': REJECT/meet",),
        )
    ]  # fmt: skip


def _complements(scene: Scene, clause: Clause, operator: Operator) -> tuple[int, ...]:
    """What is promised or refused: a clause, or the noun of "agreed to an expansion", "ruled out a blockade"."""
    tokens = scene.sentence.tokens
    if operator.effect == "reject":
        behind = ("of", "on", "against") if clause.lemma == "vote" else ("of", "on")
        things = (*clause.object, *clause.oblique(*behind), *clause.complements)
        return things if clause.lemma in _REJECTING else ()
    if operator.effect == "deny":
        # "denied any role", and "denied him an amnesty"
        given = bool(clause.dative or clause.oblique("to"))
        return (*clause.complements, *(h for h in clause.object if given or scene.lemma(h) in _DENIED))
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


def _political_people(scene: Scene, heads: tuple[int, ...]) -> list[int]:
    return [h for h in scene.people(heads, look_inside=False) if scene.is_political(h)]


def _plural_subject(scene: Scene, clause: Clause, event: str) -> tuple[int, ...]:
    """Many people of one country who demand or refuse: "the miners of Peru refused to go back"."""
    if event not in ("REQUEST", "REJECT"):
        return ()
    tokens = scene.sentence.tokens
    found = scene.people(clause.subject, look_inside=False)
    return tuple(h for h in found if tokens[h].tag in ("NNS", "NNPS") and _are_a_people(scene, h))


def _are_a_people(scene: Scene, head: int) -> bool:
    """Whether these are people of a country, or a people of several ("ethnic Albanians")."""
    mention = scene.mention_at(head)
    return mention is not None and ("nationality" in mention.classes or any(a.code for a in mention.actors))


def _will_not(scene: Scene, clause: Clause) -> list[Act]:
    """ "will not accept the refugees": a refusal of what is asked of states, in no frame of its own."""
    words = scene.lexicon.classes["refusable"]
    unwanted = clause.lemma == "want" and clause.modal is None and bool(_political_people(scene, clause.object))
    takes_part = clause.lemma == "take" and any(scene.lemma(h) in ("part", "call") for h in clause.object)
    if clause.kind != "verb" or not clause.negated or not (clause.lemma in words or takes_part or unwanted):
        return []
    if not unwanted and not is_refusal(scene, clause):
        return []
    subject = _political_subject(scene, clause) or _plural_subject(scene, clause, "REJECT")
    if not subject or not (clause.object or clause.complements or clause.obliques):
        return []
    act = Act(
        "REJECT", clause.head, None, None, subject, scene.others(scene.people(clause.object), subject),
        rules=("will-not",), confidence=0.6, words=(clause.head,),
        steps=(f"'{clause.modal} not {clause.lemma}' by somebody who could: REJECT",),
    )  # fmt: skip
    return [act]


def _out_of_the_question(scene: Scene, clause: Clause) -> list[Act]:
    """ "A pullout is out of the question, Cairo said": what is said so of is refused by the one who says it."""
    tokens, tree = scene.sentence.tokens, scene.tree
    if clause.kind != "verb" or clause.lemma != "be" or clause.negated:
        return []
    refused = [t.index for t in tokens if t.lemma == "question" and scene.lowered[t.index - 3 : t.index] == _OUT_OF_THE]
    if not refused or clause.head not in tree.ancestors(refused[0]):
        return []
    up = scene.clauses.get(tokens[clause.head].head)
    if up is None or not any(o.effect in _SAYING for o in scene.operators_of(up)):
        return []
    speaker = scene.people(up.subject, look_inside=False)
    if not any(scene.is_political(h) for h in speaker):
        return []
    named = [i for c in tree.children(clause.head, "nsubj", "csubj") for i in tree.subtree(c)]
    other = scene.others((i for i in named if scene.actors_at(i)), speaker)
    return [
        Act(
            "REJECT", clause.head, None, None, speaker, other,
            rules=("out-of-the-question",), confidence=0.7, words=(clause.head, refused[0]),
            steps=("'out of the question' for the one who says so: REJECT",),
        )
    ]


def is_refusal(scene: Scene, clause: Clause) -> bool:
    """Whether a negated verb says no: "will not", "cannot accept", "no longer accepts"."""
    if clause.modal in _WILL or (clause.modal == "can" and (clause.lemma in _CANNOT or clause.lemma == "be")):
        return True
    if clause.modal == "could" and clause.lemma in _CANNOT and is_reported(scene, clause.head):
        return True  # "said it could not support them": it cannot
    longer = [c for c in scene.tree.children(clause.head, "advmod") if scene.lemma(c) in ("long", "longer")]
    return clause.modal is None and bool(longer) and clause.lemma in _CANNOT


def _obliged(scene: Scene, clause: Clause) -> list[Act]:
    """ "X said Y must ..." over words in no frame: REQUEST, where Y acts in politics."""
    tokens = scene.sentence.tokens
    top = tokens[clause.head]
    if top.dep == "xcomp" and tokens[top.head].lemma in ("need", "have"):
        top = tokens[top.head]  # "needs to come clean"
    if clause.kind != "verb" or clause.modal not in OBLIGATION or top.dep != "ccomp":
        return []
    up = scene.clauses.get(top.head)
    if up is None or not any(o.effect in _SAYING for o in scene.operators_of(up)) or clause.aspect == "perfect":
        return []
    speaker = doer_of(scene, up)
    subject = scene.people(clause.subject or (clause.object if clause.passive else ()), look_inside=False)
    other = tuple(h for h in subject if h not in speaker and scene.is_political(h))
    if not speaker or tokens[clause.head].tag not in VERB_TAGS:
        return []
    there = clause.lemma == "be" and any(scene.lemma(h) in _ASKED_TO_BE for h in clause.object)
    anybody = there or clause.lemma in _ASKED_OF_ANYBODY
    if clause.lemma in ("expect", "know") or any(scene.lemma(h) in COMMENTING for h in up.subject):
        return []
    if not other and (not anybody or not any(scene.is_political(h) for h in speaker)):
        return []
    if other and scene.are_one(speaker, other):
        return []
    return [
        Act(
            "REQUEST", clause.head, "change", None, speaker, other,
            rules=("said-must",), confidence=0.6, words=(up.head, clause.head),
            steps=(f"'{scene.text(up.head)}' that another '{clause.modal}' act: REQUEST",),
        )
    ]
