"""What is said in the reporter's words: clauses under verbs of saying, around them, and by "according to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legation.knowledge.quotes import ReportingVerb, reporting_words
from legation.model import Document, Quote, Sentence, Span
from legation.stages.quotes.marks import Marked
from legation.stages.quotes.speakers import actor_at, addressee_of, speaker_of
from legation.tree import Tree

_STOPS = frozenset({".", ",", ":", "``", "''", "HYPH"})
_CLOSING = frozenset({"”", '"', "''"})
# Participles with which a reporter goes on after what was said.
_REPORTERS_OWN = frozenset(
    "adding alluding arguing calling citing claiming comparing contrasting describing echoing explaining insisting "
    "noting pointing referencing referring repeating responding saying suggesting using warning".split()
)
_PRESENT = frozenset({"VBZ", "VBP", "MD"})


def indirect_quotes(doc: Document, sent: Sentence, marked: Sequence[Marked]) -> Iterator[Quote]:
    """The indirect quotes of a parsed sentence; clauses wholly in marks are left to the direct ones."""
    verbs = reporting_words().verbs
    tree: Tree | None = None
    for token in sent.tokens:
        lower = token.text.lower()
        verb = verbs.get(lower)
        says = verb is not None and verb.kind == "say" and token.tag[0] == "V"
        says = says and _has_needed(sent, token.index, verb)
        if not says and lower != "according":
            continue
        if any(m.start <= token.start < m.end for m in marked):
            continue
        tree = tree or Tree(sent.tokens)
        if verb is None or not says:
            quote = _according(doc, sent, tree, token.index)
        else:
            quote = _said(doc, sent, tree, token.index, verb)
        if quote is not None and not any(
            m.outer.start <= quote.start and quote.end <= m.outer.end for m in marked
        ):
            yield quote


def _has_needed(sent: Sentence, index: int, verb: ReportingVerb | None) -> bool:
    """Whether "out" follows "pointed"."""
    if verb is None or verb.needs is None:
        return verb is not None
    return any(t.text.lower() == verb.needs for t in sent.tokens[index + 1 : index + 3])


def _said(doc: Document, sent: Sentence, tree: Tree, index: int, verb: ReportingVerb) -> Quote | None:
    words = _content(sent, tree, index, verb)
    if not words:
        return None
    token = sent.tokens[index]
    start, end = sent.tokens[words[0]].start, sent.tokens[words[-1]].end
    return Quote(
        start, end, doc.text[start:end], "indirect", Span(token.start, token.end),
        speaker_of(doc, sent, tree, index), addressee_of(doc, sent, tree, index, verb),
        sent.index, tree.child(index, "neg") is not None or verb.denies,
    )  # fmt: skip


def _content(sent: Sentence, tree: Tree, index: int, verb: ReportingVerb) -> list[int]:
    """The tokens of what is said, without the stops around it."""
    clause = tree.child(index, "ccomp")
    if clause is None and verb.infinitive:
        clause = tree.child(index, "xcomp")
        clause = clause if clause is not None and tree.child(clause, "aux") is not None else None
    if clause is None:
        return _around(sent, tree, index)
    before = clause < index
    words = [i for i in tree.subtree(clause) if (i < index) == before]
    if not before:
        words += _present_conjunct(sent, tree, index, words)
    return _trimmed(sent, _without_tail(sent, tree, clause, words))


def _without_tail(sent: Sentence, tree: Tree, clause: int, words: list[int]) -> list[int]:
    """Without what the reporter adds in a participle: "said he had won, referring to the vote of May"."""
    for n, i in enumerate(words):
        token = sent.tokens[i]
        if token.tag != "VBG" or token.dep != "advcl" or n < 3 or tree.head(i) != clause:
            continue
        before = sent.tokens[words[n - 1]].text
        if token.text.lower() in _REPORTERS_OWN and (before == "," or (before in _CLOSING and n > 3)):
            return words[:n]
    return words


def _present_conjunct(sent: Sentence, tree: Tree, index: int, words: list[int]) -> list[int]:
    """A coordinated clause in the present after "said": the reporter tells in the past, so it was said."""
    other = tree.child(index, "conj")
    if other is None or sent.tokens[index].tag not in ("VBD", "VBN") or not words or other < words[-1]:
        return []
    tags = {sent.tokens[i].tag for i in (other, *tree.children(other, "aux"))}
    if tree.child(other, "nsubj") is None or tags.isdisjoint(_PRESENT):
        return []
    return list(range(words[-1] + 1, tree.subtree(other)[-1] + 1))


def _around(sent: Sentence, tree: Tree, index: int) -> list[int]:
    """The main clause around an inserted verb of saying: "The truce, the UN said, has held"."""
    head = tree.head(index)
    if head is None or sent.tokens[index].dep not in ("parataxis", "ccomp", "dep"):
        return []
    inserted = sent.tokens[index].dep != "ccomp" or _set_off(sent, tree, index)
    if tree.child(index, "nsubj") is None or not inserted:
        return []
    own = set(tree.subtree(index))
    words = [i for i in tree.subtree(head) if i not in own]
    if words and min(own) > words[-1]:
        words = [i for i in words if i < index]
    return _trimmed(sent, words)


def _set_off(sent: Sentence, tree: Tree, index: int) -> bool:
    """Whether commas stand on both sides of the inserted clause."""
    own = tree.subtree(index)
    before, after = own[0] - 1, own[-1] + 1
    return (
        before >= 0
        and after < len(sent.tokens)
        and (sent.tokens[before].text == "," or sent.tokens[own[0]].text == ",")
        and (sent.tokens[after].text == "," or sent.tokens[own[-1]].text == ",")
    )


def _according(doc: Document, sent: Sentence, tree: Tree, index: int) -> Quote | None:
    """What holds "according to" somebody: the clause that it stands in."""
    sources = tree.objects_of(index, "to")
    if not sources and sent.tokens[index].dep == "prep":
        sources = [c for p in tree.children(index, "prep") for c in tree.children(p, "pobj")]
    head = next((a for a in tree.ancestors(index) if sent.tokens[a].tag[0] == "V"), tree.root())
    if not sources or head is None or head == index:
        return None
    own = tree.subtree(index)
    first, last = own[0], own[-1]
    clause = tree.subtree(head)
    before, after = [i for i in clause if i < first], [i for i in clause if i > last]
    words = _trimmed(sent, before), _trimmed(sent, after)
    chosen = words[0] if len(words[0]) >= len(words[1]) else words[1]
    if len(chosen) < 2:
        return None
    start, end = sent.tokens[chosen[0]].start, sent.tokens[chosen[-1]].end
    cue = Span(sent.tokens[index].start, sent.tokens[min(index + 1, len(sent.tokens) - 1)].end)
    return Quote(
        start,
        end,
        doc.text[start:end],
        "indirect",
        cue,
        actor_at(doc, sent, tree, sources[0]),
        None,
        sent.index,
    )


def _trimmed(sent: Sentence, words: list[int]) -> list[int]:
    first, last = 0, len(words)
    while first < last and sent.tokens[words[first]].tag in _STOPS:
        first += 1
    while last > first and sent.tokens[words[last - 1]].tag in _STOPS:
        last -= 1
    return words[first:last]
