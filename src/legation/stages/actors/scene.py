"""One sentence while its mentions are found: names by token, spans, and how a mention is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from legation.changing import replace
from legation.knowledge.name_tables import fold
from legation.knowledge.names import FAMILY_FIRST, Hit, find_names
from legation.knowledge.senses import Senses, with_senses
from legation.model import Actor, Document, Mention, MentionKind, Sentence, Token
from legation.stages.actors.memory import Memory, Spoken
from legation.stages.actors.reading import Reading
from legation.tree import NOUN_TAGS, Tree

# A country after one of these is where something is; after the second set it may still be acted upon.
WHERE = frozenset(
    {
        "in",
        "near",
        "across",
        "inside",
        "outside",
        "around",
        "throughout",
        "through",
        "within",
        "along",
        "into",
    }
)
_TOWARD = frozenset({"from", "to", "via", "toward", "towards"})
_BRACKET = re.compile(r"\s?\(([A-Z][A-Za-z.-]{1,7})\)")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
DETERMINERS = re.compile(
    r"(?:the|a|an|this|that|these|those|some|many|several|all|both|its|their|his|her|our|my)\s+", re.I
)
# "Gulf of Guinea" is no Guinea.
_WATERS = re.compile(r"\b(?:Gulf|Sea|Bay|Horn|Straits?|Cape) of (?:the )?$")
_SHE = re.compile(r"\b(?:Mrs|Ms|Miss|Lady|Queen|Dame|Princess)\b|woman\b|\bShe\b")
_HE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince)\b|[a-z]man\b")


@dataclass(slots=True)
class Scene:
    """One sentence while its mentions are found."""

    doc: Document
    sentence: Sentence
    order: int  # in the order of reading: the title comes last
    tree: Tree
    memory: Memory
    hits: dict[int, Hit]  # by anchor, offsets in the document
    inside: dict[int, int]  # token -> anchor of the hit it is part of
    home: str | None
    printed: str  # the report's text, with capitals where it has none
    senses: Senses  # which names mean something else in this report
    found: dict[int, Mention]
    readings: dict[int, Reading]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens."""
        return self.sentence.tokens


def open_scene(
    doc: Document,
    sentence: Sentence,
    order: int,
    memory: Memory,
    home: str | None,
    printed: str,
    senses: Senses = (),
) -> Scene:
    """The sentence with its names hung on tokens."""
    tree = Tree(sentence.tokens)
    hits: dict[int, Hit] = {}
    inside: dict[int, int] = {}
    text = printed[sentence.start : sentence.end]
    first = 0
    for hit in with_senses(find_names(text), text, senses):
        if text[hit.end : hit.end + 2].lstrip()[:1] == "$" or _WATERS.search(text[max(0, hit.start - 14) : hit.start]):
            continue
        start, end = hit.start + sentence.start, hit.end + sentence.start
        tokens = sentence.tokens
        while first < len(tokens) and tokens[first].end <= start:
            first += 1
        last = first
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        span = range(first, last)
        outer = [i for i in span if tokens[i].head not in span or tokens[i].head == i]
        nouns = [i for i in outer if tokens[i].tag in NOUN_TAGS or tokens[i].tag.startswith("JJ")]
        if not outer or (
            not nouns and tokens[outer[-1]].tag not in ("CD", "FW", "VBG", "VBN", "NNP", "UH", "RB", "VB", "IN", "PRP")
        ):
            continue
        anchor = (nouns or outer)[-1]
        hits[anchor] = Hit(start, end, hit.names)
        inside.update((i, anchor) for i in span)
    return Scene(doc, sentence, order, tree, memory, hits, inside, home, printed, senses, {}, {})


def day_of(doc: Document) -> str | None:
    """The report's day, if known."""
    return doc.published[:10] if doc.published else None


def span_of(scene: Scene, i: int) -> tuple[int, int]:
    """Where the phrase begins and ends in the document, without a leading determiner."""
    tokens = scene.tokens
    own = scene.tree.phrase(i)
    start, end = tokens[own[0]].start, tokens[i].end
    while own and tokens[own[0]].dep in ("punct", "advmod", "predet", "neg", "cc") and own[0] != i:
        own = own[1:]
        start = tokens[own[0]].start
    hit = scene.hits.get(i)
    if hit is not None:
        start, end = min(start, hit.start), max(end, hit.end)
    match = DETERMINERS.match(scene.doc.text, start, end)
    if match and match.end() < end and match.group().strip().lower() not in ("both", "his", "her", "their", "its"):
        start = match.end()
    return start, end


def text_of(scene: Scene, start: int, end: int) -> str:
    """The words of a span in one line, without brackets."""
    return " ".join(_BRACKETS.sub("", scene.printed[start:end]).split())


def preposition_of(scene: Scene, i: int) -> str | None:
    """The preposition the phrase hangs on, seen through coordination; None where it hangs on a verb."""
    tokens = scene.tokens
    steps = 0
    while tokens[i].dep == "conj" and steps < 20:
        i = tokens[i].head
        steps += 1
    governor = tokens[tokens[i].head]
    return governor.lemma if tokens[i].dep in ("pobj", "pcomp") else None


def verb_of(scene: Scene, i: int) -> int:
    """The nearest verb above a token, or -1."""
    for a in scene.tree.ancestors(i):
        if scene.tokens[a].tag.startswith("VB"):
            return a
    return -1


def _verb_role(scene: Scene, i: int) -> str:
    tokens = scene.tokens
    steps = 0
    while tokens[i].dep == "conj" and steps < 20:
        i = tokens[i].head
        steps += 1
    return tokens[i].dep


def keep(
    scene: Scene,
    i: int,
    start: int,
    end: int,
    actors: tuple[Actor, ...],
    classes: frozenset[str],
    kind: MentionKind,
    reading: Reading,
) -> None:
    """Keep a mention, and remember it for later pronouns."""
    token = scene.tokens[i]
    preposition = preposition_of(scene, i)
    place = False
    if reading.kind in ("state", "place", "seat") and classes & {"state", "place"}:
        place = (
            preposition in WHERE
            or (preposition == "at" and reading.kind == "place")
            or preposition in _TOWARD
            or (reading.kind == "place" and "state" not in classes and _verb_role(scene, i) not in ("nsubj", "agent"))
        )
        if preposition in WHERE:
            actors = tuple(replace(a, sector=None) for a in actors)
    text = scene.doc.text[start:end]
    placed = tuple(replace(a, entity_text=text, start=start, end=end) for a in actors)
    if place and "place" not in classes:
        classes = classes | {"place"}
    mention = Mention(
        start,
        end,
        scene.sentence.index,
        i,
        kind,
        placed,
        place,
        classes,
    )
    scene.found[i] = mention
    plural = token.tag in ("NNS", "NNPS") or reading.kind == "people" or token.text.lower() in ("they", "them", "their")
    gender = "she" if _SHE.search(text) else "he" if _HE.search(text) else None
    subject = _verb_role(scene, i) in ("nsubj", "nsubjpass")
    surname = (reading.surname or "") if reading.kind in ("person", "name") else ""
    first = i
    while scene.tokens[first].dep == "conj" and scene.tokens[first].head != first:
        first = scene.tokens[first].head
    scene.memory.add(
        Spoken(
            placed,
            classes,
            scene.order,
            i,
            subject,
            plural,
            verb_of(scene, i),
            reading.role,
            gender,
            place,
            first,
        ),
        surname or None,
    )
    if surname and placed[0].code in FAMILY_FIRST and reading.label:
        scene.memory.surnames.setdefault(fold(reading.label.split()[0]), (placed, classes))
    after = _BRACKET.match(scene.doc.text, end)
    if after is not None and kind == "name":
        scene.memory.acronyms.setdefault(after.group(1), (placed, classes))
