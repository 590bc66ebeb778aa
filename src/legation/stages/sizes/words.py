"""The words and patterns by which people are counted."""

from __future__ import annotations

import re
from typing import Literal

from legation.knowledge.numbers import NUMBER

Kind = Literal["dead", "injured", "arrested", "crowd"]

# What the vague words are taken for: (low, best, high). A plural scale is at least two of it and
# less than ten ("dozens": up to 99); the report says no more, so there is no best figure.
SCALES: dict[str, tuple[int, int | None, int | None]] = {
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
_VAGUE = "|".join(sorted((re.escape(v).replace(r"\ ", r"\s+") for v in SCALES), key=len, reverse=True))
LOW = r"at\s+least|more\s+than|over|no\s+(?:fewer|less)\s+than|upwards?\s+of|well\s+over|not\s+less\s+than"
HIGH = r"up\s+to|as\s+many\s+as|at\s+most|no\s+more\s+than|fewer\s+than|less\s+than|under"
NEARLY = r"nearly|almost|close\s+to|just\s+under"
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
    rf"(?:(?P<bound>{LOW}|{NEARLY}|{HIGH}|{_ABOUT})\s+)?"
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
# Adjectives and names between the number and the people, and a group after them: "five Afghan government soldiers",
# "two members of the group", "79 Afghans".
_OF_PEOPLE = (
    rf"(?:\s+(?:of\s+(?:the\s+|its\s+|his\s+)?)?(?:(?:(?!and\b|or\b)[\w’'-]+\s+){{0,3}}?(?:{_PEOPLE})(?:\s+and\s+(?:{_PEOPLE}))?|(?-i:[A-Z][a-z]+(?:ans|is|s|ese|n)))\b"
    r"(?:\s+of\s+(?:the\s+|its\s+|an?\s+|one\s+)?[\w’'-]+(?:\s+[\w’'-]+)?)??)"
)
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
    rf"(?:,\s+(?:including|among\s+them|most(?:ly|\s+of\s+them)|{NUMBER}\s+of\s+(?:them|whom)"
    r"|all(?:\s+of\s+them)?)\s[^,.;]{1,60},)?(?:,?\s+(?:(?:were|was|are|have(?:\s+been)?|has\s+been"
    r"|had(?:\s+been)?|being|reported|reportedly|confirmed|also|been|left|feared|believed|got|is|be"
    r"|would\s+be)\s+){0,4})"
)


# "The number of people killed in the blast has risen to 85."
_RISEN = (
    r"\bnumber\s+of\s+(?:[\w’'-]+\s+){{0,3}}?(?:{})\b[^.;]{{0,120}}?\b(?:risen|rose|climbed|increased|jumped|grown|grew"
    r"|gone\s+up|went\s+up|stands|stood|reached|is\s+now|was\s+now)\s+(?:to\s+|at\s+)?@N"
)


_ONE_MORE = (
    rf"(?<![\w,.])@N{_OF_PEOPLE}\s+and\s+(?P<more>(?:the|his|her|their|its)\s+(?:(?!and\b)[\w’'-]+\s+){{1,7}}?)"
    rf"(?:were|have\s+been|had\s+been)\s+(?:\w+\s+)?(?:{_DEAD})\b"
)


def _amounts(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("@N", AMOUNT), re.IGNORECASE)


# In the order they are tried; a stretch of text is read once for each kind.
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "dead",
        _amounts(
            r"\b(?:death\s+toll|toll)\b[^.;\d]{0,50}?\b(?:to|at|is|was|of|stood\s+at"
            r"|reached|reaches|hits?|past|exceeds?|exceeded)\s+@N"
        ),
    ),
    ("dead", _amounts(_RISEN.format(_DEAD))),
    ("injured", _amounts(_RISEN.format(_INJURED))),
    ("arrested", _amounts(_RISEN.format(_ARRESTED))),
    ("dead", _amounts(rf"\b(?:{_KILLING})\s+@N(?!\s+(?:others?\s+)?(?:{_INJURED}))")),
    ("dead", _amounts(_ONE_MORE)),
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
WORTH = re.compile(
    rf"\b(?:{_KILLING}|{_DEAD}|{_INJURING}|{_ARRESTING}|deaths?|toll|fatalities|bodies"
    rf"|lives|injuries|arrests?|detentions|detainees|in\s+custody|taken\s+into"
    rf"|{_CROWD_VERBS}|crowds?|protest\w*|demonstrat\w*|march\w*|rall(?:y|ies)|strik\w+"
    rf"|turnout|attended|rioters)\b",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A number of these is none of people; months only with a capital, as people "march".
NO_PEOPLE = re.compile(
    r"(?:st|nd|rd|th)\b"
    rf"|\s+(?-i:{_MONTHS})\b"
    r"|\s+(?:years?|days?|weeks?|months?|hours?|minutes?|kms?|kilomet(?:er|re)s?|miles?"
    r"|met(?:er|re)s?|vehicles?"
    r"|buildings?|houses?|homes?|times?|shots?|rockets?|missiles?|percent|per\s+cent"
    r"|dollars?|square|acres?|tons?|tonnes?"
    r"|drones?|tanks?|cars?|trucks?|bus(?:es)?|villages?|towns?|cit(?:y|ies)|districts?"
    r"|provinces?|animals?|sheep|cows?"
    r"|goats?|birds?|dogs?|cattle)\b",
    re.IGNORECASE,
)
BEFORE_COUNT = re.compile(
    rf"(?:\bage[d]?|\bno|\bnot|\bin|\bof\s+the|\bSection|\bArticle|[$€£]|\b(?-i:{_MONTHS}|[JFMASOND][a-z]{{2,3}}\.))\s*$",
    re.IGNORECASE,
)
# "Police unit 12 killed five": who kills is not who was killed.
PASSIVE = re.compile(
    r"\b(?:were|was|are|been|being|be|is|got|left|reported|confirmed|feared|believed)\b", re.IGNORECASE
)
ACTIVE = re.compile(
    r"(?:killed|shot\s+dead|massacred|executed|murdered|injured|wounded|arrested|detained)$", re.IGNORECASE
)
OBJECT = re.compile(
    rf"\s+(?:at\s+least\s+|more\s+than\s+|up\s+to\s+|some\s+|about\s+|nearly\s+)?(?:{NUMBER}|an?|the|his|their|its|several"
    r"|dozens|hundreds)\s+(?!day|week|month|year|night|hour|morning|evening|following|next|same)[A-Za-z]",
    re.IGNORECASE,
)
# Further victims in one list: "killed 13 soldiers and 79 civilians", "two guards, a driver and three boys were killed".
_AND = r"(?:,\s+(?:and\s+)?|\s+and\s+(?:also\s+)?|,?\s+as\s+well\s+as\s+|,?\s+besides\s+|,?\s+along\s+with\s+)"
FURTHER = re.compile(
    rf"(?:\s+(?!and\b|who\b|in\b|on\b|at\b|when\b)[\w’'-]+){{1,5}}?(?P<sep>{_AND}){AMOUNT}", re.IGNORECASE
)
ONES_BEFORE = re.compile(
    rf"(?<![\w,.]){AMOUNT}(?:\s+(?!and\b|who\b)[\w’'-]+){{1,5}}?{_AND}$", re.IGNORECASE
)
# After a comma alone a list must go on: "three boys, two girls and a guard", not "three boys, two witnesses".
GOES_ON = re.compile(r"(?:\s+[\w’'-]+){1,4}?(?:,|,?\s+and)\s")
# What is told of the next number in the list is something else: "killed five and wounded", "and 12 were missing".
OTHERWISE = re.compile(
    r"(?:\s+[\w’'-]+){0,5}?\s+(?:was|were|has|had|have|is|are|injured|wounded|hurt|missing|arrested|detained|captured"
    r"|survived|escaped|fled|others|said|says?|told|reported|added|confirmed)\b|\s+(?:others?|more)\b",
    re.IGNORECASE,
)
