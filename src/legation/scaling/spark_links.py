"""Linking across partitions: copies by signatures in bands, stories by windows of days, events within stories.

Only documents that share two marks of their signatures within a fortnight are brought together; each such family
goes in order through linking.CopyFinder. Stories are found in windows of a week, each with the week before it as
context; what is one story in two windows is joined by the documents that stand in both. All partitions are
streamed in order, so a task holds what its finder remembers and one family or story, never a partition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any

import msgspec

from legation.linking.clock import day_of
from legation.linking.copies import CopyFinder, signature
from legation.linking.documents import AHEAD
from legation.linking.events import link_events, reports_of
from legation.linking.stories import StoryFinder
from legation.scaling import spark_files
from legation.scaling.spark import batches, clean, unpacked

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Rows = Iterable[dict[str, Any]]
COPY_DAYS = 14  # how far apart an original and its copy may lie
STORY_DAYS = 7  # of a window of stories
_PHRASE = 60  # a mark in more documents is a phrase and finds nothing
_UNDATED = -1
_COPIES = (("key", "string"), ("copy_of", "string"), ("copy_key", "string"), ("reason", "string"))
_STORIES = (("key", "string"), ("window", "long"), ("own", "int"), ("story", "string"), ("reason", "string"))
_EVENTS = (
    ("id", "string"), ("story", "string"), ("day", "string"), ("event", "string"), ("status", "string"),
    ("reports", "int"), ("independent", "int"), ("confidence", "double"), ("record", "binary"),
)  # fmt: skip


def link_folder(session: SparkSession, home: str) -> Iterator[str]:
    """Link all documents of a folder and write OUT/links and OUT/events by day; says how much it found."""
    documents = spark_files.documents(session, home)
    if documents is None:
        return
    found = links(documents)
    found.write.mode("overwrite").partitionBy("day").parquet(f"{home}/links")
    written = session.read.schema(_LINKS).parquet(f"{home}/links")
    events(documents, written).write.mode("overwrite").partitionBy("day").parquet(f"{home}/events")
    copies = written.where("copy_of is not null").count()
    stories = written.select("story").distinct().count()
    yield f"{written.count():,} documents: {copies:,} copies, {stories:,} stories."


_LINKS = "key string, id string, copy_of string, story string, reason string, day string"


def links(documents: DataFrame) -> DataFrame:
    """Of each document: what it copies, its story and why; `documents` is what spark.run wrote."""
    from pyspark.sql import functions as F

    keyed = _keyed(documents).persist()
    copies = _copies(keyed)
    stories = _stories(keyed)
    first = stories.select(F.col("key").alias("copy_key"), F.col("story").alias("first_story"))
    return (
        keyed.select("key", "id", "day")
        .join(stories, "key")
        .join(copies.withColumnRenamed("reason", "copied"), "key", "left")
        .join(first, "copy_key", "left")
        .select(
            "key",
            "id",
            "copy_of",
            F.coalesce("first_story", "story").alias("story"),
            F.coalesce("copied", "reason").alias("reason"),
            "day",
        )
    )


def events(documents: DataFrame, linked: DataFrame) -> DataFrame:
    """The events of all reports, each once within its story; `record` is the JSON of a record.MergedEvent."""
    told = _keyed(documents).where("events > 0").select("key", "at", "document")
    placed = told.join(linked.select("key", "copy_of", "story"), "key")
    ordered = placed.repartition("story").sortWithinPartitions("story", "at", "key")
    return _mapped(ordered, _merged_rows, _EVENTS)


def _keyed(documents: DataFrame) -> DataFrame:
    """The documents with a key that no two share, and when they were published, unknown last."""
    from pyspark.sql import functions as F

    key = F.concat_ws("/", "file", F.lpad(F.col("position").cast("string"), 9, "0"))
    at = F.coalesce("published", F.lit("~"))
    return documents.select(key.alias("key"), at.alias("at"), "id", "day", "events", "document")


def _copies(keyed: DataFrame) -> DataFrame:
    from pyspark.sql import functions as F

    session = keyed.sparkSession
    marked = _mapped(keyed.select("key", "at", "document"), _band_rows, _BANDS)
    shared = marked.repartition("band").sortWithinPartitions("band", "at", "key")
    pairs = _mapped(shared, _pair_rows, _PAIRS).groupBy("one", "other").agg(
        F.count("*").alias("common"), F.min("few").alias("few")
    )
    edges = pairs.where("common >= 2 or few < 8").select("one", "other")
    homes = _united((row["one"], row["other"]) for row in edges.toLocalIterator())
    if not homes:
        return session.createDataFrame([], _ddl(_COPIES))
    families = session.createDataFrame(list(homes.items()), "key string, family string")
    brought = keyed.join(families, "key").select("family", "key", "at", "document")
    ordered = brought.repartition("family").sortWithinPartitions("family", "at", "key")
    return _mapped(ordered, _copy_rows, _COPIES)


_BANDS = (("band", "string"), ("at", "string"), ("key", "string"), ("few", "int"))
_PAIRS = (("one", "string"), ("other", "string"), ("few", "int"))


def _band_rows(rows: Rows) -> Iterator[dict[str, Any]]:
    for row in rows:
        doc = unpacked(row["document"])
        marks = signature(doc)
        day = day_of(doc.published)
        # Two windows each: documents a fortnight apart always share one.
        windows = [_UNDATED] if day is None else [day // COPY_DAYS, day // COPY_DAYS + 1]
        for mark in marks:
            for window in windows:
                yield {"band": f"{window}/{mark:x}", "at": row["at"], "key": row["key"], "few": len(marks)}


def _pair_rows(rows: Rows) -> Iterator[dict[str, Any]]:
    """Each document of a band with the first and with the one before it: enough to hold a family together."""
    for _, band in groupby(rows, key=lambda row: row["band"]):
        members = list(band)
        if not 2 <= len(members) <= _PHRASE:
            continue
        for number, row in enumerate(members[1:], start=1):
            for other in {0: members[0], number - 1: members[number - 1]}.values():
                one, two = sorted((other["key"], row["key"]))
                yield {"one": one, "other": two, "few": min(row["few"], other["few"])}


def _copy_rows(rows: Rows) -> Iterator[dict[str, Any]]:
    for _, family in groupby(rows, key=lambda row: row["family"]):
        finder = CopyFinder(days=COPY_DAYS)
        keys: dict[str, str] = {}
        for row in family:
            doc = unpacked(row["document"])
            copy = finder.add(doc)
            if copy is not None:
                yield {"key": row["key"], "copy_of": copy.of, "copy_key": keys.get(copy.of), "reason": copy.reason}
            keys.setdefault(doc.id, row["key"])


def _stories(keyed: DataFrame) -> DataFrame:
    from pyspark.sql import functions as F

    windowed = _mapped(keyed.select("key", "at", "document"), _window_rows, _WINDOWED)
    ordered = windowed.repartition("window").sortWithinPartitions("window", "at", "key")
    placed = _mapped(ordered, _story_rows, _STORIES).persist()
    own = placed.where("own = 1")
    context = placed.where("own = 0").select("key", F.col("story").alias("again"))
    same = own.join(context, "key").where("story <> again").select("story", "again").distinct()
    homes = _united((row["story"], row["again"]) for row in same.toLocalIterator())
    if not homes:
        return own.select("key", "story", "reason")
    names = keyed.sparkSession.createDataFrame(list(homes.items()), "story string, joined string")
    return own.join(names, "story", "left").select("key", F.coalesce("joined", "story").alias("story"), "reason")


_WINDOWED = (("window", "long"), ("own", "int"), ("at", "string"), ("key", "string"), ("document", "binary"))


def _window_rows(rows: Rows) -> Iterator[dict[str, Any]]:
    for row in rows:
        day = day_of(unpacked(row["document"]).published)
        window = _UNDATED if day is None else day // STORY_DAYS
        yield {**row, "window": window, "own": 1}
        if day is not None:
            yield {**row, "window": window + 1, "own": 0}


def _story_rows(rows: Rows) -> Iterator[dict[str, Any]]:
    for window, members in groupby(rows, key=lambda row: row["window"]):
        finder = StoryFinder(days=2 * STORY_DAYS)
        while batch := list(islice(members, AHEAD)):
            places = finder.place([unpacked(row["document"]) for row in batch])
            for row, placed in zip(batch, places, strict=True):
                # A story of the same first document has the same id in every window.
                told = {"story": placed.story, "reason": placed.reason}
                yield {"key": row["key"], "own": row["own"], "window": window, **told}


def _merged_rows(rows: Rows) -> Iterator[dict[str, Any]]:
    for story, members in groupby(rows, key=lambda row: row["story"]):
        reports = chain.from_iterable(
            reports_of(unpacked(row["document"]), copy_of=row["copy_of"], story=story) for row in members
        )
        for merged in link_events(reports):
            yield {
                "id": merged.id,
                "story": story,
                "day": merged.event.date or "unknown",
                "event": merged.event.event,
                "status": merged.event.status,
                "reports": len(merged.reports),
                "independent": merged.independent,
                "confidence": merged.confidence,
                "record": msgspec.json.encode(merged),
            }


def _united(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name that stands in a pair to the least name it hangs together with."""
    up: dict[str, str] = {}

    def top(name: str) -> str:
        while (above := up.setdefault(name, name)) != name:
            up[name] = up[above]
            name = above
        return name

    for one, other in pairs:
        first, second = sorted((top(one), top(other)))
        up[second] = first
    return {name: top(name) for name in list(up)}


def _mapped(
    frame: DataFrame, make: Callable[[Rows], Iterator[dict[str, Any]]], columns: tuple[tuple[str, str], ...]
) -> DataFrame:
    return frame.mapInArrow(partial(_in_batches, make, columns), _ddl(columns))


def _in_batches(
    make: Callable[[Rows], Iterator[dict[str, Any]]], columns: tuple[tuple[str, str], ...], given: Iterable[Any]
) -> Iterator[Any]:
    rows = (row for batch in given for row in batch.to_pylist())
    yield from batches(_cleaned(make(rows)), columns)


def _cleaned(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}


def _ddl(columns: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns)
