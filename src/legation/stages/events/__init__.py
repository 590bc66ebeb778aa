"""Events: frames on clauses, operators over them, status, contexts; then one event for one act told twice."""

from __future__ import annotations

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
from legation.stages.events.public import is_told_of
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

# How many frames that did not fire `explain` lists for a clause.
_SHOWN = 8
# Frames whose thing says enough: "an arms cache was found", "a car bomb went off".
_TOLD_OF_NOBODY = frozenset({"blast-explode", "seize-weapons", "seize-weapons-passive"})
# Types that say nothing without somebody it is done to or with.
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
    if not is_told_of(doc, sent, scene, act, actors, recipients):
        return None
    if act.reciprocal:
        recipients = tuple(r for r in recipients if r.key not in {a.key for a in actors})
    elif act.event not in ("ASSAULT", "COERCE") and actors:
        recipients = tuple(r for r in recipients if not _is_themselves(r, actors))
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
    speaker = _speaker(doc, sent, scene, act, reported=not sources)
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


def _is_themselves(recipient: Actor, actors: tuple[Actor, ...]) -> bool:
    """Whether a recipient is who acts: the same words or person, or the state that its own minister speaks of."""
    same = recipient.key in {a.key for a in actors}
    if same and (recipient.identifier_text is not None or recipient.span == actors[0].span):
        return True
    whole = recipient.sector == "GOV" and recipient.reason.startswith(("state", "capital"))
    return whole and any(a.code == recipient.code and a.sector == "GOV" for a in actors)


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


def _speaker(doc: Document, sent: Sentence, scene: Scene, act: Act, *, reported: bool) -> Actor | None:
    """Who is quoted, when the act stands inside quotation marks, or inside what is `reported` without them."""
    start = sent.tokens[act.anchor].start
    around = [q for q in doc.quotes if q.start <= start < q.end]
    quote: Quote | None = next((q for q in around if q.kind != "indirect"), None)
    if quote is None and reported:
        quote = next(iter(around), None)
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
