"""What the gate costs and what it saves: the events found with it, of those found when every sentence is parsed.

Usage: python benchmarks/gate.py [-v] [FILE.jsonl ...]     without files: the reports of examples/

An event is lost where only the coder without the gate tells of one of that type and status in that sentence. One told
with other sides is not lost: a parsed dateline alone may change whose "the government" is. Lost events are counted by
why their sentence was passed over: the report is about something else than politics (`domain`), or else no word of the
sentence is of the lexicon, or what was not parsed is missing elsewhere (`words`). -v shows them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpora import CORPORA

from legation.coder import Coder
from legation.knowledge.domains import POLITICS
from legation.model import Document, EventMention
from legation.reading import read
from legation.stages.gate import gate_sentences

_EXAMPLES = 157  # every text of examples/ once


@dataclass(frozen=True, slots=True)
class Loss:
    """Events without the gate, those of them that are not there with it, and how many sentences were parsed."""

    events: int
    words: int  # lost in reports of politics or of no domain
    domain: int  # lost in reports about something else
    sentences: int
    parsed: int
    examples: tuple[str, ...] = ()

    @property
    def lost(self) -> int:
        return self.words + self.domain

    @property
    def share(self) -> float:
        return self.lost / max(1, self.events)


def measure(coder: Coder, docs: Iterable[Document]) -> Loss:
    """The gate's loss over the documents."""
    from legation import coder as module

    events = sentences = parsed = 0
    lost = {"words": 0, "domain": 0}
    examples: list[str] = []
    texts = list(docs)
    gated = list(coder.code_many(texts))
    before = module.BEFORE_PARSE
    try:
        module.BEFORE_PARSE = tuple(  # type: ignore[misc]
            replace(stage, run=_open) if stage.run is gate_sentences else stage for stage in before
        )
        opened = list(coder.code_many(texts))
    finally:
        module.BEFORE_PARSE = before  # type: ignore[misc]
    for shut, wide in zip(gated, opened, strict=True):
        sentences += len(wide.sentences)
        parsed += sum(sent.parse for sent in shut.sentences)
        kept = {_name(mention) for mention in shut.event_mentions}
        events += len(wide.event_mentions)
        for mention in wide.event_mentions:
            if _name(mention) not in kept:
                lost["words" if shut.domain in (None, POLITICS) else "domain"] += 1
                told = wide.text_of(wide.sentences[mention.sentence])
                examples.append(f"{shut.domain}, {mention.event}, {mention.status}: {' '.join(told.split())}")
    return Loss(events, lost["words"], lost["domain"], sentences, parsed, tuple(examples))


def _name(mention: EventMention) -> tuple[object, ...]:
    return (mention.sentence, mention.event, mention.status)


def _open(doc: Document) -> Document:
    """Every sentence goes to the parser."""
    return replace(doc, sentences=tuple(replace(s, parse=True) for s in doc.sentences))


def examples() -> list[Document]:
    """The reports of examples/, each once."""
    return list(islice(CORPORA["conflict"](), _EXAMPLES))


def main(paths: Sequence[str]) -> None:
    coder = Coder()
    print(f"{'':<40}{'events':>8}{'words':>7}{'domain':>8}{'share':>8}{'parsed':>10}")
    for name in paths or ["examples"]:
        loss = measure(coder, read([name]) if paths else examples())
        parsed = loss.parsed / max(1, loss.sentences)
        row = f"{loss.events:>8,}{loss.words:>7,}{loss.domain:>8,}{loss.share:>8.2%}{parsed:>10.0%}"
        print(f"{name.rsplit('/', 1)[-1]:<40}{row}")
        for line in loss.examples if "-v" in sys.argv else ():
            print("    ", line[:150])


if __name__ == "__main__":
    main([a for a in sys.argv[1:] if a != "-v"])
