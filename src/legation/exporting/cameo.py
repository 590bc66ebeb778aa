"""The `cameo` format: the tab-separated events of PETRARCH, one line a pair of source and target.

Columns: date (YYYYMMDD), source, target, CAMEO code, issues (empty), id of the sentence, URL, outlet. No head.
"""

from __future__ import annotations

from collections.abc import Sequence

from legation.exporting.crosswalk import cameo_actor, cameo_code, line, pairs, told_as_real
from legation.exporting.rows import Row
from legation.model import Status

COLUMNS = ("date", "source", "target", "event", "issues", "ids", "url", "source_name")
UNKNOWN = "---"  # what PETRARCH writes where it has no actor


def cameo_lines(rows: Sequence[Row], statuses: frozenset[Status] | None = None) -> str:
    """The rows as PETRARCH writes events."""
    lines: list[str] = []
    for row in told_as_real(rows, statuses):
        told = row.main
        ids = f"{row.document or row.id}_{told.sequence + 1}" if told else row.id
        for pair in pairs(row):
            lines.append(
                line(
                    [
                        (row.day or "").replace("-", ""),
                        cameo_actor(pair.source) or UNKNOWN,
                        cameo_actor(pair.target) or UNKNOWN,
                        cameo_code(row),
                        "",
                        ids,
                        row.url,
                        row.outlet,
                    ]
                )
            )
    return "".join(lines)
