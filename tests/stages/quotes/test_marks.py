"""Which marks are quotation marks."""

from __future__ import annotations

import pytest

from legation.model import Span
from legation.stages.quotes.marks import find_marks


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We leave,” she said.", ["We leave,"]),
        ('"We leave," she said.', ["We leave,"]),
        ("''We leave,'' she said.", ["We leave,"]),
        ('" We leave , " she said .', ["We leave ,"]),
        ("«We leave», she said.", ["We leave"]),
        ("'We leave,' she said.", ["We leave,"]),
        ("“He said ‘no’ twice,” she said.", ["He said ‘no’ twice,"]),
        ("The envoy's car wasn't there.", []),
        ("The envoys' cars left.", []),
    ],
)
def test_words_between_marks_are_found(text: str, inside: list[str]) -> None:
    marks = find_marks(text, [Span(0, len(text))])

    assert [text[m.start : m.end] for m in marks] == inside
