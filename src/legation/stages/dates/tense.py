"""Whether the words around a time look back or ahead: cue words first, then the verb it hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from legation.model import Sentence, Token
from legation.stages.dates.setting import Tense
from legation.tree import NOUN_TAGS, VERB_TAGS, Tree

_TAIL = (
    r"\s+(?:[\w-]+\s+){0,2}?(?:for|to|until|till|on|in|by|from|of|as|is|at)?\s*(?:the\s+"
    r"|early\s+|late\s+|mid-?\s*)?$"
)
_AHEAD_BEFORE = re.compile(
    r"\b(?:scheduled|slated|due|planned|set|expected|postponed|delayed|rescheduled"
    r"|adjourned|extended|deadline|deferred"
    rf"|pushed|moved|booked|earmarked|plans|upcoming|deadlines|expires?|convenes?){_TAIL}"
    r"|\b(?:have|has|gave|given)\b[^.;]{0,25}\suntil\s+$|\b(?:ahead\s+of|run-?up\s+to"
    r"|no\s+later\s+than|in\s+time\s+for|starting|beginning"
    r"|effective|target\s+date\s+of|as\s+early\s+as)\s+(?:the\s+|a\s+|from\s+)?$",
    re.IGNORECASE,
)
_AHEAD_AFTER = re.compile(r"(?:['’]s)?[\s-]+(?:deadline|target|target\s+date|cut-?off)\b", re.IGNORECASE)
_BACK_BEFORE = re.compile(
    r"\b(?:since|after|following|ago|dating\s+from|as\s+of)\s+(?:the\s+|last\s+)?$"
    r"|\b(?:said|told|announced|reported|warned|added|confirmed|stated|missed"
    r"|passed|had\s+(?:\w+ly\s+|earlier\s+|once\s+)?(?:set|planned|scheduled|promised|agreed|postponed|delayed))\s+(?:(?:reporters|journalists|lawmakers|parliament)\s+)?(?:on\s+|in\s+"
    r"|late\s+|early\s+|the\s+)*$",
    re.IGNORECASE,
)
_BY_BEFORE = re.compile(
    r"\b(?:by|until|till|before|no\s+later\s+than)\s+(?:the\s+|a\s+|early\s+|late\s+"
    r"|mid-?\s*|end\s+of\s+|the\s+end\s+of\s+|next\s+)*$",
    re.IGNORECASE,
)
# Without a parse: "promised the release of ... by Monday".
_PLANNED = re.compile(
    r"\b(?:announced|promised|pledged|vowed|planned|demanded|ordered|agreed|proposed|offered)\s+(?:on\s+\w+\s+)?"
    r"(?:the|an?|its|his|their)\s",
    re.IGNORECASE,
)
# Verbs whose to-infinitive lies ahead although they are themselves told in the past.
_AHEAD_VERBS = frozenset(
    [
        "plan",
        "schedule",
        "expect",
        "agree",
        "promise",
        "vow",
        "pledge",
        "intend",
        "want",
        "hope",
        "decide",
        "threaten",
        "offer",
        "aim",
        "prepare",
        "propose",
        "urge",
        "demand",
        "order",
        "ask",
        "call",
        "invite",
        "due",
        "set",
        "slate",
        "commit",
        "need",
        "warn",
        "announce",
        "postpone",
        "delay",
        "extend",
        "adjourn",
        "seek",
        "instruct",
        "tell",
        "request",
        "require",
        "oblige",
        "refuse",
        "decline",
    ]
)
_MODALS = frozenset(["will", "shall", "would", "should", "must", "may", "might", "can", "could", "'ll", "'d"])
# In the simple present these tell what is on the timetable: "voting begins on Sunday".
_TIMETABLE = frozenset(
    [
        "begin",
        "start",
        "open",
        "reopen",
        "close",
        "resume",
        "end",
        "expire",
        "run",
        "meet",
        "convene",
        "reconvene",
        "vote",
        "leave",
        "depart",
        "arrive",
        "travel",
        "visit",
        "fly",
        "head",
        "go",
        "kick",
        "take",
        "come",
        "fall",
        "return",
        "face",
        "stand",
        "elapse",
        "mark",
        "host",
        "hold",
    ]
)
_FUTURE_ADJECTIVES = frozenset(
    [
        "due",
        "set",
        "ready",
        "scheduled",
        "likely",
        "expected",
        "supposed",
        "poised",
        "able",
        "certain",
        "sure",
    ]
)
_FUTURE_WORDS = re.compile(
    r"\b(?:will|won['’]t|shall|would|is\s+to|are\s+to|due\s+to|set\s+to|scheduled|planned"
    r"|plans?\s+to|expected\s+to|going\s+to"
    r"|(?:begin|start|open|reopen|close|resume|expire|convene|reconvene|depart|arrive)s"
    r"|meets|votes|takes\s+effect"
    r"|(?:have|has)\s+until|polls\s+(?:open|close)|next|must|should|upcoming|slated|agreed\s+to|vowed\s+to"
    r"|promised\s+to|[\w]+['’]ll)\b",
    re.IGNORECASE,
)
_PAST_WORDS = re.compile(
    r"\b(?:was|were|had|has|have|did|said|told|went|came|took|made|held|met|began|left|won"
    r"|lost|broke|shot|hit|struck|fell|rose"
    r"|gave|saw|sent|put|set|led|fled|found|became|brought|fought|\w{2,}ed)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r";|:\s|,\s+(?:and|but|while|as|who|which|when|after)\s")


def tense_at(text: str, start: int, end: int, sent: Sentence | None, tree: Tree | None) -> Tense:
    """The direction in which the time at these offsets lies."""
    floor = max(0, start - 60, sent.start if sent else 0)
    before = text[floor:start]
    if _BACK_BEFORE.search(before):
        return "past"
    if _AHEAD_AFTER.match(text, end) or _AHEAD_BEFORE.search(before):
        return "future"
    if _BY_BEFORE.search(before) and (
        _in_plan(tree, start, end) if tree is not None else _PLANNED.search(before) is not None
    ):
        return "future"
    verb = _tree_tense(tree, start, end) if tree is not None else None
    if verb is None:
        verb = _text_tense(text, start, end, sent)
    # "must leave by Friday" and a bare "by Friday" look ahead; "had left by Friday" does not.
    if verb == "none" and _BY_BEFORE.search(before):
        return "future"
    return verb


def _text_tense(text: str, start: int, end: int, sent: Sentence | None) -> Tense:
    """Without a parse: the last tell-tale word of the clause on the left, else the first on the right."""
    left = text[max(sent.start if sent else 0, start - 120) : start]
    pieces = _BREAK.split(left)
    right = _BREAK.split(text[end : min(sent.end if sent else len(text), end + 80)])[0]
    for piece, last in ((pieces[-1], True), (right, False)):
        future = [m.start() for m in _FUTURE_WORDS.finditer(piece)]
        past = [m.start() for m in _PAST_WORDS.finditer(piece)]
        if future and past:
            nearer = (future[-1] >= past[-1]) if last else (future[0] <= past[0])
            # "was expected to", "agreed to": the word of promise covers the verb of the past.
            return "future" if nearer or any(f <= p for f in future for p in past[-1:]) else "past"
        if future or past:
            return "future" if future else "past"
    return "none"


def _tree_tense(tree: Tree, start: int, end: int) -> Tense | None:
    """By the parse: the tense of the nearest verb above the words; None where no verb stands above."""
    head = head_of(tree.tokens, start, end)
    if head is None:
        return None
    for above in (head, *tree.ancestors(head)):
        token = tree.tokens[above]
        if token.tag in VERB_TAGS and token.dep not in ("amod", "compound"):
            return _verb_tense(tree, above, 0)
    return None


def _in_plan(tree: Tree, start: int, end: int) -> bool:
    """Whether a time stands in the phrase of what is announced or planned: "announced a withdrawal by May"."""
    head = head_of(tree.tokens, start, end)
    above = [] if head is None else list(tree.ancestors(head))
    verb = next((tree.tokens[a] for a in above if tree.tokens[a].tag in VERB_TAGS), None)
    if len(above) < 2 or tree.tokens[above[0]].tag != "IN" or verb is None or verb.lemma not in _AHEAD_VERBS:
        return False
    if tree.tokens[above[1]].tag in NOUN_TAGS:
        return True
    thing = tree.child(verb.index, "dobj")
    return above[1] == verb.index and thing is not None and tree.child(verb.index, "aux") is None


def head_of(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """The token of a span whose governor lies outside it."""
    inside = [t for t in tokens if t.start < end and t.end > start]
    for token in inside:
        if token.head == token.index or not any(other.index == token.head for other in inside):
            return token.index
    return None


def _verb_tense(tree: Tree, index: int, depth: int) -> Tense:
    token = tree.tokens[index]
    aux = [tree.tokens[c] for c in tree.children(index, "aux", "auxpass")]
    words = {t.lemma for t in aux}
    if words & _MODALS and not ("have" in words and token.tag == "VBN"):
        # "could not agree on Friday" tells of a failure, "could agree on Friday" of a hope.
        return "past" if "could" in words and tree.child(index, "neg") is not None else "future"
    tags = {t.tag for t in aux}
    if token.tag == "VBD" or "VBD" in tags:
        if token.tag == "VBG" and tags & {"VBP", "VBZ"}:
            return "none"
        return "past"
    if "have" in words:
        return "past"
    if token.tag == "VB" and any(t.lemma == "to" for t in aux):
        return _infinitive_tense(tree, index, depth)
    if token.tag in ("VBG", "VBN") and aux:
        # "is meeting on Friday" looks ahead, "is held on Friday" need not.
        return "future" if token.tag == "VBG" and tags & {"VBP", "VBZ"} else "none"
    if token.tag == "VBN":
        return "future" if token.lemma in ("schedule", "plan", "expect", "slate", "set") else "past"
    if token.tag in ("VBZ", "VBP") and token.lemma in _TIMETABLE and not aux:
        return "future"
    if token.tag in ("VBG", "VB") and depth < 4 and (above := _verb_above(tree, index)) is not None:
        return _verb_tense(tree, above, depth + 1)
    return "none"


def _infinitive_tense(tree: Tree, index: int, depth: int) -> Tense:
    """ "agreed to meet", "is due to leave": ahead; "failed to meet", "used to meet": as the verb above."""
    above = tree.head(index)
    if above is None or depth > 4:
        return "future"  # a headline: "Leader to visit on Friday"
    governor = tree.tokens[above]
    if (
        governor.lemma in _AHEAD_VERBS
        or governor.lemma in _FUTURE_ADJECTIVES
        or governor.lemma in ("be", "have")
    ):
        return "future"
    if governor.tag in VERB_TAGS and tree.tokens[index].dep in ("xcomp", "advcl", "ccomp"):
        return _verb_tense(tree, above, depth + 1)
    return "future"


def _verb_above(tree: Tree, index: int) -> int | None:
    return next((a for a in tree.ancestors(index) if tree.tokens[a].tag in VERB_TAGS), None)
