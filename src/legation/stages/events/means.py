"""How violence was done, where the frame leaves it open: by what its clause names as the means, or by its victim."""

from __future__ import annotations

from dataclasses import replace

from legation.knowledge import ontology
from legation.stages.events.act import Act, Scene
from legation.tree import VERB_TAGS

# Prepositions behind which the means stand: "wounded in a bomb attack", "killed by a mine".
_BY_MEANS = ("in", "by", "with", "using", "from")
# The mode for the first class that a word of the means belongs to, the most telling first.
_MEANS = (
    ("suicide-attack", frozenset("suicide".split())),
    ("explosives", frozenset("bomb bombing explosive explosion blast ied mine landmine minefield grenade".split())),
    ("aerial", frozenset("airstrike air-strike drone warplane jet helicopter predator".split())),
    ("heavy-weapons", frozenset("shelling shell mortar artillery rocket missile tank".split())),
    ("firearms", frozenset("shooting gunfire gunshot gun rifle pistol sniper bullet gunman shootout".split())),
    ("primitive", frozenset("knife machete axe sword spear stone stabbing arson".split())),
)
_PROMINENT = frozenset(
    "leader chief commander president minister mayor governor judge candidate envoy ambassador lawmaker senator "
    "mp general imam prosecutor scientist chieftain premier".split()
)


def with_mode(scene: Scene, act: Act) -> Act:
    """The violent act with its mode, where its clause tells by what it was done or that a leader was killed."""
    if act.event != "ASSAULT" or act.mode is not None:
        return act
    mode = _by_means(scene, act) or _by_victim(scene, act)
    return replace(act, mode=mode, cameo=ontology.types()["ASSAULT"].cameo_code((mode,))) if mode else act


def _by_means(scene: Scene, act: Act) -> str | None:
    found: set[str] = set()
    for word in (act.anchor, *act.words):
        clause = scene.clauses.get(word)
        if clause is None:
            continue
        named = [*clause.oblique(*_BY_MEANS), *clause.oblique("mod")]
        named += [h for h in clause.subject if not scene.actors_at(h)]
        # A blast explodes; who blasts something may do so with water, or with words.
        blasts = scene.lemma(word) == "blast" and scene.sentence.tokens[word].tag in VERB_TAGS
        for head in named if blasts else (*named, word):
            found |= {scene.lemma(i) for i in scene.tree.phrase(head)}
    return next((mode for mode, words in _MEANS if words & found), None)


def _by_victim(scene: Scene, act: Act) -> str | None:
    """Leaders killed are assassinated; people of no name are not."""
    if act.rules[:1] != ("kill",) or not act.actors:
        return None
    return "assassinate" if any(scene.lemma(h) in _PROMINENT for h in act.recipients) else None
