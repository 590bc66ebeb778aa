"""Files of other coders read in as merged events, to stand beside our own record: PLOVER, GDELT, ICEWS, POLECAT.

A row of a data set becomes one event with one report. What it does not say stays unknown; types of CAMEO that
PLOVER has no place for (statements) are left out.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from legation.errors import InputPathError
from legation.exporting import gdelt
from legation.exporting.crosswalk import SECTOR_CODES, iso_country, plover_sector
from legation.exporting.plover_in import plover_row, several
from legation.exporting.rows import Row
from legation.knowledge import codes, ontology
from legation.model import Actor, Event, Place
from legation.record import MergedEvent, Report

KINDS = ("report", "plover", "gdelt", "icews", "polecat")
_GDELT_1 = tuple(c for c in gdelt.COLUMNS if not c.endswith("ADM2Code"))  # 58 columns, the older files


def read_events(path: str | Path) -> Iterator[MergedEvent]:
    """The events of a file; its kind is told by what stands in it."""
    with _opened(Path(path)) as raw, io.TextIOWrapper(raw, "utf-8-sig", "replace", newline="") as handle:
        first = handle.readline()
        kind = kind_of(first)
        if kind is None:
            raise InputPathError(
                str(path), "is neither a report or PLOVER file (JSON lines) nor one of GDELT, ICEWS or POLECAT"
            )
        yield from _READERS[kind](chain([first], handle))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes; those of the one file in a zip, as GDELT has them, or of what is gzipped."""
    try:
        with path.open("rb") as file:
            magic = file.read(4)
            file.seek(0)
            if magic[:2] == b"\x1f\x8b":
                yield cast(IO[bytes], gzip.GzipFile(fileobj=file))
            elif magic == b"PK\x03\x04":
                with zipfile.ZipFile(file) as packed:
                    names = [name for name in packed.namelist() if not name.endswith("/")]
                    if len(names) != 1:
                        raise InputPathError(str(path), f"holds {len(names)} files, not one")
                    with packed.open(names[0]) as inner:
                        yield inner
            else:
                yield file
    except OSError as err:
        raise InputPathError(str(path), f"cannot be read ({err.strerror or err})") from err
    except (EOFError, zipfile.BadZipFile, zlib.error) as err:
        raise InputPathError(str(path), f"is a broken archive ({err})") from err


def kind_of(line: str) -> str | None:
    """What a file is by its first line: one of KINDS, or None."""
    if line.lstrip().startswith("{"):
        try:
            record = _decode(line)
        except ValueError:
            return None
        if "document" in record and "events" in record:
            return "report"
        return "plover" if "event" in record else None
    cells = line.rstrip("\r\n").split("\t")
    if "CAMEO Code" in cells and "Source Name" in cells:
        return "icews"
    if "Event Type" in cells and "Quad Code" in cells:
        return "polecat"
    if len(cells) in (len(gdelt.COLUMNS), len(_GDELT_1)):
        return "gdelt"
    return None


def read_plover(lines: Iterable[str]) -> Iterator[MergedEvent]:
    """The events of lines of PLOVER JSON."""
    for line in lines:
        if line.strip():
            yield merged_of(plover_row(_decode(line)))


def read_reports(lines: Iterable[str]) -> Iterator[MergedEvent]:
    """The events of report lines, each with the one document that tells it."""
    for line in lines:
        if not line.strip():
            continue
        report = _decode(line)
        about = report["document"]
        for record in report.get("events", ()):
            row = plover_row(record)
            name = f"{about.get('id') or row.document or ''}:{row.id}"
            told = Report(
                about.get("id") or row.document or name, row.event, about.get("outlet"), about.get("published")
            )
            yield MergedEvent(name, row.event, (told,))


def merged_of(row: Row) -> MergedEvent:
    """The event of a row that was read: as it was where it came of a record, else with its one report."""
    if row.merged is not None:
        return row.merged
    return MergedEvent(row.id, row.event, (Report(row.document or row.id, row.event, row.outlet, row.published),))


def read_gdelt(lines: Iterable[str]) -> Iterator[MergedEvent]:
    """The events of a GDELT file, 2.0 (61 columns) or 1.0 (58), without a head."""
    for cells in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        names = gdelt.COLUMNS if len(cells) == len(gdelt.COLUMNS) else _GDELT_1
        if len(cells) != len(names):
            continue
        row = dict(zip(names, cells, strict=True))
        day = row["SQLDATE"]
        event = _cameo_event(
            row["GLOBALEVENTID"],
            row["EventCode"],
            f"{day[:4]}-{day[4:6]}-{day[6:8]}",
            _gdelt_actor(row, "Actor1"),
            _gdelt_actor(row, "Actor2"),
            _gdelt_place(row),
        )
        if event is not None:
            url = row["SOURCEURL"] or None
            yield _one(event, url or event.id, _host(url))


def read_icews(lines: Iterable[str]) -> Iterator[MergedEvent]:
    """The events of an ICEWS file with its head."""
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        place = _place(row.get("City"), row.get("District"), row.get("Province"), row.get("Country"), row)
        event = _cameo_event(
            _cell(row, "Event ID"),
            _cell(row, "CAMEO Code"),
            _cell(row, "Event Date")[:10],
            _icews_actor(row, "Source"),
            _icews_actor(row, "Target"),
            place,
        )
        if event is not None:
            yield _one(event, _cell(row, "Story ID") or event.id, _cell(row, "Publisher") or None)


def read_polecat(lines: Iterable[str]) -> Iterator[MergedEvent]:
    """The events of a POLECAT file with its head."""
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        name = _cell(row, "Event Type").upper()
        kind = ontology.types().get(name)
        if kind is None:
            continue
        modes = tuple(m.lower() for m in several(_cell(row, "Event Mode")))
        sides = [_polecat_actor(row, "Actor"), _polecat_actor(row, "Recipient")]
        scale = _float(_cell(row, "Intensity") or _cell(row, "Event Intensity"))
        day = _cell(row, "Event Date")[:10]
        event = Event(
            _cell(row, "Event ID"), name, modes, tuple(several(_cell(row, "Contexts"))),
            (sides[0],) if sides[0] else (), (sides[1],) if sides[1] else (), "happened", (),
            date=day or None, date_precision="day" if day else "unknown",
            place=_place(row.get("City"), row.get("District"), row.get("Province"), row.get("Country"), row),
            quad_code=kind.quad, event_scale=kind.scale(modes) if scale is None else scale,
        )  # fmt: skip
        published = _cell(row, "Publication Date")[:10] or None
        yield _one(event, event.id, _cell(row, "Source") or None, published)


def _one(event: Event, document: str, outlet: str | None, published: str | None = None) -> MergedEvent:
    return MergedEvent(event.id, event, (Report(document, event, outlet, published),))


def _cameo_event(
    name: str, code: str, day: str, source: Actor | None, target: Actor | None, place: Place | None
) -> Event | None:
    found = codes.cameo_of(code)
    kind = ontology.types().get(found.event or "") if found else None
    if found is None or kind is None:
        return None
    modes = (found.mode,) if found.mode else ()
    return Event(
        name, kind.name, modes, (), (source,) if source else (), (target,) if target else (), "happened", (),
        date=day, date_precision="day", place=place, quad_code=kind.quad, event_scale=kind.scale(modes), cameo=code,
    )  # fmt: skip


def _gdelt_actor(row: dict[str, str], which: str) -> Actor | None:
    code = row[f"{which}CountryCode"] or row[f"{which}KnownGroupCode"]
    types = [plover_sector(row[f"{which}Type{n}Code"]) for n in (1, 2, 3)]
    sectors = [t for t in types if t]
    if not code and not sectors and not row[f"{which}Name"]:
        return None
    if not code and sectors and sectors[0] in ("IGO", "NGO", "IMG", "MNC"):
        code = sectors.pop(0)
    return Actor(iso_country(code), sectors[0] if sectors else None, tuple(sectors[1:]), row[f"{which}Name"])


def _gdelt_place(row: dict[str, str]) -> Place | None:
    name, country = row["ActionGeo_FullName"], codes.by_fips().get(row["ActionGeo_CountryCode"])
    if not name and not country:
        return None
    precision = {"1": "country", "2": "province", "5": "province"}.get(row["ActionGeo_Type"], "city")
    parts = [part.strip() for part in name.split(",")]
    province = parts[1] if len(parts) == 3 else parts[0] if precision == "province" and len(parts) == 2 else None
    lat, lon = _float(row["ActionGeo_Lat"]), _float(row["ActionGeo_Long"])
    return Place(-1, -1, name, parts[0] or None, country, lat, lon, precision=precision, province=province)


def _icews_actor(row: dict[str, str], which: str) -> Actor | None:
    name, country = _cell(row, f"{which} Name"), _cell(row, f"{which} Country")
    if not name and not country:
        return None
    named = [part.strip().lower() for part in _cell(row, f"{which} Sectors").split(",")]
    sectors = list(dict.fromkeys(SECTOR_CODES[part] for part in named if part in SECTOR_CODES))
    code = codes.by_name().get(country.lower())
    return Actor(code, sectors[0] if sectors else None, tuple(sectors[1:]), name)


def _polecat_actor(row: dict[str, str], which: str) -> Actor | None:
    raw, country = _cell(row, f"{which} Name Raw"), _cell(row, f"{which} Country")
    name = _cell(row, f"{which} Name")
    if not raw and not country and not name:
        return None
    code = country if len(country) == 3 else codes.by_name().get(country.lower())
    primary = _cell(row, f"Primary {which} Sector")
    sectors = [s for s in dict.fromkeys([primary, *several(_cell(row, f"{which} Sectors"))]) if s]
    return Actor(
        code or None, sectors[0] if sectors else None, tuple(sectors[1:]), raw or name,
        name if name and name != raw else None, _cell(row, f"Wikipedia {which} ID") or None,
        _cell(row, f"{which} Title") or None,
    )  # fmt: skip


def _place(
    city: str | None, district: str | None, province: str | None, country: str | None, row: dict[str, str]
) -> Place | None:
    land = (country or "").strip()
    named = {"city": city, "district": district, "province": province, "country": land}
    found = [(kind, name.strip()) for kind, name in named.items() if name and name.strip() not in ("", "None")]
    if not found:
        return None
    kind, name = found[0]
    code = land if len(land) == 3 and land.isupper() else codes.by_name().get(land.lower())
    number = _cell(row, "GeoNames ID")
    return Place(
        -1, -1, _cell(row, "Raw Placename") or name, name, code, _float(_cell(row, "Latitude")),
        _float(_cell(row, "Longitude")), int(number) if number.isdigit() else None, precision=kind,
        province=(province or "").strip() or None,
    )  # fmt: skip


def _cell(row: dict[str, str], name: str) -> str:
    value = (row.get(name) or "").strip()
    return "" if value in ("None", "NULL", "NA") else value


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _host(url: str | None) -> str | None:
    if not url or "://" not in url:
        return None
    return url.split("://", 1)[1].split("/", 1)[0].removeprefix("www.") or None


def _decode(line: str) -> dict[str, Any]:
    try:
        record = msgspec.json.decode(line.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, UnicodeError):
        record = json.loads(line)  # it also takes half a surrogate pair, which only an escape can carry
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return record


_READERS: dict[str, Callable[[Iterable[str]], Iterator[MergedEvent]]] = {
    "report": read_reports,
    "plover": read_plover,
    "gdelt": read_gdelt,
    "icews": read_icews,
    "polecat": read_polecat,
}
