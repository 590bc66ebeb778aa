"""Who said what, and what nobody said. Sentences without tokens are read by their words alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import document, mention, sentence
from legation.coder import Coder
from legation.model import Actor, Document, Mention, Quote, Sentence
from legation.stages.quotes import find_quotes


def unparsed(text: str, *mentions: Mention) -> Document:
    """A document with a sentence a line and an empty line between paragraphs, none of them parsed."""
    sentences: list[Sentence] = []
    position = paragraph = 0
    for line in text.split("\n"):
        if line:
            sentences.append(
                Sentence(len(sentences), position, position + len(line), paragraph=paragraph, parse=False)
            )
        else:
            paragraph += 1
        position += len(line) + 1
    return Document(text=text, sentences=tuple(sentences), mentions=mentions)


def shown(quotes: tuple[Quote, ...]) -> list[tuple[str, str, str]]:
    """Kind, words and speaker of each quote."""
    return [(q.kind, q.text, q.speaker.entity_text if q.speaker else "") for q in quotes]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“It is our only well,” Mr. Osei said.", "It is our only well,", "Mr. Osei"),
        ("“It is our only well,” said the farmer in Tamale.", "It is our only well,", "the farmer"),
        ("The farmer later said: “It is our only well.”", "It is our only well.", "The farmer"),
        ('"It is our only well," she also said.', "It is our only well,", "she"),
        ("Ama Osei: “It is our only well.”", "It is our only well.", "Ama Osei"),
        ("“It is our only well.” — Ama Osei", "It is our only well.", "Ama Osei"),
        ("“It is our only well,” according to the farmer.", "It is our only well,", "the farmer"),
    ],
)
def test_a_direct_quote_needs_no_parse(text: str, words: str, speaker: str) -> None:
    assert shown(find_quotes(unparsed(text)).quotes) == [("direct", words, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "The “smart” lamps in Tamale are out again.",
        "A film called “River Without Banks,” from Ghana, won.",
        "The band played “Our Long Road Home.”",
        "The so-called “well committee” of the village, Mr. Osei said.",
        '<a id="12345" author="@village"> Mr. Osei said.',
        "The villagers' wells and the farmers' ponds, Mr. Osei said.",
    ],
)
def test_titles_scare_quotes_and_apostrophes_are_no_quotes(text: str) -> None:
    assert find_quotes(unparsed(text)).quotes == ()


@pytest.mark.parametrize(
    ("text", "kind", "words", "speaker"),
    [
        ("Mr. Osei said that the well was dry.", "indirect", "that the well was dry", "Mr. Osei"),
        ("The farmer said on Monday he would dig a well.", "indirect", "he would dig a well", "The farmer"),
        ("She told reporters that the well was dry.", "indirect", "that the well was dry", "She"),
        ("The well was dry, the farmer said on Monday.", "indirect", "The well was dry", "the farmer"),
        ("The well was dry, said Ama Osei.", "indirect", "The well was dry", "Ama Osei"),
        ("The well was dry, according to Ama Osei.", "indirect", "The well was dry", "Ama Osei"),
        ("According to Ama Osei, the well was dry.", "indirect", "the well was dry", "Ama Osei"),
    ],
)
def test_a_plain_indirect_quote_needs_no_parse(text: str, kind: str, words: str, speaker: str) -> None:
    assert shown(find_quotes(unparsed(text)).quotes) == [(kind, words, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "The farmer said in an interview.",
        "Ama Osei said no.",
        "The well, Ama Osei said.",
        "Nothing was said that day.",
        "“The man who said that it was dry has left.",
    ],
)
def test_words_that_are_no_clause_are_no_indirect_quote(text: str) -> None:
    assert find_quotes(unparsed(text)).quotes == ()


def test_a_cue_may_follow_in_a_sentence_of_its_own() -> None:
    text = "“Who knows when it will rain?”\nAma Osei asked on Monday."

    assert shown(find_quotes(unparsed(text)).quotes) == [("direct", "Who knows when it will rain?", "Ama Osei")]


def test_according_with_a_capital_opens_what_another_says() -> None:
    text = "“The well is dry,” Ama Osei said.\n\n“Nobody digs.”\n\nAccording to Kofi Mensah, the rain was late."

    quotes = find_quotes(unparsed(text)).quotes

    assert [q.speaker.entity_text for q in quotes if q.speaker] == ["Ama Osei", "Ama Osei", "Kofi Mensah"]


def test_a_sentence_that_says_more_is_no_cue_of_the_quote_before() -> None:
    text = "“Who knows when it will rain?”\nAma Osei said that she would dig."

    assert [q.kind for q in find_quotes(unparsed(text)).quotes] == ["indirect"]


def test_a_quote_within_may_close_with_the_outer_one() -> None:
    text = "“He told us, ‘Dig a well,’” Ama Osei said."

    assert shown(find_quotes(unparsed(text)).quotes) == [("direct", "He told us, ‘Dig a well,’", "Ama Osei")]


@pytest.mark.model
def test_the_innermost_speaks_when_a_quote_is_told_by_another(coder: Coder) -> None:
    doc = coder.code("“The army will not leave Mali this year,” Ama Osei said, according to two envoys.")

    assert shown(doc.quotes) == [("direct", "The army will not leave Mali this year,", "Ama Osei")]


@pytest.mark.model
def test_marks_that_go_on_after_the_sentence_of_their_clause_are_said_as_well(coder: Coder) -> None:
    doc = coder.code("The minister said that “the army will attack. It must not wait for the rains.”")

    assert ("mixed", "the army will attack. It must not wait for the rains.", "minister") in shown(doc.quotes)


@pytest.mark.model
def test_what_a_reporter_adds_in_a_participle_is_not_said(coder: Coder) -> None:
    doc = coder.code("The minister said that the army had attacked, referring to the raid of Monday.")

    assert shown(doc.quotes) == [("indirect", "that the army had attacked", "minister")]


def test_several_sentences_in_one_pair_of_marks_are_one_quote() -> None:
    text = "Ama Osei said, “The well is dry.\nWe walk two hours.\nNobody helps us.”"

    quotes = find_quotes(unparsed(text)).quotes

    assert shown(quotes) == [
        ("direct", "The well is dry.\nWe walk two hours.\nNobody helps us.", "Ama Osei")
    ]


def test_a_paragraph_in_marks_goes_on_with_the_quote_before() -> None:
    text = "Ama Osei said, “The well is dry.”\n\n“We walk two hours for water every day.”"

    (quote,) = find_quotes(unparsed(text)).quotes

    assert quote.text == "The well is dry.”\n\n“We walk two hours for water every day."
    assert (quote.start, quote.end) == (text.index("The well"), len(text) - 1)
    assert quote.speaker is not None
    assert quote.speaker.entity_text == "Ama Osei"


def test_a_second_half_after_the_cue_is_a_quote_of_its_own() -> None:
    text = "“The well is dry,” Ama Osei said.\n“We walk two hours for water every day.”"

    assert len(find_quotes(unparsed(text)).quotes) == 2


def test_a_lead_that_a_direct_quote_says_again_is_no_second_record() -> None:
    lead = "Ama Osei said that every village in northern Ghana needs another deep well before the coming drought."
    said = "“Every village in northern Ghana needs another deep well before the drought comes,” Ama Osei said."
    text = f"{lead}\n{said}"
    osei = Actor("GHA", "GOV", identifier_text="Ama Osei")
    named = [Mention(at, at + 8, n, None, "name", (osei,)) for n, at in enumerate((0, text.rindex("Ama Osei")))]

    assert [q.kind for q in find_quotes(unparsed(text, *named)).quotes] == ["direct"]
    # Nobody is known to have said both, or the lead says something else.
    assert len(find_quotes(unparsed(text)).quotes) == 2
    other = text.replace("needs another deep well before the coming drought", "sends teachers to distant schools")
    assert [q.kind for q in find_quotes(unparsed(other, named[0])).quotes] == ["indirect", "direct"]


def test_a_paragraph_in_marks_far_from_any_quote_has_no_speaker() -> None:
    text = "Ama Osei said, “The well is dry.”\n\nIt rained.\n\nIt stopped.\n\n“We walk two hours for water.”"

    assert len(find_quotes(unparsed(text)).quotes) == 1


def test_a_pronoun_without_a_parse_is_the_speaker_before() -> None:
    text = "“The well is dry,” Ama Osei said.\n“We walk two hours,” she said."
    known = Actor("GHA", "CVL", identifier_text="Ama Osei")
    start = text.index("Ama Osei")
    named = Mention(start, start + 8, 0, None, "name", (known,))

    quotes = find_quotes(unparsed(text, named)).quotes

    assert [q.speaker.identifier_text for q in quotes if q.speaker] == ["Ama Osei", "Ama Osei"]


SAID = (
    "Officials/NNS/nsubj/1 said/VBD/ROOT/1 the/DT/det/3 well/NN/nsubj/4 was/VBD/ccomp/1 dry/JJ/acomp/4"
    " ././punct/1"
)


def test_the_clause_under_a_verb_of_saying_is_indirect() -> None:
    doc = find_quotes(document(SAID, mention(SAID, 0, "GHA")))

    (quote,) = doc.quotes
    assert (quote.kind, quote.text) == ("indirect", "the well was dry")
    assert quote.speaker is not None
    assert quote.speaker.code == "GHA"
    assert not quote.negated


def test_what_was_not_said_is_negated() -> None:
    parse = "They/PRP/nsubj/3 did/VBD/aux/3 not/RB/neg/3 say/VB/ROOT/3 it/PRP/nsubj/5 rained/VBD/ccomp/3"

    (quote,) = find_quotes(document(parse)).quotes

    assert quote.negated


def test_a_main_clause_around_its_cue_is_indirect() -> None:
    parse = (
        "The/DT/det/1 well/NN/nsubj/7 ,/,/punct/7 they/PRP/nsubj/4 said/VBD/parataxis/7 ,/,/punct/7"
        " has/VBZ/aux/7 dried/VBN/ROOT/7 ././punct/7"
    )

    (quote,) = find_quotes(document(parse)).quotes

    assert quote.kind == "indirect"
    assert quote.text == "The well, they said, has dried"


@pytest.mark.parametrize(
    "parse",
    [
        "They/PRP/nsubj/1 urged/VBD/ROOT/1 Ghana/NNP/dobj/1 to/TO/aux/4 dig/VB/xcomp/1 ././punct/1",
        "They/PRP/nsubj/1 denounced/VBD/ROOT/1 the/DT/det/3 dam/NN/dobj/1 ././punct/1",
        "They/PRP/nsubj/1 announced/VBD/ROOT/1 a/DT/det/3 dam/NN/dobj/1 ././punct/1",
        "They/PRP/nsubj/1 knew/VBD/ROOT/1 it/PRP/nsubj/3 rained/VBD/ccomp/1 ././punct/1",
    ],
)
def test_acts_and_thoughts_are_no_quotes(parse: str) -> None:
    assert find_quotes(document(parse)).quotes == ()


def test_the_minister_is_the_one_named_with_that_title() -> None:
    earlier = "Water Minister Kofi Mensah came."
    parse = "The/DT/det/1 minister/NN/nsubj/2 said/VBD/ROOT/2 it/PRP/nsubj/4 rained/VBD/ccomp/2 ././punct/2"
    text, said = sentence(parse, index=1, start=len(earlier) + 1)
    named = Mention(0, 26, 0, None, "name", (Actor("GHA", "GOV", identifier_text="Kofi Mensah"),))
    nominal = Mention(said.start, said.start + 12, 1, 1, "nominal", (Actor(None, "GOV"),))
    sentences = (Sentence(0, 0, len(earlier)), said)
    doc = Document(text=f"{earlier} {text}", sentences=sentences, mentions=(named, nominal))

    (quote,) = find_quotes(doc).quotes

    assert quote.speaker is not None
    assert (quote.speaker.entity_text, quote.speaker.identifier_text) == ("The minister", "Kofi Mensah")


def test_a_document_without_sentences_has_no_quotes() -> None:
    assert find_quotes(Document(text="“Nothing was split,” she said.")).quotes == ()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "The envoy was quoted as saying that the port would reopen.",
            [("indirect", "that the port would reopen", "envoy")],
        ),
        (
            "The king issued a statement saying the treaty was void.",
            [("indirect", "the treaty was void", "king")],
        ),
        (
            "The bridge fell, according to Ghanaian officials.",
            [("indirect", "The bridge fell", "Ghanaian officials")],
        ),
        ("The premier called the vote “a sham”.", [("mixed", "a sham", "premier")]),
        (
            "She said the talks were “frank and useful” and would go on.",
            [
                ("indirect", "the talks were “frank and useful” and would go on", "She"),
                ("mixed", "frank and useful", "She"),
            ],
        ),
        (
            "The novelist, author of “War and Rain”, told the court she was innocent.",
            [("indirect", "she was innocent", "novelist")],
        ),
        ("The mayor urged Ghana to release the crew.", []),
    ],
)
def test_quotes_of_parsed_sentences(coder: Coder, text: str, quotes: list[tuple[str, str, str]]) -> None:
    assert shown(coder.code(text).quotes) == quotes


@pytest.mark.model
def test_who_was_told_is_the_addressee(coder: Coder) -> None:
    (quote,) = coder.code("The general told reporters that the fleet had left.").quotes

    assert quote.addressee is not None
    assert quote.addressee.entity_text == "reporters"


@pytest.mark.model
def test_the_example_article_has_one_speaker(coder: Coder, shared: Path) -> None:
    """Six statements: one is told in both ways, one goes on in a second paragraph; each is one quote."""
    text = (shared / "example" / "moscow-talks.txt").read_text(encoding="utf-8")

    quotes = coder.code(text, published="2021-07-09").quotes

    assert {q.speaker.identifier_text for q in quotes if q.speaker} == {"Subrahmanyam Jaishankar"}
    assert [q.kind for q in quotes].count("direct") == 4
    assert [q.kind for q in quotes].count("indirect") == 2
