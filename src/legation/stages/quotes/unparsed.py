"""Indirect quotes in sentences that were passed over by the parser: the plainest forms, read from the words.

In a report about business or sport most sentences are not parsed. "The minister said that ...", "..., the minister
said" and "..., according to the minister" need no parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from legation.knowledge.quotes import reporting_words
from legation.model import Document, Quote, Sentence, Span
from legation.stages.quotes.marks import Marked
from legation.stages.quotes.plain import APART, BETWEEN, WHO
from legation.stages.quotes.speakers import actor_in_words

_PAST = ("said", "says", "told", "tells", "wrote", "writes", "adds", "argues", "insists", "denies")
_DAY = r"(?:\s(?:on\s|late\s|early\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|night|evening))?)?"
_WHERE = r"(?:\s(?:in|during|at)\san?\s(?:[\w-]+\s){0,2}?(?:interview|statement|tweet|speech|letter|e-?mail|memo|post|debate))?"
_TOLD = r"(?:\s(?:[\w.’'-]+\s){0,3}?[\w.’'-]+)"
# Words that open what is said where "that" is left out.
_OPENS = (
    r"(?:he|she|they|it|we|I|you|the|an?|his|her|their|its|this|these|those|there|some|many|most|no|if|while|when|as"
    r"|[A-Z][\w.’'-]*|\d[\d,.]*|[“\"])"
)
_LEAST = 3  # words of a clause
_WORD = re.compile(r"\w[\w'’-]*")
_LEAD_IN = r"(?:(?:In|On|At|But|And|Asked|Last|During|After|For|As)\b[^“”\"]{1,70}?,\s|But\s|And\s|However,\s)?"
_NO_SPEAKER = frozenset({"he", "she", "they", "it", "we", "i", "you", "who", "officials", "police", "people", "sources"})


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
    trailing = re.compile(rf"(?P<said>.+?),\s(?P<who>{WHO}?){APART}{BETWEEN}\s(?P<verb>{verb}|told|tells)\b(?P<rest>[^“”\"]*)$")
    inverted = re.compile(rf"(?P<said>.+?),\s(?P<verb>{verb})\s(?P<who>{WHO})(?P<rest>[^“”\"]*)$")
    return leading, trailing, inverted


_ACCORDING = re.compile(
    rf"(?P<said>.+?),?\s(?P<verb>according to)\s(?P<who>{WHO})\s?(?:,[^“”\"]*)?$|"
    rf"(?P<verb2>According to)\s(?P<who2>{WHO}){APART},\s(?P<said2>.+)"
)


def plain_indirect(doc: Document, sent: Sentence, marked: Sequence[Marked]) -> Iterator[Quote]:
    """What the sentence says that somebody said; nothing where that stands wholly in marks."""
    text = doc.text[sent.start : sent.end].rstrip(" .!?\n\t”\"'’")
    found = _ACCORDING.match(text)
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
    if len(_WORD.findall(doc.text, start, end)) < _LEAST or not _names(found[who]):
        return None
    if any(m.outer.start <= cue.start < m.outer.end or (m.outer.start <= start + 1 and end <= m.outer.end + 1) for m in marked):
        return None
    # A clause that begins in one pair of marks and ends outside is cut out of a direct quote.
    if any(m.outer.start <= start < m.outer.end <= end and m.outer.start < start for m in marked):
        return None
    speaker = actor_in_words(doc, *(sent.start + at for at in found.span(who)))
    lemma = reporting_words().verbs.get(found[verb].lower())
    return Quote(
        start, end, doc.text[start:end], "indirect", cue, speaker, None, sent.index, lemma is not None and lemma.denies
    )


def _names(who: str) -> bool:
    """Whether words can be who speaks: a name, a pronoun, or a noun with its article."""
    first = who.split()[0].lower()
    return who[:1].isupper() or first in _NO_SPEAKER or first in ("the", "a", "an", "his", "her", "their", "its", "one")
