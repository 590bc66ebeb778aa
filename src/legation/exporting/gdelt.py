"""The `gdelt` format: GDELT 2.0 events (61 columns) and `gdelt-mentions` (16), tab-separated, without a head.

Columns as in the GDELT 2.0 event codebook of February 2015. What Legation does not know (tone, religion,
ethnicity, where the actors are) stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from legation.exporting.crosswalk import (
    Pair,
    actor_name,
    cameo_actor,
    cameo_code,
    cameo_country,
    cameo_group,
    cameo_quad,
    cameo_sectors,
    country_name,
    goldstein,
    line,
    pairs,
    told_as_real,
)
from legation.exporting.rows import Row, Telling
from legation.knowledge import codes
from legation.model import Actor, Place, Status


def _actor_columns(which: str) -> tuple[str, ...]:
    parts = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
        "Type1Code", "Type2Code", "Type3Code",
    )  # fmt: skip
    return tuple(f"{which}{part}" for part in parts)


def _geo_columns(which: str) -> tuple[str, ...]:
    parts = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(f"{which}Geo_{part}" for part in parts)


COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *_actor_columns("Actor1"), *_actor_columns("Actor2"),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *_geo_columns("Actor1"), *_geo_columns("Actor2"), *_geo_columns("Action"),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
_WEB, _CITATION = 1, 2  # kinds of a mention: a page on the web, a report without an address


def gdelt_lines(rows: Sequence[Row], statuses: frozenset[Status] | None = None) -> str:
    """The rows as GDELT 2.0 events."""
    return "".join(line(_event(pair)) for row in told_as_real(rows, statuses) for pair in pairs(row))


def mention_lines(rows: Sequence[Row], statuses: frozenset[Status] | None = None) -> str:
    """Every sentence of every report, under the same event numbers."""
    return "".join(
        line(_mention(pair, telling))
        for row in told_as_real(rows, statuses)
        for pair in pairs(row)
        for telling in row.tellings
    )


def _event(pair: Pair) -> list[object]:
    row = pair.row
    day = row.day or ""
    code = cameo_code(row)
    return [
        pair.id, day.replace("-", ""), day[:7].replace("-", ""), day[:4], _fraction(day),
        *_actor(pair.source), *_actor(pair.target),
        int(row.main.lead) if row.main else 0, code, code[:3], code[:2], cameo_quad(code), goldstein(code),
        len(row.tellings), len(row.outlets) or 1, row.reports, None,
        *_nowhere(), *_nowhere(), *_geo(row.event.place),
        _stamp(row.published, day), row.url or row.document,
    ]  # fmt: skip


def _actor(actor: Actor | None) -> list[object]:
    if actor is None:
        return [""] * 10
    types = [*cameo_sectors(actor), "", "", ""][:3]
    return [
        cameo_actor(actor), actor_name(actor).upper(), cameo_country(actor), cameo_group(actor), "", "", "", *types,
    ]  # fmt: skip


def _nowhere() -> list[object]:
    return [0, "", "", "", "", "", "", ""]


def _geo(place: Place | None) -> list[object]:
    if place is None or place.country is None and place.lat is None:
        return _nowhere()
    usa = place.country == "USA"
    kind = {"country": 1, "province": 2 if usa else 5, "district": 2 if usa else 5, "region": 1}.get(
        place.precision or "", 3 if usa else 4
    )
    found = codes.country(place.country)
    parts = [place.name or place.text, place.province or "", country_name(place.country)]
    name = ", ".join(dict.fromkeys(part for part in parts if part))
    return [kind, name, found.fips if found else "", "", "", place.lat, place.lon, ""]


def _mention(pair: Pair, telling: Telling) -> list[object]:
    row = pair.row
    added = _stamp(row.published, row.day or "")
    return [
        pair.id, added, _stamp(telling.published, row.day or ""), _WEB if telling.url else _CITATION,
        telling.outlet or telling.document, telling.url or telling.document, telling.sequence + 1,
        _offset(pair.source), _offset(pair.target), telling.at if telling.at is not None else -1,
        1, round(telling.confidence * 100), telling.length, None, "", "",
    ]  # fmt: skip


def _offset(actor: Actor | None) -> int:
    return actor.start if actor is not None and actor.start >= 0 else -1


def _stamp(published: str | None, day: str) -> str:
    """YYYYMMDDHHMMSS of when the report was published; the day of the event where that is not known."""
    digits = "".join(c for c in (published or day)[:19] if c.isdigit())
    return (digits + "0" * 14)[:14] if len(digits) >= 8 else ""


def _fraction(day: str) -> str:
    """The year with the share of it that has gone by, months and days as if all had the same length."""
    when = date.fromisoformat(day)
    return f"{when.year + ((when.month - 1) * 30 + when.day) / 365:.4f}"
