"""Words for somebody named before: pronouns, "both sides", "the country", roles without an owner."""

from __future__ import annotations

from dataclasses import replace

from legation.knowledge.name_tables import word_list
from legation.model import Actor
from legation.stages.actors.reading import GENERIC, NOTHING, STATE_LIKE, Reading, pick
from legation.stages.actors.scene import Scene, day_of, keep, span_of, verb_of
from legation.tree import NOUN_TAGS

# Roles that take the country of the report, those without a state behind them with less confidence.
_AT_HOME = STATE_LIKE | {"civilians", "rebels", "armed"}
LANDS = word_list("lands")


def same_person(text: str, actor: Actor) -> bool:
    """Whether a full name can be the one known by its surname: the first names must agree."""
    first = text.split()[0]
    return len(text.split()) == 1 or actor.identifier_text is None or first in actor.identifier_text


def read_counterpart(scene: Scene, i: int) -> Reading:
    """ "his Russian counterpart": the other's country, the sector of the one it is paired with."""
    owner = next((scene.hits[c] for c in scene.tree.phrase(i) if c in scene.hits), None)
    if owner is None:
        return NOTHING
    name = pick(owner.names, day_of(scene.doc))
    sector, classes = "GOV", frozenset({"official", "person", "government"})
    for j in sorted(scene.found):
        mention = scene.found[j]
        if j < i and mention.actors and "person" in mention.classes and mention.actors[0].sector:
            sector, classes = mention.actors[0].sector, mention.classes
            break
    actor = Actor(name.code, sector, reason=f"counterpart, of '{name.text}'", confidence=0.85)
    return Reading((actor,), classes, "role", "counterpart", True)


def borrow(scene: Scene, i: int, reading: Reading, determiners: set[str]) -> Reading:
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
        return replace(
            reading,
            actors=(
                replace(
                    actor, code=named.code, identifier_text=named.identifier_text or actor.identifier_text
                ),
            ),
        )
    plural = scene.tokens[i].tag in ("NNS", "NNPS")
    if (
        reading.role is not None
        and reading.kind == "role"
        and determiners & {"the", "this", "that", "these", "those"}
    ):
        earlier = memory.same_role(reading.role, reading.classes, scene.order, i, plural=plural)
        if earlier is not None:
            given = tuple(
                replace(a, reason=f"taken up again from '{a.entity_text}'", confidence=0.7)
                for a in earlier.actors
            )
            return replace(reading, actors=given, classes=reading.classes | earlier.classes)
    possessor = next((p for p in scene.tree.children(i, "poss") if p in scene.found), None)
    if possessor is not None and scene.found[possessor].actors:
        owner = scene.found[possessor].actors[0]
        sector = owner.sector if reading.role in GENERIC and owner.sector else actor.sector
        return replace(
            reading,
            actors=(
                replace(
                    actor,
                    code=owner.code,
                    sector=sector,
                    reason=actor.reason + f" of '{owner.entity_text}'",
                    confidence=0.8,
                ),
            ),
        )
    if scene.tokens[i].lemma in LANDS or scene.tokens[i].lemma == "state":
        return reading
    proper = (
        scene.tokens[i].tag in ("NNP", "NNPS")
        and reading.kind == "role"
        and len(scene.tree.children(i, "compound", "amod"))
    )
    if reading.classes & _AT_HOME and not proper:
        code = memory.country()
        if code is not None:
            sure = 0.5 if reading.classes & STATE_LIKE and "rebels" not in reading.classes else 0.4
            why = "country of the dateline" if code == scene.home else "country the report speaks of most"
            return replace(
                reading, actors=(replace(actor, code=code, confidence=sure, reason=f"{actor.reason}; {why}"),)
            )
    return reading


def keep_short_name(scene: Scene, i: int, start: int, end: int) -> None:
    text = scene.doc.text[start:end]
    known = scene.memory.acronyms.get(text) or scene.memory.by_surname(text)
    if known is not None and (
        len(text.split()) == 1 or ("person" in known[1] and same_person(text, known[0][0]))
    ):
        keep(scene, i, start, end, known[0], known[1], "name", NOTHING)


def keep_pronoun(scene: Scene, i: int) -> None:
    token = scene.tokens[i]
    if token.dep == "expl":
        return
    word = token.text.lower()
    if word == "it" and token.dep in ("nsubj", "nsubjpass") and _empty_it(scene, token.head):
        return
    object_ = token.dep in ("dobj", "pobj", "dative") and token.tag == "PRP"
    entry = scene.memory.pronoun(word, scene.order, i, verb_of(scene, i), object_=object_)
    if entry is None:
        return
    actors = tuple(
        replace(a, reason=f"'{word}' for '{a.entity_text}'", confidence=min(a.confidence, 0.7))
        for a in entry.actors
    )
    keep(
        scene, i, token.start, token.end, actors, entry.classes, "pronoun", replace(NOTHING, role=entry.role)
    )


_WEATHER = frozenset({"rain", "take", "remain", "become", "emerge"})


def _empty_it(scene: Scene, verb: int) -> bool:
    """Whether "it" stands for nobody: "it is clear that"."""
    token = scene.tokens[verb]
    below = scene.tree.children(verb, "ccomp", "acomp", "xcomp", "advcl")
    return token.lemma in ("be", "seem", "appear") or (token.lemma in _WEATHER and bool(below))


def keep_pair(scene: Scene, i: int) -> None:
    token = scene.tokens[i]
    start, end = span_of(scene, i)
    two = (
        scene.memory.both(scene.order, i)
        if token.tag not in NOUN_TAGS
        else scene.memory.pair(
            scene.order, i, states=token.lemma in ("country", "nation", "state", "government")
        )
    )
    if len(two) == 2:
        actors = tuple(replace(a, reason="the two spoken of last", confidence=0.6) for a in two)
        keep(
            scene,
            i,
            start,
            end,
            actors,
            frozenset({"state", "government"}),
            "pronoun" if token.tag not in NOUN_TAGS else "nominal",
            NOTHING,
        )


def keep_land(scene: Scene, i: int) -> None:
    start, end = span_of(scene, i)
    entry = scene.memory.last_state(scene.order, i)
    if entry is not None:
        first = replace(
            entry.actors[0],
            reason=f"the country spoken of last: '{entry.actors[0].entity_text}'",
            confidence=0.6,
        )
        keep(
            scene,
            i,
            start,
            end,
            (first,),
            frozenset({"state", "government"}),
            "nominal",
            Reading(kind="state"),
        )
