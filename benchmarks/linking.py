"""How fast documents are linked beyond their coding, and what it takes to remember them.

Ten thousand made-up coded reports over sixty days, by default: ``python benchmarks/linking.py [DOCUMENTS]``.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from legation.linking.documents import Linker
from legation.linking.events import EventLinker, link_events, reports_of
from legation.model import Actor, Count, Document, Event, EventMention, Place, Sentence, Size
from legation.record import Report

_COUNTRIES = "USA RUS CHN UKR ISR PSE IRN TUR GRC IND PAK AFG NGA SDN ETH KEN COD FRA DEU GBR".split()
_TYPES = ("ASSAULT",) * 5 + ("CONSULT",) * 3 + ("PROTEST", "COERCE", "ACCUSE", "AGREE", "AID", "REQUEST", "SANCTION")
_STARTS, _MIDDLES = "ba de fi go lu ma ne po ri sa ten vo".split(), "kar len mot rin sol tev bi cha du ga".split()
_ENDS = "a en ist or um ak el ot ber man ton ville isk ard ino".split()
# Nine thousand words, the first of them far more usual than the last, as in any language.
_WORDS = [f"{a}{b}{c}{d}" for a in _STARTS for b in _MIDDLES for c in _STARTS[:5] for d in _ENDS]
_LITTLE = "the of in a to and on for with was that by".split()
_USUAL = [1 / rank for rank in range(20, 20 + len(_WORDS))]


def coded(number: int, days: int = 60) -> Iterator[Document]:
    """Reports of some four thousand happenings, three events each, as the coder leaves them."""
    rng = random.Random(11)
    start = date(2024, 1, 1)
    for n in range(number):
        happening = random.Random(max(0, int(n * 0.4) - rng.randint(0, 30)))
        day = start + timedelta(days=n * days // number)
        subject = happening.sample(_WORDS, 40)
        sentences = [_sentence(rng, subject) for _ in range(12)]
        text = " ".join(sentences)
        spans, at = [], 0
        for index, sent in enumerate(sentences):
            spans.append(Sentence(index, at, at + len(sent)))
            at += len(sent) + 1
        events = tuple(_event(happening, f"{n}-{k}", k, day) for k in range(3))
        yield Document(
            text, id=str(n), outlet=f"Outlet {n % 50}", published=day.isoformat(), sentences=tuple(spans), events=events
        )


def _sentence(rng: random.Random, subject: list[str]) -> str:
    words = [*rng.choices(subject, k=5), *rng.choices(_WORDS, _USUAL, k=7), *rng.choices(_LITTLE, k=8)]
    return " ".join(words).capitalize() + "."


def _event(rng: random.Random, name: str, sentence: int, day: date) -> Event:
    one, other = rng.sample(_COUNTRIES, 2)
    town = rng.randint(1, 400)
    place = Place(0, 4, f"Town{town}", f"Town{town}", _COUNTRIES[town % 20], town / 10, town / 10, town, "city", "city")
    dead = rng.choice((None, rng.randint(1, 40)))
    toll = Size(dead=Count(dead, dead, dead, str(dead))) if dead else None
    actors, recipients = (Actor(one, "GOV", entity_text=one),), (Actor(other, "CVL", entity_text=other),)
    return Event(
        name, rng.choice(_TYPES), (), (), actors, recipients, "happened", (EventMention(sentence, 0, "ASSAULT"),),
        date=day.isoformat(), date_precision=rng.choice(("day", "unknown")),
        place=place if rng.random() < 0.6 else None, size=toll,
    )  # fmt: skip


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    docs = list(coded(number))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    linker, events = Linker(), EventLinker()
    copies, stories = 0, set()
    reports: list[Report] = []
    batch: list[Report] = []
    for doc, found in linker.stream(docs):
        copies += found.copy_of is not None
        stories.add(found.story)
        batch += reports_of(doc, copy_of=found.copy_of, story=found.story)
        if len(batch) > 2400:
            events.add(batch)
            reports += batch
            batch = []
    streamed = time.process_time() - began
    reports += batch
    began = time.process_time()
    merged = link_events(reports)
    once = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{number} documents, {len(reports)} reports of events")
    print(f"{copies} copies, {len(stories)} stories, {len(merged)} events")
    print(f"as a stream: {streamed:.1f} s of one core; all events at once: {once:.1f} s; memory: {peak // 1024} MB")


if __name__ == "__main__":
    main()
