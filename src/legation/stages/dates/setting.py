"""What an expression is read against, and what its reading is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from legation.stages.dates.periods import Period

Tense = Literal["past", "future", "none"]
Type = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Setting:
    """The publication day, the tense around the words, and the day told before them."""

    published: date | None = None
    tense_of: Callable[[], Tense] | None = None  # worked out only by the readings that ask for it
    told: date | None = None  # the day a narrative has reached: "two days later" counts from it
    told_year: date | None = None  # the first day of what was told last, were it only a year
    alone: bool = False  # the phrase is known to be a time, so doubtful words are taken for one

    @property
    def tense(self) -> Tense:
        return "none" if self.tense_of is None else self.tense_of()


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of an expression, the days it spans where known, and why."""

    value: str
    type: Type = "DATE"
    begin: date | None = None
    finish: date | None = None
    reason: str = ""
    end: int | None = None  # where the words end, if not with the pattern


@dataclass(frozen=True, slots=True)
class Told:
    """How far a narrative has come: the day told last, and the year."""

    day: date | None = None
    year: date | None = None

    def then(self, reading: Reading, published: date | None) -> Told:
        """After a reading; what lies ahead ("will meet on Friday") has not been reached."""
        if not self.reached_by(reading, published):
            return self
        begin = reading.begin
        return Told(begin if begin == reading.finish else self.day, begin)

    @staticmethod
    def reached_by(reading: Reading, published: date | None) -> bool:
        """Whether a reading tells how far a narrative has come."""
        begin = reading.begin
        return (
            begin is not None and reading.type in ("DATE", "TIME") and not (published is not None and begin > published)
        )


# A year is 365 days: a partial date that its tense would put more than nine months away, while the
# other side is nearer than three, stands in a clause whose tense is not its own.
_FAR, _NEAR = 270, 95


def gap(period: Period, when: date) -> int:
    """How many days lie between a day and a period; 0 where it holds the day."""
    assert period.begin is not None
    assert period.finish is not None
    if when < period.begin:
        return (period.begin - when).days
    return max(0, (when - period.finish).days)


def nearest(candidates: Iterable[Period], setting: Setting) -> tuple[Period, str] | None:
    """The one of several periods (each year's 9 July, say) that tense and publication day point to."""
    when = setting.published
    if when is None:
        return None
    periods = sorted(candidates, key=lambda p: p.begin or date.min)
    before = [p for p in periods if p.begin is not None and p.begin <= when]
    after = [p for p in periods if p.finish is not None and p.finish >= when]
    if not before or not after:
        return (before[-1] if before else after[0], "the only one near") if before or after else None
    last, first = before[-1], after[0]
    wanted, other = (first, last) if setting.tense == "future" else (last, first)
    if setting.tense != "none":
        if gap(wanted, when) > _FAR and gap(other, when) < _NEAR:
            return other, f"nearest to publication, against the {setting.tense} tense"
        return wanted, f"{setting.tense} tense"
    return (
        (first, "nearest to publication")
        if gap(first, when) < gap(last, when)
        else (last, "nearest to publication")
    )


def of_period(period: Period, reason: str) -> Reading:
    """A period as a DATE."""
    return Reading(period.value, "DATE", period.begin, period.finish, reason)


UNANCHORED = "relative: no publication date to count from"
UNTOLD = "relative: no day is told before to count from"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the trigger classes without which it cannot match, and how its match is read."""

    name: str
    classes: frozenset[str]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Setting], Reading | None]
    words: tuple[frozenset[str], ...] = ()  # of each of these sets one stands in all that it reads in a text
    small: re.Pattern[str] | None = None  # the same for text in small letters, twice as fast; None: needs capitals

    def matches(self, text: str, small: str | None, start: int, end: int) -> Iterable[re.Match[str]]:
        """Its matches between two offsets; `small` is the text in small letters, where that is at hand."""
        if small is None or self.small is None:
            return self.pattern.finditer(text, start, end)
        found = (self.pattern.match(text, hit.start(), end) for hit in self.small.finditer(small, start, end))
        return [match for match in found if match is not None]


def rule(
    name: str,
    classes: str,
    pattern: str,
    read: Callable[[re.Match[str], Setting], Reading | None],
    *words: Iterable[str],
) -> Rule:
    """A rule whose pattern begins at a word's beginning and ignores case.

    Looking for its `words` costs a hundredth of trying the pattern at each word of a sentence.
    """
    whole = rf"(?<![\w$€£/.,'’-])(?:{pattern})"
    capitals = re.search("[A-Z]", whole.replace("(?P", ""))
    return Rule(
        name,
        frozenset(classes.split()),
        re.compile(whole, re.IGNORECASE),
        read,
        tuple(map(frozenset, words)),
        None if capitals else re.compile(whole),
    )


def group(match: re.Match[str], name: str) -> str:
    """A named group of a pattern that may not have it, or not have matched it, in lower case."""
    return (match[name] or "").lower() if name in match.re.groupindex else ""


def word_before(match: re.Match[str]) -> str:
    """The word that stands before a match on its line, as printed."""
    found = _LAST_WORD.search(match.string[max(0, match.start() - 40) : match.start()])
    return found.group(1) if found else ""


def word_after(match: re.Match[str]) -> str:
    """The word that follows a match with nothing but a blank or hyphen between, as printed."""
    found = _NEXT_WORD.match(match.string, match.end())
    return found.group(1) if found else ""


_LAST_WORD = re.compile(r"([\w$€£%]+)[ \"“‘'’-]*$")
_NEXT_WORD = re.compile(r"[ -]([\w%$]+)")
