"""What the reading of phrases shares: its result, roles, owners, and which row of a name is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.changing import replace
from legation.knowledge.name_tables import WORD, Name, Role, fold, word_list
from legation.knowledge.names import Hit, find_role, holders_called, town_country
from legation.model import Actor

GENERIC = word_list("generic")
_SPEAKERS = word_list("speakers")
TAKES_MODIFIER = GENERIC | word_list("after_a_role")
_FORMER = word_list("former")
# "Iran-backed": the state is no owner of what follows; "pro-Russian": nor here.
_NO_OWNER_AFTER = re.compile(
    r"[-\u2010\u2011 ](?:backed|allied|aligned|sponsored|supported|trained|made|funded|financed|"
    r"speaking|brokered|mediated)\b"
    r"|[-\u2010\u2011](?:style|linked|affiliated|friendly|inspired|armed|supplied)\b",
    re.I,
)
NO_OWNER_BEFORE = re.compile(r"\b(?:pro|anti)[-\u2010\u2011 ]?$", re.I)
# Ethnic Albanians are citizens of some other state.
_ETHNIC = re.compile(r"\bethnic[- ]$", re.I)
JOINT = re.compile(r"(?:\s*(?:,|-|–|/)\s*|,?\s+(?:and|or)\s+)(?:the\s+)?")
STATE_LIKE = frozenset({"government", "official", "police", "forces", "legislature", "court", "crowd", "party"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase was taken for; `actors` is empty where it names nobody that can act."""

    actors: tuple[Actor, ...] = ()
    classes: frozenset[str] = frozenset()
    kind: str = "none"  # state, adjective, people, place, body, person, role, name (unknown), none
    role: str | None = None
    owned: bool = False  # the code was said in the phrase itself
    surname: str | None = None
    label: str | None = None


NOTHING = Reading()


def role_spans(words: list[tuple[str, int, int]], hits: list[Hit]) -> list[tuple[int, int, Role]]:
    """The roles in a text, outside of its names, from left to right."""
    free = [not any(h.start <= s < h.end for h in hits) for _, s, _ in words]
    plain = tuple(w if f else "\0" for (w, _, _), f in zip(words, free, strict=True))
    found: list[tuple[int, int, Role]] = []
    end = len(words)
    while end > 0:
        match = find_role(plain, end) if free[end - 1] else None
        if match is None:
            end -= 1
            continue
        begin, role = match
        found.append((words[begin][1], words[end - 1][2], role))
        end = begin
    return found[::-1]


def pick(names: tuple[Name, ...], date: str | None, *, noun: bool = False) -> Name:
    """The row meant where several share a name: people or adjective by use, office holders by date.

    A row of the user's own comes first.
    """
    names = tuple(n for n in names if n.own and (n.kind != "office" or n.holds_on(date))) or names
    if date is not None and len(names) > 1:
        names = tuple(n for n in names if n.kind == "office" or n.holds_on(date)) or names
    kinds = {n.kind for n in names}
    if noun and "people" in kinds:
        return next(n for n in names if n.kind == "people")
    if kinds == {"office"}:
        return pick_holder(names, date)
    first = next((n for n in names if n.kind != "office"), names[0])
    same = tuple(n for n in names if n.kind == first.kind and n.label == first.label)
    if len(same) > 1 and any(n.start or n.end for n in same):
        held = pick_holder(same, date)
        if date is None:  # what it was at other times is possible too
            others = tuple(dict.fromkeys(n.sector for n in same if n.sector and n.sector != held.sector))
            return replace(held, others=(*held.others, *others))
        return held
    return first


def _backwards(day: str | None) -> tuple[int, ...]:
    """A key that puts later days first."""
    return tuple(-ord(c) for c in day or "")


def pick_holder(names: tuple[Name, ...], date: str | None) -> Name:
    """The office held on that day; else the last one held before it, else the first after it."""
    names = tuple(n for n in names if n.own and n.holds_on(date)) or names
    if date is not None:
        holding = [n for n in names if n.holds_on(date)]
        if holding:
            return min(holding, key=lambda n: (n.rank, n.code != "GBR", _backwards(n.start)))
        open_ended = [n for n in names if n.stale(date, 2)]
        if open_ended:  # whether it still is so is not known
            return max(open_ended, key=lambda n: n.start or "")
        past = [n for n in names if n.end is not None and n.end < date]
        if past:
            return max(past, key=lambda n: n.end or "")
        return min(names, key=lambda n: n.start or "")
    return max(names, key=lambda n: (n.end is None, -n.rank, n.end or "", n.start or ""))


def former_words(text: str) -> bool:
    """Whether the words say that an office is over."""
    return any(w in _FORMER for w in WORD.findall(text.lower()))


def owners_of(text: str, hits: list[Hit], before: int) -> list[Hit]:
    """The names left of the head that own it: the last one and what is joined to it."""
    left = [
        h
        for h in hits
        if h.end <= before
        and not _NO_OWNER_AFTER.match(text, h.end)
        and not NO_OWNER_BEFORE.search(text[: h.start])
        and not _ETHNIC.search(text[: h.start])
    ]
    if not left:
        return []
    if len(left) > 1 and _weak(left[-1]) and left[-1].start - left[-2].end <= 1:
        left.pop()  # "Turkish Kurd refugees"
    found = [left[-1]]
    for h in reversed(left[:-1]):
        if not JOINT.fullmatch(text, h.end, found[0].start):
            break
        found.insert(0, h)
    return found


def _weak(hit: Hit) -> bool:
    return all(n.kind == "ethnic" for n in hit.names) or all(n.code is None for n in hit.names)


def takes_sector(role: Role, modifiers: list[Role]) -> bool:
    """Whether the role before this one says whom it serves: "rebel leader", "intelligence officer"."""
    if not modifiers:
        return False
    return role.noun in GENERIC or (role.noun in TAKES_MODIFIER and "person" not in modifiers[-1].classes)


def owned_actor(name: Name, role: Role, modifiers: list[Role], text: str) -> Actor:
    """The role with its owner: the owner's country, the role's sector unless the role says nothing."""
    generic = role.noun in GENERIC or takes_sector(role, modifiers)
    sector: str | None = role.sector
    others: tuple[str, ...] = role.others
    if takes_sector(role, modifiers):
        sector, others = modifiers[-1].sector or sector, modifiers[-1].others
    elif name.kind in ("group", "party", "organisation", "institution", "seat") and name.sector:
        armed = role.classes & {"armed", "rebels"}
        if generic or (name.kind == "group" and armed) or role.noun in ("troop", "fighter"):
            sector, others = name.sector, name.others
    elif name.kind == "office" and role.noun in _SPEAKERS:
        sector = name.sector
    return Actor(
        name.code,
        sector,
        others,
        text,
        reason=f"'{role.noun}' of {name.kind} '{name.text}'",
        confidence=0.9,
    )


def last_word(text: str) -> str:
    """The last word, folded."""
    words = WORD.findall(fold(text))
    return words[-1] if words else ""


def town_before(left: str) -> tuple[str, str] | None:
    """The town right before a role, as in "Shanghai police", and its country."""
    m = re.search(r"(?:^|\s)((?:[A-Z][\w'’-]+ ?){1,3})$", left)
    if m is None:
        return None
    words = re.sub(r"['’]s? ?$", "", m.group(1).strip()).split()
    parts = [words[k:] for k in range(len(words))] + [words[:k] for k in range(len(words) - 1, 0, -1)]
    for part in parts:
        name = " ".join(part)
        if any(n.rank <= 1 for n in holders_called(fold(name))):
            continue  # "the Obama administration": not the town in Japan
        country = town_country(name) if len(name) > 2 else None
        if country is not None:
            return name, country
    return None


_BODIES = frozenset({"organisation", "group", "party", "institution"})


def of_one_country(hit: Hit, owners: set[str | None], home: str | None) -> tuple[Hit, float]:
    """A name that bodies of several states have is that of the owner's, else of the report's state."""
    codes = {n.code for n in hit.names if n.kind in _BODIES}
    if len(codes) < 2 or hit.names[0].kind not in _BODIES:
        return hit, 1.0
    for wanted, sure in ((owners, 1.0), ({home}, 0.8), ({"GBR", "USA"}, 0.6)):
        fitting = tuple(n for n in hit.names if n.code in wanted)
        if fitting:
            return Hit(hit.start, hit.end, fitting), sure
    return hit, 0.5
