"""Bodies that no table has, by the shape of their names: "African Jurists' Association", "X-class destroyer"."""

from __future__ import annotations

import re
from dataclasses import replace

from legation.knowledge.names import find_names
from legation.model import Actor

_WIDE = (
    r"African|Pan-African|Pan-American|Asian|European|Arab|Islamic|Muslim|International|Global|World|Third World|"
    r"Inter-American|Latin American|Commonwealth|Nordic|Baltic|Balkan|Caribbean|Pacific|"
    r"Asia-Pacific|Eurasian?|Mediterranean|Gulf|Euro-Atlantic"
)
_OF_MEMBERS = (
    r"Associations?|Federation|Forum|Congress|Council|League|Alliance|Network|Society|Foundation|Coalition|Campaign|"
    r"Movement|Committee|Fund|Confederation|Institute|Cent(?:re|er)|Conference|Assembly"
)
_OF_STATES = (
    r"Organi[sz]ation|Union|Bank|Court|Commission|Community|Agency|Tribunal|Secretariat|Parliament|"
    r"Monetary Fund|Authority"
)
_SHAPES = (
    (re.compile(rf"\b(?:{_WIDE})\b(?: [A-Z][\w'’-]+)* (?:{_OF_STATES})\b"), "IGO", "GOV"),
    (re.compile(rf"\b(?:{_OF_STATES}) (?:of|for) (?:{_WIDE})\b"), "IGO", "GOV"),
    (re.compile(rf"\b(?:{_WIDE})\b(?: [A-Z][\w'’-]+)* (?:{_OF_MEMBERS})\b"), "NGO", "SOC"),
    (re.compile(rf"\b(?:{_OF_MEMBERS}) (?:of|for) (?:{_WIDE})\b"), "NGO", "SOC"),
)
# Groups without a nation are taken for those that work in many.
_NO_NATION = re.compile(
    r"^(?:an? |the |some |several |many |other |major |leading |international |foreign |global |western )*"
    r"(?:human[- ]rights|rights|aid|relief|humanitarian|environmental|press freedom|conservation|advocacy)\s+"
    r"(?:groups?|watchdogs?|organi[sz]ations?|agenc(?:y|ies)|charit(?:y|ies)|monitors?|bod(?:y|ies))$",
    re.I,
)
# Ends of names that tell what a body is, whatever it is called.
_ENDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:Liberation|Resistance|Revolutionary) (?:Front|Army|Movement|Forces?|Tigers)\b"), "REB"),
    (re.compile(r"\b(?:Brigades?|Battalion|Mujahide{1,2}n|Martyrs|Jihad|Ansar\b.*|Jaish\b.*|Lashkar\b.*)$"), "REB"),
    (re.compile(r"^(?:the )?Movement for the .*\b(?:State|Independence|Liberation|Emancipation)\b", re.I), "REB"),
    (re.compile(r"\b(?:Cartel|Gang|Mafia)$"), "CRM"),
    (re.compile(r"\b(?:Party|Democrats|Socialists|Communists|Liberals|Greens|Partido\b.*|Parti\b.*)$"), "PTY"),
    (re.compile(r"\b(?:Workers'?|Teachers'?|Miners'?|Trade|Labou?r) (?:Union|Federation|Congress)$"), "LAB"),
    (re.compile(r"\bUnion of (?:\w+ )?(?:Workers|Teachers|Miners|Journalists)\b"), "LAB"),
    (re.compile(r"\b(?:Ministry|Department|Bureau|Directorate|Authority|Commission)\b"), "GOV"),
    (re.compile(r"\b(?:University|College|Institute|Academy|School)\b"), "EDU"),
    (re.compile(r"\b(?:Times|Post|Herald|Tribune|Gazette|Daily|News|Broadcasting Corporation|Radio)$"), "JRN"),
    (re.compile(r"\b(?:Inc|Corp|Corporation|Ltd|PLC|Group|Holdings|Airlines|Airways|Motors|Bank|Oil)\.?$"), "BUS"),
    (re.compile(r"\b(?:Church|Diocese|Mosque|Synod)\b"), "REL"),
    (re.compile(r"\b(?:Society|Association|Federation|League|Network|Foundation|Coalition|Forum|Campaign)$"), "SOC"),
)


def read_shape(text: str, actor: Actor | None) -> Actor | None:
    """What the shape of a name or phrase says that no table has; None where it says nothing."""
    if _NO_NATION.match(text):
        return Actor("NGO", "SOC", (), text, reason="groups of no nation", confidence=0.5)
    for shape, code, sector in _SHAPES:
        if shape.search(text):
            said = actor.sector if actor is not None and actor.sector not in (None, "SOC", "GOV") else sector
            return Actor(code, said, (), text, text, reason="an international body by its name", confidence=0.6)
    if actor is not None and actor.sector is not None:
        return None
    named = any(n.kind == "organisation" for h in find_names(text) for n in h.names)
    if len(text.split()) > 1 and text.split()[-1][:1].isupper() and not named:
        for end, sector in _ENDS:
            if end.search(text):
                why = "a body by the shape of its name"
                if actor is not None:
                    return replace(actor, sector=sector, reason=why)
                return Actor(None, sector, (), text, text, reason=why, confidence=0.5)
    return None
