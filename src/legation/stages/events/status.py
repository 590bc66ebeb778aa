"""Whether an act happened, goes on, will be, may be, was not, or was tried."""

from __future__ import annotations

from datetime import date

from legation.changing import replace
from legation.model import Clause, Document, Status
from legation.stages.events.act import Act, Scene

OBLIGATION = frozenset({"must", "should", "ought", "need"})
_FUTURE = frozenset({"will", "shall"})
_POSSIBLE = frozenset({"may", "might", "could", "can"})
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest", "provided"})
_INVERTED = frozenset({"should", "have", "be"})
# Behind these an auxiliary stands before its subject without a condition: "never had they met".
_NEVER = frozenset("never nor only rarely seldom hardly neither so not no".split())
_OPENINGS = frozenset({"Should", "Had", "Were"})
_HABITS = frozenset("often usually sometimes regularly routinely frequently occasionally whenever everytime".split())
_WHEN_YOUNG = frozenset("student boy girl child teenager youth youngster schoolboy schoolgirl recruit cadet".split())
_SAYING = frozenset("say report add announce declare state tell warn promise pledge confirm".split())
_REPORTING_DEPS = frozenset({"ccomp", "conj", "parataxis", "acl", "advcl"})


def clause_status(scene: Scene, clause: Clause) -> Status:
    """The status of the clause's act, as its own verb group and conjunctions say it."""
    if clause.negated:
        return "negated"
    modal, perfect = clause.modal, clause.aspect == "perfect"
    if (perfect and modal in OBLIGATION - {"must"}) or inverted_condition(scene, clause.head) == "have":
        return "negated"  # "should have freed them", "had he freed them": he did not
    if conditional(scene, clause.head):
        return "hypothetical"
    if modal in _FUTURE:
        return "future"
    if modal == "would":
        if not perfect and _is_habit(scene, clause.head):
            return "historical"
        return "future" if is_reported(scene, clause.head) and not perfect else "hypothetical"
    if modal in _POSSIBLE or modal in OBLIGATION:
        return "hypothetical"
    if _is_headline_future(scene, clause):
        return "future"
    if _is_purpose_to_come(scene, clause):
        return "future"
    if clause.aspect == "progressive" and clause.tense == "present":
        return "ongoing"
    return "happened"


def _is_purpose_to_come(scene: Scene, clause: Clause) -> bool:
    """ "will visit Senegal to mediate": what somebody will go for is to come too."""
    token = scene.sentence.tokens[clause.head]
    if clause.kind != "verb" or token.tag != "VB" or token.dep not in ("advcl", "xcomp"):
        return False
    above = scene.clauses.get(token.head)
    return above is not None and above.kind == "verb" and above.modal in _FUTURE and not above.negated


def conditional(scene: Scene, index: int) -> bool:
    """Whether the clause, or one it is part of, hangs on a condition: "if ...", "unless ..."."""
    tree, tokens = scene.tree, scene.sentence.tokens
    at: int | None = index
    while at is not None:
        for c in tree.children(at, "mark", "advmod"):
            before = tokens[c].lemma == "before" and at in scene.clauses and scene.clauses[at].tense == "present"
            if (
                (before or tokens[c].lemma in _CONDITIONS)
                and tokens[at].dep in ("advcl", "ccomp", "pcomp", "conj")
                and c < at
            ):
                return True
        clause = scene.clauses.get(at)
        if at == index and clause is not None and clause.modal and _has_condition(scene, at):
            return True
        if inverted_condition(scene, at):
            return True
        if tokens[at].dep in ("ROOT", "parataxis") or (tokens[at].dep == "ccomp" and at != index):
            return False
        at = tree.head(at)
    return False


def _has_condition(scene: Scene, verb: int) -> bool:
    """ "If X, Y will": what follows from a condition is no more certain than it."""
    tree, tokens = scene.tree, scene.sentence.tokens
    if any(tokens[m].lemma in ("if", "unless") for c in tree.children(verb, "advcl") for m in tree.children(c, "mark")):
        return True
    modal = scene.clauses[verb].modal if verb in scene.clauses else None
    return inverted_opening(scene) is not None and modal in ("will", "would", "could", "might", "may")


def inverted_condition(scene: Scene, verb: int) -> str | None:
    """ "Should X fire", "had he set foot", "were she to win": the auxiliary before its subject; None: no condition."""
    tree, tokens = scene.tree, scene.sentence.tokens
    opening = inverted_opening(scene)
    if opening is not None:
        end = next((t.index for t in tokens[opening:] if t.text == ","), len(tokens))
        return tokens[opening].lemma if opening < verb < end else None
    if tokens[-1].text == "?":
        return None
    subjects = tree.children(verb, "nsubj", "nsubjpass")
    for c in tree.children(verb, "aux", "auxpass"):
        before = tokens[c - 1] if c else None
        inverted = bool(subjects) and c < subjects[0] and tokens[c].lemma in _INVERTED
        asked = before is not None and (before.tag in ("WDT", "WP", "WRB", "CC") or before.lemma in _NEVER)
        if inverted and not asked:
            return tokens[c].lemma
    return None


def inverted_opening(scene: Scene) -> int | None:
    """Where the sentence opens with "Should X ...," or "Had X ...,", which parsers hang on the main verb."""
    tokens = scene.sentence.tokens
    first = next((t for t in tokens if t.tag not in ("``", "''", "HYPH", ":")), None)
    if first is None or first.lemma not in _INVERTED or first.text not in _OPENINGS or tokens[-1].text == "?":
        return None
    return first.index if any(t.text == "," for t in tokens[first.index :]) else None


def _is_habit(scene: Scene, verb: int) -> bool:
    """ "would often raid", "whenever the guns began": what used to be done, not what is to come."""
    tokens = scene.sentence.tokens
    for c in scene.tree.subtree(verb):
        lower = tokens[c].text.lower()
        if lower in _HABITS or (len(lower) == 5 and lower[:2] in ("18", "19") and lower.endswith("0s")):
            return True
        if lower == "as" and any(tokens[p].lemma in _WHEN_YOUNG for p in scene.tree.children(c, "pobj")):
            return True  # "as a student he would"
    return False


def is_reported(scene: Scene, index: int) -> bool:
    """Whether a clause tells what somebody said: there "would" is his "will"."""
    tokens, tree = scene.sentence.tokens, scene.tree
    for s in tree.children(index, "nsubj", "nsubjpass"):
        for c in tree.children(s, "acl"):
            # "The rebels announced they would leave, but ...": the verb of saying taken for a participle.
            if tokens[c].tag == "VBD" and tokens[c].lemma in _SAYING:
                return True
    at = index
    for _ in range(6):
        token = tokens[at]
        if token.dep in ("ccomp", "parataxis"):
            return True
        if token.head == at or token.dep not in _REPORTING_DEPS | {"xcomp", "relcl", "pobj", "prep", "dobj", "nsubj"}:
            break
        at = token.head
    # ", police said" after the clause
    return any(tokens[c].lemma in _SAYING for c in tree.children(at, "parataxis"))


def _is_headline_future(scene: Scene, clause: Clause) -> bool:
    """ "Taiwan to buy jets", "Taiwan to buy jets, minister says" """
    tokens, tree = scene.sentence.tokens, scene.tree
    token = tokens[clause.head]
    if not any(tokens[c].tag == "TO" for c in tree.children(clause.head, "aux")):
        return False
    on_top = token.dep == "ROOT" or (token.dep == "ccomp" and token.head > token.index)
    return clause.headline or (on_top and bool(tree.children(clause.head, "nsubj", "nsubjpass")))


def combined(outer: Status, act: Act) -> Status:
    """The status of an act below a predicate that has one of its own: the less real of the two."""
    order: tuple[Status, ...] = ("negated", "hypothetical", "attempted", "future")
    for status in order:
        if outer == status or act.status == status:
            return status
    return "ongoing" if outer == "ongoing" and act.status == "happened" else act.status


# Days after which what happened is the story's past, not its news.
_PAST = 400


def mark_history(doc: Document) -> Document:
    """Mark what was over long before the report appeared: `happened` becomes `historical` by the event's date."""
    if doc.published is None or not any(m.date for m in doc.event_mentions):
        return doc
    day = date.fromisoformat(doc.published[:10]).toordinal()
    limit = date.fromordinal(max(1, day - _PAST)).isoformat()
    mentions = tuple(
        replace(m, status="historical")
        if m.status == "happened" and m.date is not None and (m.enddate or m.date) < limit[: len(m.enddate or m.date)]
        else m
        for m in doc.event_mentions
    )
    return doc if mentions == doc.event_mentions else replace(doc, event_mentions=mentions)
