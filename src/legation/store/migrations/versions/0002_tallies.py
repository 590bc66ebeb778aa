"""Tallies: how many events of each kind there are in each month, so that pages about everything are fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_FILL = (
    """INSERT INTO tallies (kind, value, month, n)
        SELECT 'event', type || '|' || quad || '|' || status, coalesce(month, ''), count(*)
        FROM events WHERE rejected = 0 GROUP BY 2, 3""",
    """INSERT INTO tallies (kind, value, month, n)
        SELECT 'country', country, coalesce(month, ''), count(*)
        FROM events WHERE rejected = 0 AND country IS NOT NULL GROUP BY 2, 3""",
    """INSERT INTO tallies (kind, value, month, n)
        SELECT 'actor', sides.code, coalesce(events.month, ''), count(DISTINCT events.key)
        FROM sides JOIN events ON events.key = sides.event
        WHERE events.rejected = 0 AND sides.code IS NOT NULL GROUP BY 2, 3""",
)


def upgrade() -> None:
    """Make the table and count what is there."""
    op.create_table(
        "tallies",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", "month"),
        sqlite_with_rowid=False,
    )
    for statement in _FILL:
        op.execute(statement)
