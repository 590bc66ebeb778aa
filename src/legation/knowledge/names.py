"""Names of states, peoples, bodies, groups and office holders, and the words for roles, out of the tables.

All names are searched for at once: the text is folded to lower-case words between single blanks, without
changing an offset, and an automaton over the folded names runs through it. Case is checked afterwards
against what was printed, so that "US" is a state and "us" is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from ahocorasick_rs import AhoCorasick, Implementation

from legation.knowledge.name_tables import (
    Name,
    Role,
    Spelling,
    body_spellings,
    folding,
    office_name,
    office_spellings,
    roles,
    state_spellings,
    word_list,
    words_of,
)
from legation.knowledge.own_names import own_spellings, use
from legation.knowledge.places import first_names, load_gazetteer

# What may not stand between two words of one name.
_BREAK = re.compile(r"[,;:()\"“”!?*|<>=+@#$%^~`\[\]{}]")
_RUNS = re.compile(r"\s\s+")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
# "Shan-e-Mustafa" is no Shan.
_COMPOUND = re.compile(r"-(?:e|i|ul|ur|al|ud)-")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# ASCII signs and control characters are gaps between words; DEL stands for a letter of another script.
_GAPS = {c: " " for c in range(127) if not chr(c).isalnum()}


def flatten(text: str) -> str:
    """The text in lower-case ASCII with a blank for whatever is no letter or digit, of the same length."""
    if not text.isascii():
        text = _FOREIGN.sub(_plain, text)
    return text.lower().translate(_GAPS)


def _plain(match: re.Match[str]) -> str:
    return _plain_letter(match.group())


@cache
def _plain_letter(char: str) -> str:
    letter = folding().get(ord(char))
    if letter is not None:
        return letter
    return "\x7f" if char.isalnum() else " "


P = ParamSpec("P")
R = TypeVar("R")
_FORGETTING: list[Callable[[], None]] = []


def remembered(size: int | None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """An lru_cache that is emptied when other tables come into use."""

    def wrapped(function: Callable[P, R]) -> Callable[P, R]:
        cached = lru_cache(maxsize=size)(function)
        _FORGETTING.append(cached.cache_clear)
        return cast("Callable[P, R]", cached)

    return wrapped


def with_own(paths: Iterable[Path]) -> None:
    """Use these tables of the user's beside ours, here and in processes started from here.

    Their rows count more than ours. Raises KnowledgeError or InputPathError where one cannot be used.
    """
    use(paths)
    for forget in _FORGETTING:
        forget()


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a name stands in a text."""

    start: int
    end: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """The names that share their words and must be printed in the same way."""

    printed: str
    exact: bool  # an acronym or a short name: the printed letters must be the same
    single: bool
    raised: bool  # has capitals at all
    last_raised: bool
    names: tuple[Name, ...]


def _exact(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return (
        0 < len(letters) <= 7
        and sum(c.isupper() for c in letters) >= 2
        and letters[0].isupper()
        and (sum(c.islower() for c in letters) < sum(c.isupper() for c in letters))
    )


class _Index:
    """Every name by its folded words, with the automaton that finds them."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self.spellings = list(spellings)
        self.patterns: dict[str, list[int]] = {}
        flat = flatten("\x7f\n\x7f".join(s[0] for s in self.spellings)).split("\x7f \x7f")
        for k, plain in enumerate(flat):
            words = plain.split()
            if not words:
                continue
            if words[0] == "the" and len(words) > 1:
                del words[0]
            self._add(f" {' '.join(words)} ", k)
            if len(words) > 1 and any(len(w) == 1 or w in _SHORTENED for w in words):
                for pointed in (_pointed(words, tight=True), _pointed(words, tight=False)):
                    self._add(f" {' '.join(pointed)} ", k)
            elif len(words) == 1 and len(words[0]) <= 5 and self.spellings[k][0].isupper():
                self._add(f" {' '.join(words[0])} ", k)
        self.automaton = AhoCorasick(
            self.patterns, implementation=Implementation.ContiguousNFA, store_patterns=False
        )
        self.by_number = list(self.patterns.values())
        self.made: dict[int, tuple[_Form, ...]] = {}

    def _add(self, pattern: str, k: int) -> None:
        found = self.patterns.get(pattern)
        if found is None:
            self.patterns[pattern] = [k]
        elif k not in found:
            found.append(k)

    def name(self, k: int) -> Name:
        """The name of one spelling."""
        text, make, made_of = self.spellings[k]
        return make(made_of, text)

    def forms(self, number: int) -> tuple[_Form, ...]:
        """The forms of a pattern, the exact ones first."""
        made = self.made.get(number)
        if made is None:
            by_print: dict[bool, list[Name]] = {}
            for k in self.by_number[number]:
                name = self.name(k)
                by_print.setdefault(_exact(name.text), []).append(name)
            made = tuple(_form(exact, by_print[exact]) for exact in (True, False) if exact in by_print)
            self.made[number] = made
        return made


def _form(exact: bool, names: list[Name]) -> _Form:
    text = names[0].text
    text = text[4:] if text.lower().startswith("the ") else text
    printed = text.translate(folding()).replace(".", "") if exact else text
    raised = any(c.isupper() for c in text)
    return _Form(printed, exact, len(words_of(text)) == 1, raised, text.split()[-1][0].isupper(), tuple(names))


# Words that are often printed with a full stop, and so with two signs before the next word.
_SHORTENED = frozenset({"st", "jr", "sr", "mt", "ft", "dr", "gen", "col", "lt", "md", "mohd"})


def _pointed(words: list[str], *, tight: bool) -> list[str]:
    """The words with a second blank after what is shortened: "G. W. Bush", or tight "G.W. Bush"."""
    pairs = zip(words, [*words[1:], ""], strict=True)
    return [
        w + " " if after and (w in _SHORTENED or (len(w) == 1 and not (tight and len(after) == 1))) else w
        for w, after in pairs
    ]


@remembered(None)
def name_index() -> _Index:
    """Every name of the tables; those of the user's own tables first."""
    return _Index([*own_spellings(), *state_spellings(), *body_spellings(), *office_spellings()])


@remembered(None)
def _surnames() -> dict[str, list[int]]:
    """Spellings of office holders by the last word of their name."""
    index = name_index()
    found: dict[str, list[int]] = {}
    offices = [k for k, s in enumerate(index.spellings) if s[1] is office_name]
    flat = flatten("\x7f\n\x7f".join(index.spellings[k][0] for k in offices)).split("\x7f \x7f")
    for k, plain in zip(offices, flat, strict=True):
        words = plain.split()
        if len(words) < 2:
            continue
        keys = [words[-1]] if len(words[-1]) > 2 else []
        if len(words) == 3 and len(words[-2]) <= 3:
            keys.append(f"{words[-2]} {words[-1]}")
        if index.spellings[k][2][3] in FAMILY_FIRST:
            keys.append(words[0])
        for key in keys:
            found.setdefault(key, []).append(k)
    return found


@remembered(None)
def _heads() -> dict[str, list[str]]:
    """Long surnames of heads of state and government by their first letter."""
    found: dict[str, list[str]] = {}
    for surname in _surnames():
        if len(surname) >= 6 and any(n.rank == 0 for n in holders_called(surname)):
            found.setdefault(surname[0], []).append(surname)
    return found


@remembered(2_000)
def holders_nearly_called(surname: str) -> tuple[Name, ...]:
    """Heads of state and government whose surname is one letter away: "Mitterand", "Bouteflicka"."""
    if len(surname) < 6:
        return ()
    near = [known for known in _heads().get(surname[0], ()) if _one_apart(surname, known)]
    return tuple(n for n in holders_called(near[0]) if n.rank == 0) if len(near) == 1 else ()


def _one_apart(one: str, two: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed, or by two changed places."""
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1:
        return False
    k = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[k:] == long[k + 1 :]
    swapped = short[k : k + 2] == long[k : k + 2][::-1] and short[k + 2 :] == long[k + 2 :]
    return short[k + 1 :] == long[k + 1 :] or swapped


@remembered(20_000)
def holders_called(surname: str) -> tuple[Name, ...]:
    """Office holders by the last word of their name, for "President Putin"; one row an office."""
    index = name_index()
    rows: dict[tuple[str, str | None, str | None], Name] = {}
    for k in _surnames().get(surname, ()):
        name = index.name(k)
        rows.setdefault((name.label or "", name.office, name.start), name)
    return tuple(rows.values())


# Surnames that running text nearly always means otherwise: "on Friday" is not Godwin Friday.
CALENDAR = word_list("calendar")
# Where the family name comes first.
FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "HKG", "SGP", "KHM", "HUN"})


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


@cache
def words_of_roles() -> frozenset[str]:
    """Every word that stands in some role."""
    return frozenset(word for noun in roles() for word in noun.split())


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


def country_named(place: str, *, states_only: bool = False) -> str | None:
    """The country of a dateline's place: a state's own, a capital's, a region's, else that of a large town."""
    for hit in find_names(place):
        wanted = ("state", "region") if states_only else ("state", "capital", "region")
        code = next((n.code for kind in wanted for n in hit.names if n.kind == kind and n.code), None)
        if code is not None and len(place) - (hit.end - hit.start) <= len("the "):
            return code
    return None if states_only else town_country(place)


def is_first_name(word: str) -> bool:
    """Whether a lower-case word is a frequent first name."""
    return word in first_names()


def _cased(printed: str, form: _Form) -> bool:
    if printed == form.printed:
        return True
    if form.exact:
        plain = printed if printed.isascii() else printed.translate(folding())
        return plain.replace(".", "") == form.printed
    if not form.raised:
        return True
    first = printed[0]
    if not first.isupper() and not next((c for c in printed if c.isalpha()), "A").isupper():
        return False
    if form.single:
        return not (printed.isupper() and len(printed) <= 3)
    last = printed.split()[-1][0]
    return last.isupper() or not last.isalpha() or not form.last_raised


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
    capitals = sum(map(str.isupper, text)) * 100
    if capitals > len(text) or not (letters := sum(map(str.isalpha, text))) or capitals > letters:
        return text
    raised = re.sub(r"[^\W\d_]+", lambda m: m[0][0].upper() + m[0][1:] if len(m[0][0].upper()) == 1 else m[0], text)
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
    if _RUNS.search(text):
        return _spread(text)
    index = name_index()
    matches = index.automaton.find_matches_as_indexes(f" {flatten(text)} ", overlapping=True)
    if len(matches) > 1:
        matches.sort(key=_by_start)
    found: list[Hit] = []
    last = 0
    for number, start, stop in matches:
        end = stop - 2
        if start < last:
            continue
        printed = text[start:end]
        if " " in printed and _BREAK.search(printed):
            continue
        if text[end : end + 1] == "-" and _COMPOUND.match(text, end):
            continue
        for form in index.forms(number):
            if not _cased(printed, form):
                continue
            if form.single and len(printed) > len(form.printed) and not _DOTTED.fullmatch(printed):
                continue
            if text[end : end + 1] == "." and _INITIALS.match(text, start, end + 1):
                end += 1
            found.append(Hit(start, end, form.names))
            last = end
            break
    return found


def _by_start(match: tuple[int, int, int]) -> tuple[int, int]:
    return match[1], -match[2]


def _spread(text: str) -> list[Hit]:
    """The names of a text that has runs of blanks, found in the text without them."""
    spans = [(m.start(), m.end()) for m in _RUNS.finditer(text)]
    shifts: list[tuple[int, int]] = []  # where in the short text a run ends, and how much was left out so far
    gone = 0
    for start, end in spans:
        shifts.append((start - gone + 1, gone + end - start - 1))
        gone += end - start - 1

    def back(at: int) -> int:
        return at + next((lost for where, lost in reversed(shifts) if at >= where), 0)

    # The blank itself stays where its run begins, so an end that lies on it must not be moved past the run.
    return [Hit(back(h.start), back(h.end - 1) + 1, h.names) for h in find_names(_RUNS.sub(" ", text))]
