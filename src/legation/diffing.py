"""What differs between two records of the same reports, and why: another text, other knowledge, other rules.

Both sides are taken as lines of the `report` format: those of a file, or those a store would give, as it stands or
as it stood ("news.db@2021-05-01").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from legation.errors import InputPathError
from legation.exporting.report import to_report
from legation.store import Store

Kind = Literal["added", "removed", "changed"]
# The fields of an event that are compared, as they are shown.
FIELDS = (
    "event", "mode", "actor", "recipient", "status", "date", "enddate", "place", "size", "context", "according_to",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is compared."""

    id: str
    sequence: int | None
    words: tuple[str, ...]
    rule: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        v = self.values
        sides = v["actor"] or "?"
        if v["recipient"]:
            sides += f" -> {v['recipient']}"
        name = f"{v['event']}/{v['mode']}" if v["mode"] else v["event"]
        return f"{name}: {sides} ({v['status']}, {v['date'] or 'no date'})"


@dataclass(frozen=True, slots=True)
class Record:
    """A document of one side."""

    id: str
    sha256: str
    published: str | None
    coder: Mapping[str, str]
    events: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One event that is not on both sides as it is on one."""

    kind: Kind
    document: str
    old: Told | None
    new: Told | None
    why: Literal["text", "knowledge", "rule", "model", "unknown"]
    reason: str  # in words

    @property
    def fields(self) -> dict[str, tuple[str, str]]:
        """What is another: (old, new) by field; nothing where the event is on one side only."""
        if self.old is None or self.new is None:
            return {}
        pairs = ((name, self.old.values[name], self.new.values[name]) for name in FIELDS)
        return {name: (before, after) for name, before, after in pairs if before != after}


@dataclass(slots=True)
class Differences:
    """All of it. Events of documents that only one side has are not told one by one."""

    found: list[Difference] = field(default_factory=list)
    new_documents: list[str] = field(default_factory=list)
    gone_documents: list[str] = field(default_factory=list)
    same: int = 0  # events that are the same

    def count(self, kind: Kind) -> int:
        """How many events are of this kind."""
        return sum(d.kind == kind for d in self.found)


def records_of(side: str) -> dict[str, Record]:
    """The documents of a file of reports, of a store, or of a store as it stood at a time."""
    return {r.id: r for r in map(_record, _lines(side))}


def _lines(side: str) -> Iterator[dict[str, Any]]:
    place, time = _split(side)
    if "://" not in place and not Path(place).exists():
        raise InputPathError(place, "there is no such file or store.")
    if "://" in place or _is_store(Path(place)):
        with Store.open(place, create=False) as store:
            docs = store.as_of(time).each_document() if time else store.each_document()
            for doc, about in docs:
                yield to_report(doc, about)
        return
    with Path(place).open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _decoded(line, place, number)


def _split(side: str) -> tuple[str, str | None]:
    """ "news.db@2021-05-01" is a store and a time; a user's name before a host is none."""
    place, at, time = side.rpartition("@")
    return (place, time) if at and time[:4].isdigit() and "/" not in time else (side, None)


def _is_store(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def _decoded(line: bytes, place: str, number: int) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(line)
    except msgspec.DecodeError as err:
        raise InputPathError(place, f"line {number} is no JSON ({err}).") from err
    if not isinstance(found, dict) or "document" not in found:
        raise InputPathError(place, f"line {number} is no report. Make one with: legation code --format report")
    return found


def _record(line: Mapping[str, Any]) -> Record:
    doc = line["document"]
    return Record(
        id=doc.get("id") or doc.get("sha256") or "",
        sha256=doc.get("sha256") or "",
        published=doc.get("published"),
        coder={k: str(v) for k, v in (line.get("coder") or {}).items()},
        events=tuple(_told(event) for event in line.get("events", ())),
    )


def _told(event: Mapping[str, Any]) -> Told:
    place = event.get("event_loc") or {}
    values = {
        "event": "/".join(event.get("event") or ()),
        "mode": "/".join(event.get("mode") or ()),
        "actor": _sides(event.get("actor")),
        "recipient": _sides(event.get("recipient")),
        "status": event.get("status") or "",
        "date": event.get("date") or "",
        "enddate": event.get("enddate") or "",
        "place": ", ".join(filter(None, (place.get("resolved_place"), place.get("country_code")))),
        "size": _size(event.get("size")),
        "context": ", ".join(event.get("context") or ()),
        "according_to": _sides(event.get("according_to")),
    }
    sequence = (event.get("text_info") or {}).get("sequence")
    return Told(event["id"], sequence, tuple(event.get("event_text") or ()), event.get("rule") or "", values)


def _sides(actors: Iterable[Mapping[str, Any]] | None) -> str:
    return ", ".join(
        " ".join(filter(None, (a.get("code") or "?", a.get("sector"), a.get("identifier_text")))) for a in actors or ()
    )


def _size(size: Mapping[str, Any] | None) -> str:
    counts = ((name, (count or {}).get("best")) for name, count in (size or {}).items())
    return ", ".join(f"{best} {name}" for name, best in counts if best is not None)


def compare(old: Mapping[str, Record], new: Mapping[str, Record]) -> Differences:
    """What differs, document by document in the order of the new side."""
    found = Differences()
    found.new_documents = [i for i in new if i not in old]
    found.gone_documents = [i for i in old if i not in new]
    for doc_id, after in new.items():
        if doc_id in old:
            _compare_document(old[doc_id], after, found)
    return found


def _compare_document(old: Record, new: Record, found: Differences) -> None:
    pairs = _aligned(old, new)
    paired_old = {id(a) for a, _ in pairs}
    paired_new = {id(b) for _, b in pairs}
    for before, after in pairs:
        if all(before.values[name] == after.values[name] for name in FIELDS):
            found.same += 1
        else:
            found.found.append(_difference("changed", old, new, before, after))
    for before in old.events:
        if id(before) not in paired_old:
            found.found.append(_difference("removed", old, new, before, None))
    for after in new.events:
        if id(after) not in paired_new:
            found.found.append(_difference("added", old, new, None, after))


def _aligned(old: Record, new: Record) -> list[tuple[Told, Told]]:
    """Which event is which: the surest likeness first, each event once."""
    scored = []
    for i, before in enumerate(old.events):
        for j, after in enumerate(new.events):
            score = _likeness(before, after, same_text=old.sha256 == new.sha256)
            if score:
                scored.append((-score, i, j))
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(scored):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return [(old.events[i], new.events[j]) for i, j in sorted(pairs, key=lambda pair: pair[1])]


def _likeness(before: Told, after: Told, *, same_text: bool) -> int:
    """From 4 (the same by its id, or in all that is compared) to 0 (another event)."""
    if before.id == after.id or before.values == after.values:
        return 4
    same_type = before.values["event"] == after.values["event"]
    if same_text and before.sequence == after.sequence:
        if set(before.words) & set(after.words):
            return 3 if same_type else 2
        return 1 if same_type else 0
    if same_text:
        return 0
    same_sides = before.values["actor"] == after.values["actor"]
    return 2 if same_type and same_sides else 0


def _difference(kind: Kind, old: Record, new: Record, before: Told | None, after: Told | None) -> Difference:
    made = Difference(kind, new.id, before, after, "unknown", "")
    why, reason = _why(old, new, made)
    return Difference(kind, new.id, before, after, why, reason)


def _why(old: Record, new: Record, made: Difference) -> tuple[Any, str]:
    if old.sha256 != new.sha256:
        return "text", "the text of the report is another"
    if old.published != new.published:
        return "text", f"the report's date of publication was {old.published} and is {new.published}"
    before, after = old.coder, new.coder
    knowledge = before.get("knowledge") != after.get("knowledge")
    version = before.get("version") != after.get("version")
    rules = (made.old.rule if made.old else "", made.new.rule if made.new else "")
    if rules[0] != rules[1] and (knowledge or version):
        told = {"added": "fires now: {1}", "removed": "fires no more: {0}", "changed": "{0} gave way to {1}"}
        return "rule", f"another rule ({told[made.kind].format(*rules)})"
    if knowledge:
        return "knowledge", "the rule is the same, what the coder knows is not"
    if version:
        return "rule", f"the same frame, read by version {after.get('version')} instead of {before.get('version')}"
    if before.get("model") != after.get("model"):
        return "model", f"the parser was {before.get('model')} and is {after.get('model')}"
    return "unknown", "text and coder are the same on both sides"
