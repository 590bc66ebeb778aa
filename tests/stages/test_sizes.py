"""How many: numbers of people in sentences written for this, and the events they belong to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legation.model import Count, Document, EventMention, Sentence, Size, Token
from legation.stages.sizes import counts_in, find_sizes


def counted(text: str) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(f.kind, f.count.low, f.count.best, f.count.high) for f in counts_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed at least 12 people.", [("dead", 12, 12, None)]),
        ("Twelve soldiers were killed.", [("dead", 12, 12, 12)]),
        ("Three villagers, including a boy, were killed.", [("dead", 3, 3, 3)]),
        ("The raid left 7 dead and 20 wounded.", [("dead", 7, 7, 7), ("injured", 20, 20, 20)]),
        ("The death toll rose to 1,215 on Monday.", [("dead", 1215, 1215, 1215)]),
        ("A mine went off, killing dozens.", [("dead", 24, None, 99)]),
        ("Shelling killed scores of civilians.", [("dead", 40, None, 199)]),
        ("More than 300 people have died.", [("dead", 300, 300, None)]),
        ("Up to 40 rebels were killed.", [("dead", None, None, 40)]),
        ("Nearly 100 people were killed.", [("dead", 90, 100, 100)]),
        ("About 50 people were hurt.", [("injured", 45, 50, 55)]),
        ("Between 10 and 15 guards were wounded.", [("injured", 10, None, 15)]),
        ("Police arrested 12 or 13 activists.", [("arrested", 12, None, 13)]),
        ("Police detained a journalist.", [("arrested", 1, 1, 1)]),
        ("Forty-two students were detained.", [("arrested", 42, 42, 42)]),
        ("Troops rounded up hundreds of men.", [("arrested", 200, None, 999)]),
        ("Some 20,000 protesters marched.", [("crowd", 18000, 20000, 22000)]),
        ("Tens of thousands of people marched.", [("crowd", 20000, None, 99999)]),
        ("Several thousand workers went on strike.", [("crowd", 3000, None, 9000)]),
        ("Nearly 2.5 million people joined the march.", [("crowd", 2250000, 2500000, 2500000)]),
        ("The rally drew 5,000 people.", [("crowd", 5000, 5000, 5000)]),
        ("A crowd of about 500 gathered.", [("crowd", 450, 500, 550)]),
        ("A dozen protesters were arrested.", [("arrested", 12, 12, 12)]),
        ("Police arrested 14 businessmen.", [("arrested", 14, 14, 14)]),
        ("On Sunday 500 people march through the city.", [("crowd", 500, 500, 500)]),
        ("On 27 March rebels attacked and 6 citizens were killed.", [("dead", 6, 6, 6)]),
        # lists are added up
        ("A blast killed 13 guards and 79 Kenyans.", [("dead", 92, 92, 92)]),
        ("A blast killed 3 soldiers, two policemen and a child.", [("dead", 6, 6, 6)]),
        ("Three soldiers, two policemen and a child were killed.", [("dead", 6, 6, 6)]),
        ("Ten Kenyans and four Ugandans were killed.", [("dead", 14, 14, 14)]),
        ("Two nuns and the driver of a bus were killed.", [("dead", 3, 3, 3)]),
        ("The fire killed as many as 170 people besides 13 guards.", [("dead", 13, None, 183)]),
        ("The blast killed five people and 12 others were hurt.", [("dead", 5, 5, 5), ("injured", 12, 12, 12)]),
        ("The blast killed two boys and a passing car was damaged.", [("dead", 2, 2, 2)]),
        ("It killed ten people, including three children.", [("dead", 10, 10, 10)]),
        ("Ten villagers, three of them children, were killed.", [("dead", 10, 10, 10)]),
        ("It killed 12 people and two days later the army struck back.", [("dead", 12, 12, 12)]),
        ("It killed at least three people, two witnesses said.", [("dead", 3, 3, None)]),
        # a toll that rises
        ("The toll has risen to at least 85.", [("dead", 85, 85, None)]),
        ("The number of people killed in the landslide has risen to 85.", [("dead", 85, 85, 85)]),
        ("The number of injured rose to 140.", [("injured", 140, 140, 140)]),
        # a group without a word for people
        ("More than 40 Maoists had been killed.", [("dead", 40, 40, None)]),
        ("Two members of the gang died and one was wounded.", [("dead", 2, 2, 2), ("injured", 1, 1, 1)]),
        # days of the month, and those who kill
        ("The strike of August 29 killed ten villagers.", [("dead", 10, 10, 10)]),
        ("A squad of 12 killed five rebels.", [("dead", 5, 5, 5)]),
        ("Rebels killed four guards and took two officers hostage.", [("dead", 4, 4, 4)]),
        # no people, or no number of them
        ("Frost killed 12 cattle.", []),
        ("He was killed in 2014.", []),
        ("No one was killed.", []),
        ("The strike cost $300 million.", []),
        ("Killing is wrong, said 12 bishops.", []),
        ("The ministers held 12 meetings.", []),
        ("Prices rose by 40 percent.", []),
        ("The blast killed the governor.", []),
        ("Police arrested 30 percent more last year.", []),
    ],
)
def test_people_are_counted_as_the_report_gives_them(
    text: str, expected: list[tuple[str, int | None, int | None, int | None]]
) -> None:
    assert counted(text) == expected


def report(text: str, *events: tuple[str, int, tuple[int, ...]], status: str = "happened") -> Document:
    """One sentence of words between blanks, and mentions by type, anchor and clause."""
    tokens, at = [], 0
    for index, word in enumerate(text.split(" ")):
        tokens.append(Token(index, at, at + len(word), word, word.lower(), "NN", "dep", 0))
        at += len(word) + 1
    sentence = Sentence(0, 0, len(text), tokens=tuple(tokens))
    mentions = tuple(
        EventMention(0, anchor, event, clause_tokens=clause, status=status)  # type: ignore[arg-type]
        for event, anchor, clause in events
    )
    return Document(text=text, sentences=(sentence,), event_mentions=mentions)


def test_a_count_goes_to_the_clause_it_stands_in() -> None:
    doc = find_sizes(
        report(
            "Rebels killed 5 guards and soldiers killed 9 rebels",
            ("ASSAULT", 1, (0, 1, 2, 3)),
            ("ASSAULT", 6, (5, 6, 7, 8)),
        )
    )

    assert [m.size for m in doc.event_mentions] == [
        Size(dead=Count(5, 5, 5, "5")),
        Size(dead=Count(9, 9, 9, "9")),
    ]


def test_the_dead_are_the_assaults_and_the_arrested_the_coercions() -> None:
    doc = find_sizes(
        report(
            "Police killed 2 people and arrested 30 people at a march of 500 people",
            ("ASSAULT", 1, (0, 1, 3)),
            ("COERCE", 5, (0, 5, 7)),
            ("PROTEST", 10, (10,)),
        )
    )

    assert [m.size for m in doc.event_mentions] == [
        Size(dead=Count(2, 2, 2, "2")),
        Size(arrested=Count(30, 30, 30, "30")),
        Size(crowd=Count(500, 500, 500, "500")),
    ]


@pytest.mark.parametrize("event", ["CONSULT", "AID", "AGREE"])
def test_talks_have_no_dead(event: str) -> None:
    doc = report("They met after a blast killed 5 people", (event, 1, (0, 1)))

    assert find_sizes(doc) == doc


def test_an_attack_to_come_has_killed_nobody() -> None:
    doc = report("They will kill 5 people", ("ASSAULT", 2, (0, 1, 2, 3, 4)), status="future")

    assert find_sizes(doc).event_mentions[0].size is None


def test_sizing_twice_adds_nothing() -> None:
    once = find_sizes(report("A blast killed 5 people", ("ASSAULT", 2, (0, 1, 2, 3, 4))))

    assert find_sizes(once) == once


def test_a_mention_of_no_sentence_is_left_alone() -> None:
    doc = report("A blast killed 5 people", ("ASSAULT", 2, ()))
    lost = replace(doc, event_mentions=(replace(doc.event_mentions[0], sentence=9),))

    assert find_sizes(lost) == lost
