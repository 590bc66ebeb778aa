"""The same coder on Spark: data frames in and out (`code`), or whole files into a folder of Parquet (`run`).

Each Python worker of an executor has one coder. Records come as Arrow batches; what `report` holds is, to the
byte, the line that `legation code --format report` writes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from legation.errors import BadDateError, LegationError, MissingExtraError
from legation.model import Document
from legation.reading import Source, finish, read_source, sources
from legation.reading.tables import iso_date
from legation.scaling.local import chunks, usual_coder
from legation.scaling.pool import CodesMany

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# What a coded document is in a table. `document` is its JSON without the parse: what linking reads.
COLUMNS = (
    ("file", "string"),  # a key of the file it came from
    ("position", "long"),  # within its file
    ("id", "string"),
    ("published", "string"),
    ("day", "string"),  # of `published`, or "unknown"
    ("title", "string"),
    ("outlet", "string"),
    ("url", "string"),
    ("events", "int"),  # how many
    ("problems", "int"),
    ("report", "string"),
    ("document", "binary"),
)
OF_ROWS = ("id", "text", "title", "outlet", "url", "published", "lang")
UNKNOWN = "unknown"
_ARROW = {"string": "string", "long": "int64", "int": "int32", "binary": "binary", "double": "float64"}
_ROWS = 200  # of a batch that goes back: a few megabytes
# Spark's own master where none is set ends the whole job when one Python worker dies; ours tries three times again.
_UNSET, _HERE = "local[*]", "local[*,4]"
_BEGUN = "begun"  # a file's state while it may have given documents and is not noted as done
_ROUND = 8  # files a round, for each core: what is done when a job is stopped is kept by rounds
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to code, by the name its documents go by; `state` changes when the file does."""

    key: str
    source: Source
    state: str


def code(frame: DataFrame) -> DataFrame:
    """The documents of a data frame, coded: its column `text`, and of OF_ROWS what else it has.

    The result has COLUMNS without `file` and `position`. Partitions are coded as they are: repartition to some
    thousand documents each before.
    """
    _need_spark()
    given = [name for name in OF_ROWS if name in frame.columns]
    if "text" not in given:
        raise LegationError(f"A data frame to code needs a column 'text'; this one has: {', '.join(frame.columns)}.")
    named = frame.select(*[frame[name].cast("string").alias(name) for name in given])
    columns = COLUMNS[2:]
    return named.mapInArrow(_code_batches, ", ".join(f"{name} {kind}" for name, kind in columns))


def run(
    paths: Iterable[str],
    out: Path | str,
    *,
    published: str | None = None,
    spark: SparkSession | None = None,
    link: bool = True,
) -> Iterator[str]:
    """Code files into `out`/documents, partitioned by day and file; then link all that is there; says what it did.

    A file already coded in the same state, by the same version and knowledge, is passed over; one that has
    changed replaces what it gave before. Paths must mean the same to every executor.
    """
    session = spark or session_here()
    day = None if published is None else iso_date(published)
    if published is not None and day is None:
        raise BadDateError(published)
    from legation.coder import knowledge_digest
    from legation.scaling import spark_files, spark_links

    made_by = f"{_version()} {knowledge_digest()[:16]}"
    home = str(out)
    files = [_input_file(source, day, made_by) for source in sources(paths)]
    known = spark_files.coded_files(session, home)
    new = [file for file in files if known.get(file.key) != file.state]
    yield f"{len(files):,} files: {len(files) - len(new):,} are coded already, {len(new):,} are not."
    if new:
        spark_files.note(session, home, [replace(file, state=_BEGUN) for file in new])
    step = _ROUND * session.sparkContext.defaultParallelism
    for start in range(0, len(new), step):
        some = new[start : start + step]
        spark_files.remove(session, home, [file.key for file in some if file.key in known])
        spark_files.write_documents(_coded(session, some, day), home)
        spark_files.note(session, home, some)
        yield f"{min(start + step, len(new)):,} of {len(new):,} files coded."
    if link:
        yield from spark_links.link_folder(session, home)


def session_here() -> SparkSession:
    """The Spark session there is, or one on this machine's cores where no other master is set."""
    _need_spark()
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    for name in _THREADS:  # each core has a worker of its own; matrices must not ask for more
        os.environ.setdefault(name, "1")
    builder = SparkSession.builder.appName("legation")
    for name in _THREADS:
        builder = builder.config(f"spark.executorEnv.{name}", "1")
    if SparkSession.getActiveSession() is None:
        SparkContext._ensure_initialized()  # else the configuration does not know what spark-submit was given
        if SparkConf().get("spark.master", _UNSET) == _UNSET:
            builder = builder.master(_HERE)
    session: SparkSession = (
        builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    return session


def _coded(session: SparkSession, files: Sequence[InputFile], published: str | None) -> DataFrame:
    """The documents of the files, a task each."""
    given = [(file.key, file.source) for file in files]

    def code_files(numbers: Iterable[Any]) -> Iterator[Any]:
        for batch in numbers:
            for number in batch.column(0).to_pylist():
                key, source = given[number]
                docs = (finish(doc, published) for doc in read_source(source))
                yield from batches(_rows(docs, key), COLUMNS)

    numbers = session.range(0, len(given), 1, len(given))
    return numbers.mapInArrow(code_files, ", ".join(f"{name} {kind}" for name, kind in COLUMNS))


def _code_batches(given: Iterable[Any]) -> Iterator[Any]:
    """Rows of a partition to coded rows; chunks are cut across the Arrow batches."""
    docs = (_document(row) for batch in given for row in batch.to_pylist())
    yield from batches(_rows(docs, ""), COLUMNS[2:])


def _document(row: dict[str, str | None]) -> Document:
    text = row.pop("text") or ""
    return finish(replace(Document(text), **{k: v for k, v in row.items() if v}), None)  # type: ignore[arg-type]


def _rows(docs: Iterable[Document], key: str) -> Iterator[dict[str, Any]]:
    from legation.exporting.report import dump, to_report

    coder = _coder()
    coded = chain.from_iterable(coder.code_many(chunk) for chunk in chunks(docs))
    for position, doc in enumerate(coded):
        yield {
            "file": key,
            "position": position,
            "id": clean(doc.id),
            "published": clean(doc.published),
            "day": day_of(doc.published),
            "title": clean(doc.title),
            "outlet": clean(doc.outlet),
            "url": clean(doc.url),
            "events": len(doc.events),
            "problems": len(doc.problems),
            "report": dump(to_report(doc, coder.about)),
            "document": packed(doc),
        }


def batches(rows: Iterable[dict[str, Any]], columns: Sequence[tuple[str, str]]) -> Iterator[Any]:
    """The rows as Arrow batches of bounded size."""
    import pyarrow

    schema = pyarrow.schema([(name, getattr(pyarrow, _ARROW[kind])()) for name, kind in columns])
    names = [name for name, _ in columns]
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append({name: row[name] for name in names})
        if len(waiting) >= _ROWS:
            yield pyarrow.RecordBatch.from_pylist(waiting, schema=schema)
            waiting = []
    if waiting:
        yield pyarrow.RecordBatch.from_pylist(waiting, schema=schema)


def packed(doc: Document) -> bytes:
    """The document without its parse, as JSON."""
    sentences = tuple(replace(sent, tokens=()) for sent in doc.sentences)
    light = replace(doc, sentences=sentences, clauses=(), mentions=(), quotes=(), event_mentions=())
    try:
        return msgspec.json.encode(light)
    except UnicodeEncodeError:  # half a pair in a title or an address
        fields = {name: clean(getattr(light, name)) for name in ("id", "title", "outlet", "url", "published")}
        return msgspec.json.encode(replace(light, meta=(), **fields))  # type: ignore[arg-type]


def unpacked(body: bytes) -> Document:
    """The document that was packed."""
    doc: Document = _decoder().decode(body)
    return doc


@cache
def _decoder() -> msgspec.json.Decoder[Document]:
    return msgspec.json.Decoder(Document)


@cache
def _coder() -> CodesMany:
    """The one coder of this Python worker."""
    return usual_coder()


def day_of(published: str | None) -> str:
    """The day of a date or time as partitions are named by it."""
    return published[:10] if published and len(published) >= 10 else UNKNOWN


def clean(value: str | None) -> str | None:
    """The text with a mark for what UTF-8 cannot hold."""
    return None if value is None else value.encode("utf-8", "replace").decode("utf-8")


def _input_file(source: Source, published: str | None, made_by: str) -> InputFile:
    key = hashlib.sha256(f"{source.name}|{source.path}".encode("utf-8", "replace")).hexdigest()[:16]
    try:
        found = os.stat(source.path or "")
        state = f"{found.st_size} {found.st_mtime_ns}"
    except OSError:
        state = source.why
    return InputFile(key, source, f"{state} {published or ''} {made_by}")


def _version() -> str:
    import legation

    return legation.__version__


def _need_spark() -> None:
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as err:
        raise MissingExtraError("Coding on Spark", "pyspark", "spark") from err
