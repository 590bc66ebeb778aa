"""The dictionary forms of words: what the lexicon knows first, then simplemma's table."""

from __future__ import annotations

from functools import lru_cache

from legation.knowledge import lexicon

# simplemma's table gives another word for these; all are frequent in reports of conflict.
_LEMMAS = {
    ("left", "V"): "leave",
    ("felt", "V"): "feel",
    ("wound", "V"): "wound",
    ("wounded", "V"): "wound",
    ("found", "V"): "find",
    ("lay", "V"): "lay",
    ("laid", "V"): "lay",
    ("saw", "V"): "see",
    ("bound", "V"): "bind",
    ("'s", "V"): "be",
    ("'re", "V"): "be",
    ("'m", "V"): "be",
    ("'ve", "V"): "have",
    ("'d", "V"): "have",
    ("ties", "N"): "tie",
    ("forces", "N"): "force",
    ("troops", "N"): "troop",
    ("talks", "N"): "talk",
    ("sanctions", "N"): "sanction",
    ("media", "N"): "media",
    ("people", "N"): "people",
    ("arms", "N"): "arms",
    ("shelling", "V"): "shell",
    ("shelled", "V"): "shell",
    ("axed", "V"): "axe",
    ("fired", "V"): "fire",
    ("sentenced", "V"): "sentence",
    ("met", "V"): "meet",
    ("broke", "V"): "break",
    ("retook", "V"): "retake",
    ("overran", "V"): "overrun",
    ("bore", "V"): "bear",
    ("ground", "V"): "grind",
    ("sacked", "V"): "sack",
    ("fled", "V"): "flee",
    ("shot", "V"): "shoot",
    ("fell", "V"): "fall",
    ("sought", "V"): "seek",
    ("struck", "V"): "strike",
    ("quit", "V"): "quit",
    ("rose", "V"): "rise",
    ("allies", "N"): "ally",
    ("police", "N"): "police",
    ("police", "V"): "police",
    ("bases", "N"): "base",
}


@lru_cache(maxsize=50_000)
def lemma_of(text: str, tag: str) -> str:
    """The dictionary form, lower case: "withdrew"/VBD is "withdraw", "fighting"/NN stays "fighting"."""
    lower = text.lower().replace("’", "'")
    if tag[0] == "V" or tag == "MD":
        known = _LEMMAS.get((lower, "V"))
        if known:
            return known
        if tag in ("VB", "VBP", "MD"):
            return {"wo": "will", "ca": "can", "sha": "shall", "'ll": "will", "are": "be", "am": "be"}.get(lower, lower)
        return _known_verb(lower) or _simplemma(lower)
    if tag == "NNS":
        return _LEMMAS.get((lower, "N")) or _known_noun(lower) or _plural(lower)
    return {"n't": "not"}.get(lower, lower)


def _known_verb(word: str) -> str | None:
    """The form's stem where it is a verb of our lexicon: simplemma makes "thanke" of "thanked"."""
    words = lexicon.load()
    for ending in ("ed", "ing", "d", "s", "es"):
        if not word.endswith(ending):
            continue
        stem = word[: -len(ending)]
        stems = [
            stem,
            stem + "e",
            stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else "",
            stem[:-1] + "y" if stem.endswith("i") else "",
        ]
        for candidate in stems:
            if candidate and words.is_predicate("verb", candidate):
                return candidate
    return None


def _known_noun(word: str) -> str | None:
    """The singular where it is a noun of our lexicon. "refugees" is of "refugee", though "refuge" is in it."""
    words = lexicon.load()
    stems = [word[:-1]] if word.endswith("s") else []
    stems += [word[:-3] + "y"] if word.endswith("ies") else []
    stems += [word[:-2]] if word.endswith(("ses", "shes", "ches", "xes", "zes", "oes")) else []
    return next((s for s in stems if words.is_predicate("noun", s)), None)


def _simplemma(word: str) -> str:
    from simplemma import lemmatize

    return str(lemmatize(word, lang="en")).lower()


def _plural(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found = _simplemma(word)
        return found if found != word else word[:-1]
    return _simplemma(word)
