"""What a person says an event is, as the fields of a form; from an event, from a form, and onto an event."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from legation.errors import BadDateError
from legation.knowledge import ontology
from legation.knowledge.places import load_gazetteer
from legation.model import STATUSES, Actor, Event, Place, Precision
from legation.web.answers import BadRequestError
from legation.web.questions import actor_of, place_of
from legation.web.words import BODIES, SECTORS, countries, country, place_text

# The fields that coders agree on or not, in the order of the form.
FIELDS = ("event", "mode", "actor", "recipient", "status", "date", "place")
_CODED = re.compile(r"([A-Z]{3}|\?)(?:[ ]([A-Z]{3}))?(?:[ ](.+))?")
NOTHING = "none"  # as a value to agree on: that there is nothing of the kind


@dataclass(frozen=True, slots=True)
class Coding:
    """One person's reading of one event. `is_event` False: there is none."""

    is_event: bool = True
    event: str = ""
    modes: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()  # "AFG REB Taliban": code, sector, name
    recipients: tuple[str, ...] = ()
    status: str = "happened"
    date: str | None = None
    place: str | None = None

    def value(self, field: str) -> str:
        """The value of a field as two coders are compared by it; actors by code and sector."""
        if not self.is_event:
            return "no event"
        if field in ("actor", "recipient"):
            sides = self.actors if field == "actor" else self.recipients
            return ", ".join(sorted({_code_of(side) for side in sides})) or NOTHING
        if field == "mode":
            return ", ".join(sorted(self.modes)) or NOTHING
        if field == "place":
            return (self.place or NOTHING).casefold()
        return str(getattr(self, field) or NOTHING)

    def record(self) -> dict[str, Any]:
        """The coding as it is kept and exported."""
        if not self.is_event:
            return {"is_event": False}
        return {
            "is_event": True, "event": self.event, "modes": list(self.modes), "actors": list(self.actors),
            "recipients": list(self.recipients), "status": self.status, "date": self.date, "place": self.place,
        }  # fmt: skip


def from_record(record: Mapping[str, Any]) -> Coding:
    """A kept coding."""
    if not record.get("is_event", True):
        return Coding(is_event=False)
    return Coding(
        True, str(record.get("event", "")), tuple(record.get("modes") or ()), tuple(record.get("actors") or ()),
        tuple(record.get("recipients") or ()), str(record.get("status", "happened")), record.get("date"),
        record.get("place"),
    )  # fmt: skip


def coding_of(event: Event) -> Coding:
    """An event of the record as the form shows it."""
    return Coding(
        True, event.event, event.modes, tuple(side(a) for a in event.actors), tuple(side(a) for a in event.recipients),
        event.status, event.date, place_text(event.place) or None,
    )  # fmt: skip


def side(actor: Actor) -> str:
    """An actor in a line of the form: code, sector, name."""
    name = " ".join((actor.identifier_text or actor.entity_text).split())
    return " ".join(p for p in (actor.code or "?", actor.sector, name) if p)


def from_form(form: Mapping[str, Any]) -> Coding:
    """The coding in a form; raises BadRequestError or BadDateError for what cannot be."""
    kind = str(form.get("event") or "")
    if kind not in ontology.types():
        raise BadRequestError("Choose the type of the event.")
    modes = tuple(m for m in form.get("modes") or () if m)
    wrong = [m for m in modes if m not in ontology.types()[kind].modes]
    if wrong:
        known = ", ".join(ontology.types()[kind].modes) or "none"
        raise BadRequestError(f"{kind} has no mode '{wrong[0]}'. Its modes: {known}.")
    status = str(form.get("status") or "happened")
    if status not in STATUSES:
        raise BadRequestError(f"There is no status '{status}'.")
    return Coding(
        True, kind, modes, sides(str(form.get("actors") or "")), sides(str(form.get("recipients") or "")), status,
        _day(str(form.get("date") or "")), " ".join(str(form.get("place") or "").split())[:200] or None,
    )  # fmt: skip


def sides(text: str) -> tuple[str, ...]:
    """The lines of a field of actors; a name of a state stands for its government."""
    found = []
    for line in re.split(r"[\n;]", text[:4_000]):
        bare = " ".join(line.split())[:200]
        if not bare:
            continue
        known = actor_of(bare)
        found.append(f"{known} GOV" if known in countries() and known != bare else bare)
    return tuple(dict.fromkeys(found))[:20]


def changed(before: Event, coding: Coding) -> dict[str, Any]:
    """The fields of an event that a coding changes, with their new values."""
    told = coding_of(before)
    found: dict[str, Any] = {}
    if coding.event != told.event:
        found["event"] = coding.event
    if coding.modes != told.modes:
        found["modes"] = coding.modes
    if coding.actors != told.actors:
        found["actors"] = _actors(coding.actors, before.actors, before.date)
    if coding.recipients != told.recipients:
        found["recipients"] = _actors(coding.recipients, before.recipients, before.date)
    if coding.status != told.status:
        found["status"] = coding.status
    if coding.date != told.date:
        found["date"] = coding.date
        found["date_precision"] = precision(coding.date)
        if before.enddate:
            found["enddate"] = None
    if coding.place != told.place:
        found["place"] = place_named(coding.place)
    return found


def precision(value: str | None) -> Precision:
    """How exact a date is by its form."""
    if not value:
        return "unknown"
    return cast(Precision, {4: "year", 7: "month"}.get(len(value), "day"))


def actor_said(line: str, day: str | None = None) -> Actor:
    """The actor of a line: by its code, or found by the words as the coder would."""
    coded = _CODED.fullmatch(line)
    if coded and (coded[1] == "?" or coded[1] in countries() or coded[1] in BODIES):
        code = None if coded[1] == "?" else coded[1]
        sector = coded[2] if coded[2] in SECTORS else None
        name = coded[3] if sector or not coded[2] else " ".join(p for p in (coded[2], coded[3]) if p)
        text = name or country(code)
        return Actor(code, sector, (), text, identifier_text=None, reason="by hand")
    from legation.stages.actors import resolve_phrase

    found = resolve_phrase(line, date=day)
    return found if found is not None else Actor(None, None, (), line, reason="by hand")


def place_named(name: str | None) -> Place | None:
    """The place of a name, with what the gazetteer knows of it."""
    if not name:
        return None
    code = place_of(name)
    if code in countries():
        return Place(-1, -1, name, country(code), code, kind="country", precision="country", reason="by hand")
    town, _, land = name.partition(",")
    found = load_gazetteer().lookup(town.strip())
    entries = list(found.entries) if found else []
    wanted = place_of(land.strip()) if land.strip() else None
    entry = next((e for e in entries if wanted is None or e.country == wanted), None)
    if entry is None:
        return Place(-1, -1, name, name, wanted if wanted in countries() else None, reason="by hand")
    return Place(
        -1, -1, name, entry.name, entry.country, entry.lat, entry.lon, entry.geonameid, entry.kind,
        "city" if entry.kind in ("city", "town", "capital") else entry.kind, reason="by hand",
    )  # fmt: skip


def _actors(lines: Sequence[str], before: Sequence[Actor], day: str | None) -> tuple[Actor, ...]:
    """The actors of the lines; one that was there before stays as it was."""
    known = {side(actor): actor for actor in before}
    return tuple(known[line] if line in known else actor_said(line, day) for line in lines)


def _code_of(line: str) -> str:
    coded = _CODED.fullmatch(line)
    if not coded:
        return line.casefold()
    return " ".join(p for p in (coded[1], coded[2] if coded[2] in SECTORS else None) if p)


def _day(value: str) -> str | None:
    value = value.strip()
    if not value:
        return None
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        raise BadDateError(value)
    try:
        date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError as err:
        raise BadDateError(value) from err
    return value
