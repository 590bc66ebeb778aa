"""How fast the whole pipeline is beside the parser alone, how soon the first record comes, and its memory.

Usage: python benchmarks/speed.py [--documents 1400] [--stream 20000] [--repeat 3] [--json]

The text is the reports of examples/, again and again, each copy with a line of its own. Every measurement
runs in a process of its own on one core. Speeds are taken in processor time, so that other work on the
machine counts little; start to first record in wall time. Ratios compare runs of the same text on the same
machine in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((HOME / "examples").glob("*.txt"))
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
WARM_UP = 28  # documents: caches filled, lexicon and tables loaded


def reports(count: int) -> Iterator[str]:
    """So many reports; no two are the same text, though most of their words are."""
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]
    for number, text in enumerate(islice(cycle(texts), count)):
        yield f"{text.rstrip()}\nThe file of this report has the number {number}.\n"


SENTENCES = (
    "France expelled two Russian diplomats on Monday, case {}.",
    "Rebels attacked a village in northern Mali, killing {} people.",
    "The president of Kenya met his Ugandan counterpart in Nairobi for round {} of the talks.",
    "The weather was mild and the match ended in a draw after {} minutes.",
)


def short_reports(count: int) -> Iterator[str]:
    """So many reports of one sentence: a long stream in little time, to see whether memory grows with it."""
    return (SENTENCES[number % len(SENTENCES)].format(number) for number in range(count))


def words_in(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def speed(work: Callable[[Iterable[str]], None], count: int) -> dict[str, float]:
    """Words a second of processor time, after a warm-up."""
    texts = list(reports(count))
    work(texts[:WARM_UP])
    start = time.process_time()
    work(texts)
    return {"words_per_second": words_in(texts) / (time.process_time() - start)}


def plain_parser(count: int) -> dict[str, float]:
    """The parser model as it comes: all its components, spaCy's own settings."""
    import spacy

    from legation.stages.parse import MODELS

    name = next(model for model in MODELS if spacy.util.is_package(model))
    nlp = spacy.load(name)

    def work(texts: Iterable[str]) -> None:
        for _ in nlp.pipe(texts):
            pass

    return speed(work, count)


def set_up_parser(count: int) -> dict[str, float]:
    """The parser as Legation sets it up, over all of the text: nothing is left out by the gate."""
    from legation.stages.parse import Parser

    nlp = Parser()._nlp

    def work(texts: Iterable[str]) -> None:
        for _ in nlp.pipe(texts, batch_size=256):
            pass

    return speed(work, count)


def whole_pipeline(count: int) -> dict[str, float]:
    """From text to the line of JSON that `legation code --format report` writes."""
    from legation.coder import Coder
    from legation.exporting.report import dump, to_report
    from legation.model import Document

    coder = Coder()

    def work(texts: Iterable[str]) -> None:
        docs = (Document(text, published="2021-07-09", lang="en") for text in texts)
        for doc in coder.code_many(docs):
            dump(to_report(doc, coder.about))

    return speed(work, count)


def memory(count: int) -> dict[str, float]:
    """The most memory the process ever took, by then: after a tenth, a half and all of the documents."""
    from legation.coder import Coder
    from legation.exporting.report import dump, to_report

    coder, seen = Coder(), {}
    marks = {max(1, count // 10): "tenth", max(1, count // 2): "half", count: "all"}
    for number, doc in enumerate(coder.code_many(short_reports(count)), start=1):
        dump(to_report(doc, coder.about))
        if number in marks:
            # Linux counts in kilobytes, macOS in bytes.
            unit = 1024**2 if sys.platform == "darwin" else 1024
            seen[marks[number]] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return seen


def first_record(_: int) -> dict[str, float]:
    """From the start of the command to its first line."""
    command = [sys.executable, "-m", "legation", "code", str(EXAMPLES[0]), "--format", "report"]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = time.perf_counter() - start
    if not line:
        raise SystemExit("`legation code` wrote nothing; try `legation doctor`.")
    return {"seconds": seconds}


MEASUREMENTS = {f.__name__: f for f in (plain_parser, set_up_parser, whole_pipeline, memory, first_record)}


def measured(name: str, count: int) -> dict[str, float]:
    """One measurement in a process of its own."""
    path = os.pathsep.join(filter(None, [str(HOME / "src"), os.environ.get("PYTHONPATH")]))
    result = subprocess.run(
        [sys.executable, __file__, "--one", name, "--documents", str(count)],
        env={**os.environ, **dict.fromkeys(THREADS, "1"), "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


def run(documents: int, stream: int, repeat: int) -> dict[str, Any]:
    """All measurements; of repeated ones the best, taken in turns."""
    speeds: dict[str, float] = {}
    for _ in range(repeat):
        for name in ("plain_parser", "set_up_parser", "whole_pipeline"):
            speeds[name] = max(speeds.get(name, 0.0), measured(name, documents)["words_per_second"])
    return {
        "documents": documents,
        "words": words_in(reports(documents)),
        "words_per_second": speeds,
        "seconds_to_first_record": min(measured("first_record", 1)["seconds"] for _ in range(repeat)),
        "stream": stream,
        "memory_mb": measured("memory", stream),
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for readers."""
    speeds = figures["words_per_second"]
    whole = speeds["whole_pipeline"]
    lines = [f"{figures['documents']:,} documents, {figures['words']:,} words, one core", ""]
    names = {
        "plain_parser": "parser alone, as it comes",
        "set_up_parser": "parser alone, as set up here",
        "whole_pipeline": "whole pipeline, text to JSON",
    }
    lines += [f"{'':<32}{'words/s':>10}{'pipeline is':>14}"]
    for name, text in names.items():
        lines.append(f"{text:<32}{speeds[name]:>10,.0f}{whole / speeds[name]:>13.2f}x")
    memory_mb = figures["memory_mb"]
    lines += [
        "",
        f"start to first record: {figures['seconds_to_first_record']:.2f} s",
        f"memory over {figures['stream']:,} documents of one sentence: "
        + ", ".join(f"{memory_mb[mark]:,.0f} MB after {mark}" for mark in ("tenth", "half", "all")),
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed, start and memory.")
    parser.add_argument("--documents", type=int, default=1400)
    parser.add_argument("--stream", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", choices=sorted(MEASUREMENTS), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(MEASUREMENTS[args.one](args.documents)))
        return
    figures = run(args.documents, args.stream, args.repeat)
    print(json.dumps(figures, indent=2) if args.json else table(figures))


if __name__ == "__main__":
    main()
