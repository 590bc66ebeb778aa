"""What a whole document is about, and what the gate makes of it."""

from __future__ import annotations

import pytest

from legation.knowledge.domains import hits, load, speaks_of_politics, state_deeds, words_of
from legation.model import Document
from legation.stages.domain import domain_of, find_domain
from legation.stages.gate import gate_sentences
from legation.stages.sentences import split_sentences

MATCH = (
    "The striker shot wide and the goalkeeper defended well. The referee sent off the captain in the second half. "
    "The minister of sport condemned the violence of the fans. City attacked late and won the cup."
)


def gated(text: str, published: str | None = None) -> Document:
    return gate_sentences(find_domain(split_sentences(Document(text=text, published=published))))


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        (MATCH, "sport"),
        (
            "Shares in the brewer jumped after it rejected a takeover bid. Investors hope for a better offer. "
            "Its quarterly profit rose by a tenth.",
            "business",
        ),
        ("The sequel bombed at the box office. Critics attacked the script. The actress is sorry.", "entertainment"),
        ("Preheat the oven. Chop the garlic and fry it in olive oil. Beat the eggs and add the flour.", "recipe"),
        (
            "Hannibal crossed the Alps in 218 BC. The legions of Rome were destroyed at Cannae. Livy tells how the "
            "senate refused to negotiate.",
            "history",
        ),
        (
            "Police fired tear gas at fans after the derby. The government banned the club's supporters from all "
            "stadiums, and two were killed.",
            "politics",
        ),
        ("Leaders met in Oslo. They agreed to meet again.", None),
    ],
)
def test_the_words_of_a_text_say_what_it_is_about(text: str, domain: str | None) -> None:
    assert domain_of(text).domain == domain


def test_the_reason_names_the_words() -> None:
    reason = domain_of(MATCH).reason

    assert "goalkeeper" in reason
    assert "of politics" in reason


def test_a_single_sentence_has_no_domain() -> None:
    doc = gated("The striker, the goalkeeper and the referee attacked in the second half of the cup final.")

    assert doc.domain is None
    assert doc.sentences[0].parse


def test_sentences_of_another_domain_are_passed_over_but_stay_listed_and_counted() -> None:
    doc = gated(MATCH)

    assert [s.parse for s in doc.sentences] == [False, False, True, False]
    assert doc.domain_reason.endswith("3 of 4 sentences passed over")


def test_a_report_of_long_ago_is_no_history() -> None:
    text = "In June 1854 the Tsar refused the demands of the Sultan. British frigates sailed from Malta in May 1854."

    assert gated(text).domain == "history"
    assert gated(text, published="1854-07-01").domain is None


def test_nothing_of_history_is_read() -> None:
    assert not speaks_of_politics("The parliament in London voted for war against France.", "history")


@pytest.mark.parametrize(
    ("text", "domain", "kept"),
    [
        ("Officials of the league met in Bern.", "sport", True),
        ("The keeper saved twice.", "sport", False),
        ("Canada imposed sanctions on the federation.", "sport", True),
        ("The rebels kill the general in the first episode.", "entertainment", False),
        ("Iranian authorities arrested the actress.", "entertainment", True),
        ("Militants killed 90 people in the concert hall.", "entertainment", True),
    ],
)
def test_a_sentence_that_speaks_of_politics_itself_is_kept(text: str, domain: str, kept: bool) -> None:
    assert speaks_of_politics(text, domain) is kept


@pytest.mark.parametrize(
    ("text", "domain", "kept"),
    [
        ("Peru's finance chief said that Lima had approved the sale.", "business", True),
        ("The regulator approved the merger.", "business", True),
        ("Two unions threatened to stop work at the mine.", "business", True),
        ("Norway would ease the rules for foreign lenders, it said.", "business", True),
        ("The space agency signed the contract in spring.", "science", True),
        ("The brewer approved the merger.", "business", False),
        ("Sales in Norway rose by a tenth.", "business", False),
        ("The regulator published its yearly figures.", "business", False),
        ("Norway refused to give up and threatened the visitors' goal.", "sport", False),
        ("The agency approved of the hero's plan to invade.", "entertainment", False),
    ],
)
def test_in_business_and_science_states_and_their_bodies_act(text: str, domain: str, kept: bool) -> None:
    assert speaks_of_politics(text, domain) is kept


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The striker and two strikers", {"striker": 2}),
        ("the dollar and the dollars of others", {"the dollar": 2}),
        ("A Supreme Court and supreme courts", {"supreme court": 2}),
        ("Reuters’s goalkeeper", {"goalkeeper": 1}),
        ("The thing behind the lid", {}),
        ("the", {}),
        ("", {}),
    ],
)
def test_words_of_the_lists_are_found_in_plural_and_as_phrases(text: str, found: dict[str, int]) -> None:
    assert hits(words_of(text)) == found


@pytest.mark.parametrize("word", [w for w, sides in load().weights.items() if any(n == "politics" for n, _ in sides)])
def test_no_political_word_escapes_the_first_look(word: str) -> None:
    assert not load().politics.isdisjoint(words_of(word).small)


def test_a_state_that_acts_is_politics() -> None:
    assert state_deeds(words_of("Egypt and Greece signed a treaty.")) == ["Greece signed"]
    assert state_deeds(words_of("Greece's government fell.")) == ["Greece government"]
    assert state_deeds(words_of("Greece won the final.")) == []
    assert state_deeds(words_of("Greece")) == []
