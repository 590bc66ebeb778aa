"""Rows of institutions.tsv and parties.tsv: named bodies of one country.

A name shared by two countries says nothing on its own ("National Assembly", "Democratic Party"), so
only names that one country has, or that hold the name of their country, are taken from the facts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import simplemma
from actor_periods import names as periods_names
from actor_periods import periods
from actor_tables import (
    ACTORS,
    BLOCKED,
    HAND,
    OWN,
    Row,
    hand_keys,
    key,
    read_table,
    tidy,
    unique,
    usable,
    write_table,
)

SECTORS = {
    "armed_forces": ("MIL", "forces"),
    "paramilitary_or_guard": ("MIL", "forces"),
    "police": ("COP", "police"),
    "intelligence_service": ("SPY", "government"),
    "legislature": ("LEG", "legislature"),
    "court": ("JUD", "court"),
    "cabinet": ("GOV", "government"),
    "ministry": ("GOV", "government"),
}
MUDDLE = re.compile(
    r"[|;,\[\]()\ufffd]|\b(includes?|note|see|formerly|and the|branch|service branches|Reserves?|Office of)\b|: .*:|^Government of|^the ",
    re.I,
)
BROKEN = re.compile(
    r"\b[b-df-hj-np-tv-xz] [a-z]|\b[A-Z] [a-z]|Rep blica|Salvadore a|Viys ka|[a-z][A-Z][a-z]+ (of|and)\b"
)  # lost accents
NOT_SURE = frozenset(
    {
        "Landtag",
        "Parlamenti",
        "Parlamentul",
        "Senatul",
        "Sansad",
        "Al-Watani",
        "Mobile Gendarmerie",
        "Serbian Guard Serbian",
    }
)
# Party names that are also a place, a first name, a surname or an everyday word of some language.
NOT_A_PARTY = frozenset(
    "Balad Zamzam Svoboda ASABA GABRIELA Laban Volya Gente Fuerza FRENTE UNIDOS FORCA MERCI GRUENE Avante Vamos Insieme Obrero "
    "Pirat Partai Telem Hiwar Ometz Motwa LONDO Amplitud Libertas.lv Safina Wasat Nahdah Ndonga Mithaq Sawaba Sawab PARTEI Patriota "
    "Democratas Republicanos Progressistas ALYANS Inite HATEM-PMUC Four-Coalition SPOLU TERAZ! Alternative-1 RESPE PRAVA PADENA "
    "Muanchon Sobor Viche DEPOS Vivant Recrear Renovación UNIRD Tamadon Obnova TSIPRAS MADEP Annahj BERJAYA Dosoinstvo Hrast Pangu "
    "PANGU Aliança Pírata Solidariedade Cidadania Morasha Yachad Gahal Sanjira Verjamem Juvento Zehut PRIAN Yedinstvo".split()
)
PARTY_WORD = re.compile(
    r"\b(Party|Movement|Union|Front|Alliance|League|Congress|Democrats?|Coalition|Rally|Bloc|Greens|Socialists?"
    r"|Communists?|Liberals?|Republicans?|Conservatives?|Partido|Parti|Partito|Partei|Partija|Dal|Parishad|Hizb|Organi[sz]ation|Forum)\b"
)
PARTY_MUDDLE = re.compile(
    r"[|;,/\[\]()\"\u201c\u201d\u0400-\uffff]|--| or\b|\bfor$|Movement Now|Movement For!|no party|independent|\b[A-Z]{4,} [A-Z]{4,}\b|\b(faction|others?|various|numerous|list of|inc\.)\b",
    re.I,
)
TAKEN_LETTERS = frozenset(
    "AIDS BBC CEO CNN EU FIFA GDP GMT HIV IAEA ICC ICJ ILO IMF IOC ISI ISIL ISIS MIT MSF NATO NGO OAS OAU OECD OIC OPEC OSCE "
    "PKK PLO PLC SARS SAS TNT UAE UEFA UFO UN UNDP UNHCR UNICEF USA USD WFP WHO WTO AFP AP UPI DPA ANSA FBI CIA KGB FSB GRU "
    "MP MPS PM TV UK US DNA NBA NFL NBC CBS ABC HBO IBM GMO MRI ICU VIP CIS COP CPI PRC ROK DPRK FRG GDR USSR FDR JFK LBJ "
    "ASEAN SAARC APEC AU ECB EC EEC EFTA GCC IRA ETA FARC ELN LTTE ANC UDF MND PRD DMZ LNG GPS SMS UNITA ADB BIS NPT SALT START "
    "CTBT ABM MIG RPG AK IED UAV MFA VVV LLL RMC UAC ADL AFC CNA ATR RDT RPM OPT CLC ARF IDN IRL IEI PDT PVR PRU AAV MODA CCD FDD FDF FBP AUR ERL RDS PDO TNM POTT ATM PIN PDF FAQ URL PR HR CV DIY GPA MBA PHD SOS BMW FIAT SUV RAF RAAF CDC FDA EPA FAA FCC".split()
)


def english(word: str) -> bool:
    """Whether a word is one of the English language."""
    return bool(simplemma.is_known(word.lower(), lang="en"))


def taken_names() -> set[str]:
    """The folded names that other actor tables hold already."""
    found: set[str] = set()
    for table in ("armed_groups.tsv", "organisations.tsv"):
        found |= hand_keys(read_table(ACTORS / table))
    for row in read_table(ACTORS / "states.tsv"):
        found |= {
            key(n) for column in ("names", "adjectives", "people", "capitals") for n in (row[column] or "").split("|")
        }
    for table in ("regions.tsv", "seats.tsv"):
        found |= {key(row["name"]) for row in read_table(ACTORS / table)}
    return found - {""}


def land_words() -> dict[str, re.Pattern[str]]:
    """For each country a pattern of its names and adjectives."""
    found = {}
    for row in read_table(ACTORS / "states.tsv"):
        names = [n for c in ("names", "adjectives") for n in (row[c] or "").split("|") if n]
        found[row["code"]] = re.compile(
            r"\b(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b"
        )
    return found


def adjectives() -> dict[str, str]:
    """The first adjective of each country."""
    return {r["code"]: (r["adjectives"] or "").split("|")[0] for r in read_table(ACTORS / "states.tsv")}


def holders(rows: Iterable[Row]) -> dict[str, set[str]]:
    """Which countries have a body of each name or abbreviation."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in spoken(row):
            found[key(name)].add(row["country"])
    return found


def spoken(row: Row) -> list[str]:
    """Every name and abbreviation of a row."""
    others = row.get("aliases") or row.get("aka") or ""
    return [n for n in (tidy(row["name"]), *map(tidy, others.split("|")), *row["abbreviation"].split("/")) if n]


def letters(text: str, owned: dict[str, set[str]], least: int) -> bool:
    """Whether an abbreviation is sure enough to be looked for."""
    plain = re.sub(r"[^A-Za-z]", "", text)
    return (
        bool(re.fullmatch(r"[A-Z][A-Za-z-]*", text))
        and least <= len(plain) <= 12
        and len(owned[key(text)]) == 1
        and text.upper() not in TAKEN_LETTERS
        and text not in BLOCKED
        and not english(plain)
    )


def institutions(facts: Path) -> None:
    """Write institutions.tsv."""
    hand = read_table(HAND / "institutions.tsv")
    rows = [(r["name"], r["aliases"], r["code"], r["sector"], r["class"], *OWN) for r in hand]
    taken = taken_names() | hand_keys(hand)
    table = [r for r in read_table(facts / "institutions.tsv") if r["kind"] != "ministry"]
    owned, lands, adjective = holders(table), land_words(), adjectives()
    for row in table:
        code = row["country"]
        name = re.sub(r"^[^:]+: ", f"{adjective.get(code, '')} ", tidy(row["name"])).strip()
        own_name = bool(code in lands and lands[code].search(name))
        foreign = not all(english(w) for w in re.findall(r"[A-Za-z\u00c0-\u024f']+", name))
        if code not in lands or MUDDLE.search(name) or BROKEN.search(name) or not usable(name) or key(name) in taken:
            continue
        natives = [
            n
            for n in map(tidy, row["aliases"].split("|"))
            if not MUDDLE.search(n) and not BROKEN.search(n) and " or " not in n and " - " not in n
        ]
        natives = [
            n
            for n in natives
            if len(owned[key(n)]) == 1 and not all(map(english, n.split())) and len(n) > 4 and n[:1].isupper()
        ]
        natives += [a for a in row["abbreviation"].split("/") if letters(a, owned, 4)]
        if not own_name and not (foreign and len(owned[key(name)]) == 1):
            if row["kind"] != "legislature" or not natives:
                continue
            name, natives = natives[0], natives[1:]
            if key(name) in taken:
                continue
        if name in NOT_SURE:
            continue
        names = [n for n in unique(natives, name) if key(n) not in taken and "?" not in n]
        taken |= {key(name), *map(key, names)}
        sector, kind = SECTORS[row["kind"]]
        rows.append((name, "|".join(names), code, sector, kind, row["source"], row["licence"]))
    write_table("institutions.tsv", "name aliases code sector class source licence", sorted(rows))


def wanted_party(row: Row) -> bool:
    """Whether a party was about in or after 1988 and is well enough attested."""
    years = re.findall(r"\d{4}", row["attested"])
    if row["dissolved"] and row["dissolved"] < "1988":
        return False
    if not row["dissolved"] and row["founded"] and row["founded"] < "1900" and not years:
        return False
    recent = bool(years) and max(years) >= "2008"
    return bool(row["abbreviation"] and row["wikidata"] and (years or row["founded"] >= "1960")) or recent


def party_name(name: str, owned: dict[str, set[str]], land: re.Pattern[str]) -> bool:
    """Whether a name says by itself that a party of this country is meant."""
    words = re.findall(r"[A-Za-z\u00c0-\u024f']+", name)
    if not words or PARTY_MUDDLE.search(name) or BROKEN.search(name) or not usable(name) or len(owned[key(name)]) > 1:
        return False
    if words[0] in ("The", "L") or name in NOT_A_PARTY:
        return False
    if len(words) == 1:
        return len(name) > 4 and not english(name) and not land.fullmatch(name)
    return bool(PARTY_WORD.search(name)) or not any(map(english, words))


def parties(facts: Path) -> None:
    """Write parties.tsv."""
    groups = taken_names()  # a party that is a dated row among the armed groups stays there
    hand = [r for r in read_table(HAND / "parties.tsv") if key(r["name"]) not in groups]
    rows = [
        (
            r["name"],
            "|".join(n for n in r["aliases"].split("|") if n and key(n) not in groups),
            r["code"],
            r["sector"],
            r["other"],
            *OWN,
        )
        for r in hand
    ]
    taken = groups | hand_keys(hand) | hand_keys(read_table(ACTORS / "institutions.tsv"))
    table = read_table(facts / "parties.tsv")
    owned, lands = holders(table), land_words()
    joined: dict[str, int] = {}
    for row in table:
        code, name = row["country"], tidy(row["name"])
        if code not in lands or not wanted_party(row) or key(name) in taken:
            continue
        names = [n for n in spoken(row) if n == name or " " in n or len(n) > 4]
        names = [n for n in names if party_name(n, owned, lands[code]) and key(n) not in taken]
        if not names:
            continue
        short = [a for a in row["abbreviation"].split("/") if letters(a, owned, 3) and key(a) not in taken]
        names = [*dict.fromkeys([*names, *short])][:6]
        taken |= set(map(key, names))
        ident = row["wikidata"] or row["partyfacts"]
        if ident and ident in joined:
            at = joined[ident]
            first = rows[at]
            rows[at] = (first[0], "|".join(n for n in (first[1], *names) if n), *first[2:])
            continue
        if ident:
            joined[ident] = len(rows)
        rows.append((names[0], "|".join(names[1:]), code, "PTY", "", row["source"], row["licence"]))
    spans = periods()
    adjective = adjectives()
    for code, name in periods_names():
        listed = any(code == r[2] and key(name) in map(key, (r[0], *r[1].split("|"))) for r in rows)
        if not listed and key(name) not in groups:
            rows.append((name, f"{adjective[code]} {name}", code, "PTY", "", *OWN))
    dated = []
    for row in sorted(rows):
        known = [s for n in (row[0], *row[1].split("|")) for s in spans.get((row[2], key(n)), ())]
        for start, end, role, seen in known or [("", "", row[4], "")]:
            dated.append((*row[:4], role, start, end, seen, *row[5:]))
    write_table("parties.tsv", "name aliases code sector other start end as_of source licence", dict.fromkeys(dated))
