"""Clauses on hand-written parses: who does what to whom, whatever the surface form."""

from __future__ import annotations

import pytest

from builders import sentence
from legation.model import Clause, Sentence
from legation.stages.clauses import sentence_clauses


def clause_of(parse: str, word: str) -> tuple[Clause, Sentence]:
    _, sent = sentence(parse)
    for clause in sentence_clauses(sent):
        if sent.tokens[clause.head].text == word:
            return clause, sent
    raise AssertionError(f"no clause on {word}")


def words(sent: Sentence, heads: tuple[int, ...]) -> list[str]:
    return [sent.tokens[h].text for h in heads]


ACTIVE = "Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1 convoys/NNS/dobj/1"
PASSIVE = "Convoys/NNS/nsubjpass/2 were/VBD/auxpass/2 attacked/VBN/ROOT/2 by/IN/agent/2 rebels/NNS/pobj/3"
REDUCED = "Convoys/NNS/nsubj/4 attacked/VBN/acl/0 by/IN/agent/1 rebels/NNS/pobj/2 burned/VBD/ROOT/4"
RELATIVE = "Rebels/NNS/nsubj/4 who/WP/nsubj/2 attacked/VBD/relcl/0 convoys/NNS/dobj/2 fled/VBD/ROOT/4"
SHARED = "Rebels/NNS/nsubj/1 came/VBD/ROOT/1 and/CC/cc/1 attacked/VBD/conj/1 convoys/NNS/dobj/3"


@pytest.mark.parametrize("parse", [ACTIVE, PASSIVE, REDUCED, RELATIVE, SHARED])
def test_the_doer_is_the_subject_in_every_voice(parse: str) -> None:
    clause, sent = clause_of(parse, "attacked")

    assert [w.lower() for w in words(sent, clause.subject)] == ["rebels"]
    assert [w.lower() for w in words(sent, clause.object)] == ["convoys"]


def test_object_control_makes_the_object_the_doer() -> None:
    clause, sent = clause_of(
        "Rome/NNP/nsubj/1 urged/VBD/ROOT/1 Tunis/NNP/dobj/1 to/TO/aux/4 attack/VB/xcomp/1 rebels/NNS/dobj/4", "attack"
    )

    assert words(sent, clause.subject) == ["Tunis"]


def test_subject_control_keeps_the_subject() -> None:
    clause, sent = clause_of(
        "Rome/NNP/nsubj/1 promised/VBD/ROOT/1 to/TO/aux/3 attack/VB/xcomp/1 rebels/NNS/dobj/3", "attack"
    )

    assert words(sent, clause.subject) == ["Rome"]


def test_a_light_verb_hands_its_subject_to_the_noun() -> None:
    clause, sent = clause_of(
        "Rebels/NNS/nsubj/1 launched/VBD/ROOT/1 an/DT/det/3 attack/NN/dobj/1 on/IN/prep/1 Gao/NNP/pobj/4", "attack"
    )

    assert words(sent, clause.subject) == ["Rebels"]
    assert words(sent, clause.oblique("on")) == ["Gao"]


def test_condemning_an_attack_does_not_make_one_its_doer() -> None:
    clause, _ = clause_of("Rome/NNP/nsubj/1 condemned/VBD/ROOT/1 the/DT/det/3 attack/NN/dobj/1", "attack")

    assert clause.subject == ()


def test_a_possessor_is_the_doer_of_a_noun() -> None:
    clause, sent = clause_of(
        "Chad/NNP/poss/2 's/POS/case/0 attack/NN/nsubj/5 on/IN/prep/2 rebels/NNS/pobj/3 failed/VBD/ROOT/5", "attack"
    )

    assert words(sent, clause.subject) == ["Chad"]


@pytest.mark.parametrize(
    ("parse", "negated"),
    [
        ("Rebels/NNS/nsubj/3 did/VBD/aux/3 not/RB/neg/3 attack/VB/ROOT/3 Gao/NNP/dobj/3", True),
        ("No/DT/det/1 rebels/NNS/nsubj/2 attack/VBP/ROOT/2 Gao/NNP/dobj/2", True),
        ("Rebels/NNS/nsubj/1 attack/VBP/ROOT/1 Gao/NNP/dobj/1", False),
    ],
)
def test_negation_is_seen_on_verb_and_noun(parse: str, negated: bool) -> None:
    assert clause_of(parse, "attack")[0].negated is negated


APPOSED = (
    "Members/NNS/nsubj/5 ,/,/punct/0 a/DT/det/3 guild/NN/nsubj/5 ,/,/punct/3 questioned/VBD/ROOT/5 rebels/NNS/dobj/5"
)
SPOKEN = "Paris/NNP/nsubj/2 rebels/NNS/nsubj/2 questioned/VBD/ROOT/2 convoys/NNS/dobj/2"


@pytest.mark.parametrize(("parse", "doer"), [(APPOSED, ["Members"]), (SPOKEN, ["rebels"])])
def test_of_two_subjects_the_nearer_acts_unless_it_says_who_the_first_is(parse: str, doer: list[str]) -> None:
    clause, sent = clause_of(parse, "questioned")

    assert words(sent, clause.subject) == doer


def test_what_stands_behind_as_and_its_name_is_the_object() -> None:
    clause, sent = clause_of(
        "Oslo/NNP/nsubj/1 denounced/VBD/ROOT/1 as/IN/prep/1 a/DT/det/4 crime/NN/pobj/2 the/DT/det/6 raid/NN/appos/4 "
        "of/IN/prep/6 rebels/NNS/pobj/7",
        "denounced",
    )

    assert words(sent, clause.object) == ["raid"]


def test_a_name_set_off_by_a_comma_is_no_object() -> None:
    clause, sent = clause_of(
        "Oslo/NNP/nsubj/1 worked/VBD/ROOT/1 as/IN/prep/1 a/DT/det/4 host/NN/pobj/2 ,/,/punct/4 the/DT/det/7 "
        "capital/NN/appos/4",
        "worked",
    )

    assert words(sent, clause.object) == []


def test_a_clause_with_for_is_a_complement() -> None:
    clause, sent = clause_of(
        "Oslo/NNP/nsubj/1 pushed/VBD/ROOT/1 for/IN/mark/5 rebels/NNS/nsubj/5 to/TO/aux/5 leave/VB/advcl/1", "pushed"
    )

    assert words(sent, clause.complements) == ["leave"]
