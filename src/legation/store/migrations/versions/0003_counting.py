"""Indexes that answer counts alone: events by the last day they can mean, documents by outlet."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the one and widen the other."""
    op.create_index(
        "events_last", "events", ["last", "day", "rejected", "type", "quad", "status", "month", "country"]
    )
    op.drop_index("documents_outlet", "documents")
    op.create_index("documents_outlet", "documents", ["outlet", "day", "added", "problems", "copy_of"])
