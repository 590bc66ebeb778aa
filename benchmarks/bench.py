"""How fast Legation is beside its parser, how soon it begins, what it holds, and how it grows. `make bench` runs this.

Usage: python benchmarks/bench.py [--quick] [--write] [--json] [--documents 600] [--stream 20000] [--repeat 3]

It makes its own texts (corpora.py). Every measurement runs in a process of its own with one thread for its
matrices. Speeds are taken in processor time, so that other work on the machine counts less; still they swing with
it, so read the ratios, which are of runs in turns on the same text. --write puts the table into docs/speed.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import corpora

from legation.model import Document

HOME = Path(__file__).resolve().parents[1]
PAGE = HOME / "docs" / "speed.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
WARM_UP = 40  # documents: caches filled, tables loaded
Figures = dict[str, float]
Work = Callable[[Iterable[Document]], object]


def plain_parser() -> Work:
    """The parser model as it comes: all its components, spaCy's own settings."""
    import spacy

    from legation.stages.parse import MODELS

    nlp = spacy.load(next(model for model in MODELS if spacy.util.is_package(model)))
    return lambda docs: [None for _ in nlp.pipe(doc.text for doc in docs)]


def set_up_parser() -> Work:
    """The parser as Legation runs it, over all sentences: nothing is left out by the gate."""
    from legation.stages.parse import Parser
    from legation.stages.sentences import split_sentences

    parser = Parser()
    return lambda docs: [None for _ in parser.parse(split_sentences(doc) for doc in docs)]


def whole_pipeline() -> Work:
    """From text to the line of JSON that `legation code --format report` writes."""
    from legation.scaling.local import code_all

    coder = _coder()
    return lambda docs: [None for _ in code_all(docs, _line, make_coder=lambda: coder)]


def _coder() -> Any:
    from legation.scaling.local import usual_coder

    return usual_coder()


def _line(doc: Document, about: Any) -> int:
    from legation.exporting.report import dump, to_report

    return len(dump(to_report(doc, about)))


SYSTEMS = {f.__name__: f for f in (plain_parser, set_up_parser, whole_pipeline)}


def speed(name: str, corpus: str, number: int) -> Figures:
    """Words and documents a second of processor time, after a warm-up."""
    work = SYSTEMS[name]()
    docs = corpora.take(corpus, number)
    work(docs[:WARM_UP])
    seconds = _timed(lambda: work(docs))
    return {"words": corpora.words_in(docs) / seconds, "documents": len(docs) / seconds}


def shares(corpus: str, number: int) -> Figures:
    """The part of each stage in the processor time of all."""
    from legation.coder import AFTER_PARSE, BEFORE_PARSE, stages_after

    coder, spent = _coder(), Counter[str]()
    docs = corpora.take(corpus, number)
    for start in range(0, len(docs), 16):
        batch = docs[start : start + 16]
        for stage in BEFORE_PARSE:
            batch = _counted(spent, stage.run.__name__, lambda b=batch, s=stage: [s.run(doc) for doc in b])
        batch = _counted(spent, "parse", lambda b=batch: list(coder._parser.parse(b)))
        for stage in AFTER_PARSE:
            needing = [doc for doc in batch if stage in stages_after(doc)]
            done = iter(_counted(spent, stage.run.__name__, lambda b=needing, s=stage: [s.run(doc) for doc in b]))
            batch = [next(done) if stage in stages_after(doc) else doc for doc in batch]
        _counted(spent, "to_report", lambda b=batch: [_line(doc, coder.about) for doc in b])
    return {name: seconds / spent.total() for name, seconds in spent.most_common()}


def _counted(spent: Counter[str], name: str, run: Callable[[], Any]) -> Any:
    before = time.process_time()
    result = run()
    spent[name] += time.process_time() - before  # type: ignore[assignment]
    return result


def memory(number: int) -> Figures:
    """What the process holds, in MB, after so many documents of one sentence; and the most it ever held."""
    from itertools import islice

    from legation.scaling.local import code_all

    held: Figures = {}
    marks = {max(1, number * part // 10): f"{part * 10} %" for part in (1, 5, 10)}
    for seen, _ in enumerate(code_all(islice(corpora.short(), number), _line), start=1):
        if seen in marks:
            held[marks[seen]] = _held()
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return {**held, "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit}


def _held() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    line = next(text for text in status.read_text(encoding="ascii").splitlines() if text.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def first_record() -> Figures:
    """From the start of the command to its first line, by the clock; and the processor time of the whole command."""
    report = sorted((HOME / "examples").glob("*.txt"))[0]
    command = [sys.executable, "-m", "legation", "code", str(report), "--format", "report"]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = time.perf_counter() - start
    if not line:
        raise SystemExit("`legation code` wrote nothing; try `legation doctor`.")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"clock": seconds, "processor": used.ru_utime + used.ru_stime}


def by_length() -> Figures:
    """Microseconds of processor time a character, for single reports of growing length."""
    work = whole_pipeline()
    work(corpora.take("conflict", WARM_UP))
    found: Figures = {}
    for size in (15_000, 60_000, 250_000, 500_000):
        docs = [corpora.long(size)] * max(1, 60_000 // size)
        found[str(size)] = 1e6 * _timed(lambda docs=docs: work(docs)) / sum(len(d.text) for d in docs)
    return found


def by_corpus(largest: int) -> Figures:
    """Microseconds of processor time a word, for streams of growing length."""
    work = whole_pipeline()
    work(corpora.take("mixed", WARM_UP))
    found: Figures = {}
    for size in (largest // 100, largest // 10, largest):
        docs = corpora.take("mixed", size)
        found[str(size)] = 1e6 * _timed(lambda docs=docs: work(docs)) / corpora.words_in(docs)
    return found


def workers(number: int) -> Figures:
    """Seconds by the clock for one process and for two, after each has begun."""
    from legation.scaling.local import code_all

    found: Figures = {}
    for count in (1, 2):
        docs = iter(corpora.take("conflict", number))
        begun = 0.0
        for seen, _ in enumerate(code_all(docs, _line, workers=count)):
            if seen == WARM_UP:
                begun = time.perf_counter()
        found[f"{count} clock"] = time.perf_counter() - begun
    found["waiting"] = os.getloadavg()[0]
    return found


def _timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


MEASUREMENTS: dict[str, Callable[..., Figures]] = {
    f.__name__: f for f in (speed, shares, memory, first_record, by_length, by_corpus, workers)
}


def measured(name: str, *given: str | int) -> Figures:
    """One measurement in a process of its own."""
    path = os.pathsep.join(filter(None, [str(HOME / "src"), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), "PYTHONPATH": path}
    command = [sys.executable, __file__, "--one", json.dumps([name, *given])]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    figures: Figures = json.loads(result.stdout)
    return figures


def run(documents: int, stream: int, repeat: int, quick: bool) -> dict[str, Any]:
    """All measurements; speeds in turns, of each the best."""
    speeds: dict[str, dict[str, Figures]] = {"conflict": {}, "mixed": {}}
    for _ in range(repeat):
        for corpus, best in speeds.items():
            for name in SYSTEMS:
                found = measured("speed", name, corpus, documents)
                best[name] = max(best.get(name, found), found, key=lambda f: f["words"])
    starts = [measured("first_record") for _ in range(repeat)]
    figures: dict[str, Any] = {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "documents": documents,
        "speeds": speeds,
        "start": {key: min(s[key] for s in starts) for key in ("clock", "processor")},
    }
    if not quick:
        figures["shares"] = {corpus: measured("shares", corpus, documents) for corpus in speeds}
        figures["by_length"] = measured("by_length")
        figures["by_corpus"] = measured("by_corpus", 10 * documents)
        figures["workers"] = measured("workers", documents)
        figures["stream"], figures["memory"] = stream, measured("memory", stream)
    return figures


def table(figures: dict[str, Any]) -> str:
    """The figures for readers, as Markdown."""
    names = {
        "plain_parser": "parser alone, as it comes",
        "set_up_parser": "parser alone, as run here",
        "whole_pipeline": "whole pipeline, text to JSON",
    }
    lines = [f"{figures['date']}, {figures['machine']}; {figures['documents']:,} documents a corpus, one thread.", ""]
    lines += ["| corpus | what | words/s | documents/s | pipeline is |", "|---|---|--:|--:|--:|"]
    for corpus, speeds in figures["speeds"].items():
        whole = speeds["whole_pipeline"]["words"]
        for name, text in names.items():
            one = speeds[name]
            ratio = f"{whole / one['words']:.2f} x" if name != "whole_pipeline" else ""
            cells = (corpus, text, f"{one['words']:,.0f}", f"{one['documents']:,.0f}", ratio)
            lines.append(f"| {' | '.join(cells)} |")
    start = figures["start"]
    clock, processor = start["clock"], start["processor"]
    lines += ["", f"Start to first record: {clock:.2f} s by the clock, {processor:.2f} s of processor time."]
    if "memory" in figures:
        held = ", ".join(f"{mb:,.0f} MB after {mark}" for mark, mb in figures["memory"].items() if mark != "most")
        most = figures["memory"]["most"]
        lines += ["", f"Memory over {figures['stream']:,} documents of one sentence: {held}; at most {most:,.0f} MB."]
        for title, key, unit in (
            ("Length of one report, in characters", "by_length", "µs a character"),
            ("Documents of the mixed stream", "by_corpus", "µs a word"),
        ):
            found = ", ".join(f"{int(size):,}: {value:.2f}" for size, value in figures[key].items())
            lines += ["", f"{title} ({unit}): {found}."]
        two = figures["workers"]
        lines += ["", _of_workers(two)]
        lines += ["", "| stage | conflict | mixed |", "|---|--:|--:|"]
        of = figures["shares"]
        mixed = of["mixed"]
        lines += [f"| {name} | {share:.1%} | {mixed.get(name, 0):.1%} |" for name, share in of["conflict"].items()]
    return "\n".join(lines) + "\n"


def _of_workers(two: Figures) -> str:
    clock = two["1 clock"] / two["2 clock"]
    return (
        f"Two processes: {clock:.2f} times one by the clock. This figure is worth something only on an idle machine; "
        f"the load was {two['waiting']:.1f}."
    )


def write(text: str) -> None:
    """Put the table into the page of the docs, between its marks."""
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{text}{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed, start, memory and growth.")
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--stream", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="only speeds and the start")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        name, *given = json.loads(args.one)
        print(json.dumps(MEASUREMENTS[name](*given)))
        return
    figures = run(args.documents, args.stream, args.repeat, args.quick)
    text = table(figures)
    print(json.dumps(figures, indent=2) if args.json else text)
    if args.write:
        write(text)


if __name__ == "__main__":
    main()
