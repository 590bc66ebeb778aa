"""Answers are kept while the record is the same, given a while longer when it is another, and forgotten on a change."""

from __future__ import annotations

import threading
import time

import pytest

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


def test_heavy_questions_are_put_a_few_at_a_time() -> None:
    memory = Memory(lambda: 1, lanes=2)
    at_once, most = 0, 0
    counting = threading.Lock()

    def heavy() -> None:
        nonlocal at_once, most
        with counting:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02)
        with counting:
            at_once -= 1

    readers = [threading.Thread(target=memory.get, args=(n, heavy)) for n in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(10)
    assert most == 2


def test_who_waits_for_the_same_answer_keeps_nobody_else_from_theirs() -> None:
    memory = Memory(lambda: 1, lanes=2)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(10)
        return "slow"

    told: list[str] = []
    waiting = [threading.Thread(target=lambda: told.append(memory.get("slow", slow))) for _ in range(6)]
    for reader in waiting:
        reader.start()
    assert begun.wait(10)
    assert memory.get("light", lambda: "light") == "light"
    go_on.set()
    for reader in waiting:
        reader.join(10)
    assert told == ["slow"] * 6


def test_an_answer_made_of_answers_needs_one_lane() -> None:
    memory = Memory(lambda: 1, lanes=1)
    assert memory.get("whole", lambda: [memory.get("part", lambda: 1), memory.get("other part", lambda: 2)]) == [1, 2]


def test_an_answer_that_others_wait_for_within_theirs_is_still_given() -> None:
    memory = Memory(lambda: 1, lanes=2)
    readers = [
        threading.Thread(target=memory.get, args=(n, lambda: memory.get("part", lambda: time.sleep(0.02))))
        for n in range(6)
    ]
    readers.append(threading.Thread(target=memory.get, args=("part", lambda: time.sleep(0.02))))
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(10)
    assert not any(reader.is_alive() for reader in readers)


def test_a_question_that_fails_leaves_its_lane() -> None:
    memory = Memory(lambda: 1, lanes=1)

    def fails() -> None:
        raise ValueError("no")

    for _ in range(3):
        with pytest.raises(ValueError, match="no"):
            memory.get("question", fails)
    assert memory.get("question", lambda: 1) == 1
