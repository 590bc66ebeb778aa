from __future__ import annotations
def date_events(doc, dates, published):
    return doc.event_mentions
