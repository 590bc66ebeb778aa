"""Every example of the lexicon is a test: so many must pass, and the others are printed when fewer do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from legation.knowledge import lexicon
from legation.scoring.lexicon import Checked, Failure, check

if TYPE_CHECKING:
    from legation.coder import Coder

# Shares of the examples (an event of the type, with the actors, mode and status given) and of the
# counter-examples (no event of the frame) that are read as they say. They may only rise.
EXAMPLES_READ = 0.99
COUNTER_EXAMPLES_READ = 0.995


@pytest.fixture(scope="module")
def checked(coder: Coder) -> Checked:
    return check(coder=coder)


def split(checked: Checked) -> tuple[list[Failure], list[Failure]]:
    """Failed examples and failed counter-examples."""
    counter = {(f.id, text) for f in lexicon.load().all_frames for text in f.counter_examples}
    wrong = [f for f in checked.failures if (f.frame, f.text) in counter]
    return [f for f in checked.failures if (f.frame, f.text) not in counter], wrong


def told(failures: list[Failure], of: int) -> str:
    """What to print when too few pass."""
    lines = [f"{f.file}: {f.frame}: {f.why}\n    {f.text}" for f in failures]
    return f"{1 - len(failures) / of:.3f} of {of} are read as the lexicon says\n" + "\n".join(lines)


@pytest.mark.model
def test_examples_are_read_as_the_lexicon_says(checked: Checked) -> None:
    missed, _ = split(checked)

    assert 1 - len(missed) / checked.examples >= EXAMPLES_READ, told(missed, checked.examples)


@pytest.mark.model
def test_counter_examples_give_no_event_of_their_frame(checked: Checked) -> None:
    _, wrong = split(checked)

    assert 1 - len(wrong) / checked.counter_examples >= COUNTER_EXAMPLES_READ, told(
        wrong, checked.counter_examples
    )


@pytest.mark.model
def test_only_the_named_file_is_checked(coder: Coder) -> None:
    checked = check(["retreat.toml"], coder)

    assert checked.examples == sum(
        len(f.examples) for f in lexicon.load().all_frames if f.file == "retreat.toml"
    )
    assert {f.file for f in checked.failures} <= {"retreat.toml"}
