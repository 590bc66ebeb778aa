"""Who says something and to whom: from the parse, or from the words where there is none."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain

from legation.changing import replace
from legation.knowledge.quotes import ReportingVerb, reporting_words
from legation.model import Actor, Document, Mention, Sentence
from legation.tree import Tree

# Through these a verb of saying gets its subject from the verb above: "left, saying", "was quoted as saying".
_SHARED = ("conj", "advcl", "xcomp", "acomp", "pcomp", "prep")
# A noun between a verb of saying and the verb whose subject speaks: "issued a statement saying".
_THROUGH_NOUN = ("acl", "relcl")
_SHORT_OFFICE = re.compile(r"[A-Z]{2,4} [A-Z][\w'’-]+$")
_PRONOUNS = frozenset({"he", "she", "they", "it"})


def speaker_of(doc: Document, sent: Sentence, tree: Tree, verb: int) -> Actor | None:
    """The subject of the verb, or of the verb it hangs on ("..., adding that")."""
    index: int | None = verb
    for _ in range(5):
        if index is None:
            return None
        head = _subject(tree, index, verb)
        if head is not None:
            return actor_at(doc, sent, tree, _antecedent(tree, head, index))
        token = tree.tokens[index]
        if token.dep in _THROUGH_NOUN:
            noun = tree.head(index)
            if noun is None:
                return None
            above = tree.head(noun)
            if tree.tokens[noun].dep != "dobj" or above is None or tree.child(above, "nsubj") is None:
                return actor_at(doc, sent, tree, noun)
            index = above
        elif token.dep in _SHARED:
            index = _shared_with(tree, index)
        else:
            return None
    return None


def _shared_with(tree: Tree, index: int) -> int | None:
    """The verb that this one shares its subject with.

    The parser hangs the second of two verbs of saying into the clause of the first: in "says it was so
    and says it will be" the second is coordinated with "says", not with "was".
    """
    head = tree.head(index)
    if head is None or tree.tokens[index].dep != "conj" or tree.tokens[head].dep != "ccomp":
        return head
    above = tree.head(head)
    says = above is not None and tree.tokens[above].text.lower() in reporting_words().verbs
    return above if says and above is not None and tree.tokens[above].tag == tree.tokens[index].tag else head


def _subject(tree: Tree, index: int, verb: int) -> int | None:
    agent = tree.objects_of(index, "by") if tree.child(index, "nsubjpass", "auxpass") is not None else []
    if agent and index == verb:
        return agent[0]
    head = tree.child(index, "nsubj") if index == verb else tree.child(index, "nsubj", "nsubjpass")
    if head is None and index == verb:
        # An inverted subject that the parser took for an object: "said the minister".
        following = [c for c in tree.children(verb, "dobj", "npadvmod") if c > verb]
        head = next((c for c in following if tree.phrase(c)[0] == verb + 1), None)
        head = head if head is not None and tree.tokens[head].tag[:2] in ("NN", "PR") else None
    return head


def _antecedent(tree: Tree, subject: int, verb: int) -> int:
    head = tree.head(verb)
    relative = tree.tokens[subject].tag in ("WP", "WDT") and tree.tokens[verb].dep == "relcl"
    return head if relative and head is not None else subject


def addressee_of(doc: Document, sent: Sentence, tree: Tree, index: int, verb: ReportingVerb) -> Actor | None:
    """Who is told something: the object of "tell", or the one it is said "to"."""
    heads = tree.children(index, "dobj", "dative") if verb.addresses else []
    heads = [h for h in heads if sent.tokens[h].tag[0] in "NP"] or tree.objects_of(index, "to")
    return actor_at(doc, sent, tree, heads[0]) if heads else None


def actor_at(doc: Document, sent: Sentence, tree: Tree, head: int) -> Actor:
    """The actor whose mention has this head, else the words alone."""
    # Mentions stand in the order of the text: a long report is not gone through for each speaker.
    for number in range(bisect_left(doc.mentions, sent.start, key=_start), len(doc.mentions)):
        mention = doc.mentions[number]
        if mention.start >= sent.end:
            break
        if mention.sentence == sent.index and mention.head == head:
            return _named(doc, mention, sent.tokens[head].text)
    phrase = tree.phrase(head)
    return actor_in_words(doc, sent.tokens[phrase[0]].start, sent.tokens[phrase[-1]].end)


def _start(mention: Mention) -> int:
    return mention.start


def actor_in_words(doc: Document, start: int, end: int, last: Actor | None = None) -> Actor:
    """The actor of words without a mention of their own, by the last word of an earlier mention.

    A pronoun stands for `last`, who spoke before.
    """
    words = doc.text[start:end]
    known: Actor | None = None
    if words.lower() in _PRONOUNS:
        known = last
    elif words[:1].isupper():
        tail = _last_word(words)
        first, stop = (bisect_left(doc.mentions, at, key=_start) for at in (start, end))
        inside = [m for m in doc.mentions[first:stop] if m.end <= end]
        named = (m for m in doc.mentions if m.kind == "name" and _ends_in(doc, m, tail))
        known = next((m.actors[0] for m in chain(inside, named) if len(m.actors) == 1), None)
    return replace(known or Actor(None), entity_text=words, start=start, end=end)


def _last_word(words: str) -> str:
    found = re.findall(r"[\w-]+", words)
    return found[-1] if found else ""


def _ends_in(doc: Document, mention: Mention, word: str) -> bool:
    # All mentions are asked, so the cheap question comes first.
    return doc.text.find(word, mention.start, mention.end) >= 0 and _last_word(doc.text_of(mention)) == word


def _named(doc: Document, mention: Mention, head: str) -> Actor:
    actor = mention.actors[0] if mention.actors else Actor(None)
    if mention.kind == "nominal" and actor.identifier_text is None and len(mention.actors) < 2:
        actor = _holder(doc, mention, head) or actor
    elif mention.kind == "name" and actor.identifier_id is None and _SHORT_OFFICE.match(doc.text_of(mention)):
        actor = _bearer(doc, head) or actor
    return replace(actor, entity_text=doc.text_of(mention), start=mention.start, end=mention.end)


def _bearer(doc: Document, surname: str) -> Actor | None:
    """The known person of that surname, for "FM Lee" where an office's short form hides who it is."""
    same = (m for m in doc.mentions if _ends_in(doc, m, surname))
    named = (m.actors[0] for m in same if len(m.actors) == 1)
    return next((a for a in named if a.identifier_id is not None), None)


def _holder(doc: Document, mention: Mention, head: str) -> Actor | None:
    """The person last named with that word as a title: "the minister" after "Foreign Minister Ann Lee"."""
    before = doc.text[max(0, mention.start - 4) : mention.end].lower()
    if "the " not in before or head[:1].isupper():
        return None
    title = re.compile(rf"\b{re.escape(head)}\b", re.IGNORECASE)
    named = (
        m for m in reversed(doc.mentions)
        if m.end <= mention.start and m.kind == "name" and len(m.actors) == 1 and m.actors[0].identifier_text
        and title.search(doc.text_of(m))
    )  # fmt: skip
    return next((m.actors[0] for m in named), None)
