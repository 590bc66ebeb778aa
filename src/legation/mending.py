"""Slips that the parser makes by habit on news, mended before anything reads the tree.

Each rule names a shape that has one reading; what may be read two ways is left as the parser has it.
"""

from __future__ import annotations

from legation.changing import replace
from legation.model import Token
from legation.tree import FINITE_TAGS, NOUN_TAGS, VERB_TAGS

Arc = tuple[int, str]  # governor and label
_SAYING = frozenset(
    "say tell add insist warn protest complain state announce report write claim argue declare note order urge "
    "demand tweet".split()
)
# What a speaker does next: "denied that its troops had fired and blamed rebels".
_SPEAKING = frozenset("blame accuse condemn urge threaten vow pledge promise criticise criticize call".split())
_WHEN = frozenset("after before since until".split())
_SUPPOSING = frozenset("believe suspect think allege report presume".split())
_NEVER_PASSIVE = frozenset("protest march rally demonstrate riot gather clash assemble".split())
# What is said, never who it is said to: "a group complained" is no group that was complained.
_NEVER_TOLD = frozenset("say add insist complain claim argue".split())
_TIMES = frozenset("minute hour day week month year".split())
_QUOTE_END = frozenset({",", '"', "''", "”", "’"})


def mended(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with the arcs set right; the same tuple where nothing is to mend."""
    heads: dict[int, Arc] = {}
    for token in tokens:
        if token.dep == "conj" and token.lemma in _SAYING and token.tag in VERB_TAGS:
            heads.update(_said_last(tokens, token))
        elif token.dep == "conj" and token.lemma in _SPEAKING and token.tag in ("VBD", "VBN"):
            heads.update(_said_next(tokens, token))
        elif token.dep == "conj" and token.tag in NOUN_TAGS and tokens[token.head].tag in VERB_TAGS:
            heads.update(_second_object(tokens, token))
        elif token.dep == "advcl" and token.tag == "VBD" and _after(tokens, token) is not None:
            heads.update(_subject_after(tokens, token))
        elif token.dep == "advcl" and token.tag == "VBG":
            heads.update(_gerund_object(tokens, token) or _gerund_listed(tokens, token))
        elif token.dep == "amod" and token.index < token.head and (token.tag == "VBD" or _lacks_verb(tokens, token)):
            heads.update(_finite_verb(tokens, token))
        elif token.dep == "acl" and token.tag in ("VBN", "VBD") and token.lemma in _NEVER_PASSIVE | _NEVER_TOLD:
            heads.update(_reporter_at_the_end(tokens, token) or _crowd_that_acts(tokens, token))
        elif token.dep == "acl" and token.tag == "VBN" and _over_infinitive(tokens, token):
            heads.update(_verb_before_infinitive(tokens, token))
        elif token.dep == "dobj" and token.tag == "NNS" and token.lemma in _TIMES:
            heads.update(_hours_after(tokens, token))
        elif token.dep == "ccomp" and token.tag == "VBD" and tokens[token.head].lemma in _SUPPOSING:
            heads.update(_supposed_doer(tokens, token, tokens[token.head]))
        elif token.dep == "advcl" and token.lemma in _SUPPOSING and token.index < token.head:
            heads.update(_supposed_doer(tokens, tokens[token.head], token))
        elif token.dep == "nsubj" and tokens[token.head].dep in ("aux", "auxpass"):
            # "The Union is mediating": hung on the auxiliary
            up = tokens[token.head]
            heads[token.index] = (up.head, "nsubjpass" if up.dep == "auxpass" else "nsubj")
        elif token.dep == "prep" and token.lemma == "of":
            heads.update(_short_of(tokens, token))
        elif token.dep == "prep" and token.lemma == "on":
            heads.update(_blamed_on(tokens, token))
    if not heads:
        return tokens
    return tuple(replace(t, head=heads[t.index][0], dep=heads[t.index][1]) if t.index in heads else t for t in tokens)


def _said_last(tokens: tuple[Token, ...], said: Token) -> dict[int, Arc]:
    """ "X must go, the minister said": taken for two coordinated clauses; the first is what is said."""
    told = tokens[said.head]
    subject = next((t for t in tokens if t.head == said.index and t.dep == "nsubj"), None)
    if told.tag not in VERB_TAGS or subject is None or said.index < told.index or said.tag not in ("VBD", "VBZ"):
        return {}
    first = min((t.index for t in tokens if t.head == subject.index), default=subject.index)
    first = min(first, subject.index)
    joined = any(t.dep == "cc" and t.head == told.index and t.index < first for t in tokens)
    if joined or first == 0 or tokens[first - 1].text not in _QUOTE_END or first < told.index:
        return {}
    up = said.index if told.head == told.index else told.head
    return {
        said.index: (up, told.dep),
        told.index: (said.index, "ccomp"),
    }


def _said_next(tokens: tuple[Token, ...], verb: Token) -> dict[int, Arc]:
    """ "X denied that Y had fired and blamed Z": coordinated with what is denied; it is X that blames."""
    told = tokens[verb.head]
    upper = tokens[told.head]
    own = [t for t in tokens if t.head == verb.index and t.index < verb.index]
    said = told.dep == "ccomp" and upper.tag in ("VBD", "VBN") and upper.lemma in _SAYING | {"deny", "reject", "admit"}
    if not said or any(t.dep in ("nsubj", "nsubjpass", "aux", "auxpass") for t in own):
        return {}
    # A tense of its own, or a subject that cannot speak: else who is told of may well be the one that blames.
    aux = [t for t in tokens if t.head == told.index and t.dep in ("aux", "auxpass")]
    return {verb.index: (upper.index, "conj")} if aux or told.tag in ("VBZ", "VBP") else {}


def _supposed_doer(tokens: tuple[Token, ...], verb: Token, supposed: Token) -> dict[int, Arc]:
    """ "Men believed to be rebels attacked a village": the participle taken for a verb with a subject of its own."""
    to = [t for t in tokens if t.head == supposed.index and t.dep == "xcomp" and supposed.index < t.index < verb.index]
    subject = next((t for t in tokens if t.head == supposed.index and t.dep in ("nsubj", "nsubjpass")), None)
    aux = any(t.head == supposed.index and t.dep in ("aux", "auxpass") for t in tokens)
    if not to or subject is None or aux or any(t.head == verb.index and t.dep == "nsubj" for t in tokens):
        return {}
    arcs: dict[int, Arc] = {subject.index: (verb.index, "nsubj"), supposed.index: (subject.index, "acl")}
    if verb.head == supposed.index:
        arcs[verb.index] = (verb.index if supposed.head == supposed.index else supposed.head, supposed.dep)
    moved = (t for t in tokens if t.head == supposed.index and (t.index > verb.index or t.dep in ("punct", "mark")))
    arcs.update({t.index: (verb.index, t.dep) for t in moved if t.index != verb.index})
    return arcs


def _second_object(tokens: tuple[Token, ...], noun: Token) -> dict[int, Arc]:
    """ "killed two soldiers and at least nine villagers": the second object hung on the verb."""
    first = next(
        (t for t in reversed(tokens[: noun.index]) if t.head == noun.head and t.dep in ("dobj", "nsubjpass")), None
    )
    own = any(t.head == noun.index and t.dep in ("dobj", "nsubj", "attr", "relcl") for t in tokens)
    if first is None or own or first.tag not in NOUN_TAGS or first.index < noun.head and first.dep == "dobj":
        return {}
    between = tokens[first.index + 1 : noun.index]
    if not any(t.dep == "cc" and t.head == noun.head for t in between) or any(t.tag in FINITE_TAGS for t in between):
        return {}
    return {noun.index: (first.index, "conj")}


def _after(tokens: tuple[Token, ...], verb: Token) -> Token | None:
    """The noun behind "after" or the like that is the subject of a past tense without one."""
    if any(t.head == verb.index and t.dep in ("nsubj", "nsubjpass", "aux", "mark") for t in tokens):
        return None
    for token in reversed(tokens[: verb.index]):
        if token.tag in VERB_TAGS:
            return None
        if token.dep == "pobj" and tokens[token.head].lemma in _WHEN and token.tag in NOUN_TAGS:
            return token
    return None


def _subject_after(tokens: tuple[Token, ...], verb: Token) -> dict[int, Arc]:
    """ "a day after a court in Riga sentenced him": a past tense has a subject, here what hangs on "after"."""
    subject = _after(tokens, verb)
    assert subject is not None
    return {subject.index: (verb.index, "nsubj"), subject.head: (verb.index, "mark")}


def _gerund_object(tokens: tuple[Token, ...], verb: Token) -> dict[int, Arc]:
    """ "ruled out sending troops": the gerund right after a particle is what the verb governs."""
    before = tokens[verb.index - 1] if verb.index else None
    if before is not None and before.dep == "prt" and before.head == verb.head:
        return {verb.index: (verb.head, "xcomp")}
    return {}


def _gerund_listed(tokens: tuple[Token, ...], verb: Token) -> dict[int, Arc]:
    """ "accused of killing hostages, burning villages and hiding it": each is what they are accused of."""
    if not verb.index or tokens[verb.index - 1].text != ",":
        return {}
    listed = any(t.dep == "conj" and t.head == verb.index and t.tag == "VBG" for t in tokens)
    first = next(
        (
            t
            for t in tokens[: verb.index]
            if t.dep == "pcomp" and t.tag == "VBG" and tokens[t.head].head == verb.head and tokens[t.head].dep == "prep"
        ),
        None,
    )
    return {verb.index: (first.index, "conj")} if listed and first is not None else {}


def _lacks_verb(tokens: tuple[Token, ...], participle: Token) -> bool:
    """Whether a sentence has no verb but this one, taken for an adjective: "The emir dissolved parliament." """
    root = tokens[participle.head]
    return (
        participle.tag == "VBN"
        and root.head == root.index
        and tokens[-1].text == "."
        and not any(t.tag in FINITE_TAGS for t in tokens)
    )


def _finite_verb(tokens: tuple[Token, ...], verb: Token) -> dict[int, Arc]:
    """ "The rebels captured Herat, the third city": the past tense taken for a word that describes the object."""
    noun = tokens[verb.head]
    before = [
        t for t in tokens[: verb.index] if t.head == noun.index and t.dep in ("nmod", "compound", "nsubj", "amod")
    ]
    subject = next((t for t in reversed(before) if t.tag in ("NNP", "NNPS", "NNS", "NN")), None)
    between = tokens[subject.index + 1 : verb.index] if subject is not None else ()
    if subject is None or any(t.tag != "RB" for t in between) or noun.tag not in ("NNP", "NNPS", "NN", "NNS"):
        return {}
    up = verb.index if noun.head == noun.index else noun.head
    arcs: dict[int, Arc] = {verb.index: (up, noun.dep), noun.index: (verb.index, "dobj")}
    arcs.update({t.index: (subject.index, t.dep) for t in before if t is not subject})
    arcs[subject.index] = (verb.index, "nsubj")
    dets = [t for t in tokens[: subject.index] if t.head == noun.index and t.dep == "det"]
    arcs.update({t.index: (subject.index, "det") for t in dets})
    return arcs


def _reporter_at_the_end(tokens: tuple[Token, ...], verb: Token) -> dict[int, Arc]:
    """ "The police beat them, a human rights group complained": taken for a group that was complained."""
    noun = tokens[verb.head]
    root = next((t for t in tokens if t.head == t.index), None)
    if noun.dep != "appos" or root is None or root.tag not in VERB_TAGS or root.index > noun.index:
        return {}
    first = min((t.index for t in tokens if t.head == noun.index), default=noun.index)
    further = [t for t in tokens if t.head == verb.index and t.dep not in ("advmod", "npadvmod", "punct")]
    if first == 0 or tokens[first - 1].text not in _QUOTE_END or any(t.dep != "prep" for t in further):
        return {}
    return {
        verb.index: (verb.index, root.dep),
        root.index: (verb.index, "ccomp"),
        noun.index: (verb.index, "nsubj"),
    }


def _over_infinitive(tokens: tuple[Token, ...], verb: Token) -> bool:
    """Whether all that a sentence stands on is an infinitive behind this verb: "X called Y to thank him." """
    root = tokens[tokens[verb.head].head]
    return (
        root.head == root.index
        and root.tag == "VB"
        and tokens[-1].text == "."
        and verb.index < root.index
        and tokens[verb.head].dep == "nsubj"
        and any(t.head == root.index and t.tag == "TO" for t in tokens[: root.index])
        and any(t.head == verb.index and t.dep in ("oprd", "dobj") for t in tokens)
    )


def _verb_before_infinitive(tokens: tuple[Token, ...], verb: Token) -> dict[int, Arc]:
    """ "The king called the envoy to thank him": the past tense is what the sentence stands on."""
    subject = tokens[verb.head]
    root = tokens[subject.head]
    arcs: dict[int, Arc] = {
        verb.index: (verb.index, root.dep),
        subject.index: (verb.index, "nsubj"),
        root.index: (verb.index, "advcl"),  # what for
    }
    arcs.update({t.index: (verb.index, "dobj") for t in tokens if t.head == verb.index and t.dep == "oprd"})
    arcs.update({t.index: (verb.index, t.dep) for t in tokens if t.head == root.index and t.dep == "punct"})
    return arcs


def _crowd_that_acts(tokens: tuple[Token, ...], verb: Token) -> dict[int, Arc]:
    """ "A crowd protested in Harare": a past tense taken for a participle, of a verb that nothing is done to by."""
    root = tokens[verb.head]
    if verb.lemma not in _NEVER_PASSIVE or root.head != root.index or root.index > verb.index:
        return {}
    if any(t.tag in FINITE_TAGS for t in tokens):
        return {}
    return {verb.index: (verb.index, root.dep), root.index: (verb.index, "nsubj")}


def _hours_after(tokens: tuple[Token, ...], time: Token) -> dict[int, Arc]:
    """ "called off the strike days after it began": the object taken for a word that describes the days."""
    then = tokens[time.index + 1] if time.index + 1 < len(tokens) else None
    thing = tokens[time.index - 1]
    if then is None or then.lemma not in ("after", "before", "later", "earlier") or thing.head != time.index:
        return {}
    if thing.dep != "compound" or thing.tag not in ("NN", "NNS", "NNP"):
        return {}
    arcs: dict[int, Arc] = {thing.index: (time.head, "dobj"), time.index: (time.head, "npadvmod")}
    arcs.update({t.index: (thing.index, t.dep) for t in tokens[: thing.index] if t.head == time.index})
    return arcs


def _short_of(tokens: tuple[Token, ...], of: Token) -> dict[int, Arc]:
    """ "stopped short of condemning": of hangs on "short", where no argument is looked for."""
    short = tokens[of.head]
    if short.lemma == "short" and short.dep in ("advmod", "acomp", "prep") and tokens[short.head].tag in VERB_TAGS:
        return {of.index: (short.head, of.dep)}
    return {}


def _blamed_on(tokens: tuple[Token, ...], on: Token) -> dict[int, Arc]:
    """ "blamed the attack on rebels": whom it is blamed on, not whom it was an attack on."""
    noun = tokens[on.head]
    verb = tokens[noun.head]
    if verb.lemma in ("blame", "pin") and noun.dep == "dobj" and noun.index > verb.index:
        return {on.index: (verb.index, "prep")}
    return {}
