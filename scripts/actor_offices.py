"""Rows of offices.tsv: who held which office, and when.

A person keeps one main name over all tenures, so that a surname points to one person. The rows
written by hand win over a fact row of the same person and kind.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path

from actor_tables import ACTORS, BLOCKED, HAND, OWN, SEEN, key, read_table, tidy, usable, write_table

TOP = frozenset({"head_of_state", "head_of_government", "foreign", "defence"})
PLAIN = TOP | {"interior", "finance", "justice", "igo_head", "legislature_speaker"}
SINGLE = TOP | {"interior", "finance"}  # one holder at a time
RANK = (
    "head_of_state head_of_government foreign defence interior finance justice igo_head leader "
    "legislature_speaker vice adviser intelligence army_chief spokesperson envoy judge bank regional minister deputy"
).split()

# Offices that the sources file under "other", by their words.
OTHER = (
    (
        r"^(Executive |First |Second |Acting )*Vice[- ]?President( of (?!the (Council|Senate|House|Nat|Leg|Gen|Int|Con)).*)?$",
        "vice",
    ),
    (r"^(First |Acting )?(Deputy Prime Minister|Vice[- ]Prime Minister|Vice Premier)( of .*)?$", "vice"),
    (r"National Security Advis[eo]r$|^Secretary of the (National )?Security Council", "adviser"),
    (
        r"Director of (the Central|National) Intelligence|Director of the (Federal Bureau|Mossad|National Intell)",
        "intelligence",
    ),
    (
        r"^(Acting )?(Chief of (the )?(General|Defence|Army|Air|Naval) (General )?Staff|Chief of (the )?Army( Staff)?$"
        r"|Chairman of the (Joint Chiefs|Chiefs)|Chief of Defen[cs]e( Forces?)?$|Chief of the Defence Forces?$"
        r"|Chief of Staff of the (Army|Armed|Defence|Air)|Commander of the (Armed Forces|Army|National Armed|Land Forces|Navy|Air Force)"
        r"|Commander-in-Chief of the)",
        "army_chief",
    ),
    (
        r"(Government|Presidential|Press|White House|Kremlin|Foreign Ministry) (Spokes\w+|Press Secretary|Secretary)\b",
        "spokesperson",
    ),
    (r"^Chief Justice( of .*)?$|^Prosecutor General", "judge"),
    (
        r"^(Governor|President|Chairman|Chair) of the (Central|National|Reserve|State|European Central) Bank|^Governor of the Bank of",
        "bank",
    ),
    (r"^(Permanent Representative|(United States )?[Aa]mbassador) to the United Nations(, New York)?$", "envoy"),
    (r"^(Director of the (FBI|CIA)|Director of Central Intelligence)$", "intelligence"),
    (r"^White House (Chief of Staff|Counsel|Communications Director)$|^(Counselor|Senior Advisor) to the President$", "adviser"),
    (r"^(Deputy Attorney General|Solicitor General|Supreme Court Justice)$", "judge"),
    (r"^United States Trade Representative$|^Director of the Office of Management", "minister"),
    (r"^([Aa]mbassador|High Commissioner) (to|of) (?!the Court)", "envoy"),
)
# Looked at before the words that speak against a national office: the first deputies of ministers, and
# who governs a part of a large country.
BELOW = (
    (r"^(First )?Deputy (Minister|Secretary) (of|for) (the )?(State|Foreign|Defen[cs]e|Interior|National Defen[cs]e)", "deputy"),
    (r"^(First )?Deputy (Foreign|Defen[cs]e) Minister$", "deputy"),
    (r"^Chief Minister of ", "regional"),
    (r"^([Gg]overnor|Premier|Minister[- ]President) of (?!.*(Bank|Reserve))", "regional"),
    (r"^[Mm]ayor of ", "regional"),
)
# Whose governors and mayors news of the world names.
LARGE = frozenset("USA IND PAK CAN AUS DEU RUS UKR NGA MEX BRA ARG ESP IRQ AFG CHN ITA FRA GBR IDN TUR IRN JPN KOR ZAF".split())
# Where ambassadors of smaller states make news.
POSTED = re.compile(
    r"United (Nations|States|Kingdom)|Russia|China|France|India$|Japan|European Union|NATO|Israel|Ukraine|Iran$|Pakistan|Nations"
)
# Minister of what, where a full name is enough to be looked for; the titles of junior posts are left out.
MINISTER = re.compile(r"^((Federal |First |Senior )?Minister|Secretary|(United States |Cabinet )?Secretary) (of|for) |^Minister without")
NOT_NATIONAL = re.compile(
    r"Asturias|Aragon|Buenos Aires|Flemish|Academy|Leader of Government Business|Homeless|Veterans|military cabinet"
    r"|Mat[eé]riel|Equipment|Science|Space|Logistics|Production|Defen[cs]e Industr|National Guard|Home Front|Social Justice"
    r"|Superior Court|Islamic Council|^President of the People's National Assembly|Brunswick|Alberta|Ontario|Quebec|Manitoba|Saskatch|Nova Scotia|Newfoundland|British Columbia|Edward"
    r"|New South Wales|Queensland|Victoria|Tasmania|Australia[n]? Capital|Northern Territory|Yukon|Nunavut|Cantabria|Wallon"
    r"|Bavaria|Catal|Andalu|Galici|Valenc|Madrid|Bougainville|Shadow|Opposition|[Pp]arliamentary Secretary|Assistant|Deputy Min"
    r"|Minister of State (for|of|in)|^(Under|Junior|Vice[- ]Min|State Secretary)|Communications$|Kurdistan|Republika|Crimea"
)
LANDS = {
    "Abkhazia": "GEO", "South Ossetia": "GEO", "Northern Cyprus": "CYP", "Somaliland": "SOM",
    "Donetsk": "UKR", "Luhansk": "UKR", "Transnistria": "MDA", "Artsakh": "AZE",
}  # fmt: skip


# The source has ministers of the second country under the first as well.
MISPLACED = {"AGO": "PAK", "IRL": "GNQ", "LBR": "NGA", "FRA": "ISR"}


# Names that too many people have to stand for a minister of a smaller country.
COMMON = re.compile(
    r"^[A-Z][a-z]+ (Smith|Brown|Williams|Jones|Wilson|Taylor|Davis|Miller|Johnson|Thompson|Anderson|White|Martin|Clark|Clarke"
    r"|Lewis|Walker|Hall|Allen|Young|King|Wright|Scott|Green|Baker|Adams|Nelson|Hill|Campbell|Mitchell|Roberts|Carter|Phillips"
    r"|Evans|Turner|Parker|Collins|Edwards|Stewart|Morris|Murphy|Cook|Rogers|Morgan|Cooper|Bailey|Reed|Kelly|Howard|Ward|Cox"
    r"|Richardson|Wood|Watson|Brooks|Bennett|Gray|James|Hughes|Price|Myers|Long|Foster|Ross|Wallace|Calvert|Keenan)$"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one office for one span of days."""

    name: str
    aka: tuple[str, ...]
    wikidata: str
    code: str
    sector: str
    office: str
    kind: str
    start: str
    end: str
    as_of: str
    source: str
    licence: str
    stated: bool = True  # the end is the source's own


@dataclass(slots=True)
class People:
    """Who is who: joins the spellings of a person within a country."""

    parent: dict[str, str] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)

    def find(self, node: str) -> str:
        """Follow a spelling to the person it stands for."""
        while self.parent.setdefault(node, node) != node:
            node = self.parent[node]
        return node

    def join(self, one: str, two: str) -> None:
        """Make two spellings one person, unless they have different ids or are two people of the hand rows."""
        a, b = self.find(one), self.find(two)
        if a == b:
            return
        ids = self.ids.get(a, set()) | self.ids.get(b, set())
        if sum(i.startswith("Q") for i in ids) <= 1 and sum(not i.startswith("Q") for i in ids) <= 1:
            self.parent[b] = a
            self.ids[a] = ids


def kind_of(office: str, kind: str) -> str:
    """Name the kind of an office, or nothing where the table does not want it."""
    for pattern, found in BELOW if kind in ("other", "other_cabinet") else ():
        if re.search(pattern, office) and not re.search(r"Lieutenant|Shadow|Colon|Captaincy", office):
            return found
    if NOT_NATIONAL.search(office):
        return ""
    if kind in PLAIN:
        return kind
    for pattern, found in OTHER if kind in ("other", "other_cabinet") else ():
        if re.search(pattern, office):
            return found
    return "minister" if kind == "other_cabinet" and MINISTER.search(office) else ""


def sector_of(kind: str) -> str:
    """Give the sector of a kind of office."""
    return {"legislature_speaker": "LEG", "army_chief": "MIL", "judge": "JUD", "intelligence": "SPY"}.get(kind, "GOV")


def last_day(date: str) -> str:
    """The last day of a year, month or day."""
    if len(date) == 4:
        return date + "-12-31"
    return date + "-28" if len(date) == 7 else date


def span(start: str, end: str, as_of: str) -> tuple[str, str]:
    """Close an open tenure: an empty end in the sources does not mean still in office.

    Seen in office in 2022 or later it stays open; seen last before that, it ends with the year after;
    never dated, it ends eight years after its start.
    """
    first, _, last = as_of.partition("/")
    last = last or first
    start = start or first[:4]
    if end:
        return start, last_day(end)
    if last:
        return start, "" if last >= "2022" else f"{int(last[:4]) + (0 if '/' in as_of else 1)}-12-31"
    return start, "" if start >= "2019" else f"{int(start[:4]) + 8}-12-31"


def land_names() -> list[tuple[re.Pattern[str], str]]:
    """Country names to look for in the title of an office without a country, longest first."""
    names = [
        (name, row["code"])
        for row in read_table(ACTORS / "states.tsv")
        for name in (*row["names"].split("|"), *row["adjectives"].split("|"))
        if name
    ]
    names = [*LANDS.items(), *sorted(names, key=lambda pair: (-len(pair[0]), pair))]
    return [(re.compile(rf"\b{re.escape(name)}\b"), code) for name, code in names]


def spellings(name: str) -> list[str]:
    """Other ways a name is written: without patronymic or middle initial, other romanisations."""
    found = [name]
    words = name.split()
    if len(words) == 3 and re.search(r"(vich|vna|[A-Z]\.?)$", words[1]):
        found.append(f"{words[0]} {words[2]}")
    for one, two in SWAPS:
        found += [re.sub(one, two, text) for text in list(found) if re.search(one, text)]
    return list(dict.fromkeys(found))


def short_name(name: str) -> str:
    """The name without a patronymic between first name and surname."""
    words = name.split()
    return f"{words[0]} {words[2]}" if len(words) == 3 and re.search(r"(vich|vna)$", words[1]) else name


SWAPS = (
    (r"^Sergey\b", "Sergei"), (r"^Sergei\b", "Sergey"), (r"^Dmitriy\b", "Dmitry"), (r"^Dmitry\b", "Dmitri"),
    (r"^Yuriy\b", "Yuri"), (r"^Aleksandr\b", "Alexander"), (r"^Aleksey\b", "Alexei"), (r"^Andrey\b", "Andrei"),
    (r"^Mohammad\b", "Mohammed"), (r"^Mohamed\b", "Mohammed"), (r"^Mohammed\b", "Mohamed"), (r"^Muhammad\b", "Mohammed"),
    (r"^Abd al-", "Abdul "), (r"^Ahmad\b", "Ahmed"), (r"^Husayn\b", "Hussein"), (r"\b[Aa]l-(?=[A-Z])", "al "),
    (r"\bAl-(?=[A-Z])", "al-"), (r"kyy$", "ky"), (r"skiy$", "sky"), (r"Qadhafi$", "Gaddafi"),
    (r"(?<=[a-z])'(?=[a-z])", ""),
)  # fmt: skip


def alike(one: str, two: str) -> bool:
    """Whether two names can be spellings of one: the source joins some namesakes and some strangers."""
    a, b = key(one), key(two)
    if SequenceMatcher(None, a, b).ratio() >= 0.7:
        return True
    ends = [(key(n.split()[0]), key(n.split()[-1])) for n in (one, two)]
    if any(len(w) > 4 and w in ends[1 - k] for k in (0, 1) for w in ends[k][1:]):
        return True  # the surname of one stands first or last in the other
    first, second = ({key(w) for w in n.split() if len(w) > 4} for n in (one, two))
    return len(first & second) >= 2 or first <= second or second <= first


def fact_tenures(facts: Path) -> Iterable[Tenure]:
    """The tenures of the fact table that touch 1988 or later and belong in the table."""
    lands = land_names()
    rows = read_table(facts / "office_holders.tsv")
    lived: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        lived[row["wikidata"]].add(row["country"])
    homes = {r["wikidata"]: r["country"] for r in rows if r["wikidata"] and r["country"]}
    called: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if "Wikidata" in row["source"]:
            called[row["wikidata"]].add(row["name"])
    for row in rows:
        kind = kind_of(row["office"], row["office_kind"])
        name = tidy(re.sub(r"^(Soviet|Gen\.|Dr\.|Mr\.|Sir|Prince|Col\.) ", "", row["name"]))
        if not kind or not usable(name) or " " not in name or name in BLOCKED or " D By" in name:
            continue
        start, end = span(row["start"], row["end"], row["as_of"])
        if end and end < "1988":
            continue
        if kind in ("minister", "deputy", "regional") and (not row["wikidata"] or (end and end < "1992")):
            continue
        if kind == "regional" and row["country"][:3] not in LARGE:
            continue
        if kind == "envoy" and row["country"][:3] not in LARGE and not POSTED.search(row["office"]):
            continue
        code = row["country"][:3] or ("UNO" if kind == "igo_head" else "")
        code = code or next((c for p, c in lands if p.search(row["office"])), "") or homes.get(row["wikidata"], "")
        code = code[:3]
        if end and start and end < start[: len(end)]:
            continue  # the source contradicts itself
        if not code or (row["wikidata"] and MISPLACED.get(code, "-") in lived[row["wikidata"]]):
            continue
        if COMMON.match(name) and not kind.startswith("head_of") and code not in ("USA", "GBR", "UNO"):
            continue
        if name in ("Elizabeth II", "Charles III") and code != "GBR":
            continue  # a text that names the monarch means the British one
        if code == "RUS" and start < "1991-06" and end < "1992":
            code = "SUN"
            end = end or "1991-12-25"
        office = row["office"]
        if row["country"] == "GBR-SCT":
            if office != "First Minister":
                continue
            kind = "regional"
        if code == "IND" and office == "Minister of Foreign Affairs":  # the label of the civil servant
            office, kind = "Foreign Secretary", "envoy"
        if kind in ("head_of_state", "head_of_government"):
            office = re.sub(r"^(Executive|King) (President|Sultan)$|^(President) (Captain|Marshal)$", r"\2\3", office)
            office = {
                "Gen.": "President",
                "Minister": "Prime Minister",
                "Chairman of the Supreme": "President",
            }.get(office, office)
        office = re.sub(r"\s+", " ", office).replace("Prime Minister Prince", "Prime Minister")
        aka = tuple(a for a in (tidy(x) for x in row["aka"].split("|")) if usable(a) and " " in a and alike(name, a))
        ident = row["wikidata"]
        if called[ident] and not any(alike(name, n) for n in called[ident]):
            ident = ""
        yield Tenure(
            name, aka, ident, code, sector_of(kind), office, kind, start, end, row["as_of"],
            row["source"], row["licence"], bool(row["end"]),
        )  # fmt: skip


def hand_tenures() -> Iterable[Tenure]:
    """The tenures written by hand."""
    for r in read_table(HAND / "offices.tsv"):
        aka = tuple(a for a in (r["aka"] or "").split("|") if a)
        kind = r["kind"]
        sector = r["sector"] or sector_of(kind)
        end = last_day(r["end"] or "")
        seen = "" if end else SEEN
        yield Tenure(r["name"], aka, "", r["code"], sector, r["office"], kind, r["start"], end, seen, *OWN)


def joined(tenures: list[Tenure]) -> list[Tenure]:
    """Give each person one main name, one id and every spelling."""
    people = People()
    for t in tenures:
        if t.wikidata:
            people.ids.setdefault(people.find(t.wikidata), {t.wikidata})
        elif t.source == OWN[0]:
            own = f"{t.code} {key(t.name)}"
            people.ids.setdefault(people.find(own), {own})
    for t in tenures:
        own = t.wikidata or f"{t.code} {key(t.name)}"
        for name in (t.name, *t.aka):
            people.join(own, f"{t.code} {key(name)}")
    posts: dict[tuple[str, ...], str] = {}
    for t in tenures:
        surname = key(t.name.split()[-1])
        if t.kind in TOP and len(surname) > 3:  # one post, one year, one initial and surname: one person
            own = t.wikidata or f"{t.code} {key(t.name)}"
            people.join(posts.setdefault((t.code, t.kind, t.start[:4], t.name[0], surname), own), own)
            if len(t.name.split()) > 1:
                two = key(" ".join(t.name.split()[:2]))
                people.join(posts.setdefault((t.code, t.kind, t.start[:4], two), own), own)
    persons: dict[str, list[Tenure]] = defaultdict(list)
    for t in tenures:
        persons[people.find(t.wikidata or f"{t.code} {key(t.name)}")].append(t)
    owned: dict[str, set[str]] = defaultdict(set)  # spellings that belong to people of the hand rows
    for t in tenures:
        for name in (t.name, *t.aka) if t.source == OWN[0] else ():
            owned[f"{t.code} {key(name)}"].add(t.name)
    found = []
    for person in persons.values():
        count = Counter(t.name for t in person)
        main = min(
            person,
            key=lambda t: (
                t.licence != OWN[1] or t.source != OWN[0],
                t.wikidata == "",
                -count[t.name],
                len(t.name),
            ),
        )
        name = short_name(main.name)
        plain = [
            n
            for t in [main, *person]
            for n in (t.name, *t.aka)
            if t.source == OWN[0] or name in owned.get(f"{t.code} {key(n)}", {name})
        ]
        person = [t for t in person if t.source == OWN[0] or name in owned.get(f"{t.code} {key(t.name)}", {name})]
        names = [text for n in plain for text in spellings(n)]
        names = [n for n in dict.fromkeys([*plain, *spellings(name), *names]) if n != name and n not in BLOCKED]
        ident = next((t.wikidata for t in person if t.wikidata), "")
        found += [replace(t, name=name, aka=tuple(names[:10] if any(x.kind in PLAIN or x.source == OWN[0] for x in person) else names[:3]), wikidata=ident) for t in person]
    return found


def same_post(one: Tenure, two: Tenure) -> bool:
    """Whether two rows of a person tell of one tenure."""
    if one.kind == two.kind:
        if one.stated and two.stated and one.office != two.office:
            return one.start == two.start
        close = one.start[:7] == two.start[:7] or (one.start <= two.start and (not one.end or two.start < one.end))
        return close or (two.start <= one.start and (not two.end or one.start < two.end))
    heads = {"head_of_state", "head_of_government"}
    return {one.kind, two.kind} == heads and one.office == two.office and one.start[:4] == two.start[:4]


def near(one: str, two: str) -> bool:
    """Whether two days are less than two months apart, as far as they are known."""
    months = [int(d[:4]) * 12 + int(d[5:7] or 1) for d in (one, two)]
    return abs(months[0] - months[1]) <= 1


def weeded(tenures: list[Tenure]) -> list[Tenure]:
    """One row a tenure: hand before fact, dated before seen, head of state before head of government."""
    persons: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for t in tenures:
        persons[t.code, t.name].append(t)
    found = []
    for everything in persons.values():
        by_us = [t.start for t in everything if t.source == OWN[0]]
        person = [t for t in everything if t.end or not any(near(t.start, s) for s in by_us) or t.source == OWN[0]]
        kept: list[Tenure] = []
        order = sorted(
            person,
            key=lambda t: (
                t.source != OWN[0],
                RANK.index(t.kind),
                not t.stated,
                -int(t.as_of[-4:] if "/" in t.as_of else t.as_of[:4] or 0),
                -len(t.start),
                t.start,
                t.office,
            ),
        )
        for t in order:
            by_hand = t.source == OWN[0]
            if not any(same_post(k, t) and not (by_hand and k.start != t.start) for k in kept):
                kept.append(t)
        found += kept
    return found


def closed(tenures: list[Tenure]) -> list[Tenure]:
    """End an open tenure where a later one in the same single office is known, or of the same person."""
    next_posts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for t in tenures:
        next_posts[t.code, t.name].append(t.start)
    starts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for t in tenures:
        if t.kind in SINGLE and t.sector == "GOV":
            starts[t.code, t.kind, office_word(t)].append(t.start)
    found = []
    for t in tenures:
        later = [
            s
            for s in starts[t.code, t.kind, office_word(t)]
            if s > max(t.start, t.as_of[-4:] if "/" in t.as_of else t.as_of)
        ]
        if t.kind in SINGLE and not t.stated and later and (not t.end or min(later) < t.end):
            t = replace(t, end=min(later))
        moved = [s for s in next_posts[t.code, t.name] if t.as_of and "/" not in t.as_of and s > t.as_of]
        if moved and not t.end and t.source != OWN[0] and not t.kind.startswith("head_of"):
            t = replace(t, end=last_day(min(moved)))
        found.append(t)
    return found


def office_word(tenure: Tenure) -> str:
    """Tell a monarch from a governor-general; ministers need no word."""
    return tenure.office.split()[0] if tenure.kind == "head_of_state" else ""


def offices(facts: Path) -> None:
    """Write offices.tsv."""
    tenures = joined([*hand_tenures(), *fact_tenures(facts)])
    tenures = closed(weeded(tenures))
    tenures.sort(key=lambda t: (t.name, t.code, RANK.index(t.kind), t.start, t.office, t.end))
    rows = [
        (
            t.name,
            "|".join(t.aka),
            t.wikidata,
            t.code,
            t.sector,
            t.office,
            t.kind,
            t.start,
            t.end,
            t.as_of,
            t.source,
            t.licence,
        )
        for t in tenures
    ]
    header = "name aka wikidata code sector office kind start end as_of source licence"
    write_table("offices.tsv", header, dict.fromkeys(rows))
