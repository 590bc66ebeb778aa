"""How records are said to people: names, dates, numbers, codes; the filters of the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from legation.knowledge import ontology
from legation.knowledge.name_tables import all_names, body_spellings, state_spellings
from legation.model import STATUSES, Actor, Count, Event, Place, Size

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
QUADS = {
    1: "cooperation in words",
    2: "cooperation in deeds",
    3: "conflict in words",
    4: "conflict in deeds",
}
# What a PLOVER type means, for who does not know the codebook.
GLOSS = {
    "AGREE": "agrees to, promises or offers something",
    "CONSULT": "talks, visits, calls, meets",
    "SUPPORT": "praises, backs, recognises, signs",
    "CONCEDE": "gives in, announces a withdrawal or an easing",
    "COOPERATE": "acts together, exchanges, produces together",
    "AID": "gives money, arms, goods, training, asylum",
    "RETREAT": "withdraws, releases, lifts, ceases fire, resigns",
    "REQUEST": "asks, demands, calls on",
    "ACCUSE": "blames, condemns, investigates, sues",
    "REJECT": "refuses, denies, vetoes, calls off",
    "THREATEN": "warns, threatens",
    "PROTEST": "marches, strikes, riots, boycotts",
    "SANCTION": "imposes sanctions, expels, convicts, suspends",
    "MOBILIZE": "deploys, exercises, puts on alert",
    "COERCE": "arrests, seizes, bans, censors, deports",
    "ASSAULT": "attacks, fights, abducts, captures",
}
STATUS_WORDS = {
    "happened": "happened",
    "ongoing": "going on",
    "future": "still to come",
    "hypothetical": "only possible",
    "negated": "did not happen",
    "historical": "background",
    "attempted": "tried",
}
SECTORS = {
    "GOV": "government", "MIL": "military", "COP": "police", "JUD": "judiciary", "LEG": "legislature",
    "SPY": "intelligence", "REB": "rebels", "UAF": "unknown armed force", "PTY": "party", "OPP": "opposition",
    "PRM": "paramilitary", "ELI": "former officials and elites", "CVL": "civilians", "CRM": "suspects and criminals",
    "BUS": "business", "JRN": "journalists", "EDU": "education", "REL": "religious", "LAB": "labour", "MED": "health",
    "REF": "refugees", "SOC": "social groups", "AGR": "agriculture", "ENV": "environment",
}  # fmt: skip
NAMED = 3  # actors of a side that a title names
BODIES = {
    "IGO": "Intergovernmental body", "UNO": "United Nations", "EUR": "European Union",
    "NGO": "Non-governmental body", "ISM": "International social movement", "IMG": "International armed group",
    "MNC": "Multinational company",
}  # fmt: skip
FIELDS = {
    "event": "type", "mode": "mode", "actor": "actor", "recipient": "recipient", "date": "date", "place": "place",
    "status": "status", "dead": "dead", "injured": "injured", "arrested": "arrested", "crowd": "size of the crowd",
}  # fmt: skip


@cache
def countries() -> Mapping[str, str]:
    """The name of each state by its code."""
    found: dict[str, str] = {}
    for name in all_names(state_spellings):
        if name.kind == "state" and name.code and name.label:
            found.setdefault(name.code, name.label)
    return found


def country(code: str | None) -> str:
    """What a code stands for, or the code itself."""
    return countries().get(code or "") or BODIES.get(code or "") or (code or "not known")


@cache
def known_bodies() -> frozenset[str]:
    """Names of organisations and armed groups that stand on their own."""
    return frozenset(name.text for name in all_names(body_spellings))


def actor_name(actor: Actor) -> str:
    """Who it is, for a reader: the person, the body, the state with its organ, or the words as printed."""
    if actor.identifier_text:
        return actor.identifier_text
    text = " ".join(actor.entity_text.split())
    bare = text[4:] if text.lower().startswith("the ") else text
    if bare in known_bodies():
        return bare
    if actor.code is None:
        return text or "not known"
    if actor.sector == "GOV" and " " not in bare and actor.code in countries():
        return country(actor.code)
    if bare and bare[0].isupper() and not bare.isupper():
        return bare
    part = SECTORS.get(actor.sector or "", "")
    return f"{country(actor.code)} ({part})" if part and actor.sector != "GOV" else country(actor.code)


def actor_code(actor: Actor) -> str:
    """The code and its sectors: "AFG REB", "?" where nothing is known."""
    if actor.code is None and actor.candidates:
        pairs = (" ".join(p for p in (c.code or "?", c.sector) if p) for c in actor.candidates)
        return " or ".join(dict.fromkeys(pairs))
    return " ".join(p for p in (actor.code or "?", actor.sector, *actor.other_sectors) if p)


def actor_spelt(actor: Actor) -> str:
    """The code in words: "Afghanistan, rebels"."""
    parts = [country(actor.code) if actor.code else "country not known"]
    parts += [SECTORS.get(s, s) for s in (actor.sector, *actor.other_sectors) if s]
    return ", ".join(parts)


def actor_key(actor: Actor) -> str:
    """What a question names this actor by: a person or body by name, else its code and sector."""
    if actor.identifier_text:
        return actor.identifier_text
    coded = " ".join(p for p in (actor.code, actor.sector) if p)
    return coded or actor.entity_text


def side_name(key: str) -> str:
    """A key of a question for people: "AFG REB" is "Afghanistan (rebels)"."""
    code, _, sector = key.partition(" ")
    if code in countries() or code in BODIES:
        return f"{country(code)} ({SECTORS.get(sector, sector)})" if sector else country(code)
    return key


def address(*parts: str, **query: object) -> str:
    """An address of this desk; each part and value is quoted."""
    path = "/" + "/".join(quote(part, safe="") for part in parts if part)
    pairs = [
        f"{quote(name)}={quote(str(each), safe='')}"
        for name, value in query.items()
        for each in (value if isinstance(value, (list, tuple)) else [value])
        if each not in (None, "", False)
    ]
    return path + ("?" + "&".join(pairs) if pairs else "")


def again(given: Mapping[str, Any], **changed: object) -> str:
    """The query of this page with some of it changed; None takes a part away."""
    merged = {**given, **changed}
    text = address("", **{k: v for k, v in merged.items() if v is not None})
    return "?" + text.partition("?")[2]


def outside(url: str | None) -> str | None:
    """The address of a source, if it is one of the web; any other is not linked."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def day(value: str | None, precision: str | None = None) -> Markup:
    """An ISO date as "9 July 2021", no more exact than it is, machine-readable too."""
    if not value:
        return Markup('<span class="unknown">no date</span>')
    text = day_text(value, precision)
    return Markup('<time datetime="{}">{}</time>').format(value[:10], text)


def day_text(value: str, precision: str | None = None) -> str:
    """The same as bare words."""
    try:
        parts = [int(p) for p in value[:10].split("-")]
    except ValueError:
        return value
    if len(parts) >= 2 and not 1 <= parts[1] <= 12:
        return value
    if precision == "year" or len(parts) == 1:
        return str(parts[0])
    month = MONTHS[parts[1] - 1]
    if precision == "quarter":
        return f"quarter {(parts[1] + 2) // 3} of {parts[0]}"
    if precision == "month" or len(parts) == 2:
        return f"{month} {parts[0]}"
    written = f"{parts[2]} {month} {parts[0]}"
    return f"week of {written}" if precision == "week" else written


def moment(value: str | datetime | None) -> Markup:
    """A time in UTC; the page's script adds the reader's own time on hover."""
    if not value:
        return Markup('<span class="unknown">not known</span>')
    try:
        when = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except ValueError:
        return escape(value)
    if isinstance(value, str) and len(value) == 10:
        return day(value)
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    text = f"{when.day} {MONTHS[when.month - 1]} {when.year}, {when:%H:%M} UTC"
    return Markup('<time datetime="{}" data-local>{}</time>').format(when.isoformat(timespec="seconds"), text)


def when(event: Event) -> Markup:
    """The date of an event, or the days it lasted."""
    first = day(event.date, event.date_precision)
    if event.enddate and event.date and event.enddate != event.date:
        return first + Markup(" to ") + day(event.enddate)
    return first


def number(value: float | None) -> str:
    """12,345; a fraction to one place."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def percent(value: float | None) -> str:
    """0.873 as "87 %"."""
    return "–" if value is None else f"{value * 100:.0f} %"


def figure(value: float | None) -> str:
    """A figure between -1 and 1 to two places."""
    return "–" if value is None else f"{value:.2f}"


def count_text(count: Count) -> str:
    """A count as the reports give it: "8", "10 to 12", "at least 30"."""
    if count.low is not None and count.high is not None and count.low != count.high:
        return f"{number(count.low)} to {number(count.high)}"
    if count.best is not None:
        return number(count.best)
    if count.low is not None:
        return f"at least {number(count.low)}"
    return f"at most {number(count.high)}" if count.high is not None else count.text


def size_text(size: Size | None) -> str:
    """ "12 dead, 30 injured", "" where nothing is counted."""
    if size is None:
        return ""
    named = (("dead", size.dead), ("injured", size.injured), ("arrested", size.arrested), ("in the crowd", size.crowd))
    return ", ".join(f"{count_text(c)} {name}" for name, c in named if c is not None)


def place_text(place: Place | None) -> str:
    """The place with its country."""
    if place is None:
        return ""
    name = place.name or place.text
    land = country(place.country) if place.country else ""
    return name if not land or land == name else f"{name}, {land}"


def sure(confidence: float) -> str:
    """How sure, in a word that a shade can go with."""
    return "high" if confidence >= 0.75 else "middling" if confidence >= 0.5 else "low"


def names(actors: Iterable[Actor]) -> str:
    """Actors in a row, for titles."""
    found = list(dict.fromkeys(actor_name(a) for a in actors))
    if not found:
        return "somebody not named"
    if len(found) > NAMED:
        found = [*found[: NAMED - 1], f"{len(found) - NAMED + 1} more"]
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1]


def title_of(event: Event) -> str:
    """An event in a line of plain text."""
    sides = names(event.actors)
    if event.recipients:
        sides += " → " + names(event.recipients)
    return sides


def plural(count: int, one: str, many: str | None = None) -> str:
    """ "1 event", "2 events"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def today() -> str:
    """The day in UTC, for what is due and what is new."""
    return datetime.now(UTC).date().isoformat()


def days_until(due: str, now: str | None = None) -> int | None:
    """How many days from now a day is; negative where it is over."""
    try:
        return (date.fromisoformat(due[:10]) - date.fromisoformat(now or today())).days
    except ValueError:
        return None


def quad_of(event: str) -> int:
    """The quad of a type, 0 where it is none."""
    found = ontology.types().get(event)
    return found.quad if found else 0


FILTERS: dict[str, Callable[..., Any]] = {
    "country": country, "actor_name": actor_name, "actor_code": actor_code, "actor_spelt": actor_spelt,
    "actor_key": actor_key, "side_name": side_name, "outside": outside, "day": day, "moment": moment, "when": when,
    "number": number, "percent": percent, "figure": figure, "size_text": size_text, "place_text": place_text,
    "sure": sure, "names": names, "title_of": title_of, "day_text": day_text,
}  # fmt: skip
GLOBALS: dict[str, Any] = {
    "address": address, "again": again, "plural": plural, "GLOSS": GLOSS, "QUADS": QUADS, "STATUSES": STATUSES,
    "STATUS_WORDS": STATUS_WORDS, "SECTORS": SECTORS, "FIELDS": FIELDS, "quad_of": quad_of, "types": ontology.types,
    "days_until": days_until,
}  # fmt: skip


def value_text(value: Any) -> str:
    """A value of the log of changes in words."""
    if value in (None, [], ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if "entity_text" in value or "code" in value:
            name = value.get("identifier_text") or value.get("entity_text") or ""
            return " ".join(p for p in (value.get("code"), value.get("sector"), name) if p)
        parts = (f"{key} {value_text(each)}" for key, each in value.items())
        return str(value.get("name") or value.get("text") or ", ".join(parts))
    if isinstance(value, list):
        return ", ".join(value_text(v) for v in value)
    return str(value)


def all_modes() -> list[str]:
    """Every mode of every type, for a form that does not know the type yet."""
    return sorted({mode for kind in ontology.types().values() for mode in kind.modes})


FILTERS["value_text"] = value_text
GLOBALS["all_modes"] = all_modes
