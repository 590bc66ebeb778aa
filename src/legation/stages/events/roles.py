"""Who fills the roles of a frame on a clause, and the act that makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from legation.knowledge.lexicon import Frame
from legation.model import Clause, Status
from legation.stages.events.act import Act, Scene
from legation.stages.events.phrases import PREPOSITIONS, modifiers_of
from legation.stages.events.terms import matches
from legation.tree import NOUN_TAGS

# What violence may be done by without its doer being named: "a blast killed six".
_MEANS = ("violence", "weapons", "vehicle")
# Who is arrested need not be named: "those detained", "many have been held".
_SOMEBODY = frozenset("those many some several both all he she him her they them us we i me who accused".split())
_NOUN_OBJECTS = ("of", "on", "against", "upon", "at", "for")
# The heads found for each role term of one clause, by all that they hang on besides it: frames ask for the same ones.
Known = dict[tuple[tuple[str, ...], str, bool], dict[str, tuple[int, ...]]]


class Roles:
    """The roles of a clause as one frame sees them."""

    def __init__(
        self,
        scene: Scene,
        clause: Clause,
        frame: Frame,
        rest: tuple[str, ...],
        words: tuple[int, ...],
        known: Known,
    ) -> None:
        self._heads = known.setdefault((rest, frame.of, frame.reciprocal), {})
        self.scene, self.clause, self.frame, self.words = scene, clause, frame, words
        # The nouns of an idiom bring their own prepositions: "come to the aid of", "throw weight behind".
        self.nouns = [w for w in words if scene.sentence.tokens[w].tag in NOUN_TAGS] if clause.kind == "verb" else []
        # So does its inner verb: "vow to fight [the army]", "refuse to recognise [the government]".
        self.inner = self._inner_clause()
        self.preposition = rest[-1] if clause.kind == "verb" and rest and rest[-1] in PREPOSITIONS else None
        self.has_own_object = (
            not rest or self.preposition is not None or not any(scene.lemma(o) in rest for o in clause.object)
        )

    def _inner_clause(self) -> Clause | None:
        tokens = self.scene.sentence.tokens
        if self.clause.kind != "verb" or not self.words or not tokens[self.words[-1]].tag.startswith("VB"):
            return None
        return self.scene.clauses.get(self.words[-1])

    def heads(self, term: str) -> tuple[int, ...]:
        """The token indexes a role term stands for."""
        found = self._heads.get(term)
        if found is None:
            found = self._heads[term] = self._look_up(term)
        return found

    def _look_up(self, term: str) -> tuple[int, ...]:
        clause = self.clause
        if term.startswith("owner of "):
            inner = self.heads(term[9:])
            tree = self.scene.tree
            return tuple(
                h
                for i in inner
                for c in tree.children(i, "poss", "compound", "amod", "nmod")
                for h in tree.conjuncts(c)
            )
        if term == "mod of object":
            return tuple(c for o in clause.object for c in self.scene.tree.children(o, "amod", "compound", "nmod"))
        if " of " in term and term != "subject of complement":  # "of object", "in of object"
            preposition, _, role = term.partition(" of ")
            return tuple(h for i in self.heads(role) for h in self.scene.tree.objects_of(i, preposition))
        if term == "subject":
            return tuple(self.scene.stands_for(h) for h in self._subject())
        if term == "object":
            return self._object()
        if term == "dative":
            return (*clause.dative, *self._oblique("to"))
        if term == "to":
            return (*self._oblique("to"), *(clause.dative if clause.kind == "verb" else ()))
        if term == "complement":
            return clause.complements
        if term == "subject of complement":
            return tuple(
                h for c in clause.complements if c in self.scene.clauses for h in self.scene.clauses[c].subject
            )
        if term == "mod" and self.nouns:  # of an idiom's noun: "hold joint drills"
            return tuple(c for n in self.nouns for c in modifiers_of(self.scene, n))
        if term == "owner":
            return clause.oblique("mod")
        if term == "possessor":
            return self._possessors()
        return self._oblique(*term.split("/"))

    def _possessors(self) -> tuple[int, ...]:
        """Who is said to have it; in "since his arrest the editor has ..." whom the sentence goes on to speak of."""
        tree, scene = self.scene.tree, self.scene
        found = [h for c in tree.children(self.clause.head, "poss") for h in tree.conjuncts(c)]
        if any(scene.sentence.tokens[h].tag == "PRP$" and not scene.actors_at(h) for h in found):
            above = (scene.clauses.get(up) for up in tree.ancestors(self.clause.head))
            verb = next((c for c in above if c is not None and c.kind == "verb"), None)
            if verb is not None and verb.head > self.clause.head:
                return (*verb.object,) if verb.passive else verb.subject
        return tuple(found)

    def _oblique(self, *prepositions: str) -> tuple[int, ...]:
        found = [*self.clause.oblique(*prepositions)]
        if self.inner is not None:
            found += self.inner.oblique(*prepositions)
        for noun in self.nouns:
            found += [h for o in self.scene.tree.objects_of(noun, *prepositions) for h in self.scene.tree.conjuncts(o)]
        return tuple(dict.fromkeys(found))

    def _subject(self) -> tuple[int, ...]:
        clause = self.clause
        if clause.kind != "noun":
            return clause.subject
        if self.frame.of == "subject" and clause.object:
            return (*clause.subject, *clause.object)
        if self.frame.reciprocal and not clause.subject:
            sides = clause.oblique("between", "among", "with", "of", "mod")
            return tuple(h for h in sides if self.scene.actors_at(h)) or sides
        if clause.subject:
            return clause.subject
        named = tuple(h for h in clause.oblique("mod") if self.scene.actors_at(h))
        if len(named) > 1 and not self.frame.reciprocal:
            # "US Syria strikes", "Taliban embassy attack": the doer comes first.
            return named[:1]
        return named

    def _object(self) -> tuple[int, ...]:
        clause = self.clause
        own = [o for o in clause.object if o not in self.words]
        if self.inner is not None and not own and self.inner.object:
            return self.inner.object
        if self.preposition and not own and (found := self._oblique(self.preposition)):
            return found
        if clause.kind == "adjective":
            return clause.oblique("to", "for", "of", "with", "about")
        if clause.kind == "noun":
            names = _NOUN_OBJECTS[1:] if self.frame.of == "subject" else _NOUN_OBJECTS
            found = clause.oblique(*names)
            if found:
                return found
            used = set(self._subject())
            return tuple(h for h in clause.oblique("mod") if h not in used)
        return clause.object if self.has_own_object else clause.dative

    def fit(self) -> bool:
        """Whether every restriction of the frame holds."""
        return self._failing() is None

    def why_not(self) -> str | None:
        """The first restriction that does not hold, in words; None where all do."""
        failing = self._failing()
        if failing is None:
            return None
        role, heads, alternatives = failing
        if not heads:
            return f"it has no {role}"
        first = self.scene.text(heads[0])
        if alternatives is None:
            return f"{role} '{first}' is one it must not be"
        return f"{role} '{first}' is none of {_shortened(alternatives)}"

    def _failing(self) -> tuple[str, Sequence[int], tuple[str, ...] | None] | None:
        """The first restriction that does not hold: its role, who fills it, what it asks for (None: what it bars)."""
        for role, alternatives in self.frame.needs:
            heads = self._filling(role)
            if role == "subject" and (self._asks_for_its_doer() or (not heads and self._leaves_out_its_doer())):
                continue  # a passive leaves its doer out; what is done to whom says enough
            if not heads or not matches(self.scene, heads, alternatives):
                return role, heads, alternatives
        for role, alternatives in self.frame.unless:
            heads = self._filling(role)
            if role == "subject":
                heads = [h for h in heads if not self._is_body_of_states(h)]
            if heads and matches(self.scene, heads, alternatives):
                return role, heads, None
        return None

    def _is_body_of_states(self, head: int) -> bool:
        """The World Bank and the African Union are no bank and no trade union, whatever their names say."""
        mention = self.scene.mention_at(head)
        return mention is not None and "igo" in mention.classes

    def _filling(self, role: str) -> Sequence[int]:
        terms = _terms_of(role)
        return self.heads(terms[0]) if len(terms) == 1 else [h for term in terms for h in self.heads(term)]

    def _leaves_out_its_doer(self) -> bool:
        named = any(role == "object" for role, _ in self.frame.needs)
        material = self.frame.event in ("ASSAULT", "COERCE", "SANCTION", "RETREAT", "MOBILIZE")
        return self.clause.passive and named and material

    def _asks_for_its_doer(self) -> bool:
        """ "information on who planted the bomb": somebody did."""
        tokens = self.scene.sentence.tokens
        return bool(self.clause.subject) and all(tokens[h].tag == "WP" for h in self.clause.subject)

    def act(self, words: tuple[int, ...], status: Status) -> Act | None:
        frame, scene = self.frame, self.scene
        actors = self._people(frame.actor)
        if not actors and frame.event == "PROTEST" and self.clause.kind == "verb":
            # "tens of thousands marched": a crowd that no words describe.
            actors = tuple(h for h in self.heads("subject") if matches(scene, [h], ("@people", "@crowd")))
        recipients = self._people(frame.recipient, but=actors)
        if not actors and recipients and self._is_of_authorities():
            # "was arrested in Lebanon": those who arrest there are that state's.
            actors = tuple(h for h in self.clause.oblique("in") if self._is_state(h))[:1]
        if frame.reciprocal:
            sides = [*actors]
            for term in ("subject", "with", "between", "object", "among", "owner"):
                if term == "object" and frame.object_is_topic:
                    continue
                heads = self.heads(term)
                sides += self._split(heads) if term == "between" else ()
                sides += scene.people(heads, look_inside=term not in ("owner", "object"))
            if self._counterpart(sides):
                sides = [*self._counterpart(sides), *sides]
            actors = tuple(dict.fromkeys(sides))
            if len(actors) < frame.sides and not self._is_plural(actors):
                return None
            recipients = tuple(r for r in recipients if r not in actors)
        if frame.victims and not recipients:
            recipients = tuple(h for h in self.heads("object") if self._can_suffer(h))
        if not actors and frame.actor != ("none",) and not self._may_lack_actor(recipients):
            return None
        return Act(
            frame.event,
            self.clause.head,
            frame.mode,
            frame.cameo,
            actors,
            recipients,
            frame.reciprocal,
            frame.victims,
            status,
            (frame.id,),
            frame.confidence,
            words,
            frame.contexts,
            steps=(f"frame {frame.id} ({_label(frame)}) on '{scene.text(self.clause.head)}'",),
        )

    def _is_of_authorities(self) -> bool:
        official = self.frame.mode in ("arrest", "investigate", "convict") or self.frame.id == "indict"
        return official and self.clause.passive and not self.clause.subject

    def _is_state(self, head: int) -> bool:
        mention = self.scene.mention_at(head)
        return mention is not None and mention.is_place and "state" in mention.classes

    def _is_somebody(self, heads: tuple[int, ...]) -> bool:
        """Names and pronouns that no table knows: "he rounded up", "the STF arrested"."""
        tokens = self.scene.sentence.tokens
        return all(tokens[h].tag in ("NNP", "PRP") and tokens[h].lemma != "it" for h in heads)

    def _can_suffer(self, head: int) -> bool:
        """Whether a phrase that no table knows may be who it is done to; whoever is arrested is somebody."""
        token = self.scene.sentence.tokens[head]
        if self.frame.mode == "arrest" and self.clause.kind == "verb":
            if token.tag in NOUN_TAGS or self.scene.lowered[head] in _SOMEBODY:
                return True
        elif self.frame.mode == "arrest" and token.tag == "NNS" and head in self.clause.oblique("of"):
            return True  # "the arrests of these absconders"
        return matches(self.scene, [head], ("@people",))

    def _split(self, heads: tuple[int, ...]) -> list[int]:
        """The first side of "between the Taliban and Afghan forces", which the parser takes for a modifier."""
        tree, tokens = self.scene.tree, self.scene.sentence.tokens
        if len(heads) != 1:
            return []
        return [
            c
            for c in tree.children(heads[0], "nmod", "compound", "amod")
            if tokens[c].tag in ("NNP", "NNPS", "NNS") and tree.children(c, "conj") and self.scene.actors_at(c)
        ]

    def _counterpart(self, sides: list[int]) -> list[int]:
        """Whose counterpart it is, where a talk names only him: "talks with his Russian counterpart"."""
        tree = self.scene.tree
        if len(set(sides)) != 1:
            return []
        heads = [
            h for t in ("with", "object", "between") for h in self.heads(t) if self.scene.lemma(h) == "counterpart"
        ]
        return [o for h in heads for o in tree.children(h, "poss") if self.scene.actors_at(o)]

    def _is_plural(self, actors: tuple[int, ...]) -> bool:
        return any(
            self.scene.sentence.tokens[a].tag in ("NNS", "NNPS") or len(self.scene.actors_at(a)) > 1 for a in actors
        )

    def _people(self, terms: tuple[str, ...], but: tuple[int, ...] = ()) -> tuple[int, ...]:
        for alternative in terms:
            found: list[int] = []
            for term in alternative.split("+"):
                heads = self.heads(term.strip())
                found += self.scene.people(
                    heads, look_inside=term.strip() != "subject" or self.clause.kind == "noun" or self._is_means(heads)
                )
            found = list(self.scene.others(found, but)) if but else found
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def _is_means(self, heads: tuple[int, ...]) -> bool:
        return any(matches(self.scene, [h], ("@" + c,)) for h in heads for c in _MEANS) or any(
            self.scene.lexicon.is_predicate("noun", self.scene.lemma(h)) for h in heads
        )

    def _may_lack_actor(self, recipients: tuple[int, ...]) -> bool:
        """An act without a named doer stands where the text leaves him out, not where he is no actor."""
        clause = self.clause
        if self.frame.event not in ("ASSAULT", "COERCE", "SANCTION", "RETREAT", "PROTEST", "MOBILIZE", "ACCUSE"):
            return clause.passive and bool(recipients) and not clause.subject
        if clause.kind == "noun":
            return self.frame.event in ("ASSAULT", "PROTEST", "COERCE")
        if not clause.subject:
            return clause.passive
        if self._asks_for_its_doer():
            return True
        if self.frame.mode == "arrest" and recipients and (clause.passive or self._is_somebody(clause.subject)):
            return True
        return self.frame.event == "ASSAULT" and self._is_means(clause.subject)


def _shortened(alternatives: tuple[str, ...]) -> str:
    shown = ", ".join(alternatives[:4])
    return shown if len(alternatives) <= 4 else f"{shown} and {len(alternatives) - 4} more"


def _label(frame: Frame) -> str:
    return f"{frame.event}/{frame.mode}" if frame.mode else frame.event


@cache
def _terms_of(role: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in role.split("|"))
