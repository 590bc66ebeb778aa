"""Indirect quotes in sentences that were passed over by the parser: the plainest forms, read from the words.

In a report about business or sport most sentences are not parsed. "The minister said that ...", "..., the minister
said" and "..., according to the minister" need no parse.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from legation.knowledge.quotes import reporting_words
from legation.model import Document, Quote, Sentence, Span
from legation.stages.quotes.marks import Marked
from legation.stages.quotes.plain import APART, BETWEEN, WHO
from legation.stages.quotes.speakers import actor_in_words

_PAST = ("said", "says", "told", "tells", "wrote", "writes", "adds", "argues", "insists", "denies")
_DAY = r"(?:\s(?:on\s|late\s|early\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|night|evening))?)?"
_WHERE = (
    r"(?:\s(?:in|during|at)\san?\s(?:[\w-]+\s){0,2}?"
    r"(?:interview|statement|tweet|speech|letter|e-?mail|memo|post|debate))?"
)
_TOLD = r"(?:\s(?:[\w.’'-]+\s){0,3}?[\w.’'-]+)"
# Words that open what is said where "that" is left out.
_OPENS = (
    r"(?:he|she|they|it|we|I|you|the|an?|his|her|their|its|this|these|those|there|some|many|most|no|if|while|when|as"
    r"|[A-Z][\w.’'-]*|\d[\d,.]*|[“\"])"
)
_LEAST = 3  # words of a clause
# What marks words as a clause where no parse says so: a helping verb, or a form in -ed.
_CLAUSE = re.compile(
    r"(?<![\w-])(?:is|are|was|were|am|be|been|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|said|got"
    r"|went|came|took|made|gave|saw|knew|felt|won|lost|left|met|held|found|kept|put|let|wants?|needs?|makes?|takes?|gets?"
    r"|goes|comes?|\w{2,}ed)\b|n['’]t\b|['’](?:s|re|ll|ve|m|d)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w[\w'’-]*")
_LETTERS = re.compile("[a-z]+")
_LEAD_IN = r"(?:(?:In|On|At|But|And|Asked|Last|During|After|For|As)\b[^“”\"]{1,70}?,\s|But\s|And\s|However,\s)?"
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "who"})
_SPEAKERS = _PRONOUNS | frozenset("officials police people sources the a an his her their its one".split())
_LONGEST = 600  # characters of a sentence that is looked at: the patterns go back and forth


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = reporting_words().verbs
    past = [f for f, v in words.items() if v.kind == "say" and v.needs is None and (f.endswith("ed") or f in _PAST)]
    others = [f for f in past if f not in ("told", "tells")]
    told = rf"(?P<told>told|tells){_TOLD}\s(?=that\b)"
    verb = "|".join(map(re.escape, sorted(others, key=len, reverse=True)))
    leading = re.compile(
        rf"{_LEAD_IN}(?P<who>{WHO}?){APART}{BETWEEN}\s(?:(?P<verb>{verb}){_DAY}{_WHERE}{_DAY}\s(?=that\b|{_OPENS})|{told})"
        r"(?P<said>.+)"
    )
    trailing = re.compile(
        rf"(?P<said>.+?),\s(?P<who>{WHO}?){APART}{BETWEEN}\s(?P<verb>{verb}|told|tells)\b(?P<rest>[^“”\"]*)$"
    )
    inverted = re.compile(rf"(?P<said>.+?),\s(?P<verb>{verb})\s(?P<who>{WHO})(?P<rest>[^“”\"]*)$")
    return leading, trailing, inverted


_ACCORDING = re.compile(
    rf"(?P<said>.+?),?\s(?P<verb>according to)\s(?P<who>{WHO})\s?(?:,[^“”\"]*)?$|"
    rf"(?P<verb2>According to)\s(?P<who2>{WHO}){APART},\s(?P<said2>.+)"
)


def plain_indirect(doc: Document, sent: Sentence, marked: Sequence[Marked]) -> Iterator[Quote]:
    """What the sentence says that somebody said; nothing where that stands wholly in marks."""
    text = doc.text[sent.start : sent.end].rstrip(" .!?\n\t”\"'’")
    # Most sentences hold no word of a cue: looking that up costs a tenth of looking for the cues themselves.
    if len(text) > _LONGEST or _cue_words().isdisjoint(_LETTERS.findall(text.lower())) or not _any_cue().search(text):
        return
    near = marked[_first(marked, sent.start) : bisect_left(marked, sent.end, key=lambda m: m.outer.start)]
    yield from _plainest(doc, sent, near, text)


def _first(marked: Sequence[Marked], start: int) -> int:
    return bisect_left(marked, start, key=lambda m: m.outer.end)


def _cues() -> list[str]:
    return [f for f, v in reporting_words().verbs.items() if v.kind == "say" and (f.endswith("ed") or f in _PAST)]


@cache
def _cue_words() -> frozenset[str]:
    """The first word of each cue, as letters alone."""
    return frozenset(_LETTERS.findall(cue)[0] for cue in (*_cues(), "according to"))


@cache
def _any_cue() -> re.Pattern[str]:
    words = _cues()
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))}|according to)\b", re.IGNORECASE)


def _plainest(doc: Document, sent: Sentence, marked: Sequence[Marked], text: str) -> Iterator[Quote]:
    found = _ACCORDING.match(text) if "ccording to" in text else None
    if found is not None:
        end = "2" if found["verb2"] else ""
        quote = _quote(doc, sent, marked, found, "said" + end, "verb" + end, "who" + end)
        if quote is not None:
            yield quote
        return
    for number, pattern in enumerate(_patterns()):
        found = pattern.match(text)
        if found is None:
            continue
        verb = "told" if number == 0 and found["told"] else "verb"
        quote = _quote(doc, sent, marked, found, "said", verb, "who")
        if quote is not None:
            yield quote
            return


def _quote(
    doc: Document, sent: Sentence, marked: Sequence[Marked], found: re.Match[str], said: str, verb: str, who: str
) -> Quote | None:
    start, end = (sent.start + at for at in found.span(said))
    cue = Span(*(sent.start + at for at in found.span(verb)))
    words = doc.text[start:end]
    clause = words.startswith("that ") or _CLAUSE.search(words) is not None
    if len(_WORD.findall(words)) < _LEAST or not _names(found[who]) or not clause:
        return None
    if any(_within(m, start, end, cue) for m in marked):
        return None
    first, last = found.span(who)
    speaker = actor_in_words(doc, sent.start + first, sent.start + last)
    lemma = reporting_words().verbs.get(found[verb].lower())
    return Quote(
        start, end, doc.text[start:end], "indirect", cue, speaker, None, sent.index, lemma is not None and lemma.denies
    )


def _within(mark: Marked, start: int, end: int, cue: Span) -> bool:
    """Whether the clause or its cue stands in marks, or is cut out of what stands there."""
    outer = mark.outer
    wholly = outer.start <= start + 1 and end <= outer.end + 1
    return wholly or outer.start <= cue.start < outer.end or outer.start < start < outer.end <= end


def _names(who: str) -> bool:
    """Whether words can be who speaks: a name, a pronoun, or a noun with its article."""
    first = who.split()[0].lower()
    return who[:1].isupper() or first in _SPEAKERS
