"""Answers that are kept for a moment: pages of a large record are asked again and again while little changes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")
KEPT = 500
FRESH = 20.0  # seconds for which an answer is given as it is
STALE = 600.0  # seconds for which it is still given, while it is asked anew beside it


class Memory:
    """Answers by question; each question is put once at a time, and a change made here empties it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answers: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._asking: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._age = 0

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The answer to a question, asked now or a moment ago."""
        found = self._look(key)
        if found is not None:
            since = self._clock() - found[0]
            if since < FRESH:
                return cast(T, found[1])
            if since < STALE:
                self._refresh(key, ask)
                return cast(T, found[1])
        with self._one_at_a_time(key):
            again = self._look(key)
            if again is not None and self._clock() - again[0] < FRESH:
                return cast(T, again[1])
            return self._ask(key, ask)

    def forget(self) -> None:
        """Ask everything anew: something was changed."""
        with self._lock:
            self._answers.clear()
            self._age += 1

    def _look(self, key: Hashable) -> tuple[float, Any] | None:
        with self._lock:
            return self._answers.get(key)

    def _ask(self, key: Hashable, ask: Callable[[], T]) -> T:
        age = self._age
        answer = ask()
        with self._lock:
            if age == self._age:  # what was asked before a change must not be kept after it
                self._answers[key] = (self._clock(), answer)
                self._answers.move_to_end(key)
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return answer

    def _refresh(self, key: Hashable, ask: Callable[[], T]) -> None:
        lock = self._one_at_a_time(key)
        if not lock.acquire(blocking=False):
            return

        def whole() -> None:
            try:
                self._ask(key, ask)
            finally:
                lock.release()

        threading.Thread(target=whole, name="legation-memory", daemon=True).start()

    def _one_at_a_time(self, key: Hashable) -> threading.Lock:
        with self._lock:
            if len(self._asking) > 4 * KEPT:
                self._asking = {k: lock for k, lock in self._asking.items() if lock.locked()}
            return self._asking.setdefault(key, threading.Lock())
