"""Finds every mention of an actor in the parsed sentences of a report."""

from __future__ import annotations

from dataclasses import replace

from legation.knowledge.name_tables import word_list
from legation.knowledge.names import town_country, with_capitals
from legation.knowledge.senses import hinted, senses_of
from legation.model import Document, Mention, MentionKind, Token
from legation.stages.actors.around import titled
from legation.stages.actors.memory import Memory
from legation.stages.actors.neighbours import reading_of
from legation.stages.actors.persons import HONORIFICS
from legation.stages.actors.phrases import read_phrase
from legation.stages.actors.quoted import read_quoted
from legation.stages.actors.reading import NOTHING, Reading, pick
from legation.stages.actors.refer import (
    LANDS,
    borrow,
    keep_land,
    keep_one_of_pair,
    keep_pair,
    keep_pronoun,
    keep_short_name,
    read_counterpart,
    same_person,
    taken_up,
)
from legation.stages.actors.scene import (
    DETERMINERS,
    Scene,
    day_of,
    keep,
    open_scene,
    preposition_of,
    span_of,
    text_of,
)
from legation.tree import NOUN_TAGS

_INNER = frozenset({"compound", "nmod", "amod", "npadvmod", "quantmod", "nummod"})


_BODY_CLASSES = frozenset(
    {
        "government",
        "police",
        "forces",
        "rebels",
        "legislature",
        "court",
        "party",
        "media",
        "company",
        "crowd",
        "armed",
        "organisation",
        "igo",
    }
)


_PAIRS = word_list("in_pairs")


# Whose bodies and office holders a report names is where it is at home.
_WEIGHTS = {
    "state": 1,
    "adjective": 1,
    "capital": 1,
    "people": 1,
    "region": 1,
    "institution": 2,
    "party": 2,
    "group": 1,
    "office": 2,
    "seat": 2,
}


def find_actors(doc: Document) -> Document:
    """The document with its mentions, in the order of the text; one mention a head token."""
    memory = Memory()
    home = doc.dateline.country if doc.dateline is not None else None
    order = sorted((s for s in doc.sentences if s.tokens), key=lambda s: (s.kind == "title", s.index))
    mentions: list[Mention] = []
    printed = with_capitals(doc.text)
    if home is not None:
        memory.count(home, 2)  # the reporter may sit abroad: a vote, not a verdict
    senses = senses_of(printed)
    scenes = [open_scene(doc, s, n, memory, home, printed, senses) for n, s in enumerate(order)]
    for code, weight in (*hinted(printed), *titled(printed, day_of(doc))):
        memory.count(code, weight)
    for scene in scenes:
        for anchor in sorted(scene.hits):
            name = pick(scene.hits[anchor].names, day_of(doc))
            if name.kind in _WEIGHTS and name.code:
                # What a title names the report is about.
                memory.count(name.code, _WEIGHTS[name.kind] + (scene.sentence.kind == "title"))
    if memory.country() is None:
        _count_towns(scenes, memory)
    for scene in scenes:
        _read_sentence(scene)
        _members_of_what_was_taken_up(scene)
    read_quoted(scenes)
    for scene in scenes:
        mentions.extend(scene.found[i] for i in sorted(scene.found))
    mentions.sort(key=lambda m: (m.start, m.end))
    return replace(doc, mentions=tuple(mentions))


def _count_towns(scenes: list[Scene], memory: Memory) -> None:
    """Where a report that names no state takes place: the countries of the towns that things are in."""
    for scene in scenes:
        for token in scene.tokens:
            if (
                token.tag == "NNP"
                and token.dep == "pobj"
                and preposition_of(scene, token.index) in ("in", "at", "near")
            ):
                country = town_country(text_of(scene, *span_of(scene, token.index)))
                if country is not None:
                    memory.count(country, 1)


def _members_of_what_was_taken_up(scene: Scene) -> None:
    """ "Members of the group": whose they are is known once "the group" is."""
    for i, mention in list(scene.found.items()):
        if mention.kind != "nominal" or len(mention.actors) != 1 or mention.actors[0].code is not None:
            continue
        for o in scene.tree.objects_of(i, "of"):
            whole = scene.found.get(o)
            if whole is None or len(whole.actors) != 1 or whole.actors[0].code is None or whole.is_place:
                continue
            own, theirs = mention.actors[0], whole.actors[0]
            generic = "organisation" in whole.classes and (own.sector is None or own.sector in ("SOC", "GOV"))
            sector = theirs.sector if generic else own.sector
            why = f"{own.reason}, of '{theirs.entity_text}'"
            given = replace(own, code=theirs.code, sector=sector, reason=why, confidence=theirs.confidence)
            scene.found[i] = replace(mention, actors=(given,), classes=mention.classes | whole.classes)


def _read_sentence(scene: Scene) -> None:
    for i, token in enumerate(scene.tokens):
        if scene.inside.get(i, i) != i:
            continue
        if token.tag in ("PRP", "PRP$"):
            keep_pronoun(scene, i)
        elif token.text.lower() == "both" and token.dep not in ("det", "predet", "preconj", "cc", "advmod"):
            keep_pair(scene, i)
        elif token.text.lower() in ("former", "latter") and _stands_alone(scene, i):
            keep_one_of_pair(scene, i)
        elif i in scene.hits and not _heads(token):
            _inner_name(scene, i)
        elif token.tag in NOUN_TAGS and token.dep not in _INNER:
            _phrase(scene, i)
        elif token.tag in NOUN_TAGS:
            _inner_role(scene, i)
        elif i in scene.hits:
            _phrase(scene, i)


def _stands_alone(scene: Scene, i: int) -> bool:
    """Whether "the former" has no noun after it."""
    token = scene.tokens[i]
    return token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss") and bool(scene.tree.children(i, "det"))


def _heads(token: Token) -> bool:
    return token.dep not in _INNER


def _phrase(scene: Scene, i: int) -> None:
    token = scene.tokens[i]
    start, end = span_of(scene, i)
    lemma = token.lemma
    determiners = {scene.tokens[c].text.lower() for c in scene.tree.children(i, "det", "predet", "nummod", "poss")}
    two = lemma in _PAIRS and token.tag == "NNS" and bool(determiners & {"two", "both", "2"})
    two = two or (lemma in ("party", "side", "faction", "camp") and token.tag == "NNS" and _opposed(scene, i))
    two = two or (lemma == "party" and token.tag == "NNS" and bool(determiners & {"the", "all"}) and _at_war(scene, i))
    if two and not any(c in scene.hits for c in scene.tree.phrase(i)):
        keep_pair(scene, i)
        return
    if lemma in LANDS and token.tag == "NN" and determiners & {"the", "this", "that"} and not _has_names(scene, i):
        keep_land(scene, i)
        return
    if all(w in HONORIFICS for w in text_of(scene, start, end).lower().replace(".", "").split()):
        return  # "Mr." cut off from its name
    reading = reading_of(scene, i)
    if lemma == "counterpart":
        reading = read_counterpart(scene, i)
    if not reading.actors or (reading.kind == "name" and not reading.surname):
        if token.tag in ("NNP", "NNPS"):
            keep_short_name(scene, i, start, end)
        return
    if reading.kind == "name":
        known = scene.memory.by_surname(scene.doc.text[start:end])
        if known is not None and same_person(scene.doc.text[start:end], known[0][0]):
            keep(scene, i, start, end, known[0], known[1], "name", reading)
            return
    if reading.kind == "person" and reading.role is None:
        # What the report called a person counts more than the table.
        known = scene.memory.surnames.get(reading.surname or "")
        bare = len(scene.doc.text[start:end].split()) == 1
        if known is not None and known[0] and (bare or known[0][0].identifier_text == reading.label):
            reading = replace(reading, actors=known[0], classes=known[1])
    if reading.kind in ("role", "person") and reading.actors[0].code is None and not reading.owned:
        reading = borrow(scene, i, reading, determiners)
    elif reading.owned and reading.classes & _TAKEN_UP and not _has_names(scene, i):
        # "the group in the north": where it is says less than who was named before
        reading = taken_up(scene, i, reading, determiners) or reading
    kind: MentionKind = "nominal" if reading.kind in ("role", "none") else "name"
    keep(scene, i, start, end, reading.actors, reading.classes, kind, reading)


def _opposed(scene: Scene, i: int) -> bool:
    """Whether the sides are called so: "the warring parties"."""
    return any(scene.tokens[c].text.lower() in _AT_ODDS for c in scene.tree.children(i, "amod", "compound"))


def _at_war(scene: Scene, i: int) -> bool:
    """Whether "the parties" are those to a conflict: nothing says what parties, and the sentence speaks of one."""
    alone = not scene.tree.children(i, "amod", "compound", "nmod", "relcl")
    return alone and any(t.lemma in _OF_CONFLICT for t in scene.tokens)


_OF_CONFLICT = word_list("of_conflict")
_TAKEN_UP = frozenset({"organisation", "rebels"})
_AT_ODDS = frozenset({"warring", "rival", "opposing", "feuding", "conflicting", "belligerent", "fighting"})


def _has_names(scene: Scene, i: int) -> bool:
    return any(c in scene.hits for c in scene.tree.phrase(i)) or bool(scene.tree.objects_of(i, "of"))


def _read(scene: Scene, start: int, end: int) -> Reading:
    """What the words between two places say by themselves."""
    return read_phrase(text_of(scene, start, end), day_of(scene.doc), False, scene.senses, scene.memory.country())


def _inner_name(scene: Scene, i: int) -> None:
    """A name inside a larger phrase: "Russian" in "Russian embassy"."""
    hit = scene.hits[i]
    head = scene.tokens[i].head
    reading = _read(scene, hit.start, hit.end)
    if not reading.actors or (reading.kind == "adjective" and reading.actors[0].code is None):
        return  # "European" alone is nobody
    if (
        reading.kind in ("state", "place", "people")
        and scene.tokens[head].tag == "NNP"
        and scene.inside.get(head) is None
    ):
        whole = reading_of(scene, head)
        if whole.kind in ("name", "person") and scene.tokens[i].tag == "NNP" and not whole.role:
            return  # "Jordan Roe"
    keep(scene, i, hit.start, hit.end, reading.actors, reading.classes, "name", reading)


def _inner_role(scene: Scene, i: int) -> None:
    """A body that modifies a thing: "government" in "Syrian government offensive"."""
    tokens = scene.tokens
    if tokens[i].dep not in ("compound", "nmod") or tokens[i].tag == "NNP":
        learned = scene.memory.acronyms.get(tokens[i].text)
        if learned is None and tokens[i].tag == "NNP" and tokens[tokens[i].head].tag in ("NN", "NNS"):
            learned = scene.memory.by_surname(tokens[i].text)  # "Merkel allies"
        if learned is not None:
            keep(scene, i, tokens[i].start, tokens[i].end, learned[0], learned[1], "name", NOTHING)
        return
    head = tokens[i].head
    if reading_of(scene, head).actors:
        return
    siblings = scene.tree.phrase(head)
    start = tokens[siblings[0]].start
    match = DETERMINERS.match(scene.doc.text, start)
    if match and match.end() <= tokens[i].start:
        start = match.end()
    reading = _read(scene, start, tokens[i].end)
    if reading.kind != "role" or not reading.classes & _BODY_CLASSES:
        return
    if reading.actors[0].code is None:
        reading = borrow(scene, i, reading, {"the"})
    keep(scene, i, tokens[i].start, tokens[i].end, reading.actors, reading.classes, "nominal", reading)
