"""A timeline: bars of cooperation above the line, of conflict below it, a day, a week, a month or a year wide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from legation.web.words import MONTHS, day_text

Step = Literal["day", "week", "month", "year"]
WIDTH, HEIGHT = 960, 240
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 12, 26
# Bars are at most so many; then they become wider ones.
_MOST = {"day": 120, "week": 160, "month": 240}
ABOVE, BELOW = (1, 2), (3, 4)
Counts = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Box:
    """One quad's part of a bar."""

    quad: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The events of one step of time."""

    since: str
    until: str
    label: str
    x: float
    width: float
    boxes: tuple[Box, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line with its label; `x` or `y` by which axis it is of."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that the template writes."""

    bars: tuple[Bar, ...]
    xs: tuple[Tick, ...]
    ys: tuple[Tick, ...]
    zero: float
    step: Step
    total: int
    since: str
    until: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def draw(counts: Counts, since: str | None = None, until: str | None = None) -> Timeline | None:
    """The timeline of counts by day; None where nothing has a day."""
    days = sorted(d for d in counts if _is_day(d))
    if since:
        days = [d for d in days if d >= since]
    if until:
        days = [d for d in days if d <= until]
    if not days:
        return None
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    step = _step(first, last)
    starts = _starts(first, last, step)
    summed: dict[date, dict[int, int]] = {start: {} for start in starts}
    for day in days:
        into = summed[_start(date.fromisoformat(day), step)]
        for quad, number in counts[day].items():
            into[quad] = into.get(quad, 0) + number
    up = max(1, *(sum(c.get(q, 0) for q in ABOVE) for c in summed.values()))
    down = max(1, *(sum(c.get(q, 0) for q in BELOW) for c in summed.values()))
    scale = (HEIGHT - TOP - BOTTOM) / (up + down)
    zero = TOP + up * scale
    wide = (WIDTH - LEFT - RIGHT) / len(starts)
    bars = tuple(_bar(start, step, summed[start], LEFT + n * wide, wide, zero, scale) for n, start in enumerate(starts))
    return Timeline(
        bars=bars,
        xs=tuple(_time_ticks(starts, step, wide)),
        ys=tuple(_count_ticks(up, down, zero, scale)),
        zero=round(zero, 1),
        step=step,
        total=sum(bar.count for bar in bars),
        since=bars[0].since,
        until=bars[-1].until,
    )


def spark(values: list[int], width: int = 120, height: int = 24) -> str:
    """The points of a small line."""
    if len(values) < 2:
        values = [*values, *values] or [0, 0]
    top = max(1, *values)
    wide = width / (len(values) - 1)
    return " ".join(f"{n * wide:.1f},{height - 2 - v / top * (height - 4):.1f}" for n, v in enumerate(values))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _step(first: date, last: date) -> Step:
    days = (last - first).days + 1
    if days <= _MOST["day"]:
        return "day"
    if days <= _MOST["week"] * 7:
        return "week"
    return "month" if days <= _MOST["month"] * 30 else "year"


def _start(day: date, step: Step) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    if step == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if step == "year" else day


def _next(day: date, step: Step) -> date:
    if step == "year":
        return day.replace(year=day.year + 1)
    if step == "month":
        return (day + timedelta(days=31)).replace(day=1)
    return day + timedelta(days=7 if step == "week" else 1)


def _starts(first: date, last: date, step: Step) -> list[date]:
    found, at = [], _start(first, step)
    while at <= last:
        found.append(at)
        at = _next(at, step)
    return found


def _bar(
    start: date, step: Step, counts: Mapping[int, int], x: float, wide: float, zero: float, scale: float
) -> Bar:
    until = _next(start, step) - timedelta(days=1)
    boxes, y = [], zero
    for quad in ABOVE:
        height = counts.get(quad, 0) * scale
        y -= height
        boxes.append(Box(quad, round(y, 1), round(height, 1)))
    y = zero
    for quad in BELOW:
        height = counts.get(quad, 0) * scale
        boxes.append(Box(quad, round(y, 1), round(height, 1)))
        y += height
    return Bar(
        start.isoformat(), until.isoformat(), _label(start, step), round(x, 2), round(wide, 2),
        tuple(b for b in boxes if b.height > 0), sum(counts.values()),
    )  # fmt: skip


def _label(start: date, step: Step) -> str:
    return day_text(start.isoformat(), {"day": "day"}.get(step, step))


def _time_ticks(starts: list[date], step: Step, wide: float) -> list[Tick]:
    """A label where a month, a quarter or a year begins, none nearer to the last than a word is wide."""
    ticks: list[Tick] = []
    told = 0  # the year last written
    for n, start in enumerate(starts):
        x = LEFT + n * wide
        begins = n == 0 or start.month != starts[n - 1].month
        if step == "year":
            begins = True
        if not begins or (ticks and x - ticks[-1].at < 62) or x > WIDTH - RIGHT - 40:
            continue
        label = str(start.year) if step == "year" else MONTHS[start.month - 1][:3]
        if step != "year" and start.year != told:
            label, told = f"{label} {start.year}", start.year
        ticks.append(Tick(round(x, 1), label))
    return ticks


def _count_ticks(up: int, down: int, zero: float, scale: float) -> list[Tick]:
    step = _nice(max(up, down) / 2.5)
    ticks = [Tick(round(zero, 1), "0")]
    ticks += [Tick(round(zero - n * scale, 1), f"{n:,}") for n in range(step, up + 1, step)]
    ticks += [Tick(round(zero + n * scale, 1), f"{n:,}") for n in range(step, down + 1, step)]
    return ticks


def _nice(value: float) -> int:
    power = 1
    while power * 10 <= value:
        power *= 10
    return max(1, next(power * m for m in (1, 2, 5, 10) if power * m >= value))
