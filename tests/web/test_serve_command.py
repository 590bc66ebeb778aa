"""`legation serve`: opens on loopback, refuses the network without a token, and says what is wrong."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
from typer.testing import CliRunner

from legation.cli import build

SOURCE = Path(__file__).parents[2] / "src"


def test_the_network_is_refused_without_a_token(tmp_path: Path) -> None:
    command = ["serve", "--host", "0.0.0.0", "--store", str(tmp_path / "r.db")]
    told = CliRunner().invoke(build(), command, env={"LEGATION_TOKEN": ""})

    assert told.exit_code == 1
    assert "needs a token" in told.output
    assert "TLS" in told.output


def test_a_token_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = CliRunner().invoke(build(), ["serve", "--token-file", str(tmp_path / "none")])

    assert told.exit_code == 1
    assert "cannot be read" in told.output


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = CliRunner().invoke(build(), ["serve", "--port", port, "--store", str(tmp_path / "r.db")])

    assert told.exit_code == 1
    assert "Choose another port" in told.output


def test_it_opens_on_loopback_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "legation", "serve", "--port", "0", "--store", str(tmp_path / "record.db")]
    desk = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(SOURCE)})
    try:
        assert desk.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", desk.stderr.readline())
        assert found is not None
        page = httpx.get(found[0], timeout=60)
        assert page.status_code == 200
        assert "Nothing is in the record yet" in page.text
    finally:
        desk.send_signal(signal.SIGINT)
        assert desk.wait(20) in (0, 130)
