"""What operators share: who speaks and to whom, and how one act is turned into another."""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge.lexicon import Operator
from legation.model import Clause, Status
from legation.stages.events.act import HOSTILE, YIELDING, Act, Scene
from legation.stages.events.status import clause_status, combined

_WILLING = frozenset(
    "ready willing prepared keen open eager willingness readiness intention intent desire plan intend want wish "
    "agree accept consent offer promise interest".split()
)
_SPOKEN = frozenset({"report", "announce"})
# Whose partner speaks is not he.
OTHERS = frozenset(
    "partner ally neighbour neighbor rival critic opponent foe enemy creditor donor victim analyst observer "
    "report study paper newspaper media source".split()
)
# What these say others should do asks nothing of anybody.
COMMENTING = frozenset("analyst economist observer commentator pundit forecaster researcher scientist trader".split())
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


def over(act: Act, clause: Clause, operator: Operator, event: str, mode: str | None, *, step: str = "") -> Act:
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


def doer_of(scene: Scene, clause: Clause) -> tuple[int, ...]:
    heads = clause.subject
    if clause.kind == "noun" and not heads:
        heads = tuple(h for h in clause.oblique("mod") if scene.actors_at(h))
    found = scene.people(heads, look_inside=False)
    found = found or tuple(b for h in heads for b in scene.body_named_before(h))
    if not found and clause.kind == "verb" and any(o.effect in _SPOKEN for o in scene.operators_of(clause)):
        # Whoever speaks is somebody: "two rapporteurs of the United Nations", "Uganda's law society".
        found = tuple(i for h in heads if scene.lemma(h) not in OTHERS for i in scene.inside(h, ("of", "from", "in")))
    return found


def other_side(scene: Scene, act: Act, subject: tuple[int, ...]) -> tuple[int, ...]:
    """The other side of an act: its recipients, or for a reciprocal act its further sides."""
    return scene.others(act.recipients, subject) or scene.others(act.actors, subject)


def addressee_of(scene: Scene, clause: Clause, subject: tuple[int, ...]) -> tuple[int, ...]:
    """To whom an operator speaks: its object, or the object of its preposition."""
    for heads in (clause.object, clause.dative, *(clause.oblique(p) for p in _ADDRESSEES)):
        found = scene.others(scene.people(heads, look_inside=False), subject)
        if found:
            return found
    return ()


def under(scene: Scene, clause: Clause, acts: list[Act]) -> list[Act]:
    """The acts with the status of the operator's own clause laid over theirs."""
    status = expressed(scene, clause)
    return [replace(a, status=combined(status, a)) for a in acts]


def expressed(scene: Scene, clause: Clause) -> Status:
    """The status of an act of words: "would be ready to talk" says so now, whatever it makes depend on."""
    willing = clause.kind == "adjective" and clause.lemma in _WILLING and not clause.negated
    if willing and clause.modal in ("will", "would"):
        return "happened"
    return clause_status(scene, clause)


def is_unwilling(clause: Clause) -> bool:
    """Whether a negated word of will says no: "is not ready to", "has no intention of", "does not plan to"."""
    if clause.kind == "verb" and clause.tense == "none" and clause.modal is None:
        return False  # "ended without agreeing to": no word of a refusal
    return clause.negated and clause.lemma in _WILLING and clause.modal not in ("can", "could", "may", "might")


def same_side(scene: Scene, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    if set(one) & set(other):
        return True
    first = {a.code for h in one for a in scene.actors_at(h)}
    second = {a.code for h in other for a in scene.actors_at(h)}
    return bool((first & second) - {None})


def speak_for(scene: Scene, speakers: tuple[int, ...], doers: tuple[int, ...]) -> bool:
    """Whether those who say it are of the doers' side; "the defence ministry", of no named state, is."""
    nameless = [a for h in speakers for a in scene.actors_at(h)]
    if nameless and all(a.code is None and a.sector in ("GOV", "MIL") for a in nameless):
        return True
    keys = {a.key for a in nameless}
    return same_side(scene, doers, speakers) or any(a.key in keys for h in doers for a in scene.actors_at(h))


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
        # "will threaten" is to come; what an operator made of an act, and what one will concede or offer, was said now.
        said = act.event in ("CONCEDE", "AGREE") or len(act.rules) > 1
        return replace(act, status="happened") if said else act
    return act
