"""Names of states, peoples, bodies, groups and office holders, and the words for roles, out of the tables.

Names are looked up word by word: an index from the first word to the names that begin with it,
longest first. Accents and case are folded away without changing any offset, and case is checked
afterwards against what was printed, so that "US" is a state and "us" is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from legation.knowledge.name_tables import (
    WORD,
    Name,
    Role,
    body_names,
    fold,
    folding,
    office_names,
    roles,
    state_names,
    word_list,
    words_of,
)
from legation.knowledge.places import first_names, load_gazetteer

# What may stand between two words of one name.
_GAP = re.compile(r"[ \u00a0.\-–'’‘&/]{1,3}|\s|, ?(?=and\b)")


_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")


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
        words = words_of(text)
        if words:
            forms.setdefault((words, _exact(text)), []).append(name)
    index: dict[str, list[_Form]] = {}
    for (words, exact), found in forms.items():
        index.setdefault(words[0], []).append(_Form(words, found[0].text, exact, tuple(found)))
    return {first: tuple(sorted(found, key=lambda f: (-len(f.words), not f.exact))) for first, found in index.items()}


@cache
def name_index() -> dict[str, tuple[_Form, ...]]:
    """Every name by its first word, longest first."""
    return _index([*state_names(), *body_names(), *office_names()])


@cache
def surname_index() -> dict[str, tuple[Name, ...]]:
    """Office holders by the last word of their name, for "President Putin"."""
    found: dict[str, dict[tuple[str, str | None, str | None], Name]] = {}
    for name in office_names():
        words = words_of(name.text)
        if len(words) < 2:
            continue
        keys = [words[-1]] if len(words[-1]) > 2 else []
        if len(words) == 3 and len(words[-2]) <= 3:
            keys.append(" ".join(words[-2:]))
        if name.code in FAMILY_FIRST:
            keys.append(words[0])
        for key in (k for k in keys if k not in CALENDAR):
            found.setdefault(key, {}).setdefault((name.label or "", name.office, name.start), name)
    return {key: tuple(rows.values()) for key, rows in found.items()}


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


def is_first_name(word: str) -> bool:
    """Whether a lower-case word is a frequent first name."""
    return word in first_names()


def _cased(printed: str, form: _Form) -> bool:
    if form.exact:
        plain = printed.translate(folding()).replace(".", "")
        wanted = form.printed.translate(folding()).replace(".", "")
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
        len(form.words) == 1 or last[0].isupper() or not last[0].isalpha() or not form.printed.split()[-1][0].isupper()
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


def _spelt(initials: str, index: dict[str, tuple[_Form, ...]]) -> tuple[Name, ...] | None:
    """The names of an acronym printed with full stops: "F.B.I."."""
    letters = initials.replace(".", "")
    for form in index.get(letters.lower(), ()):
        if form.exact and len(form.words) == 1 and form.printed.replace(".", "") == letters:
            return form.names
    return None


def find_names(text: str) -> list[Hit]:
    """The names in a text from left to right, the longest where several begin; they never overlap."""
    folded = fold(text)
    spans = [(m.start(), m.end(), m.group()) for m in WORD.finditer(folded)]
    plain = tuple(span[2] for span in spans)
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
                if plain[i:stop] != form.words:
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
        initials = _INITIALS.match(text, start) if taken == 1 and len(word) == 1 else None
        spelt = _spelt(initials.group(), index) if initials is not None else None
        if initials is not None and spelt is not None:
            found.append(Hit(start, initials.end(), spelt))
            taken = len(initials.group()) // 2
        i += taken
    return found
