"""The article that the project began with, coded whole: what must be found in it, and what must not.

The article belongs to its publisher and is not part of the project; without it these tests are skipped.
Its sentences are found by a few words of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from legation.model import Actor, Document, Event, EventMention, Quote

if TYPE_CHECKING:
    from legation.coder import Coder

pytestmark = pytest.mark.model
REAL = ("happened", "ongoing", "historical", "future")


@pytest.fixture(scope="module")
def article(shared: Path, coder: Coder) -> Document:
    """The article, coded as published on the day of the talks."""
    path = shared / "example" / "moscow-talks.txt"
    if not path.is_file():
        pytest.skip("../shared/example/moscow-talks.txt is not there")
    return coder.code(path.read_bytes().decode("utf-8"), published="2021-07-09")


def codes(actors: Iterable[Actor]) -> set[str | None]:
    return {actor.code for actor in actors}


def of_type(doc: Document, *types: str) -> list[Event]:
    return [event for event in doc.events if event.event in types]


def told_in(doc: Document, event: Event, words: str) -> list[EventMention]:
    """The mentions of the event in the sentence that holds these words."""
    return [m for m in event.mentions if words in doc.text_of(doc.sentences[m.sentence])]


def events_in(doc: Document, kind: str, words: str) -> list[Event]:
    """The events of a type that the sentence with these words tells."""
    return [event for event in of_type(doc, kind) if told_in(doc, event, words)]


def is_jaishankar(actor: Actor | None) -> bool:
    return (
        actor is not None and actor.code == "IND" and (actor.identifier_text or "").endswith("Jaishankar")
    )


@pytest.mark.parametrize("words", ["Daily Mail India", "READ ALSO", "Madhya Pradesh", "Source link"])
def test_what_is_no_story_is_furniture(article: Document, words: str) -> None:
    at = article.text.index(words)

    assert any(span.start <= at < span.end for span in article.furniture)


def test_the_story_itself_is_no_furniture(article: Document) -> None:
    assert sum(span.end - span.start for span in article.furniture) < 250


def test_nothing_is_coded_from_the_furniture(article: Document) -> None:
    found = [word for e in article.events for m in e.mentions for word in m.words]
    found += [quote.cue for quote in article.quotes if quote.cue]

    assert not [w for w in found if any(span.overlaps(w) for span in article.furniture)]
    assert not [m for m in article.mentions if any(span.overlaps(m.span) for span in article.furniture)]


def test_outlet_title_and_dateline_are_read(article: Document) -> None:
    assert article.outlet == "Daily Mail India"
    assert article.title is not None
    assert article.title.startswith("India, Russia discuss")
    assert article.dateline is not None
    assert article.dateline.place == "Moscow"


def test_the_talks_are_one_event_told_three_times(article: Document) -> None:
    talks = [e for e in of_type(article, "CONSULT") if {"IND", "RUS"} <= codes(e.actors)]

    assert len(talks) == 1
    (event,) = talks
    assert codes(event.actors) == {"IND", "RUS"}
    assert event.status == "happened"
    assert event.date == "2021-07-09"
    assert len({m.sentence for m in event.mentions}) >= 3
    assert all(m.date in (None, "2021-07-09") for m in event.mentions)


def test_there_are_no_other_talks(article: Document) -> None:
    assert len([e for e in of_type(article, "CONSULT") if e.status in REAL]) == 1


def test_us_and_nato_withdraw_from_afghanistan(article: Document) -> None:
    (event, *_) = events_in(article, "RETREAT", "withdraw their troops")

    assert {"USA", "IGO"} <= codes(event.actors)
    assert event.modes == ("withdraw",)
    assert event.status in ("happened", "ongoing")


def test_the_us_announced_its_withdrawal(article: Document) -> None:
    announced = events_in(article, "CONCEDE", "the US announced")

    assert announced
    assert all(codes(e.actors) == {"USA"} for e in announced)


def test_the_us_scheduled_its_withdrawal(article: Document) -> None:
    assert [e for e in events_in(article, "CONCEDE", "scheduled to withdraw") if "USA" in codes(e.actors)]


def test_the_pledges_are_due_on_both_days(article: Document) -> None:
    by_id = {event.id: event for event in article.events}
    due = {p.due for p in article.pledges if by_id[p.event].event == "CONCEDE"}

    assert due == {"2021-08-31", "2021-09-11"}


def test_the_taliban_lead_an_offensive(article: Document) -> None:
    offensive = events_in(article, "ASSAULT", "bloody offensive")

    assert any(e.status in REAL and codes(e.actors) == {"AFG"} for e in offensive)
    assert any("REB" in {a.sector for a in e.actors} for e in offensive)


def test_the_taliban_gain_ground(article: Document) -> None:
    gains = events_in(article, "ASSAULT", "gaining more and more")

    assert any(e.status in REAL and "REB" in {a.sector for a in e.actors} for e in gains)


def test_taliban_and_afghan_forces_fight_each_other(article: Document) -> None:
    fights = events_in(article, "ASSAULT", "fierce fighting")

    assert any({("AFG", "REB"), ("AFG", "MIL")} <= {(a.code, a.sector) for a in e.actors} for e in fights)


def test_the_fighting_has_no_recipient(article: Document) -> None:
    fights = [e for e in events_in(article, "ASSAULT", "fierce fighting") if len(e.actors) > 1]

    assert all(not e.recipients for e in fights)


def test_india_thanks_russia(article: Document) -> None:
    thanks = of_type(article, "SUPPORT")

    assert any(codes(e.actors) == {"IND"} and codes(e.recipients) == {"RUS"} for e in thanks)


def test_russia_helped_india_before(article: Document) -> None:
    aid = [e for e in of_type(article, "AID") if "RUS" in codes(e.actors)]

    assert aid
    assert all(codes(e.recipients) == {"IND"} and e.status == "historical" for e in aid)


def test_india_and_russia_produce_the_vaccine_together(article: Document) -> None:
    joint = [e for e in events_in(article, "COOPERATE", "Sputnik V") if e.status in REAL]

    assert any({"IND", "RUS"} <= codes((*e.actors, *e.recipients)) and "health" in e.contexts for e in joint)


def test_every_quote_is_by_jaishankar(article: Document) -> None:
    assert len(article.quotes) == 6
    assert [q.text for q in article.quotes if not is_jaishankar(q.speaker)] == []


def quote_of(doc: Document, words: str) -> Quote:
    (found,) = [q for q in doc.quotes if words in q.text]
    return found


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("terms of specific regions", "direct"),
        ("see peace within Afghanistan", "direct"),
        ("independent, sovereign", "indirect"),
        ("time tested", "direct"),
        ("good for two of us", "indirect"),
        ("science and technology partnership", "direct"),
    ],
)
def test_the_six_quotes(article: Document, words: str, kind: str) -> None:
    assert quote_of(article, words).kind == kind


@pytest.mark.parametrize("words", ["time tested", "good for two of us"])
def test_the_minister_is_jaishankar(article: Document, words: str) -> None:
    quote = quote_of(article, words)

    assert quote.speaker is not None
    assert "minister" in quote.speaker.entity_text.lower()
    assert is_jaishankar(quote.speaker)


@pytest.mark.parametrize("words", ["reduction in violence", "It was a very good discussion"])
def test_a_quote_goes_on_after_a_full_stop(article: Document, words: str) -> None:
    assert is_jaishankar(quote_of(article, words).speaker)


def test_the_taliban_only_try_to_capture_ground(article: Document) -> None:
    captures = events_in(article, "ASSAULT", "trying to capture")
    tried = [m for e in captures for m in told_in(article, e, "trying to capture") if m.actors]

    assert {m.status for m in tried} == {"attempted"}
    assert all(codes(m.actors) == {"AFG"} for m in tried)


def test_the_anniversary_of_an_attack_is_no_attack_of_that_day(article: Document) -> None:
    captures = events_in(article, "ASSAULT", "September 11")

    assert not [e for e in captures if e.status in ("happened", "ongoing") and e.date == "2021-07-09"]


def test_no_stage_had_a_problem(article: Document) -> None:
    assert article.problems == ()
