"""Answers that are kept while the record stands as it was: a large one is asked the same again and again."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")
KEPT = 3_000
LANES = max(2, os.cpu_count() or 2)  # questions put to the record at once
LOOK = 2.0  # seconds after which it is looked whether the record is another
STALE = 600.0  # seconds for which an answer to the record as it was is given, while it is asked anew beside it


@dataclass(frozen=True, slots=True)
class _Answer:
    stamp: Hashable  # the state of the record it was given by
    at: float
    value: Any


class Memory:
    """Answers by question; each question is put once at a time, and a change made here empties it.

    `stamp` tells the state of the record in a moment: as long as it is the same, so are the answers.
    """

    def __init__(
        self, stamp: Callable[[], Hashable], clock: Callable[[], float] = time.monotonic, lanes: int = LANES
    ) -> None:
        self._stamp_of = stamp
        self._clock = clock
        self._stamp: Hashable = None
        self._looked = float("-inf")
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._asking: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        # Heavy questions are put a few at a time: fifty at once would each take fifty times as long, and the light
        # ones with them. Who asks within an answer goes on in the lane that it has.
        self._lanes = threading.Semaphore(lanes)
        self._mine = threading.local()
        self._beside = threading.Semaphore(1)  # of what is asked anew beside the pages, one at a time
        self._age = 0

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The answer to a question, asked now or before."""
        stamp = self._now()
        found = self._look(key)
        if found is not None:
            if found.stamp == stamp:
                return cast(T, found.value)
            if self._clock() - found.at < STALE:
                self._refresh(key, ask)
                return cast(T, found.value)
        lock = self._one_at_a_time(key)
        while True:
            with self._lane() as is_within:
                # Nobody waits in a lane for one who waits for a lane: within an answer it is waited for the answer.
                if lock.acquire(blocking=is_within):
                    try:
                        again = self._look(key)
                        if again is not None and again.stamp == stamp:
                            return cast(T, again.value)
                        return self._ask(key, ask, stamp)
                    finally:
                        lock.release()
            with lock:  # somebody asks the same: what they are told is there when they are done
                pass

    def forget(self) -> None:
        """Ask everything anew: something was changed."""
        with self._lock:
            self._answers.clear()
            self._age += 1
            self._looked = float("-inf")

    def _now(self) -> Hashable:
        """The state of the record, looked at every few seconds."""
        if self._clock() - self._looked > LOOK:
            self._looked = self._clock()
            self._stamp = self._stamp_of()
        return self._stamp

    def _look(self, key: Hashable) -> _Answer | None:
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def _ask(self, key: Hashable, ask: Callable[[], T], stamp: Hashable) -> T:
        age = self._age
        value = ask()
        with self._lock:
            if age == self._age:  # what was asked before a change must not be kept after it
                self._answers[key] = _Answer(stamp, self._clock(), value)
                self._answers.move_to_end(key)
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return value

    @contextlib.contextmanager
    def _lane(self) -> Iterator[bool]:
        """A lane for as long as the block lasts; whether this thread had one already."""
        if getattr(self._mine, "lane", False):
            yield True
            return
        with self._lanes:
            self._mine.lane = True
            try:
                yield False
            finally:
                self._mine.lane = False

    def _refresh(self, key: Hashable, ask: Callable[[], T]) -> None:
        lock = self._one_at_a_time(key)
        if not lock.acquire(blocking=False):
            return

        def whole() -> None:
            self._mine.lane = True  # there is one of these, beside the lanes
            try:
                with self._beside:
                    self._ask(key, ask, self._now())
            finally:
                lock.release()

        threading.Thread(target=whole, name="legation-memory", daemon=True).start()

    def _one_at_a_time(self, key: Hashable) -> threading.Lock:
        with self._lock:
            if len(self._asking) > 4 * KEPT:
                self._asking = {k: lock for k, lock in self._asking.items() if lock.locked()}
            return self._asking.setdefault(key, threading.Lock())
