"""Whom a phrase stands for, without a parser: its head, its tail, and what the words around lend."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import lru_cache

from legation.knowledge.name_tables import WORD, Name, fold, word_list
from legation.knowledge.names import find_names, town_country, words_of_roles
from legation.model import Actor
from legation.stages.actors.persons import HONORIFICS, by_surname, read_holder, with_surnames
from legation.stages.actors.phrases import read_phrase
from legation.stages.actors.reading import (
    GENERIC,
    JOINT,
    NOTHING,
    STATE_LIKE,
    Reading,
    last_word,
    pick,
    role_spans,
)

_TAIL = re.compile(
    r",|\s(?:of|in|from|at|for|on|to|by|who|whose|which|that|against|with|near|inside|within|under|throughout|across|"
    r"among|outside|around|along|living|fleeing|loyal|based|belonging|working|fighting)\b(?!-)|\s[-–—]\s|[;:(]"
)
MADE_OF = word_list("made_of")
_PRESIDES = GENERIC | word_list("presiding") | {"secretary general", "vice president"}


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
    if context and reading.kind == "person" and reading.role is None and _namesake(text, reading, context):
        reading = NOTHING
    actor = reading.actors[0] if reading.actors else None
    if tail.startswith(" of ") and reading.kind == "people" and actor is not None:
        actor = _with_tail(actor, reading, tail, date)  # "the Albanians of Serbia" are Serbia's citizens
    if tail and (actor is None or actor.code is None or reading.role in MADE_OF):
        actor = _with_tail(actor, reading, tail, date)
    if context and (actor is None or actor.code is None):
        actor = _with_context(actor, reading, text, " ".join(context.split()), date)
    if actor is None and " and " in head:
        return resolve_phrase(head.split(" and ")[0], context=context, date=date)
    if actor is None or (actor.code is None and actor.sector is None):
        actor = _mentioned(text, date) or actor
    if context and actor is not None and actor.code is None and not _proper(text):
        code = country_of_text(" ".join(context.split()), date)
        actor = replace(actor, code=code, confidence=0.3) if code else actor
    return replace(actor, entity_text=phrase) if actor is not None else None


_SETTLED = re.compile(
    r"\b(?:villages?|towns?|neighbou?rhoods?|residential areas?|markets?|parks?|schools?|hospitals?"
    r"|camps?)\b",
    re.I,
)


def _mentioned(text: str, date: str | None) -> Actor | None:
    """Whose thing the phrase speaks of: the first name with a country in it, and the role of its owner.

    "Minsk police station" is the police of Belarus, "Iraqi towns" are Iraqi civilians.
    """
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
    hits = with_surnames(text, words, find_names(text), date)
    roles = role_spans(words, hits)
    sector = roles[-1][2].sector if roles else "CVL" if _SETTLED.search(text) else None
    for hit in hits:
        name = pick(hit.names, date)
        if name.code is not None:
            others = name.others if sector is None else ()
            why = f"something of {name.kind} '{name.text}'"
            return Actor(name.code, sector or name.sector, others, text, reason=why, confidence=0.4)
    country = town_country(text) if text[:1].isupper() else None
    if country is not None:
        return Actor(country, "CVL", (), text, reason="a town", confidence=0.4)
    if sector is not None and roles:
        return Actor(None, sector, (), text, reason=f"something of '{roles[-1][2].noun}'", confidence=0.3)
    return None


def _split(text: str) -> tuple[str, str]:
    """The phrase up to its first tail, and the tail; a name or a role with "of" inside stays whole."""
    hits = find_names(text)
    for m in _TAIL.finditer(text):
        if m.start() == 0 or any(h.start < m.end() and m.start() < h.end for h in hits):
            continue
        if m.group() == "," and any(
            JOINT.fullmatch(text, h.end, g.start) for h, g in itertools.pairwise(hits) if h.end <= m.start()
        ):
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
        if reading.role in _PRESIDES and below.classes & {
            "company",
            "court",
            "legislature",
            "party",
            "organisation",
            "rebels",
        }:
            actor = replace(actor, sector=below.actors[0].sector)
    elif tail.startswith(" of ") and reading.role in _PRESIDES:
        inside = role_spans([(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(inner))], find_names(inner))
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
            if hit.names[0].kind == "office" and last_word(context[hit.start : hit.end]) == fold(surname):
                return read_holder(context[hit.start : hit.end], hit.names, [], [], date).actors[0]
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
_WEIGHTS = {
    "state": 1,
    "adjective": 1,
    "capital": 1,
    "people": 1,
    "region": 1,
    "institution": 3,
    "party": 3,
    "office": 3,
    "seat": 2,
}
NO_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@lru_cache(maxsize=2_000)
def country_of_text(text: str, date: str | None) -> str | None:
    """The country a text speaks of most; the first where two are level."""
    counts: dict[str, int] = {}
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
    for hit in with_surnames(text, words, find_names(text), date):
        name = pick(hit.names, date)
        weight = _WEIGHTS.get(name.kind)
        if weight and name.code and name.code not in NO_STATES:
            counts[name.code] = counts.get(name.code, 0) + weight
    for m in re.finditer(r"\b(?:Mr|President|Minister|Chancellor|Premier)\.? ([A-Z]\w{2,})\b", text):
        holder = by_surname(m.group(1), date, set(), None)
        if isinstance(holder, Name) and holder.code:
            counts[holder.code] = counts.get(holder.code, 0) + 2
    return max(counts, key=lambda c: counts[c]) if counts else None


def _namesake(text: str, reading: Reading, context: str) -> bool:
    """Whether the words around give a bare surname another first name than the table."""
    if len(text.split()) > 1 or not text[:1].isupper():
        return False
    firsts = re.findall(r"\b([A-Z]\w+) (?:[A-Z]\.? )?" + re.escape(text) + r"\b", context)
    known = fold(reading.label or "")
    others = [f for f in firsts if fold(f) not in known and fold(f) not in words_of_roles() | HONORIFICS]
    return bool(others) and len(others) == len(firsts)


def _proper_body(text: str) -> bool:
    return text.isupper() or text.lower().startswith("the ")


def _proper(text: str) -> bool:
    """Whether the words are a body's own name, such as "European Community"."""
    words = [w for w in text.split() if w.lower() not in ("the", "a", "an")]
    return len(words) > 1 and all(w[0].isupper() for w in words) and "inist" not in text


def _windows(context: str, start: int, end: int) -> list[str]:
    """The title before the name, as far as words of roles and capitals reach, and the apposition after it."""
    first = start
    for m in reversed(list(re.finditer(r"[\w'’.-]+", context[max(0, start - 90) : start]))):
        word = m.group()
        at = max(0, start - 90) + m.start()
        if re.search(r"[,;:!?\"“”]|[^.]{4}\.\s", context[at:first]):
            break
        if not word[0].isupper() and word.lower() not in words_of_roles() and word not in ("former", "then"):
            break
        first = at
    found = [context[first:end]]
    after = re.match(r",\s+([^,;.]{3,90})", context[end : end + 100])
    if after:
        head, _ = _split(after.group(1))
        found += [head, after.group(1)]
    return found
