"""What keeps dates cheap finds no less: needed words, small letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from legation.model import Document, Sentence
from legation.stages.dates import expressions, find_dates
from legation.stages.dates.expressions import in_small_letters
from legation.stages.dates.setting import Rule
from legation.stages.dates.triggers import find_triggers

_LINES = (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line.split("|")[1] for line in _LINES if line and not line.startswith("#")]


def matches(rule: Rule, text: str, small: str | None) -> list[tuple[int, int]]:
    return [match.span() for match in rule.matches(text, small, 0, len(text))]


def read(text: str) -> list[str]:
    doc = Document(text=text, published="2021-07-09", sentences=(Sentence(0, 0, len(text)),))
    return [when.text for when in find_dates(doc).dates]


def test_rules_are_passed_over_only_where_they_read_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with_words = [read(sentence) for sentence in SENTENCES]
    monkeypatch.setattr(expressions, "_RULES", tuple(replace(rule, words=()) for rule in expressions._RULES))
    expressions._rules_of.cache_clear()
    try:
        assert [read(sentence) for sentence in SENTENCES] == with_words
    finally:
        monkeypatch.undo()
        expressions._rules_of.cache_clear()


@pytest.mark.parametrize("rule", expressions._RULES, ids=lambda rule: rule.name)
def test_small_letters_find_what_any_letters_find(rule: Rule) -> None:
    for sentence in (*SENTENCES, *(s.upper() for s in SENTENCES)):
        assert matches(rule, sentence, in_small_letters(sentence)) == matches(rule, sentence, None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met at 5 p.m. in the hall.", ["5 p.m."]),
        ("It was built in the 1990s by hand.", ["1990s"]),
        ("They met on Christmas Day.", ["Christmas Day"]),
        ("İstanbul voted on Friday.", ["Friday"]),
        ("The deal was closed a year ago.", ["a year ago"]),
        ("The house stands on the river.", []),
        ("The mayor may go.", []),
    ],
)
def test_no_time_is_lost(text: str, found: list[str]) -> None:
    assert [when.removeprefix("in ") for when in read(text)] == found


def test_a_letter_that_grows_when_small_moves_nothing() -> None:
    assert len(in_small_letters("İzmir on MONDAY")) == len("İzmir on MONDAY")
    assert in_small_letters("On MONDAY") == "on monday"


def test_a_sentence_that_only_begins_with_the_triggers_nothing() -> None:
    assert not list(find_triggers("The club has a house."))
    assert list(find_triggers("Ramadan ends."))


def test_a_report_of_no_politics_has_its_dates() -> None:
    text = "The oven was hot on Friday. Bake the bread for two hours."
    sentences = (Sentence(0, 0, 27, parse=False), Sentence(1, 28, len(text), parse=False))
    doc = find_dates(Document(text=text, published="2021-07-09", domain="recipe", sentences=sentences))

    assert [when.text for when in doc.dates] == ["Friday", "two hours"]


def test_a_bad_day_of_publication_is_told() -> None:
    doc = Document(text="It rained.", published="soon", sentences=(Sentence(0, 0, 10, parse=False),))

    assert [problem.stage for problem in find_dates(doc).problems] == ["dates"]
