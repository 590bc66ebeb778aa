"""`legation export` writes what a store holds, and `legation panel` counts it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fake_coder import FakeCoder
from legation.cli import build
from legation.exporting import BY_NAME
from legation.exporting.incoming import read_events
from legation.keeping import open_store
from legation.model import Document

Run = Callable[..., Result]


@pytest.fixture
def call() -> Run:
    return lambda *args: CliRunner().invoke(build(), [str(arg) for arg in args])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of three documents with two meetings and two to come."""
    texts = ["Norway met Kenya in Bergen.", "Peru will meet Chile.", "Oslo met Lima and will meet Rome."]
    docs = [
        FakeCoder().code(Document(text, id=f"d{n}", published="2024-02-05", url=f"https://example.org/{n}"))
        for n, text in enumerate(texts)
    ]
    path = tmp_path / "news.db"
    with open_store(path) as opened:
        opened.add(docs, FakeCoder.about)
    return path


def test_events_come_out_with_their_sentences(call: Run, store: Path) -> None:
    done = call("export", "--store", store)
    records = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.exit_code == 0
    assert {r["text"] for r in records} == {
        "Norway met Kenya in Bergen.", "Peru will meet Chile.", "Oslo met Lima and will meet Rome.",
    }  # fmt: skip
    assert {r["status"] for r in records} == {"happened", "future"}
    assert "4 events." in done.stderr


def test_what_the_store_holds_comes_back_from_plover_as_it_was(call: Run, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.plover.jsonl"
    call("export", "--store", store, "-o", out)

    with open_store(store) as opened:
        assert list(read_events(out)) == list(opened.each_event())


@pytest.mark.parametrize("name", [*BY_NAME, "report"])
def test_every_format_is_written(call: Run, store: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"

    assert call("export", "--store", store, "--format", name, "-o", out).exit_code == 0
    assert out.is_file()


@pytest.mark.parametrize(
    ("ending", "begins"), [(".jsonl", b'{"id"'), (".csv", b"document,"), (".zip", b"PK"), (".parquet", b"PAR1")]
)
def test_the_name_says_the_format(call: Run, store: Path, tmp_path: Path, ending: str, begins: bytes) -> None:
    call("export", "--store", store, "-o", tmp_path / f"events{ending}")

    assert (tmp_path / f"events{ending}").read_bytes().startswith(begins)


def test_only_what_is_asked_for_is_written(call: Run, store: Path) -> None:
    future = call("export", "--store", store, "--status", "future", "-f", "csv").stdout

    assert {row["status"] for row in csv.DictReader(io.StringIO(future))} == {"future"}
    assert call("export", "--store", store, "--event", "assault").stdout == ""


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--format", "xml"), 2, "no format 'xml'"),
        (("--format", "table"), 2, "no format 'table'"),
        (("--dyad", "IND"), 2, "two sides"),
        (("--status", "perhaps"), 2, "no status"),
        (("--since", "soon"), 2, "is not a date"),
    ],
)
def test_a_wrong_call_is_said_to_be_one(
    call: Run, store: Path, options: tuple[str, ...], code: int, says: str
) -> None:
    done = call("export", "--store", store, *options)

    assert done.exit_code == code
    assert says in " ".join(done.stderr.replace("│", " ").split())


def test_a_store_that_is_not_there_is_not_made(call: Run, tmp_path: Path) -> None:
    for command in (("export",), ("panel",)):
        done = call(*command, "--store", tmp_path / "none.db")
        assert done.exit_code == 1
        assert not (tmp_path / "none.db").exists()


def test_a_panel_counts_what_the_store_holds(call: Run, store: Path) -> None:
    done = call("panel", "--store", store, "--unit", "country", "--measure", "type", "--no-raw")

    assert done.exit_code == 0
    assert "left out: status future" in done.stderr


def test_a_store_is_told_from_a_file(call: Run, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    call("export", "--store", store, "-o", out)

    found = json.loads(call("compare", store, out, "--format", "json").stdout)

    assert found["all"][0]["a"] == found["all"][0]["b"]
