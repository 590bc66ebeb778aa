"""What somebody says he will do, in words that no frame knows: a promise to others, or a threat.

"Tokyo would supply five vessels to help Manila" promises, "the junta would retaliate against any attempt"
threatens, and so does "they will pay a heavy price", said by one in politics of another. The words are few and
general (`promisable`, `threat_*` in classes.toml), so confidence is low.
"""

from __future__ import annotations

from legation.model import Clause
from legation.stages.events.act import Act, Scene
from legation.tree import VERB_TAGS

_WILL = ("will", "would", "shall")
# How one answers who means to do harm: "respond forcefully", "act in kind".
_HARSHLY = frozenset(
    "harshly forcefully decisively firmly strongly severely crushingly proportionately swiftly accordingly "
    "mercilessly resolutely vigorously militarily immediately".split()
)
_IN_KIND = {"in": frozenset({"kind"}), "with": frozenset({"force", "fire", "strength"}), "against": frozenset()}
_SPEECH = frozenset({"report", "announce", "threaten", "order"})


def will_act(scene: Scene, clause: Clause) -> list[Act]:
    """The promise or threat of a bare "will"; nothing where it is neither."""
    no_choice = clause.lemma == "have" and any(scene.lemma(h) in ("choice", "option") for h in clause.object)
    if clause.kind != "verb" or clause.modal not in _WILL or clause.aspect == "perfect":
        return []
    if clause.negated and not no_choice:
        return []
    subject = _in_politics(scene, clause.subject)
    found = _threat(scene, clause, subject) or _held_out(scene, clause)
    return found or (_promise(scene, clause, subject) if subject else [])


def teller_of(scene: Scene, clause: Clause) -> tuple[int, ...]:
    """Who in politics says what the clause tells: "Tinubu told them that they were heard and would be freed"."""
    tokens = scene.sentence.tokens
    top = tokens[clause.head]
    while top.dep == "conj" and top.head != top.index:
        top = tokens[top.head]
    teller = scene.clauses.get(top.head) if top.dep == "ccomp" else None
    if teller is None or not any(o.effect in _SPEECH for o in scene.operators_of(teller)):
        return ()
    return _in_politics(scene, teller.subject)


def _in_politics(scene: Scene, heads: tuple[int, ...]) -> tuple[int, ...]:
    found = scene.people(heads, look_inside=False) or tuple(b for h in heads for b in scene.body_named_before(h))
    return found if any(scene.is_political(h) for h in found) else ()


def _threat(scene: Scene, clause: Clause, subject: tuple[int, ...]) -> list[Act]:
    """ "will retaliate", "would hit back", "will respond in kind", "will destroy its enemies" """
    words = scene.lexicon.classes
    adverbs = {scene.lowered[c] for c in scene.tree.children(clause.head, "advmod")}
    answers = clause.lemma in words["threat_answer"] and (
        bool(adverbs & _HARSHLY)
        or any(not lemmas or scene.lemma(h) in lemmas for p, lemmas in _IN_KIND.items() for h in clause.oblique(p))
    )
    foes = any(scene.lemma(h) in words["foe"] for h in clause.object)
    harms = clause.lemma in words["threat_harm"] and (foes or bool(_in_politics(scene, clause.object)))
    back = "back" in adverbs | {clause.particle} and clause.lemma in ("hit", "strike", "fight", "fire", "shoot")
    # "would have no choice but to act"
    back = back or (clause.lemma == "have" and any(scene.lemma(h) in ("choice", "option") for h in clause.object))
    steps = clause.lemma == "take" and any(scene.lemma(h) in words["threat_step"] for h in clause.object)
    if not subject or not (clause.lemma in words["threat_verb"] or answers or harms or back or steps):
        return []
    against = scene.people((*clause.object, *clause.oblique("against", "on", "to")), look_inside=False)
    return [_act(scene, clause, "THREATEN", subject, scene.others(against, subject), "a threat")]


def _held_out(scene: Scene, clause: Clause) -> list[Act]:
    """ "X will face consequences", "will pay a price", "will be punished", said of X by another: a threat to X."""
    words = scene.lexicon.classes
    fates = any(scene.lemma(h) in words["threat_fate"] for h in clause.object)
    suffers = (clause.lemma in words["threat_suffer"] and fates) or clause.lemma == "regret"
    suffers = suffers or (clause.passive and _is_done_to(scene, clause))
    if not suffers:
        return []
    speaker = teller_of(scene, clause)
    them = scene.people(clause.object if clause.passive else clause.subject, look_inside=False)
    them = scene.others(them, speaker)
    return [_act(scene, clause, "THREATEN", speaker, them, "harm held out to another")] if speaker else []


def _is_done_to(scene: Scene, clause: Clause) -> bool:
    """ "will be punished", "will be held accountable", "would be met with force", "will be brought to justice" """
    words = scene.lexicon.classes
    if clause.lemma in words["threat_done"]:
        return True
    tokens, tree = scene.sentence.tokens, scene.tree
    if clause.lemma == "hold":
        below = tree.children(clause.head, "oprd", "acomp", "xcomp", "advmod", "dobj", "attr")
        return any(tokens[c].lemma in ("accountable", "responsible", "liable") for c in below)
    if clause.lemma == "meet":
        return any(scene.lemma(h) in words["threat_fate"] | {"force", "fire"} for h in clause.oblique("with", "by"))
    return clause.lemma == "bring" and any(scene.lemma(h) == "justice" for h in clause.oblique("to"))


def _promise(scene: Scene, clause: Clause, subject: tuple[int, ...]) -> list[Act]:
    """ "would supply vessels to help Manila": a thing of use to another in politics."""
    if clause.lemma not in scene.lexicon.classes["promisable"] or clause.passive:
        return []
    tokens = scene.sentence.tokens
    heads = [*clause.dative, *clause.object]
    for preposition in ("to", "for", "with"):
        heads += clause.oblique(preposition)
    for below in clause.complements:
        if tokens[below].tag in VERB_TAGS and below in scene.clauses:
            inner = scene.clauses[below]
            heads += [*inner.subject, *inner.object]
            heads += [h for deep in inner.complements if deep in scene.clauses for h in scene.clauses[deep].subject]
    codes = {a.code for h in subject for a in scene.actors_at(h)}
    other = tuple(
        h
        for h in scene.others(scene.people(heads), subject)
        if scene.is_political(h) and not {a.code for a in scene.actors_at(h)} & codes
    )
    return [_act(scene, clause, "AGREE", subject, other[:2], "a promise to another")] if other else []


def _act(
    scene: Scene, clause: Clause, event: str, actors: tuple[int, ...], recipients: tuple[int, ...], what: str
) -> Act:
    return Act(
        event, clause.head, None, None, actors, recipients, rules=("bare-will",), confidence=0.5, words=(clause.head,),
        steps=(f"'{clause.modal} {clause.lemma}', in words of no frame, is {what}: {event}",),
    )  # fmt: skip
