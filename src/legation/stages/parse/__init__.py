"""Tokens, tags and arcs for the sentences that the gate let through. The only stage that imports spaCy.

The parser is spaCy's small English model, whose mathematics are done in `network`. Entity recogniser, lemmatiser
and attribute ruler are left out; lemmas of nouns and verbs come from simplemma.
"""

from legation.stages.parse.lemmas import lemma_of
from legation.stages.parse.loading import MODELS
from legation.stages.parse.parser import Parser, parse_text

__all__ = ["MODELS", "Parser", "lemma_of", "parse_text"]
