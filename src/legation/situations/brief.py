"""A brief of a situation in which every line cites the sentences that say so; `printing` writes it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from legation.knowledge import codes as codes_of
from legation.model import Actor, Event
from legation.record import MergedEvent, Statement
from legation.situations.citing import Citation, cite_event, cite_statement, unique
from legation.situations.disputes import DisputedFact
from legation.situations.pledges import TrackedPledge
from legation.situations.positions import without_copies
from legation.situations.situation import SituationAnswer, in_words
from legation.situations.timelines import Intensity, Role

_CITED = 4  # sentences that a line cites at most
_MAIN, _ACTORS, _SPEAKERS, _WORDS, _PLACES = 12, 20, 12, 6, 20
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_BODIES = {
    "UNO": "United Nations",
    "EUR": "European Union",
    "IGO": "intergovernmental organisations",
    "NGO": "non-governmental organisations",
    "IMG": "armed groups across borders",
    "ISM": "international social movements",
    "MNC": "multinational companies",
}
_QUADS = ("cooperation in words", "cooperation in deeds", "conflict in words", "conflict in deeds")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words (or, in a table, its cells) and the numbers of the sentences it rests on."""

    cells: tuple[str, ...]
    cites: tuple[int, ...]
    more: int = 0  # further reports that say the same


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief: a list, or a table where `columns` are given."""

    title: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()
    note: str = ""
    within: str = ""  # the heading it stands under


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief ready to be written out."""

    title: str
    head: tuple[str, ...]
    sections: tuple[Section, ...]
    references: tuple[Citation, ...]  # number 1 first


class _Numbers:
    """Gives each cited sentence its number, in the order of first use."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, int], int] = {}
        self.references: list[Citation] = []

    def line(self, cells: Iterable[str], citations: Sequence[Citation]) -> Line:
        shown = citations[:_CITED]
        return Line(tuple(cells), tuple(self.number(c) for c in shown), len(citations) - len(shown))

    def number(self, citation: Citation) -> int:
        if citation.key not in self.known:
            self.references.append(citation)
            self.known[citation.key] = len(self.references)
        return self.known[citation.key]


def make_brief(answer: SituationAnswer, *, most: int = 200) -> Brief:
    """The brief of a situation; the timeline shows at most so many events, those told by most outlets."""
    numbers = _Numbers()
    sections = [
        _events("New since " + answer.since, answer.new[-most:], answer, numbers) if answer.since else None,
        _main(answer, numbers),
        _pledges(answer, numbers),
        *_disputes(answer, numbers),
        *_timeline(answer, numbers, most),
        _actors(answer, numbers),
        *_dyads(answer, numbers),
        *_positions(answer, numbers),
        _places(answer, numbers),
    ]
    kept = tuple(s for s in sections if s is not None and s.lines)
    situation = answer.situation
    return Brief(situation.title or situation.name, _head(answer), kept, tuple(numbers.references))


def _head(answer: SituationAnswer) -> tuple[str, ...]:
    reports = {r.document for e in answer.events for r in e.reports}
    outlets = {r.outlet for e in answer.events for r in e.reports if r.outlet}
    head = [
        f"Question: {in_words(answer.situation.query)}.",
        f"The record as of {answer.as_of}: {counted(len(answer.events), 'event')} in {counted(len(reports), 'report')} "
        f"of {counted(len(outlets), 'outlet')}.",
        "The numbers in brackets lead to the sentences, which stand at the end. What is told may be wrong; "
        "this brief says who tells it.",
    ]
    return (*head, answer.situation.note) if answer.situation.note else tuple(head)


def counted(number: int, noun: str) -> str:
    """ "1 event", "2 events"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _main(answer: SituationAnswer, numbers: _Numbers) -> Section:
    weight = {e.id: (-e.independent, -abs(e.event.event_scale)) for e in answer.events}
    chosen = set(sorted(weight, key=lambda key: (weight[key], key))[:_MAIN])
    return _events("Most told", [e for e in answer.events if e.id in chosen], answer, numbers)


def _timeline(answer: SituationAnswer, numbers: _Numbers, most: int) -> list[Section]:
    """The timeline month by month; what has no date stands under a heading of its own."""
    told = sorted(answer.events, key=lambda e: (-e.independent, -e.confidence, e.id))
    chosen = {e.id for e in told[:most]}
    shown = [e for e in answer.events if e.id in chosen]
    left = len(answer.events) - len(shown)
    note = f"{counted(left, 'event')} told by fewer outlets left out." if left > 0 else ""
    sections: list[Section] = []
    for month, events in groupby(shown, key=lambda e: _month(e.event.date)):
        lines = _event_lines(events, answer, numbers)
        sections.append(Section(month, lines, note="" if sections else note, within="Timeline"))
    return sections


def _month(day: str | None) -> str:
    if day is None:
        return "No date"
    return f"{_MONTHS[int(day[5:7]) - 1]} {day[:4]}" if _MONTH.match(day) else day[:4]


def _events(title: str, events: Iterable[MergedEvent], answer: SituationAnswer, numbers: _Numbers) -> Section:
    return Section(title, _event_lines(events, answer, numbers))


def _event_lines(
    events: Iterable[MergedEvent], answer: SituationAnswer, numbers: _Numbers
) -> tuple[Line, ...]:
    """A line an event; what one sentence tells of one day stands on one line."""
    lines: dict[tuple[str | None, tuple[str, int]], tuple[list[str], list[Citation]]] = {}
    for merged in events:
        citations = cite_event(merged, answer.documents)
        if not citations:
            continue  # a person's addition without a report: nothing says so
        first = next((c for c in citations if c.text), citations[0])
        codes, cited = lines.setdefault((merged.event.date, first.key), ([], []))
        codes.append(code_line(merged))
        # The sentence shown comes first among those cited.
        cited += [first, *citations]
    made = []
    for (day, _), (codes, cited) in lines.items():
        words = quoted(cited[0].text)
        made.append(numbers.line([f"{day or 'no date'}: {' '.join([words, *codes]).strip()}"], unique(cited)))
    return tuple(made)


def quoted(text: str) -> str:
    """The words in quotation marks, unless they have their own."""
    if not text:
        return ""
    return text if text[0] in "\"“”„«'‘" else f"“{text}”"


def side_name(code: str) -> str:
    """A state or body by its name and its code."""
    country = codes_of.country(code)
    name = country.name if country else _BODIES.get(code)
    return f"{name} ({code})" if name else code


def code_line(merged: MergedEvent) -> str:
    """The coding of an event in a few words, with its status, its source and how many told it."""
    event = merged.event
    marks: list[str] = [] if event.status == "happened" else [event.status]
    if event.according_to:
        marks.append("according to " + ", ".join(_name(a) for a in event.according_to))
    if merged.independent > 1:
        marks.append(f"{merged.independent} outlets")
    said = f"{'/'.join((event.event, *event.modes))}, {_sides(event)}"
    return f"({'; '.join([said, *marks])})"


def _sides(event: Event) -> str:
    sides = ", ".join(map(str, event.actors)) or "unknown"
    return sides + (" to " + ", ".join(map(str, event.recipients)) if event.recipients else "")


def _name(actor: Actor) -> str:
    return actor.identifier_text or actor.entity_text or str(actor)


def _pledges(answer: SituationAnswer, numbers: _Numbers) -> Section:
    return Section("Pledges", tuple(_pledge_line(p, numbers) for p in answer.pledges))


def _pledge_line(pledge: TrackedPledge, numbers: _Numbers) -> Line:
    to = f" to {', '.join(map(side_name, pledge.to))}" if pledge.to else ""
    days = ", then ".join(f"{d.due} (said {'before ' if d.earlier else ''}{d.since})" for d in pledge.deadlines)
    moved = "moved: " if pledge.moved else ""
    words = next((p.citation.text for d in pledge.deadlines for p in d.promises if p.citation.text), "")
    text = (
        f"{side_name(pledge.promisor)}{to}, {pledge.act or 'act not known'}: due {moved}{days}. "
        f"{pledge.outcome.capitalize()}: {pledge.reason}. {quoted(words)}"
    )
    said = [promise.citation for deadline in pledge.deadlines for promise in deadline.promises[:1]]
    return numbers.line([text.strip()], unique([*said, *pledge.evidence]))


def _disputes(answer: SituationAnswer, numbers: _Numbers) -> list[Section]:
    return [_dispute(fact, numbers) for fact in answer.disputes]


def _dispute(fact: DisputedFact, numbers: _Numbers) -> Section:
    what = "Told and denied" if fact.field == "denial" else f"Differs: {fact.field}"
    lines = []
    for side in fact.sides:
        who = ", ".join(side.said_by) or ", ".join(dict.fromkeys(c.outlet or c.document for c in side.citations))
        words = next((c.text for c in side.citations if c.text), "")
        lines.append(numbers.line([side.value, who, quoted(words)], side.citations))
    title = f"{fact.date or 'no date'}, {what.lower()}"
    return Section(title, tuple(lines), ("version", "according to", "in the words"), within="Disputed facts")


def _actors(answer: SituationAnswer, numbers: _Numbers) -> Section:
    lines = tuple(_actor_line(role, answer, numbers) for role in answer.roles[:_ACTORS])
    left = len(answer.roles) - len(lines)
    note = f"Events by quad code 1 to 4: {', '.join(_QUADS)}."
    if left > 0:
        note += f" {counted(left, 'actor')} with fewer events left out."
    return Section("Actors and roles", lines, ("actor", "acted 1/2/3/4", "acted upon 1/2/3/4", "first", "last"), note)


def _actor_line(role: Role, answer: SituationAnswer, numbers: _Numbers) -> Line:
    cells = [
        role.label,
        "/".join(map(str, role.acted)),
        "/".join(map(str, role.received)),
        role.first or "",
        role.last or "",
    ]
    return numbers.line(cells, _cite_latest(role.events, answer))


def _cite_latest(events: Sequence[MergedEvent], answer: SituationAnswer) -> tuple[Citation, ...]:
    """A sentence of each event, the latest first."""
    return unique(c for e in reversed(events) for c in cite_event(e, answer.documents)[:1])


def _dyads(answer: SituationAnswer, numbers: _Numbers) -> list[Section]:
    return [_dyad(rows, answer, numbers) for rows in answer.dyads]


def _dyad(rows: Sequence[Intensity], answer: SituationAnswer, numbers: _Numbers) -> Section:
    lines = tuple(
        numbers.line(
            [row.period, *map(str, row.quads), f"{row.scale:+.1f}"],
            _cite_latest(row.events, answer),
        )
        for row in rows
    )
    title = f"{side_name(rows[0].a)} and {side_name(rows[0].b)}"
    return Section(title, lines, ("month", *_QUADS, "sum of scores"), within="Who dealt with whom")


def _positions(answer: SituationAnswer, numbers: _Numbers) -> list[Section]:
    told: dict[object, list[Statement]] = {}
    for statement in answer.statements:
        speaker = statement.quote.speaker
        if speaker is not None and speaker.identifier_text:
            told.setdefault(speaker.key, []).append(statement)
    busiest = sorted(told.values(), key=lambda ss: (-len(ss), str(ss[0].quote.speaker)))
    return [_speaker(statements, answer, numbers) for statements in busiest[:_SPEAKERS]]


def _speaker(statements: Sequence[Statement], answer: SituationAnswer, numbers: _Numbers) -> Section:
    lines = []
    for statement in without_copies(statements)[-_WORDS:]:
        subjects = ", ".join((*statement.about, *(c.replace("_", " ") for c in statement.contexts)))
        denied = "denied: " if statement.quote.negated else ""
        words = f"{denied}“{' '.join(statement.quote.text.split())}”"
        cells = [(statement.published or "")[:10], subjects, words]
        lines.append(numbers.line(cells, [cite_statement(statement, answer.documents)]))
    speaker = str(statements[0].quote.speaker)
    return Section(speaker, tuple(lines), ("day", "on", "said"), within="Positions")


def _places(answer: SituationAnswer, numbers: _Numbers) -> Section:
    lines = []
    for found in answer.places[:_PLACES]:
        place = found.place
        where = ", ".join(dict.fromkeys(p for p in (place.name, place.province, place.country) if p))
        pin = f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else ""
        cells = [where, place.precision or "", pin, str(len(found.events))]
        lines.append(numbers.line(cells, _cite_latest(found.events, answer)))
    return Section("Places", tuple(lines), ("place", "how exact", "latitude, longitude", "events"))
