"""The day by which a promised or coming act is due, and the words that say so."""

from __future__ import annotations

import re
from datetime import date

from legation.model import Document, EventMention, TimeExpression
from legation.stages.dates.binding import (
    PROMISES,
    View,
    dates_in,
    in_other_act,
    looks_ahead,
    path_to_clause,
    told_as_past,
    under_condition,
)

# The types a deadline told in the sentence beside may belong to.
_WITH_DEADLINE = frozenset({"CONCEDE", "RETREAT", "AGREE", "THREATEN"})
_LEAD = re.compile(
    r"\b(?:by|before|until|till|no\s+later\s+than|not\s+later\s+than|within|on|in|from"
    r"|starting|ahead\s+of|over)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:by|before|until|till|later\s+than|within|deadline\s+(?:of|is|for)?)\s*(?:the\s+)?$", re.IGNORECASE
)
_DEADLINE = re.compile(r"(?:['’]s)?[\s-]+(?:deadline|target\s+date|cut-?off)\b", re.IGNORECASE)
_DEADLINE_BEFORE = re.compile(r"\bdeadline\b[^.;]{0,25}$", re.IGNORECASE)
# No day of these is one by which a thing is done.
_NOT_BY = re.compile(r"\b(?:after|following|since|beyond|past)\s+(?:the\s+)?$", re.IGNORECASE)


def due_day(
    doc: Document,
    mention: EventMention,
    view: View | None,
    dates: tuple[TimeExpression, ...],
    published: date | None,
) -> tuple[str, str] | None:
    """The day by which a promised or coming event is due, and the words that say so."""
    if mention.status not in ("future", "happened", "ongoing") or (
        mention.status != "future" and mention.event not in PROMISES
    ):
        return None
    if view is not None:
        fit = [(t, h) for t, h in view.times if _may_be_due(doc, mention, view, t, h, published)]
        below = [(t, h) for t, h in fit if _governs(view, mention, h)]
        ahead = [(t, h) for t, h in fit if _lies_ahead(doc, t, published)]
        alone = len(ahead) == 1 and len(view.anchors) == 1
        chosen = below or (ahead if alone and not in_other_act(view.tree, ahead[0][1], mention.anchor) else [])
        if chosen:
            # A limit ("by Friday") says when it is due better than a day in the same clause.
            best = min(chosen, key=lambda p: (not is_limit(doc, p[0]), abs(p[1] - mention.anchor), p[0].start))
            return _with_words(doc, best[0], published)
    time = _deadline_beside(doc, mention, dates, published)
    return None if time is None else _with_words(doc, time, published)


def is_limit(doc: Document, time: TimeExpression) -> bool:
    """Whether words make a time the last by which: "by Friday", "the Friday deadline"."""
    before = doc.text[max(0, time.start - 30) : time.start]
    return _LIMIT.search(before) is not None or _DEADLINE.match(doc.text, time.end) is not None


def _may_be_due(
    doc: Document, mention: EventMention, view: View, time: TimeExpression, head: int, published: date | None
) -> bool:
    if _NOT_BY.search(doc.text, max(0, time.start - 16), time.start):
        return False
    if under_condition(view.tree, head, mention.anchor) or in_other_act(view.tree, head, mention.anchor):
        return False
    if not _lies_ahead(doc, time, published):
        # A promise recalled after its day: "had promised in May to close them by June".
        return (
            published is not None
            and time.finish is not None
            and time.type in ("DATE", "TIME")
            and is_limit(doc, time)
            and looks_ahead(view.tree, head)
        )
    spoken = published is not None and time.begin is not None and time.begin <= published.isoformat()
    # The day of speech is none by which: "promised on Tuesday that", in a report of Tuesday.
    return not (spoken and time.type in ("DATE", "TIME") and told_as_past(view.tree, head))


def _governs(view: View, mention: EventMention, head: int) -> bool:
    """Whether a time hangs below the mention's predicate or stands in its clause or its governing clause."""
    tree = view.tree
    above = [head, *tree.ancestors(head)]
    if mention.anchor in above:
        return True
    if head in mention.clause_tokens and not _other_event_between(view, mention, above):
        return True
    own = path_to_clause(tree, mention.anchor)[-1]
    return own in above and not _other_event_between(view, mention, above)


def _other_event_between(view: View, mention: EventMention, above: list[int]) -> bool:
    own = path_to_clause(view.tree, mention.anchor)[-1]
    for index in above:
        if index in (mention.anchor, own):
            return False
        if index in view.anchors:
            return True
    return False


def _lies_ahead(doc: Document, time: TimeExpression, published: date | None) -> bool:
    if time.finish is None or time.type == "SET":
        return False
    if published is None:
        return is_limit(doc, time)
    today = published.isoformat()
    return time.finish > today if time.type == "DURATION" or time.begin != time.finish else time.finish >= today


def _with_words(doc: Document, time: TimeExpression, published: date | None) -> tuple[str, str] | None:
    if time.finish is None or time.begin is None:
        return None
    lead = _LEAD.search(doc.text, max(0, time.start - 24), time.start)
    start = lead.start() if lead is not None else time.start
    tail = _DEADLINE.match(doc.text, time.end)
    end = tail.end() if tail is not None else time.end
    opening = lead is not None and lead.group().lower().startswith(("from", "starting"))
    begun = published is not None and time.begin <= published.isoformat()  # "from this month"
    return (time.begin if opening and not begun else time.finish), doc.text[start:end]


def _deadline_beside(
    doc: Document, mention: EventMention, dates: tuple[TimeExpression, ...], published: date | None
) -> TimeExpression | None:
    """A deadline told in the next sentence (or the one before) that has no promise of its own."""
    if mention.event not in _WITH_DEADLINE:
        return None
    for index in (mention.sentence + 1, mention.sentence - 1):
        sent = next((s for s in doc.sentences if s.index == index), None)
        if sent is None or any(
            m.sentence == index and (m.event in _WITH_DEADLINE or m.status == "future")
            for m in doc.event_mentions
        ):
            continue
        for time in dates_in(sent, dates):
            if (
                _lies_ahead(doc, time, published)
                and (
                    _DEADLINE.match(doc.text, time.end)
                    or _DEADLINE_BEFORE.search(doc.text, sent.start, time.start)
                )
            ):
                return time
    return None
