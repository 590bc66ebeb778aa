"""A coded document made by hand, with every kind of record in it."""

from __future__ import annotations

import pytest

from legation.model import (
    Actor,
    Candidate,
    Count,
    Dateline,
    Document,
    Event,
    EventMention,
    Mention,
    Place,
    Pledge,
    Problem,
    Quote,
    Sentence,
    Size,
    Span,
    TimeExpression,
)  # fmt: skip

TEXT = (
    "Minister meets envoy\n"
    "Norway's foreign minister met the Kenyan envoy in Bergen on Monday, the ministry said.\n"
    'Rebels killed "at least 12" soldiers in an unnamed valley; the army will leave by 1 March.\n'
)


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def _actor(
    words: str, code: str | None, sector: str | None, name: str | None = None, **more: object
) -> Actor:
    span = _span(words)
    return Actor(code, sector, (), words, name, start=span.start, end=span.end, **more)  # type: ignore[arg-type]


@pytest.fixture
def coded() -> Document:
    lines = [_span(line) for line in TEXT.splitlines()]
    minister = _actor("Norway's foreign minister", "NOR", "GOV", "Anna Berg", reason="office of a state")
    envoy = _actor("the Kenyan envoy", "KEN", "GOV")
    ministry = _actor("the ministry", "NOR", "GOV")
    rebels = _actor(
        "Rebels",
        None,
        "REB",
        candidates=(Candidate("MLI", "REB"), Candidate("NER", "REB", reason="named below")),
    )
    army = _actor("the army", None, "MIL")
    bergen = Place(
        *_range("Bergen"), "Bergen", "Bergen", "NOR", 60.39, 5.32, 3161732, "city", "city", "Vestland"
    )
    meeting = EventMention(
        1, 3, "CONSULT", ("visit",), (minister,), (envoy,), words=(_span("met"),), rule="meet"
    )
    headline = EventMention(
        0, 1, "CONSULT", ("visit",), (minister,), (envoy,), words=(_span("meets"),), rule="meet-title"
    )
    killing = EventMention(2, 1, "ASSAULT", (), (rebels,), words=(_span("killed"),), rule="kill")
    leaving = EventMention(
        2, 9, "RETREAT", ("withdraw",), (army,), (), "future", words=(_span("leave"),), rule="leave"
    )
    return Document(
        TEXT,
        id="r1",
        title="Minister meets envoy",
        published="2024-02-05",
        dateline=Dateline("Bergen", "NOR"),
        furniture=(lines[0],),
        sentences=(
            Sentence(0, lines[0].start, lines[0].end, "title"),
            Sentence(1, lines[1].start, lines[1].end),
            Sentence(2, lines[2].start, lines[2].end),
        ),
        mentions=(
            Mention(minister.start, minister.end, 1, 2, "nominal", (minister,)),
            Mention(ministry.start, ministry.end, 1, 9, "nominal", (ministry,)),
            Mention(rebels.start, rebels.end, 2, 0, "nominal", (rebels,)),
            Mention(army.start, army.end, 2, 8, "nominal", (army,)),
        ),
        quotes=(
            Quote(*_range("at least 12"), "at least 12", "mixed", _span("said"), ministry, sentence=2),
            Quote(*_range("the army will leave"), "the army will leave", "indirect", sentence=2),
        ),
        dates=(
            TimeExpression(*_range("Monday"), "Monday", "2024-02-05", "DATE", "2024-02-05", "2024-02-05"),
        ),
        places=(bergen, Place(*_range("an unnamed valley"), "an unnamed valley")),
        events=(
            Event(
                "e1", "CONSULT", ("visit",), ("diplomatic",), (minister,), (envoy,), "happened",
                (headline, meeting), "2024-02-05", None, "day", bergen, None, (ministry,), 1, 1.9, "042",
                0.81234567, "meet", "same sides and day",
            ),
            Event(
                "e2", "ASSAULT", (), (), (rebels,), (), "happened", (killing,),
                size=Size(dead=Count(12, None, None, "at least 12")), quad_code=4, event_scale=-10.0,
                cameo="190", confidence=0.6, rule="kill",
            ),
            Event(
                "e3", "RETREAT", ("withdraw",), (), (army,), (), "future", (leaving,), "2024-03-01",
                "2024-03-04", "day", quad_code=2, event_scale=5.0, rule="leave",
            ),
        ),
        pledges=(Pledge("e3", "2024-03-01", "by 1 March"),),
        problems=(Problem("places", "'an unnamed valley' is not a place", _span("an unnamed valley")),),
    )  # fmt: skip


def _range(words: str) -> tuple[int, int]:
    span = _span(words)
    return (span.start, span.end)
