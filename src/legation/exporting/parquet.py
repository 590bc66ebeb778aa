"""The `parquet` format: the columns of the csv format with their types, written in groups of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import msgspec

from legation.errors import MissingExtraError
from legation.exporting.report import dump
from legation.exporting.rows import Row
from legation.exporting.tables import COLUMNS, cells_of

_WHOLE = frozenset({
    "quad_code", "geonameid", "mentions", "sentence", "start", "end", "reports", "independent",
    *(f"{size}{part}" for size in ("dead", "injured", "arrested", "crowd") for part in ("", "_low", "_high")),
})  # fmt: skip
_REAL = frozenset({"event_scale", "lat", "lon", "confidence"})
GROUP = 20_000  # rows a group: a few megabytes in memory


def parquet_lines(rows: Sequence[Row]) -> str:
    """The rows as lines of JSON, for the one process that writes the file."""
    return "".join(dump(cells_of(row)) + "\n" for row in rows)


def kind_of(column: str) -> str:
    """What a column of the csv format holds: a whole number, a number or text."""
    return "int64" if column in _WHOLE else "double" if column in _REAL else "string"


class ParquetFile:
    """A Parquet file that takes the lines of `parquet_lines`; nothing but a group of rows is held."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as err:
            raise MissingExtraError("The format 'parquet'", "pyarrow", "parquet") from err
        self._arrow = pyarrow
        self._schema = pyarrow.schema([(name, getattr(pyarrow, _ARROW[kind_of(name)])()) for name in COLUMNS])
        self._file = pyarrow.parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._waiting: list[dict[str, Any]] = []

    def add(self, lines: Iterable[str]) -> None:
        """Put the lines into the file."""
        self._waiting.extend(_read(line) for line in lines)
        if len(self._waiting) >= GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left and the file's foot."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._waiting:
            self._file.write_table(self._arrow.Table.from_pylist(self._waiting, schema=self._schema))
            self._waiting = []


_ARROW = {"int64": "int64", "double": "float64", "string": "string"}


def _read(line: str) -> dict[str, Any]:
    cells: dict[str, Any] = msgspec.json.decode(line.encode("utf-8", "replace"))
    # An empty cell of csv is nothing known; Parquet can say so.
    return {name: None if value == "" else _typed(name, value) for name, value in cells.items()}


def _typed(name: str, value: Any) -> Any:
    if value is None or kind_of(name) != "string":
        return value
    # A broken half of a surrogate pair, which JSON's escapes carry and UTF-8 does not, becomes a question mark.
    return str(value).encode("utf-8", "replace").decode("utf-8")
