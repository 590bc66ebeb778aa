"""Phrases alone, as a list of them is scored: type and value by the day they were said."""

from __future__ import annotations

import pytest

from legation.stages.dates import resolve_phrase


@pytest.mark.parametrize(
    ("phrase", "said", "expected"),
    [
        ("Saturday", "2021-07-09", ("DATE", "2021-07-03")),
        ("may", "2021-07-09", ("DATE", "2021-05")),
        ("6 p.m. Thursday", "2021-07-09", ("TIME", "2021-07-08T18:00")),
        ("Thursday at 6 p.m.", "2021-07-09", ("TIME", "2021-07-08T18:00")),
        ("nineteen eighty-four", "2021-07-09", ("DATE", "1984")),
        ("the year two thousand", "2021-07-09", ("DATE", "2000")),
        ("nearly forty years", "2021-07-09", ("DURATION", "P40Y")),
        ("a minute and a half", "2021-07-09", ("DURATION", "PT1M30S")),
        ("2:05:30", "2021-07-09", ("DURATION", "PT2H5M30S")),
        ("six-month-old", "2021-07-09", ("DURATION", "P6M")),
        ("spring", "2021-07-09", ("DATE", "2021-SP")),
        ("the latest quarter", "2021-07-09", ("DATE", "2021-Q2")),
        ("the year-earlier quarter", "2021-07-09", ("DATE", "2020-Q2")),
        ("every Monday", "2021-07-09", ("SET", "XXXX-WXX-1")),
        ("yet", "2021-07-09", ("DATE", "PRESENT_REF")),
        ("Friday", None, ("DATE", "XXXX-WXX-5")),
        ("Friday", "not a day", ("DATE", "XXXX-WXX-5")),
        ("the minister", "2021-07-09", ("", "")),
        ("", "2021-07-09", ("", "")),
        ("31 February", "2021-07-09", ("DATE", "2021-02")),
    ],
)
def test_a_phrase_known_to_be_a_time_has_its_value(
    phrase: str, said: str | None, expected: tuple[str, str]
) -> None:
    assert resolve_phrase(phrase, said) == expected
