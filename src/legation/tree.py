"""The parse of one sentence, made walkable: children, paths, noun phrases. Reads only tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legation.model import Token

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
# Labels under which a noun phrase hangs material that is part of the same phrase.
PHRASE_LABELS = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nmod",
        "nummod",
        "quantmod",
        "poss",
        "case",
        "predet",
        "advmod",
        "npadvmod",
        "punct",
        "neg",
    }
)


class Tree:
    """A walkable view of a parsed sentence's tokens; indexes are positions in the sentence."""

    __slots__ = ("_children", "_deps", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._deps = [token.dep for token in tokens]
        self._children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.index:
                self._children[token.head].append(token.index)

    def __len__(self) -> int:
        return len(self.tokens)

    def children(self, index: int, *deps: str) -> list[int]:
        """Children of a token from left to right; only those with one of the labels, if given."""
        own = self._children[index]
        if not deps:
            return own
        if not own:
            return []
        labels = self._deps
        if len(own) == 1:
            return own[:] if labels[own[0]] in deps else []
        return [c for c in own if labels[c] in deps]

    def child(self, index: int, *deps: str) -> int | None:
        """The first child with one of the labels."""
        labels = self._deps
        for c in self._children[index]:
            if labels[c] in deps:
                return c
        return None

    def head(self, index: int) -> int | None:
        """The governor, or None for the root."""
        head = self.tokens[index].head
        return None if head == index else head

    def root(self) -> int | None:
        """The (first) root of the sentence."""
        for token in self.tokens:
            if token.head == token.index:
                return token.index
        return None

    def ancestors(self, index: int) -> Iterator[int]:
        """Governors from the nearest up to the root."""
        seen = 0
        while (head := self.head(index)) is not None and seen < 200:
            yield head
            index = head
            seen += 1

    def subtree(self, index: int) -> list[int]:
        """The token and everything below it, in the order of the text."""
        found = [index]
        for i in found:
            if own := self._children[i]:
                found += own
        found.sort()
        return found

    def phrase(self, index: int) -> list[int]:
        """The noun's own phrase: modifiers, determiners and possessors, without clauses, prepositions, conjuncts."""
        found, labels = [index], self._deps
        for i in found:
            for c in self._children[i]:
                if labels[c] in PHRASE_LABELS and (i == index or labels[c] != "punct"):
                    found.append(c)
        found.sort()
        return found

    def conjuncts(self, index: int) -> list[int]:
        """The token and what is coordinated with it, in the order of the text."""
        found, labels = [index], self._deps
        for i in found:
            for c in self._children[i]:
                if labels[c] == "conj":
                    found.append(c)
        found.sort()
        return found

    def objects_of(self, index: int, *prepositions: str) -> list[int]:
        """The objects of the token's own prepositions (all, if none is named), stacked ones too."""
        found: list[int] = []
        for c in self._children[index]:
            token = self.tokens[c]
            if token.dep in ("prep", "agent", "dative") and (not prepositions or token.lemma in prepositions):
                found.extend(self.children(c, "pobj", "pcomp"))
        return found
