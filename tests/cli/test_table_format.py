"""The table is for readers: who, to whom, where, when, and the sentence with its words marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legation.cli.table import WIDTH, show
from legation.model import Actor, Candidate, Count, Document, Event, EventMention, Place, Sentence, Size, Span

TEXT = (
    "Norway's minister met\nthe Kenyan envoy in Bergen, "
    "which had waited for a long and cold week of talks there."
)


def _doc(**more: object) -> Document:
    start = TEXT.index("met")
    told = EventMention(0, 2, "CONSULT", words=(Span(start, start + 3),), rule="meet")
    event = Event(
        "e", "CONSULT", ("visit",), (), (Actor("NOR", "GOV", (), "Norway's minister", "Anna Berg"),),
        (Actor(None, None, (), "the Kenyan\nenvoy"),), "happened", (told, told), "2024-02-05", "2024-02-07",
        "day", Place(0, 0, "Bergen", "Bergen", "NOR"), Size(dead=Count(3, None, 5, "3 to 5")),
        (Actor("KEN", "GOV", (), "Kenya"),), rule="meet",
    )  # fmt: skip
    event = replace(event, **more)  # type: ignore[arg-type]
    return Document(
        TEXT,
        id="r1",
        title="Envoy received",
        published="2024-02-08",
        sentences=(Sentence(0, 0, len(TEXT)),),
        events=(event,),
    )


def test_a_document_reads_as_a_heading_and_its_events() -> None:
    assert show(_doc()) == (
        "Envoy received\n"
        "r1, 2024-02-08\n"
        "\n"
        "  1  CONSULT / visit  happened\n"
        "     who           NOR GOV  Anna Berg\n"
        "     to whom       ?  the Kenyan envoy\n"
        "     where         Bergen (NOR)\n"
        "     when          2024-02-05 to 2024-02-07\n"
        "     how many      3 to 5 dead\n"
        "     according to  KEN GOV  Kenya\n"
        "     Norway's minister *met* the Kenyan envoy in Bergen, which had waited for a long and cold week\n"
        "     of talks there.\n"
        "     (told in 2 places)\n"
        "\n"
    )


def test_what_is_not_known_has_no_row() -> None:
    table = show(_doc(recipients=(), place=None, date=None, enddate=None, size=None, according_to=()))

    for label in ("to whom", "where", "when  ", "how many", "according to"):
        assert label not in table


def test_lines_stay_within_the_width() -> None:
    many = tuple(Actor("NOR", "GOV", (), f"the minister of a long name {n}") for n in range(9))

    for width in (60, WIDTH):
        assert max(map(len, show(_doc(actors=many), width=width).splitlines())) <= width


def test_colour_only_when_asked_for() -> None:
    assert "\x1b[" in show(_doc(), colour=True)
    assert "*met*" not in show(_doc(), colour=True)
    assert "\x1b[" not in show(_doc())


def test_a_report_cannot_send_commands_to_the_terminal() -> None:
    doc = replace(_doc(), text=TEXT.replace("Kenyan", "\x1b[2Jan"), title="[bold]\x1b]0;x\x07")

    table = show(doc)

    assert "\x1b" not in table
    assert "[bold]" in table


@pytest.mark.parametrize(
    ("count", "reads"),
    [
        (Count(12, None, None, "at least 12"), "at least 12 dead"),
        (Count(None, None, 9, "up to 9"), "at most 9 dead"),
        (Count(4, 4, 4, "four"), "4 dead"),
        (Count(None, None, None, "dozens"), "dozens dead"),
    ],
)
def test_a_number_is_no_surer_than_the_report(count: Count, reads: str) -> None:
    assert reads in show(_doc(size=Size(dead=count)))


def test_words_side_by_side_are_marked_as_one() -> None:
    start = TEXT.index("met")
    words = tuple(Span(start + a, start + b) for a, b in ((8, 14), (0, 3), (4, 7), (1, 2)))
    told = EventMention(0, 2, "CONSULT", words=words, rule="meet")

    assert "minister *met the Kenyan* envoy" in show(_doc(mentions=(told,)))


def test_several_actors_stand_below_each_other_and_doubt_is_shown() -> None:
    doubtful = Actor(
        None, "REB", (), "the rebels", candidates=(Candidate("MLI", "REB"), Candidate("NER", None))
    )

    table = show(_doc(actors=(Actor("FRA", None, (), "Paris"), doubtful)))

    assert "     who           FRA  Paris\n                   MLI REB or NER  the rebels\n" in table


def test_a_document_without_events_says_so() -> None:
    assert "No events found." in show(Document("Quiet.", id="q"))
    assert show(Document("Quiet.")).startswith("A report without a name")
