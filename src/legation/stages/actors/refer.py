"""Words for somebody named before: pronouns, "both sides", "the country", roles without an owner."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from legation.knowledge.name_tables import word_list
from legation.model import Actor
from legation.stages.actors.memory import Spoken
from legation.stages.actors.neighbours import TRAVELLERS
from legation.stages.actors.reading import GENERIC, NOTHING, STATE_LIKE, Reading, pick
from legation.stages.actors.scene import WHERE, Scene, day_of, keep, preposition_of, span_of, verb_of
from legation.tree import NOUN_TAGS

# Roles that take the country of the report, those without a state behind them with less confidence.
_POINTING = frozenset({"the", "this", "that", "these", "those"})
# Whoever is met where the act takes place.
_LOCAL = frozenset({"civilians", "crowd", "rebels", "police"})
_AT_HOME = STATE_LIKE | {"civilians", "rebels", "armed", "person"}
_OUTSIDE = word_list("from_outside")
_OUTSIDERS = word_list("outsiders")
LANDS = word_list("lands")
# "its ally" is somebody else, whoever "it" is; a person's allies may well be of one country with him.
_SOMEBODY_ELSE = word_list("somebody_else")


def same_person(text: str, actor: Actor) -> bool:
    """Whether a full name can be the one known by its surname: the first names must agree.

    A first word in capitals is no name but the short form of a title: "EAM Jaishankar".
    """
    first = text.split()[0]
    if len(text.split()) == 1 or actor.identifier_text is None or first in actor.identifier_text:
        return True
    return first.isupper() and 2 <= len(first) <= 5


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
    if reading.kind == "person":
        known = scene.memory.surnames.get(reading.surname or "")
        if known is not None and known[0] and known[0][0].code is not None:
            return _given(reading, code=known[0][0].code)
    governor = scene.found.get(scene.tokens[i].head)
    if scene.tokens[i].dep == "appos" and governor is not None and governor.actors:
        named = governor.actors[0]
        identifier = named.identifier_text or reading.actors[0].identifier_text
        return _given(reading, code=named.code, identifier_text=identifier)
    return (
        taken_up(scene, i, reading, determiners)
        or _possessed(scene, i, reading)
        or _placed_beside(scene, i, reading)
        or _at_home(scene, i, reading)
    )


def _given(reading: Reading, **changes: Any) -> Reading:
    return replace(reading, actors=(replace(reading.actors[0], **changes),))


def taken_up(scene: Scene, i: int, reading: Reading, determiners: set[str]) -> Reading | None:
    """Whom "the minister" or "these militants" stands for, if somebody of that role was named."""
    words = (reading.role or "").split()
    if not words or reading.kind != "role" or not determiners & _POINTING:
        return None
    if any(scene.tokens[c].text.lower() not in words for c in scene.tree.children(i, "compound")):
        return None  # told apart by another word: "the Nda government"
    plural = scene.tokens[i].tag in ("NNS", "NNPS")
    named = scene.tokens[i].text[0].isupper() and scene.tokens[i].tag == "NNP"
    earlier = scene.memory.same_role(
        reading.role or "", reading.classes, scene.order, i, plural=plural, named=named
    )
    if earlier is None:
        return None
    actors = tuple(replace(a, reason=f"taken up again from '{a.entity_text}'", confidence=0.7) for a in earlier.actors)
    return replace(reading, actors=actors, classes=reading.classes | earlier.classes)


def _possessed(scene: Scene, i: int, reading: Reading) -> Reading | None:
    """The owner named by a possessive: "his army", "Roe's spokesman", "Egypt, whose army"."""
    owner = None
    for p in scene.tree.children(i, "poss"):
        owner = scene.found.get(p) or owner
        if scene.tokens[p].tag == "WP$":
            owner = next(
                (
                    scene.found.get(scene.tokens[a].head)
                    for a in scene.tree.ancestors(p)
                    if scene.tokens[a].dep == "relcl"
                ),
                None,
            )
    if owner is None or not owner.actors:
        return None
    if reading.role in _SOMEBODY_ELSE and "person" not in owner.classes:
        return reading
    whose = owner.actors[0]
    own = reading.actors[0]
    sector = whose.sector if reading.role in GENERIC and whose.sector else own.sector
    why = f"{own.reason} of '{whose.entity_text}'"
    return _given(reading, code=whose.code, sector=sector, reason=why, confidence=0.8)


def _placed_beside(scene: Scene, i: int, reading: Reading) -> Reading | None:
    """The state right behind: "the caretaker government in Kabul", though the parser hang "in Kabul" on the verb."""
    tokens = scene.tokens
    if tokens[i].lemma in TRAVELLERS or not reading.classes & STATE_LIKE:
        return None
    if i + 2 < len(tokens) and tokens[i + 1].text == "in":
        hit = scene.hits.get(i + 2)
        place = pick(hit.names, day_of(scene.doc)) if hit is not None else None
        if place is not None and place.code and place.kind in ("state", "capital", "region"):
            why = f"{reading.actors[0].reason}; beside '{place.text}'"
            return _given(reading, code=place.code, confidence=0.7, reason=why)
    return None


def _at_home(scene: Scene, i: int, reading: Reading) -> Reading:
    """The country where it happens, for people and rebels; else the one the report speaks of most."""
    token = scene.tokens[i]
    named = token.text[0].isupper() and token.tag in ("NNP", "NNPS")
    proper = named and reading.kind == "role" and scene.tree.children(i, "compound", "amod")
    nobodys = token.lemma in LANDS or token.lemma == "state" or reading.role in _SOMEBODY_ELSE
    if nobodys or proper or _from_abroad(scene, i, reading) or not reading.classes & _AT_HOME:
        return reading
    reason = reading.actors[0].reason
    if reading.classes & _LOCAL and not reading.classes & {"official", "forces"}:
        for o in (
            scene.tree.objects_of(verb_of(scene, i), "in", "near", "across", "inside") if verb_of(scene, i) >= 0 else ()
        ):
            hit = scene.hits.get(o)
            place = pick(hit.names, day_of(scene.doc)) if hit is not None else None
            if place is not None and place.code and place.kind in ("state", "capital", "region"):
                return _given(
                    reading,
                    code=place.code,
                    confidence=0.5,
                    reason=f"{reason}; where it happens, '{place.text}'",
                )
    code = scene.memory.country()
    if code is None:
        return reading
    sure = 0.5 if reading.classes & STATE_LIKE and "rebels" not in reading.classes else 0.4
    why = "country of the dateline" if code == scene.home else "country the report speaks of most"
    return _given(reading, code=code, confidence=sure, reason=f"{reason}; {why}")


def _from_abroad(scene: Scene, i: int, reading: Reading) -> bool:
    """Whether the phrase itself says that they come from elsewhere: "foreign troops", "mediators", "world leaders"."""
    words = [scene.tokens[c].text.lower() for c in scene.tree.phrase(i)]
    # "the foreign minister" is of the country; several foreign ministers are of several.
    plural = scene.tokens[i].tag in ("NNS", "NNPS")
    outside = [w for w in words if w in _OUTSIDE and (w != "foreign" or plural or reading.role in GENERIC)]
    return bool(outside) or scene.tokens[i].lemma in _OUTSIDERS


def keep_short_name(scene: Scene, i: int, start: int, end: int) -> None:
    """Keep a short name or acronym that the report has explained before."""
    text = scene.doc.text[start:end]
    known = scene.memory.acronyms.get(text) or scene.memory.by_surname(text)
    if known is not None and (len(text.split()) == 1 or ("person" in known[1] and same_person(text, known[0][0]))):
        keep(scene, i, start, end, known[0], known[1], "name", NOTHING)


def keep_pronoun(scene: Scene, i: int) -> None:
    """Keep a pronoun whose antecedent is clear."""
    token = scene.tokens[i]
    if token.dep == "expl":
        return
    word = token.text.lower()
    if word == "it" and token.dep in ("nsubj", "nsubjpass") and _empty_it(scene, token.head):
        return
    object_ = token.dep in ("dobj", "pobj", "dative") and token.tag == "PRP"
    own, above = (verb_of(scene, i), _sharing_subject(scene, i)) if object_ else (_NO_VERB, frozenset())
    entry = scene.memory.pronoun(word, scene.order, i, own, above)
    if entry is None:
        return
    actors = tuple(
        replace(a, reason=f"'{word}' for '{a.entity_text}'", confidence=min(a.confidence, 0.7)) for a in entry.actors
    )
    keep(scene, i, token.start, token.end, actors, entry.classes, "pronoun", replace(NOTHING, role=entry.role))


def _sharing_subject(scene: Scene, i: int) -> frozenset[int]:
    """The verbs above that lend their subject to the verb of a token: in "left, accusing it" "left"."""
    tree, verb = scene.tree, verb_of(scene, i)
    found: list[int] = []
    while verb >= 0 and scene.tokens[verb].dep in ("advcl", "xcomp", "conj") and len(found) < 5:
        if tree.children(verb, "nsubj", "nsubjpass"):
            break
        verb = scene.tokens[verb].head
        found.append(verb)
    return frozenset(found)


_NO_VERB = -2
_WEATHER = frozenset({"rain", "take", "remain", "become", "emerge"})


def _empty_it(scene: Scene, verb: int) -> bool:
    """Whether "it" stands for nobody: "it is clear that"."""
    token = scene.tokens[verb]
    below = scene.tree.children(verb, "ccomp", "acomp", "xcomp", "advcl")
    return token.lemma in ("be", "seem", "appear") or (token.lemma in _WEATHER and bool(below))


def keep_pair(scene: Scene, i: int) -> None:
    """Keep "both", "both sides" and the like as the two spoken of last."""
    token = scene.tokens[i]
    start, end = span_of(scene, i)
    if token.tag not in NOUN_TAGS:
        two = scene.memory.both(scene.order, i)
    else:
        states = token.lemma in ("country", "nation", "state", "government")
        # Whoever asks both sides for something is neither.
        above = {verb_of(scene, i), *_sharing_subject(scene, i)} if token.dep not in ("nsubj", "nsubjpass") else set()
        two = scene.memory.pair(scene.order, i, frozenset(above), _speaking(scene, above), states=states)
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


def _speaking(scene: Scene, verbs: set[int]) -> frozenset[str]:
    """The countries a sentence names, where "we" ask both sides for something: whoever is quoted is neither."""
    subjects = [s for v in verbs if v >= 0 for s in scene.tree.children(v, "nsubj")]
    if not any(scene.tokens[s].lemma in ("we", "i") for s in subjects):
        return frozenset()
    return frozenset(n.code for hit in scene.hits.values() for n in hit.names if n.code)


def keep_one_of_pair(scene: Scene, i: int) -> None:
    """Keep "the former" and "the latter" as the first and second of the two spoken of last."""
    token = scene.tokens[i]
    two = scene.memory.both(scene.order, i)
    if len(two) == 2:
        one = replace(two[token.text.lower() == "latter"], reason=f"'{token.text}' of the two spoken of last")
        classes = frozenset({"state", "government"} if one.sector == "GOV" else {"organisation"})
        keep(scene, i, token.start, token.end, (replace(one, confidence=0.6),), classes, "pronoun", NOTHING)


def _whose_subject(scene: Scene, i: int) -> Spoken | None:
    """Whoever governs or holds office as subject of the verb above: the land is theirs, if none was named nearer."""
    verbs = {verb_of(scene, i), *_sharing_subject(scene, i)}
    for entry in reversed(scene.memory.spoken):
        if entry.sentence != scene.order:
            break
        own = entry.subject and entry.governor in verbs and entry.classes & STATE_LIKE and len(entry.actors) == 1
        if own and entry.actors[0].code is not None and entry.token < i:
            return entry
    return None


_PARTS = frozenset("north south east west center centre part rest corner half area region border interior".split())


def keep_land(scene: Scene, i: int) -> None:
    """Keep "the country" as the state spoken of last."""
    start, end = span_of(scene, i)
    whole = preposition_of(scene, i) == "of" and scene.tokens[scene.tokens[scene.tokens[i].head].head].lemma in _PARTS
    entry = scene.memory.last_state(scene.order, i, place=whole or preposition_of(scene, i) in WHERE)
    if entry is None or (entry.sentence != scene.order and entry.actors[0].code != scene.memory.country()):
        entry = _whose_subject(scene, i) or entry
    if entry is not None:
        named = entry.actors[0]
        first = Actor(named.code, "GOV", reason=f"the country spoken of last: '{named.entity_text}'", confidence=0.6)
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
