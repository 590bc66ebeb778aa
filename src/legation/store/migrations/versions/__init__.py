"""The steps from an older form of the store to the newest, run by Alembic."""
