"""The page that says what is known of each country says what the tables hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "actor_coverage.py"


def test_the_page_was_written_from_these_tables() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, check=False)
    assert done.returncode == 0, "write it anew: python scripts/actor_coverage.py"
