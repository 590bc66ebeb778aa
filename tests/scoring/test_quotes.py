"""How found quotes are paired with labelled attributions, and what counts as right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from legation.model import Actor, Document, Quote, QuoteKind, Sentence, Span
from legation.scoring.gold import GoldRecord, GoldSet
from legation.scoring.measure import Table
from legation.scoring.quotes import found_units, labelled_units, pair_off, score_quotes

TEXT = "Ann Lee said the harbour was “quite empty” at noon.\n\n“Nobody came,” Lee added."


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def label(
    content: str, cue: str, source: str, form: str = "indirect", kind: str = "attribution"
) -> dict[str, Any]:
    """A labelled attribution whose parts are found by their words."""
    return {"source": [at(source)], "cue": [at(cue)], "content": [at(content)], "form": form, "type": kind}


def quote(content: str, kind: QuoteKind, cue: str = "said", speaker: str = "Ann Lee") -> Quote:
    """A found quote whose parts are found by their words."""
    start, cued, by = TEXT.index(content), TEXT.index(cue), TEXT.index(speaker)
    who = Actor(None, entity_text=speaker, start=by, end=by + len(speaker))
    return Quote(start, start + len(content), content, kind, Span(cued, cued + len(cue)), who)


def score(labels: list[dict[str, Any]], *quotes: Quote) -> Table:
    """The table of one record."""
    record = GoldRecord("1", TEXT, None, "en", (), False, {"quotes": labels})
    split = TEXT.index("\n\n")
    sentences = (Sentence(0, 0, split), Sentence(1, split + 2, len(TEXT), paragraph=1))
    gold = GoldSet("polnear", Path("gold.jsonl"), "0" * 64, (record,))
    return score_quotes(gold, [(record, Document(TEXT, sentences=sentences, quotes=quotes))])


def value(table: Table, name: str) -> float:
    figure = table.figure(name)
    assert figure is not None
    return figure.value


CLAUSE = "the harbour was “quite empty” at noon"


def test_a_mixed_piece_and_its_host_are_one_content() -> None:
    table = score(
        [label(CLAUSE, "said", "Ann Lee", "mixed")], quote(CLAUSE, "indirect"), quote("quite empty", "mixed")
    )

    assert value(table, "direct and mixed content at 0.8 F1") == 1
    assert value(table, "all kinds content at 0.8 precision") == 1


def test_marks_and_stops_do_not_count() -> None:
    table = score(
        [label("“Nobody came,”", "added", "Lee added", "direct")],
        quote("Nobody came", "direct", "added", "Lee added"),
    )

    assert value(table, "direct and mixed content at 0.8 F1") == 1
    assert value(table, "direct and mixed speaker given content") == 1


def test_a_short_part_counts_at_neither_overlap() -> None:
    table = score([label(CLAUSE, "said", "Ann Lee", "mixed")], quote("noon", "mixed"))

    assert value(table, "direct and mixed content at 0.3 precision") == 0
    assert value(table, "direct and mixed content at 0.3 recall") == 0


def test_half_the_words_count_at_the_lower_overlap_only() -> None:
    table = score([label(CLAUSE, "said", "Ann Lee", "mixed")], quote("the harbour was “quite", "mixed"))

    assert value(table, "direct and mixed content at 0.3 F1") == 1
    assert value(table, "direct and mixed content at 0.8 F1") == 0


def test_another_speaker_is_wrong() -> None:
    table = score([label(CLAUSE, "said", "Ann Lee", "mixed")], quote(CLAUSE, "mixed", speaker="Nobody came"))

    assert value(table, "direct and mixed content at 0.3 F1") == 1
    assert value(table, "direct and mixed speaker given content") == 0


@pytest.mark.parametrize(
    ("form", "cue", "kind", "counts"),
    [
        ("indirect", "said", "attribution", True),
        ("indirect", "harbour", "attribution", False),  # no cue of saying
        ("direct", "harbour", "attribution", True),  # direct speech whatever the cue
        ("indirect", "said", "no-source", False),
    ],
)
def test_only_speech_with_a_source_is_asked_for(form: str, cue: str, kind: str, counts: bool) -> None:
    table = score([label("at noon", cue, "Ann Lee", form, kind)])

    figure = table.figure("all kinds content at 0.3 recall")
    assert figure is not None
    assert figure.of == counts


def test_a_find_on_a_label_out_of_scope_is_neither_right_nor_wrong() -> None:
    table = score([label("at noon", "harbour", "Ann Lee", "mixed")], quote("at noon", "mixed"))

    figure = table.figure("direct and mixed content at 0.3 precision")
    assert figure is not None
    assert figure.of == 0


def test_a_find_where_nothing_is_labelled_is_wrong_and_told() -> None:
    table = score([], quote("Nobody came", "direct", "added", "Lee added"))

    figure = table.figure("direct and mixed content at 0.3 precision")
    assert figure is not None
    assert (figure.value, figure.of) == (0, 1)
    assert [miss.predicted["content"] for miss in table.misses] == ["Nobody came"]


def test_speech_that_goes_on_in_a_paragraph_without_a_cue_is_left_out() -> None:
    table = score(
        [label(CLAUSE, "said", "Ann Lee", "mixed")], quote(CLAUSE, "mixed"), quote("Nobody came", "direct")
    )

    assert value(table, "direct and mixed content at 0.3 precision") == 1


def test_each_unit_is_in_one_pair() -> None:
    record = GoldRecord("1", TEXT, None, "en", (), False, {"quotes": [label(CLAUSE, "said", "Ann Lee")]})
    doc = Document(
        TEXT,
        sentences=(Sentence(0, 0, len(TEXT)),),
        quotes=(quote(CLAUSE, "indirect"), quote("at noon", "indirect", "added")),
    )

    pairs = pair_off(labelled_units(record), found_units(doc))

    assert [round(overlap, 2) for overlap, _, _ in pairs] == [1.0]
