"""Finds every mention of an actor in the parsed sentences of a report."""

from __future__ import annotations

from dataclasses import replace

from legation.knowledge.name_tables import word_list
from legation.knowledge.names import town_country, with_capitals
from legation.model import Actor, Document, Mention, MentionKind, Token
from legation.stages.actors.memory import Memory
from legation.stages.actors.phrases import read_phrase
from legation.stages.actors.reading import GENERIC, NOTHING, Reading, pick
from legation.stages.actors.refer import (
    LANDS,
    borrow,
    keep_land,
    keep_pair,
    keep_pronoun,
    keep_short_name,
    read_counterpart,
    same_person,
)
from legation.stages.actors.resolve import MADE_OF
from legation.stages.actors.scene import (
    DETERMINERS,
    WHERE,
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
_LINKS = ("of", "in", "from", "at", "for", "to", "with", "throughout", "across", "inside", "within")
_PLACING = frozenset({"in", "from", "throughout", "across", "inside", "to"})
_NOT_PEOPLE = word_list("not_people")
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
        memory.count(home, 3)  # the reporter may sit abroad: a vote, not a verdict
    scenes = [open_scene(doc, s, n, memory, home, printed) for n, s in enumerate(order)]
    for scene in scenes:
        for anchor in sorted(scene.hits):
            name = pick(scene.hits[anchor].names, day_of(doc))
            if name.kind in _WEIGHTS and name.code:
                memory.count(name.code, _WEIGHTS[name.kind])
    for scene in scenes:
        _read_sentence(scene)
        mentions.extend(scene.found[i] for i in sorted(scene.found))
    mentions.sort(key=lambda m: (m.start, m.end))
    return replace(doc, mentions=tuple(mentions))


def _read_sentence(scene: Scene) -> None:
    for i, token in enumerate(scene.tokens):
        if scene.inside.get(i, i) != i:
            continue
        if token.tag in ("PRP", "PRP$"):
            keep_pronoun(scene, i)
        elif token.text.lower() == "both" and token.dep not in ("det", "predet", "preconj", "cc", "advmod"):
            keep_pair(scene, i)
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


def _reading(scene: Scene, i: int, depth: int = 0) -> Reading:
    """What the phrase headed by a token says in itself, in its apposition and in its "of" phrase."""
    known = scene.readings.get(i)
    if known is not None:
        return known
    start, end = span_of(scene, i)
    text = text_of(scene, start, end)
    reading = read_phrase(text, day_of(scene.doc), _is_people(scene, i))
    if reading.kind == "name" and _no_person(scene, i, text):
        reading = NOTHING
    if depth < 3:
        reading = _completed(scene, i, reading, depth)
    if depth == 0:
        scene.readings[i] = reading
    return reading


def _is_people(scene: Scene, i: int) -> bool:
    token = scene.tokens[i]
    if token.tag in ("NNPS", "NNS"):
        return True
    return any(
        scene.tokens[c].lemma in ("a", "an", "each", "another") or scene.tokens[c].tag == "CD"
        for c in scene.tree.children(i, "det", "nummod")
    )


def _no_person(scene: Scene, i: int, text: str) -> bool:
    tokens = scene.tokens
    if text.split()[-1].lower() in _NOT_PEOPLE or any(c.isdigit() for c in text):
        return True
    if tokens[i].tag not in ("NNP", "NNPS"):
        return True
    return preposition_of(scene, i) in WHERE | {"at", "from", "to"} and not scene.tree.children(i, "appos")


def _completed(scene: Scene, i: int, reading: Reading, depth: int) -> Reading:
    """The reading with what its neighbourhood adds: apposition, "of" phrase, a learned acronym."""
    tokens, tree = scene.tokens, scene.tree
    actor = reading.actors[0] if reading.actors else None
    if actor is not None and reading.kind == "adjective":
        return _shared_role(scene, i, reading, depth)
    if actor is not None and reading.kind == "people":
        return _people_of(scene, i, reading)
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
                label = text_of(scene, *span_of(scene, i))
                given = replace(hint.actors[0], identifier_text=hint.actors[0].identifier_text or label)
                return replace(
                    hint, actors=(given,), kind="person", surname=tokens[i].text.lower(), label=label
                )
    if reading.kind in ("role", "person") and actor is not None:
        for child in tree.phrase(i):
            learned = scene.memory.acronyms.get(tokens[child].text)
            if learned and learned[0]:
                return replace(
                    reading,
                    actors=(
                        replace(
                            actor, code=learned[0][0].code, reason=actor.reason + f" of {tokens[child].text}"
                        ),
                    ),
                    owned=True,
                )
        if reading.role in MADE_OF and reading.kind == "role":
            for o in tree.objects_of(i, "of"):
                made = _reading(scene, o, depth + 1)
                someone = made.classes & {"person", "civilians", "crowd", "armed", "nationality"}
                if made.kind in ("role", "people") and made.actors and someone:
                    return made
        if reading.role in GENERIC:
            actor = _served(scene, i, actor, depth)
            reading = replace(reading, actors=(actor,))
        owner = _owner_below(scene, i, depth)
        if owner is not None:
            sector = actor.sector
            if reading.role in GENERIC and owner.sector and owner.sector not in ("CVL",):
                sector = owner.sector
            given = replace(
                actor,
                code=owner.code,
                sector=sector,
                reason=actor.reason + f"; owner '{owner.entity_text}'",
                confidence=0.85,
            )
            return replace(reading, actors=(given,), owned=True)
        for other in tree.children(i, "appos"):
            hint = _reading(scene, other, depth + 1)
            if hint.actors and hint.actors[0].code is not None and hint.kind in ("person", "role", "body"):
                first = hint.actors[0]
                return replace(
                    reading,
                    actors=(replace(actor, code=first.code, identifier_text=first.identifier_text),),
                    owned=True,
                )
    return reading


def _shared_role(scene: Scene, i: int, reading: Reading, depth: int) -> Reading:
    """An adjective that shares the noun of what it is joined to: "Liberian and Malian refugees"."""
    for c in scene.tree.children(i, "conj"):
        other = _reading(scene, c, depth + 1)
        if other.kind == "role" and other.actors:
            role = other.actors[0]
            why = f"{reading.actors[0].reason}, '{other.role}' like what it is joined to"
            given = replace(
                reading.actors[0], sector=role.sector, other_sectors=role.other_sectors, reason=why
            )
            return replace(reading, actors=(given,), classes=other.classes, kind="role", role=other.role)
    return reading


def _people_of(scene: Scene, i: int, reading: Reading) -> Reading:
    """People of one name in another state are its citizens: "the Albanians of southern Serbia"."""
    for o in scene.tree.objects_of(i, "of"):
        hit = scene.hits.get(o)
        place = pick(hit.names, day_of(scene.doc)) if hit is not None else None
        if place is not None and place.kind in ("state", "region") and place.code:
            given = replace(
                reading.actors[0], code=place.code, reason=f"{reading.actors[0].reason} of '{place.text}'"
            )
            return replace(reading, actors=(given,))
    return reading


def _served(scene: Scene, i: int, actor: Actor, depth: int) -> Actor:
    """A leader or member of an unnamed body has the sector of the body: "leaders of the opposition"."""
    for o in scene.tree.objects_of(i, "of", "for"):
        below = _reading(scene, o, depth + 1)
        if below.kind == "role" and below.actors and below.actors[0].sector not in (None, "CVL"):
            return replace(actor, sector=below.actors[0].sector)
    return actor


def _owner_below(scene: Scene, i: int, depth: int) -> Actor | None:
    """Whose the noun is, from its "of" and "in" phrases, then from a clause that describes it."""
    for links in (("of",), _LINKS):
        for o in scene.tree.objects_of(i, *links):
            if scene.tokens[o].tag not in NOUN_TAGS and o not in scene.hits:
                continue
            below = _reading(scene, o, depth + 1)
            if below.actors and below.actors[0].code is not None:
                return below.actors[0]
            if scene.tokens[o].tag == "NNP":
                name = text_of(scene, *span_of(scene, o))
                town = town_country(name)
                if town is not None:
                    return Actor(town, None, entity_text=name)
            for c in scene.tree.phrase(o):
                hit = scene.hits.get(c)
                if hit is not None and pick(hit.names, None).code:
                    row = pick(hit.names, day_of(scene.doc))
                    return Actor(
                        row.code,
                        row.sector if row.kind not in ("state", "adjective", "capital") else None,
                        entity_text=row.text,
                    )
    for child in scene.tree.children(i, "acl", "relcl", "amod"):
        for c in scene.tree.subtree(child) if child > i else ():  # "students who marched in Jakarta"
            hit = scene.hits.get(c)
            if hit is None or preposition_of(scene, c) not in _PLACING:
                continue
            place = pick(hit.names, day_of(scene.doc))
            if place.code:
                return Actor(place.code, None, entity_text=place.text)
    return None


def _phrase(scene: Scene, i: int) -> None:
    token = scene.tokens[i]
    start, end = span_of(scene, i)
    lemma = token.lemma
    determiners = {
        scene.tokens[c].text.lower() for c in scene.tree.children(i, "det", "predet", "nummod", "poss")
    }
    two = lemma in _PAIRS and token.tag == "NNS" and determiners & {"two", "both", "2"}
    if two and not any(c in scene.hits for c in scene.tree.phrase(i)):
        keep_pair(scene, i)
        return
    if (
        lemma in LANDS
        and token.tag == "NN"
        and determiners & {"the", "this", "that"}
        and not _has_names(scene, i)
    ):
        keep_land(scene, i)
        return
    reading = _reading(scene, i)
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
    if reading.kind in ("role", "person") and reading.actors[0].code is None:
        reading = borrow(scene, i, reading, determiners)
    kind: MentionKind = "nominal" if reading.kind in ("role", "none") else "name"
    keep(scene, i, start, end, reading.actors, reading.classes, kind, reading)


def _has_names(scene: Scene, i: int) -> bool:
    return any(c in scene.hits for c in scene.tree.phrase(i)) or bool(scene.tree.objects_of(i, "of"))


def _inner_name(scene: Scene, i: int) -> None:
    """A name inside a larger phrase: "Russian" in "Russian embassy"."""
    hit = scene.hits[i]
    head = scene.tokens[i].head
    reading = read_phrase(text_of(scene, hit.start, hit.end), day_of(scene.doc))
    if not reading.actors:
        return
    if (
        reading.kind in ("state", "place", "people")
        and scene.tokens[head].tag == "NNP"
        and scene.inside.get(head) is None
    ):
        whole = _reading(scene, head)
        if whole.kind in ("name", "person") and scene.tokens[i].tag == "NNP" and not whole.role:
            return  # "Jordan Roe"
    keep(scene, i, hit.start, hit.end, reading.actors, reading.classes, "name", reading)


def _inner_role(scene: Scene, i: int) -> None:
    """A body that modifies a thing: "government" in "Syrian government offensive"."""
    tokens = scene.tokens
    if tokens[i].dep not in ("compound", "nmod") or tokens[i].tag == "NNP":
        learned = scene.memory.acronyms.get(tokens[i].text)
        if learned is not None:
            keep(scene, i, tokens[i].start, tokens[i].end, learned[0], learned[1], "name", NOTHING)
        return
    head = tokens[i].head
    if _reading(scene, head).actors:
        return
    siblings = scene.tree.phrase(head)
    start = tokens[siblings[0]].start
    match = DETERMINERS.match(scene.doc.text, start)
    if match and match.end() <= tokens[i].start:
        start = match.end()
    reading = read_phrase(text_of(scene, start, tokens[i].end), day_of(scene.doc))
    if reading.kind != "role" or not reading.classes & _BODY_CLASSES:
        return
    if reading.actors[0].code is None:
        reading = borrow(scene, i, reading, {"the"})
    keep(scene, i, tokens[i].start, tokens[i].end, reading.actors, reading.classes, "nominal", reading)
