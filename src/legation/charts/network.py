"""Who acts on whom: as a matrix, and as a network."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import cos, pi, sin
from typing import Any

from legation.charts.theme import GREY, SHADES, WHOLE, altair, real, said_of, styled, titled
from legation.model import Actor, Event
from legation.record import MergedEvent


def actor_matrix(
    events: Iterable[MergedEvent],
    *,
    top: int = 15,
    sectors: bool = False,
    title: str | None = None,
    source: str | None = None,
) -> Any:
    """Who (rows) did how much to whom (columns): the number of events, on the colour of their mean score.

    Events where all act together count both ways. `sectors` tells a state's government, army and rebels apart.
    """
    alt = altair()
    chosen = real(events)
    names, numbers, scores = _pairs(chosen, top, sectors)
    rows = [
        {"actor": a, "recipient": b, "events": number, "score": round(scores[a, b] / number, 3)}
        for (a, b), number in sorted(numbers.items())
    ]
    side = max(18, min(34, 560 // max(1, len(names))))
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("recipient:N", sort=names, title="to whom", axis=alt.Axis(orient="top", labelAngle=-60)),
        y=alt.Y("actor:N", sort=names, title="who"),
    )
    colour = alt.Color(
        "score:Q",
        title=["mean score:", "conflict to", "cooperation"],
        scale=alt.Scale(domain=[-10, 0, 10], range=list(SHADES)),
        legend=alt.Legend(gradientLength=160),
    )
    cells = base.mark_rect(stroke="#cccccc").encode(
        color=colour, tooltip=["actor:N", "recipient:N", "events:Q", "score:Q"]
    )
    # White letters on the dark ends of the scale, black ones else.
    letters = base.mark_text(fontSize=11).encode(
        text="events:Q", color=alt.condition("abs(datum.score) > 6", alt.value("white"), alt.value("black"))
    )
    chart = alt.layer(cells, letters).properties(width=alt.Step(side), height=alt.Step(side))
    return styled(titled(chart, title or "Who did how much to whom", source or said_of(chosen)))


def actor_network(
    events: Iterable[MergedEvent],
    *,
    top: int = 15,
    sectors: bool = False,
    title: str | None = None,
    source: str | None = None,
) -> Any:
    """The actors with most events on a circle, joined by lines as wide as they have events with each other."""
    alt = altair()
    chosen = real(events)
    names, directed, scores = _pairs(chosen, top, sectors)
    at = {
        name: (cos(2 * pi * i / max(1, len(names)) + pi / 2), sin(2 * pi * i / max(1, len(names)) + pi / 2))
        for i, name in enumerate(names)
    }
    joined: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0, 0.0])
    for (a, b), number in directed.items():
        if a != b:
            key = (a, b) if a < b else (b, a)
            joined[key][0] += number
            joined[key][1] += scores[a, b]
    lines = [
        {
            "x": at[a][0], "y": at[a][1], "x2": at[b][0], "y2": at[b][1], "between": f"{a} and {b}",
            "events": int(number), "score": round(score / number, 3),
        }
        for (a, b), (number, score) in sorted(joined.items(), key=lambda item: (item[1][0], item[0]))
    ]  # fmt: skip
    weight = Counter[str]()
    for (a, b), number in directed.items():
        weight[a] += number
        weight[b] += number if b != a else 0
    dots = [
        {"name": name, "x": at[name][0], "y": at[name][1], "lx": at[name][0] * 1.16, "ly": at[name][1] * 1.1,
         "events": weight[name]}
        for name in names
    ]  # fmt: skip
    scale = alt.Scale(domain=[-1.35, 1.35])
    edges = (
        alt.Chart(alt.Data(values=lines))
        .mark_rule(opacity=0.85, strokeCap="round")
        .encode(
            x=alt.X("x:Q", axis=None, scale=scale), y=alt.Y("y:Q", axis=None, scale=scale), x2="x2:Q", y2="y2:Q",
            strokeWidth=alt.StrokeWidth(
                "events:Q", title="events", scale=alt.Scale(range=[0.75, 9]), legend=alt.Legend(**WHOLE)
            ),
            color=alt.Color(
                "score:Q", title=["mean score:", "conflict to", "cooperation"],
                scale=alt.Scale(domain=[-10, 0, 10], range=[SHADES[0], "#bdbdbd", SHADES[2]]),
            ),
            tooltip=["between:N", "events:Q", "score:Q"],
        )
    )  # fmt: skip
    nodes = alt.Chart(alt.Data(values=dots)).encode(x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale))
    circles = nodes.mark_circle(color=GREY, opacity=1).encode(
        size=alt.Size("events:Q", legend=None, scale=alt.Scale(range=[40, 500])), tooltip=["name:N", "events:Q"]
    )
    letters = alt.Chart(alt.Data(values=dots)).mark_text(fontSize=12, fontWeight="bold").encode(
        x=alt.X("lx:Q", scale=scale), y=alt.Y("ly:Q", scale=scale), text="name:N"
    )
    chart = alt.layer(edges, circles, letters).properties(width=520, height=520)
    return styled(titled(chart, title or "Who has to do with whom", source or said_of(chosen)))


def _pairs(
    events: Sequence[MergedEvent], top: int, sectors: bool
) -> tuple[list[str], Counter[tuple[str, str]], dict[tuple[str, str], float]]:
    """The actors with most events, how often each acts on each, and the sum of the scores."""
    numbers: Counter[tuple[str, str]] = Counter()
    scores: dict[tuple[str, str], float] = defaultdict(float)
    weight: Counter[str] = Counter()
    for merged in events:
        pairs = _directed(merged.event, sectors)
        for name in dict.fromkeys(name for pair in pairs for name in pair):
            weight[name] += 1
        for pair in pairs:
            numbers[pair] += 1
            scores[pair] += merged.event.event_scale
    names = sorted(weight, key=lambda name: (-weight[name], name))[:top]
    kept = Counter({pair: n for pair, n in numbers.items() if pair[0] in names and pair[1] in names})
    return names, kept, scores


def _directed(event: Event, sectors: bool) -> list[tuple[str, str]]:
    def name(actor: Actor) -> str | None:
        return " ".join(p for p in (actor.code, actor.sector if sectors else None) if p) if actor.code else None

    actors = [n for n in map(name, event.actors) if n]
    if event.recipients:
        pairs = [(a, r) for a in actors for r in map(name, event.recipients) if r]
    else:
        pairs = [(a, b) for i, a in enumerate(actors) for j, b in enumerate(actors) if i != j]
    return list(dict.fromkeys(pairs))
