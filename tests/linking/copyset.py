"""Pairs of copies and of look-alikes that are none, made from texts of this project, the same on each run.

Run it to see them: ``python tests/linking/copyset.py > pairs.jsonl``.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parent
EXAMPLES = HOME.parents[1] / "examples"
FORMS = tomllib.loads((HOME / "copy_forms.toml").read_text(encoding="utf-8"))

_SYLLABLES = "ka lo mir tan ve sul dor pe ni gar bo zu hal rim ost fen wick mara dul cor".split()
_FIRST = "Anna Omar Piotr Lena Yusuf Marta Goran Ines Tomas Leyla Viktor Sara Ahmed Nora Pavel Ruth".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_BODIES = "Union League Council Front Watch Line Company Society Movement Forum".split()
# What an editor puts for a word, or slips in.
_FILLERS = "also reportedly there then again now late early still already local senior large small new old".split()
_BOILERPLATE = (
    "Sign up here for our morning letter and read the stories that matter before breakfast.",
    "Photo: archive. All rights reserved. No part of this page may be reproduced without leave.",
    "You can support the work of this newsroom from one coin a month.",
    "More on this subject on our channel. Follow us and share this article with your friends.",
    "This article was first published on our partner site and is shown here under an agreement.",
    "Comments are closed. Please read our rules of conduct before writing to the editors.",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier text and a later one, and whether the later is a copy."""

    kind: str
    first: str
    second: str
    copy: bool


def pairs(seed: int = 5) -> Iterator[Pair]:
    """At least 300 copies and 300 look-alikes."""
    rng = random.Random(seed)
    changes: tuple[tuple[str, Callable[[random.Random, str], str]], ...] = (
        ("cut", _cut),
        ("middle", _middle),
        ("title", _retitled),
        ("light edit", lambda r, t: _edited(r, t, r.uniform(0.01, 0.1))),
        ("heavy edit", lambda r, t: _edited(r, t, r.uniform(0.1, 0.2))),
        ("boilerplate", _with_boilerplate),
        ("paragraphs", _merged),
        ("with another", lambda r, t: f"{t}\n\n{_report(r, 'first')}"),
        ("cut and edited", lambda r, t: _edited(r, _cut(r, t), r.uniform(0.01, 0.12))),
    )
    examples = [_body(path) for path in sorted(EXAMPLES.glob("*.txt"))]
    for number in range(315):
        kind, change = changes[number % len(changes)]
        text = rng.choice(examples) if rng.random() < 0.4 else _report(rng, rng.choice(("first", "second")))
        yield Pair(kind, text, change(rng, text), True)
    for number in range(315):
        yield _look_alike(rng, number)


def _look_alike(rng: random.Random, number: int) -> Pair:
    form = FORMS["form"][number % len(FORMS["form"])]
    if number % 3 == 0:
        return Pair("same form", _filled(rng, form["first"]), _filled(rng, form["first"]), False)
    if number % 3 == 1:
        slots = _slots(rng)
        return Pair("two hands", form["first"].format(**slots), form["second"].format(**slots), False)
    bulletin = FORMS["bulletin"][number % len(FORMS["bulletin"])]["text"]
    slots = _slots(rng)
    return Pair("bulletin", bulletin.format(**slots), bulletin.format(**slots | _figures(rng)), False)


def _report(rng: random.Random, hand: str) -> str:
    return _filled(rng, str(rng.choice(FORMS["form"])[hand]))


def _filled(rng: random.Random, form: str) -> str:
    return form.format(**_slots(rng)).strip()


def _slots(rng: random.Random) -> dict[str, str]:
    return {
        "town": _name(rng),
        "town2": _name(rng),
        "person": f"{rng.choice(_FIRST)} {_name(rng)}",
        "person2": f"{rng.choice(_FIRST)} {_name(rng)}",
        "org": f"{_name(rng)} {rng.choice(_BODIES)}",
        "n1": str(rng.randint(3, 60)),
        "n2": str(rng.randint(61, 400)),
        "n3": str(rng.randint(2, 30)),
        **_figures(rng),
    }


def _figures(rng: random.Random) -> dict[str, str]:
    figures = {f"f{i}": str(rng.randint(10, 9000)) for i in range(1, 7)}
    return figures | {"day": rng.choice(_DAYS), "day2": rng.choice(_DAYS)}


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 3))).capitalize()


def _body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("\n\n", 1)[1].rsplit("\n\n", 1)[0].strip()


def _sentences(text: str) -> list[str]:
    return [s if s.endswith(".") else f"{s}." for s in text.replace("\n\n", " ").split(". ") if s]


def _cut(rng: random.Random, text: str) -> str:
    sents = _sentences(text)
    return " ".join(sents[: max(3, round(len(sents) * rng.uniform(0.3, 0.8)))])


def _middle(rng: random.Random, text: str) -> str:
    sents = _sentences(text)
    size = max(3, round(len(sents) * rng.uniform(0.4, 0.8)))
    start = rng.randint(0, len(sents) - size)
    return " ".join(sents[start : start + size])


def _retitled(rng: random.Random, text: str) -> str:
    return f"{_name(rng)}: what we know of the {rng.choice(('day', 'case', 'plan', 'row'))}\n\n{text}"


def _edited(rng: random.Random, text: str, share: float) -> str:
    """So many of the words put otherwise, left out, or another put before them: any word, a name or figure too."""
    words = text.split(" ")
    for place in rng.sample(range(len(words)), round(len(words) * share)):
        match rng.randrange(3):
            case 0:
                words[place] = rng.choice(_FILLERS)
            case 1:
                words[place] = ""
            case _:
                words[place] = f"{rng.choice(_FILLERS)} {words[place]}"
    return " ".join(w for w in words if w)


def _with_boilerplate(rng: random.Random, text: str) -> str:
    before, *after = rng.sample(_BOILERPLATE, rng.randint(2, 5))
    return "\n\n".join((before, text, *after))


def _merged(rng: random.Random, text: str) -> str:
    """Other breaks between paragraphs."""
    return "".join(s + rng.choice((" ", " ", "\n", "\n\n")) for s in _sentences(text)).strip()


if __name__ == "__main__":
    for pair in pairs():
        print(json.dumps({"kind": pair.kind, "copy": pair.copy, "first": pair.first, "second": pair.second}))
