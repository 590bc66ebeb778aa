"""What each domain's documents are known by, read from domains.toml."""

from __future__ import annotations

import re
import tomllib
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


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern that speaks for a domain, and characters without which it cannot match."""

    domain: str
    weight: float
    hint: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Domains:
    """The domains in the order of the file, and what a word or phrase counts for."""

    names: tuple[str, ...]  # without politics
    imagined: frozenset[str]  # those that tell of wars and kings of no news of today
    firm: dict[str, int]  # how many strong words a domain needs at the least
    weights: dict[str, tuple[tuple[str, float], ...]]  # of a word or phrase, for each domain it is a word of
    phrases: dict[str, int]  # the first word of phrases: how many words the longest has
    begins: dict[str, tuple[str, ...]]  # each form a text may have of such a first word: the words it may be a form of
    alone: frozenset[str]  # the forms of single words
    opening: dict[str, frozenset[str]]  # each form of the first word of phrases: the forms of the words behind it
    seconds: dict[str, frozenset[str]]  # the same by the word itself
    politics: frozenset[str]  # one of these is in all that is political: of a phrase the forms of its longest word
    institutions: frozenset[str]  # words of politics that no novel and no chronicle needs
    states_act: frozenset[str]  # the domains in which states act as a matter of course
    acts: frozenset[str]  # what states and their bodies do there, in all forms
    bodies: frozenset[str]  # and those bodies
    figurative: frozenset[str]  # words of force that players and critics use too
    hints: frozenset[str]  # the forms of words of politics and of much else
    deeds: frozenset[str]  # what states do, right behind their name
    shapes: tuple[Shape, ...]  # results of matches and the like


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
    shapes = tuple(
        Shape(name, weight, hint, re.compile(pattern))
        for name, kinds in raw.items()
        for kind, weight in (("shapes", STRONG), ("faint", FAINT))
        for hint, pattern in kinds.get(kind, ())
    )
    politics = raw.pop(POLITICS)
    phrases: dict[str, int] = {}
    begins: dict[str, set[str]] = {}
    seconds: dict[str, set[str]] = {}
    political: set[str] = set()
    for word, sides in weights.items():
        first, *rest = word.split()
        phrases[first] = max(phrases.get(first, 1), len(rest) + 1)
        for form in _forms(first):
            begins.setdefault(form, set()).add(first)
        if rest:
            seconds.setdefault(first, set()).update(_forms(rest[0]) if len(rest) == 1 else rest[:1])
        if POLITICS in sides:
            political.update(_forms(max(word.split(), key=len)))
    return Domains(
        names=tuple(raw),
        imagined=frozenset(name for name, lists in raw.items() if lists.get("imagined")),
        firm={name: lists.get("firm", 1) for name, lists in raw.items()},
        weights={word: tuple(sides.items()) for word, sides in weights.items()},
        phrases=phrases,
        # A word itself before what it may be the plural of.
        begins={form: tuple(sorted(words, key=len, reverse=True)) for form, words in begins.items()},
        alone=frozenset(form for word in weights if " " not in word for form in _forms(word)),
        opening={
            form: frozenset().union(*(seconds.get(first, ()) for first in words))
            for form, words in begins.items()
            if not seconds.keys().isdisjoint(words)
        },
        seconds={first: frozenset(words) for first, words in seconds.items()},
        politics=frozenset(political),
        institutions=frozenset(lists[POLITICS, "institutions"]),
        states_act=frozenset(name for name, lists in raw.items() if lists.get("states_act")),
        acts=_all_forms(politics["acts"]),
        bodies=_all_forms(politics["bodies"]),
        figurative=frozenset(_words(politics["figurative"])),
        hints=_all_forms(politics["hints"]),
        deeds=frozenset(_words(politics["deeds"])),
        shapes=shapes,
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, without a possessive 's: as printed, and in small letters."""

    printed: list[str]
    small: list[str]


def words_of(text: str) -> Words:
    """The words of the text, for all that is asked of them here."""
    printed = _TOKEN.findall(text)
    if "'" in text or "’" in text:
        printed = [w.replace("’", "'").removesuffix("'s").removesuffix("'S") for w in printed]
    return Words(printed, [w.lower() for w in printed])


def state_deeds(words: Words) -> list[str]:
    """The words in which a state is said to act: "Canada imposed", "Hungarian government"; its name and the deed."""
    states, deeds, starts, first_of_deed = _states()
    printed = words.printed
    found: list[str] = []
    if starts.isdisjoint(printed):
        return found
    for i in [i for i, word in enumerate(printed) if word in starts]:
        for size in (3, 2, 1):
            if printed[i + size : i + size + 1] and printed[i + size] not in first_of_deed:
                continue
            name = " ".join(printed[i : i + size])
            if name in states and any(" ".join(printed[i + size : i + size + n]) in deeds for n in (1, 2, 3)):
                found.append(f"{name} {printed[i + size]}")
                break
    return list(dict.fromkeys(found))


@cache
def _states() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """The names, adjectives and capitals of states, and the seats of their governments, as printed; what states do;
    and the first words of both."""
    kinds = ("state", "adjective", "capital", "seat")
    states = frozenset(name.text for name in all_names(state_spellings) if name.kind in kinds)
    deeds = load().deeds
    starts = frozenset(name.split()[0] for name in states if name[0].isupper())
    return states, deeds, starts, frozenset(deed.split()[0] for deed in deeds)


def speaks_of_politics(text: str, domain: str) -> bool:
    """Whether a sentence of a document of another domain is politics nonetheless: the minister in the stadium."""
    known = load()
    if domain == "history":
        return False
    words = words_of(text)
    if state_deeds(words) or (domain in known.states_act and _states_act(words)):
        return True
    if known.politics.isdisjoint(words.small):
        return False
    found = hits(words)
    political = {word for word in found if any(name == POLITICS for name, _ in known.weights[word])}
    if domain in known.imagined:
        return len(political) >= 2 and _REAL.search(text) is not None
    # One such word beside those of the game is the game's: two bombs over the wall.
    playing = any((domain, STRONG) in known.weights[word] for word in found)
    return bool(political - known.figurative) or len(political) >= (2 if playing else 1)


def _states_act(words: Words) -> bool:
    """Whether a word for an act of politics stands beside a state or a body of one, wherever in the sentence."""
    known = load()
    if known.acts.isdisjoint(words.small):
        return False
    return not known.bodies.isdisjoint(words.small) or _names_state(words)


def _names_state(words: Words) -> bool:
    states, _, starts, _ = _states()
    printed = words.printed
    return any(
        " ".join(printed[i : i + size]) in states
        for i in [i for i, word in enumerate(printed) if word in starts]
        for size in (1, 2, 3)
    )


def hits(words: Words) -> dict[str, int]:
    """The words and phrases of the lists that are among the words, longest first, and how often each is."""
    known = load()
    small, weights, alone, opening = words.small, known.weights, known.alone, known.opening
    found: dict[str, int] = {}
    reached = 0
    # Many phrases begin with "the", "a", "in": those count only before a word that goes on with one.
    pairs = enumerate(zip(small, [*small[1:], ""], strict=False))
    for i in [i for i, (word, after) in pairs if word in alone or (word in opening and after in opening[word])]:
        if i < reached:
            continue  # within a phrase
        for first in known.begins[small[i]]:
            size, phrase = _longest(small, i, first, known)
            if phrase in weights:
                found[phrase] = found.get(phrase, 0) + 1
                reached = i + size
                break
    return found


def _longest(words: list[str], i: int, first: str, known: Domains) -> tuple[int, str]:
    """The longest phrase from here that begins with this form of its first word, and how many words it has.

    Its last word may be a plural of what the list has.
    """
    if words[i + 1 : i + 2] and words[i + 1] in known.seconds.get(first, ()):
        for size in range(known.phrases[first], 1, -1):
            phrase = " ".join((first, *words[i + 1 : i + size]))
            if phrase in known.weights:
                return size, phrase
            if phrase.endswith("s") and phrase[:-1] in known.weights:
                return size, phrase[:-1]
    return 1, first


def hinted(text: str) -> bool:
    """Whether any word stands in the text that is at home in politics, if elsewhere too."""
    return not load().hints.isdisjoint(_TOKEN.findall(text.lower()))


def _forms(word: str) -> tuple[str, ...]:
    """The word and its plural in -s, which the lists need not have."""
    return (word, word + "s") if len(word) > 2 else (word,)


def _all_forms(text: str) -> frozenset[str]:
    return frozenset(form for word in _words(text) for form in _forms(word))


def _words(text: str) -> list[str]:
    return [word for part in text.replace("\n", " ").split(",") if (word := part.strip())]
