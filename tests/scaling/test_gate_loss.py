"""The gate's loss on whole reports of our own: of two hundred events at most one is passed over."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from legation.coder import Coder

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
MOST = 0.005


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark of the gate."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("gate")


@pytest.mark.model
def test_of_the_events_of_the_examples_next_to_none_is_lost_at_the_gate(gate: Any, coder: Coder) -> None:
    loss = gate.measure(coder, gate.examples())

    assert loss.events > 500
    assert loss.share <= MOST, loss.examples


@pytest.mark.model
def test_pages_of_other_things_are_hardly_parsed(gate: Any, coder: Coder) -> None:
    corpora = importlib.import_module("corpora")

    loss = gate.measure(coder, [doc for doc in corpora.take("mixed", 100) if "The file of this" not in doc.text])

    assert loss.parsed < 0.1 * loss.sentences
