"""Scoring stories: which documents were put together, against which belong together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import combinations

from legation.linking.documents import Linker
from legation.model import Document
from legation.scoring.gold import GoldRecord, GoldSet
from legation.scoring.measure import Figure, Miss, Table, share

Coded = Sequence[tuple[GoldRecord, Document]]


def score_links(gold: GoldSet, coded: Coded) -> Table:
    """BCubed figures of the stories; and how often two look-alikes (one topic, two happenings) are kept apart.

    The documents go through the linker in the order of the file, as `legation link` does it.
    """
    docs = (replace(doc, title=_title(record)) for record, doc in coded)
    found = [link.story for _, link in Linker().stream(docs)]
    labelled = [str(record.row.get("cluster")) for record, _ in coded]
    precision, recall = bcubed(labelled, found)
    both = precision + recall
    figures = [
        Figure("BCubed precision", precision, len(found)),
        Figure("BCubed recall", recall, len(found)),
        Figure("BCubed F1", 2 * precision * recall / both if both else 0.0, len(found)),
    ]
    # Where every topic holds two happenings the set was made of look-alikes.
    topics = [str(record.row.get("topic")) for record, _ in coded]
    if gold.name == "ecbplus":
        alike = [(i, j) for i, j in combinations(range(len(found)), 2) if _look_alike(i, j, topics, labelled)]
        figures.append(share("look-alikes kept apart", sum(found[i] != found[j] for i, j in alike), len(alike)))
    return Table(gold.name, gold.digest, len(gold.records), tuple(figures), misses=_misses(gold, labelled, found))


def bcubed(labelled: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float]:
    """BCubed precision and recall: of each item's group the share that belongs with it, and the other way round."""
    pairs = Counter(zip(labelled, found, strict=True))
    label_sizes, found_sizes = Counter(labelled), Counter(found)
    precision = sum(n * n / found_sizes[f] for (_, f), n in pairs.items())
    recall = sum(n * n / label_sizes[g] for (g, _), n in pairs.items())
    return (precision / len(found), recall / len(found)) if found else (0.0, 0.0)


def _title(record: GoldRecord) -> str | None:
    title = record.row.get("title")
    return title if isinstance(title, str) and title else None


def _look_alike(i: int, j: int, topics: Sequence[str], labelled: Sequence[str]) -> bool:
    return topics[i] == topics[j] and labelled[i] != labelled[j]


def _misses(gold: GoldSet, labelled: Sequence[str], found: Sequence[str]) -> tuple[Miss, ...]:
    """The documents not in the story in which most of their label are."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for label, story in zip(labelled, found, strict=True):
        votes[label][story] += 1
    home = {label: min(counts, key=lambda s: (-counts[s], s)) for label, counts in votes.items()}
    return tuple(
        Miss(gold.name, record.id, record.text[:200], {"cluster": label}, {"story": story})
        for record, label, story in zip(gold.records, labelled, found, strict=True)
        if story != home[label]
    )
