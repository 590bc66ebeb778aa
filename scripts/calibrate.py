"""Fit what a confidence means: how often an event is right, by the signs for and against it.

The weights in the package were fitted before any rule was mended on these sentences; a new fit needs new ones.
Fitted on the labelled sentences of this project (tests/sets: modal, refusal, plain, the unpolitical texts as
wholes and sentence by sentence, and the look-alikes), so that gold stays for measuring:

    python scripts/calibrate.py --write            fit, and write knowledge/calibration.toml
    python scripts/calibrate.py GOLD... --plot docs/confidence.svg
                                                   measure on gold files: the table of docs/confidence.md, and its plot
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

HOME = Path(__file__).parents[1]
sys.path[:0] = [str(HOME / "src"), str(HOME / "tests")]

from legation.coder import Coder  # noqa: E402
from legation.model import Document, EventMention  # noqa: E402
from legation.stages.events import read_sentence, scenes  # noqa: E402
from legation.stages.events.confidence import Evidence, calibrated, evidence_of  # noqa: E402
from legation.stages.sentences import split_sentences  # noqa: E402

SETS = ("modal", "refusal", "plain", "modal_later", "refusal_later")
UNPOLITICAL = 0.25  # what an event in an unpolitical sentence weighs: there are many more of these than in news
RIDGE = 1.0
AGAINST = frozenset({"noun", "no_actor", "no_recipient", "doubt", "depth"})
BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True)
class Case:
    """A coded event and whether it is right."""

    evidence: Evidence
    right: bool
    weight: float = 1.0


def cases_of(
    docs: list[Document],
    allowed: list[set[str] | set[tuple[str, str]]],
    *,
    weight: float = 1.0,
    only: Callable[[EventMention], bool] = lambda mention: True,
) -> list[Case]:
    """Each event of each document, held against what its label allows: types, or types with status.

    The events are read once more, so that their confidence is the frame's own, whatever the coder makes of it.
    """
    found = []
    for doc, label in zip(docs, allowed, strict=True):
        for sent, scene in scenes(doc):
            for mention in filter(only, read_sentence(doc, sent, scene)):
                keys: set[object] = {mention.event, (mention.event, mention.status)}
                found.append(Case(evidence_of(mention, sent), not keys.isdisjoint(label), weight))
    return found


def own_cases(coder: Coder) -> list[Case]:
    """The events in our own labelled sentences."""
    from sets.labelled import read

    rows = [row for name in SETS for row in read(name)]
    docs = list(coder.code_many([Document(text=row.sentence, published="2024-10-16") for row in rows]))
    found = cases_of(docs, [set(row.readings) for row in rows])
    sets = HOME / "tests" / "sets" / "unpolitical"
    texts = [json.loads(line)["text"] for line in (sets / "texts.jsonl").read_text(encoding="utf-8").splitlines()]
    found += cases_of(list(coder.code_many([Document(text=text) for text in texts])), [set() for _ in texts])
    split = [split_sentences(Document(text=text)) for text in texts]
    alone = [Document(text=doc.text_of(s)) for doc in split for s in doc.sentences]
    found += cases_of(list(coder.code_many(alone)), [set() for _ in alone], weight=UNPOLITICAL)
    reports = [json.loads(line) for line in (sets / "lookalikes.jsonl").read_text(encoding="utf-8").splitlines()]
    docs = list(coder.code_many([Document(text=r["text"]) for r in reports]))
    return found + cases_of(docs, [set(r["accept"]) for r in reports], only=lambda m: m.sentence == 0)  # as labelled


def gold_cases(coder: Coder, path: Path) -> list[Case]:
    """The events in a gold file; a type that a record labels or accepts is right."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    docs = list(coder.code_many([Document(text=r["text"], published=r.get("date")) for r in records]))
    allowed: list[set[str]] = []
    for record in records:
        types: set[str] = set()
        for event in record["events"]:
            types |= {event.get("plover"), *event.get("accept", ())} - {None}
        allowed.append(types)
    claims = lambda mention: mention.status not in ("negated", "hypothetical")  # noqa: E731 - as in scoring
    return cases_of(docs, allowed, only=claims)  # type: ignore[arg-type]


def fit(cases: list[Case]) -> dict[str, float]:
    """Logistic regression; a sign against that comes out for, by chance of few cases, is left out and the rest refitted."""
    names = list(cases[0].evidence.signs())
    weights = _newton(cases, names)
    while wrong := [name for name in names if name in AGAINST and weights[name] > 0]:
        names = [name for name in names if name not in wrong]
        weights = {**_newton(cases, names), **dict.fromkeys(wrong, 0.0)}
    return {name: weights.get(name, 0.0) for name in ("base", *cases[0].evidence.signs())}


def _newton(cases: list[Case], names: list[str]) -> dict[str, float]:
    """The weights by Newton's steps, with a ridge; the same cases give the same weights."""
    x = np.array([[1.0, *(case.evidence.signs()[name] for name in names)] for case in cases])
    y = np.array([float(case.right) for case in cases])
    w = np.array([case.weight for case in cases])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 0.0
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ beta))
        gradient = x.T @ (w * (y - p)) - ridge * beta
        hessian = (x * (w * p * (1.0 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    return dict(zip(["base", *names], (round(float(b), 3) for b in beta), strict=True))


def write(weights: dict[str, float], cases: list[Case]) -> None:
    """The weights with a word on where they come from."""
    lines = [
        "# What each sign adds to the log-odds of an event being right. Written by scripts/calibrate.py from the labelled",
        f"# sentences of tests/sets: {len(cases)} coded events, {sum(c.right for c in cases)} of them right.",
        "",
        "[weights]",
        *(f"{name} = {value}" for name, value in weights.items()),
    ]
    path = HOME / "src" / "legation" / "knowledge" / "calibration.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table(cases: list[Case], score: dict[int, float]) -> list[tuple[float, float, int]]:
    """For each bin that holds events: the mean confidence, the share that is right, how many."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [i for i, value in score.items() if low <= value < high]
        if inside:
            weight = sum(cases[i].weight for i in inside)
            mean = sum(score[i] * cases[i].weight for i in inside) / weight
            share = sum(cases[i].right * cases[i].weight for i in inside) / weight
            rows.append((mean, share, round(weight)))
    return rows


def report(name: str, cases: list[Case]) -> list[tuple[float, float, int]]:
    """Print the reliability of raw and calibrated confidences over some events."""
    raw = {i: case.evidence.raw for i, case in enumerate(cases)}
    mended = {i: calibrated(case.evidence) for i, case in enumerate(cases)}
    total = sum(case.weight for case in cases)
    print(f"\n{name}: {total:.0f} events, {sum(c.right * c.weight for c in cases) / total:.3f} right")
    for title, score in (("raw", raw), ("calibrated", mended)):
        rows = table(cases, score)
        error = sum(abs(mean - share) * count for mean, share, count in rows) / total
        brier = sum(case.weight * (score[i] - case.right) ** 2 for i, case in enumerate(cases)) / total
        print(f"  {title:11} calibration error {error:.3f}  Brier {brier:.3f}  ranks right above wrong {auc(cases, score):.3f}")
        print("    " + "  ".join(f"{mean:.2f}: {share:.2f} ({count})" for mean, share, count in rows))
    return table(cases, mended)


def auc(cases: list[Case], score: dict[int, float]) -> float:
    """How often a right event has a higher confidence than a wrong one."""
    right = [score[i] for i, c in enumerate(cases) if c.right]
    wrong = [score[i] for i, c in enumerate(cases) if not c.right]
    if not right or not wrong:
        return 0.5
    return sum((r > w) + 0.5 * (r == w) for r in right for w in wrong) / (len(right) * len(wrong))


def plot(lines: dict[str, list[tuple[float, float, int]]], path: Path) -> None:
    """A reliability plot as SVG: confidence across, share right up; a dot's area is its number of events."""
    size, edge, colours = 360, 48, ("#1b6ca8", "#b5541c", "#3c7a3f", "#7a3c6e")
    place = lambda v: edge + v * (size - 2 * edge)  # noqa: E731
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size + 18 * len(lines)}" font-family="sans-serif" font-size="11">',
        f'<rect width="{size}" height="{size + 18 * len(lines)}" fill="white"/>',
        f'<path d="M{edge} {size - edge}L{size - edge} {edge}" stroke="#999" stroke-dasharray="4 3"/>',
        f'<path d="M{edge} {edge}V{size - edge}H{size - edge}" fill="none" stroke="#333"/>',
    ]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        at = place(tick)
        out.append(f'<text x="{at:.0f}" y="{size - edge + 16}" text-anchor="middle">{tick:.1f}</text>')
        out.append(f'<text x="{edge - 6}" y="{size - at + 4:.0f}" text-anchor="end">{tick:.1f}</text>')
    out.append(f'<text x="{size / 2}" y="{size - 12}" text-anchor="middle">confidence</text>')
    out.append(f'<text x="14" y="{size / 2}" text-anchor="middle" transform="rotate(-90 14 {size / 2})">share right</text>')
    for n, (name, rows) in enumerate(lines.items()):
        colour = colours[n % len(colours)]
        path_of = "L".join(f"{place(m):.1f} {size - place(s):.1f}" for m, s, _ in rows)
        out.append(f'<path d="M{path_of}" fill="none" stroke="{colour}"/>')
        for mean, share, count in rows:
            radius = 2 + count**0.5 / 2
            out.append(f'<circle cx="{place(mean):.1f}" cy="{size - place(share):.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.6"/>')
        out.append(f'<text x="{edge}" y="{size + 12 + 18 * n}" fill="{colour}">{name}</text>')
    path.write_text("\n".join([*out, "</svg>"]) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    coder = Coder()
    own = own_cases(coder)
    if given.write:
        from legation.knowledge import calibration

        weights = fit(own)
        write(weights, own)
        calibration.weights.cache_clear()
        print(weights)
    lines = {"own sentences (fitted)": report("own sentences (fitted)", own)}
    everything: list[Case] = []
    for path in given.gold:
        cases = gold_cases(coder, path)
        name = path.name.split(".")[0]
        lines[name] = report(name, cases)
        everything += cases
    if len(given.gold) > 1:
        lines["all gold"] = report("all gold", everything)
    if given.plot:
        plot({name: rows for name, rows in lines.items() if "fitted" in name or len(given.gold) < 2 or name == "all gold"}, given.plot)


if __name__ == "__main__":
    main()
