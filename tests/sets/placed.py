"""Sentences with an event and several places, and how the place found is held against the label."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from legation.model import Document, Place

if TYPE_CHECKING:
    from legation.coder import Coder

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """A sentence, the names its event's place may have, the countries it may lie in; none: not said."""

    sentence: str
    names: frozenset[str]
    countries: frozenset[str]
    elsewhere: frozenset[str] = frozenset()  # where another event of the sentence is: no wrong pin
    optional: bool = False  # whether the country, or nothing, is right as well


@dataclass(frozen=True)
class Found:
    """The places of the events coded in a sentence, each once; None where an event has none."""

    row: Row
    places: tuple[Place | None, ...]
    reasons: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether there is an event where the label says (nowhere, where it says nothing), and none elsewhere."""
        return any(self._fits(p) for p in self.places) and not self.wrong_pin

    @property
    def wrong_pin(self) -> bool:
        """Whether an event is put where the label does not: another place, another country, any where none is said."""
        return any(p is not None and not self._fits(p) and not self._is_coarse(p) for p in self.places)

    def _fits(self, place: Place | None) -> bool:
        row = self.row
        if place is None:
            return row.optional  # a country that no place is said of, or nothing, are both right
        if place.text in row.elsewhere:
            return True
        if row.countries and place.country not in row.countries:
            return False
        if row.optional and row.countries and place.precision == "country":
            return True
        return bool({folded(place.name or ""), folded(place.text)} & row.names)

    def _is_coarse(self, place: Place) -> bool:
        """The right country for a place that the sentence names more closely: too little, but no wrong pin."""
        return place.precision == "country" and place.country in self.row.countries

    def line(self) -> str:
        wanted = f"{'/'.join(sorted(self.row.names)) or '-'}, {'/'.join(sorted(self.row.countries)) or '-'}"
        pairs = zip(self.places, self.reasons, strict=True)
        coded = "; ".join(f"{p.text if p else None} ({p.country if p else ''}: {r})" for p, r in pairs)
        kind = "WRONG PIN" if self.wrong_pin else "not right"
        return f"{kind}: {self.row.sentence}\n    expected {wanted}; coded {coded or 'no event'}"


def folded(name: str) -> str:
    """A name without accents and capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()


def read() -> list[Row]:
    """The rows of places.tsv: `|` parts what is equally right, `-` is not said, `+` adds where other events are."""
    rows = [line.split("\t") for line in (HERE / "places.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    made = []
    for sentence, names, countries in rows:
        own, _, others = names.partition("+")
        said = frozenset(folded(n) for n in own.split("|") if n != "-")
        made.append(
            Row(
                sentence,
                said,
                frozenset(c for c in countries.split("|") if c != "-"),
                frozenset(o for o in others.split("|") if o),
                "-" in own.split("|"),
            )
        )
    return made


def found(coder: Coder, rows: list[Row]) -> list[Found]:
    """The places of every event of each sentence, coded as a document of its own."""
    docs = coder.code_many([Document(text=row.sentence, published="2024-10-16") for row in rows])
    made = []
    for row, doc in zip(rows, docs, strict=True):
        places = {(m.place.start if m.place else -1): (m.place, m.place_reason) for m in doc.event_mentions}
        made.append(Found(row, tuple(p for p, _ in places.values()), tuple(r for _, r in places.values())))
    return made


def figures(answers: list[Found]) -> dict[str, float]:
    """The shares that the set is judged by; `given an event` leaves out sentences in which none was found."""
    with_event = [a for a in answers if a.places]
    return {
        "right": sum(a.right for a in answers) / len(answers),
        "right given an event": sum(a.right for a in with_event) / len(with_event),
        "wrong pin": sum(a.wrong_pin for a in answers) / len(answers),
    }


def main() -> None:
    """Print the figures, then each sentence that is not right."""
    from legation.coder import Coder

    answers = found(Coder(), read())
    print(len(answers), {k: round(v, 3) for k, v in figures(answers).items()})
    print("\n".join(a.line() for a in answers if not a.right))


if __name__ == "__main__":
    main()
