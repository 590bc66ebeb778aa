"""Paragraphs labelled with what they are about, and precision and recall of the contexts found in them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from legation.model import Document
from legation.stages.events.context import contexts_of
from legation.stages.sentences import split_sentences

HERE = Path(__file__).parent


def read() -> list[dict[str, Any]]:
    """The paragraphs: `contexts` are to be found, those in `also` may be."""
    return [json.loads(line) for line in (HERE / "contexts.jsonl").read_text(encoding="utf-8").splitlines()]


def contexts(text: str) -> set[str]:
    """The contexts that an event in any sentence of the text would get from its words."""
    doc = split_sentences(Document(text=text))
    return {name for sent in doc.sentences for name in contexts_of(doc, sent, ())}


def figures(rows: list[dict[str, Any]]) -> dict[str, tuple[float, float, int]]:
    """Precision, recall and how often it is labelled, for each context and for all together."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    labelled: Counter[str] = Counter()
    for row in rows:
        got = contexts(row["text"])
        right.update(got & set(row["contexts"]))
        found.update(got - set(row["also"]))
        labelled.update(row["contexts"])
    made = {
        name: (right[name] / found[name] if found[name] else 1.0, right[name] / labelled[name], labelled[name])
        for name in sorted(labelled)
    }
    total = (sum(right.values()) / sum(found.values()), sum(right.values()) / sum(labelled.values()), len(rows))
    return {**made, "all": total}


def main() -> None:
    """Print a line for each context, then the paragraphs where something is missing or too much."""
    rows = read()
    for name, (precision, recall, count) in figures(rows).items():
        print(f"{name:24}{precision:6.2f}{recall:6.2f}{count:6}")
    for row in rows:
        got = contexts(row["text"])
        more, less = sorted(got - set(row["contexts"]) - set(row["also"])), sorted(set(row["contexts"]) - got)
        if more or less:
            print(f"+{','.join(more)} -{','.join(less)}  {row['text']}")


if __name__ == "__main__":
    main()
