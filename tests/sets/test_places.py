"""Sentences of our own with an event and several places: how often the event's place is right, and how often wrong.

The marks are 0.88 right and at most 0.04 wrong pins. The last 40 were written after the rules had been mended on the
others; 0.775 of them were right then, 0.861 of those in which an event was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sets.placed import figures, found, read

if TYPE_CHECKING:
    from legation.coder import Coder

RIGHT, RIGHT_GIVEN_AN_EVENT, WRONG_PIN = 0.86, 0.93, 0.04


def test_the_set_is_large_and_has_sentences_that_do_not_say_where() -> None:
    rows = read()

    assert len({row.sentence for row in rows}) == len(rows) >= 210
    assert sum(row.optional and not row.names for row in rows) >= 25
    assert all(row.names or row.optional for row in rows)


@pytest.mark.model
def test_the_place_of_an_event_is_right_and_seldom_a_wrong_pin(coder: Coder) -> None:
    reached = figures(found(coder, read()))

    assert reached["right"] >= RIGHT
    assert reached["right given an event"] >= RIGHT_GIVEN_AN_EVENT
    assert reached["wrong pin"] <= WRONG_PIN
