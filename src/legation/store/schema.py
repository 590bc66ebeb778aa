"""The tables of a store, for SQLite and PostgreSQL alike; what creates them is `migrations`.

A *report* is one document's telling of an event; an *event* is what one or more reports tell together. The narrow
tables (`events`, `sides`, `dyads`, `tags`) are for asking, the bodies (packed JSON of the records) for answering.
What is replaced goes to the tables ending in `_past`, so that the record can be read as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
# The day of what has no day: after every real one, and never shown.
UNDATED = "9999-99-99"
ACTOR, RECIPIENT, BOTH = 1, 2, 3  # sides.role; BOTH is a side of a reciprocal event
CONTEXT, MODE, LONG = 1, 2, 3  # tags.kind; LONG is an event whose days may be more than a year apart
SPEAKER, ABOUT = 1, 2  # voices.role


def _key() -> Column[int]:
    # Keys are given out by the writer, of whom there is one at a time, so that rows can be written in bulk.
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column("key", kind, primary_key=True, autoincrement=False)


def _number(name: str, **options: object) -> Column[int]:
    return Column(name, BigInteger().with_variant(Integer(), "sqlite"), **options)  # type: ignore[arg-type]


coders = Table(
    "coders",
    metadata,
    _key(),
    Column("digest", Text, nullable=False, unique=True),
    Column("about", Text, nullable=False),  # JSON: name, version, knowledge, model
)

documents = Table(
    "documents",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    Column("content", Text, nullable=False),  # SHA-256 of text, title, outlet, url and published
    Column("url", Text),
    Column("outlet", Text),
    Column("published", Text),
    Column("day", Text, nullable=False),  # of publication
    Column("lang", Text),
    Column("coder", Integer, ForeignKey("coders.key"), nullable=False),
    Column("added", Text, nullable=False),  # when this document first came
    Column("since", Text, nullable=False),  # when this version of it came
    Column("copy_of", Text),
    Column("story", Text),
    Column("problems", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("documents_content", "content"),
    Index("documents_url", "url"),
    Index("documents_day", "day", "key"),
    Index("documents_outlet", "outlet", "day", "added", "problems", "copy_of"),
    Index("documents_added", "added"),
)

texts = Table(
    "texts",
    metadata,
    _key(),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
)

document_versions = Table(
    "document_versions",
    metadata,
    _key(),
    _number("document", nullable=False),
    Column("content", Text, nullable=False),
    Column("coder", Integer, ForeignKey("coders.key"), nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("why", Text, nullable=False),  # coder, text or details: what was new in the version after it
    Column("body", LargeBinary, nullable=False),
    Index("document_versions_document", "document", "until"),
)

reports = Table(
    "reports",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),  # lasts through re-coding
    _number("document", nullable=False),
    Column("told", Text, nullable=False),  # the event's id within its document
    Column("n", Integer, nullable=False),  # its place among the document's events
    _number("event", nullable=False),
    Column("type", Text, nullable=False),
    Column("about", Integer),  # the day it is about as a number: the event's where it is named, else of publication
    Column("text", Text, nullable=False),  # the sentences that tell it
    Column("by", Text),  # who added it by hand
    Column("body", LargeBinary, nullable=False),
    Index("reports_document", "document"),
    Index("reports_event", "event"),
    Index("reports_about", "type", "about", "event"),
)


def _event_columns() -> tuple[Column[Any], ...]:
    columns: list[Column[Any]] = [
        _key(),
        Column("id", Text, nullable=False),
        Column("type", Text, nullable=False),
        Column("quad", SmallInteger, nullable=False),
        Column("status", Text, nullable=False),
        Column("day", Text, nullable=False),  # the first it can mean
        Column("last", Text),  # the last it can mean
        Column("month", Text),  # where the report says the month
        Column("scale", Float, nullable=False),
        Column("confidence", Float, nullable=False),
        Column("country", Text),
        Column("province", Text),  # lower case, as `place`
        Column("place", Text),
        Column("story", Text),
        Column("reports", Integer, nullable=False),
        Column("rejected", SmallInteger, nullable=False),
        Column("corrected", SmallInteger, nullable=False),  # whether a standing change names it
        Column("added", Text, nullable=False),  # when the event first came
        Column("since", Text, nullable=False),  # when this version of it came
        Column("body", LargeBinary),  # the reading of several reports together; None: the one report's own
    ]
    return tuple(columns)


events = Table(
    "events",
    metadata,
    *_event_columns(),
    UniqueConstraint("id", name="events_id"),
    Index("events_day", "day", "key"),
    Index("events_last", "last", "day", "rejected", "type", "quad", "status", "month", "country"),
    Index("events_type", "type", "day", "last"),
    Index("events_country", "country", "day"),
    Index("events_province", "province", "day"),
    Index("events_place", "place", "day"),
    Index("events_added", "added"),
    Index("events_since", "since"),
)
events_past = Table(
    "events_past",
    metadata,
    *_event_columns(),
    Column("until", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("events_past_id", "id", "until"),
    Index("events_past_until", "until"),
)


def _sides(name: str) -> Table:
    return Table(
        name,
        metadata,
        _number("event", primary_key=True, autoincrement=False),
        Column("n", SmallInteger, primary_key=True, autoincrement=False),
        Column("role", SmallInteger, nullable=False),
        Column("code", Text),
        Column("sector", Text),
        Column("name", Text),  # lower case
        Column("day", Text, nullable=False),
        Index(f"{name}_code", "code", "day", "event", "sector", "role"),
        Index(f"{name}_name", "name", "day", "event"),
        sqlite_with_rowid=False,
    )


sides = _sides("sides")
sides_past = _sides("sides_past")

dyads = Table(
    "dyads",
    metadata,
    _number("event", primary_key=True, autoincrement=False),
    Column("n", SmallInteger, primary_key=True, autoincrement=False),
    Column("a", Text, nullable=False),
    Column("b", Text, nullable=False),
    Column("reverse", SmallInteger, nullable=False),  # 1: the same two stand in another row of the event the other way
    Column("day", Text, nullable=False),
    Column("month", Text),
    Column("type", Text, nullable=False),
    Column("quad", SmallInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("scale", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Index("dyads_pair", "a", "b", "month", "quad", "type", "status", "scale", "reverse", "event"),
    sqlite_with_rowid=False,
)


def _tags(name: str) -> Table:
    return Table(
        name,
        metadata,
        _number("event", primary_key=True, autoincrement=False),
        Column("kind", SmallInteger, primary_key=True, autoincrement=False),
        Column("value", Text, primary_key=True),
        Column("day", Text, nullable=False),
        Index(f"{name}_value", "kind", "value", "day", "event"),
        sqlite_with_rowid=False,
    )


tags = _tags("tags")
tags_past = _tags("tags_past")

# How many events there are of each kind in each month, kept by the writer: what a page about everything shows.
tallies = Table(
    "tallies",
    metadata,
    Column("kind", Text, primary_key=True),  # event, actor, country
    Column("value", Text, primary_key=True),  # "CONSULT|1|happened"; a code
    Column("month", Text, primary_key=True),  # "" where it is not known
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("into", Text),  # the event that holds its reports now
    Column("why", Text, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    _key(),
    _number("document", nullable=False),
    Column("day", Text, nullable=False),  # of publication
    Column("text", Text, nullable=False),
    Column("contexts", Text, nullable=False),  # "|diplomatic|military|"
    Column("body", LargeBinary, nullable=False),
    Index("statements_document", "document"),
    Index("statements_day", "day", "key"),
)
voices = Table(
    "voices",
    metadata,
    _number("statement", primary_key=True, autoincrement=False),
    Column("n", SmallInteger, primary_key=True, autoincrement=False),
    Column("role", SmallInteger, nullable=False),
    Column("code", Text),
    Column("sector", Text),
    Column("name", Text),
    Column("day", Text, nullable=False),
    Index("voices_code", "code", "day", "statement", "sector", "role"),
    Index("voices_name", "name", "day", "statement"),
    sqlite_with_rowid=False,
)

pledges = Table(
    "pledges",
    metadata,
    _key(),
    _number("document", nullable=False),
    Column("report", Text, nullable=False),  # reports.id
    Column("due", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("pledges_document", "document"),
    Index("pledges_due", "due"),
    Index("pledges_report", "report"),
)

apart = Table(
    "apart",
    metadata,
    _key(),
    Column("first", Text, nullable=False),  # reports.id; first < second
    Column("second", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone", Text),
    Index("apart_first", "first"),
    Index("apart_second", "second"),
)

changes = Table(
    "changes",
    metadata,
    _key(),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Text),  # JSON
    Column("after", Text),
    Column("note", Text),
    Column("undone", Text),  # when
    Column("undone_by", Text),
    Index("changes_target", "target"),
)

saved = Table(
    "saved",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", Text, nullable=False),  # JSON
    Column("at", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables a question is put to: those of today, or those of what was replaced."""

    events: Table
    sides: Table
    tags: Table


TODAY = Tables(events, sides, tags)
PAST = Tables(events_past, sides_past, tags_past)
