"""Legation reads the news and writes down who did or said what to whom, where, when and according to whom.

    >>> import legation
    >>> coder = legation.Coder()
    >>> doc = coder.code("France expelled two Russian diplomats on Monday.", published="2024-03-05")
    >>> [event.event for event in doc.events]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legation.model import Actor, Document, Event, EventMention, Place, Quote

if TYPE_CHECKING:
    from legation.coder import Coder
    from legation.exporting.tables import to_frame
    from legation.notebook import open

__version__ = "0.1.0"
__all__ = ["Actor", "Coder", "Document", "Event", "EventMention", "Place", "Quote", "__version__", "open", "to_frame"]


def __getattr__(name: str) -> Any:
    """`legation.Coder` is loaded when first asked for: it brings the parser with it."""
    if name == "Coder":
        from legation.coder import Coder

        return Coder
    if name == "to_frame":
        from legation.exporting.tables import to_frame

        return to_frame
    if name == "open":
        from legation import notebook

        return notebook.open
    raise AttributeError(f"module 'legation' has no attribute '{name}'")
