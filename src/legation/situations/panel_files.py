"""A panel as files: CSV, Parquet, or a data package (Frictionless) of a CSV with its codebook."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from legation.errors import MissingExtraError
from legation.situations.panels import Panel

_GROUP = 50_000  # rows of Parquet written at a time
_ARROW = {"string": "string", "integer": "int64", "number": "float64", "date": "string"}


def write_csv(panel: Panel, file: BinaryIO) -> None:
    """The panel as CSV under its column names; a value that does not exist is an empty cell."""
    for text in _csv(panel):
        file.write(text.encode())


def write_parquet(panel: Panel, file: BinaryIO) -> None:
    """The panel as Parquet; what each column says stands in the schema."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as err:
        raise MissingExtraError("A panel in Parquet", "pyarrow", "parquet") from err
    fields = [
        pyarrow.field(c.name, getattr(pyarrow, _ARROW[c.kind])(), metadata={"description": c.title})
        for c in panel.columns
    ]
    schema = pyarrow.schema(fields)
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        rows = panel.rows()
        while group := list(islice(rows, _GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))


def write_package(panel: Panel, file: BinaryIO) -> None:
    """A zipped data package: datapackage.json, panel.csv and codebook.md."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        _put(package, "datapackage.json", [json.dumps(descriptor(panel), indent=2, ensure_ascii=False) + "\n"])
        _put(package, "codebook.md", [codebook(panel)])
        _put(package, "panel.csv", _csv(panel))


def descriptor(panel: Panel) -> dict[str, Any]:
    """The data package's own description: the fields with their types, meanings and the primary key."""
    spec = panel.spec
    fields = []
    for column in panel.columns:
        entry: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.title}
        if column.name in _key(panel):
            entry["constraints"] = {"required": True}
        fields.append(entry)
    return {
        "name": f"legation-{spec.unit}-{spec.period}",
        "title": f"{spec.unit}-{spec.period} panel",
        "description": "Counts of political events, made by Legation; codebook.md says how.",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": "panel",
                "path": "panel.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "primaryKey": _key(panel), "missingValues": [""]},
            }
        ],
    }


def codebook(panel: Panel) -> str:
    """What the panel holds and how it was counted, in Markdown."""
    spec = panel.spec
    lines = [
        f"# Codebook: {spec.unit}-{spec.period}",
        "",
        f"- {len(panel)} rows: {len(panel.units)} units, {len(panel.periods)} periods"
        + (" (each unit in each period, with zeros)" if spec.balanced else " (only cells with events)"),
        f"- {panel.counted} events counted; statuses: {', '.join(spec.statuses)}",
        *(f"- left out: {count} events ({why})" for why, count in panel.left_out),
        f"- from {spec.since or 'the first event'} to {spec.until or 'the last event'}",
    ]
    if spec.unit == "dyad":
        lines.append("- dyads are " + ("directed" if spec.directed else "not directed"))
        lines.append("- a country with itself is " + ("a dyad" if spec.domestic else "no dyad"))
    if spec.unit == "country":
        lines.append(f"- a country has an event by: {spec.by}")
    if spec.min_confidence:
        lines.append(f"- events with a confidence of at least {spec.min_confidence}")
    lines += ["", "| column | type | what it says |", "| --- | --- | --- |"]
    lines += [f"| `{c.name}` | {c.kind} | {c.title} |" for c in panel.columns]
    return "\n".join(lines) + "\n"


def _key(panel: Panel) -> list[str]:
    names = [c.name for c in panel.columns]
    return [n for n in names[: names.index("period") + 1] if not n.endswith(("_cow", "_gw"))]


def _csv(panel: Panel) -> Iterator[str]:
    names = [column.name for column in panel.columns]
    yield _line(names)
    for row in panel.rows():
        yield _line(["" if row[name] is None else row[name] for name in names])


def _line(cells: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _put(package: zipfile.ZipFile, name: str, texts: Any) -> None:
    # A fixed time: the same panel is the same file to the byte.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with package.open(entry, "w", force_zip64=True) as file:
        for text in texts:
            file.write(text.encode())
