"""The reading of one noun phrase from its words: nationality or owner, role, name.

Works on text alone, so that the same reading serves a parsed phrase and a phrase on a command line.
"""

from __future__ import annotations

import re
from dataclasses import replace

from legation.knowledge.name_tables import WORD, Role, fold, word_list
from legation.knowledge.names import CALENDAR, Hit, find_names, find_role, is_first_name, remembered
from legation.knowledge.senses import Senses, with_senses
from legation.model import Actor
from legation.stages.actors.persons import read_holder, read_titled, read_unknown, with_surnames
from legation.stages.actors.reading import (
    NO_OWNER_BEFORE,
    NOTHING,
    STATE_LIKE,
    Reading,
    former_words,
    of_one_country,
    owned_actor,
    owners_of,
    pick,
    role_spans,
    takes_sector,
    town_before,
)

_LEADING = word_list("before_a_people")
_HOUSES = word_list("only_as_names")
_OF_PARTIES = word_list("of_parties")


# A paper or station of the state speaks for it.
_OFFICIAL = re.compile(r"\b(?:official|state|government|state-run|government-run)\b", re.I)
_FIRST_NAME = re.compile(r"(?:^|\s)[A-Z][a-z]+ $")


@remembered(20_000)
def read_phrase(
    text: str, date: str | None = None, people: bool = False, senses: Senses = (), home: str | None = None
) -> Reading:
    """The reading of a phrase whose head is its last word or the name at its end.

    `people` says that a word such as "Russian" is meant as a noun: one of the people; `senses` which
    names mean something else in this report than they usually do; `home` whose bodies are meant where
    several states have one of that name.
    """
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
    while words and words[-1][0] == "s" and text[words[-1][1] - 1 : words[-1][1]] in ("'", "’"):
        words.pop()
    if not words:
        return NOTHING
    hits = [h for h in with_senses(find_names(text), text, senses) if h.start < words[-1][2]]
    if len(words) > 1:
        hits = with_surnames(text, words, hits, date)
    roles = role_spans(words, hits)
    end = words[-1][2]
    if len(hits) == 1 and len(words) == 2 and _given_name(text, hits[0], words):
        hits = []  # "Paris Hilton"
    if hits and hits[-1].end >= end:
        return _named(text, hits, roles, date, people, home)
    if roles and roles[-1][1] >= end:
        return _by_role(text, words, hits, roles, date)
    return read_unknown(text, words, hits, roles, date)


def _given_name(text: str, hit: Hit, words: list[tuple[str, int, int]]) -> bool:
    """Whether a place is the first name of the word after it, which has a capital and is no role."""
    second = words[1]
    return (
        hit.start == words[0][1]
        and hit.end == words[0][2]
        and hit.names[0].kind in ("state", "capital", "region")
        and text[hit.end : second[1]] == " "
        and text[second[1]].isupper()
        and not text[second[1] : second[2]].isupper()
        and is_first_name(words[0][0])
        and find_role((second[0],), 1) is None
    )


def _named(
    text: str,
    hits: list[Hit],
    roles: list[tuple[int, int, Role]],
    date: str | None,
    people: bool,
    home: str | None,
) -> Reading:
    owners = owners_of(text, hits[:-1], hits[-1].start)
    hit, sure = of_one_country(hits[-1], {pick(o.names, date).code for o in owners}, home)
    name = pick(hit.names, date, noun=people)
    if name.kind == "office":
        return read_holder(text, hit.names, hits[:-1], roles, date)
    if name.kind in ("state", "capital", "region") and not people and _borne(text, hit, hits):
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
        return read_unknown(text, words, hits[:-1], roles, date)  # "Jack London"
    if name.kind == "party" and not owners and _longer_name(text[: hit.start]):
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
        return read_unknown(text, words, hits[:-1], roles, date)  # "Coast Democratic Party"
    if name.kind == "organisation" and name.sector in ("BUS", "JRN") and _FIRST_NAME.search(text[: hit.start]):
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
        if len(words) > 1 and is_first_name(words[-2][0]):
            return read_unknown(text, words, hits[:-1], roles, date)  # "Michael Bloomberg"
    if (
        name.kind in ("adjective", "people", "ethnic")
        and not people
        and re.search(r"(?:^|[a-z] )[A-Z][a-z]+ $", text[: hit.start])
    ):
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
        if not owners and not any(e >= hit.start - 1 for _, e, _ in roles) and words[-2][0] not in _LEADING:
            return read_unknown(text, words, hits[:-1], roles, date)  # "Naeem Baluch"
    if NO_OWNER_BEFORE.search(text[: hit.start]):
        return NOTHING
    if (
        (
            roles
            and roles[-1][1] <= hit.start
            and "person" in roles[-1][2].classes
            and name.kind not in ("adjective", "people")
        )
        and text[roles[-1][1] : hit.start] == " "
        and name.kind in ("capital", "region", "seat")
    ):
        # "President Jordan": a surname that looks like a place
        return read_titled(text, hits[:-1], roles, date, text[hit.start : hit.end])
    code = name.code
    if name.kind in ("people", "adjective") and re.search(r"\bethnic\s+$", text[: hit.start], re.I):
        code = None  # ethnic Albanians are citizens of another state
    if owners and name.kind in ("ethnic", "party", "organisation", "group", "people", "institution"):
        first = pick(owners[-1].names, date)
        if code in (None, "NGO", "IGO", "ISM", "IMG") and first.kind in ("state", "adjective", "capital"):
            code = first.code
    sector = name.sector
    if name.kind in ("state", "adjective", "capital", "seat"):
        kind = "adjective" if name.kind == "adjective" else "place" if name.kind == "capital" else "state"
    elif name.kind == "region":
        kind = "place"
    elif name.kind in ("people", "ethnic"):
        kind = "people"
    else:
        kind = "body"
    body = kind == "body"
    alone = name.kind not in ("state", "capital", "region") or not _UNEXPLAINED.search(text[: hit.start])
    actor = Actor(
        code,
        sector,
        name.others,
        text,
        name.label if body else None,
        name.identifier if body else None,
        reason=f"{name.kind} '{name.text}'",
        confidence=sure if alone or owners or roles else 0.7,
    )
    return Reading((actor,), name.classes, kind, None, code is not None, None, name.label)


# "Denzel Washington" may be anybody, "Greater London" is a place.
_UNEXPLAINED = re.compile(r"(?:^|[a-z] )[A-Z][a-z]+ $")
_BEFORE_A_SURNAME = re.compile(r"(?:^|\s)([A-Z][a-zé]+)(?: [A-Z]\.?)* $")


def _longer_name(before: str) -> bool:
    """Whether a capitalised word before a party's name belongs to another party's, longer name."""
    m = _UNEXPLAINED.search(before)
    return m is not None and m.group().split()[-1].lower() not in _OF_PARTIES


def _borne(text: str, hit: Hit, hits: list[Hit]) -> bool:
    """Whether a place is the surname of the first name before it: "Michael Jordan"."""
    m = _BEFORE_A_SURNAME.search(text[: hit.start])
    if m is None or any(h.start < hit.start and h.end > m.start(1) for h in hits):
        return False
    word = fold(m.group(1))
    return word not in CALENDAR and is_first_name(word) and find_role((word,), 1) is None


def _by_role(
    text: str,
    words: list[tuple[str, int, int]],
    hits: list[Hit],
    roles: list[tuple[int, int, Role]],
    date: str | None,
) -> Reading:
    start, _, role = roles[-1]
    if role.noun == "state" or (role.noun in _HOUSES and not text[start].isupper()):
        return NOTHING
    modifiers = [r for s, e, r in roles[:-1] if not re.search(r"['’]s?\s", text[e:start])]
    owners = owners_of(text, hits, start)
    classes = role.classes
    former = former_words(text[:start])
    actors: list[Actor] = []
    for owner in owners:
        name = pick(owner.names, date)
        actor = owned_actor(name, role, modifiers, text)
        if name.kind == "group" and actor.sector == name.sector:
            classes |= name.classes - {"organisation"}
        if former and "person" in role.classes:
            actor = replace(actor, sector="ELI", reason=actor.reason + ", former")
        elif actor.sector == "JRN" and _OFFICIAL.search(text):
            actor = replace(actor, other_sectors=(*actor.other_sectors, "GOV"))
        if actor.key not in [a.key for a in actors]:
            actors.append(actor)
    if actors:
        wide = all(pick(o.names, date).kind in ("adjective", "region") for o in owners)  # "European diplomats"
        return Reading(tuple(actors), classes, "role", role.noun, wide or any(a.code for a in actors))
    sector, others = role.sector, role.others
    if takes_sector(role, modifiers):
        sector, others = modifiers[-1].sector, modifiers[-1].others
        classes |= modifiers[-1].classes & {"rebels", "armed", "police", "party", "legislature", "crowd"}
    if former and "person" in role.classes:
        sector = "ELI"
    if role.noun.startswith("government") and NO_OWNER_BEFORE.search(text[:start]):
        sector, classes = (
            ("PRM", frozenset({"armed", "forces"})) if re.search(r"pro.?$", text[:start]) else ("OPP", classes)
        )
    if sector == "JRN" and _OFFICIAL.search(text):
        others = (*others, "GOV")
    alone = Actor(None, sector, others, text, reason=f"'{role.noun}', nobody's", confidence=0.6)
    placed = classes & STATE_LIKE and role.noun not in ("republic", "country")
    town = town_before(text[: roles[0][0]]) if placed else None
    if town is not None:
        alone = replace(alone, code=town[1], reason=f"'{role.noun}' of the town '{town[0]}'", confidence=0.7)
        return Reading((alone,), classes, "role", role.noun, True)
    return Reading((alone,), classes, "role", role.noun)
