"""What a verb takes besides its subject: objects, objects of prepositions, and complements."""

from __future__ import annotations

from collections.abc import Iterable

from legation.stages.clauses.group import is_passive
from legation.tree import VERB_TAGS, Tree

RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
SUBJECTS = ("nsubj", "nsubjpass")
# Verbs whose particle parsers take for a preposition.
_WITH_PARTICLE = frozenset(
    {("vote", "down"), ("strike", "down"), ("turn", "down"), ("shoot", "down"), ("call", "off")}
)
# What "to" behind them says nothing of a direction.
_TO_WHOLE = frozenset({"according", "due", "owing", "thanks", "prior"})
_TO_PREPOSITIONS = {"out": "from", "back": "to", "away": "from", "off": "from", "over": "over"}


def verb_objects(tree: Tree, v: int) -> list[int]:
    tokens = tree.tokens
    found = [c for c in tree.children(v, "dobj") if tokens[c].lemma not in RELATIVES]
    relative = [c for c in tree.children(v, "dobj") if tokens[c].lemma in RELATIVES]
    token = tokens[v]
    if token.dep == "relcl" and token.head != v:
        own_subject = tree.children(v, *SUBJECTS)
        subject_is_relative = any(tokens[s].lemma in RELATIVES for s in own_subject)
        if relative or (
            own_subject and not subject_is_relative and not found and not tree.children(v, "nsubjpass")
        ):
            found.append(token.head)
    if not found and token.tag in VERB_TAGS:
        found = _judged(tree, v)
    if not found and token.dep != "relcl":
        found.extend(_shifted(tree, v))
    if not found and token.dep != "relcl":
        # Shared object to the right: "The EU condemned and Kyiv welcomed it" is left alone: too doubtful.
        attrs = [c for c in tree.children(v, "attr") if token.lemma == "be"]
        found.extend(attrs)
    return [h for o in found for h in tree.conjuncts(o)]


def _judged(tree: Tree, v: int) -> list[int]:
    """ "found the general guilty": the parser makes a clause of the two."""
    if tree.tokens[v].lemma not in ("find", "declare", "deem", "hold"):
        return []
    clauses = [c for c in tree.children(v, "ccomp") if tree.tokens[c].tag == "JJ"]
    return [s for c in clauses if not tree.children(c, "mark") for s in tree.children(c, "nsubj")]


def _shifted(tree: Tree, v: int) -> list[int]:
    """The object behind "denounced as a crime [the raid]", "dismissed as absurd [an offer]", "voted down [a bill]"."""
    tokens = tree.tokens
    for p in tree.children(v, "prep"):
        if tokens[p].lemma == "as" and not is_passive(tree, v):
            for x in tree.children(p, "pobj"):
                articles = tree.children(x, "det", "poss")
                if articles and any(c < articles[0] for c in tree.children(x, "amod")):
                    return [x]  # "as absurd an offer": the adjective stands before the article
            for x in (p, *(c for c in tree.children(p) if tokens[c].tag not in VERB_TAGS)):
                behind = [c for c in tree.children(x, "appos", "dobj", "pobj") if c > p + 1 and c > x]
                set_off = any(t.text == "," for t in tokens[p : behind[-1]]) if behind else True
                if not set_off and (x != p or len(tree.children(p, "pobj", "amod")) > 1):
                    return behind[-1:]
        elif (tokens[v].lemma, tokens[p].lemma) in _WITH_PARTICLE:
            return tree.children(p, "pobj")
    return []


def verb_obliques(tree: Tree, v: int, objects: Iterable[int]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Objects of prepositions, pooled over the verb, its objects and their of-phrases."""
    pool: dict[str, list[int]] = {}
    pool_prepositions(tree, v, pool)
    for o in objects:
        if tree.tokens[o].tag in ("PRP", "NNP", "NNPS"):
            continue
        pool_prepositions(tree, o, pool)
        for p in tree.children(o, "prep"):
            if tree.tokens[p].lemma == "of":
                for inner in tree.children(p, "pobj"):
                    pool_prepositions(tree, inner, pool, skip="of")
    return tuple((p, tuple(dict.fromkeys(heads))) for p, heads in pool.items())


def pool_prepositions(tree: Tree, index: int, pool: dict[str, list[int]], skip: str = "") -> None:
    tokens = tree.tokens
    for c in tree.children(index):
        token = tokens[c]
        if token.dep in ("prep", "agent", "dative", "prt", "advmod") and token.tag in (
            "IN",
            "TO",
            "RP",
            "RB",
            "VBG",
            "VBN",
        ):
            name = token.lemma
            inner = [h for p in tree.children(c, "pobj") for h in tree.conjuncts(p)]
            for below in tree.children(c, "prep"):
                stacked = [h for p in tree.children(below, "pobj") for h in tree.conjuncts(p)]
                through = _TO_PREPOSITIONS.get(name)
                if name in ("according", "because", "instead", "due", "ahead"):
                    through = name
                whole = token.text.lower() in _TO_WHOLE or (tokens[below].lemma == "of" and through)
                label = through or name if whole else tokens[below].lemma
                pool.setdefault(label, []).extend(stacked)
            if inner and name != skip:
                pool.setdefault(name, []).extend(inner)


def verb_complements(tree: Tree, v: int) -> list[int]:
    tokens = tree.tokens
    found = [c for c in tree.children(v, "xcomp", "ccomp", "acomp", "oprd") if c != v]
    for p in (
        *tree.children(v, "prep", "agent", "prt", "advmod"),
        *(q for o in tree.children(v, "dobj", "pobj", "acomp") for q in tree.children(o, "prep")),
    ):
        found.extend(tree.children(p, "pcomp"))
    for o in tree.children(v, "dobj", "nsubjpass"):
        found.extend(
            c for c in tree.children(o, "acl") if any(tokens[x].tag == "TO" for x in tree.children(c, "aux"))
        )
    found.extend(
        c
        for c in tree.children(v, "advcl")
        if tokens[c].index > v
        and (
            any(tokens[x].tag == "TO" for x in tree.children(c, "aux"))
            # "is pushing for the United States to agree"
            or any(tokens[x].lemma == "for" for x in tree.children(c, "mark"))
        )
    )
    return [h for c in found for h in tree.conjuncts(c)]
