"""Scores quotes against attributions labelled with source, cue and content (PolNeAR).

PolNeAR labels every attribution, also wishes, beliefs and evaluations; here counts what the codebook
calls a quote. A label is *in scope* when it has a source of its own in the news (``type`` attribution)
and is speech: of direct form, or with a cue of saying (a verb of `SAYING`, "according to", a colon or
a dash). Labels out of scope are never missed, and what is found on them is neither right nor wrong.

The two sides are made alike before they are compared:

* A *unit* is all that is said under one cue in one paragraph: the pieces of one labelled attribution,
  and the quotes found with the same cue (mixed pieces and the indirect clause that hosts them are one
  unit; so are the two halves of a direct quote around its cue).
* A unit's content is its letters and digits: marks, blanks and stops count on neither side, nor do
  the words of the cue and of the speaker where a clause runs around them.
* A label of indirect form with quotation marks in it is mixed (marks typed as two apostrophes went
  unseen when the forms were labelled).
* Found units in a paragraph without their cue (speech that goes on) are left out where nothing is
  labelled: PolNeAR labels no attribution without a cue.

Units pair off one to one, the best overlap (shared characters over all characters) first. A pair
counts at an overlap of 0.3 (the same thing said) or 0.8 (the same words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legation.knowledge.quotes import inflect
from legation.model import Document, Quote, Sentence
from legation.scoring.gold import GoldRecord, GoldSet
from legation.scoring.measure import Counts, Figure, Miss, Table, f1_figures, share

_VERBS = (
    "acknowledge", "add", "admit", "affirm", "allege", "announce", "answer", "argue", "assert",
    "assure", "claim", "comment", "complain", "concede", "conclude", "confirm", "contend",
    "continue", "counter", "declare", "deny", "emphasise", "emphasize", "explain", "inform",
    "insist", "joke", "maintain", "mention", "note", "observe", "post", "predict", "quip", "recall",
    "reiterate", "remark", "remind", "repeat", "reply", "report", "respond", "reveal", "say",
    "state", "stress", "suggest", "tell", "testify", "tweet", "underline", "underscore", "vow",
    "warn", "write",
)  # fmt: skip
# Kept apart from the lexicon of the stage, so that a word added there does not change what is asked.
SAYING = frozenset(form for verb in _VERBS for form in inflect(verb)) | {
    "said", "saying", "told", "wrote", "written", "according", "admitted", "quipped", "statement",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[\"“”«»]|''|``|(?<!\w)['‘]\w")
_OVERLAPS = (0.3, 0.8)
_MARKED = frozenset({"direct", "mixed"})
_ALL = frozenset({"direct", "mixed", "indirect"})


@dataclass(frozen=True, slots=True)
class Unit:
    """What is said under one cue in one paragraph, labelled or found."""

    kind: str
    content: frozenset[int]  # positions of its letters and digits
    speaker: frozenset[int]
    in_scope: bool = True
    goes_on: bool = False  # in another paragraph than its cue


Pair = tuple[float, Unit, Unit]


def score_quotes(gold: GoldSet, coded: Sequence[tuple[GoldRecord, Document]]) -> Table:
    """Content F1 of marked quotes (direct and mixed) and of all kinds; the speaker of contents found.

    Kinds must agree as far as the figure names them: a found quote with marks that pairs with a label
    without marks is wrong in the first and right in the second. A speaker is right when the spans
    share more than half of the shorter one.
    """
    counts = {(kinds, least): Counts() for kinds in (_MARKED, _ALL) for least in _OVERLAPS}
    speakers = {kinds: [0, 0] for kinds in (_MARKED, _ALL)}
    misses: list[Miss] = []
    for record, doc in coded:
        labelled, found = labelled_units(record), found_units(doc)
        pairs = pair_off(labelled, found)
        for (kinds, least), count in counts.items():
            right = _count(count, pairs, labelled, found, kinds, least)
            if least == _OVERLAPS[0]:
                speakers[kinds][0] += sum(_same_speaker(a, b) for a, b in right)
                speakers[kinds][1] += len(right)
        misses.extend(_misses(gold.name, record, pairs, labelled, found))
    figures: list[Figure] = []
    for kinds, name in ((_MARKED, "direct and mixed"), (_ALL, "all kinds")):
        for least in _OVERLAPS:
            figures.extend(f1_figures(f"{name} content at {least}", counts[kinds, least]))
        figures.append(share(f"{name} speaker given content", *speakers[kinds]))
    return Table(gold.name, gold.digest, len(coded), tuple(figures), misses=tuple(misses))


def labelled_units(record: GoldRecord) -> list[Unit]:
    """The labelled attributions of a record, out of scope ones included."""
    return [_labelled(record.text, row) for row in record.row.get("quotes") or () if row.get("content")]


def _labelled(text: str, row: Mapping[str, Any]) -> Unit:
    cue = " ".join(str(c["text"]) for c in row.get("cue") or ()).lower()
    words = _WORD.findall(cue)
    said = row["form"] == "direct" or not words or not SAYING.isdisjoint(words)
    printed = any(_MARK.search(str(c["text"])) for c in row["content"])
    return Unit(
        kind="mixed" if printed and row["form"] == "indirect" else row["form"],
        content=_letters(text, ((c["start"], c["end"]) for c in row["content"])),
        speaker=_letters(text, ((s["start"], s["end"]) for s in row.get("source") or ())),
        in_scope=said and row.get("type") == "attribution",
    )


def found_units(doc: Document) -> list[Unit]:
    """The quotes of a document, those of one cue in one paragraph together."""
    groups: dict[tuple[int, int], list[Quote]] = {}
    for number, quote in enumerate(doc.quotes):
        paragraph = _paragraph(doc.sentences, quote.start)
        key = (quote.cue.start, paragraph) if quote.cue else (-1 - number, paragraph)
        groups.setdefault(key, []).append(quote)
    return [_found(doc, quotes, paragraph) for (_, paragraph), quotes in groups.items()]


def _found(doc: Document, quotes: Sequence[Quote], paragraph: int) -> Unit:
    kinds = {q.kind for q in quotes}
    cue, speaker = quotes[0].cue, quotes[0].speaker
    said_by = _letters(doc.text, [(speaker.start, speaker.end)] if speaker and speaker.start >= 0 else ())
    cued = _letters(doc.text, [(cue.start, cue.end)] if cue else ())
    content = _letters(doc.text, ((q.start, q.end) for q in quotes))
    around = bool(cued & content)
    return Unit(
        kind="direct" if "direct" in kinds else "mixed" if "mixed" in kinds else "indirect",
        content=content - cued - said_by if around else content,
        speaker=said_by,
        goes_on=cue is not None and _paragraph(doc.sentences, cue.start) != paragraph,
    )


def pair_off(labelled: Sequence[Unit], found: Sequence[Unit]) -> list[Pair]:
    """Pairs of a labelled and a found unit, the best overlap first, each unit in one pair at most."""
    rated = [
        (len(shared) / len(a.content | b.content), i, j)
        for i, a in enumerate(labelled)
        for j, b in enumerate(found)
        if (shared := a.content & b.content)
    ]
    pairs: list[Pair] = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for overlap, i, j in sorted(rated, key=lambda r: (-r[0], r[1], r[2])):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append((overlap, labelled[i], found[j]))
    return pairs


def _count(
    count: Counts,
    pairs: Sequence[Pair],
    labelled: Sequence[Unit],
    found: Sequence[Unit],
    kinds: frozenset[str],
    least: float,
) -> list[tuple[Unit, Unit]]:
    """Add one record to a count; the pairs that are right."""
    both = [(a, b) for overlap, a, b in pairs if overlap >= least]
    right = [(a, b) for a, b in both if a.in_scope and a.kind in kinds and b.kind in kinds]
    aside = sum(o >= _OVERLAPS[0] and not a.in_scope and b.kind in kinds for o, a, b in pairs)
    paired = {id(b) for _, _, b in pairs}
    aside += sum(b.goes_on and b.kind in kinds and id(b) not in paired for b in found)
    wanted = sum(u.in_scope and u.kind in kinds for u in labelled)
    count.right += len(right)
    count.wrong += sum(u.kind in kinds for u in found) - len(right) - aside
    count.missed += wanted - len(right)
    return right


def _same_speaker(a: Unit, b: Unit) -> bool:
    shorter = min(len(a.speaker), len(b.speaker))
    return 2 * len(a.speaker & b.speaker) > shorter > 0


def _letters(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end) if text[i : i + 1].isalnum())


def _paragraph(sentences: Sequence[Sentence], position: int) -> int:
    return next((s.paragraph for s in sentences if s.start <= position < s.end), -1)


def _misses(
    name: str, record: GoldRecord, pairs: Sequence[Pair], labelled: Sequence[Unit], found: Sequence[Unit]
) -> list[Miss]:
    near = [(a, b) for overlap, a, b in pairs if overlap >= _OVERLAPS[0]]
    ids_a, ids_b = {id(a) for a, _ in near}, {id(b) for _, b in near}
    lost = [u for u in labelled if u.in_scope and id(u) not in ids_a]
    missed = [Miss(name, record.id, *_shown(record.text, u), None) for u in lost]
    wrong = [(u, _shown(record.text, u)) for u in found if id(u) not in ids_b and not u.goes_on]
    return [*missed, *(Miss(name, record.id, text, None, what) for _, (text, what) in wrong)]


def _shown(text: str, unit: Unit) -> tuple[str, dict[str, str]]:
    start, end = min(unit.content, default=0), max(unit.content, default=-1) + 1
    shown = text[max(0, start - 80) : end + 80]
    return shown, {"kind": unit.kind, "content": text[start:end]}
