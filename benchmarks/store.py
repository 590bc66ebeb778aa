"""How fast the store is with a million events: python benchmarks/store.py [--events 1000000] [--store FILE or URL].

With --postgres a PostgreSQL of this machine is started for it in a folder of its own and ended afterwards; --copy FILE
fills it from a store that was made before, which takes a tenth of the time. --linker legation adds as `legation add`
does, with copies, stories and events; small and none are quicker.

The record is made here: documents of 150 to 350 words in a vocabulary with the frequencies of a language, three
events each, over ten years, between states of very unequal weight. Nothing in it happened. A small linker joins
reports of the same type, day and sides, so that additions pay for linking as they do in use. Figures go to standard
output as JSON; a store that is there already is only asked.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from legation.keeping import Keeper, batched
from legation.knowledge import ontology
from legation.linking.events import link_events
from legation.model import Actor, Document, Event, EventMention, Mention, Place, Pledge, Quote, Sentence, Span
from legation.record import Join, MergedEvent, Query, Report
from legation.store import Store

ABOUT = {"name": "benchmark", "version": "1", "knowledge": "none", "model": "none"}
_START, _DAYS = date(2014, 1, 1), 3650
_CODES = [a + b + c for a in "ABCDEFGHIJ" for b in "AEIOU" for c in "KLMN"]  # 200 states, by weight
_SECTORS = ["GOV", "GOV", "GOV", "MIL", "REB", "CVL", "OPP", "COP"]
_OUTLETS = [f"Courier {n}" for n in range(400)]
_CONTEXTS = ["diplomatic", "military", "economic", "nuclear", "election", "terrorism", "refugee", "health"]
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


class World:
    """The same documents for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.words = ["ceasefire", "talks", "withdrawal", "minister", "sanctions"] + [
            "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 4))) for _ in range(40_000)
        ]
        self.word_weights = list(accumulate(1 / (n + 3) for n in range(len(self.words))))
        self.code_weights = list(accumulate(1 / (n + 2) for n in range(len(_CODES))))
        self.types = sorted(ontology.types().values(), key=lambda t: t.name)
        self.places = [self._place(n) for n in range(3000)]

    def _place(self, n: int) -> Place:
        code = self.random.choices(_CODES, cum_weights=self.code_weights)[0]
        name = self.random.choice(self.words).capitalize()
        return Place(0, 5, name, name, code, 10.0, 20.0, n, "city", "city", f"Province {n % 300}")

    def documents(self, count: int, first: int = 0) -> Iterator[Document]:
        """So many documents, in the order of their days."""
        for n in range(first, first + count):
            yield self._document(n)

    def _document(self, n: int) -> Document:
        r = self.random
        day = _START + timedelta(days=(n // 110) % _DAYS)
        text = " ".join(r.choices(self.words, cum_weights=self.word_weights, k=r.randint(150, 350)))
        title = " ".join(r.choices(self.words, cum_weights=self.word_weights, k=8))
        size = len(text) // 12
        sentences = tuple(Sentence(i, i * size, (i + 1) * size) for i in range(12))
        events = tuple(self._event(f"{n}-{i}", day, i) for i in range(3))
        speaker = events[0].actors[0]
        quote = Quote(10, 120, text[10:120], "direct", Span(5, 9), speaker, None, 0)
        mentions = tuple(
            Mention(20 + 30 * i, 28 + 30 * i, i, None, "name", (a,))
            for i, a in enumerate(a for e in events for a in (*e.actors, *e.recipients))
        )
        pledges = (Pledge(events[1].id, (day + timedelta(days=30)).isoformat(), "in a month"),) if n % 9 == 0 else ()
        return Document(
            text, f"doc-{n}", title, r.choice(_OUTLETS), f"https://example.org/{n}", day.isoformat(), "en",
            sentences=sentences, mentions=mentions, quotes=(quote,), events=events, pledges=pledges,
        )  # fmt: skip

    def _event(self, name: str, day: date, sentence: int) -> Event:
        r = self.random
        kind = r.choice(self.types)
        modes = (r.choice(kind.modes),) if kind.modes and r.random() < 0.6 else ()
        sides = [self._actor() for _ in range(2 if r.random() < 0.85 else 3)]
        told = (day - timedelta(days=r.choice((0, 0, 1, 1, 2, 5)))).isoformat() if r.random() < 0.9 else None
        place = r.choice(self.places) if r.random() < 0.6 else None
        contexts = (r.choice(_CONTEXTS),)
        mention = EventMention(
            sentence, 3, kind.name, modes, (sides[0],), tuple(sides[1:]), words=(Span(3, 9), Span(14, 20)),
            rule=f"{kind.name.lower()}-frame", contexts=contexts, confidence=0.7, date=told, place=place,
            explanation=("the verb of the clause", "the subject is a state", "the object is a state"),
        )  # fmt: skip
        mutual = kind.name == "CONSULT" and r.random() < 0.5
        return Event(
            name, kind.name, modes, contexts, tuple(sides) if mutual else (sides[0],),
            () if mutual else tuple(sides[1:]), "happened" if r.random() < 0.85 else "future", (mention,), told,
            date_precision="day" if told else "unknown", place=place, quad_code=kind.quad,
            event_scale=kind.scale(modes), cameo=kind.cameo, confidence=round(r.uniform(0.3, 0.95), 2),
            rule=mention.rule,
        )  # fmt: skip

    def _actor(self) -> Actor:
        r = self.random
        code = r.choices(_CODES, cum_weights=self.code_weights)[0]
        sector = r.choice(_SECTORS)
        name = f"Leader {code} {r.randint(0, 9)}" if r.random() < 0.3 else None
        return Actor(code, sector, (), f"{code.title()} {sector.lower()}", name, start=3, end=12, reason="a state")


def link(reports: Iterable[Report], *, apart: Iterable[Any] = ()) -> tuple[MergedEvent, ...]:
    """Reports of one type, day and pair of sides are one event."""
    groups: dict[Any, list[Report]] = {}
    for r in sorted(reports, key=lambda r: r.key):
        e = r.event
        sides = frozenset((a.code, a.sector) for a in (*e.actors, *e.recipients))
        groups.setdefault((e.event, e.date, e.status, sides) if e.date else r.key, []).append(r)
    return tuple(
        MergedEvent(g[0].event.id, g[0].event, tuple(g), tuple(Join(g[0].key, o.key, "same", 0.9) for o in g[1:]))
        for g in groups.values()
    )


def timed(ask: Callable[[], object], times: int = 5) -> dict[str, float]:
    """Seconds of the first call, the median of those after it, and the median of this process's own work.

    With SQLite that work is all there is, so it is what the question takes on a machine with nothing else to do.
    """
    taken, used = [], []
    for _ in range(times):
        start, before = time.perf_counter(), time.process_time()
        ask()
        taken.append(time.perf_counter() - start)
        used.append(time.process_time() - before)
    middle = statistics.median(taken[1:] or taken)
    return {"first": round(taken[0], 4), "median": round(middle, 4), "work": round(statistics.median(used), 4)}


def fill(store: Store, wanted: int, linker: str) -> dict[str, Any]:
    """Add documents until the store has so many events, and some more: documents a second, linking included.

    By the clock, and by processor time: the latter counts other work on the machine little.
    """
    done = store.count_documents()
    world = World(done)
    rates: list[tuple[int, int]] = []
    step = 5120
    keeper = Keeper(store)
    while store.count() < wanted or not rates:
        batch = list(world.documents(step, done))
        start, used = time.perf_counter(), time.process_time()
        if linker == "legation":
            for part in batched(batch):
                keeper.add(part, ABOUT)
        else:
            store.add(batch, ABOUT)
        rates.append((round(step / (time.perf_counter() - start)), round(step / (time.process_time() - used))))
        done += step
        print(f"{store.count():>9} events, {rates[-1]} documents/s", file=sys.stderr, flush=True)
    middle = tuple(round(statistics.median(r[n] for r in rates)) for n in (0, 1))
    names = ("by_the_clock", "of_processor_time")
    return {
        "documents_per_second": {
            "median": dict(zip(names, middle, strict=True)),
            "last": dict(zip(names, rates[-1], strict=True)),
        }
    }


def questions(store: Store) -> dict[str, dict[str, float]]:
    """The seconds of each question."""
    pair, big = ("BAK", "BEK"), _CODES[0]
    situation = Query(actors=(_CODES[5], _CODES[9], _CODES[12]), since="2020-01-01", until="2020-12-31")
    asked: dict[str, Callable[[], object]] = {
        "dyad_month": lambda: store.dyad_counts(Query(dyad=pair), "month"),
        "dyad_month_greatest_pair": lambda: store.dyad_counts(Query(dyad=(_CODES[0], _CODES[1])), "month"),
        "dyad_month_all_pairs_of_a_year": lambda: store.dyad_counts(Query(since="2020-01-01", until="2020-12-31")),
        "events_of_a_dyad_latest": lambda: store.events(Query(dyad=pair), limit=50, order="-date"),
        "events_of_the_greatest_actor_latest": lambda: store.events(Query(actors=(big,)), limit=50, order="-date"),
        "events_latest": lambda: store.events(limit=50, order="-date"),
        "events_new": lambda: store.events(limit=50, order="-added"),
        "count_of_an_actor": lambda: store.count(Query(actors=(big,))),
        "count_all": lambda: store.count(),
        "facets_all": lambda: store.facets(),
        "facets_of_the_greatest_actor": lambda: store.facets(Query(actors=(big,))),
        "facets_of_a_dyad": lambda: store.facets(Query(dyad=pair)),
        "places": lambda: store.events(Query(places=("Province 7",)), limit=50),
        "search_one_common_word": lambda: store.search("ceasefire"),
        "search_two_words": lambda: store.search("ceasefire sanctions"),
        "search_rare": lambda: store.search(World().words[20_000]),
        "search_in_a_dyad": lambda: store.search("talks", Query(dyad=pair)),
        "events_with_words": lambda: store.events(Query(words="ceasefire sanctions", dyad=pair), limit=50),
        "documents_latest": lambda: store.documents(limit=50, order="-published"),
        "statements_of_an_actor": lambda: store.statements(Query(actors=(big,)), limit=50, order="-published"),
        "pledges_due": lambda: store.pledges(due_since="2020-01-01", due_until="2020-01-07"),
        "one_event": lambda: store.event(store.events(limit=1)[0].id),
        "one_document": lambda: store.document("doc-1000"),
        "situation_page": lambda: situation_page(store, situation),
    }
    found = {}
    for name, ask in asked.items():
        found[name] = timed(ask)
        print(f"{name:40} {found[name]}", file=sys.stderr, flush=True)
    return found


def situation_page(store: Store, query: Query) -> None:
    """What a page about three states in a year asks."""
    store.facets(query)
    store.events(query, limit=100, order="-date")
    store.dyad_counts(query, "month")
    store.statements(query, limit=50, order="-published")
    store.pledges(query)
    store.documents(query, limit=20, order="-published")


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The URL of an empty database of a server of this machine, which is ended when the block ends."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0]))
    if not found:
        raise SystemExit("No PostgreSQL is installed (Debian: apt install postgresql).")
    folder = tempfile.mkdtemp(prefix="legation-pg-")
    how: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        how = {"user": "postgres", "cwd": folder}
    place, programs = f"{folder}/cluster", found[-1].parent
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    make = [programs / "initdb", "-D", place, "-U", "legation", "-A", "trust", "--locale=C.UTF-8"]
    subprocess.run(make, check=True, capture_output=True, **how)
    start = [programs / "pg_ctl", "-D", place, "-w", "-l", f"{folder}/log", "-o", options, "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, **how)
    try:
        yield f"postgresql://legation@/postgres?host={folder}"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", place, "-m", "fast", "stop"], stdout=subprocess.DEVNULL, **how)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Fill the store where it is short of events, then ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--store", default="benchmark.db")
    parser.add_argument("--postgres", action="store_true", help="start one and use it")
    parser.add_argument("--copy", metavar="FILE", help="fill the store from this one first")
    parser.add_argument("--linker", choices=["small", "legation", "none"], default="small")
    chosen = parser.parse_args()
    linkers = {"small": link, "legation": link_events, "none": None}
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(postgres()) if chosen.postgres else chosen.store
        store = stack.enter_context(Store.open(place, link=linkers[chosen.linker]))
        if chosen.copy:
            store.restore(chosen.copy)
        result: dict[str, Any] = fill(store, chosen.events, chosen.linker)
        result |= {"events": store.count(), "documents": store.count_documents(), "seconds": questions(store)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
