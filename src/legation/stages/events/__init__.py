"""Events: frames on clauses, operators over them, status, contexts; then one event for one act told twice."""

from __future__ import annotations

import re
from dataclasses import replace

from legation.knowledge import lexicon, ontology
from legation.model import Actor, Clause, Document, EventMention, Mention, Quote, Sentence, Span
from legation.stages.events.act import Act, Scene
from legation.stages.events.attacked import find_attacked
from legation.stages.events.confidence import with_confidence
from legation.stages.events.context import contexts_of
from legation.stages.events.match import refusals
from legation.stages.events.merge import merge_events
from legation.stages.events.placed import place_people
from legation.stages.events.reading import Reader
from legation.stages.events.status import clause_status, mark_history

__all__ = [
    "explain_sentence",
    "find_attacked",
    "find_events",
    "mark_history",
    "merge_events",
    "place_people",
    "read_sentence",
]

# Types that say nothing without somebody it is done to or with.
# Words that say people did it, whatever else is spoken of.
_ATTACKERS = frozenset(
    "attack attacker bomb bombing bomber gunman militant rebel insurgent terrorist soldier troop "
    "airstrike shelling rocket missile "
    "clash fighting militia gunmen jihadist assault ambush raid strike war protester demonstrator".split()
)
# How many frames that did not fire `explain` lists for a clause.
_SHOWN = 8
_IN_POLITICS = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "UAF", "PTY", "OPP", "PRM", "REF", "SOC", "REL", "CRM", "ELI"}
)
# Frames whose thing says enough: "an arms cache was found", "a car bomb went off".
_TOLD_OF_NOBODY = frozenset({"blast-explode", "seize-weapons", "seize-weapons-passive"})
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
_NEEDS_RECIPIENT = frozenset({"AID"})


def find_events(doc: Document) -> Document:
    """Fill Document.event_mentions from clauses and mentions, in the order of the text."""
    found: list[EventMention] = []
    for sent, scene in scenes(doc):
        found.extend(with_confidence(m, sent) for m in read_sentence(doc, sent, scene))
    return replace(doc, event_mentions=tuple(found))


def scenes(doc: Document) -> list[tuple[Sentence, Scene]]:
    """A scene for every parsed sentence."""
    clauses: dict[int, dict[int, Clause]] = {}
    for clause in doc.clauses:
        clauses.setdefault(clause.sentence, {})[clause.head] = clause
    mentions: dict[int, dict[int, Mention]] = {}
    for mention in doc.mentions:
        if mention.head is not None:
            mentions.setdefault(mention.sentence, {})[mention.head] = mention
    words = lexicon.load()
    speakers = tuple((q.start, q.end, _as_mention(q)) for q in doc.quotes if q.speaker is not None and q.speaker.code)
    return [
        (s, Scene(s, clauses.get(s.index, {}), mentions.get(s.index, {}), words, speakers))
        for s in doc.sentences
        if s.tokens
    ]


def _as_mention(quote: Quote) -> Mention:
    """The speaker as whom "I" and "we" inside a quote stand for."""
    assert quote.speaker is not None
    return Mention(
        quote.start,
        quote.end,
        quote.sentence,
        None,
        "pronoun",
        (quote.speaker,),
        classes=frozenset({"person", "official"}),
    )


def read_sentence(doc: Document, sent: Sentence, scene: Scene) -> list[EventMention]:
    """The event mentions of one sentence: one for each type, actors and recipients."""
    made: list[EventMention] = []
    for act in Reader(scene).acts():
        mention = _mention(doc, sent, scene, act)
        if mention is not None:
            made.append(mention)
    return _once(made)


def _mention(doc: Document, sent: Sentence, scene: Scene, act: Act) -> EventMention | None:
    actors = _actors(scene, act.actors)
    if not actors and act.event == "PROTEST":
        actors = _unlisted(doc, scene, replace(act, recipients=act.actors, victims=True))
    recipients = _actors(scene, act.recipients) or _unlisted(doc, scene, act)
    if not _is_public(scene, act, (*actors, *recipients)) or _is_disaster(doc, sent, scene, act, actors, recipients):
        return None
    if _is_at_home(act, actors, recipients) or _is_plain_crime(doc, sent, scene, act, recipients):
        return None
    if act.reciprocal:
        recipients = tuple(r for r in recipients if r.key not in {a.key for a in actors})
    elif act.event not in ("ASSAULT", "COERCE"):
        recipients = (
            tuple(
                r
                for r in recipients
                if r.key not in {a.key for a in actors} or r.identifier_text is None and r.span != actors[0].span
            )
            if actors
            else recipients
        )
    sources = _actors(scene, act.sources or _accorded(scene, act))
    if not actors and act.event == "MOBILIZE":
        # "reservists will be called up, the army said": those who speak of it do it.
        actors = tuple(s for s in sources if s.sector in ("MIL", "GOV", "COP"))[:1]
    if act.event in ("ACCUSE", "REQUEST", "SUPPORT", "THREATEN") and recipients and not act.reciprocal:
        others = tuple(r for r in recipients if r.key not in {a.key for a in actors})
        if not others and act.event == "ACCUSE":
            return None
    named = scene.clauses[act.anchor].kind == "noun" if act.anchor in scene.clauses else False
    told = (named and act.event in ("ASSAULT", "PROTEST", "COERCE")) or act.rules[0] in _TOLD_OF_NOBODY
    if not actors and not recipients and not told:
        return None
    if act.event in _NEEDS_RECIPIENT and not recipients:
        act = replace(act, confidence=act.confidence * 0.8)
    speaker = _speaker(doc, sent, scene, act)
    if speaker is not None and speaker.key not in {s.key for s in sources}:
        sources = (*sources, speaker)
    tokens = sent.tokens
    words = tuple(Span(tokens[w].start, tokens[w].end) for w in sorted(set(act.words)))
    confidence = act.confidence * (0.85 if not actors else 1.0) * (0.9 if any(a.code is None for a in actors) else 1.0)
    kind = ontology.types()[act.event]
    modes = (act.mode,) if act.mode else ()
    return EventMention(
        sentence=sent.index,
        anchor=act.anchor,
        event=act.event,
        modes=modes,
        actors=actors,
        recipients=recipients,
        status=act.status,
        according_to=sources,
        words=words,
        rule="+".join(dict.fromkeys(act.rules)),
        cameo=act.cameo or kind.cameo_code(modes),
        contexts=contexts_of(doc, sent, act.contexts),
        confidence=round(min(confidence, 0.99), 3),
        reciprocal=act.reciprocal and len(actors) > 1,
        clause_tokens=_clause_tokens(scene, act),
        explanation=act.steps,
    )


def _actors(scene: Scene, heads: tuple[int, ...]) -> tuple[Actor, ...]:
    found: dict[tuple[str | None, str | None, str | None], Actor] = {}
    unknown: list[Actor] = []
    for head in heads:
        for actor in scene.actors_at(head):
            if actor.code is None and actor.identifier_text is None:
                if actor.span not in [u.span for u in unknown]:
                    unknown.append(actor)
            else:
                found.setdefault(actor.key, actor)
    return (*found.values(), *unknown)


def _unlisted(doc: Document, scene: Scene, act: Act) -> tuple[Actor, ...]:
    """People whom no table knows: a name ("Okonjo"), or victims that no words place ("a man", "12 others")."""
    found = []
    for head in act.recipients:
        is_name = scene.sentence.tokens[head].tag == "NNP"
        if not is_name and not act.victims:
            continue
        phrase = [scene.sentence.tokens[i] for i in scene.tree.phrase(head)]
        start, end = phrase[0].start, phrase[-1].end
        reason = "a name that no table knows" if is_name else "people without further description"
        sector = None if is_name and not act.victims else "CVL"
        words = doc.text[start:end]
        found.append(
            Actor(None, sector, entity_text=words, start=start, end=end, reason=reason, confidence=0.6)
        )
    return tuple(found)


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


def _accorded(scene: Scene, act: Act) -> tuple[int, ...]:
    """Who is named behind "according to" in the act's own clause or one above it."""
    tokens, tree = scene.sentence.tokens, scene.tree
    above = {act.anchor, *tree.ancestors(act.anchor)}
    for token in tokens:
        if token.text.lower() != "according" or token.head not in above:
            continue
        found = scene.people([h for h in tree.objects_of(token.index, "to") if h not in act.actors], look_inside=False)
        if found:
            return found
    return ()


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
        tokens[h].tag in ("NNS", "NNPS") and any(a.sector in _CROWDS and a.code for a in scene.actors_at(h))
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
    if act.mode in ("suicide-attack", "assassinate", "abduct", "arrest"):
        return False
    if act.event == "ASSAULT":
        if act.actors:
            return False
    elif act.event not in ("AID", "COERCE", "MOBILIZE") or (
        act.event == "AID" and {a.code for a in actors if a.code} != {r.code for r in recipients if r.code}
    ):
        return False
    around = doc.text[max(0, sent.start - _NEIGHBOURHOOD) : sent.end + _NEIGHBOURHOOD].lower()
    words = set(re.findall(r"[a-z-]+", around))
    stems = words | {w[:-1] for w in words if w.endswith("s")}
    named = scene.lexicon.classes["disaster"]
    if not stems & named and not any(" " in phrase and phrase in around for phrase in named):
        return False
    return not stems & _ATTACKERS


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


def _speaker(doc: Document, sent: Sentence, scene: Scene, act: Act) -> Actor | None:
    """Who is quoted, when the act stands inside quotation marks."""
    start = sent.tokens[act.anchor].start
    quote: Quote | None = next((q for q in doc.quotes if q.start <= start < q.end and q.kind != "indirect"), None)
    return quote.speaker if quote is not None and quote.speaker is not None and quote.speaker.code else None


def _clause_tokens(scene: Scene, act: Act) -> tuple[int, ...]:
    """The tokens of the clause whose verb carries the act, without the clauses below it that hold other acts."""
    tree = scene.tree
    tokens = scene.sentence.tokens
    top = act.anchor
    for _ in range(8):
        up = tree.head(top)
        if (
            up is None
            or tokens[top].dep in ("ccomp", "advcl", "relcl", "parataxis", "acl")
            or (tokens[top].dep == "conj" and tokens[top].tag.startswith("V"))
        ):
            break
        top = up
    found: list[int] = []
    queue = [top]
    while queue:
        i = queue.pop()
        found.append(i)
        queue.extend(
            c
            for c in tree.children(i)
            if tokens[c].dep not in ("advcl", "relcl", "ccomp", "parataxis") or act.anchor in tree.subtree(c)
        )
    return tuple(sorted(found))


def _once(mentions: list[EventMention]) -> list[EventMention]:
    """One event for each type, actors and recipients in a sentence; several modes go into a list."""
    kept: list[EventMention] = []
    for mention in mentions:
        twin = next((n for n, k in enumerate(kept) if _same_in_sentence(k, mention)), None)
        if twin is None:
            kept.append(mention)
            continue
        old = kept[twin]
        kept[twin] = replace(
            old,
            modes=tuple(dict.fromkeys([*old.modes, *mention.modes])),
            actors=old.actors or mention.actors,
            recipients=tuple({r.span: r for r in (*old.recipients, *mention.recipients)}.values()),
            words=tuple(sorted(dict.fromkeys([*old.words, *mention.words]))),
            clause_tokens=tuple(sorted({*old.clause_tokens, *mention.clause_tokens})),
            confidence=max(old.confidence, mention.confidence),
        )
    return kept


def _same_in_sentence(one: EventMention, other: EventMention) -> bool:
    if one.event != other.event or one.status != other.status:
        return False
    first, second = {a.key for a in one.actors}, {a.key for a in other.actors}
    to_first, to_second = {r.key for r in one.recipients}, {r.key for r in other.recipients}
    same_actors = first == second or not first or not second
    return same_actors and (to_first == to_second or not to_first or not to_second or one.event == "ASSAULT")


def explain_sentence(doc: Document, number: int) -> list[str]:
    """For people: the clauses of a sentence, what was tried on each, and what was made of it."""
    for sent, scene in scenes(doc):
        if sent.index != number:
            continue
        lines = [doc.text_of(sent), ""]
        made = read_sentence(doc, sent, scene)
        for clause in scene.clauses.values():
            words = [f"{clause.kind} '{scene.text(clause.head)}'"]
            roles = [
                ("who", clause.subject),
                ("whom", clause.object),
                ("to whom", clause.dative),
                *clause.obliques,
                ("clause", clause.complements),
            ]
            words += [f"{name}: {', '.join(scene.text(h) for h in heads)}" for name, heads in roles if heads]
            words.append(clause_status(scene, clause))
            lines.append("clause   " + "; ".join(words))
            fired = {rule for m in made if m.anchor == clause.head for rule in m.rule.split("+")}
            operators = scene.lexicon.operators.get((clause.kind, clause.lemma), ())
            lines += [f"  operator {name}" for name in dict.fromkeys(o.id for _, o in operators)]
            refused = [line for line in refusals(scene, clause) if line.split(":")[0] not in fired]
            lines += [f"  not {line}" for line in refused[:_SHOWN]]
            if len(refused) > _SHOWN:
                lines.append(f"  not {len(refused) - _SHOWN} more frames")
        for mention in made:
            lines += [
                "",
                f"event    {'/'.join((mention.event, *mention.modes))} ({mention.status}, {mention.confidence:.2f})",
            ]
            lines += [f"  because {step}" for step in mention.explanation]
            for name, actors in (
                ("actor", mention.actors),
                ("recipient", mention.recipients),
                ("according to", mention.according_to),
            ):
                lines += [f"  {name}: {a.code or '?'} {a.sector or ''} '{a.entity_text}' ({a.reason})" for a in actors]
        return lines
    return ["The gate passed this sentence over: it holds no word of the lexicon, or nobody who could act."]
