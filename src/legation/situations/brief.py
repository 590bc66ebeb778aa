"""A brief of a situation in which every line cites the sentences that say so; `printing` writes it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
        _timeline(answer, numbers, most),
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


def _timeline(answer: SituationAnswer, numbers: _Numbers, most: int) -> Section:
    told = sorted(answer.events, key=lambda e: (-e.independent, -e.confidence, e.id))
    chosen = {e.id for e in told[:most]}
    section = _events("Timeline", [e for e in answer.events if e.id in chosen], answer, numbers)
    left = len(answer.events) - len(section.lines)
    note = f"{counted(left, 'event')} told by fewer outlets left out." if left > 0 else ""
    return Section(section.title, section.lines, note=note)


def _events(title: str, events: Iterable[MergedEvent], answer: SituationAnswer, numbers: _Numbers) -> Section:
    return Section(title, tuple(_event_line(e, answer, numbers) for e in events))


def _event_line(merged: MergedEvent, answer: SituationAnswer, numbers: _Numbers) -> Line:
    citations = cite_event(merged, answer.documents)
    words = next((c.text for c in citations if c.text), "")
    parts = [merged.event.date or "no date", f"“{words}”" if words else "", code_line(merged)]
    return numbers.line([": ".join([parts[0], " ".join(p for p in parts[1:] if p)])], citations)


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
    to = f" to {', '.join(pledge.to)}" if pledge.to else ""
    days = ", then ".join(f"{d.due} (said {'before ' if d.earlier else ''}{d.since})" for d in pledge.deadlines)
    moved = "moved: " if pledge.moved else ""
    words = next((p.citation.text for d in pledge.deadlines for p in d.promises if p.citation.text), "")
    text = (
        f"{pledge.promisor}{to}, {pledge.act or 'act not known'}: due {moved}{days}. "
        f"{pledge.outcome.capitalize()}: {pledge.reason}." + (f" “{words}”" if words else "")
    )
    said = [promise.citation for deadline in pledge.deadlines for promise in deadline.promises[:1]]
    return numbers.line([text], unique([*said, *pledge.evidence]))


def _disputes(answer: SituationAnswer, numbers: _Numbers) -> list[Section]:
    return [_dispute(fact, numbers) for fact in answer.disputes]


def _dispute(fact: DisputedFact, numbers: _Numbers) -> Section:
    what = "Told and denied" if fact.field == "denial" else f"Differs: {fact.field}"
    lines = []
    for side in fact.sides:
        who = ", ".join(side.said_by) or ", ".join(dict.fromkeys(c.outlet or c.document for c in side.citations))
        words = next((c.text for c in side.citations if c.text), "")
        lines.append(numbers.line([side.value, who, f"“{words}”" if words else ""], side.citations))
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
    title = f"{rows[0].a} and {rows[0].b}"
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
