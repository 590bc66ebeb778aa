"""The event lexicon: frames, operators and word classes, read from the TOML files in `events/`.

A frame says which act a predicate with such arguments is; an operator turns one act into another
("agree to" + a meeting = AGREE). `load` reads every file once; a user's own folder is laid over it.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, TypeVar

from legation.errors import InputPathError, KnowledgeError
from legation.knowledge import built, ontology
from legation.knowledge.own_lexicon import VARIABLE, own_folder

Kind = Literal["verb", "noun", "adjective"]
T = TypeVar("T")
# Never "condemn, reject, demand": there the act is somebody else's.
_NAMES_THE_DOER = frozenset(
    {"transparent", "stop", "cancel", "announce", "promise", "plan", "attempt", "order", "approve"}
)
HOME = Path(__file__).parent / "events"
_PLURALS: dict[Kind, str] = {"verb": "verbs", "noun": "nouns", "adjective": "adjectives"}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence the frame must read as given; None: that field is not checked."""

    text: str
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    mode: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Which act a predicate is when its roles are filled so; see docs/lexicon.md for the fields."""

    id: str
    event: str
    mode: str | None = None
    cameo: str | None = None
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()  # role -> alternatives, all roles must match
    unless: tuple[tuple[str, tuple[str, ...]], ...] = ()  # role -> alternatives, none may match
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ("object",)
    reciprocal: bool = False
    of: str = "object"
    sides: int = 1  # a reciprocal act with fewer sides named is none
    object_is_topic: bool = False  # "discussed Iraq with Iran": what is talked of is no side
    victims: bool = False
    confidence: float = 0.8
    contexts: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[str, ...] = ()
    file: str = ""

    @property
    def weight(self) -> tuple[int, float]:
        """How far the frame is preferred over others of the same predicate."""
        return (len(self.needs), self.confidence)


@dataclass(frozen=True, slots=True)
class Operator:
    """A predicate that turns the act below it into another; `effect` names a function of operators.py."""

    id: str
    effect: str
    control: Literal["subject", "object"] = "subject"  # whose deed the complement is
    takes: tuple[str, ...] = ()  # only these roles hold the inner act; empty: any


@dataclass(frozen=True, slots=True)
class Terms:
    """What a role may be, made ready to be asked: all alternatives of a restriction at once."""

    anything: bool = False  # "*"
    words: frozenset[str] = frozenset()  # match the lemma or the word as printed
    class_words: frozenset[str] = frozenset()  # match the lemma
    phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = field(default_factory=dict)  # by last word; of a class?
    mention_classes: frozenset[str] = frozenset()
    actor: bool = False
    place: bool = False
    name: bool = False
    money: bool = False
    people: bool = False
    asks_mention: bool = False


@dataclass(slots=True)
class Lexicon:
    """Frames and operators by their first word, and the word classes."""

    frames: dict[tuple[Kind, str], list[tuple[tuple[str, ...], Frame]]]
    operators: dict[tuple[Kind, str], list[tuple[tuple[str, ...], Operator]]]
    light_verbs: frozenset[str]
    carrying_verbs: frozenset[str]  # "take place, continue": an event noun as their subject stays the act
    doer_verbs: frozenset[str]  # "launch, halt, announce an attack": their subject does what their object names
    classes: dict[str, frozenset[str]]
    mention_classes: dict[str, frozenset[str]]
    digest: str
    all_frames: list[Frame] = field(default_factory=list)
    by_id: dict[str, Frame] = field(default_factory=dict)
    _terms: dict[tuple[str, ...], tuple[Terms | None, Terms | None]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _by_word: dict[tuple[Kind, str], dict[str, list[tuple[int, tuple[str, ...], Frame]]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def terms(self, alternatives: tuple[str, ...]) -> tuple[Terms | None, Terms | None]:
        """What may be and what may not be, out of "word", "two words", "@class", "!@class", "*"; None: not said."""
        found = self._terms.get(alternatives)
        if found is None:
            may = [a for a in alternatives if not a.startswith("!")]
            may_not = [a[1:] for a in alternatives if a.startswith("!")]
            found = (self._made_ready(may) if may else None, self._made_ready(may_not) if may_not else None)
            self._terms[alternatives] = found
        return found

    def _made_ready(self, alternatives: list[str]) -> Terms:
        plain = [a for a in alternatives if not a.startswith("@")]
        named = [a[1:] for a in alternatives if a.startswith("@")]
        asked = [name for name in named if name not in ("name", "actor")]
        of_classes = [w for name in asked for w in sorted(self.classes.get(name, ()))]
        phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
        for words, of_class in ((plain, False), (of_classes, True)):
            for word in words:
                if len(parts := tuple(word.split())) > 1:
                    phrases.setdefault(parts[-1], []).append((parts, of_class))
        of_mentions = frozenset(w for name in asked for w in self.mention_classes.get(name, ()))
        return Terms(
            anything="*" in plain,
            words=frozenset(plain),
            class_words=frozenset(of_classes),
            phrases=phrases,
            mention_classes=of_mentions,
            actor="actor" in named,
            place="place" in asked,
            name="name" in named,
            money="cash_goods" in asked and bool(self.classes.get("cash_goods")),
            people="people" in asked and bool(self.classes.get("people")),
            asks_mention="actor" in named or "place" in asked or bool(of_mentions),
        )

    def frames_among(self, kind: Kind, lemma: str, forms: frozenset[str]) -> list[tuple[tuple[str, ...], Frame]]:
        """The frames of a predicate of which every further word is one of the forms, in the lexicon's order."""
        by_word = self._by_word.get((kind, lemma))
        if by_word is None:
            by_word = self._by_word[kind, lemma] = self._sorted_by_word(kind, lemma)
        found = [*by_word.get("", ())]
        for word in by_word.keys() & forms:
            found += [entry for entry in by_word[word] if forms.issuperset(entry[1])]
        found.sort(key=itemgetter(0))
        return [(rest, frame) for _, rest, frame in found]

    def _sorted_by_word(self, kind: Kind, lemma: str) -> dict[str, list[tuple[int, tuple[str, ...], Frame]]]:
        """The predicate's frames with their places, by the longest of their further words, most often the rarest."""
        by_word: dict[str, list[tuple[int, tuple[str, ...], Frame]]] = {}
        for place, (rest, frame) in enumerate(self.frames.get((kind, lemma), ())):
            by_word.setdefault(max(rest, key=len, default=""), []).append((place, rest, frame))
        return by_word

    def is_predicate(self, kind: Kind, lemma: str) -> bool:
        """Whether the word may head a frame or an operator."""
        return (kind, lemma) in self.frames or (kind, lemma) in self.operators

    def words(self) -> frozenset[str]:
        """The lemmas of all predicates: what the gate looks for."""
        return frozenset(lemma for _, lemma in (*self.frames, *self.operators))


def _split(value: str | list[str]) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else value.split("|")
    return tuple(p.strip() for p in parts if p.strip())


def _frame(raw: dict[str, Any], file: str) -> Frame:
    needs = dict(raw.get("needs", {}))
    for role in ("subject", "object"):
        if role in raw:
            needs[role] = raw[role]
    recipient = raw.get("recipient", "none" if raw.get("reciprocal") else "object")
    try:
        return Frame(
            id=raw["id"],
            event=raw["event"],
            mode=raw.get("mode"),
            cameo=raw.get("cameo"),
            needs=tuple((role, _split(v)) for role, v in needs.items()),
            unless=tuple((role, _split(v)) for role, v in raw.get("unless", {}).items()),
            actor=_split(raw.get("actor", "subject")),
            recipient=() if recipient == "none" else _split(recipient),
            reciprocal=raw.get("reciprocal", False),
            of=raw.get("of", "object"),
            sides=raw.get("sides", 1),
            object_is_topic=raw.get("object_is_topic", False),
            victims=raw.get("victims", False),
            confidence=raw.get("confidence", 0.8),
            contexts=_split(raw.get("contexts", raw.get("context", []))),
            examples=tuple(_example(e) for e in raw.get("examples", ())),
            counter_examples=tuple(raw.get("not", ())),
            file=file,
        )
    except KeyError as err:
        raise KnowledgeError(file, f"frame {raw.get('id', '?')} lacks {err}") from err


def _example(raw: dict[str, Any]) -> Example:
    actor, recipient = raw.get("actor"), raw.get("recipient")
    return Example(
        text=raw["text"],
        actor=None if actor is None else tuple([actor] if isinstance(actor, str) else actor),
        recipient=None if recipient is None else tuple([recipient] if isinstance(recipient, str) else recipient),
        mode=raw.get("mode"),
        status=raw.get("status"),
    )


def use(folder: Path) -> None:
    """Read the lexicon files of a folder from now on, over ours, here and in every process started from here.

    Raises InputPathError where there is no such folder or no file in it, KnowledgeError where a file is bad.
    """
    if not folder.is_dir():
        raise InputPathError(str(folder), "is no folder; name one with lexicon files (*.toml)")
    if not any(folder.glob("*.toml")):
        raise InputPathError(str(folder), "holds no lexicon file (*.toml)")
    _load(folder.resolve())
    before = own_folder()
    _name_folder(folder.resolve())
    try:
        ontology.types()
    except KnowledgeError:
        _name_folder(before)
        raise


def _name_folder(folder: Path | None) -> None:
    """Put the folder where every process looks for it; None takes it away."""
    if folder is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = str(folder)
    ontology.types.cache_clear()


def load() -> Lexicon:
    """The lexicon in use: ours, with the user's own files over it where `use` named their folder.

    An own file adds frames, operators and words of classes; a frame or an operator of an id that is there
    replaces it, and one with `silent = true` takes it away. `[types.NAME]` defines an event type.
    Raises KnowledgeError for a file that is not TOML or a frame that lacks a field.
    """
    return _load(own_folder())


@cache
def _load(own: Path | None) -> Lexicon:
    paths = sorted(HOME.glob("*.toml")) + (sorted(own.glob("*.toml")) if own else [])
    sha = hashlib.sha256()
    frames: dict[str, tuple[Frame, dict[str, Any]]] = {}
    operators: dict[str, dict[str, Any]] = {}
    known = set(ontology.types())
    light: set[str] = set()
    carrying: set[str] = set()
    classes: dict[str, set[str]] = defaultdict(set)
    mention_classes: dict[str, set[str]] = defaultdict(set)
    sources = [(path, path.read_bytes()) for path in paths]
    for path, source in sources:
        sha.update(path.name.encode() + source)
    parsed = built.kept("lexicon", sha.hexdigest(), lambda: [_parsed(path, source) for path, source in sources])
    for path, raw in zip(paths, parsed, strict=True):
        for name, words in raw.get("classes", {}).items():
            classes[name.lstrip("@")].update(words)
        for name, words in raw.get("mention_classes", {}).items():
            mention_classes[name].update(words)
        known.update(raw.get("types", ()))
        for frame in raw.get("frame", ()):
            name = frame.get("id", "?")
            if frame.get("silent"):
                frames.pop(name, None)
                continue
            frames[name] = (_frame(frame, path.name), frame)
            if frame["event"] not in known:
                raise KnowledgeError(
                    path.name,
                    f"frame {name} is of the type '{frame['event']}', which there is not. "
                    f"There are: {', '.join(sorted(known))}; define it by a table [types.{frame['event']}].",
                )
        for operator in raw.get("operator", ()):
            if operator.get("silent"):
                operators.pop(operator.get("id", "?"), None)
            else:
                operators[operator.get("id", "?")] = _checked_operator(operator, path.name, operators)
        light.update(raw.get("light_verbs", ()))
        carrying.update(raw.get("carrying_verbs", ()))
    flat = {name: frozenset(_expand(name, classes, set())) for name in classes}
    return Lexicon(
        frames=_index([(raw, frame) for frame, raw in frames.values()]),
        operators=_index([(raw, _operator(raw)) for raw in operators.values()]),
        light_verbs=frozenset(light),
        carrying_verbs=frozenset(carrying),
        doer_verbs=frozenset(light) | {v for raw in operators.values() for v in _doing(raw)},
        classes=flat,
        mention_classes={name: frozenset(words) for name, words in mention_classes.items()},
        digest=sha.hexdigest(),
        all_frames=[frame for frame, _ in frames.values()],
        by_id={name: frame for name, (frame, _) in frames.items()},
    )


def _parsed(path: Path, source: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(source.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise KnowledgeError(path.name, str(err)) from err


def _doing(raw: dict[str, Any]) -> list[str]:
    """The first words of an operator's verbs, where their subject does what is under them."""
    return [v.split()[0] for v in raw.get("verbs", ())] if raw["effect"] in _NAMES_THE_DOER else []


def _checked_operator(raw: dict[str, Any], file: str, before: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The operator, whose effect must be one of those our own operators have."""
    if "id" not in raw or "effect" not in raw:
        raise KnowledgeError(file, f"operator {raw.get('id', '?')} lacks 'id' or 'effect'")
    effects = {o["effect"] for o in before.values()}
    if file != "operators.toml" and raw["effect"] not in effects:
        raise KnowledgeError(
            file, f"operator {raw['id']} has the effect '{raw['effect']}'. There are: {', '.join(sorted(effects))}"
        )
    return raw


def _operator(raw: dict[str, Any]) -> Operator:
    return Operator(raw["id"], raw["effect"], raw.get("control", "subject"), tuple(raw.get("takes", ())))


def _expand(name: str, classes: dict[str, set[str]], seen: set[str]) -> set[str]:
    if name in seen:
        return set()
    found: set[str] = set()
    for word in classes.get(name, ()):
        if word.startswith("@") and word[1:] in classes:
            found |= _expand(word[1:], classes, seen | {name})
        else:
            found.add(word)
    return found


def _index(entries: list[tuple[dict[str, Any], T]]) -> dict[tuple[Kind, str], list[tuple[tuple[str, ...], T]]]:
    index: dict[tuple[Kind, str], list[tuple[tuple[str, ...], T]]] = defaultdict(list)
    for raw, entry in entries:
        for kind, plural in _PLURALS.items():
            for phrase in raw.get(plural, ()):
                words = phrase.lower().split()
                if not words:
                    continue
                # The head of a noun phrase is its last word, of a verb phrase its first.
                key, rest = (words[-1], words[:-1]) if kind == "noun" else (words[0], words[1:])
                index[kind, key].append((tuple(rest), entry))
    return dict(index)
