"""The day a report was published, where its own head tells it and nothing else does.

A full date counts: that of the dateline ("KYIV, March 3, 2022 (Lakeside) --") or one that a line of the head
names ("Published: 3 March 2022"). A day without its year is no day to count from.
"""

from __future__ import annotations

import re
from dataclasses import replace

from legation.model import Document, Span
from legation.stages.dates.expressions import find_in
from legation.stages.dates.setting import Setting, Told
from legation.stages.dates.triggers import find_triggers

_CHANGED = re.compile(r"\b(?:updat|modif|revis|correct|access|retriev)", re.IGNORECASE)
# Longer than this a line tells more than when the report was filed.
_LONGEST = 120


def date_report(doc: Document) -> Document:
    """Fill Document.published from the report's head; a document that has a day of its own keeps it."""
    if doc.published or not (doc.head or doc.furniture):
        return doc
    changed = None
    for span in _above_the_story(doc):
        day = _full_day(doc.text, span)
        if day is None:
            continue
        if not _CHANGED.search(doc.text, span.start, span.end):
            return replace(doc, published=day)
        changed = changed or day
    return replace(doc, published=changed) if changed else doc


def _above_the_story(doc: Document) -> list[Span]:
    """The spans of head and furniture before the first words of the story, without the title."""
    spans = sorted((*doc.head, *doc.furniture), key=lambda s: s.start)
    above: list[Span] = []
    end = 0
    for span in spans:
        if doc.text[end : span.start].strip():
            break
        end = max(end, span.end)
        if doc.text_of(span) != doc.title and span.end - span.start <= _LONGEST:
            above.append(span)
    return above


def _full_day(text: str, span: Span) -> str | None:
    classes = {name for _, _, names in find_triggers(text[span.start : span.end], any_case=True) for name in names}
    if not classes:
        return None
    for found in find_in(text, span.start, span.end, classes, lambda *_: Setting(), Told()):
        reading = found.reading
        if reading.type in ("DATE", "TIME") and reading.begin is not None and reading.begin == reading.finish:
            return reading.begin.isoformat()
    return None
