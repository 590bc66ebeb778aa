"""The same input gives the same bytes: in one process, in another, alone or in a crowd."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from legation.exporting.report import dump, to_report
from legation.reading import read

if TYPE_CHECKING:
    from legation.coder import Coder

pytestmark = pytest.mark.model
HOME = Path(__file__).parents[1]
EXAMPLES = sorted((HOME / "examples").glob("*.txt"))


def lines(coder: Coder, paths: list[Path]) -> list[str]:
    """The report line of each file."""
    docs = read([str(path) for path in paths], published="2021-07-09")
    return [dump(to_report(doc, coder.about)) for doc in coder.code_many(docs)]


def test_the_same_documents_twice_give_the_same_bytes(coder: Coder) -> None:
    assert lines(coder, EXAMPLES) == lines(coder, EXAMPLES)


def test_order_and_company_of_a_document_change_nothing(coder: Coder) -> None:
    alone = [line for path in reversed(EXAMPLES) for line in lines(coder, [path])]

    assert sorted(alone) == sorted(lines(coder, EXAMPLES))


def test_another_process_with_another_hash_seed_gives_the_same_bytes(coder: Coder) -> None:
    """Sets of words are walked in an order that the seed of the process decides."""
    outputs = [
        subprocess.run(
            [sys.executable, "-m", "legation", "code", *map(str, EXAMPLES[:4]), "--format", "report"],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HOME / "src")},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"\n") == 4
