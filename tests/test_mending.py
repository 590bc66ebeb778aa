"""Slips of the parser, on hand-written parses: the arcs that are mended, and those that are left alone."""

from __future__ import annotations

import pytest

from builders import sentence
from legation.mending import mended
from legation.model import Token


def arcs(parse: str) -> dict[str, tuple[str, str]]:
    """The governor's word and the label of each word, after mending."""
    _, sent = sentence(parse)
    tokens = mended(sent.tokens)
    return {t.text: (tokens[t.head].text, t.dep) for t in tokens}


def before(parse: str) -> tuple[Token, ...]:
    return sentence(parse)[1].tokens


SAID_LAST = (
    "Rebels/NNS/nsubj/2 must/MD/aux/2 leave/VB/ROOT/2 ,/,/punct/2 the/DT/det/5 minister/NN/nsubj/6 said/VBD/conj/2"
)
SAID_AFTER_QUOTE = (
    "Rebels/NNS/nsubj/2 must/MD/aux/2 leave/VB/ROOT/2 \"/''/punct/2 the/DT/det/5 minister/NN/nsubj/6 warned/VBD/conj/2"
)
SAID_AND = (
    "Rebels/NNS/nsubj/1 left/VBD/ROOT/1 ,/,/punct/1 and/CC/cc/1 the/DT/det/5 minister/NN/nsubj/6 said/VBD/conj/1 "
    "so/RB/advmod/6"
)
SAID_NO_COMMA = "Rebels/NNS/nsubj/1 left/VBD/ROOT/1 the/DT/det/3 minister/NN/nsubj/4 said/VBD/conj/1"
SAID_WITHOUT_SUBJECT = "Rebels/NNS/nsubj/1 left/VBD/ROOT/1 ,/,/punct/1 said/VBD/conj/1 nothing/NN/dobj/3"
FOUGHT_LAST = "Rebels/NNS/nsubj/1 left/VBD/ROOT/1 ,/,/punct/1 the/DT/det/4 army/NN/nsubj/5 followed/VBD/conj/1"


@pytest.mark.parametrize("parse", [SAID_LAST, SAID_AFTER_QUOTE])
def test_what_is_said_hangs_on_the_saying_that_follows_it(parse: str) -> None:
    """Rebels must leave, the minister said"""
    found = arcs(parse)
    said = "said" if "said" in found else "warned"

    assert found["leave"] == (said, "ccomp")
    assert found[said] == (said, "ROOT")


def test_a_saying_inside_another_clause_keeps_that_clauses_place() -> None:
    found = arcs(
        "Oslo/NNP/nsubj/1 reported/VBD/ROOT/1 that/IN/mark/5 rebels/NNS/nsubj/5 must/MD/aux/5 leave/VB/ccomp/1 "
        ",/,/punct/5 ministers/NNS/nsubj/8 said/VBD/conj/5"
    )

    assert found["said"] == ("reported", "ccomp")
    assert found["leave"] == ("said", "ccomp")


@pytest.mark.parametrize("parse", [SAID_AND, SAID_NO_COMMA, SAID_WITHOUT_SUBJECT, FOUGHT_LAST])
def test_two_clauses_that_are_joined_stay_joined(parse: str) -> None:
    """Rebels left, and the minister said so"""
    _, sent = sentence(parse)

    assert mended(sent.tokens) is sent.tokens


def test_a_gerund_after_a_particle_is_what_the_verb_governs() -> None:
    found = arcs(
        "Oslo/NNP/nsubj/1 ruled/VBD/ROOT/1 out/RP/prt/1 sending/VBG/advcl/1 troops/NNS/dobj/3",
    )

    assert found["sending"] == ("ruled", "xcomp")


@pytest.mark.parametrize(
    "parse",
    [
        "Oslo/NNP/nsubj/1 acted/VBD/ROOT/1 sending/VBG/advcl/1 troops/NNS/dobj/2",
        "Oslo/NNP/nsubj/1 gave/VBD/ROOT/1 up/RP/prt/1 ,/,/punct/1 sending/VBG/advcl/1 troops/NNS/dobj/4",
    ],
)
def test_a_gerund_that_stands_apart_stays_an_adverbial(parse: str) -> None:
    assert arcs(parse)["sending"][1] == "advcl"


LISTED = (
    "Oslo/NNP/nsubj/1 accused/VBD/ROOT/1 rebels/NNS/dobj/1 of/IN/prep/1 killing/VBG/pcomp/3 hostages/NNS/dobj/4 "
    ",/,/punct/1 burning/VBG/advcl/1 villages/NNS/dobj/7 and/CC/cc/7 hiding/VBG/conj/7 it/PRP/dobj/10"
)
NOT_LISTED = (
    "Oslo/NNP/nsubj/1 accused/VBD/ROOT/1 rebels/NNS/dobj/1 of/IN/prep/1 killing/VBG/pcomp/3 hostages/NNS/dobj/4 "
    ",/,/punct/1 citing/VBG/advcl/1 reports/NNS/dobj/7"
)


def test_gerunds_in_a_list_of_charges_are_coordinated() -> None:
    found = arcs(LISTED)

    assert found["burning"] == ("killing", "conj")
    assert found["hiding"] == ("burning", "conj")


def test_a_single_gerund_after_a_charge_is_no_charge() -> None:
    assert arcs(NOT_LISTED)["citing"] == ("accused", "advcl")


def test_a_past_tense_taken_for_an_adjective_becomes_the_verb() -> None:
    found = arcs("The/DT/det/3 rebels/NNS/compound/3 captured/VBD/amod/3 Gao/NNP/ROOT/3 ././punct/3")

    assert found["captured"] == ("captured", "ROOT")
    assert found["rebels"] == ("captured", "nsubj")
    assert found["Gao"] == ("captured", "dobj")
    assert found["The"] == ("rebels", "det")


def test_an_adverb_may_stand_between_the_subject_and_the_verb() -> None:
    found = arcs("Rebels/NNS/compound/3 quickly/RB/advmod/2 captured/VBD/amod/3 Gao/NNP/ROOT/3")

    assert found["Rebels"] == ("captured", "nsubj")


@pytest.mark.parametrize(
    "parse",
    [
        # Nobody stands before it who could have done it.
        "The/DT/det/2 captured/VBD/amod/2 town/NN/nsubj/3 fell/VBD/ROOT/3",
        # A participle that the tagger has seen as one.
        "Rebel/NN/compound/2 captured/VBN/amod/2 towns/NNS/ROOT/2",
        # More than an adverb stands between.
        "Rebels/NNS/compound/3 new/JJ/amod/3 captured/VBD/amod/3 Gao/NNP/ROOT/3",
    ],
)
def test_a_participle_that_describes_its_noun_stays_so(parse: str) -> None:
    assert mended(before(parse)) == before(parse)


def test_of_after_short_hangs_on_the_verb() -> None:
    found = arcs(
        "Oslo/NNP/nsubj/1 stopped/VBD/ROOT/1 short/RB/advmod/1 of/IN/prep/2 condemning/VBG/pcomp/3 Lima/NNP/dobj/4"
    )

    assert found["of"] == ("stopped", "prep")


@pytest.mark.parametrize(
    "parse",
    [
        "A/DT/det/1 shortage/NN/ROOT/1 of/IN/prep/1 bread/NN/pobj/2",
        "The/DT/det/2 short/JJ/amod/2 list/NN/ROOT/2 of/IN/prep/2 names/NNS/pobj/3",
    ],
)
def test_other_ofs_stay_where_they_are(parse: str) -> None:
    assert mended(before(parse)) == before(parse)


def test_a_parse_without_a_slip_is_the_same_tuple() -> None:
    tokens = before("Rebels/NNS/nsubj/1 captured/VBD/ROOT/1 Gao/NNP/dobj/1")

    assert mended(tokens) is tokens
    assert mended(()) == ()


@pytest.mark.parametrize("parse", [SAID_LAST, LISTED])
def test_mending_twice_changes_nothing_more(parse: str) -> None:
    once = mended(before(parse))

    assert mended(once) == once


@pytest.mark.parametrize("parse", [SAID_LAST, LISTED])
def test_mending_touches_neither_words_nor_offsets(parse: str) -> None:
    kept = [(t.index, t.start, t.end, t.text, t.lemma, t.tag) for t in before(parse)]

    assert [(t.index, t.start, t.end, t.text, t.lemma, t.tag) for t in mended(before(parse))] == kept


REPORTER = (
    "Police/NNS/nsubj/1 beat/VBD/ROOT/1 refugees/NNS/dobj/1 ,/,/punct/2 a/DT/det/5 group/NN/appos/2 "
    "complained/VBN/acl/5 Monday/NNP/npadvmod/6"
)
TOLD_GROUP = (
    "Police/NNS/nsubj/1 beat/VBD/ROOT/1 refugees/NNS/dobj/1 ,/,/punct/2 a/DT/det/5 group/NN/appos/2 "
    "expelled/VBN/acl/5 Monday/NNP/npadvmod/6"
)
GROUP_WITHOUT_COMMA = (
    "Police/NNS/nsubj/1 beat/VBD/ROOT/1 the/DT/det/3 group/NN/appos/1 complained/VBN/acl/3 of/IN/prep/4"
)


def test_a_reporter_behind_a_comma_is_no_apposition() -> None:
    """Police beat refugees, a group complained Monday"""
    found = arcs(REPORTER)

    assert found["beat"] == ("complained", "ccomp")
    assert found["group"] == ("complained", "nsubj")


@pytest.mark.parametrize("parse", [TOLD_GROUP, GROUP_WITHOUT_COMMA])
def test_a_group_to_whom_it_is_done_stays_an_apposition(parse: str) -> None:
    assert mended(before(parse)) == before(parse)


DAYS_AFTER = (
    "Drivers/NNS/nsubj/1 ended/VBD/ROOT/1 a/DT/det/4 strike/NN/compound/4 hours/NNS/dobj/1 after/IN/prep/4 "
    "talks/NNS/pobj/5"
)
OPENING_HOURS = (
    "Shops/NNS/nsubj/1 cut/VBD/ROOT/1 their/PRP$/poss/4 opening/NN/compound/4 hours/NNS/dobj/1 again/RB/advmod/1"
)


def test_a_time_after_something_is_no_object() -> None:
    """Drivers ended a strike hours after talks"""
    found = arcs(DAYS_AFTER)

    assert found["strike"] == ("ended", "dobj")
    assert found["hours"] == ("ended", "npadvmod")
    assert found["a"] == ("strike", "det")


def test_hours_that_are_shortened_are_an_object() -> None:
    assert mended(before(OPENING_HOURS)) == before(OPENING_HOURS)


def test_what_a_speaker_does_next_is_the_speakers() -> None:
    found = arcs(
        "Oslo/NNP/nsubj/1 denied/VBD/ROOT/1 that/IN/mark/5 troops/NNS/nsubj/5 had/VBD/aux/5 fired/VBN/ccomp/1 "
        "and/CC/cc/5 blamed/VBD/conj/5 rebels/NNS/dobj/7"
    )

    assert found["blamed"] == ("denied", "conj")


@pytest.mark.parametrize(
    "parse",
    [
        # the same verbs with a subject of their own, or under no verb of saying
        "Oslo/NNP/nsubj/1 said/VBD/ROOT/1 troops/NNS/nsubj/4 had/VBD/aux/4 fired/VBN/ccomp/1 "
        "and/CC/cc/4 Lima/NNP/nsubj/7 blamed/VBD/conj/4 rebels/NNS/dobj/7",
        "Oslo/NNP/nsubj/1 fired/VBD/ROOT/1 and/CC/cc/1 blamed/VBD/conj/1 rebels/NNS/dobj/3",
    ],
)
def test_others_who_blame_stay_where_they_are(parse: str) -> None:
    assert mended(before(parse)) == before(parse)


def test_men_believed_to_be_something_are_who_did_it() -> None:
    found = arcs(
        "Men/NNS/nsubj/1 believed/VBD/ROOT/1 to/TO/aux/3 be/VB/xcomp/1 rebels/NNS/attr/3 "
        "attacked/VBD/ccomp/1 Gao/NNP/dobj/5 ././punct/1"
    )

    assert found["Men"] == ("attacked", "nsubj")
    assert found["believed"] == ("Men", "acl")
    assert found["attacked"][1] == "ROOT"


def test_who_believes_that_others_attacked_is_no_attacker() -> None:
    parse = "Men/NNS/nsubj/1 believed/VBD/ROOT/1 rebels/NNS/nsubj/3 attacked/VBD/ccomp/1 Gao/NNP/dobj/3"

    assert mended(before(parse)) == before(parse)


def test_an_attack_is_blamed_on_who_did_it() -> None:
    found = arcs("Oslo/NNP/nsubj/1 blamed/VBD/ROOT/1 attacks/NNS/dobj/1 on/IN/prep/2 rebels/NNS/pobj/3")

    assert found["on"] == ("blamed", "prep")


def test_what_hangs_on_after_is_the_subject_of_a_past_tense_without_one() -> None:
    found = arcs(
        "Oslo/NNP/nsubj/1 shut/VBD/ROOT/1 a/DT/det/3 day/NN/npadvmod/6 after/IN/prep/3 court/NN/pobj/4 "
        "sentenced/VBD/advcl/1 him/PRP/dobj/6"
    )

    assert found["court"] == ("sentenced", "nsubj")
    assert found["after"] == ("sentenced", "mark")


def test_a_past_tense_with_a_subject_keeps_it() -> None:
    parse = (
        "Oslo/NNP/nsubj/1 left/VBD/ROOT/1 after/IN/prep/1 talks/NNS/pobj/2 as/IN/mark/6 Lima/NNP/nsubj/6 "
        "waited/VBD/advcl/1"
    )

    assert mended(before(parse)) == before(parse)


def test_a_subject_hung_on_the_auxiliary_is_the_verbs() -> None:
    found = arcs("Oslo/NNP/nsubj/1 is/VBZ/aux/2 mediating/VBG/ROOT/2 again/RB/advmod/2")

    assert found["Oslo"] == ("mediating", "nsubj")


def test_a_subject_of_a_full_verb_stays_its_own() -> None:
    parse = "Oslo/NNP/nsubj/1 is/VBZ/ROOT/1 mediating/VBG/xcomp/1"

    assert mended(before(parse)) == before(parse)


def test_the_past_tense_before_an_infinitive_is_what_the_sentence_stands_on() -> None:
    found = arcs(
        "Kings/NNS/nsubj/4 called/VBN/acl/0 Lima/NNP/oprd/1 to/TO/aux/4 thank/VB/ROOT/4 him/PRP/dobj/4 ././punct/4"
    )

    assert found["called"][1] == "ROOT"
    assert found["thank"] == ("called", "advcl")
    assert found["Lima"] == ("called", "dobj")


def test_a_headline_of_what_is_to_come_stays() -> None:
    parse = "Kings/NNS/nsubj/3 invited/VBN/acl/0 to/TO/aux/3 thank/VB/ROOT/3 Lima/NNP/dobj/3"

    assert mended(before(parse)) == before(parse)
