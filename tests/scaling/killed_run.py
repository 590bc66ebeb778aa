"""A run of its own process that a test ends at random: python killed_run.py RESULT DOCUMENTS WORKERS."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_coder import SlowCoder, ending
from legation.model import Document
from legation.scaling.local import code_chunks
from legation.scaling.resuming import Part


def main(result: Path, count: int, workers: int) -> None:
    """Code so many documents into the .part file, then write the result from it."""
    docs = (Document(f"Norway met Kenya {number} times.", id=str(number)) for number in range(count))
    part = Part(result, {"format": "test"})
    chunks = code_chunks(docs, ending, workers=workers, make_coder=SlowCoder, done=tuple(part.marks))
    for mark, results in chunks:
        part.add(mark, list(results))
    result.write_text("".join(f"{item}\n" for item in part.items()), encoding="utf-8")
    part.close(remove=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
