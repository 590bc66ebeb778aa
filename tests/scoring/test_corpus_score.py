"""A list of main events is held against a record: found, found once, found in the right country."""

from __future__ import annotations

from pathlib import Path

import pytest

from legation.errors import InputPathError
from legation.model import Place
from legation.record import MergedEvent
from legation.scoring.corpus import GoldEvent, GoldPlace, read_gold, score_corpus, tells
from situations.told import event

TALKS = GoldEvent(
    "talks",
    "Talks in Doha",
    ("CONSULT",),
    "2021-02-22",
    ("a", "b"),
    ("AFG GOV", "AFG REB/PRM"),
    place=GoldPlace("QAT", "Doha"),
)
BLAME = GoldEvent("blame", "Blame", ("ACCUSE",), "2021-02-22", ("a",), ("AFG",), ("AFG REB",))
DOHA = Place(0, 0, "Doha", "Doha", "QAT")


def talks(
    doc: str = "a", *, date: str = "2021-02-22", sides: str = "AFG GOV; AFG REB", sentence: int = 0
) -> MergedEvent:
    return event("CONSULT", sides, date=date, doc=doc, sentence=sentence, place=DOHA)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (talks(), True),
        (talks(date="2021-02-23"), True),
        (talks(date="2021-02"), True),
        (talks(sides="AFG GOV; AFG PRM"), True),
        (event("CONSULT", "AFG REB", "AFG GOV", date="2021-02-22", doc="a"), True),
        (talks(date="2021-02-24"), False),
        (talks(date="2021-03"), False),
        (talks(sides="AFG GOV; PAK GOV"), False),
        (talks("elsewhere"), False),
        (event("AGREE", "AFG GOV; AFG REB", date="2021-02-22", doc="a"), False),
        (event("CONSULT", "AFG GOV; AFG REB", date="2021-02-22", doc="a", status="negated"), False),
        (event("CONSULT", "AFG GOV; AFG REB", date=None, doc="a"), False),
    ],
)
def test_type_day_sides_and_report_must_be_right(given: MergedEvent, found: bool) -> None:
    assert tells(TALKS, given) is found


def test_only_in_talks_may_a_side_stand_among_the_recipients() -> None:
    assert tells(BLAME, event("ACCUSE", "AFG GOV", "AFG REB", date="2021-02-22", doc="a"))
    assert not tells(BLAME, event("ACCUSE", "AFG GOV", date="2021-02-22", doc="a"))
    assert not tells(BLAME, event("ACCUSE", "PAK GOV", "AFG REB", date="2021-02-22", doc="a"))


def test_the_score_counts_what_is_found_once_and_where() -> None:
    score = score_corpus([TALKS, BLAME], [talks()])

    assert (score.found, score.missed, score.doubled, score.placed) == (("talks",), ("blame",), (), ("talks",))
    assert (score.share, score.once, score.with_place) == (0.5, 1.0, 1)


@pytest.mark.parametrize(
    ("second", "doubled"),
    [(talks("b"), ("talks",)), (talks("a"), ("talks",)), (talks("a", sentence=1), ())],
)
def test_told_twice_is_by_two_reports_or_in_one_sentence(second: MergedEvent, doubled: tuple[str, ...]) -> None:
    assert score_corpus([TALKS], [talks(), second]).doubled == doubled


def test_a_list_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputPathError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
