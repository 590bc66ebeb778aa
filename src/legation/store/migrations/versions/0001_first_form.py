"""The first form of the store."""

from __future__ import annotations

from alembic import op

from legation.store.schema import metadata

revision = "0001"
down_revision = None

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
    metadata.create_all(op.get_bind())
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
