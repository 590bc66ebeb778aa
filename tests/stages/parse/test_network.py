"""Our own run of the model's weights against spaCy's."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from legation.stages.parse import network
from legation.stages.parse.loading import load
from legation.stages.parse.network import Layer, Network, Plain, WordVectors

pytestmark = pytest.mark.model

SENTENCES = (
    "The chancellor of Austria met farmers in Graz on Tuesday, and can't say when the talks will go on.",
    "No.",
    "Gunmen who had crossed the river at night burned 14 houses, a clinic and the only mill of the valley.",
    "",
    'Today, "we will not wait any longer," the mayor of Turku told the council.',
    "Ports, bridges, and\u2028roads were closed; the army (which had been asked twice) did nothing.",
)


@cache
def nlp() -> Any:
    return load()[0]


def made(texts: tuple[str, ...] = SENTENCES) -> list[Any]:
    return [nlp().make_doc(text) for text in texts]


def word_vectors() -> WordVectors:
    embed, encode = nlp().get_pipe("tok2vec").model.layers
    return WordVectors(embed, Layer(encode.layers[0].layers[0].layers[0]))


def rows(words: WordVectors) -> np.ndarray[Any, Any]:
    table, numbers = words.looked_up([doc for doc in made() if len(doc)])
    return table[numbers]


def test_tags_and_arcs_are_those_of_spacy() -> None:
    ours, theirs = made(), made()

    tags = Network(nlp()).annotate(ours)

    assert tags == Plain(nlp()).annotate(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert [(t.head.i, t.dep_) for t in one] == [(t.head.i, t.dep_) for t in other]


def test_a_sentence_is_parsed_alike_alone_and_in_company() -> None:
    run = Network(nlp())
    alone, together = [doc for doc in made() if run.annotate([doc]) is not None], made()

    run.annotate(together)

    for one, other in zip(alone, together, strict=True):
        assert [(t.head.i, t.dep_) for t in one] == [(t.head.i, t.dep_) for t in other]


def test_many_sentences_are_run_in_several_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    run, whole, parts = Network(nlp()), made() * 2, made() * 2
    together = run.annotate(whole)
    monkeypatch.setattr(network, "_AT_ONCE", 30)

    assert run.annotate(parts) == together
    assert [[t.head.i for t in doc] for doc in parts] == [[t.head.i for t in doc] for doc in whole]


def test_nothing_to_annotate_is_no_trouble() -> None:
    assert Network(nlp()).annotate([]) == []
    assert Network(nlp()).annotate(made(("",))) == [[]]


def test_word_vectors_are_those_of_the_models_layers() -> None:
    embed, encode = nlp().get_pipe("tok2vec").model.layers
    theirs = np.concatenate(embed.predict([doc for doc in made() if len(doc)]))
    maxout = encode.layers[0].layers[0].layers[0].layers[1].layers[0].layers[0]
    weights = maxout.get_param("W").transpose(1, 0, 2).reshape(-1, 3, theirs.shape[1])

    ours = rows(word_vectors())

    assert np.allclose(ours[:, :96], theirs, atol=1e-5)
    assert np.allclose(ours[:, 96:], np.concatenate([theirs @ weights[:, k].T for k in range(3)], axis=1), atol=1e-4)


def test_word_vectors_do_not_depend_on_what_was_read_before() -> None:
    fresh, warm = word_vectors(), word_vectors()
    for doc in reversed(made()):
        if len(doc):
            warm.looked_up([doc])

    assert np.array_equal(rows(fresh), rows(warm))


@pytest.mark.parametrize("kept", [1, 20, 30])
def test_word_vectors_are_the_same_when_few_can_be_kept(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    roomy = rows(word_vectors())
    monkeypatch.setattr(network, "_KEPT", kept)
    tight = word_vectors()

    for _ in range(2):
        assert np.array_equal(rows(tight), roomy)
        for doc in made():
            if len(doc):
                tight.looked_up([doc])


def test_other_pipelines_are_left_to_spacy() -> None:
    import spacy

    assert Network.fits(nlp())
    assert not Network.fits(spacy.blank("en"))
