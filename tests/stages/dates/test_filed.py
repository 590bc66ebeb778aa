"""When and where a report was filed, as its own head tells. All texts are written for this project."""

from __future__ import annotations

import pytest

from legation.model import Document
from legation.stages.clean import mark_furniture
from legation.stages.dates import date_report

_STORY = "The minister met the envoy of the neighbouring state on Tuesday, officials said, and both left by air.\n"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("MANILA (Harbour News Agency) 6 March 2024 — ", "2024-03-06"),
        ("June 20, 2024 - ", "2024-06-20"),
        ("KYIV, March 3, 2022 (Lakeside) -- ", "2022-03-03"),
        ("GENEVA, Thursday, 3 March 2022 – ", "2022-03-03"),
        ("Kyiv, Ukraine – March 3, 2022 – ", "2022-03-03"),
        ("3 March 2022, Geneva - ", "2022-03-03"),
        ("Envoy leaves by air\nPublished: 3 March 2022\n\n", "2022-03-03"),
        ("Envoy leaves by air\n\nMarch 3, 2022 10:20 AM GMT\n\n", "2022-03-03"),
        ("Envoy leaves by air\nBy Jane Roe | March 6, 2024 | 10:21 AM\n\n", "2024-03-06"),
        ("Envoy leaves by air\nLast updated: March 5, 2022\nPublished: March 4, 2022\n\n", "2022-03-04"),
        ("Envoy leaves by air\nLast updated: March 5, 2022\n\n", "2022-03-05"),
        ("Envoy leaves by air\n2022-03-04\n\n", "2022-03-04"),
        # No day to count from: no year, two readings, a day of the story's own.
        ("ABUJA, Feb 24 (Lakeside Wire) - ", None),
        ("Envoy leaves by air\n03/04/2022\n\n", None),
        ("March 3, 2022: the day an envoy left\n\n", None),
        ("The treaty of 3 March 2022 was read out at length before them all in the great hall of the town. ", None),
        ("", None),
    ],
)
def test_a_full_date_in_the_head_is_the_day_of_the_report(head: str, day: str | None) -> None:
    assert date_report(mark_furniture(Document(text=head + _STORY))).published == day


def test_a_day_that_came_with_the_report_is_kept() -> None:
    doc = Document(text="June 20, 2024 - " + _STORY, published="2024-06-21")

    assert date_report(mark_furniture(doc)).published == "2024-06-21"


def test_a_date_far_down_dates_nothing() -> None:
    doc = Document(text=f"Envoy leaves by air\n\n{_STORY}\nLast updated: March 5, 2022\n")

    assert date_report(mark_furniture(doc)).published is None


@pytest.mark.parametrize(
    ("head", "place", "country"),
    [
        ("BOGOTA — ", "Bogota", "COL"),
        ("YEREVAN/BAKU, Sept 13, 2022 (Lakeside Wire) - ", "Yerevan", "ARM"),
        ("Nairobi, Kenya — ", "Nairobi", "KEN"),
        ("GEORGETOWN, Guyana, May 3 (Lakeside) -- ", "Georgetown", "GUY"),
        ("GENEVA, 3 March 2022 – ", "Geneva", "CHE"),
        ("Moscow (Russia): ", "Moscow", "RUS"),
        ("UNITED NATIONS — ", "United Nations", None),
        ("SPRINGFIELD — ", "Springfield", None),
    ],
)
def test_a_dateline_tells_its_country(head: str, place: str, country: str | None) -> None:
    dateline = mark_furniture(Document(text=head + _STORY)).dateline

    assert dateline is not None
    assert (dateline.place, dateline.country) == (place, country)
