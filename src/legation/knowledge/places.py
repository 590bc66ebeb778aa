"""The gazetteer: which places a name may mean. Read from text files once, when first asked for."""

from __future__ import annotations

import gzip
import re
import tomllib
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from legation.errors import KnowledgeError

ATTRIBUTION = "Place data from GeoNames (geonames.org), CC BY 4.0; selected, reformatted and completed."
KINDS = ("country", "admin1", "admin2", "city")
_SHORT = {
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "el": "al",
    "ad": "al",
    "as": "al",
    "ash": "al",
    "at": "al",
    "ar": "al",
    "az": "al",
    "an": "al",
}
_DROP = re.compile(r"[.'’‘ʻʼ`´ʿʾ]")
_SPLIT = re.compile(r"[\s\-‐‑–]+")


@cache
def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) != 0


def fold(name: str) -> str:
    """The form in which names are compared: no accents, case, hyphens or apostrophes; St. is Saint, El is Al.

    The article is folded at the head of a name only, and only with a word behind it: Ar Raqqah,
    Al-Raqqa and El Raqqa meet, while Ar in the middle of a Turkish name is left alone.
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not _is_mark(c))
        name = name.replace("ı", "i").replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l")
        name = name.replace("Ł", "L").replace("đ", "d").replace("Đ", "D").replace("ə", "a").replace("æ", "ae")
    words = _SPLIT.split(_DROP.sub("", name).lower().strip(" -"))
    if len(words) > 1:
        words[0] = _SHORT.get(words[0], words[0])
        for i in range(1, len(words)):
            if words[i] == "st":
                words[i] = "saint"
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may mean."""

    name: str
    country: str | None  # ISO alpha-3; None where it lies in several or in none
    kind: str
    population: int
    lat: float | None
    lon: float | None
    geonameid: int | None
    admin1: str = ""
    admin2: str = ""
    alias: bool = False  # the name looked up is not the one the place is listed under

    @property
    def key(self) -> tuple[str, str | None, str, float | None, float | None]:
        """What makes two entries the same place whatever name led to them."""
        return (self.name, self.country, self.kind, self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, the places it may mean (most likely first), and what else the word may be."""

    entries: tuple[Entry, ...]
    word: bool = False  # also a common word: Reading, Split, Nice
    first: bool = False  # also a first name: Austin, Florence
    surname: bool = False  # also a frequent surname: Washington, Jordan
    curated: bool = False


class _Lines:
    """The lines of a packed file as one block of bytes: two thirds of a million strings would take a quarter second."""

    def __init__(self, file: str) -> None:
        import numpy

        self._data = gzip.decompress((files("legation.knowledge") / "places" / file).read_bytes())
        ends = numpy.flatnonzero(numpy.frombuffer(self._data, dtype=numpy.uint8) == ord("\n"))
        self._ends = numpy.append(ends, len(self._data))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: int) -> bytes:
        start = self._ends[index - 1] + 1 if index else 0
        return self._data[start : self._ends[index]]


class Gazetteer:
    """Names and places, held as sorted lines: no object is made for a place that nobody names."""

    def __init__(self) -> None:
        self._names = _Lines("names.tsv.gz")
        self._rows = _Lines("places.tsv.gz")
        self._curated = _curated()
        self._aliases = _aliases()
        self._seen: dict[str, Name | None] = {}

    @property
    def abbreviations(self) -> frozenset[str]:
        """The names that count letter for letter, points and all."""
        return frozenset(self._aliases)

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, index: int, alias: bool = False) -> Entry:
        """The place in one line of the places file."""
        number, name, country, kind, people, lat, lon, admin1, admin2 = self._rows[index].decode().split("\t")
        return Entry(
            name,
            country,
            KINDS[int(kind)],
            int(people),
            float(lat) if lat else None,
            float(lon) if lon else None,
            int(number),
            admin1,
            admin2,
            alias,
        )

    def lookup(self, name: str) -> Name | None:
        """What a name as printed may mean; case and accents do not matter."""
        if name in self._seen:
            return self._seen[name]
        found = self.exact(name) or self._folded(fold(name))
        if len(self._seen) > 50_000:
            self._seen.clear()  # a bound on memory; what is asked again is found again
        self._seen[name] = found
        return found

    def curated(self, name: str) -> Name | None:
        """What a name means in the hand-written table alone."""
        entries = self._curated.get(fold(name))
        return Name(entries, curated=True) if entries else None

    def exact(self, name: str) -> Name | None:
        """What an abbreviation means, letter for letter: U.S., Ky., DRC; "us" is none."""
        if name.isupper() and name in self._curated:
            return Name(self._curated[name], curated=True)
        target = self._aliases.get(name)
        if target is None:
            return None
        key, country, kind = target
        found = self._folded(fold(key))
        if found is None:
            return None
        entries = tuple(e for e in found.entries if e.country == country and e.kind == kind)
        return Name(entries[:1], curated=True) if entries else None

    def _folded(self, key: str) -> Name | None:
        curated = self._curated.get(key)
        # UTF-8 sorts as the characters do. Half a pair, which no encoding holds, is in no name.
        at = bisect_left(self._names, key.encode("utf-8", "replace") + b"\t")
        line = self._names[at].decode() if at < len(self._names) else ""
        if not line.startswith(key + "\t"):
            return Name(curated, curated=True) if curated else None
        _, marks, rows = line.split("\t")
        numbers = rows.split(",")
        found = [self.row(int(n.lstrip("~")), n[0] == "~") for n in numbers]
        found.sort(key=lambda e: (KINDS.index(e.kind) > 0, -e.population, e.geonameid or 0))
        entries = tuple(found[:60])
        if curated:
            # A curated row of the same name, kind and country replaces the gazetteer's.
            entries = curated + tuple(e for e in entries if all(e.key[:3] != c.key[:3] for c in curated))
        return Name(entries, "w" in marks, "f" in marks, "s" in marks, bool(curated))


def _table(file: str, columns: int) -> list[list[str]]:
    """The rows of one of the hand-written tables, without its head, blank lines and remarks."""
    text = (files("legation.knowledge") / "places" / file).read_text(encoding="utf-8")
    rows = []
    for number, line in enumerate(text.splitlines()[1:], start=2):
        if line and not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != columns:
                raise KnowledgeError(
                    f"places/{file}:{number}", f"{columns} columns are needed, {len(cells)} are there"
                )
            rows.append(cells)
    return rows


def _curated() -> dict[str, tuple[Entry, ...]]:
    """Regions, waters, crossings, camps and the rest that no list of towns holds."""
    found: dict[str, list[Entry]] = {}
    for name, aliases, kind, country, lat, lon, _source in _table("curated.tsv", 7):
        entry = Entry(name, country or None, kind, 0, float(lat), float(lon), None)
        for each in (name, *filter(None, aliases.split("|"))):
            # LAC and FATA only in capitals: keys are lower case otherwise
            found.setdefault(each if each.isupper() else fold(each), []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def _aliases() -> dict[str, tuple[str, str, str]]:
    return {
        text: (target, country, kind) for text, target, country, kind, _source in _table("aliases.tsv", 5)
    }


@cache
def demonyms() -> dict[str, str]:
    """Adjectives and names of peoples to the country they point at."""
    return {word: country for word, country, _source in _table("demonyms.tsv", 3)}


@cache
def first_names() -> frozenset[str]:
    """Frequent first names, lower case: the word behind one is a surname."""
    text = (files("legation.knowledge") / "places" / "first_names.txt").read_text(encoding="utf-8")
    more = (files("legation.knowledge") / "places" / "first_names_more.txt").read_text(encoding="utf-8")
    return frozenset(text.split()) | frozenset(more.split())


@cache
def place_words() -> dict[str, Any]:
    """The word lists of words.toml: titles, prepositions, generic nouns."""
    return tomllib.loads((files("legation.knowledge") / "places" / "words.toml").read_text(encoding="utf-8"))


@cache
def load_gazetteer() -> Gazetteer:
    """The one gazetteer of this process, loaded when first asked for."""
    return Gazetteer()
