"""Words between quotation marks: whose they are, and whether they are speech at all.

Marks are speech when a verb of saying borders on them or governs them, when a colon or a dash with a
name does, or when they go on from the quote before. Titles, nicknames and scare quotes have none of these.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from legation.changing import replace
from legation.knowledge.quotes import ReportingVerb, reporting_words
from legation.model import Document, Quote, Sentence, Span
from legation.stages.quotes.marks import Marked
from legation.stages.quotes.plain import (
    Cue,
    cue_in_words,
    name_after_dash,
    name_before_colon,
    name_by_according,
)
from legation.stages.quotes.speakers import actor_in_words, addressee_of, speaker_of
from legation.tree import FINITE_TAGS, Tree

_WORD = re.compile(r"\w[\w'’-]*")
_STOP = re.compile(r"[“”\"]|''|``|[.?!] [A-Z]")
_ABBREVIATION = re.compile(r"\b[A-Z][a-z]{0,3}\. ")
_MARK = re.compile(r"[“”\"«»]|''|``")
_BARE_CUE = re.compile(
    r"(?:[A-Z][\w.’'-]*\s){1,5}(?:said|asked|replied|added|wrote|tweeted|told\s\w+)(?:\s(?:on\s)?\w+day)?\.?$"
)
_SO_CALLED = re.compile(r"\bso[- ]called\s$", re.IGNORECASE)
_FAR = 12  # words between marks and their cue
_NEAR = 4
_LEAST_SPEECH = 3  # words that make marks a sentence of their own
# Prepositions through which a verb of saying or judging reaches what is said: "referred to", "dismissed as".
_ABOUT = frozenset({"as", "to", "of", "for", "about"})
_SMALL = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)


def quote_in_marks(
    doc: Document, mark: Marked, last: Quote | None, clauses: Mapping[int, Sequence[Quote]]
) -> Quote | None:
    """The quote that these marks are, or None where nobody says them; `clauses` are the indirect ones by sentence."""
    # Sentences are in order; looking through all of them for each pair of marks is slow in a long text.
    first = bisect_right(doc.sentences, mark.outer.start, key=lambda s: s.end)
    sents = doc.sentences[first : bisect_left(doc.sentences, mark.outer.end, key=lambda s: s.start)]
    text = doc.text[mark.start : mark.end]
    if not sents or doc.text[mark.outer.start - 1 : mark.outer.start] == "=":
        return None
    if _SO_CALLED.search(doc.text[max(0, mark.outer.start - 12) : mark.outer.start]):
        return None
    indirect = clauses.get(sents[0].index, ())
    host = next((q for q in indirect if q.start <= mark.start and _core_end(doc, mark) <= q.end), None)
    if host is None and len(sents) > 1:
        # "He said that “it is late. We must go.”": the clause ends with the sentence, what was said goes on.
        host = next((q for q in indirect if q.start <= mark.start < q.end), None)
    elif host is not None and (own := _with_own_cue(doc, mark, sents, host, last)) is not None:
        return own
    if host is not None:
        if _is_title(_WORD.findall(text)) and text[-1] not in "?!":
            return None
        return replace(
            host, start=mark.start, end=mark.end, text=text, kind="mixed", sentence=sents[0].index
        )
    found = _cued(doc, mark, sents, last)
    if found is not None:
        return found
    lead = doc.text[sents[0].start : mark.outer.start].strip(" \t\xa0[(")
    whole = (_last(doc.text, mark) in ".?!…" or mark.runs_on) and _is_speech(doc, mark, sents)
    if last is not None and not lead and whole and sents[0].paragraph - _paragraph(doc, last) <= 1:
        return replace(
            last, start=mark.start, end=mark.end, text=text, kind="direct", sentence=sents[0].index
        )
    return None


def _with_own_cue(
    doc: Document, mark: Marked, sents: Sequence[Sentence], host: Quote, last: Quote | None
) -> Quote | None:
    """A direct quote with its cue inside a longer clause: “We stay,” Ann Lee said, according to a witness."""
    outside = host.cue is not None and not host.start <= host.cue.start < host.end
    if not outside or mark.outer.start > host.start + 1 or not _is_speech(doc, mark, sents):
        return None
    found = _cued(doc, mark, sents, last)
    inside = found is not None and found.kind == "direct" and found.cue is not None and found.cue != host.cue
    return found if inside and found is not None and found.cue is not None and found.cue.end <= host.end else None


def _cued(doc: Document, mark: Marked, sents: Sequence[Sentence], last: Quote | None) -> Quote | None:
    position = sents[-1].index + 1
    following = [s for s in doc.sentences[position : position + 1] if s.paragraph == sents[-1].paragraph]
    following = [
        s
        for s in following
        if doc.text[s.start].islower() or not doc.text[s.start].isalnum() or _goes_back(doc, s, mark)
    ]
    speech = _is_speech(doc, mark, sents)
    for sent, before in ((sents[-1], False), (sents[0], True), *((f, False) for f in following)):
        if not sent.tokens:
            plain = cue_in_words(doc.text, sent.span, mark, before=before) if speech else None
            if plain is not None:
                return _plain_quote(doc, mark, sents[0], plain, last)
            continue
        cue = _bordering(doc, sent, mark, before=before, speech=speech)
        if cue is not None:
            return _parsed_quote(doc, mark, sents[0], sent, cue, speech)
    if not speech:
        return _governed(doc, mark, sents[0])
    plain = (
        name_after_dash(doc.text, mark)
        or name_by_according(doc.text, mark)
        or name_before_colon(doc.text, mark)
    )
    return (
        _plain_quote(doc, mark, sents[0], plain, last)
        if plain is not None
        else _from_colon(doc, mark, sents[0])
    )


def _goes_back(doc: Document, sent: Sentence, mark: Marked) -> bool:
    """Whether a sentence only says whose the quote before it is: "Who knows?" Trump asked on Monday."""
    text = doc.text[sent.start : sent.end]
    if _last(doc.text, mark) not in ".?!…" or doc.text[mark.outer.end : sent.start].strip() or _MARK.search(text):
        return False
    if not sent.tokens:
        return _BARE_CUE.match(text) is not None
    tree, verbs = Tree(sent.tokens), reporting_words().verbs
    root = tree.root()
    token = None if root is None else sent.tokens[root]
    verb = None if token is None else verbs.get(token.text.lower())
    if root is None or token is None or verb is None or verb.kind != "say" or token.tag not in ("VBD", "VBZ"):
        return False
    own = ("ccomp",) if verb.addresses else ("ccomp", "xcomp", "dobj", "attr", "prep")
    told = [c for c in tree.children(root, *own) if sent.tokens[c].dep != "prep" or sent.tokens[c].lemma in _ABOUT]
    return tree.child(root, "nsubj") is not None and root <= _NEAR + 2 and not told


def _plain_quote(doc: Document, mark: Marked, first: Sentence, cue: Cue, last: Quote | None) -> Quote:
    speaker = actor_in_words(doc, cue.speaker.start, cue.speaker.end, last.speaker if last else None)
    text = doc.text[mark.start : mark.end]
    return Quote(mark.start, mark.end, text, "direct", cue.cue, speaker, None, first.index)


def _parsed_quote(
    doc: Document, mark: Marked, first: Sentence, sent: Sentence, cue: int, speech: bool
) -> Quote:
    tree, token = Tree(sent.tokens), sent.tokens[cue]
    verb = reporting_words().verbs[token.text.lower()]
    return Quote(
        start=mark.start,
        end=mark.end,
        text=doc.text[mark.start : mark.end],
        kind="direct" if speech and verb.kind != "judge" else "mixed",
        cue=Span(token.start, token.end),
        speaker=speaker_of(doc, sent, tree, cue),
        addressee=addressee_of(doc, sent, tree, cue, verb),
        sentence=first.index,
        negated=tree.child(cue, "neg") is not None,
    )


def _core_end(doc: Document, mark: Marked) -> int:
    """Where the words end, without the stop that the outlet prints before the closing mark."""
    return mark.start + len(doc.text[mark.start : mark.end].rstrip(" ,.;:!?…'’"))


def _is_speech(doc: Document, mark: Marked, sents: Sequence[Sentence]) -> bool:
    """Whether the marks enclose a clause: a finite verb, or where there is no parse a sentence's shape."""
    text = doc.text[mark.start : mark.end]
    words = _WORD.findall(text)
    stopped = _last(doc.text, mark) in ",.?!…—-" or mark.runs_on
    upper = text.lstrip("[(‘'\"…. ")[:1].isupper() or text[:1].isdigit()
    if not words or (_is_title(words) and text[-1:] not in "?!"):
        return False
    inside = [t for s in sents for t in s.tokens if mark.start <= t.start < mark.end]
    if any(t.tag in FINITE_TAGS for t in inside):
        return upper or stopped
    return stopped and (upper or (not inside and len(words) >= _LEAST_SPEECH))


def _is_title(words: Sequence[str]) -> bool:
    """Whether the words are printed as a title: "Women in Power"; one word alone is none."""
    return 1 < len(words) <= 8 and all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in words)


def _bordering(doc: Document, sent: Sentence, mark: Marked, *, before: bool, speech: bool) -> int | None:
    """The reporting verb nearest to the marks on one side, with nothing but its speaker between."""
    text = doc.text
    if not before and not speech and not _opens_clause(text, sent, mark):
        return None
    closed = _last(text, mark) in ",.?!…—-;" or text[mark.outer.end : mark.outer.end + 1] in (",", "")
    if not before and not closed:
        return None
    near: list[tuple[int, int]] = []
    for token in sent.tokens:
        verb = reporting_words().verbs.get(token.text.lower())
        if (
            verb is None
            or not _may_report(doc, sent, token.index, verb)
            or mark.start <= token.start < mark.end
        ):
            continue
        if (token.end <= mark.outer.start) != before:
            continue
        gap = text[token.end : mark.outer.start] if before else text[mark.outer.end : token.start]
        distance = len(_WORD.findall(gap))
        if _bridges(gap, distance, verb, before=before, speech=speech):
            near.append((distance, token.index))
    return min(near)[1] if near else None


def _last(text: str, mark: Marked) -> str:
    """The last character of the words, but for the marks of a quote within: "'Stay,' " he said."""
    return text[mark.start : mark.end].rstrip("’' \xa0")[-1:] or text[mark.end - 1]


def _opens_clause(text: str, sent: Sentence, mark: Marked) -> bool:
    """Whether nothing before a fragment claims it: "No," she said, but not: on "This Week," she said."""
    lead = text[sent.start : max(sent.start, mark.outer.start)].rstrip()
    return not lead or lead[-1] in ',.:;?!”"—'


def _may_report(doc: Document, sent: Sentence, index: int, verb: ReportingVerb) -> bool:
    """Whether a verb form can stand by marks: no "so-called", no "a book written with"."""
    token = sent.tokens[index]
    if token.tag[0] != "V" or doc.text[max(0, token.start - 3) : token.start].lower() in ("so-", "so "):
        return False
    if verb.needs is not None:
        return any(t.text.lower() == verb.needs for t in sent.tokens[index + 1 : index + 3])
    bare = token.tag == "VBN" and token.dep in ("acl", "amod")
    return not bare


def _bridges(gap: str, distance: int, verb: ReportingVerb, *, before: bool, speech: bool) -> bool:
    """Whether words between a cue and marks can belong to the cue."""
    stopped = _STOP.search(gap) is not None and _ABBREVIATION.search(gap) is None
    if distance > _FAR or stopped:
        return False
    if before:
        closes = gap.rstrip()[-1:] in (",", ":")
        return closes if distance > _NEAR else closes or distance == 0 or (speech and distance <= 1)
    return speech and verb.kind != "judge" if distance > _NEAR else verb.kind != "judge"


def _governed(doc: Document, mark: Marked, sent: Sentence) -> Quote | None:
    """Quoted words inside a clause of saying or judging: called it "a sham", admitted "one slip"."""
    inside = [t.index for t in sent.tokens if mark.start <= t.start < mark.end]
    if not inside or _is_title(_WORD.findall(doc.text[mark.start : mark.end])):
        return None
    tree, verbs = Tree(sent.tokens), reporting_words().verbs
    top = next((i for i in inside if tree.head(i) is None or tree.head(i) not in inside), inside[0])
    for step, above in enumerate(tree.ancestors(top)):
        token = sent.tokens[above]
        verb = verbs.get(token.text.lower())
        if token.tag[0] == "V":
            if verb is None or verb.kind == "voice" or not _may_report(doc, sent, above, verb):
                return None
            if token.start > mark.start:
                return None
            return _parsed_quote(doc, mark, sent, sent, above, speech=False)
        by_place = token.dep == "prep" and token.lemma not in _ABOUT
        if step > 3 or by_place or token.dep in ("nsubj", "nsubjpass", "appos"):
            return None
    return None


def _from_colon(doc: Document, mark: Marked, sent: Sentence) -> Quote | None:
    """Marks after a colon in a sentence with a verb of saying: "In 1963 he declared:"."""
    lead_end = mark.outer.start
    while lead_end > 0 and doc.text[lead_end - 1].isspace():
        lead_end -= 1
    if doc.text[lead_end - 1 : lead_end] != ":":
        return None
    leading = [
        s for s in doc.sentences[max(0, sent.index - 1) : sent.index + 1] if s.start < lead_end <= s.end
    ]
    for host in leading:
        for token in reversed(host.tokens):
            verb = reporting_words().verbs.get(token.text.lower())
            if verb is None or token.start >= lead_end or not _may_report(doc, host, token.index, verb):
                continue
            return _parsed_quote(doc, mark, sent, host, token.index, speech=True)
    return None


def _paragraph(doc: Document, quote: Quote) -> int:
    return doc.sentences[quote.sentence].paragraph if 0 <= quote.sentence < len(doc.sentences) else -9
