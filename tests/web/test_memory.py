"""Answers are kept while the record is the same, given a while longer when it is another, and forgotten on a change."""

from __future__ import annotations

import threading
import time

from legation.web.memory import LOOK, STALE, Memory


class World:
    def __init__(self) -> None:
        self.now = 0.0
        self.stamp = 1
        self.asked = 0
        self.memory = Memory(lambda: self.stamp, clock=lambda: self.now)

    def ask(self) -> int:
        self.asked += 1
        return self.asked

    def get(self) -> int:
        return self.memory.get("question", self.ask)


def test_a_question_is_put_once_while_the_record_is_the_same() -> None:
    world = World()
    assert [world.get() for _ in range(3)] == [1, 1, 1]
    world.now = 10 * STALE
    assert world.get() == 1


def test_of_another_record_the_old_answer_is_given_once_more_and_asked_anew_beside() -> None:
    world = World()
    world.get()
    world.stamp, world.now = 2, LOOK + 1
    assert world.get() == 1
    until = time.monotonic() + 5
    while world.get() == 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert world.get() == 2


def test_an_answer_that_is_too_old_is_not_given() -> None:
    world = World()
    world.get()
    world.stamp, world.now = 2, STALE + LOOK + 1
    assert world.get() == 2


def test_a_change_made_here_shows_at_once() -> None:
    world = World()
    world.get()
    world.memory.forget()
    assert world.get() == 2


def test_many_who_ask_at_once_ask_once() -> None:
    world = World()

    def slow() -> int:
        time.sleep(0.05)
        return world.ask()

    threads = [threading.Thread(target=world.memory.get, args=("slow", slow)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert world.asked == 1
