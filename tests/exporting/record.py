"""A small record of merged events, and Hypothesis strategies for whole ones."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from legation.knowledge import ontology
from legation.model import (
    STATUSES,
    Actor,
    Candidate,
    Count,
    Document,
    Event,
    EventMention,
    Place,
    Sentence,
    Size,
    Span,
)  # fmt: skip
from legation.record import Claim, Dispute, Join, MergedEvent, Report

KABUL = Place(-1, -1, "Kabul", "Kabul", "AFG", 34.53, 69.17, 1138958, "city", "city", "Kabul")
AFG_GOV = Actor("AFG", "GOV", (), "Afghan government", start=0, end=17)
AFG_REB = Actor("AFG", "REB", (), "Taliban", "Taliban", "Q42418", start=30, end=37)
USA_MIL = Actor("USA", "MIL", ("GOV",), "U.S. forces")
UNO = Actor("UNO", None, (), "the United Nations")

TEXTS = {
    "d1": 'The envoys "met"\tin Kabul.\nThe Taliban attacked a post; at least 12 died.',
    "d2": "Taliban fighters attacked a post near Kabul, killing 14.",
}


def document(doc_id: str) -> Document | None:
    """The documents of the record."""
    if doc_id not in TEXTS:
        return None
    text = TEXTS[doc_id]
    cut = text.find("\n") if "\n" in text else 0
    sentences = (Sentence(0, 0, cut or len(text)), Sentence(1, cut + 1 if cut else 0, len(text), paragraph=1))
    return Document(
        text, id=doc_id, title="Talks, and an attack", outlet=f"The {doc_id} Post", url=f"https://example.org/{doc_id}",
        published="2021-07-09T10:00:00", lang="en", sentences=sentences,
    )  # fmt: skip


def event(name: str, kind: str, actors: Any = (), recipients: Any = (), **more: Any) -> Event:
    """An event of a type, with what its type says of the rest."""
    found = ontology.types()[kind]
    modes = tuple(more.pop("modes", ()))
    fields: dict[str, Any] = {
        "status": "happened", "mentions": (), "date": "2021-07-08", "date_precision": "day",
        "quad_code": found.quad, "event_scale": found.scale(modes), "cameo": found.cameo_code(modes), "confidence": 0.8,
    }  # fmt: skip
    fields |= more
    return Event(name, kind, modes, fields.pop("contexts", ()), tuple(actors), tuple(recipients), **fields)


def merged(made: Event, *documents: str, copies: tuple[str, ...] = ()) -> MergedEvent:
    """The event with a report of it in each document."""
    reports = tuple(
        Report(d, made, f"The {d} Post", "2021-07-09", "d1" if d in copies else None) for d in documents or ("d1",)
    )
    return MergedEvent(f"m-{made.id}", made, reports)


def the_record() -> list[MergedEvent]:
    """Talks, an attack told twice, a promise, a protest, a thing without date or place, and a denial."""
    attack = event(
        "e2", "ASSAULT", [AFG_REB], [AFG_GOV], modes=["firearms"], place=KABUL, rule="attack",
        size=Size(dead=Count(12, None, None, "at least 12"), crowd=Count(None, None, None, "hundreds")),
        mentions=(EventMention(1, 2, "ASSAULT", words=(Span(38, 46),), rule="attack"),),
        according_to=(Actor("AFG", "COP", (), "police"),), contexts=("military",),
    )  # fmt: skip
    return [
        merged(event("e1", "CONSULT", [AFG_GOV, USA_MIL, UNO], place=KABUL)),
        merged(attack, "d1", "d2", copies=("d2",)),
        merged(event("e3", "RETREAT", [USA_MIL], [Actor("AFG")], modes=["withdraw"], status="future", date="2021-08")),
        merged(event("e4", "PROTEST", [Actor("IND", "CVL", (), "farmers;\tand others")], modes=["demo"])),
        merged(event("e5", "ACCUSE", [Actor(None, None, (), "a man")], [AFG_GOV], date=None, date_precision="unknown")),
        merged(event("e6", "ASSAULT", [AFG_REB], [USA_MIL], status="negated", modes=["aerial"])),
        merged(event("e7", "AID", [Actor("EUR")], [Actor("XKX", "GOV")], date="2021-W27", date_precision="week")),
    ]


_word = st.text(max_size=12)
_maybe = st.none() | _word
_float = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
_int = st.integers(-1, 10_000)


def _tuples(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


_candidates = st.builds(Candidate, _maybe, _maybe, _maybe, _word)
_actors = st.builds(
    Actor, _maybe, _maybe, _tuples(_word), _word, _maybe, _maybe, _maybe, _int, _int, _word, _tuples(_candidates, 1),
    _float,
)  # fmt: skip
_counts = st.builds(Count, st.none() | _int, st.none() | _int, st.none() | _int, _word)
_sizes = st.builds(Size, st.none() | _counts, st.none() | _counts, st.none() | _counts, st.none() | _counts)
_places = st.builds(
    Place, _int, _int, _word, _maybe, _maybe, st.none() | _float, st.none() | _float, st.none() | _int, _maybe, _maybe,
    _maybe, _word,
)  # fmt: skip
_precision = st.sampled_from(["day", "week", "month", "quarter", "year", "unknown"])
_kinds = st.sampled_from(sorted(ontology.types()))
_spans = st.builds(Span, _int, _int)
_mentions = st.builds(
    EventMention, sentence=_int, anchor=_int, event=_kinds, modes=_tuples(_word), actors=_tuples(_actors, 1),
    status=st.sampled_from(STATUSES), words=_tuples(_spans), rule=_word, cameo=_maybe, confidence=_float,
    reciprocal=st.booleans(), clause_tokens=_tuples(_int), date=_maybe, date_precision=_precision, due=_maybe,
    place=st.none() | _places, size=st.none() | _sizes, explanation=_tuples(_word),
)  # fmt: skip
events = st.builds(
    Event, id=_word, event=_kinds, modes=_tuples(_word), contexts=_tuples(_word), actors=_tuples(_actors),
    recipients=_tuples(_actors), status=st.sampled_from(STATUSES), mentions=_tuples(_mentions, 2), date=_maybe,
    enddate=_maybe, date_precision=_precision, place=st.none() | _places, size=st.none() | _sizes,
    according_to=_tuples(_actors, 1), quad_code=st.integers(1, 4), event_scale=_float, cameo=_maybe, confidence=_float,
    rule=_word, reason=_word,
)  # fmt: skip
_keys = st.tuples(_word, _word)
merged_events = st.builds(
    MergedEvent,
    id=_word,
    event=events,
    reports=_tuples(st.builds(Report, _word, events, _maybe, _maybe, _maybe, _maybe, _word), 2),
    joins=_tuples(st.builds(Join, _keys, _keys, _word, _float), 1),
    disputes=_tuples(st.builds(Dispute, _word, _tuples(st.builds(Claim, _word, _tuples(_word), _tuples(_word)))), 1),
    story=_maybe,
)
