"""Who said what: direct quotes by marks and cues, indirect ones by the clause under a verb of saying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from legation.changing import replace
from legation.model import Document, Quote, Span
from legation.stages.quotes.direct import quote_in_marks
from legation.stages.quotes.indirect import indirect_quotes
from legation.stages.quotes.joining import joined
from legation.stages.quotes.marks import Marked, find_marks
from legation.stages.quotes.unparsed import plain_indirect


def find_quotes(doc: Document) -> Document:
    """Fill Document.quotes, in the order of the text.

    One quote for each pair of marks, also where they enclose several sentences; a paragraph wholly in
    marks belongs to the speaker before it. Mixed quotes share cue and speaker with the indirect quote
    that they stand in.
    """
    marked = find_marks(doc.text, _blocks(doc))
    about = _by_paragraph(doc, marked)
    by_parse = [q for s in doc.sentences if s.tokens for q in indirect_quotes(doc, s, about[s.paragraph])]
    by_words = [q for s in doc.sentences if not s.tokens for q in plain_indirect(doc, s, about[s.paragraph])]
    quotes = [*by_parse, *by_words]
    # Innermost first: with a chain of speakers the innermost speaks.
    hosts: dict[int, list[Quote]] = {}
    for clause in sorted(quotes, key=lambda q: (q.end - q.start, q.start)):
        hosts.setdefault(clause.sentence, []).append(clause)
    last: Quote | None = None
    for mark in marked:
        quote = quote_in_marks(doc, mark, last, hosts)
        if quote is not None:
            quotes.append(quote)
            if quote.kind == "direct":
                last = quote
    # The parser sees a clause under a direct quote's cue, too: "He left, and when asked he said, ...".
    direct = {q.cue for q in quotes if q.kind == "direct"}
    quotes = [q for q in quotes if q.kind != "indirect" or q.cue not in direct]
    # "“We stay,” Ann Lee said, according to a witness": the innermost speaks.
    begun = {q.start: q for q in quotes if q.kind == "direct"}
    quotes = [q for q in quotes if q.kind != "indirect" or not _only_cites(q, begun)]
    return replace(doc, quotes=tuple(joined(doc, quotes)))


def _only_cites(outer: Quote, begun: dict[int, Quote]) -> bool:
    """Whether a clause is only a direct quote (by where they begin) with its cue."""
    for at in (outer.start - 1, outer.start, outer.start + 1):
        cue = begun[at].cue if at in begun else None
        if cue is not None and outer.start <= cue.start and cue.end <= outer.end:
            return True
    return False


def _by_paragraph(doc: Document, marked: Iterable[Marked]) -> dict[int, list[Marked]]:
    """The marks of each paragraph: no sentence needs those of the others, of which a long text has thousands."""
    numbers = sorted({s.paragraph for s in doc.sentences})
    found: dict[int, list[Marked]] = {number: [] for number in numbers}
    for mark in marked:
        found[numbers[mark.block]].append(mark)
    return found


def _blocks(doc: Document) -> Iterator[Span]:
    """The paragraphs, by their sentences: furniture between them belongs to none."""
    blocks: dict[int, Span] = {}
    for s in doc.sentences:
        old = blocks.get(s.paragraph)
        blocks[s.paragraph] = Span(min(old.start, s.start), max(old.end, s.end)) if old else s.span
    yield from (blocks[k] for k in sorted(blocks))
