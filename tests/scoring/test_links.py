"""BCubed figures of documents put together."""

from __future__ import annotations

import pytest

from legation.scoring.links import bcubed


@pytest.mark.parametrize(
    ("labelled", "found", "precision", "recall"),
    [
        ("aabb", "xxyy", 1.0, 1.0),
        ("aabb", "xxxx", 0.5, 1.0),
        ("aabb", "wxyz", 1.0, 0.5),
        ("aaab", "xxyy", 0.75, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4),
    ],
)
def test_bcubed_weighs_each_document_alike(labelled: str, found: str, precision: float, recall: float) -> None:
    assert bcubed(labelled, found) == pytest.approx((precision, recall))


def test_nothing_found_in_nothing_is_no_error() -> None:
    assert bcubed("", "") == (0.0, 0.0)
