"""How well stories are told when documents come in random order, a few at a time.

    python benchmarks/stories.py FOLDER [BATCH ...]

``FOLDER`` holds the gold sets news_cluster, newswcl50 and ecbplus; a batch of 0 is all at once. Coding them takes some
minutes; the figures are means over three orders.
"""

from __future__ import annotations

import random
import statistics
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from legation.coder import Coder
from legation.linking.stories import StoryFinder
from legation.model import Document
from legation.scoring.gold import gold_files, read_gold
from legation.scoring.links import bcubed

Labelled = tuple[str, str, Document]  # the happening, its topic, the coded document
_SETS = ("news_cluster", "newswcl50", "ecbplus")
_ORDERS = (1, 2, 3)


def coded(folder: Path) -> dict[str, list[Labelled]]:
    """The labelled documents of each set, coded."""
    coder = Coder()
    out: dict[str, list[Labelled]] = {}
    for path in gold_files([folder]):
        for gold in read_gold(path):
            if gold.name in _SETS:
                docs = coder.code_many(record.document() for record in gold.records)
                out[gold.name] = [
                    (str(r.row.get("cluster")), str(r.row.get("topic")), replace(doc, title=r.row.get("title") or None))
                    for r, doc in zip(gold.records, docs, strict=True)
                ]
    return out


def judged(labelled: list[Labelled], batch: int, order: int) -> tuple[float, float]:
    """BCubed F1, and the share of look-alikes (one topic, two happenings) kept apart."""
    shuffled = random.Random(order).sample(labelled, len(labelled))
    docs = [doc for _, _, doc in shuffled]
    finder, step = StoryFinder(), batch or len(docs)
    found = [story for at in range(0, len(docs), step) for story in finder.add_many(docs[at : at + step])]
    precision, recall = bcubed([label for label, _, _ in shuffled], found)
    pairs = combinations(zip(shuffled, found, strict=True), 2)
    apart = [one[1] != two[1] for one, two in pairs if one[0][1] == two[0][1] and one[0][0] != two[0][0]]
    return 2 * precision * recall / (precision + recall), statistics.mean(apart) if apart else 1.0


def main() -> None:
    """Print a line for each size of batch."""
    sets = coded(Path(sys.argv[1]))
    for batch in map(int, sys.argv[2:] or ("1", "64", "200", "0")):
        cells = []
        for name in _SETS:
            scores = [judged(sets[name], batch, order) for order in _ORDERS]
            f1, apart = (statistics.mean(s[k] for s in scores) for k in (0, 1))
            cells.append(f"{name} {f1:.3f}" + (f", apart {apart:.3f}" if name == "ecbplus" else ""))
        print(f"{batch or 'all':>4}: {'; '.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
