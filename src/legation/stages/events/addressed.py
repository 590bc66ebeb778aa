"""Whom an act touches, where no role of its frame names anybody.

A frame looks where its word keeps its people. What it leaves open is looked for here, in the order of
certainty: behind the prepositions of the act's own clauses, in what modifies its object ("the ban
imposed on the party"), in its complement ("agreed to give the aid workers access"), in what it is
for or against ("marched to protest cuts by the government").
"""

from __future__ import annotations

from collections.abc import Iterator

from legation.changing import replace
from legation.model import Clause
from legation.stages.events.act import Act, Scene
from legation.tree import NOUN_TAGS, VERB_TAGS

# Where else the one who is addressed may stand, in the order of certainty.
_PREPOSITIONS = {
    "AGREE": ("to", "with", "for", "from", "on"),
    "CONCEDE": ("to", "for", "with", "from", "on"),
    "REJECT": ("from", "by", "to", "with", "on", "against"),
    "THREATEN": ("against", "with", "to", "on", "at"),
    "REQUEST": ("from", "on", "to", "by"),
    "SANCTION": ("on", "against", "with", "to", "from"),
    "PROTEST": ("against", "at", "over", "by", "about"),
    "MOBILIZE": ("against",),
    "AID": ("to", "for"),
    "ACCUSE": ("against", "for", "as"),
}
# What else an act answers to: "declined to resign despite pressure from", "called off its strike after talks with".
_OCCASIONS = {"REJECT": ("despite",), "CONCEDE": ("after", "following"), "PROTEST": ("against", "over", "at", "about")}
_NEEDS_SOMEBODY = {
    "ACCUSE": ("object", "into", "against", "of"),
    "COERCE": ("object",),
    "REQUEST": ("object", "from", "on"),
    "SUPPORT": ("object",),
    "ASSAULT": ("object",),
    "THREATEN": ("object", "against"),
    "REJECT": ("from",),
}
_MODIFIED = frozenset({"AGREE", "CONCEDE", "REJECT", "SANCTION", "PROTEST", "THREATEN", "COERCE"})
# Who uses what is struck is struck: "bases used by the militia".
_HOLDING = frozenset("use hold control run occupy own operate man staff carry guard house".split())
_VOICING = frozenset("protest demand denounce condemn oppose press call urge decry reject ask".split())
_CLAUSES = frozenset({"advcl", "relcl", "parataxis", "ccomp"})


def addressed(scene: Scene, act: Act) -> Act:
    """The act with whom it touches, where that is told somewhere about it; else as it is."""
    if act.recipients or act.reciprocal:
        return act
    for look in _PLACES_TO_LOOK:
        other = _others(scene, look(scene, act), act)
        if other:
            return replace(act, recipients=other)
    return replace(act, recipients=_unlisted(scene, act))


def completed(scene: Scene, act: Act, clause: Clause) -> Act:
    """An act of words takes whom its complement names: "demanded that X leave", "threatened to cut aid to X"."""
    if act.event not in ("REQUEST", "THREATEN", "REJECT", "AGREE") or act.reciprocal:
        return act
    for head in clause.complements:
        inner = scene.clauses.get(head)
        if inner is None:
            continue
        if act.event == "REQUEST":
            named = scene.others(scene.people(inner.subject or inner.object), act.actors)
            if named:
                return replace(act, recipients=named)
        if act.recipients:
            continue
        for heads in (*_arguments(inner), tuple(_below(scene, head, without=_CLAUSES - {"ccomp"}))):
            if found := _others(scene, scene.people(heads), act):
                return replace(act, recipients=found)
    return act


def _others(scene: Scene, heads: tuple[int, ...], act: Act) -> tuple[int, ...]:
    """Those of the heads that are somebody else, and no mere possessor ("its ban")."""
    tokens = scene.sentence.tokens
    return scene.others((h for h in heads if tokens[h].tag != "PRP$"), act.actors)


def _clauses(scene: Scene, act: Act) -> list[Clause]:
    return [scene.clauses[w] for w in dict.fromkeys((act.anchor, *act.words)) if w in scene.clauses]


def _arguments(clause: Clause) -> Iterator[tuple[int, ...]]:
    """What stands with a verb, those whom it is done to or for before where and by what means."""
    yield clause.dative
    yield clause.oblique("to")
    yield clause.object
    for preposition in ("for", "with", "from", "on", "against"):
        yield clause.oblique(preposition)
    yield tuple(h for _, hs in clause.obliques for h in hs)


def _condition(scene: Scene, act: Act) -> tuple[int, ...]:
    """Whom a threat is for, where only its condition says so: "threatened to walk out unless X signs"."""
    if act.event != "THREATEN":
        return ()
    tokens = scene.sentence.tokens
    for clause in scene.clauses.values():
        if clause.kind == "verb" and any(
            tokens[m].lemma in ("if", "unless") for m in scene.tree.children(clause.head, "mark")
        ):
            other = scene.others(scene.people(clause.subject, look_inside=False), act.actors)
            if other:
                return other
    return ()


def _owner_of_object(scene: Scene, act: Act) -> tuple[int, ...]:
    """ "ordered the release of the Iranian tanker", "agreed to US mediation" """
    if act.event not in ("AGREE", "CONCEDE", "REJECT", "THREATEN"):
        return ()
    for clause in _clauses(scene, act):
        owners = [h for o in clause.object for h in scene.inside(o, ())]
        if owners and (other := _others(scene, tuple(owners), act)):
            return other
    return ()


def _under_object(scene: Scene, act: Act) -> tuple[int, ...]:
    """Whoever acts in politics and stands nearest below the object: "the release of money for arms to Egypt"."""
    if act.event not in _PREPOSITIONS or act.event in ("MOBILIZE", "AID"):
        return ()
    for clause in _clauses(scene, act):
        found = [h for o in clause.object for h in _below(scene, o) if scene.is_political(h)]
        if other := _others(scene, tuple(found), act):
            return other[:1]
    return ()


def _behind_prepositions(scene: Scene, act: Act) -> tuple[int, ...]:
    """ "agreed to lift its embargo on sales to Iran", "rejected the call by the UN to ..." """
    for preposition in _PREPOSITIONS.get(act.event, ()):
        for clause in _clauses(scene, act):
            heads = [*clause.oblique(preposition)]
            heads += [h for o in clause.object for h in scene.tree.objects_of(o, preposition)]
            heads = [h for h in heads if scene.sentence.tokens[h].tag != "PRP$"]
            other = _others(scene, scene.people(heads), act)
            if other:
                return other
    return ()


def _in_modifiers(scene: Scene, act: Act) -> tuple[int, ...]:
    """ "the ban imposed on the party", "the policy ordered by the president", "the ban keeping them from ..." """
    if act.event not in _MODIFIED and act.event != "ASSAULT":
        return ()
    tokens = scene.sentence.tokens
    for clause in _clauses(scene, act):
        nouns = [*clause.object, *(h for _, hs in clause.obliques for h in hs)]
        for noun in nouns:
            for verb in scene.tree.children(noun, "acl", "relcl"):
                inner = scene.clauses.get(verb)
                if inner is None or (act.event == "ASSAULT" and inner.lemma not in _HOLDING):
                    continue
                heads = [h for h in (*inner.oblique("on", "against", "to", "from"), *inner.subject) if h != noun]
                if tokens[verb].tag == "VBG" or not inner.passive:
                    heads = [h for h in inner.object if h != noun] + heads
                found = scene.people(heads)
                if found:
                    return found
    return ()


def _in_purpose(scene: Scene, act: Act) -> tuple[int, ...]:
    """What a protest voices and whom aid is for: "rallied to protest abuses by the army", "gave money to help X"."""
    if act.event not in ("PROTEST", "AID"):
        return ()
    tree, tokens = scene.tree, scene.sentence.tokens
    verbs = {w for w in (act.anchor, *act.words) if tokens[w].tag in VERB_TAGS}
    verbs |= {up for w in verbs | {act.anchor} if (up := tree.head(w)) is not None and tokens[up].tag in VERB_TAGS}
    for verb in sorted(verbs):
        for head in tree.children(verb, "advcl", "xcomp", "acl"):
            voiced = act.event == "AID" or tokens[head].lemma in _VOICING
            if not voiced or tokens[head].tag not in ("VB", "VBG") or head in verbs:
                continue
            found = [h for h in _below(scene, head, without=frozenset()) if act.event == "AID" or scene.is_political(h)]
            other = _others(scene, tuple(found), act)
            if other:
                return other[:1]
    return ()


def _on_occasion(scene: Scene, act: Act) -> tuple[int, ...]:
    for clause in _clauses(scene, act):
        heads = [*clause.oblique(*_OCCASIONS.get(act.event, ()))]
        if act.event == "PROTEST":
            heads += [h for h in clause.oblique("in") if scene.lemma(h) == "protest"]
        for head in heads:
            found = [h for h in _below(scene, head, without=frozenset()) if scene.is_political(h)]
            other = _others(scene, tuple(found), act)
            if other:
                return other[:1]
    return ()


def _against(scene: Scene, act: Act) -> tuple[int, ...]:
    """ "called up reservists for a possible war against Iraq", "trained pilots to strike against Israel" """
    if act.event not in ("MOBILIZE", "THREATEN"):
        return ()
    tree, tokens = scene.tree, scene.sentence.tokens
    for clause in _clauses(scene, act):
        heads = [
            o
            for i in tree.subtree(clause.head)
            if tokens[i].lemma == "against" and tokens[i].dep == "prep"
            for o in tree.children(i, "pobj")
        ]
        if found := scene.people(heads):
            return found
    return ()


def _unlisted(scene: Scene, act: Act) -> tuple[int, ...]:
    """A person no table knows, by name, where the act needs somebody: "opened an investigation into Okonjo"."""
    found: list[int] = []
    for preposition in _NEEDS_SOMEBODY.get(act.event, ()):
        for clause in _clauses(scene, act):
            heads = clause.object if preposition == "object" else clause.oblique(preposition)
            found += [h for h in heads if scene.is_unlisted_name(h)]
        if found:
            break
    return tuple(found)


def _below(scene: Scene, head: int, *, without: frozenset[str] = _CLAUSES) -> Iterator[int]:
    """The actors under a token, those nearest to it first; not in clauses that hang there by one of these labels."""
    tokens = scene.sentence.tokens
    queue = [head]
    for index in queue:
        for child in scene.tree.children(index):
            if tokens[child].dep in without:
                continue
            if scene.actors_at(child) and tokens[child].tag in (*NOUN_TAGS, "JJ", "CD"):
                yield child
            queue.append(child)


_PLACES_TO_LOOK = (
    _condition,
    _owner_of_object,
    _behind_prepositions,
    _in_modifiers,
    _in_purpose,
    _on_occasion,
    _against,
    _under_object,
)
