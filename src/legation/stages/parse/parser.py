"""Documents in, documents with tokens out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import chain, count

import numpy as np

from legation.changing import replace
from legation.mending import mended
from legation.model import Document, Sentence, Token
from legation.stages.parse.lemmas import lemma_of
from legation.stages.parse.loading import load
from legation.stages.parse.network import Network, Plain
from legation.stages.parse.wording import prepare

# Words that spaCy may keep: what it has to work out about a new one costs as much as coding half a sentence.
_WORDS_KEPT = 30_000
_COLUMNS = ["ORTH", "IDX", "HEAD", "DEP", "IS_SPACE"]
_ALL_BITS = 2**64 - 1


class Parser:
    """The parser model, loaded once. `name` and `version` go into every record."""

    def __init__(self) -> None:
        self._nlp, self.name, self.version = load()
        self._nlp.tokenizer.max_cache_size = 2 * _WORDS_KEPT
        self._network = Network(self._nlp) if Network.fits(self._nlp) else Plain(self._nlp)
        self._words: dict[tuple[int, str], tuple[str, str]] = {}
        self._labels: dict[int, str] = {}

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
        done = iter(self._parsed([prepare(s, d.text) for d in docs for s in d.sentences if s.parse]))
        for doc in docs:
            sentences = tuple(replace(s, tokens=next(done)) if s.parse else s for s in doc.sentences)
            yield replace(doc, sentences=sentences)

    def _parsed(self, work: list[tuple[str, Sequence[int]]]) -> list[tuple[Token, ...]]:
        if not work:
            return []
        nlp = self._nlp
        # What a zone holds goes with it: otherwise the vocabulary would keep every number and name ever read.
        with nlp.memory_zone() if len(nlp.vocab) > _WORDS_KEPT else nullcontext():
            made = [nlp.make_doc(text) for text, _ in work]
            tags = self._network.annotate(made)
            rows = np.concatenate([doc.to_array(_COLUMNS) for doc in made]).view(np.int64).tolist()
            del made
            found, end = [], 0
            for own, (_, offsets) in zip(tags, work, strict=True):
                start, end = end, end + len(own)
                found.append(self._tokens(rows[start:end], own, offsets))
            return found

    def _tokens(self, rows: list[list[int]], tags: Sequence[str], offsets: Sequence[int]) -> tuple[Token, ...]:
        """The tokens of one sentence; what stands only in the wording, and blanks, are left out."""
        words = [self._word(row[0], tag) for row, tag in zip(rows, tags, strict=True)]
        label = self._label
        if isinstance(offsets, range) and not any(row[4] for row in rows):
            first = offsets.start
            return mended(
                tuple(
                    Token(n, first + at, first + at + len(text), text, lemma, tag, label(dep), n + head)
                    for n, (_, at, head, dep, _), (text, lemma), tag in zip(count(), rows, words, tags)
                )
            )
        return mended(tuple(self._picked(rows, words, tags, offsets)))

    def _picked(
        self, rows: list[list[int]], words: list[tuple[str, str]], tags: Sequence[str], offsets: Sequence[int]
    ) -> Iterator[Token]:
        kept = [n for n, row in enumerate(rows) if not row[4] and offsets[row[1]] >= 0]
        place = {old: new for new, old in enumerate(kept)}
        for new, old in enumerate(kept):
            _, at, head, dep, _ = rows[old]
            above = old + head
            while above not in place and rows[above][2]:
                above += rows[above][2]
            text, lemma = words[old]
            end = offsets[at + len(text) - 1] + 1
            yield Token(new, offsets[at], end, text, lemma, tags[old], self._label(dep), place.get(above, new))

    def _word(self, orth: int, tag: str) -> tuple[str, str]:
        """The text and the lemma; kept by spaCy's number of the text."""
        found = self._words.get((orth, tag))
        if found is None:
            if len(self._words) > 2 * _WORDS_KEPT:
                self._words.clear()
            text = self._nlp.vocab.strings[orth & _ALL_BITS]
            found = (text, text.lower() if text[0].isdigit() else lemma_of(text, tag))
            self._words[orth, tag] = found
        return found

    def _label(self, number: int) -> str:
        found = self._labels.get(number)
        if found is None:
            found = self._labels[number] = self._nlp.vocab.strings[number & _ALL_BITS]
        return found


def parse_text(text: str, parser: Parser) -> Document:
    """One sentence given as a string, parsed: for rules, tests and `legation lexicon check`."""
    doc = Document(text=text, sentences=(Sentence(0, 0, len(text)),))
    return next(iter(parser.parse(chain([doc]))))
