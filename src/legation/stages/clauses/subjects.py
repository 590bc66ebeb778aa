"""Who does what a verb says: its own subject, a shared or controlled one, the antecedent of a relative."""

from __future__ import annotations

from legation.stages.clauses.arguments import RELATIVES, SUBJECTS, verb_objects
from legation.stages.clauses.group import is_passive
from legation.tree import NOUN_TAGS, VERB_TAGS, Tree

# "urged X to VP": the complement is X's deed. Passives hand down their subject ("X was urged to VP").
_OBJECT_CONTROL = frozenset(
    (
        "urge ask order warn tell force persuade invite press compel enable authorise authorize encourage advise "
        "instruct direct permit require pressure allow want let get expect help demand convince call appeal accuse "
        "suspect prevent stop bar ban block forbid prohibit deter dissuade charge beg implore request lead cause make "
        "command oblige lobby believe blame condemn criticise criticize thank praise denounce see find accuse convict"
    ).split()
)


class Subjects:
    """The subjects of one sentence's verbs; keeps those it has worked out, since others lean on them."""

    def __init__(self, tree: Tree, headline: bool) -> None:
        self.tree = tree
        self.tokens = tree.tokens
        self.headline = headline
        self._found: dict[int, tuple[int, ...]] = {}

    def of(self, v: int) -> tuple[int, ...]:
        """The grammatical subject: own, shared, controlled, or the antecedent of a relative."""
        if v not in self._found:
            self._found[v] = ()  # breaks a circle in a broken parse
            self._found[v] = self._find_subject(v)
        return self._found[v]

    def _find_subject(self, v: int) -> tuple[int, ...]:
        tree, tokens = self.tree, self.tokens
        token = tokens[v]
        own = tree.children(v, *SUBJECTS)
        if len(own) > 1 and tokens[v].tag in VERB_TAGS:
            own = self._real_subjects(v, own)
        if own:
            found: list[int] = []
            for s in own:
                if (
                    tokens[s].lemma in RELATIVES
                    and tokens[s].tag in ("WDT", "WP", "IN", "DT")
                    and token.dep == "relcl"
                ):
                    found.extend(tree.conjuncts(token.head))
                else:
                    found.extend(tree.conjuncts(s))
                    if self.headline and token.tag in ("VB", "VBP"):
                        # "India, Russia discuss": a list, where running text would have an apposition.
                        found.extend(a for a in tree.children(s, "appos") if tokens[a].tag in ("NNP", "NNPS"))
            return tuple(found)
        head = token.head
        if head == v:
            return ()
        governor = tokens[head]
        if token.dep == "conj" and governor.tag in VERB_TAGS:
            return self.of(head)
        if token.dep in ("acl", "relcl"):
            if any(tokens[c].tag == "TO" for c in tree.children(v, "aux")):
                return self._owner_of(head)
            return tuple(tree.conjuncts(head)) if token.dep == "relcl" else (head,)
        if token.dep == "csubj" and token.tag == "VBG" and tokens[v - 1].text == ",":
            # "Peru protested, charging Chile with ...": a participle that the parser makes some later verb's subject
            up = next((i for i in tree.ancestors(v) if i < v and tokens[i].tag in VERB_TAGS), None)
            return self.of(up) if up is not None else ()
        spoken_of = token.dep == "ccomp" and governor.lemma == "say" and governor.dep == "relcl"
        if spoken_of and token.tag in ("VBD", "VBN", "VBZ", "VBP") and not tree.children(v, "aux"):
            return (governor.head,)  # "a practice that it said ended": not who speaks
        if token.dep in ("xcomp", "ccomp", "advcl", "pcomp", "acomp", "oprd", "prep", "parataxis", "dep"):
            return self._controlled(v, head)
        return ()

    def _real_subjects(self, v: int, own: list[int]) -> list[int]:
        """Of two subjects: both when they are a list ("India, Russia discuss"), else the one nearest the verb."""
        between = self.tokens[own[0] : own[-1]]
        names = all(self.tokens[s].tag in NOUN_TAGS for s in own)
        if names and self.headline and all(t.tag in NOUN_TAGS or t.text in ",&" for t in between):
            return own
        left = [s for s in own if s < v]
        if len(left) > 1 and self._is_set_off(left[-1], v):
            return [left[0]]
        return [left[-1]] if left else [own[0]]

    def _is_set_off(self, second: int, v: int) -> bool:
        """ "Members of the guild, a body of lawyers, met": between commas, with an article, it says who they are."""
        tokens = self.tokens
        articles = [c for c in self.tree.children(second, "det") if tokens[c].lemma in ("a", "an", "the")]
        closed = any(tokens[c].text == "," for c in range(second, v) if tokens[c + 1].head == v or c + 1 == v)
        return bool(articles) and articles[0] > 0 and tokens[articles[0] - 1].text == "," and closed

    def _owner_of(self, noun: int) -> tuple[int, ...]:
        """Whose refusal, plan, decision: possessor, by-phrase, modifier, else the governing verb's subject."""
        tree, tokens = self.tree, self.tokens
        owners = tree.children(noun, "poss") or [
            p for b in tree.children(noun, "prep") if tokens[b].lemma == "by" for p in tree.children(b, "pobj")
        ]
        if owners:
            return tuple(h for o in owners for h in tree.conjuncts(o))
        modifiers = tree.children(noun, "compound", "amod", "nmod")
        named = [m for m in modifiers if tokens[m].tag in ("NNP", "NNPS", "JJ")]
        if named:
            return tuple(named)
        up = tree.head(noun)
        while up is not None and tokens[up].tag not in VERB_TAGS:
            up = tree.head(up)
        return self.of(up) if up is not None else ()

    def _controlled(self, v: int, head: int) -> tuple[int, ...]:
        tree, tokens = self.tree, self.tokens
        governor = tokens[head]
        if governor.tag in ("IN", "TO") or governor.dep in ("prep", "agent", "mark"):
            up = tree.head(head)
            if up is None:
                return ()
            head, governor = up, tokens[up]
        if governor.tag in NOUN_TAGS:
            if governor.dep in ("dobj", "nsubjpass", "pobj", "attr", "nsubj"):
                return self._owner_of(head)
            return ()
        if governor.tag in ("JJ", "VBN") and governor.dep in ("acomp", "oprd", "attr"):
            up = tree.head(head)
            return self.of(up) if up is not None else ()
        if governor.tag not in VERB_TAGS:
            return ()
        if tokens[v].dep != "advcl" and governor.lemma in _OBJECT_CONTROL and not is_passive(tree, head):
            objects = verb_objects(tree, head) or tree.children(head, "dative")
            objects = [o for o in objects if tokens[o].tag not in ("IN", "TO")]
            if not objects:
                objects = [
                    p
                    for c in tree.children(head, "prep", "dative")
                    if tokens[c].lemma in ("on", "to", "upon", "for", "with")
                    for p in tree.children(c, "pobj")
                ]
            if objects:
                return tuple(h for o in objects for h in tree.conjuncts(o))
        return self.of(head)
