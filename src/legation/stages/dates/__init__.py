"""When: the time expressions of a report, and the date each event has by them."""

from __future__ import annotations

from datetime import date

from legation.changing import replace
from legation.model import Document, Problem, Sentence, Span, TimeExpression
from legation.stages.dates.anchoring import date_events
from legation.stages.dates.expressions import Found, SettingAt, find_in, in_small_letters
from legation.stages.dates.filed import date_report
from legation.stages.dates.setting import Setting, Told
from legation.stages.dates.tense import tense_at
from legation.stages.dates.triggers import find_triggers
from legation.tree import Tree

__all__ = ["date_report", "find_dates", "resolve_phrase"]

# How far from a word that may be a time its expression reaches; the longest known is 70.
_REACH = 80
# A day told this many sentences ago no longer anchors "two days later".
_MEMORY = 5


def find_dates(doc: Document) -> Document:
    """Fill Document.dates, and date and due of each of its event mentions."""
    published, problem = _publication(doc)
    dates = tuple(_expressions(doc, published))
    mentions = date_events(doc, dates, published)
    problems = doc.problems if problem is None or problem in doc.problems else (*doc.problems, problem)
    return replace(doc, dates=dates, event_mentions=mentions, problems=problems)


def resolve_phrase(phrase: str, dct: str | None) -> tuple[str, str]:
    """The TimeML type and value of a phrase known to be a time, said on a day; ("", "") where it has none."""
    when = parse_day(dct)
    setting = Setting(published=when, alone=True)
    classes = {name for _, _, names in find_triggers(phrase, any_case=True) for name in names}
    found = find_in(
        phrase,
        0,
        len(phrase),
        classes,
        lambda start, end, told: replace(setting, told=told.day, told_year=told.year),
        Told(),
        None,
    )
    if not found:
        return "", ""
    best = max(found, key=lambda f: f.end - f.start)
    return best.reading.type, best.reading.value


def parse_day(text: str | None) -> date | None:
    """The day of an ISO date or time; None where there is none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _publication(doc: Document) -> tuple[date | None, Problem | None]:
    when = parse_day(doc.published)
    if doc.published and when is None:
        return None, Problem("dates", f"'{doc.published}' is not a date; relative dates stay relative")
    return when, None


def _expressions(doc: Document, published: date | None) -> list[TimeExpression]:
    found: list[TimeExpression] = []
    told, told_in = Told(), 0
    small = in_small_letters(doc.text)
    for index, classes, start, end in _windows(doc):
        sent = doc.sentences[index]
        tree = Tree(sent.tokens) if sent.tokens else None
        if index - told_in > _MEMORY:
            told = Told()
        for item in find_in(doc.text, start, end, classes, _setting_for(doc, sent, tree, published), told, small):
            found.append(_expression(doc, item))
            if told.reached_by(item.reading, published):
                told, told_in = told.then(item.reading, published), index
    return found


def _setting_for(doc: Document, sent: Sentence, tree: Tree | None, published: date | None) -> SettingAt:
    def setting_at(start: int, end: int, told: Told) -> Setting:
        return Setting(published, lambda: tense_at(doc.text, start, end, sent, tree), told.day, told.year)

    return setting_at


def _windows(doc: Document) -> list[tuple[int, set[str], int, int]]:
    """For each sentence with words that may be times: their classes and the stretch about them."""
    windows: list[tuple[int, set[str], int, int]] = []
    sentences, place = doc.sentences, 0
    for at, stop, kinds in find_triggers(doc.text):
        while place < len(sentences) and sentences[place].end <= at:
            place += 1
        if place == len(sentences):
            break
        sent = sentences[place]
        if at < sent.start or any(span.start <= at < span.end for span in doc.furniture):
            continue
        start, end = max(sent.start, at - _REACH), min(sent.end, stop + _REACH)
        if windows and windows[-1][0] == place and windows[-1][3] >= start:
            last = windows[-1]
            last[1].update(kinds)
            windows[-1] = (place, last[1], last[2], end)
        else:
            windows.append((place, set(kinds), start, end))
    return windows


def _expression(doc: Document, found: Found) -> TimeExpression:
    reading = found.reading
    return TimeExpression(
        start=found.start,
        end=found.end,
        text=doc.text_of(Span(found.start, found.end)),
        value=reading.value,
        type=reading.type,
        begin=None if reading.begin is None else reading.begin.isoformat(),
        finish=None if reading.finish is None else reading.finish.isoformat(),
        reason=reading.reason,
    )
