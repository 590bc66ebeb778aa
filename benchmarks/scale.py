"""What `make bench` is too short for: a million documents, processes killed at random, Spark. See docs/speed.md.

Usage: python benchmarks/scale.py COMMAND [options]; each prints its figures and exits 1 where a mark is missed.

    stream    memory and time over 1,000,000 short documents in one process           25 min
    size      time over 1,000, 10,000 and 100,000 documents of the mixed stream       10 min
    length    time over one report of 15,000 to 1,000,000 characters                   3 min
    workers   one process, two, and Spark on two cores over 100,000 documents         10 min, both cores
    killed    100,000 documents; workers, Spark's Python workers, executors killed    15 min, both cores
    resumed   `legation code` killed whole 50 times: JSONL, a WARC, a ZIP             15 min, both cores

The times are estimates for an idle machine. All texts are made by corpora.py, so everybody codes the same.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import bench
import corpora
import scale_files
import scale_killed
import scale_spark

from legation.model import Document

MOST_MEMORY = 700.0  # MB of one process
SAME_MEMORY = 10.0  # MB more at the end than after a tenth: what an allocator may keep, not growth
LINEAR_SIZE, LINEAR_LENGTH = 0.10, 0.20
TWO_WORKERS, ON_SPARK = 1.85, 0.8
LENGTHS = (15_000, 60_000, 125_000, 250_000, 500_000, 1_000_000)


def say(text: str) -> None:
    """Print at once: a long run is looked at while it goes."""
    print(text, flush=True)


def load() -> str:
    """How many processes wanted a core in the last minute, on how many."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def judged(what: str, holds: bool) -> bool:
    """Say whether a mark is met."""
    say(f"{'met' if holds else 'MISSED'}: {what}")
    return holds


def stream(args: argparse.Namespace) -> bool:
    """Memory and time over a stream of short documents, all different, in this process."""
    from legation.scaling.local import code_all, usual_coder

    coder, documents = usual_coder(), args.documents
    steps = {1_000, 10_000, 100_000, *(documents * n // 10 for n in range(1, 11))}
    held: dict[int, float] = {}
    events = last = 0
    begun = since = time.process_time()
    say(f"{'documents':>10} {'MB':>6} {'us a document':>14} {'since last':>11} {'events':>8}")
    coded = code_all(islice(corpora.varied(), documents), _events, make_coder=lambda: coder)
    for seen, (found, _) in enumerate(coded, start=1):
        events += found
        if seen in steps:
            now = time.process_time()
            held[seen] = bench._held()
            each, recent = 1e6 * (now - begun) / seen, 1e6 * (now - since) / (seen - last)
            say(f"{seen:>10,} {held[seen]:>6.0f} {each:>14,.0f} {recent:>11,.0f} {events:>8,}")
            since, last = now, seen
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    grown = held[documents] - held[max(1, documents // 10)]
    say(f"{events:,} events")
    small = judged(f"at most {most:.0f} MB, mark {MOST_MEMORY:.0f}", most < MOST_MEMORY)
    return judged(f"{grown:+.1f} MB from a tenth to the end, mark {SAME_MEMORY:.0f}", grown <= SAME_MEMORY) and small


def _events(doc: Document, about: object) -> tuple[int, int]:
    """How many events, and the length of the line of JSON, which is made as for a file."""
    return len(doc.events), bench._line(doc, about)


def size(args: argparse.Namespace) -> bool:
    """Processor time a word over streams of growing length, the shorter ones in turns with parts of the longest.

    Speeds swing with the machine; the shares of one long run taken beside each other tell more than runs after
    each other, so the long stream is stopped after each tenth and a short one is timed between.
    """
    work = bench.whole_pipeline()
    work(corpora.take("mixed", bench.WARM_UP))
    small, middle, large = (args.documents // 100, args.documents // 10, args.documents)
    spent: dict[int, list[tuple[float, int]]] = {small: [], middle: [], large: []}
    long = corpora.mixed()
    for tenth in range(10):
        spent[large].append(_cost(work, islice(long, large // 10)))
        spent[small].append(_cost(work, islice(corpora.mixed(), small)))
        if tenth % 3 == 1:
            spent[middle].append(_cost(work, islice(corpora.mixed(), middle)))
    found = {number: sum(s for s, _ in runs) / sum(w for _, w in runs) for number, runs in spent.items()}
    for number, seconds in found.items():
        say(f"{number:>10,} documents: {1e6 * seconds:.2f} us a word")
    return _linear(found, LINEAR_SIZE)


def length(args: argparse.Namespace) -> bool:
    """Processor time a character of single reports, the sizes in turns; of each the best of five."""
    from legation.stages.gate import LONGEST

    work = bench.whole_pipeline()
    work(corpora.take("conflict", bench.WARM_UP))
    docs = {number: corpora.long(number) for number in LENGTHS}
    runs: dict[int, list[float]] = {number: [] for number in LENGTHS}
    for _ in range(args.repeat):
        for number, doc in docs.items():
            again = max(1, LENGTHS[2] // number)
            runs[number].append(_cost(work, [doc] * again)[0] / again / min(number, LONGEST))
    found = {number: min(costs) for number, costs in runs.items()}
    for number, seconds in found.items():
        say(f"{number:>10,} characters: {1e6 * seconds:.2f} us a character coded")
    say(f"Of a report only the first {LONGEST:,} characters are coded.")
    return _linear(found, LINEAR_LENGTH)


def _cost(work: bench.Work, docs: Iterable[Document]) -> tuple[float, int]:
    """Processor time for the documents, and how many words they have."""
    given = list(docs)
    return bench._timed(lambda: work(given)), corpora.words_in(given)


def _linear(found: dict[int, float], mark: float) -> bool:
    """Whether the greatest costs as much a piece as the least, and none between much more."""
    first, *rest = found.values()
    return judged(
        f"{', '.join(f'{value / first - 1:+.1%}' for value in rest)} beside the smallest, mark {mark:.0%}",
        all(value <= first * (1 + mark) for value in rest),
    )


def workers(args: argparse.Namespace) -> bool:
    """One process, two, and Spark on two cores, by the clock, over the same documents."""
    with _home(args.home) as home:
        given = _input(home, args.documents, args.corpus)
        seconds = {name: _clock(home, given, name) for name in ("one", "two", "spark")}
        for name, value in seconds.items():
            say(f"{name:>6}: {value:,.0f} s")
        two, spark = seconds["one"] / seconds["two"], seconds["two"] / seconds["spark"]
        say("These ratios are worth something only on an idle machine.")
        same = judged(
            "the records are the same to the byte",
            (home / "clock-two.jsonl").read_bytes() == (home / "clock-one.jsonl").read_bytes()
            and scale_spark.same(home / "clock-spark", home / "clock-one.jsonl"),
        )
        twice = judged(f"two processes {two:.2f} times one, mark {TWO_WORKERS}", two >= TWO_WORKERS)
        return judged(f"Spark {spark:.2f} of two processes, mark {ON_SPARK}", spark >= ON_SPARK) and twice and same


def _clock(home: Path, given: Path, name: str) -> float:
    out = home / (f"clock-{name}" if name == "spark" else f"clock-{name}.jsonl")
    shutil.rmtree(out, ignore_errors=True)
    command = {
        "one": scale_killed.coding(given, out),
        "two": scale_killed.coding(given, out, "--workers", "2"),
        "spark": scale_spark.command(given, out),
    }[name]
    environment = scale_killed.environment(**scale_spark.settings(home, scale_spark.LOCAL))
    start = time.monotonic()
    subprocess.run(command, env=environment, check=True)
    return time.monotonic() - start


def killed(args: argparse.Namespace) -> bool:
    """Workers, Spark's Python workers and its executors killed at random; the record must not tell."""
    local, cluster = scale_spark.LOCAL, scale_spark.CLUSTER
    runs: dict[str, Callable[[Path, Path], tuple[int, bool]]] = {
        "workers": lambda home, given: scale_killed.killed_workers(home, given, args.kills),
        "python": lambda home, given: scale_killed.killed_spark(
            home, given, args.kills, scale_killed.python_workers, local
        ),
        "executors": lambda home, given: scale_killed.killed_spark(
            home, given, args.kills, scale_killed.executors, cluster
        ),
    }
    holds = True
    with _home(args.home) as home:
        given = _input(home, args.documents)
        for name in args.of or runs:
            start = time.monotonic()
            done, same = runs[name](home, given)
            told = f"{name}: killed {done} times in {time.monotonic() - start:,.0f} s, {_like(same)}"
            holds = judged(told, same and done >= args.kills) and holds
    return holds


def resumed(args: argparse.Namespace) -> bool:
    """The whole command killed at random and taken up again, over JSONL, a WARC and a ZIP of mixed files."""
    number = args.documents
    make: dict[str, Callable[[Path], None]] = {
        "jsonl": lambda path: scale_files.write_jsonl(path, number, 3),
        "warc": lambda path: scale_files.write_warc(path, number),
        "zip": lambda path: scale_files.write_zip(path, number),
    }
    holds = True
    with _home(args.home) as home:
        for name in args.of or make:
            given = home / f"reports-{number}.{name}"
            if not given.exists():
                make[name](given)
            done, early, same = scale_killed.resumed(home, given, args.kills)
            told = f"{name}: killed {done} times, {early} of them before anything new was done, {_like(same)}"
            holds = judged(told, same and done >= args.kills) and holds
    return holds


def _like(same: bool) -> str:
    return "the record of an undisturbed run" if same else "ANOTHER RECORD than that of an undisturbed run"


@contextmanager
def _home(given: Path | None) -> Iterator[Path]:
    """Where inputs, records and logs stand: kept where the caller names a folder."""
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given.resolve()
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _input(home: Path, documents: int, corpus: str = "varied") -> Path:
    given = home / f"in-{corpus}-{documents}"
    if not given.exists():
        scale_files.write_jsonl(given, documents, min(scale_killed.FILES, documents), corpus)
    return given


# Each command with how many documents it is about.
COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], bool], int]] = {
    "stream": (stream, 1_000_000),
    "size": (size, 100_000),
    "length": (length, 0),
    "workers": (workers, 100_000),
    "killed": (killed, 100_000),
    "resumed": (resumed, 1_500),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--documents", type=int, help="how many, if not as many as the mark names")
    parser.add_argument("--kills", type=int, help="how often processes are killed")
    parser.add_argument("--of", nargs="+", help="of killed: workers python executors; of resumed: jsonl warc zip")
    parser.add_argument(
        "--corpus", default="mixed", choices=("mixed", "varied"), help="of workers: the stream of news, or its shortest"
    )
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--home", type=Path, help="keep inputs, records and logs here; what is there is used again")
    args = parser.parse_args()
    run, documents = COMMANDS[args.command]
    args.documents = args.documents or documents
    args.kills = args.kills or (50 if args.command == "resumed" else 30)
    before = load()
    holds = run(args)
    say(f"{before} before, {load()} after")
    sys.exit(not holds)


if __name__ == "__main__":
    main()
