"""What all charts share: colours that everyone can tell apart, also on paper, and a title with its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from legation.errors import MissingExtraError
from legation.knowledge.periods import first_day
from legation.model import Status
from legation.record import MergedEvent

# Of the palette of Okabe and Ito (2008), made for all kinds of colour sight; light and dark of each pair
# also differ in grey, so that verbal and material can be told apart in print.
QUAD_COLOURS = {1: "#56B4E9", 2: "#0072B2", 3: "#E69F00", 4: "#B2182B"}
QUAD_NAMES = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
COOPERATION, CONFLICT, GREY = "#0072B2", "#D55E00", "#767676"
SHADES = ("#B35806", "#F7F7F7", "#2166AC")  # from conflict over nothing to cooperation
WIDTH, HEIGHT = 640, 300
WHOLE = {"format": "d", "tickMinStep": 1}  # a legend of numbers of events: no half ones
REAL: tuple[Status, ...] = ("happened", "ongoing")


def altair() -> Any:
    """Altair, loaded when the first chart is made; raises MissingExtraError where it is not installed."""
    try:
        import altair
    except ImportError as err:
        raise MissingExtraError("A chart", "altair", "charts") from err
    return altair


def real(events: Iterable[MergedEvent], statuses: Sequence[Status] = REAL) -> list[MergedEvent]:
    """The events that happened or go on."""
    return [merged for merged in events if merged.event.status in statuses]


def titled(chart: Any, title: str, source: str | None, note: str = "") -> Any:
    """The chart under its title, with what it is made of below it."""
    alt = altair()
    below = [text for text in (note, source) if text]
    return chart.properties(
        title=alt.TitleParams(
            title, subtitle=below, anchor="start", fontSize=15, subtitleFontSize=11, subtitleColor="#555555", offset=12
        )
    )


def styled(chart: Any) -> Any:
    """The chart in the look of all: plain, on white, with letters that can be read in print."""
    return (
        chart.configure(background="#ffffff", font="Liberation Sans, Helvetica, Arial, sans-serif")
        .configure_axis(labelFontSize=11, titleFontSize=12, gridColor="#e6e6e6", domainColor="#767676")
        .configure_legend(labelFontSize=11, titleFontSize=12, symbolStrokeWidth=0)
        .configure_view(stroke=None)
    )


def said_of(events: Sequence[MergedEvent]) -> str:
    """What a chart of these events is made of: "Source: 12 events in 30 reports of 5 outlets, 2021-07 to 2021-08"."""
    documents = {report.document for merged in events for report in merged.reports}
    outlets = {report.outlet for merged in events for report in merged.reports if report.outlet}
    days = (first_day(merged.event.date) for merged in events)
    months = sorted(day[:7] for day in days if day)
    text = f"Source: {_many(len(events), 'event')} in {_many(len(documents), 'report')}"
    if outlets:
        text += f" of {_many(len(outlets), 'outlet')}"
    if months:
        text += f", {months[0]}" + (f" to {months[-1]}" if months[-1] != months[0] else "")
    return f"{text}; coded by Legation"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
