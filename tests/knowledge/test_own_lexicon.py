"""A user's own lexicon files over ours: frames added, replaced and silenced, types defined, bad files told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import document, mention
from legation.coder import knowledge_digest
from legation.errors import InputPathError, KnowledgeError, LegationError
from legation.knowledge import lexicon, ontology
from legation.knowledge.own_lexicon import VARIABLE
from legation.model import EventMention
from legation.stages import gate
from legation.stages.clauses import find_clauses
from legation.stages.events import find_events

SERENADED = "Oslo/NNP/nsubj/1 serenaded/VBD/ROOT/1 Lima/NNP/dobj/1"
CONDEMNED = "Oslo/NNP/nsubj/1 condemned/VBD/ROOT/1 Lima/NNP/dobj/1"
SERENADE = """
[[frame]]
id = "serenade"
event = "SUPPORT"
verbs = ["serenade"]
subject = "@state"
object = "@state"
examples = [{ text = "Oslo serenaded Lima.", actor = ["NOR"], recipient = ["PER"] }]
not = ["The tenor serenaded his bride."]
"""


def _forget() -> None:
    ontology.types.cache_clear()
    gate._forms.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """An empty folder for own files; ours alone are in use again afterwards."""
    os.environ.pop(VARIABLE, None)
    _forget()
    yield tmp_path
    os.environ.pop(VARIABLE, None)
    _forget()


def use(folder: Path, toml: str, name: str = "mine.toml") -> None:
    (folder / name).write_text(toml, encoding="utf-8")
    lexicon._load.cache_clear()
    lexicon.use(folder)
    _forget()


def read(parse: str) -> list[EventMention]:
    """The events of "Oslo (Norway) did something to Lima (Peru)"."""
    doc = document(parse, mention(parse, 0, "NOR"), mention(parse, 2, "PER"))
    return list(find_events(find_clauses(doc)).event_mentions)


def test_a_frame_of_ones_own_is_read(own: Path) -> None:
    assert read(SERENADED) == []

    use(own, SERENADE)

    (found,) = read(SERENADED)
    assert (found.event, found.rule) == ("SUPPORT", "serenade")
    assert [a.code for a in (*found.actors, *found.recipients)] == ["NOR", "PER"]


def test_our_frames_stay_beside_it(own: Path) -> None:
    use(own, SERENADE)

    assert [(m.event, m.rule) for m in read(CONDEMNED)] == [("ACCUSE", "condemn")]


def test_the_gate_lets_the_new_word_through(own: Path) -> None:
    use(own, SERENADE)

    assert "serenade" in lexicon.load().words()
    assert "serenaded" in gate._forms()


def test_a_frame_of_the_same_id_replaces_ours(own: Path) -> None:
    use(
        own,
        """
        [[frame]]
        id = "condemn"
        event = "REJECT"
        verbs = ["condemn"]
        """,
    )

    assert [(m.event, m.rule) for m in read(CONDEMNED)] == [("REJECT", "condemn")]


def test_a_silent_frame_is_taken_away(own: Path) -> None:
    use(own, '[[frame]]\nid = "condemn"\nsilent = true\n')

    assert "condemn" not in {f.id for f in lexicon.load().all_frames}
    assert "condemn" not in {m.rule for m in read(CONDEMNED)}


def test_an_operator_is_replaced_and_silenced(own: Path) -> None:
    def effects(verb: str) -> set[str]:
        return {o.effect for rest, o in lexicon.load().operators.get(("verb", verb), ()) if not rest}

    assert effects("vow") == {"promise"}

    use(own, '[[operator]]\nid = "agree-to"\nsilent = true\n')
    assert effects("vow") == set()

    use(own, '[[operator]]\nid = "agree-to"\neffect = "plan"\nverbs = ["vow"]\n')
    assert effects("vow") == {"plan"}


def test_words_of_a_class_are_added_to_ours(own: Path) -> None:
    ours = lexicon.load().classes["people"]

    use(own, '[classes]\npeople = ["troubadour"]\n')

    assert lexicon.load().classes["people"] == ours | {"troubadour"}


def test_a_new_type_has_its_own_quad_score_and_modes(own: Path) -> None:
    use(
        own,
        SERENADE.replace('"SUPPORT"', '"SERENADE"\nmode = "at-night"')
        + """
        [types.SERENADE]
        quad = 1
        score = 1.5
        modes = ["at-night"]
        mode_scores = { at-night = 2.5 }
        """,
    )

    kind = ontology.types()["SERENADE"]
    assert (kind.quad, kind.scale(()), kind.scale(("at-night",))) == (1, 1.5, 2.5)
    assert len(ontology.types()) == 17
    (found,) = read(SERENADED)
    assert (found.event, found.modes) == ("SERENADE", ("at-night",))


def test_several_files_are_read_in_the_order_of_their_names(own: Path) -> None:
    use(own, SERENADE, "b.toml")
    use(own, SERENADE.replace('"SUPPORT"', '"ACCUSE"'), "a.toml")

    assert [m.event for m in read(SERENADED)] == ["SUPPORT"]


def test_the_digest_of_the_knowledge_tells_of_own_files(own: Path) -> None:
    without = knowledge_digest(), lexicon.load().digest
    use(own, SERENADE)
    once = knowledge_digest(), lexicon.load().digest
    use(own, SERENADE + "# a remark\n")
    changed = knowledge_digest(), lexicon.load().digest

    assert len({without[0], once[0], changed[0]}) == 3
    assert len({without[1], once[1], changed[1]}) == 3


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[[frame]\nid = 1", "mine.toml"),
        ('[[frame]]\nid = "x"\nverbs = ["serenade"]\n', "frame x lacks 'event'"),
        ('[[frame]]\nevent = "SUPPORT"\nverbs = ["serenade"]\n', "frame ? lacks 'id'"),
        ('[[frame]]\nid = "x"\nevent = "SERENADE"\nverbs = ["serenade"]\n', "define it by a table [types.SERENADE]"),
        ('[[operator]]\nid = "x"\nverbs = ["vow"]\n', "operator x lacks 'id' or 'effect'"),
        ('[[operator]]\nid = "x"\neffect = "sing"\nverbs = ["vow"]\n', "There are: announce, approve"),
    ],
)
def test_a_bad_file_is_told_by_its_name_and_what_is_wrong(own: Path, toml: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as err:
        use(own, toml)

    assert says in str(err.value)
    assert "mine.toml" in str(err.value)


@pytest.mark.parametrize("table", ["score = 1.0", "quad = 5\nscore = 1.0", 'quad = 1\nscore = "high"'])
def test_a_type_without_quad_or_score_is_told(own: Path, table: str) -> None:
    with pytest.raises(KnowledgeError, match=r"\[types.SERENADE\] needs 'quad' \(1 to 4\) and 'score'"):
        use(own, f"[types.SERENADE]\n{table}\n")

    assert len(ontology.types()) == 16  # ours are in use as before


def test_after_a_bad_file_ours_stay_in_use(own: Path) -> None:
    with pytest.raises(LegationError):
        use(own, "[[frame]\n")

    assert [m.event for m in read(CONDEMNED)] == ["ACCUSE"]


@pytest.mark.parametrize(("name", "says"), [("none", "is no folder"), ("empty", "holds no lexicon file")])
def test_a_folder_without_lexicon_files_is_told(own: Path, name: str, says: str) -> None:
    (own / "empty").mkdir()

    with pytest.raises(InputPathError, match=says):
        lexicon.use(own / name)
