"""What a whole document is about: politics and conflict, or sport, business, films, the past ..., and why.

A match report attacks, defeats and shoots; a film has its coup, a chess game its sacrifice. Frames read single
sentences and cannot know. A document is given another domain than politics only where that is plain: enough of
its words, several of them different, clearly more than those of politics. A riot at a match, a government's
sanctions on a federation stay politics. A single sentence has no domain, and where in doubt there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.changing import replace
from legation.knowledge import domains
from legation.knowledge.domains import POLITICS
from legation.model import Document

# How much a domain must weigh: a base, and more for longer texts, where stray words gather; less where no word of
# politics stands beside. Set on texts of our own; what it costs in real reports is in docs/domains.md.
_BASE, _PER_WORD, _LONGEST, _ALONE = 5.0, 0.012, 1200, 0.6
# How often a domain must outweigh politics; domains of invention its institutions, and its armies half.
_AHEAD, _AHEAD_IMAGINED, _FORCE_IMAGINED = 1.6, 1.2, 0.5
_AHEAD_BUSINESS = 3.0  # what states do to trade is told in the words of business
_MUCH = 1.7  # so much heavier than needed that no word need be a strong one
# Where no word of politics stands in a text of some length, little is enough: of 138 reports with protests, arrests or
# killings one had none. Less still where not even a word stands that politics shares with the rest.
_SHORT, _FAR, _FARTHER = 30, 5.0, 3.0
_DIFFERENT = 3  # different words, at the least
_PAST_WORDS, _PAST_FIRM = 2, 2  # of history, beside the years; strong ones where the text is of our time
_SHOWN = 6
_SENTENCES = 2  # a single sentence has no domain
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December),?(?: of)?"
)
_NAMED = r"(?:[Ss]ummer|[Ss]pring|[Aa]utumn|[Ww]inter|fire|plague|war|revolt|revolution|[Tt]reaty|siege|battle|year) of"
_YEAR = re.compile(
    rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Aa]round|[Ee]arly|[Ll]ate|[Dd]uring|[Ff]rom|[Bb]etween|{_NAMED}|{_MONTHS})"
    r" ((?:1\d|20)\d\d|(?<=[Ii]n )[1-9]\d\d(?! [a-z]+s\b))\b"
    r"(?![,.]\d| ?(?:people|men|women|km|dollars|euros|pounds|cases))"
    rf"|\b(?:(?=([1-9]\d{{0,3}}) (?:BC|BCE|AD|CE)\b)|{_MONTHS} (?=([1-9]\d\d)\b(?![,.:]\d| (?:people|[a-z]+s)\b)))"
)
_CENTURY = re.compile(r"\b(?:first|second|third|[a-z]+th|1?\d(?:st|nd|rd|th)) (?:century|centuries)\b", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|this week|last week|reporters"
    r"|spokes(?:man|woman))\b"
)
_PAST_ENDS, _OLD = 1900, 1946  # years before these speak for history, the first more


@dataclass(frozen=True, slots=True)
class Verdict:
    """The domain of a text and the reason in words; None: in doubt."""

    domain: str | None
    reason: str = ""


def find_domain(doc: Document) -> Document:
    """Fill Document.domain and its reason, where the document is more than a sentence."""
    body = [s for s in doc.sentences if s.kind == "body"]
    if len(body) < _SENTENCES:
        return doc
    text = " ".join(doc.text_of(s) for s in doc.sentences)
    verdict = domain_of(text, old=doc.published is not None and doc.published[:4] < "1960")
    return replace(doc, domain=verdict.domain, domain_reason=verdict.reason)


def domain_of(text: str, *, old: bool = False) -> Verdict:
    """What the text is about; `old` says that it is itself a report of long ago, for which the past is news."""
    known = domains.load()
    words = domains.words_of(text)
    hits, length = domains.hits(words), len(words.small)
    found: dict[str, dict[str, float]] = {name: {} for name in (POLITICS, *known.names)}
    for word, times in hits.items():
        for name, weight in known.weights[word]:
            found[name][word] = weight * (1.5 if times > 1 else 1.0)
    for shape in known.shapes:
        if shape.hint in text and (match := shape.pattern.search(text)):
            found[shape.domain][match.group()] = shape.weight
    found[POLITICS].update(dict.fromkeys(domains.state_deeds(words), domains.STRONG))
    found["history"] = {} if old else _of_the_past(text, found["history"])
    weights = {name: sum(told.values()) for name, told in found.items()}
    best = max(known.names, key=lambda name: weights[name])
    if _is_plain(best, found, weights[best], length) or (
        not found[POLITICS] and length >= _SHORT and weights[best] >= (_FAR if domains.hinted(text) else _FARTHER)
    ):
        return Verdict(best, _reason(found[best], weights[POLITICS]))
    if weights[POLITICS] >= domains.STRONG * 2:
        return Verdict(POLITICS, _reason(found[POLITICS], weights[best], best))
    return Verdict(None)


def _is_plain(name: str, found: dict[str, dict[str, float]], weight: float, length: int) -> bool:
    """Whether a domain is beyond doubt: heavy enough, of several words, well ahead of politics."""
    known = domains.load()
    politics = found[POLITICS]
    beside = sum(politics.values())
    force = sum(w for word, w in politics.items() if word in known.weights and word not in known.institutions)
    institutions = beside - force
    against = beside * (_AHEAD_BUSINESS if name == "business" else _AHEAD)
    if name in known.imagined:
        against, beside = (institutions + _FORCE_IMAGINED * force) * _AHEAD_IMAGINED, institutions
    needed = (_BASE + _PER_WORD * min(length, _LONGEST)) * (1.0 if beside else _ALONE)
    firm = sum(1 for w in found[name].values() if w >= domains.STRONG)
    least = max(known.firm[name], 2 if beside > domains.PLAIN else 1)
    enough = firm >= least or (firm >= least - 1 and weight >= _MUCH * needed)
    return enough and weight >= max(needed, against) and len(found[name]) >= _DIFFERENT


def _of_the_past(text: str, words: dict[str, float]) -> dict[str, float]:
    """The words of history with its years; none where too little but numbers speak for it."""
    if len(words) < _PAST_WORDS:
        return {}
    firm = sum(1 for w in words.values() if w >= domains.STRONG)
    years = _past(text)
    if not any(w > 0 for w in years.values()) or (_present(text) and firm < _PAST_FIRM):
        return {}
    return {**words, **years}


def _past(text: str) -> dict[str, float]:
    """What years and centuries say for history: those long gone for it, those of our time and "on Monday" against."""
    years = {_year(m): (m[1] is None, int(_year(m))) for m in _YEAR.finditer(text)}
    gone = [y for y, (named, n) in years.items() if named or n < _PAST_ENDS]
    older = [y for y, (named, n) in years.items() if not named and _PAST_ENDS <= n < _OLD]
    found: dict[str, float] = dict.fromkeys(gone[:3], 3.0)
    found.update(dict.fromkeys(older[:3], 2.0))
    found.update({m.lower(): 2.0 for m in _CENTURY.findall(text)[:2]})
    found.update(dict.fromkeys(_present(text), -1.5))
    return found


def _year(match: re.Match[str]) -> str:
    return match[1] or match[2] or match[3]


def _present(text: str) -> list[str]:
    """Signs that a text is of our time, up to three: "on Monday", a spokesman, a recent year."""
    recent = {m[1] for m in _YEAR.finditer(text) if int(m[1] or 0) >= _OLD}
    return sorted(recent | {m.lower() for m in _NOW.findall(text)})[:3]


def _reason(words: dict[str, float], against: float, name: str = POLITICS) -> str:
    first = sorted(words.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]
    return f"{', '.join(w for w, _ in first)} ({sum(words.values()):.1f} against {against:.1f} of {name})"
