"""Scores places in running text and the values of date phrases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Any

from legation.model import Document, Place
from legation.scoring.gold import GoldRecord, GoldSet
from legation.scoring.measure import Counts, Figure, Miss, Table, f1_figures, share

# The distance that the literature on toponyms calls right: 100 miles.
NEAR_KM = 161.0
_EARTH_KM = 6371.0

CountryOf = Callable[[str], str | None]
ResolveDate = Callable[[str, str | None], tuple[str, str]]  # phrase, anchor day -> type, value


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance between two points in degrees."""
    a, b = radians(lat1), radians(lat2)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


def score_places(
    gold: GoldSet, coded: Sequence[tuple[GoldRecord, Document]], country_of_name: CountryOf
) -> Table:
    """Spans exactly as labelled; then, of the spans found, the country and the point.

    Only toponyms with ``ok`` count. Country and point are asked only where both the label and the
    place found have one; `resolved` says how often a found span got a point at all.
    """
    spans = Counts()
    country = countried = near = pointed = resolved = 0
    misses = []
    for record, doc in coded:
        labels = {(t["start"], t["end"]): t for t in record.row.get("toponyms") or () if t.get("ok", True)}
        found = {(p.start, p.end): p for p in doc.places}
        spans.right += len(labels.keys() & found.keys())
        spans.wrong += len(found.keys() - labels.keys())
        spans.missed += len(labels.keys() - found.keys())
        for key in sorted(labels.keys() & found.keys()):
            label, place = labels[key], found[key]
            has_point = label.get("lat") is not None
            resolved += has_point and place.lat is not None
            if has_point:
                pointed += 1
                near += _is_near(label, place)
            wanted = country_of_name(label["country"]) if label.get("country") else None
            if wanted is not None:
                countried += 1
                country += place.country == wanted
            if has_point and not _is_near(label, place):
                misses.append(_place_miss(gold.name, record, label, place))
        for key in sorted(labels.keys() ^ found.keys()):
            misses.append(_place_miss(gold.name, record, labels.get(key), found.get(key)))
    figures: list[Figure] = [*f1_figures("span", spans)]
    figures.append(share("resolved given span", resolved, pointed))
    if countried:
        figures.append(share("country given span", country, countried))
    figures.append(share("within 161 km given span", near, pointed))
    return Table(gold.name, gold.digest, len(coded), tuple(figures), misses=tuple(misses))


def score_dates(gold: GoldSet, resolve: ResolveDate) -> Table:
    """TimeML values of phrases with their anchor date: equal, or nothing."""
    value = kind = found = 0
    misses = []
    for record in gold.records:
        phrase, wanted = str(record.row.get("phrase")), record.row.get("value")
        type_got, got = resolve(phrase, record.row.get("dct"))
        found += bool(got)
        value += bool(got) and got == wanted
        kind += bool(got) and type_got == record.row.get("type")
        if not got or got != wanted:
            misses.append(Miss(gold.name, record.id, phrase, wanted, got or None))
    total = len(gold.records)
    counts = Counts(right=value, wrong=found - value, missed=total - value)
    figures = (*f1_figures("value", counts), share("type", kind, total))
    return Table(gold.name, gold.digest, total, figures, misses=tuple(misses))


def _is_near(label: Mapping[str, Any], place: Place) -> bool:
    if place.lat is None or place.lon is None:
        return False
    return distance_km(label["lat"], label["lon"], place.lat, place.lon) <= NEAR_KM


def _place_miss(
    set_name: str, record: GoldRecord, label: Mapping[str, Any] | None, place: Place | None
) -> Miss:
    gold = {k: label.get(k) for k in ("start", "end", "text", "country", "lat", "lon")} if label else None
    predicted = (
        {"start": place.start, "end": place.end, "text": place.text, "country": place.country,
         "lat": place.lat, "lon": place.lon}
        if place else None
    )  # fmt: skip
    start = int(label["start"]) if label else place.start if place else 0
    return Miss(set_name, record.id, record.text[max(0, start - 60) : start + 60], gold, predicted)
