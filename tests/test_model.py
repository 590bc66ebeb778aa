"""Records print well, and come out as plain dictionaries."""

from __future__ import annotations

import json

import pytest

import legation
from legation.model import Actor, Document, Event


def event() -> Event:
    return Event(
        id="e1", event="CONSULT", modes=("visit",), contexts=(), actors=(Actor("KEN", "GOV", entity_text="Nairobi"),),
        recipients=(Actor("UGA", "GOV", entity_text="Kampala"),), status="happened", mentions=(), date="2024-05-06",
    )  # fmt: skip


def test_an_event_prints_as_a_line_one_can_read() -> None:
    assert str(event()) == "CONSULT/visit: KEN GOV Nairobi -> UGA GOV Kampala (happened, 2024-05-06)"


def test_to_dict_leaves_out_what_is_not_known_and_is_json() -> None:
    record = Document(text="Text.", id="d1", events=(event(),)).to_dict()

    assert "url" not in record
    assert json.loads(json.dumps(record))["events"][0]["actors"][0]["code"] == "KEN"


def test_to_frame_has_a_row_an_event() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = legation.to_frame([Document(text="Text.", id="d1", events=(event(),))])

    assert isinstance(frame, pandas.DataFrame)
    assert frame.loc[0, "actor"] == "KEN"
