"""The words that report speech, read once from quotes.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from legation.errors import KnowledgeError

VerbClass = Literal["say", "voice", "judge"]
_CLASSES: tuple[VerbClass, ...] = ("say", "voice", "judge")


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb that reports speech and what it can bring with it."""

    lemma: str
    kind: VerbClass
    infinitive: bool = False  # "claimed to have won" is what was said
    denies: bool = False
    addresses: bool = False  # its object hears what is said
    needs: str | None = None  # "out" of "pointed out": no reporting verb without it


@dataclass(frozen=True, slots=True)
class ReportingWords:
    """Every reporting verb by its printed forms, and the nouns of saying."""

    verbs: dict[str, ReportingVerb]
    nouns: frozenset[str]


@cache
def reporting_words() -> ReportingWords:
    """The lexicon of reporting words."""
    raw = tomllib.loads(files("legation.knowledge").joinpath("quotes.toml").read_text("utf-8"))
    verbs, irregular = raw["verbs"], raw["irregular"]
    needed: dict[str, str] = verbs["with_words"]
    found: dict[str, ReportingVerb] = {}
    for kind in _CLASSES:
        if kind not in verbs:
            raise KnowledgeError("quotes.toml", f"the class '{kind}' is missing")
        for lemma in verbs[kind]:
            _add(found, _verb(lemma, kind, verbs), irregular)
    for lemma, particle in needed.items():
        known = found.get(lemma)
        if known is None:
            _add(found, ReportingVerb(lemma, "say", needs=particle), irregular)
    nouns = frozenset(form for noun in raw["nouns"]["say"] for form in (noun, noun + "s"))
    return ReportingWords(found, nouns)


def _verb(lemma: str, kind: VerbClass, verbs: dict[str, list[str]]) -> ReportingVerb:
    return ReportingVerb(
        lemma,
        kind,
        infinitive=lemma in verbs["infinitive"],
        denies=lemma in verbs["denies"],
        addresses=lemma in verbs["addresses"],
    )


def _add(found: dict[str, ReportingVerb], verb: ReportingVerb, irregular: dict[str, list[str]]) -> None:
    """A verb's first class wins: "conclude" says, although it also closes a speech."""
    for form in (*inflect(verb.lemma), *irregular.get(verb.lemma, ())):
        found.setdefault(form, verb)


def inflect(lemma: str) -> tuple[str, ...]:
    """The regular forms of a verb: "deny" gives deny, denies, denied, denying."""
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    third = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return lemma, lemma + third, lemma + "ed", lemma + "ing"
