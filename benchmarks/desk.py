"""How the desk bears readers: python benchmarks/desk.py --store FILE [--readers 50] [--seconds 120] [--think 1.0].

Starts `legation serve` on the store and lets readers walk through it, each choosing a page by chance, reading it for a
while and choosing the next: Today, situations, dyads, actors, events, documents, searches, sources, review. Figures go
to standard output as JSON: how long the desk took to open; what a first reader waits, who reads each page alone, once
and with nothing kept; then, with all readers, for each kind of page and for all, requests, errors, the median and the
95th percentile of the seconds until the whole answer was there. The readers and the desk share the machine.
benchmarks/store.py makes a record of a million events; without --store it is the example corpus.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
SOURCE = str(Path(__file__).parents[1] / "src")
# How often each kind of page is read.
WEIGHTS = {
    "today": 12, "situation": 10, "dyad": 10, "actor": 10, "event": 20, "document": 12, "search": 14, "words": 6,
    "sources": 4, "review": 2,
}  # fmt: skip


MOST = 15  # addresses of a kind


def start(store: str | None) -> tuple[subprocess.Popen[str], str, float]:
    """The desk as a process of its own, its address, and the seconds until its first page was there."""
    command = [sys.executable, "-m", "legation", "serve", "--port", "0", *(["--store", store] if store else ["--demo"])]
    began = time.perf_counter()
    desk = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": SOURCE})
    assert desk.stderr is not None
    found = re.search(r"http://\S+", desk.stderr.readline())
    if found is None:
        raise SystemExit("The desk did not start.")
    address = found[0].rstrip("/")
    while True:
        try:
            answer = httpx.get(address + "/help", timeout=120)
            if answer.status_code == 200:
                return desk, address, time.perf_counter() - began
        except httpx.TransportError:
            time.sleep(0.02)


def addresses(address: str, chance: random.Random) -> dict[str, list[str]]:
    """What there is to read: taken from the desk itself."""
    with httpx.Client(base_url=address, timeout=300) as client:
        while client.get("/").status_code == 503:
            time.sleep(1)
        facets = client.get("/search.json").json()["facets"]
        actors = list(facets["actors"])[:40]
        months = list(facets["months"]) or ["2021-08"]
        found: dict[str, list[str]] = {"today": ["/"], "sources": ["/sources"], "review": ["/review"]}
        events, documents = [], []
        for month in chance.sample(months, min(8, len(months))):
            for row in client.get(f"/search.json?until={month}").json()["events"]:
                events.append(f"/events/{row['id']}")
                documents.append(f"/documents/{quote(row['document'])}")
        words = []
        for path in documents[:40]:
            text = client.get(path + ".json").json()["document"].get("text") or ""
            words += re.findall(r"[a-z]{7,}", text)[:3]
        found["event"], found["document"] = events, documents
        found["actor"] = [f"/actors/{a}" for a in actors]
        found["dyad"] = [f"/dyads/{a}/{b}" for a, b in zip(actors, actors[1:] + actors[:1], strict=True)]
        kept = client.get("/situations.json").json()["situations"]
        found["situation"] = [f"/situations/{quote(s['name'])}" for s in kept]
        kinds = list(facets["types"])
        found["search"] = [
            f"/search?actors={chance.choice(actors)}&events={chance.choice(kinds)}" for _ in range(30)
        ] + [f"/search?since={m}&until={m}" for m in chance.sample(months, min(10, len(months)))]
        found["words"] = [f"/search?words={w}" for w in chance.sample(words, min(30, len(words)))]
    return {kind: chance.sample(those, min(MOST, len(those))) for kind, those in found.items() if those}


def keep_situations(address: str, actors: list[str]) -> None:
    """Keep a few questions as situations, as a user of a large record would."""
    with httpx.Client(base_url=address, timeout=300, follow_redirects=True) as client:
        csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/help").text)
        assert csrf is not None
        for n in range(0, min(6, len(actors) - 1), 2):
            where = f"/search/keep?a={actors[n + 2]}&b={actors[n + 3]}"
            client.post(where, data={"csrf": csrf[1], "name": f"Load {n}", "kind": "situation"})


async def read(
    address: str, paths: dict[str, list[str]], args: Any, seed: int, told: list[tuple[str, float, int]]
) -> None:
    """One reader, until the time is over."""
    chance = random.Random(seed)
    kinds = [k for k in WEIGHTS if k in paths]
    until = time.perf_counter() + args.seconds
    await asyncio.sleep(chance.random() * args.think)
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        while time.perf_counter() < until:
            kind = chance.choices(kinds, [WEIGHTS[k] for k in kinds])[0]
            began = time.perf_counter()
            try:
                status = (await client.get(chance.choice(paths[kind]))).status_code
            except httpx.HTTPError:
                status = 0
            told.append((kind, time.perf_counter() - began, status))
            await asyncio.sleep(args.think * (0.5 + chance.random()))


def figures(told: list[tuple[str, float, int]]) -> dict[str, Any]:
    """Requests, errors, median and 95th percentile."""
    seconds = sorted(s for _, s, _ in told)
    return {
        "requests": len(told),
        "errors": sum(status != 200 for _, _, status in told),
        "median": round(statistics.median(seconds), 3),
        "p95": round(seconds[int(len(seconds) * 0.95)], 3),
    }


def main() -> None:
    """Start, read, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--think", type=float, default=1.0, help="seconds that a page is read, on average")
    parser.add_argument("--keep", action="store_true", help="keep a few situations in the store first")
    args = parser.parse_args()
    desk, address, opened = start(args.store)
    try:
        paths = addresses(address, random.Random(1))
        if args.keep:
            keep_situations(address, [p.rpartition("/")[2] for p in paths["actor"]])
            paths = addresses(address, random.Random(1))
        alone: list[tuple[str, float, int]] = []
        for kind, those in paths.items():  # each once, with nothing kept: what a first reader waits for
            for path in those:
                began = time.perf_counter()
                status = httpx.get(address + path, timeout=120).status_code
                alone.append((kind, time.perf_counter() - began, status))
        told: list[tuple[str, float, int]] = []

        async def all_readers() -> None:
            await asyncio.gather(*(read(address, paths, args, seed, told) for seed in range(args.readers)))

        asyncio.run(all_readers())
    finally:
        desk.terminate()
        desk.wait(10)
    record = {
        "readers": args.readers,
        "seconds": args.seconds,
        "think": args.think,
        "load of the machine": [round(x, 1) for x in os.getloadavg()],
        "opened in": round(opened, 2),
        "first reader, alone": {
            "all": figures(alone), **{kind: figures([t for t in alone if t[0] == kind]) for kind in paths}
        },
        "all": figures(told),
        **{kind: figures([t for t in told if t[0] == kind]) for kind in paths if any(t[0] == kind for t in told)},
    }
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
