"""What is read out of the forms of a clause, on hand-written parses: from a parse to an event, without a parser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import mention, sentence
from legation.model import Document, EventMention, Mention, Sentence
from legation.stages.clauses import find_clauses
from legation.stages.events import find_events

# Who the words of these sentences stand for: code, sector and what frames may ask for.
PEOPLE = {
    "kenya": ("KEN", "GOV", "state", "government"),
    "somalia": ("SOM", "GOV", "state", "government"),
    "troop": ("KEN", "MIL", "forces", "armed"),
    "rebel": ("SOM", "REB", "rebels", "armed"),
    "diplomat": ("SOM", "GOV", "official"),
    "expert": (None, "EDU", "person"),
}

VERBS = [
    ("Kenya/NNP/nsubj/1 expelled/VBD/ROOT/1 diplomats/NNS/dobj/1", "SANCTION/expel KEN>SOM"),
    (
        "Diplomats/NNS/nsubjpass/2 were/VBD/auxpass/2 expelled/VBN/ROOT/2 by/IN/agent/2 Kenya/NNP/pobj/3",
        "SANCTION/expel KEN>SOM",
    ),
    (
        "Diplomats/NNS/nsubj/4 expelled/VBN/acl/0 by/IN/agent/1 Kenya/NNP/pobj/2 left/VBD/ROOT/4",
        "SANCTION/expel KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/6 ,/,/punct/0 which/WDT/nsubj/3 expelled/VBD/relcl/0 diplomats/NNS/dobj/3 "
        ",/,/punct/0 voted/VBD/ROOT/6",
        "SANCTION/expel KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 came/VBD/ROOT/1 and/CC/cc/1 expelled/VBD/conj/1 diplomats/NNS/dobj/3",
        "SANCTION/expel KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 called/VBD/ROOT/1 off/RP/prt/1 talks/NNS/dobj/1 with/IN/prep/3 Somalia/NNP/pobj/4",
        "REJECT/meet KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/3 did/VBD/aux/3 not/RB/neg/3 expel/VB/ROOT/3 diplomats/NNS/dobj/3",
        "SANCTION/expel (negated) KEN>SOM",
    ),
    ("Kenya/NNP/nsubj/2 may/MD/aux/2 expel/VB/ROOT/2 diplomats/NNS/dobj/2", "SANCTION/expel (hypothetical) KEN>SOM"),
    ("Kenya/NNP/nsubj/2 is/VBZ/aux/2 bombing/VBG/ROOT/2 Somalia/NNP/dobj/2", "ASSAULT/explosives (ongoing) KEN>SOM"),
    (
        "Kenya/NNP/nsubj/1 seems/VBZ/ROOT/1 to/TO/aux/4 have/VB/aux/4 bombed/VBN/xcomp/1 Somalia/NNP/dobj/4",
        "ASSAULT/explosives KEN>SOM",
    ),
]

NOUNS = [
    (
        "Kenya/NNP/poss/2 's/POS/case/0 invasion/NN/nsubj/5 of/IN/prep/2 Somalia/NNP/pobj/3 began/VBD/ROOT/5",
        "ASSAULT KEN>SOM",
    ),
    (
        "The/DT/det/1 expulsion/NN/nsubj/6 of/IN/prep/1 diplomats/NNS/pobj/2 by/IN/prep/3 Kenya/NNP/pobj/4 "
        "continued/VBD/ROOT/6",
        "SANCTION/expel KEN>SOM",
    ),
    (
        "Talks/NNS/nsubj/5 between/IN/prep/0 Kenya/NNP/pobj/1 and/CC/cc/2 Somalia/NNP/conj/2 "
        "resumed/VBD/ROOT/5",
        "CONSULT KEN+SOM>",
    ),
    ("Kenya/NNP/nsubj/1 began/VBD/ROOT/1 talks/NNS/dobj/1 with/IN/prep/2 Somalia/NNP/pobj/3", "CONSULT KEN+SOM>"),
    ("Kenya/NNP/nsubj/1 imposed/VBD/ROOT/1 sanctions/NNS/dobj/1 on/IN/prep/2 Somalia/NNP/pobj/3", "SANCTION KEN>SOM"),
    (
        "Sanctions/NNS/nsubjpass/2 were/VBD/auxpass/2 imposed/VBN/ROOT/2 on/IN/prep/2 Somalia/NNP/pobj/3 "
        "by/IN/agent/2 Kenya/NNP/pobj/5",
        "SANCTION KEN>SOM",
    ),
    (
        "There/EX/expl/1 were/VBD/ROOT/1 clashes/NNS/attr/1 between/IN/prep/2 troops/NNS/pobj/3 and/CC/cc/4 "
        "rebels/NNS/conj/4",
        "ASSAULT KEN+SOM>",
    ),
    (
        "Troops/NNS/nsubj/1 launched/VBD/ROOT/1 a/DT/det/3 series/NN/dobj/1 of/IN/prep/3 attacks/NNS/pobj/4 "
        "on/IN/prep/5 rebels/NNS/pobj/6",
        "ASSAULT KEN>SOM",
    ),
]

OPERATORS = [
    (
        "Kenya/NNP/nsubj/1 promised/VBD/ROOT/1 to/TO/aux/3 bomb/VB/xcomp/1 Somalia/NNP/dobj/3",
        "THREATEN/violence KEN>SOM",
    ),
    ("Kenya/NNP/nsubj/1 agreed/VBD/ROOT/1 to/TO/aux/3 meet/VB/xcomp/1 Somalia/NNP/dobj/3", "AGREE KEN>SOM"),
    ("Kenya/NNP/nsubj/1 plans/VBZ/ROOT/1 to/TO/aux/3 meet/VB/xcomp/1 Somalia/NNP/dobj/3", "AGREE KEN+SOM>"),
    (
        "Kenya/NNP/nsubj/1 announced/VBD/ROOT/1 the/DT/det/3 expulsion/NN/dobj/1 of/IN/prep/3 "
        "diplomats/NNS/pobj/4",
        "SANCTION/expel (future) KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 said/VBD/ROOT/1 rebels/NNS/nsubj/3 attacked/VBD/ccomp/1 troops/NNS/dobj/3",
        "ASSAULT SOM>KEN",
    ),
    (
        "Kenya/NNP/nsubj/1 threatened/VBD/ROOT/1 to/TO/aux/3 bomb/VB/xcomp/1 Somalia/NNP/dobj/3",
        "THREATEN/violence KEN>SOM",
    ),
    ("Kenya/NNP/nsubj/1 refused/VBD/ROOT/1 to/TO/aux/3 meet/VB/xcomp/1 Somalia/NNP/dobj/3", "REJECT/meet KEN>SOM"),
    (
        "Kenya/NNP/nsubj/1 rejected/VBD/ROOT/1 talks/NNS/dobj/1 with/IN/prep/2 Somalia/NNP/pobj/3",
        "REJECT/meet KEN>SOM",
    ),
    ("Kenya/NNP/nsubj/1 denied/VBD/ROOT/1 bombing/VBG/xcomp/1 Somalia/NNP/dobj/2", "REJECT KEN>"),
    (
        "Kenya/NNP/nsubj/1 urged/VBD/ROOT/1 Somalia/NNP/dobj/1 to/TO/aux/4 free/VB/xcomp/1 "
        "diplomats/NNS/dobj/4",
        "REQUEST/yield KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 ordered/VBD/ROOT/1 troops/NNS/dobj/1 to/TO/aux/4 bomb/VB/xcomp/1 "
        "Somalia/NNP/dobj/4",
        "ASSAULT/aerial KEN>SOM",
    ),
    ("Kenya/NNP/nsubj/1 resumed/VBD/ROOT/1 talks/NNS/dobj/1 with/IN/prep/2 Somalia/NNP/pobj/3", "CONSULT KEN+SOM>"),
    (
        "Kenya/NNP/nsubj/1 allowed/VBD/ROOT/1 diplomats/NNS/nsubj/4 to/TO/aux/4 visit/VB/ccomp/1 "
        "Somalia/NNP/dobj/4",
        "RETREAT/access KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 voted/VBD/ROOT/1 to/TO/aux/3 impose/VB/xcomp/1 sanctions/NNS/dobj/3 on/IN/prep/3 "
        "Somalia/NNP/pobj/5",
        "SANCTION (future) KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 foiled/VBD/ROOT/1 an/DT/det/3 attack/NN/dobj/1 by/IN/prep/3 rebels/NNS/pobj/4",
        "ASSAULT (attempted) SOM>",
    ),
    (
        "Rebels/NNS/nsubj/1 tried/VBD/ROOT/1 to/TO/aux/3 attack/VB/xcomp/1 troops/NNS/dobj/3",
        "ASSAULT (attempted) SOM>KEN",
    ),
    (
        "Rebels/NNS/nsubj/1 failed/VBD/ROOT/1 to/TO/aux/3 attack/VB/xcomp/1 troops/NNS/dobj/3",
        "ASSAULT (negated) SOM>KEN",
    ),
    (
        "Kenya/NNP/nsubj/1 suspended/VBD/ROOT/1 talks/NNS/dobj/1 with/IN/prep/2 Somalia/NNP/pobj/3",
        "SANCTION/discontinue KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 cancelled/VBD/ROOT/1 talks/NNS/dobj/1 with/IN/prep/2 Somalia/NNP/pobj/3",
        "REJECT/meet KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 considered/VBD/ROOT/1 sanctions/NNS/dobj/1 on/IN/prep/2 Somalia/NNP/pobj/3",
        "SANCTION (hypothetical) KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 condemned/VBD/ROOT/1 an/DT/det/3 attack/NN/dobj/1 by/IN/prep/3 rebels/NNS/pobj/4",
        "ACCUSE/disapprove KEN>SOM",
    ),
    (
        "Kenya/NNP/nsubj/1 said/VBD/ROOT/1 Somalia/NNP/nsubj/4 must/MD/aux/4 free/VB/ccomp/1 "
        "diplomats/NNS/dobj/4",
        "REQUEST/yield KEN>SOM",
    ),
]

NOTHING = [
    ("The/DT/det/1 museum/NN/nsubj/2 opened/VBD/ROOT/2 after/IN/prep/2 the/DT/det/5 war/NN/pobj/3", None),
    ("Kenya/NNP/nsubj/1 refused/VBD/ROOT/1 to/TO/aux/3 bomb/VB/xcomp/1 Somalia/NNP/dobj/3", None),
    ("Somalia/NNP/nsubj/1 played/VBD/ROOT/1 Kenya/NNP/dobj/1", None),
    ("Kenya/NNP/nsubj/1 declined/VBD/ROOT/1 to/TO/aux/3 comment/VB/xcomp/1", None),
    ("Experts/NNS/nsubj/1 wrote/VBD/ROOT/1 about/IN/prep/1 talks/NNS/pobj/2 on/IN/prep/3 sanctions/NNS/pobj/4", None),
]


def read(parse: str, kind: str = "body") -> list[str]:
    """The events of a parse, a line each: "ASSAULT (negated) SOM>KEN"."""
    text, sent = sentence(parse)
    sent = replace(sent, kind="title") if kind == "title" else sent
    found = find_events(find_clauses(Document(text, sentences=(sent,), mentions=_mentions(parse, sent))))
    return [_line(m) for m in found.event_mentions]


def _mentions(parse: str, sent: Sentence) -> tuple[Mention, ...]:
    known = [(t.index, PEOPLE[t.lemma.lower()]) for t in sent.tokens if t.lemma.lower() in PEOPLE]
    return tuple(mention(parse, index, code, sector, *map(str, classes)) for index, (code, sector, *classes) in known)


def _line(event: EventMention) -> str:
    name = "/".join((event.event, *event.modes))
    status = "" if event.status == "happened" else f" ({event.status})"
    sides = ("+".join(a.code or "?" for a in side) for side in (event.actors, event.recipients))
    return f"{name}{status} {'>'.join(sides)}"


@pytest.mark.parametrize(("parse", "expected"), [*VERBS, *NOUNS])
def test_who_does_what_to_whom_is_read_in_every_form(parse: str, expected: str) -> None:
    assert read(parse) == [expected]


@pytest.mark.parametrize(("parse", "expected"), [*OPERATORS])
def test_an_operator_makes_another_act_of_it(parse: str, expected: str) -> None:
    assert read(parse) == [expected]


@pytest.mark.parametrize("parse", [parse for parse, _ in NOTHING])
def test_what_is_refused_referred_to_or_played_is_no_event(parse: str) -> None:
    assert read(parse) == []


TO_BOMB = "Kenya/NNP/nsubj/2 to/TO/aux/2 bomb/VB/ROOT/2 Somalia/NNP/dobj/2"
LIST = "Kenya/NNP/nsubj/3 ,/,/punct/0 Somalia/NNP/appos/0 hold/VBP/ROOT/3 talks/NNS/dobj/3"


def test_to_on_a_main_verb_with_a_subject_is_the_future() -> None:
    assert read(TO_BOMB, "title") == ["ASSAULT/explosives (future) KEN>SOM"]
    assert read(TO_BOMB) == ["ASSAULT/explosives (future) KEN>SOM"]


def test_a_comma_joins_two_subjects_in_a_headline_only() -> None:
    assert read(LIST, "title") == ["CONSULT KEN+SOM>"]
    assert read(LIST) == ["CONSULT KEN>"]


def test_who_says_it_after_the_act_is_kept() -> None:
    parse = (
        "Rebels/NNS/nsubj/1 attacked/VBD/ccomp/4 troops/NNS/dobj/1 ,/,/punct/4 said/VBD/ROOT/4 Kenya/NNP/nsubj/4"
    )
    text, sent = sentence(parse)
    doc = find_events(find_clauses(Document(text, sentences=(sent,), mentions=_mentions(parse, sent))))

    assert [[a.code for a in m.according_to] for m in doc.event_mentions] == [["KEN"]]
