"""Who said what: direct quotes by their marks and cues, indirect ones by the clause under a verb of saying."""

from __future__ import annotations

import re
from dataclasses import replace

from legation.knowledge.quotes import ReportingVerb, reporting_words
from legation.model import Actor, Document, Mention, Quote, Sentence, Span
from legation.stages.quotes.marks import Marked, find_marks
from legation.tree import Tree

_WORD = re.compile(r"[\w-]+")


def find_quotes(doc: Document) -> Document:
    """Fill Document.quotes; a paragraph wholly in marks belongs to the speaker before it."""
    marked = find_marks(doc.text, _blocks(doc))
    quotes: list[Quote] = []
    for sent in doc.sentences:
        quotes.extend(_indirect(doc, sent, marked))
    last: Quote | None = None
    cued = sorted(quotes, key=lambda q: q.start)
    for mark in marked:
        quote = _direct(doc, mark, last, cued)
        if quote is not None:
            quotes.append(quote)
            if quote.kind == "direct":
                last = quote
    return replace(doc, quotes=tuple(sorted(quotes, key=lambda q: (q.start, q.end, q.kind))))


def _blocks(doc: Document) -> list[Span]:
    blocks: dict[int, Span] = {}
    for s in doc.sentences:
        old = blocks.get(s.paragraph)
        blocks[s.paragraph] = Span(min(old.start, s.start), max(old.end, s.end)) if old else s.span
    return [blocks[k] for k in sorted(blocks)]


def _indirect(doc: Document, sent: Sentence, marked: tuple[Marked, ...]) -> list[Quote]:
    verbs, found = reporting_words().verbs, []
    tree: Tree | None = None
    for token in sent.tokens:
        verb = verbs.get(token.text.lower())
        if verb is None or verb.kind != "say" or token.tag[0] != "V":
            continue
        if any(m.start <= token.start < m.end for m in marked):
            continue
        tree = tree or Tree(sent.tokens)
        clause = tree.child(token.index, "ccomp")
        if clause is None:
            continue
        words = [i for i in tree.subtree(clause) if sent.tokens[i].tag not in (".", ",", ":", "``", "''")]
        before = clause < token.index
        words = [i for i in words if (i < token.index) == before]
        if not words:
            continue
        start, end = sent.tokens[words[0]].start, sent.tokens[words[-1]].end
        if any(m.outer.start <= start and end <= m.outer.end for m in marked):
            continue  # the whole clause stands in marks: a direct quote
        found.append(Quote(
            start, end, doc.text[start:end], "indirect", Span(token.start, token.end),
            _speaker(doc, sent, tree, token.index), _addressee(doc, sent, tree, token.index, verb),
            sent.index, tree.child(token.index, "neg") is not None or verb.denies,
        ))
    return found


def _speaker(doc: Document, sent: Sentence, tree: Tree, verb: int) -> Actor | None:
    """The subject of the verb, or of the verb it hangs on ("..., adding that")."""
    index: int | None = verb
    for _ in range(4):
        if index is None:
            return None
        subject = tree.child(index, "nsubj")
        if subject is None and index == verb:
            subject = next((c for c in tree.children(verb, "dobj") if c == verb + 1), None)
        if subject is not None:
            return _actor(doc, sent, tree, _antecedent(tree, subject, index))
        if tree.tokens[index].dep not in ("conj", "advcl", "xcomp"):
            return None
        index = tree.head(index)
    return None


def _antecedent(tree: Tree, subject: int, verb: int) -> int:
    head = tree.head(verb)
    relative = tree.tokens[subject].tag in ("WP", "WDT") and tree.tokens[verb].dep == "relcl"
    return head if relative and head is not None else subject


def _addressee(doc: Document, sent: Sentence, tree: Tree, index: int, verb: ReportingVerb) -> Actor | None:
    heads = tree.children(index, "dobj", "dative") if verb.addresses else []
    heads = [h for h in heads if sent.tokens[h].tag[0] in "NP"] or tree.objects_of(index, "to")
    return _actor(doc, sent, tree, heads[0]) if heads else None


def _actor(doc: Document, sent: Sentence, tree: Tree, head: int) -> Actor:
    for mention in doc.mentions:
        if mention.sentence == sent.index and mention.head == head:
            return _named(doc, mention)
    phrase = tree.phrase(head)
    start, end = sent.tokens[phrase[0]].start, sent.tokens[phrase[-1]].end
    return Actor(None, entity_text=doc.text[start:end], start=start, end=end)


def _named(doc: Document, mention: Mention) -> Actor:
    actor = mention.actors[0] if mention.actors else Actor(None)
    return replace(actor, entity_text=doc.text_of(mention), start=mention.start, end=mention.end)


def _direct(doc: Document, mark: Marked, last: Quote | None, indirect: list[Quote]) -> Quote | None:
    host = next((q for q in indirect if q.start <= mark.start and mark.end <= q.end), None)
    if host is not None:
        return replace(host, start=mark.start, end=mark.end, text=doc.text[mark.start : mark.end], kind="mixed")
    sents = [s for s in doc.sentences if s.start < mark.outer.end and mark.outer.start < s.end]
    if not sents:
        return None
    follow = [s for s in doc.sentences if s.index == sents[-1].index + 1 and s.paragraph == sents[-1].paragraph
              and doc.text[s.start].islower()]
    text = doc.text[mark.start : mark.end]
    for sent, inside in ((sents[-1], False), (sents[0], True), *((f, False) for f in follow)):
        cue = _bordering_cue(doc, sent, mark, before=inside)
        if cue is not None:
            tree = Tree(sent.tokens)
            verb = reporting_words().verbs[sent.tokens[cue].text.lower()]
            token = sent.tokens[cue]
            return Quote(mark.start, mark.end, text, "mixed" if verb.kind == "judge" else "direct",
                         Span(token.start, token.end), _speaker(doc, sent, tree, cue),
                         _addressee(doc, sent, tree, cue, verb), sents[0].index,
                         tree.child(cue, "neg") is not None)
    lead = doc.text[sents[0].start : mark.outer.start].strip()
    whole = text[-1:] in ".?!…" or mark.runs_on
    if last is not None and not lead and whole and sents[0].paragraph - _paragraph(doc, last) <= 1:
        return replace(last, start=mark.start, end=mark.end, text=text, kind="direct", sentence=sents[0].index)
    return None


def _paragraph(doc: Document, quote: Quote) -> int:
    return next((s.paragraph for s in doc.sentences if s.index == quote.sentence), -9)


def _bordering_cue(doc: Document, sent: Sentence, mark: Marked, *, before: bool) -> int | None:
    """The reporting verb nearest to the marks on one side, at most twelve words away."""
    verbs = reporting_words().verbs
    near: list[tuple[int, int]] = []
    for token in sent.tokens:
        verb = verbs.get(token.text.lower())
        if verb is None or verb.needs or token.tag[0] != "V" or mark.start <= token.start < mark.end:
            continue
        if (token.end <= mark.outer.start) != before:
            continue
        gap = doc.text[token.end : mark.outer.start] if before else doc.text[mark.outer.end : token.start]
        distance = len(_WORD.findall(gap))
        if distance <= 12 and not re.search(r"[“”\"]|[.?!] ", gap):
            near.append((distance, token.index))
    return min(near)[1] if near else None
