"""How long a situation's answer and brief take: the example corpus told again in earlier years, in one process.

    python benchmarks/situations.py [YEARS]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from legation.coder import Coder
from legation.model import Document
from legation.reading import read
from legation.record import MergedEvent, Query, Report, Statement
from legation.situations.brief import make_brief
from legation.situations.positions import statements_of
from legation.situations.printing import to_html
from legation.situations.situation import Situation, answer

T = TypeVar("T")
CORPUS = Path(__file__).parents[1] / "examples" / "corpus" / "afghanistan-2021.jsonl"


def shifted(day: str | None, years: int) -> str | None:
    """The same day so many years earlier; the last of February on the 28th."""
    if day is None or len(day) != len("2021-07-09") or "W" in day:
        return day
    one = date.fromisoformat(day)
    return one.replace(year=one.year - years, day=min(one.day, 28) if one.month == 2 else one.day).isoformat()


def told_again(doc: Document, years: int) -> tuple[str, list[MergedEvent], list[Statement]]:
    """A report's events and statements as if it had appeared so many years earlier."""
    name = f"{doc.id}~{years}"
    merged = []
    for event in doc.events:
        mentions = tuple(replace(m, date=shifted(m.date, years), due=shifted(m.due, years)) for m in event.mentions)
        moved = replace(event, id=f"{event.id}~{years}", date=shifted(event.date, years), mentions=mentions)
        merged.append(MergedEvent(moved.id, moved, (Report(name, moved, doc.outlet, shifted(doc.published, years)),)))
    return name, merged, [replace(s, document=name) for s in statements_of(doc)]


def timed(what: str, run: Callable[[], T]) -> T:
    """Run it and say how long it took."""
    start = time.perf_counter()
    result = run()
    print(f"{what}: {time.perf_counter() - start:.2f} s")
    return result


def main(years: int) -> None:
    docs = list(Coder().code_many(read([str(CORPUS)])))
    documents: dict[str, Document] = {}
    events: list[MergedEvent] = []
    statements: list[Statement] = []
    for year in range(years):
        for doc in docs:
            name, merged, said = told_again(doc, year)
            documents[name] = doc
            events += merged
            statements += said
    print(f"{len(events)} events, {len(statements)} statements")
    situation = Situation("all", Query())
    found = timed("answer", lambda: answer(situation, events, statements, documents, as_of="2021-09-30"))
    brief = timed("brief", lambda: make_brief(found))
    timed("page", lambda: to_html(brief))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
