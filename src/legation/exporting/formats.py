"""Every format: how rows become its lines, and what stands around them in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO

from legation.errors import UnknownFormatError
from legation.exporting.rows import Row
from legation.model import Status

CHUNK = 500  # rows made into text at a time


@dataclass(frozen=True, slots=True)
class Format:
    """One format of events. `module` and `lines` name the function; it is loaded when first asked for."""

    name: str
    module: str
    lines: str
    ending: str
    head: str = ""  # a function of the module that gives what stands once above, or a constant of it
    tail: str = ""  # a constant of the module
    array: bool = False  # lines are elements of a JSON list
    once: tuple[str, ...] = ()  # lines that begin so are left out when they come again
    real_only: bool = False  # has no status: only what happened or goes on
    file: str = ""  # for a format that is no text: the class of the module that takes its lines


# What events share: who acted, where, and in which report. The events themselves are never remembered, so that
# a long stream needs no more memory than the names in it.
_STIX_ONCE = ('{"type":"identity"', '{"type":"location"')
_FTM_ONCE = ('{"id":"legation-actor', '{"id":"legation-article')
_JSONLD_ONCE = ('{"@id":"legation:report',)
_ALL = (
    Format("plover", "plover", "plover_lines", ".plover.jsonl"),
    Format("csv", "tables", "csv_lines", ".csv", head="header"),
    Format("parquet", "parquet", "parquet_lines", ".parquet", file="ParquetFile"),
    Format("package", "package", "package_lines", ".zip", file="PackageFile"),
    Format("cameo", "cameo", "cameo_lines", ".cameo.tsv", real_only=True),
    Format("gdelt", "gdelt", "gdelt_lines", ".export.CSV", real_only=True),
    Format("gdelt-mentions", "gdelt", "mention_lines", ".mentions.CSV", real_only=True),
    Format("icews", "icews", "icews_lines", ".icews.tsv", head="icews_head", real_only=True),
    Format("polecat", "polecat", "polecat_lines", ".polecat.tsv", head="polecat_head", real_only=True),
    Format("acled", "acled", "acled_lines", ".acled.csv", head="acled_head", real_only=True),
    Format("geojson", "geojson", "geojson_lines", ".geojson", head="HEAD", tail="TAIL", array=True),
    Format("stix", "stix", "stix_lines", ".stix.json", head="stix_head", tail="TAIL", array=True, once=_STIX_ONCE),
    Format("ftm", "ftm", "ftm_lines", ".ftm.json", once=_FTM_ONCE),
    Format("jsonld", "jsonld", "jsonld_lines", ".jsonld", head="HEAD", tail="TAIL", array=True, once=_JSONLD_ONCE),
)
BY_NAME = {form.name: form for form in _ALL}


@cache
def _part(module: str, name: str) -> Any:
    return getattr(import_module(f"legation.exporting.{module}"), name)


def form_of(name: str) -> Format:
    """The format of this name; raises UnknownFormatError with those there are."""
    if name not in BY_NAME:
        raise UnknownFormatError(name, tuple(BY_NAME))
    return BY_NAME[name]


def head(form: Format) -> str:
    """What stands once above all lines."""
    if not form.head:
        return ""
    part = _part(form.module, form.head)
    return str(part() if callable(part) else part)


def lines(form: Format, rows: Sequence[Row], statuses: frozenset[Status] | None = None) -> str:
    """The rows as whole lines of the format ("" where none of them has a place in it).

    A format without a status holds what happened or goes on; `statuses` are those the caller asked for by name.
    """
    make: Callable[..., str] = _part(form.module, form.lines)
    return make(rows, statuses) if form.real_only else make(rows)


class Sink:
    """A file of one format, to which lines are added as they come; close it to make it whole."""

    def __init__(self, form: Format, file: BinaryIO) -> None:
        self._form = form
        self._file = file
        self._empty = True
        self._seen: set[int] = set()
        self._packed = _part(form.module, form.file)(file) if form.file else None
        if not form.file:
            self._write(head(form))
        # The head of a bundle may already hold elements.
        self._empty = head(form).rstrip().endswith("[") if form.array else True

    def add(self, text: str) -> None:
        """Add whole lines."""
        if self._packed is not None:
            self._packed.add(_split(text))
            return
        if not self._form.array and not self._form.once:
            self._write(text)
            return
        for line in _split(text):
            if line.startswith(self._form.once) and self._again(line):
                continue
            if self._form.array:
                self._write(("\n" if self._empty else ",\n") + line)
                self._empty = False
            else:
                self._write(line + "\n")

    def close(self) -> None:
        """Write what stands below."""
        if self._packed is not None:
            self._packed.close()
        elif self._form.tail:
            self._write("\n" + str(_part(self._form.module, self._form.tail)) + "\n")

    def _again(self, line: str) -> bool:
        key = hash(line)  # only compared within this run
        if key in self._seen:
            return True
        self._seen.add(key)
        return False

    def _write(self, text: str) -> None:
        self._file.write(text.encode("utf-8", "replace"))


def write(name: str, rows: Iterable[Row], file: BinaryIO, statuses: frozenset[Status] | None = None) -> int:
    """Write all rows to an open file in one of the formats; returns their number."""
    form = form_of(name)
    sink = Sink(form, file)
    count = 0
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        count += 1
        if len(batch) >= CHUNK:
            sink.add(lines(form, batch, statuses))
            batch = []
    sink.add(lines(form, batch, statuses))
    sink.close()
    return count


def _split(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]
