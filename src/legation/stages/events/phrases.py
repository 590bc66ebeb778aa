"""Predicates of several words: where the further words stand in the sentence."""

from __future__ import annotations

from legation.model import Clause
from legation.stages.events.act import Scene

PREPOSITIONS = frozenset(
    (
        "of to on in at from with against for by over into upon between about near off through under after "
        "toward towards among around onto within behind across along"
    ).split()
)


def phrase_tokens(scene: Scene, clause: Clause, rest: tuple[str, ...]) -> tuple[int, ...] | None:
    """The tokens that match the further words of a multiword predicate, or None.

    Verbs: the words follow in order within the verb's own phrase ("pull [their troops] out of"),
    or stand as its passive subject ("fire was opened on"). Nouns: they stand before the head.
    """
    if not scene.forms.issuperset(rest):
        return None  # one of the words is nowhere in the sentence: by far the most frequent answer
    tokens = scene.sentence.tokens
    if clause.kind == "noun":
        start = clause.head - len(rest)
        if start < 0:
            return None
        before = [tokens[i] for i in range(start, clause.head)]
        if all(t.lemma == w or t.text.lower() == w for t, w in zip(before, rest, strict=True)):
            return tuple(t.index for t in before)
        modifiers = {tokens[c].lemma: c for c in modifiers_of(scene, clause.head)}
        return tuple(modifiers[w] for w in rest) if all(w in modifiers for w in rest) else None
    found: list[int] = []
    position = clause.head
    for n, word in enumerate(rest):
        hit = (
            next((o for o in clause.object if tokens[o].lemma == word), None)
            if n == 0 or word not in PREPOSITIONS
            else None
        )
        if hit is None:
            reach = 12 if n == 0 else 6
            hit = next(
                (
                    t.index
                    for t in tokens[position + 1 : position + 1 + reach]
                    if (t.lemma == word or t.text.lower() == word) and _hangs_on(scene, t.index, clause.head)
                ),
                None,
            )
        if hit is None:
            return None
        found.append(hit)
        position = max(position, hit)
    return tuple(found)


def modifiers_of(scene: Scene, noun: int) -> list[int]:
    """All words that modify a noun, and those words: "joint" in "joint coast guard exercise"."""
    found = scene.tree.children(noun, "compound", "amod", "nmod")[:]
    for index in found:
        found += [c for c in scene.tree.children(index, "compound", "amod", "nmod") if c not in found]
    return found


def _hangs_on(scene: Scene, index: int, head: int) -> bool:
    up: int | None = index
    for _ in range(3):
        up = scene.tree.head(up) if up is not None else None
        if up == head:
            return True
    return False
