"""Who does what to whom in a sentence: predicates and their arguments, out of the parse.

Forms covered: "X attacked Y", "Y was attacked (by X)", "Y, attacked by X, ...", "X, which attacked Y",
"X agreed to attack Y", "X urged Z to attack Y", "X attacked Y and fled", "X, attacking Y, ...",
"X's attack on Y", "the X attack", "an attack by X on Y", "talks between X and Y",
"X launched an attack on Y" (a light verb hands its arguments to the noun).
"""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge import lexicon
from legation.model import Clause, Document, Sentence
from legation.stages.clauses.adjectives import adjective_clause
from legation.stages.clauses.nouns import noun_clause
from legation.stages.clauses.verbs import Verbs
from legation.tree import NOUN_TAGS, VERB_TAGS

# Where an adjective says something of its noun: "was ready", "leaders keen to talk".
_PREDICATIVE = frozenset({"acomp", "oprd", "attr", "conj", "amod", "ROOT", "advcl", "acl", "appos"})


def find_clauses(doc: Document) -> Document:
    """Fill Document.clauses for every parsed sentence, in the order of the text."""
    clauses: list[Clause] = []
    for sent in doc.sentences:
        if sent.tokens:
            clauses.extend(sentence_clauses(sent))
    return replace(doc, clauses=tuple(clauses))


def sentence_clauses(sent: Sentence) -> list[Clause]:
    """The clauses of one parsed sentence."""
    verbs = Verbs(sent)
    words = lexicon.load()
    found: list[Clause] = []
    for token in sent.tokens:
        if token.tag in VERB_TAGS and token.dep not in ("aux", "auxpass", "amod", "compound"):
            found.append(verbs.clause(token.index))
        elif token.tag == "NNP" and token.text in ("March", "May"):
            continue  # a month, not an act
        elif token.tag in NOUN_TAGS or (token.tag == "VBG" and token.dep in ("compound", "amod")):
            if words.is_predicate("noun", token.lemma):
                found.append(noun_clause(verbs, token.index))
        elif token.tag == "JJ" and token.dep in _PREDICATIVE and words.is_predicate("adjective", token.lemma):
            found.append(adjective_clause(verbs, token.index))
    return found
