"""Hand-labelled records to measure on: read from JSONL, one record a line, grouped by their `set`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from legation.errors import LegationError
from legation.model import Document

# The quads of PLOVER: verbal cooperation, material cooperation, verbal conflict, material conflict.
QUADS: Mapping[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
    "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip

# Slips of the labels, mended.
_COUNTRY_SLIPS = {"JAP": "JPN", "ITL": "ITA"}
# Older codebooks have one code for what the interface tells apart.
_COUNTRY_GROUPS = {"UNO": "IGO", "EUR": "IGO"}
# Names that the modes had before the manual of 2021.
_OLD_MODES = {
    "demo-org": "demo", "demo-spon": "demo", "riot-org": "riot", "riot-spon": "riot",
    "strike-hun": "hunger", "strike-gen": "strike", "host": "visit", "detain": "arrest",
}  # fmt: skip
# A mode that the manual of 2021 no longer has under that type.
_OLD_MODES_OF_TYPE = {("THREATEN", "curfew"): "restrict", ("THREATEN", "martial-law"): "restrict"}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class GoldError(LegationError):
    """A gold file is not what it should be."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why} Gold is JSONL with at least 'id', 'set' and what is labelled.")


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One labelled event; `accept` holds every type that counts as right, its own included."""

    event: str
    accept: frozenset[str]
    quads: frozenset[int]
    mode: str | None = None
    actors: tuple[str, ...] = ()  # country codes
    recipients: tuple[str, ...] = ()
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """One labelled text. `row` is the line as it stands, for what only one set has."""

    id: str
    text: str
    published: str | None
    lang: str
    events: tuple[GoldEvent, ...]
    reciprocal: bool
    row: Mapping[str, Any]

    @property
    def meta(self) -> Mapping[str, Any]:
        found = self.row.get("meta")
        return found if isinstance(found, dict) else {}

    def document(self) -> Document:
        """The text as the coder gets it: with its date where that is a day, and without a title."""
        return Document(text=self.text, id=self.id, published=self.published, lang=self.lang)


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The records of one set in one file, with the SHA-256 of the whole file."""

    name: str
    path: Path
    digest: str
    records: tuple[GoldRecord, ...]


def country_of(code: str | None) -> str | None:
    """The country of a code such as ``"JAPGOV"``: JPN; None for ``"---CVL"``.

    UN, EU and other bodies are one code here, because older labels have only IGO.
    """
    if code is None or len(code) < 3 or not code[:3].isalpha():
        return None
    country = _COUNTRY_SLIPS.get(code[:3], code[:3])
    return _COUNTRY_GROUPS.get(country, country)


def mode_of(event: str, mode: str | None) -> str | None:
    """Today's name of a mode: ``"demo-org"`` is demo, ``"strike-hun"`` is hunger."""
    if mode is None:
        return None
    return _OLD_MODES_OF_TYPE.get((event, mode), _OLD_MODES.get(mode, mode))


def gold_files(paths: Iterable[Path | str]) -> Iterator[Path]:
    """The files meant: a folder stands for every ``.jsonl`` file below it, in order of name."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from sorted(path.rglob("*.jsonl"))
        elif path.is_file():
            yield path
        else:
            raise GoldError(path, "There is no such file.")


def read_gold(path: Path, *, limit: int | None = None) -> list[GoldSet]:
    """The sets of a gold file (mostly one), each with at most its first `limit` records."""
    try:
        content = path.read_bytes()
    except OSError as err:
        raise GoldError(path, f"It cannot be read ({err.strerror}).") from err
    digest = hashlib.sha256(content).hexdigest()
    by_set: dict[str, list[GoldRecord]] = {}
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except msgspec.DecodeError as err:
            raise GoldError(path, f"Line {number} is not JSON.") from err
        if not isinstance(row, dict) or "set" not in row:
            raise GoldError(path, f"Line {number} names no set.")
        records = by_set.setdefault(str(row["set"]), [])
        if limit is None or len(records) < limit:
            records.append(_record(row, number))
    return [GoldSet(name, path, digest, tuple(records)) for name, records in by_set.items()]


def _record(row: dict[str, Any], number: int) -> GoldRecord:
    date = row.get("date")
    is_day = isinstance(date, str) and _ISO_DAY.match(date) is not None
    meta = row.get("meta") or {}
    return GoldRecord(
        id=str(row.get("id", number)),
        text=row.get("text") or "",
        published=date[:10] if is_day and isinstance(date, str) else None,
        lang=row.get("lang") or "en",
        # STATEMENT is no PLOVER event: what people say is a quote.
        events=tuple(
            _event(e) for e in row.get("events") or () if e.get("plover") not in (None, "STATEMENT")
        ),
        reciprocal=bool(meta.get("reciprocal")),
        row=row,
    )


def _event(raw: dict[str, Any]) -> GoldEvent:
    event = str(raw["plover"])
    accept = frozenset(raw.get("accept") or ()) | {event}
    quads = frozenset(QUADS[t] for t in accept if t in QUADS)
    actors, recipients = _countries(raw.get("source")), _countries(raw.get("target"))
    # Older labels make the host the source; here the visitor acts and the host receives.
    if raw.get("mode") == "host":
        actors, recipients = recipients, actors
    sentence = raw.get("sentence")
    return GoldEvent(
        event=event,
        accept=accept,
        quads=quads,
        mode=mode_of(event, raw.get("mode")),
        actors=actors,
        recipients=recipients,
        sentence=sentence if isinstance(sentence, int) else None,
    )


def _countries(actors: Iterable[Mapping[str, Any]] | None) -> tuple[str, ...]:
    found = (country_of(actor.get("code")) for actor in actors or ())
    return tuple(dict.fromkeys(code for code in found if code is not None))
