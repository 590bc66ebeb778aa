"""What the text around a phrase says of it: the country spoken of most, and who is described by an office."""

from __future__ import annotations

import re

from legation.knowledge.name_tables import WORD, Name, fold
from legation.knowledge.names import Hit, find_names, remembered
from legation.knowledge.senses import hinted, senses_of, with_senses
from legation.model import Actor
from legation.stages.actors.persons import by_surname, with_surnames
from legation.stages.actors.reading import pick

# Whose bodies and office holders a text names is where it is at home; other states it names may be abroad.
_WEIGHTS = {
    "state": 2,
    "adjective": 2,
    "capital": 2,
    "people": 2,
    "region": 2,
    "institution": 6,
    "party": 6,
    "group": 2,
    "office": 6,
    "seat": 4,
}
NO_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
# After these words a state is whom something is done to or about, not who does it.
_ABROAD = re.compile(r"\b(?:to|with|against|from|toward|towards|over|about|between)\s+(?:the\s+)?$", re.I)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Presidents?|Ministers?|Chancellor|Premiers?)\.? ([A-Z]\w{2,})\b(?! [A-Z])(?: and ([A-Z]\w{2,})\b)?"
)


@remembered(2_000)
def names_around(text: str, date: str | None) -> tuple[tuple[Hit, Name], ...]:
    """The names in a text with the row meant by each."""
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(fold(text))]
    hits = with_surnames(text, words, with_senses(find_names(text), text, senses_of(text)), date)
    return tuple((hit, pick(hit.names, date)) for hit in hits)


def _holders_titled(text: str, date: str | None) -> list[Name]:
    found = []
    for m in _TITLED.finditer(text):
        for surname in filter(None, m.groups()):
            holder = by_surname(surname, date, set(), None)
            if isinstance(holder, Name):
                found.append(holder)
    return found


def titled(text: str, date: str | None) -> list[tuple[str, int]]:
    """The countries of those whom a text calls by title and surname, each with weight 2."""
    return [(holder.code, 2) for holder in _holders_titled(text, date) if holder.code]


@remembered(2_000)
def country_of_text(text: str, date: str | None, but: frozenset[str] = frozenset()) -> str | None:
    """The country a text speaks of most, other than some; the first where two are level."""
    counts: dict[str, int] = {}
    for hit, name in names_around(text, date):
        weight = _WEIGHTS.get(name.kind, 0)
        if name.kind in ("state", "capital", "people") and _ABROAD.search(text, max(0, hit.start - 12), hit.start):
            weight -= 1
        if weight and name.code and name.code not in NO_STATES:
            counts[name.code] = counts.get(name.code, 0) + weight
    for code, weight in titled(text, date):
        counts[code] = counts.get(code, 0) + 2 * weight
    for code, weight in hinted(text):
        if weight:
            counts[code] = counts.get(code, 0) + 2 * weight
    for code in but:
        counts.pop(code, None)
    return max(counts, key=lambda c: counts[c]) if counts else None


def holder_around(role: str, text: str, date: str | None) -> Actor | None:
    """Whom "the president" means: the one person the text names who holds, or is called by, such an office."""
    wanted = re.compile(r"\b" + re.escape(role) + r"\b", re.I)
    found: dict[str, Name] = {}
    for _, name in names_around(text, date):
        if name.kind == "office" and name.office and wanted.search(name.office) and name.rank <= 5:
            found.setdefault(name.label or name.text, name)
    for holder in _holders_titled(text, date):
        if holder.office and wanted.search(holder.office):
            found.setdefault(holder.label or holder.text, holder)
    if len(found) != 1:
        return None
    name = next(iter(found.values()))
    why = f"'{role}', {name.label} named beside it"
    return Actor(
        name.code, name.sector, (), role, name.label, name.identifier, name.office, reason=why, confidence=0.6
    )
