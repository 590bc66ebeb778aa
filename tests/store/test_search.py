"""Words are found in the same way in both databases."""

from __future__ import annotations

import pytest

from legation.record import Query
from legation.store import Store
from legation.store.search import fts5, tsquery
from stored import ABOUT, coded, event

TEXTS = {
    "truce": "The ceasefire in the valley held for a second day, officials said.",
    "talks": "Talks on a ceasefire began in Geneva. The delegations talked past midnight.",
    "flood": "Floods closed the road to Geneva; nobody was hurt.",
}


@pytest.fixture(scope="module")
def kept(asked: Store) -> Store:
    """Three documents, one of them of an event."""
    asked.add(
        [
            coded(name, *((event("e1"),) if name == "talks" else ()), text=text, title=f"Report: {name}")
            for name, text in TEXTS.items()
        ],
        ABOUT,
    )
    return asked


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ceasefire", {"truce", "talks"}),
        ("CEASEFIRES", {"truce", "talks"}),
        ("ceasefire Geneva", {"talks"}),
        ('"second day"', {"truce"}),
        ('"day second"', set()),
        ("ceasefire -Geneva", {"truce"}),
        ("valley OR road", {"truce", "flood"}),
        ("gene*", {"talks", "flood"}),
        ("Report flood", {"flood"}),
        ("earthquake", set()),
        ("", set()),
        ("-Geneva", set()),
        ('"', set()),
        ("' OR 1=1 --", set()),
        ("NEAR(ceasefire", set()),
        ("OR", set()),
        ("ceasefire OR", {"truce", "talks"}),
        ("cease:fire*", set()),
    ],
)
def test_words_find_documents(kept: Store, words: str, found: set[str]) -> None:
    assert {hit.document.id for hit in kept.search(words)} == found


def test_a_snippet_marks_the_words(kept: Store) -> None:
    (hit,) = kept.search("midnight")

    assert "\x02midnight\x03" in hit.snippet


def test_a_search_is_narrowed_by_a_query(kept: Store) -> None:
    assert [h.document.id for h in kept.search("ceasefire", Query(actors=("IND",)))] == ["talks"]
    assert kept.search("ceasefire", Query(actors=("CHN",))) == []
    assert len(kept.search("ceasefire", limit=1)) == 1


@pytest.mark.parametrize(
    ("words", "sqlite", "postgres"),
    [
        ("a b", '("a") AND ("b")', "('a') & ('b')"),
        ('"a b" -c', '(("a b")) NOT ("c")', "('a' <-> 'b') & !('c')"),
        ("a OR b c*", '("a" OR "b") AND ("c" *)', "(('a') | ('b')) & ('c':*)"),
        ("it's", '("it s")', "('it' <-> 's')"),
    ],
)
def test_words_become_a_question(words: str, sqlite: str, postgres: str) -> None:
    assert fts5(words) == sqlite
    assert tsquery(words) == postgres
