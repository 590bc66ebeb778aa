"""What the record answers beyond single events: situations, pledges, positions, disputes, alerts, briefs.

Pure functions over the records of `legation.record`; the day "today" is always an argument.
"""
