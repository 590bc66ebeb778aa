"""The texts that are measured: conflict news out of examples/, and a stream of which 70 of 100 are of other things.

Everything is made by counting, so two runs measure the same words. No two reports are the same text: each of
conflict has a line of its own, and the others are put together anew from what weather, sport, business and
cooking pages are made of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from random import Random

from legation.model import Document

HOME = Path(__file__).resolve().parents[1]
_IRRELEVANT = 7  # of ten in the mixed stream

_TOWNS = "Ashby Corven Dunmore Eltham Fairholt Garlow Harnby Ilverton Kelso Lorne Marwick Norbury Oakham Penley".split()
_NAMES = "Baker Cole Dawson Ellis Frost Grant Hale Irwin Jarvis Keane Lowe Mercer Nolan Osman Price Quinn".split()
_PAGES: dict[str, tuple[str, ...]] = {
    "weather": (
        "Rain will spread from the west over {town} by the evening, with {n} millimetres expected on the hills.",
        "Temperatures reach {n} degrees in the sheltered valleys, a little less along the coast.",
        "A ridge of high pressure builds on Thursday and brings dry and mild air from the south.",
        "Night frost is likely in {town} and on the lower slopes, so gardeners should cover tender plants.",
        "The wind turns to the north-west and freshens, gusting to {n} kilometres an hour on exposed ground.",
        "Sunny spells and scattered showers follow at the weekend, the forecasters of the {town} station wrote.",
        "Fog patches in the morning clear slowly; drizzle may linger around {town} until noon.",
        "The pollen count stays high, and the sea is {n} degrees warm at the harbour.",
    ),
    "football": (
        "{town} United beat {other} Rovers by three goals to one in front of {n} hundred spectators.",
        "Striker {name} scored in the {n}th minute after a long pass from midfield and a fine first touch.",
        "The goalkeeper parried two shots before half-time, and the crossbar denied {name} a second goal.",
        "Manager {name} praised his defence and the young winger who came on as a substitute.",
        "{other} had the better of the second half but could not find an equaliser in stoppage time.",
        "The league table now shows {town} in fourth place, {n} points behind the leaders.",
        "Midfielder {name} was booked for a late tackle and misses the next match of the season.",
        "The coach said the players had trained well and the squad looked fresh in the final minutes.",
    ),
    "business": (
        "Shares of {name} Holdings rose {n} percent after the retailer reported higher quarterly profit.",
        "Revenue grew to {n} million euros as customers bought more garden furniture and paint.",
        "The chief executive of {name} Foods said margins had recovered and costs were lower than a year before.",
        "Analysts had expected earnings of {n} cents a share; the stock closed at its highest since spring.",
        "The company plans to open {n} shops in and around {town} and to hire staff for its warehouse.",
        "{name} Bank lowered its interest rate on savings accounts and raised the fee for overdrafts.",
        "A dividend of {n} cents will be paid to shareholders in June, the board of {name} Holdings decided.",
        "Sales of used cars fell in {town}, the dealers' index showed, while demand for bicycles stayed strong.",
    ),
    "cooking": (
        "Heat the oven to {n} degrees and butter a round baking tin of medium size.",
        "Whisk the eggs with the sugar until the mixture is pale, then fold in the sifted flour.",
        "Chop two onions and a clove of garlic, and soften them in olive oil over low heat.",
        "Add the tomatoes, a pinch of salt and {n} grams of lentils, and simmer until tender.",
        "Let the dough rest under a damp cloth for {n} minutes before rolling it out thinly.",
        "Grate the lemon peel, squeeze the juice and stir both into the cream with a wooden spoon.",
        "Cook {name}, whose kitchen in {town} seats twelve, serves the soup with toasted bread and parsley.",
        "Bake for {n} minutes, until a skewer comes out clean, and cool on a wire rack.",
    ),
}

# A report of one sentence each, for streams that are long rather than heavy.
_ACTS = (
    "{country} expelled {few} {other} diplomats on {day}, case {n}.",
    "Rebels attacked the village of {town} on {day}, killing {few} people, the army said in order {n}.",
    "President {name} met the {other} foreign minister in {town} on {day} for round {n} of the talks.",
    "Police arrested opposition leader {name} and {few} others in {town} on {day}, file {n}.",
    "On {day} thousands of students protested in {town} against the government of {country}; photograph {n}.",
    "{name}, a spokesman of the government of {country}, condemned the {other} air strike on {town} in note {n}.",
    "{country} and {other} envoys signed an agreement on water in {town} on {day}, treaty {n}.",
    "The {other} army shelled {town} overnight and {few} soldiers were wounded, bulletin {n} of {day} said.",
)
_QUIET = (  # without a word that the gate knows as a predicate
    "Chop the onions for the {town} soup and simmer them {few} minutes, recipe {n}.",
    "Mild {day} weather in {town} with {few} hours of sun, chart {n}.",
    "The sea near {town} at {few} degrees, buoy {n}.",
    "Pink tulips beside the cottage of gardener {name} in {town}, photograph {n}.",
    "Striker {name} scored twice for {town} in front of {few} thousand spectators, match {n}.",
    "{name} Holdings plus {few} percent, ticker {n}.",
)
_COUNTRIES = "France Kenya Norway Peru Iran Mali Ukraine Serbia India Chad Brazil Turkey Somalia Japan Yemen".split()
_NATIONALS = "Russian Ugandan Swedish Chilean Iraqi Nigerien Polish Croatian Pakistani Sudanese Greek Syrian".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SYLLABLES = "ba do ke li mo na ru sa te vi zo har len mir tan gor bel dun kash var os ely ash in ud".split()


def conflict() -> Iterator[Document]:
    """Reports of politics and conflict without end: the articles and the corpus of examples/."""
    own = [(p.read_text(encoding="utf-8"), None, "2021-07-09") for p in sorted((HOME / "examples").glob("*.txt"))]
    with (HOME / "examples/corpus/afghanistan-2021.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    texts = [*own, *((r["text"], r.get("title"), r.get("published")) for r in records)]
    for number in count():
        text, title, published = texts[number % len(texts)]
        marked = f"{text.rstrip()}\n\nThe file of this report has the number {number}.\n"
        yield Document(marked, title=title, published=published, lang="en")


def irrelevant() -> Iterator[Document]:
    """Pages of other things without end, some 90 words each; every fifth is of the labelled set of the tests."""
    path = HOME / "tests/sets/unpolitical/texts.jsonl"
    labelled = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    for number in count():
        own = f"{labelled[number // 5 % len(labelled)]}\n\nPage {number}.\n"
        yield Document(own if number % 5 == 4 else page(number), published="2021-07-09", lang="en")


def page(number: int) -> str:
    """A page of one kind, put together by its number."""
    kind = list(_PAGES)[number % len(_PAGES)]
    sentences = [_PAGES[kind][(number // 4 + 3 * i) % 8] for i in range(6)]
    filled = [
        sentence.format(
            n=5 + (number * 7 + i * 13) % 85,
            town=_TOWNS[(number + i) % len(_TOWNS)],
            other=_TOWNS[(number * 3 + i + 5) % len(_TOWNS)],
            name=_NAMES[(number * 5 + i) % len(_NAMES)],
        )
        for i, sentence in enumerate(sentences)
    ]
    return "\n\n".join(" ".join(filled[i : i + 3]) for i in range(0, 6, 3)) + "\n"


def mixed() -> Iterator[Document]:
    """A stream of news as it comes: three of ten are of politics and conflict."""
    told, other = conflict(), irrelevant()
    for number in count():
        yield next(other) if number % 10 < _IRRELEVANT else next(told)


def short() -> Iterator[Document]:
    """Reports of one sentence without end, each with a number of its own: does memory grow with the stream?"""
    told = (
        "France expelled two Russian diplomats on Monday, case {}.",
        "Rebels attacked a village in northern Mali, killing {} people.",
        "The president of Kenya met his Ugandan counterpart in Nairobi for round {} of the talks.",
        "The weather was mild and the match ended in a draw after {} minutes.",
    )
    return (Document(told[number % 4].format(number), published="2021-07-09", lang="en") for number in count())


def varied() -> Iterator[Document]:
    """Short reports without end, no two the same: one of three tells an event, the others the gate passes over.

    People and towns are made up anew for each, so that whatever keeps words or names for ever is found out.
    """
    for number in count():
        chance = Random(number)
        told = chance.choice(_QUIET if number % 3 else _ACTS)
        text = told.format(
            country=chance.choice(_COUNTRIES),
            other=chance.choice(_NATIONALS),
            name=f"{_made_up(chance)} {_made_up(chance)}",
            town=_made_up(chance),
            n=number,
            few=chance.randrange(2, 90),
            day=chance.choice(_DAYS),
        )
        yield Document(text, id=f"v{number:07}", published=_published(number), lang="en")


def _made_up(chance: Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randrange(2, 5))).capitalize()


def _published(number: int) -> str:
    """One of 360 days, a thousand documents each."""
    day = number // 1000 % 360
    return f"2021-{1 + day // 30:02}-{1 + day % 28:02}"


def long(characters: int) -> Document:
    """One report of about so many characters: conflict news, one article after the other."""
    parts: list[str] = []
    size = 0
    for doc in conflict():
        parts.append(doc.text)
        size += len(doc.text) + 2
        if size >= characters:
            break
    return Document("\n\n".join(parts)[:characters], published="2021-07-09", lang="en")


CORPORA = {"conflict": conflict, "mixed": mixed, "irrelevant": irrelevant, "short": short, "varied": varied}


def take(name: str, number: int) -> list[Document]:
    """The first so many documents of a corpus."""
    return list(islice(CORPORA[name](), number))


def words_in(docs: Iterable[Document]) -> int:
    """The words of the documents, as blanks part them."""
    return sum(len(doc.text.split()) for doc in docs)
