"""From the words of one noun phrase to whom they stand for: nationality or owner, role, name.

Works on text alone, so that the same reading serves a parsed phrase and a phrase on a command line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from legation.knowledge.names import WORD, Hit, Name, Role, find_names, find_role, fold, surname_index
from legation.model import Actor, Candidate

# Roles whose sector is that of whom they serve: "rebel leader", "UN spokesman".
GENERIC = frozenset(
    "leader chief head spokesman spokeswoman spokesperson commander official member source group supporter "
    "representative delegation team negotiator mediator figure side faction branch wing statement adviser advisor "
    "aide ally founder deputy chairman director activist candidate campaign member".split()
)
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_FORMER = frozenset({"former", "ex", "retired", "erstwhile", "onetime"})
HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "sir", "lord", "lady", "dame", "prof", "mr.", "miss"})
# "Iran-backed": the state is no owner of what follows; "pro-Russian": nor here.
_NO_OWNER_AFTER = re.compile(
    r"[-\u2010\u2011 ](?:backed|allied|aligned|sponsored|supported|trained|made|style|linked|affiliated|"
    r"friendly|funded|financed|speaking|inspired|armed|supplied|brokered|mediated)\b", re.I
)
_NO_OWNER_BEFORE = re.compile(r"\b(?:pro|anti)[-\u2010\u2011 ]?$", re.I)
_JOINT = re.compile(r"(?:\s*(?:,|-|–|/)\s*|,?\s+(?:and|or)\s+)(?:the\s+)?")
_TAIL = re.compile(r",|\s(?:of|in|from|at|for|on|to|by|who|whose|which|that|against|with|near|inside|within|under)\b|\s[-–—]\s|[;:(]")
_PERSON_CLASSES = frozenset({"person", "unknown"})
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
    roles = _roles(words, hits)
    end = words[-1][2]
    if hits and hits[-1].end >= end:
        return _named(text, hits, roles, date, people)
    if roles and roles[-1][1] >= end:
        return _by_role(text, words, hits, roles, date)
    return _unknown(text, words, hits, roles, date)


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
    kinds = {n.kind for n in names}
    if noun and "people" in kinds:
        return next(n for n in names if n.kind == "people")
    if kinds == {"office"}:
        return pick_holder(names, date)
    return next((n for n in names if n.kind != "office"), names[0])


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
    found = [left[-1]]
    for h in reversed(left[:-1]):
        if not _JOINT.fullmatch(text, h.end, found[0].start):
            break
        found.insert(0, h)
    return found


def _named(text: str, hits: list[Hit], roles: list[tuple[int, int, Role]], date: str | None, people: bool) -> Reading:
    hit = hits[-1]
    name = pick(hit.names, date, noun=people)
    if name.kind == "office":
        return _holder(text, hit.names, hits[:-1], roles, date)
    owners = _owners(text, hits[:-1], hit.start)
    if _NO_OWNER_BEFORE.search(text[: hit.start]):
        return NOTHING
    if roles and roles[-1][1] <= hit.start and "person" in roles[-1][2].classes and name.kind not in ("adjective", "people"):
        if not re.search(r"['’]s?\s", text[roles[-1][1] : hit.start]) and name.kind in ("capital", "region", "seat"):
            # "President Jordan": a surname that looks like a place
            return _titled(text, hits[:-1], roles, date, text[hit.start : hit.end])
    code = name.code
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
    codes = {n.code for n in said if n.code}
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
    generic = role.noun.split()[-1] in GENERIC and " " not in role.noun
    sector: str | None = role.sector
    others: tuple[str, ...] = ()
    if modifiers and generic:
        sector = modifiers[-1].sector or sector
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
    start, _, role = roles[-1]
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
    generic = role.noun in GENERIC
    sector = modifiers[-1].sector if modifiers and generic else role.sector
    if modifiers and generic:
        classes |= modifiers[-1].classes & {"rebels", "armed", "police", "party", "legislature", "crowd"}
    if former and "person" in role.classes:
        sector = "ELI"
    alone = Actor(None, sector, (), text, reason=f"'{role.noun}', nobody's", confidence=0.6)
    return Reading((alone,), classes, "role", role.noun)


def _titled(
    text: str, before: list[Hit], roles: list[tuple[int, int, Role]], date: str | None, name_text: str
) -> Reading:
    """A role followed by a name that no table has in full: "President Putin", "police chief Ana Roe"."""
    role = roles[-1][2] if roles else None
    owners = _owners(text, before, len(text))
    surname = _last_word(name_text)
    said = [pick(o.names, date) for o in owners]
    codes = {n.code for n in said if n.code}
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
        if any(r[1] > words[k][1] >= r[0] for r in roles) or any(h.start <= words[k][1] < h.end for h in hits):
            break
        start = words[k][1]
        k -= 1
    if not text[words[-1][1]].isupper():
        return NOTHING
    name_text = text[start : words[-1][2]]
    titled = bool(roles) and roles[-1][1] <= start and not re.search(r"['’]s?\s", text[roles[-1][1] : start])
    honoured = k >= 0 and words[k][0] in HONORIFICS
    before = [h for h in hits if h.end <= start]
    if titled or honoured:
        return _titled(text, before, roles if titled else [], date, name_text)
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
    text = " ".join(phrase.split())
    head, tail = _split(text)
    reading = read_phrase(head, date)
    actor = reading.actors[0] if reading.actors else None
    if tail and (actor is None or actor.code is None):
        actor = _with_tail(actor, reading, tail, date)
    if context and (actor is None or actor.code is None):
        actor = _with_context(actor, reading, text, " ".join(context.split()), date)
    return replace(actor, entity_text=phrase) if actor is not None else None


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
    for hit in find_names(tail):
        name = pick(hit.names, date)
        if name.code is not None:
            sector = actor.sector
            if reading.role in GENERIC and name.kind in ("group", "party", "organisation", "institution"):
                sector = name.sector or sector
            return replace(actor, code=name.code, sector=sector, reason=actor.reason + f", of '{name.text}'")
    return actor


def _with_context(actor: Actor | None, reading: Reading, text: str, context: str, date: str | None) -> Actor | None:
    surname = text.split()[-1]
    if reading.kind in ("name", "none", "person") and surname[:1].isupper():
        for m in re.finditer(re.escape(surname) + r"\b(?:['’]s)?", context):
            for window in _windows(context, m.start(), m.end()):
                other = read_phrase(window, date)
                if other.actors and other.actors[0].code is not None:
                    return other.actors[0]
    if actor is not None and reading.kind == "role" and reading.classes & STATE_LIKE:
        counts: dict[str, int] = {}
        for hit in find_names(context):
            name = pick(hit.names, date)
            if name.kind in ("state", "adjective", "capital", "people") and name.code:
                counts[name.code] = counts.get(name.code, 0) + 1
        if counts:
            code = max(counts, key=lambda c: counts[c])
            return replace(actor, code=code, confidence=0.5, reason=actor.reason + "; country the text speaks of most")
    return actor


def _windows(context: str, start: int, end: int) -> list[str]:
    """The words before the name up to a comma, and the apposition after it."""
    before = re.split(r"[,;:.!?\"“”]\s|\b(?:and|that|by|with|of|to|from|for|when|said|says)\s", context[max(0, start - 90) : start])[-1]
    found = [before + context[start:end]]
    after = re.match(r",\s+([^,;.]{3,90})", context[end : end + 100])
    if after:
        head, _ = _split(after.group(1))
        found += [head, after.group(1)]
    return found
