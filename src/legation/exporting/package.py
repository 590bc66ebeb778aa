"""The `package` format: a zipped data package (Frictionless) of the events as CSV, with every column described."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from legation.exporting.parquet import kind_of
from legation.exporting.rows import Row
from legation.exporting.tables import COLUMNS, csv_lines, header
from legation.knowledge import ontology
from legation.model import STATUSES

_KINDS = {"int64": "integer", "double": "number", "string": "string"}
_SAYS = {
    "document": "id of the report", "published": "when the report was published, ISO",
    "outlet": "who printed it", "url": "where it stands", "title": "its title",
    "id": "id of the event", "event": "PLOVER type", "mode": "PLOVER modes, between semicolons",
    "context": "PLOVER contexts, between semicolons",
    "quad_code": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
    "event_scale": "from -10 (conflict) to 10 (cooperation)", "cameo": "CAMEO code",
    "status": "whether it happened, goes on, is to come, or did not happen",
    "date": "first day, ISO, as exact as the report", "enddate": "last day",
    "date_precision": "how exact the date is",
    "actor": "codes of who acts", "actor_sector": "their sectors", "actor_name": "their names",
    "actor_text": "their words in the report",
    "recipient": "codes of whom it is done to", "recipient_sector": "their sectors",
    "recipient_name": "their names", "recipient_text": "their words in the report",
    "place_text": "the place as printed", "place": "its name", "country": "ISO 3166 alpha-3",
    "province": "first-level division", "lat": "degrees north", "lon": "degrees east",
    "geonameid": "number in GeoNames", "resolution": "how exact the place is",
    "according_to": "who is named as the source, outermost first", "according_to_text": "the same in words",
    "confidence": "how sure the coder is, 0 to 1", "rule": "what fired", "mentions": "sentences that tell it",
    "sentence": "number of the sentence, from 0", "start": "where it begins in the text",
    "end": "where it ends", "event_text": "the words that say so", "text": "the sentence",
    "reports": "documents that tell it", "independent": "outlets that tell it in a text of their own",
    "outlets": "who printed it, between semicolons",
}  # fmt: skip


def package_lines(rows: Sequence[Row]) -> str:
    """The rows as lines of the package's table."""
    return csv_lines(rows)


class PackageFile:
    """A data package that takes the lines of `package_lines` as they come."""

    def __init__(self, file: BinaryIO) -> None:
        self._package = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._table = self._package.open(_entry("events.csv"), "w", force_zip64=True)
        self._table.write(header().encode())

    def add(self, lines: Iterable[str]) -> None:
        """Put the lines into the table."""
        for line in lines:
            self._table.write(f"{line}\n".encode("utf-8", "replace"))

    def close(self) -> None:
        """Write the description, and the archive's foot."""
        self._table.close()
        text = json.dumps(descriptor(), indent=2, ensure_ascii=False) + "\n"
        self._package.writestr(_entry("datapackage.json"), text.encode())
        self._package.close()


def descriptor() -> dict[str, Any]:
    """The package's own description."""
    fields: list[dict[str, Any]] = []
    for column in COLUMNS:
        entry: dict[str, Any] = {"name": column, "type": _KINDS[kind_of(column)], "description": says(column)}
        allowed = {"event": list(ontology.types()), "status": list(STATUSES), "quad_code": [1, 2, 3, 4]}.get(column)
        if allowed:
            entry["constraints"] = {"enum": allowed}
        fields.append(entry)
    return {
        "name": "legation-events",
        "title": "Political events coded by Legation",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": "events",
                "path": "events.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        ],
    }


def says(column: str) -> str:
    """What a column of the csv format holds, in words."""
    if column in _SAYS:
        return _SAYS[column]
    size, _, part = column.partition("_")
    kind = {"low": "at least", "high": "at most"}.get(part, "best number")
    return f"{size}: {kind}, where the report tells it"


def _entry(name: str) -> zipfile.ZipInfo:
    # A fixed time: the same events are the same file to the byte.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
