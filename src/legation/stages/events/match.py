"""Frames on clauses: which act a predicate with such arguments is."""

from __future__ import annotations

from legation.model import Clause, Status
from legation.stages.events.act import Act, Scene
from legation.stages.events.phrases import PREPOSITIONS, phrase_tokens
from legation.stages.events.roles import Known, Roles


def frame_act(scene: Scene, clause: Clause, status: Status) -> Act | None:
    """The act of the best frame that fits the clause, or None."""
    if scene.clauses.get(clause.head) is not clause:
        return _best_act(scene, clause, status)
    # Operators ask for it again and again.
    key = (clause.head, status)
    if key not in scene.frame_acts:
        scene.frame_acts[key] = _best_act(scene, clause, status)
    return scene.frame_acts[key]


def _best_act(scene: Scene, clause: Clause, status: Status) -> Act | None:
    best: tuple[tuple[bool, float, float], Act] | None = None
    known: Known = {}
    for rest, frame in scene.lexicon.frames_among(clause.kind, clause.lemma, scene.forms):
        words = phrase_tokens(scene, clause, rest) if rest else ()
        if words is None:
            continue
        if (
            not rest
            and clause.particle
            and clause.particle in ("off", "up", "down", "out", "over")
            and clause.kind == "verb"
            and frame.id[-1] != "*"
        ):
            # "call off" is no "call", "give up" no "give": a bare verb does not stand for its particle verb.
            continue
        roles = Roles(scene, clause, frame, rest, words, known)
        if not roles.fit():
            continue
        act = roles.act((clause.head, *words), status)
        if act is None:
            continue
        # A longer idiom is surer of its sense; a bare preposition says little ("withdraw from").
        length = sum(0.5 if w in PREPOSITIONS else 2.0 for w in rest) + len(frame.needs)
        # One that names nobody says less than one that does: "soldiers were deployed" is told of the soldiers.
        weight = (bool(act.actors or act.recipients), length, frame.confidence)
        if best is None or weight > best[0]:
            best = (weight, act)
    return best[1] if best else None


def refusals(scene: Scene, clause: Clause) -> list[str]:
    """For people: every frame of the predicate that did not fire, with the reason."""
    said: dict[str, str] = {}
    known: Known = {}
    for rest, frame in scene.lexicon.frames.get((clause.kind, clause.lemma), ()):
        words = phrase_tokens(scene, clause, rest) if rest else ()
        if words is None:
            if len(rest) < 2:
                said.setdefault(frame.id, f"'{' '.join(rest)}' does not stand with it")
            continue
        roles = Roles(scene, clause, frame, rest, words, known)
        why = roles.why_not()
        if why is None:
            why = (
                "nobody in it can be the doer"
                if roles.act((clause.head,), "happened") is None
                else "another reading came first"
            )
        said[frame.id] = why
    return [f"{name}: {why}" for name, why in said.items()]
