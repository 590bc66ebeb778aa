"""The reading of one noun phrase from its words: nationality or owner, role, name.

Works on text alone, so that the same reading serves a parsed phrase and a phrase on a command line.
"""

from __future__ import annotations

import re
from dataclasses import replace

from legation.knowledge.name_tables import WORD, Role, fold, word_list
from legation.knowledge.names import Hit, find_names, is_first_name, remembered, town_country
from legation.knowledge.senses import Senses, with_senses
from legation.model import Actor
from legation.stages.actors.persons import read_holder, read_titled, read_unknown, with_surnames
from legation.stages.actors.reading import (
    NO_OWNER_BEFORE,
    NOTHING,
    STATE_LIKE,
    Reading,
    former_words,
    owned_actor,
    owners_of,
    pick,
    role_spans,
    takes_sector,
)

_LEADING = word_list("before_a_people")
_HOUSES = word_list("only_as_names")


# A paper or station of the state speaks for it.
_OFFICIAL = re.compile(r"\b(?:official|state|government|state-run|government-run)\b", re.I)
_FIRST_NAME = re.compile(r"(?:^|\s)[A-Z][a-z]+ $")


@remembered(20_000)
def read_phrase(text: str, date: str | None = None, people: bool = False, senses: Senses = ()) -> Reading:
    """The reading of a phrase whose head is its last word or the name at its end.

    `people` says that a word such as "Russian" is meant as a noun: one of the people; `senses` which
    names mean something else in this report than they usually do.
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
    if hits and hits[-1].end >= end:
        return _named(text, hits, roles, date, people)
    if roles and roles[-1][1] >= end:
        return _by_role(text, words, hits, roles, date)
    return read_unknown(text, words, hits, roles, date)


def _named(text: str, hits: list[Hit], roles: list[tuple[int, int, Role]], date: str | None, people: bool) -> Reading:
    hit = hits[-1]
    name = pick(hit.names, date, noun=people)
    if name.kind == "office":
        return read_holder(text, hit.names, hits[:-1], roles, date)
    owners = owners_of(text, hits[:-1], hit.start)
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
    actor = Actor(
        code,
        sector,
        name.others,
        text,
        name.label if body else None,
        name.identifier if body else None,
        reason=f"{name.kind} '{name.text}'",
    )
    return Reading((actor,), name.classes, kind, None, code is not None, None, name.label)


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
        return Reading(tuple(actors), classes, "role", role.noun, any(a.code for a in actors))
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
    town = _town(text[: roles[0][0]]) if classes & STATE_LIKE and role.noun not in ("republic", "country") else None
    if town is not None:
        alone = replace(alone, code=town[1], reason=f"'{role.noun}' of the town '{town[0]}'", confidence=0.7)
        return Reading((alone,), classes, "role", role.noun, True)
    return Reading((alone,), classes, "role", role.noun)


def _town(left: str) -> tuple[str, str] | None:
    """The town right before a role, as in "Shanghai police", and its country."""
    m = re.search(r"(?:^|\s)((?:[A-Z][\w'’-]+ ?){1,3})$", left)
    if m is None:
        return None
    words = re.sub(r"['’]s? ?$", "", m.group(1).strip()).split()
    for k in range(len(words)):
        name = " ".join(words[k:])
        country = town_country(name) if len(name) > 2 else None
        if country is not None:
            return name, country
    return None
