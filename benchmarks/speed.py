"""The short form of bench.py: speeds beside the parser, and the start. Usage: python benchmarks/speed.py."""

from __future__ import annotations

import sys

from bench import main

if __name__ == "__main__":
    sys.argv[1:1] = ["--quick"]
    main()
