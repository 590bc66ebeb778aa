"""Gives each event the date its clause means, and each promise the day it is due, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from legation.changing import replace
from legation.model import Document, EventMention, Precision, TimeExpression
from legation.stages.dates.binding import (
    PROMISES,
    View,
    dates_in,
    hangs_on_verb,
    looks_ahead,
    path_to_clause,
    pluperfect,
    recalled,
    tier,
    under_condition,
    under_mark,
    view_of,
)
from legation.stages.dates.deadlines import due_day, is_limit
from legation.stages.dates.named import original_day

_NOT_YET = frozenset({"future", "hypothetical"})
_OUTSIDE = re.compile(
    r"\b(?:before|after|until|till|ahead\s+of|prior\s+to|following|for|than|beyond)\s+(?:the\s+)?$", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+)?$", re.IGNORECASE)
_ATTACK = (
    r"(?:attacks?|bombings?|blasts?|explosions?|shootings?|(?:air)?strikes?|raids?|killings?|clash(?:es)?|assaults?"
    r"|ambush|massacre|violence)"
)
# A later sentence that dates what was told before: "in the attack on Saturday", "Saturday's bombing".
_ATTACK_ON = re.compile(
    rf"(?<!after )(?<!since )(?<!like )(?<!before )\bthe\s+(?:\w+\s+)?{_ATTACK}\s+(?:late\s+|early\s+)?(?:on|in)\s+$",
    re.IGNORECASE,
)
_OF_ATTACK = re.compile(rf"['’]s\s+(?:\w+\s+)?{_ATTACK}\b", re.IGNORECASE)
_BEFORE_IT = re.compile(r"\b(?:after|since|before|like|than)\s+$", re.IGNORECASE)
_LATER = 2  # sentences in which a date of what was told may follow


def date_events(
    doc: Document, dates: tuple[TimeExpression, ...], published: date | None
) -> tuple[EventMention, ...]:
    """The document's event mentions with date, enddate, precision, due and their reasons."""
    if not doc.event_mentions:
        return doc.event_mentions
    by_index = {sent.index: sent for sent in doc.sentences}
    anchors: dict[int, set[int]] = {}
    for mention in doc.event_mentions:
        anchors.setdefault(mention.sentence, set()).add(mention.anchor)
    views: dict[int, View] = {}
    for index in sorted(anchors):
        if (sent := by_index.get(index)) is not None and sent.tokens:
            views[index] = view_of(sent, dates, frozenset(anchors[index]))
    dated = []
    for mention in doc.event_mentions:
        view = views.get(mention.sentence)
        if view is not None and _of_anniversary(view, mention):
            mention = replace(mention, status="historical")  # what has an anniversary is over
        when = _event_date(doc, mention, view, dates, published)
        due = due_day(doc, mention, view, dates, published)
        dated.append(
            replace(
                mention,
                date=when.date,
                enddate=when.enddate,
                date_precision=when.precision,
                date_reason=when.reason,
                due=due[0] if due else None,
                due_text=due[1] if due else None,
            )
        )
    return tuple(dated)


@dataclass(frozen=True, slots=True)
class EventDate:
    """A date no more exact than said, and how it was got."""

    date: str | None
    enddate: str | None = None
    precision: Precision = "unknown"
    reason: str = ""


def said_date(time: TimeExpression) -> EventDate:
    """The date of an event that happened in a time: "2021-07" for a month, first and last day of a range."""
    said = f'"{time.text}": {time.reason}' if time.reason else f'"{time.text}"'
    if time.begin is None or time.finish is None:
        return EventDate(None, reason=said)
    value = time.value
    if re.match(r"\d{4}-\d\d-\d\d", value) and time.begin == time.finish:
        return EventDate(time.begin, None, "day", said)
    if "/" in value:
        first, last = value.split("/", 1)
        return EventDate(first, last, _precision(first), said)
    if value.endswith("-WE"):
        return EventDate(time.begin, time.finish, "week", said)
    if (precision := _precision(value)) != "unknown":
        return EventDate(value, None, precision, said)
    if re.fullmatch(r"\d{4}-(?:SP|SU|FA|WI|H\d)", value):
        return EventDate(time.begin[:7], time.finish[:7], "year" if "H" in value else "quarter", said)
    if time.type == "DURATION":
        return EventDate(time.begin, time.finish, "unknown", said)
    return EventDate(time.begin[:4], time.finish[:4], "unknown", said)


def _precision(value: str) -> Precision:
    forms: tuple[tuple[str, Precision], ...] = (
        (r"\d{4}-\d\d-\d\d", "day"),
        (r"\d{4}-W\d\d", "week"),
        (r"\d{4}-\d\d", "month"),
        (r"\d{4}-Q\d", "quarter"),
        (r"\d{4}", "year"),
    )
    return next((name for form, name in forms if re.fullmatch(form, value)), "unknown")


def _event_date(
    doc: Document,
    mention: EventMention,
    view: View | None,
    dates: tuple[TimeExpression, ...],
    published: date | None,
) -> EventDate:
    if view is not None and _of_anniversary(view, mention):
        return _before_anniversary(doc, view)
    time, how = _own_time(doc, mention, view, published) if view is not None else (None, "")
    if time is not None:
        when = said_date(time)
        if _SINCE.search(doc.text[max(0, time.start - 14) : time.start]) and mention.status == "ongoing":
            when = replace(when, enddate=None)
        return replace(when, reason=f"{how} {when.reason}")
    if mention.status == "historical":
        return EventDate(None, reason="not said: told as background")
    if mention.status in _NOT_YET:
        return EventDate(None, reason="not said: has not happened")
    if view is not None:
        if mention.event == "ASSAULT" and (time := _told_later(doc, mention, dates, published)) is not None:
            when = said_date(time)
            return replace(when, reason=f"a later sentence says {when.reason}")
        if (when_before := _under_after(doc, mention, view, published)) is not None:
            return when_before
        if under_mark(view.tree, mention.anchor, "since") is not None or recalled(view.tree, mention):
            return EventDate(None, reason="not said: before what the report tells")
    if published is None:
        return EventDate(None, reason="not said, and no publication date is known")
    return EventDate(published.isoformat(), None, "unknown", "not said: publication date")


def _own_time(
    doc: Document, mention: EventMention, view: View, published: date | None
) -> tuple[TimeExpression | None, str]:
    """The expression that dates the mention, and how it is bound to it."""
    ranked: list[tuple[int, int, TimeExpression]] = []
    fit = [(t, h) for t, h in view.times if _can_date(doc, mention, view, t, h, published)]
    for time, head in fit:
        bound = tier(view, mention, head)
        if bound is not None:
            ranked.append((bound + (3 if time.type == "DURATION" else 0), abs(head - mention.anchor), time))
    if ranked:
        rank, _, time = min(ranked, key=lambda r: (r[0], r[1], r[2].start))
        return time, "its clause says" if rank % 3 == 0 else "a clause bound to it says"
    days = [(t, h) for t, h in fit if t.type != "DURATION"]
    if mention.status in ("happened", "ongoing") and len(days) == 1 and mention.event != "":
        time, head = days[0]
        if hangs_on_verb(view, head) and not _of_another_time(view, mention, head):
            return time, "the only date of its sentence:"
    return None, ""


def _of_another_time(view: View, mention: EventMention, head: int) -> bool:
    """Whether tense or conjunction say that the act was not when the rest of its sentence was."""
    tree, anchor = view.tree, mention.anchor
    if pluperfect(tree, anchor) or under_mark(tree, anchor, "since") is not None:
        return True
    if pluperfect(tree, head) and path_to_clause(tree, head)[-1] not in tree.ancestors(anchor):
        return True  # "some days earlier than he had announced in April"
    after = under_mark(tree, anchor, "after")
    return after is not None and after not in (head, *tree.ancestors(head))


def _can_date(
    doc: Document, mention: EventMention, view: View, time: TimeExpression, head: int, published: date | None
) -> bool:
    if time.type == "SET" or time.value.endswith("_REF") or (time.type == "DURATION" and time.begin is None):
        return False
    before = doc.text[max(0, time.start - 14) : time.start]
    if _OUTSIDE.search(before) or under_condition(view.tree, head, mention.anchor):
        return False
    ahead = published is not None and time.begin is not None and time.begin > published.isoformat()
    if mention.status in ("happened", "ongoing", "historical", "attempted") and ahead:
        return False
    promised = mention.event in PROMISES and mention.status != "future" and looks_ahead(view.tree, head)
    if promised and time.begin != time.finish:
        return False  # "will fly them out this month, he promised"
    return not (is_limit(doc, time) and (mention.event in PROMISES or mention.status in _NOT_YET))


def _under_after(doc: Document, mention: EventMention, view: View, published: date | None) -> EventDate | None:
    """The date of an act that what the sentence tells came after: exact where the distance is said."""
    tree = view.tree
    clause = under_mark(tree, mention.anchor, "after")
    if clause is None or tree.tokens[clause].dep == "ROOT":
        return None
    main = path_to_clause(tree, tree.tokens[clause].head)[-1]
    word = next(c for c in tree.children(clause, "mark") if tree.tokens[c].lemma == "after")
    end = tree.tokens[word].start
    days = [
        t
        for t, h in view.times
        if t.begin is not None
        and t.begin == t.finish
        and t.begin <= (published.isoformat() if published else t.begin)
        and path_to_clause(tree, h)[-1] == main
    ]
    told = days[0] if len(days) == 1 else None
    if told is None or told.begin is None:
        return None
    for time, _ in view.times:
        counted = re.fullmatch(r"P(\d+)D", time.value)
        if counted and not doc.text[time.end : end].strip():
            day = date.fromisoformat(told.begin) - timedelta(days=int(counted[1]))
            return EventDate(day.isoformat(), None, "day", f'"{time.text}" before "{told.text}"')
    return EventDate(told.begin, None, "unknown", f'not said: before "{told.text}"')


def _told_later(
    doc: Document, mention: EventMention, dates: tuple[TimeExpression, ...], published: date | None
) -> TimeExpression | None:
    """The day that one of the next sentences gives for the attack just told."""
    first = next((n for n, s in enumerate(doc.sentences) if s.index == mention.sentence), None)
    if first is None or published is None:
        return None
    for sent in doc.sentences[first + 1 : first + 1 + _LATER]:
        for time in dates_in(sent, dates):
            if time.begin is None or time.begin != time.finish:
                continue
            lead = doc.text[max(sent.start, time.start - 60) : time.start]
            told = _ATTACK_ON.search(lead) or (
                _OF_ATTACK.match(doc.text, time.end) and not _BEFORE_IT.search(lead)
            )
            if told and time.begin <= published.isoformat():
                return time
    return None


def _of_anniversary(view: View, mention: EventMention) -> bool:
    """Whether an act is told only as what an anniversary is of."""
    tree = view.tree
    for above in tree.ancestors(mention.anchor):
        if tree.tokens[above].lemma == "anniversary":
            return True
        if tree.tokens[above].tag[0] == "V":
            return False
    return False


def _before_anniversary(doc: Document, view: View) -> EventDate:
    day = original_day(doc.text[view.sent.start : view.sent.end])
    if day is None:
        return EventDate(None, reason="not said: an anniversary of it is told")
    return EventDate(day.isoformat(), None, "day", "what the anniversary is of")
