"""Sentences of our own with the date their event has: no more exact than said, none where none can be known.

`python -m sets.test_event_dates` (in this folder's parent) prints the share and every sentence that is read wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from legation.model import Document, EventMention

if TYPE_CHECKING:
    from legation.coder import Coder

HERE = Path(__file__).parent
# What is reached, rounded down; it only goes up.
FLOOR = 0.97
DUE_FLOOR = 0.97


@dataclass(frozen=True)
class Dated:
    """A report, the type of its event, and when that was: a first and last day, month or year."""

    published: str | None
    type: str
    date: str | None
    enddate: str | None
    precision: str
    text: str

    def fits(self, mention: EventMention) -> bool:
        """Whether a mention is of the type and has just this date."""
        found = (mention.event, mention.date, mention.enddate, mention.date_precision)
        return found == (self.type, self.date, self.enddate, self.precision)


def rows() -> list[Dated]:
    """The table."""
    found = []
    for line in (HERE / "event_dates.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        published, kind, when, precision, text = line.split("\t")
        first, _, last = when.partition("..")
        found.append(Dated(_known(published), kind, _known(first), last or None, precision, text))
    return found


def _known(cell: str) -> str | None:
    return None if cell == "-" else cell


def wrong(coder: Coder, table: list[Dated]) -> list[str]:
    """The rows for which no mention has the date, each with what was found."""
    docs = coder.code_many([Document(text=row.text, published=row.published) for row in table])
    lines = []
    for row, doc in zip(table, docs, strict=True):
        if not any(row.fits(m) for m in doc.event_mentions):
            told = [f"{m.event} {m.date}..{m.enddate} {m.date_precision} ({m.date_reason})" for m in doc.event_mentions]
            lines.append(f"{row}\n    {told or 'no event'}")
    return lines


def wrong_pledges(coder: Coder) -> tuple[int, list[str]]:
    """How many rows the table of pledges has, and those with another day due than the row's (or with one at all)."""
    lines = (HERE / "pledges.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table = [line.split("\t") for line in lines]
    docs = coder.code_many([Document(text=text, published=_known(day)) for day, _, _, text in table])
    missed = []
    for (_, kind, due, text), doc in zip(table, docs, strict=True):
        found = {(m.event, m.due or "-") for m in doc.event_mentions if m.event == kind}
        if found != {(kind, due)}:
            missed.append(f"{text}\n    {kind} due {due}; found {[(m.event, m.due) for m in doc.event_mentions]}")
    return len(table), missed


def test_the_table_is_large_and_holds_each_kind_of_date() -> None:
    table = rows()

    assert len(table) >= 120
    assert {row.precision for row in table} >= {"day", "week", "month", "quarter", "year", "unknown"}
    assert sum(row.date is None for row in table) >= 8
    assert len({row.type for row in table}) >= 12


@pytest.mark.model
def test_as_many_events_have_their_date_as_before(coder: Coder) -> None:
    table = rows()
    missed = wrong(coder, table)

    assert 1 - len(missed) / len(table) >= FLOOR, "\n".join(missed)


@pytest.mark.model
def test_as_many_pledges_are_due_on_their_day_as_before(coder: Coder) -> None:
    count, missed = wrong_pledges(coder)

    assert count >= 35
    assert 1 - len(missed) / count >= DUE_FLOOR, "\n".join(missed)


def main() -> None:
    """Print the share and what is wrong."""
    from legation.coder import Coder

    coder, table = Coder(), rows()
    missed = wrong(coder, table)
    print(f"{1 - len(missed) / len(table):.3f} of {len(table)} dates right", *missed, sep="\n")
    count, unmet = wrong_pledges(coder)
    print(f"{1 - len(unmet) / count:.3f} of {count} days due right", *unmet, sep="\n")


if __name__ == "__main__":
    main()
