"""Who has been spoken of so far in a report, and whom a pronoun or a short name stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from legation.knowledge.name_tables import WORD, fold
from legation.model import Actor

_GROUPS = frozenset({"rebels", "crowd", "civilians", "police", "forces", "armed", "nationality"})
_BODIES = frozenset({"state", "organisation", "igo", "party", "media", "court", "legislature", "company", "rebels"})
# How many sentences back a pronoun may reach.
_REACH = {"he": 3, "she": 3, "it": 2, "they": 2}
_NO_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
_FORMS = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
}  # fmt: skip


def _side(actor: Actor) -> tuple[str, bool]:
    """Which side of a conflict an actor is on, as far as codes tell: rebels are not their country."""
    return actor.code or "", actor.sector in ("REB", "SEP", "UAF", "INS")


def _last_word(actor: Actor) -> str:
    """The last word of a body's name: of "UN Security Council" the council."""
    return (actor.identifier_text or "").rpartition(" ")[2].lower()


@dataclass(frozen=True, slots=True)
class Spoken:
    """One earlier mention, with what decides whether a pronoun can mean it."""

    actors: tuple[Actor, ...]
    classes: frozenset[str]
    sentence: int  # counted in the order of reading
    token: int
    subject: bool
    plural: bool
    governor: int  # the token it hangs on
    role: str | None = None
    gender: str | None = None  # "he" or "she" where the words say so
    place: bool = False
    group: int = -1  # the first token of the coordination it is part of


@dataclass(slots=True)
class Memory:
    """What one report has said so far; filled and asked in the order of the text."""

    spoken: list[Spoken] = field(default_factory=list)
    surnames: dict[str, tuple[tuple[Actor, ...], frozenset[str]]] = field(default_factory=dict)
    acronyms: dict[str, tuple[tuple[Actor, ...], frozenset[str]]] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)

    def add(self, spoken: Spoken, surname: str | None = None) -> None:
        """Remember a mention; a surname counts for whoever bore it first with a known country."""
        self.spoken.append(spoken)
        if surname and spoken.actors:
            known = self.surnames.get(surname)
            if known is None or (known[0][0].code is None and spoken.actors[0].code is not None):
                self.surnames[surname] = (spoken.actors, spoken.classes)

    def by_surname(self, text: str) -> tuple[tuple[Actor, ...], frozenset[str]] | None:
        """Who bore the last word of this name earlier."""
        words = WORD.findall(fold(text))
        return self.surnames.get(words[-1]) if words else None

    def recent(self, sentence: int, token: int, reach: int, fits: Callable[[Spoken], bool]) -> Spoken | None:
        """The best earlier mention that fits: nearest sentence, then subjects, then the later one.

        In the sentence itself only what stands before the token counts.
        """
        best: tuple[tuple[int, bool, int], Spoken] | None = None
        for entry in reversed(self.spoken):
            if entry.sentence < sentence - reach:
                break
            if entry.sentence == sentence and entry.token >= token:
                continue
            if not fits(entry):
                continue
            # Among those of one sentence the subject that came first is spoken about.
            rank = (entry.sentence, entry.subject, -entry.token if entry.subject else entry.token)
            if best is None or rank > best[0]:
                best = (rank, entry)
        return best[1] if best is not None else None

    def pronoun(
        self, word: str, sentence: int, token: int, governor: int, above: frozenset[int] = frozenset()
    ) -> Spoken | None:
        """The antecedent of a personal or possessive pronoun, or None where nothing fits.

        Of an object, `governor` is the verb, whose other arguments are other people; `above` are the verbs whose
        subject is its subject. For all else they are no token at all.
        """
        form = _FORMS.get(word)
        if form is None:
            return None

        def fits(entry: Spoken) -> bool:
            if entry.sentence == sentence and entry.governor == governor:
                return False  # "he met him": two people
            if entry.sentence == sentence and entry.subject and entry.governor in above:
                return False  # "they left, accusing it"
            if not entry.actors or entry.place:
                return False
            if form in ("he", "she"):
                return (
                    "person" in entry.classes
                    and not entry.plural
                    and len(entry.actors) == 1
                    and entry.gender in (None, form)
                )
            if form == "it":
                return (
                    bool(entry.classes & _BODIES)
                    and len(entry.actors) == 1
                    and entry.actors[0].code is not None
                    and "person" not in entry.classes
                    and not entry.plural
                    and (not entry.subject or len(self.together(entry)) < 2)
                )
            return (
                entry.plural
                or len(entry.actors) > 1
                or len(self.together(entry)) > 1
                or bool(entry.classes & _GROUPS and "person" not in entry.classes)
            )

        found = self.recent(sentence, token, _REACH[form], fits)
        if found is None or form != "they" or len(self.together(found)) < 2:
            return found
        actors: dict[tuple[str | None, str | None, str | None], Actor] = {}
        for entry in self.together(found):
            for actor in entry.actors:
                actors.setdefault(actor.key, actor)
        return replace(found, actors=tuple(actors.values()))

    def together(self, entry: Spoken) -> list[Spoken]:
        """The mention and those it is joined to by "and"."""
        near = [e for e in self.spoken[-60:] if e.sentence == entry.sentence]
        return [e for e in near if e.group == entry.group and entry.group >= 0 and e.actors]

    def same_role(
        self, role: str, classes: frozenset[str], sentence: int, token: int, *, plural: bool, named: bool = False
    ) -> Spoken | None:
        """Whom "the minister" or "the militants" takes up again; `named` of a body printed as a name, "the Council"."""
        last = role.split()[-1]
        kinds = classes & {
            "rebels",
            "crowd",
            "police",
            "forces",
            "legislature",
            "court",
            "party",
            "company",
            "igo",
        }
        bodies = last in (
            "group",
            "organisation",
            "organization",
            "movement",
            "body",
            "agency",
            "alliance",
            "bloc",
            "outfit",
        )

        def fits(entry: Spoken) -> bool:
            if not entry.actors or entry.actors[0].code is None or entry.place:
                return False
            if entry.role is not None and entry.role.split()[-1] == last:
                return True
            # "the minister" is also he whom the report calls only by his name, but who holds such an office.
            office = (entry.actors[0].office or "").lower().split()
            if not plural and "person" in entry.classes and last in office:
                return True
            if named and _last_word(entry.actors[0]) == last:
                return True
            if bodies:
                return "organisation" in entry.classes and "person" not in entry.classes
            if "person" in classes and not plural and "rebels" not in classes:
                return False
            if ("person" in classes) != ("person" in entry.classes) and "rebels" not in kinds:
                return False  # "the police" are not the commissioner
            return bool(kinds & entry.classes) and ("rebels" in kinds) == ("rebels" in entry.classes)

        return self.recent(sentence, token, 6, fits)

    def pair(
        self,
        sentence: int,
        token: int,
        above: frozenset[int] = frozenset(),
        speaking: frozenset[str] = frozenset(),
        *,
        states: bool,
    ) -> tuple[Actor, ...]:
        """The two spoken of last, for "both sides"; for "the two countries", the states behind them.

        The subjects of the verbs `above` and the countries `speaking` are not meant. Where such a third speaks of
        both sides, they are the two that the report has spoken of most.
        """
        found: dict[tuple[str, bool], Actor] = {}
        third = {
            _side(a)
            for e in self.spoken
            if e.sentence == sentence and e.subject and e.governor in above
            for a in e.actors
        } | {(code, False) for code in speaking}
        if third and not states:
            return self._most_spoken_of(third)
        for entry in reversed(self.spoken):
            if entry.sentence < sentence - 3:
                break
            if (entry.place and not states) or (entry.sentence == sentence and entry.token >= token):
                continue
            for actor in reversed(entry.actors):
                side = _side(actor)
                if actor.code is None or side in found or side in third:
                    continue
                if states and (actor.code in _NO_STATES or side[1]):
                    continue
                found[side] = Actor(actor.code, "GOV", entity_text=actor.entity_text) if states else actor
                if len(found) == 2:
                    return tuple(reversed(found.values()))
        return ()

    def _most_spoken_of(self, but: set[tuple[str, bool]]) -> tuple[Actor, ...]:
        counts: dict[tuple[str, bool], int] = {}
        actors: dict[tuple[str, bool], Actor] = {}
        for entry in self.spoken:
            for actor in entry.actors:
                side = _side(actor)
                if actor.code is not None and actor.code not in _NO_STATES and side not in but:
                    counts[side] = counts.get(side, 0) + 1
                    better = actors.get(side)
                    if better is None or (better.sector not in ("GOV", "REB") and actor.sector in ("GOV", "REB")):
                        actors[side] = actor
        most = sorted((s for s in counts if counts[s] > 1), key=lambda s: -counts[s])[:2]
        return tuple(actors[s] for s in most) if len(most) == 2 else ()

    def both(self, sentence: int, token: int) -> tuple[Actor, ...]:
        """Whom "both" means: the two spoken of last, if both are known and of one kind."""
        found: list[Actor] = []
        kinds: list[frozenset[str]] = []
        for entry in reversed(self.spoken):
            if entry.sentence < sentence - 1 or len(found) >= 2:
                break
            if entry.place or (entry.sentence == sentence and entry.token >= token):
                continue
            new = [a for a in reversed(entry.actors) if a.key not in [f.key for f in found]]
            found += new
            kinds += [entry.classes] * len(new)
        two = found[:2]
        alike = len(two) == 2 and bool(kinds[0] & kinds[1])
        return tuple(reversed(two)) if alike and all(a.code for a in two) else ()

    def last_state(self, sentence: int, token: int, *, place: bool) -> Spoken | None:
        """The state spoken of last, for "the country"; "in the country" may be where things happen."""
        if place:
            near = [
                e for e in reversed(self.spoken) if e.place and "state" in e.classes and e.sentence >= sentence - 2
            ]
            if near:
                return next((e for e in near if e.actors and e.actors[0].code == self.country()), near[0])
        return self.recent(
            sentence,
            token,
            3,
            lambda e: bool(e.actors) and e.actors[0].code is not None and "state" in e.classes,
        )

    def count(self, code: str, weight: int) -> None:
        """Note that the report speaks of a country."""
        if code not in _NO_STATES:
            self.countries[code] = self.countries.get(code, 0) + weight

    def country(self) -> str | None:
        """The country the report has spoken of most; the first where two are level."""
        return max(self.countries, key=lambda c: self.countries[c]) if self.countries else None
