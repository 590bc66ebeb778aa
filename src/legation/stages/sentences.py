"""Where sentences begin and end: one pass over the text, without a parser.

A wrong cut costs an event, so doubtful stops (after "Gen.", "U.S.", an initial) are no end unless
what follows can only begin a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from legation.changing import replace
from legation.knowledge import stops
from legation.model import Document, Problem, Sentence, Span

LONGEST = 2000  # characters; what is longer is cut
_STOP = re.compile(r"[.!?…]+[\"”’'»)\]]*(?:\s+|(?<=[a-z]{2}\.)(?=[A-Z][a-z]|[\"“][A-Z])|$)")
_LINE = re.compile(r"[^\r\n]+")
_CAPITAL = re.compile("[A-Z]")
_NOT_SMALL = re.compile("[^a-z]+")
_LAST_WORD = re.compile(r"[\w.’'-]+$")
_NEXT = re.compile(r"[\"'“‘«(\[–—-]*\s*(\w+)")
_CLOSING = re.compile(r"[\"”](?=\s|$)\s*")


def split_sentences(doc: Document) -> Document:
    """Fill `Document.sentences` with every sentence outside furniture and head, and the title."""
    text = doc.text
    taken = sorted((*doc.furniture, *doc.head))
    wrapped = _is_wrapped(text)
    lower = _is_lower(" ".join(text[s.start : s.end] for s in islice(_free(text, taken), 40)))
    found: list[Sentence] = []
    too_long: Span | None = None
    paragraph, last_end = 0, 0
    title = _title_span(doc)
    blocks = [(b, False) for b in _blocks(text, taken, wrapped=wrapped)]
    if title:
        blocks = sorted([*blocks, (title, True)])
    for block, is_title in blocks:
        if found and "\n" in text[last_end : block.start].replace("\r", "\n"):
            paragraph += 1
        last_end = block.end
        spans = [block] if is_title else _split(text, block, lower=lower)
        for span in spans:
            if span.end - span.start > LONGEST and too_long is None:
                too_long = span
            for start, end in _pieces(text, span):
                if any(c.isalnum() for c in text[start:end]):
                    sentence = Sentence(len(found), start, end, paragraph=paragraph)
                    found.append(replace(sentence, kind="title") if is_title else sentence)
    problems = doc.problems
    if too_long:
        message = f"A sentence of more than {LONGEST:,} characters was cut into pieces."
        problems = (*problems, Problem("sentences", message, too_long))
    return replace(doc, sentences=tuple(found), problems=problems)


def _title_span(doc: Document) -> Span | None:
    """The head's span that is the title."""
    if not doc.title:
        return None
    wanted = " ".join(doc.title.casefold().split())
    for span in doc.head:
        if " ".join(doc.text[span.start : span.end].casefold().split()) == wanted:
            return span
    return None


def _is_lower(text: str) -> bool:
    """Whether the text is printed without capitals."""
    start = text[:4000]
    # Broken encodings are full of accented capitals: only A to Z count.
    capitals = len(_CAPITAL.findall(start)) * 100
    return capitals < len(start) and capitals < len(_NOT_SMALL.sub("", start))


def _is_wrapped(text: str) -> bool:
    """Whether the lines were broken at a column, so that a line break ends nothing."""
    lines = [line.strip() for line in text[:40_000].splitlines()]
    lines = [line for line in lines if line]
    if len(lines) < 4:
        return False
    broken = sum(55 <= len(line) <= 90 and line[-1] not in ".!?:\"”" for line in lines)
    return broken * 2 > len(lines) and sum(len(line) > 100 for line in lines) * 20 < len(lines)


def _free(text: str, taken: list[Span]) -> Iterator[Span]:
    """The stretches between what is taken."""
    at = 0
    for span in taken:
        if at < span.start:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < len(text):
        yield Span(at, len(text))


def _blocks(text: str, taken: list[Span], *, wrapped: bool) -> Iterator[Span]:
    """Stretches that no sentence crosses: lines, joined where a line only goes on in the next."""
    for free in _free(text, taken):
        start = end = -1
        for line in _LINE.finditer(text, free.start, free.end):
            left = line.start() + len(line[0]) - len(line[0].lstrip())
            right = line.start() + len(line[0].rstrip())
            if left >= right:
                continue
            if start >= 0 and _goes_on(text, end, left, wrapped=wrapped):
                end = right
                continue
            if start >= 0:
                yield Span(start, end)
            start, end = left, right
        if start >= 0:
            yield Span(start, end)


def _goes_on(text: str, end: int, start: int, *, wrapped: bool) -> bool:
    """Whether the line ending at `end` goes on in the one beginning at `start`."""
    gap = text[end:start].replace("\r\n", "\n").replace("\r", "\n")
    if gap.count("\n") > 1:
        return False
    if wrapped:
        return True
    opened = text[start]
    if opened in "\"”" and text[start + 1 : start + 2] == " ":
        return True  # the quote was closed on the next line
    return text[end - 1] not in ".!?:;\"”…" and (opened.islower() or opened in ",.;)”’™€")


def _split(text: str, block: Span, *, lower: bool) -> list[Span]:
    """The sentences of one block."""
    out: list[Span] = []
    start = block.start
    quotes_from = block.start
    for hit in _STOP.finditer(text, block.start, block.end):
        end, after = hit.end(), hit.end()
        if after < start or after >= block.end:
            continue
        closing = _CLOSING.match(text, after, block.end)
        closed = hit[0].rstrip()[-1] not in ".!?…"
        quotes = text.count('"', max(quotes_from, after - LONGEST), after)
        if closing and (closing[0][0] == "”" or quotes % 2):
            end = after = closing.end()
            closed = True
        elif quotes % 2 and hit[0] == "." and text[after] == '"':
            end = after = after + 1  # no blank after the closing quote
        if not _ends(text, start, hit, Span(after, block.end), lower=lower, closed=closed):
            continue
        span = _trim(text, start, end)
        if span.start < span.end:
            out.append(span)
        start = quotes_from = after
    if start < block.end:
        span = _trim(text, start, block.end)
        if span.start < span.end:
            out.append(span)
    return out


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _ends(
    text: str, start: int, hit: re.Match[str], rest: Span, *, lower: bool, closed: bool
) -> bool:
    """Whether the stop is the end of a sentence that began at `start`; `closed`: a quote ends with it."""
    known = stops.load()
    following = _NEXT.match(text, rest.start, min(rest.end, rest.start + 60))
    if following is None:
        return True
    word = following[1]
    if word[0].islower() and (not lower or (closed and word in known.tags)):
        return False
    if ")" in hit[0]:
        opened = text.rfind("(", max(start, hit.start() - 40), hit.start())
        if opened >= 0 and not any(c.isspace() for c in text[opened : hit.start()]):
            return False  # "(D-N.Y.) Thursday"
    if not hit[0].startswith(".") or hit[0].startswith(".."):
        return True
    before = _LAST_WORD.search(text[max(start, hit.start() - 20) : hit.start()])
    if before is None:
        return hit.start() > start
    last = before[0].lstrip("'’")
    small = last.lower()
    if small in known.never or (small in known.numbered and word[0].isdigit()):
        return False
    if last.isdigit() and hit.start() - len(last) <= start:  # "1. The ..." is a list
        return False
    single = len(last) == 1 and last.isalpha()
    dotted = len(last) > 2 and all(len(p) <= 2 for p in last.split(".")) and "." in last
    if single or dotted or small in known.doubtful:
        return word in known.starters or (lower and not single)
    return True


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The sentence, cut at blanks where it is longer than any sentence is."""
    start = span.start
    while span.end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        piece = _trim(text, start, cut)
        yield piece.start, piece.end
        start = cut
        while start < span.end and text[start].isspace():
            start += 1
    if start < span.end:
        yield start, span.end
