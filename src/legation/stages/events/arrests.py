"""Acts told by the way, arrests above all: by a noun ("after his arrest"), a count, a participle ("jailed editor")."""

from __future__ import annotations

from legation.model import Clause
from legation.stages.events.act import Act, Scene
from legation.tree import NOUN_TAGS

_HELD = frozenset("arrest detain jail imprison apprehend".split())
# Behind these an arrest has taken place: "after the arrest of", "with the arrest of".
_AFTER = frozenset("after since following with by upon amid despite before until from".split())
# "in the wake of the arrest of", "news of the arrest of"
_OF_WHAT_WAS = frozenset("wake aftermath news time word".split())
_SPEAKING_OF = frozenset("refer relate point lead allude".split())
_HAPPENING = frozenset(
    "fail erupt break flare rage resume continue spread occur escalate intensify begin start".split()
)
# "a march marked the anniversary", "a vigil drew thousands"
_MARKING = frozenset("draw attract mark paralyse paralyze disrupt halt block".split())
_FREEING = frozenset("release free liberate freedom liberation swap exchange pardon".split())
# "the number of arrests has passed 3,000"
_COUNTS = frozenset("number figure tally total count toll wave spate string series dozen hundred thousand".split())


def is_told_arrest(scene: Scene, act: Act, clause: Clause) -> bool:
    """Whether an arrest named by a noun has taken place, as far as the words round the noun say."""
    if act.mode != "arrest" or act.status in ("hypothetical", "negated"):
        return False
    token, tokens = scene.sentence.tokens[act.anchor], scene.sentence.tokens
    above = tokens[token.head]
    if not act.recipients:
        # "arrests continued", "the number of arrests has passed 3,000"
        return token.tag == "NNS" and (token.dep in ("nsubj", "nsubjpass") or _is_counted(scene, act.anchor))
    following = scene.lowered[above.index] == "following" and above.dep == "prep"
    if token.dep == "pobj" or following:
        verb = tokens[above.head]
        if above.lemma == "of":
            return verb.lemma in _OF_WHAT_WAS
        if above.lemma == "to":
            return verb.lemma in _SPEAKING_OF and verb.dep != "acl"
        return above.lemma in _AFTER or following
    # "the arrest of the general set off ..."; one that a modal stands over is hypothetical or to come.
    return token.dep in ("nsubj", "nsubjpass") and act.status == "happened" and clause.modal is None


def says_it_happens(scene: Scene, act: Act) -> bool:
    """Whether the act's verb says no more than that it happens: "arrests continued", "a protest took place"."""
    verb = scene.sentence.tokens[act.anchor].head
    # Not "the march of the penguins drew children".
    if act.event == "PROTEST" and scene.lemma(verb) in _MARKING and not scene.tree.objects_of(act.anchor, "of"):
        return True
    place = [o for o in scene.tree.children(verb, "dobj") if scene.lemma(o) == "place"]
    return scene.lemma(verb) in _HAPPENING or (bool(place) and scene.lemma(verb) == "take")


def without_freed(scene: Scene, acts: list[Act]) -> list[Act]:
    """Without the arrests that a release tells of already: "freed the blogger arrested last week"."""
    return [a for a in acts if a.mode != "arrest" or not _is_of_freed(scene, a)]


def _is_of_freed(scene: Scene, act: Act) -> bool:
    tokens = scene.sentence.tokens
    token = tokens[act.anchor]
    if token.dep not in ("acl", "relcl") or token.head not in act.recipients:
        return False
    at = tokens[token.head]
    while at.dep == "conj" and at.head != at.index:
        at = tokens[at.head]
    up = tokens[at.head]
    if at.dep == "pobj":
        up = tokens[up.head]
    return up.index != at.index and up.lemma in _FREEING


def _is_counted(scene: Scene, anchor: int) -> bool:
    tokens = scene.sentence.tokens
    above = tokens[tokens[anchor].head]
    return above.lemma == "of" and tokens[above.head].lemma in _COUNTS


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
