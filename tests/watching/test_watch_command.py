"""`legation watch` as it is called: over a real server and a real store, with a coder that knows one act."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fake_coder import FakeCoder
from legation.cli import build
from watching.server import Site, item, page, rss, says

HERE = Path(__file__).parents[1]


@pytest.fixture
def feed(site: Site) -> str:
    for number in range(3):
        site.at(f"/{number}", page(f"Story {number} of the year"))
    return site.at("/feed.xml", rss(*(item(f"{site.base}/{n}") for n in range(3))))


@pytest.fixture(autouse=True)
def _quick_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legation.coder.Coder", FakeCoder)


def run(*args: object) -> Result:
    return CliRunner().invoke(build(), ["watch", *map(str, args)])


def documents(store: Path) -> list[str]:
    with sqlite3.connect(store) as db:
        return sorted(row[0] for row in db.execute("select url from documents"))


def test_one_round_into_a_store_and_again(site: Site, feed: str, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    first = run(feed, "--once", "--store", store, "--allow-private", "--delay", 0)
    assert first.exit_code == 0, first.output
    assert "3 new articles; 3 kept" in first.output
    again = run(feed, "--once", "--store", store, "--allow-private", "--delay", 0)
    assert "0 new articles; 0 kept" in again.output
    assert documents(store) == [f"{site.base}/{n}" for n in range(3)]


def test_status_tells_how_each_feed_fares(site: Site, feed: str, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    bad = site.at("/bad", says("", 500))
    run(feed, bad, "--once", "--store", store, "--allow-private", "--delay", 0, "--quiet")
    told = run("--status", "--store", store)
    assert "Lind Courier" in told.stdout
    lines = [json.loads(line) for line in run("--status", "--json", "--store", store).stdout.splitlines()]
    assert [(h["kept"], h["errors"], h.get("error")) for h in lines] == [
        (0, 1, "the server answered 500"),
        (3, 0, None),
    ]
    assert lines[1]["share_coded"] == 1.0


def test_a_private_address_is_refused_unless_it_is_allowed(site: Site, feed: str, tmp_path: Path) -> None:
    told = run(feed, "--once", "--store", tmp_path / "s.db")
    assert told.exit_code == 0
    assert "is no public address" in told.output
    assert site.asked == []


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        ([], 2, "Give an OPML file"),
        (["no.opml"], 1, "cannot be read"),
        (["--status", "--state", "no.watch"], 1, "nothing was watched"),
        (["https://example.org/f", "--every", "0"], 2, "every"),
    ],
)
def test_a_wrong_call_is_told(tmp_path: Path, args: list[str], code: int, word: str) -> None:
    told = run(*args, "--store", tmp_path / "s.db")
    assert (told.exit_code, word in told.output) == (code, True), told.output


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_a_signal_ends_it_cleanly_and_the_next_goes_on(
    site: Site, feed: str, tmp_path: Path, number: signal.Signals
) -> None:
    """The page that is being fetched when the signal comes is still kept; the others come in the next run."""
    store = tmp_path / "s.db"
    code = (
        "import fake_coder, legation.coder; legation.coder.Coder = fake_coder.FakeCoder;"
        "from legation.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "watch", feed, "--store", str(store), "--allow-private", "--delay", "1"]
    paths = os.pathsep.join((str(HERE), str(HERE.parent / "src")))
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 40
    while not site.paths("/0") and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(number)
    _, errors = process.communicate(timeout=40)
    assert process.returncode == 0, errors
    assert "kept with" in errors
    assert f"{site.base}/0" in documents(store)
    run(feed, "--once", "--store", store, "--allow-private", "--delay", 0)
    assert documents(store) == [f"{site.base}/{n}" for n in range(3)]
    assert sorted(site.paths("/0")) == ["/0"]
