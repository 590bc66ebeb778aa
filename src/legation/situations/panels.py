"""Panels: what each unit (a dyad, a country, a province, a district) did in each period, as a table for models.

Definitions with their formulas are in docs/panels.md. An event counts once in a cell however many of its
actors fall into it; `events` are merged ones, `reports` the documents that tell them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from legation.errors import LegationError
from legation.knowledge import codes, ontology
from legation.knowledge.periods import PERIODS, Period, event_period, exactness, period_of, periods_between
from legation.knowledge.places import load_gazetteer
from legation.model import Event, Place, Status
from legation.record import MergedEvent
from legation.situations.dyads import REAL, country_of, dyads

Unit = Literal["dyad", "country", "admin1", "admin2"]
By = Literal["side", "actor", "recipient", "place"]
Measure = Literal["type", "root", "quad", "score", "share"]
Key = tuple[str, ...]
MEASURES: tuple[Measure, ...] = get_args(Measure)
ROOTS = ("03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20")
MOST_CELLS = 5_000_000  # a zero-filled panel larger than this is almost always a mistake in the call


class PanelSpecError(LegationError):
    """A panel that cannot be made as asked."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This panel cannot be made: {why}")


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """Which panel is wanted."""

    unit: Unit = "dyad"
    period: Period = "month"
    directed: bool = True  # dyads: A to B is not B to A
    domestic: bool = True  # dyads: also a country with itself
    by: By = "side"  # countries: as either side, as actor, as recipient, or as where it happened
    measures: tuple[Measure, ...] = ("type", "quad", "score")
    raw: bool = True  # also count reports, not only events
    balanced: bool = True  # every unit in every period, with zeros
    units: tuple[Key, ...] = ()  # these only, also where they did nothing; else those that did
    between: tuple[str, ...] = ()  # only units made of these codes
    since: str | None = None  # ISO days, both in
    until: str | None = None
    statuses: tuple[Status, ...] = REAL
    events: tuple[str, ...] = ()  # PLOVER types; empty: all
    min_confidence: float = 0.0
    lags: tuple[int, ...] = ()  # of every measure, in periods

    def __post_init__(self) -> None:
        if self.lags and not self.balanced:
            raise PanelSpecError("lags need every period, so a panel with lags has to be balanced.")
        if any(lag < 1 for lag in self.lags):
            raise PanelSpecError("a lag is a whole number of periods from 1.")
        if self.period not in PERIODS:
            raise PanelSpecError(f"there is no period '{self.period}'; choose from {', '.join(PERIODS)}.")
        if self.unit not in get_args(Unit) or self.by not in get_args(By):
            raise PanelSpecError(
                "a unit is dyad, country, admin1 or admin2, counted by side, actor, recipient or place."
            )
        unknown = [m for m in self.measures if m not in MEASURES]
        if unknown:
            raise PanelSpecError(f"there is no measure '{unknown[0]}'; choose from {', '.join(MEASURES)}.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a panel: its name, what it holds, and what it says, for the codebook."""

    name: str
    kind: Literal["string", "integer", "number", "date"]
    title: str
    lag: int = 0


@dataclass(slots=True)
class _Cell:
    events: int = 0
    reports: int = 0
    independent: int = 0
    types: Counter[str] = field(default_factory=Counter)
    types_raw: Counter[str] = field(default_factory=Counter)
    roots: Counter[str] = field(default_factory=Counter)
    roots_raw: Counter[str] = field(default_factory=Counter)
    quads: Counter[int] = field(default_factory=Counter)
    quads_raw: Counter[int] = field(default_factory=Counter)
    score: float = 0.0
    score_raw: float = 0.0


@dataclass(frozen=True, slots=True)
class Panel:
    """A table of units and periods. `rows()` gives it a row at a time, in the order of unit and period."""

    spec: PanelSpec
    columns: tuple[Column, ...]
    units: tuple[Key, ...]
    periods: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, int], ...]  # why events are in no cell, and how many
    counted: int  # events in at least one cell
    cells: dict[tuple[Key, str], _Cell]

    def __len__(self) -> int:
        return len(self.units) * len(self.periods) if self.spec.balanced else len(self.cells)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows by column name; None where a value does not exist (a mean of nothing, a lag before the start)."""
        for unit in self.units:
            names = _unit_values(unit, self.spec)
            past: list[dict[str, Any]] = []
            for period, begin in self.periods:
                cell = self.cells.get((unit, period))
                if cell is None and not self.spec.balanced:
                    continue
                values = _measures(cell or _Cell(), self.spec)
                row = {**names, **_codes(unit, begin, self.spec), "period": period, "begin": begin, **values}
                for lag in self.spec.lags:
                    before = past[-lag] if len(past) >= lag else {}
                    row |= {f"{name}_lag{lag}": before.get(name) for name in values}
                past.append(values)
                yield row

    def to_frame(self) -> Any:
        """A pandas data frame of the rows."""
        import pandas

        return pandas.DataFrame(self.rows(), columns=[column.name for column in self.columns])


def panel(events: Iterable[MergedEvent], spec: PanelSpec | None = None) -> Panel:
    """Count the events into the cells of a panel."""
    spec = spec or PanelSpec()
    districts = _Districts() if spec.unit == "admin2" else None
    cells: dict[tuple[Key, str], _Cell] = {}
    begins: dict[str, str] = {}
    left_out: Counter[str] = Counter()
    wanted = frozenset(spec.units)
    counted = 0
    for merged in events:
        event = merged.event
        why = _unfit(merged, spec)
        when = event_period(event, spec.period)
        if why is None and when is None:
            why = f"date not known to the {spec.period}"
        if why is None and when is not None and not _within(event, when, spec):
            why = "outside the time asked for"
        units = [] if why else [u for u in _units(event, spec, districts) if _is_wanted(u, wanted, spec)]
        if why is None and not units:
            why = "no unit of this panel"
        if why is not None or when is None:
            left_out[why or ""] += 1
            continue
        counted += 1
        begins[when[0]] = when[1]
        for unit in units:
            _count(cells.setdefault((unit, when[0]), _Cell()), merged)
    periods = _periods(begins, spec)
    found = tuple(sorted(wanted or {unit for unit, _ in cells}))
    if spec.balanced and len(found) * len(periods) > MOST_CELLS:
        raise PanelSpecError(
            f"{len(found)} units in {len(periods)} periods are more than {MOST_CELLS:,} cells. "
            "Ask for fewer units, for a longer period, or for a panel that is not balanced."
        )
    return Panel(spec, _columns(spec), found, periods, tuple(sorted(left_out.items())), counted, cells)


def _unfit(merged: MergedEvent, spec: PanelSpec) -> str | None:
    event = merged.event
    if event.status not in spec.statuses:
        return f"status {event.status}"
    if spec.events and event.event not in spec.events:
        return "another type"
    return "not sure enough" if merged.confidence < spec.min_confidence else None


def _within(event: Event, when: tuple[str, str], spec: PanelSpec) -> bool:
    # A date known to the day is asked by the day, a vaguer one by its period.
    day = event.date if exactness(event) == "day" else None
    first = period_of(spec.since, spec.period)[1] if spec.since else ""
    last = period_of(spec.until, spec.period)[1] if spec.until else "9999"
    if day is not None:
        return (spec.since or "") <= day <= (spec.until or "9999")
    return first <= when[1] <= last


def _units(event: Event, spec: PanelSpec, districts: _Districts | None) -> list[Key]:
    if spec.unit == "dyad":
        return list(dyads(event, directed=spec.directed, domestic=spec.domestic))
    place = event.place
    if spec.unit == "country":
        return [(code,) for code in _countries(event, spec.by)]
    if place is None or place.country is None:
        return []
    province = _province(place)
    if spec.unit == "admin1":
        return [(place.country, province)] if province else []
    district = districts.of(place) if districts else None
    return [(place.country, province, district)] if province and district else []


def _countries(event: Event, by: By) -> list[str]:
    if by == "place":
        return [event.place.country] if event.place and event.place.country else []
    sides = {"actor": event.actors, "recipient": event.recipients}.get(by, (*event.actors, *event.recipients))
    return list(dict.fromkeys(code for code in map(country_of, sides) if code))


def _province(place: Place) -> str | None:
    return place.province or (place.name if place.precision == "province" or place.kind == "admin1" else None)


class _Districts:
    """The second-level divisions of places; the gazetteer is read only when a place names none itself."""

    def __init__(self) -> None:
        self._by_id: dict[int, str] | None = None

    def of(self, place: Place) -> str | None:
        """The district a place is or lies in."""
        if place.kind == "admin2" or place.precision == "district":
            return place.name
        if place.geonameid is None:
            return None
        if self._by_id is None:
            gazetteer = load_gazetteer()
            rows = (gazetteer.row(number) for number in range(len(gazetteer)))
            self._by_id = {row.geonameid: row.admin2 for row in rows if row.geonameid and row.admin2}
        return self._by_id.get(place.geonameid)


def _is_wanted(unit: Key, wanted: frozenset[Key], spec: PanelSpec) -> bool:
    if wanted and unit not in wanted:
        return False
    sides = unit if spec.unit in ("dyad", "country") else unit[:1]
    return not spec.between or all(code in spec.between for code in sides)


def _count(cell: _Cell, merged: MergedEvent) -> None:
    event = merged.event
    reports = len({report.document for report in merged.reports}) or 1
    root = _root(event)
    cell.events += 1
    cell.reports += reports
    cell.independent += merged.independent or 1
    cell.types[event.event] += 1
    cell.types_raw[event.event] += reports
    cell.roots[root] += 1
    cell.roots_raw[root] += reports
    cell.quads[event.quad_code] += 1
    cell.quads_raw[event.quad_code] += reports
    cell.score += event.event_scale
    cell.score_raw += event.event_scale * reports


def _root(event: Event) -> str:
    kind = ontology.types().get(event.event)
    return (event.cameo or (kind.cameo_code(event.modes) if kind else ""))[:2]


def _periods(begins: dict[str, str], spec: PanelSpec) -> tuple[tuple[str, str], ...]:
    first = spec.since or min(begins.values(), default=None)
    last = spec.until or max(begins.values(), default=None)
    if first is None or last is None:
        return ()
    if not spec.balanced:
        return tuple(sorted(begins.items(), key=lambda item: item[1]))
    return periods_between(first, last, spec.period)


def _unit_names(spec: PanelSpec) -> tuple[str, ...]:
    if spec.unit == "dyad":
        return ("source", "target") if spec.directed else ("side_a", "side_b")
    return {"country": ("country",), "admin1": ("country", "admin1")}.get(spec.unit, ("country", "admin1", "admin2"))


def _unit_values(unit: Key, spec: PanelSpec) -> dict[str, Any]:
    return dict(zip(_unit_names(spec), unit, strict=True))


def _codes(unit: Key, begin: str, spec: PanelSpec) -> dict[str, Any]:
    found: dict[str, Any] = {}
    sides = unit if spec.unit == "dyad" else unit[:1]
    for name, code in zip(_unit_names(spec), sides, strict=False):
        found |= {f"{name}_cow": codes.cow_on(code, begin), f"{name}_gw": codes.gw_on(code, begin)}
    return found


def _measures(cell: _Cell, spec: PanelSpec) -> dict[str, Any]:
    return {name: value for name, value, _ in _measured(cell, spec)}


def _measured(cell: _Cell, spec: PanelSpec) -> Iterator[tuple[str, Any, Column]]:
    """Every measure of a cell with its column: the one place that says what a panel holds."""

    def whole(name: str, value: int, title: str) -> tuple[str, Any, Column]:
        return name, value, Column(name, "integer", title)

    def number(name: str, value: float | None, title: str) -> tuple[str, Any, Column]:
        return name, None if value is None else round(value, 6), Column(name, "number", title)

    yield whole("events", cell.events, "events, each once however many documents tell it")
    if spec.raw:
        yield whole("reports", cell.reports, "documents that tell these events, summed over events")
        yield whole("independent", cell.independent, "outlets with a text of their own, summed over events")
    groups: list[tuple[Measure, str, Sequence[Any], Counter[Any], Counter[Any], str]] = [
        ("type", "", tuple(ontology.types()), cell.types, cell.types_raw, "of type {}"),
        ("root", "root", ROOTS, cell.roots, cell.roots_raw, "of CAMEO root {}"),
        ("quad", "quad", (1, 2, 3, 4), cell.quads, cell.quads_raw, "of quad class {}"),
    ]
    for measure, stem, keys, counts, raw, title in groups:
        if measure not in spec.measures:
            continue
        for key in keys:
            name = f"{stem}{key}".lower()
            yield whole(name, counts[key], "events " + title.format(key))
            if spec.raw:
                yield whole(f"{name}_reports", raw[key], "documents telling events " + title.format(key))
    if "score" in spec.measures:
        yield number("score_sum", cell.score, "sum of the events' conflict-cooperation scores")
        mean = cell.score / cell.events if cell.events else None
        yield number("score_mean", mean, "score_sum / events; empty without events")
        if spec.raw:
            yield number("score_sum_reports", cell.score_raw, "sum of the scores, each times its documents")
    if "share" in spec.measures:
        for quad in (1, 2, 3, 4):
            share = cell.quads[quad] / cell.events if cell.events else None
            yield number(f"share_quad{quad}", share, f"quad{quad} / events; empty without events")
        conflict = (cell.quads[3] + cell.quads[4]) / cell.events if cell.events else None
        yield number("share_conflict", conflict, "(quad3 + quad4) / events; empty without events")


def _columns(spec: PanelSpec) -> tuple[Column, ...]:
    names = _unit_names(spec)
    titles = {
        "source": "code of the acting side", "target": "code of the side acted on", "country": "country",
        "side_a": "code of the side that is first by the alphabet", "side_b": "code of the other side",
        "admin1": "first-level division, by its name in GeoNames",
        "admin2": "second-level division, by its name in GeoNames",
    }  # fmt: skip
    columns = [Column(name, "string", titles[name]) for name in names]
    for name in names if spec.unit == "dyad" else names[:1]:
        columns.append(Column(f"{name}_cow", "integer", f"COW number of {name} on the first day of the period"))
        columns.append(Column(f"{name}_gw", "integer", f"Gleditsch-Ward number of {name} on that day"))
    columns.append(Column("period", "string", f"the {spec.period}"))
    columns.append(Column("begin", "date", "first day of the period"))
    measured = [column for _, _, column in _measured(_Cell(), spec)]
    columns += measured
    for lag in spec.lags:
        columns += [
            Column(f"{c.name}_lag{lag}", c.kind, f"{c.name} {lag} periods before; empty before the first", lag)
            for c in measured
        ]
    return tuple(columns)
