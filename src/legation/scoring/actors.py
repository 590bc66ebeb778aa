"""Scores what a phrase is resolved to against labelled phrases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from legation.model import Actor
from legation.scoring.gold import GoldRecord, GoldSet, country_of
from legation.scoring.measure import Figure, Miss, Table, share

Resolve = Callable[[GoldRecord], Actor | None]
# "UNK" is how one set writes that there is no sector.
_NO_SECTOR = frozenset({"UNK", ""})


@dataclass(frozen=True, slots=True)
class _Label:
    country: str | None
    sectors: frozenset[str]
    has_country: bool
    has_sector: bool


def score_actors(gold: GoldSet, resolve: Resolve) -> Table:
    """Country and sector of phrases, each where it is labelled.

    "no country" is right where the label says so and no code was given. A sector is right when it
    is the first or among the others.
    """
    right = total = none_right = none_total = sectors = sectored = 0
    misses = []
    for record in gold.records:
        label = _label(record)
        actor = resolve(record)
        code = country_of(actor.code) if actor else None
        found = {actor.sector, *actor.other_sectors} if actor else set()
        wrong = False
        if label.country is not None:
            total += 1
            right += code == label.country
            wrong = code != label.country
        elif label.has_country:
            none_total += 1
            none_right += code is None
            wrong = code is not None
        if label.has_sector and label.sectors:
            sectored += 1
            sectors += bool(label.sectors & found)
            wrong = wrong or not label.sectors & found
        if wrong:
            misses.append(_miss(gold.name, record, label, actor))
    figures: list[Figure] = [share("country", right, total)]
    if none_total:
        figures.append(share("no country where there is none", none_right, none_total))
    if sectored:
        figures.append(share("sector", sectors, sectored))
    return Table(gold.name, gold.digest, len(gold.records), tuple(figures), misses=tuple(misses))


def _label(record: GoldRecord) -> _Label:
    """What is labelled; an absent field is not labelled unless `meta` says that it was tested.

    Bodies such as the EU are a sector in one set and a country in the interface: they move over.
    """
    country = country_of(record.row.get("country"))
    sectors = frozenset(record.row.get("sectors") or ()) - _NO_SECTOR
    bodies = sectors & {"IGO", "NGO", "ISM", "IMG", "MNC"}
    if country is None and bodies:
        country, sectors = min(bodies), sectors - bodies
    return _Label(
        country=country,
        sectors=sectors,
        has_country=bool(record.meta.get("country_tested")),
        has_sector=record.meta.get("sector_tested") is not False,
    )


def _miss(set_name: str, record: GoldRecord, label: _Label, actor: Actor | None) -> Miss:
    return Miss(
        set_name,
        record.id,
        str(record.row.get("phrase")),
        {"country": label.country, "sectors": sorted(label.sectors)},
        {"code": actor.code, "sector": actor.sector, "reason": actor.reason} if actor else None,
    )
