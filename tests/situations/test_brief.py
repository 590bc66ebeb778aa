"""In a brief every line cites the sentences it rests on."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from legation.record import Query
from legation.situations.brief import Brief, make_brief, side_name
from legation.situations.printing import to_html, to_markdown, to_text
from legation.situations.situation import Situation, answer
from situations.told import document, event, joined, said


@pytest.fixture
def brief() -> Brief:
    docs = {
        "a": document(
            "a", "Biden <b>promised</b> to leave by May 28.", "The rebels denied *it*.", published="2021-05-01"
        ),
        "b": document("b", "Biden met Ghani | in Washington.", published="2021-06-26", outlet="Rhine Courier"),
        "c": document("c", "Biden met Ghani again and again.", published="2021-06-26", outlet="Harbour Times"),
    }
    meeting = joined(
        event("CONSULT", "USA GOV Joe Biden; AFG GOV", date="2021-06-25", doc="b", outlet="Rhine Courier"),
        event("CONSULT", "USA GOV Joe Biden; AFG GOV", date="2021-06-25", doc="c", outlet="Harbour Times"),
    )
    events = [
        event("CONCEDE", "USA GOV", "AFG GOV", date="2021-05-01", doc="a", due="2021-05-28",
              rule="withdraw-forces+agree-to"),
        event("REJECT", "AFG REB Rebels", date="2021-05-01", doc="a", sentence=1, rule="deny-charge"),
        meeting,
    ]  # fmt: skip
    told = [said("USA GOV Joe Biden", "we will leave", doc="a", published="2021-05-01", contexts=("military",))]
    situation = Situation("s", Query(actors=("USA",)), "A <title>", "With a note.")
    return make_brief(answer(situation, events, told, docs, as_of="2021-07-01", since="2021-06-01"))


def test_every_line_cites_a_sentence(brief: Brief) -> None:
    lines = [line for section in brief.sections for line in section.lines]

    assert lines
    for line in lines:
        assert line.cites
        assert all(1 <= number <= len(brief.references) for number in line.cites)


def test_every_sentence_is_cited_and_stands_there_once(brief: Brief) -> None:
    cited = {number for section in brief.sections for line in section.lines for number in line.cites}

    assert cited == set(range(1, len(brief.references) + 1))
    assert len({c.key for c in brief.references}) == len(brief.references)


def test_a_brief_begins_with_what_is_new(brief: Brief) -> None:
    assert brief.sections[0].title == "New since 2021-06-01"
    assert len(brief.sections[0].lines) == 1


def test_markdown_leaves_the_words_as_they_are(brief: Brief) -> None:
    page = to_markdown(brief)

    assert page.startswith("# A \\<title\\>\n")
    assert r"Biden \<b\>promised\</b\> to leave by May 28." in page
    assert r"The rebels denied \*it\*." in page
    assert r"Biden met Ghani \| in Washington." in page
    assert "<https://example.org/a>" in page
    for row in re.findall(r"^\|.*\|$", page, re.MULTILINE):
        assert len(re.findall(r"(?<!\\)\|", row)) in (5, 7, 8), row


def test_html_escapes_every_word_and_is_well_formed(brief: Brief) -> None:
    page = to_html(brief)
    checked = _Checked()
    checked.feed(page)

    assert checked.open == []
    assert checked.scripts == 0
    assert "<b>" not in page
    assert set(checked.links) <= checked.anchors | {f"https://example.org/{d}" for d in "abc"}
    assert "@media print" in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", 'https://x" onclick="y', "https://a b"])
def test_an_address_that_is_none_is_not_linked(url: str) -> None:
    doc = replace(document("d", "Biden met Ghani."), url=url)
    events = [event("CONSULT", "USA GOV", date="2021-06-25", doc="d")]
    made = make_brief(answer(Situation("s", Query()), events, documents={"d": doc}, as_of="2021-07-01"))

    assert url not in to_markdown(made)
    assert 'href="' + url not in to_html(made)
    assert "onclick" not in to_html(made)


def test_for_a_terminal_no_command_is_left(brief: Brief) -> None:
    wild = replace(brief, title="bold \x1b[1m title")

    assert "\x1b" not in to_text(wild)
    assert "Rhine Courier, 2021-06-26" not in to_text(wild).splitlines()[0]


def test_an_empty_answer_makes_a_brief_that_says_so() -> None:
    made = make_brief(answer(Situation("s", Query()), [], as_of="2021-07-01"))

    assert made.sections == ()
    assert "0 events in 0 reports of 0 outlets" in to_markdown(made)
    assert to_html(made)


class _Checked(HTMLParser):
    """Which elements are left open, which anchors and links there are."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.scripts += tag == "script"
        if given.get("id"):
            self.anchors.add(f"#{given['id']}")
        if given.get("href"):
            self.links.append(given["href"] or "")
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_what_one_sentence_tells_stands_on_one_line() -> None:
    doc = document("d", "Washington thanked Doha and praised the rebels.", '"We leave," he said.')
    events = [
        event("SUPPORT", "USA GOV", "QAT GOV", date="2021-09-09", doc="d"),
        replace(event("SUPPORT", "USA GOV", "AFG REB", date="2021-09-09", doc="d"), id="other"),
        event("CONCEDE", "USA GOV", date="2021-10-09", doc="d", sentence=1),
        event("CONSULT", "USA GOV", date=None, doc="d", sentence=1),
    ]
    made = make_brief(answer(Situation("s", Query()), events, documents={"d": doc}, as_of="2021-10-09"))

    timeline = {s.title: [line.cells[0] for line in s.lines] for s in made.sections if s.within == "Timeline"}
    assert timeline == {
        "September 2021": [
            "2021-09-09: “Washington thanked Doha and praised the rebels.” "
            "(SUPPORT, USA GOV to QAT GOV) (SUPPORT, USA GOV to AFG REB)"
        ],
        "October 2021": ['2021-10-09: "We leave," he said. (CONCEDE, USA GOV)'],
        "No date": ['no date: "We leave," he said. (CONSULT, USA GOV)'],
    }


@pytest.mark.parametrize(
    ("code", "name"), [("AFG", "Afghanistan (AFG)"), ("UNO", "United Nations (UNO)"), ("XXX", "XXX")]
)
def test_sides_are_named(code: str, name: str) -> None:
    assert side_name(code) == name
