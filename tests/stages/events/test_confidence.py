"""A confidence falls with doubt, rises with what is composed, and stays a share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legation.knowledge import calibration
from legation.model import Actor, EventMention, Sentence, Token
from legation.stages.events.confidence import Evidence, calibrated, evidence_of, with_confidence

PLAIN = Evidence(raw=0.85)


@pytest.mark.parametrize(
    "worse",
    [
        replace(PLAIN, raw=0.5),
        replace(PLAIN, noun=True),
        replace(PLAIN, no_actor=True),
        replace(PLAIN, no_recipient=True),
        replace(PLAIN, doubt=0.5),
        replace(PLAIN, depth=3),
    ],
)
def test_no_sign_against_raises_it(worse: Evidence) -> None:
    assert calibrated(worse) <= calibrated(PLAIN)


@pytest.mark.parametrize("raw", [0.0, 0.01, 0.5, 0.99, 1.0])
def test_it_is_never_sure_either_way(raw: float) -> None:
    assert 0.0 < calibrated(Evidence(raw=raw, depth=50)) < calibrated(Evidence(raw=raw, operators=50)) < 1.0


def test_every_sign_has_a_weight() -> None:
    assert {"base", *PLAIN.signs()} == set(calibration.weights())


def test_evidence_is_read_off_the_mention_and_its_sentence() -> None:
    words = ("Norway", "condemned", "the", "attack")
    heads = (1, 1, 3, 1)
    tags = ("NNP", "VBD", "DT", "NN")
    tokens = tuple(
        Token(i, 0, 0, word, word.lower(), tag, "dep", head)
        for i, (word, tag, head) in enumerate(zip(words, tags, heads, strict=True))
    )
    sent = Sentence(0, 0, 28, tokens=tokens)
    norway = Actor("NOR", "GOV", confidence=0.9)
    mention = EventMention(0, 3, "ASSAULT", actors=(), recipients=(norway,), rule="attack-noun+judge", confidence=0.8)

    evidence = evidence_of(mention, sent)

    assert evidence.noun
    assert evidence.no_actor
    assert not evidence.no_recipient
    assert (evidence.operators, evidence.depth, round(evidence.doubt, 2)) == (1, 1, 0.1)
    assert with_confidence(mention, sent) == replace(mention, confidence=calibrated(evidence))
