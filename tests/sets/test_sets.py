"""Sentences of our own, labelled by the codebook before they were coded: how many are read right.

The mark for `modal` and `refusal` is 0.85. The rules were mended on each set after it had been measured once; that
first figure, in docs/labelled-sets.md, says how it is with sentences that nobody has looked at. The floors are what
the coder reaches; they only go up. `python -m sets.labelled` (in this folder's parent) prints the figures and every
sentence that is read wrongly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from legation.knowledge import ontology
from legation.model import STATUSES
from sets.labelled import answers, figures, read, types_covered

if TYPE_CHECKING:
    from legation.coder import Coder

# What is reached, rounded down: type and status right, their sides right, nothing where nothing is to be coded.
FIGURES = ("type and status", "sides, given type and status", "no event where there is none")
FLOORS = {
    "modal": (0.86, 0.87, 0.95),
    "modal_later": (0.72, 0.84, 1.0),
    "plain": (0.79, 0.78, 0.93),
    "refusal": (0.89, 0.88, 0.95),
    "refusal_later": (0.80, 0.95, 0.5),
    "violence_later": (0.88, 0.87, 0.95),
    "wire1": (0.83, 0.90, 0.87),
    "wire2": (0.90, 0.93, 0.66),
    "wire3": (0.85, 0.92, 0.85),
}
LEAST = {"modal": 160, "refusal": 160, "plain": 140}
_MODAL = re.compile(r"\b(?:will|would|may|must|could|should|can|cannot|might|have to)\b", re.IGNORECASE)

each_set = pytest.mark.parametrize("name", sorted(FLOORS))


@each_set
def test_a_set_is_large_and_says_only_what_the_ontology_knows(name: str) -> None:
    rows = read(name)
    known = {*ontology.types(), "-"}

    assert len(rows) >= LEAST.get(name, 35)
    assert len({row.sentence for row in rows}) == len(rows)
    for row in rows:
        assert row.readings
        assert {kind for kind, _ in row.readings} <= known
        assert {status for _, status in row.readings} <= {*STATUSES, "-"}


def test_the_sets_together_hold_every_type() -> None:
    covered = sum((types_covered(read(name)) for name in FLOORS), start=types_covered([]))

    assert set(ontology.types()) <= set(covered)


def test_every_sentence_of_the_modal_set_has_a_modal_verb() -> None:
    sentences = [row.sentence for name in ("modal", "modal_later") for row in read(name)]

    assert [text for text in sentences if not _MODAL.search(text)] == []


@pytest.mark.model
@each_set
def test_as_many_sentences_are_read_right_as_before(coder: Coder, name: str) -> None:
    found = figures(answers(coder, read(name)))

    for figure, floor in zip(FIGURES, FLOORS[name], strict=True):
        assert found[figure] >= floor, f"{name}: {figure} is {found[figure]:.3f}, below {floor}"
