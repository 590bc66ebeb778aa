"""Runs whose processes are killed at random must end with the record of a run that nobody touched.

`killed` ends workers of `legation code`, Python workers of Spark, or Spark's executors; `resumed` ends the whole
command, workers and all, and takes it up again. Both find the processes in /proc and so run on Linux only.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import bench

HOME = Path(__file__).resolve().parents[1]
FILES = 100  # of a corpus: on Spark each is a task, and thirty kills must leave some alone
_LOOK = 0.02  # seconds between two looks at a run
_SEED = 2026


def environment(**more: str) -> dict[str, str]:
    """For a command of its own: this package, one thread for matrices."""
    path = os.pathsep.join(filter(None, [str(HOME / "src"), os.environ.get("PYTHONPATH")]))
    return {**os.environ, **dict.fromkeys(bench.THREADS, "1"), "PYTHONPATH": path, **more}


def coding(given: Path, out: Path, *options: str) -> list[str]:
    """The command that codes a file or folder into reports."""
    return [sys.executable, "-m", "legation", "code", str(given), "-f", "report", "-o", str(out), *options]


def whole_record(home: Path, given: Path) -> Path:
    """What one process makes of the input; kept in `home`, where it is found again."""
    whole = home / f"whole-{given.name}.jsonl"
    if not whole.exists():
        subprocess.run(coding(given, whole), env=environment(), check=True)
    return whole


@contextmanager
def running(command: Sequence[str], log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a group of its own, of which nothing is left afterwards."""
    with log.open("ab") as told:
        process = subprocess.Popen(
            command, env=environment(**more), stdout=told, stderr=told, start_new_session=True
        )
        try:
            yield process
        finally:
            end_all(process)


def end_all(process: subprocess.Popen[bytes]) -> None:
    """Kill the command and all that it started, as a reboot would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def below(process: int, name: bytes) -> list[int]:
    """The processes started by this one, by their children and so on, whose command holds the name."""
    found = []
    for child in _children(process):
        with suppress(OSError):
            named = name in Path(f"/proc/{child}/cmdline").read_bytes()
            found += [child, *below(child, name)] if named else below(child, name)
    return found


def _children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in task.read_text(encoding="ascii").split()]
    return found


def workers(process: int) -> list[int]:
    """The workers of `legation code --workers`."""
    return below(process, b"spawn_main")


def python_workers(process: int) -> list[int]:
    """Spark's Python workers, without the daemon that starts them."""
    return [child for daemon in below(process, b"pyspark.daemon") for child in _children(daemon)]


def executors(process: int) -> list[int]:
    """Spark's executors, which have processes of their own where the master is local-cluster."""
    return below(process, b"CoarseGrainedExecutorBackend")


Victims = Callable[[int], list[int]]
Progress = Callable[[], int]


def disturbed(
    process: subprocess.Popen[bytes], victims: Victims, progress: Progress, kills: int, wait: float
) -> int:
    """Kill one of the victims so many times, each after some progress and at a random moment; how often it came to."""
    chance = random.Random(_SEED)
    done = 0
    seen = progress()
    while done < kills and process.poll() is None:
        while process.poll() is None and progress() <= seen:
            time.sleep(_LOOK)
        time.sleep(chance.random() * wait)
        found = victims(process.pid)
        if not found:
            continue
        with suppress(ProcessLookupError):
            os.kill(chance.choice(found), signal.SIGKILL)
            done += 1
            seen = progress()
    return done


def killed_workers(home: Path, given: Path, kills: int) -> tuple[int, bool]:
    """`legation code --workers 2` with its workers killed: how often, and whether the record is the same."""
    whole = whole_record(home, given)
    out = _fresh(home / "workers" / "record.jsonl")
    size = whole.stat().st_size
    step = max(1, size // (kills + 2))  # between two kills: so all of them come before the end

    def written() -> int:
        return sum(part.stat().st_size for part in out.parent.glob(".*.part")) // step

    with running(coding(given, out, "--workers", "2"), home / "workers.log") as process:
        done = disturbed(process, workers, written, kills, wait=1.0)
        finished = process.wait() == 0
    return done, finished and out.read_bytes() == whole.read_bytes()


def killed_spark(home: Path, given: Path, kills: int, victims: Victims, master: str) -> tuple[int, bool]:
    """A run on Spark with its Python workers or executors killed."""
    import scale_spark

    name = victims.__name__
    whole = whole_record(home, given)
    out = _fresh(home / name / "coded")
    log = home / f"{name}.log"
    settings = scale_spark.settings(home, master)

    def tasks_done() -> int:
        return len({part.name for part in out.glob("documents/**/part-*.parquet")})

    with running(scale_spark.command(given, out), log, **settings) as process:
        done = disturbed(process, victims, tasks_done, kills, wait=2.0)
        finished = process.wait() == 0
    return done, finished and scale_spark.same(out, whole)


def resumed(home: Path, given: Path, kills: int) -> tuple[int, int, bool]:
    """`legation code --resume` killed whole: how often, how often before anything new was done, whether same.

    Every other kill waits until a chunk more is done, so that the run ends some day; the others come at any moment
    of the start, of the reading of what is done or of the work. One life of three has two workers.
    """
    whole = whole_record(home, given)
    out = _fresh(home / f"resumed-{given.name}" / "record.jsonl")
    part = out.with_name(out.name + ".part")
    chance = random.Random(_SEED)
    done = early = 0
    until_first = 0.0  # seconds from the start of the command to its first chunk
    code: int | None = None
    for turn in count():
        begun, start = _size(part), time.monotonic()
        command = coding(given, out, "--resume", "--workers", str(1 + turn % 3 // 2))
        with running(command, home / "resumed.log") as process:
            if done >= kills:
                process.wait()
            elif done % 2 == 0:
                _wait(process, lambda begun=begun: _size(part) > begun, 600)
                until_first = until_first or time.monotonic() - start
                time.sleep(chance.random() * 0.1)
            else:
                _wait(process, lambda: False, 2 * chance.random() * until_first)
            code = process.poll()
        if code is not None:
            break
        done += 1
        early += _size(part) <= begun
    left = sorted(path.name for path in out.parent.iterdir())
    return done, early, code == 0 and left == [out.name] and out.read_bytes() == whole.read_bytes()


def _wait(process: subprocess.Popen[bytes], reached: Callable[[], bool], seconds: float) -> None:
    """Wait until it is reached, the process is over or so many seconds are."""
    end = time.monotonic() + seconds
    while process.poll() is None and not reached() and time.monotonic() < end:
        time.sleep(_LOOK)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _fresh(out: Path) -> Path:
    shutil.rmtree(out.parent, ignore_errors=True)
    out.parent.mkdir(parents=True)
    return out
