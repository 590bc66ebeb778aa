"""Choose which place each name means: what contains it, what else the text names, how many live there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import asin, cos, log10, radians, sin, sqrt

from legation.knowledge.places import Entry, demonyms
from legation.model import Dateline, Place
from legation.stages.places.gazetteer import Found
from legation.stages.places.judge import inside

_DIVISION_BEHIND = re.compile(r"[  ](?:[Pp]rovince|[Gg]overnorate|[Oo]blast|[Rr]egion|[Ss]tate\b|[Pp]refecture|[Kk]rai)")
_DIVISION_BEFORE = re.compile(r"(?:[Pp]rovince|[Gg]overnorate|[Oo]blast|[Ss]tate|[Rr]egion)[  ]of[  ]+\Z|"
                              r"(?:[Nn]orthern|[Ss]outhern|[Ee]astern|[Ww]estern|[Cc]entral|[Rr]ural|[Uu]pstate)[  ]\Z")
_AMERICAN = re.compile(r"\b(?:Sheriff|County|sheriff['’]s|Interstate \d|ZIP|911|state trooper|school district|county)\b")
_ADJECTIVE = re.compile(r"\b[A-Z][a-z]+\b")
_PRECISION = {"country": "country", "admin1": "province", "admin2": "district", "city": "city", "district": "district",
              "street": "site", "site": "site", "camp": "site", "base": "site", "crossing": "site", "bridge": "site"}
NEAR_KM = 150.0


@dataclass(slots=True)
class Context:
    """What the text says about where it is: countries with their weight, divisions, sure points."""

    countries: Counter[str] = field(default_factory=Counter)
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)
    points: list[tuple[str, float, float]] = field(default_factory=list)


def kilometres(a: Entry, lat: float, lon: float) -> float:
    """The distance over the globe."""
    if a.lat is None or a.lon is None:
        return 1e9
    one, two = radians(a.lat), radians(lat)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(lon - a.lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


def resolve(text: str, found: Sequence[Found], dateline: Dateline | None = None) -> tuple[Place, ...]:
    """A Place for every name; those of which nothing is known keep their words alone."""
    allowed, reasons = _contained(text, found)
    adjectives = _adjectives(text)
    if dateline is not None and dateline.country:
        adjectives[dateline.country] += 2
    if len(_AMERICAN.findall(text)) >= 2:
        adjectives["USA"] += 2
    chosen: dict[str, Entry] = {}
    for _ in range(3):  # each round leans on what the round before found
        context = _context(found, allowed, chosen, adjectives)
        chosen = {
            key: max(entries, key=lambda e: (_score(e, key, entries, context, text, found), e.population, -(e.geonameid or 0)))
            for key, entries in allowed.items()
        }
    return tuple(_place(text, f, chosen, allowed, reasons) for f in found)


def _key(f: Found) -> str:
    return f.text.upper() if len(f.text) > 4 else f.text


def _contained(text: str, found: Sequence[Found]) -> tuple[dict[str, tuple[Entry, ...]], dict[str, str]]:
    """The readings left for each name once "Paris, Texas" has had its say; a name means one place a text."""
    allowed: dict[str, tuple[Entry, ...]] = {}
    for f in found:
        if f.name is not None:
            allowed.setdefault(_key(f), f.name.entries)
    reasons: dict[str, str] = {}
    for pattern in (r",[  ]?\n?|[  ]\(", r",? (?:in|of)(?: the)? (?:[a-z]+ ){0,2}"):
        for a, b in zip(found, found[1:], strict=False):
            if a.name is None or b.name is None or not re.fullmatch(pattern, text[a.end : b.start]):
                continue
            inner, outer = allowed[_key(a)], allowed[_key(b)]
            kept = tuple(i for i in inner if any(inside(i, o) for o in outer))
            holders = tuple(o for o in outer if o.kind != "city" and any(inside(i, o) for i in inner))
            if kept and holders and _key(a) not in reasons:
                allowed[_key(a)] = kept
                reasons[_key(a)] = f"'{b.text}' behind it"
                if all(o.kind == "admin1" for o in holders) and outer[0].kind != "country":
                    allowed[_key(b)] = holders
    return allowed, reasons


def _adjectives(text: str) -> Counter[str]:
    """How often the people or the adjective of each country is named."""
    known = demonyms()
    counts: Counter[str] = Counter()
    for match in _ADJECTIVE.finditer(text):
        country = known.get(match[0])
        if country is not None:
            counts[country] += 1
    return counts


def _context(
    found: Sequence[Found], allowed: dict[str, tuple[Entry, ...]], chosen: dict[str, Entry], adjectives: Counter[str]
) -> Context:
    context = Context(Counter(adjectives))
    for key in dict.fromkeys(_key(f) for f in found if f.name is not None):
        entries = allowed[key]
        times = sum(1 for f in found if f.name is not None and _key(f) == key)
        only = {e.country for e in entries}
        entry = chosen.get(key) or (entries[0] if len(only) == 1 or entries[0].kind == "country" else None)
        if entry is None or entry.country is None:
            continue
        sure = 1.0 if len(only) == 1 or chosen else 0.5
        context.countries[entry.country] += min(3, times) * sure * (1.5 if entry.kind == "country" else 1.0)
        if entry.kind in ("admin1", "admin2", "city") and (len(entries) == 1 or chosen):
            context.divisions[entry.country, entry.admin1 or entry.name] += min(3, times)
        if entry.kind in ("city", "admin2") and entry.lat is not None and entry.lon is not None and chosen:
            context.points.append((key, entry.lat, entry.lon))
    return context


def _score(
    e: Entry, key: str, entries: Sequence[Entry], context: Context, text: str, found: Sequence[Found]
) -> float:
    """How well a reading fits: people, then the countries, divisions and places named beside it."""
    if e.kind == "country":
        score = 9.5
    elif e.kind in ("admin1", "admin2", "city"):
        score = log10(e.population + 10)
        twin = any(o.kind == "city" and o.country == e.country and o is not e and _close(o, e) for o in entries)
        if e.kind == "admin1":
            score += -1.2 if twin else 0.8
        elif e.kind == "admin2":
            score -= 2.0 if twin else 0.5
        if e.kind in ("admin1", "admin2") and twin and _as_division(text, key, found):
            score += 2.0
    else:
        score = 9.0
    if e.alias and any(not o.alias for o in entries):
        score -= 0.8
    own = e.country or ""
    total = sum(context.countries.values())
    if total:
        times = min(3, sum(1 for f in found if f.name is not None and _key(f) == key))
        score += 4.0 * max(0.0, context.countries[own] - 0.5 * times) / total
        score += 0.8 if context.countries[own] - times > 0 else 0.0
    if e.kind in ("city", "admin2"):
        others = context.divisions[own, e.admin1] if e.admin1 else 0
        if others:
            score += min(2.0, 0.7 + 0.4 * others)
        near = sum(1 for k, lat, lon in context.points if k != key and kilometres(e, lat, lon) < NEAR_KM)
        score += min(2.0, 0.8 * near)
    return score


def _close(a: Entry, b: Entry) -> bool:
    return a.lat is not None and a.lon is not None and kilometres(b, a.lat, a.lon) < 400


def _as_division(text: str, key: str, found: Sequence[Found]) -> bool:
    """Whether the text calls the name a province, a region, or speaks of its north."""
    return any(
        _DIVISION_BEHIND.match(text, f.end) or _DIVISION_BEFORE.search(text, max(0, f.start - 25), f.start)
        for f in found if _key(f) == key
    )


def _place(
    text: str, f: Found, chosen: dict[str, Entry], allowed: dict[str, tuple[Entry, ...]], reasons: dict[str, str]
) -> Place:
    entry = chosen.get(_key(f)) if f.name is not None else None
    words = text[f.start : f.end]
    if entry is None:
        kind = f.feature or "unknown"
        return Place(f.start, f.end, words, kind=kind, precision=_PRECISION.get(kind), reason="named by its last word")
    if _key(f) in reasons:
        why = reasons[_key(f)]
    elif len(allowed[_key(f)]) == 1:
        why = "the only place of that name"
    else:
        why = f"best of {len(allowed[_key(f)])} places of that name by people and neighbours"
    province = entry.name if entry.kind == "admin1" else entry.admin1 or None
    return Place(
        f.start, f.end, words, entry.name, entry.country, entry.lat, entry.lon, entry.geonameid, entry.kind,
        _PRECISION.get(entry.kind, "region"), province, why,
    )


def by_country(places: Sequence[Place]) -> dict[str, int]:
    """How often each country is pointed at, for the focus of a text."""
    counts: dict[str, int] = defaultdict(int)
    for p in places:
        if p.country:
            counts[p.country] += 1
    return counts
