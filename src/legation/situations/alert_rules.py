"""Alert rules: one sentence each, in a text file or a TOML file.

    India and Pakistan: IND-PAK quad 4 more than 3 standard deviations over its 90-day mean
    any THREATEN by PRK
    any ASSAULT in AFG with more than 50 dead
    AFG-PAK more than 5 events in 7 days
    pledge overdue
    fact disputed
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from legation.errors import InputPathError, LegationError
from legation.knowledge import ontology
from legation.record import Query

Size = Literal["dead", "injured", "arrested"]
PledgeState = Literal["overdue", "kept", "broken", "moved", "made"]
_CODE = r"[A-Z]{3}(?: [A-Z]{3})?"
_WHAT = r"(?:(?P<what>quad [1-4]|[A-Z]{3,}(?:/[a-z-]+)?) )?"
_SURGE = re.compile(
    rf"(?P<a>{_CODE})\s*[-–]\s*(?P<b>{_CODE}) {_WHAT}more than (?P<times>\d+(?:\.\d+)?) standard deviations? "
    r"(?:over|above) its (?P<days>\d+)-day mean"
)
_COUNT = re.compile(
    rf"(?P<a>{_CODE})\s*[-–]\s*(?P<b>{_CODE}) {_WHAT}more than (?P<count>\d+) events? in (?P<days>\d+) days?"
)
_ANY = re.compile(
    r"any (?P<what>event|quad [1-4]|[A-Z]{3,}(?:/[a-z-]+)?)"
    rf"(?: by (?P<by>{_CODE}))?(?: (?:to|against|of) (?P<to>{_CODE}))?"
    r"(?: in (?P<place>(?:(?! about | with ).)+?))?(?: about (?P<about>[a-z_]+))?"
    r"(?: with more than (?P<size>\d+) (?P<kind>dead|injured|arrested))?"
)
_PLEDGE = re.compile(rf"pledge (?P<state>overdue|kept|broken|moved|made)(?: by (?P<by>{_CODE}))?")
_DISPUTE = re.compile(r"fact disputed(?: in (?P<place>.+))?")
_FORMS = (
    "'IND-PAK quad 4 more than 3 standard deviations over its 90-day mean', 'AFG-PAK more than 5 events in 7 days', "
    "'any THREATEN by PRK', 'any ASSAULT in AFG with more than 50 dead', 'pledge overdue' or 'fact disputed'"
)


class RuleError(LegationError):
    """A rule that cannot be understood; the message says what rules look like."""

    def __init__(self, rule: str, why: str | None = None) -> None:
        super().__init__(f"The rule '{rule}' {why or 'is none that can be understood'}. Write it like {_FORMS}.")


@dataclass(frozen=True, slots=True)
class Surge:
    """Two sides do more to each other in a day than they are used to."""

    a: str
    b: str
    query: Query
    times: float
    days: int


@dataclass(frozen=True, slots=True)
class Count:
    """Two sides do something to each other more often than so in as many days."""

    a: str
    b: str
    query: Query
    count: int
    days: int


@dataclass(frozen=True, slots=True)
class Any_:
    """Any event of a kind."""

    query: Query
    by: str | None = None
    to: str | None = None
    size: Size | None = None
    more_than: int = 0


@dataclass(frozen=True, slots=True)
class OfPledge:
    """A pledge comes to be so."""

    state: PledgeState
    by: str | None = None


@dataclass(frozen=True, slots=True)
class OfDispute:
    """A fact comes to be disputed."""

    place: str | None = None


Condition = Surge | Count | Any_ | OfPledge | OfDispute


@dataclass(frozen=True, slots=True)
class Rule:
    """What is to be told of, under a name."""

    name: str
    text: str
    condition: Condition
    to: tuple[str, ...] = ()  # the deliveries it goes to; empty: all


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where alerts go: kind is file, feed, mail or webhook; the rest as the kind needs it."""

    name: str
    kind: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of a file with the places they are delivered to."""

    rules: tuple[Rule, ...]
    deliveries: tuple[Delivery, ...] = ()


def parse_rule(text: str, name: str | None = None, to: tuple[str, ...] = ()) -> Rule:
    """The rule that a sentence says; raises RuleError."""
    words = " ".join(text.split())
    return Rule(name or words, words, _condition(words), to)


def _condition(words: str) -> Condition:
    if found := _SURGE.fullmatch(words):
        days = int(found["days"])
        if not 7 <= days <= 3660:
            raise RuleError(words, "needs a mean of 7 to 3660 days")
        return Surge(found["a"], found["b"], _dyad_query(found, words), float(found["times"]), days)
    if found := _COUNT.fullmatch(words):
        days = int(found["days"])
        if not 1 <= days <= 3660:
            raise RuleError(words, "needs 1 to 3660 days")
        return Count(found["a"], found["b"], _dyad_query(found, words), int(found["count"]), days)
    if found := _ANY.fullmatch(words):
        return _any(found, words)
    if found := _PLEDGE.fullmatch(words):
        return OfPledge(_state(found["state"]), found["by"])
    if found := _DISPUTE.fullmatch(words):
        return OfDispute(found["place"])
    raise RuleError(words)


def _state(word: str) -> PledgeState:
    states: dict[str, PledgeState] = {
        "overdue": "overdue",
        "kept": "kept",
        "broken": "broken",
        "moved": "moved",
        "made": "made",
    }
    return states[word]


def _dyad_query(found: re.Match[str], rule: str) -> Query:
    events, modes, quads = _what(found["what"], rule)
    return Query(dyad=(found["a"], found["b"]), events=events, modes=modes, quads=quads)


def _any(found: re.Match[str], rule: str) -> Any_:
    events, modes, quads = _what(found["what"], rule)
    sizes: dict[str, Size] = {"dead": "dead", "injured": "injured", "arrested": "arrested"}
    query = Query(
        actors=tuple(a for a in (found["by"] or found["to"],) if a),
        events=events,
        modes=modes,
        quads=quads,
        places=(found["place"],) if found["place"] else (),
        contexts=(found["about"],) if found["about"] else (),
    )
    size = sizes[found["kind"]] if found["kind"] else None
    return Any_(query, found["by"], found["to"], size, int(found["size"] or 0))


def _what(word: str | None, rule: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    if word is None or word == "event":
        return (), (), ()
    if word.startswith("quad "):
        return (), (), (int(word[5:]),)
    kind, _, mode = word.partition("/")
    known = ontology.types()
    if kind not in known:
        raise RuleError(rule, f"names no type of event: {kind} is none of {', '.join(known)}")
    if mode and mode not in known[kind].modes:
        raise RuleError(rule, f"names no mode of {kind}: it has {', '.join(known[kind].modes)}")
    return (kind,), (mode,) if mode else (), ()


def read_rules(path: Path) -> RuleBook:
    """The rules of a file: TOML where it is called so, else a rule a line; raises InputPathError or RuleError."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as err:
        raise InputPathError(str(path), f"cannot be read ({err.strerror})") from err
    except UnicodeDecodeError as err:
        raise InputPathError(str(path), "is not UTF-8 text") from err
    if path.suffix != ".toml":
        return RuleBook(_lines(text))
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise InputPathError(str(path), f"is not TOML ({err})") from err
    return _book(raw, path)


def _lines(text: str) -> tuple[Rule, ...]:
    rules = []
    for line in text.splitlines():
        line = line.split("#", 1)[0].strip()
        if line:
            name, colon, rest = line.partition(":")
            rules.append(parse_rule(rest, name.strip()) if colon else parse_rule(line))
    return tuple(rules)


_KINDS = {
    "file": {"path"},
    "feed": {"path"},
    "mail": {"host", "from", "to"},
    "webhook": {"url"},
}


def _book(raw: dict[str, Any], path: Path) -> RuleBook:
    deliveries = []
    for name, options in raw.get("deliver", {}).items():
        kind = options.get("kind", name)
        if kind not in _KINDS:
            raise InputPathError(str(path), f"delivers to '{kind}'; there are {', '.join(_KINDS)}")
        lacking = sorted(_KINDS[kind] - set(options))
        if lacking:
            raise InputPathError(str(path), f"lacks '{lacking[0]}' in [deliver.{name}]")
        deliveries.append(Delivery(name, kind, {k: v for k, v in options.items() if k != "kind"}))
    names = {delivery.name for delivery in deliveries}
    rules = []
    for entry in raw.get("rule", ()):
        to = entry.get("to", ())
        to = (to,) if isinstance(to, str) else tuple(to)
        if not set(to) <= names:
            lost = sorted(set(to) - names)[0]
            raise InputPathError(str(path), f"sends a rule to '{lost}', which is not in [deliver]")
        rules.append(parse_rule(str(entry.get("when", "")), entry.get("name"), to))
    return RuleBook(tuple(rules), tuple(deliveries))
