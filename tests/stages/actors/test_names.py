"""Names in text: where they are, and where words only look like them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.knowledge.name_tables import fold, roles
from legation.knowledge.names import find_names, find_role


@given(st.text())
@settings(deadline=None)  # the first call loads the tables
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
@settings(deadline=None)  # the first call loads the tables
def test_hits_never_overlap(text: str) -> None:
    hits = find_names(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(hits))
    assert all(0 <= h.start < h.end <= len(text) for h in hits)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Niger and Nigeria met.", ["NER", "NGA"]),
        ("Côte d’Ivoire signed", ["CIV"]),
        ("the U.S. and Guinea-Bissau", ["USA", "GNB"]),
        ("they told us in china shops", []),
        ("A romanian? No: an omen.", []),
    ],
)  # fmt: skip
def test_names_stand_at_word_boundaries_and_in_their_case(text: str, codes: list[str]) -> None:
    assert [h.names[0].code for h in find_names(text)] == codes


def test_the_longest_role_wins() -> None:
    found = find_role(("the", "prime", "ministers"), 3)
    assert found is not None
    assert found[1].noun == "prime minister"


def test_every_role_has_classes_the_codebook_knows() -> None:
    known = {
        "state", "government", "official", "person", "organisation", "igo", "forces", "armed",
        "rebels", "police",
        "crowd", "civilians", "party", "media", "court", "legislature", "company", "place", "nationality",
        "unknown",
    }  # fmt: skip
    wrong = {r.noun: sorted(r.classes - known) for r in roles().values() if r.classes - known}
    assert not wrong
