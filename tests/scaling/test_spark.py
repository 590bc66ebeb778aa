"""Spark on two cores of this machine: the same records as one process, idempotent by file, linked across partitions."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from legation.model import Document

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from legation.coder import Coder

pytestmark = [pytest.mark.spark, pytest.mark.model]
HOME = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A session on two cores, with the package of this tree for its workers."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed: apt-get install openjdk-17-jre-headless")
    from pyspark.sql import SparkSession

    before = {name: os.environ.get(name) for name in ("PYTHONPATH", "PYSPARK_PYTHON", "OMP_NUM_THREADS")}
    os.environ.update(PYTHONPATH=str(HOME / "src"), PYSPARK_PYTHON=sys.executable, OMP_NUM_THREADS="1")
    session = (
        SparkSession.builder.master("local[2,8]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.sources.parallelPartitionDiscovery.threshold", "100000")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.local.dir", str(tmp_path_factory.mktemp("spark")))
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _records() -> list[dict[str, str]]:
    lines = (HOME / "examples/corpus/afghanistan-2021.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _files(folder: Path, count: int, parts: int) -> list[dict[str, str]]:
    """So many records in files of JSONL; those that come again have another id and a line of their own."""
    own = _records()
    records = [
        {**own[n % len(own)], "id": f"d{n:05}", "text": own[n % len(own)]["text"] + f"\n\nThis is report {n}.\n"}
        for n in range(count)
    ]
    folder.mkdir(exist_ok=True)
    for part in range(parts):
        some = records[part * count // parts : (part + 1) * count // parts]
        text = "".join(json.dumps(record) + "\n" for record in some)
        (folder / f"part-{part}.jsonl").write_text(text, encoding="utf-8")
    return records


def _alone(coder: Coder, folder: Path) -> list[str]:
    """The lines of `legation code --format report` from one process."""
    from legation.exporting import render
    from legation.reading import read
    from legation.scaling.local import chunks

    return [
        render("report", doc, coder.about).rstrip("\n")
        for chunk in chunks(read([str(folder)]))
        for doc in coder.code_many(chunk)
    ]


def _copies(rows: list[Any]) -> dict[str, str]:
    """What one process holds to be copies, by the order in which the documents were published."""
    from legation.linking.copies import CopyFinder
    from legation.scaling.spark import unpacked

    finder = CopyFinder()
    in_order = sorted(rows, key=lambda row: (row["published"] or "~", row["file"], row["position"]))
    found = ((row["id"], finder.add(unpacked(row["document"]))) for row in in_order)
    return {name: copy.of for name, copy in found if copy is not None}


def _written(spark: SparkSession, out: Path) -> list[Any]:
    from legation.scaling.spark_files import documents

    frame = documents(spark, str(out))
    assert frame is not None
    return list(frame.orderBy("id").collect())


@pytest.mark.parametrize(("count", "parts"), [(240, 3), pytest.param(6000, 12, marks=pytest.mark.slow, id="more")])
def test_a_folder_is_coded_to_the_bytes_of_one_process_once_and_linked(
    spark: SparkSession, coder: Coder, tmp_path: Path, count: int, parts: int
) -> None:
    from legation.scaling.spark import run

    _files(tmp_path / "in", count, parts)
    out = tmp_path / "out"

    said = list(run([str(tmp_path / "in")], out, spark=spark))
    rows = _written(spark, out)

    assert said[0] == f"{parts} files: 0 are coded already, {parts} are not."
    assert [row["report"] for row in rows] == sorted(
        _alone(coder, tmp_path / "in"), key=lambda line: json.loads(line)["document"]["id"]
    )
    assert {p.name for p in (out / "documents").glob("day=*")} == {f"day={row['day']}" for row in rows}

    # Copies are those that one process finds over all of it, of which many stand in another file.
    links = {row["id"]: row for row in spark.read.parquet(f"{out}/links").collect()}
    copies = {name: row["copy_of"] for name, row in links.items() if row["copy_of"]}
    assert len(links) == count
    assert len(copies) > (count - 143) / 2
    assert copies == _copies(rows)
    first = {name: of for name, of in copies.items() if of not in copies}
    assert all(links[name]["story"] == links[of]["story"] for name, of in first.items())
    merged = spark.read.parquet(f"{out}/events").collect()
    assert any(row["reports"] > 1 for row in merged)
    assert sum(row["reports"] for row in merged) == sum(row["events"] for row in rows)

    # Nothing is done twice; a file that has changed replaces what it gave.
    assert next(run([str(tmp_path / "in")], out, spark=spark)).startswith(f"{parts} files: {parts} are coded already")
    changed = tmp_path / "in" / "part-0.jsonl"
    changed.write_text(changed.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    said = list(run([str(tmp_path / "in")], out, spark=spark, link=False))
    assert said[0].endswith(f"{parts - 1} are coded already, 1 are not.")
    assert len(_written(spark, out)) == count - count // parts + 1


def test_a_data_frame_is_coded_by_its_columns(spark: SparkSession, coder: Coder) -> None:
    from legation.errors import LegationError
    from legation.scaling.spark import code

    texts = ["Norway's foreign minister met two envoys of Kenya in Bergen.", "Nothing.", ""]
    rows_given = [(str(n), text, "2024-03-05") for n, text in enumerate(texts)]
    given = spark.createDataFrame(rows_given, "id string, text string, published string")

    rows = {row["id"]: row for row in code(given.coalesce(1)).collect()}

    assert [rows[str(n)]["events"] for n in range(3)] == [1, 0, 0]
    assert json.loads(rows["0"]["report"])["coder"] == dict(coder.about)
    assert rows["0"]["day"] == "2024-03-05"
    with pytest.raises(LegationError, match="needs a column 'text'"):
        code(given.drop("text"))


@pytest.mark.parametrize("form", ["parquet", "txt", "warc"])
def test_other_kinds_of_file_are_read(spark: SparkSession, tmp_path: Path, form: str) -> None:
    from legation.scaling.spark import run

    text = "Norway's foreign minister met two envoys of Kenya in Bergen on Monday, officials of both states said."
    path = tmp_path / f"file.{form}"
    if form == "parquet":
        import pyarrow
        import pyarrow.parquet

        pyarrow.parquet.write_table(pyarrow.table({"id": ["a"], "text": [text]}), path)
    elif form == "warc":
        path.write_bytes(_warc(text))
    else:
        path.write_text(text, encoding="utf-8")

    list(run([str(path)], tmp_path / "out", spark=spark, link=False))

    assert [row["events"] for row in _written(spark, tmp_path / "out")] == [1]


def test_what_a_stopped_job_had_written_of_a_file_goes_when_the_file_has_changed(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from legation.scaling import spark_files
    from legation.scaling.spark import run

    path, out = tmp_path / "file.jsonl", tmp_path / "out"
    path.write_text('{"id": "a", "text": "Norway met Kenya.", "published": "2024-01-01"}\n', encoding="utf-8")
    with monkeypatch.context() as stopped:
        stopped.setattr(spark_files, "write_documents", _then_stop(spark_files.write_documents))
        with pytest.raises(KeyboardInterrupt):
            list(run([str(path)], out, spark=spark, link=False))
    assert [row["id"] for row in _written(spark, out)] == ["a"]

    path.write_text('{"id": "b", "text": "Norway met Kenya.", "published": "2024-02-02"}\n', encoding="utf-8")
    said = list(run([str(path)], out, spark=spark, link=False))

    assert said[0] == "1 files: 0 are coded already, 1 are not."
    assert [row["id"] for row in _written(spark, out)] == ["b"]


def _then_stop(write: Callable[..., None]) -> Callable[..., None]:
    def written(*given: Any) -> None:
        write(*given)
        raise KeyboardInterrupt

    return written


def _warc(text: str) -> bytes:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\n".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\n"
        "WARC-Date: 2024-03-05T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def test_what_utf8_cannot_hold_is_marked(coder: Coder) -> None:
    from legation.scaling.spark import packed, unpacked

    doc = coder.code(Document("Norway met Kenya.", title="half \ud83d"))

    assert unpacked(packed(doc)).title == "half ?"
    assert unpacked(packed(coder.code("Norway met Kenya."))).events == coder.code("Norway met Kenya.").events


_ONE_DIES = """
import os, pathlib, signal, sys
from legation.scaling.spark import session_here

def once(batches):
    for batch in batches:
        died = pathlib.Path(sys.argv[1])
        if not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield batch

session = session_here()
print(session.range(0, 100, 1, 2).mapInArrow(once, "id long").count(), session.sparkContext.master)
"""


@pytest.mark.parametrize(("given", "master"), [("", "local[*,4]"), ("--master local[1,2]", "local[1,2]")])
def test_a_python_worker_that_dies_does_not_end_the_job_also_where_no_master_is_set(
    spark: SparkSession, tmp_path: Path, given: str, master: str
) -> None:
    script = tmp_path / "job.py"
    script.write_text(_ONE_DIES.replace("sys.argv[1]", repr(str(tmp_path / "died"))), encoding="utf-8")
    here = "--conf spark.driver.bindAddress=127.0.0.1 --conf spark.driver.host=127.0.0.1"
    settings = f"--conf spark.ui.enabled=false {here}"
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": f"{given} {settings} pyspark-shell"}

    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=300, check=False
    )

    assert done.stdout.split() == ["100", master], done.stderr
    assert (tmp_path / "died").exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds Spark's Python workers in /proc")
def test_python_workers_killed_at_random_lose_nothing(spark: SparkSession, coder: Coder, tmp_path: Path) -> None:
    from legation.scaling.spark import run

    _files(tmp_path / "in", 2000, 8)
    over = threading.Event()
    killed = threading.Thread(target=_kill_workers, args=(over, 5))
    killed.start()

    list(run([str(tmp_path / "in")], tmp_path / "out", spark=spark, link=False))
    over.set()
    killed.join()

    reports = [row["report"] for row in _written(spark, tmp_path / "out")]
    assert reports == sorted(_alone(coder, tmp_path / "in"), key=lambda line: json.loads(line)["document"]["id"])


def _kill_workers(over: threading.Event, kills: int) -> None:
    """End one of the Python workers below this process now and then."""
    chance = random.Random(2026)
    while kills and not over.wait(2 + chance.random()):
        workers = [child for daemon in _below(os.getpid(), b"pyspark.daemon") for child in _children(daemon)]
        if workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
            kills -= 1


def _below(process: int, name: bytes) -> list[int]:
    found = []
    for child in _children(process):
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        found += [child] if name in command else _below(child, name)
    return found


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
