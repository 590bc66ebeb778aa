"""Documents are put to stories as they come; look-alikes stay apart."""

from __future__ import annotations

import random
from pathlib import Path
from runpy import run_path

import pytest

from legation.linking.documents import Linker
from legation.linking.stories import StoryFinder
from legation.model import Document

FORMS = run_path(str(Path(__file__).with_name("copyset.py")))


def tellings(number: int, published: str | None = None) -> list[Document]:
    """Two tellings each of so many happenings: of every form several, look-alikes of each other."""
    rng = random.Random(3)
    docs = []
    for n in range(number):
        form = FORMS["FORMS"]["form"][n % 8]
        slots = FORMS["_slots"](rng)
        for hand in ("first", "second"):
            docs.append(Document(form[hand].format(**slots), id=f"{n} {hand}", published=published))
    return docs


def test_two_tellings_of_one_happening_are_one_story() -> None:
    docs = tellings(8)

    stories = dict(zip([d.id for d in docs], StoryFinder().add_many(docs), strict=True))

    assert all(stories[f"{n} first"] == stories[f"{n} second"] for n in range(8))
    assert len(set(stories.values())) == 8


def test_an_answer_once_given_stays() -> None:
    docs = tellings(16)
    finder = StoryFinder()
    first = finder.add_many(docs)

    assert finder.add_many(docs) == first
    assert len(finder) == len(set(first))


def test_one_by_one_the_second_telling_finds_the_first() -> None:
    finder = StoryFinder()
    docs = tellings(8)
    for doc in docs[::2]:
        finder.add(doc)
    before = len(finder)

    stories = [finder.add(doc) for doc in docs[1::2]]

    assert before == 8
    assert len(set(stories)) == 8


def test_an_empty_document_is_a_story_of_its_own() -> None:
    finder = StoryFinder()

    assert finder.add(Document("", id="a")) != finder.add(Document("", id="b"))


def test_stories_silent_for_longer_than_the_window_are_forgotten() -> None:
    finder = StoryFinder(days=5, keep=6)
    for day in range(1, 25):
        form = FORMS["FORMS"]["form"][day % 8]["first"]
        text = form.format(**FORMS["_slots"](random.Random(day)))
        finder.add(Document(text, id=str(day), published=f"2024-02-{day:02}"))

    assert len(finder) == 6


def test_a_story_within_the_window_is_never_forgotten() -> None:
    finder = StoryFinder(days=5, keep=2)
    finder.add_many(tellings(8, published="2024-02-01"))

    assert len(finder) == 8


def test_a_copy_is_of_the_story_of_its_original_and_says_why() -> None:
    docs = tellings(4)
    links = [link for _, link in Linker().stream([*docs, Document(docs[0].text, id="copy", title="Other title")])]

    assert links[-1].copy_of == "0 first"
    assert links[-1].story == links[0].story
    assert links[-1].reason == "the same text as 0 first"
    assert links[1].reason.startswith("tells what")


def test_batches_change_no_story_that_was_told_before() -> None:
    docs = tellings(12)
    all_at_once = [link.story for _, link in Linker().stream(docs)]
    in_parts = [link.story for _, link in Linker().stream(docs, ahead=8)]

    assert len(set(in_parts)) >= len(set(all_at_once))
    assert in_parts[:8:2] == all_at_once[:8:2]


def test_one_by_one_look_alikes_that_were_taken_for_one_are_told_apart_by_what_comes_later() -> None:
    """Sixty happenings in eight forms, which differ in names and figures only; without judging again 0.39 and 0.23."""
    docs = tellings(60)
    random.Random(5).shuffle(docs)
    finder = StoryFinder()
    stories = {doc.id: finder.add(doc) for doc in docs}

    names = [(n, hand) for n in range(60) for hand in ("first", "second")]
    alike = [(a, b) for a in names for b in names if a[0] < b[0] and a[0] % 8 == b[0] % 8]
    apart = sum(stories[f"{a[0]} {a[1]}"] != stories[f"{b[0]} {b[1]}"] for a, b in alike)
    assert apart >= 0.4 * len(alike)
    together = sum(stories[f"{n} first"] == stories[f"{n} second"] for n in range(60))
    assert together >= 0.5 * 60


# Input of the messiest kind

REPORT = "Gunmen killed six people in a market in the town of Mubi on Monday, and soldiers arrested two men later."
RUSSIAN = "Вооружённые люди убили шесть человек на рынке в городе Муби в понедельник, а солдаты задержали двоих мужчин."


@pytest.mark.parametrize("text", ["", "\n \n", "7", "—", "a", "😀", "and"])
def test_a_document_without_a_word_to_compare_is_a_story_of_its_own_and_says_so(text: str) -> None:
    docs = [Document(text, id="short"), Document(REPORT, id="report"), Document("War", id="war")]

    links = [link for _, link in Linker().stream(docs)]

    assert len({link.story for link in links}) == 3
    assert [link.reason for link in links] == ["holds no words to compare", *["tells of something new"] * 2]


def test_documents_of_one_id_each_get_a_line_and_the_later_ones_say_that_the_id_was_there() -> None:
    docs = [Document(REPORT, id="x"), Document(REPORT, id="x"), Document("Turkey met Greece in Oslo.", id="x")]

    links = [link for _, link in Linker().stream(docs)]

    assert [link.repeats for link in links] == [False, True, True]
    assert links[0].story == links[1].story != links[2].story
    assert "has the id 'x' too" in links[2].problems[0][1]
    assert all(link.copy_of != "x" for link in links)


@pytest.mark.parametrize("published", [None, "", "2021", "0001-01-01", "9999-12-31", "2021-07-09T23:59:59+14:00"])
@pytest.mark.parametrize("text", [REPORT, RUSSIAN])
def test_any_date_or_none_leaves_a_copy_of_the_same_day_a_copy(published: str | None, text: str) -> None:
    docs = [Document(text, id=name, published=published) for name in ("one", "other")]

    first, copy = (link for _, link in Linker().stream(docs))

    assert (first.copy_of, copy.copy_of) == (None, "one")
    assert first.story == copy.story
