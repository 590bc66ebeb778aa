"""What each domain's documents are known by, read from domains.toml."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STRONG, PLAIN, FAINT = 2.0, 1.0, 0.5
POLITICS = "politics"
_TOKEN = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")
_DATED = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October"
    r"|November|December|19[5-9]\d|20[0-3]\d|last (?:week|month|year)|yesterday|today)\b"
)


@dataclass(frozen=True)
class Domains:
    """The domains in the order of the file, and what a word or phrase counts for."""

    names: tuple[str, ...]  # without politics
    imagined: frozenset[str]  # those that tell of wars and kings of no news of today
    firm: dict[str, int]  # how many strong words a domain needs at the least
    weights: dict[str, tuple[tuple[str, float], ...]]  # of a word or phrase, for each domain it is a word of
    phrases: dict[str, int]  # the first word of phrases: how many words the longest has
    institutions: frozenset[str]  # words of politics that no novel and no chronicle needs
    shapes: tuple[tuple[str, float, re.Pattern[str]], ...]  # results of matches and the like


@cache
def load() -> Domains:
    """The domains, read once."""
    raw = tomllib.loads((Path(__file__).parent / "domains.toml").read_text(encoding="utf-8"))
    politics = raw.pop(POLITICS)
    institutions = _words(politics["institutions"])
    weights: dict[str, dict[str, float]] = {}
    for word in institutions:
        weights.setdefault(word, {})[POLITICS] = STRONG
    for word in _words(politics["force"]):
        weights.setdefault(word, {}).setdefault(POLITICS, PLAIN)
    shapes: list[tuple[str, float, re.Pattern[str]]] = []
    for name, lists in raw.items():
        for word in _words(lists["strong"]):
            weights.setdefault(word, {})[name] = STRONG
        for word in _words(lists["plain"]):
            weights.setdefault(word, {}).setdefault(name, PLAIN)
        shapes += [(name, STRONG, re.compile(p)) for p in lists.get("shapes", ())]
        shapes += [(name, FAINT, re.compile(p)) for p in lists.get("faint", ())]
    phrases: dict[str, int] = {}
    for word in weights:
        parts = word.split()
        phrases[parts[0]] = max(phrases.get(parts[0], 1), len(parts))
    return Domains(
        names=tuple(raw),
        imagined=frozenset(name for name, lists in raw.items() if lists.get("imagined")),
        firm={name: lists.get("firm", 1) for name, lists in raw.items()},
        weights={word: tuple(sides.items()) for word, sides in weights.items()},
        phrases=phrases,
        institutions=frozenset(institutions),
        shapes=tuple(shapes),
    )


def speaks_of_politics(text: str, domain: str) -> bool:
    """Whether a sentence of a document of another domain is politics nonetheless: the minister in the stadium."""
    known = load()
    if domain == "history":
        return False
    found, _ = hits(text)
    institutions = sum(1 for word in found if word in known.institutions)
    force = sum(1 for word in found if any(name == POLITICS for name, _ in known.weights[word])) - institutions
    if domain in known.imagined:
        return bool(_DATED.search(text)) and institutions + force >= 2
    return institutions > 0 or force >= 2


def hits(text: str) -> tuple[Counter[str], int]:
    """The words and phrases of the lists that the text holds, longest first, and how many words it has."""
    known = load()
    words = [w.lower().replace("’", "'") for w in _TOKEN.findall(text)]
    found: Counter[str] = Counter()
    i = 0
    while i < len(words):
        for first in _forms(words[i]):
            sizes = range(known.phrases.get(first, 0), 0, -1)
            size = next((n for n in sizes if _phrase(words, i, n, first) in known.weights), 0)
            if size:
                found[_phrase(words, i, size, first)] += 1
                i += size - 1
                break
        i += 1
    return found, len(words)


def _phrase(words: list[str], i: int, size: int, first: str) -> str:
    """Of so many words from here; its last may be a plural of what the list has."""
    if size == 1:
        return first
    tail = words[i + 1 : i + size]
    known = load().weights
    phrase = " ".join((first, *tail))
    if phrase not in known and phrase.endswith("s"):
        return phrase[:-1]
    return phrase


def _forms(word: str) -> tuple[str, ...]:
    word = word.removesuffix("'s")
    return (word, word[:-1]) if len(word) > 3 and word.endswith("s") else (word,)


def _words(text: str) -> list[str]:
    return [word for part in text.replace("\n", " ").split(",") if (word := part.strip())]
