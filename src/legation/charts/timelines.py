"""Events over time: by quad class or by type, and how two sides stood to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from legation.charts.theme import (
    CONFLICT,
    COOPERATION,
    HEIGHT,
    QUAD_COLOURS,
    QUAD_NAMES,
    WIDTH,
    altair,
    real,
    said_of,
    styled,
    titled,
)
from legation.knowledge import ontology
from legation.knowledge.periods import Period, event_period
from legation.model import Event
from legation.record import MergedEvent


def timeline(
    events: Iterable[MergedEvent],
    *,
    by: Literal["quad", "type"] = "quad",
    period: Period | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Any:
    """Events a day, week or month: stacked by quad class, or a strip for each type.

    The period is chosen by the time the events span where none is given.
    """
    alt = altair()
    chosen = [m for m in real(events) if _begin(m.event, "day") or _begin(m.event, "month")]
    period = period or fitting(chosen)
    counts: dict[tuple[str, str, int], int] = defaultdict(int)
    for merged in chosen:
        begin = _begin(merged.event, period)
        if begin:
            event = merged.event
            counts[begin, event.event if by == "type" else "", event.quad_code] += 1
    rows = [
        {"begin": begin, "type": kind, "quad": QUAD_NAMES.get(quad, "?"), "order": quad, "events": number}
        for (begin, kind, quad), number in sorted(counts.items())
    ]
    colour = alt.Color(
        "quad:N",
        title="Quad class",
        scale=alt.Scale(domain=list(QUAD_NAMES.values()), range=list(QUAD_COLOURS.values())),
        legend=alt.Legend(orient="top", direction="horizontal", symbolType="square"),
    )
    time = alt.X("begin:T", title=None, axis=alt.Axis(format=_format(period), labelOverlap=True, tickCount=10))
    chart = alt.Chart(alt.Data(values=rows)).mark_bar(stroke="white", strokeWidth=0.5, width=_bar(rows)).encode(
        x=time,
        color=colour,
        tooltip=["begin:T", "quad:N", *(["type:N"] if by == "type" else []), "events:Q"],
    )
    if by == "type":
        types = [name for name in ontology.types() if any(row["type"] == name for row in rows)]
        chart = chart.encode(
            y=alt.Y("events:Q", title=None, axis=alt.Axis(tickCount=1, format="d", tickMinStep=1)),
            row=alt.Row(
                "type:N", sort=types, title=None,
                header=alt.Header(labelAngle=0, labelAlign="left", labelFontSize=11), spacing=12,
            ),
        ).properties(width=WIDTH - 60, height=28)  # fmt: skip
    else:
        chart = chart.encode(
            y=alt.Y("events:Q", title=f"events a {period}", axis=alt.Axis(format="d", tickMinStep=1)),
            order=alt.Order("order:Q"),
        ).properties(width=WIDTH, height=HEIGHT)
    heading = title or ("Events by type" if by == "type" else "Cooperation and conflict over time")
    return styled(titled(chart, heading, source or said_of(chosen)))


def dyad_intensity(
    events: Iterable[MergedEvent],
    between: Sequence[str] = (),
    *,
    period: Period | None = None,
    top: int = 6,
    title: str | None = None,
    source: str | None = None,
) -> Any:
    """How much two sides cooperated (up) and fought (down) in each period, by the sum of the events' scores.

    `between` names two or more countries, whose dyads are shown; else the `top` dyads with most events are.
    """
    alt = altair()
    chosen = [m for m in real(events) if _begin(m.event, "day") or _begin(m.event, "month")]
    found: dict[str, list[MergedEvent]] = defaultdict(list)
    for merged in chosen:
        for dyad in _dyads(merged.event, between):
            found[dyad].append(merged)
    shown = sorted(found, key=lambda dyad: (-len(found[dyad]), dyad))[:top]
    period = period or fitting([m for dyad in shown for m in found[dyad]])
    sums: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0])
    for dyad in shown:
        for merged in found[dyad]:
            begin = _begin(merged.event, period)
            if begin:
                side = "conflict" if merged.event.event_scale < 0 else "cooperation"
                sums[dyad, begin, side][0] += merged.event.event_scale
                sums[dyad, begin, side][1] += 1
    rows = [
        {"dyad": dyad, "begin": begin, "side": side, "score": round(score, 3), "events": number}
        for (dyad, begin, side), (score, number) in sorted(sums.items())
    ]
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(width=_bar(rows))
        .encode(
            x=alt.X("begin:T", title=None, axis=alt.Axis(format=_format(period), labelOverlap=True, tickCount=10)),
            y=alt.Y("score:Q", title="sum of scores", axis=alt.Axis(tickCount=4)),
            color=alt.Color(
                "side:N", title=None,
                scale=alt.Scale(domain=["cooperation", "conflict"], range=[COOPERATION, CONFLICT]),
                legend=alt.Legend(orient="top", symbolType="square"),
            ),
            tooltip=["dyad:N", "begin:T", "side:N", "score:Q", "events:Q"],
        )
        .properties(width=WIDTH - 60, height=90)
        .facet(row=alt.Row("dyad:N", sort=shown, title=None, header=alt.Header(labelAngle=0, labelAlign="left")))
    )  # fmt: skip
    used = [m for dyad in shown for m in found[dyad]]
    return styled(titled(chart, title or "What dyads did to each other", source or said_of(list(dict.fromkeys(used)))))


def fitting(events: Sequence[MergedEvent]) -> Period:
    """Days for up to ten weeks, weeks for up to a year, else months."""
    days = sorted(begin for begin in (_begin(m.event, "day") for m in events) if begin)
    if not days:
        return "month"
    span = (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days
    return "day" if span <= 70 else "week" if span <= 366 else "month"


def _begin(event: Event, period: Period) -> str | None:
    """The first day of the event's period; None where its date is not known so exactly."""
    when = event_period(event, period)
    return when[1] if when else None


def _dyads(event: Event, between: Sequence[str]) -> list[str]:
    if event.recipients:
        pairs = [(a.code, r.code) for a in event.actors for r in event.recipients]
    else:
        pairs = [(a.code, b.code) for i, a in enumerate(event.actors) for b in event.actors[i + 1 :]]
    wanted = set(between)
    return list(
        dict.fromkeys(
            " – ".join(sorted((a, b)))
            for a, b in pairs
            if a and b and a != b and (not wanted or (a in wanted and b in wanted))
        )
    )


def _format(period: Period) -> str:
    return {"day": "%-d %b %Y", "week": "%-d %b %Y", "year": "%Y"}.get(period, "%b %Y")


def _bar(rows: Sequence[dict[str, Any]]) -> float:
    """The width of a bar: as much as the closest two leave, at least a line."""
    days = sorted({date.fromisoformat(row["begin"]) for row in rows})
    if len(days) < 2:
        return 24.0
    step = min((b - a).days for a, b in pairwise(days))
    return max(1.5, min(24.0, (WIDTH - 60) * step / ((days[-1] - days[0]).days + step) - 1))
