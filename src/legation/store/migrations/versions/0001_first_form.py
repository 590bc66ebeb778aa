"""The first form of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SQLITE = (
    """CREATE VIRTUAL TABLE search USING fts5(
        title, text, content='texts', content_rowid='key', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
        INSERT INTO search(rowid, title, text) VALUES (new.key, new.title, new.text); END""",
    """CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
        INSERT INTO search(search, rowid, title, text) VALUES ('delete', old.key, old.title, old.text); END""",
    """CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN
        INSERT INTO search(search, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
        INSERT INTO search(rowid, title, text) VALUES (new.key, new.title, new.text); END""",
)
_POSTGRES = (
    """ALTER TABLE texts ADD COLUMN vector tsvector GENERATED ALWAYS AS
        (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', text), 'B')) STORED""",
    "CREATE INDEX texts_vector ON texts USING gin (vector)",
)


def upgrade() -> None:
    """Make the tables and the index of words."""
    _documents()
    _events()
    _past()
    _people()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)


def _documents() -> None:
    """What was read, and what was said in it."""
    op.create_table(
        "coders",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "documents",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("copy_of", sa.Text(), nullable=True),
        sa.Column("story", sa.Text(), nullable=True),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.key"], ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("documents_added", "documents", ["added"])
    op.create_index("documents_content", "documents", ["content"])
    op.create_index("documents_day", "documents", ["day", "key"])
    op.create_index("documents_outlet", "documents", ["outlet", "day"])
    op.create_index("documents_url", "documents", ["url"])
    op.create_table(
        "texts",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "document_versions",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.key"], ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("document_versions_document", "document_versions", ["document", "until"])
    op.create_table(
        "statements",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contexts", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("statements_day", "statements", ["day", "key"])
    op.create_index("statements_document", "statements", ["document"])
    op.create_table(
        "voices",
        sa.Column("statement", KEY, autoincrement=False, nullable=False),
        sa.Column("n", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("statement", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("voices_code", "voices", ["code", "day", "statement", "sector", "role"])
    op.create_index("voices_name", "voices", ["name", "day", "statement"])
    op.create_table(
        "pledges",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("pledges_document", "pledges", ["document"])
    op.create_index("pledges_due", "pledges", ["due"])
    op.create_index("pledges_report", "pledges", ["report"])


def _events() -> None:
    """What happened, and the rows by which it is found."""
    op.create_table(
        "reports",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("event", KEY, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("reports_about", "reports", ["type", "about", "event"])
    op.create_index("reports_document", "reports", ["document"])
    op.create_index("reports_event", "reports", ["event"])
    op.create_table(
        "events",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("quad", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=True),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("story", sa.Text(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.SmallInteger(), nullable=False),
        sa.Column("corrected", sa.SmallInteger(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id", name="events_id"),
    )
    op.create_index("events_added", "events", ["added"])
    op.create_index("events_country", "events", ["country", "day"])
    op.create_index("events_day", "events", ["day", "key"])
    op.create_index("events_place", "events", ["place", "day"])
    op.create_index("events_province", "events", ["province", "day"])
    op.create_index("events_since", "events", ["since"])
    op.create_index("events_type", "events", ["type", "day", "last"])
    op.create_table(
        "sides",
        sa.Column("event", KEY, autoincrement=False, nullable=False),
        sa.Column("n", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("sides_code", "sides", ["code", "day", "event", "sector", "role"])
    op.create_index("sides_name", "sides", ["name", "day", "event"])
    op.create_table(
        "dyads",
        sa.Column("event", KEY, autoincrement=False, nullable=False),
        sa.Column("n", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("reverse", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("quad", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("event", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("dyads_pair", "dyads", ["a", "b", "month", "quad", "type", "status", "scale", "reverse", "event"])
    op.create_table(
        "tags",
        sa.Column("event", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "kind", "value"),
        sqlite_with_rowid=False,
    )
    op.create_index("tags_value", "tags", ["kind", "value", "day", "event"])
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _past() -> None:
    """What was replaced."""
    op.create_table(
        "events_past",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("quad", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=True),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("story", sa.Text(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.SmallInteger(), nullable=False),
        sa.Column("corrected", sa.SmallInteger(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("events_past_id", "events_past", ["id", "until"])
    op.create_index("events_past_until", "events_past", ["until"])
    op.create_table(
        "sides_past",
        sa.Column("event", KEY, autoincrement=False, nullable=False),
        sa.Column("n", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("sides_past_code", "sides_past", ["code", "day", "event", "sector", "role"])
    op.create_index("sides_past_name", "sides_past", ["name", "day", "event"])
    op.create_table(
        "tags_past",
        sa.Column("event", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "kind", "value"),
        sqlite_with_rowid=False,
    )
    op.create_index("tags_past_value", "tags_past", ["kind", "value", "day", "event"])


def _people() -> None:
    """What people say of the record."""
    op.create_table(
        "apart",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("apart_first", "apart", ["first"])
    op.create_index("apart_second", "apart", ["second"])
    op.create_table(
        "changes",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("changes_target", "changes", ["target"])
    op.create_table(
        "saved",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name"),
    )
