"""A small record made by hand, so that the pages can be tested without a parser; some of it is hostile."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from legation.keeping import Keeper, open_store
from legation.knowledge import ontology
from legation.model import (
    Actor,
    Count,
    Document,
    Event,
    EventMention,
    Mention,
    Place,
    Pledge,
    Quote,
    Sentence,
    Size,
    Span,
    TimeExpression,
)
from legation.record import Query
from legation.situations.situation import Situation, to_plain
from legation.store import Store

ABOUT = {"name": "legation", "version": "0", "knowledge": "k", "model": "none"}
HOSTILE = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>\"'><svg onload=window.hacked=3>"
IND, RUS, CHN, PAK = "IND", "RUS", "CHN", "PAK"
PLACES = {
    "Moscow": ("RUS", 55.75, 37.62), "Delhi": ("IND", 28.65, 77.23), "Lahore": ("PAK", 31.55, 74.34),
    "Kabul": ("AFG", 34.53, 69.17), "Beijing": ("CHN", 39.91, 116.40),
}  # fmt: skip
# (day, type, modes, actor, recipient, place, sentence, words)
TOLD = [
    ("2021-07-01", "CONSULT", ("visit",), IND, RUS, "Moscow", "India held talks with Russia in Moscow.", "held talks"),
    ("2021-07-02", "ACCUSE", ("disapprove",), IND, PAK, "Delhi", "India condemned Pakistan in Delhi.", "condemned"),
    ("2021-07-03", "REJECT", (), PAK, IND, "Lahore", "Pakistan rejected the words of India in Lahore.", "rejected"),
    ("2021-07-04", "ASSAULT", ("aerial",), PAK, IND, "Lahore", "Pakistan bombed a post of India in Lahore.", "bombed"),
    ("2021-07-05", "AID", (), RUS, IND, "Delhi", "Russia sent medicine to India in Delhi.", "sent"),
    ("2021-07-06", "AGREE", (), RUS, IND, "Moscow", "Russia promised to visit India by July 20.", "promised to visit"),
    ("2021-07-07", "THREATEN", ("violence",), PAK, IND, "Lahore", "Pakistan threatened India with war.", "threatened"),
    ("2021-07-08", "SANCTION", ("expel",), IND, PAK, "Delhi", "India expelled two diplomats of Pakistan.", "expelled"),
    ("2021-07-09", "PROTEST", ("demo",), CHN, PAK, "Beijing", "Crowds in China marched against Pakistan.", "marched"),
    ("2021-07-10", "RETREAT", ("withdraw",), PAK, IND, "Lahore", "Pakistan withdrew its guards.", "withdrew"),
    ("2021-07-11", "COOPERATE", (), IND, RUS, "Delhi", "India trained with Russia near Delhi.", "trained"),
    ("2021-07-12", "MOBILIZE", ("troops",), CHN, IND, "Beijing", "China moved troops towards India.", "moved troops"),
]  # fmt: skip
_NAMES = {IND: "India", RUS: "Russia", CHN: "China", PAK: "Pakistan"}


def small_store(path: Path) -> Store:
    """The record in a new file: two dozen documents of three outlets, and a situation."""
    store = open_store(path)
    documents = [report(n, outlet) for n in range(len(TOLD)) for outlet in ("Harbour Courier", "Hill Gazette")]
    Keeper(store).add([*documents, hostile()], ABOUT)
    store.save("situation", "india", to_plain(Situation("india", Query(actors=("IND",)), "India and its neighbours")))
    return store


def report(number: int, outlet: str) -> Document:
    """One report of one event, with a quote."""
    day, kind, modes, actor, recipient, town, sentence, words = TOLD[number]
    said = "We will not forget this day"
    speaker = f"Minister {number} of {_NAMES[actor]}"
    text = f"{outlet} report {number}\n\n{sentence} “{said},” {speaker} said.\n\nREAD ALSO: nothing of note"
    doc = _document(text, f"{outlet.split()[0].lower()}/{day}.txt", f"{outlet} report {number}", outlet, day)
    at = text.index(sentence)
    who = [_actor(code, text, at) for code in (actor, recipient)]
    start = text.index(words, at)
    told = EventMention(
        1, 0, kind, modes, (who[0],), (who[1],), words=(Span(start, start + len(words)),), rule=f"rule-{number}",
        confidence=0.3 + number / 20, explanation=(f"frame rule-{number} on '{words}'",), date=day,
        date_precision="day",
    )  # fmt: skip
    types = ontology.types()[kind]
    place = _place(town, text)
    event = Event(
        f"e{number}", kind, modes, ("diplomatic",), (who[0],), (who[1],), "happened", (told,), date=day,
        date_precision="day", place=place, size=Size(dead=Count(3, 3, 3, "three")) if kind == "ASSAULT" else None,
        quad_code=types.quad, event_scale=types.scale(modes), cameo=types.cameo_code(modes),
        confidence=told.confidence, rule=told.rule,
    )  # fmt: skip
    begins = text.index(said)
    quote = Quote(begins, begins + len(said), said, "direct", None, replace(who[0], start=-1, end=-1), sentence=2)
    pledges = (Pledge(event.id, "2021-07-20", "by July 20"),) if kind == "AGREE" else ()
    mentions = tuple(Mention(a.start, a.end, 1, 0, "name", (a,)) for a in who if a.start >= 0)
    return replace(
        doc, events=(event,), event_mentions=(told,), quotes=(quote,), pledges=pledges, mentions=mentions,
        places=(place,) if place else (),
        dates=(TimeExpression(at, at + 3, text[at : at + 3], day, "DATE", day, day),),
        furniture=(Span(text.index("READ ALSO"), len(text)),),
    )  # fmt: skip


def hostile() -> Document:
    """A report in which every field tries to run a script."""
    text = f"{HOSTILE} met {HOSTILE}."
    doc = _document(text, f"bad/{HOSTILE}", HOSTILE, HOSTILE, "2021-07-12")
    actor = Actor(None, None, (), HOSTILE, HOSTILE, HOSTILE, HOSTILE, 0, len(HOSTILE), HOSTILE)
    place = Place(0, 5, HOSTILE, HOSTILE, None, 10.0, 10.0, reason=HOSTILE, precision="city")
    told = EventMention(
        0, 0, "CONSULT", (), (actor,), (actor,), words=(Span(len(HOSTILE) + 1, len(HOSTILE) + 4),), rule=HOSTILE,
        explanation=(HOSTILE,), date_reason=HOSTILE, place_reason=HOSTILE, place=place, date="2021-07-12",
    )  # fmt: skip
    event = Event(
        "bad", "CONSULT", (HOSTILE,), (HOSTILE,), (actor,), (actor,), "happened", (told,), date="2021-07-12",
        date_precision="day", place=place, according_to=(actor,), confidence=0.2, rule=HOSTILE, reason=HOSTILE,
        size=Size(dead=Count(None, None, None, HOSTILE)),
    )  # fmt: skip
    quote = Quote(0, 10, HOSTILE, "direct", None, actor, actor, 0)
    return replace(
        doc, url="javascript:window.hacked=4", events=(event,), event_mentions=(told,), quotes=(quote,),
        places=(place,),
        mentions=(Mention(0, len(HOSTILE), 0, 0, "name", (actor,)),), pledges=(Pledge("bad", "2021-07-20", HOSTILE),),
        dates=(TimeExpression(0, 3, HOSTILE, "2021", "DATE", "2021-07-12", "2021-07-12", HOSTILE),),
    )  # fmt: skip


def _document(text: str, name: str, title: str, outlet: str, day: str) -> Document:
    spans = [m.span() for m in re.finditer(r"[^\n“”]+?(?:\.(?= |\n|$)|(?=\n|$))|“[^\n]+", text) if m[0].strip()]
    sentences = tuple(Sentence(n, start, end) for n, (start, end) in enumerate(spans))
    url = f"https://{outlet[:3].lower()}.example/{day}"
    return Document(text, name, title, outlet, url, day, "en", sentences=sentences)


def _actor(code: str, text: str, at: int) -> Actor:
    start = text.find(_NAMES[code], at)
    end = start + len(_NAMES[code]) if start >= 0 else -1
    return Actor(code, "GOV", (), _NAMES[code], start=start, end=end, reason=f"state '{_NAMES[code]}'")


def _place(town: str, text: str) -> Place | None:
    country, lat, lon = PLACES[town]
    start = text.find(town)
    if start < 0:
        return Place(-1, -1, town, town, country, lat, lon, kind="city", precision="city")
    return Place(start, start + len(town), town, town, country, lat, lon, kind="city", precision="city")
