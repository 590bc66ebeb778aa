"""Days as numbers, and what is still near enough in time to belong together."""

from __future__ import annotations

from datetime import date


def day_of(published: str | None) -> int | None:
    """The day as a number, of an ISO date or time; None where there is none, or only a year or month."""
    if not published or len(published) < 10:
        return None
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None


def near(one: int | None, other: int | None, days: int) -> bool:
    """Whether two days lie at most so far apart; a day that is not known is near to any."""
    return one is None or other is None or abs(one - other) <= days
