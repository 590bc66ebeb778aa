"""Mentions in parsed sentences, on tokens made by hand."""

from __future__ import annotations

import pytest

from legation.model import Dateline, Document, Mention, Sentence, Token
from legation.stages.actors import find_actors


def _doc(*sentences: str, **fields: object) -> Document:
    """Each sentence is words written "text/TAG/dep/head"."""
    text, made = "", []
    for number, line in enumerate(sentences):
        begin = len(text)
        tokens: list[Token] = []
        for index, word in enumerate(line.split()):
            form, tag, dep, head = word.rsplit("/", 3)
            glued = form in ("'s", ".", ",")
            if tokens and not glued:
                text += " "
            start = len(text)
            text += form
            lemma = form.lower().rstrip("s") if tag in ("NNS", "NNPS") else form.lower()
            tokens.append(Token(index, start, len(text), form, lemma, tag, dep, int(head)))
        made.append(Sentence(number, begin, len(text), tokens=tuple(tokens)))
        text += " "
    return Document(text=text, sentences=tuple(made), **fields)  # type: ignore[arg-type]


def _mention(doc: Document, words: str) -> Mention:
    return next(m for m in doc.mentions if doc.text_of(m) == words)


VISIT = "Estonia/NNP/poss/2 's/POS/case/0 president/NN/nsubj/3 visited/VBD/ROOT/3 Riga/NNP/dobj/3 ././punct/3"
SPOKE = "He/PRP/nsubj/1 spoke/VBD/ROOT/1 in/IN/prep/1 Vilnius/NNP/pobj/2 ././punct/1"


def test_owner_and_owned_have_a_mention_each() -> None:
    doc = find_actors(_doc(VISIT))
    president = _mention(doc, "Estonia's president")
    assert (president.actors[0].code, president.actors[0].sector, president.head) == ("EST", "GOV", 2)
    assert _mention(doc, "Estonia").actors[0].code == "EST"


def test_a_pronoun_takes_its_antecedents_actor_with_its_own_place() -> None:
    doc = find_actors(_doc(VISIT, SPOKE))
    he = _mention(doc, "He")
    assert he.kind == "pronoun"
    assert he.actors[0].code == "EST"
    assert he.actors[0].entity_text == "He"
    assert doc.text[he.actors[0].start : he.actors[0].end] == "He"


def test_a_capital_after_in_is_a_place() -> None:
    doc = find_actors(_doc(VISIT, SPOKE))
    assert _mention(doc, "Vilnius").is_place
    assert not _mention(doc, "Estonia").is_place


def test_a_thing_is_no_mention_but_its_owner_is() -> None:
    """Russian proposal: only Russian."""
    doc = find_actors(_doc("Malian/JJ/amod/1 proposal/NN/nsubj/2 failed/VBD/ROOT/2"))
    assert [doc.text_of(m) for m in doc.mentions] == ["Malian"]


def test_two_owners_of_one_noun_are_two_actors() -> None:
    doc = find_actors(_doc("US/NNP/nmod/3 and/CC/cc/0 British/JJ/conj/0 troops/NNS/nsubj/4 left/VBD/ROOT/4"))
    troops = _mention(doc, "US and British troops")
    assert [(a.code, a.sector) for a in troops.actors] == [("USA", "MIL"), ("GBR", "MIL")]


def test_apposition_says_who_an_unknown_name_is() -> None:
    doc = find_actors(_doc(
        "Ora/NNP/compound/1 Quill/NNP/nsubj/7 ,/,/punct/1 the/DT/det/6 Irish/JJ/amod/6 health/NN/compound/6 "
        "minister/NN/appos/1 left/VBD/ROOT/7",
        "Quill/NNP/nsubj/1 returned/VBD/ROOT/1",
    ))  # fmt: skip
    assert _mention(doc, "Ora Quill").actors[0].code == "IRL"
    assert _mention(doc, "Quill").actors[0].code == "IRL"


def test_police_without_owner_are_those_of_the_dateline_and_unsure() -> None:
    line = "Police/NNS/nsubj/1 waited/VBD/ROOT/1"
    near = find_actors(_doc(line, dateline=Dateline("Lusaka", "ZMB")))
    assert near.mentions[0].actors[0].code == "ZMB"
    assert near.mentions[0].actors[0].confidence == 0.5
    assert find_actors(_doc(line)).mentions[0].actors[0].code is None


def test_nobody_knows_who_he_is_without_an_antecedent() -> None:
    assert find_actors(_doc(SPOKE)).mentions == (find_actors(_doc(SPOKE)).mentions[-1],)


def test_without_tokens_there_are_no_mentions() -> None:
    assert find_actors(Document(text="Mali.", sentences=(Sentence(0, 0, 5),))).mentions == ()


@pytest.mark.parametrize("line", ["x/NN/ROOT/0", "././punct/0", "'s/POS/ROOT/0", "the/DT/ROOT/0", "Mali/NNP/dep/0"])
def test_scraps_never_raise(line: str) -> None:
    find_actors(_doc(line))


def test_a_report_without_capitals_still_has_its_names() -> None:
    doc = find_actors(_doc("the/DT/det/2 kerala/JJ/compound/2 government/NN/nsubj/3 fell/VBD/ROOT/3"))
    assert _mention(doc, "kerala government").actors[0].code == "IND"


def test_small_words_in_a_report_with_capitals_are_no_names() -> None:
    doc = find_actors(_doc("We/PRP/nsubj/1 ate/VBD/ROOT/1 turkey/NN/dobj/1", "Mali/NNP/nsubj/1 left/VBD/ROOT/1"))
    assert [doc.text_of(m) for m in doc.mentions] == ["Mali"]


def test_an_acronym_learned_from_brackets_is_known_afterwards() -> None:
    first = _doc("African/NNP/compound/1 Union/NNP/nsubj/2 met/VBD/ROOT/2")
    text = "African Union (AFU) met AFU left"
    tokens = first.sentences[0].tokens
    met = Token(2, 20, 23, "met", "meet", "VBD", "ROOT", 2)
    second = (
        Token(0, 24, 27, "AFU", "afu", "NNP", "nsubj", 1),
        Token(1, 28, 32, "left", "leave", "VBD", "ROOT", 1),
    )
    doc = find_actors(
        Document(
            text,
            sentences=(Sentence(0, 0, 23, tokens=(*tokens[:2], met)), Sentence(1, 24, 32, tokens=second)),
        )
    )
    assert _mention(doc, "AFU").actors[0].identifier_text == "African Union"


def test_both_sides_are_the_two_spoken_of_last() -> None:
    doc = find_actors(
        _doc(
            "Chad/NNP/nsubj/1 met/VBD/ROOT/1 Mali/NNP/dobj/1",
            "Both/DT/det/1 sides/NNS/nsubj/2 agreed/VBD/ROOT/2",
        )
    )
    assert {a.code for a in doc.mentions[-1].actors} == {"TCD", "MLI"}


def test_their_means_all_that_were_joined() -> None:
    doc = find_actors(
        _doc(
            "Chad/NNP/nsubj/3 and/CC/cc/0 Mali/NNP/conj/0 said/VBD/ROOT/3 their/PRP$/poss/5 plan/NN/nsubj/6 "
            "failed/VBD/ccomp/3"
        )
    )
    assert {a.code for a in _mention(doc, "their").actors} == {"TCD", "MLI"}


def test_it_does_not_mean_a_place() -> None:
    doc = find_actors(
        _doc("Chad/NNP/nsubj/1 struck/VBD/ROOT/1 in/IN/prep/1 Mali/NNP/pobj/2", "It/PRP/nsubj/1 denied/VBD/ROOT/1")
    )
    assert _mention(doc, "It").actors[0].code == "TCD"


def test_people_are_those_of_where_it_happens() -> None:
    line = "Troops/NNS/nsubj/1 shot/VBD/ROOT/1 villagers/NNS/dobj/1 in/IN/prep/1 Mali/NNP/pobj/3"
    doc = find_actors(_doc("Chad/NNP/nsubj/1 agreed/VBD/ROOT/1", "Chad/NNP/nsubj/1 left/VBD/ROOT/1", line))
    assert _mention(doc, "villagers").actors[0].code == "MLI"
