"""The verb's group: its voice, modal, tense and aspect, and whether it is negated."""

from __future__ import annotations

from collections.abc import Iterable

from legation.knowledge import lexicon
from legation.model import Aspect, Tense
from legation.tree import NOUN_TAGS, VERB_TAGS, Tree


def is_passive(tree: Tree, v: int) -> bool:
    token = tree.tokens[v]
    if token.tag not in ("VBN", "VBD"):
        return False
    if tree.child(v, "auxpass", "nsubjpass") is not None:
        return True
    if (
        token.tag == "VBN"
        and token.dep in ("acl", "advcl", "relcl", "amod")
        and not tree.children(v, "aux", "nsubj", "dobj")
    ):
        return True
    if (
        token.lemma in ("nab", "arrest", "detain", "apprehend")
        and token.dep == "ROOT"
        and not tree.children(v, "aux", "dobj", "ccomp")
        and tree.tokens[(tree.children(v, "nsubj") or [v])[0]].tag in ("CD", "NNS")
    ):
        return True  # "33 nabbed in raids": nobody arrests without saying whom
    if token.tag == "VBN" and token.dep in ("acl", "pcomp") and tree.child(v, "agent") is not None:
        return True
    if token.tag == "VBN" and token.dep == "conj" and not tree.children(v, "aux", "nsubj", "dobj"):
        return token.head != v and is_passive(tree, token.head)
    if token.tag != "VBN" or tree.children(v, "aux", "dobj"):
        return False
    if token.dep == "ccomp" and tree.tokens[token.head].lemma in ("help", "see", "have", "want", "get"):
        return True  # "to help refugees evicted from the camp"
    return token.dep in ("ROOT", "ccomp") and not tree.children(v, "nsubj")


def finiteness(tree: Tree, v: int) -> tuple[str | None, Tense, Aspect]:
    """The modal, tense and aspect of the verb's group; a coordinated verb shares its head's."""
    tokens = tree.tokens
    aux = tree.children(v, "aux", "auxpass")
    token = tokens[v]
    if (
        not aux
        and token.dep == "conj"
        and token.tag in ("VB", "VBN", "VBG")
        and token.head != v
        and tokens[token.head].tag in VERB_TAGS
    ):
        return finiteness(tree, token.head)
    # The one nearest the verb: in "Should X attack, Y would strike" parsers hang both on "strike".
    modal = next((tokens[a].lemma for a in reversed(aux) if tokens[a].tag == "MD"), None)
    over = tokens[token.head]
    told = over.tag == "VBD" and over.dep == "ccomp" and _has_noun_subject(tree, token.head)
    if modal is None and token.dep == "xcomp" and token.tag == "VB" and (over.tag in ("VBP", "VBZ") or told):
        # "have to leave", "need to pay", "said France had to leave"; by itself "had to leave" tells that they left.
        modal = "must" if tokens[token.head].lemma in ("have", "need") and not _is_yet(tree, v) else None
    if modal is None and _is_to(tree, v):
        modal = "will"  # "is to withdraw", "is going to withdraw"
    lemmas = {tokens[a].lemma for a in aux}
    finite = next((tokens[a].tag for a in aux if tokens[a].tag in ("VBD", "VBP", "VBZ")), token.tag)
    tense: Tense = "past" if finite == "VBD" else "present" if finite in ("VBP", "VBZ") else "none"
    if modal is None and token.tag == "VBN" and not aux:
        tense = "past"
    if "have" in lemmas and token.tag == "VBN":
        return modal, tense, "perfect"
    if token.tag == "VBG" and "be" in lemmas:
        return modal, tense, "progressive"
    return modal, tense, "simple"


def _has_noun_subject(tree: Tree, v: int) -> bool:
    subject = tree.child(v, "nsubj")
    return subject is not None and tree.tokens[subject].tag in NOUN_TAGS


def _is_to(tree: Tree, v: int) -> bool:
    """ "The two are to meet", "is going to expel": what will be."""
    tokens = tree.tokens
    up = tokens[v].head
    if tokens[v].dep != "xcomp" or tokens[v].tag != "VB" or _is_yet(tree, v):
        return False
    if not any(tokens[c].tag == "TO" for c in tree.children(v, "aux")):
        return False
    if tokens[up].lemma == "be":
        subject = tree.child(up, "nsubj")
        # "the aim is to withdraw", "is about to": not these.
        plain = not tree.children(up, "acomp", "attr", "advmod") and tokens[up].tag in ("VBZ", "VBP")
        return plain and subject is not None and not lexicon.load().is_predicate("noun", tokens[subject].lemma)
    return tokens[up].text.lower() == "going" and any(tokens[c].lemma == "be" for c in tree.children(up, "aux"))


def _is_yet(tree: Tree, v: int) -> bool:
    """ "have yet to agree", "is yet to be seen": not so far."""
    tokens = tree.tokens
    up = tokens[v].head
    if up == v or tokens[v].dep != "xcomp" or tokens[up].lemma not in ("have", "be"):
        return False
    return any(tokens[c].lemma == "yet" for c in (*tree.children(up, "advmod"), *tree.children(v, "advmod")))


def is_negated(tree: Tree, v: int, arguments: Iterable[int]) -> bool:
    tokens = tree.tokens
    if _is_yet(tree, v) or (_is_to(tree, v) and tree.child(tokens[v].head, "neg") is not None):
        return True
    for c in tree.children(v):
        if tokens[c].dep == "neg":
            return True
        if tokens[c].dep == "advmod" and (
            tokens[c].lemma in ("never", "neither", "nor") or tree.child(c, "neg") is not None
        ):
            return tokens[c].lemma not in ("only",)
    if tokens[v].dep == "pcomp" and tokens[tokens[v].head].lemma == "without":
        return True
    if tokens[v].dep == "conj" and tokens[v].head != v and not tree.children(v, "nsubj", "nsubjpass", "aux"):
        head = tokens[v].head
        if tokens[head].tag in VERB_TAGS and tree.child(head, "neg") is not None and tokens[v].tag == "VB":
            return True
    for a in arguments:
        if tokens[a].lemma in ("nobody", "none", "nothing", "neither"):
            return True
        if any(
            tokens[c].lemma in ("no", "neither") and tokens[c].dep in ("det", "neg", "preconj")
            for c in tree.children(a)
        ):
            return True
    return False
