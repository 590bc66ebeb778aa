"""Finds every mention of an actor in the parsed sentences of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from legation.knowledge.names import FAMILY_FIRST, Hit, find_names, fold, town_country
from legation.model import Actor, Document, Mention, Sentence, Token
from legation.stages.actors.memory import Memory, Spoken
from legation.stages.actors.resolve import GENERIC, MADE_OF, NOTHING, STATE_LIKE, Reading, pick, read_phrase
from legation.tree import NOUN_TAGS, Tree

_INNER = frozenset({"compound", "nmod", "amod", "npadvmod", "quantmod", "nummod"})
# A country after one of these is where something is; after the second set it may still be acted upon.
_WHERE = frozenset({"in", "near", "across", "inside", "outside", "around", "throughout", "through", "within", "over", "along", "into"})
_TOWARD = frozenset({"from", "to", "via", "toward", "towards"})
_BODY_CLASSES = frozenset({
    "government", "police", "forces", "rebels", "legislature", "court", "party", "media", "company", "crowd", "armed",
    "organisation", "igo",
})
_LINKS = ("of", "in", "from", "at", "for", "to", "with")
_BRACKET = re.compile(r"\s?\(([A-Z][A-Za-z.-]{1,7})\)")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_DETERMINERS = re.compile(r"(?:the|a|an|this|that|these|those|some|many|several|all|both|its|their|his|her|our|my)\s+", re.I)
_NOT_PEOPLE = frozenset(
    "river street province day act prize cup league street road airport avenue bridge square island islands mountain "
    "mountains bay sea lake valley desert park hotel hall district county city town village region war agreement treaty "
    "accord pact plan protocol summit conference convention constitution olympics games festival week month new january "
    "february march april may june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday affairs defence defense interior justice finance trade health security".split()
)
_PAIRS = frozenset({"side", "country", "nation", "state", "leader", "neighbour", "neighbor", "party", "government", "president", "minister", "rival", "foe"})
_LANDS = frozenset({"country", "nation", "kingdom", "republic"})
# Whose bodies and office holders a report names is where it is at home.
_WEIGHTS = {"state": 1, "adjective": 1, "capital": 1, "people": 1, "institution": 2, "party": 2, "office": 2, "seat": 2}
# "Gulf of Guinea" is no Guinea.
_WATERS = re.compile(r"\b(?:Gulf|Sea|Bay|Horn|Straits?|Cape) of (?:the )?$")
_SHE = re.compile(r"\b(?:Mrs|Ms|Miss|Lady|Queen|Dame|Princess)\b|woman\b|\bShe\b")
_HE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince)\b|[a-z]man\b")


@dataclass(slots=True)
class _Scene:
    """One sentence while its mentions are found."""

    doc: Document
    sentence: Sentence
    order: int  # in the order of reading: the title comes last
    tree: Tree
    memory: Memory
    hits: dict[int, Hit]  # by anchor, offsets in the document
    inside: dict[int, int]  # token -> anchor of the hit it is part of
    home: str | None
    found: dict[int, Mention]
    readings: dict[int, Reading]

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens


def find_actors(doc: Document) -> Document:
    """The document with its mentions, in the order of the text; one mention a head token."""
    memory = Memory()
    home = doc.dateline.country if doc.dateline is not None else None
    order = sorted((s for s in doc.sentences if s.tokens), key=lambda s: (s.kind == "title", s.index))
    mentions: list[Mention] = []
    scenes = [_scene(doc, s, n, memory, home) for n, s in enumerate(order)]
    for scene in scenes:
        for anchor in sorted(scene.hits):
            name = pick(scene.hits[anchor].names, _day(doc))
            if name.kind in _WEIGHTS and name.code:
                memory.count(name.code, _WEIGHTS[name.kind])
    for scene in scenes:
        _read_sentence(scene)
        mentions.extend(scene.found[i] for i in sorted(scene.found))
    mentions.sort(key=lambda m: (m.start, m.end))
    return replace(doc, mentions=tuple(mentions))


def _day(doc: Document) -> str | None:
    return doc.published[:10] if doc.published else None


def _scene(doc: Document, sentence: Sentence, order: int, memory: Memory, home: str | None) -> _Scene:
    tree = Tree(sentence.tokens)
    hits: dict[int, Hit] = {}
    inside: dict[int, int] = {}
    text = doc.text[sentence.start : sentence.end]
    first = 0
    for hit in find_names(text):
        if _WATERS.search(text[max(0, hit.start - 14) : hit.start]):
            continue
        start, end = hit.start + sentence.start, hit.end + sentence.start
        tokens = sentence.tokens
        while first < len(tokens) and tokens[first].end <= start:
            first += 1
        last = first
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        span = range(first, last)
        outer = [i for i in span if tokens[i].head not in span or tokens[i].head == i]
        nouns = [i for i in outer if tokens[i].tag in NOUN_TAGS or tokens[i].tag.startswith("JJ")]
        if not outer or (not nouns and tokens[outer[-1]].tag not in ("CD", "FW", "VBG", "VBN", "NNP", "UH", "RB", "VB", "IN", "PRP")):
            continue
        anchor = (nouns or outer)[-1]
        hits[anchor] = Hit(start, end, hit.names)
        inside.update((i, anchor) for i in span)
    return _Scene(doc, sentence, order, tree, memory, hits, inside, home, {}, {})


def _read_sentence(scene: _Scene) -> None:
    for i, token in enumerate(scene.tokens):
        if scene.inside.get(i, i) != i:
            continue
        if token.tag in ("PRP", "PRP$"):
            _pronoun(scene, i)
        elif token.text.lower() == "both" and token.dep not in ("det", "predet", "preconj", "cc", "advmod"):
            _pair(scene, i)
        elif i in scene.hits and not _heads(token):
            _inner_name(scene, i)
        elif token.tag in NOUN_TAGS and token.dep not in _INNER:
            _phrase(scene, i)
        elif token.tag in NOUN_TAGS:
            _inner_role(scene, i)
        elif i in scene.hits:
            _phrase(scene, i)


def _heads(token: Token) -> bool:
    return token.dep not in _INNER


def _span(scene: _Scene, i: int) -> tuple[int, int]:
    """Where the phrase begins and ends in the document, without a leading determiner."""
    tokens = scene.tokens
    own = scene.tree.phrase(i)
    start, end = tokens[own[0]].start, tokens[i].end
    while own and tokens[own[0]].dep in ("punct", "advmod", "predet", "neg", "cc") and own[0] != i:
        own = own[1:]
        start = tokens[own[0]].start
    hit = scene.hits.get(i)
    if hit is not None:
        start, end = min(start, hit.start), max(end, hit.end)
    match = _DETERMINERS.match(scene.doc.text, start, end)
    if match and match.end() < end and match.group().strip().lower() not in ("both", "his", "her", "their", "its"):
        start = match.end()
    return start, end


def _text(scene: _Scene, start: int, end: int) -> str:
    return " ".join(_BRACKETS.sub("", scene.doc.text[start:end]).split())


def _reading(scene: _Scene, i: int, depth: int = 0) -> Reading:
    """What the phrase headed by a token says in itself, in its apposition and in its "of" phrase."""
    known = scene.readings.get(i)
    if known is not None:
        return known
    start, end = _span(scene, i)
    text = _text(scene, start, end)
    reading = read_phrase(text, _day(scene.doc), _is_people(scene, i))
    if reading.kind == "name" and _no_person(scene, i, text):
        reading = NOTHING
    if depth < 3:
        reading = _completed(scene, i, reading, depth)
    if depth == 0:
        scene.readings[i] = reading
    return reading


def _is_people(scene: _Scene, i: int) -> bool:
    token = scene.tokens[i]
    if token.tag in ("NNPS", "NNS"):
        return True
    return any(
        scene.tokens[c].lemma in ("a", "an", "each", "another") or scene.tokens[c].tag == "CD"
        for c in scene.tree.children(i, "det", "nummod")
    )


def _no_person(scene: _Scene, i: int, text: str) -> bool:
    tokens = scene.tokens
    if text.split()[-1].lower() in _NOT_PEOPLE or any(c.isdigit() for c in text):
        return True
    if tokens[i].tag not in ("NNP", "NNPS"):
        return True
    return _preposition(scene, i) in _WHERE | {"at", "from", "to"} and not scene.tree.children(i, "appos")


def _preposition(scene: _Scene, i: int) -> str | None:
    """The preposition the phrase hangs on, seen through coordination; None where it hangs on a verb."""
    tokens = scene.tokens
    steps = 0
    while tokens[i].dep == "conj" and steps < 20:
        i = tokens[i].head
        steps += 1
    governor = tokens[tokens[i].head]
    return governor.lemma if tokens[i].dep in ("pobj", "pcomp") else None


def _completed(scene: _Scene, i: int, reading: Reading, depth: int) -> Reading:
    """The reading with what its neighbourhood adds: apposition, "of" phrase, a learned acronym."""
    tokens, tree = scene.tokens, scene.tree
    actor = reading.actors[0] if reading.actors else None
    if actor is not None and actor.code is not None and reading.kind != "name":
        return reading
    proper = tokens[i].tag in ("NNP", "NNPS")
    if reading.kind in ("name", "person") or (reading.kind == "none" and proper and len(tokens[i].text) > 2):
        others = list(tree.children(i, "appos"))
        if tokens[i].dep == "appos":
            others.append(tokens[i].head)
        for other in others:
            hint = _reading(scene, other, depth + 1)
            if hint.kind in ("role", "person") and hint.actors:
                label = _text(scene, *_span(scene, i))
                given = replace(hint.actors[0], identifier_text=hint.actors[0].identifier_text or label)
                return replace(hint, actors=(given,), kind="person", surname=tokens[i].text.lower(), label=label)
    if reading.kind in ("role", "person") and actor is not None:
        for child in tree.phrase(i):
            learned = scene.memory.acronyms.get(tokens[child].text)
            if learned and learned[0]:
                return replace(reading, actors=(replace(actor, code=learned[0][0].code, reason=actor.reason + f" of {tokens[child].text}"),), owned=True)
        if reading.role in MADE_OF and reading.kind == "role":
            for o in tree.objects_of(i, "of"):
                made = _reading(scene, o, depth + 1)
                if made.kind in ("role", "people") and made.actors:
                    return made
        owner = _owner_below(scene, i, depth)
        if owner is not None:
            sector = actor.sector
            if reading.role in GENERIC and owner.sector and owner.sector not in ("CVL",):
                sector = owner.sector
            given = replace(actor, code=owner.code, sector=sector, reason=actor.reason + f"; owner '{owner.entity_text}'", confidence=0.85)
            return replace(reading, actors=(given,), owned=True)
        for other in tree.children(i, "appos"):
            hint = _reading(scene, other, depth + 1)
            if hint.actors and hint.actors[0].code is not None and hint.kind in ("person", "role", "body"):
                first = hint.actors[0]
                return replace(reading, actors=(replace(actor, code=first.code, identifier_text=first.identifier_text),), owned=True)
    return reading


def _owner_below(scene: _Scene, i: int, depth: int) -> Actor | None:
    for links in (("of",), _LINKS):
        for o in scene.tree.objects_of(i, *links):
            if scene.tokens[o].tag not in NOUN_TAGS and o not in scene.hits:
                continue
            below = _reading(scene, o, depth + 1)
            if below.actors and below.actors[0].code is not None:
                return below.actors[0]
            if scene.tokens[o].tag == "NNP":
                name = _text(scene, *_span(scene, o))
                town = town_country(name)
                if town is not None:
                    return Actor(town, None, entity_text=name)
            for c in scene.tree.phrase(o):
                hit = scene.hits.get(c)
                if hit is not None and pick(hit.names, None).code:
                    name = pick(hit.names, _day(scene.doc))
                    return Actor(name.code, name.sector if name.kind not in ("state", "adjective", "capital") else None, entity_text=name.text)
    return None


def _phrase(scene: _Scene, i: int) -> None:
    token = scene.tokens[i]
    start, end = _span(scene, i)
    lemma = token.lemma
    determiners = {scene.tokens[c].text.lower() for c in scene.tree.children(i, "det", "predet", "nummod", "poss")}
    if lemma in _PAIRS and token.tag == "NNS" and determiners & {"two", "both", "2"}:
        if not any(c in scene.hits for c in scene.tree.phrase(i)):
            _pair(scene, i)
            return
    if lemma in _LANDS and token.tag == "NN" and determiners & {"the", "this", "that"} and not _has_names(scene, i):
        _land(scene, i)
        return
    reading = _reading(scene, i)
    if lemma == "counterpart":
        reading = _counterpart(scene, i)
    if not reading.actors or (reading.kind == "name" and not reading.surname):
        if token.tag in ("NNP", "NNPS"):
            _short_name(scene, i, start, end)
        return
    if reading.kind == "name":
        known = scene.memory.by_surname(scene.doc.text[start:end])
        if known is not None and _same_person(scene.doc.text[start:end], known[0][0]):
            _add(scene, i, start, end, known[0], known[1], "name", reading)
            return
    if reading.kind == "person" and reading.role is None:
        # What the report called a person counts more than the table: "U.S. President ..." at first, the surname later.
        known = scene.memory.surnames.get(reading.surname or "")
        if known is not None and known[0] and known[0][0].identifier_text == reading.label:
            reading = replace(reading, actors=known[0], classes=known[1])
    if reading.kind in ("role", "person") and reading.actors[0].code is None:
        reading = _borrowed(scene, i, reading, determiners)
    kind = "nominal" if reading.kind in ("role", "none") else "name"
    _add(scene, i, start, end, reading.actors, reading.classes, kind, reading)


def _same_person(text: str, actor: Actor) -> bool:
    """Whether a full name can be the one known by its surname: the first names must agree."""
    first = text.split()[0]
    return len(text.split()) == 1 or actor.identifier_text is None or first in actor.identifier_text

def _has_names(scene: _Scene, i: int) -> bool:
    return any(c in scene.hits for c in scene.tree.phrase(i)) or bool(scene.tree.objects_of(i, "of"))


def _counterpart(scene: _Scene, i: int) -> Reading:
    """"his Russian counterpart": the other's country, the sector of the one it is paired with."""
    start, _ = _span(scene, i)
    owner = next((scene.hits[c] for c in scene.tree.phrase(i) if c in scene.hits), None)
    if owner is None:
        return NOTHING
    name = pick(owner.names, _day(scene.doc))
    sector, classes = "GOV", frozenset({"official", "person", "government"})
    for j in sorted(scene.found):
        mention = scene.found[j]
        if j < i and mention.actors and "person" in mention.classes and mention.actors[0].sector:
            sector, classes = mention.actors[0].sector, mention.classes
            break
    actor = Actor(name.code, sector, reason=f"counterpart, of '{name.text}'", confidence=0.85)
    return Reading((actor,), classes, "role", "counterpart", True)


def _borrowed(scene: _Scene, i: int, reading: Reading, determiners: set[str]) -> Reading:
    """A role without an owner takes one from earlier words, else the country the report is about."""
    actor = reading.actors[0]
    memory = scene.memory
    if reading.kind == "person":
        known = memory.surnames.get(reading.surname or "")
        if known is not None and known[0] and known[0][0].code is not None:
            return replace(reading, actors=(replace(actor, code=known[0][0].code),))
    governor = scene.tokens[i].head
    if scene.tokens[i].dep == "appos" and governor in scene.found and scene.found[governor].actors:
        named = scene.found[governor].actors[0]
        return replace(reading, actors=(replace(actor, code=named.code, identifier_text=named.identifier_text or actor.identifier_text),))
    plural = scene.tokens[i].tag in ("NNS", "NNPS")
    if reading.role is not None and reading.kind == "role" and determiners & {"the", "this", "that", "these", "those"}:
        earlier = memory.same_role(reading.role, reading.classes, scene.order, i, plural=plural)
        if earlier is not None:
            given = tuple(replace(a, reason=f"taken up again from '{a.entity_text}'", confidence=0.7) for a in earlier.actors)
            return replace(reading, actors=given, classes=reading.classes | earlier.classes)
    possessor = next((p for p in scene.tree.children(i, "poss") if p in scene.found), None)
    if possessor is not None and scene.found[possessor].actors:
        owner = scene.found[possessor].actors[0]
        sector = owner.sector if reading.role in GENERIC and owner.sector else actor.sector
        return replace(reading, actors=(replace(actor, code=owner.code, sector=sector, reason=actor.reason + f" of '{owner.entity_text}'", confidence=0.8),))
    if scene.tokens[i].lemma in _LANDS or scene.tokens[i].lemma == "state":
        return reading
    proper = scene.tokens[i].tag in ("NNP", "NNPS") and reading.kind == "role" and len(scene.tree.children(i, "compound", "amod"))
    if reading.classes & STATE_LIKE and not reading.classes & {"rebels"} and not proper:
        code = scene.home or memory.country()
        if code is not None:
            why = "country of the dateline" if scene.home else "country the report speaks of most"
            return replace(reading, actors=(replace(actor, code=code, confidence=0.5, reason=f"{actor.reason}; {why}"),))
    return reading


def _short_name(scene: _Scene, i: int, start: int, end: int) -> None:
    text = scene.doc.text[start:end]
    known = scene.memory.acronyms.get(text) or scene.memory.by_surname(text)
    if known is not None and (len(text.split()) == 1 or ("person" in known[1] and _same_person(text, known[0][0]))):
        _add(scene, i, start, end, known[0], known[1], "name", NOTHING)


def _inner_name(scene: _Scene, i: int) -> None:
    """A name inside a larger phrase: "Russian" in "Russian embassy"."""
    hit = scene.hits[i]
    head = scene.tokens[i].head
    reading = read_phrase(_text(scene, hit.start, hit.end), _day(scene.doc))
    if not reading.actors:
        return
    if reading.kind in ("state", "place", "people") and scene.tokens[head].tag == "NNP" and scene.inside.get(head) is None:
        whole = _reading(scene, head)
        if whole.kind in ("name", "person") and scene.tokens[i].tag == "NNP" and not whole.role:
            return  # "Jordan Roe"
    _add(scene, i, hit.start, hit.end, reading.actors, reading.classes, "name", reading)


def _inner_role(scene: _Scene, i: int) -> None:
    """A body that modifies a thing: "government" in "Syrian government offensive"."""
    tokens = scene.tokens
    if tokens[i].dep not in ("compound", "nmod") or tokens[i].tag == "NNP":
        learned = scene.memory.acronyms.get(tokens[i].text)
        if learned is not None:
            _add(scene, i, tokens[i].start, tokens[i].end, learned[0], learned[1], "name", NOTHING)
        return
    head = tokens[i].head
    if _reading(scene, head).actors:
        return
    siblings = scene.tree.phrase(head)
    start = tokens[siblings[0]].start
    match = _DETERMINERS.match(scene.doc.text, start)
    if match and match.end() <= tokens[i].start:
        start = match.end()
    reading = read_phrase(_text(scene, start, tokens[i].end), _day(scene.doc))
    if reading.kind != "role" or not reading.classes & _BODY_CLASSES:
        return
    if reading.actors[0].code is None:
        reading = _borrowed(scene, i, reading, {"the"})
    _add(scene, i, tokens[i].start, tokens[i].end, reading.actors, reading.classes, "nominal", reading)


def _pronoun(scene: _Scene, i: int) -> None:
    token = scene.tokens[i]
    if token.dep == "expl":
        return
    word = token.text.lower()
    if word == "it" and token.dep in ("nsubj", "nsubjpass") and _empty_it(scene, token.head):
        return
    object_ = token.dep in ("dobj", "pobj", "dative") and token.tag == "PRP"
    entry = scene.memory.pronoun(word, scene.order, i, _verb(scene, i), object_=object_)
    if entry is None:
        return
    actors = tuple(replace(a, reason=f"'{word}' for '{a.entity_text}'", confidence=min(a.confidence, 0.7)) for a in entry.actors)
    _add(scene, i, token.start, token.end, actors, entry.classes, "pronoun", replace(NOTHING, role=entry.role))


def _empty_it(scene: _Scene, verb: int) -> bool:
    """"It is clear that": stands for nobody."""
    token = scene.tokens[verb]
    return token.lemma in ("be", "seem", "appear", "rain", "take", "remain", "become", "emerge") and bool(
        scene.tree.children(verb, "ccomp", "acomp", "xcomp", "advcl")
    ) or token.lemma in ("be", "seem", "appear")


def _verb(scene: _Scene, i: int) -> int:
    for a in scene.tree.ancestors(i):
        if scene.tokens[a].tag.startswith("VB"):
            return a
    return -1


def _pair(scene: _Scene, i: int) -> None:
    token = scene.tokens[i]
    start, end = _span(scene, i)
    two = scene.memory.both(scene.order, i) if token.tag not in NOUN_TAGS else scene.memory.pair(scene.order, i, states=token.lemma in ("country", "nation", "state", "government"))
    if len(two) == 2:
        actors = tuple(replace(a, reason="the two spoken of last", confidence=0.6) for a in two)
        _add(scene, i, start, end, actors, frozenset({"state", "government"}), "pronoun" if token.tag not in NOUN_TAGS else "nominal", NOTHING)


def _land(scene: _Scene, i: int) -> None:
    start, end = _span(scene, i)
    entry = scene.memory.last_state(scene.order, i)
    if entry is not None:
        first = replace(entry.actors[0], reason=f"the country spoken of last: '{entry.actors[0].entity_text}'", confidence=0.6)
        _add(scene, i, start, end, (first,), frozenset({"state", "government"}), "nominal", Reading(kind="state"))


def _add(
    scene: _Scene, i: int, start: int, end: int, actors: tuple[Actor, ...], classes: frozenset[str], kind: str,
    reading: Reading,
) -> None:
    token = scene.tokens[i]
    preposition = _preposition(scene, i)
    place = False
    if reading.kind in ("state", "place", "seat") and classes & {"state", "place"}:
        place = preposition in _WHERE or (preposition == "at" and reading.kind == "place") or preposition in _TOWARD or (
            reading.kind == "place" and "state" not in classes and _verb_role(scene, i) not in ("nsubj", "agent")
        )
        if preposition in _WHERE:
            actors = tuple(replace(a, sector=None) for a in actors)
    text = scene.doc.text[start:end]
    placed = tuple(replace(a, entity_text=text, start=start, end=end) for a in actors)
    if place and "place" not in classes:
        classes = classes | {"place"}
    mention = Mention(
        start, end, scene.sentence.index, i, kind, placed, place, classes,  # type: ignore[arg-type]
    )
    scene.found[i] = mention
    plural = token.tag in ("NNS", "NNPS") or reading.kind == "people" or token.text.lower() in ("they", "them", "their")
    gender = "she" if _SHE.search(text) else "he" if _HE.search(text) else None
    subject = _verb_role(scene, i) in ("nsubj", "nsubjpass")
    surname = (reading.surname or "") if reading.kind in ("person", "name") else ""
    scene.memory.add(
        Spoken(placed, classes, scene.order, i, subject, plural, _verb(scene, i), reading.role, gender, place), surname or None
    )
    if surname and placed[0].code in FAMILY_FIRST and reading.label:
        scene.memory.surnames.setdefault(fold(reading.label.split()[0]), (placed, classes))
    after = _BRACKET.match(scene.doc.text, end)
    if after is not None and kind == "name":
        scene.memory.acronyms.setdefault(after.group(1), (placed, classes))


def _verb_role(scene: _Scene, i: int) -> str:
    tokens = scene.tokens
    steps = 0
    while tokens[i].dep == "conj" and steps < 20:
        i = tokens[i].head
        steps += 1
    return tokens[i].dep
