"""Which sentences may hold something to code: only these are parsed.

A sentence passes when one of its words may be a predicate of the event lexicon. Documents that are not
English are not parsed at all, and of a document that is far too long only the beginning is. In a document that
is about sport, business, films and the like (Document.domain) only sentences that speak of politics themselves pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from legation.changing import replace
from legation.knowledge import domains, lexicon
from legation.model import Document, Problem, Sentence, Span

# A parsed document is held whole, some 350 bytes a character; a file far longer is no single report.
LONGEST = 500_000
_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("", "s", "es", "ed", "d", "ing")
_IRREGULAR = {
    "be": "is are was were been",
    "begin": "began begun",
    "break": "broke broken",
    "bring": "brought",
    "buy": "bought",
    "choose": "chose chosen",
    "come": "came",
    "cut": "cutting",
    "deal": "dealt",
    "draw": "drew drawn",
    "drive": "drove driven",
    "fall": "fell fallen",
    "feel": "felt",
    "fight": "fought",
    "find": "found",
    "flee": "fled",
    "fly": "flew flown flies",
    "forbid": "forbade forbidden",
    "forgive": "forgave forgiven",
    "get": "got gotten getting",
    "give": "gave given",
    "go": "went gone goes",
    "hang": "hung",
    "have": "had has having",
    "hit": "hitting",
    "hold": "held",
    "keep": "kept",
    "know": "knew known",
    "lay": "laid",
    "lead": "led",
    "leave": "left",
    "lend": "lent",
    "let": "letting",
    "lose": "lost",
    "make": "made",
    "mean": "meant",
    "meet": "met",
    "overthrow": "overthrew overthrown",
    "pay": "paid",
    "put": "putting",
    "quit": "quitting",
    "rise": "rose risen",
    "say": "said",
    "see": "saw seen",
    "seek": "sought",
    "sell": "sold",
    "send": "sent",
    "set": "setting",
    "shoot": "shot",
    "sing": "sang",
    "sit": "sat",
    "slay": "slew slain",
    "speak": "spoke spoken",
    "spend": "spent",
    "stand": "stood",
    "steal": "stole stolen",
    "strike": "struck stricken",
    "swear": "swore sworn",
    "take": "took taken",
    "teach": "taught",
    "tear": "tore torn",
    "tell": "told",
    "think": "thought",
    "throw": "threw thrown",
    "understand": "understood",
    "withdraw": "withdrew withdrawn",
    "withhold": "withheld",
    "win": "won",
    "write": "wrote written",
    "hear": "heard",
    "uphold": "upheld",
    "undertake": "undertook undertaken",
    "blow": "blew blown",
    "shut": "shutting",
    "bomb": "bombing",
    "burn": "burnt",
    "man": "men",
    "foresee": "foresaw foreseen",
    "rebuild": "rebuilt",
    "build": "built",
    "catch": "caught",
    "sink": "sank sunk",
    "ban": "banned",
    "bid": "bidding",
}


def gate_sentences(doc: Document) -> Document:
    """Set Sentence.parse: False where no word can be a predicate, or the document is not English or not political."""
    english = doc.lang is None or doc.lang.split("-")[0].lower() == "en"
    # Later stages go from sentence to sentence: those beyond the longest would cost without giving.
    near = doc.sentences if len(doc.text) <= LONGEST else tuple(s for s in doc.sentences if s.start < LONGEST)
    problems = doc.problems
    if english and len(doc.text) > LONGEST:
        message = (
            f"The text has {len(doc.text):,} characters; only the first {LONGEST:,} are coded. "
            "Split it into one document a report, as JSONL."
        )
        problems = (*problems, Problem("gate", message, Span(LONGEST, len(doc.text))))
    told = [english and _may_tell(doc.text_of(s)) for s in near]
    reason = doc.domain_reason
    if doc.domain is not None and doc.domain != domains.POLITICS:
        told, before = _of_politics(doc, near, told), told
        reason = f"{reason}; {sum(before) - sum(told)} of {len(near)} sentences passed over"
    sentences = tuple(
        s if s.parse == parse else replace(s, parse=parse) for s, parse in zip(near, told, strict=True)
    )
    return replace(doc, sentences=sentences, problems=problems, domain_reason=reason)


def _may_tell(sentence: str) -> bool:
    """Whether any word can be a predicate of the lexicon."""
    return not _forms().isdisjoint(_WORD.findall(sentence.lower()))


def _of_politics(doc: Document, sentences: Sequence[Sentence], told: Sequence[bool]) -> list[bool]:
    """Which of the sentences that may tell something speak of politics themselves, in a match report, say."""
    domain = doc.domain or ""
    return [
        may and domains.speaks_of_politics(doc.text_of(s), domain) for s, may in zip(sentences, told, strict=True)
    ]


@cache
def _forms() -> frozenset[str]:
    """Every form that a predicate's first word may take; too many forms cost a parse, too few an event."""
    found: set[str] = set()
    for lemma in lexicon.load().words():
        found.update(lemma + ending for ending in _ENDINGS)
        found.update(_IRREGULAR.get(lemma, "").split())
        if lemma.endswith("e"):
            found.update((lemma[:-1] + "ing", lemma[:-1] + "ed"))
        if lemma.endswith("y"):
            found.update((lemma[:-1] + "ies", lemma[:-1] + "ied"))
        if len(lemma) > 2 and lemma[-1] not in "aeiouwy" and lemma[-2] in "aeiou":
            found.update((lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"))
    return frozenset(found)
