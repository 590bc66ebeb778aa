"""Whether two reports tell one event: what speaks for it, what against, in points and in words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from legation.knowledge.name_tables import all_names, state_spellings
from legation.linking.clock import day_of
from legation.linking.words import FIGURE_WORDS
from legation.model import Actor, Event, Place
from legation.record import Report

REAL = frozenset({"happened", "ongoing", "historical"})
# Points are odds on a log scale: they add up, and `confidence` turns the sum into a probability.
_START = -2.6
BEYOND = 3  # days apart from which two reports never tell one event, where both name their day
_FAR = 60.0  # kilometres between two named towns from which they are two events
_BY_WORDS = frozenset({"ACCUSE", "AGREE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"})  # verbal acts
_BODY_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
_BODY_SECTORS = frozenset({"REB", "UAF", "PTY", "MED", "BUS", "IGO", "NGO"})
_BODIES = frozenset(
    "navy army police party committee ministry forces force guard court union nations state council front group "
    "government parliament senate congress bank agency department commission coalition league alliance".split()
)
_STOPS = frozenset(
    "the a an and or of to in on at by for from with as is was were be been are it its that this he she they his her "
    "their have has had not but which who will would said says after also than there when more about into out up over "
    "people told least police officials city town village "
    "capital province state district region country".split()
) | FIGURE_WORDS
_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ed|ers?|es|s)$")


@dataclass(frozen=True, slots=True)
class Fit:
    """The sum of the points and the reasons that made it; `veto` says why it cannot be one event."""

    points: float
    reasons: tuple[str, ...] = ()
    veto: str | None = None

    @property
    def confidence(self) -> float:
        return round(1 / (1 + math.exp(-self.points)), 3)


@dataclass(frozen=True, slots=True)
class Telling:
    """A report with what is compared of it worked out once."""

    report: Report
    day: int | None  # of the event, where the report names it
    until: int | None
    about: int | None  # of the event or of the report, whichever is known
    town: str | None
    words: frozenset[str]
    actors: frozenset[str]  # codes
    recipients: frozenset[str]
    printed: frozenset[str]  # those of the codes whose phrase names them
    persons: frozenset[str]
    toll: tuple[tuple[str, int], ...]
    sides: frozenset[str]  # actors and recipients

    @property
    def key(self) -> tuple[str, str]:
        return self.report.key


@lru_cache(maxsize=8192)  # the reports of the days that are being added come again with each addition
def telling_of(report: Report) -> Telling:
    """The report made ready for comparing."""
    event = report.event
    day = day_of(event.date) if event.date_precision == "day" else None
    until = day_of(event.enddate) if day is not None and event.enddate else day
    about = day if day is not None else day_of(event.date) or day_of(report.published)
    # Names are compared as sides and places; "farmers" and "judge" tell as much as any word.
    named = " ".join(w for a in (*event.actors, *event.recipients) for w in a.entity_text.split() if w[:1].isupper())
    if event.place is not None:
        named += f" {event.place.text} {event.place.name or ''}"
    actors, recipients = _codes(event.actors), _codes(event.recipients)
    return Telling(
        report,
        day,
        until,
        about,
        town_of(event.place),
        words_of_text(report.text) - words_of_text(named),
        actors,
        recipients,
        _codes(tuple(a for a in (*event.actors, *event.recipients) if _is_printed(a))),
        frozenset(_last_name(a) for a in (*event.actors, *event.recipients) if _is_person(a)),
        _toll(event),
        actors | recipients,
    )


@lru_cache(maxsize=4096)
def words_of_text(text: str) -> frozenset[str]:
    """The first five letters of the words that say something, without their endings: "bombed" and "bombs" are one."""
    found = (w for w in _WORD.findall(text.casefold()) if w not in _STOPS and w not in _lands())
    return frozenset(_ENDING.sub("", w)[:5] for w in found)


@cache
def _lands() -> frozenset[str]:
    """The names of states and peoples: they are compared as sides and places, not as words."""
    return frozenset(name.text.casefold() for name in all_names(state_spellings) if name.text.isalpha())


def town_of(place: Place | None) -> str | None:
    """The town or site of a place, by its gazetteer id or its name; None for anything wider."""
    if place is None or place.precision not in ("city", "site"):
        return None
    return str(place.geonameid) if place.geonameid else (place.name or place.text).casefold()


def fit(one: Telling, other: Telling) -> Fit:
    """What speaks for and against two tellings being one event."""
    first, second = one.report.event, other.report.event
    if first.event != second.event:
        return Fit(-9.0, veto="other kinds of act")
    if not _statuses_fit(first, second, one, other):
        return Fit(-9.0, veto="one happened and the other is something else")
    points = _START
    reasons: list[str] = []
    for judge in (_day, _place, _sides, _size, _said, _mode):
        found = judge(one, other)
        if found.veto:
            return found
        points += found.points
        reasons.extend(found.reasons)
    return Fit(points, tuple(reasons))


def _statuses_fit(first: Event, second: Event, one: Telling, other: Telling) -> bool:
    if first.status == second.status or {first.status, second.status} <= REAL:
        return True
    pair = {first.status, second.status}
    if "negated" in pair and pair & REAL or "future" in pair and pair & {"happened", "ongoing"}:
        # Denied by one and told by another, or announced and then done: of one named day only.
        return one.day is not None and one.day == other.day
    return False


def _day(one: Telling, other: Telling) -> Fit:
    if one.about is None or other.about is None:
        return Fit(0.0)
    if one.day is not None and other.day is not None and one.until is not None and other.until is not None:
        gap = max(one.day, other.day) - min(one.until, other.until)
        if gap <= 0:
            return Fit(1.6, (f"both on {one.report.event.date}",))
        if gap == 1:
            # The day of a statement may have been taken for that of the act; other figures speak for another act.
            return _a_day_apart(one, other)
        return Fit(-9.0, veto="on other days")
    gap = abs(one.about - other.about)
    if gap > BEYOND:
        return Fit(-9.0, veto="reports of other days")
    return Fit((0.8, 0.4, -0.4, -1.0)[gap], (f"reported {gap} days apart" if gap > 1 else "about the same day",))


def _a_day_apart(one: Telling, other: Telling) -> Fit:
    mine, theirs = dict(one.toll), dict(other.toll)
    both = mine.keys() & theirs.keys()
    if any(mine[name] != theirs[name] for name in both):
        return Fit(-9.0, veto="other figures a day apart")
    return Fit(-0.4 if both else -1.2, ("a day apart",))


def _place(one: Telling, other: Telling) -> Fit:
    here, there = one.report.event.place, other.report.event.place
    if here is None or there is None:
        return _named_there(one, other) if here is not None else _named_there(other, one)
    if here.country and there.country and here.country != there.country:
        return Fit(-9.0, veto="in other countries")
    if one.town and other.town:
        if one.town == other.town:
            return Fit(2.0, (f"in {here.name or here.text}",))
        apart = kilometres(here, there)
        if apart is not None and apart <= _FAR:
            return Fit(-1.2, (f"{apart:.0f} km apart",))
        return Fit(-9.0, veto="in other towns")
    if here.province and there.province:
        if here.province != there.province:
            return Fit(-1.5, ("in other provinces",))
        return Fit(0.8, (f"in {here.province}",))
    return Fit(0.2)


def _named_there(one: Telling, other: Telling) -> Fit:
    """Where one report was placed in a town and the other, not placed, prints the town's name."""
    place = one.report.event.place
    if place is None or one.town is None or place.text not in other.report.text:
        return Fit(0.0)
    return Fit(1.5, (f"both name {place.name or place.text}",))


def kilometres(here: Place, there: Place) -> float | None:
    """The distance of two places along the ground, where both have coordinates."""
    if here.lat is None or here.lon is None or there.lat is None or there.lon is None:
        return None
    a, b = math.radians(here.lat), math.radians(there.lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(there.lon - here.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


def _sides(one: Telling, other: Telling) -> Fit:
    if one.persons and other.persons and not one.persons & other.persons:
        return Fit(-2.5, ("other persons",))
    points = 0.0
    reasons: list[str] = []
    if one.persons & other.persons:
        points += 1.2
        reasons.append("of " + ", ".join(sorted(one.persons & other.persons)))
    here, there = one.sides, other.sides
    common = here & there
    if common:
        points += 0.5 if len(common) == 1 else 1.0
        reasons.append("sides " + ", ".join(sorted(common)))
    # A land that was inferred speaks for, never against.
    mine, theirs = here & one.printed, there & other.printed
    if mine and theirs and not common:
        return Fit(-9.0, veto="other sides")
    if not (one.recipients or other.recipients) and mine - there and theirs - here:
        points -= 3.0  # talks with one are not the talks with another
        reasons.append("each with another side")
    for first, second in ((one.actors, other.actors), (one.recipients, other.recipients)):
        if first & mine and second & theirs and not first & second:
            points -= 1.2
    return Fit(points, tuple(reasons))


def _size(one: Telling, other: Telling) -> Fit:
    mine, theirs = dict(one.toll), dict(other.toll)
    points = 0.0
    reasons: list[str] = []
    for name in sorted(mine.keys() & theirs.keys()):
        if mine[name] == theirs[name]:
            points += 1.0
            reasons.append(f"{mine[name]} {name} in both")
        else:
            few, many = sorted((mine[name], theirs[name]))
            points -= min(1.2, 0.5 * math.log(many / max(few, 1)))
    return Fit(points, tuple(reasons))


def _said(one: Telling, other: Telling) -> Fit:
    points = 0.0
    reasons: list[str] = []
    if _copied(one.report, other.report):
        return Fit(4.0, ("one report copies the other",))
    if one.report.story and other.report.story:
        same = one.report.story == other.report.story
        points += 1.0 if same else -1.2
        if same:
            reasons.append("in one story")
    if one.words and other.words:
        common = len(one.words & other.words)
        share = common / min(len(one.words), len(other.words))
        points += min(2.0, 4.0 * share) - 0.8
        if not common and min(len(one.words), len(other.words)) > 1:
            points -= 0.8
        if one.report.event.event in _BY_WORDS and share < 0.34:
            points -= 1.5  # the same two may condemn each other twice a day
        if share >= 0.25:
            reasons.append(f"{common} words in common")
    return Fit(points, tuple(reasons))


def _copied(one: Report, other: Report) -> bool:
    """Whether one sentence stands in both, and one document copies the other or both a third."""
    families = {one.copy_of or one.document, other.copy_of or other.document}
    return len(families) == 1 and one.text == other.text


def _mode(one: Telling, other: Telling) -> Fit:
    mine, theirs = one.report.event.modes, other.report.event.modes
    if not mine or not theirs:
        return Fit(0.0)
    return Fit(0.5) if set(mine) & set(theirs) else Fit(-0.8, ("told as other modes",))


def _codes(actors: tuple[Actor, ...]) -> frozenset[str]:
    return frozenset(a.code for a in actors if a.code)


def _is_printed(actor: Actor) -> bool:
    """Whether the words name whose they are: "Lebanese soldiers", not "six people", whose land was inferred."""
    return bool(actor.identifier_text) or any(w[:1].isupper() for w in actor.entity_text.split())


def _is_person(actor: Actor) -> bool:
    """Whether somebody is named, not a body: the same navy or party twice says no more than the same side."""
    if not actor.identifier_text or actor.code in _BODY_CODES or actor.sector in _BODY_SECTORS:
        return False
    return not {w.casefold() for w in actor.identifier_text.split()} & _BODIES


def _last_name(actor: Actor) -> str:
    return (actor.identifier_text or "").split()[-1].casefold()


def _toll(event: Event) -> tuple[tuple[str, int], ...]:
    if event.size is None:
        return ()
    counts = ((name, getattr(event.size, name)) for name in ("dead", "injured", "arrested", "crowd"))
    return tuple((name, c.best) for name, c in counts if c is not None and c.best is not None)
