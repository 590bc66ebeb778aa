"""Names out of tables of the user's own, which count more than ours.

The paths stand in an environment variable, so that worker processes, however they are started, read the same.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from legation.errors import InputPathError, KnowledgeError
from legation.knowledge.name_tables import Spelling, body_name, office_name, table_rows

VARIABLE = "LEGATION_ACTORS"
COLUMNS = "name aliases code sector office kind start end as_of wikidata source".split()
KINDS = frozenset({"person", "organisation", "group", "party", "institution"})
SECTORS = frozenset(
    "GOV MIL COP JUD LEG SPY REB UAF PTY OPP PRM ELI CVL BUS JRN EDU REL LAB MED REF CRM SOC AGR PRE MOS".split()
)
BODIES_OF_MANY = frozenset("IGO UNO EUR NGO ISM IMG MNC KOS PSE HKG XKX".split())
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def own_files() -> tuple[Path, ...]:
    """The tables in use, in the order given."""
    return tuple(Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part)


def use(paths: Iterable[Path]) -> None:
    """Read these tables from now on, here and in every process started from here; raises where one is bad."""
    whole = [path.resolve() for path in paths]
    for path in whole:
        read_own(path)
    os.environ[VARIABLE] = os.pathsep.join(map(str, whole))


def own_spellings() -> Iterator[Spelling]:
    """The names of the tables in use."""
    for path in own_files():
        for row in read_own(path):
            yield from _spellings(row)


def _spellings(row: dict[str, str]) -> Iterator[Spelling]:
    names = dict.fromkeys([row["name"], *(a.strip() for a in row["aliases"].split("|") if a.strip())])
    if row["kind"] == "person" or (row["office"] and not row["kind"]):
        cells = [row[c] for c in ("name", "aliases", "wikidata", "code", "sector", "office")]
        cells += [row["office_kind"], row["start"], row["end"], row["as_of"], "own"]
        for text in names:
            yield text, office_name, cells
        return
    kind = row["kind"] or "organisation"
    for text in names:
        yield text, body_name, (kind, {**row, "own": "yes"})


def read_own(path: Path) -> list[dict[str, str]]:
    """The rows of one table, checked; columns may stand in any order, unknown ones are left alone."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as err:
        raise InputPathError(str(path), f"cannot be read ({err.strerror})") from err
    except UnicodeDecodeError as err:
        raise KnowledgeError(str(path), "is not UTF-8 text") from err
    reader = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [c for c in ("name", "code") if c not in (reader.fieldnames or ())]
    if missing:
        raise KnowledgeError(
            str(path), f"the first line names no column '{missing[0]}'. Columns, by tabs: {', '.join(COLUMNS)}"
        )
    codes = {row["code"] for row in table_rows("states.tsv")} | BODIES_OF_MANY
    rows = []
    for number, raw in enumerate(reader, start=2):
        row = {column: (raw.get(column) or "").strip() for column in COLUMNS}
        if not any(row.values()) or row["name"].startswith("#"):
            continue
        wrong = _wrong(row, codes)
        if wrong:
            raise KnowledgeError(str(path), f"line {number}: {wrong}")
        kind = row["kind"]
        row["office_kind"] = kind if kind not in KINDS else _kind_of_office(row["office"])
        row["kind"] = kind if kind in KINDS else ("person" if row["office"] else "organisation")
        rows.append(row)
    return rows


def _wrong(row: dict[str, str], codes: set[str]) -> str:
    """What is wrong with a row, in words; empty where nothing is."""
    if not row["name"]:
        return "there is no name"
    if row["code"] and row["code"] not in codes:
        return f"'{row['code']}' is no country code of three letters, nor one of {', '.join(sorted(BODIES_OF_MANY))}"
    for sector in filter(None, re.split(r"[,|]", row["sector"])):
        if sector.strip() not in SECTORS:
            return f"'{sector.strip()}' is no sector; they are {', '.join(sorted(SECTORS))}"
    for column in ("start", "end"):
        if row[column] and not _DAY.fullmatch(row[column]):
            return f"'{row[column]}' is no date in '{column}'. Write 2021, 2021-07 or 2021-07-09"
    if row["start"] and row["end"] and row["end"] < row["start"][: len(row["end"])]:
        return f"it ends ({row['end']}) before it starts ({row['start']})"
    return ""


_OFFICES = (
    (r"\b(?:deputy|vice|assistant|former|shadow|minister of state)\b", "other"),
    (r"\bprime minister\b|\bpremier\b|\bchancellor\b(?! of the exch)|\bhead of government\b", "head_of_government"),
    (r"\bforeign|\bexternal affairs\b|^(?:united states )?secretary of state$", "foreign"),
    (r"\bdefen[cs]e\b", "defence"),
    (r"\binterior\b|\bhome (?:affairs|secretary)\b", "interior"),
    (r"\bfinance\b|\btreasury\b|\bexchequer\b", "finance"),
    (r"\bjustice\b|\battorney general\b", "justice"),
    (r"\bminister\b|\bsecretary\b", "minister"),
    (r"\bambassador\b|\benvoy\b|\bpermanent representative\b", "envoy"),
    (r"\bgovernor\b|\bmayor\b", "regional"),
    (r"^president(?: of .*)?$|\b(?:king|queen|emir|sultan|head of state)\b", "head_of_state"),
)


def _kind_of_office(office: str) -> str:
    """The kind of an office by its words."""
    low = office.lower()
    return next((kind for pattern, kind in _OFFICES if re.search(pattern, low)), "other")
