"""The files that benchmarks/scale.py makes hold the documents that it counts on."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from legation.model import Document
from legation.reading import read
from legation.stages.domain import find_domain
from legation.stages.gate import gate_sentences
from legation.stages.sentences import split_sentences

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NUMBER = 60


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A module of benchmarks/ by its name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def test_the_short_reports_differ_and_the_gate_lets_every_third_through(bench: Callable[[str], Any]) -> None:
    docs = list(islice(bench("corpora").varied(), 3000))
    passed = [any(s.parse for s in _gated(doc).sentences) for doc in docs]

    assert len({doc.text for doc in docs}) == 3000
    assert len({doc.published for doc in docs}) == 3
    assert passed == [number % 3 == 0 for number in range(3000)]


def _gated(doc: Document) -> Document:
    return gate_sentences(find_domain(split_sentences(doc)))


@pytest.mark.parametrize("name", ["in", "pages.warc", "mixed.zip"])
def test_as_many_documents_are_read_as_were_to_be_written(
    bench: Callable[[str], Any], tmp_path: Path, name: str
) -> None:
    files, path = bench("scale_files"), tmp_path / name
    if name == "in":
        files.write_jsonl(path, NUMBER, 7)
    elif name == "pages.warc":
        files.write_warc(path, NUMBER)
    else:
        files.write_zip(path, NUMBER)

    docs = list(read([str(path)]))

    assert len(docs) == NUMBER
    assert not [problem for doc in docs for problem in doc.problems]
    assert len({doc.id for doc in docs}) == len({doc.text for doc in docs}) == NUMBER
