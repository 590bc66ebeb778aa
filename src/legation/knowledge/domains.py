"""What each domain's documents are known by, read from domains.toml."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from legation.knowledge.name_tables import all_names, state_spellings

STRONG, PLAIN, FAINT = 2.0, 1.0, 0.5
POLITICS = "politics"
_KINDS = {"institutions": STRONG, "force": PLAIN, "strong": STRONG, "plain": PLAIN}
_TOKEN = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")
# Signs that a sentence tells of the world and not of a plot: a day, a year, a number of dead, a place with a name.
_REAL = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October"
    r"|November|December|\d+ (?:people|others|dead)|19[5-9]\d|20[0-3]\d|last (?:week|month|year)|yesterday|today"
    r"|in [A-Z][a-z]+)\b"
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
    figurative: frozenset[str]  # words of force that players and critics use too
    hints: frozenset[str]  # words of politics and of much else
    deeds: frozenset[str]  # what states do, right behind their name
    shapes: tuple[tuple[str, float, re.Pattern[str]], ...]  # results of matches and the like


@cache
def load() -> Domains:
    """The domains, read once."""
    raw = tomllib.loads((Path(__file__).parent / "domains.toml").read_text(encoding="utf-8"))
    lists = {
        (name, kind): _words(words)
        for name, kinds in raw.items()
        for kind, words in kinds.items()
        if kind in _KINDS
    }
    known = {word for words in lists.values() for word in words}
    weights: dict[str, dict[str, float]] = {}
    for (name, kind), words in lists.items():
        for word in words:
            # "rebels" of one list is the "rebel" of another
            one = word[:-1] if word.endswith("s") and word[:-1] in known else word
            weights.setdefault(one, {}).setdefault(name, _KINDS[kind])
    shapes: list[tuple[str, float, re.Pattern[str]]] = []
    for name, kinds in raw.items():
        shapes += [(name, STRONG, re.compile(p)) for p in kinds.get("shapes", ())]
        shapes += [(name, FAINT, re.compile(p)) for p in kinds.get("faint", ())]
    politics = raw.pop(POLITICS)
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
        institutions=frozenset(lists[POLITICS, "institutions"]),
        figurative=frozenset(_words(politics["figurative"])),
        hints=frozenset(_words(politics["hints"])),
        deeds=frozenset(_words(politics["deeds"])),
        shapes=tuple(shapes),
    )


def state_deeds(text: str) -> list[str]:
    """The words in which a state is said to act: "Canada imposed", "Hungarian government"; its name and the deed."""
    states, deeds = _states(), load().deeds
    words = [w.replace("’", "'").removesuffix("'s") for w in _TOKEN.findall(text)]
    found = []
    for i, word in enumerate(words):
        if not word[0].isupper():
            continue
        for size in (3, 2, 1):
            name = " ".join(words[i : i + size])
            if name in states and any(" ".join(words[i + size : i + size + n]) in deeds for n in (1, 2, 3)):
                found.append(f"{name} {words[i + size]}")
                break
    return list(dict.fromkeys(found))


@cache
def _states() -> frozenset[str]:
    """The names, adjectives and capitals of states, and the seats of their governments, as printed."""
    kinds = ("state", "adjective", "capital", "seat")
    return frozenset(name.text for name in all_names(state_spellings) if name.kind in kinds)


def speaks_of_politics(text: str, domain: str) -> bool:
    """Whether a sentence of a document of another domain is politics nonetheless: the minister in the stadium."""
    known = load()
    if domain == "history":
        return False
    if state_deeds(text):
        return True
    found, _ = hits(text)
    political = {word for word in found if any(name == POLITICS for name, _ in known.weights[word])}
    if domain in known.imagined:
        return len(political) >= 2 and _REAL.search(text) is not None
    # One such word beside those of the game is the game's: two bombs over the wall.
    playing = any((domain, STRONG) in known.weights[word] for word in found)
    return bool(political - known.figurative) or len(political) >= (2 if playing else 1)


def hits(text: str) -> tuple[Counter[str], int]:
    """The words and phrases of the lists that the text holds, longest first, and how many words it has."""
    known = load()
    words = [w.lower() for w in _TOKEN.findall(text)]
    if "'" in text or "’" in text:
        words = [w.replace("’", "'").removesuffix("'s") for w in words]
    found: Counter[str] = Counter()
    begins = known.phrases
    i = 0
    while i < len(words):
        word = words[i]
        if word not in begins and word[:-1] not in begins:
            i += 1  # as most words are
            continue
        for first in _forms(word):
            sizes = range(known.phrases.get(first, 0), 0, -1)
            size = next((n for n in sizes if _phrase(words, i, n, first) in known.weights), 0)
            if size:
                found[_phrase(words, i, size, first)] += 1
                i += size - 1
                break
        i += 1
    return found, len(words)


def hinted(text: str) -> bool:
    """Whether any word stands in the text that is at home in politics, if elsewhere too."""
    hints = load().hints
    return any(form in hints for word in _TOKEN.findall(text.lower()) for form in _forms(word))


def _phrase(words: list[str], i: int, size: int, first: str) -> str:
    """Of so many words from here; its last may be a plural of what the list has."""
    if size == 1:
        return first
    phrase = " ".join((first, *words[i + 1 : i + size]))
    return phrase[:-1] if phrase not in load().weights and phrase.endswith("s") else phrase


def _forms(word: str) -> tuple[str, ...]:
    return (word, word[:-1]) if len(word) > 3 and word.endswith("s") else (word,)


def _words(text: str) -> list[str]:
    return [word for part in text.replace("\n", " ").split(",") if (word := part.strip())]
