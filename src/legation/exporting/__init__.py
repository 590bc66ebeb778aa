"""Documents out: each format is a function from a coded document to text of whole lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from legation.errors import LegationError, UnknownFormatError
from legation.model import Document

Render = Callable[..., str]
FORMATS = ("table", "report", "plover", "csv")
LATER = ("parquet", "cameo", "gdelt", "icews", "polecat", "acled", "geojson")


class LaterFormatError(UnknownFormatError):
    """A format that is planned and not there yet."""

    def __init__(self, value: str) -> None:
        LegationError.__init__(
            self,
            f"The format '{value}' comes in a later version. "
            f"This one writes: {', '.join(FORMATS)}; 'plover' holds every field of an event.",
        )


def check_format(name: str) -> str:
    """The name, if this version writes it; raises UnknownFormatError with what it does write."""
    if name in LATER:
        raise LaterFormatError(name)
    if name not in FORMATS:
        raise UnknownFormatError(name, FORMATS)
    return name


def head_of(name: str) -> str:
    """What stands once above all documents: the column names of `csv`, nothing for the others."""
    if name == "csv":
        from legation.exporting.tables import header

        return header()
    return ""


def render(name: str, doc: Document, about: Mapping[str, Any], *, with_text: bool = False) -> str:
    """The document in one of the formats for programs, as whole lines ("" where it has no events)."""
    if name == "report":
        from legation.exporting.report import dump, to_report

        return dump(to_report(doc, about, with_text)) + "\n"
    if name == "plover":
        from legation.exporting.plover import to_plover

        return to_plover(doc)
    if name == "csv":
        from legation.exporting.tables import to_csv

        return to_csv(doc)
    raise UnknownFormatError(name, FORMATS[1:])
