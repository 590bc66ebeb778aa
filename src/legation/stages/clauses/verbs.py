"""The clauses that verbs head, in either voice."""

from __future__ import annotations

from legation.knowledge import lexicon
from legation.model import Clause, Sentence
from legation.stages.clauses.arguments import verb_complements, verb_objects, verb_obliques
from legation.stages.clauses.group import finiteness, is_negated, is_passive
from legation.stages.clauses.subjects import Subjects
from legation.tree import Tree

# They have no second object: what seems one in "was arrested by the guard, the police" belongs elsewhere.
_ONE_OBJECT = frozenset(
    "arrest detain nab apprehend kill injure wound attack bomb shoot murder assassinate abduct kidnap".split()
)
# Verbs that take two objects, whom before what.
_GIVING = frozenset(
    "send give offer lend grant sell hand deliver supply promise pledge pay award provide refuse deny".split()
)


class Verbs:
    """The verbs of one sentence; nouns and adjectives lean on them for voice, tense and subject."""

    def __init__(self, sent: Sentence) -> None:
        self.sentence = sent.index
        self.tree = Tree(sent.tokens)
        self.tokens = sent.tokens
        self.headline = sent.kind == "title"
        self.subject = Subjects(self.tree, self.headline).of

    def clause(self, v: int) -> Clause:
        tokens, tree = self.tokens, self.tree
        passive = is_passive(tree, v)
        modal, tense, aspect = finiteness(tree, v)
        grammatical = self.subject(v)
        objects = verb_objects(tree, v)
        datives = [c for c in tree.children(v, "dative") if tokens[c].tag != "IN" and tokens[c].tag != "TO"]
        two = tree.children(v, "dobj")
        named = len(two) == 2 and tokens[two[0]].tag in ("NNP", "NNPS", "PRP")
        if not datives and named and tokens[v].lemma in _GIVING:
            # "send Kyiv all of its howitzers": the parser takes both for objects.
            datives, objects = [two[0]], [o for o in objects if o != two[0]]
        agents: list[int] = []
        if passive:
            by = tree.children(v, "agent") + [a for a in tree.children(v, "prep") if tokens[a].lemma == "by"]
            agents = [h for a in by for p in tree.children(a, "pobj") for h in self._agents(p)]
            if objects and tokens[v].lemma not in _ONE_OBJECT:
                datives = [*datives, *grammatical]
            else:
                objects = list(grammatical)
            subject = tuple(agents)
        else:
            subject = grammatical
        obliques = verb_obliques(tree, v, objects)
        word = tokens[v].text.lower()
        if passive and not agents and not datives and lexicon.load().is_predicate("adjective", word):
            # "is opposed to", "forces scheduled to leave": a state of the subject, nothing done to it.
            return Clause(
                self.sentence,
                v,
                word,
                "adjective",
                None,
                tuple(objects),
                (),
                (),
                obliques,
                tuple(verb_complements(tree, v)),
                False,
                is_negated(tree, v, objects),
                modal,
                tense,
                aspect,
                self.headline,
            )
        particle = next((tokens[c].lemma for c in tree.children(v, "prt")), None)
        return Clause(
            self.sentence,
            v,
            tokens[v].lemma,
            "verb",
            particle,
            tuple(subject),
            tuple(objects),
            tuple(datives),
            obliques,
            tuple(verb_complements(tree, v)),
            passive,
            is_negated(tree, v, [*subject, *objects]),
            modal,
            tense,
            aspect,
            self.headline,
        )

    def _agents(self, first: int) -> list[int]:
        """All of "by Israel and Lebanon"; of "by the army, activists and residents said" only the army."""
        found = self.tree.conjuncts(first)
        after = self.tokens[found[-1] + 1].lemma if found[-1] + 1 < len(self.tokens) else ""
        return [first] if after in ("say", "report", "add", "tell") else found
