"""Gives each event the date its clause means, and each promise the day it is due, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from legation.model import Document, EventMention, Precision, Sentence, TimeExpression
from legation.stages.dates.tense import head_of
from legation.tree import NOUN_TAGS, VERB_TAGS, Tree

PROMISES = frozenset({"AGREE", "CONCEDE", "THREATEN"})
# The types whose act is saying it.
_SAID = PROMISES | {"REQUEST", "REJECT", "ACCUSE", "SUPPORT"}
# The types a deadline told in the sentence beside may belong to.
_WITH_DEADLINE = frozenset({"CONCEDE", "RETREAT", "AGREE", "THREATEN"})
_NOT_YET = frozenset({"future", "hypothetical"})
_OUTSIDE = re.compile(
    r"\b(?:before|after|until|till|ahead\s+of|prior\s+to|following|for)\s+(?:the\s+)?$", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+)?$", re.IGNORECASE)
_DUE_LEAD = re.compile(
    r"\b(?:by|before|until|till|no\s+later\s+than|not\s+later\s+than|within|on|in|from"
    r"|starting|ahead\s+of|over)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:by|before|until|till|later\s+than|within|deadline\s+(?:of|is|for)?)\s*(?:the\s+)?$", re.IGNORECASE
)
_DEADLINE = re.compile(r"(?:['’]s)?[\s-]+(?:deadline|target\s+date|cut-?off)\b", re.IGNORECASE)
_DEADLINE_BEFORE = re.compile(r"\bdeadline\b[^.;]{0,25}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A sentence with its tree and the expressions in it, each with the token it hangs by."""

    sent: Sentence
    tree: Tree
    times: tuple[tuple[TimeExpression, int], ...]
    anchors: frozenset[int]


def date_events(
    doc: Document, dates: tuple[TimeExpression, ...], published: date | None
) -> tuple[EventMention, ...]:
    """The document's event mentions with date, enddate, precision, due and their reasons."""
    if not doc.event_mentions:
        return doc.event_mentions
    by_index = {sent.index: sent for sent in doc.sentences}
    views: dict[int, _Sent] = {}
    for index in sorted({m.sentence for m in doc.event_mentions}):
        if (sent := by_index.get(index)) is not None and sent.tokens:
            anchors = frozenset(m.anchor for m in doc.event_mentions if m.sentence == index)
            views[index] = _view(sent, dates, anchors)
    dated = []
    for mention in doc.event_mentions:
        view = views.get(mention.sentence)
        when = _event_date(doc, mention, view, published)
        due = _due(doc, mention, view, dates, published)
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


def _view(sent: Sentence, dates: tuple[TimeExpression, ...], anchors: frozenset[int]) -> _Sent:
    tree = Tree(sent.tokens)
    times = []
    for time in dates:
        if (
            sent.start <= time.start < sent.end
            and (head := head_of(sent.tokens, time.start, time.end)) is not None
        ):
            times.append((time, head))
    return _Sent(sent, tree, tuple(times), anchors)


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
    doc: Document, mention: EventMention, view: _Sent | None, published: date | None
) -> EventDate:
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
    if view is not None and _under_since(view.tree, mention.anchor):
        return EventDate(None, reason="not said: before what the report tells")
    if published is None:
        return EventDate(None, reason="not said, and no publication date is known")
    return EventDate(published.isoformat(), None, "unknown", "not said: publication date")


def _own_time(
    doc: Document, mention: EventMention, view: _Sent, published: date | None
) -> tuple[TimeExpression | None, str]:
    """The expression that dates the mention, and how it is bound to it."""
    ranked: list[tuple[int, int, TimeExpression]] = []
    fit = [(t, h) for t, h in view.times if _can_date(doc, mention, t, published)]
    for time, head in fit:
        tier = _tier(view, mention, head)
        if tier is not None:
            ranked.append((tier + (3 if time.type == "DURATION" else 0), abs(head - mention.anchor), time))
    if ranked:
        tier, _, time = min(ranked, key=lambda r: (r[0], r[1], r[2].start))
        return time, "its clause says" if tier % 3 == 0 else "a clause bound to it says"
    days = [(t, h) for t, h in fit if t.type != "DURATION"]
    if mention.status in ("happened", "ongoing") and len(days) == 1 and mention.event != "":
        time, head = days[0]
        if (
            _hangs_on_verb(view, head)
            and not _pluperfect(view.tree, mention.anchor)
            and not (_under_since(view.tree, mention.anchor))
        ):
            return time, "the only date of its sentence:"
    return None, ""


def _can_date(doc: Document, mention: EventMention, time: TimeExpression, published: date | None) -> bool:
    if time.type == "SET" or time.value.endswith("_REF") or (time.type == "DURATION" and time.begin is None):
        return False
    before = doc.text[max(0, time.start - 14) : time.start]
    if _OUTSIDE.search(before):
        return False
    ahead = published is not None and time.begin is not None and time.begin > published.isoformat()
    if mention.status in ("happened", "ongoing", "historical", "attempted") and ahead:
        return False
    limit = _LIMIT.search(before) is not None or _DEADLINE.match(doc.text, time.end) is not None
    return not (limit and (mention.event in PROMISES or mention.status in _NOT_YET))


def _tier(view: _Sent, mention: EventMention, head: int) -> int | None:
    """0 for a time in the mention's own clause, 1 or 2 in one that shares its time, None elsewhere."""
    tree, anchor = view.tree, mention.anchor
    path = _path_to_clause(tree, head)
    # A time in the phrase of a noun dates that, and no verb above it: "condemned Friday's attack".
    nearer = path[: path.index(anchor)] if anchor in path else path[:-1]
    if any(step in view.anchors for step in nearer) or (_in_noun(tree, path) and path[1] != anchor):
        return None
    if anchor in path:
        return 0
    clause, own = path[-1], _path_to_clause(tree, anchor)[-1]
    if clause == own:
        return 0
    if mention.event in _SAID and clause in _operators(tree, own):
        return 1  # "agreed on Thursday to withdraw", anchored on the withdrawal
    if _share_time(tree, clause, own):
        return 1
    # "killed 12 and wounded dozens on Thursday": a day at the end holds for both verbs.
    after = tree.tokens[clause]
    shared = after.dep == "conj" and after.head == own and not tree.children(clause, "nsubj", "nsubjpass")
    return 2 if shared else None


def _operators(tree: Tree, clause: int) -> list[int]:
    """The verbs of saying and promising that a clause hangs below."""
    found: list[int] = []
    while len(found) < 3 and tree.tokens[clause].dep in ("xcomp", "ccomp", "pcomp", "advcl"):
        path = _path_to_clause(tree, tree.tokens[clause].head)
        if not _is_clause(tree, path[-1]) or path[-1] == clause:
            break
        clause = path[-1]
        found.append(clause)
    return found


def _path_to_clause(tree: Tree, index: int) -> list[int]:
    """The token, then its governors up to and with the verb of its clause."""
    path = [index]
    if _is_clause(tree, index):
        return path
    for above in tree.ancestors(index):
        path.append(above)
        if _is_clause(tree, above):
            break
    return path


def _is_clause(tree: Tree, index: int) -> bool:
    token = tree.tokens[index]
    return token.tag in VERB_TAGS and token.dep not in ("aux", "auxpass", "amod", "compound", "prep", "case")


def _in_noun(tree: Tree, path: list[int]) -> bool:
    """Whether a time is a possessor or modifier of a noun: "Friday's vote", "the 2014 war"."""
    first = tree.tokens[path[0]]
    if first.dep in ("poss", "compound", "nmod", "amod", "nummod") and len(path) > 1:
        return tree.tokens[path[1]].tag in NOUN_TAGS
    return False


def _share_time(tree: Tree, one: int, two: int) -> bool:
    """ "began shelling", "attacked, killing six", "met and signed": clauses of one time."""
    for low, high in ((one, two), (two, one)):
        token = tree.tokens[low]
        if token.head != high:
            continue
        infinitive = any(tree.tokens[c].lemma == "to" for c in tree.children(low, "aux"))
        if token.dep == "xcomp" and not infinitive:
            return True
        if token.dep == "advcl" and token.tag in ("VBG", "VBN") and not tree.children(low, "nsubj", "mark"):
            return True
        if token.dep == "conj" and low == two and not tree.children(low, "nsubj", "nsubjpass"):
            return True
    return False


def _hangs_on_verb(view: _Sent, head: int) -> bool:
    path = _path_to_clause(view.tree, head)
    between = path[:-1]
    nouns = [i for i in between if view.tree.tokens[i].tag in NOUN_TAGS and i != head]
    return not nouns and not _in_noun(view.tree, path)


def _pluperfect(tree: Tree, anchor: int) -> bool:
    clause = _path_to_clause(tree, anchor)[-1]
    return any(tree.tokens[c].text.lower() in ("had", "'d", "’d") for c in tree.children(clause, "aux"))


def _under_since(tree: Tree, anchor: int) -> bool:
    """Whether the event opens a span the sentence tells of: "violence has risen since it announced ..." """
    for index in (anchor, *tree.ancestors(anchor)):
        if any(tree.tokens[c].lemma == "since" for c in tree.children(index, "mark")):
            return True
    return False


def _due(
    doc: Document,
    mention: EventMention,
    view: _Sent | None,
    dates: tuple[TimeExpression, ...],
    published: date | None,
) -> tuple[str, str] | None:
    """The day by which a promised or coming event is due, and the words that say so."""
    if mention.status not in ("future", "happened", "ongoing") or (
        mention.status != "future" and mention.event not in PROMISES
    ):
        return None
    if view is not None:
        ahead = [(t, h) for t, h in view.times if _lies_ahead(doc, t, published)]
        below = [(t, h) for t, h in ahead if _governs(view, mention, h)]
        chosen = below or (ahead if len(ahead) == 1 and len(view.anchors) == 1 else [])
        if chosen:
            # A limit ("by Friday") says when it is due better than a day in the same clause.
            best = min(
                chosen, key=lambda p: (not _is_limit(doc, p[0]), abs(p[1] - mention.anchor), p[0].start)
            )
            return _due_of(doc, best[0])
    time = _deadline_beside(doc, mention, dates, published)
    return None if time is None else _due_of(doc, time)


def _governs(view: _Sent, mention: EventMention, head: int) -> bool:
    """Whether a time hangs below the mention's predicate or stands in its clause or its governing clause."""
    tree = view.tree
    above = [head, *tree.ancestors(head)]
    if mention.anchor in above:
        return True
    if head in mention.clause_tokens and not _other_event_between(view, mention, above):
        return True
    own = _path_to_clause(tree, mention.anchor)[-1]
    return own in above and not _other_event_between(view, mention, above)


def _other_event_between(view: _Sent, mention: EventMention, above: list[int]) -> bool:
    own = _path_to_clause(view.tree, mention.anchor)[-1]
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
        return _is_limit(doc, time)
    today = published.isoformat()
    return (
        time.finish > today if time.type == "DURATION" or time.begin != time.finish else time.finish >= today
    )


def _is_limit(doc: Document, time: TimeExpression) -> bool:
    before = doc.text[max(0, time.start - 30) : time.start]
    return _LIMIT.search(before) is not None or _DEADLINE.match(doc.text, time.end) is not None


def _due_of(doc: Document, time: TimeExpression) -> tuple[str, str] | None:
    if time.finish is None or time.begin is None:
        return None
    lead = _DUE_LEAD.search(doc.text, max(0, time.start - 24), time.start)
    start = lead.start() if lead is not None else time.start
    tail = _DEADLINE.match(doc.text, time.end)
    end = tail.end() if tail is not None else time.end
    opening = lead is not None and lead.group().lower().startswith(("from", "starting"))
    return (time.begin if opening else time.finish), doc.text[start:end]


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
        for time in dates:
            if (
                sent.start <= time.start < sent.end
                and _lies_ahead(doc, time, published)
                and (
                    _DEADLINE.match(doc.text, time.end)
                    or _DEADLINE_BEFORE.search(doc.text, sent.start, time.start)
                )
            ):
                return time
    return None
