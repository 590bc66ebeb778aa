"""What of a text is no story: furniture, and the report's own head (outlet, title, by-line, dateline).

The text never changes; both are marked as spans. Sentences are later looked for in what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from legation.knowledge import furniture
from legation.knowledge.names import country_named
from legation.model import Dateline, Document, Span

LONGEST_LINE = 300  # a longer line is running text, whatever it begins with
HEAD_LINES = 8  # title, by-line, outlet and first dateline stand among so many first lines
MOST_LINKS = 8  # headlines under one heading such as "Related stories"
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]»]*$")
_LINE = re.compile(r"[^\r\n]+")
_CAPITAL = re.compile("[A-Z]")
_NOT_SMALL = re.compile("[^a-z]+")
_WORD = re.compile(r"[\w-]+")
_BY_LINE = re.compile(
    r"(?:By|BY|by)\s*:?\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"[A-Z][\w.’'-]*(?:\s+(?:and|&|de|van|von|al|bin|in)?\s*[A-Z][\w.’'-]*,?){0,7}"
    r"(?:\s*[|,/-]\s*[\w .]{2,50})?"
)
_END = r"(?:^|[.!?”\"'’)\]]\s+)"


def mark_furniture(doc: Document) -> Document:
    """Mark what is no running text and fill title, outlet and dateline where the text shows them."""
    lines = [_stripped(doc.text, m.start(), m.end()) for m in _LINE.finditer(doc.text)]
    lines = [s for s in lines if s.start < s.end]
    outlet, marked = _furniture_lines(doc.text, lines)
    marked += _furniture_inside(doc.text, doc.furniture)
    marked += _repeated(doc, lines)
    # What reading marked already (a page's menus) stays marked.
    taken = _merge([*doc.furniture, *marked])
    taken = _merge([*taken, *_end_mark(doc.text, lines, taken)])
    free = [s for s in _outside(doc.text, lines, taken) if s.start < s.end]
    found = _find_head(replace(doc, outlet=doc.outlet or outlet), free)
    return replace(
        doc,
        furniture=taken,
        head=_merge(found.spans),
        title=found.title,
        outlet=found.outlet,
        dateline=found.dateline,
    )


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return Span(start + left, max(start + left, start + len(part.rstrip())))


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters as spans that are ordered and do not touch."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.start < span.end:
            out.append(span)
    return tuple(out)


def _outside(text: str, lines: Iterable[Span], taken: tuple[Span, ...]) -> Iterator[Span]:
    """The lines without what is taken of them."""
    at = 0
    for line in lines:
        while at < len(taken) and taken[at].end <= line.start:
            at += 1
        start, next_at = line.start, at
        while next_at < len(taken) and taken[next_at].start < line.end:
            if start < taken[next_at].start:
                yield _stripped(text, start, taken[next_at].start)
            start = max(start, taken[next_at].end)
            next_at += 1
        if start < line.end:
            yield _stripped(text, start, line.end)


def _furniture_lines(text: str, lines: list[Span]) -> tuple[str | None, list[Span]]:
    """Whole lines that are furniture, and the outlet if an identifier line names it."""
    known = furniture.load()
    # A text of one line is a story, whatever its first words are.
    rules = known.at("line", "start") if len(lines) > 1 else known.at("line")
    outlet: str | None = None
    spans: list[Span] = []
    tidy = _is_tidy(text, lines)
    listed = 0  # so many more lines may be headlines of other reports
    for line in lines:
        listed -= 1
        if line.end - line.start > LONGEST_LINE:
            listed = 0
            continue
        words = text[line.start : line.end]
        for rule in rules:
            hit = rule.pattern.fullmatch(words) if rule.at == "line" else rule.pattern.match(words)
            if hit:
                outlet = outlet or hit.groupdict().get("outlet")
                spans.append(line)
                listed = MOST_LINKS if rule.opens and tidy else listed
                break
        else:
            if _is_share_row(words, known) or listed > 0 and len(words) <= 120 and not _SENTENCE_END.search(words):
                spans.append(line)
            else:
                listed = 0
    return outlet.strip() if outlet else None, spans


def _is_tidy(text: str, lines: list[Span]) -> bool:
    """Whether the longer lines of a text end as sentences do, so that one that does not is none."""
    longer = [text[s.start : s.end] for s in lines if s.end - s.start > 60]
    return len(longer) >= 3 and sum(bool(_SENTENCE_END.search(w)) for w in longer) >= 0.7 * len(longer)


def _is_share_row(line: str, known: furniture.Furniture) -> bool:
    if len(line) > 120:
        return False
    words = [w.lower() for w in _WORD.findall(line) if not w.isdigit()]
    return (
        bool(words)
        and all(w in known.share_words for w in words)
        and any(w in known.share_names for w in words)
    )


@cache
def _end_patterns() -> tuple[re.Pattern[str], ...]:
    rules = furniture.load().at("end")
    return tuple(
        re.compile(_END + f"({r.pattern.pattern})" + r"\s*\Z", r.pattern.flags) for r in rules
    )


def _repeated(doc: Document, lines: list[Span]) -> Iterator[Span]:
    """Headlines that are printed again further down: the report's own, and those of links."""
    seen: set[str] = set()
    for line in lines:
        words = doc.text[line.start : line.end]
        if len(words) > 200 or words[-1] in ".!?”\"":
            continue
        key = " ".join(words.casefold().split())
        if key in seen:
            yield line
        elif key.count(" ") >= 3 and not any(s.covers(line) for s in doc.furniture):
            seen.add(key)


def _furniture_inside(text: str, marked: tuple[Span, ...]) -> list[Span]:
    """Furniture in the middle or at the end of running text."""
    spans: list[Span] = []
    lower = text.lower()
    for rule in furniture.load().at("inside", "phrase", "tail"):
        if rule.hints and not any(h in lower for h in rule.hints):
            continue
        for hit in rule.pattern.finditer(text):
            end = hit.end()
            if any(s.start <= hit.start() < s.end for s in marked):
                continue
            if rule.at == "tail":
                end = len(text)
            elif rule.at == "inside":
                newline = text.find("\n", hit.start())
                line_end = len(text) if newline < 0 else newline
                stop = re.compile(r"[.!?]\s").search(text, hit.end(), line_end)
                # A linked headline has no stop; what follows one is story again.
                end = stop.start() + 1 if stop else min(line_end, hit.start() + LONGEST_LINE)
                # ... and so is a quotation that begins a sentence.
                speech = re.compile(r"(?:\s\S+){3,}?(?=\s[“\"][A-Z])").match(text, hit.end(), end)
                end = speech.end() if speech else end
            spans.append(_stripped(text, hit.start(), end))
            if rule.at == "tail":
                break
    return spans


def _end_mark(text: str, lines: list[Span], taken: tuple[Span, ...]) -> Iterator[Span]:
    """The agency's or the desk's mark behind the last words of the story."""
    free = [s for s in _outside(text, lines, taken) if s.start < s.end]
    if not free:
        return
    end = free[-1].end
    for pattern in _end_patterns():
        last = pattern.search(text, max(0, end - 120), end)
        # Without a word before it, it is the whole text: nothing ends there.
        if last and last.start(1) > 0 and text[: last.start(1)].strip():
            yield _stripped(text, last.start(1), last.end(1))
            return


@dataclass
class _Head:
    """What the top of the report says of itself, while it is being read."""

    title: str | None
    outlet: str | None
    dateline: Dateline | None
    spans: list[Span]


def _find_head(doc: Document, lines: list[Span]) -> _Head:
    """Outlet line, title, by-line among the first lines; datelines wherever a paragraph begins."""
    text, outlets = doc.text, furniture.load().outlets
    head = _Head(doc.title, doc.outlet, doc.dateline, [])
    lower = _is_lower(" ".join(text[s.start : s.end] for s in lines[:40]))
    body: list[Span] = []
    for at, line in enumerate(lines[:HEAD_LINES]):
        words = text[line.start : line.end]
        following = lines[at + 1] if at + 1 < len(lines) else None
        if words.casefold() in outlets and following:
            head.outlet = head.outlet or words
            head.spans.append(line)
        elif _BY_LINE.fullmatch(words) and following:
            head.spans.append(line)
        elif not body and not lower and following and _is_title(doc, head, line, following):
            head.title = head.title or words
            head.spans.append(line)
        else:
            body.append(line)
    titled = lower or head.title is not None
    for at, line in enumerate([*body, *lines[HEAD_LINES:]]):
        _dateline(text, line, head, first=at == 0 and titled, lower=lower)
    _inner_dateline(text, body[:2], head)
    return head


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _is_lower(text: str) -> bool:
    """Whether the text is printed without capitals."""
    start = text[:4000]
    # Broken encodings are full of accented capitals: only A to Z count.
    return len(_CAPITAL.findall(start)) * 100 < len(_NOT_SMALL.sub("", start))


def _is_title(doc: Document, head: _Head, line: Span, following: Span) -> bool:
    words = doc.text[line.start : line.end]
    if head.title is not None:
        return _same(words, head.title)
    if len(words) > 200 or len(words.split()) > 30 or words[-1] in ".!:;,…" or words[-2:] in ('."', ".”"):
        return False
    if not (words[0].isupper() or words[0].isdigit() or words[0] in "\"'“‘") or len(words.split()) < 2:
        return False
    if _match_dateline(words, first=True):
        return False
    gap = doc.text[line.end : following.start].replace("\r\n", "\n")
    length = following.end - following.start
    # Without a blank line between, only a paragraph much longer than the line makes it a title.
    return gap.count("\n") > 1 or (length > 120 and length > 1.5 * len(words) and len(words) <= 130)


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = rf"(?:(?:{_DAY}, )?(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)|{_DAY})"
_FULL = rf"(?:(?:{_DAY}, )?(?:{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}))"
_NAME = r"(?:[A-Z][\w.’'-]+(?: (?:(?:de|del|la|el|al|of|the|and) )?[A-Z][\w.’'-]+){0,3})"
_CAPS = r"(?:[A-Z][A-Z.’'-]{2,}(?:[ /][A-Z][A-Z.’'-]*){0,3})"
_SEP = r"\s*(?:--+|[-–—:]|_(?=\s))+\s*"
_LONG = r"(?:\s*(?:--+|—)\s*|\s+[-–]\s+)"


@cache
def _dateline_patterns(first: bool) -> tuple[re.Pattern[str], ...]:
    """The forms of a dateline; some are one only before the first paragraph of a report with a title."""
    names = sorted(furniture.load().agencies, key=len, reverse=True)
    agency = rf"(?:[(\[](?:{'|'.join(map(re.escape, names))})(?:/[\w ]{{2,20}})?[)\]])"
    more = rf"(?:/{_NAME})?(?:, {_NAME}){{0,2}}"  # YEREVAN/BAKU, Nairobi, Kenya
    forms = [
        # KABUL, July 9 (Reuters) -      New Delhi [India], July 9 (ANI):
        rf"(?P<place>{_NAME}){more}(?: [(\[]{_NAME}[)\]])?(?:,? {_DATE})?,? ?{agency}(?:{_SEP}|\s+)",
        # TERMEZ, Feb. 15 (Any News Service) -
        rf"(?P<place>{_NAME}){more},? {_DATE},? ?[(\[]{_NAME}[)\]]{_SEP}(?=[\"'“‘A-Z0-9])",
        rf"(?P<place>{_NAME}){more},? {_DATE},?(?:{_SEP})(?=[\"'“‘A-Z])",  # Oslo, May 3 --
        # MANILA (News Agency) 6 March --
        rf"(?P<place>{_NAME}){more} [(\[]{_NAME}[)\]],? {_DATE}{_SEP}(?=[\"'“‘A-Z0-9])",
        rf"(?P<place>{_NAME}) [(\[]{_NAME}[)\]]{_SEP}",  # Moscow (Russia):
        rf"(?P<place>{_NAME}){more}{_LONG}{_FULL}{_LONG}(?=[\"'“‘A-Z])",  # Kyiv, Ukraine - March 3, 2022 -
        rf"(?P<place>){_FULL}(?:{_LONG}|:\s+)(?=[\"'“‘A-Z])",  # June 20, 2024 -
        rf"{_FULL}(?:,? |{_LONG})(?P<place>{_NAME}){more}{_LONG}(?=[\"'“‘A-Z])",  # 3 March 2022, Geneva -
        rf"(?P<place>){agency}(?:{_SEP}|\s+)",  # (Reuters) -
        rf"(?P<place>{_CAPS}){more}(?:{_LONG}|:\s+)(?=[\"'“‘A-Z0-9])",  # NEW DELHI:
        rf"(?P<place>{_NAME}), {_NAME}(?:, {_NAME})?{_LONG}(?=[\"'“‘A-Z])",  # Nairobi, Kenya —
    ]
    if first:  # New Delhi:
        forms.append(
            r"(?P<place>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})(?::\s+|\s*(?:--+|—)\s*)(?=[\"'“‘A-Z])"
        )
    return tuple(re.compile(form) for form in forms)


def _match_dateline(words: str, *, first: bool) -> re.Match[str] | None:
    """A dateline at the start of these words, if the words go on after it."""
    for pattern in _dateline_patterns(first and len(words) > 120):
        hit = pattern.match(words[:160])
        if hit and hit.end() < len(words) and not _no_place(hit["place"]):
            return hit
    return None


def _no_place(name: str) -> bool:
    known = furniture.load().not_places
    return name.lower().strip(".") in known or name.split("-")[0].lower() in known


_LOWER_DATELINE = re.compile(r"(?P<place>[a-z]{3,}(?: [a-z]{3,}){0,2})\s*:(?:\s*(?=[a-z\"“‘(])|$)")


def _dateline(text: str, line: Span, head: _Head, *, first: bool, lower: bool) -> None:
    """Take the dateline off the line, if it has one."""
    words = text[line.start : line.end]
    if lower:
        hit = _LOWER_DATELINE.match(words) if first and not head.spans else None
        if hit and (line.start + hit.end() >= len(text.rstrip()) or _no_place(hit["place"])):
            hit = None
    else:
        hit = _match_dateline(words, first=first)
    if hit is None or (hit[0].rstrip().endswith(":") and text.count(hit[0].rstrip()) > 1):
        return  # "ROE:" again and again is somebody speaking
    head.spans.append(_stripped(text, line.start, line.start + hit.end()))
    name = _place_name(hit["place"] or "")
    if head.dateline is None and name:
        head.dateline = _placed(name, hit[0])


def _placed(name: str, printed: str) -> Dateline:
    """The dateline with its country: the one that is printed behind the place, else the place's own."""
    after = re.search(re.escape(name) + r"[\s,(\[]+([^,()\[\]—–-]+)", printed, re.IGNORECASE)
    behind = country_named(after.group(1).strip(), states_only=True) if after else None
    return Dateline(name, behind or country_named(name))


def _place_name(printed: str) -> str:
    """The place as it is written in running text, without an agency's name before it."""
    agencies = furniture.load().agencies
    words = printed.split()
    while words and words[0] in agencies:
        del words[0]
    name = " ".join(words)
    return name.title() if name.isupper() or name.islower() else name


@cache
def _inner_pattern() -> re.Pattern[str]:
    names = sorted(furniture.load().agencies, key=len, reverse=True)
    agency = rf"[(\[](?:{'|'.join(map(re.escape, names))})[)\]]"
    return re.compile(rf"(?<!\S)(?P<place>{_CAPS})(?:, {_NAME})?(?:,? {_DATE})?,? ?{agency}{_SEP}")


def _inner_dateline(text: str, lines: list[Span], head: _Head) -> None:
    """A dateline behind a title on the same line: "Mayor resigns LYON, May 3 (AFP) - The ..."."""
    for line in lines:
        hit = _inner_pattern().search(text, line.start, min(line.end, line.start + LONGEST_LINE))
        if hit is None or hit.start() == line.start:
            continue
        before = _stripped(text, line.start, hit.start())
        if any(s.overlaps(Span(line.start, hit.end())) for s in head.spans):
            continue
        place = hit["place"]
        if before.end - 3 > before.start and text[before.end - 3 : before.end] == " By":
            # "Mayor resigns By JANE ROE LYON (AP) -": two names, then the place.
            place = " ".join(place.split()[2:]) or place
            before = _stripped(text, before.start, before.end - 3)
        head.spans.append(_stripped(text, before.end, hit.end()))
        head.dateline = head.dateline or _placed(_place_name(place), hit[0])
        words = text[before.start : before.end]
        if head.title is None and words[-1] not in ".!?":
            head.title = words
            head.spans.append(before)
        return
