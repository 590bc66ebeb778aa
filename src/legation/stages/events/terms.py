"""What a role may be filled by: words and classes of words."""

from __future__ import annotations

from collections.abc import Sequence

from legation.knowledge.lexicon import Terms
from legation.stages.events.act import Scene

_CURRENCIES = ("USD", "EUR", "GBP", "JPY", "CHF")


def matches(scene: Scene, heads: Sequence[int], alternatives: tuple[str, ...]) -> bool:
    """Whether some head is one of the alternatives: "word", "@class", "*", or "!@class" (none may be)."""
    positive, negative = scene.lexicon.terms(alternatives)
    real = scene.real_heads(heads)
    # "captured Zaranj, the capital of the province": what a name is called says what it is.
    real += [a for h in real if scene.sentence.tokens[h].tag == "NNP" for a in scene.tree.children(h, "appos")]
    if negative is not None:
        for h in real:
            if _is(scene, h, negative):
                return False
    if positive is None:
        return True
    return any(_is(scene, h, positive) for h in real)


def _is(scene: Scene, head: int, terms: Terms) -> bool:
    token = scene.sentence.tokens[head]
    lemma, lower = token.lemma, scene.lowered[head]
    if terms.anything or lemma in terms.words or lower in terms.words or lemma in terms.class_words:
        return True
    if terms.asks_mention:
        mention = scene.mention_at(head)
        if mention is not None and (
            terms.actor or (terms.place and mention.is_place) or not terms.mention_classes.isdisjoint(mention.classes)
        ):
            return True
    if terms.name and scene.is_unlisted_name(head):
        return True
    if terms.money and token.text[:3] in _CURRENCIES:
        return True  # "USD1 million", which the parser takes for a name
    if terms.people and token.tag == "CD":
        return True
    if not terms.phrases:
        return False
    for last in (lemma,) if lemma == lower else (lemma, lower):
        for parts, of_class in terms.phrases.get(last, ()):
            # The last word of a class's phrase is the lemma or ends in it; of a plain phrase it may be as printed.
            if (not of_class or parts[-1].endswith(lemma)) and _ends_with(scene, head, parts):
                return True
    return False


def _ends_with(scene: Scene, head: int, parts: tuple[str, ...]) -> bool:
    start = head - len(parts) + 1
    return start >= 0 and all(
        t.lemma == p or t.text.lower() == p for t, p in zip(scene.sentence.tokens[start : head + 1], parts, strict=True)
    )
