"""Documents out: each format is a function from a coded document, or from a merged event, to whole lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from legation.errors import UnknownFormatError
from legation.exporting.formats import BY_NAME, Sink, form_of, head, lines, write
from legation.exporting.rows import Row, document_rows, merged_row, merged_rows
from legation.model import Document, Status

FORMATS = ("table", "report", *BY_NAME)
# What a file's name says of its format; the longest ending counts.
BY_ENDING = {form.ending.lower(): name for name, form in BY_NAME.items()} | {".jsonl": "report"}

__all__ = [
    "BY_ENDING",
    "BY_NAME",
    "FORMATS",
    "Row",
    "Sink",
    "check_format",
    "document_rows",
    "form_of",
    "format_of",
    "head_of",
    "merged_row",
    "merged_rows",
    "render",
    "write",
]


def check_format(name: str) -> str:
    """The name, if it is that of a format; raises UnknownFormatError with those there are."""
    if name not in FORMATS:
        raise UnknownFormatError(name, FORMATS)
    return name


def format_of(file: str) -> str | None:
    """The format that the name of a file says, by its longest ending that is one of ours; None where none is."""
    found = [ending for ending in BY_ENDING if file.lower().endswith(ending)]
    return BY_ENDING[max(found, key=len)] if found else None


def head_of(name: str) -> str:
    """What stands once above all documents: the column names of `csv`, nothing for `report`."""
    return head(BY_NAME[name]) if name in BY_NAME else ""


def render(
    name: str,
    doc: Document,
    about: Mapping[str, Any],
    *,
    with_text: bool = False,
    statuses: frozenset[Status] | None = None,
) -> str:
    """The document in one of the formats for programs, as whole lines ("" where it has no events)."""
    if name == "report":
        from legation.exporting.report import dump, to_report

        return dump(to_report(doc, about, with_text)) + "\n"
    if name not in BY_NAME:
        raise UnknownFormatError(name, FORMATS[1:])
    return lines(BY_NAME[name], document_rows(doc), statuses)
