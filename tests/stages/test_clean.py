"""Furniture and head are marked; the text stays as it was."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.knowledge import furniture
from legation.model import Document
from legation.stages.clean import mark_furniture

FIRST = "Troops left the northern town on Monday and the mayor came back to his office."
LAST = "The ministry gave no reason for the decision in a long statement to the press."


def furniture_of(text: str) -> list[str]:
    doc = mark_furniture(Document(text=text))
    return [doc.text_of(s) for s in doc.furniture]


def head_of(text: str) -> list[str]:
    doc = mark_furniture(Document(text=text))
    return [doc.text_of(s) for s in doc.head]


def _cases(*, wanted: bool) -> list[tuple[str, str, str]]:
    return [
        (rule.id, rule.at, example)
        for rule in furniture.load().rules
        for example in (rule.examples if wanted else rule.counter_examples)
    ]


def _placed(at: str, words: str) -> str:
    return f"{FIRST}\n\n{words}\n\n{LAST}" if at in ("line", "start") else words


@pytest.mark.parametrize(("rule", "at", "example"), _cases(wanted=True))
def test_every_example_of_a_rule_is_furniture(rule: str, at: str, example: str) -> None:
    assert furniture_of(_placed(at, example)), rule


@pytest.mark.parametrize(("rule", "at", "example"), _cases(wanted=False))
def test_no_counter_example_of_a_rule_is_furniture(rule: str, at: str, example: str) -> None:
    assert not furniture_of(_placed(at, example)), rule


def test_headlines_under_a_heading_of_links_are_furniture() -> None:
    links = ["Related Stories", "Minister resigns over phone bill", "Who is the judge?"]
    text = "\n".join([FIRST, LAST, *links[:2], FIRST, LAST])
    assert furniture_of(text) == ["Related Stories", "Minister resigns over phone bill"]
    # In a text without stops nothing tells a headline from a sentence.
    bare = "\n".join([FIRST.strip("."), LAST.strip("."), *links[:2], "Nobody was hurt"])
    assert furniture_of(bare) == ["Related Stories"]
    # A question may be a headline or a sentence: it stays, and what follows it.
    assert furniture_of("\n".join([FIRST, LAST, links[0], links[2], links[1], FIRST])) == ["Related Stories"]


@pytest.mark.parametrize(
    "line", ["Facebook Twitter Email", "Share this on WhatsApp", "Share 12 Tweet 3", "Print"]
)
def test_a_row_of_share_buttons_is_furniture(line: str) -> None:
    assert furniture_of(f"{FIRST}\n{line}\n{LAST}") == [line]


@pytest.mark.parametrize("line", ["Share prices fell.", "Facebook was fined on Friday.", "The story"])
def test_a_line_with_other_words_is_no_row_of_share_buttons(line: str) -> None:
    assert not furniture_of(f"{FIRST}\n{line}\n{LAST}")


def test_an_identifier_line_names_the_outlet() -> None:
    text = f"0f3a9c1e 11aa 4bbb 8ccc 0123456789ab - Example Courier\n\n{FIRST}\n\n{LAST}"
    doc = mark_furniture(Document(text=text))
    assert doc.outlet == "Example Courier"
    assert len(doc.furniture) == 1


def test_an_outlet_that_was_given_stays() -> None:
    text = f"0f3a9c1e 11aa 4bbb 8ccc 0123456789ab - Example Courier\n\n{FIRST}\n\n{LAST}"
    assert mark_furniture(Document(text=text, outlet="Other")).outlet == "Other"


@pytest.mark.parametrize(
    ("line", "dateline", "place"),
    [
        ("Oslo (Norway): The army said it would leave.", "Oslo (Norway):", "Oslo"),
        ("LIMA, July 9 (Reuters) - The army said so.", "LIMA, July 9 (Reuters) -", "Lima"),
        ("Nairobi, Kenya — The army said so.", "Nairobi, Kenya —", "Nairobi"),
        ("NEW DELHI: The army said so.", "NEW DELHI:", "New Delhi"),
        ("BEIJING -- The army said so.", "BEIJING --", "Beijing"),
        ("Delhi [India], July 9 (ANI): The army said so.", "Delhi [India], July 9 (ANI):", "Delhi"),
        ("BOISE, Idaho (AP) _ The army said so.", "BOISE, Idaho (AP) _", "Boise"),
        ("(Reuters) - The army said so.", "(Reuters) -", None),
        ("[ANI] The army said so.", "[ANI]", None),
        ("Reuters LIMA (Reuters) -- The army said so.", "Reuters LIMA (Reuters) --", "Lima"),
        ("LIMA, Feb. 15 (Any News) - The army said so.", "LIMA, Feb. 15 (Any News) -", "Lima"),
        ("LIMA, Peru, May 28 (Any Star) - The army said so.", "LIMA, Peru, May 28 (Any Star) -", "Lima"),
        ("NAIROBI, Kenya Kenya's army said it would leave.", "NAIROBI, Kenya", "Nairobi"),
        ("SEOUL, South Korea North Korea said so.", "SEOUL, South Korea", "Seoul"),
        ("MIAMI A court said so on Friday.", "MIAMI", "Miami"),
    ],
)
def test_a_dateline_is_part_of_the_head(line: str, dateline: str, place: str | None) -> None:
    doc = mark_furniture(Document(text=line))
    assert [doc.text_of(s) for s in doc.head] == [dateline]
    assert (doc.dateline.place if doc.dateline else None) == place


@pytest.mark.parametrize(
    "line",
    [
        "Police: three men died in the fire.",
        "BREAKING NEWS: The army left the town.",
        "NATO: The army left the town.",
        "The army (the larger one): it left the town.",
        "Moscow said on Friday that it would leave.",
        "In Lima - the capital - the army said so.",
        "SOCCER-LIMA-RESULT: The army won.",
        "NATO The army left the town.",
        "MIAMI police left the town.",
        "OSCE The army left the town.",
        "IRAN, the army said, would leave.",
        "FACTBOX - The treaty in short.",
        "General Roe, May 3 (Roe Brigade) commander, left.",
        "The army left on July 9 (Friday) - The rebels came.",
    ],
)
def test_other_words_before_a_colon_or_dash_are_no_dateline(line: str) -> None:
    assert head_of(line) == []


def test_a_single_name_is_a_dateline_only_under_a_title() -> None:
    body = f"New Delhi: {FIRST} {LAST}"
    assert head_of(body) == []
    assert head_of(f"Troops leave the north\n\n{body}") == ["Troops leave the north", "New Delhi:"]


def test_a_name_that_comes_again_and_again_is_a_speaker() -> None:
    assert head_of(f"ROE: {FIRST}\nDOE: {LAST}\nROE: {FIRST}\nDOE: {LAST}") == []


def test_a_dateline_without_capitals_is_found_where_nothing_has_any() -> None:
    assert head_of("lucknow:\nthe police held three men on friday.\nthey were freed later.") == ["lucknow:"]


def test_a_dateline_is_found_behind_furniture_on_its_line() -> None:
    text = "This story is from March 3, 2004 lyon:the police held three men on friday. they were freed."
    assert (furniture_of(text), head_of(text)) == (["This story is from March 3, 2004"], ["lyon:"])


def test_a_dateline_behind_a_title_on_one_line_splits_it() -> None:
    doc = mark_furniture(Document(text=f"Mayor of the port resigns LYON, May 3 (AFP) - {FIRST} {LAST}"))
    assert doc.title == "Mayor of the port resigns"
    assert doc.dateline is not None
    assert doc.dateline.place == "Lyon"


def test_the_reporter_before_the_place_is_no_part_of_it() -> None:
    doc = mark_furniture(Document(text=f"Mayor of the port resigns By JANE ROE LYON (AP) — {FIRST} {LAST}"))
    assert doc.title == "Mayor of the port resigns"
    assert doc.dateline is not None
    assert doc.dateline.place == "Lyon"
    assert [doc.text_of(s) for s in doc.head] == ["Mayor of the port resigns", "By JANE ROE LYON (AP) —"]


def test_a_first_short_line_without_stop_is_the_title() -> None:
    doc = mark_furniture(Document(text=f"Troops leave the north\n\n{FIRST}\n\n{LAST}"))
    assert doc.title == "Troops leave the north"
    assert [doc.text_of(s) for s in doc.head] == ["Troops leave the north"]


@pytest.mark.parametrize(
    "text",
    [
        "Troops leave the north",
        "Troops left the north.",
        f"Troops left the north.\n\n{LAST}",
        f"{FIRST}\n{LAST}",
    ],
)
def test_there_is_no_title_in_a_sentence_or_before_running_text(text: str) -> None:
    assert mark_furniture(Document(text=text)).title is None


def test_a_given_title_is_looked_for_only_as_the_first_line() -> None:
    text = f"Troops leave the north\n\n{FIRST}\n\n{LAST}"
    same = mark_furniture(Document(text=text, title="Troops  leave the North"))
    assert [same.text_of(s) for s in same.head] == ["Troops leave the north"]
    other = mark_furniture(Document(text=text, title="Army goes"))
    assert other.head == ()
    assert other.title == "Army goes"


@pytest.mark.parametrize("line", ["By Jane Roe", "By Jane Roe and John Doe, Example Courier", "BY JANE ROE"])
def test_a_by_line_is_part_of_the_head(line: str) -> None:
    assert line in head_of(f"Troops leave the north\n\n{line}\n\n{FIRST}\n\n{LAST}")


@pytest.mark.parametrize("line", ["By Friday they had left.", "By Friday", "By all accounts it was late"])
def test_other_lines_with_by_are_no_by_line(line: str) -> None:
    assert line not in head_of(f"{FIRST}\n{line}\n{LAST}")


def test_an_outlet_line_gives_the_outlet() -> None:
    doc = mark_furniture(Document(text=f"Deutsche Welle\n\n{FIRST}\n\n{LAST}"))
    assert doc.outlet == "Deutsche Welle"


def test_the_first_words_of_a_text_of_one_line_are_story() -> None:
    assert not furniture_of("Updated at noon: the army left the town and the mayor came back.")


_PIECES = st.sampled_from(
    ["The army left. ", "READ ALSO: Envoy goes", "\n", "\n\n", "KABUL (AP) - ", "Advertisement",
     "By Jane Roe", "Sapa", "“We go.” ", "\r\n", "Source link", "x", " "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=14).map("".join)))
def test_spans_lie_in_the_text_in_order_and_head_is_no_furniture(text: str) -> None:
    doc = mark_furniture(Document(text=text))
    assert doc.text == text
    for spans in (doc.furniture, doc.head):
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    assert not any(h.overlaps(f) for h in doc.head for f in doc.furniture)
