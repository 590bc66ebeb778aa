"""What counts as right: labels beside documents made by hand, as docs/scoring.md says in prose."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from legation.knowledge import ontology
from legation.model import STATUSES, Actor, Document, Event, EventMention, Status
from legation.scoring import GoldError, score_files
from legation.scoring.events import counted
from legation.scoring.gold import country_of, mode_of, read_gold
from legation.scoring.measure import Table


def event(
    kind: str,
    actors: str = "",
    recipients: str = "",
    *,
    mode: str | None = None,
    status: Status = "happened",
    reciprocal: bool = False,
) -> Event:
    """An event of actors given by country: ``event("CONSULT", "IND RUS", reciprocal=True)``."""
    who = tuple(Actor(code) for code in actors.split())
    whom = tuple(Actor(code) for code in recipients.split())
    modes = (mode,) if mode else ()
    mention = EventMention(0, 0, kind, modes, who, whom, status, reciprocal=reciprocal)
    quad = ontology.types()[kind].quad
    return Event(f"{kind}-1", kind, modes, (), who, whom, status, (mention,), quad_code=quad)


def label(kind: str, source: str = "", target: str = "", **more: Any) -> dict[str, Any]:
    """A labelled event as a gold file has it."""
    sides = {
        side: [{"code": code} for code in codes.split()]
        for side, codes in (("source", source), ("target", target))
    }
    return {"plover": kind, **{k: v for k, v in sides.items() if v}, **more}


class Oracle:
    """A coder that gives each document the events it was told."""

    def __init__(self, answers: dict[str, tuple[Event, ...]]) -> None:
        self.answers = answers

    def code_many(self, docs: Iterable[Document]) -> Iterator[Document]:
        for doc in docs:
            yield Document(doc.text, id=doc.id, events=self.answers.get(doc.id, ()))


@pytest.fixture
def score(tmp_path: Path) -> Any:
    """Score records (labels, events found, meta) as a set of that name."""

    def run(name: str, *records: tuple[list[dict[str, Any]], list[Event], dict[str, Any]]) -> Table:
        path = tmp_path / f"{name}.jsonl"
        rows = [
            {"id": str(n), "set": name, "text": f"Sentence {n}.", "events": labels, "meta": meta}
            for n, (labels, _, meta) in enumerate(records)
        ]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        answers = {str(n): tuple(found) for n, (_, found, _) in enumerate(records)}
        (table,) = score_files([path], coder=Oracle(answers))
        return table

    return run


def value(table: Table, name: str) -> float:
    figure = table.figure(name)
    assert figure is not None, [f.name for f in table.figures]
    return figure.value


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        ([event("CONSULT")], 1.0, 1.0),
        ([], 0.0, 0.0),
        ([event("AID")], 0.0, 0.0),
        ([event("CONSULT"), event("AID")], 0.5, 1.0),
        ([event("CONSULT"), event("CONSULT", "FRA")], 1.0, 1.0),  # a type counts once
        ([event("CONSULT", status="negated")], 0.0, 0.0),  # no claim that it happened
        ([event("CONSULT", status="hypothetical")], 0.0, 0.0),
        ([event("CONSULT", status="future")], 1.0, 1.0),
    ],
)
def test_types_of_a_sentence(score: Any, found: list[Event], precision: float, recall: float) -> None:
    table = score("plover_gsr", ([label("CONSULT")], found, {}))

    assert (value(table, "type precision"), value(table, "type recall")) == (precision, recall)


def test_a_label_may_accept_a_second_type(score: Any) -> None:
    table = score("plover_gsr", ([label("CONCEDE", accept=["CONCEDE", "RETREAT"])], [event("RETREAT")], {}))

    assert value(table, "type F1") == 1.0


def test_the_quad_may_be_right_where_the_type_is_wrong(score: Any) -> None:
    table = score("plover_gsr", ([label("ASSAULT")], [event("COERCE")], {}))

    assert value(table, "type F1") == 0.0
    assert value(table, "quad F1") == 1.0


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        (event("ACCUSE", "FRA", "RUS"), 1.0),
        (event("ACCUSE", "FRA DEU", "RUS"), 1.0),  # further actors do no harm
        (event("ACCUSE", "RUS", "FRA"), 0.0),  # the wrong way round
        (event("ACCUSE", "FRA"), 0.0),
        (event("ACCUSE", "DEU", "RUS"), 0.0),
        (event("REJECT", "FRA", "RUS"), 0.0),
    ],
)
def test_a_whole_record_has_type_and_every_country(score: Any, found: Event, whole: float) -> None:
    table = score("plover_gsr", ([label("ACCUSE", "FRAGOV", "RUSGOV")], [found], {}))

    assert value(table, "whole record") == whole


@pytest.mark.parametrize(
    "found",
    [
        event("CONSULT", "FRA RUS", reciprocal=True),
        event("CONSULT", "FRA", "RUS"),
        event("CONSULT", "RUS", "FRA"),
    ],
)
def test_both_sides_of_a_reciprocal_label_may_stand_on_either_side(score: Any, found: Event) -> None:
    table = score("plover_gsr", ([label("CONSULT", "FRAGOV RUSGOV")], [found], {"reciprocal": True}))

    assert value(table, "whole record") == 1.0


def test_the_recipient_of_a_reciprocal_event_is_looked_for_among_its_actors(score: Any) -> None:
    found = [event("CONSULT", "FRA RUS", reciprocal=True)]

    assert value(score("plover_gsr", ([label("CONSULT", "FRA", "RUS")], found, {})), "whole record") == 1.0


def test_a_retreat_is_a_concession_where_labels_know_no_retreat(score: Any) -> None:
    plv = score("plv", ([label("CONCEDE", accept=["CONCEDE", "RETREAT"])], [event("RETREAT")], {}))

    assert value(plv, "type F1") == 1.0
    assert [row.name for row in plv.rows] == ["CONCEDE"]


def test_false_events_are_counted_in_sentences_without_any(score: Any) -> None:
    table = score(
        "cameo_conflibert",
        ([], [event("AID"), event("ASSAULT")], {}),
        ([], [event("AID", status="negated")], {}),
        ([label("STATEMENT")], [event("CONSULT")], {}),
        ([label("AID")], [event("AID")], {}),
    )

    assert value(table, "false events per event-free sentence") == 1.0
    assert value(table, "false events per statement-only sentence") == 1.0


def test_a_set_that_nobody_knows_is_skipped_with_a_word(score: Any) -> None:
    assert "no scoring is known" in (score("nobody_knows", ([], [], {})).skipped or "")


def test_a_type_that_was_missed_or_wrong_is_among_the_misses(score: Any) -> None:
    table = score("plover_gsr", ([label("AID")], [event("AID")], {}), ([label("AID")], [event("REJECT")], {}))

    assert [miss.id for miss in table.misses] == ["1"]


def test_only_negated_and_hypothetical_events_do_not_count() -> None:
    doc = Document("", events=tuple(event("AID", status=status) for status in STATUSES))

    assert [e.status for e in counted(doc)] == [s for s in STATUSES if s not in ("negated", "hypothetical")]


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("FRAGOV", "FRA"), ("FRA", "FRA"), ("JAPGOV", "JPN"), ("UNO", "IGO"), ("EUR", "IGO"),
        ("---CVL", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_the_country_of_a_label(code: str | None, country: str | None) -> None:
    assert country_of(code) == country


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("PROTEST", "demo-org", "demo"), ("PROTEST", "demo", "demo"), ("THREATEN", "curfew", "restrict"),
     ("COERCE", "curfew", "curfew"), ("AID", None, None)],
)  # fmt: skip
def test_old_names_of_modes(kind: str, old: str | None, new: str | None) -> None:
    assert mode_of(kind, old) == new


@pytest.mark.parametrize(
    ("line", "why"), [("{", "Line 1 is not JSON"), ('{"id": 1}', "names no set"), ("[]", "names no set")]
)
def test_a_broken_gold_file_says_where(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(line + "\n", encoding="utf-8")

    with pytest.raises(GoldError, match=why):
        read_gold(path)
