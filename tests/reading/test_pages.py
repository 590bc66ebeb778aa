"""Pages of our own making: what is furniture, what is story, and what the page says of itself."""

from __future__ import annotations

import pytest

from legation.model import Document
from legation.reading.moments import moment
from legation.reading.text import from_html
from legation.stages.clean import mark_furniture
from reading.pages import Outcome, Page, outcome, pages, read_page, stories


@pytest.fixture(scope="module")
def read() -> list[tuple[Page, Document]]:
    return [(page, read_page(page)) for page in pages()]


def test_there_are_thirty_layouts() -> None:
    assert len(pages()) >= 30


def test_furniture_is_marked_and_the_story_kept(read: list[tuple[Page, Document]]) -> None:
    total = sum((outcome(page, doc) for page, doc in read), Outcome())
    assert total.furniture > 200
    assert len(total.missed) <= 0.05 * total.furniture, total.missed
    assert len(total.lost) <= 0.005 * total.story, total.lost


def test_in_plain_text_most_furniture_is_marked_and_the_story_kept() -> None:
    """The same lines without their page, as other programs hand them on: menus and all."""
    total = Outcome()
    for page in pages():
        title = stories()[page.facts["story"]][0]
        doc = mark_furniture(Document(text="\n".join(words for words, _ in page.lines), title=title))
        total += outcome(page, doc)
    assert len(total.missed) <= 0.15 * total.furniture, total.missed
    assert len(total.lost) <= 0.005 * total.story, total.lost


def test_publication_dates_are_right(read: list[tuple[Page, Document]]) -> None:
    wrong = [(p.name, d.published) for p, d in read if (d.published or "")[:10] != p.facts["date"]]
    assert len(wrong) <= 0.1 * len(read), wrong


@pytest.mark.parametrize("field", ["title", "outlet", "author"])
def test_a_page_names_its_title_outlet_and_author(read: list[tuple[Page, Document]], field: str) -> None:
    wrong = []
    for page, doc in read:
        wanted = stories()[page.facts["story"]][0] if field == "title" else page.facts.get(field)
        found = dict(doc.meta).get("author") if field == "author" else getattr(doc, field)
        if wanted and found != wanted:
            wrong.append((page.name, found))
    assert len(wrong) <= 0.05 * len(read), wrong


def test_the_text_is_what_a_reader_sees_a_line_a_block(read: list[tuple[Page, Document]]) -> None:
    for page, doc in read:
        assert doc.lang == "en", page.name
        assert "<" not in doc.text.replace("<!--", ""), page.name
        assert all(line == line.strip() and line for line in doc.text.split("\n")), page.name
        assert all(0 <= s.start < s.end <= len(doc.text) for s in doc.furniture)


def test_marking_twice_adds_nothing(read: list[tuple[Page, Document]]) -> None:
    assert all(mark_furniture(doc).furniture == doc.furniture for _, doc in read)


STORY = "".join(
    f"<p>The envoy of Marrah met the governor of {place} on Monday, and both called for an end of the fighting.</p>"
    for place in ("Lisk", "Esk", "Tarrow", "Lind", "Halden")
)


PUBLISHED = "<meta property='article:published_time' content='{}'>"
TIME = "<time datetime='2021-07-09'>9 July</time>"
BROKEN_JSON = (
    "<script type='application/ld+json'>"
    '{"@type": "NewsArticle", "datePublished": "2021-07-09", "headline": "bad " quote"}</script>'
)


def page_of(head: str = "", top: str = "", url: str | None = None) -> Document:
    body = f"<article><h1>Envoy meets governors</h1>{top}{STORY}</article>"
    html = f"<html lang='en'><head>{head}</head><body>{body}</body></html>"
    return from_html(html, Document(text="", id="p", url=url))


@pytest.mark.parametrize(
    ("head", "top", "url", "day"),
    [
        (PUBLISHED.format("2021-07-09T23:30:00+05:30"), "", None, "2021-07-09T23:30:00+05:30"),
        ("<meta name='date' content='Fri, 09 Jul 2021 10:00:00 GMT'>", "", None, "2021-07-09T10:00:00+00:00"),
        ("", "<p>Published: 9 July 2021, 10:30 am</p>", None, "2021-07-09T10:30:00"),
        ("", "<h3 class='date'>Friday, July 9, 2021</h3>", None, "2021-07-09"),
        ("", "<p>Published: 7/29/2021 2:27 AM</p>", None, "2021-07-29T02:27:00"),
        ("", "<p>Le 29/07/2021 à 14h03</p>", None, "2021-07-29T14:03:00"),
        ("", f"<p class='updated'>Updated 12 July 2021</p>{TIME}", None, "2021-07-09"),
        ("", "", "https://example.org/world/2021/07/09/envoy", "2021-07-09"),
        # Two sources that agree outvote the first.
        (PUBLISHED.format("2023-01-01") + "<meta name='date' content='2021-07-09'>", TIME, None, "2021-07-09"),
        # A machine that does not know writes the first day of its calendar.
        (PUBLISHED.format("1970-01-01") + "<meta name='dc.date' content='2021-07-09'>", "", None, "2021-07-09"),
        (BROKEN_JSON, "", None, "2021-07-09"),
    ],
)  # fmt: skip
def test_the_date_is_found_where_pages_put_it(head: str, top: str, url: str | None, day: str) -> None:
    assert page_of(head, top, url).published == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("03/04/2021", None),
        ("soon", None),
        ("29/10/2012", "2012-10-29"),
        ("10/29/2012", "2012-10-29"),
        ("5/5/2012", "2012-05-05"),
        ("3.4.2021", "2021-04-03"),
        ("31/02/2012", None),
        ("29/10/12", None),
        ("version 1.10.2012.4", None),
        ("1/29/10/2012", None),
    ],
)
def test_a_date_in_figures_counts_where_it_can_be_read_one_way_only(words: str, day: str | None) -> None:
    assert moment(words) == day


def test_what_was_known_before_the_page_was_read_stays() -> None:
    html = f"<html><head><meta name='date' content='2021-07-09'></head><body><h1>T</h1>{STORY}</body></html>"
    doc = from_html(html, Document(text="", id="p", published="2020-01-01", title="Given", outlet="Mine", lang="en"))
    assert (doc.published, doc.title, doc.outlet) == ("2020-01-01", "Given", "Mine")


LEAD = "The envoy of Marrah arrived in Lisk on Sunday for talks with five governors, the first such visit in a year."


@pytest.mark.parametrize(
    ("top", "kept"),
    [
        ("<div class='related'><ul>" + "<li><a href='/x'>A chronology</a></li>" * 6 + f"</ul></div>{LEAD}", True),
        (f"<div class='related'>{LEAD}</div>", False),
    ],
)
def test_a_first_paragraph_without_a_tag_of_its_own_is_story(top: str, kept: bool) -> None:
    html = f"<html><body><div><h1>Talks</h1></div><div>{top}{STORY}</div></body></html>"
    doc = from_html(html, Document(text="", id="p"))
    at = doc.text.index(LEAD)
    assert kept != any(s.start <= at < s.end for s in doc.furniture)


def test_hidden_text_is_not_visible_text() -> None:
    doc = page_of(
        top="<p hidden>hidden one</p><p style='display: none'>hidden two</p><noscript>hidden three</noscript>"
    )
    assert "hidden" not in doc.text


def test_a_page_in_another_language_is_told_from_its_words_not_its_template() -> None:
    story = "<p>Le ministre a dit lundi que les troupes avaient quitté la ville et que le maire était revenu.</p>" * 5
    doc = from_html(
        f"<html lang='en'><head><title>T</title></head><body><article>{story}</article></body></html>",
        Document(text="", id="p"),
    )
    assert doc.lang == "fr"


def test_wrongly_decoded_pages_are_mended() -> None:
    doc = page_of(
        top="<p>It wasnâ€™t the governorâ€™s fault, the envoy told reporters who had come to the gate.</p>"
    )
    assert "It wasn’t the governor’s fault" in doc.text


@pytest.mark.parametrize(
    "html", ["", "<html></html>", "<html><body><p>x", "<" * 500, "<div>" * 3000 + "deep", "\x00<html>"]
)
def test_no_page_makes_reading_fail(html: str) -> None:
    doc = from_html(html, Document(text="", id="p"))
    assert doc.text or doc.problems
