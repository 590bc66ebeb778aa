"""A run on Spark in a process of its own, for scale.py: python benchmarks/scale_spark.py INPUT OUTPUT."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

LOCAL = "local[2,8]"  # two cores; a task may fail seven times before the job does
CLUSTER = "local-cluster[2,1,1024]"  # two executors with a core each, in processes of their own


def command(given: Path, out: Path) -> list[str]:
    """What `legation code --engine spark` does, without linking."""
    return [sys.executable, __file__, str(given), str(out)]


def settings(home: Path, master: str) -> dict[str, str]:
    """The environment of such a run; all that Spark writes on its way goes below `home`."""
    given = {
        "spark.master": master,
        "spark.task.maxFailures": "8",
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": str(home / "spark"),
        "spark.sql.warehouse.dir": str(home / "spark"),
        # Else Spark starts jobs only to list the folders of a hundred days.
        "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
    }
    options = " ".join(f"--conf {name}={value}" for name, value in given.items())
    return {
        "PYSPARK_SUBMIT_ARGS": f"{options} pyspark-shell",
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_HOME": str(_spark_home(home)),
    }


def _spark_home(home: Path) -> Path:
    """Spark's own folders under a name below `home`: a local cluster keeps its work beside them."""
    import pyspark

    kept = Path(pyspark.__file__).parent
    found = home / "spark-home"
    found.mkdir(parents=True, exist_ok=True)
    for name in ("bin", "sbin", "jars", "python"):
        if not (found / name).exists():
            (found / name).symlink_to(kept / name)
    return found


def same(out: Path, whole: Path) -> bool:
    """Whether the reports are, to the byte and each once, the lines that one process wrote."""
    import pyarrow.dataset

    rows = pyarrow.dataset.dataset(out / "documents", partitioning="hive").to_table(columns=["id", "report"])
    reports = sorted(zip(rows["id"].to_pylist(), rows["report"].to_pylist(), strict=True))
    with whole.open(encoding="utf-8") as lines:
        told = sorted((json.loads(line)["document"]["id"], line.rstrip("\n")) for line in lines)
    return reports == told


def main(given: str, out: str) -> None:
    """Code the files of a folder."""
    from legation.scaling.spark import run, session_here

    session = session_here()
    session.sparkContext.setLogLevel(os.environ.get("SPARK_LOG_LEVEL", "ERROR"))
    for line in run([given], out, spark=session, link=False):
        print(line, flush=True)
    session.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
