"""How many: the dead, injured, arrested and the crowd of each event, as low, best and high."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from legation.knowledge.numbers import NUMBER, parse_number
from legation.model import Count, Document, EventMention, Sentence, Size

Kind = Literal["dead", "injured", "arrested", "crowd"]

# What the vague words are taken for: (low, best, high). A plural scale is at least two of it and
# less than ten ("dozens": up to 99); the report says no more, so there is no best figure.
_SCALES: dict[str, tuple[int, int | None, int | None]] = {
    "dozens": (24, None, 99),
    "scores": (40, None, 199),
    "hundreds": (200, None, 999),
    "thousands": (2_000, None, 9_999),
    "tens of thousands": (20_000, None, 99_999),
    "hundreds of thousands": (200_000, None, 999_999),
    "millions": (2_000_000, None, None),
    "a handful": (3, None, 9),
    "a few": (3, None, 9),
    "several": (3, None, 9),
    "a couple": (2, 2, 2),
    "a few dozen": (36, None, 60),
    "several dozen": (36, None, 99),
    "a few hundred": (300, None, 600),
    "several hundred": (300, None, 900),
    "a few thousand": (3_000, None, 6_000),
    "several thousand": (3_000, None, 9_000),
}
_VAGUE = "|".join(sorted((re.escape(v).replace(r"\ ", r"\s+") for v in _SCALES), key=len, reverse=True))
_LOW = r"at\s+least|more\s+than|over|no\s+(?:fewer|less)\s+than|upwards?\s+of|well\s+over|not\s+less\s+than"
_HIGH = r"up\s+to|as\s+many\s+as|at\s+most|no\s+more\s+than|fewer\s+than|less\s+than|under"
_NEARLY = r"nearly|almost|close\s+to|just\s+under"
_ABOUT = r"about|around|some|roughly|approximately|an\s+estimated|estimated|circa"
_PERSON = (
    r"person|civilian|soldier|policeman|policewoman|police\s+officer|officer|woman|man"
    r"|child|militant|fighter|rebel|insurgent|gunman"
    r"|protest[eo]r|demonstrator|worker|student|journalist|reporter|villager|resident"
    r"|passenger|terrorist|peacekeeper|guard|activist"
    r"|suspect|supporter|migrant|refugee|prisoner|hostage|boy|girl|teenager|youth|citizen"
    r"|farmer|miner|national|commander|commando"
    r"|pilgrim|politician|lawmaker|lawyer|teacher|priest|doctor|employee|general|judge"
    r"|diplomat|minister|bystander|servicem[ae]n"
)
# The number's own phrase: "at least 12", "between 10 and 15", "12 or 13", "tens of thousands of".
AMOUNT = (
    rf"(?:(?P<bound>{_LOW}|{_NEARLY}|{_HIGH}|{_ABOUT})\s+)?"
    rf"(?:between\s+(?P<from>{NUMBER})\s+and\s+(?P<until>{NUMBER})"
    rf"|(?P<single>an?)(?=\s+(?:[\w’'-]+\s+){{0,3}}?(?:{_PERSON})\b)"
    rf"|(?P<vague>{_VAGUE})\b|(?P<number>{NUMBER})(?:\s*(?P<or>or|to|-|–)\s*"
    rf"(?P<second>{NUMBER}))?(?![\w%]|[.,:/]\d|\s*(?:per\s?cent|%)))"
)

_PEOPLE = (
    r"people|persons?|civilians?|soldiers?|troops|policemen|police\s+officers?"
    r"|policewom[ae]n|policeman|officers?|wom[ae]n|m[ae]n|child(?:ren)?"
    r"|militants?|fighters?|rebels?|insurgents?|gunm[ae]n|protest[eo]rs?|demonstrators?"
    r"|marchers?|workers?|students?|journalists?"
    r"|villagers?|residents?|passengers?|worshippers?|terrorists?|jihadists?|extremists?"
    r"|separatists?|guerrillas?|bystanders?|servicem[ae]n"
    r"|peacekeepers?|guards?|others?|members?|activists?|suspects?|supporters?|opponents?"
    r"|migrants?|refugees?|prisoners?|hostages?"
    r"|boys?|girls?|youths?|citizens?|farmers?|miners?|nationals?|victims?|personnel"
    r"|cadres?|commandos?|paramilitar(?:y|ies)|pilgrims?|patients?"
    r"|politicians?|lawyers?|teachers?|strikers?|participants?|supporters?|ralliers"
    r"|rioters?|dissidents?|monks?|nuns?|priests?|doctors?|employees"
)
# Adjectives and names between the number and the people: "five Afghan government soldiers".
_OF_PEOPLE = rf"(?:\s+(?:of\s+(?:the\s+|its\s+|his\s+)?)?(?:[\w’'-]+\s+){{0,3}}?(?:{_PEOPLE})\b)"
_DEAD = (
    r"killed|dead|died|slain|shot\s+dead|gunned\s+down|massacred|executed|beheaded|murdered"
    r"|perished|lost\s+their\s+lives|martyred"
)
_INJURED = r"injured|wounded|hurt|maimed|hospitali[sz]ed"
_ARRESTED = (
    r"arrested|detained|jailed|rounded\s+up|taken\s+into\s+custody|imprisoned|apprehended|held|in\s+custody"
)
_KILLING = (
    r"kill(?:s|ed|ing)?|massacr(?:e|es|ed|ing)|execut(?:e|es|ed|ing)|murder(?:s|ed|ing)?"
    r"|slay(?:s|ing)?|slew|behead(?:s|ed|ing)?|shot\s+dead|gunn(?:ed|ing)\s+down|claim(?:ed"
    r"|ing)\s+the\s+lives\s+of"
)
_INJURING = r"injur(?:e|es|ed|ing)|wound(?:s|ed|ing)?|hurt(?:s|ing)?"
_ARRESTING = (
    r"arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?|round(?:s|ed|ing)\s+up|jail(?:s|ed|ing)?|nab(?:s"
    r"|bed|bing)?|apprehend(?:s|ed|ing)?|imprison(?:s|ed|ing)?"
)
_CROWD_VERBS = (
    r"march(?:ed|es|ing)?|rall(?:y|ied|ies|ying)|protest(?:ed|s|ing)?|demonstrat(?:ed|e|es"
    r"|ing)|gather(?:ed|s|ing)?|took\s+to\s+the\s+streets|take\s+to\s+the\s+streets"
    r"|taking\s+to\s+the\s+streets"
    r"|turned\s+out|attend(?:ed|s|ing)?|joined|join|went\s+on\s+strike|walked\s+out"
    r"|took\s+part|poured|flooded|filled|packed|assembled|paraded|picketed|blocked|clashed"
    r"|staged|chanted|defied|converged|thronged|demanded|demanding|called"
)
_SUBJECT_GAP = r"(?:\s+(?!and\b)[\w’'-]+){0,4}?\s+"
_WERE = (
    r"(?:,\s+(?:including|among\s+them|most(?:ly|\s+of\s+them)"
    r"|all(?:\s+of\s+them)?)\s[^,.;]{1,60},)?(?:,?\s+(?:(?:were|was|are|have(?:\s+been)?|has\s+been"
    r"|had(?:\s+been)?|being|reported|reportedly|confirmed|also|been|left|feared|believed|got|is|be"
    r"|would\s+be)\s+){0,4})"
)


def _amounts(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("@N", AMOUNT), re.IGNORECASE)


# In the order they are tried; a stretch of text is read once for each kind.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "dead",
        _amounts(
            r"\b(?:death\s+toll|toll)\b[^.;\d]{0,50}?\b(?:to|at|is|was|of|stood\s+at"
            r"|reached|reaches|hits?|past|exceeds?|exceeded)\s+@N"
        ),
    ),
    ("dead", _amounts(rf"\b(?:{_KILLING})\s+@N(?!\s+(?:others?\s+)?(?:{_INJURED}))")),
    ("dead", _amounts(rf"(?<![\w,.])@N{_OF_PEOPLE}?{_WERE}(?:{_DEAD})\b")),
    ("dead", _amounts(r"(?<![\w,.])@N\s+(?:[\w-]+\s+)?(?:deaths|fatalities|dead|bodies)\b")),
    ("dead", _amounts(r"\b(?:deaths?|lives)\s+of\s+@N")),
    ("injured", _amounts(rf"\b(?:{_INJURING})\s+@N")),
    (
        "injured",
        _amounts(
            rf"(?<![\w,.])@N{_OF_PEOPLE}?{_WERE}(?:(?:seriously|critically|slightly|badly"
            rf"|severely)\s+)?(?:{_INJURED})\b"
        ),
    ),
    ("injured", _amounts(r"(?<![\w,.])@N\s+(?:[\w-]+\s+)?(?:injuries|wounded|injured)\b")),
    ("arrested", _amounts(rf"\b(?:{_ARRESTING})\s+@N")),
    ("arrested", _amounts(rf"(?<![\w,.])@N{_OF_PEOPLE}?{_WERE}(?:{_ARRESTED})\b")),
    ("arrested", _amounts(r"(?<![\w,.])@N\s+(?:[\w-]+\s+)?(?:arrests|detentions|detainees)\b")),
    ("arrested", _amounts(r"\barrests?\s+of\s+@N")),
    (
        "crowd",
        _amounts(
            r"(?<![\w,.])@N(?:\s+of)?(?:\s+[\w’'-]+){0,3}?\s+(?:protest[eo]rs"
            r"|demonstrators|marchers|strikers|rioters|ralliers|participants)\b"
        ),
    ),
    (
        "crowd",
        _amounts(
            rf"(?<![\w,.])@N(?:{_OF_PEOPLE}"
            rf"|\s+of\s+(?:[\w’'-]+\s+){{0,3}}?[\w’'-]+s\b)?{_SUBJECT_GAP}(?:{_CROWD_VERBS})\b"
        ),
    ),
    (
        "crowd",
        _amounts(
            r"\b(?:crowds?|rall(?:y|ies)|march|protest|demonstration|gathering|turnout"
            r"|strike)\s+(?:\w+\s+)?(?:of|by|involving|drew|attracted|numbering"
            r"|estimated\s+at)\s+@N"
        ),
    ),
    ("crowd", _amounts(r"\b(?:drew|attracted|brought\s+out|attended\s+by|joined\s+by|numbering)\s+@N")),
)
_WORTH = re.compile(
    rf"\b(?:{_KILLING}|{_DEAD}|{_INJURING}|{_ARRESTING}|deaths?|toll|fatalities|bodies"
    rf"|lives|injuries|arrests?|detentions|detainees|in\s+custody|taken\s+into"
    rf"|{_CROWD_VERBS}|crowds?|protest\w*|demonstrat\w*|march\w*|rall(?:y|ies)|strik\w+"
    rf"|turnout|attended|rioters)\b",
    re.IGNORECASE,
)
# A number of these is none of people; months only with a capital, as people "march".
_NO_PEOPLE = re.compile(
    r"(?:st|nd|rd|th)\b"
    r"|\s+(?-i:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\s+(?:years?|days?|weeks?|months?|hours?|minutes?|kms?|kilomet(?:er|re)s?|miles?"
    r"|met(?:er|re)s?|vehicles?"
    r"|buildings?|houses?|homes?|times?|shots?|rockets?|missiles?|percent|per\s+cent"
    r"|dollars?|square|acres?|tons?|tonnes?"
    r"|drones?|tanks?|cars?|trucks?|bus(?:es)?|villages?|towns?|cit(?:y|ies)|districts?"
    r"|provinces?|animals?|sheep|cows?"
    r"|goats?|birds?|dogs?|cattle)\b",
    re.IGNORECASE,
)
_BEFORE_COUNT = re.compile(
    r"(?:\bage[d]?|\bno|\bnot|\bin|\bof\s+the|\bSection|\bArticle|[$€£])\s*$", re.IGNORECASE
)

# Which sizes an event of a type can have.
_FITS: dict[str, tuple[Kind, ...]] = {
    "ASSAULT": ("dead", "injured", "arrested"),
    "COERCE": ("arrested", "dead", "injured"),
    "PROTEST": ("crowd", "dead", "injured", "arrested"),
    "SANCTION": ("arrested",),
    "MOBILIZE": (),
}
_OWN: dict[str, Kind] = {"ASSAULT": "dead", "COERCE": "arrested", "PROTEST": "crowd"}


@dataclass(frozen=True, slots=True)
class Found:
    """A count of a kind, and where the report says it."""

    kind: Kind
    count: Count
    start: int
    end: int


def find_sizes(doc: Document) -> Document:
    """Fill the size of each event mention whose clause or sentence counts people."""
    if not any(m.event in _FITS for m in doc.event_mentions):
        return doc
    by_index = {sent.index: sent for sent in doc.sentences}
    counts: dict[int, list[Found]] = {}
    sized: list[EventMention] = []
    for mention in doc.event_mentions:
        sent = by_index.get(mention.sentence)
        if sent is None or mention.event not in _FITS:
            sized.append(mention)
            continue
        if sent.index not in counts:
            counts[sent.index] = counts_in(doc.text, sent.start, sent.end)
        sized.append(replace(mention, size=_size(mention, sent, counts[sent.index], doc.event_mentions)))
    return replace(doc, event_mentions=tuple(sized))


def _size(
    mention: EventMention, sent: Sentence, found: list[Found], mentions: tuple[EventMention, ...]
) -> Size | None:
    """The counts in the mention's clause; else those of its sentence that no fitter event of it claims."""
    chosen: dict[Kind, Count] = {}
    beside = [m for m in mentions if m.sentence == mention.sentence and m != mention]
    for kind in _FITS[mention.event]:
        near = [f for f in found if f.kind == kind]
        inside = [f for f in near if _in_clause(f, mention, sent)]
        if not inside and any(
            _fitter(kind, other, mention)
            or any(_in_clause(f, other, sent) and kind in _FITS.get(other.event, ()) for f in near)
            for other in beside
        ):
            continue
        if pool := inside or near:
            anchor = sent.tokens[mention.anchor].start if mention.anchor < len(sent.tokens) else sent.start
            chosen[kind] = min(pool, key=lambda f: (abs(f.start - anchor), f.start)).count
    if not chosen or (mention.status in ("future", "hypothetical") and mention.event != "PROTEST"):
        return None
    return Size(**{kind: chosen.get(kind) for kind in ("dead", "injured", "arrested", "crowd")})


def _fitter(kind: Kind, other: EventMention, mention: EventMention) -> bool:
    """Whether a count of this kind is another event's: the dead an assault's, the crowd a protest's."""
    return _OWN.get(other.event) == kind and _OWN.get(mention.event) != kind


def _in_clause(found: Found, mention: EventMention, sent: Sentence) -> bool:
    return any(
        index < len(sent.tokens)
        and found.start <= sent.tokens[index].start < found.end
        and sent.tokens[index].text[:1].isalnum()
        for index in mention.clause_tokens
    )


def counts_in(text: str, start: int, end: int) -> list[Found]:
    """Every count of people between two offsets, in text order; one for the same words and kind."""
    if _WORTH.search(text, start, end) is None:
        return []
    found: list[Found] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            first = match.start("bound") if match["bound"] else _number_start(match)
            last = max(match.end(name) for name in ("until", "second", "vague", "number", "single"))
            if kind == "crowd" and match["single"]:
                continue
            if _NO_PEOPLE.match(text[last : last + 24]) or _BEFORE_COUNT.search(
                text[max(0, first - 10) : first]
            ):
                continue
            if any(f.start < last and first < f.end and (f.kind == kind or kind == "crowd") for f in found):
                continue
            if (count := _count(match, text[first:last])) is not None:
                found.append(Found(kind, count, first, last))
    return sorted(found, key=lambda f: (f.start, f.kind))


def _number_start(match: re.Match[str]) -> int:
    if match["from"]:
        before = match.string[match.start() : match.start("from")].lower()
        return match.start() + before.rindex("between")
    return max(match.start(name) for name in ("vague", "number", "single"))


def _count(match: re.Match[str], words: str) -> Count | None:
    text = " ".join(words.split())
    if match["vague"]:
        low, best, high = _SCALES[" ".join(match["vague"].lower().split())]
        return Count(low, best, high, text)
    if match["single"]:
        return Count(1, 1, 1, text)
    if match["from"]:
        return _between(match["from"], match["until"], text)
    if match["second"]:
        return _between(match["number"], match["second"], text)
    value = _whole(match["number"])
    if value is None or (re.fullmatch(r"(?:19|20)\d\d", match["number"]) and not match["bound"]):
        return None  # "killed in 2014", "2014 protesters": a year rather than a count
    bound = " ".join((match["bound"] or "").lower().split())
    if re.fullmatch(_LOW, bound):
        return Count(value, value, None, text)
    if re.fullmatch(_HIGH, bound):
        return Count(None, None, value, text)
    if re.fullmatch(_NEARLY, bound):
        return Count(round(value * 0.9), value, value, text)
    if bound:
        # "about": the report stands by the figure to a tenth.
        return Count(round(value * 0.9), value, round(value * 1.1), text)
    return Count(value, value, value, text)


def _between(one: str, two: str, text: str) -> Count | None:
    low, high = _whole(one), _whole(two)
    if low is None or high is None or low > high:
        return None
    return Count(low, None, high, text)


def _whole(text: str) -> int | None:
    value = parse_number(text)
    return None if value is None or value != int(value) else int(value)
