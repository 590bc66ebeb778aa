"""How far the record can be trusted: confidence against truth, and who the record is taken from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from legation.charts.theme import COOPERATION, GREY, WHOLE, WIDTH, altair, said_of, styled, titled
from legation.record import MergedEvent

_OTHERS = "all others"


def reliability(
    pairs: Iterable[tuple[float, bool]],
    *,
    bins: int = 10,
    title: str | None = None,
    source: str | None = None,
) -> Any:
    """Of events given a confidence, how many were right: on the line, the confidence means what it says.

    Each bar is the 95 % interval of Wilson; the error is the mean distance from the line, weighted by events.
    """
    alt = altair()
    rows = reliability_rows(pairs, bins)
    total = sum(row["events"] for row in rows)
    error = sum(row["events"] * abs(row["right"] - row["confidence"]) for row in rows) / total if total else 0.0
    ends = [{"confidence": 0, "right": 0}, {"confidence": 1, "right": 1}]
    unit = alt.Scale(domain=[0, 1])
    x = alt.X("confidence:Q", title="confidence given", scale=unit)
    y = alt.Y("right:Q", title="share right", scale=unit)
    line = alt.Chart(alt.Data(values=ends)).mark_line(strokeDash=[5, 4], color=GREY).encode(x=x, y=y)
    base = alt.Chart(alt.Data(values=rows))
    ranges = base.mark_rule(color=COOPERATION, strokeWidth=1.5).encode(x=x, y=alt.Y("low:Q", scale=unit), y2="high:Q")
    points = base.mark_circle(color=COOPERATION, opacity=1).encode(
        x=x, y=y,
        size=alt.Size("events:Q", title="events", scale=alt.Scale(range=[30, 400]), legend=alt.Legend(**WHOLE)),
        tooltip=["confidence:Q", "right:Q", "events:Q", "low:Q", "high:Q"],
    )  # fmt: skip
    chart = alt.layer(line, ranges, points).properties(width=380, height=380)
    note = f"{total:,} events; expected calibration error {error:.3f}"
    return styled(titled(chart, title or "Does the confidence mean what it says?", source, note))


def reliability_rows(pairs: Iterable[tuple[float, bool]], bins: int = 10) -> list[dict[str, Any]]:
    """For each bin of confidence with events: mean confidence, share right, its interval, and the number of events."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in pairs:
        groups.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    rows = []
    for _, group in sorted(groups.items()):
        number = len(group)
        share = sum(right for _, right in group) / number
        low, high = wilson(share, number)
        mean = sum(confidence for confidence, _ in group) / number
        rows.append(
            {
                "confidence": round(mean, 4), "right": round(share, 4), "events": number,
                "low": round(low, 4), "high": round(high, 4),
            }
        )  # fmt: skip
    return rows


def wilson(share: float, number: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of Wilson for a share among a number of cases."""
    middle = share + z * z / (2 * number)
    spread = z * (share * (1 - share) / number + z * z / (4 * number * number)) ** 0.5
    whole = 1 + z * z / number
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def source_mix(
    events: Iterable[MergedEvent],
    *,
    top: int = 12,
    title: str | None = None,
    source: str | None = None,
) -> Any:
    """Which outlets the record is taken from: reports in a text of their own, and copies of others."""
    alt = altair()
    chosen = list(events)
    numbers: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str]] = set()
    for merged in chosen:
        for report in merged.reports:
            key = (report.document, report.outlet or "")
            if key not in seen:
                seen.add(key)
                numbers[report.outlet or "unknown", "copy" if report.copy_of else "own text"] += 1
    totals = Counter[str]()
    for (outlet, _), number in numbers.items():
        totals[outlet] += number
    shown = sorted(totals, key=lambda outlet: (-totals[outlet], outlet))[:top]
    merged_counts: Counter[tuple[str, str]] = Counter()
    for (outlet, kind), number in numbers.items():
        merged_counts[outlet if outlet in shown else _OTHERS, kind] += number
    rows = [
        {"outlet": outlet, "kind": kind, "reports": number} for (outlet, kind), number in sorted(merged_counts.items())
    ]
    order: Sequence[str] = [*shown, _OTHERS]
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("reports:Q", title="reports that tell an event", axis=alt.Axis(format="d", tickMinStep=1)),
            y=alt.Y("outlet:N", sort=list(order), title=None),
            color=alt.Color(
                "kind:N", title=None, scale=alt.Scale(domain=["own text", "copy"], range=[COOPERATION, "#B8B8B8"]),
                legend=alt.Legend(orient="top", symbolType="square"),
            ),
            order=alt.Order("kind:N", sort="descending"),
            tooltip=["outlet:N", "kind:N", "reports:Q"],
        )
        .properties(width=WIDTH - 120, height=alt.Step(20))
    )  # fmt: skip
    return styled(titled(chart, title or "Who the record is taken from", source or said_of(chosen)))
