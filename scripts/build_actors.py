"""Build the actor tables from dated public facts and from rows written by hand.

Usage: python scripts/build_actors.py FACTS_DIR

FACTS_DIR holds the six tables of the fact collection; the rows written by hand stand in
scripts/actors_by_hand. Hand rows win: a fact row that shares a name with one is left out.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from actor_bodies import institutions, parties
from actor_offices import offices
from actor_periods import day_before, periods
from actor_tables import (
    BLOCKED,
    HAND,
    OWN,
    Row,
    hand_keys,
    key,
    read_table,
    tidy,
    unique,
    write_table,
)

NOT_A_GROUP = re.compile(
    r"^(Military faction|Forces of|Supporters of|Government of|Republic of|State of)|insurgents$"
    r"|^[A-Z][a-z]+ (mutineers|students)$"
)
GANG = re.compile(r"\b(cartel|gang|mafia|mara|barrio|comando|drug)\b", re.I)
MILITIA = re.compile(r"\b(milit\w+|vigilan\w+|self-def\w+|autodefensas?|civil defen[cs]e)\b", re.I)
GANG_COUNTRIES = frozenset({"MEX", "BRA", "HND", "SLV", "JAM", "HTI", "ECU"})


def group_code(countries: str) -> str:
    """Give a group its country, or IMG where it is active in more than three."""
    codes = [code for code in countries.split("|") if code]
    if not codes:
        return ""
    return codes[0] if len(codes) <= 3 else "IMG"


def group_sector(row: Row, code: str) -> str:
    """Tell cartels and pro-government militias from rebels by the words of their names."""
    words = f"{row['name']} {row['full_name']} {row['aliases']}"
    if GANG.search(words) or (code in GANG_COUNTRIES and re.match(r"(Los|Las|La|Grupo|Cartel|G9) ", row["name"])):
        return "CRM"
    return "PRM" if MILITIA.search(row["full_name"] or row["name"]) else "REB"


def armed_groups(facts: Path) -> None:
    """Write armed_groups.tsv."""
    hand = read_table(HAND / "armed_groups.tsv")
    taken = hand_keys(hand)
    bodies = hand_keys([*read_table(HAND / "organisations.tsv"), *read_table(HAND / "institutions.tsv")])
    rows = [(r["name"], r["aliases"], r["code"], r["sector"], r["start"], r["end"], *OWN) for r in hand]
    found = []
    for row in read_table(facts / "armed_groups.tsv"):
        if row["kind"] not in ("formally organised group", "listed as terrorist group"):
            continue
        code = group_code(row["country"])
        names = [tidy(n) for n in (row["full_name"], row["name"], *row["aliases"].split("|"))]
        names = [n for n in unique(names, "") if key(n) not in bodies]
        if not code or not names or NOT_A_GROUP.search(row["name"]):
            continue
        if taken & {key(n) for n in (*names, tidy(row["name"]))}:
            continue
        found.append((names, code, group_sector(row, code), row["source"], row["licence"]))
    held = Counter(key(name) for names, *_ in found for name in names)
    for names, code, sector, source, licence in found:
        own = [n for n in names if held[key(n)] == 1 or (n == names[0] and len(n) > 5)]
        if own:
            rows.append((own[0], "|".join(own[1:]), code, sector, "", "", source, licence))
    rows = list(with_periods(rows))
    write_table("armed_groups.tsv", "name aliases code sector start end source licence", sorted(set(rows)))


def with_periods(rows: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """A group that has become a party is one in government or in opposition from then on."""
    spans = periods()
    for row in rows:
        known = next((s for n in (row[0], *row[1].split("|")) if (s := spans.get((row[2], key(n))))), None)
        if known is None or row[5] or row[3] not in ("PTY", "REB", "PRM"):
            yield row
            continue
        if row[3] != "PTY":
            yield (*row[:5], day_before(known[0][0]), *row[6:])
        for start, end, role, _ in known:
            yield (*row[:3], f"PTY,{role}", start, end, *OWN)


UN_FAMILY = re.compile(r"^(United Nations|UN |International (Civil Aviation|Fund for Agr)|World )")
NOT_AN_ORGANISATION = re.compile(
    r"became| or |Agreement$|Red Cross|Intelligence Agency|^(Group of|Big|former|Union of Soviet|Export-Import|National Geo|United States)"
    r"|Convention$|\(|/"
)
UNIONS = re.compile(r"Labor$|Trade Union")


def organisations(facts: Path) -> None:
    """Write organisations.tsv."""
    hand = read_table(HAND / "organisations.tsv")
    taken = hand_keys(hand)
    rows = [(r["name"], r["aliases"], r["code"], r["sector"], r["class"], *OWN) for r in hand]
    rows = [row for row in rows if row[0] not in BLOCKED]
    for row in read_table(facts / "organisations.tsv"):
        name = tidy(row["name"])
        names = [tidy(n) for n in (row["abbreviation"], *row["aliases"].split("|"))]
        names = [n for n in unique(names, name) if " or " not in n and " - " not in n]
        if name in BLOCKED or NOT_AN_ORGANISATION.search(name) or taken & {key(n) for n in (name, *names)}:
            continue
        taken.add(key(name))
        code = "UNO" if UN_FAMILY.match(name) else "IGO"
        labour = bool(UNIONS.search(name))
        rows.append(
            (
                name,
                "|".join(names),
                "NGO" if labour else code,
                "LAB" if labour else "GOV",
                "organisation" if labour else "igo",
                row["source"],
                row["licence"],
            )
        )
    write_table("organisations.tsv", "name aliases code sector class source licence", sorted(rows))


def main() -> None:
    """Build every table from the folder of facts named on the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    facts = Path(sys.argv[1])
    armed_groups(facts)
    organisations(facts)
    offices(facts)
    institutions(facts)
    parties(facts)


if __name__ == "__main__":
    main()
