"""Write what the actor tables know of each country into docs/actors-by-country.md.

Usage: python scripts/actor_coverage.py [--check]

With --check nothing is written; the exit status is 1 where the page does not say what the tables hold.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict

from actor_tables import ACTORS, ROOT, read_table

PAGE = ROOT / "docs" / "actors-by-country.md"
YEARS = ("1995-07-01", "2003-07-01", "2013-07-01", "2021-07-01", "2025-07-01")
HEAD = """# What is known of each country

Written by `python scripts/actor_coverage.py` from the tables in `src/legation/knowledge/actors`; do not edit it by hand.
How to fill a gap is told in [actors.md](actors.md#filling-a-gap).

Offices: rows, and the people in them. Known on a day: which of head of state (s), head of government (g), foreign (f) and
defence (d) minister somebody is known to have held on 1 July of 1995, 2003, 2013, 2021 and 2025; a hyphen for each that nobody is.
An open tenure counts for two years after its source last saw it. Where one person is state and government, or a post does
not exist, a hyphen says no more than that there is no row of that kind. Parties by period: those with rows that
say when they governed and when not.

| code | country | offices | people | 1995 | 2003 | 2013 | 2021 | 2025 | parties | by period | armed groups | institutions | other bodies |
|---|---|--:|--:|---|---|---|---|---|--:|--:|--:|--:|--:|
"""


def known(rows: list[dict[str, str]], day: str) -> str:
    """A letter for each kind of office that somebody is known to have held on the day."""
    held = {row["kind"] for row in rows if covers(row, day)}
    letters = zip(("head_of_state", "head_of_government", "foreign", "defence"), "sgfd", strict=True)
    return "".join(letter if kind in held else "-" for kind, letter in letters)


def covers(row: dict[str, str], day: str) -> bool:
    """Whether a row says that the office was held on the day."""
    if row["start"] and row["start"] > day[: len(row["start"])]:
        return False
    if row["end"]:
        return row["end"] >= day
    seen = max(row["as_of"][-4:] if "/" in row["as_of"] else row["as_of"], row["start"])
    return not seen or day[:4] <= str(int(seen[:4]) + 2)


def page() -> str:
    """The whole page."""
    offices: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_table(ACTORS / "offices.tsv"):
        offices[row["code"]].append(row)
    parties, dated = Counter[str](), Counter[str]()
    for code, _, has_dates in {(r["code"], r["name"], bool(r["start"])) for r in read_table(ACTORS / "parties.tsv")}:
        parties[code] += 1
        dated[code] += has_dates
    counts = [
        Counter(code for code, _ in {(r["code"], r["name"]) for r in read_table(ACTORS / f"{table}.tsv")})
        for table in ("armed_groups", "institutions", "organisations")
    ]
    lines = []
    for row in sorted(read_table(ACTORS / "states.tsv"), key=lambda r: r["code"]):
        code = row["code"]
        held = offices.get(code, [])
        cells = [code, row["names"].split("|")[0], len(held), len({r["name"] for r in held})]
        cells += [known(held, day) for day in YEARS]
        cells += [parties[code], dated[code], *(count[code] for count in counts)]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write or check the page."""
    text = page()
    if "--check" in sys.argv[1:]:
        sys.exit(0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text else 1)
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE.name}: {text.count(chr(10))} lines")


if __name__ == "__main__":
    main()
