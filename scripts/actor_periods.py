"""When parties governed: the hand-written spans as dated rows, in government and in opposition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from actor_tables import HAND, SEEN, key, read_table

Span = tuple[str, str, str, str]  # start, end, GOV or OPP, as_of


def periods() -> dict[tuple[str, str], list[Span]]:
    """For each party of party_periods.tsv, by code and folded name, its spans in order."""
    found = {}
    for row in read_table(HAND / "party_periods.tsv"):
        found[row["code"], key(row["name"])] = list(_spans(row["since"], row["in_government"] or ""))
    return found


def names() -> list[tuple[str, str]]:
    """The code and name of each party that has spans."""
    return [(row["code"], row["name"]) for row in read_table(HAND / "party_periods.tsv")]


def _spans(since: str, governed: str) -> Iterator[Span]:
    """The spans in government, and what lies between them as opposition."""
    last = since
    for part in filter(None, governed.split("|")):
        start, _, end = part.partition("/")
        if day_before(start) > day_before(last):
            yield last, day_before(start), "OPP", ""
        yield start, end, "GOV", "" if end else SEEN
        if not end:
            return
        last = end
    yield last, "", "OPP", SEEN


def day_before(day: str) -> str:
    """The day before the first of a year, month or day."""
    parts = [int(p) for p in day.split("-")]
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    return (first - timedelta(days=1)).isoformat()
