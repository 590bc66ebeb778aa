"""Alembic runs this; the connection, in a transaction of its own, comes from `legation.store.upgrading`."""

from __future__ import annotations

from alembic import context

from legation.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
