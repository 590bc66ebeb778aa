"""Reading, writing and folding that the builders of the actor tables share."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HAND = ROOT / "scripts" / "actors_by_hand"
ACTORS = ROOT / "src" / "legation" / "knowledge" / "actors"
OWN = ("public knowledge, written for this project", "CC0-1.0")

# When the rows written by hand were last gone through.
SEEN = "2025-10"

Row = dict[str, str]


def read_table(path: Path) -> list[Row]:
    """Read a tab-separated table with a header line and no quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_table(name: str, header: str, rows: Iterable[Sequence[str]]) -> None:
    """Write rows under a header of blank-separated column names."""
    lines = ["\t".join(header.split()), *("\t".join(row) for row in rows)]
    (ACTORS / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines) - 1} rows")


def key(name: str) -> str:
    """Fold case, accents and punctuation, so that spellings of one name meet."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


BLOCKED = frozenset(
    line
    for line in (HAND / "blocked_names.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def tidy(name: str) -> str:
    """Straighten quotes and blanks and drop marks that a source left at the ends."""
    name = re.sub(r"[\u2018\u2019\u02bc\u02bb`]", "'", name)
    name = re.sub(r"[\u200e\u200f\u202a-\u202c]", "", name).replace("\u2013", "-")
    return re.sub(r"\s+", " ", name).strip(" :;,.")


def usable(name: str) -> bool:
    """Say whether a name is long and Latin enough to be looked for in English text."""
    if len(name) < 3 or len(name) > 90 or name in BLOCKED or "/" in name:
        return False
    return bool(re.match(r"[A-Z\u00c0-\u024f'a][^\u0370-\uffff]*$", name)) and not name.isdigit()


def unique(names: Iterable[str], besides: str) -> list[str]:
    """Keep the usable names once each, in order, without the main name."""
    kept: list[str] = []
    for name in names:
        if usable(name) and name != besides and name not in kept:
            kept.append(name)
    return kept


def hand_keys(rows: Iterable[Row]) -> set[str]:
    """Collect the folded names and aliases of rows written by hand."""
    return {key(name) for row in rows for name in (row["name"], *row["aliases"].split("|")) if name}
