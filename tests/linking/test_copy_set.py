"""Copies and look-alikes of copyset.py, told apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from runpy import run_path

from legation.linking.copies import CopyFinder
from legation.model import Document

PAIRS = list(run_path(str(Path(__file__).with_name("copyset.py")))["pairs"]())


def test_copies_are_told_from_look_alikes() -> None:
    finder = CopyFinder()
    for number, pair in enumerate(PAIRS):
        finder.add(Document(pair.first, id=f"first {number}"))
    right, wrong, missed = 0, Counter[str](), Counter[str]()
    for number, pair in enumerate(PAIRS):
        copy = finder.add(Document(pair.second, id=f"second {number}"))
        if pair.copy and copy is not None:
            right += 1
        elif pair.copy:
            missed[pair.kind] += 1
        elif copy is not None:
            wrong[pair.kind] += 1

    assert sum(p.copy for p in PAIRS) >= 300
    assert sum(not p.copy for p in PAIRS) >= 300
    assert right / (right + wrong.total()) >= 0.99, wrong
    assert right / (right + missed.total()) >= 0.97, missed


def test_one_sentence_of_news_is_no_copy_of_another() -> None:
    sets = run_path(str(Path(__file__).with_name("event_sets.py")))["read_sets"]()
    wrong = []
    for each in sets:
        finder = CopyFinder()
        happening = dict(zip((d.id for d in each.documents), each.happenings, strict=True))
        for doc in each.documents:
            copy = finder.add(doc)
            if copy is not None and happening[copy.of] != happening[doc.id]:
                wrong.append((doc.text, copy.of))

    assert wrong == []
