"""Copies are found among documents as they come."""

from __future__ import annotations

import pytest

from legation.linking.copies import CopyFinder, wire_of
from legation.model import Document

FIRST = (
    "Fishermen in the port of Esbjerg blocked the harbour for a third day on Tuesday. Their union said the new "
    "quotas would cost 400 jobs. The minister of fisheries, Karen Holm, refused to meet them before Friday and "
    "called on the police to clear the quays. Two trawlers from Hvide Sande joined the blockade in the evening."
)
OTHER_TOWN = (
    "Teachers in the town of Vejle left their schools for a second day on Monday. Their union said the new "
    "timetable would cost 90 posts. The minister of education, Lars Friis, refused to meet them before Sunday and "
    "called on the councils to open the schools. Two schools from Fredericia joined the strike in the evening."
)


def test_the_same_text_under_another_title_is_a_copy() -> None:
    finder = CopyFinder()
    assert finder.add(Document(FIRST, id="a", title="Blockade goes on")) is None

    copy = finder.add(Document(FIRST, id="b", title="Harbour closed"))

    assert copy is not None
    assert (copy.of, copy.share, copy.kind) == ("a", 1.0, "same")
    assert "another title" in copy.reason


def test_another_report_in_the_same_form_is_no_copy() -> None:
    finder = CopyFinder()
    finder.add(Document(FIRST, id="a"))

    assert finder.add(Document(OTHER_TOWN, id="b")) is None


def test_a_copy_out_of_the_time_window_is_not_looked_for() -> None:
    finder = CopyFinder(days=14)
    finder.add(Document(FIRST, id="a", published="2024-01-01"))

    assert finder.add(Document(FIRST, id="b", published="2024-03-01")) is None


def test_memory_does_not_grow_beyond_the_window() -> None:
    finder = CopyFinder(days=2, keep=5)
    for day in range(1, 29):
        finder.add(Document(f"{FIRST} {day}", id=str(day), published=f"2024-02-{day:02}"))

    assert len(finder) == 5


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("OSLO (Reuters) - The talks went on.", "Reuters"),
        ("OSLO, May 3 (AFP) -- The talks went on.", "AFP"),
        ("The talks went on. [Xinhua]", "Xinhua"),
        ("The talks went on, a reporter of Reuters saw.", None),
        ("The PA said that the talks went on.", None),
    ],
)
def test_the_origin_is_what_the_text_names(text: str, wire: str | None) -> None:
    assert wire_of(text) == wire
