"""The clauses that event nouns head: their own arguments, and those of the verb that carries them."""

from __future__ import annotations

from legation.knowledge import lexicon
from legation.model import Aspect, Clause, Tense
from legation.stages.clauses.arguments import pool_prepositions, verb_objects
from legation.stages.clauses.group import is_passive
from legation.stages.clauses.verbs import Verbs
from legation.tree import NOUN_TAGS, VERB_TAGS, Tree

# "a series of attacks": the of-phrase is the act.
_CONTAINERS = frozenset(
    (
        "series wave round string spate number dozen hundred act campaign kind form part day week hour set "
        "pair couple flurry barrage threat use spree lot"
    ).split()
)
# Whom an act is blamed on is no argument of the act: not "attack on the rebels" in "blamed the attack on the rebels".
_BLAMING = frozenset({"blame", "pin"})
# Verbs that carry a noun by a preposition: "engaged in talks", "entered into talks", "went on strike".
_INTO_VERBS = frozenset(
    (
        "engage enter go participate come resort take be return put involve join call break subject place "
        "agree push press arrive meet"
    ).split()
)
_TO_VERBS = frozenset("agree push press".split())


def noun_clause(verbs: Verbs, n: int) -> Clause:
    tree, tokens = verbs.tree, verbs.tokens
    words = lexicon.load()
    subject = [h for p in tree.children(n, "poss") for h in tree.conjuncts(p)]
    by = [
        h
        for p in tree.children(n, "prep", "agent")
        if tokens[p].lemma == "by"
        for o in tree.children(p, "pobj")
        for h in tree.conjuncts(o)
    ]
    pool: dict[str, list[int]] = {}
    pool_prepositions(tree, n, pool)
    for inner in pool.get("of", []):
        deeper: dict[str, list[int]] = {}
        pool_prepositions(tree, inner, deeper, skip="of")
        for name, heads in deeper.items():
            pool.setdefault(name, []).extend(heads)
        by = by or deeper.get("by", [])
    modifiers = _modifiers(tree, n)
    if modifiers:
        pool["mod"] = modifiers
    negated = any(tokens[c].lemma == "no" for c in tree.children(n, "det", "neg"))
    modal: str | None = None
    tense: Tense = "none"
    aspect: Aspect = "simple"
    passive = False
    carrier = _carrier(tree, n)
    if carrier is not None:
        verb = verbs.clause(carrier)
        modal, tense, aspect = verb.modal, verb.tense, verb.aspect
        negated = negated or verb.negated
        role = _role_under(tree, n, carrier)
        for name, found in verb.obliques:
            if n in found or (tokens[carrier].lemma in _BLAMING and name == "on"):
                continue
            pool.setdefault(name, []).extend(h for h in found if h not in pool.get(name, ()))
        sets_off = tokens[carrier].lemma == "set" and verb.particle == "off"
        inside = tokens[n].dep == "pobj" and tokens[tokens[n].head].lemma == "in"
        are_in = inside and tokens[carrier].lemma == "be" and not verb.passive  # "are in talks"
        if role == "object" and (tokens[carrier].lemma in words.doer_verbs or are_in) and not sets_off:
            by = by or list(verb.subject)
            passive = verb.passive
            pool.setdefault("dative", []).extend(verb.dative)
    by = by or _doers_below(verbs, n)
    return Clause(
        verbs.sentence,
        n,
        tokens[n].lemma,
        "noun",
        None,
        tuple(dict.fromkeys([*by, *subject])),
        tuple(pool.get("of", [])),
        tuple(pool.pop("dative", [])),
        tuple((p, tuple(dict.fromkeys(h))) for p, h in pool.items()),
        tuple(_complements(tree, n)),
        passive,
        negated,
        modal,
        tense,
        aspect,
        verbs.headline,
    )


def _modifiers(tree: Tree, n: int) -> list[int]:
    modifiers = [h for c in tree.children(n, "compound", "amod", "nmod", "npadvmod") for h in tree.conjuncts(c)]
    for m in modifiers:  # grows as it goes: "joint" in "their first joint coast guard exercise"
        modifiers += [x for x in tree.children(m, "compound", "amod", "npadvmod", "nmod") if x not in modifiers]
    for m in tree.children(n, "compound", "amod", "nmod"):
        modifiers += [p for p in tree.children(m, "prep") for p in tree.children(p, "pobj")]
    return modifiers


def _doers_below(verbs: Verbs, n: int) -> list[int]:
    """Whose act it is by a light verb that hangs on it: "an attack launched by rebels", "the attack they made"."""
    tree, tokens = verbs.tree, verbs.tokens
    light = lexicon.load().light_verbs
    by: list[int] = []
    for c in tree.children(n, "acl"):
        if tokens[c].lemma in light and is_passive(tree, c):
            by = by or [p for a in tree.children(c, "agent") for p in tree.children(a, "pobj")]
    for c in tree.children(n, "relcl"):
        if tokens[c].lemma in light and n in verb_objects(tree, c):
            by = by or list(verbs.subject(c))
    return by


def _complements(tree: Tree, n: int) -> list[int]:
    tokens = tree.tokens
    found = [
        c
        for c in tree.children(n, "acl", "ccomp", "xcomp")
        if any(tokens[x].tag in ("TO", "IN") or tokens[x].dep == "mark" for x in tree.children(c))
    ]
    for p in tree.children(n, "prep"):
        found.extend(tree.children(p, "pcomp"))
    return [h for c in found for h in tree.conjuncts(c)]


def _carrier(tree: Tree, n: int) -> int | None:
    """The verb that carries an event noun: a light verb over it, or one of which it is the subject."""
    tokens = tree.tokens
    head = n
    while tokens[head].dep == "conj" and tokens[tokens[head].head].tag in NOUN_TAGS:
        head = tokens[head].head
    token = tokens[head]
    up = tree.head(head)
    if up is None:
        return None
    if (
        token.dep == "pobj"
        and tokens[up].dep in ("prep", "prt")
        and tokens[up].lemma in ("in", "on", "into", "to", "of", "out", "for", "with", "under")
    ):
        verb = tree.head(up)
        if verb is not None and tokens[verb].tag in NOUN_TAGS and tokens[up].lemma == "of":
            return _carrier(tree, verb) if tokens[verb].lemma in _CONTAINERS else None
        if verb is None or tokens[verb].tag not in VERB_TAGS or tokens[verb].lemma not in _INTO_VERBS:
            return None
        # "agreed to talks"; what was agreed "in talks" is another thing.
        return None if tokens[verb].lemma in _TO_VERBS and tokens[up].lemma in ("in", "into", "under") else verb
    if token.dep in ("dobj", "nsubjpass", "nsubj", "attr", "pobj") and tokens[up].tag in VERB_TAGS:
        return up
    return None


def _role_under(tree: Tree, n: int, carrier: int) -> str:
    head = n
    while tree.tokens[head].dep == "conj" and tree.tokens[tree.tokens[head].head].tag in NOUN_TAGS:
        head = tree.tokens[head].head
    dep = tree.tokens[head].dep
    if dep == "nsubj":
        return "subject"
    return "object" if dep in ("dobj", "nsubjpass", "pobj", "attr") else "other"
