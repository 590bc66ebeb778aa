"""Whom a phrase stands for, without a parser: its head, its tail, and what the words around lend."""

from __future__ import annotations

import itertools
import re

from legation.changing import replace
from legation.knowledge.name_tables import WORD, fold, word_list
from legation.knowledge.names import find_names, is_first_name, town_country, words_of_roles
from legation.knowledge.senses import Senses, hinted, senses_of, with_senses
from legation.model import Actor
from legation.stages.actors.around import country_of_text, holder_around, names_around
from legation.stages.actors.bodies import read_shape
from legation.stages.actors.persons import HONORIFICS, read_holder, with_surnames
from legation.stages.actors.phrases import read_phrase
from legation.stages.actors.reading import (
    GENERIC,
    JOINT,
    NOTHING,
    STATE_LIKE,
    Reading,
    former_words,
    last_word,
    of_one_country,
    pick,
    role_spans,
)

_TAIL = re.compile(
    r",|\s(?:of|in|from|at|for|on|to|by|who|whose|which|that|against|with|near|inside|within|under|throughout|across|"
    r"among|outside|around|along|living|fleeing|loyal|based|belonging|working|fighting)\b(?!-)|\s[-–—]\s|[;:(]"
)
_BEHIND = frozenset({"supporter", "loyalist", "follower", "backer", "partisan"})
MADE_OF = word_list("made_of")
_PRESIDES = GENERIC | word_list("presiding") | {"secretary general", "vice president"}


def resolve_phrase(phrase: str, *, context: str | None = None, date: str | None = None) -> Actor | None:
    """Whom a phrase stands for, without a parser; None where it names nobody.

    `context` is the sentence or report it stands in: it lends titles, appositions and, to a role
    without an owner, the country spoken of.
    """
    text = re.sub(r"\s*\([^()]*\)?", "", " ".join(phrase.split())) or phrase
    text = re.sub(r"^(?:[Ii]n|[Aa]t|[Bb]y|[Ff]rom|[Tt]o|[Ww]ith|[Nn]ear|central|[Aa]mong)\s+", "", text)
    text = _first_of_joined(text)
    text = re.sub(r"(?<=\w)\s+(?:said|says|told|added)$", "", text)
    around = " ".join(context.split()) if context else ""
    senses = senses_of(around if text in around else f"{text} {around}")
    if dict(senses).get(fold(text), ()) is None:
        return None  # the bird and not the state
    head, tail = _split(text)
    home = country_of_text(around.replace(text, " "), date) if around else None
    reading = read_phrase(head, date, False, senses, home)
    whole = NOTHING
    if tail and reading.role and not tail.startswith(","):
        whole = read_phrase(text, date, False, senses, home)
    if whole.kind == "person" and re.search(r"minister|secretary", reading.role or ""):
        reading, tail = whole, ""  # "Minister of Defence Ana Roe"
    if context and reading.kind == "person" and reading.role is None and _namesake(text, reading, context):
        reading = NOTHING
    actor = reading.actors[0] if reading.actors else None
    if tail.startswith(" of ") and reading.kind == "people" and actor is not None:
        actor = _with_tail(actor, reading, tail, date, senses, home)  # "the Albanians of Serbia" are Serbia's citizens
    if tail and (actor is None or actor.code is None or reading.role in MADE_OF):
        actor = _with_tail(actor, reading, tail, date, senses, home)
    if actor is None and find_names(text) and not _NAMED_ONLY.fullmatch(text):
        actor = _mentioned(text, date, senses)
    if actor is not None and reading.kind in ("place", "state") and tail.startswith(", "):
        actor = _part_of(actor, tail, date)
    if around and (actor is None or actor.code is None):
        actor = _with_context(actor, reading, text, around, date, senses)
    elif around and actor is not None and reading.kind == "person" and reading.role is None:
        actor = _toppled(actor, text, around)
    if actor is None or actor.code is None:
        actor = read_shape(text, actor) or actor
    if actor is not None and actor.code is None:
        actor = _by_hint(actor, text, 2 if around else 3)
    if actor is None and " and " in head:
        return resolve_phrase(head.split(" and ")[0], context=context, date=date)
    if actor is None or (actor.code is None and actor.sector is None and not _first_and_last(text)):
        actor = _mentioned(text, date, senses) or actor
    wide = reading.kind in ("place", "adjective")  # "Europe", "West African": no state's
    if around and actor is not None and actor.code is None and not wide and (not _proper(text) or _foreign_to(text)):
        code = country_of_text(around.replace(text, " "), date, _foreign_to(text))
        actor = replace(actor, code=code, confidence=0.3) if code else actor
    if actor is not None and reading.kind == "place" and actor.code and actor.sector is None:
        actor = replace(actor, sector="CVL", other_sectors=("GOV", *actor.other_sectors))
    if actor is not None and around and reading.kind == "place" and _acted_upon(text, around):
        actor = replace(actor, other_sectors=("CVL", *actor.other_sectors))
    return replace(actor, entity_text=phrase) if actor is not None else None


def _first_of_joined(text: str) -> str:
    """Of two names joined by "and" the first stands for the phrase."""
    hits = find_names(text)
    if len(hits) == 2 and hits[1].end == len(text) and JOINT.fullmatch(text, hits[0].end, hits[1].start):
        whole = {n.kind for h in hits for n in h.names}
        if text[: hits[0].start].strip().lower() in ("", "the") and whole & {"state", "region", "office", "capital"}:
            return text[: hits[0].end]
    return text


def _part_of(actor: Actor, tail: str, date: str | None) -> Actor:
    """A town before the name of a state or region lies there: "Paris, Texas"."""
    hit = next((h for h in find_names(tail) if h.start == 2), None)
    name = pick(hit.names, date) if hit is not None else None
    if hit is None or name is None or name.kind not in ("region", "state") or not name.code:
        return actor
    if re.match(r"\s*(?:$|,|\()", tail[hit.end :]) and name.code != actor.code:
        return replace(actor, code=name.code, sector=None, reason=f"a place in '{name.text}'", confidence=0.8)
    return actor


_OUSTED = r"\b(?:ousted|deposed|toppled|overthrown|exiled|former|ex-)\s*(?:\w+\s+){0,3}"


def _toppled(actor: Actor, text: str, around: str) -> Actor:
    """Who the text around calls ousted or former holds no office, whatever the table says."""
    name = re.escape(text.split()[-1])
    if actor.sector == "ELI" or not re.search(_OUSTED + r"(?:[A-Z][\w'’-]+\s+)*" + name, around, re.I):
        return actor
    others = tuple(s for s in ("OPP", *actor.other_sectors) if s != "ELI")
    return replace(actor, sector="ELI", other_sectors=others, office=None, reason=actor.reason + ", called former")


def _by_hint(actor: Actor, text: str, least: int) -> Actor:
    """Words that speak of one country only: "House Republicans", "Nimitz-class"; the surest where several do.

    A hint of weight 0 counts in the phrase itself, and nowhere else.
    """
    hints = sorted((h for h in hinted(text) if h[1] == 0 or h[1] >= least), key=lambda pair: -pair[1])
    if not hints:
        return actor
    return replace(actor, code=hints[0][0], confidence=0.6, reason=f"{actor.reason}; words of {hints[0][0]}")


def _foreign_to(text: str) -> frozenset[str]:
    """The states that "ethnic Albanians" are not citizens of; a "regime" is hardly a democracy's."""
    found = set()
    for m in re.finditer(r"\bethnic[- ](\w+)", text, re.I):
        found |= {n.code for h in find_names(m.group(1)) for n in h.names if n.code}
    if re.search(r"\bregimes?\b", text):
        found |= _FREE
    return frozenset(found)


_FREE = frozenset("USA GBR FRA DEU ITA ESP CAN AUS NZL JPN KOR ISR IND NLD BEL SWE NOR DNK FIN IRL CHE AUT".split())
_ACTS = re.compile(
    r"^(?:'s|’s)?\s+(?:has|have|had|will|would|is|was|said|says|also|and|on|itself|today|yesterday|"
    r"\w+(?:ed|es))\b"
)


def _acted_upon(text: str, around: str) -> bool:
    """Whether a capital stands for its people: no verb follows it."""
    at = around.find(text)
    return at >= 0 and not _ACTS.match(around[at + len(text) :])


_THINGS = tuple(
    (re.compile(rf"\b(?:{words})\b", re.I), sector)
    for words, sector in (
        ("tanks?|helicopters?|jets?|warplanes?|aircraft carriers?|gunships?|bombers?|Predators?|mortars?", "MIL"),
        ("missiles?|rockets?|katyushas?|(?:military|air|army|naval) ?bases?|barracks|garrisons?|outposts?", "MIL"),
        ("police stations?|police posts?|jails?|prisons?", "COP"),
        ("embass(?:y|ies)|consulates?|town hall|city hall|ministr(?:y|ies)", "GOV"),
        ("temples?|synagogues?|cathedrals?|shrines?|convents?|church(?:es)?|mosques?", "REL"),
        ("web ?sites?|newspapers?|weekly|tabloid|broadcasters?", "JRN"),
        ("hospitals?|clinics?|ambulances?", "MED"),
        ("schools?|universit(?:y|ies)|campus", "EDU"),
        ("headquarters of the party|party headquarters|party offices?|nominating convention|party convention", "PTY"),
        ("villages?|towns?|neighbou?rhoods?|residential areas?|markets?|parks?|camps?|houses|homes", "CVL"),
    )
)
_NAMED_ONLY = re.compile(r"(?:[A-Z][\w'’-]+ ?){1,3}")


def _mentioned(text: str, date: str | None, senses: Senses) -> Actor | None:
    """Whose thing the phrase speaks of: the first name with a country in it, and the role of its owner.

    "Minsk police station" is the police of Belarus, "Iraqi towns" are Iraqi civilians.
    """
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
    hits = with_surnames(text, words, with_senses(find_names(text), text, senses), date)
    roles = role_spans(words, hits)
    sector = next((s for pattern, s in _THINGS if pattern.search(text)), None)
    sector = sector or (roles[-1][2].sector if roles else None)
    for hit in hits:
        name = pick(hit.names, date)
        if name.code is not None:
            others = name.others if sector is None else ()
            why = f"something of {name.kind} '{name.text}'"
            return Actor(name.code, sector or name.sector, others, text, reason=why, confidence=0.4)
    country = town_country(text) if text[:1].isupper() and not find_names(text) else None
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


def _with_tail(
    actor: Actor | None, reading: Reading, tail: str, date: str | None, senses: Senses, home: str | None
) -> Actor | None:
    if tail.startswith(",") and reading.kind in ("name", "none"):
        return resolve_phrase(tail[1:].strip(), date=date) or actor
    if actor is None:
        return None
    inner, rest = _split(re.sub(r"^\s*\S+\s+(?:the\s+|a\s+|an\s+)?", "", tail))
    below = read_phrase(inner, date)
    if reading.role in _BEHIND and former_words(tail):
        actor = replace(actor, sector="OPP", reason=actor.reason + " of somebody out of office")
    if tail.startswith(" of ") and below.kind == "role":
        if reading.role in MADE_OF:
            found = below.actors[0]
            return found if found.code or not rest else _with_tail(found, below, rest, date, senses, home)
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
    for hit in with_senses(find_names(tail), tail, senses):
        name = pick(of_one_country(hit, set(), home)[0].names, date)
        if name.code is not None:
            sector = "OPP" if reading.role in _BEHIND and former_words(tail) else actor.sector
            if reading.role in _PRESIDES and name.kind in ("group", "party", "organisation", "institution"):
                sector = name.sector or sector
            return replace(actor, code=name.code, sector=sector, reason=actor.reason + f", of '{name.text}'")
    towns = [w for w in re.findall(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*", tail) if town_country(w)]
    if towns:
        return replace(actor, code=town_country(towns[0]), reason=actor.reason + f", in '{towns[0]}'", confidence=0.6)
    return actor


def _with_context(
    actor: Actor | None, reading: Reading, text: str, context: str, date: str | None, senses: Senses
) -> Actor | None:
    """What the words around lend: a title or apposition of the same name, else the country they speak of."""
    surname = re.sub(r"['’]s?$|[.,]+$", "", text.split()[-1])
    place = re.sub(r"['’]s (?:Old City|city cent(?:re|er)|outskirts)$| City$", "", text)
    if reading.kind in ("name", "none", "person") and surname[:1].isupper():
        for hit, name in names_around(context, date):
            printed = context[hit.start : hit.end]
            if name.kind == "office" and last_word(printed) == fold(surname) and _same_first(text, printed):
                return read_holder(printed, hit.names, [], [], date).actors[0]
        for m in re.finditer(re.escape(surname) + r"\b(?:['’]s)?", context):
            for window in _windows(context, m.start(), m.end()):
                other = read_phrase(window, date, False, senses)
                if other.kind in ("person", "role") and other.actors[0].code is not None:
                    return other.actors[0]
    here = dict(senses).get(fold(place))
    if here is not None and reading.kind in ("name", "none"):
        return Actor(here.code, "CVL", ("GOV",), text, reason=f"the '{text}' of {here.code}", confidence=0.7)
    town = town_country(place) if reading.kind in ("name", "none") and place[:1].isupper() else None
    if town is not None and not _first_and_last(text):
        return Actor(town, "CVL", ("GOV",), text, reason="a town", confidence=0.6)
    if actor is None and re.fullmatch(r"(?:[A-Z][\w'’-]+ ?){1,3}", text) and not text.isupper():
        actor = Actor(None, None, (), text, reason="a name that no table has")
        reading = replace(reading, kind="name")
    if actor is not None and reading.kind == "role" and reading.role and reading.role not in GENERIC:
        held = holder_around(reading.role, context, date)
        if held is not None and not re.match(r"(?:a|an|another|his|her|their)\s", text, re.I):
            return held
    hint = _by_hint(actor, text, 2) if actor is not None else None
    if hint is not None and hint.code is not None:
        return hint
    lent = reading.kind in ("role", "person") or (reading.kind == "name" and not _proper_body(text))
    if actor is not None and lent and not (reading.kind == "role" and _proper(text)):
        code = country_of_text(context.replace(text, " "), date, _foreign_to(text))
        if code is not None:
            sure = 0.5 if reading.classes & STATE_LIKE else 0.3
            return replace(actor, code=code, confidence=sure, reason=actor.reason + "; country the text speaks of most")
        weak = _by_hint(actor, text, 1)
        return replace(weak, confidence=0.4)
    return actor


def _first_and_last(text: str) -> bool:
    """Whether the words are a person's by their first name: "Paris Hilton", "Booker T. Washington"."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    return 2 <= len(words) <= 4 and all(w[0].isupper() for w in words) and is_first_name(fold(words[0]))


def _same_first(text: str, printed: str) -> bool:
    """Whether two names may be one person's: a first name in both must agree."""
    first, other = text.split()[0], printed.split()[0]
    if len(text.split()) == 1 or not first[0].isupper() or fold(first).strip(".") in HONORIFICS | words_of_roles():
        return True
    return fold(first)[0] == fold(other)[0]


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
