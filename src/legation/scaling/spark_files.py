"""The folder a Spark run writes: documents by day and file, and which files are done.

    OUT/documents/day=2021-07-09/file=KEY/part-....parquet
    OUT/files/part-....parquet          a row for each file begun or coded: key, name, state
    OUT/links, OUT/events               written by spark_links

Spark commits a job's files together, and a job overwrites only the partitions it writes: what was half done when
an executor or the driver was lost is not there, and done again it is there once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from legation.scaling.spark import InputFile

_FILES = "key string, name string, state string, at long"


def write_documents(coded: DataFrame, home: str) -> None:
    """Write the documents, in place of what the same files gave on the same days."""
    writer = coded.write.mode("overwrite").option("partitionOverwriteMode", "dynamic")
    writer.partitionBy("day", "file").parquet(f"{home}/documents")


def documents(session: SparkSession, home: str) -> DataFrame | None:
    """All documents of the folder; None where there are none."""
    if not exists(session, f"{home}/documents"):
        return None
    schema = (
        "position long, id string, published string, title string, outlet string, url string, events int, "
        "problems int, report string, document binary, day string, file string"
    )
    # Given, not guessed: a day is text, also where all look like dates.
    return session.read.schema(schema).option("basePath", f"{home}/documents").parquet(f"{home}/documents")


def coded_files(session: SparkSession, home: str) -> dict[str, str]:
    """The state in which each file was last coded, by key."""
    if not exists(session, f"{home}/files"):
        return {}
    rows = session.read.schema(_FILES).parquet(f"{home}/files").orderBy("at").collect()
    return {row["key"]: row["state"] for row in rows}


def note(session: SparkSession, home: str, files: Sequence[InputFile]) -> None:
    """Note in what state the files are coded, or that they are begun; of several notes the last counts."""
    at = 1 + max((row["at"] for row in _notes(session, home)), default=0)
    rows = [(file.key, file.source.name, file.state, at) for file in files]
    session.createDataFrame(rows, _FILES).coalesce(1).write.mode("append").parquet(f"{home}/files")


def _notes(session: SparkSession, home: str) -> list[Any]:
    if not exists(session, f"{home}/files"):
        return []
    return list(session.read.schema(_FILES).parquet(f"{home}/files").select("at").distinct().collect())


def remove(session: SparkSession, home: str, keys: Sequence[str]) -> None:
    """Remove what files gave before: now they may give no documents for some of the days."""
    if not keys:
        return
    pattern = _path(session, f"{home}/documents/day=*/file={{{','.join(keys)}}}")
    system = pattern.getFileSystem(session._jsc.hadoopConfiguration())
    for found in system.globStatus(pattern) or ():
        system.delete(found.getPath(), True)


def exists(session: SparkSession, path: str) -> bool:
    """Whether there is such a path, on whatever file system it is."""
    found = _path(session, path)
    return bool(found.getFileSystem(session._jsc.hadoopConfiguration()).exists(found))


def _path(session: SparkSession, path: str) -> Any:
    jvm: Any = session._jvm
    return jvm.org.apache.hadoop.fs.Path(path)
