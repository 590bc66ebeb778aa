"""Choose which place each name means: what contains it, what else the text names, how many live there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import asin, cos, exp, log10, radians, sin, sqrt

from legation.knowledge.places import KINDS, Entry, demonyms
from legation.model import Dateline, Place
from legation.stages.places.gazetteer import Found
from legation.stages.places.judge import ENOUGH, inside

_DIVISION_BEHIND = re.compile(
    r"[  ](?:[Pp]rovince|[Gg]overnorate|[Oo]blast|[Rr]egion|[Ss]tate\b|[Pp]refecture|[Kk]rai)"
)
_DIVISION_BEFORE = re.compile(
    r"(?:[Pp]rovince|[Gg]overnorate|[Oo]blast|[Ss]tate|[Rr]egion)[  ]of[  ]+\Z|"
    r"(?:[Nn]orthern|[Ss]outhern|[Ee]astern|[Ww]estern|[Cc]entral|[Rr]ural|[Uu]pstate)[  ]\Z"
)
_BESIDE = re.compile(r",[  ]?\n?|[  ]\(")
_INSIDE = re.compile(r",? (?:in|of)(?: the)? (?:[a-z]+ ){0,2}")
_AMERICAN = re.compile(
    r"\b(?:Sheriff|County|sheriff['’]s|Interstate \d|ZIP|911|state trooper|school district|county)\b"
)
_ADJECTIVE = re.compile(r"\b[A-Z][a-z]+\b")
_PRECISION = {
    "country": "country",
    "admin1": "province",
    "admin2": "district",
    "city": "city",
    "district": "district",
    "street": "site",
    "site": "site",
    "camp": "site",
    "base": "site",
    "crossing": "site",
    "bridge": "site",
}
ROUNDS = 4
SETTLED = 0.001  # a round that moves no score by more was the last


_Cell = tuple[int, int]
_AROUND = tuple((i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a reading lies, worked out once: it is counted and weighed again and again."""

    country: str | None
    counted_in: tuple[str, str] | None  # the division and the square it counts for
    counted_at: _Cell | None
    division: tuple[str, str] | None  # the division that speaks for it
    part: bool  # whether it is a part of that division, and no division itself
    cell: _Cell | None
    around: tuple[_Cell, ...]


def _spot(e: Entry) -> Spot:
    cell = None if e.lat is None or e.lon is None else _square(e.lat, e.lon)
    inner = e.kind in ("admin2", "city", "district", "site", "camp", "base")
    division = None
    if e.country is not None and (inner or e.kind == "admin1"):
        division = (e.country, e.admin1 if inner else e.name)
    return Spot(
        country=e.country,
        counted_in=(e.country, e.admin1 or e.name) if e.country and e.kind in ("admin1", "admin2", "city") else None,
        counted_at=cell if e.kind in ("admin2", "city", "district", "site") else None,
        division=division,
        part=inner,
        cell=cell,
        around=() if cell is None else _around(cell),
    )


@lru_cache(maxsize=20_000)
def _square(lat: float, lon: float) -> _Cell:
    return int(lat // 1), int(lon * cos(radians(lat)) // 1)


@lru_cache(maxsize=20_000)
def _around(cell: _Cell) -> tuple[_Cell, ...]:
    return tuple((cell[0] + i, cell[1] + j) for i, j in _AROUND)


@dataclass(slots=True)
class Context:
    """Where the text is, by weight: each name spreads one unit over its readings, likely ones first."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    divisions: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    cells: dict[_Cell, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, spot: Spot, weight: float) -> None:
        """Count a reading (or, with a negative weight, take it out again)."""
        if spot.country is None:
            return
        self.countries[spot.country] += weight
        if spot.counted_in is not None:
            self.divisions[spot.counted_in] += weight
        if spot.counted_at is not None:
            self.cells[spot.counted_at] += weight

    def near(self, spot: Spot) -> float:
        """The weight of what lies in the same square of about a hundred miles, and half that around it."""
        if spot.cell is None or not self.cells:
            return 0.0
        weight_in = self.cells.get
        around = 0.0
        for cell in spot.around:  # in a fixed order: sums of floats hang on it
            around += weight_in(cell, 0.0)
        return weight_in(spot.cell, 0.0) + 0.6 * around


def kilometres(a: Entry, lat: float, lon: float) -> float:
    """The distance over the globe."""
    if a.lat is None or a.lon is None:
        return 1e9
    one, two = radians(a.lat), radians(lat)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(lon - a.lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


def resolve(text: str, found: Sequence[Found], dateline: Dateline | None = None) -> tuple[Place, ...]:
    """A Place for every name; those of which nothing is known keep their words alone."""
    if not found:
        return ()
    allowed, reasons = _contained(text, found)
    times = Counter(_key(f) for f in found if f.name is not None)
    priors = {
        key: [_prior(e, entries, text, key, found) for e in entries] for key, entries in allowed.items()
    }
    scores = priors
    if any(len(entries) > 1 for entries in allowed.values()):
        adjectives = _adjectives(text)
        if dateline is not None and dateline.country:
            adjectives[dateline.country] += 2
        if len(_AMERICAN.findall(text)) >= 2:
            adjectives["USA"] += 2
        spots = {key: [_spot(e) for e in entries] for key, entries in allowed.items()}
        for _ in range(ROUNDS):  # each round leans on what the round before found
            before, scores = scores, _round(spots, priors, scores, times, adjectives)
            if _settled(before, scores):
                break
    chosen = {
        key: entries[max(range(len(entries)), key=lambda i: scores[key][i])]
        for key, entries in allowed.items()
    }
    return tuple(_place(text, f, chosen, allowed, reasons) for f in found)


def with_neighbours(text: str, sure: Sequence[Found], doubtful: Sequence[Found]) -> list[Found]:
    """The sure places, and of the doubtful names those with a reading in a division the sure ones are in."""
    if not sure or not doubtful:
        return list(sure)
    context = Context()
    for place in {(p.name, p.country): p for p in resolve(text, sure)}.values():
        if place.kind in KINDS:
            province = place.province or ""
            entry = Entry(place.name or "", place.country, place.kind or "", 0, place.lat, place.lon, None, province)
            context.add(_spot(entry), 1)
    kept = list(sure)
    for f in doubtful:
        if f.name is None:
            continue
        best = max(_neighbourhood(e, context) for e in f.name.entries)
        if f.score + min(2.4, best) >= ENOUGH:
            f.reasons.append("in a division that the text speaks of")
            kept.append(f)
    return sorted(kept, key=lambda f: f.start)


def _neighbourhood(e: Entry, context: Context) -> float:
    if e.country is None or e.kind not in ("city", "admin2") or e.alias:
        return 0.0
    return 1.3 * min(1.0, context.divisions.get((e.country, e.admin1), 0.0)) + 1.0 * min(
        2.0, context.near(_spot(e))
    )


def _key(f: Found) -> str:
    return f.text.upper() if len(f.text) > 4 else f.text


def _contained(text: str, found: Sequence[Found]) -> tuple[dict[str, tuple[Entry, ...]], dict[str, str]]:
    """The readings left for each name once "Paris, Texas" has had its say; a name means one place a text."""
    allowed: dict[str, tuple[Entry, ...]] = {}
    for f in found:
        if f.name is not None:
            allowed.setdefault(_key(f), f.name.entries)
    reasons: dict[str, str] = {}
    for pattern in (_BESIDE, _INSIDE):
        for a, b in pairwise(found):
            if a.name is None or b.name is None or not pattern.fullmatch(text, a.end, b.start):
                continue
            inner, outer = allowed[_key(a)], allowed[_key(b)]
            kept = tuple(i for i in inner if any(inside(i, o) for o in outer))
            holders = tuple(o for o in outer if o.kind != "city" and any(inside(i, o) for i in inner))
            weak = pattern is _INSIDE  # "X in Y" says less than "X, Y"
            if weak and (inner[0].kind == "country" or inner[0].population >= 1_000_000):
                continue
            if kept and holders and _key(a) not in reasons:
                allowed[_key(a)] = kept
                reasons[_key(a)] = f"'{b.text}' behind it"
                if all(o.kind == "admin1" for o in holders) and outer[0].kind != "country":
                    allowed[_key(b)] = holders
    return allowed, reasons


def _adjectives(text: str) -> Counter[str]:
    """How often the people or the adjective of each country is named."""
    known = demonyms()
    return Counter(known[word] for word in _ADJECTIVE.findall(text) if word in known)


def _round(
    spots: dict[str, list[Spot]],
    priors: dict[str, list[float]],
    scores: dict[str, list[float]],
    times: Counter[str],
    adjectives: Counter[str],
) -> dict[str, list[float]]:
    """Score every reading by its prior and by how well it agrees with the readings of the other names."""
    context = Context()
    for country, count in adjectives.items():
        context.countries[country] += min(3.0, count)
    weights: dict[str, list[float]] = {}
    for key, readings in spots.items():
        top = max(scores[key])
        shares = [exp(1.6 * (s - top)) for s in scores[key]]
        unit = (1.0 + 0.4 * min(4, times[key] - 1)) / sum(shares)
        weights[key] = [share * unit for share in shares]
        for spot, weight in zip(readings, weights[key], strict=True):
            context.add(spot, weight)
    result = {}
    for key, readings in spots.items():
        if len(readings) == 1:
            result[key] = priors[key]
            continue
        for spot, weight in zip(readings, weights[key], strict=True):
            context.add(spot, -weight)
        total = sum(context.countries.values()) + 0.5
        result[key] = [
            prior + _support(spot, context, total) for spot, prior in zip(readings, priors[key], strict=True)
        ]
        for spot, weight in zip(readings, weights[key], strict=True):
            context.add(spot, weight)
    return result


def _settled(before: dict[str, list[float]], after: dict[str, list[float]]) -> bool:
    """Whether a round moved no score by anything to speak of."""
    return all(abs(a - b) < SETTLED for key, scores in after.items() for a, b in zip(before[key], scores, strict=True))


def _support(spot: Spot, context: Context, total: float) -> float:
    if spot.country is None:
        return 0.0
    score = 4.0 * max(0.0, context.countries.get(spot.country, 0.0)) / total
    if spot.division is not None:
        score += (2.2 if spot.part else 2.5) * _share(context.divisions.get(spot.division, 0.0))
    if spot.part:
        score += 2.2 * _share(context.near(spot))
    return score


def _share(weight: float) -> float:
    """Nothing for no weight, and towards one for much."""
    return 1 - exp(-weight) if weight > 0.0 else 0.0


def _prior(e: Entry, entries: Sequence[Entry], text: str, key: str, found: Sequence[Found]) -> float:
    """How likely a reading is with nothing around it: by what it is and how many live there."""
    if e.kind == "country":
        return 8.8
    if e.kind not in ("admin1", "admin2", "city"):
        return 8.0
    score = log10(e.population + 10)
    twin = any(
        o.kind == "city"
        and o.country == e.country
        and o is not e
        and (o.population >= 500_000 or _close(o, e))
        for o in entries
    )
    if e.kind == "admin1":
        score += -1.2 if twin else 0.8
    elif e.kind == "admin2":
        score -= 2.0 if twin else 0.5
    if e.kind in ("admin1", "admin2") and twin and _as_division(text, key, found):
        score += 2.5
    if e.alias and any(not o.alias for o in entries):
        score -= 0.8
    return score


def _close(a: Entry, b: Entry) -> bool:
    return a.lat is not None and a.lon is not None and kilometres(b, a.lat, a.lon) < 400


def _as_division(text: str, key: str, found: Sequence[Found]) -> bool:
    """Whether the text calls the name a province, a region, or speaks of its north."""
    return any(
        _DIVISION_BEHIND.match(text, f.end) or _DIVISION_BEFORE.search(text, max(0, f.start - 25), f.start)
        for f in found
        if _key(f) == key
    )


def _place(
    text: str,
    f: Found,
    chosen: dict[str, Entry],
    allowed: dict[str, tuple[Entry, ...]],
    reasons: dict[str, str],
) -> Place:
    entry = chosen.get(_key(f)) if f.name is not None else None
    words = text[f.start : f.end]
    if entry is None:
        kind = f.feature or "unknown"
        return Place(
            f.start, f.end, words, kind=kind, precision=_PRECISION.get(kind), reason="named by its last word"
        )
    if _key(f) in reasons:
        why = reasons[_key(f)]
    elif len(allowed[_key(f)]) == 1:
        why = "the only place of that name"
    else:
        why = f"best of {len(allowed[_key(f)])} places of that name by people and neighbours"
    province = entry.name if entry.kind == "admin1" else entry.admin1 or None
    return Place(
        f.start,
        f.end,
        words,
        entry.name,
        entry.country,
        entry.lat,
        entry.lon,
        entry.geonameid,
        entry.kind,
        _PRECISION.get(entry.kind, "region"),
        province,
        why,
    )


def by_country(places: Sequence[Place]) -> dict[str, int]:
    """How often each country is pointed at, for the focus of a text."""
    counts: dict[str, int] = defaultdict(int)
    for p in places:
        if p.country:
            counts[p.country] += 1
    return counts
