"""How a time is bound to an act: by the clause it stands in, or by one that shares its time."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from legation.model import EventMention, Sentence, TimeExpression
from legation.stages.dates.tense import head_of
from legation.tree import FINITE_TAGS, NOUN_TAGS, VERB_TAGS, Tree

PROMISES = frozenset({"AGREE", "CONCEDE", "THREATEN"})
# The types whose act is saying it.
SAID = PROMISES | {"REQUEST", "REJECT", "ACCUSE", "SUPPORT"}
_CONDITIONS = frozenset({"if", "unless", "until", "till", "lest", "whether"})
_BEFORE_NOW = frozenset({"earlier", "previously", "once", "formerly", "originally", "initially", "before"})
_HAD = frozenset({"had", "'d", "’d"})
# Nouns that a killing or wounding is told with: a time in them is that of the verb.
_ATTACKS = frozenset(
    "attack bombing blast explosion shooting strike airstrike raid assault ambush massacre clash fighting "
    "violence shelling crash offensive unrest war".split()
)


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with its tree and the expressions in it, each with the token it hangs by."""

    sent: Sentence
    tree: Tree
    times: tuple[tuple[TimeExpression, int], ...]
    anchors: frozenset[int]


def dates_in(sent: Sentence, dates: tuple[TimeExpression, ...]) -> tuple[TimeExpression, ...]:
    """Those of a text's expressions, in their order, that begin in the sentence; a long text has thousands."""
    first = bisect_left(dates, sent.start, key=_start)
    return dates[first : bisect_left(dates, sent.end, lo=first, key=_start)]


def _start(time: TimeExpression) -> int:
    return time.start


def view_of(sent: Sentence, dates: tuple[TimeExpression, ...], anchors: frozenset[int]) -> View:
    """The sentence as the binding rules look at it."""
    times = []
    for time in dates_in(sent, dates):
        head = head_of(sent.tokens, time.start, time.end)
        if head is not None:
            times.append((time, head))
    return View(sent, Tree(sent.tokens), tuple(times), anchors)


def tier(view: View, mention: EventMention, head: int) -> int | None:
    """0 for a time in the mention's own clause, 1 or 2 in one that shares its time, None elsewhere."""
    tree, anchor = view.tree, mention.anchor
    path = path_to_clause(tree, head)
    if mention.event == "ASSAULT" and _in_attack(view, path, anchor):
        return 0
    if mention.event != "ASSAULT" and _beside_attack(tree, path, anchor):
        return None
    # A time in the phrase of a noun dates that, and no verb above it: "condemned Friday's attack".
    nearer = path[: path.index(anchor)] if anchor in path else path[:-1]
    if any(step in view.anchors for step in nearer) or (in_noun(tree, path) and path[1] != anchor):
        return None
    if anchor in path:
        return 0
    clause, own = path[-1], path_to_clause(tree, anchor)[-1]
    if clause == own:
        return 0
    if mention.event in SAID and clause in operators(tree, own):
        return 1  # "agreed on Thursday to withdraw", anchored on the withdrawal
    if _share_time(tree, clause, own):
        return 1
    # "killed 12 and wounded dozens on Thursday", "12 were killed and 30 wounded": a day at the end holds for both.
    after = tree.tokens[clause]
    alone = not tree.children(clause, "nsubj", "nsubjpass") or (
        after.tag == "VBN" and not tree.children(clause, "aux", "auxpass")
    )
    return 2 if after.dep == "conj" and after.head == own and alone else None


def _in_attack(view: View, path: list[int], anchor: int) -> bool:
    """Whether a time stands in the phrase of the attack that a verb names: "were killed in Saturday's bombing"."""
    if anchor not in path[2:]:
        return False
    between = path[1 : path.index(anchor)]
    nouns = [i for i in between if view.tree.tokens[i].tag in NOUN_TAGS]
    return (
        bool(nouns) and nouns[-1] not in view.anchors and all(view.tree.tokens[i].lemma in _ATTACKS for i in nouns)
    )


def _beside_attack(tree: Tree, path: list[int], anchor: int) -> bool:
    """Whether a time follows an attack that an act is only about: "arrested over the attack in January"."""
    if len(path) < 3 or tree.tokens[path[1]].tag != "IN" or path[1] == 0:
        return False
    noun = tree.tokens[path[1] - 1]
    return noun.lemma in _ATTACKS and noun.index != anchor and noun.dep == "pobj"


def operators(tree: Tree, clause: int) -> list[int]:
    """The verbs of saying and promising that a clause hangs below."""
    found: list[int] = []
    while len(found) < 3 and tree.tokens[clause].dep in ("xcomp", "ccomp", "pcomp", "advcl"):
        path = path_to_clause(tree, tree.tokens[clause].head)
        if not is_clause(tree, path[-1]) or path[-1] == clause:
            break
        clause = path[-1]
        found.append(clause)
    return found


def path_to_clause(tree: Tree, index: int) -> list[int]:
    """The token, then its governors up to and with the verb of its clause."""
    path = [index]
    if is_clause(tree, index):
        return path
    for above in tree.ancestors(index):
        path.append(above)
        if is_clause(tree, above):
            break
    return path


def is_clause(tree: Tree, index: int) -> bool:
    """Whether a token is the verb of a clause."""
    token = tree.tokens[index]
    return token.tag in VERB_TAGS and token.dep not in ("aux", "auxpass", "amod", "compound", "prep", "case")


def in_noun(tree: Tree, path: list[int]) -> bool:
    """Whether a time is a possessor or modifier of a noun: "Friday's vote", "the 2014 war"."""
    first = tree.tokens[path[0]]
    if first.dep not in ("poss", "compound", "nmod", "amod", "nummod") or len(path) < 2:
        return False
    noun = tree.tokens[path[1]]
    if noun.tag == "NNP" and first.dep == "compound" and first.index > 0:
        # "In April Berlin had promised": the parser takes the month for a part of the name.
        before = tree.tokens[first.index - 1]
        if before.tag == "IN" and tree.children(before.index, "pobj") in ([], [noun.index]):
            return False
    return noun.tag in NOUN_TAGS


def _share_time(tree: Tree, one: int, two: int) -> bool:
    """ "began shelling", "attacked, killing six", "met and signed": clauses of one time."""
    for low, high in ((one, two), (two, one)):
        token = tree.tokens[low]
        if token.head != high:
            continue
        infinitive = any(tree.tokens[c].lemma == "to" for c in tree.children(low, "aux"))
        if token.dep == "xcomp" and not infinitive:
            return True
        if token.dep == "advcl" and token.tag in ("VBG", "VBN") and not tree.children(low, "nsubj", "mark"):
            return True
        if token.dep == "conj" and low == two and not tree.children(low, "nsubj", "nsubjpass"):
            return True
    return False


def hangs_on_verb(view: View, head: int) -> bool:
    """Whether no other noun stands between a time and its verb."""
    path = path_to_clause(view.tree, head)
    nouns = [i for i in path[:-1] if view.tree.tokens[i].tag in NOUN_TAGS and i != head]
    return not nouns and not in_noun(view.tree, path)


def pluperfect(tree: Tree, index: int) -> bool:
    """Whether the clause of a token is told with "had"."""
    clause = path_to_clause(tree, index)[-1]
    return any(tree.tokens[c].text.lower() in _HAD for c in tree.children(clause, "aux"))


def looks_ahead(tree: Tree, head: int) -> bool:
    """Whether the clause of a time tells what is to come: "to withdraw by May", "would leave", "will open"."""
    clause = path_to_clause(tree, head)[-1]
    return any(tree.tokens[c].tag in ("MD", "TO") for c in tree.children(clause, "aux"))


def told_as_past(tree: Tree, head: int) -> bool:
    """Whether the clause of a time tells what is over: "promised on Tuesday", "has said"."""
    clause = path_to_clause(tree, head)[-1]
    tags = {tree.tokens[c].tag for c in tree.children(clause, "aux")}
    return not tags & {"MD", "TO"} and (tree.tokens[clause].tag == "VBD" or bool(tags & {"VBD", "VBZ", "VBP"}))


def under_mark(tree: Tree, index: int, word: str) -> int | None:
    """The verb of the clause about a token that a conjunction opens: "since it announced", "after it was hit"."""
    for above in (index, *tree.ancestors(index)):
        if any(tree.tokens[c].lemma == word for c in tree.children(above, "mark")):
            return above
    return None


def under_condition(tree: Tree, head: int, anchor: int) -> bool:
    """Whether a time stands in a clause of condition below an act: "to attack if they do not leave by May"."""
    over = {anchor, *tree.ancestors(anchor)}
    for above in (head, *tree.ancestors(head)):
        if above in over:
            return False
        if any(tree.tokens[c].lemma in _CONDITIONS for c in tree.children(above, "mark")):
            return True
    return False


def in_other_act(tree: Tree, head: int, anchor: int) -> bool:
    """Whether a finite verb beside the act's own stands between it and a time: "threatened war and promised by May"."""
    over = {anchor, *tree.ancestors(anchor)}
    for above in (head, *tree.ancestors(head)):
        if above in over:
            return False
        if tree.tokens[above].tag in FINITE_TAGS and tree.tokens[above].dep == "conj":
            return True
    return False


def recalled(tree: Tree, mention: EventMention) -> bool:
    """Whether an act is told as one before the report's own time: "had threatened earlier to"."""
    own = path_to_clause(tree, mention.anchor)[-1]
    for clause in (own, *operators(tree, own)):
        if not pluperfect(tree, clause):
            continue
        if any(tree.tokens[c].lemma in _BEFORE_NOW for c in tree.children(clause, "advmod")):
            return True
        token = tree.tokens[clause]
        if token.dep == "conj":
            token = tree.tokens[token.head]
        # After "said" a past tense becomes "had": there it need not be earlier than what the report tells.
        if token.dep == "advcl" and any(tree.tokens[c].lemma == "after" for c in tree.children(token.index, "mark")):
            return True
        return token.dep == "relcl" or (token.dep == "ROOT" and mention.event in SAID | {"SANCTION"})
    return any(tree.tokens[c].lemma in ("previously", "formerly") for c in tree.children(own, "advmod"))
