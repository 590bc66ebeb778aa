"""From PLOVER to the codes of other data sets: CAMEO, Goldstein scores, actor codes, two sides a row."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legation.exporting.rows import REAL, Row
from legation.knowledge import codes, ontology
from legation.model import Actor, Status

# PLOVER's sectors that CAMEO writes otherwise; SOC and PRM have no code there.
_CAMEO_SECTOR = {"JRN": "MED", "MED": "HLH", "PRM": "UAF", "SOC": "CVL"}
_PLOVER_SECTOR = {"MED": "JRN", "HLH": "MED"}
# Codes that are no countries but groups: CAMEO writes them as known groups or types of actor.
GROUPS = frozenset({"UNO", "EUR"})
KINDS = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
# CAMEO's own letters for countries that ISO writes otherwise.
_CAMEO_COUNTRY = {"ROU": "ROM", "XKX": "KSV", "TLS": "TMP"}
_ISO_COUNTRY = {cameo: iso for iso, cameo in _CAMEO_COUNTRY.items()} | {"ZAR": "COD", "EUR": "EUR"}

SECTOR_NAMES = {
    "GOV": "Government", "MIL": "Military", "COP": "Police", "JUD": "Judicial", "LEG": "Legislative",
    "SPY": "Intelligence", "REB": "Rebel", "UAF": "Unidentified Forces", "PTY": "Parties",
    "OPP": "Opposition", "PRM": "Paramilitary", "ELI": "Elite", "CVL": "General Population / Civilian / Social",
    "CRM": "Criminals / Gangs", "BUS": "Business", "JRN": "Media", "EDU": "Education", "REL": "Religious",
    "LAB": "Labor", "MED": "Medical / Health", "REF": "Refugees / Displaced", "AGR": "Agricultural",
    "SOC": "Social",
}  # fmt: skip
SECTOR_CODES = {name.lower(): code for code, name in SECTOR_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Pair:
    """One event between one source and one target, as data sets of dyads have it."""

    row: Row
    number: int  # of the pair within the event, from 0
    source: Actor | None
    target: Actor | None

    @property
    def id(self) -> int:
        """A whole number for the pair that is the same on every run and exact in a double."""
        text = f"{self.row.id}\x1f{self.row.document if self.row.merged is None else ''}\x1f{self.number}"
        return int(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:13], 16)


def pairs(row: Row) -> Iterator[Pair]:
    """Each source with each target; where all sides act together, each with each other, both ways.

    An event with one side only gives one pair without a target.
    """
    actors, recipients = row.event.actors, row.event.recipients
    sides: list[tuple[Actor | None, Actor | None]]
    if recipients:
        sides = [(a, r) for a in actors or (None,) for r in recipients]
    elif len(actors) > 1:
        sides = [(a, b) for i, a in enumerate(actors) for j, b in enumerate(actors) if i != j]
    else:
        sides = [(actors[0] if actors else None, None)]
    for number, (source, target) in enumerate(sides):
        yield Pair(row, number, source, target)


def told_as_real(rows: Sequence[Row], statuses: frozenset[Status] | None = None) -> Iterator[Row]:
    """The rows that a format without a status may hold: what happened or goes on, unless others were asked for."""
    for row in rows:
        if row.event.status in (statuses or REAL) and row.day is not None:
            yield row


def cameo_code(row: Row) -> str:
    """The event's CAMEO code, three digits or four."""
    event = row.event
    code = event.cameo
    if not code:
        kind = ontology.types().get(event.event)
        code = kind.cameo_code(event.modes) if kind else ""
    return f"{code}0" if len(code) == 2 else code


def goldstein(code: str) -> float | None:
    """The Goldstein score of a CAMEO code."""
    found = codes.cameo_of(code)
    return found.goldstein if found else None


def cameo_quad(code: str) -> int | None:
    """The quad class of a CAMEO code: roots 01-05, 06-08, 09-13 and 14-20."""
    if not code[:2].isdigit():
        return None
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def cameo_sectors(actor: Actor | None) -> list[str]:
    """The actor's sectors as CAMEO types, its own first."""
    if actor is None:
        return []
    own = [actor.sector, *actor.other_sectors]
    found = [_CAMEO_SECTOR.get(s, s) for s in own if s]
    if actor.code in KINDS:
        found.insert(0, actor.code)
    return list(dict.fromkeys(found))


def cameo_country(actor: Actor | None) -> str:
    """The actor's country in CAMEO's letters; "" for groups and where it is not known."""
    if actor is None or actor.code is None or actor.code in GROUPS | KINDS:
        return ""
    return _CAMEO_COUNTRY.get(actor.code, actor.code)


def cameo_group(actor: Actor | None) -> str:
    """The actor's code where it is a group of states: UNO, EUR."""
    return actor.code if actor is not None and actor.code in GROUPS else ""


def cameo_actor(actor: Actor | None) -> str:
    """The actor as one CAMEO code: country or group, then its first sector, then further ones."""
    return (cameo_country(actor) or cameo_group(actor)) + "".join(cameo_sectors(actor)[:3])


def iso_country(code: str | None) -> str | None:
    """A CAMEO country as our code; None where it is empty."""
    text = (code or "").strip().upper()
    return _ISO_COUNTRY.get(text, text) or None


def plover_sector(code: str | None) -> str | None:
    """A CAMEO type of actor as PLOVER's sector."""
    text = (code or "").strip().upper()
    return _PLOVER_SECTOR.get(text, text) or None


def actor_name(actor: Actor | None) -> str:
    """Who it is: the name, else the words, else the country."""
    if actor is None:
        return ""
    return actor.identifier_text or actor.entity_text or country_name(actor.code)


def country_name(code: str | None) -> str:
    """The country's English name; "" where the code is none of a country."""
    found = codes.country(code)
    return found.name if found else ""


def sector_names(actor: Actor | None) -> str:
    """The sectors in words, between commas."""
    own = [actor.sector, *actor.other_sectors] if actor else []
    return ",".join(dict.fromkeys(SECTOR_NAMES.get(s, s) for s in own if s))


def line(cells: Sequence[object], tab: bool = True) -> str:
    """One line of a table: tabs and no quotes, or commas with quotes where they are needed."""
    texts = ["" if c is None else " ".join(str(c).split()) for c in cells]
    if tab:
        return "\t".join(texts) + "\n"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(texts)
    return out.getvalue()
