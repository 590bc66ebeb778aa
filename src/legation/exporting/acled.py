"""The `acled` format: conflict events and protests under the 31 column names of ACLED's CSV.

Like ACLED's in its columns, not in its rules: nobody checked these events by hand. Events that ACLED has no
type for (talks, accusations, aid ...) are left out. A number of dead that no report gives stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from legation.exporting.crosswalk import Pair, actor_name, country_name, line, pairs, told_as_real
from legation.exporting.rows import Row
from legation.knowledge import codes
from legation.model import Actor, Status

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
_ARMED = _STATE | {"REB", "UAF", "PRM", "CRM"}
_INTER = {
    "REB": "Rebel group", "UAF": "Political militia", "PRM": "Political militia", "CRM": "Political militia",
    "PTY": "Political militia", "OPP": "Political militia",
}  # fmt: skip
_REMOTE = {
    "aerial": "Air/drone strike", "heavy-weapons": "Shelling/artillery/missile attack",
    "suicide-attack": "Suicide bomb", "explosives": "Remote explosive/landmine/IED",
    "unconventional": "Chemical weapon",
}  # fmt: skip
_STRATEGIC = {
    ("COERCE", "arrest"): "Arrests", ("COERCE", "confiscate"): "Looting/property destruction",
    ("ASSAULT", "destroy"): "Looting/property destruction", ("RETREAT", "ceasefire"): "Agreement",
    ("RETREAT", "withdraw"): "Non-violent transfer of territory", ("RETREAT", "disarm"): "Disrupted weapons use",
    ("MOBILIZE", "troops"): "Change to group/activity", ("MOBILIZE", "weapons"): "Change to group/activity",
    ("MOBILIZE", "militia"): "Change to group/activity", ("MOBILIZE", "police"): "Change to group/activity",
}  # fmt: skip
_TIME = {"day": 1, "week": 2, "month": 3}
_GEO = {"site": 1, "city": 1, "district": 2, "province": 3, "country": 3}


def acled_head() -> str:
    """The line of column names."""
    return line(COLUMNS, tab=False)


def acled_lines(rows: Sequence[Row], statuses: frozenset[Status] | None = None) -> str:
    """The rows that ACLED has a type for; each pair of sides once."""
    lines: list[str] = []
    for row in told_as_real(rows, statuses):
        kind = acled_type(row)
        if kind is None:
            continue
        seen: set[frozenset[int]] = set()
        for pair in pairs(row):
            sides = frozenset((id(pair.source), id(pair.target)))
            if sides not in seen:
                seen.add(sides)
                lines.append(line(_event(pair, *kind), tab=False))
    return "".join(lines)


def acled_type(row: Row) -> tuple[str, str, str] | None:
    """Disorder type, event type and sub-event type; None for what ACLED does not record."""
    event = row.event
    modes = event.modes
    if event.event == "PROTEST":
        if "riot" in modes or "vandalize" in modes:
            return ("Demonstrations", "Riots", "Violent demonstration")
        return ("Demonstrations", "Protests", "Peaceful protest")
    for mode in modes:
        if (event.event, mode) in _STRATEGIC:
            return ("Strategic developments", "Strategic developments", _STRATEGIC[event.event, mode])
    if event.event != "ASSAULT":
        return None
    remote = next((_REMOTE[mode] for mode in modes if mode in _REMOTE), None)
    if remote:
        return ("Political violence", "Explosions/Remote violence", remote)
    if "abduct" in modes:
        return ("Political violence", "Violence against civilians", "Abduction/forced disappearance")
    if "sexual" in modes:
        return ("Political violence", "Violence against civilians", "Sexual violence")
    targets = event.recipients or event.actors[1:]
    if targets and all(actor.sector in _ARMED for actor in targets):
        return ("Political violence", "Battles", "Armed clash")
    return ("Political violence", "Violence against civilians", "Attack")


def _event(pair: Pair, disorder: str, kind: str, sub: str) -> list[object]:
    row, event, place = pair.row, pair.row.event, pair.row.event.place
    inter1, inter2 = _inter(pair.source, kind), _inter(pair.target, kind)
    country = place.country if place and place.country else None
    found = codes.country(country)
    dead = event.size.dead if event.size else None
    day = row.day or ""
    precision = _TIME.get(event.date_precision, 3) if row.is_dated else 2
    civilians = inter2 == "Civilians" and disorder == "Political violence"
    return [
        f"{country or 'XXX'}{pair.id}", day, day[:4], precision, disorder, kind, sub,
        _name(pair.source), "", inter1, _name(pair.target), "", inter2,
        _interaction(inter1, inter2), "Civilian targeting" if civilians else "",
        int(found.numeric) if found and found.numeric else None, "", country_name(country),
        place.province if place else None, None, None, (place.name or place.text) if place else None,
        place.lat if place else None, place.lon if place else None,
        _GEO.get(place.precision or "", 3) if place else None, "; ".join(row.outlets) or row.document, "",
        row.main.text if row.main else None, _dead(dead), _crowd(row), None,
    ]  # fmt: skip


def _dead(dead: object) -> object:
    best = getattr(dead, "best", None)
    return best if best is not None else getattr(dead, "low", None)


def _crowd(row: Row) -> str:
    crowd = row.event.size.crowd if row.event.size else None
    return f"crowd size={crowd.text}" if crowd and crowd.text else ""


def _name(actor: Actor | None) -> str:
    name, country = actor_name(actor), country_name(actor.code if actor else None)
    return f"{name} ({country})" if country and name != country else name


def _interaction(inter1: str, inter2: str) -> str:
    if inter1 and inter2:
        return f"{inter1}-{inter2}"
    return f"{inter1 or inter2} only" if inter1 or inter2 else ""


def _inter(actor: Actor | None, kind: str) -> str:
    if actor is None:
        return ""
    if actor.sector in _STATE:
        return "State forces"
    if actor.sector in _INTER and kind not in ("Protests", "Riots"):
        return _INTER[actor.sector]
    if kind in ("Protests", "Riots"):
        return "Protesters" if kind == "Protests" else "Rioters"
    return "Civilians" if actor.code not in ("UNO", "IGO", "NGO") else "External/Other forces"
