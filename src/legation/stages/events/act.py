"""What the event stage works on: one sentence with its clauses and mentions, and the acts read out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from legation.knowledge.lexicon import Lexicon, Operator
from legation.model import Actor, Clause, Mention, Sentence, Status
from legation.tree import NOUN_TAGS, Tree

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"})
YIELDING = frozenset({"CONCEDE", "RETREAT"})
HOSTILE = frozenset({"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
# Heads that only count what is said in their of-phrase: "dozens of rebels", "members of the group".
QUANTITIES = frozenset(
    "dozen hundred thousand million billion number group member some one two three four five six seven "
    "eight nine ten most "
    "many several lot majority handful percent third half part series couple all each any none rest score "
    "pair total few ton tonne worth batch patch deployment lorryload truckload "
    "band crowd column host wave".split()
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a sentence; actors and recipients are still token indexes."""

    event: str
    anchor: int  # token of the predicate that says which act it is
    mode: str | None = None
    cameo: str | None = None
    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    reciprocal: bool = False
    victims: bool = False
    status: Status = "happened"
    rules: tuple[str, ...] = ()
    confidence: float = 0.8
    words: tuple[int, ...] = ()
    contexts: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()  # heads of who says so, outermost first
    steps: tuple[str, ...] = ()  # the explanation, a line a step


@dataclass(slots=True)
class Scene:
    """A parsed sentence with everything the rules ask of it."""

    sentence: Sentence
    clauses: dict[int, Clause]
    mentions: dict[int, Mention]
    lexicon: Lexicon
    speakers: tuple[tuple[int, int, Mention], ...] = ()  # from, to (document offsets), who speaks there
    tree: Tree = field(init=False)
    lowered: list[str] = field(init=False)  # each token as printed, in lower case
    forms: frozenset[str] = field(init=False)  # every word of the sentence: its lemma, and as printed in lower case
    frame_acts: dict[tuple[int, Status], Act | None] = field(init=False, default_factory=dict)
    _mention_at: dict[int, Mention | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        tokens = self.sentence.tokens
        self.tree = Tree(tokens)
        self.lowered = [t.text.lower() for t in tokens]
        self.forms = frozenset([t.lemma for t in tokens] + self.lowered)

    def lemma(self, index: int) -> str:
        return self.sentence.tokens[index].lemma

    def text(self, index: int) -> str:
        return self.sentence.tokens[index].text

    def real_heads(self, heads: Iterable[int]) -> list[int]:
        """The heads, followed through quantities and groups: "rebels" in "dozens of rebels"."""
        found: list[int] = []
        for head in heads:
            found.append(head)
            token = self.sentence.tokens[head]
            if token.lemma in QUANTITIES or token.tag == "CD":
                found.extend(self.tree.objects_of(head, "of"))
        return found

    def mention_at(self, head: int) -> Mention | None:
        """The actor mention hung on this token, seen through a quantity."""
        if head not in self._mention_at:
            self._mention_at[head] = self._find_mention(head)
        return self._mention_at[head]

    def _find_mention(self, head: int) -> Mention | None:
        found = self.mentions.get(head)
        if found is not None and found.actors:
            return found
        token = self.sentence.tokens[head]
        if token.lemma in ("i", "we", "us", "me", "our", "my"):
            return next((m for start, end, m in self.speakers if start <= token.start < end), None)
        for inner in self.real_heads((head,))[1:]:
            deeper = self.mentions.get(inner)
            if deeper is not None and deeper.actors:
                return deeper
        return None

    def actors_at(self, head: int) -> tuple[Actor, ...]:
        """Who the noun phrase headed by the token is, in itself."""
        found = self.mention_at(head)
        if found is None:
            return ()
        return self._named_behind(head, found) or found.actors

    def _named_behind(self, head: int, described: Mention) -> tuple[Actor, ...]:
        """Who a description names right behind it: "his Russian counterpart Sergey Lavrov"."""
        tokens = self.sentence.tokens
        if described.kind != "nominal" or head + 1 >= len(tokens) or described.actors[0].identifier_text:
            return ()
        start = tokens[head + 1].start
        name = next((m for m in self.mentions.values() if m.start == start and m.kind == "name" and m.actors), None)
        if name is None or name.actors[0].identifier_text is None:
            return ()
        return name.actors if name.actors[0].code == described.actors[0].code else ()

    def inside(
        self,
        head: int,
        prepositions: tuple[str, ...] = ("of", "by", "in", "from", "with", "between", "against", "on", "to", "for"),
        depth: int = 0,
    ) -> list[int]:
        """Heads of actors inside a phrase that is no actor itself: "the US proposal", "talks with Iran"."""
        tree = self.tree
        # A "foreign agents bill" is nobody's agents.
        before = ("poss", "amod") if self.lemma(head) in _PAPERS else ("poss", "compound", "amod", "nmod")
        owners = [
            h
            for c in tree.children(head, *before)
            for h in (*tree.conjuncts(c), *tree.children(c, "poss", "compound", "amod", "nmod"))
        ]
        found = [h for h in owners if self.actors_at(h)]
        # "his commitment to the voters": the possessor is most often the one who acts, so the voters come first.
        own = [h for h in found if self.sentence.tokens[h].tag == "PRP$"]
        if len(own) < len(found):
            return found
        for preposition in prepositions:
            found = [h for o in tree.objects_of(head, preposition) for h in tree.conjuncts(o) if self.actors_at(h)]
            if found:
                return found
            for o in tree.objects_of(head, preposition):
                if self.sentence.tokens[o].tag in NOUN_TAGS:
                    deeper = [
                        h
                        for c in tree.children(o, "poss", "compound", "amod", "nmod")
                        for h in tree.conjuncts(c)
                        if self.actors_at(h)
                    ]
                    if deeper:
                        return deeper
                    # "a base in Lamu county in Kenya"
                    if depth < 2 and preposition in ("of", "in") and (found := self.inside(o, ("of", "in"), depth + 1)):
                        return found
        return own

    def people(self, heads: Iterable[int], *, look_inside: bool = True) -> tuple[int, ...]:
        """Those of the heads that are actors, or failing that the actors inside them."""
        heads = [self.stands_for(h) for h in heads]
        found = [h for h in heads if self.actors_at(h)]
        if not found and look_inside:
            found = [i for h in heads for i in self.inside(h)]
        return tuple(dict.fromkeys(found))

    def others(self, heads: Iterable[int], actors: Iterable[int]) -> tuple[int, ...]:
        """The heads that are somebody else: neither the actors nor pronouns that stand for them ("its")."""
        actors = list(actors)
        keys = {a.key for h in actors for a in self.actors_at(h)}
        return tuple(
            dict.fromkeys(
                h
                for h in heads
                if h not in actors
                and not (self.sentence.tokens[h].tag in ("PRP", "PRP$") and {a.key for a in self.actors_at(h)} <= keys)
            )
        )

    def stands_for(self, head: int) -> int:
        """The speaker, for an unresolved pronoun under a verb of saying: "Warsaw said it would"."""
        token = self.sentence.tokens[head]
        if token.lemma in _SPEECH and head in self.clauses and not self.actors_at(head):
            # "issued a statement denouncing": whose statement it is denounces.
            return next((h for h in self.clauses[head].subject if self.actors_at(h)), head)
        if token.tag != "PRP" or token.lemma in ("you", "i", "me") or self.mention_at(head) is not None:
            return head
        at = token.head
        for _ in range(6):
            up = self.tree.head(at)
            if up is None:
                return head
            governor = self.clauses.get(up)
            if self.sentence.tokens[at].dep in ("ccomp", "advcl", "acl") and governor is not None:
                named = [h for h in governor.subject if h != head and self.mention_at(h) is not None]
                if len(named) == 1 or (named and token.lemma in ("they", "we", "them")):
                    return named[0]
            at = up
        return head

    def are_one(self, some: Iterable[int], others: Iterable[int]) -> bool:
        """Whether two sides are one: a government and the opposition of its country are not."""
        first = {(a.code, a.sector, *a.other_sectors) for h in some for a in self.actors_at(h)}
        second = {(a.code, a.sector, *a.other_sectors) for h in others for a in self.actors_at(h)}
        return bool({k for k in first & second if k[0]})

    def is_unlisted_name(self, head: int) -> bool:
        """A capitalised word that no table knows, no thing with an article: "Okonjo", not "the Constitution"."""
        token = self.sentence.tokens[head]
        mention = self.mentions.get(head)
        return (
            token.tag == "NNP"
            and token.text not in _DAYS
            and token.text[0].isupper()
            and token.text[1:].islower()
            and (mention is None or not mention.actors)
            and not self.tree.children(head, "det", "poss")
        )

    def body_named_before(self, head: int) -> list[int]:
        """The body in the name of which a common noun speaks: "NATO" of "the NATO alliance"."""
        if self.sentence.tokens[head].lemma not in _BODIES:
            return []
        return [c for c in self.tree.children(head, "compound", "nmod", "amod") if self.actors_at(c)]

    def operators_of(self, clause: Clause) -> list[Operator]:
        """The operators of a predicate's own word."""
        return [o for rest, o in self.lexicon.operators.get((clause.kind, clause.lemma), ()) if not rest]

    def is_political(self, head: int) -> bool:
        """Whether the phrase is a state, a body or a person that acts in politics or conflict."""
        mention = self.mention_at(head)
        return mention is not None and bool(mention.classes & _POLITICAL)


_DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Today".split()
)
_PAPERS = frozenset("bill law legislation act amendment decree ordinance tax budget levy reform".split())
_SPEECH = frozenset("statement letter speech resolution communique declaration message tweet article".split())
_BODIES = frozenset(
    "wing faction branch arm leadership delegation side camp alliance forum bloc group grouping body union "
    "organisation organization agency summit".split()
)
_POLITICAL = frozenset(
    "state government official organisation igo forces armed rebels police party court legislature".split()
)
