"""Which reports are compared: those with enough in common, whatever way they are looked for."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from legation.linking.blocks import candidates
from legation.linking.evidence import BEYOND, Telling, telling_of
from legation.model import Actor, Event
from legation.record import Report

WORDS = "bridge market convoy harbour factory school border summit treaty embassy".split()


def tellings(count: int, seed: int, sides: int) -> list[Telling]:
    """Reports by chance: one or two of so many states, a few words, days of two weeks."""
    chance = random.Random(seed)
    codes = [f"{chr(65 + n)}AA" for n in range(sides)]
    found = []
    for n in range(count):
        who = tuple(Actor(code, None, entity_text=code) for code in chance.sample(codes, chance.choice([0, 1, 1, 2])))
        day = f"2021-07-{chance.randint(1, 14):02}"
        kind = chance.choice(["ASSAULT", "CONSULT"])
        event = Event("e", kind, (), (), who, (), "happened", (), day, date_precision="day")
        text = " ".join(chance.sample(WORDS, 2)) + "."
        found.append(telling_of(Report(f"d{n}", event, story=chance.choice([None, None, f"s{n % 7}"]), text=text)))
    return found


def have_enough(one: Telling, other: Telling) -> bool:
    """What `candidates` says that it looks for, asked pair by pair."""
    sides = one.sides & other.sides
    story = one.report.story is not None and one.report.story == other.report.story
    bare = not one.sides or not other.sides
    return story or len(sides) > 1 or bool((sides or bare) and one.words & other.words)


@pytest.mark.parametrize("known", [0, 30])
@pytest.mark.parametrize("seed", range(5))
def test_of_few_reports_every_pair_with_enough_in_common_is_compared(seed: int, known: int) -> None:
    told = tellings(60, seed, sides=8)
    expected = {
        (i, j)
        for i, j in combinations(range(len(told)), 2)
        if j >= known
        and told[i].report.event.event == told[j].report.event.event
        and abs((told[i].about or 0) - (told[j].about or 0)) <= BEYOND
        and have_enough(told[i], told[j])
    }
    assert candidates(told, known=known) == expected


def test_of_a_crowd_fewer_pairs_are_compared_than_there_are() -> None:
    told = tellings(600, 1, sides=2)
    found = candidates(told)
    assert 0 < len(found) < 600 * 599 / 2 / 4
    assert all(told[i].report.event.event == told[j].report.event.event for i, j in found)


def test_what_was_compared_before_is_not_compared_again() -> None:
    told = tellings(200, 2, sides=2)
    known = 150
    assert {p for p in candidates(told) if p[1] >= known} == candidates(told, known=known)
    assert candidates(told, known=len(told)) == set()
