"""Questions to a record: situations, dyads, panels, comparison."""
