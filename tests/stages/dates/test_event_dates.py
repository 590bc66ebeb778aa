"""The dates of events and the days promises are due, on parses written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legation.model import Document, EventMention, Sentence, Status, Token
from legation.stages.dates import find_dates

KILLED = (
    "Gunmen/NNS/nsubj/1 killed/VBD/ccomp/8 five/CD/nummod/3 soldiers/NNS/dobj/1 on/IN/prep/1 "
    "Tuesday/NNP/pobj/4 ,/,/punct/8 officials/NNS/nsubj/8 said/VBD/ROOT/8 Thursday/NNP/npadvmod/8 "
    "././punct/8"
)
CONDEMNED = (
    "The/DT/det/1 envoy/NN/nsubj/2 condemned/VBD/ROOT/2 Tuesday/NNP/poss/5 's/POS/case/3 "
    "attack/NN/dobj/2 on/IN/prep/5 the/DT/det/8 embassy/NN/pobj/6 ././punct/2"
)
MET = (
    "The/DT/det/2 two/CD/nummod/2 ministers/NNS/nsubj/3 met/VBD/ROOT/3 in/IN/prep/3 Vienna/NNP/pobj/4 "
    "last/JJ/amod/7 week/NN/npadvmod/3 and/CC/cc/3 signed/VBD/conj/3 a/DT/det/11 pact/NN/dobj/9 "
    "././punct/3"
)
ATTACKED = (
    "Rebels/NNPS/nsubj/1 attacked/VBD/ROOT/1 the/DT/det/3 base/NN/dobj/1 on/IN/prep/1 Monday/NNP/pobj/4 "
    ",/,/punct/1 killing/VBG/advcl/1 12/CD/nummod/9 soldiers/NNS/dobj/7 ././punct/1"
)
AGREED = (
    "The/DT/det/1 kingdom/NN/nsubj/2 agreed/VBD/ROOT/2 to/TO/aux/4 withdraw/VB/xcomp/2 its/PRP$/poss/6 "
    "troops/NNS/dobj/4 by/IN/prep/4 the/DT/det/9 end/NN/pobj/7 of/IN/prep/9 August/NNP/pobj/10 "
    "././punct/2"
)
VISIT = (
    "The/DT/det/1 premier/NN/nsubj/3 will/MD/aux/3 visit/VB/ROOT/3 Tokyo/NNP/dobj/3 on/IN/prep/3 "
    "Monday/NNP/pobj/5 ././punct/3"
)
THREATENED = (
    "Ankara/NNP/nsubj/1 threatened/VBD/ROOT/1 on/IN/prep/1 Thursday/NNP/pobj/2 to/TO/aux/5 "
    "close/VB/advcl/1 the/DT/det/7 border/NN/dobj/5 within/IN/prep/5 two/CD/nummod/10 weeks/NNS/pobj/8 "
    "././punct/1"
)
SINCE = (
    "Violence/NN/nsubj/2 has/VBZ/aux/2 risen/VBN/ROOT/2 since/IN/mark/6 the/DT/det/5 "
    "republic/NN/nsubj/6 announced/VBD/advcl/2 its/PRP$/poss/8 withdrawal/NN/dobj/6 ././punct/2"
)
DEADLINE = (
    "With/IN/prep/9 the/DT/det/4 August/NNP/nmod/4 31/CD/nummod/2 deadline/NN/pobj/0 near/RB/advmod/4 "
    ",/,/punct/9 the/DT/det/8 rebels/NNS/nsubj/9 gained/VBD/ROOT/9 ground/NN/dobj/9 ././punct/9"
)
TALKS = (
    "The/DT/det/1 minister/NN/nsubj/2 said/VBD/ROOT/2 on/IN/prep/2 Friday/NNP/pobj/3 that/IN/mark/8 "
    "the/DT/det/7 border/NN/nsubj/8 took/VBD/ccomp/2 up/RP/prt/8 much/JJ/dobj/8 of/IN/prep/10 "
    "the/DT/det/13 talks/NNS/pobj/11 ././punct/2"
)
HAD_KILLED = (
    "Police/NNS/nsubj/1 said/VBD/ROOT/1 on/IN/prep/1 Friday/NNP/pobj/2 that/IN/mark/7 "
    "gunmen/NNS/nsubj/7 had/VBD/aux/7 killed/VBN/ccomp/1 five/CD/nummod/9 soldiers/NNS/dobj/7 "
    "././punct/1"
)
BLOCKED = (
    "Protesters/NNS/nsubj/2 have/VBP/aux/2 blocked/VBN/ROOT/2 the/DT/det/4 road/NN/dobj/2 "
    "since/IN/prep/2 Monday/NNP/pobj/5 ././punct/2"
)
INVADED = (
    "The/DT/det/1 kingdom/NN/nsubj/2 invaded/VBD/ROOT/2 the/DT/det/4 island/NN/dobj/2 in/IN/prep/2 "
    "1974/CD/pobj/5 ././punct/2"
)
WOUNDED = (
    "Rebels/NNS/nsubj/1 killed/VBD/ROOT/1 12/CD/nummod/3 soldiers/NNS/dobj/1 and/CC/cc/1 wounded/VBD/conj/1 "
    "dozens/NNS/dobj/5 on/IN/prep/5 Thursday/NNP/pobj/7 ././punct/1"
)
HELD = (
    "The/DT/det/1 summit/NN/nsubjpass/3 was/VBD/auxpass/3 held/VBN/ROOT/3 from/IN/prep/3 "
    "June/NNP/pobj/4 5/CD/nummod/5 to/IN/prep/3 7/CD/pobj/7 ././punct/3"
)
PLAIN = "Gunmen/NNS/nsubj/1 killed/VBD/ROOT/1 five/CD/nummod/3 soldiers/NNS/dobj/1 ././punct/1"


def parsed(*parses: str, published: str | None = "2021-07-09") -> Document:
    """A report of one sentence a parse; the words are joined as in print."""
    text, sentences = "", []
    for index, parse in enumerate(parses):
        text += " " if text else ""
        start, tokens = len(text), []
        for place, word in enumerate(parse.split()):
            form, tag, dep, head = word.rsplit("/", 3)
            text += "" if place == 0 or form[0] in ".,'’" else " "
            at = len(text)
            text += form
            lemma = {"will": "will", "had": "have", "has": "have", "have": "have"}.get(
                form.lower(), form.lower()
            )
            tokens.append(Token(place, at, len(text), form, lemma, tag, dep, int(head)))
        sentences.append(Sentence(index, start, len(text), tokens=tuple(tokens)))
    return Document(text=text, published=published, sentences=tuple(sentences))


def mention(doc: Document, word: str, event: str, status: Status = "happened") -> EventMention:
    """A mention anchored on a word of the report, its clause being all tokens below it."""
    for sent in doc.sentences:
        for token in sent.tokens:
            if token.text == word:
                clause = tuple(t.index for t in sent.tokens)
                return EventMention(sent.index, token.index, event, status=status, clause_tokens=clause)
    raise AssertionError(f"no {word} in {doc.text}")


def dated(
    parse: str,
    word: str,
    event: str,
    status: Status = "happened",
    published: str | None = "2021-07-09",
    *more: str,
) -> EventMention:
    """The mention after the stage ran."""
    doc = parsed(parse, *more, published=published)
    return find_dates(replace(doc, event_mentions=(mention(doc, word, event, status),))).event_mentions[0]


@pytest.mark.parametrize(
    ("parse", "word", "event", "status", "date", "enddate", "precision"),
    [
        (KILLED, "killed", "ASSAULT", "happened", "2021-07-06", None, "day"),
        (CONDEMNED, "attack", "ASSAULT", "happened", "2021-07-06", None, "day"),
        # the date belongs to the attack, not to the condemnation
        (CONDEMNED, "condemned", "ACCUSE", "happened", "2021-07-09", None, "unknown"),
        (MET, "met", "CONSULT", "happened", "2021-W26", None, "week"),
        (MET, "signed", "SUPPORT", "happened", "2021-W26", None, "week"),
        (ATTACKED, "killing", "ASSAULT", "happened", "2021-07-05", None, "day"),
        (WOUNDED, "killed", "ASSAULT", "happened", "2021-07-08", None, "day"),
        (TALKS, "talks", "CONSULT", "happened", "2021-07-09", None, "day"),
        # what "had" happened was over before the day it was said
        (HAD_KILLED, "killed", "ASSAULT", "happened", "2021-07-09", None, "unknown"),
        (BLOCKED, "blocked", "PROTEST", "ongoing", "2021-07-05", None, "day"),
        (INVADED, "invaded", "ASSAULT", "historical", "1974", None, "year"),
        (HELD, "summit", "CONSULT", "happened", "2021-06-05", "2021-06-07", "day"),
        (PLAIN, "killed", "ASSAULT", "happened", "2021-07-09", None, "unknown"),
        (PLAIN, "killed", "ASSAULT", "historical", None, None, "unknown"),
        (PLAIN, "killed", "ASSAULT", "hypothetical", None, None, "unknown"),
        (SINCE, "announced", "CONCEDE", "happened", None, None, "unknown"),
        (VISIT, "visit", "CONSULT", "future", "2021-07-12", None, "day"),
        (AGREED, "agreed", "AGREE", "happened", "2021-07-09", None, "unknown"),
    ],
)
def test_an_event_has_the_date_its_clause_means_and_no_more(
    parse: str, word: str, event: str, status: Status, date: str | None, enddate: str | None, precision: str
) -> None:
    found = dated(parse, word, event, status)

    assert (found.date, found.enddate, found.date_precision) == (date, enddate, precision)
    assert found.date_reason


def test_a_date_not_said_is_the_publication_date_and_says_so() -> None:
    assert dated(PLAIN, "killed", "ASSAULT").date_reason == "not said: publication date"


def test_without_a_publication_date_a_relative_date_stays_relative_and_says_so() -> None:
    found = dated(KILLED, "killed", "ASSAULT", published=None)

    assert found.date is None
    assert "no publication date" in found.date_reason


@pytest.mark.parametrize(
    ("parse", "word", "event", "status", "due", "text"),
    [
        (AGREED, "agreed", "AGREE", "happened", "2021-08-31", "by the end of August"),
        (VISIT, "visit", "AGREE", "future", "2021-07-12", "on Monday"),
        (THREATENED, "threatened", "THREATEN", "happened", "2021-07-23", "within two weeks"),
        # no promise, nothing due
        (KILLED, "killed", "ASSAULT", "happened", None, None),
        (PLAIN, "killed", "THREATEN", "happened", None, None),
        (AGREED, "agreed", "CONSULT", "happened", None, None),
        (THREATENED, "threatened", "THREATEN", "negated", None, None),
    ],
)
def test_a_promise_is_due_on_the_day_its_words_give(
    parse: str, word: str, event: str, status: Status, due: str | None, text: str | None
) -> None:
    found = dated(parse, word, event, status)

    assert (found.due, found.due_text) == (due, text)


def test_a_deadline_in_the_next_sentence_belongs_to_the_withdrawal_announced_before() -> None:
    found = dated(SINCE, "announced", "CONCEDE", "happened", "2021-07-09", DEADLINE)

    assert (found.due, found.due_text) == ("2021-08-31", "August 31 deadline")


def test_a_deadline_in_the_next_sentence_is_not_given_to_a_killing() -> None:
    assert dated(PLAIN, "killed", "ASSAULT", "happened", "2021-07-09", DEADLINE).due is None


def test_a_deadline_two_sentences_on_is_too_far() -> None:
    assert dated(SINCE, "announced", "CONCEDE", "happened", "2021-07-09", PLAIN, DEADLINE).due is None


def test_a_passed_deadline_makes_nothing_due() -> None:
    assert dated(SINCE, "announced", "CONCEDE", "happened", "2021-10-01", DEADLINE).due is None
