"""Number words and numerals: "forty-two", "1,200", "2.5 million", "a dozen"."""

from __future__ import annotations

import re

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
SMALL: dict[str, int] = {word: value for value, word in enumerate(_ONES)} | {
    word: (place + 2) * 10 for place, word in enumerate(_TENS)
}
SCALES: dict[str, int] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "lakh": 10**5,
    "crore": 10**7,
}
ORDINALS: dict[str, int] = {word: value for value, word in enumerate(_ORDINALS) if value} | {
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "hundredth": 100,
}

_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_SCALE = "|".join(SCALES)
NUMERAL = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
NUMBER_WORDS = (
    rf"(?:(?:{_SMALL})(?:[\s-]+(?:and\s+)?(?:{_SMALL}|{_SCALE}))*"
    rf"|an?\s+(?:{_SCALE})(?:\s+and\s+(?:{_SMALL})(?:-(?:{_SMALL}))?)?)"
)
# A numeral may carry a scale: "2.5 million", "12 thousand".
NUMBER = rf"(?:(?:{NUMERAL})(?:\s+(?:{_SCALE})\b)?|\b{NUMBER_WORDS}\b)"

_PART = re.compile(r"[a-z]+|\d[\d,]*(?:\.\d+)?", re.IGNORECASE)


def parse_number(text: str) -> float | None:
    """The value of a numeral or of number words; None where a word is no number."""
    total = 0.0
    current: float | None = None
    for part in _PART.findall(text.lower()):
        if part[0].isdigit():
            current = float(part.replace(",", ""))
        elif part in SMALL:
            current = (current or 0) + SMALL[part]
        elif part in ("a", "an"):
            current = 1
        elif part == "hundred":
            current = (1 if current is None else current) * 100
        elif part in SCALES:
            total += (1 if current is None else current) * SCALES[part]
            current = 0
        elif part != "and":
            return None
    return None if current is None else total + current


def parse_ordinal(text: str) -> int | None:
    """The value of "20th", "third" or "twenty-first"."""
    lowered = text.lower().strip()
    if (digits := re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", lowered)) is not None:
        return int(digits.group(1))
    if lowered in ORDINALS:
        return ORDINALS[lowered]
    tens, _, ones = lowered.replace(" ", "-").partition("-")
    if tens in SMALL and ones in ORDINALS:
        return SMALL[tens] + ORDINALS[ones]
    return None
