"""Who "we" and "our country" are: the speaker's side, read once all names of the report are known."""

from __future__ import annotations

from legation.changing import replace
from legation.knowledge.name_tables import word_list
from legation.model import Actor, Mention
from legation.stages.actors.reading import NOTHING
from legation.stages.actors.refer import LANDS
from legation.stages.actors.scene import Scene, keep, span_of

_OURS = frozenset({"we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine", "myself"})
_ONE = frozenset({"i", "me", "my", "mine", "myself"})
_SAYING = word_list("saying")
_MARKS = "\"“”"
_STATE_SIDE = frozenset({"GOV", "MIL", "LEG", "COP", "SPY"})


def read_quoted(scenes: list[Scene]) -> None:
    """Keep the first persons whose speaker the sentence names, or the sentence before within one quotation."""
    before: tuple[int, Mention] | None = None
    for scene in scenes:
        words = scene.tokens
        speaker = None
        for i, token in enumerate(words):
            if token.lemma in _SAYING and token.tag.startswith("VB"):
                speaker = _subject(scene, i) or speaker
        for i, token in enumerate(words):
            if token.text.lower() not in _OURS or not token.tag.startswith("PRP"):
                continue
            mention = _teller(scene, i)
            if mention is None and before is not None and before[0] == scene.sentence.paragraph:
                mention = before[1] if _in_quotation(scene, token.start) else None
            if mention is not None and mention.actors:
                _keep(scene, i, mention)
        if speaker is not None:
            before = (scene.sentence.paragraph, speaker)


def _subject(scene: Scene, verb: int) -> Mention | None:
    for c in scene.tree.children(verb, "nsubj"):
        mention = scene.found.get(c)
        if mention is not None and mention.actors and len(mention.actors) == 1 and not mention.is_place:
            return mention
    return None


def _teller(scene: Scene, i: int) -> Mention | None:
    """Who says the words, by the verb of saying above them."""
    inside = i
    for a in scene.tree.ancestors(i):
        token = scene.tokens[a]
        if token.lemma in _SAYING and token.tag.startswith("VB") and inside not in scene.tree.children(a, "nsubj"):
            return _subject(scene, a)
        inside = a
    return None


def _in_quotation(scene: Scene, at: int) -> bool:
    """Whether an odd number of quotation marks stands before the place in its paragraph."""
    text = scene.doc.text
    start = max(text.rfind("\n\n", 0, at), 0)
    return sum(text.count(mark, start, at) for mark in _MARKS) % 2 == 1


def _keep(scene: Scene, i: int, speaker: Mention) -> None:
    token, actor = scene.tokens[i], speaker.actors[0]
    word = token.text.lower()
    one = word in _ONE
    why = f"'{word}' said by '{actor.entity_text}'"
    said = replace(actor, reason=why, confidence=min(actor.confidence, 0.7))
    if not one:  # the side he speaks for, not the man himself
        said = replace(said, identifier_text=None, identifier_id=None, office=None)
    classes = speaker.classes if one else speaker.classes - {"person"}
    keep(scene, i, token.start, token.end, (said,), classes, "pronoun", NOTHING)
    head = token.head
    if token.tag == "PRP$" and scene.tokens[head].lemma in LANDS and not scene.tree.objects_of(head, "of"):
        own = replace(said, sector="GOV") if said.sector in _STATE_SIDE else replace(said, sector="CVL")
        start, end = span_of(scene, head)
        land = Actor(own.code, own.sector, entity_text=scene.doc.text[start:end], reason=why, confidence=0.7)
        keep(scene, head, start, end, (land,), frozenset({"state", "government"}), "nominal", NOTHING)
