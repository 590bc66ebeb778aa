"""Names that are easily taken for somebody else: namesakes, places that are people, people that are places."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from legation.stages.actors import resolve_phrase

SURE = 0.8


class Hard(NamedTuple):
    """A name in its sentence, and who is meant: no code where nobody that the tables could know."""

    phrase: str
    text: str
    date: str
    code: str
    person: str


def _rows() -> list[Hard]:
    lines = Path(__file__).with_name("hard_names.tsv").read_text(encoding="utf-8").splitlines()
    return [Hard(*line.split("\t")) for line in lines[1:]]


def _wrong(row: Hard) -> str:
    """Who was found where somebody else is meant; empty where the answer is right, or there is none."""
    actor = resolve_phrase(row.phrase, context=row.text, date=row.date)
    if actor is None or actor.confidence <= SURE:
        return ""
    named = actor.identifier_text or ""
    known = bool(actor.office or actor.identifier_id)
    if actor.code is not None and actor.code != row.code:
        return f"{row.phrase} ({row.date}): {actor.code} {named}, because {actor.reason}"
    if row.person and known and row.person not in named:
        return f"{row.phrase} ({row.date}): {named}, because {actor.reason}"
    return ""


def test_the_list_is_long_enough() -> None:
    rows = _rows()
    assert len(rows) >= 300
    assert len({(r.phrase, r.text) for r in rows}) == len(rows)


def test_at_most_two_in_a_hundred_answers_are_sure_and_wrong() -> None:
    wrong = [told for row in _rows() if (told := _wrong(row))]
    assert len(wrong) <= 0.02 * len(_rows()), "\n".join(wrong)


def test_most_names_that_are_known_are_found() -> None:
    meant = [row for row in _rows() if row.code]
    found = [resolve_phrase(row.phrase, context=row.text, date=row.date) for row in meant]
    right = [a for a, row in zip(found, meant, strict=True) if a is not None and a.code == row.code]
    assert len(right) >= 0.95 * len(meant)


@pytest.mark.parametrize("phrase", ["Paris Hilton", "Jack London", "Jordan Peterson", "Bill Gates", "Kim Kardashian"])
def test_a_person_is_not_the_country_of_a_name(phrase: str) -> None:
    actor = resolve_phrase(phrase)
    assert actor is None or actor.code is None
