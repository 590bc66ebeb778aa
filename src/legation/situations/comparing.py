"""How far two records of the same world agree: by type, by quad, by dyad, by month, and together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from legation.knowledge.periods import Period, event_period, first_day
from legation.model import Status
from legation.record import MergedEvent
from legation.situations.dyads import REAL, country_of, dyads

Cell = tuple[str, str, str]  # period, dyad, type


@dataclass(frozen=True, slots=True)
class Agreement:
    """One group of events (a type, a dyad, a month) in both records."""

    name: str
    a: int
    b: int
    matched: int  # sum over cells of the smaller count

    @property
    def overlap(self) -> float | None:
        """Matched over all: 1 where the two say the same, 0 where they share nothing."""
        everything = self.a + self.b - self.matched
        return self.matched / everything if everything else None

    @property
    def found_in_b(self) -> float | None:
        """The share of A's events that B has too."""
        return self.matched / self.a if self.a else None

    @property
    def found_in_a(self) -> float | None:
        """The share of B's events that A has too."""
        return self.matched / self.b if self.b else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side."""

    period: Period
    total: Agreement
    by_type: tuple[Agreement, ...]
    by_quad: tuple[Agreement, ...]
    by_dyad: tuple[Agreement, ...]
    by_period: tuple[Agreement, ...]
    pearson_periods: float | None  # of the counts a period
    pearson_cells: float | None  # of the counts a dyad and period
    spearman_cells: float | None
    left_out_a: int  # not dated exactly enough, or with no known side
    left_out_b: int


def compare(
    a: Iterable[MergedEvent],
    b: Iterable[MergedEvent],
    period: Period = "month",
    *,
    statuses: Sequence[Status] = REAL,
    since: str | None = None,
    until: str | None = None,
) -> Comparison:
    """Compare two records by cells of period, dyad (not directed) and type.

    An event counts once in each dyad of countries it stands between; with one known side the dyad is that
    side alone. Rows of one document with the same day, dyad and type count once: data sets of pairs write an
    event of many sides as many rows. `matched` is what the smaller record has in a cell, so it needs no guess
    at which events are the same.
    """
    first, quads_a, left_a = _cells(a, period, statuses, since, until)
    second, quads_b, left_b = _cells(b, period, statuses, since, until)
    cells = sorted({*first, *second})
    both = sorted({(p, d) for p, d, _ in cells})
    dyadic_a, dyadic_b = _summed(first, (0, 1)), _summed(second, (0, 1))
    pairs = [(dyadic_a[cell], dyadic_b[cell]) for cell in both]
    by_period = _grouped(first, second, 0)
    return Comparison(
        period=period,
        total=Agreement("all", first.total(), second.total(), sum(min(first[c], second[c]) for c in cells)),
        by_type=_grouped(first, second, 2),
        by_quad=_agreements(quads_a, quads_b),
        by_dyad=tuple(sorted(_grouped(first, second, 1), key=lambda g: (-(g.a + g.b), g.name))),
        by_period=by_period,
        pearson_periods=pearson([(g.a, g.b) for g in by_period]),
        pearson_cells=pearson(pairs),
        spearman_cells=pearson(list(zip(_ranks([x for x, _ in pairs]), _ranks([y for _, y in pairs]), strict=True))),
        left_out_a=left_a,
        left_out_b=left_b,
    )


def pearson(pairs: Sequence[tuple[float, float]]) -> float | None:
    """The correlation of the pairs; None for fewer than three, or where a side never changes."""
    if len(pairs) < 3:
        return None
    mean_x = sum(x for x, _ in pairs) / len(pairs)
    mean_y = sum(y for _, y in pairs) / len(pairs)
    cross = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread_x = sum((x - mean_x) ** 2 for x, _ in pairs)
    spread_y = sum((y - mean_y) ** 2 for _, y in pairs)
    return round(cross / sqrt(spread_x * spread_y), 6) if spread_x > 0 and spread_y > 0 else None


def _cells(
    events: Iterable[MergedEvent], period: Period, statuses: Sequence[Status], since: str | None, until: str | None
) -> tuple[Counter[Cell], Counter[tuple[str, str, str]], int]:
    cells: Counter[Cell] = Counter()
    quads: Counter[tuple[str, str, str]] = Counter()
    left_out = 0
    seen: set[tuple[str | None, str, str, str]] = set()
    for merged in events:
        event = merged.event
        if event.status not in statuses:
            continue
        when = event_period(event, period)
        if when is not None and not (since or "") <= (first_day(event.date) or "") <= (until or "9999"):
            continue
        pairs = ["-".join(pair) for pair in dyads(event, directed=False)]
        if not pairs:
            sides = map(country_of, (*event.actors, *event.recipients))
            pairs = list(dict.fromkeys(code for code in sides if code))[:1]
        if when is None or not pairs:
            left_out += 1
            continue
        document = merged.reports[0].document if merged.reports else merged.id
        for pair in pairs:
            key = (event.date, pair, event.event, document)
            if key in seen:
                continue
            seen.add(key)
            cells[when[0], pair, event.event] += 1
            quads[when[0], pair, str(event.quad_code)] += 1
    return cells, quads, left_out


def _grouped(first: Counter[Cell], second: Counter[Cell], part: int) -> tuple[Agreement, ...]:
    return _agreements(first, second, part)


def _agreements(first: Counter[Cell], second: Counter[Cell], part: int = 2) -> tuple[Agreement, ...]:
    a, b, matched = Counter[str](), Counter[str](), Counter[str]()
    for cell in {*first, *second}:
        name = cell[part]
        a[name] += first[cell]
        b[name] += second[cell]
        matched[name] += min(first[cell], second[cell])
    return tuple(Agreement(name, a[name], b[name], matched[name]) for name in sorted(a))


def _summed(cells: Counter[Cell], parts: tuple[int, int]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for cell, count in cells.items():
        found[cell[parts[0]], cell[parts[1]]] += count
    return found


def _ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, equal values sharing the mean of theirs."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for i in order[at : end + 1]:
            ranks[i] = (at + end) / 2
        at = end + 1
    return ranks
