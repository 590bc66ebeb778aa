"""Names of people: office holders, titles with a name, surnames, and names that no table has."""

from __future__ import annotations

import re

from legation.changing import replace
from legation.knowledge.name_tables import WORD, Name, Role, fold, roles, word_list
from legation.knowledge.names import CALENDAR, Hit, holders_called, holders_nearly_called, town_country
from legation.model import Actor, Candidate
from legation.stages.actors.reading import (
    GENERIC,
    NOTHING,
    Reading,
    former_words,
    last_word,
    owned_actor,
    owners_of,
    pick,
    pick_holder,
    town_before,
)

HONORIFICS = word_list("honorifics")
PARTICLES = word_list("particles")
_PERSON_CLASSES = frozenset({"person", "unknown"})
_PLACED = re.compile(r"\b(?:in|at|near|from|outside|around|towards?)\s$")
_TOP = re.compile(r"president|prime minister|chancellor|king|queen|premier|supreme leader|taoiseach", re.I)


def with_surnames(text: str, words: list[tuple[str, int, int]], hits: list[Hit], date: str | None) -> list[Hit]:
    """Leaders named by surname as owners: "Putin's spokesman", "Merkel allies"."""
    found = list(hits)
    for k, (word, start, end) in enumerate(words[:-1]):
        if (
            len(word) < 3
            or word in roles()
            or not text[start].isupper()
            or any(h.start < end and start < h.end for h in hits)
        ):
            continue
        owns = text[end : end + 2] in ("'s", "’s")
        after = words[k + 1][1]
        if not owns and (text[after].isupper() or text[end:after] != " " or text[start:end].isupper()):
            continue
        if k and text[words[k - 1][1]].isupper() and text[words[k - 1][2] : start] == " " and words[k - 1][0] != "the":
            continue
        if _PLACED.search(text, 0, start) or (not owns and town_country(text[start:end])):
            continue  # "a rally in Lagos": no president of that name
        holder = by_surname(text[start:end], date, set(), None)
        if isinstance(holder, tuple) and len({c.code for c in holder}) == 1:
            holder = _family(text[start:end], holder[0].code, date)
        if isinstance(holder, Name) and (owns or (holder.office and _TOP.search(holder.office))):
            found.append(Hit(start, end, (holder,)))
    return sorted(found, key=lambda h: h.start) if len(found) > len(hits) else hits


def _family(surname: str, code: str | None, date: str | None) -> Name | None:
    """A surname that only heads of one state have: "the Assad regime"; which of them is not known."""
    heads = [n for n in holders_called(last_word(surname)) if n.rank == 0]
    if not heads or any(n.code != code for n in heads) or date is not None:
        return None
    return replace(heads[0], text=surname, label=surname, identifier=None, office="President or the like")


def read_holder(
    text: str,
    names: tuple[Name, ...],
    before: list[Hit],
    roles: list[tuple[int, int, Role]],
    date: str | None,
) -> Reading:
    """A full name that the table of office holders has, with its title and country if printed."""
    owners = owners_of(text, before, len(text))
    said = [pick(o.names, date) for o in owners]
    codes: set[str | None] = {n.code for n in said if n.code}
    fitting = tuple(n for n in names if n.code in codes) if codes else names
    if not fitting:  # the text says another country than the table: a namesake
        return read_titled(text, before, roles, date, names[0].text)
    name = pick_holder(fitting, date)
    over = date is not None and name.end is not None and name.end < date
    stale = name.stale(date, 2)
    early = date is not None and name.start is not None and date < name.start[: len(date)]
    role = roles[-1][2] if roles else None
    others: tuple[str, ...] = ()
    sector, reason = name.sector, f"{name.label}, {name.office or 'office holder'} of {name.code}"
    if former_words(text):
        sector, reason = "ELI", reason + ", called former"
    elif role is not None and role.noun not in GENERIC and role.sector:
        sector = role.sector
    elif over and role is None:
        sector, reason = "ELI", reason + f" until {name.end}"
    elif early and role is None:
        sector, reason = None, reason + f" from {name.start}"
    elif stale:
        others, reason = ("ELI",), reason + f" when last seen in {name.as_of}"
    elif date is None and name.end is not None and role is None:
        others, reason = ("ELI",), reason + f" until {name.end}"  # without a day both are possible
    sure = 0.95 if name.rank <= 5 or role is not None or codes else 0.8
    actor = Actor(
        name.code,
        sector,
        others,
        text,
        name.label,
        name.identifier,
        None if over or stale or early else name.office,
        reason=reason,
        confidence=0.7 if stale else sure,
    )
    classes = name.classes if sector != "ELI" else frozenset({"person"})
    return Reading(
        (actor,),
        classes,
        "person",
        role.noun if role else None,
        True,
        last_word(name.label or text),
        name.label,
    )


def read_titled(
    text: str, before: list[Hit], roles: list[tuple[int, int, Role]], date: str | None, name_text: str
) -> Reading:
    """A role followed by a name that no table has in full: "President Putin", "police chief Ana Roe"."""
    role = roles[-1][2] if roles else None
    owners = owners_of(text, before, len(text))
    surname = last_word(name_text)
    said = [pick(o.names, date) for o in owners]
    codes: set[str | None] = {n.code for n in said if n.code}
    honoured = any(w in HONORIFICS for w in WORD.findall(fold(text))[:1])
    holder = by_surname(text if honoured and role is None else name_text, date, codes, role)
    former = former_words(text)
    if isinstance(holder, Name):
        sector = (
            "ELI" if former else (role.sector if role and role.noun not in GENERIC and role.sector else holder.sector)
        )
        actor = Actor(
            holder.code,
            sector,
            (),
            text,
            holder.label,
            holder.identifier,
            holder.office,
            reason=f"{holder.label}, {holder.office} of {holder.code}, by surname",
            confidence=0.85,
        )
        return Reading((actor,), holder.classes, "person", role.noun if role else None, True, surname, holder.label)
    candidates = holder or ()
    if not codes and candidates and len({c.code for c in candidates}) == 1:
        codes = {candidates[0].code}
    if role is None:
        unknown = Actor(
            None,
            None,
            (),
            text,
            name_text,
            candidates=candidates,
            reason="a name that no table has",
            confidence=0.5,
        )
        return Reading((unknown,), _PERSON_CLASSES, "name", None, False, surname, name_text)
    modifiers = [r for _, _, r in roles[:-1]]
    if said:
        base = owned_actor(said[-1], role, modifiers, text)
    else:
        generic = role.noun in GENERIC
        sector = modifiers[-1].sector if modifiers and generic else role.sector
        code = next(iter(codes), None)
        base = Actor(code, sector, (), text, reason=f"called '{role.noun}'", confidence=0.6)
        town = town_before(text[: roles[0][0]]) if code is None else None
        if town is not None:
            base = replace(base, code=town[1], reason=f"{base.reason} of the town '{town[0]}'")
    if former:
        base = replace(base, sector="ELI")
    actor = replace(base, identifier_text=name_text, candidates=candidates)
    classes = role.classes | {"person"}
    return Reading((actor,), classes, "person", role.noun, base.code is not None, surname, name_text)


def _first_names_agree(word: str, name: Name, role: Role | None) -> bool:
    """Whether a first name is that of a known person; of the less known it must come first."""
    known = WORD.findall(fold(name.label or ""))
    return word in (known if name.rank <= 1 or role is not None else known[:1])


def by_surname(
    text: str, date: str | None, codes: set[str | None], role: Role | None
) -> Name | tuple[Candidate, ...] | None:
    """The one office holder with this surname that fits country and date, else who it may be."""
    said = WORD.findall(fold(text))
    words = [w for w in said if w not in HONORIFICS]
    if not words or (words[-1] in CALENDAR and len(said) == 1 and role is None):
        return None
    names = holders_called(" ".join(words[-2:])) or holders_called(words[-1])
    if not names and role is not None and _TOP.fullmatch(role.noun):
        names = holders_nearly_called(words[-1])
    if len(words) > 1:
        names = tuple(n for n in names if _first_names_agree(words[0], n, role))
    elif role is None:
        # Without title or first name only those everybody knows, and only in their time.
        names = tuple(n for n in names if n.rank <= (1 if date else 0) and (not date or n.holds_on(date)))
    names = tuple(n for n in names if not codes or n.code in codes)
    if date is not None and not any(n.holds_on(date) for n in names):
        begun = tuple(n for n in names if n.start is None or n.start <= date)
        names = begun if role is None else begun or names
    holding = tuple(n for n in names if n.holds_on(date)) or names
    if role is not None and role.sector == "GOV":
        top = tuple(n for n in holding if n.office and role.noun in n.office.lower())
        holding = top or (holding if len(words) > 1 else ())
    heads = tuple(n for n in holding if n.rank == 0)
    if heads and len({n.label for n in heads}) == 1:
        holding = heads  # of namesakes in office the head of state or government needs no first name
    if not holding:
        return None
    if len({n.label for n in holding}) == 1:
        return pick_holder(holding, date)
    return tuple(
        Candidate(n.code, n.sector, n.label, f"{n.office} from {n.start}")
        for n in {n.label: n for n in holding}.values()
    )[:5]


def read_unknown(
    text: str,
    words: list[tuple[str, int, int]],
    hits: list[Hit],
    roles: list[tuple[int, int, Role]],
    date: str | None,
) -> Reading:
    """A phrase that ends in words no table has: a titled name, a bare name, or nothing."""
    start = words[-1][1]
    k = len(words) - 1
    while k >= 0 and words[k][0] not in HONORIFICS:
        if not text[words[k][1]].isupper():
            if words[k][0] in PARTICLES and k and text[words[k - 1][1]].isupper():
                k -= 1
                continue
            break
        if (
            words[k][0] in ("the", "a", "an")
            or any(r[1] > words[k][1] >= r[0] for r in roles)
            or any(h.start <= words[k][1] < h.end for h in hits)
        ):
            break
        start = words[k][1]
        k -= 1
    if not text[words[-1][1]].isupper():
        return NOTHING
    name_text = text[start : words[-1][2]]
    if len(words) - k > 6 or re.search(r" [-–—] ", name_text):
        return NOTHING  # a headline in capitals rather than a name
    titled = (
        bool(roles)
        and roles[-1][1] <= start
        and bool(roles[-1][2].classes & {"person", "crowd", "civilians"})
        and not re.search(r"['’]s?\s", text[roles[-1][1] : start])
    )
    honoured = k >= 0 and words[k][0] in HONORIFICS
    before = [h for h in hits if h.end <= start]
    if titled or honoured:
        return read_titled(text, before, roles if titled else [], date, name_text)
    if before and len(name_text.split()) >= 2 and text[before[-1].end : start].strip()[:1].islower():
        first = pick(before[-1].names, date)
        given = Actor(
            first.code,
            None,
            (),
            text,
            name_text,
            reason=f"a name, of {first.kind} '{first.text}'",
            confidence=0.6,
        )
        return Reading((given,), frozenset({"person"}), "person", None, True, last_word(name_text), name_text)
    if before:  # "the Russian Embassy's Roe" is left alone: the owner has its own mention
        return NOTHING
    parts = name_text.split()
    if len(parts) >= 2 and all(p[0].isupper() for p in parts):
        return read_titled(text, [], [], date, name_text)
    if len(parts) == 1 and len(parts[0]) > 3:
        holder = by_surname(name_text, date, set(), None)
        if isinstance(holder, Name):
            return replace(read_titled(text, [], [], date, name_text), role=None)
    return NOTHING
