"""How far coders agree: percent, Cohen's kappa for two, Krippendorff's alpha for any number and with gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

# What each coder says of each unit; a unit that a coder has not coded is left out.
Votes = Mapping[str, Mapping[str, str]]  # coder -> unit -> value


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of one field; None where they are not defined."""

    field: str
    units: int  # coded by two or more
    percent: float | None
    kappa: float | None  # the mean over pairs of coders
    alpha: float | None


def agreement(field: str, votes: Votes) -> Agreement:
    """All three figures of one field."""
    shared = [u for u in units(votes) if sum(u in v for v in votes.values()) > 1]
    pairs = [k for a, b in combinations(sorted(votes), 2) if (k := cohen(votes[a], votes[b])) is not None]
    return Agreement(
        field,
        len(shared),
        percent(votes),
        sum(pairs) / len(pairs) if pairs else None,
        krippendorff(votes),
    )


def units(votes: Votes) -> list[str]:
    """Every unit that somebody coded, in order of name."""
    return sorted({unit for own in votes.values() for unit in own})


def percent(votes: Votes) -> float | None:
    """The share of pairs of codings of one unit that are equal."""
    same = pairs = 0
    for unit in units(votes):
        values = [own[unit] for own in votes.values() if unit in own]
        for one, other in combinations(values, 2):
            pairs += 1
            same += one == other
    return same / pairs if pairs else None


def cohen(one: Mapping[str, str], other: Mapping[str, str]) -> float | None:
    """Cohen's kappa of two coders over the units that both coded.

    1 where they agree wholly; None where nothing is shared, or where chance alone would have them always agree.
    """
    shared = sorted(set(one) & set(other))
    if not shared:
        return None
    n = len(shared)
    observed = sum(one[u] == other[u] for u in shared) / n
    first, second = Counter(one[u] for u in shared), Counter(other[u] for u in shared)
    expected = sum(first[value] * second[value] for value in first) / (n * n)
    if expected == 1:
        return None
    return (observed - expected) / (1 - expected)


def krippendorff(votes: Votes) -> float | None:
    """Krippendorff's alpha for names (nominal data), from the coincidences of values within units.

    None where no unit has two codings, or where only one value was ever given.
    """
    totals: dict[str, float] = {}
    found: dict[tuple[str, str], float] = {}
    for unit in units(votes):
        values: Sequence[str] = [own[unit] for own in votes.values() if unit in own]
        if len(values) < 2:
            continue
        share = 1 / (len(values) - 1)
        for i, one in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    found[(one, other)] = found.get((one, other), 0.0) + share
    for (one, _), weight in found.items():
        totals[one] = totals.get(one, 0.0) + weight
    n = sum(totals.values())
    if n <= 1 or len(totals) < 2:
        return None
    observed = sum(weight for (one, other), weight in found.items() if one != other) / n
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b) / (n * (n - 1))
    return 1 - observed / expected
