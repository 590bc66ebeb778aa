"""Office holders out of Wikidata: a query result (JSON or CSV) or a dump (one entity a line) as rows of our own tables.

A query result may name its columns in the ways that such queries usually do: `personLabel`, `positionLabel`,
`start`, `end`, `countryLabel` or `iso3`. Of a dump, the entities of people (P39 with P580 and P582) are
used, and those of offices and countries (P1001, P17, P298) where the file has them.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from legation.errors import InputPathError, KnowledgeError
from legation.knowledge.name_tables import table_rows
from legation.knowledge.names import find_names

Row = dict[str, str]

# The names that queries give to what we need, the most telling first.
_VARIABLES: dict[str, tuple[str, ...]] = {
    "name": ("personLabel", "itemLabel", "holderLabel", "officeholderLabel", "name", "person_name", "label"),
    "wikidata": ("person", "item", "holder", "officeholder", "wikidata", "id", "qid"),
    "office": ("positionLabel", "officeLabel", "position_name", "title", "role", "position", "office"),
    "country": ("iso3", "countryCode", "code", "countryLabel", "jurisdictionLabel", "country"),
    "start": ("start", "startDate", "startTime", "start_date", "from", "P580"),
    "end": ("end", "endDate", "endTime", "end_date", "until", "P582"),
    "aliases": ("altLabel", "personAltLabel", "itemAltLabel", "aliases", "aka", "alias"),
}


@dataclass(slots=True)
class Imported:
    """What an import found, and how much it had to leave out and why."""

    rows: list[Row] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def leave(self, why: str) -> None:
        """Count a record that cannot be used."""
        self.left_out[why] = self.left_out.get(why, 0) + 1


def import_offices(path: Path, as_of: str) -> Imported:
    """The office holders of a file, the form of which is told by its content."""
    found = Imported()
    try:
        first = _first_sign(path)
        if first == "{" and not _is_dump(path) or (first == "[" and not _is_dump(path)):
            _from_records(_json_records(path), found, as_of)
        elif first in ("{", "["):
            _from_dump(path, found, as_of)
        else:
            _from_records(_csv_records(path), found, as_of)
    except OSError as err:
        raise InputPathError(str(path), f"cannot be read ({err.strerror})") from err
    except (UnicodeDecodeError, csv.Error, ValueError) as err:
        raise KnowledgeError(str(path), f"is no query result and no dump of Wikidata ({err})") from err
    found.rows = [dict(row) for row in dict.fromkeys(tuple(r.items()) for r in found.rows)]
    found.rows.sort(key=lambda r: (r["code"], r["name"], r["start"], r["office"]))
    return found


def _open(path: Path) -> TextIO:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rt", encoding="utf-8-sig") if packed else path.open(encoding="utf-8-sig", newline="")


def _first_sign(path: Path) -> str:
    with _open(path) as file:
        for line in file:
            if line.strip():
                return line.strip()[0]
    raise ValueError("it is empty")


def _is_dump(path: Path) -> bool:
    """Whether the lines of the file are entities, each whole in its line."""
    with _open(path) as file:
        for line in file:
            text = line.strip().rstrip(",")
            if text in ("", "[", "]"):
                continue
            return text.startswith("{") and '"claims"' in text and text.endswith("}")
    return False


def _json_records(path: Path) -> Iterator[Mapping[str, Any]]:
    with _open(path) as file:
        text = file.read()
    try:
        loaded = json.loads(text)
    except ValueError:
        loaded = [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(loaded, dict):
        results = loaded.get("results", {"bindings": [loaded]})
        loaded = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(loaded, list):
        raise ValueError("it holds no list of results")
    for record in loaded:
        if isinstance(record, dict):
            yield {k: v.get("value") if isinstance(v, dict) else v for k, v in record.items()}


def _csv_records(path: Path) -> Iterator[Mapping[str, Any]]:
    with _open(path) as file:
        head = file.readline()
        if not head.strip():
            raise ValueError("its first line is empty")
        tabs = head.count("\t") > head.count(",")
        names = next(csv.reader([head], delimiter="\t" if tabs else ","))
        yield from csv.DictReader(file, fieldnames=names, delimiter="\t" if tabs else ",")


def _from_records(records: Iterable[Mapping[str, Any]], found: Imported, as_of: str) -> None:
    for record in records:
        said = {what: _value(record, names) for what, names in _VARIABLES.items()}
        _keep(found, said, _aliases(said["aliases"]), as_of)


def _value(record: Mapping[str, Any], names: tuple[str, ...]) -> str:
    plain = {k.lower().lstrip("?"): v for k, v in record.items() if k}
    for name in names:
        value = plain.get(name.lower())
        if value not in (None, ""):
            return " ".join(str(value).split())
    return ""


def _keep(found: Imported, said: Mapping[str, str], aliases: list[str], as_of: str) -> None:
    """A row from what a record says, or a count of why there is none."""
    name, office = said["name"], said["office"]
    if not name or _is_id(name):
        return found.leave("without a name in English")
    if not office or _is_id(office):
        return found.leave("without the name of the office")
    code = country_code(said["country"]) or country_code(office)
    if not code:
        return found.leave("of a country that could not be told")
    end = _day(said["end"])
    found.rows.append(
        {
            "name": name,
            "aliases": "|".join(a for a in dict.fromkeys(aliases) if a != name and " " in a)[:300],
            "code": code,
            "sector": _sector(office),
            "office": office[:1].upper() + office[1:],
            "kind": "person",
            "start": _day(said["start"]),
            "end": end,
            "as_of": "" if end else as_of,
            "wikidata": said["wikidata"].rsplit("/", 1)[-1] if _is_id(said["wikidata"]) else "",
            "source": "Wikidata",
        }
    )
    return None


def _is_id(text: str) -> bool:
    return bool(re.fullmatch(r"(?:https?://www\.wikidata\.org/entity/)?[QL]\d+", text))


def _day(text: str) -> str:
    """The date of a time as Wikidata writes it ("+2021-07-00T00:00:00Z"), no more exact than it is."""
    m = re.match(r"\+?(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if m is None:
        return ""
    year, month, day = m.groups()
    if not month or month == "00":
        return year
    return f"{year}-{month}" if not day or day == "00" else f"{year}-{month}-{day}"


def _aliases(text: str) -> list[str]:
    return [a.strip() for a in re.split(r"[|;,]\s*", text) if a.strip()]


def country_code(text: str) -> str:
    """The code of a country given by code or by name, or named in the title of an office."""
    if re.fullmatch(r"[A-Z]{3}", text):
        return text if any(row["code"] == text for row in table_rows("states.tsv")) else ""
    for hit in find_names(text):
        name = next((n for n in hit.names if n.kind in ("state", "adjective") and n.code), None)
        if name is not None:
            return name.code or ""
    return ""


_SECTORS = (
    (r"\b(?:speaker|senator|member of (?:the )?(?:parliament|congress|house))\b", "LEG"),
    (r"\bpresident of the (?:senate|national assembly|parliament)\b", "LEG"),
    (r"\bchief of (?:the )?(?:general|defen[cs]e|army) staff\b|\bcommander", "MIL"),
    (r"\bchief justice\b|\bjudge\b|\bprosecutor\b|\bsupreme court\b", "JUD"),
    (r"\bdirector of (?:the )?(?:central|national) intelligence\b|\bintelligence service\b", "SPY"),
    (r"\bopposition\b", "OPP"),
    (r"\bparty\b", "PTY"),
)


def _sector(office: str) -> str:
    low = office.lower()
    return next((sector for pattern, sector in _SECTORS if re.search(pattern, low)), "GOV")


def _entities(path: Path) -> Iterator[dict[str, Any]]:
    with _open(path) as file:
        for line in file:
            text = line.strip().rstrip(",")
            if text.startswith("{"):
                loaded = json.loads(text)
                if isinstance(loaded, dict):
                    yield loaded


def _from_dump(path: Path, found: Imported, as_of: str) -> None:
    """Two passes: the names of offices and countries, then the people."""
    labels: dict[str, str] = {}
    lands: dict[str, str] = {}  # of an office or a country: the country's id
    codes: dict[str, str] = {}
    for entity in _entities(path):
        ident = str(entity.get("id", ""))
        labels[ident] = _label(entity)
        for code in _texts(entity, "P298"):
            codes[ident] = code
        land = next(iter(_ids(entity, "P1001") or _ids(entity, "P17")), "")
        if land:
            lands[ident] = land
    for entity in _entities(path):
        for claim in _claims(entity, "P39"):
            office = _id_of(claim.get("mainsnak"))
            land = lands.get(office, "") or next(iter(_ids(entity, "P27")), "")
            said = {
                "name": _label(entity),
                "wikidata": str(entity.get("id", "")),
                "office": labels.get(office, ""),
                "country": codes.get(land, "") or labels.get(land, ""),
                "start": _time(claim, "P580"),
                "end": _time(claim, "P582"),
            }
            names = [str(a.get("value", "")) for a in (entity.get("aliases") or {}).get("en", [])]
            _keep(found, said, names, as_of)


def _label(entity: Mapping[str, Any]) -> str:
    labels = entity.get("labels") or {}
    return str((labels.get("en") or labels.get("mul") or {}).get("value", ""))


def _claims(entity: Mapping[str, Any], which: str) -> list[dict[str, Any]]:
    claims = entity.get("claims") or {}
    found = claims.get(which, []) if isinstance(claims, dict) else []
    return [c for c in found if isinstance(c, dict) and c.get("rank") != "deprecated"]


def _id_of(snak: Any) -> str:
    value = ((snak or {}).get("datavalue") or {}).get("value")
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _ids(entity: Mapping[str, Any], which: str) -> list[str]:
    return [i for c in _claims(entity, which) if (i := _id_of(c.get("mainsnak")))]


def _texts(entity: Mapping[str, Any], which: str) -> list[str]:
    values = [((c.get("mainsnak") or {}).get("datavalue") or {}).get("value") for c in _claims(entity, which)]
    return [v for v in values if isinstance(v, str)]


def _time(claim: Mapping[str, Any], which: str) -> str:
    for snak in (claim.get("qualifiers") or {}).get(which, []):
        value = ((snak or {}).get("datavalue") or {}).get("value")
        if isinstance(value, dict):
            precision = value.get("precision", 11)
            text = _day(str(value.get("time", "")))
            return text[:4] if precision == 9 else text[:7] if precision == 10 else text
    return ""
