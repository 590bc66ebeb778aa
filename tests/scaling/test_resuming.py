"""A run that is stopped, at any moment and in any way, is taken up again and gives the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from legation.errors import InputPathError
from legation.scaling.resuming import OtherSettingsError, Part

HERE = Path(__file__).parent


def _start(result: Path, count: int) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(HERE.parents[1] / "src"), str(HERE.parent)])
    command = [sys.executable, str(HERE / "killed_run.py"), str(result), str(count), "2"]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.DEVNULL)


def _workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    found = []
    for task in Path(f"/proc/{process.pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found


def _disturbed(result: Path, count: int, kills: int) -> int:
    """The run, its process or one of its workers ended at random so many times; how often that came in time."""
    chance = random.Random(2026)
    done = 0
    process = _start(result, count)
    part = result.with_name(result.name + ".part")
    while done < kills and process.poll() is None:
        begun = part.stat().st_size if part.exists() else 0
        while process.poll() is None and (part.stat().st_size if part.exists() else 0) <= begun:
            time.sleep(0.01)  # a little is done between two kills, else no run ever ends
        time.sleep(chance.random() * 0.05)
        try:
            workers = _workers_of(process)
            if done % 2 and workers:
                os.kill(chance.choice(workers), signal.SIGKILL)
            else:
                process.kill()
                process.wait()
                process = _start(result, count)
        except (ProcessLookupError, FileNotFoundError):
            continue
        done += 1
    assert process.wait(120) == 0
    return done


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers in /proc, which is Linux's")
@pytest.mark.parametrize(
    ("count", "kills"), [(600, 3), pytest.param(6000, 30, marks=pytest.mark.slow, id="thirty")]
)
def test_a_run_killed_at_random_ends_with_the_undisturbed_bytes(tmp_path: Path, count: int, kills: int) -> None:
    assert _start(tmp_path / "whole", count).wait(240) == 0

    assert _disturbed(tmp_path / "result", count, kills) == kills

    assert (tmp_path / "result").read_bytes() == (tmp_path / "whole").read_bytes()
    assert not (tmp_path / "result.part").exists()


def test_a_line_cut_short_is_done_again(tmp_path: Path) -> None:
    part = Part(tmp_path / "r", {"format": "csv"})
    part.add("one", [["a", []], ["\ud800", []]])
    part.add("two", [["b", []]])
    part.close()
    path = tmp_path / "r.part"
    path.write_bytes(path.read_bytes()[:-4])

    again = Part(tmp_path / "r", {"format": "csv"})
    again.add("two", [["B", []]])

    assert again.marks == ["one", "two"]
    assert [text for text, _ in again.items()] == ["a", "\ud800", "B"]
    again.close(remove=True)
    assert not path.exists()


def test_other_settings_and_a_second_run_beside_the_first_are_refused(tmp_path: Path) -> None:
    part = Part(tmp_path / "r", {"format": "csv", "version": "1"})

    with pytest.raises(InputPathError, match="another run"):
        Part(tmp_path / "r", {"format": "csv", "version": "1"})
    part.close()
    with pytest.raises(OtherSettingsError, match=r"differs in: format\."):
        Part(tmp_path / "r", {"format": "stix", "version": "1"})
