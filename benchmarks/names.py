"""How soon the names are loaded, and how fast they are found in running text.

Usage: python benchmarks/names.py [--repeat 5]

Every loading runs in a process of its own; the texts are the reports of examples/, again and again, without
two alike. Times are processor time on one core, the best of the repeats.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.txt"))
LOAD = """
import time
from legation.knowledge import names
start = time.process_time()
names.name_index(); names.find_names("Peru"); names.holders_called("putin"); names.roles()
print(time.process_time() - start)
"""


def loading(repeat: int) -> float:
    """Seconds from the imported module to the first names found."""
    runs = (subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True) for _ in range(repeat))
    return min(float(run.stdout) for run in runs)


def finding(repeat: int, size: int = 2_000_000) -> tuple[float, int]:
    """Megabytes of text a second, sentence-sized pieces as the coder asks for them, and the names found in it."""
    from legation.knowledge.names import find_names

    whole = " ".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
    lines = [f"{line} ({n})" for n in range(size // len(whole) + 1) for line in whole.split("\n") if line.strip()]
    letters = sum(map(len, lines))
    best, found = 1e9, 0
    for _ in range(repeat):
        start = time.process_time()
        found = sum(len(find_names(line)) for line in lines)
        best = min(best, time.process_time() - start)
    return letters / best / 1e6, found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    speed, found = finding(repeat)
    print(f"loading  {loading(repeat):.2f} s")
    print(f"finding  {speed:.0f} MB/s, {found:,} names")


if __name__ == "__main__":
    main()
