"""From the words of one noun phrase to whom they stand for: nationality or owner, role, name.

Works on text alone, so that the same reading serves a parsed phrase and a phrase on a command line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from legation.knowledge.names import WORD, Hit, Name, Role, find_names, find_role, fold, surname_index, town_country
from legation.model import Actor, Candidate

# Roles whose sector is that of whom they serve: "rebel leader", "UN spokesman".
GENERIC = frozenset(
    "leader chief head spokesman spokeswoman spokesperson commander official member source group supporter "
    "representative delegation team negotiator mediator figure side faction branch wing statement adviser advisor "
    "aide ally founder deputy chairman director activist candidate campaign member".split()
)
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_TAKES_MODIFIER = GENERIC | {"officer", "agent", "employee", "president", "director", "operative", "staff"}
_FORMER = frozenset({"former", "ex", "retired", "erstwhile", "onetime"})
HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "sir", "lord", "lady", "dame", "prof", "mr.", "miss"})
# "Iran-backed": the state is no owner of what follows; "pro-Russian": nor here.
_NO_OWNER_AFTER = re.compile(
    r"[-\u2010\u2011 ](?:backed|allied|aligned|sponsored|supported|trained|made|funded|financed|speaking|brokered|mediated)\b"
    r"|[-\u2010\u2011](?:style|linked|affiliated|friendly|inspired|armed|supplied)\b", re.I
)
_NO_OWNER_BEFORE = re.compile(r"\b(?:pro|anti)[-\u2010\u2011 ]?$", re.I)
_JOINT = re.compile(r"(?:\s*(?:,|-|–|/)\s*|,?\s+(?:and|or)\s+)(?:the\s+)?")
_TAIL = re.compile(
    r",|\s(?:of|in|from|at|for|on|to|by|who|whose|which|that|against|with|near|inside|within|under|throughout|across|"
    r"among|outside|around|along|living|fleeing|loyal|based|belonging|working|fighting)\b(?!-)|\s[-–—]\s|[;:(]"
)
# "a group of tourists" is what it is made of.
MADE_OF = frozenset("group team crowd band gang handful member number crew mob column family pair couple convoy delegation".split())
# Whoever presides over a court, a party or a firm belongs to it.
_PRESIDES = GENERIC | frozenset({"president", "chairwoman", "chairperson", "speaker", "secretary general", "board", "owner", "vice president"})
_LEADING = frozenset("the a an ethnic many some most all other two three several new young angry dead fellow native senior local".split())
_PERSON_CLASSES = frozenset({"person", "unknown"})
# Bodies only when they are printed as names.
_HOUSES = frozenset({"house", "crown", "chamber", "lodge", "bench", "board", "business", "community"})
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


@lru_cache(maxsize=60_000)
def read_phrase(text: str, date: str | None = None, people: bool = False) -> Reading:
    """The reading of a phrase whose head is its last word or the name at its end.

    `people` says that a word such as "Russian" is meant as a noun: one of the people.
    """
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
    while words and words[-1][0] == "s" and text[words[-1][1] - 1 : words[-1][1]] in ("'", "’"):
        words.pop()
    if not words:
        return NOTHING
    hits = [h for h in find_names(text) if h.start < words[-1][2]]
    if len(words) > 1:
        hits = _with_surnames(text, words, hits, date)
    roles = _roles(words, hits)
    end = words[-1][2]
    if hits and hits[-1].end >= end:
        return _named(text, hits, roles, date, people)
    if roles and roles[-1][1] >= end:
        return _by_role(text, words, hits, roles, date)
    return _unknown(text, words, hits, roles, date)


_TOP = re.compile(r"president|prime minister|chancellor|king|queen|premier|supreme leader|taoiseach", re.I)


def _with_surnames(text: str, words: list[tuple[str, int, int]], hits: list[Hit], date: str | None) -> list[Hit]:
    """Leaders named by surname as owners: "Putin's spokesman", "Merkel allies"."""
    found = list(hits)
    for k, (word, start, end) in enumerate(words[:-1]):
        if len(word) < 3 or not text[start].isupper() or any(h.start < end and start < h.end for h in hits):
            continue
        owns = text[end : end + 2] in ("'s", "’s")
        after = words[k + 1][1]
        if not owns and (text[after].isupper() or text[end:after] != " " or text[start:end].isupper()):
            continue
        if k and text[words[k - 1][1]].isupper() and text[words[k - 1][2] : start] == " " and words[k - 1][0] != "the":
            continue
        holder = by_surname(text[start:end], date, set(), None)
        if isinstance(holder, Name) and (owns or (holder.office and _TOP.search(holder.office))):
            found.append(Hit(start, end, (holder,)))
    return sorted(found, key=lambda h: h.start) if len(found) > len(hits) else hits


def _roles(words: list[tuple[str, int, int]], hits: list[Hit]) -> list[tuple[int, int, Role]]:
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
    """The row meant where several share a name: people or adjective by use, office holders by date."""
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


def pick_holder(names: tuple[Name, ...], date: str | None) -> Name:
    """The office held on that day; else the last one held before it, else the first after it."""
    if date is not None:
        holding = [n for n in names if n.holds_on(date)]
        if holding:
            return max(holding, key=lambda n: n.start or "")
        past = [n for n in names if n.end is not None and n.end < date]
        if past:
            return max(past, key=lambda n: n.end or "")
        return min(names, key=lambda n: n.start or "")
    return max(names, key=lambda n: (n.end is None, n.end or "", n.start or ""))


def _former_words(text: str) -> bool:
    return any(w in _FORMER for w in WORD.findall(text.lower()))


def _owners(text: str, hits: list[Hit], before: int) -> list[Hit]:
    """The names left of the head that own it: the last one and what is joined to it."""
    left = [
        h for h in hits
        if h.end <= before and not _NO_OWNER_AFTER.match(text, h.end) and not _NO_OWNER_BEFORE.search(text[: h.start])
    ]
    if not left:
        return []
    if len(left) > 1 and _weak(left[-1]) and left[-1].start - left[-2].end <= 1:
        left.pop()  # "Turkish Kurd refugees"
    found = [left[-1]]
    for h in reversed(left[:-1]):
        if not _JOINT.fullmatch(text, h.end, found[0].start):
            break
        found.insert(0, h)
    return found


def _weak(hit: Hit) -> bool:
    return all(n.kind == "ethnic" for n in hit.names) or all(n.code is None for n in hit.names)


def _named(text: str, hits: list[Hit], roles: list[tuple[int, int, Role]], date: str | None, people: bool) -> Reading:
    hit = hits[-1]
    name = pick(hit.names, date, noun=people)
    if name.kind == "office":
        return _holder(text, hit.names, hits[:-1], roles, date)
    owners = _owners(text, hits[:-1], hit.start)
    if name.kind in ("adjective", "people", "ethnic") and not people and re.search(r"(?:^|[a-z] )[A-Z][a-z]+ $", text[: hit.start]):
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
        if not owners and not any(e >= hit.start - 1 for _, e, _ in roles) and words[-2][0] not in _LEADING:
            return _unknown(text, words, hits[:-1], roles, date)  # "Naeem Baluch"
    if _NO_OWNER_BEFORE.search(text[: hit.start]):
        return NOTHING
    if roles and roles[-1][1] <= hit.start and "person" in roles[-1][2].classes and name.kind not in ("adjective", "people"):
        if text[roles[-1][1] : hit.start] == " " and name.kind in ("capital", "region", "seat"):
            # "President Jordan": a surname that looks like a place
            return _titled(text, hits[:-1], roles, date, text[hit.start : hit.end])
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
        code, sector, name.others, text, name.label if body else None, name.identifier if body else None,
        reason=f"{name.kind} '{name.text}'",
    )
    return Reading((actor,), name.classes, kind, None, code is not None, None, name.label)


def _holder(
    text: str, names: tuple[Name, ...], before: list[Hit], roles: list[tuple[int, int, Role]], date: str | None
) -> Reading:
    owners = _owners(text, before, len(text))
    said = [pick(o.names, date) for o in owners]
    codes: set[str | None] = {n.code for n in said if n.code}
    fitting = tuple(n for n in names if n.code in codes) if codes else names
    if not fitting:  # the text says another country than the table: a namesake
        return _titled(text, before, roles, date, names[0].text)
    name = pick_holder(fitting, date)
    over = date is not None and name.end is not None and name.end < date
    role = roles[-1][2] if roles else None
    sector, reason = name.sector, f"{name.label}, {name.office or 'office holder'} of {name.code}"
    if _former_words(text):
        sector, reason = "ELI", reason + ", called former"
    elif role is not None and role.noun not in GENERIC and role.sector:
        sector = role.sector
    elif over and role is None:
        sector, reason = "ELI", reason + f" until {name.end}"
    actor = Actor(
        name.code, sector, (), text, name.label, name.identifier, None if over else name.office, reason=reason,
        confidence=0.95,
    )
    classes = name.classes if sector != "ELI" else frozenset({"person"})
    return Reading((actor,), classes, "person", role.noun if role else None, True, _last_word(name.label or text), name.label)


def _last_word(text: str) -> str:
    words = WORD.findall(fold(text))
    return words[-1] if words else ""


def _owner_actor(name: Name, role: Role, modifiers: list[Role], text: str) -> Actor:
    """The role with its owner: the owner's country, the role's sector unless the role says nothing."""
    generic = role.noun in GENERIC or (bool(modifiers) and role.noun in _TAKES_MODIFIER)
    sector: str | None = role.sector
    others: tuple[str, ...] = role.others
    if modifiers and generic:
        sector, others = modifiers[-1].sector or sector, modifiers[-1].others
    elif name.kind in ("group", "party", "organisation", "institution", "seat") and name.sector:
        armed = role.classes & {"armed", "rebels"}
        if generic or (name.kind == "group" and armed) or role.noun in ("troop", "fighter"):
            sector, others = name.sector, name.others
    elif name.kind == "office" and role.noun in _SPEAKERS:
        sector = name.sector
    return Actor(
        name.code, sector, others, text,
        reason=f"'{role.noun}' of {name.kind} '{name.text}'", confidence=0.9,
    )


def _by_role(
    text: str, words: list[tuple[str, int, int]], hits: list[Hit], roles: list[tuple[int, int, Role]], date: str | None
) -> Reading:
    start, end, role = roles[-1]
    if role.noun == "state" or (role.noun in _HOUSES and not text[start].isupper()):
        return NOTHING
    modifiers = [r for s, e, r in roles[:-1] if not re.search(r"['’]s?\s", text[e : start])]
    owners = _owners(text, hits, start)
    classes = role.classes
    former = _former_words(text[:start])
    actors: list[Actor] = []
    for owner in owners:
        name = pick(owner.names, date)
        actor = _owner_actor(name, role, modifiers, text)
        if name.kind == "group" and actor.sector == name.sector:
            classes |= name.classes - {"organisation"}
        if former and "person" in role.classes:
            actor = replace(actor, sector="ELI", reason=actor.reason + ", former")
        if actor.key not in [a.key for a in actors]:
            actors.append(actor)
    if actors:
        return Reading(tuple(actors), classes, "role", role.noun, any(a.code for a in actors))
    generic = role.noun in GENERIC or (bool(modifiers) and role.noun in _TAKES_MODIFIER)
    sector, others = role.sector, role.others
    if modifiers and generic:
        sector, others = modifiers[-1].sector, modifiers[-1].others
        classes |= modifiers[-1].classes & {"rebels", "armed", "police", "party", "legislature", "crowd"}
    if former and "person" in role.classes:
        sector = "ELI"
    if role.noun.startswith("government") and _NO_OWNER_BEFORE.search(text[:start]):
        sector, classes = ("PRM", frozenset({"armed", "forces"})) if re.search(r"pro.?$", text[:start]) else ("OPP", classes)
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


def _titled(
    text: str, before: list[Hit], roles: list[tuple[int, int, Role]], date: str | None, name_text: str
) -> Reading:
    """A role followed by a name that no table has in full: "President Putin", "police chief Ana Roe"."""
    role = roles[-1][2] if roles else None
    owners = _owners(text, before, len(text))
    surname = _last_word(name_text)
    said = [pick(o.names, date) for o in owners]
    codes: set[str | None] = {n.code for n in said if n.code}
    holder = by_surname(name_text, date, codes, role) if len(WORD.findall(name_text)) <= 2 else None
    former = _former_words(text)
    if isinstance(holder, Name):
        sector = "ELI" if former else (role.sector if role and role.noun not in GENERIC and role.sector else holder.sector)
        actor = Actor(
            holder.code, sector, (), text, holder.label, holder.identifier, holder.office,
            reason=f"{holder.label}, {holder.office} of {holder.code}, by surname", confidence=0.85,
        )
        return Reading((actor,), holder.classes, "person", role.noun if role else None, True, surname, holder.label)
    candidates = holder or ()
    if role is None:
        unknown = Actor(None, None, (), text, name_text, candidates=candidates, reason="a name that no table has", confidence=0.5)
        return Reading((unknown,), _PERSON_CLASSES, "name", None, False, surname, name_text)
    modifiers = [r for _, _, r in roles[:-1]]
    if said:
        base = _owner_actor(said[-1], role, modifiers, text)
    else:
        generic = role.noun in GENERIC
        sector = modifiers[-1].sector if modifiers and generic else role.sector
        base = Actor(None, sector, (), text, reason=f"called '{role.noun}'", confidence=0.6)
    if former:
        base = replace(base, sector="ELI")
    actor = replace(base, identifier_text=name_text, candidates=candidates)
    classes = role.classes | {"person"}
    return Reading((actor,), classes, "person", role.noun, base.code is not None, surname, name_text)


def by_surname(text: str, date: str | None, codes: set[str | None], role: Role | None) -> Name | tuple[Candidate, ...] | None:
    """The one office holder with this surname that fits country and date, else who it may be."""
    words = WORD.findall(fold(text))
    table = surname_index()
    names = table.get(" ".join(words[-2:])) or table.get(words[-1] if words else "") or ()
    if len(words) == 2 and words[0] not in HONORIFICS and " ".join(words) not in table:
        names = tuple(n for n in names if words[0] in fold(n.label or ""))
    names = tuple(n for n in names if not codes or n.code in codes)
    if not names:
        return None
    if date is not None and not any(n.holds_on(date) for n in names):
        names = tuple(n for n in names if n.start is None or n.start <= date) or names
    holding = tuple(n for n in names if n.holds_on(date)) or names
    if role is not None and role.sector == "GOV":
        top = tuple(n for n in holding if n.office and (role.noun in n.office.lower()))
        holding = top or holding
    if len({n.label for n in holding}) == 1:
        return pick_holder(holding, date)
    return tuple(
        Candidate(n.code, n.sector, n.label, f"{n.office} from {n.start}") for n in {n.label: n for n in holding}.values()
    )[:5]


def _unknown(
    text: str, words: list[tuple[str, int, int]], hits: list[Hit], roles: list[tuple[int, int, Role]], date: str | None
) -> Reading:
    start = words[-1][1]
    k = len(words) - 1
    while k >= 0 and text[words[k][1]].isupper() and words[k][0] not in HONORIFICS:
        if words[k][0] in ("the", "a", "an") or any(r[1] > words[k][1] >= r[0] for r in roles) or any(h.start <= words[k][1] < h.end for h in hits):
            break
        start = words[k][1]
        k -= 1
    if not text[words[-1][1]].isupper():
        return NOTHING
    name_text = text[start : words[-1][2]]
    if len(words) - k > 6 or re.search(r" [-–—] ", name_text):
        return NOTHING  # a headline in capitals rather than a name
    titled = bool(roles) and roles[-1][1] <= start and "person" in roles[-1][2].classes and not re.search(r"['’]s?\s", text[roles[-1][1] : start])
    honoured = k >= 0 and words[k][0] in HONORIFICS
    before = [h for h in hits if h.end <= start]
    if titled or honoured:
        return _titled(text, before, roles if titled else [], date, name_text)
    if before and len(name_text.split()) >= 2 and text[before[-1].end : start].strip()[:1].islower():
        first = pick(before[-1].names, date)
        given = Actor(first.code, None, (), text, name_text, reason=f"a name, of {first.kind} '{first.text}'", confidence=0.6)
        return Reading((given,), frozenset({"person"}), "person", None, True, _last_word(name_text), name_text)
    if before:  # "the Russian Embassy's Roe" is left alone: the owner has its own mention
        return NOTHING
    parts = name_text.split()
    if len(parts) >= 2 and all(p[0].isupper() for p in parts):
        return _titled(text, [], [], date, name_text)
    if len(parts) == 1 and len(parts[0]) > 3:
        holder = by_surname(name_text, date, set(), None)
        if isinstance(holder, Name):
            return replace(_titled(text, [], [], date, name_text), role=None)
    return NOTHING


def resolve_phrase(phrase: str, *, context: str | None = None, date: str | None = None) -> Actor | None:
    """Whom a phrase stands for, without a parser; None where it names nobody.

    `context` is the sentence or report it stands in: it lends titles, appositions and, to a role
    without an owner, the country spoken of.
    """
    text = re.sub(r"\s*\([^()]*\)?", "", " ".join(phrase.split())) or phrase
    text = re.sub(r"^(?:in|at|by|from|to|with|near|central|among)\s+", "", text)
    head, tail = _split(text)
    reading = read_phrase(head, date)
    whole = read_phrase(text, date) if tail and reading.role and not tail.startswith(",") else NOTHING
    if whole.kind == "person" and re.search(r"minister|secretary", reading.role or ""):
        reading, tail = whole, ""  # "Minister of Defence Ana Roe"
    actor = reading.actors[0] if reading.actors else None
    if tail and (actor is None or actor.code is None or reading.role in MADE_OF):
        actor = _with_tail(actor, reading, tail, date)
    if context and (actor is None or actor.code is None):
        actor = _with_context(actor, reading, text, " ".join(context.split()), date)
    if actor is None and " and " in head:
        return resolve_phrase(head.split(" and ")[0], context=context, date=date)
    if actor is None or (actor.code is None and actor.sector is None):
        actor = _mentioned(text, date) or actor
    return replace(actor, entity_text=phrase) if actor is not None else None


_SETTLED = re.compile(
    r"\b(?:villages?|towns?|neighbou?rhoods?|residential areas?|markets?|parks?|schools?|hospitals?|camps?)\b", re.I
)


def _mentioned(text: str, date: str | None) -> Actor | None:
    """The first name with a country anywhere in the phrase: whose thing it speaks of."""
    for hit in find_names(text):
        name = pick(hit.names, date)
        if name.code is not None:
            if _SETTLED.search(text):
                return Actor(name.code, "CVL", (), text, reason=f"people in {name.kind} '{name.text}'", confidence=0.4)
            return Actor(name.code, name.sector, name.others, text, reason=f"something of {name.kind} '{name.text}'", confidence=0.4)
    country = town_country(text) if text[:1].isupper() else None
    return Actor(country, "CVL", (), text, reason="a town", confidence=0.4) if country else None


def _split(text: str) -> tuple[str, str]:
    """The phrase up to its first tail, and the tail; a name or a role with "of" inside stays whole."""
    hits = find_names(text)
    for m in _TAIL.finditer(text):
        if m.start() == 0 or any(h.start < m.end() and m.start() < h.end for h in hits):
            continue
        if m.group() == "," and any(_JOINT.fullmatch(text, h.end, g.start) for h, g in zip(hits, hits[1:], strict=False) if h.end <= m.start()):
            continue
        return text[: m.start()], text[m.start() :]
    return text, ""


def _with_tail(actor: Actor | None, reading: Reading, tail: str, date: str | None) -> Actor | None:
    if tail.startswith(",") and reading.kind in ("name", "none"):
        return resolve_phrase(tail[1:].strip(), date=date) or actor
    if actor is None:
        return None
    inner, rest = _split(re.sub(r"^\s*\S+\s+(?:the\s+|a\s+|an\s+)?", "", tail))
    below = read_phrase(inner, date)
    if tail.startswith(" of ") and below.kind == "role":
        if reading.role in MADE_OF:
            found = below.actors[0]
            return found if found.code or not rest else _with_tail(found, below, rest, date)
        if reading.role in _PRESIDES and below.classes & {"company", "court", "legislature", "party", "organisation", "rebels"}:
            actor = replace(actor, sector=below.actors[0].sector)
    elif tail.startswith(" of ") and reading.role in _PRESIDES:
        inside = _roles([(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(inner))], find_names(inner))
        if inside and inside[0][2].sector:
            actor = replace(actor, sector=inside[0][2].sector)
    for hit in find_names(tail):
        name = pick(hit.names, date)
        if name.code is not None:
            sector = actor.sector
            if reading.role in _PRESIDES and name.kind in ("group", "party", "organisation", "institution"):
                sector = name.sector or sector
            return replace(actor, code=name.code, sector=sector, reason=actor.reason + f", of '{name.text}'")
    towns = [w for w in re.findall(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*", tail) if town_country(w)]
    if towns:
        return replace(actor, code=town_country(towns[0]), reason=actor.reason + f", in '{towns[0]}'", confidence=0.6)
    return actor


def _with_context(actor: Actor | None, reading: Reading, text: str, context: str, date: str | None) -> Actor | None:
    """What the words around lend: a title or apposition of the same name, else the country they speak of."""
    surname = re.sub(r"['’]s?$|[.,]+$", "", text.split()[-1])
    if reading.kind in ("name", "none", "person") and surname[:1].isupper():
        for hit in find_names(context):
            if hit.names[0].kind == "office" and _last_word(context[hit.start : hit.end]) == fold(surname):
                return _holder(context[hit.start : hit.end], hit.names, [], [], date).actors[0]
        for m in re.finditer(re.escape(surname) + r"\b(?:['’]s)?", context):
            for window in _windows(context, m.start(), m.end()):
                other = read_phrase(window, date)
                if other.kind in ("person", "role") and other.actors[0].code is not None:
                    return other.actors[0]
    if actor is None and re.fullmatch(r"(?:[A-Z][\w'’-]+ ?){1,3}", text) and not text.isupper():
        actor = Actor(None, None, (), text, reason="a name that no table has")
        reading = replace(reading, kind="name")
    lent = reading.kind in ("role", "person") or (reading.kind == "name" and not _proper_body(text))
    if actor is not None and lent and not (reading.kind == "role" and _proper(text)):
        code = country_of_text(context, date)
        if code is not None:
            sure = 0.5 if reading.classes & STATE_LIKE else 0.3
            return replace(actor, code=code, confidence=sure, reason=actor.reason + "; country the text speaks of most")
    return actor


# Whose bodies and office holders a text names is where it is at home; other states it names may be abroad.
_WEIGHTS = {"state": 1, "adjective": 1, "capital": 1, "people": 1, "institution": 2, "party": 2, "office": 2, "seat": 2}
NO_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@lru_cache(maxsize=2_000)
def country_of_text(text: str, date: str | None) -> str | None:
    """The country a text speaks of most; the first where two are level."""
    counts: dict[str, int] = {}
    for hit in find_names(text):
        name = pick(hit.names, date)
        weight = _WEIGHTS.get(name.kind)
        if weight and name.code and name.code not in NO_STATES:
            counts[name.code] = counts.get(name.code, 0) + weight
    for m in re.finditer(r"\b(?:Mr|President|Minister|Chancellor|Premier)\.? ([A-Z]\w{2,})\b|\b([A-Z]\w{3,})['’]s\b", text):
        holder = by_surname(m.group(1) or m.group(2), date, set(), None)
        if isinstance(holder, Name) and holder.code:
            counts[holder.code] = counts.get(holder.code, 0) + 2
    return max(counts, key=lambda c: counts[c]) if counts else None


def _proper_body(text: str) -> bool:
    return text.isupper() or text.lower().startswith("the ")


def _proper(text: str) -> bool:
    """Whether the words are a body's own name, such as "European Community"."""
    words = [w for w in text.split() if w.lower() not in ("the", "a", "an")]
    return len(words) > 1 and all(w[0].isupper() for w in words) and "inist" not in text


def _windows(context: str, start: int, end: int) -> list[str]:
    """The words before the name up to a comma, and the apposition after it."""
    before = re.split(r"[,;:.!?\"“”]\s|\b(?:and|that|by|with|of|to|from|for|when|said|says)\s", context[max(0, start - 90) : start])[-1]
    found = [before + context[start:end]]
    after = re.match(r",\s+([^,;.]{3,90})", context[end : end + 100])
    if after:
        head, _ = _split(after.group(1))
        found += [head, after.group(1)]
    return found
