"""Every record of Legation: what a document holds, and what was found in it.

All are frozen dataclasses: compare with ``==``, change with `dataclasses.replace`, send to a
worker by pickling. Offsets are half-open character offsets into `Document.text`, which never
changes. ``None`` means not known; it is never ``""``, ``0`` or a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal

Status = Literal["happened", "ongoing", "future", "hypothetical", "negated", "historical", "attempted"]
STATUSES: tuple[Status, ...] = (
    "happened",
    "ongoing",
    "future",
    "hypothetical",
    "negated",
    "historical",
    "attempted",
)
MentionKind = Literal["name", "nominal", "pronoun"]
Tense = Literal["past", "present", "future", "none"]
Aspect = Literal["simple", "perfect", "progressive"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Precision = Literal["day", "week", "month", "quarter", "year", "unknown"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of the document's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be done; the rest of the document goes on."""

    stage: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a parsed sentence. `head` counts from 0 within the sentence; the root's is itself."""

    index: int  # within the sentence
    start: int  # in the document
    end: int
    text: str
    lemma: str  # lower case
    tag: str  # Penn Treebank: VBD, NNS, NNP ...
    dep: str  # ClearNLP, as spaCy prints it: nsubj, dobj, prep, pobj ...
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `tokens` are there only when the gate let it through to the parser."""

    index: int
    start: int
    end: int
    kind: Literal["body", "title"] = "body"
    paragraph: int = 0
    parse: bool = True  # the gate's answer: may this sentence hold something to code
    tokens: tuple[Token, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of an actor phrase that could not be ruled out."""

    code: str | None
    sector: str | None
    name: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a phrase was taken to be. `code` None: unknown, or more than one candidate is left."""

    code: str | None  # ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC, KOS, PSE, HKG
    sector: str | None = None  # PLOVER sector: GOV, MIL, COP, REB, CVL ...
    other_sectors: tuple[str, ...] = ()
    entity_text: str = ""  # the words as printed
    identifier_text: str | None = None  # who exactly: "Subrahmanyam Jaishankar"
    identifier_id: str | None = None  # Wikidata
    office: str | None = None  # the office held on the article's date
    start: int = -1
    end: int = -1
    reason: str = ""  # why it was taken so, in words
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 1.0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def __str__(self) -> str:
        name = self.identifier_text or self.entity_text
        return " ".join(p for p in (self.code or "?", self.sector, name) if p)

    @property
    def key(self) -> tuple[str | None, str | None, str | None]:
        """What makes two actors the same one in a record."""
        return (self.code, self.sector, self.identifier_text)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence that name, describe or stand for one or more actors.

    `head` is the token (within the sentence) that the parse hangs the phrase on: the name in
    "Foreign Minister Sergey Lavrov", "officials" in "Hungarian officials". It is None where the
    sentence was not parsed. `actors` has one entry, or several for "both sides", or none where
    nothing is known of the phrase.
    """

    start: int
    end: int
    sentence: int
    head: int | None
    kind: MentionKind
    actors: tuple[Actor, ...] = ()
    is_place: bool = False  # the words name a place: an actor only if its people or government acts
    classes: frozenset[str] = frozenset()  # what frames may ask for: state, forces, crowd, person ...

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate (a verb, or a noun that names an act) with its arguments, as token indexes.

    The roles are deep ones: the agent of a passive is `subject`, its grammatical subject `object`.
    `obliques` maps a preposition to the heads of its objects, pooled over the verb, its object
    and that object's of-phrase, because the parser hangs them on either by habit of the word.
    """

    sentence: int
    head: int
    lemma: str
    kind: Literal["verb", "noun", "adjective"] = "verb"
    particle: str | None = None
    subject: tuple[int, ...] = ()
    object: tuple[int, ...] = ()
    dative: tuple[int, ...] = ()
    obliques: tuple[tuple[str, tuple[int, ...]], ...] = ()
    complements: tuple[int, ...] = ()  # heads of clauses below it: xcomp, ccomp, pcomp, acl
    passive: bool = False
    negated: bool = False
    modal: str | None = None  # will, would, may, must ...
    tense: Tense = "none"
    aspect: Aspect = "simple"
    headline: bool = False

    def oblique(self, *prepositions: str) -> tuple[int, ...]:
        """The heads of the objects of any of these prepositions."""
        return tuple(h for p, heads in self.obliques if p in prepositions for h in heads)


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, in their words (direct), the reporter's (indirect) or both (mixed)."""

    start: int
    end: int
    text: str
    kind: QuoteKind
    cue: Span | None = None
    speaker: Actor | None = None
    addressee: Actor | None = None
    sentence: int = -1  # where it begins
    negated: bool = False  # "did not say that"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time, with their TimeML value and the days it spans where known."""

    start: int
    end: int
    text: str
    value: str  # TimeML: "2021-07-09", "2021-W27", "P3D", "PRESENT_REF"; relative stays relative
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    begin: str | None = None  # first day, ISO
    finish: str | None = None  # last day, ISO
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Words that name a place, resolved against the gazetteer."""

    start: int
    end: int
    text: str
    name: str | None = None
    country: str | None = None  # ISO alpha-3
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    kind: str | None = None  # country, admin1, admin2, city, region, sea ...
    precision: str | None = None  # site, city, district, province, country, region
    province: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as the report gives it."""

    low: int | None
    best: int | None
    high: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Size:
    """How many: dead, injured, arrested, in the crowd."""

    dead: Count | None = None
    injured: Count | None = None
    arrested: Count | None = None
    crowd: Count | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One statement, in one sentence, that something was done, will be, or was not."""

    sentence: int
    anchor: int  # token of the predicate that says which act it is
    event: str  # PLOVER type: "CONSULT"
    modes: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    status: Status = "happened"
    according_to: tuple[Actor, ...] = ()  # outermost first; () is the outlet itself
    words: tuple[Span, ...] = ()  # the words that say so
    rule: str = ""  # id of the frame that fired, then of the operators over it
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    confidence: float = 0.5
    reciprocal: bool = False
    clause_tokens: tuple[int, ...] = ()  # the tokens of the clause: where its dates, places, sizes stand
    date: str | None = None
    enddate: str | None = None
    date_precision: Precision = "unknown"
    date_reason: str = ""
    due: str | None = None  # for a promise: the day by which
    due_text: str | None = None
    place: Place | None = None
    place_reason: str = ""
    size: Size | None = None
    explanation: tuple[str, ...] = ()  # one line a step, for `legation explain`


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened (or will, or did not), with every statement that says so."""

    id: str
    event: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    status: Status
    mentions: tuple[EventMention, ...]
    date: str | None = None
    enddate: str | None = None
    date_precision: Precision = "unknown"
    place: Place | None = None
    size: Size | None = None
    according_to: tuple[Actor, ...] = ()
    quad_code: int = 1
    event_scale: float = 0.0
    cameo: str | None = None
    confidence: float = 0.5
    rule: str = ""
    reason: str = ""  # why its mentions are one event

    def __str__(self) -> str:
        sides = ", ".join(map(str, self.actors)) or "?"
        if self.recipients:
            sides += " -> " + ", ".join(map(str, self.recipients))
        return f"{'/'.join((self.event, *self.modes))}: {sides} ({self.status}, {self.date or 'no date'})"

    def to_dict(self) -> dict[str, Any]:
        """The event as plain dictionaries and lists, without what is not known."""
        record: dict[str, Any] = plain(self)
        return record


@dataclass(frozen=True, slots=True)
class Pledge:
    """A future or promised event with the day it is due."""

    event: str  # id of the Event
    due: str  # ISO date
    text: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was filed from: "Moscow (Russia):"."""

    place: str
    country: str | None = None  # ISO alpha-3


@dataclass(frozen=True, slots=True)
class Document:
    """One report and all that was found in it. Each stage fills one more field."""

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None  # ISO date or time
    lang: str | None = None
    dateline: Dateline | None = None
    furniture: tuple[Span, ...] = ()
    head: tuple[Span, ...] = ()  # title, by-line and dateline: no furniture, but no running text either
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    clauses: tuple[Clause, ...] = ()
    quotes: tuple[Quote, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    places: tuple[Place, ...] = ()
    event_mentions: tuple[EventMention, ...] = ()
    events: tuple[Event, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    problems: tuple[Problem, ...] = ()
    meta: tuple[tuple[str, str], ...] = field(default=())  # further columns of the input, untouched
    domain: str | None = None  # what the whole is about: politics, sport, business ...; None: in doubt
    domain_reason: str = ""  # the words that say so

    def __str__(self) -> str:
        name = self.title or self.id or "untitled"
        head = f"{name}: {len(self.events)} events, {len(self.quotes)} quotes"
        return "\n".join([head, *(f"  {event}" for event in self.events)])

    def to_dict(self) -> dict[str, Any]:
        """The document as plain dictionaries and lists, without what is not known and without its tokens.

        `legation.exporting.report.to_report` gives the form of the `report` format instead.
        """
        light = replace(self, clauses=(), sentences=tuple(replace(s, tokens=()) for s in self.sentences))
        record: dict[str, Any] = plain(light)
        return record

    def text_of(self, span: Span | Token | Sentence | Mention | Quote | Place) -> str:
        """The words a reader saw there."""
        return self.text[span.start : span.end]


def plain(record: Any) -> Any:
    """A record as dictionaries and lists; None and empty tuples are left out."""
    if is_dataclass(record):
        pairs = ((f.name, plain(getattr(record, f.name))) for f in fields(record))
        return {name: value for name, value in pairs if value is not None and value != []}
    if isinstance(record, (tuple, list)):
        return [plain(r) for r in record]
    if isinstance(record, frozenset):
        return sorted(record)
    return record
