"""Several processes give what one gives, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from fake_coder import DyingCoder, FakeCoder, NoModelCoder, OnceDyingCoder, PoisonedCoder, ending, failing, telling
from legation.errors import LegationError
from legation.model import Document
from legation.scaling.local import (
    AHEAD,
    CHUNK_DOCUMENTS,
    InputChangedError,
    WorkerError,
    chunks,
    code_all,
    code_chunks,
)


def _docs(count: int) -> Iterator[Document]:
    return (Document(f"Norway met Kenya {number} times.", id=str(number)) for number in range(count))


def test_two_workers_give_the_same_as_one() -> None:
    one = list(code_all(_docs(70), ending, make_coder=FakeCoder))
    two = list(code_all(_docs(70), ending, workers=2, make_coder=FakeCoder))

    assert two == one
    assert one[:2] == [("0", 1, "none"), ("1", 1, "none")]


def test_input_is_read_only_a_little_ahead() -> None:
    read = []

    def docs() -> Iterator[Document]:
        for doc in _docs(1000):
            read.append(doc.id)
            yield doc

    results = code_all(docs(), ending, workers=2, make_coder=FakeCoder)
    next(results)
    results.close()  # type: ignore[attr-defined]

    assert len(read) <= 2 * AHEAD * CHUNK_DOCUMENTS + 1


@pytest.mark.parametrize("workers", [1, 2])
def test_the_sentence_of_an_error_comes_through(workers: int) -> None:
    with pytest.raises(LegationError, match=r"looked for one, two\)"):
        list(code_all(_docs(3), ending, workers=workers, make_coder=NoModelCoder))
    with pytest.raises(LegationError, match="0 cannot be written"):
        list(code_all(_docs(3), failing, workers=workers, make_coder=FakeCoder))


def test_what_a_worker_that_dies_was_at_is_done_again(tmp_path: Path) -> None:
    make = partial(OnceDyingCoder, tmp_path / "died")

    assert list(code_all(_docs(70), ending, workers=2, make_coder=make)) == list(
        code_all(_docs(70), ending, make_coder=FakeCoder)
    )
    assert (tmp_path / "died").exists()


def test_a_document_that_ends_every_worker_becomes_a_problem_and_the_others_go_on() -> None:
    docs = [replace(doc, text="poison") if doc.id == "20" else doc for doc in _docs(40)]

    done = list(code_all(docs, telling, workers=2, make_coder=PoisonedCoder))

    assert [d for d, _ in done] == [str(n) for n in range(40)]
    assert [d for d, problems in done if problems] == ["20"]
    assert "ended from outside" in dict(done)["20"][0]


def test_chunks_already_done_are_passed_over_and_other_documents_are_refused() -> None:
    whole = [(mark, list(results)) for mark, results in code_chunks(_docs(70), ending, make_coder=FakeCoder)]
    begun = [mark for mark, _ in whole[:2]]

    rest = [(m, list(r)) for m, r in code_chunks(_docs(70), ending, make_coder=FakeCoder, done=begun)]
    in_two = list(code_chunks(_docs(70), ending, workers=2, make_coder=FakeCoder, done=begun))

    assert rest == whole[2:] == in_two
    with pytest.raises(InputChangedError, match="cannot be taken up again"):
        list(code_chunks(list(_docs(70))[1:], ending, make_coder=FakeCoder, done=begun))


def test_workers_that_die_at_once_are_said_and_do_not_hang() -> None:
    with pytest.raises(WorkerError, match="fewer --workers"):
        list(code_all(_docs(300), ending, workers=2, make_coder=DyingCoder))


def test_chunks_are_bounded_and_lose_nothing() -> None:
    docs = [Document("x" * size, id=str(n)) for n, size in enumerate([10, 90_000, 10, 10, 30_000, 20_000])]

    cut = list(chunks(docs))

    assert [[doc.id for doc in chunk] for chunk in cut] == [["0"], ["1"], ["2", "3", "4"], ["5"]]
    assert max(len(chunk) for chunk in chunks(_docs(100))) == CHUNK_DOCUMENTS
    assert list(chunks([])) == []
