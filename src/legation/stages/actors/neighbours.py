"""The reading of a phrase in its sentence: its own words, then apposition, "of" phrase, describing clause."""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge.name_tables import word_list
from legation.knowledge.names import town_country
from legation.model import Actor
from legation.stages.actors.bodies import read_shape
from legation.stages.actors.phrases import read_phrase
from legation.stages.actors.reading import GENERIC, NOTHING, Reading, of_one_country, pick
from legation.stages.actors.resolve import MADE_OF
from legation.stages.actors.scene import (
    WHERE,
    Scene,
    day_of,
    preposition_of,
    span_of,
    text_of,
)
from legation.tree import NOUN_TAGS

_LINKS = ("of", "in", "from", "at", "for", "to", "with", "throughout", "across", "inside", "within")


_PLACING = frozenset({"in", "from", "throughout", "across", "inside", "to"})


_NOT_PEOPLE = word_list("not_people")
TRAVELLERS = word_list("travellers")
ABROAD = word_list("abroad")


def reading_of(scene: Scene, i: int, depth: int = 0) -> Reading:
    """What the phrase headed by a token says in itself, in its apposition and in its "of" phrase."""
    known = scene.readings.get(i)
    if known is not None:
        return known
    start, end = span_of(scene, i)
    text = text_of(scene, start, end)
    reading = read_phrase(text, day_of(scene.doc), _is_people(scene, i), scene.senses, scene.memory.country())
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
    actor = reading.actors[0] if reading.actors else None
    if actor is not None and reading.kind == "adjective":
        return _shared_role(scene, i, reading, depth)
    if actor is not None and reading.kind == "people":
        return _people_of(scene, i, reading)
    if actor is not None and actor.code is not None and reading.kind != "name":
        return reading
    token = scene.tokens[i]
    proper = token.tag in ("NNP", "NNPS") and len(token.text) > 2
    if reading.kind in ("name", "person") or (reading.kind == "none" and proper):
        introduced = _introduced(scene, i, depth)
        if introduced is not None:
            return introduced
        shaped = _by_its_shape(scene, i, depth) if reading.kind == "name" else None
        if shaped is not None:
            return shaped
    if reading.kind in ("role", "person") and actor is not None:
        owned = _owned(scene, i, reading, depth)
        nobodys = owned.kind == "role" and owned.actors[0].code is None and "organisation" in owned.classes
        body = read_shape(text_of(scene, *span_of(scene, i)), owned.actors[0]) if nobodys else None
        # "a human rights group": of no nation, not of the country the report is about
        return replace(owned, actors=(body,), owned=True) if body is not None and body.code else owned
    return reading


def _introduced(scene: Scene, i: int, depth: int) -> Reading | None:
    """Who a name is by the words beside it: "Ora Quill, the Irish health minister"."""
    others = list(scene.tree.children(i, "appos"))
    if scene.tokens[i].dep == "appos":
        others.append(scene.tokens[i].head)
    for other in others:
        hint = reading_of(scene, other, depth + 1)
        if hint.kind in ("role", "person") and hint.actors:
            label = text_of(scene, *span_of(scene, i))
            given = replace(hint.actors[0], identifier_text=hint.actors[0].identifier_text or label)
            surname = scene.tokens[i].text.lower()
            return replace(hint, actors=(given,), kind="person", surname=surname, label=label)
    return None


def _by_its_shape(scene: Scene, i: int, depth: int) -> Reading | None:
    """A body that no table has, with the country in or behind its name: "the Law Society of Kenya"."""
    text = text_of(scene, *span_of(scene, i))
    body = read_shape(text, None)
    if body is None:
        return None
    owner = _owner_below(scene, i, depth)
    if owner is not None and body.code is None:
        body = replace(body, code=owner.code, reason=f"{body.reason}, of '{owner.entity_text}'", confidence=0.7)
    classes = _SHAPED.get(body.sector or "", frozenset({"organisation"}))
    return Reading((body,), classes, "body", owned=owner is not None)


_SHAPED = {
    "REB": frozenset({"organisation", "rebels", "armed"}),
    "CRM": frozenset({"organisation", "armed"}),
    "PTY": frozenset({"organisation", "party"}),
    "GOV": frozenset({"government"}),
    "JRN": frozenset({"organisation", "media"}),
    "BUS": frozenset({"organisation", "company"}),
}


def _owned(scene: Scene, i: int, reading: Reading, depth: int) -> Reading:
    """A role with the owner that its neighbours name."""
    tree, actor = scene.tree, reading.actors[0]
    for child in tree.phrase(i):
        word = scene.tokens[child].text
        learned = scene.memory.acronyms.get(word)
        if learned and learned[0]:
            given = replace(actor, code=learned[0][0].code, reason=f"{actor.reason} of {word}")
            return replace(reading, actors=(given,), owned=True)
    if reading.role in MADE_OF and reading.kind == "role":
        for o in tree.objects_of(i, "of"):
            made = reading_of(scene, o, depth + 1)
            someone = made.classes & {"person", "civilians", "crowd", "armed", "nationality"}
            if made.kind in ("role", "people") and made.actors and someone:
                return made
    if reading.role in GENERIC:
        actor = _served(scene, i, actor, depth)
        reading = replace(reading, actors=(actor,))
    owner = _owner_below(scene, i, depth)
    if owner is not None:
        told = reading.role in GENERIC and owner.sector not in (None, "CVL")
        sector = owner.sector if told else actor.sector
        why = f"{actor.reason}; owner '{owner.entity_text}'"
        given = replace(actor, code=owner.code, sector=sector, reason=why, confidence=0.85)
        return replace(reading, actors=(given, *_further(scene, i, given)), owned=True)
    for other in tree.children(i, "appos"):
        hint = reading_of(scene, other, depth + 1)
        if hint.actors and hint.actors[0].code is not None and hint.kind in ("person", "role", "body"):
            first = hint.actors[0]
            given = replace(actor, code=first.code, identifier_text=first.identifier_text)
            return replace(reading, actors=(given,), owned=True)
    return reading


def _shared_role(scene: Scene, i: int, reading: Reading, depth: int) -> Reading:
    """An adjective that shares the noun of what it is joined to: "Liberian and Malian refugees"."""
    for c in scene.tree.children(i, "conj"):
        other = reading_of(scene, c, depth + 1)
        if other.kind == "role" and other.actors:
            role = other.actors[0]
            why = f"{reading.actors[0].reason}, '{other.role}' like what it is joined to"
            given = replace(reading.actors[0], sector=role.sector, other_sectors=role.other_sectors, reason=why)
            return replace(reading, actors=(given,), classes=other.classes, kind="role", role=other.role)
    return reading


def _people_of(scene: Scene, i: int, reading: Reading) -> Reading:
    """People of one name in another state are its citizens: "the Albanians of southern Serbia"."""
    for o in scene.tree.objects_of(i, "of"):
        hit = scene.hits.get(o)
        place = pick(hit.names, day_of(scene.doc)) if hit is not None else None
        if place is not None and place.kind in ("state", "region") and place.code:
            given = replace(reading.actors[0], code=place.code, reason=f"{reading.actors[0].reason} of '{place.text}'")
            return replace(reading, actors=(given,))
    return reading


def _further(scene: Scene, i: int, first: Actor) -> tuple[Actor, ...]:
    """The second state of "ministers of France and Germany"."""
    if scene.tokens[i].tag not in ("NNS", "NNPS"):
        return ()
    found = []
    for o in scene.tree.objects_of(i, "of", "from"):
        for c in scene.tree.conjuncts(o)[1:]:
            hit = scene.hits.get(c)
            name = pick(hit.names, day_of(scene.doc)) if hit is not None else None
            if name is not None and name.code and name.code != first.code:
                found.append(replace(first, code=name.code, reason=f"{first.reason} and '{name.text}'"))
    return tuple(found)


def _served(scene: Scene, i: int, actor: Actor, depth: int) -> Actor:
    """A leader or member of an unnamed body has the sector of the body: "leaders of the opposition"."""
    for o in scene.tree.objects_of(i, "of", "for"):
        below = reading_of(scene, o, depth + 1)
        if below.kind == "role" and below.actors and below.actors[0].sector not in (None, "CVL"):
            return replace(actor, sector=below.actors[0].sector)
    return actor


def _is_away(scene: Scene, i: int, place: int) -> bool:
    """Whether somebody who travels is only met in a town: "negotiators in Geneva" are not Geneva's."""
    if preposition_of(scene, place) not in ("in", "at", "to"):
        return False
    hit = scene.hits.get(place)
    town = hit is None or pick(hit.names, None).kind == "capital"
    return scene.tokens[i].lemma in ABROAD or (scene.tokens[i].lemma in TRAVELLERS and town)


def _owner_below(scene: Scene, i: int, depth: int) -> Actor | None:
    """Whose the noun is, from its "of" and "in" phrases, then from a clause that describes it."""
    for links in (("of",), _LINKS):
        for o in scene.tree.objects_of(i, *links):
            if _is_away(scene, i, o):
                continue
            if scene.tokens[o].tag not in NOUN_TAGS and o not in scene.hits:
                continue
            below = reading_of(scene, o, depth + 1)
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
                    row = pick(of_one_country(hit, set(), scene.memory.country())[0].names, day_of(scene.doc))
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
