"""The place of each event, among the places its sentence names; else the dateline, a country, or none.

Only a place that the words put the act at counts: under in, at, near ... on the predicate, as what was
bombed or visited, or in front of the noun ("the Kabul bombing"). A capital that speaks or acts is the
state and no place, and what a talk was about is not where it was held.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from legation.changing import replace
from legation.knowledge.places import place_words
from legation.model import Document, EventMention, Place, Sentence
from legation.stages.places.resolve import by_country
from legation.tree import NOUN_TAGS, Tree

_AT = frozenset({
    "in", "at", "near", "outside", "inside", "around", "across", "throughout", "along", "off", "on", "within",
    "over", "above", "toward", "towards", "into", "through",
})  # fmt: skip
_TOWARDS = frozenset({"into", "to", "toward", "towards", "on", "onto"})
# From the act up to the word its phrases hang on: held (talks), were (killed), began to (bomb).
_UP = frozenset({"dobj", "nsubjpass", "xcomp", "conj", "attr", "oprd", "pcomp", "compound"})
# These acts touch the place itself: bombed Aleppo, captured Mosul, left Kabul.
_TOUCHING = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "AID", "PROTEST"})
# Where these happen, people are; the rest are words that may be said anywhere.
_MATERIAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST", "AID"})
_MOVING = frozenset({"ASSAULT", "MOBILIZE", "RETREAT", "COERCE"})
_CARRYING = frozenset({"for", "of", "in", "on", "during"})  # met for talks, killed in an attack
_ABOUT = frozenset({"over", "about", "of", "after", "since", "for"})
_POSTS = frozenset({"embassy", "consulate", "office"})
_MET = frozenset({"AGREE", "CONSULT", "COOPERATE", "CONCEDE"})
_HELD_AT = frozenset({"in", "at", "near", "outside", "inside", "during", "on", "around"})
_SIGNED = frozenset({"sign", "ratify", "conclude", "reach", "seal", "initial", "renew"})
# Who sentences, orders an arrest: where they sit is where it is done.
_BENCHES = frozenset({"court", "tribunal", "judge", "jury", "prosecutor", "magistrate"})
_SENT_OUT = frozenset({"expel", "deport", "evict", "oust", "banish", "evacuate", "extradite"})
_WAYS = frozenset("road street highway motorway way access route bridge railway line track".split())
_SAME_TIME = frozenset({"when", "as", "while"})
_VISITS = frozenset({"visit", "travel", "trip", "arrive", "fly"})
_VERBAL = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN", "AGREE", "SANCTION"})
_OF_COUNTRIES = frozenset({"border", "coast", "frontier", "north", "south", "east", "west", "side", "shore"})
_COMPASS = frozenset("north south east west northeast northwest southeast southwest outside miles kilometres".split())
_RANK = {"site": 5, "city": 4, "district": 3, "province": 2, "country": 1, "region": 0}
_LEAD_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class _Choice:
    """A place the event may be at, how good the sign for it is, and the sign in words."""

    place: Place
    score: float
    reason: str


def place_events(doc: Document, places: Sequence[Place]) -> tuple[EventMention, ...]:
    """Every event mention with its place and why; without one where the text does not say."""
    if not doc.event_mentions:
        return doc.event_mentions
    sentences = {s.index: s for s in doc.sentences}
    trees: dict[int, Tree] = {}
    lead = [s.index for s in doc.sentences if s.kind == "body"][:_LEAD_SENTENCES]
    filed_at = _filed_at(doc, places)
    focus = _focus(places)
    towns = {p.name for p in places if p.precision in ("city", "site", "district")}
    alone = filed_at is not None and towns == {filed_at.name}
    placed = []
    for mention in doc.event_mentions:
        sentence = sentences.get(mention.sentence)
        choice = None
        if sentence is not None and mention.anchor < len(sentence.tokens):
            if sentence.index not in trees:
                trees[sentence.index] = Tree(sentence.tokens)
            tree = trees[sentence.index]
            choice = _best(_choices(mention, sentence, tree, places))
        if choice is None and sentence is not None and (sentence.index in lead or _meeting(mention, alone)):
            choice = _from_dateline(mention, filed_at)
        if choice is None:
            choice = _from_focus(mention, focus)
        placed.append(
            replace(mention, place=choice.place, place_reason=choice.reason)
            if choice
            else replace(mention, place=None, place_reason="the text does not say where")
        )
    return tuple(placed)


def _best(choices: Sequence[_Choice]) -> _Choice | None:
    """The best sign; of equal ones the finer place that lies in the other, else the first named."""
    known = [c for c in choices if c.place.country or c.place.lat is not None]
    if not known:
        return None
    first = max(known, key=lambda c: c.score)  # of equals the first named
    for other in known:
        finer = _RANK.get(other.place.precision or "", 0) > _RANK.get(first.place.precision or "", 0)
        if finer and other.place.country == first.place.country and other.score > first.score - 2.5:
            first = other
    return first


def _choices(mention: EventMention, sentence: Sentence, tree: Tree, places: Sequence[Place]) -> list[_Choice]:
    bases = _bases(tree, mention.anchor, mention.event in _MATERIAL)
    allowed = set(mention.clause_tokens) | {mention.anchor}
    found = []
    # Places stand apart from each other and in order; a long text has thousands.
    for number in range(bisect_right(places, sentence.start, key=lambda p: p.end), len(places)):
        place = places[number]
        if place.start >= sentence.end:
            break
        at = _token(tree, place)
        if at is not None:
            choice = _judge(mention, tree, place, at, bases, allowed)
            if choice is not None:
                found.append(choice)
    return found


def _token(tree: Tree, place: Place) -> int | None:
    """The head of the place's words: the last token of them that is governed from outside."""
    inside = [t.index for t in tree.tokens if t.start < place.end and place.start < t.end]
    for i in reversed(inside):
        if tree.tokens[i].head not in inside or tree.tokens[i].head == i:
            return i
    return inside[-1] if inside else None


def _bases(tree: Tree, anchor: int, material: bool) -> list[int]:
    """The anchor and what its phrases may hang on, from near to far; never a verb of saying."""
    found = [anchor]
    index = anchor
    for _ in range(5):
        token = tree.tokens[index]
        head = tree.head(index)
        if head is None:
            break
        above = tree.tokens[head]
        light = token.dep == "nsubj" and token.tag in NOUN_TAGS and above.tag[:1] == "V"
        carried = index == anchor and token.dep == "pobj" and above.lemma in _CARRYING
        purpose = token.dep == "advcl" and token.tag == "VB" and tree.child(index, "aux") is not None
        if purpose and above.tag[:1] == "V" and above.lemma not in _saying():  # flew to X to meet
            found.append(head)
            index = head
            continue
        if carried:  # met for talks in Geneva
            up = tree.head(head)
            if up is None or tree.tokens[up].lemma in _saying():
                break
            found.append(up)
            index = up
            continue
        if (token.dep not in _UP and not light) or above.lemma in _saying():
            break
        found.append(head)
        index = head
    if material:  # killed when a mine went off near X
        found += [c for c in tree.children(anchor, "advcl") if _same_time(tree, c)]
    for child in tree.children(anchor, *(("conj", "xcomp") if material else ("conj",))):
        if tree.tokens[child].tag[:1] == "V" and tree.child(child, "nsubj", "nsubjpass") is None:
            found.append(child)
    return found


def _same_time(tree: Tree, clause: int) -> bool:
    return any(tree.tokens[c].lemma in _SAME_TIME for c in tree.children(clause, "advmod", "mark"))


def _judge(
    mention: EventMention, tree: Tree, place: Place, at: int, bases: Sequence[int], allowed: set[int]
) -> _Choice | None:
    """How a place named in the sentence hangs on the event, or None where it does not."""
    index, steps = _climb(tree, at, place.precision == "country")
    dep = tree.tokens[index].dep
    if index != at and _beside_unknown(tree, at, index):
        return None
    seat = _seat(mention, tree, place, at, bases)
    if seat is not None:
        return seat
    visiting = "visit" in mention.modes or any(tree.tokens[b].lemma in _VISITS for b in bases)
    if dep == "pobj":
        on_ground = steps > 0 or place.kind in ("island", "line", "river", "street")
        word, upon = _preposition(tree, index)
        weight = _weight(mention, tree, word, visiting, on_ground)
        if weight == 0.0 and steps and tree.tokens[at].dep == "pobj":  # set fire to an office in X
            word, upon = _preposition(tree, at)
            weight = _weight(mention, tree, word, visiting, False)
        if weight == 0.0 and word == "to" and _blocks_the_way(tree, upon, bases):
            return _Choice(place, 8.0, "where the way leads that was closed")
        if upon is None or weight == 0.0:
            return None
        if upon in bases:
            far = 0.2 * bases.index(upon) + 0.1 * steps
            return _Choice(place, weight - far, f"under '{word}' with the act")
        return _by_noun(mention, tree, place, (word, weight, upon), bases, allowed)
    if dep in ("dobj", "nsubjpass") and tree.head(index) in bases:
        ground = index == at or tree.tokens[index].lemma in _place_nouns()
        post = index != at and tree.tokens[index].lemma in _POSTS
        if visiting or post or (mention.event in _TOUCHING and (ground or place.precision != "country")):
            return _Choice(place, 8.5, "what the act was done to")
        return None
    fine = place.precision not in ("country", "region") and mention.event != "SUPPORT"
    if fine and dep in ("compound", "nmod", "amod") and tree.head(index) in bases[:1]:
        return _Choice(place, 7.0, "before the noun of the act")
    return None


def _preposition(tree: Tree, index: int) -> tuple[str, int | None]:
    """The word that governs a noun and what that hangs on; of "out of", "from inside" the outer word."""
    prep = tree.head(index)
    if prep is None:
        return "", None
    word, upon = tree.tokens[prep].lemma, tree.head(prep)
    while upon is not None and tree.tokens[upon].dep == "prep":
        word, upon = (word if word in _AT else tree.tokens[upon].lemma), tree.head(upon)
    return word, upon


def _by_noun(
    mention: EventMention, tree: Tree, place: Place, link: tuple[str, float, int],
    bases: Sequence[int], allowed: set[int],
) -> _Choice | None:
    """A place that hangs on a noun of the clause: on the meeting, on what was hit; not on a topic."""
    word, weight, upon = link
    while tree.tokens[upon].dep == "conj" and tree.tokens[tree.tokens[upon].head].tag in NOUN_TAGS:
        upon = tree.tokens[upon].head  # "killed two soldiers and nine villagers near X"
    noun, outer = tree.tokens[upon], tree.head(upon)
    past = noun.dep == "pobj" and outer is not None and tree.tokens[outer].lemma in ("after", "before", "since")
    if noun.lemma in _gatherings() and upon in allowed and _meets(mention, tree) and not past:
        return _Choice(place, weight - 1.0, f"under '{word}' with the meeting or the deed")
    if noun.tag not in NOUN_TAGS or outer is None:
        return None
    if word == "of":
        return None  # the mayor of X, the people of X: not where they were met or killed
    topic = tree.head(outer) if noun.dep == "pobj" else None
    about = topic is not None and tree.tokens[topic].lemma in _gatherings() and noun.lemma not in _topics()
    if about and word == "in" and noun.tag in ("NN", "NNS") and _meets(mention, tree):  # a treaty on fishing in X
        return _Choice(place, weight - 3.0, f"under '{word}' behind the meeting or the deed")
    if noun.dep == "pobj" and tree.tokens[outer].lemma == "of" and topic is not None:  # supporters of the party in X
        upon, noun, outer = topic, tree.tokens[topic], tree.head(topic)
        if outer is None or noun.tag not in NOUN_TAGS:
            return None
    acted_on = (_acts_there(mention, tree) and noun.lemma not in _topics()) or noun.lemma in _POSTS
    if outer in bases and noun.dep in ("dobj", "nsubjpass", "nsubj", "dative"):
        return _Choice(place, weight - 1.5, f"under '{word}' with what was acted on") if acted_on else None
    if noun.dep == "pobj" and noun.lemma in _POSTS and tree.tokens[outer].lemma == "from" and tree.head(outer) in bases:
        return _Choice(place, weight - 2.0, f"under '{word}' with the embassy")
    if noun.dep == "pobj" and tree.head(outer) in bases:
        if tree.tokens[outer].lemma in _HELD_AT and upon in allowed and noun.lemma not in _topics():
            return _Choice(place, weight - 0.6, f"under '{word}' in the phrase of place")
        if acted_on and mention.event in _MATERIAL and tree.tokens[outer].lemma not in _ABOUT:
            return _Choice(place, weight - 2.0, f"under '{word}' with what was acted on")
    beyond = tree.head(outer)
    if acted_on and noun.dep == "pobj" and tree.tokens[outer].lemma in _AT and beyond is not None:
        side = tree.tokens[beyond].dep in ("dobj", "nsubj", "nsubjpass") and tree.head(beyond) in bases
        return _Choice(place, weight - 2.5, f"under '{word}' with one of the sides") if side else None
    return None


def _acts_there(mention: EventMention, tree: Tree) -> bool:
    """Whether the one acted on is where the act is: a hostage freed in X; no company in X under sanctions."""
    if mention.event == "CONSULT":
        met = tree.tokens[mention.anchor].lemma in ("meet", "receive", "host", "greet")
        return met or bool({"meet", "visit", "host"} & set(mention.modes))
    return mention.event not in _VERBAL or tree.tokens[mention.anchor].lemma in _SENT_OUT


def _meets(mention: EventMention, tree: Tree) -> bool:
    """Whether a gathering that the act names is where it was done: talks, the signing of a treaty."""
    return mention.event in _MET or (mention.event == "SUPPORT" and tree.tokens[mention.anchor].lemma in _SIGNED)


def _seat(mention: EventMention, tree: Tree, place: Place, at: int, bases: Sequence[int]) -> _Choice | None:
    """The place of a court that acts, before its name or under in or of: a Lima court, a court in Lima."""
    token, head = tree.tokens[at], tree.head(at)
    if mention.event not in ("SANCTION", "COERCE", "ACCUSE") or head is None:
        return None
    named = token.dep in ("compound", "nmod", "amod") and place.precision != "country"  # a German court: no place
    bench: int | None = head if named else None
    if token.dep == "pobj" and tree.tokens[head].lemma in ("in", "at", "of"):
        bench = tree.head(head)
    if bench is None or tree.tokens[bench].lemma not in _BENCHES or tree.tokens[bench].dep != "nsubj":
        return None
    return _Choice(place, 9.5, "where the court sits") if tree.head(bench) in bases else None


def _blocks_the_way(tree: Tree, upon: int | None, bases: Sequence[int]) -> bool:
    """Whether a phrase under "to" hangs on a road that the act is done to, or beside it on the act."""
    if upon is None:
        return False
    verb = tree.tokens[upon].head if tree.tokens[upon].lemma in _WAYS and tree.tokens[upon].dep == "dobj" else upon
    return verb in bases and any(tree.tokens[c].lemma in _WAYS for c in tree.children(verb, "dobj"))


def _beside_unknown(tree: Tree, at: int, index: int) -> bool:
    """Whether the place only says where another lies that no list holds: "in El Baraf, north of Mogadishu"."""
    tokens = tree.tokens
    step: int | None = at
    while step is not None and step != index:
        up = tree.head(step)
        beside = tokens[step].dep == "appos" and tokens[step].lemma in _COMPASS
        if beside and up is not None and tokens[up].tag == "NNP":
            return True
        step = up
    return False


def _weight(mention: EventMention, tree: Tree, word: str, visiting: bool, on_ground: bool) -> float:
    """How strongly a preposition puts an act at a place."""
    lemma = tree.tokens[mention.anchor].lemma
    if word in _TOWARDS - {"to", "on"} and mention.event in _MOVING:
        return 9.0
    if word in ("over", "above", "off", "along"):  # aircraft and ships; else it is what the accord is on
        return 10.0 if mention.event in _MATERIAL and word != "over" else 8.0
    if word in _AT and word not in _TOWARDS:
        return 10.0
    if word == "on" and (on_ground or mention.event == "ASSAULT"):
        return 9.0 if on_ground else 8.0
    if word == "to":
        marching = mention.event == "PROTEST" and lemma in ("march", "walk", "ride", "drive")
        return 9.0 if visiting or marching or mention.event in ("AID", "MOBILIZE") else 0.0
    if word in ("from", "out"):
        freed = mention.event == "RETREAT" and lemma in ("free", "release", "liberate", "return")
        return 8.5 if (mention.event == "RETREAT" and not freed) or lemma in _SENT_OUT else 0.0
    if word == "of":
        return 8.0 if mention.event in _TOUCHING else 0.0
    return 0.0


def _climb(tree: Tree, at: int, country: bool) -> tuple[int, int]:
    """From a place's word up to the head of the phrase of place it is part of, and how far that is."""
    tokens = tree.tokens
    nouns = _OF_COUNTRIES if country else _place_nouns()  # the US embassy, a Turkish base: elsewhere
    index, steps = at, 0
    for _ in range(8):
        token, head = tokens[index], tree.head(index)
        if head is None:
            break
        above = tokens[head]
        named = token.dep in ("conj", "appos", "npadvmod", "dep") and above.tag in NOUN_TAGS
        if token.dep in ("compound", "nmod", "amod", "poss"):
            passing = nouns if token.dep != "poss" else _place_nouns()
            proper = above.tag in ("NNP", "NNPS") and token.dep in ("compound", "poss")
            named = above.lemma in passing or proper
        if named:
            index = head
        elif (
            token.dep == "pobj"
            and above.lemma in ("of", "in")
            and (up := tree.head(head)) is not None
            and tokens[up].lemma in _place_nouns()
        ):
            index = up
        else:
            break
        steps += 1
    return index, steps


@cache
def _place_nouns() -> frozenset[str]:
    return frozenset(place_words()["nouns"].split())


@cache
def _gatherings() -> frozenset[str]:
    return frozenset(place_words()["gatherings"].split())


@cache
def _saying() -> frozenset[str]:
    return frozenset(place_words()["saying"].split())


@cache
def _topics() -> frozenset[str]:
    return frozenset(place_words()["topics"].split())


def _filed_at(doc: Document, places: Sequence[Place]) -> Place | None:
    """The place of the dateline, as resolved where it is printed, if it was."""
    if doc.dateline is None:
        return None
    name = doc.dateline.place.lower()
    for place in places:
        if place.text.lower() == name or (place.name or "").lower() == name:
            return place if place.country and place.precision in ("city", "site", "district") else None
    return None


def _meeting(mention: EventMention, alone: bool) -> bool:
    """Whether this is a meeting of two sides in a text that names no town but that of its dateline."""
    return alone and mention.event == "CONSULT" and mention.reciprocal


def _from_dateline(mention: EventMention, filed_at: Place | None) -> _Choice | None:
    """The dateline, for an act in the lead by or upon people of that country: many write from afar."""
    if filed_at is None or mention.status in ("future", "hypothetical", "historical", "negated"):
        return None
    sides = {a.code for a in (*mention.actors, *mention.recipients)}
    both_there = filed_at.country in sides and mention.event not in (
        "ASSAULT",
        "RETREAT",
        "MOBILIZE",
        "AID",
        "SANCTION",
    )
    if both_there or sides == {filed_at.country}:
        return _Choice(filed_at, 1.0, "the dateline: its people acted, in the lead or at a meeting")
    return None


def _focus(places: Sequence[Place]) -> Place | None:
    """The country that most of the text's places lie in, where it is named itself and clearly ahead."""
    counts = by_country(places)
    if not counts:
        return None
    country, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    if most < 2 or most < 0.6 * sum(counts.values()):
        return None
    return next((p for p in places if p.country == country and p.precision == "country"), None)


def _from_focus(mention: EventMention, focus: Place | None) -> _Choice | None:
    """The text's own country, for an act of bodies that was done to its people or by them alone."""
    if focus is None or mention.event not in _MATERIAL:
        return None
    recipients = {a.code for a in mention.recipients if a.code}
    sides = recipients or {a.code for a in mention.actors if a.code}
    if sides == {focus.country}:
        return _Choice(focus, 0.5, "the country the text is about")
    return None
