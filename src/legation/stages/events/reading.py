"""Reads the acts out of a sentence: frames at the bottom, operators over them, each predicate once."""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge.lexicon import Operator
from legation.model import Clause
from legation.stages.events.act import COOPERATIVE, HOSTILE, YIELDING, Act, Scene
from legation.stages.events.addressed import addressed, completed
from legation.stages.events.arrests import held_before, is_told_arrest, says_it_happens, without_freed
from legation.stages.events.bare import bare_act, is_refusal
from legation.stages.events.match import frame_act
from legation.stages.events.means import with_mode
from legation.stages.events.operators import EFFECTS
from legation.stages.events.phrases import phrase_tokens
from legation.stages.events.referred import in_relative, is_beside, is_surer, referred_to
from legation.stages.events.status import clause_status, combined, conditional, inverted_opening
from legation.stages.events.turning import future, request_mode, speak_for, threat_mode
from legation.tree import NOUN_TAGS

_INNER_PREPOSITIONS = tuple("of for to in about on over against with from at into by after during behind".split())
_EMPTY_VERBS = frozenset("be need seem appear have do get go come remain become".split())
# What a predicate must itself be to judge the act below it: "held" in "talks were held" does not.
_JUDGEMENTS = frozenset({"ACCUSE", "SUPPORT", "CONCEDE", "COERCE", "SANCTION", "REJECT"})
_ACCUSING = frozenset("accuse charge blame suspect indict convict".split())
_FAVOURING = frozenset("support back endorse favour favor defend justify".split())
# Nouns that only say in what shape an act comes.
_HOLDS_ITS_OF = frozenset("series wave round number spate string act campaign kind form day hour week".split())
_HOLDS_ITS_COMPOUND = frozenset("process round session".split())
# Effects that let what is below stand for itself.
_OPEN = frozenset({"report", "announce", "transparent", "order", "permit", "plan", "attempt", "fail"})
# What talks, pleas and plans are about is not told: "negotiations on a pullout".
_TOPICS = frozenset("on about over for regarding concerning".split())


class Reader:
    """One sentence being read; `acts` gives what stands on its own in it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._read: dict[int, list[Act]] = {}
        self._consumed: set[int] = set()
        self.notes: list[str] = []  # what was tried and left, for `legation explain`

    def acts(self) -> list[Act]:
        """The acts of the sentence that no operator took up, in the order of the text."""
        for head in self.scene.clauses:
            self.read(head)
        found: list[Act] = []
        for head in self.scene.clauses:
            if head not in self._consumed:
                found.extend(self._read.get(head, ()))
        found = without_freed(self.scene, found) + held_before(self.scene, found)
        found = [self._conceded(self._warned(self._refused(a))) for a in found]
        found = [with_mode(self.scene, addressed(self.scene, a)) for a in found]
        return [future(a) for a in _one_act_one_type(self.scene, [a for a in found if self._is_told(a)])]

    def _refused(self, act: Act) -> Act:
        """ "will not lift the ban", "no longer recognises": a refusal, not only an act that does not take place."""
        if act.status != "negated" or not act.actors or act.event not in COOPERATIVE | YIELDING:
            return act
        at: int | None = act.anchor
        for _ in range(5):
            clause = self.scene.clauses.get(at) if at is not None else None
            if clause is not None and clause.kind == "verb" and clause.negated:
                if not is_refusal(self.scene, clause):
                    return act
                return replace(
                    act, event="REJECT", mode=request_mode(act), cameo=None, status="happened", reciprocal=False,
                    steps=(*act.steps, "'will not' is a refusal: REJECT"),
                )  # fmt: skip
            at = self.scene.tree.head(at) if at is not None else None
        return act

    def _warned(self, act: Act) -> Act:
        """ "said it would resume its raids if the hostages were kept": a threat, not only an act to come."""
        if act.event not in HOSTILE - {"THREATEN"} or act.status not in ("future", "hypothetical") or not act.actors:
            return act
        tokens, tree = self.scene.sentence.tokens, self.scene.tree
        for at in (act.anchor, *tree.ancestors(act.anchor)):
            clause = self.scene.clauses.get(at)
            if clause is None or clause.kind != "verb":
                continue
            if clause.modal not in ("will", "would", "shall") or clause.aspect == "perfect":
                return act
            opened = conditional(self.scene, at) and inverted_opening(self.scene) is not None
            for below in (at,) if opened else tree.children(at, "advcl"):
                if opened or any(tokens[m].lemma in ("if", "unless") for m in tree.children(below, "mark")):
                    return replace(
                        act, event="THREATEN", mode=threat_mode(act), cameo=None, status="happened", reciprocal=False,
                        steps=(*act.steps, "a hostile act to come, on a condition: THREATEN"),
                    )  # fmt: skip
            return act
        return act

    def _conceded(self, act: Act) -> Act:
        """ "Chad will free the teachers on Monday": a retreat that its doer has announced."""
        clause = self.scene.clauses.get(act.anchor)
        if act.event != "RETREAT" or act.mode == "resign" or act.status != "future" or not act.actors:
            return act
        if clause is None or clause.kind != "verb" or clause.modal not in ("will", "would") or clause.passive:
            return act
        if act.sources and not speak_for(self.scene, act.sources, act.actors):
            return act
        return replace(
            act, event="CONCEDE", mode=None, cameo=None, status="happened",
            steps=(*act.steps, "a retreat announced by the one who retreats: CONCEDE"),
        )  # fmt: skip

    def _is_told(self, act: Act) -> bool:
        """Whether an act named by a noun is told here, not only referred to ("after the war", "a ceasefire line").

        Told: a light verb or an operator carries it, or it is the subject of a verb of happening.
        Else it needs both sides named.
        """
        clause = self.scene.clauses.get(act.anchor)
        if clause is None or clause.kind != "noun" or len(act.rules) > 1 or act.rules[0] == "thanked-for-help":
            return True
        sides = len(set(act.actors) | set(act.recipients))
        token = self.scene.sentence.tokens[act.anchor]
        topic = token.dep == "pobj" and self.scene.lemma(token.head) in _TOPICS and not self._is_carried(clause)
        if topic:
            return False
        if is_told_arrest(self.scene, act, clause):
            return True
        if not sides:
            # "several arrests were made", "an attack was carried out": told, though of nobody.
            made = token.dep == "nsubjpass" and self.scene.lemma(token.head) in self.scene.lexicon.light_verbs
            # "protests broke out", "the fighting went on"
            made = made or (token.dep == "nsubj" and says_it_happens(self.scene, act))
            return made and act.status != "hypothetical" and act.event in ("ASSAULT", "COERCE", "PROTEST")
        # "in the backdrop of an offensive by the Taliban": a doer of its own makes it told.
        owned = bool(clause.subject) and act.event in ("ASSAULT", "RETREAT", "REJECT") and bool(act.actors)
        return sides > 1 or owned or self._is_carried(clause)

    def _is_carried(self, clause: Clause) -> bool:
        tree, tokens = self.scene.tree, self.scene.sentence.tokens
        head = clause.head
        while tokens[head].dep == "conj" and tokens[tokens[head].head].tag in NOUN_TAGS:
            head = tokens[head].head
        up = tree.head(head)
        if up is None or tokens[head].dep in ("ROOT",):
            return clause.headline or tokens[head].dep == "ROOT"
        words = self.scene.lexicon
        if tokens[head].dep in ("dobj", "nsubjpass", "attr"):
            return (
                tokens[up].lemma in words.light_verbs
                or tokens[up].lemma == "be"
                or words.is_predicate("verb", tokens[up].lemma)
            )
        if tokens[head].dep == "nsubj":
            return tokens[up].lemma in words.carrying_verbs
        if tokens[head].dep == "pobj" and tokens[up].lemma in ("in", "on", "into", "to", "of"):
            verb = tree.head(up)
            return verb is not None and tokens[verb].lemma in (
                "engage",
                "enter",
                "go",
                "participate",
                "take",
                "resort",
                "be",
                "join",
            )
        return False

    def read(self, head: int) -> list[Act]:
        """The acts of the predicate at a token, with everything below it that it takes up."""
        if head in self._read:
            return self._read[head]
        self._read[head] = []  # breaks a circle in a broken parse
        clause = self.scene.clauses.get(head)
        self._read[head] = self._read_clause(clause) if clause is not None else self._read_through(head)
        return self._read[head]

    def _read_through(self, head: int) -> list[Act]:
        """A noun that is no predicate but holds one: "a series of attacks", "the dialogue process"."""
        token = self.scene.sentence.tokens[head]
        tree = self.scene.tree
        if token.tag in NOUN_TAGS and token.lemma in _HOLDS_ITS_OF:
            return [a for o in tree.objects_of(head, "of") for a in self._take(o)]
        if token.tag in NOUN_TAGS and token.lemma in _HOLDS_ITS_COMPOUND:
            return [a for o in tree.children(head, "compound") if o in self.scene.clauses for a in self._take(o)]
        return []

    def _take_up(self, heads: list[int], effect: str) -> None:
        """Mark what an operator has taken up; what stands below its act is part of that act, not told beside it."""
        tokens = self.scene.sentence.tokens
        for head in heads:
            self._take(head)
            if (
                effect in _OPEN
                or tokens[head].dep in ("nsubj", "nsubjpass")
                or not (self._read.get(head) or effect == "evaluate")
            ):
                continue
            for below in self.scene.tree.subtree(head):
                if below in self.scene.clauses and not in_relative(self.scene, below, head):
                    self._consumed.add(below)

    def _take(self, head: int) -> list[Act]:
        acts = self.read(head)
        if acts or head in self.scene.clauses:
            self._consumed.add(head)
        return acts

    def _read_clause(self, clause: Clause) -> list[Act]:
        scene = self.scene
        status = clause_status(scene, clause)
        operators = self._operators(clause)
        for operator, words in operators:
            inner = self._inner(clause, operator, words)
            read = {h: self.read(h) for h in inner}
            # "continued its effort to overthrow": what one of them has taken up is not told beside it.
            acts = [a for h in inner if h not in self._consumed or len(inner) == 1 for a in read[h]]
            own = frame_act(scene, clause, status)
            if operator.effect == "evaluate":
                if own is None and clause.lemma in _FAVOURING and clause.complements and acts:
                    self._take_up(inner, "hypothesis")  # "would support lifting the ban": nothing is lifted
                    return [replace(a, status="hypothetical", rules=(*a.rules, operator.id)) for a in acts]
                if own is None and clause.lemma in _ACCUSING and clause.complements:
                    self._take_up(inner, operator.effect)  # nobody known is accused; what of is no fact
                    return []
                if own is None or own.event not in _JUDGEMENTS:
                    continue
                if own.event in ("COERCE", "SANCTION"):
                    # "those arrested in Kano": the object stands above its verb and is no part of the act.
                    above = set(scene.tree.ancestors(clause.head))
                    inner = [h for h in inner if h not in above]
                self._take_up(inner, operator.effect)
                return [self._judged(own, acts), *self._thanked_for(own, inner)]
            if not acts:
                continue
            made = EFFECTS[operator.effect](scene, clause, operator, acts)
            if own is not None and len(own.words) > 1 + len(words) and (not made or made[0].event != own.event):
                made = [own]
            if own is not None and is_surer(self.scene, own, operator):
                made = [own]  # a frame that knows what is lifted says better what that is
            if own is not None and own.event == "CONSULT" and operator.effect == "hypothesis":
                made = [own]  # "discussed the fighting with his counterpart"
            if own is not None and own.event == "AGREE" and clause.object and made and made[0].event != "AGREE":
                made = [own]  # "offered its troops to help him oust the general": what is offered is the thing
            self._take_up(inner, operator.effect)
            if made or operator.effect in ("deny", "refuse", "hypothesis"):
                return made
        if clause.kind == "verb" and clause.lemma in scene.lexicon.light_verbs | _EMPTY_VERBS:
            own = frame_act(scene, clause, status)
            below = [*clause.object, *clause.complements]
            read = {h: self.read(h) for h in below}
            passed = [a for h in below if h not in self._consumed or len(below) == 1 for a in read[h]]
            bare = all(a.rules[0].startswith("bare-") for a in passed)
            if own is not None and (bare or len(own.words) > 1 or own.event == "SUPPORT"):
                # "signed an agreement to trade" is the signing, not a promise.
                self._take_up(below, "evaluate" if own.event == "SUPPORT" else "report")
                return [own]
            if passed:
                for h in below:
                    self._take(h)
                # A noun or adjective under its verb has its status from it already.
                own_verbs = [h for h in below if h in scene.clauses and scene.clauses[h].kind == "verb"]
                verbal = {id(a) for h in own_verbs for a in read[h]}
                return [replace(a, status=combined(status, a)) if id(a) in verbal else a for a in passed]
        own = frame_act(scene, clause, status)
        if own is not None:
            # "violated the ceasefire" is one act: what its own words would be by themselves is not told beside it.
            self._consumed.update(w for w in own.words if w != clause.head)
            self._consumed.update(referred_to(self.scene, own, clause))
            return [completed(scene, own, clause)]
        return bare_act(scene, clause, [o for o, _ in operators])

    def _operators(self, clause: Clause) -> list[tuple[Operator, tuple[int, ...]]]:
        found = []
        for rest, operator in self.scene.lexicon.operators.get((clause.kind, clause.lemma), ()):
            words = phrase_tokens(self.scene, clause, rest) if rest else ()
            if words is not None:
                found.append((operator, words))
        return sorted(found, key=lambda pair: -len(pair[1]))

    def _inner(self, clause: Clause, operator: Operator, words: tuple[int, ...]) -> list[int]:
        """Where the operator's inner act may stand."""
        tokens = self.scene.sentence.tokens
        found = [c for c in clause.complements if not is_beside(self.scene, c)]
        if clause.kind != "adjective":
            found += clause.object
        names = {tokens[w].lemma for w in words if tokens[w].tag in ("IN", "TO", "RP")}
        if names:
            found += clause.oblique(*sorted(names))
        if clause.kind != "verb" or operator.effect in (
            "evaluate",
            "hypothesis",
            "threaten",
            "prevent",
            "stop",
            "attempt",
            "transparent",
            "request",
            "approve",
            "promise",
            "cancel",
        ):
            found += clause.oblique(
                *(
                    p
                    for p in _INNER_PREPOSITIONS
                    # "ended with the arrest of", "hinted after the raid": these took place.
                    if not (p == "with" and operator.effect == "stop" and p not in names)
                    and not (p == "after" and clause.kind == "verb" and operator.effect != "evaluate")
                    and not (
                        operator.effect in ("stop", "transparent", "promise", "cancel")
                        and p in ("after", "during", "at", "in", "from", "by", "over")
                        and clause.kind == "verb"
                    )
                )
            )
        if clause.kind == "noun":
            found += [h for h in clause.oblique("mod") if tokens[h].tag in NOUN_TAGS]
        if clause.kind == "verb" and operator.effect in ("transparent", "stop", "report", "fail") and not found:
            found += clause.subject
        told = tokens[clause.head].dep == "relcl" and tokens[clause.head].head in self._consumed
        if told:  # "called off the strike that they had planned": one strike, told by the first verb
            found = [h for h in found if h != tokens[clause.head].head]
        return [h for h in dict.fromkeys(found) if h != clause.head]

    def _judged(self, own: Act, acts: list[Act]) -> Act:
        """The recipient of a judgement on an act is who did it: "condemned the attack by X"."""
        if not acts:
            return own
        doers = tuple(h for a in acts for h in (*a.sources, *a.actors) if h not in own.actors)
        direct = [
            r
            for r in own.recipients
            if self.scene.clauses[own.anchor].object and r in self.scene.clauses[own.anchor].object
        ]
        if doers and not direct and own.event in ("ACCUSE", "SUPPORT"):
            return replace(own, recipients=tuple(dict.fromkeys(doers)))
        return own

    def _thanked_for(self, own: Act, inner: list[int]) -> list[Act]:
        """Help that somebody is thanked for was given: AID, before. "thanked Japan for its support"."""
        scene = self.scene
        if own.event != "SUPPORT" or not own.rules[0].startswith(("thank", "grat")):
            return []
        for head in (*inner, *(c for h in inner for c in scene.tree.objects_of(h, "for"))):
            if (
                scene.lemma(head) not in ("support", "help", "assistance", "aid", "relief")
                or scene.sentence.tokens[head].tag not in NOUN_TAGS
            ):
                continue
            givers = scene.people(
                (*scene.tree.children(head, "poss", "amod", "compound"), *self._received_from(head)), look_inside=False
            )
            givers = tuple(h for h in givers if h not in own.actors) or own.recipients
            if givers and own.actors:
                return [
                    replace(
                        own,
                        event="AID",
                        mode=None,
                        cameo=None,
                        actors=givers,
                        recipients=own.actors,
                        status="historical",
                        words=(head,),
                        anchor=head,
                        rules=("thanked-for-help",),
                        confidence=0.75,
                        steps=("help that thanks are given for was given before: AID",),
                    )
                ]
        return []

    def _received_from(self, head: int) -> list[int]:
        tree = self.scene.tree
        verbs = tree.children(head, "relcl", "acl")
        return [
            *tree.objects_of(head, "from", "of", "by"),
            *(h for v in verbs for h in tree.objects_of(v, "from", "by")),
        ]


def _one_act_one_type(scene: Scene, acts: list[Act]) -> list[Act]:
    """A demand or complaint voiced by a protest is the protest's: "marched to demand reforms by the government"."""
    protests = [a for a in acts if a.event == "PROTEST"]
    if not protests:
        return acts
    kept = []
    voiced: tuple[int, ...] = ()
    doers = {h for p in protests for h in p.actors}
    for act in acts:
        if act.event in ("REQUEST", "ACCUSE", "REJECT") and act.actors and set(act.actors) <= doers:
            voiced += act.recipients
        else:
            kept.append(act)
    return [replace(a, recipients=voiced) if a.event == "PROTEST" and not a.recipients and voiced else a for a in kept]
