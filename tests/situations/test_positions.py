"""Statements become positions."""

from __future__ import annotations

from legation.situations.positions import positions
from situations.told import said


def test_positions_are_by_speaker_and_subject_and_copies_count_once() -> None:
    told = [
        said("USA GOV Joe Biden", "They must go.", doc="a", published="2021-05-02", about=("AFG REB",)),
        said("USA GOV Joe Biden", "They must go!", doc="copy", published="2021-05-03", about=("AFG REB",)),
        said("USA GOV Joe Biden", "We leave.", doc="b", published="2021-05-01", contexts=("military",)),
        said("AFG REB Naeem", "They must go.", doc="a", published="2021-05-02", about=("USA",)),
    ]

    found = {(p.label, p.subject): [s.document for s in p.statements] for p in positions(told)}

    assert found == {
        ("Joe Biden (USA GOV)", "AFG REB"): ["a"],
        ("Joe Biden (USA GOV)", "military"): ["b"],
        ("Naeem (AFG REB)", "USA"): ["a"],
    }


def test_an_unknown_speaker_has_no_position() -> None:
    assert positions([said("? ", "They must go.", about=("USA",))]) == ()
