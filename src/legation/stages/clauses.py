"""Who does what to whom in a sentence: predicates and their arguments, out of the parse.

Forms covered: "X attacked Y", "Y was attacked (by X)", "Y, attacked by X, ...", "X, which attacked Y",
"X agreed to attack Y", "X urged Z to attack Y", "X attacked Y and fled", "X, attacking Y, ...",
"X's attack on Y", "the X attack", "an attack by X on Y", "talks between X and Y",
"X launched an attack on Y" (a light verb hands its arguments to the noun).
"""

from __future__ import annotations

from collections.abc import Iterable

from legation.changing import replace
from legation.knowledge import lexicon
from legation.model import Aspect, Clause, Document, Sentence, Tense
from legation.tree import NOUN_TAGS, VERB_TAGS, Tree

_RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
# Where an adjective says something of its noun: "was ready", "leaders keen to talk".
_PREDICATIVE = frozenset({"acomp", "oprd", "attr", "conj", "amod", "ROOT", "advcl", "acl", "appos"})
_SUBJECTS = ("nsubj", "nsubjpass")
# "urged X to VP": the complement is X's deed. Passives hand down their subject ("X was urged to VP").
_OBJECT_CONTROL = frozenset(
    (
        "urge ask order warn tell force persuade invite press compel enable authorise authorize encourage advise "
        "instruct direct permit require pressure allow want let get expect help demand convince call appeal accuse "
        "suspect prevent stop bar ban block forbid prohibit deter dissuade charge beg implore request lead cause make "
        "command oblige lobby believe blame condemn criticise criticize thank praise denounce see find accuse convict"
    ).split()
)
# They have no second object: what seems one in "was arrested by the guard, the police" belongs elsewhere.
_ONE_OBJECT = frozenset(
    "arrest detain nab apprehend kill injure wound attack bomb shoot murder assassinate abduct kidnap".split()
)
# Verbs that take two objects, whom before what.
_GIVING = frozenset(
    "send give offer lend grant sell hand deliver supply promise pledge pay award provide refuse deny".split()
)
# Verbs whose particle parsers take for a preposition.
_WITH_PARTICLE = frozenset(
    {("vote", "down"), ("strike", "down"), ("turn", "down"), ("shoot", "down"), ("call", "off")}
)
# What "to" behind them says nothing of a direction.
_TO_WHOLE = frozenset({"according", "due", "owing", "thanks", "prior"})
_TO_PREPOSITIONS = {"out": "from", "back": "to", "away": "from", "off": "from", "over": "over"}


def find_clauses(doc: Document) -> Document:
    """Fill Document.clauses for every parsed sentence, in the order of the text."""
    clauses: list[Clause] = []
    for sent in doc.sentences:
        if sent.tokens:
            clauses.extend(sentence_clauses(sent))
    return replace(doc, clauses=tuple(clauses))


def sentence_clauses(sent: Sentence) -> list[Clause]:
    """The clauses of one parsed sentence."""
    builder = _Builder(sent)
    words = lexicon.load()
    found: list[Clause] = []
    for token in sent.tokens:
        if token.tag in VERB_TAGS and token.dep not in ("aux", "auxpass", "amod", "compound"):
            found.append(builder.verb(token.index))
        elif token.tag == "NNP" and token.text in ("March", "May"):
            continue  # a month, not an act
        elif token.tag in NOUN_TAGS or (token.tag == "VBG" and token.dep in ("compound", "amod")):
            if words.is_predicate("noun", token.lemma):
                found.append(builder.noun(token.index))
        elif token.tag == "JJ" and token.dep in _PREDICATIVE and words.is_predicate("adjective", token.lemma):
            found.append(builder.adjective(token.index))
    return found


class _Builder:
    """The clauses of one sentence; keeps subjects it has worked out, since others lean on them."""

    def __init__(self, sent: Sentence) -> None:
        self.sentence = sent.index
        self.tree = Tree(sent.tokens)
        self.tokens = sent.tokens
        self.headline = sent.kind == "title"
        self._subjects: dict[int, tuple[int, ...]] = {}

    # -- verbs ---------------------------------------------------------------------------------

    def verb(self, v: int) -> Clause:
        tokens, tree = self.tokens, self.tree
        passive = self.is_passive(v)
        modal, tense, aspect = self.finiteness(v)
        grammatical = self.subject(v)
        objects = self.objects(v)
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
        obliques = self.obliques(v, objects)
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
                tuple(self.complements(v)),
                False,
                self.is_negated(v, objects),
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
            tuple(self.complements(v)),
            passive,
            self.is_negated(v, [*subject, *objects]),
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

    def is_passive(self, v: int) -> bool:
        token = self.tokens[v]
        if token.tag not in ("VBN", "VBD"):
            return False
        if self.tree.child(v, "auxpass", "nsubjpass") is not None:
            return True
        if (
            token.tag == "VBN"
            and token.dep in ("acl", "advcl", "relcl", "amod")
            and not self.tree.children(v, "aux", "nsubj", "dobj")
        ):
            return True
        if (
            token.lemma in ("nab", "arrest", "detain", "apprehend")
            and token.dep == "ROOT"
            and not self.tree.children(v, "aux", "dobj", "ccomp")
            and self.tokens[(self.tree.children(v, "nsubj") or [v])[0]].tag in ("CD", "NNS")
        ):
            return True  # "33 nabbed in raids": nobody arrests without saying whom
        if token.tag == "VBN" and token.dep in ("acl", "pcomp") and self.tree.child(v, "agent") is not None:
            return True
        if token.tag == "VBN" and token.dep == "conj" and not self.tree.children(v, "aux", "nsubj", "dobj"):
            return token.head != v and self.is_passive(token.head)
        if token.tag != "VBN" or self.tree.children(v, "aux", "dobj"):
            return False
        if token.dep == "ccomp" and self.tokens[token.head].lemma in ("help", "see", "have", "want", "get"):
            return True  # "to help refugees evicted from the camp"
        return token.dep in ("ROOT", "ccomp") and not self.tree.children(v, "nsubj")

    def finiteness(self, v: int) -> tuple[str | None, Tense, Aspect]:
        """The modal, tense and aspect of the verb's group; a coordinated verb shares its head's."""
        tokens = self.tokens
        aux = self.tree.children(v, "aux", "auxpass")
        token = tokens[v]
        if (
            not aux
            and token.dep == "conj"
            and token.tag in ("VB", "VBN", "VBG")
            and token.head != v
            and tokens[token.head].tag in VERB_TAGS
        ):
            return self.finiteness(token.head)
        # The one nearest the verb: in "Should X attack, Y would strike" parsers hang both on "strike".
        modal = next((tokens[a].lemma for a in reversed(aux) if tokens[a].tag == "MD"), None)
        over = tokens[token.head]
        told = over.tag == "VBD" and over.dep == "ccomp" and self._has_noun_subject(token.head)
        if modal is None and token.dep == "xcomp" and token.tag == "VB" and (over.tag in ("VBP", "VBZ") or told):
            # "have to leave", "need to pay", "said France had to leave"; by itself "had to leave" tells that they left.
            modal = "must" if tokens[token.head].lemma in ("have", "need") and not self._is_yet(v) else None
        if modal is None and self._is_to(v):
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

    def _has_noun_subject(self, v: int) -> bool:
        subject = self.tree.child(v, "nsubj")
        return subject is not None and self.tokens[subject].tag in NOUN_TAGS

    def _is_to(self, v: int) -> bool:
        """ "The two are to meet", "is going to expel": what will be."""
        tokens, tree = self.tokens, self.tree
        up = tokens[v].head
        if tokens[v].dep != "xcomp" or tokens[v].tag != "VB" or self._is_yet(v):
            return False
        if not any(tokens[c].tag == "TO" for c in tree.children(v, "aux")):
            return False
        if tokens[up].lemma == "be":
            subject = tree.child(up, "nsubj")
            # "the aim is to withdraw", "is about to": not these.
            plain = not tree.children(up, "acomp", "attr", "advmod") and tokens[up].tag in ("VBZ", "VBP")
            return plain and subject is not None and not lexicon.load().is_predicate("noun", tokens[subject].lemma)
        return tokens[up].text.lower() == "going" and any(tokens[c].lemma == "be" for c in tree.children(up, "aux"))

    def _is_yet(self, v: int) -> bool:
        """ "have yet to agree", "is yet to be seen": not so far."""
        tokens, tree = self.tokens, self.tree
        up = tokens[v].head
        if up == v or tokens[v].dep != "xcomp" or tokens[up].lemma not in ("have", "be"):
            return False
        return any(tokens[c].lemma == "yet" for c in (*tree.children(up, "advmod"), *tree.children(v, "advmod")))

    def is_negated(self, v: int, arguments: Iterable[int]) -> bool:
        tokens, tree = self.tokens, self.tree
        if self._is_yet(v) or (self._is_to(v) and tree.child(tokens[v].head, "neg") is not None):
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

    def objects(self, v: int) -> list[int]:
        tree, tokens = self.tree, self.tokens
        found = [c for c in tree.children(v, "dobj") if tokens[c].lemma not in _RELATIVES]
        relative = [c for c in tree.children(v, "dobj") if tokens[c].lemma in _RELATIVES]
        token = tokens[v]
        if token.dep == "relcl" and token.head != v:
            own_subject = tree.children(v, *_SUBJECTS)
            subject_is_relative = any(tokens[s].lemma in _RELATIVES for s in own_subject)
            if relative or (
                own_subject and not subject_is_relative and not found and not tree.children(v, "nsubjpass")
            ):
                found.append(token.head)
        if not found and token.tag in VERB_TAGS:
            found = self._shifted_object(v) or self._judged(v)
        if not found and token.dep != "relcl":
            found.extend(self._shifted(v))
        if not found and token.dep != "relcl":
            # Shared object to the right: "The EU condemned and Kyiv welcomed it" is left alone: too doubtful.
            attrs = [c for c in tree.children(v, "attr") if token.lemma == "be"]
            found.extend(attrs)
        return [h for o in found for h in tree.conjuncts(o)]

    def _judged(self, v: int) -> list[int]:
        """ "found the general guilty": the parser makes a clause of the two."""
        if self.tokens[v].lemma not in ("find", "declare", "deem", "hold"):
            return []
        clauses = [c for c in self.tree.children(v, "ccomp") if self.tokens[c].tag == "JJ"]
        return [s for c in clauses if not self.tree.children(c, "mark") for s in self.tree.children(c, "nsubj")]

    def _shifted_object(self, v: int) -> list[int]:
        """ "denounced as a crime Peru's shelling of the town": what the parser hangs on the crime."""
        tokens, tree = self.tokens, self.tree
        for p in tree.children(v, "prep"):
            for named in tree.objects_of(v, "as") if tokens[p].lemma == "as" and p > v else ():
                return [
                    a for a in tree.children(named, "appos")
                    if tree.children(a, "poss", "det") and "," not in [t.text for t in tokens[named:a]]
                ]  # fmt: skip
        return []

    def _shifted(self, v: int) -> list[int]:
        """The object behind "dismissed as absurd [an offer]" and "voted down [a bill]"."""
        tokens, tree = self.tokens, self.tree
        for p in tree.children(v, "prep"):
            if tokens[p].lemma == "as" and not self.is_passive(v):
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

    def obliques(self, v: int, objects: Iterable[int]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Objects of prepositions, pooled over the verb, its objects and their of-phrases."""
        pool: dict[str, list[int]] = {}
        self._pool(v, pool)
        for o in objects:
            if self.tokens[o].tag in ("PRP", "NNP", "NNPS"):
                continue
            self._pool(o, pool)
            for p in self.tree.children(o, "prep"):
                if self.tokens[p].lemma == "of":
                    for inner in self.tree.children(p, "pobj"):
                        self._pool(inner, pool, skip="of")
        return tuple((p, tuple(dict.fromkeys(heads))) for p, heads in pool.items())

    def _pool(self, index: int, pool: dict[str, list[int]], skip: str = "") -> None:
        tokens, tree = self.tokens, self.tree
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

    def complements(self, v: int) -> list[int]:
        tree, tokens = self.tree, self.tokens
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

    def subject(self, v: int) -> tuple[int, ...]:
        """The grammatical subject: own, shared, controlled, or the antecedent of a relative."""
        if v not in self._subjects:
            self._subjects[v] = ()  # breaks a circle in a broken parse
            self._subjects[v] = self._find_subject(v)
        return self._subjects[v]

    def _find_subject(self, v: int) -> tuple[int, ...]:
        tree, tokens = self.tree, self.tokens
        token = tokens[v]
        own = tree.children(v, *_SUBJECTS)
        if len(own) > 1 and tokens[v].tag in VERB_TAGS:
            own = self._real_subjects(v, own)
        if own:
            found: list[int] = []
            for s in own:
                if (
                    tokens[s].lemma in _RELATIVES
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
            if self.is_passive(head) and not self.is_passive(v):
                return self.subject(head)
            return self.subject(head)
        if token.dep in ("acl", "relcl"):
            if any(tokens[c].tag == "TO" for c in tree.children(v, "aux")):
                return self._owner_of(head)
            return tuple(tree.conjuncts(head)) if token.dep == "relcl" else (head,)
        if token.dep == "csubj" and token.tag == "VBG" and tokens[v - 1].text == ",":
            # "Peru protested, charging Chile with ...": a participle that the parser makes some later verb's subject
            up = next((i for i in tree.ancestors(v) if i < v and tokens[i].tag in VERB_TAGS), None)
            return self.subject(up) if up is not None else ()
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
        return self.subject(up) if up is not None else ()

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
            return self.subject(up) if up is not None else ()
        if governor.tag not in VERB_TAGS:
            return ()
        if tokens[v].dep != "advcl" and governor.lemma in _OBJECT_CONTROL and not self.is_passive(head):
            objects = self.objects(head) or tree.children(head, "dative")
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
        return self.subject(head)

    # -- nouns and adjectives ------------------------------------------------------------------

    def noun(self, n: int) -> Clause:
        tree, tokens = self.tree, self.tokens
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
        self._pool(n, pool)
        for inner in pool.get("of", []):
            deeper: dict[str, list[int]] = {}
            self._pool(inner, deeper, skip="of")
            for name, heads in deeper.items():
                pool.setdefault(name, []).extend(heads)
            by = by or deeper.get("by", [])
        modifiers = [h for c in tree.children(n, "compound", "amod", "nmod", "npadvmod") for h in tree.conjuncts(c)]
        for m in modifiers:  # grows as it goes: "joint" in "their first joint coast guard exercise"
            modifiers += [x for x in tree.children(m, "compound", "amod", "npadvmod", "nmod") if x not in modifiers]
        for m in tree.children(n, "compound", "amod", "nmod"):
            modifiers += [p for p in tree.children(m, "prep") for p in tree.children(p, "pobj")]
        if modifiers:
            pool["mod"] = modifiers
        negated = any(tokens[c].lemma == "no" for c in tree.children(n, "det", "neg"))
        modal: str | None = None
        tense: Tense = "none"
        aspect: Aspect = "simple"
        passive = False
        carrier = self.carrier(n)
        if carrier is not None:
            verb = self.verb(carrier)
            modal, tense, aspect = verb.modal, verb.tense, verb.aspect
            negated = negated or verb.negated
            role = self._role_under(n, carrier)
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
        for c in tree.children(n, "acl"):
            if tokens[c].lemma in words.light_verbs and self.is_passive(c):
                by = by or [p for a in tree.children(c, "agent") for p in tree.children(a, "pobj")]
        for c in tree.children(n, "relcl"):
            if tokens[c].lemma in words.light_verbs and n in self.objects(c):
                by = by or list(self.subject(c))
        return Clause(
            self.sentence,
            n,
            tokens[n].lemma,
            "noun",
            None,
            tuple(dict.fromkeys([*by, *subject])),
            tuple(pool.get("of", [])),
            tuple(pool.pop("dative", [])),
            tuple((p, tuple(dict.fromkeys(h))) for p, h in pool.items()),
            tuple(self._noun_complements(n)),
            passive,
            negated,
            modal,
            tense,
            aspect,
            self.headline,
        )

    def _noun_complements(self, n: int) -> list[int]:
        tree, tokens = self.tree, self.tokens
        found = [
            c
            for c in tree.children(n, "acl", "ccomp", "xcomp")
            if any(tokens[x].tag in ("TO", "IN") or tokens[x].dep == "mark" for x in tree.children(c))
        ]
        for p in tree.children(n, "prep"):
            found.extend(tree.children(p, "pcomp"))
        return [h for c in found for h in tree.conjuncts(c)]

    def carrier(self, n: int) -> int | None:
        """The verb that carries an event noun: a light verb over it, or one of which it is the subject."""
        tree, tokens = self.tree, self.tokens
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
                return self.carrier(verb) if tokens[verb].lemma in _CONTAINERS else None
            if verb is None or tokens[verb].tag not in VERB_TAGS or tokens[verb].lemma not in _INTO_VERBS:
                return None
            # "agreed to talks"; what was agreed "in talks" is another thing.
            return None if tokens[verb].lemma in _TO_VERBS and tokens[up].lemma in ("in", "into", "under") else verb
        if token.dep in ("dobj", "nsubjpass", "nsubj", "attr", "pobj") and tokens[up].tag in VERB_TAGS:
            return up
        return None

    def _role_under(self, n: int, carrier: int) -> str:
        head = n
        while self.tokens[head].dep == "conj" and self.tokens[self.tokens[head].head].tag in NOUN_TAGS:
            head = self.tokens[head].head
        dep = self.tokens[head].dep
        if dep == "nsubj":
            return "subject"
        return "object" if dep in ("dobj", "nsubjpass", "pobj", "attr") else "other"

    def adjective(self, a: int) -> Clause:
        tree, tokens = self.tree, self.tokens
        up = tree.head(a)
        verb = (
            self.verb(up)
            if up is not None and tokens[up].tag in VERB_TAGS and tokens[a].dep in ("acomp", "oprd", "attr")
            else None
        )
        pool: dict[str, list[int]] = {}
        self._pool(a, pool)
        complements = [
            *tree.children(a, "xcomp", "ccomp"),
            *(c for p in tree.children(a, "prep") for c in tree.children(p, "pcomp")),
        ]
        complements = [h for c in complements for h in tree.conjuncts(c)]
        if verb is None:
            subject = (up,) if up is not None and tokens[a].dep in ("amod", "appos", "acl") else ()
            if tokens[a].dep == "conj" and up is not None and tokens[up].tag == "JJ":
                return replace(
                    self.adjective(up),
                    head=a,
                    lemma=tokens[a].lemma,
                    complements=tuple(complements),
                    obliques=tuple((p, tuple(h)) for p, h in pool.items()),
                )
            return Clause(
                self.sentence,
                a,
                tokens[a].lemma,
                "adjective",
                None,
                subject,
                (),
                (),
                tuple((p, tuple(h)) for p, h in pool.items()),
                tuple(complements),
            )
        return Clause(
            self.sentence,
            a,
            tokens[a].lemma,
            "adjective",
            None,
            verb.subject or verb.object,
            (),
            (),
            tuple((p, tuple(h)) for p, h in pool.items()),
            tuple(complements),
            False,
            verb.negated or tree.child(a, "neg") is not None,
            verb.modal,
            verb.tense,
            verb.aspect,
            self.headline,
        )


# "a series of attacks": the of-phrase is the act.
_CONTAINERS = frozenset(
    (
        "series wave round string spate number dozen hundred act campaign kind form part day week hour set "
        "pair couple flurry barrage threat use spree lot"
    ).split()
)
# Verbs that carry a noun by a preposition: "engaged in talks", "entered into talks", "went on strike".
# Whom an act is blamed on is no argument of the act: not "attack on the rebels" in "blamed the attack on the rebels".
_BLAMING = frozenset({"blame", "pin"})
_INTO_VERBS = frozenset(
    (
        "engage enter go participate come resort take be return put involve join call break subject place "
        "agree push press arrive meet"
    ).split()
)
_TO_VERBS = frozenset("agree push press".split())
