"""Documents and events that belong together: copies, stories, and one event told by many reports."""
