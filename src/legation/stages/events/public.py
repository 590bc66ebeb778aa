"""Whether an act is of politics or conflict: not of private life, everyday crime, mishap, or a state's own house."""

from __future__ import annotations

import re

from legation.model import Actor, Document, Sentence
from legation.stages.events.act import Act, Scene

# Words that say people did it, whatever else is spoken of.
_ATTACKERS = frozenset(
    "attack attacker bomb bombing bomber gunman militant rebel insurgent terrorist soldier troop "
    "airstrike shelling rocket missile "
    "clash fighting militia gunmen jihadist assault ambush raid strike war protester demonstrator".split()
)
_IN_POLITICS = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "UAF", "PTY", "OPP", "PRM", "REF", "SOC", "REL", "CRM", "ELI"}
)
# Groups, suspects and clerics of no named country act in private as often as not.
_PRIVATE_UNLESS_PLACED = frozenset({"SOC", "CRM", "REL"})
_ARMED = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "SPY"})
_ALWAYS_PUBLIC = frozenset(
    "explosives suicide-attack aerial heavy-weapons massacre cleansing unconventional assassinate curfew "
    "martial-law".split()
)
_CROWDS = frozenset({"CVL", "LAB", "EDU", "MED", "AGR", "REF", "REL"})
_MANY = frozenset("mob crowd gang group band militia clan tribe community".split())
_AT_HOME = frozenset("home house apartment flat husband boyfriend girlfriend wife family neighbour neighbor".split())


def is_told_of(
    doc: Document, sent: Sentence, scene: Scene, act: Act, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]
) -> bool:
    """Whether an act with these sides belongs into a record of politics and conflict."""
    if not _is_public(scene, act, (*actors, *recipients)) or _is_disaster(doc, sent, scene, act, actors, recipients):
        return False
    return not _is_at_home(act, actors, recipients) and not _is_plain_crime(doc, sent, scene, act, recipients)


def _is_public(scene: Scene, act: Act, sides: tuple[Actor, ...]) -> bool:
    """Whether the act is of politics or conflict: somebody in it acts there, or many suffer it.

    A quarrel, a lawsuit, a stabbing among private persons is none.
    """
    political = any(
        scene.is_political(h) and any(a.code or a.sector not in _PRIVATE_UNLESS_PLACED for a in scene.actors_at(h))
        for h in (*act.actors, *act.recipients)
    ) or any(
        a.sector in _IN_POLITICS and (a.code or a.sector not in _PRIVATE_UNLESS_PLACED) for a in sides
    )
    if act.event == "PROTEST":
        # A strike by aircraft, a march of troops are none.
        doers = [a for h in act.actors for a in scene.actors_at(h)]
        armed = ("MIL", "GOV", "COP") if act.mode == "strike" else ("MIL",)
        return not doers or any(a.sector not in armed for a in doers)
    if act.event not in ("ASSAULT", "COERCE"):
        return political or _is_of_many(scene, act)
    if political:
        return True
    if act.mode in _ALWAYS_PUBLIC:
        return True
    if not act.actors and not act.recipients:
        return len(act.rules) == 1  # told of nobody, on purpose: "several arrests were made", "an arms cache was found"
    tokens = scene.sentence.tokens
    alone = bool(act.actors) and all(
        tokens[h].tag in ("NN", "NNP", "PRP", "PRP$") and tokens[h].lemma not in _MANY for h in act.actors
    )
    if act.event == "ASSAULT" and alone and not any(a.sector in _ARMED for a in sides):
        return False  # one private person against others
    if act.event == "ASSAULT" and not act.actors and _is_private_death(scene, act):
        return False
    if any(a.code for a in sides):
        return True
    many = any(tokens[h].tag in ("NNS", "CD") for h in act.recipients)
    return many or (act.event == "COERCE" and bool(act.recipients))


def _is_at_home(act: Act, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> bool:
    """A visit to one's own capital, a defence of one's own interests: nobody else is in it."""
    if not (act.event == "CONSULT" and act.mode == "visit") and act.rules[0] != "defend-owned":
        return False
    if not actors or not recipients or any(r.identifier_text or r.sector not in ("GOV", None) for r in recipients):
        return False
    if act.event == "CONSULT" and not all(r.reason.startswith(("state", "capital")) for r in recipients):
        return False
    codes = {a.code for a in actors}
    return None not in codes and {r.code for r in recipients} == codes and all(a.sector != "OPP" for a in actors)


def _is_of_many(scene: Scene, act: Act) -> bool:
    """Whether many people of one trade or country strike, refuse or demand together: "teachers ended their strike"."""
    if act.event not in ("CONCEDE", "REJECT", "THREATEN", "REQUEST"):
        return False
    tokens = scene.sentence.tokens
    return any(
        tokens[h].tag in ("NNS", "NNPS")
        and (mention := scene.mention_at(h)) is not None
        and any(a.sector in _CROWDS and (a.code or "nationality" in mention.classes) for a in scene.actors_at(h))
        for h in act.actors
    )


def _is_private_death(scene: Scene, act: Act) -> bool:
    """One person killed or hurt at home, by nobody named: "a shooting at a house killed a woman"."""
    tokens = scene.sentence.tokens
    single = len(act.recipients) == 1 and tokens[act.recipients[0]].tag == "NN"
    words = {t.lemma for t in tokens}
    return single and bool(words & _AT_HOME) and not words & _ATTACKERS


# How far round a sentence the words of an accident or a catastrophe are looked for, in characters.
_NEIGHBOURHOOD = 400


def _is_disaster(
    doc: Document, sent: Sentence, scene: Scene, act: Act, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]
) -> bool:
    """Whether nature or mishap did it, or a state looks after its own people in one: the words round it say so.

    An attack needs a doer to be told in such a place; help, a closure, troops that dig need somebody abroad.
    """
    if act.mode in ("suicide-attack", "assassinate", "abduct", "arrest", "weapons"):
        return False
    if act.event == "ASSAULT":
        at_work = not recipients and not act.mode and all(a.sector in ("MIL", "GOV", "COP") for a in actors)
        if act.actors and not at_work:
            return _is_of_nature(scene, act)
    elif act.event == "SANCTION":
        if act.mode != "discontinue" or recipients:
            return False  # "banned the sale of alcohol": of its own house, where nobody is named
    elif act.event not in ("AID", "COERCE", "MOBILIZE") or (act.event == "AID" and _is_abroad(actors, recipients)):
        return False
    around = doc.text[max(0, sent.start - _NEIGHBOURHOOD) : sent.end + _NEIGHBOURHOOD].lower()
    words = set(re.findall(r"[a-z-]+", around))
    stems = words | {w[:-1] for w in words if w.endswith("s")}
    named = scene.lexicon.classes["disaster"]
    if not stems & named and not any(" " in phrase and phrase in around for phrase in named):
        return False
    # Troops dig and carry in a catastrophe, too, for the authorities of the place.
    at_home = act.actors and all(r.sector == "GOV" for r in recipients)
    return not stems & (_ATTACKERS - {"soldier", "troop"} if at_home else _ATTACKERS)


def _is_of_nature(scene: Scene, act: Act) -> bool:
    """Whether a catastrophe stands right before the word of violence: "earthquake-hit areas"."""
    before = [t for t in scene.sentence.tokens[max(0, act.anchor - 2) : act.anchor] if t.text != "-"]
    return bool(before) and before[-1].lemma in scene.lexicon.classes["disaster"]


def _is_abroad(actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> bool:
    """Whether help goes from one country to another, as far as countries are known."""
    givers, takers = {a.code for a in actors if a.code}, {r.code for r in recipients if r.code}
    return bool(givers | takers) and givers != takers and not (takers and not givers and actors)


def _is_plain_crime(doc: Document, sent: Sentence, scene: Scene, act: Act, recipients: tuple[Actor, ...]) -> bool:
    """Whether the police did what they do every day: thieves and smugglers caught, nobody of politics among them."""
    of_nobody = act.event == "ASSAULT" and not act.actors
    if not of_nobody and (act.event != "COERCE" or act.mode not in ("arrest", "confiscate")):
        return False
    if any(r.sector not in ("CRM", "CVL", "LAB", "BUS", None) or r.identifier_text for r in recipients):
        return False
    around = doc.text[max(0, sent.start - _NEIGHBOURHOOD) : sent.end + _NEIGHBOURHOOD].lower()
    words = set(re.findall(r"[a-z-]+", around))
    return bool(words & scene.lexicon.classes["plain_crime"]) and not words & scene.lexicon.classes["of_politics"]
