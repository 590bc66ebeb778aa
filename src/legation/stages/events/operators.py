"""What operators make of the acts below them: one function an effect, named as in operators.toml.

"agree to" + a meeting is AGREE; "threaten to" + an attack is THREATEN/violence; "refuse to" + talks is
REJECT/meet. They compose from the inside out. An effect gets the clause of the operator and the acts
read below it, and gives the acts that are left.
"""

from __future__ import annotations

from collections.abc import Callable

from legation.changing import replace
from legation.knowledge.lexicon import Operator
from legation.model import Clause
from legation.stages.events.act import COOPERATIVE, HOSTILE, YIELDING, Act, Scene
from legation.stages.events.status import OBLIGATION, clause_status, combined

Effect = Callable[[Scene, Clause, Operator, list[Act]], list[Act]]

# "vowed to strike back" threatens; "agreed to impose sanctions" is the act, to come.
_DEFIANT = frozenset({"vow", "pledge", "promise", "swear", "ready", "prepared", "willing", "readiness", "determined"})
# To promise a withdrawal concedes it; to agree to one is an agreement.
_GIVING = frozenset(
    {"promise", "pledge", "vow", "swear", "guarantee", "assure", "consent", "assurance", "commit", "undertake"}
)
# Verbs that ask only with a clause or "for": "pressed Rome to act", "pressed for talks".
_ASKING_WITH_A_CLAUSE = frozenset("press pressure encourage advise require lobby want invite".split())
_SAID_ON_THE_TELEPHONE = frozenset(
    "congratulate thank express convey apologise apologize offer voice wish inform".split()
)
_ADDRESSEES = ("to", "with", "on", "upon", "from", "of", "for", "against")


def request_mode(act: Act) -> str:
    """The mode of a REQUEST or REJECT by what is asked for or refused."""
    if act.event == "REQUEST" and act.mode:
        return act.mode  # "rejected a call for talks" refuses the talks
    if act.event in ("CONSULT", "AGREE"):
        return "meet"
    if act.event in ("SUPPORT", "COOPERATE", "AID"):
        return "assist"
    if act.event in YIELDING:
        return "yield"
    if act.event in HOSTILE and act.status == "negated":
        return "yield"
    return "change"


def threat_mode(act: Act) -> str | None:
    """The mode of a THREATEN by what is threatened."""
    if act.event == "ASSAULT":
        return "territory" if act.rules[:1] in (("capture-ground",), ("invade",)) else "violence"
    if act.event == "MOBILIZE":
        return "violence"
    if act.event == "COERCE":
        return {"arrest": "arrest", "ban": "ban", "deport": "expel", "seize": "territory"}.get(
            act.mode or "", "restrict"
        )
    if act.event == "SANCTION":
        return {"expel": "expel", "withdraw": "relations", "discontinue": "relations"}.get(act.mode or "", "restrict")
    if act.event == "PROTEST":
        return "restrict"
    return "relations"


def _over(act: Act, clause: Clause, operator: Operator, event: str, mode: str | None, *, step: str = "") -> Act:
    """The act turned into another by the operator, its rule and words added."""
    return replace(
        act,
        event=event,
        mode=mode,
        cameo=None,
        status="happened",
        victims=False,
        rules=(*act.rules, operator.id),
        words=tuple(sorted({*act.words, clause.head})),
        confidence=act.confidence * 0.95,
        steps=(
            *act.steps,
            f"operator {operator.id} makes it {event}{'/' + mode if mode else ''}" + (f": {step}" if step else ""),
        ),
    )


def _subject(scene: Scene, clause: Clause) -> tuple[int, ...]:
    heads = clause.subject
    if clause.kind == "noun" and not heads:
        heads = tuple(h for h in clause.oblique("mod") if scene.actors_at(h))
    return scene.people(heads, look_inside=False)


def _others(scene: Scene, act: Act, subject: tuple[int, ...]) -> tuple[int, ...]:
    """The other side of an act: its recipients, or for a reciprocal act its further sides."""
    return scene.others(act.recipients, subject) or scene.others(act.actors, subject)


def _addressee(scene: Scene, clause: Clause, subject: tuple[int, ...]) -> tuple[int, ...]:
    """To whom an operator speaks: its object, or the object of its preposition."""
    for heads in (clause.object, clause.dative, *(clause.oblique(p) for p in _ADDRESSEES)):
        found = scene.others(scene.people(heads, look_inside=False), subject)
        if found:
            return found
    return ()


def _own(scene: Scene, clause: Clause, acts: list[Act]) -> list[Act]:
    """The acts with the status of the operator's own clause laid over theirs."""
    status = clause_status(scene, clause)
    return [replace(a, status=combined(status, a)) for a in acts]


def promise(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """agree to, promise, offer, be ready to."""
    found: list[Act] = []
    subject = _subject(scene, clause)
    for act in acts:
        if act.status == "negated" and act.event in HOSTILE:
            made = _over(act, clause, operator, "AGREE", None, step="not to act is a promise")
        elif act.status == "negated":
            made = _over(act, clause, operator, "REJECT", request_mode(act))
        elif act.event in COOPERATIVE:
            made = _over(act, clause, operator, "AGREE", None)
        elif act.event in YIELDING:
            # An apology that is offered is made.
            concedes = clause.lemma in _GIVING or (clause.lemma == "offer" and act.rules[0].startswith("apolog"))
            made = _over(act, clause, operator, "CONCEDE" if concedes else "AGREE", None)
        elif act.event in HOSTILE and clause.lemma in _DEFIANT:
            made = _over(act, clause, operator, "THREATEN", threat_mode(act))
        else:
            found.append(replace(act, status=combined("future", act), rules=(*act.rules, operator.id)))
            continue
        actors = subject or act.actors
        recipients = _others(scene, act, actors) or _addressee(scene, clause, actors)
        if act.reciprocal:
            # "Cairo and Tripoli agreed to meet": all sides promise; "Cairo agreed to meet Tripoli": one does.
            recipients = tuple(r for r in recipients if r not in actors)
        both = act.reciprocal and len(actors) > 1
        found.append(
            replace(made, actors=actors, recipients=() if both and not recipients else recipients, reciprocal=both)
        )
    return _own(scene, clause, found)


def plan(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """plan, decide, intend to; be expected, due, set to: cooperative acts to come are AGREE."""
    if _is_text(scene, clause):  # "a bill that aims to tax imports": what a text is for, nobody does yet
        return [replace(a, status="hypothetical", rules=(*a.rules, operator.id)) for a in acts]
    return _own(
        scene,
        clause,
        [
            _over(a, clause, operator, "CONCEDE", None)
            if a.event == "RETREAT" and a.mode in ("withdraw", "ceasefire", "ease", "release") and a.status != "negated"
            else future(replace(a, status=combined("future", a), rules=(*a.rules, operator.id)))
            for a in acts
        ],
    )


def _is_text(scene: Scene, clause: Clause) -> bool:
    """Whether a bill, a plan, an agreement is the subject: a text intends nothing by itself."""
    classes = scene.lexicon.classes
    texts = classes["law"] | classes["proposal"] | classes["agreement"]
    return bool(clause.subject) and all(
        scene.lemma(h) in texts and scene.mentions.get(h) is None for h in clause.subject
    )


def future(act: Act) -> Act:
    """PLOVER's rule: cooperative acts to come are AGREE; others keep their type and are marked."""
    if act.status == "future" and act.event in ("CONSULT", "SUPPORT", "COOPERATE", "AID"):
        return replace(
            act,
            event="AGREE",
            mode=None,
            cameo=None,
            status="happened",
            steps=(*act.steps, "a cooperative act to come is AGREE"),
        )
    if act.status == "future" and act.event in ("AGREE", "THREATEN", "CONCEDE", "REQUEST", "REJECT"):
        # "will threaten" is to come; what an operator made of an act, and what one will concede, was said now.
        return replace(act, status="happened") if act.event == "CONCEDE" or len(act.rules) > 1 else act
    return act


def announce(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """announce X, announce that one will X: a retreat by the one who announces it is CONCEDE."""
    subject = _subject(scene, clause)
    found: list[Act] = []
    for act in acts:
        asked = _obliged(scene, clause, operator, act, subject)
        if asked is not None:
            found.append(asked)
        elif act.event == "RETREAT" and act.mode != "resign" and act.status in ("happened", "future", "ongoing"):
            made = _over(act, clause, operator, "CONCEDE", None)
            found.append(replace(made, actors=subject or act.actors))
        elif act.event == "SANCTION" and act.mode == "expel":
            found.append(replace(act, actors=act.actors or subject, status="future"))
        else:
            found.append(
                future(replace(act, actors=act.actors or subject, words=tuple(sorted({*act.words, clause.head}))))
            )
    return _own(scene, clause, found)


def report(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """say that: who says it is added; "said Y must X" is a REQUEST."""
    subject = _subject(scene, clause)
    found: list[Act] = []
    for act in acts:
        asked = _obliged(scene, clause, operator, act, subject)
        if asked is not None:
            found.append(asked)
            continue
        if subject and _speaks_of_own_future(scene, act, subject):
            act = announce_own(act, clause, operator)
        found.append(replace(act, sources=(*subject, *act.sources) if subject else act.sources))
    status = clause_status(scene, clause)
    return [replace(a, status="hypothetical") for a in found] if status in ("negated", "hypothetical") else found


def _obliged(scene: Scene, clause: Clause, operator: Operator, act: Act, subject: tuple[int, ...]) -> Act | None:
    """ "said Y must X": a REQUEST to Y, where Y is somebody else; None where nothing is asked."""
    inner = _clause_over(scene, act.anchor, clause.head)
    if inner is None or not subject or not (inner.modal in OBLIGATION or _has_to(scene, inner)):
        return None
    other = scene.others(scene.people(inner.subject or inner.object), subject)
    if not other or scene.are_one(other, subject):
        return None
    asked = replace(act, status="negated" if inner.negated else "happened")
    made = _over(act, clause, operator, "REQUEST", request_mode(asked), step="said another must")
    return replace(made, actors=subject, recipients=other, reciprocal=False)


def announce_own(act: Act, clause: Clause, operator: Operator) -> Act:
    """ "Paris said it would withdraw its troops": CONCEDE by Paris."""
    if act.event == "RETREAT" and act.mode != "resign":
        return _over(act, clause, operator, "CONCEDE", None, step="one's own retreat to come")
    return future(act)


def _speaks_of_own_future(scene: Scene, act: Act, subject: tuple[int, ...]) -> bool:
    return act.status == "future" and (not act.actors or _same(scene, act.actors, subject))


def _same(scene: Scene, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    if set(one) & set(other):
        return True
    first = {a.code for h in one for a in scene.actors_at(h)}
    second = {a.code for h in other for a in scene.actors_at(h)}
    return bool((first & second) - {None})


def _has_to(scene: Scene, clause: Clause) -> bool:
    tokens = scene.sentence.tokens
    up = tokens[clause.head].head
    return clause.head != up and tokens[clause.head].dep == "xcomp" and tokens[up].lemma in ("need", "have")


def _clause_over(scene: Scene, anchor: int, below: int) -> Clause | None:
    """The topmost clause between the anchor and the operator: the one whose modal counts."""
    found = scene.clauses.get(anchor)
    at = anchor
    for _ in range(12):
        up = scene.tree.head(at)
        if up is None or up == below:
            return found
        if up in scene.clauses and scene.clauses[up].kind == "verb":
            found = scene.clauses[up]
            if found.modal in OBLIGATION:
                return found
        at = up
    return found


def threaten(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """threaten to, warn of, threaten with; "warned X not to" is a THREATEN too."""
    subject = _subject(scene, clause)
    addressee = _addressee(scene, clause, subject)
    found = []
    for act in acts[:1]:
        own_deed = not act.actors or _same(scene, act.actors, subject) or clause.lemma in ("threaten", "threat")
        mode = threat_mode(act) if own_deed else None
        made = _over(act, clause, operator, "THREATEN", mode)
        recipients = addressee or _others(scene, act, subject)
        found.append(
            replace(
                made,
                actors=subject or act.actors,
                recipients=tuple(r for r in recipients if r not in subject),
                reciprocal=False,
            )
        )
    return _own(scene, clause, found)


def refuse(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """refuse to, decline to: REJECT with the mode of what is refused; refusing a hostile act is no event."""
    subject = _subject(scene, clause)
    found = []
    for act in acts[:1]:
        if act.event in ("ASSAULT", "THREATEN", "ACCUSE", "MOBILIZE", "PROTEST", "REJECT"):
            continue  # "refused to rule out" refuses nothing
        made = _over(act, clause, operator, "REJECT", request_mode(act))
        actors = subject or act.actors
        found.append(
            replace(
                made,
                actors=actors,
                recipients=_others(scene, act, actors) or _addressee(scene, clause, actors),
                reciprocal=False,
            )
        )
    return _own(scene, clause, found)


def reject(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """reject, rule out, oppose an act: REJECT; whose act it is, is the recipient."""
    subject = _subject(scene, clause)
    found = []
    for act in acts[:1]:
        made = _over(act, clause, operator, "REJECT", request_mode(act))
        recipients = scene.others(act.actors, subject)
        recipients = recipients or scene.others((i for h in clause.object for i in scene.inside(h)), subject)
        recipients = recipients or scene.others(act.recipients, subject) or _addressee(scene, clause, subject)
        found.append(replace(made, actors=subject, recipients=recipients, reciprocal=False))
    return _own(scene, clause, [a for a in found if a.actors])


def deny(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """deny an act: REJECT by the one who denies; the act itself is not told as a fact."""
    subject = _subject(scene, clause)
    if not subject:
        return []
    made = _over(acts[0], clause, operator, "REJECT", None, step="a denial")
    sources = tuple(h for h in acts[0].sources if h not in subject)
    return _own(scene, clause, [replace(made, actors=subject, recipients=sources, reciprocal=False)])


def _by_telephone(scene: Scene, clause: Clause) -> bool:
    """ "called the king to congratulate him": one telephones to say so, and does so."""
    return any(scene.lemma(h) in _SAID_ON_THE_TELEPHONE for h in clause.complements)


def request(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """urge, demand, call on: REQUEST with the mode of what is asked; its doer is the recipient."""
    if clause.lemma in _ASKING_WITH_A_CLAUSE and not clause.complements and not clause.oblique("for"):
        return _own(scene, clause, acts)  # "press an attack" asks nobody
    subject = _subject(scene, clause)
    act = acts[0]
    addressee = _addressee(scene, clause, subject)
    if clause.lemma == "call" and clause.object and clause.particle is None and _by_telephone(scene, clause):
        doers = subject or act.actors
        return _own(scene, clause, [replace(act, actors=doers, recipients=addressee or act.recipients)])
    recipients = addressee or scene.others(act.actors, subject) or _others(scene, act, subject)
    made = _over(act, clause, operator, "REQUEST", request_mode(act))
    if (
        act.event == "RETREAT"
        and act.mode == "ceasefire"
        and subject
        and any(scene.mentions[h].classes & {"armed", "rebels"} for h in subject if h in scene.mentions)
    ):
        made = _over(act, clause, operator, "AGREE", None, step="a party to a conflict calls for its end")
    if clause.passive and not subject and not recipients:
        return []
    if not subject and not clause.passive:
        return []
    return _own(scene, clause, [replace(made, actors=subject, recipients=recipients, reciprocal=False)])


def order(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """order one's own to act is the act; order another is a REQUEST."""
    subject = _subject(scene, clause)
    # Who is ordered stands beside the verb; behind a preposition stands who suffers it.
    addressee = scene.others(scene.people((*clause.object, *clause.dative), look_inside=False), subject)
    own = not addressee or _same(scene, addressee, subject)
    if own or not any(scene.is_political(h) for h in addressee):
        return _own(
            scene,
            clause,
            [
                replace(a, actors=subject or a.actors, status=combined("happened", a), rules=(*a.rules, operator.id))
                for a in acts
            ],
        )
    return request(scene, clause, operator, acts)


def transparent(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """begin, continue, resume, manage to: the act itself, with the outer clause's status."""
    subject = _subject(scene, clause)
    return _own(
        scene,
        clause,
        [replace(a, actors=a.actors or subject, words=tuple(sorted({*a.words, clause.head}))) for a in acts],
    )


def permit(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """allow another to come, meet, help: RETREAT/access."""
    subject = _subject(scene, clause)
    found = []
    for act in acts:
        if subject and act.event in ("CONSULT", "COOPERATE", "AID", "RETREAT", "MOBILIZE", "ACCUSE"):
            made = _over(act, clause, operator, "RETREAT", act.mode if act.event == "RETREAT" else "access")
            found.append(
                replace(
                    made,
                    actors=subject,
                    recipients=tuple(h for h in (*act.actors, *act.recipients) if h not in subject),
                    reciprocal=False,
                )
            )
        elif subject and act.event == "PROTEST":
            found.append(replace(_over(act, clause, operator, "CONCEDE", None), actors=subject, recipients=act.actors))
        else:
            found.append(replace(act, status=combined("hypothetical", act)))
    return _own(scene, clause, found)


def approve(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """vote to, approve: the act that the decision performs, to come where it must be carried out."""
    subject = _subject(scene, clause)
    return _own(
        scene,
        clause,
        [
            future(replace(a, actors=subject or a.actors, status=combined("future", a), rules=(*a.rules, operator.id)))
            for a in acts
        ],
    )


_FOILED = frozenset({"foil", "thwart"})


def prevent(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """ban, bar, prevent an act: COERCE of those who would do it, where a public body bans; else it did not happen."""
    subject = _subject(scene, clause)
    act = acts[0]
    if act.event in ("PROTEST", "CONSULT") and any(scene.is_political(h) for h in subject):
        made = _over(
            act,
            clause,
            operator,
            "COERCE",
            "ban" if clause.lemma in ("ban", "outlaw", "forbid", "prohibit") else "restrict",
        )
        return _own(
            scene,
            clause,
            [
                replace(
                    made, actors=subject, recipients=tuple(h for h in act.actors if h not in subject), reciprocal=False
                )
            ],
        )
    if act.event in COOPERATIVE | YIELDING and any(scene.is_political(h) for h in subject):
        made = _over(act, clause, operator, "REJECT", request_mode(act))
        return _own(
            scene,
            clause,
            [
                replace(
                    made,
                    actors=subject,
                    recipients=tuple(h for h in (*act.actors, *act.recipients) if h not in subject),
                    reciprocal=False,
                )
            ],
        )
    if clause.lemma in _FOILED:  # "a plot was foiled": it had been tried
        return [replace(a, status=combined("attempted", a), rules=(*a.rules, operator.id)) for a in acts]
    return [replace(a, status="negated") for a in acts]


def attempt(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """try to, attempt to, plot to."""
    subject = _subject(scene, clause)
    return _own(
        scene,
        clause,
        [
            replace(
                a,
                status="attempted" if a.status in ("happened", "ongoing") else a.status,
                actors=a.actors or subject,
                rules=(*a.rules, operator.id),
            )
            for a in acts
        ],
    )


def fail(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """fail to, be unable to, lack of."""
    return [replace(a, status="negated", rules=(*a.rules, operator.id)) for a in acts]


_LENGTHS = frozenset("day hour round week month session".split())


def _polices(scene: Scene, head: int) -> bool:
    mention = scene.mention_at(head)
    return mention is not None and bool(mention.classes & {"police", "forces"})


def stop(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """halt, suspend, end: of cooperation SANCTION/discontinue, of force RETREAT, of protest CONCEDE."""
    subject = _subject(scene, clause)
    if acts[0].event == "CONSULT" and any(scene.lemma(h) in _LENGTHS for h in clause.object):
        return _own(scene, clause, acts[:1])  # "ended two days of talks": they were held
    found = []
    for act in acts[:1]:
        if act.event in COOPERATIVE:
            event, mode = "SANCTION", "discontinue"
        elif act.event == "PROTEST" and any(_polices(scene, h) for h in subject):
            event, mode = "COERCE", "restrict"  # "police broke up a protest"
        elif act.event in ("PROTEST", "THREATEN", "REQUEST", "ACCUSE", "REJECT"):
            event, mode = "CONCEDE", None
        elif act.event in HOSTILE:
            event = "RETREAT"
            mode = "ceasefire" if act.event == "ASSAULT" else "withdraw" if act.event == "MOBILIZE" else "ease"
        else:
            event, mode = "SANCTION", "discontinue"
        actors = subject or act.actors
        if not actors and clause.kind != "noun":  # "an end to the curfew" may be demanded of nobody named
            continue
        made = _over(act, clause, operator, event, mode)
        both = act.reciprocal and not subject
        others = () if both else _others(scene, act, actors)
        if event == "COERCE":  # those who marched
            marched = scene.clauses.get(act.anchor)
            others = others or (scene.people(marched.oblique("of", "by")) if marched is not None else ())
        found.append(replace(made, actors=actors, recipients=others, reciprocal=both))
    return _own(scene, clause, found)


def cancel(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """call off, postpone, boycott a meeting: REJECT/meet; withdraw from other cooperation: SANCTION."""
    subject = _subject(scene, clause)
    found = []
    for act in acts[:1]:
        actors = subject or act.actors
        if not actors:
            continue
        if act.event in ("CONSULT", "AGREE"):
            made = _over(act, clause, operator, "REJECT", "meet")
        elif act.event in COOPERATIVE:
            made = _over(act, clause, operator, "SANCTION", "withdraw")
        elif act.event in YIELDING:
            made = _over(act, clause, operator, "REJECT", "yield")
        else:
            made = _over(act, clause, operator, "CONCEDE", None)
        found.append(replace(made, actors=actors, recipients=_others(scene, act, actors), reciprocal=False))
    return _own(scene, clause, found)


def hypothesis(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """consider, discuss, fear, the possibility of: the act is only thought of."""
    return [replace(a, status="hypothetical", rules=(*a.rules, operator.id)) for a in acts]


def evaluate(scene: Scene, clause: Clause, operator: Operator, acts: list[Act]) -> list[Act]:
    """condemn, praise, investigate an act: it is taken for granted, and not told here."""
    return []


EFFECTS: dict[str, Effect] = {
    f.__name__: f
    for f in (
        promise,
        plan,
        announce,
        report,
        threaten,
        refuse,
        reject,
        deny,
        request,
        order,
        transparent,
        permit,
        approve,
        prevent,
        attempt,
        fail,
        stop,
        cancel,
        hypothesis,
        evaluate,
    )
}
