"""Names of states, peoples, bodies, groups and office holders, and the words for roles, out of the tables.

Names are looked up word by word: an index from the first word to the names that begin with it,
longest first. Accents and case are folded away without changing any offset, and case is checked
afterwards against what was printed, so that "US" is a state and "us" is not.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from legation.errors import KnowledgeError
from legation.knowledge.places import first_names, load_gazetteer

NameKind = Literal[
    "state",
    "adjective",
    "people",
    "capital",
    "seat",
    "region",
    "ethnic",
    "organisation",
    "group",
    "party",
    "institution",
    "office",
]
WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name.
_GAP = re.compile(r"[ \u00a0.\-–'’‘&/]{1,3}|\s|, ?(?=and\b)")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
_ARTICLE = frozenset({"the", "al", "el"})


@dataclass(frozen=True, slots=True)
class Name:
    """One row of a table under one of its names; several rows may share a name."""

    text: str
    kind: NameKind
    code: str | None
    sector: str | None
    others: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    label: str | None = None  # the full name of whom an alias stands for
    identifier: str | None = None
    office: str | None = None
    start: str | None = None
    end: str | None = None

    def holds_on(self, date: str | None) -> bool:
        """Whether the row is true on that day; without a day, whether it still is."""
        if date is None:
            return self.end is None
        return not ((self.start and date < self.start[: len(date)]) or (self.end and date > self.end))


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that says what somebody is: its sector and its mention classes."""

    noun: str
    sector: str | None
    classes: frozenset[str]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a name stands in a text."""

    start: int
    end: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    printed: str
    exact: bool  # an acronym or a short name: the printed letters must be the same
    names: tuple[Name, ...]


@cache
def _folding() -> dict[int, str]:
    found: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0]
        if base.isascii() and base != char:
            found[code] = base
    found.update(
        {
            ord("ı"): "i",
            ord("ł"): "l",
            ord("Ł"): "L",
            ord("ø"): "o",
            ord("Ø"): "O",
            ord("đ"): "d",
            ord("ə"): "a",
        }
    )
    return found


def fold(text: str) -> str:
    """The text in lower case without accents, of the same length."""
    plain = text.translate(_folding())
    lower = plain.lower()
    return (
        lower if len(lower) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    )


def _rows(table: str) -> Iterator[dict[str, str]]:
    path = files("legation.knowledge").joinpath("actors", table)
    if not path.is_file():
        return
    lines = path.read_text("utf-8").splitlines()
    head = lines[0].split("\t") if lines else []
    for line in lines[1:]:
        if line.strip() and not line.startswith("#"):
            yield dict(zip(head, (cell.strip() for cell in line.split("\t")), strict=False))


def _list(cell: str | None, separator: str = "|") -> list[str]:
    return [part.strip() for part in (cell or "").split(separator) if part.strip()]


_STATE = frozenset({"state", "government"})
_BY_SECTOR: dict[str, frozenset[str]] = {
    "GOV": frozenset({"organisation", "government"}),
    "MIL": frozenset({"organisation", "forces", "armed"}),
    "COP": frozenset({"organisation", "police", "forces"}),
    "REB": frozenset({"organisation", "rebels", "armed"}),
    "PRM": frozenset({"organisation", "rebels", "armed"}),
    "UAF": frozenset({"organisation", "rebels", "armed"}),
    "LEG": frozenset({"organisation", "legislature", "government"}),
    "JUD": frozenset({"organisation", "court"}),
    "JRN": frozenset({"organisation", "media"}),
    "BUS": frozenset({"organisation", "company"}),
    "PTY": frozenset({"organisation", "party"}),
    "OPP": frozenset({"organisation", "party"}),
}


def _state_names() -> Iterator[Name]:
    for row in _rows("states.tsv"):
        code = row.get("code")
        names = _list(row.get("names"))
        label = names[0] if names else None
        for text in names:
            yield Name(text, "state", code, "GOV", classes=_STATE, label=label)
        for text in _list(row.get("adjectives")):
            yield Name(text, "adjective", code, "GOV", classes=_STATE, label=label)
        for text in _list(row.get("people")):
            yield Name(
                text, "people", code, "CVL", classes=frozenset({"nationality", "civilians"}), label=label
            )
        for text in _list(row.get("capitals")):
            yield Name(text, "capital", code, "GOV", classes=_STATE, label=label)
    for row in _rows("seats.tsv"):
        sector = row.get("sector") or "GOV"
        yield Name(row["name"], "seat", row.get("code"), sector, classes=_BY_SECTOR.get(sector, _STATE))
    for row in _rows("regions.tsv"):
        code, status = row.get("code") or None, row.get("sector") or None
        yield Name(row["name"], "region", code, status, classes=frozenset({"place"}), label=row["name"])
        for text in _list(row.get("people"), ","):
            kind: NameKind = "people" if text.endswith("s") else "adjective"
            yield Name(
                text, kind, code, "CVL", classes=frozenset({"nationality", "civilians"}), label=row["name"]
            )
    for row in _rows("peoples.tsv"):
        for text in _list(row.get("names"), ","):
            yield Name(
                text,
                "ethnic",
                row.get("code") or None,
                "CVL",
                classes=frozenset({"nationality", "civilians"}),
            )


_BODIES: tuple[tuple[str, NameKind], ...] = (
    ("organisations.tsv", "organisation"),
    ("armed_groups.tsv", "group"),
    ("parties.tsv", "party"),
    ("institutions.tsv", "institution"),
)


def _body_names() -> Iterator[Name]:
    for table, kind in _BODIES:
        for row in _rows(table):
            sectors = _list((row.get("sector") or "").replace(",", "|"))
            others = (*sectors[1:], *_list((row.get("other") or "").replace(",", "|")))
            classes = _BY_SECTOR.get(sectors[0] if sectors else "", frozenset({"organisation"}))
            if kind == "group":
                classes |= {"armed", "rebels"}
            classes |= frozenset(_list((row.get("class") or "").replace(",", "|")))
            base = Name(
                row["name"],
                kind,
                row.get("code") or None,
                sectors[0] if sectors else None,
                others,
                classes | {"organisation"},
                row["name"],
                start=row.get("start") or None,
                end=row.get("end") or None,
            )
            for text in dict.fromkeys([row["name"], *_list(row.get("aliases"))]):
                yield replace(base, text=text)


def _office_names() -> Iterator[Name]:
    for row in _rows("offices.tsv"):
        sector = row.get("sector") or "GOV"
        base = Name(
            row["name"],
            "office",
            row.get("code") or None,
            sector,
            (),
            frozenset({"official", "person", "government"}),
            row["name"],
            row.get("wikidata") or None,
            row.get("office") or None,
            row.get("start") or None,
            row.get("end") or None,
        )
        for text in dict.fromkeys([row["name"], *_list(row.get("aka"))]):
            yield replace(base, text=text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text)))


def _exact(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return (
        len(letters) <= 7
        and sum(c.isupper() for c in letters) >= 2
        and letters[0].isupper()
        and (sum(c.islower() for c in letters) < sum(c.isupper() for c in letters))
    )


def _index(names: Iterable[Name]) -> dict[str, tuple[_Form, ...]]:
    forms: dict[tuple[tuple[str, ...], bool], list[Name]] = {}
    for name in names:
        text = name.text[4:] if name.text.lower().startswith("the ") else name.text
        words = _words(text)
        if words:
            forms.setdefault((words, _exact(text)), []).append(name)
    index: dict[str, list[_Form]] = {}
    for (words, exact), found in forms.items():
        index.setdefault(words[0], []).append(_Form(words, found[0].text, exact, tuple(found)))
    return {
        first: tuple(sorted(found, key=lambda f: (-len(f.words), not f.exact)))
        for first, found in index.items()
    }


@cache
def name_index() -> dict[str, tuple[_Form, ...]]:
    """Every name by its first word, longest first."""
    return _index([*_state_names(), *_body_names(), *_office_names()])


@cache
def surname_index() -> dict[str, tuple[Name, ...]]:
    """Office holders by the last word of their name, for "President Putin"."""
    found: dict[str, dict[tuple[str, str | None, str | None], Name]] = {}
    for name in _office_names():
        words = _words(name.text)
        if len(words) < 2:
            continue
        keys = [words[-1]] if len(words[-1]) > 2 else []
        if len(words) == 3 and len(words[-2]) <= 3:
            keys.append(" ".join(words[-2:]))
        if name.code in FAMILY_FIRST:
            keys.append(words[0])
        for key in keys:
            found.setdefault(key, {}).setdefault((name.label or "", name.office, name.start), name)
    return {key: tuple(rows.values()) for key, rows in found.items()}


# Where the family name comes first.
FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "HKG", "SGP", "KHM", "HUN"})


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the word lists of words.toml."""
    lists = tomllib.loads(files("legation.knowledge").joinpath("actors", "words.toml").read_text("utf-8"))
    if name not in lists:
        raise KnowledgeError("actors/words.toml", f"the list '{name}' is missing")
    return frozenset(lists[name].split())


@cache
def roles() -> dict[str, Role]:
    """Roles by their noun phrase in the singular."""
    found: dict[str, Role] = {}
    for row in (*_rows("plain_roles.tsv"), *_rows("roles.tsv")):
        noun = " ".join(_words(row["noun"]))
        sectors = _list(row.get("sector"), ",")
        classes = frozenset(_list((row.get("classes") or "").replace(",", "|")))
        if {"official", "person"} <= classes and row.get("sector") == "GOV":
            classes |= {"government"}
        found.setdefault(noun, Role(noun, sectors[0] if sectors else None, classes, tuple(sectors[1:])))
    return found


@cache
def _longest_role() -> int:
    return max((noun.count(" ") + 1 for noun in roles()), default=1)


_MEN = {
    "men": "man",
    "women": "woman",
    "people": "people",
    "children": "child",
    "wives": "wife",
    "thieves": "thief",
}


@lru_cache(maxsize=20_000)
def singulars(word: str) -> tuple[str, ...]:
    """What a lower-case noun may be the plural of, the word itself first."""
    found = [word]
    for plural, singular in _MEN.items():
        if word.endswith(plural):
            found.append(word[: -len(plural)] + singular)
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    if word.endswith(("ches", "shes", "sses", "xes")):
        found.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
    return tuple(found)


def find_role(words: tuple[str, ...], end: int) -> tuple[int, Role] | None:
    """The longest role whose last word is ``words[end - 1]``: where it begins, and the role."""
    table = roles()
    for length in range(min(_longest_role(), end), 0, -1):
        before = " ".join(words[end - length : end - 1])
        for last in singulars(words[end - 1]):
            role = table.get(f"{before} {last}" if before else last)
            if role is not None:
                return end - length, role
    return None


@lru_cache(maxsize=20_000)
def town_country(name: str) -> str | None:
    """The country of a town in the gazetteer of places, if one is far larger than its namesakes."""
    found = load_gazetteer().lookup(name)
    if found is None or not found.entries:
        return None
    first = found.entries[0]
    least = 1_000_000 if found.word else 300_000 if found.surname or found.first else 15_000
    if first.population < least and not found.curated:
        return None
    rivals = [e.population for e in found.entries[1:] if e.country != first.country]
    if not found.curated and any(p * 3 > first.population for p in rivals):
        return None
    return first.country


def is_first_name(word: str) -> bool:
    """Whether a lower-case word is a frequent first name."""
    return word in first_names()


def _cased(printed: str, form: _Form) -> bool:
    if form.exact:
        plain = printed.translate(_folding()).replace(".", "")
        wanted = form.printed.translate(_folding()).replace(".", "")
        wanted = wanted[4:] if wanted.lower().startswith("the ") else wanted
        return plain == wanted
    if not any(c.isupper() for c in form.printed):
        return True
    first = next((c for c in printed if c.isalpha()), "A")
    if not first.isupper():
        return False
    if len(form.words) == 1 and printed.isupper() and len(printed) <= 3:
        return False
    last = printed.split()[-1]
    return (
        len(form.words) == 1
        or last[0].isupper()
        or not last[0].isalpha()
        or not form.printed.split()[-1][0].isupper()
    )


# What a report without capitals may mean in earnest: a name, or only a word.
_TITLED_KINDS = frozenset(
    {"state", "adjective", "people", "capital", "region", "ethnic", "party", "institution", "office"}
)
_WORD_TOO = frozenset(
    {"turkey", "china", "chad", "polish", "jersey", "guinea", "georgia", "nice", "reading", "independent"}
)


def with_capitals(text: str) -> str:
    """A text printed without capitals with those of the names it holds; any other text as it is.

    Acronyms are not looked for unless they have no vowel: "who" and "aid" are words.
    """
    letters = sum(c.isalpha() for c in text)
    if not letters or sum(c.isupper() for c in text) * 100 > letters:
        return text
    raised = re.sub(
        r"[^\W\d_]+", lambda m: m[0][0].upper() + m[0][1:] if len(m[0][0].upper()) == 1 else m[0], text
    )
    raised = re.sub(r"\b[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{3,5}\b", lambda m: m[0].upper(), raised)
    found, last = [], 0
    for hit in find_names(raised):
        known = any(n.kind in _TITLED_KINDS for n in hit.names) or raised[hit.start : hit.end].isupper()
        if not known or text[hit.start : hit.end] in _WORD_TOO:
            continue
        found += [text[last : hit.start], raised[hit.start : hit.end]]
        last = hit.end
    return "".join([*found, text[last:]])


def find_names(text: str) -> list[Hit]:
    """The names in a text from left to right, the longest where several begin; they never overlap."""
    folded = fold(text)
    spans = [(m.start(), m.end(), m.group()) for m in WORD.finditer(folded)]
    index = name_index()
    found: list[Hit] = []
    i = 0
    while i < len(spans):
        start, _, word = spans[i]
        forms = index.get(word)
        taken = 1
        if forms is not None:
            for form in forms:
                stop = i + len(form.words)
                if stop > len(spans) or any(spans[i + k][2] != w for k, w in enumerate(form.words)):
                    continue
                last = spans[stop - 1][1]
                if stop > i + 1 and any(
                    not _GAP.fullmatch(text, spans[k][1], spans[k + 1][0]) for k in range(i, stop - 1)
                ):
                    continue
                if not _cased(text[start:last], form):
                    continue
                if text[last : last + 1] == "." and _INITIALS.match(text, start, last + 1):
                    last += 1
                found.append(Hit(start, last, form.names))
                taken = len(form.words)
                break
        i += taken
    return found
