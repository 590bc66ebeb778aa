"""`legation situation` and `legation alert` on a store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from legation.cli import build
from legation.cli.alert import check_after, check_store
from legation.model import Document, Pledge, Quote
from situations.told import actor, document, event

store_module = pytest.importorskip("legation.store", reason="the store is not there")

Run = Callable[..., Result]
ABOUT = {"name": "legation", "version": "0", "knowledge": "k", "model": "m"}


def coded() -> list[Document]:
    """Three reports: a promise, the promise kept (which is denied), and a threat."""
    first = document(
        "first", "The United States will withdraw all its troops from Afghanistan by May 28.", published="2021-05-01"
    )
    promise = event("CONCEDE", "USA GOV", "AFG GOV", date="2021-05-01", doc="first", due="2021-05-28",
                    due_text="by May 28", rule="withdraw-forces+say-that").event  # fmt: skip
    first = replace(first, events=(promise,), pledges=(Pledge(promise.id, "2021-05-28", "by May 28"),))
    last = document(
        "last",
        "The United States withdrew its last troops from Afghanistan.",
        "The rebels denied that the last troops had left.",
        published="2021-05-27",
    )
    denied = "that the last troops had left"
    start = last.text.index(denied)
    rebels = actor("AFG REB Rebels")
    quote = Quote(start, start + len(denied), denied, "indirect", speaker=rebels, sentence=1, negated=True)
    deed = event("RETREAT/withdraw", "USA GOV", "AFG GOV", date="2021-05-27", doc="last", rule="withdraw-forces").event
    threat = document("threat", "North Korea threatened the South.", published="2021-05-27")
    threatens = event("THREATEN", "PRK GOV", "KOR GOV", date="2021-05-27", doc="threat", rule="threaten").event
    return [first, replace(last, events=(deed,), quotes=(quote,)), replace(threat, events=(threatens,))]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with store_module.Store.open(path) as opened:
        opened.add(coded(), ABOUT)
    return path


@pytest.fixture
def run(store: Path) -> Run:
    def call(*args: object) -> Result:
        return CliRunner().invoke(build(), [*map(str, args), "--store", str(store)])

    return call


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.txt"
    path.write_text("Korea: any THREATEN by PRK\npledge kept\n", encoding="utf-8")
    return path


def test_a_situation_is_made_listed_shown_and_forgotten(run: Run) -> None:
    made = run("situation", "new", "afghan", "--actor", "AFG", "--since", "2021-05-01", "--title", "Afghan affairs")
    listed = run("situation", "list")
    shown = run("situation", "show", "afghan", "--as-of", "2021-06-01")
    gone = run("situation", "forget", "afghan")

    assert [r.exit_code for r in (made, listed, shown, gone)] == [0, 0, 0, 0], (made.output, shown.output)
    assert listed.stdout == "afghan  2 events  Afghan affairs\n"
    assert "Kept: done on 2021-05-27, due on 2021-05-28" in shown.stdout
    assert run("situation", "list").stdout == ""


def test_the_answer_as_json_names_its_events(run: Run) -> None:
    run("situation", "new", "afghan", "--actor", "AFG")

    shown = run("situation", "show", "afghan", "--as-of", "2021-06-01", "--since", "2021-05-20", "--json")

    found: dict[str, Any] = json.loads(shown.stdout)
    assert len(found["events"]) == 2
    assert len(found["new"]) == 1
    assert [(p["promisor"], p["outcome"]) for p in found["pledges"]] == [("USA", "kept")]
    assert [f["sides"][1]["said_by"] for f in found["disputes"]] == [["Rebels"]]
    assert {event for role in found["actors"] for event in role["events"]} == set(found["events"])


@pytest.mark.parametrize(("form", "start"), [("markdown", "# Afghan affairs"), ("html", "<!doctype html>")])
def test_a_brief_is_written(run: Run, tmp_path: Path, form: str, start: str) -> None:
    run("situation", "new", "afghan", "--actor", "AFG", "--title", "Afghan affairs")
    to = tmp_path / "brief"

    written = run("situation", "brief", "afghan", "--format", form, "-o", to, "--as-of", "2021-06-01")

    assert written.exit_code == 0, written.output
    assert to.read_text(encoding="utf-8").startswith(start)
    assert "The United States withdrew its last troops from Afghanistan." in to.read_text(encoding="utf-8")


def test_a_situation_of_a_file(run: Run) -> None:
    file = Path(__file__).parents[2] / "examples" / "corpus" / "afghanistan-2021.toml"

    made = run("situation", "new", "--file", file)

    assert made.exit_code == 0, made.output
    assert "afghanistan-2021" in run("situation", "list").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("situation", "show", "none"), "There is no situation 'none'"),
        (("situation", "new"), "Give the situation a name"),
        (("situation", "new", "Bad Name"), "cannot be a situation's name"),
        (("situation", "new", "x", "--since", "yesterday"), "is no date"),
        (("situation", "brief", "none", "--format", "pdf"), "no format 'pdf'"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(run: Run, args: tuple[str, ...], said: str) -> None:
    answer = run(*args)

    assert answer.exit_code in (1, 2)
    assert said in answer.stderr
    assert "Traceback" not in answer.output


def test_a_check_sends_once_and_then_nothing(run: Run, rules: Path) -> None:
    args = ("alert", "check", rules, "--since", "2021-05-01", "--today", "2021-05-28")

    dry = run(*args, "--dry-run")
    first = run(*args)
    second = run(*args)

    assert (dry.exit_code, first.exit_code, second.exit_code) == (0, 0, 0), first.output
    assert "2 found, 2 new." in first.stderr
    assert "2 found, 0 new." in second.stderr
    assert second.stdout == ""
    assert "Kept: USA to AFG, RETREAT/withdraw" in first.stdout
    assert dry.stdout == first.stdout
    lines = rules.with_name("rules.txt.alerts.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["rule"] for line in lines} == {"Korea", "pledge kept"}


def test_a_check_tells_what_came_since_the_last_one(store: Path, rules: Path) -> None:
    with store_module.Store.open(store) as opened:
        first = check_store(opened, rules, today="2021-05-28")
        doc = document("new", "North Korea threatened Japan.", published="2021-05-29")
        threat = event("THREATEN", "PRK GOV", "JPN GOV", date="2021-05-29", doc="new", rule="threaten").event
        opened.add([replace(doc, events=(threat,))], ABOUT)
        second = check_store(opened, rules, today="2021-05-29")

    assert len(first.news) == 2
    assert [a.citations[0].document for a in second.news] == ["new"]


def test_what_could_not_be_sent_is_an_error_and_stays_due(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    rules = tmp_path / "rules.toml"
    rules.write_text(
        '[[rule]]\nname = "Korea"\nwhen = "any THREATEN by PRK"\n[deliver.file]\npath = "none/alerts.jsonl"\n',
        encoding="utf-8",
    )
    args = ("alert", "check", rules, "--since", "2021-05-01", "--today", "2021-05-28")

    failed = run(*args)
    (tmp_path / "none").mkdir()
    sent = run(*args)

    assert (failed.exit_code, sent.exit_code) == (1, 0)
    assert "will be tried again" in failed.stderr
    assert "1 found, 1 new." in sent.stderr


def test_rules_are_listed_with_what_was_sent(run: Run, rules: Path) -> None:
    run("alert", "check", rules, "--since", "2021-05-01", "--today", "2021-05-28")

    listed = CliRunner().invoke(build(), ["alert", "list", str(rules), "--log", "5"])

    assert listed.stdout.splitlines()[0] == "Korea (any THREATEN by PRK) -> file: 1 sent"
    assert listed.stdout.count("sent (1 tries)") == 2


def test_a_trial_arrives(rules: Path) -> None:
    tried = CliRunner().invoke(build(), ["alert", "test", str(rules)])

    assert (tried.exit_code, tried.stdout) == (0, "file: arrived\n")


def test_an_addition_is_told_of_and_a_failing_rule_does_not_undo_it(
    store: Path, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    today = date.today().isoformat()
    doc = document("new", "North Korea threatened Japan.", published=today)
    threat = event("THREATEN", "PRK GOV", "JPN GOV", date=today, doc="new", rule="threaten").event
    with store_module.Store.open(store) as opened:
        opened.add([replace(doc, events=(threat,))], ABOUT)
        check_after(opened, rules)
        check_after(opened, rules.with_name("none.txt"))

    said = capsys.readouterr().err.splitlines()
    assert said[0] == f"Korea: THREATEN, PRK GOV to JPN GOV ({today})"
    assert "were not checked" in said[1]
