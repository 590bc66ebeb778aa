"""PLOVER as it is coded here, and that the lexicon keeps to it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from legation.knowledge import contexts, lexicon, ontology
from legation.knowledge.lexicon import Frame
from legation.scoring.gold import QUADS

# Modes that no plain frame gives: those of THREATEN come of an operator over the act that is threatened.
MODES_WITHOUT_FRAME = {
    ("THREATEN", "ban"),
    ("THREATEN", "expel"),
    ("THREATEN", "territory"),
    ("PROTEST", "vandalize"),
    ("MOBILIZE", "militia"),
    ("ASSAULT", "seize"),
}


def frames() -> list[Frame]:
    return lexicon.load().all_frames


def test_there_are_sixteen_types_and_a_statement_is_none_of_them() -> None:
    assert len(ontology.types()) == 16
    assert "STATEMENT" not in ontology.types()


def test_quads_are_those_that_gold_is_scored_by() -> None:
    assert {name: kind.quad for name, kind in ontology.types().items()} == QUADS


@pytest.mark.parametrize("name", sorted(QUADS))
def test_cooperation_scores_above_zero_and_conflict_below(name: str) -> None:
    kind = ontology.types()[name]
    scores = [kind.score, *kind.mode_scores.values()]

    assert all(-10 <= s <= 10 for s in scores)
    assert all(s > 0 for s in scores) if kind.quad <= 2 else all(s < 0 for s in scores)


def test_the_slips_of_the_manual_are_mended() -> None:
    types = ontology.types()

    assert types["ACCUSE"].score == -3.0
    assert types["SANCTION"].quad == ontology.MATERIAL_CONFLICT


def test_a_type_scores_as_the_worst_of_its_modes() -> None:
    accuse = ontology.types()["ACCUSE"]

    assert accuse.scale(()) == -3.0
    assert accuse.scale(("disapprove",)) == -2.0
    assert accuse.scale(("disapprove", "investigate")) == -3.5


@pytest.mark.parametrize(
    ("name", "modes", "code"),
    [
        ("CONSULT", (), "04"),
        ("CONSULT", ("visit",), "042"),
        ("RETREAT", ("ceasefire",), "0871"),
        ("SANCTION", ("expel",), "166"),
        ("COERCE", ("arrest",), "173"),
        ("ASSAULT", ("suicide-attack",), "1831"),
        ("ASSAULT", ("unconventional",), "204"),
        ("CONSULT", ("no-such-mode",), "04"),
    ],
)
def test_cameo_code_of_type_and_mode(name: str, modes: tuple[str, ...], code: str) -> None:
    assert ontology.types()[name].cameo_code(modes) == code


@pytest.mark.parametrize("name", sorted(QUADS))
def test_modes_with_a_code_or_score_are_modes_of_the_type(name: str) -> None:
    kind = ontology.types()[name]

    assert {*kind.mode_cameo, *kind.mode_scores} <= set(kind.modes)
    assert all(re.fullmatch(r"\d{2,4}", code) for code in (kind.cameo, *kind.mode_cameo.values()))


def test_frames_use_types_modes_and_codes_that_exist() -> None:
    types = ontology.types()
    wrong = [
        f.id
        for f in frames()
        if f.event not in types
        or (f.mode is not None and f.mode not in types[f.event].modes)
        or (f.cameo is not None and not re.fullmatch(r"\d{2,4}", f.cameo))
    ]

    assert wrong == []


def test_frames_use_contexts_that_exist() -> None:
    strong, weak, _ = contexts.words()
    known = {name for names in (*strong.values(), *weak.values()) for name in names}

    assert [(f.id, c) for f in frames() for c in f.contexts if c not in known] == []


def test_a_frame_stands_in_the_file_of_its_type() -> None:
    assert [f.id for f in frames() if f.file != f"{f.event.lower()}.toml"] == []


def test_frame_ids_are_unique_words_joined_by_hyphens() -> None:
    counts = Counter(f.id for f in frames())

    assert [name for name, n in counts.items() if n > 1] == []
    assert [name for name in counts if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


def test_a_frame_is_sure_but_not_certain() -> None:
    assert [(f.id, f.confidence) for f in frames() if not 0.5 <= f.confidence <= 0.98] == []


def test_every_type_and_mode_has_a_frame() -> None:
    wanted = {(name, mode) for name, kind in ontology.types().items() for mode in kind.modes}
    found = {(f.event, f.mode) for f in frames()}

    assert {event for event, _ in found} == set(ontology.types())
    assert wanted - found <= MODES_WITHOUT_FRAME


def test_frames_have_examples_and_counter_examples() -> None:
    assert [f.id for f in frames() if not f.examples or not f.counter_examples] == []
