"""What no encoding can hold, in text and in phrases: told, and the rest goes on."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from legation.cli import build


@pytest.mark.model
def test_half_a_surrogate_pair_is_marked_and_the_events_are_still_found() -> None:
    from legation.coder import Coder

    doc = Coder().code("One \ud800 mark. Norway expelled two Russian diplomats.")
    assert "\ufffd" in doc.text
    assert [event.event for event in doc.events] == ["SANCTION"]
    assert [problem.stage for problem in doc.problems] == ["reading"]


def test_every_line_of_phrases_gets_an_answer() -> None:
    lines = [
        b'{"phrase": "Turkish police"}', b'{"phrase": "Turkish police", "date": "never"}', b"\xff\xfe",
        b'{"phrase": "the \\ud800 minister"}',
    ]  # fmt: skip
    result = CliRunner().invoke(build(), ["actor", "--jsonl"], input=b"\n".join(lines))
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert told[0]["actor"]["code"] == "TUR"
    assert told[1] == {"phrase": "Turkish police", "error": "'never' is not a date. Write it as 2021-07-09."}
    assert told[2] == {"error": "Line 3 is no JSON object with a 'phrase'."}
    assert told[3]["phrase"] == "the ? minister"
