"""JSON files: one object, a list of them, a list within an object, or objects one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from legation.model import Document
from legation.reading import detect
from legation.reading.tables import from_row, rows_within
from legation.reading.text import problem

_BETWEEN = re.compile(r"[\s,\[\]\x1e]*")
_AGAIN = re.compile(r"(?<=\n)\{")  # where reading goes on after something broken


def from_json(data: bytes, encoding: str, name: str) -> Iterator[Document]:
    """The documents of a file that is JSON as a whole, or at least in parts."""
    text = detect.decode(data, encoding)[0].removeprefix("\ufeff").replace("\x00", "")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        yield from _in_parts(text, name)
        return
    rows = found if isinstance(found, list) else rows_within(found)
    if rows is None:
        rows = [found]
    for number, row in enumerate(rows, 1):
        place = name if rows == [found] else f"{name}:{number}"
        if isinstance(row, dict):
            yield from_row(row, place)
        else:
            yield problem(place, f"Item {number} is no object with a text.")


def _in_parts(text: str, name: str) -> Iterator[Document]:
    """Each object that is whole, and a problem for each that is not."""
    decoder = json.JSONDecoder()
    number = 0
    at = max(text.find("{"), 0)
    while at < len(text):
        number += 1
        place = f"{name}:{number}"
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield problem(place, f"The file is not JSON from its object {number} on: {error}.")
            again = _AGAIN.search(text, at + 1)
            if again is None:
                return
            at = again.start()
            continue
        if isinstance(found, dict):
            yield from_row(found, place)
        else:
            yield problem(place, f"Item {number} is no object with a text.")
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
